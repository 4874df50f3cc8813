package screening

import (
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
	var out []sanctions.Verdict
	for _, node := range s.nodesOf(p, listings) {
		for i, v := range analysis.Verdicts(node) {
			switch {
			case i == len(out):
				out = append(out, v)
			case v.Status.Compare(out[i].Status) > 0:
				out[i] = v
			}
		}
	}
	rules := s.regimes.InForce(asOf)
	if out == nil {
		for _, r := range rules {
			out = append(out, sanctions.Verdict{Regime: r.Regime, Status: sanctions.OwnershipUnknown,
				Share: sanctions.UnknownShare, Threshold: r.Threshold, Inclusive: r.Inclusive,
				Conditions: []sanctions.Condition{sanctions.OwnershipIncomplete}, Rule: r.Regime, Citation: r.Citation})
		}
	}
	for i := range out {
		if listedUnder(&rules[i], listings) {
			out[i].Status = sanctions.ListedUnderRegime
		}
	}
	return out, nil
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

// nodesOf finds the ids under which the registers know a party: its own, those
// of the listed parties that it certainly is, those with its name.
func (s *Screener) nodesOf(p *sanctions.Party, listings []sanctions.Listing) []string {
	var out []string
	add := func(id string) {
		if n, ok := s.graph.Node(id); ok {
			out = append(out, n.ID)
		}
	}
	add(p.ID)
	for _, id := range p.Identifiers {
		add(id.String())
		if id.Strong() {
			for _, node := range s.identity.numbered[numberKey(id)] {
				add(node)
			}
		}
	}
	for i := range listings {
		if listings[i].Answer() == sanctions.Yes {
			for _, id := range append([]string{listings[i].Party.ID}, listings[i].Party.OtherIDs...) {
				add(id)
				if _, number, ok := strings.Cut(id, ":"); ok && slices.Contains(s.identity.own[number], listings[i].Party) {
					add(number)
				}
			}
		}
	}
	if len(out) == 0 { // a name decides only where no id does
		for _, n := range p.Names {
			if !n.Weak {
				for _, id := range s.identity.nodes[nameKey(n.Text)] {
					add(id)
				}
			}
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
