package screening

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// verdicts tells, regime by regime, what ownership means for a party. Where the
// registers know the party under several ids, the gravest verdict of each regime
// stands; where they do not know it, it is listed or nothing is known.
func (s *Screener) verdicts(p *sanctions.Party, listings []sanctions.Listing, asOf sanctions.Date) ([]sanctions.Verdict, error) {
	analysis, err := s.analysis(asOf)
	if err != nil {
		return nil, err
	}
	rules := s.regimes.InForce(asOf)
	out, err := s.owned(p, listings, analysis, asOf)
	if err != nil {
		return nil, err
	}
	if out == nil {
		out = nobodyLooked(rules)
		for _, node := range s.alike(p) {
			out = either(out, analysis.Verdicts(node), p, s.graph, node)
		}
	}
	for i := range out {
		if listedUnder(&rules[i], listings) {
			out[i].Status = sanctions.ListedUnderRegime
		}
	}
	return out, nil
}

// nobodyLooked is the verdicts on a party that no register mentions.
func nobodyLooked(rules ownership.Regimes) (out []sanctions.Verdict) {
	for _, r := range rules {
		out = append(out, sanctions.Verdict{Regime: r.Regime, Status: sanctions.OwnershipUnknown,
			Share: sanctions.UnknownShare, Threshold: r.Threshold, Inclusive: r.Inclusive,
			Conditions: []sanctions.Condition{sanctions.OwnershipIncomplete}, Rule: r.Regime, Citation: r.Citation})
	}
	return out
}

// listedUnder reports whether the regime counts the party itself as listed.
func listedUnder(r *ownership.Rule, listings []sanctions.Listing) bool {
	for i := range listings {
		if listings[i].Answer() != sanctions.Yes {
			continue
		}
		for d := range listings[i].Designations {
			if slices.ContainsFunc(r.ListedBy, func(by ownership.Selector) bool { return by.Selects(&listings[i].Designations[d]) }) {
				return true
			}
		}
	}
	return false
}

// owned is the verdicts on the party of the registers that a party is: by its ids and
// identifiers, as the listed party that it certainly is, or else by exactly its name.
// Where several bear the name, it is one of them. Nil if the registers do not know it.
func (s *Screener) owned(p *sanctions.Party, listings []sanctions.Listing, analysis *ownership.Analysis, asOf sanctions.Date) (out []sanctions.Verdict, err error) {
	nodes := s.numbered(p)
	if len(nodes) > 1 { // what it has one number for in one register and another in another
		if analysis, err = s.joined(nodes, asOf); err != nil {
			return nil, err
		}
	}
	for _, node := range append(nodes, s.listedAs(listings)...) {
		verdicts := analysis.Verdicts(node)
		if out == nil {
			out = verdicts
		}
		for i, v := range verdicts {
			if v.Status.Compare(out[i].Status) > 0 {
				out[i] = v
			}
		}
	}
	if out != nil {
		return out, nil
	}
	named := s.named(p)
	for _, node := range named {
		verdicts := analysis.Verdicts(node)
		if out == nil {
			out = verdicts
		} else {
			out = either(out, verdicts, p, s.graph, node)
		}
	}
	return out, nil
}

// either is verdicts of which either is on a party, the second if it is the party of a
// register that its name or number is like.
func either(out, others []sanctions.Verdict, p *sanctions.Party, g *ownership.Graph, node string) []sanctions.Verdict {
	n, _ := g.Node(node)
	for i, v := range others {
		if len(v.Proof) > 0 {
			v.Proof = append(slices.Clip(v.Proof), sanctions.Stake{OwnerID: n.ID, OwnerName: n.Name, OwnedID: cmp.Or(p.ID, p.Name()), OwnedName: p.Name(),
				Kind: ownership.PossiblySame, Share: sanctions.UnknownShare, Why: "by their names or numbers they may be one party", Source: v.Proof[len(v.Proof)-1].Source})
		}
		out[i] = ownership.Either(out[i], v)
	}
	return out
}

// joined is the analysis of the interests with several ids as those of one party.
func (s *Screener) joined(ids []string, asOf sanctions.Date) (*ownership.Analysis, error) {
	var links []ownership.Link
	for _, id := range ids[1:] {
		links = append(links, ownership.Link{A: ids[0], B: id})
	}
	graph, _, err := s.graph.Join(links...)
	if err != nil {
		return nil, err
	}
	return ownership.Solve(graph, s.regimes, s.seedsOn(asOf), asOf)
}

