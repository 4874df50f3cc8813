package ownership

import "github.com/sanctionrisk/exposure/sanctions"

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
	single        bool // the listed parties are one owner, in whose hand all holdings are
	shares, votes ledger
	next          []uint32 // places in shares of parties that have something to pass on
	now           []step   // the same, of this round
	round         int32
	seen          uint32 // what fetch has read, so that it is not optimised away
	trace         *trace // records rounds, for proofs; nil when solving
}

type step struct {
	node           uint32
	before, gained marks
}

// reset makes the cascade ready for other listed parties.
func (c *cascade) reset() {
	c.shares.reset()
	c.votes.reset()
	c.next, c.round = c.next[:0], 0
}

// grant gives a party marks from its owners.
func (c *cascade) grant(n uint32, m marks) {
	if c.trace != nil && !c.trace.within[n] {
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
		c.trace.record(c.shares.nodes[i], m&^t.have, c.round)
	}
	t.have |= m
}

// run passes on until nothing changes.
func (c *cascade) run() {
	for len(c.next) > 0 {
		c.round++
		c.now = c.now[:0]
		for _, i := range c.next {
			t := &c.shares.vals[i]
			c.now = append(c.now, step{c.shares.nodes[i], t.done, t.have &^ t.done})
			t.done = t.have
		}
		c.next = c.next[:0]
		for rest := c.now; len(rest) > 0; {
			part := rest[:min(len(rest), 256)]
			c.fetch(part)
			for _, s := range part {
				c.pass(s)
			}
			rest = rest[len(part):]
		}
	}
}

// fetch looks at the memory that passing on will need, each kind for all steps
// before the next, so that the waits for it overlap. Solving is little else than
// waiting for memory: this halves it.
func (c *cascade) fetch(steps []step) {
	l := &c.g.layers[capital]
	if len(l.to) == 0 {
		return
	}
	var at [256]uint32
	seen := uint32(0)
	for i, s := range steps {
		at[i] = min(l.out[s.node], uint32(len(l.to)-1))
	}
	for i := range steps {
		e := at[i]
		seen += l.share[e]
		at[i] = l.to[e]
	}
	if mask := uint32(len(c.shares.slot) - 1); len(c.shares.slot) > 0 {
		for i := range steps {
			seen += c.shares.slot[scatter(at[i])&mask]
		}
	}
	c.seen = seen
}

// pass adds what a party holds to the sums of those it holds.
func (c *cascade) pass(s step) {
	if !c.rule.Cascade && c.round > 1 {
		return
	}
	if s.before&beyondDoubt == beyondDoubt {
		return // all that it holds has counted in full, and control adds nothing to that
	}
	c.passShares(capital, s)
	if c.rule.Votes || c.rule.Control != ControlIgnored {
		c.passShares(voting, s)
	}
	if c.rule.Control != ControlIgnored {
		c.passControl(s)
	}
}

func (c *cascade) passShares(number int, s step) {
	if c.rule.Threshold == 0 && s.gained&vague != 0 {
		s.gained |= open // nobody is owned, so what the controlled hold is the most that counts
	}
	l := &c.g.layers[number]
	if len(l.to) == 0 {
		return // spares looking where the party's holdings would start
	}
	tested := number == capital || c.rule.Votes
	for e, end := l.out[s.node], l.out[s.node+1]; e < end; {
		to, first := l.to[e], e
		e = l.run(e, end)
		var r sanctions.ShareRange
		if word := l.share[first]; e == first+1 && word&wide == 0 && l.when == nil && c.twins == nil {
			r = sanctions.ExactShare(sanctions.Share(word))
		} else if h, ok := c.twins.holding(c.g, number, s.node, to, c.g.resolve(l, first, e, c.asOf), c.asOf); ok && h.held {
			r = h.share
		} else {
			continue
		}
		if to == s.node || c.trace != nil && !c.trace.within[to] {
			continue
		}
		if tested {
			c.count(number, to, r, s)
		}
		if c.rule.Control != ControlIgnored && c.dominates(number, s, r) {
			c.grant(to, controlled|vague)
		}
	}
}

