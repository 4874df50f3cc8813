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

	single        bool // the listed parties are one owner, in whose hand all holdings are
	shares, votes tallies
	next          []uint32 // parties that have something to pass on
	now           []step   // the same, of this round
	round         int32
	trace         *trace // records rounds, for proofs; nil when solving
}

type step struct {
	node           uint32
	before, gained marks
}

// grant gives a party marks from its owners.
func (c *cascade) grant(n uint32, m marks) {
	if c.trace != nil && !c.trace.within[n] {
		return
	}
	c.shares.at(n).given |= m
	c.mark(n, m)
}

// mark gives a party marks and remembers it for the next round.
func (c *cascade) mark(n uint32, m marks) {
	s := c.shares.at(n)
	if s.have|m == s.have {
		return
	}
	if s.have == s.done {
		c.next = append(c.next, n)
	}
	if c.trace != nil {
		c.trace.record(n, m&^s.have, c.round)
	}
	s.have |= m
}

// run passes on until nothing changes.
func (c *cascade) run() {
	for len(c.next) > 0 {
		c.round++
		c.now = c.now[:0]
		for _, n := range c.next {
			s := c.shares.find(n)
			c.now = append(c.now, step{n, s.done, s.have &^ s.done})
			s.done = s.have
		}
		c.next = c.next[:0]
		for _, s := range c.now {
			c.pass(s)
		}
	}
}

// pass adds what a party holds to the sums of those it holds.
func (c *cascade) pass(s step) {
	if !c.rule.Cascade && c.round > 1 {
		return
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
	own := c.g.treasury[number]
	for e, end := l.out[s.node], l.out[s.node+1]; e < end; {
		to, next := l.to[e], l.run(e, end)
		var r sanctions.ShareRange
		if word := l.share[e]; next == e+1 && word&wide == 0 && l.when == nil {
			r = sanctions.ExactShare(sanctions.Share(word))
		} else if h := c.g.resolve(l, e, next, c.asOf); h.held {
			r = h.share
		} else {
			e = next
			continue
		}
		e = next
		if to == s.node || c.trace != nil && !c.trace.within[to] {
			continue
		}
		if number == capital || c.rule.Votes {
			t := c.tally(number, to)
			t.add(r, s.before, s.gained)
			var treasury sanctions.ShareRange
			if own[to] {
				treasury = c.g.ownShare(number, to, c.asOf)
			}
			if t.earned |= t.test(c.rule, treasury); c.inOneHand(t) {
				t.earned |= controlled | vague
			}
			if t.earned != 0 {
				c.grant(to, t.earned)
			}
		}
		if c.dominates(number, s, r) {
			c.grant(to, controlled|vague)
		}
	}
}

func (c *cascade) tally(number int, n uint32) *sum {
	if number == capital {
		return c.shares.at(n)
	}
	return c.votes.at(n)
}

// dominates tells whether a holder's stake alone indicates control, beside the
// test of ownership: half of the shares or votes in one hand, and for votes that
// the regime does not test as ownership, more than half in a controlled one.
func (c *cascade) dominates(number int, s step, r sanctions.ShareRange) bool {
	have, low := s.before|s.gained, amount{r.Low, r.LowOpen}
	switch {
	case c.rule.Control == ControlIgnored:
		return false
	case have&possible != 0, have&controlled != 0 && c.rule.Control == ControlHypothetical:
		return reaches(low, half, true)
	case have&controlled != 0 && number == voting && !c.rule.Votes:
		return reaches(low, half, false)
	}
	return false
}

// inOneHand tells whether one listed owner holds half through all that it owns.
func (c *cascade) inOneHand(t *sum) bool {
	return c.single && c.rule.Control != ControlIgnored && reaches(t.low, half, true)
}

// passControl follows control itself: what a marked party controls is
// controlled, whatever it holds of it.
func (c *cascade) passControl(s step) {
	m := vague
	if (s.before|s.gained)&counted != 0 {
		m |= controlled
	}
	l := &c.g.layers[control]
	for e, end := l.out[s.node], l.out[s.node+1]; e < end; {
		next := l.run(e, end)
		if _, ok := c.g.controls(l, e, next, c.asOf); ok {
			c.grant(l.to[e], m)
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
