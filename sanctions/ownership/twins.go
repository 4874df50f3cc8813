package ownership

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// twins are the parties of the graph that are one and the same listed party, by
// each of them: the surest first, and then by id. What they hold in one firm is
// one stake told several times, and counts once, under the first that holds it.
type twins map[uint32][]uint32

// holding returns what an owner holds in a firm, settled by date, when all that its
// twins are said to hold there is one stake; false when the stake is another twin's
// to count.
func (t twins) holding(g *Graph, number int, owner, firm uint32, h holding, asOf sanctions.Date) (holding, bool) {
	all := t[owner]
	if all == nil || !h.held {
		return g.settle(number, owner, firm, h, asOf), true
	}
	var one holding
	l := &g.layers[number]
	for _, twin := range all {
		start, end := l.out[twin], l.out[twin+1]
		i, ok := slices.BinarySearch(l.to[start:end], firm)
		if !ok || twin == firm {
			continue
		}
		e := start + uint32(i)
		its := g.resolve(l, e, l.run(e, end), asOf)
		switch {
		case !its.held:
		case one.held:
			one.join(its.share, its.edge)
			one.conflict = one.conflict || its.conflict
		case twin != owner:
			return h, false
		default:
			one = its
		}
	}
	return g.settle(number, owner, firm, one, asOf), true
}

// findTwins looks for seeds of one listed party among all that were added. Seeds
// that SeedsByID made say themselves when a party has several.
func (a *Analysis) findTwins() twins {
	single := true
	for i := range a.seeds {
		s := &a.seeds[i]
		single = single && s.docket != nil && !s.twin
	}
	if single {
		return nil
	}
	answer := make(map[uint32]sanctions.Answer)
	nodes := make(map[*sanctions.Party][]uint32, len(a.seeds))
	for i := range a.first.nodes {
		n := a.first.nodes[i]
		for k := a.first.vals[i] - 1; k >= 0; k = a.next[k] {
			s := &a.seeds[k]
			if s.Answer < sanctions.Possible {
				continue
			}
			answer[n] = max(answer[n], s.Answer)
			if !slices.Contains(nodes[s.Party], n) {
				nodes[s.Party] = append(nodes[s.Party], n)
			}
		}
	}
	var out twins
	for _, same := range nodes {
		if len(same) < 2 {
			continue
		}
		if out == nil {
			out = make(twins)
		}
		for _, n := range same {
			for _, other := range same {
				if !slices.Contains(out[n], other) {
					out[n] = append(out[n], other)
				}
			}
		}
	}
	for n := range out {
		slices.SortFunc(out[n], func(x, y uint32) int {
			return cmp.Or(cmp.Compare(answer[y], answer[x]), a.g.ids.compare(x, y))
		})
	}
	return out
}
