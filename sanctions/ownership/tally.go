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

// whole is a mark with those that it implies.
func (m marks) whole() marks {
	switch m {
	case certain:
		return certain | possible | open | vague
	case possible:
		return possible | open | vague
	case open, controlled:
		return m | vague
	}
	return m
}

// counted are the marks under which a party's holdings are looked at for control.
const counted = possible | controlled

// amount is a sum of ends of ranges: twice the share, and one if an end is open.
// An open end makes the whole sum open: it is more than its lower, less than its
// upper ends.
type amount uint64

func amountOf(share sanctions.Share, open bool) amount {
	if open {
		return amount(share)<<1 | 1
	}
	return amount(share) << 1
}

func (a amount) share() sanctions.Share { return sanctions.Share(a >> 1) }
func (a amount) open() bool             { return a&1 != 0 }

func (a amount) plus(share sanctions.Share, open bool) amount {
	return a + amountOf(share, open && !a.open())
}

// sum adds up what marked owners hold in one party in one layer.
type sum struct {
	low   amount // least, of certain owners
	high  amount // most, of possible owners, as far as stated
	most  amount // most, of open owners
	reach amount // least, of possible or controlled owners
	far   amount // most, of all of them

	// What [cascade.weigh] finds of the others who hold something.
	taken amount // what those certainly hold who are not open; 0 if they leave no bound
	idle  amount // the same of those who are not vague

	unstated marks           // of owners of unstated shares
	ranged   bool            // some share is not exact
	lost     sanctions.Share // how much of low is theirs in some reading of contradicting sources
}

// add counts a holding under the marks that its owner has gained, when it had
// others before.
func (s *sum) add(r sanctions.ShareRange, before, gained marks) {
	if gained&certain != 0 {
		s.low = s.low.plus(r.Low, r.LowOpen)
	}
	if gained&possible != 0 {
		if stated(r) {
			s.high = s.high.plus(r.High, r.HighOpen)
		} else {
			s.high = s.high.plus(r.Low, false)
		}
	}
	if !r.IsExact() {
		s.ranged = true
		if !stated(r) {
			s.unstated |= gained
		}
	}
	if gained&open != 0 {
		s.most = s.most.plus(r.High, r.HighOpen)
	}
	if gained&counted != 0 && before&counted == 0 {
		s.reach = s.reach.plus(r.Low, r.LowOpen)
	}
	if gained&vague != 0 {
		s.far = s.far.plus(r.High, r.HighOpen)
	}
}

// tally is the sum of a party. Most sums are beyond doubt: only certain owners
// hold exact shares in it. Then the five of a sum are one, and doubt is 0.
type tally struct {
	low    sanctions.Share
	doubt  uint32 // number of the sum among the doubtful, plus one
	earned marks  // what the sum itself meets

	// Of the party, kept with its tally in the capital layer: the marks that it
	// has, those of them that it has passed on, and those that its owners gave it.
	have, done, given marks
}

// ledger is the tallies of a layer.
type ledger struct {
	sparse[tally]
	doubtful []sum
}

// sum spells out the i-th tally.
func (l *ledger) sum(i int) sum {
	t := l.val(i)
	if t.doubt != 0 {
		return l.doubtful[t.doubt-1]
	}
	a := amountOf(t.low, false)
	return sum{low: a, high: a, most: a, reach: a, far: a}
}

// reach is the least that those who count for control hold in the i-th sum.
func (l *ledger) reach(i int) sanctions.Share {
	if t := &l.vals[i]; t.doubt == 0 {
		return t.low
	}
	return l.doubtful[l.vals[i].doubt-1].reach.share()
}

// doubted returns the i-th sum to be changed in part.
func (l *ledger) doubted(i int) *sum {
	if l.vals[i].doubt == 0 {
		l.doubtful = append(l.doubtful, l.sum(i))
		l.vals[i].doubt = uint32(len(l.doubtful))
	}
	return &l.doubtful[l.vals[i].doubt-1]
}

// marks returns what the party n has.
func (l *ledger) marks(n uint32) marks { return l.get(n).have }

// reset forgets the tallies; their places are the cascade's.
func (l *ledger) reset() { l.vals, l.doubtful = l.vals[:0], l.doubtful[:0] }
