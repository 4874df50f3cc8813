package risk

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// dealing is a group of claims on its way to the accounts of an engagement.
type dealing struct {
	rules *Ruleset
	*engagement
	all       []relatedClaim
	tellers   []int       // claims that tell what was done: affirmations, corrections, then ends
	affirming int         // the affirmations
	telling   int         // and the corrections; or the ends where nobody else tells anything
	against   []int       // the denials
	said      []statement // by teller
	rates     *Rates
	asOf      sanctions.Date
	room      *scratch
}

// maxTold and maxReadings bound what is tried where sources differ in many cells
// of one dealing; nobody has seen so many.
const (
	maxTold     = 12
	maxReadings = 64
)

// tell makes the accounts: first as each source tells it; then with blanks filled by
// what others affirm and nobody contradicts; then what two independent sources that
// differ have in common, where that is better shown than either.
//
// A claim of an end affirms that there was something to end: where nobody else
// tells of the dealing that is the account, and elsewhere it is one for the high
// score only. A firm that says that it left is not shown the worse for it.
func (d *dealing) tell() {
	d.line()
	for n := range d.said {
		d.add(d.said[n], n, true)
	}
	if len(d.said) < 2 {
		return
	}
	told := len(d.accounts)
	for n, st := range fill(d.said[:d.affirming], d.room) {
		if d.add(st, n, false); st != d.said[n] {
			d.guard(&d.said[n], &st)
		}
	}
	if d.affirming < d.telling { // corrections: they take nothing from others, and go no further than with it
		for n, st := range fill(d.said[:d.telling], d.room) {
			if n >= d.affirming && st != d.said[n] {
				d.guard(&d.said[n], &st)
			}
		}
	}
	if told <= maxTold {
		d.share(told)
	}
	for k := range told {
		d.read(&d.accounts[k])
	}
}

// line puts the tellers in their order and notes what they say.
func (d *dealing) line() {
	sort := func(i int) int {
		switch c := &d.all[i]; {
		case c.rank >= endStages:
			return 2
		case d.onlyCorrects(i):
			return 1
		}
		return 0
	}
	slices.SortStableFunc(d.tellers, func(a, b int) int { return cmp.Compare(sort(a), sort(b)) })
	d.said, d.accounts = d.room.statements.take(len(d.tellers)), d.room.accounts.take(len(d.tellers))[:0]
	for n, i := range d.tellers {
		if d.said[n] = d.all[i].said; d.all[i].ahead(d.asOf) {
			d.said[n].stage = Proposed
		}
		d.affirming += oneIf(sort(i) == 0)
		d.telling += oneIf(sort(i) < 2)
	}
	if d.telling == 0 {
		d.telling, d.affirming = len(d.said), len(d.said)
	}
}

// onlyCorrects tells a correction of what others say. One that replaces what its own
// root said before is that root's statement.
func (d *dealing) onlyCorrects(i int) bool {
	c := &d.all[i]
	return c.Polarity == Correct && !slices.ContainsFunc(d.replaced, func(j int) bool { return d.all[j].root == c.root })
}

func (d *dealing) teller(n int) *relatedClaim { return &d.all[d.tellers[n]] }

// add makes an account of a statement of the n-th teller, unless there is one.
func (d *dealing) add(st statement, n int, told bool) {
	if d.has(&st) {
		return
	}
	a := account{statement: st, told: told, corrects: d.onlyCorrects(d.tellers[n]), past: n >= d.telling}
	a.evidence, a.sources = d.weigh(&st, n)
	d.date(&a)
	d.accounts = append(d.accounts, a)
}

func (d *dealing) has(st *statement) bool {
	for i := range d.accounts {
		if d.accounts[i].statement == *st {
			return true
		}
	}
	return false
}

// date finds the days of an account and its value in dollars on the last of them.
func (d *dealing) date(a *account) {
	a.conduct, a.early = d.lastDay(&a.statement)
	a.usd = d.dollars(&a.statement, a.conduct)
}