const beyondDoubt = certain | possible | open | vague

// count adds a holding to a party's sum and gives it the marks that it earns.
func (c *cascade) count(number int, to uint32, r sanctions.ShareRange, s step) {
	l := &c.shares
	if number == voting {
		l = &c.votes
	}
	i := l.at(to)
	t := &l.vals[i]
	var own sanctions.ShareRange
	if treasury := c.g.treasury[number]; treasury != nil && treasury[to] {
		own = c.g.ownShare(number, to, c.asOf)
	}
	var m marks
	if t.doubt == 0 && s.before == 0 && s.gained&beyondDoubt == beyondDoubt && r.IsExact() && own.High == 0 {
		t.low += r.Low
		m = c.rule.plain(t.low)
	} else {
		sum := l.doubted(i)
		sum.add(r, s.before, s.gained)
		m = sum.test(c.rule, own)
		t.low = sum.low.share()
	}
	if c.inOneHand(t.low) {
		m |= controlled | vague
	}
	if m|t.earned == t.earned {
		return
	}
	t.earned |= m
	c.grant(to, m)
}

// plain tells which marks a sum beyond doubt earns, as [sum.test] does.
func (r *Rule) plain(low sanctions.Share) marks {
	threshold, inclusive := r.Threshold, r.Inclusive
	if threshold == 0 {
		threshold, inclusive = half, true
	}
	if low < threshold || low == threshold && !inclusive {
		return 0
	}
	var m marks
	if r.Threshold != 0 {
		m = beyondDoubt
	}
	if r.Control != ControlIgnored {
		m |= controlled | vague
	}
	return m
}

// dominates tells whether a holder's stake alone indicates control, beside the
// test of ownership: half of the shares or votes in one hand, and for votes that
// the regime does not test as ownership, more than half in a controlled one.
func (c *cascade) dominates(number int, s step, r sanctions.ShareRange) bool {
	have, low := s.before|s.gained, amountOf(r.Low, r.LowOpen)
	switch {
	case have&possible != 0, have&controlled != 0 && c.rule.Control == ControlHypothetical:
		return reaches(low, half, true)
	case have&controlled != 0 && number == voting && !c.rule.Votes:
		return reaches(low, half, false)
	}
	return false
}

// inOneHand tells whether one listed owner holds half through all that it owns.
func (c *cascade) inOneHand(low sanctions.Share) bool {
	return c.single && low >= half && c.rule.Control != ControlIgnored
}

// passControl follows control itself: what a marked party controls is
// controlled, whatever it holds of it.
func (c *cascade) passControl(s step) {
	l := &c.g.layers[control]
	if len(l.to) == 0 {
		return
	}
	for e, end := l.out[s.node], l.out[s.node+1]; e < end; {
		next := l.run(e, end)
		switch _, answer := c.g.controls(l, e, next, c.asOf); {
		case answer == sanctions.Yes && (s.before|s.gained)&counted != 0:
			c.grant(l.to[e], controlled|vague)
		case answer >= sanctions.Possible:
			c.grant(l.to[e], vague)
		}
		e = next
	}
}

// ownShare is what a party holds of itself.
func (g *Graph) ownShare(number int, n uint32, asOf sanctions.Date) sanctions.ShareRange {
	l := &g.layers[number]
	for e, end := l.out[n], l.out[n+1]; e < end; e = l.run(e, end) {
		if l.to[e] == n {
			return g.resolve(l, e, l.run(e, end), asOf).share
		}
	}
	return sanctions.ShareRange{}
}

// trace limits a cascade to some parties and records when each was reached.
type trace struct {
	within map[uint32]bool
	rounds map[uint32][markCount]int32 // by mark; 0 is never, the listed are 1
}

func (t *trace) record(n uint32, m marks, round int32) {
	r := t.rounds[n]
	for i := range r {
		if m&(1<<i) != 0 {
			r[i] = round + 1
		}
	}
	t.rounds[n] = r
}
