package ownership

import "github.com/sanctionrisk/exposure/sanctions"

// mostUpstream bounds how far a circle of holdings is followed upwards. Circles
// in registers are a handful of firms; what lies beyond is not flagged.
const mostUpstream = 4096

// upstream is what is recorded above a party: every owner, owner's owner and so
// on, with the least that each holds.
type upstream struct {
	g     *Graph
	asOf  sanctions.Date
	ready bool
	loop  bool // some party is above itself
	lows  map[uint32][]entry
}

func (u *upstream) find(n uint32) {
	if u.ready {
		return
	}
	u.ready = true
	u.lows = map[uint32][]entry{}
	todo := []uint32{n}
	u.lows[n] = nil
	indegree := map[uint32]int{}
	for len(todo) > 0 && len(u.lows) <= mostUpstream {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for owner, h := range u.g.owners(capital, n, u.asOf) {
			if !h.held || owner == n || h.share.Low == 0 && !h.share.LowOpen {
				continue
			}
			u.lows[n] = append(u.lows[n], entry{owner, h})
			indegree[owner]++
			if _, seen := u.lows[owner]; !seen {
				u.lows[owner] = nil
				todo = append(todo, owner)
			}
		}
	}
	// A circle is what is left when parties that own nothing above are taken away.
	left := len(u.lows)
	for m := range u.lows {
		if indegree[m] == 0 {
			todo = append(todo, m)
		}
	}
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		left--
		for _, e := range u.lows[n] {
			if indegree[e.owner]--; indegree[e.owner] == 0 {
				todo = append(todo, e.owner)
			}
		}
	}
	u.loop = left > 0
}

// circular reports whether a party that is not owned at the least fixpoint is
// owned at the greatest one: whether assuming that the firms of a circle are
// owned bears itself out. The law on such circles is silent.
func (g *Graph) circular(r *regime, b *book) bool {
	if r.rule.Threshold == 0 || b.total < r.rule.Threshold {
		return false
	}
	if b.up.find(b.node); !b.up.loop {
		return false
	}
	starts := [][]uint32{nil}
	if r.rule.Aggregate == AggregateAll || r.rule.Aggregate == AggregateUnsettled {
		for n := range b.up.lows {
			if r.listed.get(n) == sanctions.Yes {
				starts[0] = append(starts[0], n)
			}
		}
	} else {
		starts = nil
		seen := map[int]bool{}
		for n := range b.up.lows {
			if i, ok := r.groups.member[n]; ok && !seen[i] {
				seen[i] = true
				starts = append(starts, r.groups.all[i].nodes)
			}
		}
	}
	for _, start := range starts {
		if b.up.greatest(r, b.node, start) {
			return true
		}
	}
	return false
}

// greatest takes away, until nothing changes, every party that is not owned by
// those that are left and the listed, and reports whether n stays and a listed
// party has a part in that.
func (u *upstream) greatest(r *regime, n uint32, listed []uint32) bool {
	if len(listed) == 0 {
		return false
	}
	fixed := make(map[uint32]bool)
	for _, l := range listed {
		if r.listed.get(l) == sanctions.Yes {
			fixed[l] = true
		}
	}
	gone := make(map[uint32]bool)
	for changed := true; changed; {
		changed = false
		for m, owners := range u.lows {
			if gone[m] || fixed[m] {
				continue
			}
			var total sum
			for _, e := range owners {
				if !gone[e.owner] {
					total.add(e.share, 0, certain)
				}
			}
			if !reaches(total.low, r.rule.Threshold, r.rule.Inclusive) {
				gone[m] = true
				changed = true
			}
		}
	}
	return !gone[n] && u.leadsTo(n, fixed, gone)
}

// leadsTo reports whether a party of the set stands above n without leaving the
// parties that are left: a circle without a listed party in it or above it is
// nobody's.
func (u *upstream) leadsTo(n uint32, set, gone map[uint32]bool) bool {
	seen := map[uint32]bool{n: true}
	todo := []uint32{n}
	for len(todo) > 0 {
		m := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, e := range u.lows[m] {
			if set[e.owner] {
				return true
			}
			if !gone[e.owner] && !seen[e.owner] {
				seen[e.owner] = true
				todo = append(todo, e.owner)
			}
		}
	}
	return false
}

// addCircles adds the parties that only a circle makes worth a verdict: those
// that stand in one with a party already seen, or below it.
func (a *Analysis) addCircles(seen map[uint32]bool) {
	for i := range a.regimes {
		r := &a.regimes[i]
		if r.rule.Control != ControlHypothetical || r.rule.Threshold == 0 {
			continue
		}
		tried := make(map[uint32]bool)
		var todo []uint32
		for n := range seen {
			todo = append(todo, n)
		}
		for len(todo) > 0 {
			n := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if tried[n] || r.holds(n) {
				continue
			}
			tried[n] = true
			if !a.g.circular(r, a.g.book(n, a.asOf)) {
				continue
			}
			seen[n] = true
			for to := range a.g.owned(capital, n, a.asOf) {
				todo = append(todo, to)
			}
		}
	}
}
