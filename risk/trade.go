package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// trade is the firm's dealings of one kind and direction.
type trade struct {
	count  int64
	valued []valued
	trend  uint64
	rising bool // some three of the values grow, whatever lies between them
}

// valued is the day and value of a dealing.
type valued struct {
	day sanctions.Date
	usd int64
}

var growing, notGrowing = bit(catalogue[factIndex("trend")].Terms, "growing"), bit(catalogue[factIndex("trend")].Terms, "not_growing")

// trade finds the dealings of an account's kind and direction.
func (c *course) trade(a *account) *trade { return c.tradeOf(a.kind, a.direction) }

func (c *course) tradeOf(k Kind, d Direction) *trade {
	return &c.trades[slices.Index(kinds, k)+1][slices.Index(directions, d)+1]
}

// countTrades counts the dealings of each sort and says whether their values
// grow. An engagement counts once in every sort that a source tells it to be of.
func (c *course) countTrades() {
	for i := range c.trades {
		for k := range c.trades[i] {
			t := &c.trades[i][k]
			*t = trade{valued: t.valued[:0]}
		}
	}
	for i := range c.engagements {
		accounts := c.engagements[i].accounts
		for k := range accounts {
			a := &accounts[k]
			same := func(b account) bool { return b.kind == a.kind && b.direction == a.direction }
			if !a.told || a.past || slices.ContainsFunc(accounts[:k], same) {
				continue
			}
			t := c.trade(a)
			t.count++
			if a.usd.known && !a.conduct.IsZero() {
				t.valued = append(t.valued, valued{a.conduct, a.usd.value})
			}
		}
	}
	for i := range c.trades {
		for k := range c.trades[i] {
			t := &c.trades[i][k]
			t.trend, t.rising = growth(t.valued)
		}
	}
}

// growth says whether values grow with time: of all pairs of an earlier and a later
// one, three in four or more rise, so that one month that falls short ends no
// trend and one large dealing makes none. With fewer than three values that is
// unknown. It says besides whether any three of them rise.
func growth(dealings []valued) (trend uint64, rising bool) {
	n := len(dealings)
	if n < 3 {
		return 0, false
	}
	slices.SortFunc(dealings, func(a, b valued) int { return cmp.Or(a.day.Compare(b.day), cmp.Compare(b.usd, a.usd)) })
	values := make([]int64, n)
	least, middle := int64(-1), int64(-1) // of one, and of the second of two that rise
	for i, d := range dealings {
		values[i] = d.usd
		switch {
		case middle >= 0 && d.usd > middle:
			rising = true
		case least >= 0 && d.usd > least:
			middle = d.usd
		default:
			least = d.usd
		}
	}
	if 4*rises(values, make([]int64, n)) >= 3*n*(n-1)/2 {
		return growing, rising
	}
	return notGrowing, rising
}

// rises counts the pairs of an earlier and a greater later value, and sorts them.
func rises(values, room []int64) (pairs int) {
	n := len(values)
	if n < 2 {
		return 0
	}
	a, b := values[:n/2], values[n/2:]
	pairs = rises(a, room) + rises(b, room)
	out := room[:0]
	for len(a) > 0 || len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0] < b[0] {
			pairs += len(b) // all that are left of b are greater
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	copy(values, out)
	return pairs
}
