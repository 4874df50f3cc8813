package ownership

import (
	"maps"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// A party that may be listed is judged as if it were not, since nobody is its own
// owner: what it would make of those whom it owns must not come back to it through a
// circle. Only those above it that have a mark of any kind, it among the listed, can
// make anything of it without it, so that these are solved again and nobody else.
//
// Where too many stand above it, and what it holds may come back to it, it lies between
// two solutions that serve all such parties: one in which all that may be listed are,
// it among them, and one in which none is.

// beside is the verdict on a party that may be listed under a regime.
func (a *Analysis) beside(number int, n uint32, book *book, w view) sanctions.Verdict {
	r := w.least
	w.weak = true
	if within := r.ancestors(a, n, w.top, a.mostSolved); within != nil {
		w.least = r.without(a, n, within)
		if w.top != nil {
			w.tangle = w.tangle.part(within)
			w.top = w.tangle.greatest(w.least)
		}
		return a.say(n, book, w)
	}
	turns := w.top != nil && len(w.tangle.sets[w.tangle.set[w.tangle.find(n)]]) > 1
	if !turns && r.single(n) {
		apart := *r
		apart.listed.except = n + 1
		w.least = &apart
		return a.say(n, book, w)
	}
	none := w
	none.least, none.top = a.last.certain(a, number, w.tangle)
	w.itself = turns
	least, most := a.say(n, book, none), a.say(n, book, w)
	if a.finds(n, none) == a.finds(n, w) && agree(&least, &most) {
		return least
	}
	return between(least, most)
}

// found is what decides about a party at the least and the greatest fixpoint.
type found [2]struct {
	rank  int8
	share sanctions.ShareRange
}

func (a *Analysis) finds(n uint32, w view) (out found) {
	for i, r := range []*regime{w.least, w.top} {
		if r != nil {
			f := r.find(a.g, n, a.asOf)
			out[i].rank, out[i].share = f.rank, f.share
		}
	}
	return out
}

// between is the verdict on a party that lies between two.
func between(least, most sanctions.Verdict) sanctions.Verdict {
	v := Either(most, least)
	if least.Circle.Status != "" || most.Circle.Status != "" {
		one, other := atCircle(&most), atCircle(&least)
		v.Circle.Status, v.Circle.Share = doubtful(one.Status, other.Status), one.Share.Hull(other.Share)
	}
	v.Conditions = append(v.Conditions, sanctions.CircleUnsettled)
	inOrder(v.Conditions)
	return v
}

// atCircle is what a verdict says of the greatest fixpoint.
func atCircle(v *sanctions.Verdict) sanctions.Circle {
	if v.Circle.Status == "" {
		return sanctions.Circle{Status: v.Status, Share: v.Share}
	}
	return v.Circle
}

// without is the solution for some parties above another, without it as a listed party.
func (r *regime) without(a *Analysis, n uint32, within map[uint32]bool) *regime {
	other := &regime{rule: r.rule, listed: r.listed, within: within, whole: r}
	other.listed.except = n + 1
	above := make(map[int32]bool)
	for m := range within {
		if other.listed.get(m) != sanctions.Unknown {
			above[int32(a.listed.find(m))] = true
		}
	}
	if r.rule.Aggregate != AggregateAll {
		a.partners(&other.listed, above)
	}
	if len(above) > 0 {
		other.add(a, slices.Sorted(maps.Keys(above)))
	}
	return other
}

// single reports whether a listed party's holdings are nobody else's.
func (r *regime) single(n uint32) bool {
	i, ok := r.groups.member[n]
	return !ok || len(r.groups.all[i].nodes) == 1
}

// part is the tangle of some of its parties. The others must be such as have no marks.
func (t *tangle) part(within map[uint32]bool) *tangle {
	p := &tangle{a: t.a, places: new(places)}
	for _, n := range slices.Sorted(maps.Keys(within)) {
		if t.find(n) >= 0 {
			p.at(n)
		}
	}
	for i := range p.doubtful {
		p.doubtful[i] = make([]bool, len(p.nodes))
	}
	for owned, n := range p.nodes {
		was := t.find(n)
		for i := range p.doubtful {
			p.doubtful[i][owned] = t.doubtful[i][was]
		}
		for _, k := range t.into[t.in[was]:t.in[was+1]] {
			l := t.links[k]
			if owner := p.find(t.nodes[l.owner]); owner >= 0 {
				l.owner, l.owned = uint32(owner), uint32(owned)
				p.links = append(p.links, l)
			}
		}
	}
	p.arrange()
	return p
}
