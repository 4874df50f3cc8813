package ownership

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// A hand is a party with all that it owns, and what these own: what lies in several
// vehicles of one owner is as much the owner's as if it held it itself. Where a
// holding indicates control by its size alone (see [Rule.dominates]), what one hand
// holds together does too, so that splitting a stake changes nothing.
//
// Sums are kept of all owners together and not by hand. A hand is looked for only
// where those who count hold half of a firm and are not seen to control it yet: under
// a threshold of more than half these are the few firms of which they hold half to the
// last digit. What lies in a hand depends on the register alone; who counts as its
// head, on the marks. A firm that is in no hand waits for those above it that do not
// count yet.

// grip is what one party holds of another, by their places in a grasp.
type grip struct {
	owner, owned uint32
	layer        int8
	low          amount
}

// grasp is a firm and the parties above it that count, as far as one can go up
// through such parties.
type grasp struct {
	places // the firm is the first
	c      *cascade
	have   func(n uint32) marks // what a party is
	grips  []grip               // by owner
	out    []uint32             // where those of an owner start
	idle   []uint32             // owners that do not count, at which going up ended
	sums   [][2]amount          // by place and layer, what the hand at hand holds
	in     []bool               // by place, whether it is in the hand
}

// hand is parties in one hand, the head or heads first and then each after those that
// own it.
type hand struct {
	heads   int
	parties []uint32
	layer   int // in which the hand holds enough of the firm
}

// newGrasp goes up from a firm.
func (c *cascade) newGrasp(firm uint32, have func(n uint32) marks) *grasp {
	s := &grasp{c: c, have: have}
	s.at(firm)
	for i := 0; i < len(s.nodes) && (i == 0 || c.rule.Cascade); i++ {
		for layer := range layerCount {
			s.climb(uint32(i), layer)
		}
	}
	owners := make([]uint32, len(s.grips))
	for k := range s.grips {
		owners[k] = s.grips[k].owner
	}
	order, out := byKey(owners, len(s.nodes), nil)
	s.grips, s.out = pick(s.grips, order), out
	s.sums, s.in = make([][2]amount, len(s.nodes)), make([]bool, len(s.nodes))
	return s
}

// climb takes down who holds something in the party at a place in one layer.
func (s *grasp) climb(place uint32, layer int) {
	c, n := s.c, s.nodes[place]
	take := func(owner uint32, low amount) {
		switch {
		case low == 0 || owner == n || owner == s.nodes[0]:
		case s.counts(owner) == 0:
			s.idle = append(s.idle, owner)
		default:
			s.grips = append(s.grips, grip{uint32(s.at(owner)), place, int8(layer), low})
		}
	}
	switch {
	case layer == control:
		if place == 0 || c.rule.Control != ControlHypothetical {
			return // of the firm itself it is no question of a hand
		}
		l := &c.g.layers[control]
		for _, e := range l.back[l.in[n]:l.in[n+1]] {
			if _, answer := c.g.controls(l, e, e+1, c.asOf); answer == sanctions.Yes {
				take(l.owner(e), amountOf(sanctions.Whole, false))
			}
		}
	case layer == capital || place == 0 || c.rule.Votes:
		for owner, h := range c.g.holders(layer, n, c.asOf) {
			if h, ok := c.twins.holding(c.g, layer, owner, n, h, c.asOf); ok && h.held {
				take(owner, amountOf(h.share.Low, h.share.LowOpen))
			}
		}
	}
}

// counts is what a party is of that by which its holdings are looked at for control.
func (s *grasp) counts(n uint32) marks {
	if !s.c.rule.Cascade && !s.c.begins(n) {
		return 0 // only listed owners count
	}
	return s.have(n) & counted
}

// begins reports whether a cascade begins with a party.
func (c *cascade) begins(n uint32) bool {
	if c.single {
		return slices.Contains(c.group, n)
	}
	return c.listed != nil && c.listed.get(n) != sanctions.Unknown
}

