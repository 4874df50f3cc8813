package ownership

import (
	"slices"
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
)

// A circle of holdings bears itself out when its firms, once they are taken for
// owned, make one another owned in truth: they are not owned at the least fixpoint
// and are at the greatest. The law is silent on such firms, so both are shown.
//
// The greatest fixpoint is found from above, circle by circle, the owners first: the
// firms of a circle in which a marked party holds something are taken to be all that
// a party can be, and whatever their owners do not support is taken away until
// nothing changes. A holding is looked at again only when its owner has lost a mark,
// so that the work is proportional to the holdings, however large the circle is. What
// is left must rest on a chain of stakes from a listed party: firms that hold only
// each other are nobody's.

// tangle is parties in and below circles, with all their owners, owners' owners and
// so on: whatever a circle makes of them is decided among these.
type tangle struct {
	a       *Analysis
	*places            // of its parties
	links   []link     // by owner
	out     []uint32   // by place, where the links of an owner start
	into    []uint32   // numbers of the links, by owned party
	in      []uint32   // by place, where those of an owned party start in into
	sets    [][]uint32 // circles and single parties, by place, owners first
	set     []int32    // by place, the number of its set
	// By layer and place: what others hold may take something away from what counts.
	doubtful [2][]bool
	top      []*regime // by regime, what it is at the greatest fixpoint
	sure     []*regime // and what it is if nobody is listed who only may be, as far as that was asked for
	firms    []int32   // by set, of how many firms the largest circle at or above it is

	sync.Mutex
	solved []solution // of single groups
}

// link is what one party of a tangle holds of another on the day.
type link struct {
	owner, owned uint32 // places
	layer        int8
	answer       sanctions.Answer     // whether it controls, in the layer of control
	share        sanctions.ShareRange // in the others
}

// tangle returns the tangle of a party, nil when it is neither in a circle nor below
// one.
func (a *Analysis) tangle(n uint32) *tangle {
	a.last.Lock()
	t := a.last.tangle
	a.last.Unlock()
	if t != nil && t.find(n) >= 0 {
		return t
	}
	if c := (circuits{g: a.g}); !c.above(n) {
		return nil
	}
	return a.tangleOf(n)
}

// tangleOf makes the tangle of some parties.
func (a *Analysis) tangleOf(parties ...uint32) *tangle {
	t := &tangle{a: a, places: new(places)}
	for _, n := range parties {
		t.at(n)
	}
	for i := 0; i < len(t.nodes); i++ {
		t.gather(uint32(i))
	}
	t.arrange()
	for i := range t.doubtful {
		t.doubtful[i] = make([]bool, len(t.nodes))
		for p, n := range t.nodes {
			t.doubtful[i][p] = a.g.crowded[i].has(n)
		}
	}
	for k := range t.links {
		if l := &t.links[k]; l.layer != control && !l.share.IsExact() {
			t.doubtful[l.layer][l.owned] = true
		}
	}
	t.top = make([]*regime, len(a.regimes))
	for i := range a.regimes {
		t.top[i] = t.greatest(&a.regimes[i])
	}
	t.measure()
	a.last.Lock()
	a.last.tangle = t
	a.last.Unlock()
	return t
}

// arrange orders the links and finds the sets.
func (t *tangle) arrange() {
	owners, heads := make([]uint32, len(t.links)), make([]uint32, len(t.links))
	for k := range t.links {
		owners[k] = t.links[k].owner
	}
	order, out := byKey(owners, len(t.nodes), nil)
	t.links, t.out = pick(t.links, order), out
	for k := range t.links {
		heads[k] = t.links[k].owned
	}
	t.into, t.in = byKey(heads, len(t.nodes), nil)
	t.sets = components(len(t.nodes), func(p uint32) []uint32 { return heads[out[p]:out[p+1]] })
	slices.Reverse(t.sets)
	t.set = make([]int32, len(t.nodes))
	for k, set := range t.sets {
		for _, p := range set {
			t.set[p] = int32(k)
		}
	}
}

// measure finds how large the circles are.
func (t *tangle) measure() {
	t.firms = make([]int32, len(t.sets))
	for k, set := range t.sets { // owners first
		if len(set) > 1 {
			t.firms[k] = max(t.firms[k], int32(len(set)))
		}
		for _, p := range set {
			for _, l := range t.links[t.out[p]:t.out[p+1]] {
				t.firms[t.set[l.owned]] = max(t.firms[t.set[l.owned]], t.firms[k])
			}
		}
	}
}

// gather takes down who holds something in the party at a place, and gives these
// places too.
func (t *tangle) gather(p uint32) {
	a, n := t.a, t.nodes[p]
	for _, layer := range []int{capital, voting} {
		for owner, h := range a.g.owners(layer, n, a.asOf) {
			if !h.held || owner == n {
				continue
			}
			if h, ok := a.twins.holding(a.g, layer, owner, n, h, a.asOf); ok { // also of who holds nothing, since others look at who is marked
				t.links = append(t.links, link{owner: uint32(t.at(owner)), owned: p, layer: int8(layer), share: h.share})
			}
		}
	}
	l := &a.g.layers[control]
	if len(l.to) == 0 {
		return
	}
	for _, e := range l.back[l.in[n]:l.in[n+1]] {
		if _, answer := a.g.controls(l, e, e+1, a.asOf); answer >= sanctions.Possible {
			if owner := l.owner(e); owner != n {
				t.links = append(t.links, link{owner: uint32(t.at(owner)), owned: p, layer: control, answer: answer})
			}
		}
	}
}

// greatest is the solution under one rule at the greatest fixpoint, nil when the rule
// knows no circles.
func (t *tangle) greatest(r *regime) *regime {
	if r.rule.State == "" || !r.rule.Cascade {
		return nil
	}
	top := &regime{rule: r.rule, listed: r.listed, groups: r.groups}
	var all []uint32
	var order []int
	members := make(map[int][]uint32)
	for p, n := range t.nodes {
		if r.listed.get(n) == sanctions.Unknown {
			continue
		}
		all = append(all, uint32(p))
		if i, ok := r.groups.member[n]; ok && r.rule.Aggregate != AggregateAll {
			if members[i] == nil {
				order = append(order, i)
			}
			members[i] = append(members[i], uint32(p))
		}
	}
	s := newSweep(t, top)
	if r.rule.Aggregate != AggregateNone {
		top.together = s.run(all, false)
	}
	slices.Sort(order)
	for _, i := range order {
		top.collect(t.a.g, i, s.run(members[i], true))
	}
	return top
}