// lastDay is the last day of the dealing that is known, and the earliest that it
// may be where the dates are coarse. One that operates and has no end goes on, as an
// interest without an end does, until the day of the assessment or the day on
// which it is reported to have ended. Where no source gives a day, the last on
// which one told of it stands for it, or that end.
func (d *dealing) lastDay(st *statement) (day, early sanctions.Date) {
	day, early = st.last(), st.earliest()
	if st.stage == Operating && st.to.IsZero() {
		if day = d.asOf; d.ended != "" {
			day = d.endDay
		}
		early = day
	}
	if day.IsZero() {
		if day = d.toldOf(); d.ended != "" && (day.IsZero() || d.endDay.Before(day)) {
			day = d.endDay
		}
		early = day
	}
	if day.After(d.asOf) {
		day = d.asOf
	}
	if early.After(day) {
		early = day
	}
	return day, early
}

// toldOf is the last day on which one told of the dealing, unknown if one of them
// does not say when; a correction tells of what was told before.
func (d *dealing) toldOf() (day sanctions.Date) {
	for _, told := range [...][]int{d.tellers[:d.affirming], d.replaced, d.tellers} {
		for n, i := range told {
			known := d.knownOf(i)
			if known.IsZero() {
				return known
			}
			if n == 0 || known.After(day) {
				day = known
			}
		}
		if len(told) > 0 {
			break
		}
	}
	return day
}

// knownOf is the day on which a claim became known, or the first version of it that
// it replaces.
func (d *dealing) knownOf(i int) sanctions.Date {
	day := d.all[i].known()
	for _, j := range d.replaced {
		if m := &d.all[j]; d.all[i].Polarity == Correct && m.root == d.all[i].root && m.known().Before(day) {
			day = m.known()
		}
	}
	return day
}

// dollars is what the amount of a statement was worth on a day.
func (d *dealing) dollars(st *statement, day sanctions.Date) numeral {
	for n := range d.said {
		if s := &d.said[n]; st.amount != "" && s.amount == st.amount && s.currency == st.currency {
			if c := d.teller(n); !c.dollars.known {
				return d.rates.dollars(&c.Claim, day)
			} else {
				return c.dollars
			}
		}
	}
	return numeral{}
}

// weigh finds for each cell of a statement the tellers who say so, and takes the
// evidence of the cell that is shown least. What a correction says is not borne
// out by those whom it corrects, nor shown better than what they say: it takes
// away and adds nothing.
func (d *dealing) weigh(st *statement, n int) (evidence, []sanctions.Source) {
	return d.weighWith(st, n, true)
}

// weighWith is weigh with or without what corrections say against it.
func (d *dealing) weighWith(st *statement, n int, corrected bool) (evidence, []sanctions.Source) {
	full := st.cells()
	against := d.against
	corrects := d.onlyCorrects(d.tellers[n])
	says := d.room.ints.take(len(d.tellers))
	var wrong []int
	whole := true
	sources := make([]sanctions.Source, 0, len(d.tellers))
	for k, j := range d.tellers {
		if k >= d.telling && n < d.telling {
			break
		}
		said, otherwise := d.said[k].bears(st)
		if d.all[j].Polarity == Correct && otherwise&(full|cellLess) != 0 && (corrected || corrects) {
			against = append(slices.Clip(against), j)
		}
		switch only := d.onlyCorrects(j); {
		case only && !corrects:
			continue
		case corrects && !only:
			if _, more := st.bears(&d.said[k]); otherwise|more != 0 {
				wrong = append(wrong, k)
				continue
			}
		}
		says[k] = int(said)
		if otherwise&full == 0 && said != 0 {
			sources = append(sources, d.all[j].Source)
		}
		whole = whole && (said == full || said == 0)
	}
	against = slices.DeleteFunc(slices.Clone(against), func(j int) bool { return d.all[j].denies() && !d.all[j].contradicts(st) })
	sayers := func(cell cells) []int {
		out := d.room.ints.take(len(d.tellers))[:0]
		for k, j := range d.tellers {
			if cells(says[k])&cell == cell {
				out = append(out, j)
			}
		}
		return out
	}
	least := d.rules.weigh(d.all, sayers(full), against)
	if !whole {
		var seen [][]int
		for cell := cells(1); cell <= full; cell <<= 1 {
			set := sayers(cell)
			if full&cell == 0 || slices.ContainsFunc(seen, func(s []int) bool { return slices.Equal(s, set) }) {
				continue
			}
			seen = append(seen, set)
			if e := d.rules.weigh(d.all, set, against); len(seen) == 1 || d.rules.weighsMore(least.row, e.row) {
				least = e
			}
		}
	}
	most := -1
	for _, k := range wrong {
		if e, _ := d.weighWith(&d.said[k], k, false); most < 0 || d.rules.weighsMore(e.row, most) {
			most = e.row
		}
	}
	if most >= 0 && d.rules.weighsMore(least.row, most) {
		least.row = most
	}
	return least, sources
}

