package screening

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// holds is the days around one through which a standing stays as it is: none of the
// candidates is listed or delisted, and nothing changes between the party and listed
// parties above it.
func (s *Screener) holds(p *sanctions.Party, candidates []sanctions.Listing, day sanctions.Date) sanctions.Period {
	var turns []sanctions.Date
	for i := range candidates {
		turns = s.listed(turns, candidates[i].Party)
	}
	return sanctions.Steady(day, s.above(turns, s.meant(p, candidates))...)
}

// meant is the parties of the registers by which verdicts on a party go, on whatever day.
func (s *Screener) meant(p *sanctions.Party, candidates []sanctions.Listing) []string {
	if nodes := s.numbered(p); len(nodes) > 0 {
		return append(nodes, s.listedAs(candidates)...)
	}
	nodes := append(s.listedAs(candidates), s.named(p)...)
	if len(s.named(p)) > 0 {
		return nodes
	}
	return append(nodes, s.alike(p)...)
}

// listed adds the days on which what lists say of a listed party may change.
func (s *Screener) listed(turns []sanctions.Date, p *sanctions.Party) []sanctions.Date {
	for i := range p.Designations {
		d := &p.Designations[i]
		if turns = append(turns, d.Period.From, d.Period.To); d.Undated {
			turns = append(turns, s.edition[d.List])
		}
	}
	return turns
}

// lineage is who stands below listed parties, and by what.
type lineage struct {
	below map[string]bool               // listed parties and whom they may own, on whatever day
	seeds map[string][]*sanctions.Party // the listed party that one of the registers is, or may be
	same  map[string][]string           // who may be one party
	rules []sanctions.Date              // when rules of ownership begin or end
	backs []int                         // for how many days rules look back at a stake that has ended
}

func newLineage(graph *ownership.Graph, regimes ownership.Regimes, seeds []ownership.Seed, links []ownership.Link, below map[string]bool) *lineage {
	l := &lineage{below: below, seeds: make(map[string][]*sanctions.Party), same: make(map[string][]string)}
	for i := range seeds {
		l.seeds[seeds[i].Node] = append(l.seeds[seeds[i].Node], seeds[i].Party)
	}
	for _, link := range links {
		a, _ := graph.Node(link.A)
		b, _ := graph.Node(link.B)
		l.same[a.ID], l.same[b.ID] = append(l.same[a.ID], b.ID), append(l.same[b.ID], a.ID)
	}
	for i := range regimes {
		l.rules = append(l.rules, regimes[i].Period.From, regimes[i].Period.To)
		if days := regimes[i].LookBack; days > 0 && !slices.Contains(l.backs, days) {
			l.backs = append(l.backs, days)
		}
	}
	return l
}

// above adds the days on which something may change by which listed parties own some
// parties of the registers. Where nobody listed stands above one, there are none.
func (s *Screener) above(turns []sanctions.Date, nodes []string) []sanctions.Date {
	l := s.lineage
	seen := make(map[string]bool)
	var order []string
	visit := func(nodes []string) {
		for _, n := range nodes {
			if l.below[n] && !seen[n] {
				seen[n], order = true, append(order, n)
			}
		}
	}
	if visit(nodes); len(order) == 0 {
		return turns
	}
	turns = append(turns, l.rules...)
	for i := 0; i < len(order); i++ {
		for _, p := range l.seeds[order[i]] {
			turns = s.listed(turns, p)
		}
		owners, valid := s.graph.Owners(order[i])
		for _, p := range valid {
			turns = append(turns, p.From, p.To)
			for _, days := range l.backs {
				turns = append(turns, p.To.AddDays(days))
			}
		}
		visit(owners)
		visit(l.same[order[i]])
	}
	return turns
}
