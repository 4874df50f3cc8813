package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// years are the values of the firm's dealings by class and direction, from 1, 0 being
// unknown; of one account of each dealing, and of all; and which of them there are.
type years struct {
	all   [32][5][2][]valued
	known []*[]valued
	sums  slab[int64]
	days  slab[int]
}

func (y *years) of(sort terms, all bool) *[]valued {
	return &y.all[sort.class][sort.direction][oneIf(all)]
}

func (y *years) add(sort terms, all bool, v valued) {
	of := y.of(sort, all)
	if len(*of) == 0 {
		y.known = append(y.known, of)
	}
	*of = append(*of, v)
}

// clear forgets all values, and keeps their memory.
func (y *years) clear() {
	for _, of := range y.known {
		*of = (*of)[:0]
	}
	y.known = y.known[:0]
	y.sums.reset()
	y.days.reset()
}

// addUp gathers the values of the firm's dealings by class and direction: of each
// dealing the greatest that a source tells, as far as that is certain, and for the high score what each source
// tells, since two accounts that differ may be two dealings.
func (y *years) addUp(engagements []engagement) {
	y.clear()
	for i := range engagements {
		accounts := engagements[i].accounts
		for k := range accounts {
			a := &accounts[k]
			if !a.told || a.past || !a.usd.known || a.conduct.IsZero() || a.itemClass == "" {
				continue
			}
			if !anyOf(accounts[:k], func(b *account) bool {
				return b.told && !b.past && b.usd == a.usd && b.conduct == a.conduct && b.itemClass == a.itemClass && b.direction == a.direction
			}) {
				y.add(a.terms, true, valued{day: a.conduct, usd: a.usd.value})
			}
			same := func(b *account) bool {
				return b.told && !b.past && b.usd.known && !b.conduct.IsZero() && b.itemClass == a.itemClass && b.direction == a.direction
			}
			if anyOf(accounts[:k], func(b *account) bool { return same(b) && b.usd.value >= a.usd.value }) ||
				anyOf(accounts[k+1:], func(b *account) bool { return same(b) && b.usd.value > a.usd.value }) {
				continue
			}
			y.add(a.terms, false, valued{day: a.conduct, usd: a.leastUSD().value})
		}
	}
	for _, of := range y.known {
		dealings := *of
		slices.SortFunc(dealings, func(a, b valued) int { return cmp.Or(a.day.Compare(b.day), cmp.Compare(a.usd, b.usd)) })
		y.busiest(dealings)
	}
}

// aYear is how many days twelve months have here.
const aYear = 365

// busiest replaces each value by the greatest sum of those within twelve months
// that include its day. The dealings stand in the order of their days.
func (y *years) busiest(dealings []valued) {
	n := len(dealings)
	sums := y.sums.take(n)            // of the twelve months from a day on
	whole, part := int64(0), int64(0) // dollars and millionths, so that no sum overflows
	end := 0
	for i := range dealings {
		for end < n && dealings[end].day.Before(dealings[i].day.AddDays(aYear)) {
			whole, part = whole+dealings[end].usd/million, part+dealings[end].usd%million
			end++
		}
		sums[i] = min(whole+part/million, openUpwards/million)*million + part%million
		whole, part = whole-dealings[i].usd/million, part-dealings[i].usd%million
	}
	best := y.days.take(n)[:0] // days whose twelve months reach this one, the greatest sum first
	for i := range dealings {
		for len(best) > 0 && sums[best[len(best)-1]] <= sums[i] {
			best = best[:len(best)-1]
		}
		best = append(best, i)
		for !dealings[i].day.Before(dealings[best[0]].day.AddDays(aYear)) {
			best = best[1:]
		}
		dealings[i].usd = sums[best[0]]
	}
}

// around is the value of the busiest twelve months of the statement's line that
// include its last day, of all accounts or of one of each dealing; unknown where no
// value is known.
func (y *years) around(st *reading, all bool) numeral {
	if len(y.known) == 0 {
		return numeral{}
	}
	dealings := *y.of(st.terms, all)
	at, ok := slices.BinarySearchFunc(dealings, st.conduct, func(v valued, day sanctions.Date) int { return v.day.Compare(day) })
	if !ok {
		return numeral{}
	}
	most := numeral{known: true}
	for ; at < len(dealings) && dealings[at].day == st.conduct; at++ {
		most.value = max(most.value, dealings[at].usd)
	}
	return most
}
