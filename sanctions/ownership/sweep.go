package ownership

import (
	"container/heap"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// sweep finds the greatest fixpoint of one rule within a tangle for some listed
// parties. It goes through the sets of the tangle from the owners to the owned, as
// far as there are marks to pass on: a party that is in no circle gets what its owners
// give it, and a circle is swept.
type sweep struct {
	t      *tangle
	r      *regime
	single bool // the listed parties are one owner

	// By place.
	listed []marks
	sums   [2][]totals // capital and votes
	earns  [2][]marks  // what these met last
	grants []grants
	queued []bool // in queue

	now *cascade // the marks of now, in places that are those of the tangle

	// What one hand holds, by place of the firm: the parties of the hands that hold enough
	// of it; and the firms that were looked at by way of a party of their circle.
	grips   map[uint32][]uint32
	leaning map[uint32][]uint32

	queue   []uint32
	waiting numbers  // of the sets that something was counted for
	met     []bool   // by set: it was waiting, or is
	reached []uint32 // the places that any of these is kept for
}

func newSweep(t *tangle, r *regime) *sweep {
	n := len(t.nodes)
	s := &sweep{t: t, r: r, listed: make([]marks, n),
		sums: [2][]totals{make([]totals, n), make([]totals, n)}, earns: [2][]marks{make([]marks, n), make([]marks, n)},
		grants: make([]grants, n), queued: make([]bool, n), met: make([]bool, len(t.sets))}
	s.now = newCascade(t.a.g, &r.rule, t.a.asOf, t.a.twins, &r.listed, t.places)
	s.now.shares.vals = make([]tally, n)
	return s
}

// run sweeps for the listed parties at some places.
func (s *sweep) run(listed []uint32, single bool) *cascade {
	s.single, s.now.single = single, single
	s.grips, s.leaning, s.now.group = nil, nil, nil
	for _, p := range listed {
		s.listed[p] = possible | open | vague
		if s.r.listed.get(s.t.nodes[p]) == sanctions.Yes {
			s.listed[p] |= certain
		}
		s.now.group = append(s.now.group, s.t.nodes[p])
		s.wake(p)
	}
	for len(s.waiting) > 0 {
		s.solve(s.t.sets[heap.Pop(&s.waiting).(int32)])
	}
	c := s.cascade()
	for _, p := range s.reached {
		s.listed[p], s.grants[p], s.now.shares.vals[p] = 0, grants{}, tally{}
		for i := range s.sums {
			s.sums[i][p], s.earns[i][p] = totals{}, 0
		}
		s.met[s.t.set[p]] = false
	}
	s.reached = s.reached[:0]
	return c
}

// wake lets the set of a place wait for its turn.
func (s *sweep) wake(p uint32) {
	if k := s.t.set[p]; !s.met[k] {
		s.met[k] = true
		s.reached = append(s.reached, s.t.sets[k]...)
		heap.Push(&s.waiting, k)
	}
}

// solve finds the marks of a set all of whose owners are solved, and passes them on.
func (s *sweep) solve(set []uint32) {
	if len(set) == 1 {
		*s.have(set[0]) = s.listed[set[0]] | s.earned(set[0], beyondDoubt|controlled)
	} else {
		s.circle(set)
	}
	for _, p := range set {
		m := *s.have(p)
		if m == 0 {
			continue
		}
		for l := range s.links(p) {
			if o := l.owned; s.t.set[o] != s.t.set[p] {
				s.count(l, m, 1)
				s.wake(o)
			}
		}
	}
}

// circle takes the firms of a circle for all that they can be, and takes away what
// nothing supports.
func (s *sweep) circle(set []uint32) {
	all := beyondDoubt
	if s.r.rule.Threshold == 0 {
		all = vague
	}
	if s.r.rule.Control != ControlIgnored {
		all |= controlled
	}
	for _, p := range set {
		s.become(p, all|s.listed[p])
		s.check(p)
	}
	for {
		for len(s.queue) > 0 {
			p := s.queue[len(s.queue)-1]
			s.queue = s.queue[:len(s.queue)-1]
			s.queued[p] = false
			s.become(p, *s.have(p)&(s.listed[p]|s.earned(p, *s.have(p))))
		}
		if !s.cutLoose(set) {
			return
		}
	}
}

// become gives a firm of a circle other marks, and counts anew what it holds of the
// others.
func (s *sweep) become(p uint32, m marks) {
	old := *s.have(p)
	if m == old {
		return
	}
	*s.have(p) = m
	for l := range s.links(p) {
		if s.t.set[l.owned] == s.t.set[p] {
			s.count(l, old, -1)
			s.count(l, m, 1)
			s.check(l.owned)
		}
	}
	for _, firm := range s.leaning[p] {
		s.check(firm)
	}
}

// have is the marks of the party at a place.
func (s *sweep) have(p uint32) *marks { return &s.now.shares.vals[p].done }

// check remembers that a firm may have lost support.
func (s *sweep) check(p uint32) {
	if !s.queued[p] {
		s.queued[p] = true
		s.queue = append(s.queue, p)
	}
}

// links ranges over what the party at a place holds of others.
func (s *sweep) links(p uint32) func(yield func(*link) bool) {
	return func(yield func(*link) bool) {
		for k := s.t.out[p]; k < s.t.out[p+1] && yield(&s.t.links[k]); k++ {
		}
	}
}

// count adds what a link brings when its owner has marks, or takes it away.
func (s *sweep) count(l *link, m marks, sign int32) {
	if m == 0 {
		return
	}
	rule := &s.r.rule
	if l.layer != control {
		s.sums[l.layer][l.owned].add(l.share, s.weighs(m), sign)
	}
	if rule.Control == ControlIgnored {
		return
	}
	g := &s.grants[l.owned]
	if s.hands(l, m)&controlled != 0 {
		g.sure += sign
	}
	if s.hands(l, m)&vague != 0 {
		g.may += sign
	}
}

// weighs is the marks under which a holding is added up: where nobody is owned, what
// the controlled hold is the most that counts.
func (s *sweep) weighs(m marks) marks {
	if s.r.rule.Threshold == 0 && m&vague != 0 {
		m |= open
	}
	return m
}

// hands is the marks that a link gives by itself, without being added to others.
func (s *sweep) hands(l *link, m marks) marks {
	rule := &s.r.rule
	switch {
	case rule.Control == ControlIgnored:
	case l.layer != control:
		if rule.dominates(int(l.layer), m, l.share) {
			return controlled | vague
		}
	case l.answer == sanctions.Yes && m&counted != 0:
		return controlled | vague
	case m != 0:
		return vague
	}
	return 0
}

// earned is the marks that its owners give a party; whether a hand does is asked only if
// it may have what follows.
func (s *sweep) earned(p uint32, may marks) marks {
	m := s.sumEarns(capital, p)
	if s.r.rule.Votes {
		m |= s.sumEarns(voting, p)
	}
	if s.grants[p].sure > 0 {
		m |= controlled
	}
	if s.grants[p].may > 0 {
		m |= vague
	}
	if m&counted == 0 && may&controlled != 0 && s.inOneHand(p) {
		m |= controlled | vague
	}
	return m
}

// inOneHand tells whether a hand holds enough of a party to indicate control, and
// keeps whose holdings these are.
func (s *sweep) inOneHand(p uint32) bool {
	delete(s.grips, p)
	if s.r.rule.Control == ControlIgnored || max(s.sums[capital][p].reach.share, s.sums[voting][p].reach.share) < half {
		return false
	}
	g := s.now.newGrasp(s.t.nodes[p], func(n uint32) marks { return s.now.shares.get(n).done })
	var parties []uint32
	for h := range g.hands {
		for _, n := range h.parties {
			parties = append(parties, uint32(s.t.find(n)))
		}
	}
	if s.grips == nil {
		s.grips, s.leaning = make(map[uint32][]uint32), make(map[uint32][]uint32)
	}
	for _, n := range g.nodes[1:] {
		if q := uint32(s.t.find(n)); s.t.set[q] == s.t.set[p] && !slices.Contains(s.leaning[q], p) {
			s.leaning[q] = append(s.leaning[q], p)
		}
	}
	s.grips[p] = parties
	return len(parties) > 0
}

// sum is what counts for a party, with what others take away from it.
func (s *sweep) sum(layer int, p uint32) sum {
	sum := s.sums[layer][p].sum()
	if s.t.doubtful[layer][p] {
		s.now.weigh(layer, s.t.nodes[p], &sum)
	}
	return sum
}

// sumEarns is the marks that a sum meets.
func (s *sweep) sumEarns(layer int, p uint32) marks {
	var own sanctions.ShareRange
	if n := s.t.nodes[p]; s.t.a.g.treasury[layer].has(n) {
		own = s.t.a.g.ownShare(layer, n, s.t.a.asOf)
	}
	sum := s.sum(layer, p)
	m := sum.test(&s.r.rule, own)
	s.earns[layer][p] = m
	return m
}

// cascade is what was found, as a cascade would have found it.
func (s *sweep) cascade() *cascade {
	a := s.t.a
	c := newCascade(a.g, &s.r.rule, a.asOf, a.twins, &s.r.listed, nil)
	c.single, c.group = s.single, s.now.group
	slices.Sort(s.reached)
	for _, p := range s.reached {
		n := s.t.nodes[p]
		i := c.shares.at(n)
		*c.shares.doubted(i) = s.sum(capital, p)
		t := &c.shares.vals[i]
		t.have, t.done, t.given, t.earned = *s.have(p), *s.have(p), s.earned(p, *s.have(p)), s.earns[capital][p]
		if s.r.rule.Votes {
			i := c.votes.at(n)
			*c.votes.doubted(i) = s.sum(voting, p)
			c.votes.vals[i].earned = s.earns[voting][p]
		}
	}
	return c
}

// numbers is a heap of numbers, the least first.
type numbers []int32

func (h numbers) Len() int           { return len(h) }
func (h numbers) Less(i, j int) bool { return h[i] < h[j] }
func (h numbers) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *numbers) Push(x any)        { *h = append(*h, x.(int32)) }
func (h *numbers) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
