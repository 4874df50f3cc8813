package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// trade is the firm's dealings of one kind and direction.
type trade struct {
	terms terms // the class apart

	count  int64
	valued []valued
	trend  uint64

	// For the high score: strands that tell of them, and their values on each day that
	// they may have had them.
	strands int64
	perhaps []valued
	rising  bool // some three of these grow, whatever lies between them
}

// valued is the day and value of a dealing.
type valued struct {
	day    sanctions.Date
	usd    int64
	strand int32
	days   int32 // for which the value is; 0 where that is open
}

var growing, notGrowing = bit(catalogue[factIndex("trend")].Terms, "growing"), bit(catalogue[factIndex("trend")].Terms, "not_growing")

// trades are the dealings by kind and direction, and which of them there are.
type trades struct {
	all   [32][5]trade
	known []*trade
	sums  slab[int64]
}

// at finds the dealings of a kind and direction.
func (t *trades) at(sort terms) *trade { return &t.all[sort.kind][sort.direction] }

// clear forgets all dealings, and keeps the memory of their values.
func (t *trades) clear() {
	for _, x := range t.known {
		*x = trade{valued: x.valued[:0], perhaps: x.perhaps[:0]}
	}
	t.known = t.known[:0]
	t.sums.reset()
}

// of finds the dealings of a kind and direction to add some.
func (t *trades) of(sort terms) *trade {
	x := &t.all[sort.kind][sort.direction]
	if x.strands == 0 {
		x.terms = sort
		t.known = append(t.known, x)
	}
	return x
}

// count counts the dealings of each sort and says whether their values
// grow. An engagement counts once in every sort that a source tells it to be of.
func (t *trades) count(engagements []engagement) {
	t.clear()
	for i := range engagements {
		accounts := engagements[i].accounts
		for k := range accounts {
			a := &accounts[k]
			if !a.told {
				continue
			}
			of := t.of(a.terms)
			for _, in := range a.strands {
				if !anyOf(accounts[:k], func(b *account) bool { return b.sameSort(a) && b.in(in.strand) }) {
					of.strands++
				}
				if a.usd.known {
					of.perhaps = a.days(of.perhaps, in.strand)
				}
			}
			if a.past || anyOf(accounts[:k], func(b *account) bool { return b.sameSort(a) && !b.past }) {
				continue
			}
			of.count++
			if a.usd.known && !a.conduct.IsZero() {
				of.valued = append(of.valued, valued{day: a.conduct, usd: a.usd.value, days: a.forDays()})
			}
		}
	}
	for _, of := range t.known {
		if of.strands >= 3 {
			of.trend, of.rising = growth(of.valued, &t.sums), rising(of.perhaps)
		}
	}
}

// anyOf tells whether it is so of some account.
func anyOf(accounts []account, is func(*account) bool) bool {
	for i := range accounts {
		if is(&accounts[i]) {
			return true
		}
	}
	return false
}

// sameSort tells whether both are told, of one kind and direction.
func (a *account) sameSort(b *account) bool {
	return a.told && b.told && a.kind == b.kind && a.direction == b.direction
}

func (a *account) in(strand int32) bool {
	return slices.ContainsFunc(a.strands, func(s strandWeight) bool { return s.strand == strand })
}

// days adds the value of the account on each day of its readings.
func (a *account) days(list []valued, strand int32) []valued {
	if !a.conduct.IsZero() {
		list = append(list, valued{day: a.conduct, usd: a.usd.value, strand: strand})
	}
	for i := range a.readings {
		if day := a.readings[i].conduct; !day.IsZero() && day != a.conduct {
			list = append(list, valued{day: day, usd: a.usd.value, strand: strand})
		}
	}
	return list
}

// apart is how many dealings of a kind and direction the high score counts, and whether
// some three of them grow; of whichever sort has most, where kind or direction is blank.
func (t *trades) apart(sort terms) (strands int64, rising bool) {
	if sort.kind != 0 && sort.direction != 0 {
		of := t.at(sort)
		return of.strands, of.rising
	}
	for _, of := range t.known {
		if (sort.kind == 0 || of.terms.kind == sort.kind) && (sort.direction == 0 || of.terms.direction == sort.direction) {
			strands, rising = max(strands, of.strands), rising || of.rising
		}
	}
	return strands, rising
}

