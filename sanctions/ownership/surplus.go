package ownership

import "github.com/sanctionrisk/exposure/sanctions"

// nodeSet is some of the parties, a bit each. The empty set is nil.
type nodeSet []uint64

func (s nodeSet) has(n uint32) bool { return s != nil && s[n>>6]&(1<<(n&63)) != 0 }

// add puts a party into the set, of so many parties in all.
func (s *nodeSet) add(n uint32, parties int) {
	if *s == nil {
		*s = make(nodeSet, (parties+63)/64)
	}
	(*s)[n>>6] |= 1 << (n & 63)
}

// before reports whether a holding is surely superseded by another where both
// cannot be: the one that is stated to have begun later stands, and where that
// does not decide, the one whose source was published later, since it speaks of a
// later day.
func (g *Graph) before(l *layer, h, o *holding) bool {
	if !h.from.IsZero() && !o.from.IsZero() && h.from != o.from {
		return h.from.Before(o.from)
	}
	p, q := g.publishedAt(l, h.edge), g.publishedAt(l, o.edge)
	return !p.IsZero() && !q.IsZero() && p.Before(q)
}

// publishedAt is when the source of a statement was published, if that is known.
func (g *Graph) publishedAt(l *layer, e uint32) sanctions.Date {
	if l.rows == nil || len(g.published) == 0 {
		return sanctions.Date{}
	}
	return g.published[l.rows[e].file]
}

// weigh looks at what others are said to hold in a party, for a sum of what counts.
//
// Where the holdings of all listed owners are added, what the others hold for certain
// is not there for those who count: a sum of stated holdings reaches at most what is
// left. One whose share nobody states (a consolidated account, an indirect interest)
// may be held through the others and is not capped.
//
// Where all that is said to be held is more than the whole, sources contradict each
// other. Holdings that count give way to the others, except to those that are surely
// earlier, and remain the upper bound: both readings are kept. Other listed owners
// take nothing away, or one more of them would lower what another's holding means;
// so if all who hold too much are listed, the sum stands as it is.
func (c *cascade) weigh(number int, to uint32, s *sum) {
	l := &c.g.layers[number]
	crowded := c.g.crowded[number].has(to)
	var counts, others []holding
	var taken, idle amount
	var said sanctions.Share // what those who do not certainly count are said to hold, listed or not, and the firm itself
	for owner, h := range c.g.holders(number, to, c.asOf) {
		h, ok := c.twins.holding(c.g, number, owner, to, h, c.asOf)
		if !ok || !h.held {
			continue
		}
		passed := c.shares.get(owner).done
		listed := c.listed != nil && c.listed.get(owner) != sanctions.Unknown
		if owner == to {
			passed, listed = 0, false
		}
		if listed && passed == 0 {
			continue
		}
		if passed&open == 0 {
			taken = taken.plus(h.share.Low, h.share.LowOpen)
		}
		if passed&vague == 0 {
			idle = idle.plus(h.share.Low, h.share.LowOpen)
		}
		if passed&certain == 0 {
			said += h.share.Low
		}
		switch {
		case !crowded:
		case passed&certain != 0:
			counts = append(counts, h)
		case owner != to && !listed && h.share.Low > 0:
			others = append(others, h)
		}
	}
	s.taken, s.idle, s.lost = taken, idle, 0
	if c.single {
		s.taken, s.idle = 0, 0 // it may be another listed owner's, by way of a firm
	}
	if s.unstated&open != 0 {
		s.taken = 0 // what nobody states may be held through the others
	}
	if s.unstated&vague != 0 {
		s.idle = 0
	}
	if !crowded {
		return
	}
	sure, given := c.g.stands(l, counts, others)
	low := s.low.share()
	if said+low > sanctions.Whole {
		s.taken, s.idle = 0, 0 // there is no telling what is left
	}
	if low+given > sanctions.Whole {
		s.lost = max(0, low-max(sure, sanctions.Whole-given, 0))
	}
	if over := low - s.lost - sanctions.Whole; over > 0 && c.g.earlier(l, counts) >= over {
		s.lost += over // the later of them leave the earlier what is left
	}
}

// stands tells of holdings that contradict each other how much of those that count stands in
// any reading, being later than all others, and how much the others have that is not surely
// earlier than each of those that count.
func (g *Graph) stands(l *layer, counts, others []holding) (sure, given sanctions.Share) {
	for i := range others {
		displaces := len(counts) == 0
		for k := range counts {
			displaces = displaces || !g.before(l, &others[i], &counts[k])
		}
		if displaces {
			given += others[i].share.Low
		}
	}
	for k := range counts {
		later := true
		for i := range others {
			later = later && g.before(l, &others[i], &counts[k])
		}
		if later {
			sure += counts[k].share.Low
		}
	}
	return sure, given
}

