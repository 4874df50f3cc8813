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

// holding returns what an owner holds in a firm, when all that its
// twins are said to hold there is one stake; false when the stake is another twin's
// to count.
func (t twins) holding(g *Graph, number int, owner, firm uint32, h holding, asOf sanctions.Date) (holding, bool) {
	all := t[owner]
	if all == nil || !h.held {
		return h, true
	}
	var first holding
	var room [4]statement
	said := room[:0]
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
		case len(said) == 0 && twin != owner:
			return h, false
		default:
			if len(said) == 0 {
				first = its
			}
			said = append(said, statement{its.share, its.edge, its.from})
			first.conflict = first.conflict || its.conflict
		}
	}
	if len(said) < 2 {
		return first, true
	}
	one := g.settle(l, said)
	one.conflict = one.conflict || first.conflict
	one.ended, one.was, one.until = first.ended, first.was, first.until
	return one, true
}

// findTwins looks for seeds of one listed party, when the seeds from a number on
// are new, and tells whether it found twins that were not known. Seeds that
// SeedsByID made say themselves when a party has several.
func (a *Analysis) findTwins(from int) (found bool) {
	if a.homes == nil {
		single := true
		for i := from; i < len(a.next) && single; i++ {
			s := a.seed(int32(i))
			single = s.docket != nil && !s.twin
		}
		if single {
			return false
		}
		a.homes, from = make(map[*sanctions.Party][]uint32), 0
	}
	stale := make(map[uint32]bool)
	for i := from; i < len(a.next); i++ {
		s, n := a.seed(int32(i)), a.numbers[i]
		if s.Answer < sanctions.Possible {
			continue
		}
		same := a.homes[s.Party]
		if !slices.Contains(same, n) {
			same = append(same, n)
			a.homes[s.Party] = same
		}
		if len(same) > 1 && a.twins == nil {
			a.twins = make(twins)
		}
		for _, x := range same {
			for _, y := range same {
				if len(same) > 1 && !slices.Contains(a.twins[x], y) {
					a.twins[x] = append(a.twins[x], y)
					found, stale[x] = true, true
				}
			}
		}
		for _, twin := range a.twins[n] {
			stale[twin] = true
		}
	}
	for n := range stale {
		list := slices.Clone(a.twins[n])
		slices.SortFunc(list, func(x, y uint32) int {
			return cmp.Or(cmp.Compare(a.surest(y), a.surest(x)), a.g.ids.compare(x, y))
		})
		found = found || !slices.Equal(list, a.twins[n])
		a.twins[n] = list
	}
	return found
}

// surest is how surely a party is listed at all.
func (a *Analysis) surest(n uint32) (answer sanctions.Answer) {
	for i := a.listed.get(n).seed - 1; i >= 0; i = a.next[i] {
		answer = max(answer, a.seed(i).Answer)
	}
	return answer
}
