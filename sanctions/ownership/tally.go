package ownership

import "github.com/sanctionrisk/exposure/sanctions"

// marks are what a party is for a regime, and so what it passes on.
type marks uint8

// The marks. Certain implies possible and possible implies open: these three are
// ownership. Control stands beside them, and each of open and controlled implies
// vague.
const (
	certain    marks = 1 << iota // listed, or owned on lower bounds
	possible                     // perhaps listed, or owned on the upper bounds of stated shares
	open                         // owned if unstated shares are as high as can be
	controlled                   // control of it by a possible or controlled owner is indicated
	vague                        // owned or controlled if all that is not known were so
)

const markCount = 5

// counted are the marks under which a party's holdings are looked at for control.
const counted = possible | controlled

// amount is a sum of ends of ranges. An open end makes the whole sum open: it is
// more than its lower, less than its upper ends.
type amount struct {
	share sanctions.Share
	open  bool
}

func (a *amount) add(share sanctions.Share, open bool) {
	a.share += share
	a.open = a.open || open
}

// sum adds up what marked owners hold in one party in one layer.
type sum struct {
	low   amount // least, of certain owners
	high  amount // most, of possible owners, as far as stated
	most  amount // most, of open owners
	reach amount // least, of possible or controlled owners
	far   amount // most, of all of them

	earned marks // what the sum itself meets

	// Of the party, kept with its sum in the capital layer: the marks that it has,
	// those of them that it has passed on, and those that came from its owners.
	have, done, given marks
}

// add counts a holding under the marks that its owner has gained, when it had
// others before.
func (s *sum) add(r sanctions.ShareRange, before, gained marks) {
	if gained&certain != 0 {
		s.low.add(r.Low, r.LowOpen)
	}
	if gained&possible != 0 {
		if stated(r) {
			s.high.add(r.High, r.HighOpen)
		} else {
			s.high.add(r.Low, false)
		}
	}
	if gained&open != 0 {
		s.most.add(r.High, r.HighOpen)
	}
	if gained&counted != 0 && before&counted == 0 {
		s.reach.add(r.Low, r.LowOpen)
	}
	if gained&vague != 0 {
		s.far.add(r.High, r.HighOpen)
	}
}

// test tells which marks a sum earns under a rule. own is what the party holds
// in itself, which carries no rights: upper bounds are of the rest.
func (s *sum) test(rule *Rule, own sanctions.ShareRange) marks {
	high, most, far := s.high, s.most, s.far
	if own.High > 0 {
		high, most, far = outstanding(high, own), outstanding(most, own), outstanding(far, own)
	}
	threshold, inclusive := rule.Threshold, rule.Inclusive
	var m marks
	switch {
	case threshold == 0: // no share decides; what half of it suggests is control
		threshold, inclusive = half, true
	case reaches(s.low, threshold, inclusive):
		m |= certain | possible | open | vague
	case reachable(high, threshold, inclusive):
		m |= possible | open | vague
	case reachable(most, threshold, inclusive):
		m |= open | vague
	}
	if rule.Control != ControlIgnored {
		if reaches(s.reach, threshold, inclusive) {
			m |= controlled | vague
		}
		if reachable(far, threshold, inclusive) {
			m |= vague
		}
	}
	return m
}

// reaches reports whether a share of at least low meets the threshold.
func reaches(low amount, threshold sanctions.Share, inclusive bool) bool {
	return low.share > threshold || low.share == threshold && (inclusive || low.open)
}

// reachable reports whether a share of at most high may meet the threshold.
func reachable(high amount, threshold sanctions.Share, inclusive bool) bool {
	return high.share > threshold || high.share == threshold && inclusive && !high.open
}

// tallies are the sums of the parties that a cascade has touched: few, however
// large the graph is.
type tallies struct {
	nodes []uint32
	sums  []sum
	slot  []uint32 // open addressing by node: number + 1, 0 is free
}

func hashNode(n uint32) uint32 { return n * 2654435769 }

// find returns the sum of a node, or nil.
func (t *tallies) find(n uint32) *sum {
	if len(t.slot) == 0 {
		return nil
	}
	mask := uint32(len(t.slot) - 1)
	for i := hashNode(n) >> 7 & mask; ; i = (i + 1) & mask {
		switch s := t.slot[i]; {
		case s == 0:
			return nil
		case t.nodes[s-1] == n:
			return &t.sums[s-1]
		}
	}
}

// at returns the sum of a node, making one. It is valid until the next at.
func (t *tallies) at(n uint32) *sum {
	if 2*len(t.nodes) >= len(t.slot) {
		t.grow()
	}
	mask := uint32(len(t.slot) - 1)
	for i := hashNode(n) >> 7 & mask; ; i = (i + 1) & mask {
		s := t.slot[i]
		if s == 0 {
			t.nodes = append(t.nodes, n)
			t.sums = append(t.sums, sum{})
			t.slot[i] = uint32(len(t.nodes))
			return &t.sums[len(t.sums)-1]
		}
		if t.nodes[s-1] == n {
			return &t.sums[s-1]
		}
	}
}

func (t *tallies) grow() {
	t.slot = make([]uint32, max(16, 2*len(t.slot)))
	mask := uint32(len(t.slot) - 1)
	for k, n := range t.nodes {
		i := hashNode(n) >> 7 & mask
		for t.slot[i] != 0 {
			i = (i + 1) & mask
		}
		t.slot[i] = uint32(k) + 1
	}
}

// reset forgets all sums and keeps the memory.
func (t *tallies) reset() {
	if len(t.nodes)*4 < len(t.slot) {
		mask := uint32(len(t.slot) - 1)
		for _, n := range t.nodes {
			i := hashNode(n) >> 7 & mask
			for t.slot[i] != 0 {
				t.slot[i] = 0
				i = (i + 1) & mask
			}
		}
	} else {
		clear(t.slot)
	}
	t.nodes, t.sums = t.nodes[:0], t.sums[:0]
}
