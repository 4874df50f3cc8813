package ownership

import (
	"math/bits"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// cascade finds all that a set of listed parties owns under one rule on one
// date. It starts with nothing owned and adds what must be, so that it ends in
// the least fixpoint: parties that hold each other in a circle do not lift one
// another out of the water.
//
// It works in rounds. What a party has become in one round it passes on in the
// next, so that the round in which a party is reached does not depend on the
// order of the rows.
type cascade struct {
	g    *Graph
	rule *Rule
	asOf sanctions.Date

	twins         twins
	listed        *roster  // who is listed at all; nil for nobody
	single        bool     // the listed parties are one owner
	group         []uint32 // these, then
	*places                // of the parties that it has reached; those of one analysis share them
	shares, votes ledger
	next          []uint32 // places in shares of parties that have something to pass on
	now, other    []step   // the same, of this round; and room for sorting them
	starts        *[1<<12 + 1]uint32
	flows         *flows
	round         int32
	halved        []uint32            // firms that may be half in one hand
	waiting       map[uint32][]uint32 // such firms that were not, by the parties above them that do not count
	seen          uint32              // what fetch has read, so that it is not optimised away
	within        map[uint32]bool     // the parties that it is limited to; nil for no limit
	trace         *trace              // records rounds, for proofs; nil when solving
}

// step is a party that passes on what it has gained, when it had something before:
// in one word, since a long round has many.
type step uint64

func stepOf(node uint32, before, gained marks) step {
	return step(node)<<32 | step(before)<<8 | step(gained)
}

func (s step) node() uint32  { return uint32(s >> 32) }
func (s step) before() marks { return marks(s >> 8) }
func (s step) gained() marks { return marks(s) }

// reset makes the cascade ready for other listed parties.
func (c *cascade) reset() {
	c.places.reset()
	c.shares.reset()
	c.votes.reset()
	c.next, c.halved, c.waiting, c.round = c.next[:0], c.halved[:0], nil, 0
}

// newCascade makes a cascade that has reached nobody. Without places to share it has
// its own.
func newCascade(g *Graph, rule *Rule, asOf sanctions.Date, twins twins, listed *roster, shared *places) *cascade {
	if shared == nil {
		shared = new(places)
	}
	c := &cascade{g: g, rule: rule, asOf: asOf, twins: twins, listed: listed, places: shared}
	c.shares.places, c.votes.places = shared, shared
	return c
}

// list makes the listed party at a place the start of what is passed on; false when
// it is nothing that it was not before.
func (c *cascade) list(i int, answer sanctions.Answer) bool {
	m := possible | open | vague
	if answer == sanctions.Yes {
		m |= certain
	}
	c.shares.fill(i)
	news := c.shares.vals[i].have|m != c.shares.vals[i].have
	c.mark(i, m)
	return news
}

// grant gives a party marks from its owners.
func (c *cascade) grant(n uint32, m marks) {
	if c.within != nil && !c.within[n] {
		return
	}
	i := c.shares.at(n)
	c.shares.vals[i].given |= m
	c.mark(i, m)
}

// mark gives the party of the i-th tally marks and remembers it for the next
// round.
func (c *cascade) mark(i int, m marks) {
	t := &c.shares.vals[i]
	if t.have|m == t.have {
		return
	}
	if t.have == t.done {
		c.next = append(c.next, uint32(i))
	}
	if c.trace != nil {
		c.trace.record(i, m&^t.have, c.round)
	}
	t.have |= m
}

// run passes on until nothing changes.
func (c *cascade) run() {
	for len(c.next) > 0 {
		c.round++
		c.now = slices.Grow(c.now[:0], len(c.next))
		for _, i := range c.next {
			t := &c.shares.vals[i]
			if t.done&beyondDoubt != beyondDoubt { // else all that it holds has counted in full, and control adds nothing to that
				c.now = append(c.now, stepOf(c.nodes[i], t.done, t.have&^t.done))
			}
			t.done = t.have
		}
		c.next = c.next[:0]
		if !c.rule.Cascade && c.round > 1 {
			continue
		}
		c.inOrder()
		c.passShares(capital)
		if c.rule.Votes || c.rule.Control != ControlIgnored {
			c.passShares(voting)
		}
		if c.rule.Control != ControlIgnored {
			c.passControl()
			c.passHands()
		}
	}
}

// inOrder brings the steps of a long round nearly into the order of the parties,
// which is that of their holdings, so that these are walked through and not
// jumped about in: solving is little else than waiting for memory.
func (c *cascade) inOrder() {
	const buckets = 1 << 12
	if len(c.now) < buckets/4 {
		return
	}
	if c.starts == nil {
		c.starts = new([buckets + 1]uint32)
	}
	at := c.starts
	clear(at[:])
	shift := max(0, bits.Len(uint(c.g.Len()))-12)
	for _, s := range c.now {
		at[s.node()>>shift+1]++
	}
	for i := range buckets {
		at[i+1] += at[i]
	}
	c.other = slices.Grow(c.other[:0], len(c.now))[:len(c.now)]
	for _, s := range c.now {
		b := s.node() >> shift
		c.other[at[b]] = s
		at[b]++
	}
	c.now, c.other = c.other, c.now
}

// trace records when a cascade reached each party, by place.
type trace struct {
	rounds [][markCount]int32 // by mark; 0 is never, the listed are 1
}

func (t *trace) record(i int, m marks, round int32) {
	for len(t.rounds) <= i {
		t.rounds = append(t.rounds, [markCount]int32{})
	}
	for k := range markCount {
		if m&(1<<k) != 0 {
			t.rounds[i][k] = round + 1
		}
	}
}

// round is when the party at a place got a mark.
func (t *trace) round(i, mark int) int32 {
	if i < 0 || i >= len(t.rounds) {
		return 0
	}
	return t.rounds[i][mark]
}