// numbered finds the ids under which the registers know a party by its own id and
// identifiers; a number that two firms may have finds one of its name only.
func (s *Screener) numbered(p *sanctions.Party) []string {
	ids := []string{p.ID}
	for _, id := range p.Identifiers {
		ids = append(ids, id.String())
		for _, i := range s.identity.numbered[numberKey(id)] {
			if !id.Local() || s.identity.register.sameName(p, i) {
				ids = append(ids, s.identity.register.parties[i].ID)
			}
		}
	}
	return s.nodes(ids)
}

// listedAs finds those of the listed parties that it certainly is.
func (s *Screener) listedAs(listings []sanctions.Listing) []string {
	var ids []string
	for i := range listings {
		if listings[i].Answer() != sanctions.Yes {
			continue
		}
		for _, id := range append([]string{listings[i].Party.ID}, listings[i].Party.OtherIDs...) {
			ids = append(ids, id)
			if _, number, ok := strings.Cut(id, ":"); ok && slices.Contains(s.identity.own[number], listings[i].Party) {
				ids = append(ids, number)
			}
		}
	}
	return s.nodes(ids)
}

// named finds those that bear exactly one of its names.
func (s *Screener) named(p *sanctions.Party) []string {
	r := s.identity.register
	var ids []string
	for _, n := range p.Names {
		if !n.Weak {
			for _, i := range r.named(n.Text) {
				ids = append(ids, r.parties[i].ID)
			}
		}
	}
	return s.nodes(ids)
}

// alike finds those that one of its names probably means, and those that have one of its
// numbers and another name.
func (s *Screener) alike(p *sanctions.Party) []string {
	var ids []string
	for _, id := range p.Identifiers {
		for _, i := range s.identity.numbered[numberKey(id)] {
			ids = append(ids, s.identity.register.parties[i].ID)
		}
	}
	for _, n := range p.Names {
		if !n.Weak {
			ids = append(ids, s.identity.register.alike(n.Text)...)
		}
	}
	return s.nodes(ids)
}

// nodes is the parties of the graph that ids are of, each once, ordered by id.
func (s *Screener) nodes(ids []string) (out []string) {
	for _, id := range ids {
		if n, ok := s.graph.Node(id); ok {
			out = append(out, n.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// analysis works out ownership for a day. Between two days on which a listing,
// an interest or a rule begins or ends nothing changes, so days in between share
// one analysis.
func (s *Screener) analysis(asOf sanctions.Date) (*ownership.Analysis, error) {
	i, found := slices.BinarySearchFunc(s.turns, asOf, sanctions.Date.Compare)
	var turn sanctions.Date
	if found {
		turn = asOf
	} else if i > 0 {
		turn = s.turns[i-1]
	}
	s.mu.Lock()
	solve, ok := s.analyses[turn]
	if !ok {
		if len(s.analyses) >= AnalysesSize {
			clear(s.analyses)
		}
		solve = sync.OnceValues(func() (*ownership.Analysis, error) {
			return ownership.Solve(s.graph, s.regimes, s.seedsOn(asOf), asOf)
		})
		s.analyses[turn] = solve
	}
	s.mu.Unlock()
	return solve() // whoever asks of another day meanwhile need not wait
}

// findTurns lists the days on which some answer may change.
func (s *Screener) findTurns() []sanctions.Date {
	var out []sanctions.Date
	add := func(p sanctions.Period) { out = append(out, p.From, p.To) }
	for _, r := range s.regimes {
		add(r.Period)
	}
	for _, seed := range s.seeds {
		for _, d := range seed.Party.Designations {
			add(d.Period)
		}
	}
	for _, p := range s.graph.Periods() {
		add(p)
		for _, r := range s.regimes {
			if r.LookBack > 0 && !p.To.IsZero() {
				out = append(out, p.To.AddDays(r.LookBack))
			}
		}
	}
	for _, day := range s.edition {
		out = append(out, day)
	}
	out = slices.DeleteFunc(out, sanctions.Date.IsZero)
	slices.SortFunc(out, sanctions.Date.Compare)
	return slices.Compact(out)
}