// contested tells which marks the i-th sum earns, which is beyond doubt but for others
// who hold too much. It may do without a look at who they are where all who are not
// counted take away, whenever they began.
func (c *cascade) contested(number int, l *ledger, i int) marks {
	s := l.sum(i)
	if g := c.g; !c.single && c.listed != nil && !c.listed.doubtful && g.layers[number].when == nil && g.published == nil && c.twins == nil {
		s.lost = min(s.low.share(), max(0, g.given(number, l.nodes[i])-sanctions.Whole))
	} else {
		c.weigh(number, l.nodes[i], &s)
	}
	return s.test(c.rule, sanctions.ShareRange{})
}

// given is the least that all owners hold in a party, where nothing is dated.
func (g *Graph) given(number int, owned uint32) (total sanctions.Share) {
	l := &g.layers[number]
	for _, e := range l.back[l.in[owned]:l.in[owned+1]] {
		first := e == 0 || l.to[e-1] != owned
		last := int(e)+1 == len(l.to) || l.to[e+1] != owned
		if first && last {
			total += g.rangeOf(l.share[e]).Low
			continue
		}
		owner := l.owner(e)
		if e > l.out[owner] && l.to[e-1] == owned {
			continue // not the first statement of its owner
		}
		total += g.resolve(l, e, l.run(e, l.out[owner+1]), sanctions.Date{}).share.Low
	}
	return total
}

// judge tells which marks a sum earns. What others hold is looked at only when it may
// take away something that the sum has not earned before.
func (c *cascade) judge(number int, to uint32, s *sum, own sanctions.ShareRange, earned marks) marks {
	s.taken, s.idle, s.lost = 0, 0, 0
	m := s.test(c.rule, own)
	news := m &^ earned
	if m&controlled != 0 {
		news &^= vague // it rests on lower bounds
	}
	if !c.g.crowded[number].has(to) && (m&certain != 0 || news&(possible|open|vague) == 0) || news == 0 || !c.capped(number, to, s) {
		return m
	}
	c.weigh(number, to, s)
	return s.test(c.rule, own)
}

// capped reports whether what others hold may take something away from a sum: from
// one of exact shares only when all together are more than the whole.
func (c *cascade) capped(number int, to uint32, s *sum) bool {
	return c.g.crowded[number].has(to) || !c.single && s.ranged && (s.unstated&open == 0 || s.unstated&vague == 0)
}

// settled is the i-th sum with what others take away from it.
func (c *cascade) settled(number int, l *ledger, i int) sum {
	s := l.sum(i)
	if i < 0 || s.far.share() == 0 && s.most.share() == 0 {
		return s
	}
	if n := l.nodes[i]; c.g.crowded[number].has(n) || l.val(i).doubt != 0 && c.capped(number, n, &s) {
		c.weigh(number, n, &s)
	}
	return s
}

// reweigh looks again at the sums of those in whom a party holds something, when it
// has become listed and so takes nothing away from others any more.
func (c *cascade) reweigh(n uint32) {
	for _, number := range []int{capital, voting} {
		if !c.rule.tests(number) {
			continue
		}
		l := c.ledger(number)
		for firm := range c.g.owned(number, n, c.asOf) {
			i := c.find(firm)
			if i < 0 || i >= len(l.vals) || l.vals[i].doubt == 0 && !c.g.crowded[number].has(firm) { // or only another regime has counted for it
				continue
			}
			sum := l.doubted(i)
			var own sanctions.ShareRange
			if c.g.treasury[number].has(firm) {
				own = c.g.ownShare(number, firm, c.asOf)
			}
			c.earn(l, i, c.judge(number, firm, sum, own, l.vals[i].earned))
		}
	}
}

// earlier is what is held by those of some holdings that are surely superseded by
// another of them.
func (g *Graph) earlier(l *layer, all []holding) (total sanctions.Share) {
	for i := range all {
		for k := range all {
			if g.before(l, &all[i], &all[k]) {
				total += all[i].share.Low
				break
			}
		}
	}
	return total
}

// least is the least that a sum comes to in any reading of its sources.
func (s *sum) least() amount {
	if s.lost == 0 {
		return s.low
	}
	return amountOf(s.low.share()-s.lost, false)
}

// within caps an upper bound at what others leave.
func (s *sum) within(upper, others amount) amount {
	if others == 0 {
		return upper
	}
	// Less than a share is less, so that an open end sorts first.
	if left := amountOf(max(0, sanctions.Whole-others.share()), others.open()); left^1 < upper^1 {
		return max(left, s.low)
	}
	return upper
}