// guard notes beside a told account what it is with its blanks filled: in the low
// and the point score nothing counts that this rules out, and what this mitigates is
// mitigated. A vague statement must not outrank what others add to it.
func (d *dealing) guard(told, filled *statement) {
	for i := range d.accounts {
		if a := &d.accounts[i]; a.statement == *told && a.told {
			r := reading{statement: *filled, usd: a.usd}
			r.conduct, r.early = d.lastDay(filled)
			a.guard = &r
		}
	}
}

// reading is the account as what rules are asked about.
func (a *account) reading() *reading { return &reading{a.statement, a.conduct, a.early, a.usd} }

// share adds what two told accounts have in common, where independent sources show
// it better than either.
func (d *dealing) share(told int) {
	for i := range told {
		for k := i + 1; k < told; k++ {
			a, b := &d.accounts[i], &d.accounts[k]
			if a.corrects || b.corrects || a.past || b.past || slices.Equal(a.roots, b.roots) {
				continue
			}
			st, ok := a.common(&b.statement)
			if !ok || d.has(&st) {
				continue
			}
			c := account{statement: st}
			c.evidence, c.sources = d.weigh(&st, 0)
			if d.rules.weighsMore(c.row, a.row) && d.rules.weighsMore(c.row, b.row) {
				d.date(&c)
				c.instead, c.guard = a.reading(), b.reading()
				d.accounts = append(d.accounts, c)
			}
		}
	}
}

// read notes what a told account may be besides, with what others affirm in the cells
// that it leaves blank: each other side and time that is named, and the gravest
// of codes and values.
func (d *dealing) read(a *account) {
	st := a.statement
	known := st.cells()
	undated := known&cellDates == 0
	if known&(cellParty|cellHS6|cellAmount) == cellParty|cellHS6|cellAmount && !undated {
		return
	}
	parties, times := []otherSide{st.counterparty}, []reading{{statement: st, conduct: a.conduct, early: a.early}}
	codes, usd := splitCodes(st.hs6), a.usd
	for n := range d.said {
		s := &d.said[n]
		own := *s == a.statement && d.knownOf(d.tellers[n]).IsZero()
		if n >= d.affirming && !own && (n < d.telling || !a.past) {
			continue // corrections add nothing, and ends only to ends
		}
		if known&cellParty == 0 && !slices.Contains(parties, s.counterparty) {
			parties = append(parties, s.counterparty)
		}
		if known&cellHS6 == 0 {
			for _, code := range splitCodes(s.hs6) {
				codes = appendNew(codes, code)
			}
		}
		r := reading{statement: statement{dates: s.dates}}
		if r.conduct, r.early = d.lastDay(s); undated && s.cells()&cellDates == 0 {
			r.conduct = d.knownOf(d.tellers[n])
			r.early = r.conduct
		}
		if undated && !slices.ContainsFunc(times, func(o reading) bool { return o.conduct == r.conduct && o.early == r.early && o.dates == r.dates }) {
			times = append(times, r)
		}
		if known&cellAmount == 0 && s.amount != "" {
			if v := d.dollars(s, r.conduct); st.amount == "" || !v.known || usd.known && v.value > usd.value {
				st.amount, st.currency, st.qualifier, usd = s.amount, s.currency, s.qualifier, v
			}
		}
	}
	slices.Sort(codes)
	st.hs6 = strings.Join(codes, ";")
	for p, party := range parties {
		for t, r := range times {
			if p == 0 && t == 0 && st == a.statement || len(a.readings) == maxReadings {
				continue
			}
			dates := r.dates
			r.statement, r.usd = st, usd
			r.dates, r.counterparty = dates, party
			a.readings = append(a.readings, r)
		}
	}
}
