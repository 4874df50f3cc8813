package ownership

import "github.com/sanctionrisk/exposure/sanctions"

// A circle of holdings bears itself out when some firm of it, once it is assumed
// to be owned, makes others owned that in the end make it owned in truth: it is
// not owned at the least fixpoint and is at the greatest. The law is silent on
// such firms. A listed party must hold something in the circle; firms that hold
// only each other are nobody's.

// The search for circles is bounded, since those of registers are of a few firms:
// how many firms one assumption may make owned, and how far below a circle a firm
// is looked for.
const (
	mostAssumed = 64
	mostBelow   = 2
)

// circle is what follows from assuming that one party is owned.
type circle struct {
	r       *regime
	group   int32               // whose holdings count where holdings are not added; -1 for any
	owned   []uint32            // by assumption, the party itself first
	extra   sparse[amount]      // what these hold, beside certain owners
	holders map[uint32][]uint32 // which of these hold something in a party
}

// circular reports whether a party that is not owned would be, if it, or a firm
// without which it is not owned, were assumed to be.
func (r *regime) circular(a *Analysis, n uint32, below int) bool {
	if r.rule.Threshold == 0 || r.rule.State == "" {
		return false
	}
	if c := r.assume(a, n, -1); c.closes(n) {
		if r.rule.Aggregate != AggregateNone {
			return true
		}
		for group := range c.groups() { // all together bear it out; does any one
			if r.assume(a, n, group).closes(n) {
				return true
			}
		}
	}
	if below == mostBelow {
		return false
	}
	base := r.base(n, -1)
	for owner, h := range a.g.owners(capital, n, a.asOf) {
		if h.held && owner != n && !r.holds(owner) && r.meets(base.plus(h.share.Low, h.share.LowOpen)) && r.circular(a, owner, below+1) {
			return true
		}
	}
	return false
}

func (r *regime) meets(low amount) bool { return reaches(low, r.rule.Threshold, r.rule.Inclusive) }

// base is what certain owners hold in a party: all of them, or those of one group,
// -1 for whichever holds most.
func (r *regime) base(n uint32, group int32) amount {
	if r.rule.Aggregate != AggregateNone {
		if r.together == nil {
			return 0
		}
		return r.together.shares.sum(r.together.find(n)).low
	}
	if i := r.alone.find(n); i >= 0 && (group < 0 || r.alone.vals[i].group == group) {
		return r.alone.vals[i].low[capital]
	}
	return 0
}

// assume follows what a party passes on once it is owned. A circle that grows
// beyond the bound is given up, and does not close.
func (r *regime) assume(a *Analysis, n uint32, group int32) *circle {
	c := &circle{r: r, group: group, owned: []uint32{n}}
	l := &a.g.layers[capital]
	if !r.rule.Cascade || l.out[n] == l.out[n+1] || l.in[n] == l.in[n+1] {
		return c // it owns nothing, or nobody owns it
	}
	c.holders = make(map[uint32][]uint32)
	for i := 0; i < len(c.owned); i++ {
		owner := c.owned[i]
		for to, h := range a.g.owned(capital, owner, a.asOf) {
			if !h.held || to == owner || h.share.Low == 0 || r.holds(to) {
				continue
			}
			before := c.total(to)
			extra := &c.extra.vals[c.extra.at(to)]
			*extra = extra.plus(h.share.Low, h.share.LowOpen)
			c.holders[to] = append(c.holders[to], owner)
			if to != n && !r.meets(before) && r.meets(c.total(to)) {
				c.owned = append(c.owned, to)
			}
		}
		if len(c.owned) > mostAssumed {
			c.holders = nil
			return c
		}
	}
	return c
}

func (c *circle) total(n uint32) amount {
	extra := c.extra.get(n)
	return c.r.base(n, c.group).plus(extra.share(), extra.open())
}

// closes reports whether the assumption comes back to the party that it was made
// of, and a certain owner holds something along the way.
func (c *circle) closes(n uint32) bool {
	if c.holders == nil || c.extra.get(n) == 0 || !c.r.meets(c.total(n)) {
		return false
	}
	seen := map[uint32]bool{n: true}
	for todo := []uint32{n}; len(todo) > 0; {
		m := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if c.r.base(m, c.group) > 0 {
			return true
		}
		for _, owner := range c.holders[m] {
			if !seen[owner] {
				seen[owner] = true
				todo = append(todo, owner)
			}
		}
	}
	return false
}

// groups are those whose holdings have a part in the circle.
func (c *circle) groups() map[int32]bool {
	out := make(map[int32]bool)
	for _, n := range c.owned {
		if i := c.r.alone.find(n); i >= 0 && c.r.alone.vals[i].low[capital] > 0 {
			out[c.r.alone.vals[i].group] = true
		}
	}
	return out
}

// addCircles adds the parties that only a circle makes worth a verdict: those in
// one with a party already seen, or below it.
func (a *Analysis) addCircles(seen map[uint32]bool) {
	for i := range a.regimes {
		r := &a.regimes[i]
		if r.rule.Control != ControlHypothetical || r.rule.Threshold == 0 {
			continue
		}
		var todo []uint32
		for n := range seen {
			if !r.holds(n) && r.listed.get(n) != sanctions.Yes {
				todo = append(todo, n)
			}
		}
		tried := make(map[uint32]bool, len(todo))
		for len(todo) > 0 {
			n := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if tried[n] {
				continue
			}
			tried[n] = true
			if !r.circular(a, n, 0) {
				continue
			}
			seen[n] = true
			for to := range a.g.owned(capital, n, a.asOf) {
				if !r.holds(to) {
					todo = append(todo, to)
				}
			}
		}
	}
}
