package ownership

import (
	"cmp"
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
		c.trace.record(c.nodes[i], m&^t.have, c.round)
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

// flow is a holding on its way into the sum of the party that is held.
type flow struct {
	to    uint32
	step  step // of the owner
	share sanctions.ShareRange
}

// plainFlow is an exact holding of a party that is certain and was nothing before,
// as nearly all are.
type plainFlow struct{ to, share uint32 }

// mostFlows is how many are gathered before they are added, so that the waits for
// the memory of their sums overlap.
const mostFlows = 256

// flows are gathered holdings.
type flows struct {
	plain [mostFlows]plainFlow
	other [mostFlows]flow
}

// passShares adds what parties hold to the sums of those that they hold.
func (c *cascade) passShares(number int) {
	l := &c.g.layers[number]
	if len(l.to) == 0 {
		return // spares looking where the parties' holdings would start
	}
	if c.flows == nil {
		c.flows = new(flows)
	}
	exact := l.when == nil && c.twins == nil // and so what is stated is what counts
	plain, other := c.flows.plain[:0], c.flows.other[:0]
	for k, s := range c.now {
		if k%mostFlows == 0 {
			c.seen += l.fetch(c.now[k:min(k+mostFlows, len(c.now))])
		}
		node := s.node()
		sure := exact && s.before() == 0 && s.gained()&beyondDoubt == beyondDoubt
		for e, end := l.out[node], l.out[node+1]; e < end; {
			to, first := l.to[e], e
			e = l.run(e, end)
			if to == node || c.trace != nil && !c.trace.within[to] {
				continue
			}
			word := l.share[first]
			single := e == first+1 && word&wide == 0
			if sure && single {
				if plain = append(plain, plainFlow{to, word}); len(plain) == mostFlows {
					c.takePlain(number, plain)
					plain = plain[:0]
				}
				continue
			}
			r := sanctions.ExactShare(sanctions.Share(word))
			if !exact || !single {
				h, ok := c.twins.holding(c.g, number, node, to, c.g.resolve(l, first, e, c.asOf), c.asOf)
				if !ok || !h.held {
					continue
				}
				r = h.share
			}
			if other = append(other, flow{to, s, r}); len(other) == mostFlows {
				c.take(number, other)
				other = other[:0]
			}
		}
	}
	c.takePlain(number, plain)
	c.take(number, other)
}

// fetch looks at the memory that passing on will need, each kind for all steps
// before the next, so that the waits for it overlap.
func (l *layer) fetch(steps []step) (seen uint32) {
	var at [mostFlows]uint32
	last := uint32(len(l.to) - 1)
	for i := range steps {
		at[i] = min(l.out[steps[i].node()], last)
	}
	for i := range steps {
		seen += l.to[at[i]] + l.share[at[i]]
	}
	return seen
}

// ledger is the sums of a layer.
func (c *cascade) ledger(number int) *ledger {
	if number == capital {
		return &c.shares
	}
	return &c.votes
}

// tests tells whether a rule tests what is held in a layer as ownership. What is not is
// summed only where control may follow from it.
func (r *Rule) tests(number int) bool { return number == capital || r.Votes }

// takePlain adds plain holdings to the sums of those who are held.
func (c *cascade) takePlain(number int, plain []plainFlow) {
	l := c.ledger(number)
	for i := range plain {
		c.seen += c.look(plain[i].to)
	}
	treasury, crowded, least := c.g.treasury[number], c.g.crowded[number], c.rule.leastPlain()
	for _, f := range plain {
		i := l.at(f.to)
		t := &l.vals[i]
		if t.doubt != 0 || treasury.has(f.to) {
			c.count(number, l, f.to, sanctions.ExactShare(sanctions.Share(f.share)), stepOf(0, 0, beyondDoubt))
			continue
		}
		switch t.low += sanctions.Share(f.share); {
		case t.low < least:
		case !c.rule.tests(number):
			c.earn(l, i, 0)
		case crowded.has(f.to):
			c.earn(l, i, c.contested(number, l, i))
		default:
			c.earn(l, i, c.rule.plain(t.low))
		}
	}
	if c.rule.Control != ControlIgnored {
		for _, f := range plain {
			if f.share >= uint32(half) { // one who owns it in full holds half
				c.grant(f.to, controlled|vague)
			}
		}
	}
}

// take adds holdings to the sums of those who are held.
func (c *cascade) take(number int, flows []flow) {
	for i := range flows {
		c.seen += c.look(flows[i].to)
	}
	l := c.ledger(number)
	for i := range flows {
		f := &flows[i]
		c.count(number, l, f.to, f.share, f.step)
	}
	if c.rule.Control != ControlIgnored {
		for i := range flows {
			if f := &flows[i]; c.rule.dominates(number, f.step.before()|f.step.gained(), f.share) {
				c.grant(f.to, controlled|vague)
			}
		}
	}
}

const beyondDoubt = certain | possible | open | vague

// count adds a holding to a party's sum and gives it the marks that it earns.
func (c *cascade) count(number int, l *ledger, to uint32, r sanctions.ShareRange, s step) {
	i := l.at(to)
	t := &l.vals[i]
	gained := s.gained()
	if c.rule.Threshold == 0 && gained&vague != 0 {
		gained |= open // nobody is owned, so what the controlled hold is the most that counts
	}
	var own sanctions.ShareRange
	if c.g.treasury[number].has(to) {
		own = c.g.ownShare(number, to, c.asOf)
	}
	var m marks
	if t.doubt == 0 && s.before() == 0 && gained&beyondDoubt == beyondDoubt && r.IsExact() && own.High == 0 {
		switch t.low += r.Low; {
		case !c.rule.tests(number):
		case c.g.crowded[number].has(to):
			m = c.contested(number, l, i)
		default:
			m = c.rule.plain(t.low)
		}
	} else {
		sum := l.doubted(i)
		sum.add(r, s.before(), gained)
		if c.rule.tests(number) {
			m = c.judge(number, to, sum, own, t.earned)
		}
		t.low = sum.low.share()
	}
	c.earn(l, i, m)
}

// earn gives the party of the i-th sum the marks that the sum meets.
func (c *cascade) earn(l *ledger, i int, m marks) {
	t := &l.vals[i]
	if c.rule.Control != ControlIgnored {
		c.suspect(l, i, m|t.earned)
	}
	if m|t.earned == t.earned {
		return
	}
	t.earned |= m
	c.shares.fill(i)
	c.shares.vals[i].given |= m
	c.mark(i, m)
}

// leastPlain is the least sum beyond doubt that may earn anything.
func (r *Rule) leastPlain() sanctions.Share {
	if r.Control != ControlIgnored || r.Threshold == 0 {
		return min(half, cmp.Or(r.Threshold, half)) // half may be in one hand
	}
	return r.Threshold
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
func (r *Rule) dominates(number int, have marks, share sanctions.ShareRange) bool {
	low := amountOf(share.Low, share.LowOpen)
	switch {
	case have&possible != 0, have&controlled != 0 && r.Control == ControlHypothetical:
		return reaches(low, half, true)
	case have&controlled != 0 && number == voting && !r.Votes:
		return reaches(low, half, false)
	}
	return false
}

// passControl follows control itself: what a marked party controls is
// controlled, whatever it holds of it.
func (c *cascade) passControl() {
	l := &c.g.layers[control]
	if len(l.to) == 0 {
		return
	}
	for _, s := range c.now {
		for e, end := l.out[s.node()], l.out[s.node()+1]; e < end; {
			next := l.run(e, end)
			switch _, answer := c.g.controls(l, e, next, c.asOf); {
			case answer == sanctions.Yes && (s.before()|s.gained())&counted != 0:
				c.grant(l.to[e], controlled|vague)
			case answer >= sanctions.Possible:
				c.grant(l.to[e], vague)
			}
			e = next
		}
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
