package ownership

import "github.com/sanctionrisk/exposure/sanctions"

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
			if to == node || c.within != nil && !c.within[to] {
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