// forDays is how many days a value is for; 0 where nobody says when that began, or that
// what goes on has ended.
func (r *reading) forDays() int32 {
	if r.from.IsZero() || r.conduct.IsZero() || r.stage == claims.Operating && r.to.IsZero() && (r.precision == "" || r.precision == claims.PrecisionDay) {
		return 0
	}
	return int32(max(0, r.conduct.DaysSince(r.from))) + 1
}

// growth says whether values grow with time: of all pairs of an earlier and a later
// one, three in four or more rise, so that one month that falls short ends no
// trend and one large dealing makes none. With fewer than three values that is
// unknown. The same value on the same day is one, however many tell of it.
//
// Values are compared where they are for times of like length: a quarter, a half year
// and a year that follow each other say nothing of growth, nor does the part of a year
// that is over. Where years grow and months do not, nothing is said to grow.
func growth(dealings []valued, room *slab[int64]) (trend uint64) {
	dealings = slices.DeleteFunc(dealings, func(v valued) bool { return v.days == 0 })
	slices.SortFunc(dealings, func(a, b valued) int {
		return cmp.Or(cmp.Compare(a.days, b.days), a.day.Compare(b.day), cmp.Compare(b.usd, a.usd))
	})
	for len(dealings) > 0 {
		longest := max(month, dealings[0].days*5/4)
		n := 1
		for n < len(dealings) && dealings[n].days <= longest {
			n++
		}
		if of := grows(dealings[:n:n], room); of != 0 && trend != notGrowing {
			trend = of
		}
		dealings = dealings[n:]
	}
	return trend
}

// month is the longest time of a value that is compared with that of a single day.
const month = 31

// grows is growth of values for times of like length.
func grows(dealings []valued, room *slab[int64]) (trend uint64) {
	slices.SortFunc(dealings, func(a, b valued) int { return cmp.Or(a.day.Compare(b.day), cmp.Compare(b.usd, a.usd)) })
	dealings = slices.CompactFunc(dealings, func(a, b valued) bool { return a.day == b.day && a.usd == b.usd })
	n := len(dealings)
	if n < 3 {
		return 0
	}
	values := room.take(2 * n)
	for i, d := range dealings {
		values[i] = d.usd
	}
	if 4*rises(values[:n], values[n:]) >= 3*n*(n-1)/2 {
		return growing
	}
	return notGrowing
}

// rising says whether some three values of different strands grow with time.
func rising(dealings []valued) bool {
	slices.SortFunc(dealings, func(a, b valued) int { return cmp.Or(a.day.Compare(b.day), cmp.Compare(b.usd, a.usd)) })
	// Whatever comes before or after, the three strands that have least or most by then
	// are enough: one may be that of the value between, and one that of the other end.
	if len(dealings) < 3 {
		return false
	}
	before := make([][2]int32, len(dealings)) // up to two strands other than its own with less before
	extremes := make([]valued, 0, 4)
	others := func(v valued, better func(a, b int64) bool) (out [2]int32) {
		n := 0
		for _, x := range extremes {
			if x.strand != v.strand && better(x.usd, v.usd) && n < 2 {
				out[n], n = x.strand, n+1
			}
		}
		return out
	}
	keep := func(v valued, better func(a, b int64) bool) {
		if at := slices.IndexFunc(extremes, func(x valued) bool { return x.strand == v.strand }); at >= 0 {
			if better(v.usd, extremes[at].usd) {
				extremes[at] = v
			}
		} else if extremes = append(extremes, v); len(extremes) > 3 {
			worst := 0
			for i := range extremes {
				if better(extremes[worst].usd, extremes[i].usd) {
					worst = i
				}
			}
			extremes = slices.Delete(extremes, worst, worst+1)
		}
	}
	less, more := func(a, b int64) bool { return a < b }, func(a, b int64) bool { return a > b }
	for i, v := range dealings {
		before[i] = others(v, less)
		keep(v, less)
	}
	extremes = extremes[:0]
	for i := len(dealings) - 1; i >= 0; i-- {
		v := dealings[i]
		after := others(v, more)
		if b := before[i]; b[0] != 0 && after[0] != 0 && (b[1] != 0 || after[1] != 0 || b[0] != after[0]) {
			return true
		}
		keep(v, more)
	}
	return false
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
