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

// lastTangle is the tangle that was looked at last: who asks for one firm of a circle
// is likely to ask for another.
type lastTangle struct {
	sync.Mutex
	*tangle
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
	t.measure()
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
	a.last.Lock()
	a.last.tangle = t
	a.last.Unlock()
	return t
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

// mostStakes is after how many stakes the proof of a circle is cut.
const mostStakes = 100

// solution is a greatest fixpoint with the marks of every party at hand.
type solution struct {
	top   *regime
	group int // whose, or -1 for that of all listed parties
	c     *cascade
}

// ofGroup solves again for the group of a finding, or for all listed parties. What was
// solved last is kept: who asks for one firm of a circle is likely to ask for another.
func (t *tangle) ofGroup(top *regime, group int) *cascade {
	if group < 0 {
		return top.together
	}
	t.Lock()
	defer t.Unlock()
	if i := slices.IndexFunc(t.solved, func(s solution) bool { return s.top == top && s.group == group }); i >= 0 {
		return t.solved[i].c
	}
	var listed []uint32
	for p, n := range t.nodes {
		if top.listed.get(n) != sanctions.Unknown && top.starts(n, group) {
			listed = append(listed, uint32(p))
		}
	}
	s := solution{top, group, newSweep(t, top).run(listed, true)}
	if len(t.solved) == 2*len(t.top) {
		t.solved = t.solved[1:]
	}
	t.solved = append(t.solved, s)
	return s.c
}

// prove shows what a party is at the greatest fixpoint: of every party that counts, all
// the stakes that make it count, since in a circle none comes first. A circle may be of
// any size, so that the party's own stakes come first, then its owners', and so on,
// until there are enough; they are told the other way about.
func (t *tangle) prove(least, top *regime, n uint32, f finding) *proof {
	p := &prover{a: t.a, r: top, least: least, c: t.ofGroup(top, f.group), done: make(map[uint32]marks), added: make(map[shownStake]bool)}
	var steps [][]sanctions.Stake
	p.later = []claim{{n, wanted(f.rank)}}
	for total := 0; len(p.later) > 0 && total < mostStakes; {
		now := p.later
		p.later = nil
		p.proof.stakes = nil
		for _, c := range now {
			if total+len(p.proof.stakes) < mostStakes {
				p.show(c.party, c.mark)
			}
		}
		p.proof.stakes = p.proof.stakes[:min(len(p.proof.stakes), mostStakes-total)]
		total += len(p.proof.stakes)
		steps = append(steps, p.proof.stakes)
	}
	slices.Reverse(steps)
	p.proof.stakes = slices.Concat(steps...)
	return &p.proof
}

// claim is that a party has a mark.
type claim struct {
	party uint32
	mark  marks
}

// round is when a party got a mark, 0 for never: the listed in the first round. In a
// circle there is no order in which the others did.
func (p *prover) round(n uint32, i int) int32 {
	if p.least == nil {
		return p.trace.rounds[n][i]
	}
	switch t := p.c.shares.get(n); {
	case t.have&(1<<i) == 0:
		return 0
	case t.given&(1<<i) == 0: // and so by its listing
		return 1
	}
	return 2
}

// support finds all holdings that give a party a mark.
func (p *prover) support(n uint32, m marks) (out []candidate, hands []*hand) {
	need := m
	if m == controlled {
		need = counted
	}
	all := p.candidates(n, need, 0)
	for _, layer := range []int{capital, voting} {
		earns := p.c.shares.get(n).earned
		if layer == voting {
			earns = p.c.votes.get(n).earned
		}
		for _, c := range all {
			if c.layer != layer {
				continue
			}
			if earns&m != 0 || m&(controlled|vague) != 0 && p.r.rule.dominates(layer, c.mark.whole(), c.share) {
				out = append(out, c)
			}
		}
	}
	if m&(controlled|vague) != 0 {
		out = append(out, p.controllers(n, m, 0)...)
	}
	if m == controlled && len(out) == 0 {
		for h := range p.c.newGrasp(n, p.before(0)).hands {
			hands = append(hands, h)
			for _, c := range all {
				if c.layer == h.layer && slices.Contains(h.parties, c.owner) {
					out = append(out, c)
				}
			}
		}
	}
	return out, hands
}

// circuits tells which parties have a circle above them, or are in one, whatever the
// date and the kind of interest. What it has found out it remembers.
type circuits struct {
	g     *Graph
	state sparse[uint8]
}

const (
	begun  uint8 = 1 + iota // its owners are being looked at
	untied                  // no circle above it
	knotted
)

// above reports whether a party is in a circle or below one.
func (c *circuits) above(n uint32) bool {
	type call struct {
		node   uint32
		owners []uint32
	}
	enter := func(n uint32) call {
		c.state.vals[c.state.at(n)] = begun
		return call{n, c.owners(n)}
	}
	if s := c.state.get(n); s != 0 {
		return s == knotted
	}
	found := false // of the party that was finished last
	for calls := []call{enter(n)}; len(calls) > 0; {
		at := &calls[len(calls)-1]
		place := c.state.find(at.node)
		if found {
			c.state.vals[place] = knotted
		}
		found = false
		if c.state.vals[place] == knotted || len(at.owners) == 0 {
			if c.state.vals[place] == begun {
				c.state.vals[place] = untied
			}
			found = c.state.vals[place] == knotted
			calls = calls[:len(calls)-1]
			continue
		}
		owner := at.owners[0]
		at.owners = at.owners[1:]
		switch c.state.get(owner) {
		case 0:
			if owner != at.node {
				calls = append(calls, enter(owner))
			}
		case begun:
			if owner != at.node {
				c.state.vals[place] = knotted
			}
		case knotted:
			c.state.vals[place] = knotted
		}
	}
	return c.state.get(n) == knotted
}

func (c *circuits) owners(n uint32) (out []uint32) {
	for i := range layerCount {
		l := &c.g.layers[i]
		if len(l.to) == 0 {
			continue
		}
		for _, e := range l.back[l.in[n]:l.in[n+1]] {
			out = append(out, l.owner(e))
		}
	}
	return out
}

// below is the parties of which those given hold something, and so on, with
// themselves.
func (g *Graph) below(parties []uint32) []uint32 {
	var seen places
	for _, n := range parties {
		seen.at(n)
	}
	for i := 0; i < len(seen.nodes); i++ {
		for k := range g.layers {
			if l := &g.layers[k]; len(l.to) > 0 {
				for _, to := range l.to[l.out[seen.nodes[i]]:l.out[seen.nodes[i]+1]] {
					seen.at(to)
				}
			}
		}
	}
	return seen.nodes
}

// addCircles adds the parties that only a circle makes worth a verdict: those in one
// with a party already seen, or below it.
func (a *Analysis) addCircles(seen map[uint32]bool) {
	c := circuits{g: a.g}
	var in []uint32
	for n := range seen {
		if c.above(n) {
			in = append(in, n)
		}
	}
	if len(in) == 0 {
		return
	}
	slices.Sort(in)
	all := a.g.below(in)
	for _, n := range all {
		seen[n] = true
	}
	a.tangleOf(all...)
}