// hands ranges over the hands that hold enough of the firm to indicate control, those
// of listed parties first; hands within such a hand are left out.
func (s *grasp) hands(yield func(*hand) bool) {
	heads := make([]int, 0, len(s.nodes))
	for place := 1; place < len(s.nodes); place++ {
		heads = append(heads, place)
	}
	slices.SortFunc(heads, func(x, y int) int {
		return cmp.Or(compareBool(s.c.begins(s.nodes[y]), s.c.begins(s.nodes[x])), s.c.g.ids.compare(s.nodes[x], s.nodes[y]))
	})
	covered := make([]marks, len(s.nodes)) // by place, the marks of the heads in whose hand it is
	for _, place := range heads {
		n := s.nodes[place]
		is := s.counts(n)
		if is&^covered[place] == 0 {
			continue
		}
		together := []uint32{n}
		switch {
		case s.c.single && s.c.begins(n):
			together = s.c.group
		case s.c.begins(n) && s.c.twins[n] != nil:
			together = s.c.twins[n]
		}
		h := s.of(together)
		for _, m := range h.parties[:h.heads] {
			is |= s.counts(m)
		}
		for _, m := range h.parties {
			covered[s.find(m)] |= is
		}
		enough := false
		for _, layer := range []int{capital, voting} {
			low := s.sums[0][layer]
			if s.c.rule.dominates(layer, is, sanctions.ShareRange{Low: low.share(), LowOpen: low.open()}) {
				h.layer, enough = layer, true
				break
			}
		}
		s.release(h)
		if enough && !yield(h) {
			return
		}
	}
}

// of finds what is in one hand with some parties, and leaves in sums what it holds.
func (s *grasp) of(together []uint32) *hand {
	h := &hand{}
	join := func(place int) {
		if place > 0 && !s.in[place] {
			s.in[place] = true
			h.parties = append(h.parties, s.nodes[place])
		}
	}
	for _, n := range together {
		join(s.find(n))
	}
	h.heads = len(h.parties)
	for i := 0; i < len(h.parties); i++ {
		place := s.find(h.parties[i])
		for _, g := range s.grips[s.out[place]:s.out[place+1]] {
			if g.layer == control {
				join(int(g.owned))
				continue
			}
			sum := &s.sums[g.owned][g.layer]
			if *sum = sum.plus(g.low.share(), g.low.open()); s.c.rule.owns(*sum) {
				join(int(g.owned))
			}
		}
	}
	return h
}

// release forgets what a hand holds.
func (s *grasp) release(h *hand) {
	for _, n := range h.parties {
		place := s.find(n)
		s.in[place] = false
		for _, g := range s.grips[s.out[place]:s.out[place+1]] {
			s.sums[g.owned] = [2]amount{}
		}
	}
}

// suspect remembers a firm of which those who count hold half, to look for a hand at
// the end of the round.
func (c *cascade) suspect(l *ledger, i int, earned marks) {
	if earned&counted == 0 && l.reach(i) >= half {
		c.halved = append(c.halved, l.nodes[i])
	}
}

// passHands gives control of the firms that are half in one hand. A firm that is not
// is looked at again when more of it is held, or when a party above it begins to count.
func (c *cascade) passHands() {
	for _, s := range c.now {
		if c.waiting == nil {
			break
		}
		if s.gained()&counted != 0 {
			c.halved = append(c.halved, c.waiting[s.node()]...)
		}
	}
	slices.Sort(c.halved)
	for _, firm := range slices.Compact(c.halved) {
		if c.shares.get(firm).given&counted != 0 {
			continue
		}
		s := c.newGrasp(firm, func(n uint32) marks { return c.shares.get(n).done })
		found := false
		for range s.hands {
			found = true
			break
		}
		if found {
			c.grant(firm, controlled|vague)
			continue
		}
		for _, n := range s.nodes[1:] { // a controlled head may come to be an owned one
			if s.counts(n)&possible == 0 {
				c.wait(n, firm)
			}
		}
		for _, n := range s.idle {
			c.wait(n, firm)
		}
	}
	c.halved = c.halved[:0]
}

// wait has a firm looked at again when a party begins to count.
func (c *cascade) wait(n, firm uint32) {
	if c.waiting == nil {
		c.waiting = make(map[uint32][]uint32)
	}
	if !slices.Contains(c.waiting[n], firm) {
		c.waiting[n] = append(c.waiting[n], firm)
	}
}
