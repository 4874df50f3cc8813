package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// dealing is a group of claims on its way to the accounts of an engagement.
type dealing struct {
	rules *Ruleset
	*engagement
	all       []relatedClaim
	tellers   []int       // claims that tell what was done: affirmations, corrections, ends, then echoes
	echoes    []int       // retellings whose origin is of another strand: they tell in the high score
	affirming int         // the affirmations
	telling   int         // and the corrections; or the ends where nobody else tells anything
	against   []int       // the denials
	said      []statement // by teller
	by        *grouping
	strands   []int32 // by teller
	rates     *claims.Rates
	asOf      sanctions.Date
	room      *scratch
	beside    []*dealing // others of which something is told at the same events: for the high score
}

// maxTold bounds the accounts of which any two are compared; nobody has seen so many.
const maxTold = 12

// tell makes the accounts: first as each source tells it; then with blanks filled by
// what others affirm and nobody contradicts; then what two independent sources that
// differ have in common; then each of these as far as it came at least. The latter two
// only where they are better shown: what they give is no more than what they are made
// of gives, so that leaving them out takes nothing away.
//
// A claim of an end affirms that there was something to end: where nobody else
// tells of the dealing that is the account, and elsewhere it is one for the high
// score only. A firm that says that it left is not shown the worse for it.
func (d *dealing) tell() {
	d.layStrands()
	for n := range d.said {
		d.add(d.said[n], n, true)
	}
	told := len(d.accounts)
	for k := range told {
		d.read(&d.accounts[k])
	}
	if d.telling < 2 {
		return
	}
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
	d.lessen()
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
	ends := len(d.tellers)
	d.tellers = append(d.tellers, d.echoes...)
	d.said, d.accounts = d.room.statements.take(len(d.tellers)), d.room.accounts.take(len(d.tellers))[:0]
	for n, i := range d.tellers {
		if d.said[n] = d.all[i].said; d.all[i].ahead(d.asOf) {
			d.said[n].stage = claims.Proposed
		}
		d.affirming += oneIf(n < ends && sort(i) == 0)
		d.telling += oneIf(n < ends && sort(i) < 2)
	}
	if d.telling == 0 {
		d.telling, d.affirming = ends, ends
	}
}

// onlyCorrects tells a correction of what others say. One that replaces what its own
// root said before is that root's statement.
func (d *dealing) onlyCorrects(i int) bool {
	c := &d.all[i]
	return c.Polarity == claims.Correct && !slices.ContainsFunc(d.replaced, func(j int) bool { return d.all[j].root == c.root })
}

func (d *dealing) teller(n int) *relatedClaim { return &d.all[d.tellers[n]] }

// add makes an account of a statement of the n-th teller, unless there is one.
func (d *dealing) add(st statement, n int, told bool) {
	if d.has(&st) {
		return
	}
	weight, sources := d.weigh(&st, n)
	d.accounts = append(d.accounts, account{teller: d.tellers[n], told: told, corrects: d.onlyCorrects(d.tellers[n]), past: n >= d.telling,
		evidence: weight, sources: sources})
	a := &d.accounts[len(d.accounts)-1]
	d.readingOf(&a.reading, &st)
	if told {
		d.weighStrands(a, n)
		a.left = d.endOf(&st)
	} else { // what it gives its strands is not more than what the teller's own words do
		a.strands = d.sameStrands(d.find(&d.said[n]), a.row)
	}
}

// find is the account that is told in these words.
func (d *dealing) find(st *statement) *account {
	for i := range d.accounts {
		if d.accounts[i].statement == *st {
			return &d.accounts[i]
		}
	}
	return nil
}

func (d *dealing) has(st *statement) bool { return d.find(st) != nil }

// readingOf finds the days of a statement and its value in dollars on the last of them.
func (d *dealing) readingOf(r *reading, st *statement) {
	r.statement = *st
	r.conduct, r.early = d.lastDay(st)
	r.usd = d.dollars(st, r.conduct)
}

// lastDay is the last day of the dealing that is known, and the earliest that it
// may be where the dates are coarse. One that operates and has no end goes on, as an
// interest without an end does, until the day of the assessment or the day on
// which it is reported to have ended. Where no source gives a day, the last on
// which one told of it stands for it, or that end.
func (d *dealing) lastDay(st *statement) (day, early sanctions.Date) {
	day, early = st.last(), st.earliest()
	if st.goesOn() {
		day = d.asOf
		if end, ended := d.endOn(st); ended {
			day = later(end, st.from)
		}
		early = day
	}
	if day.IsZero() {
		day = d.toldOf()
		if end, ended := d.endOn(st); ended && (day.IsZero() || end.Before(day)) {
			day = end
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

// goesOn tells whether the dealing is under way, as far as the statement says.
func (s *statement) goesOn() bool { return s.stage == claims.Operating && s.to.IsZero() }

// endOn is the day on which what a statement tells is reported to have ended. An end that
// no id ties to the dealing is that of what it can end.
func (d *dealing) endOn(st *statement) (day sanctions.Date, ended bool) {
	for _, i := range d.accepted {
		ends, told := d.by.attached[i] == 0, false
		for n, j := range d.tellers {
			if d.said[n] == *st {
				ends, told = ends || d.all[i].ends(&d.all[j]), true
			}
		}
		if ends || !told {
			if on := d.all[i].endDay(); day.IsZero() || on.After(day) {
				day = on
			}
			ended = true
		}
	}
	return day, ended
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
		if m := &d.all[j]; d.all[i].Polarity == claims.Correct && m.root == d.all[i].root && m.known().Before(day) {
			day = m.known()
		}
	}
	return day
}

// dollars is what the amount of a statement was worth on a day.
func (d *dealing) dollars(st *statement, day sanctions.Date) numeral {
	if st.amount == "" {
		return numeral{}
	}
	for n := range d.said {
		if s := &d.said[n]; s.amount == st.amount && s.currency == st.currency {
			if c := d.teller(n); !c.dollars.known {
				return dollars(&c.Claim, d.rates, day)
			} else {
				return c.dollars
			}
		}
	}
	for _, o := range d.beside {
		for n := range o.said {
			if s := &o.said[n]; s.amount == st.amount && s.currency == st.currency {
				return dollars(&o.teller(n).Claim, d.rates, day)
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
	return d.weighWith(st, n, true, -1)
}

// weighWith is weigh with or without what corrections say against it; and with only
// what is said against the claim of one teller itself, where near is not negative.
func (d *dealing) weighWith(st *statement, n int, corrected bool, near int) (evidence, []sanctions.Source) {
	full := st.cells()
	against := d.against
	reaches := func(j int) bool { return near < 0 || d.all[j].speaksOf(d.teller(near)) }
	corrects := d.onlyCorrects(d.tellers[n])
	says := d.room.ints.take(len(d.tellers))
	var wrong []int
	whole := true
	var sources []sanctions.Source
	for k, j := range d.tellers {
		if k >= d.telling && n < d.telling {
			break
		}
		said, otherwise := full, cells(0) // in the same words
		if d.said[k] != *st {
			said, otherwise = d.said[k].bears(st)
		}
		if d.all[j].Polarity == claims.Correct && otherwise&(full|cellLess) != 0 && (corrected || corrects) && reaches(j) {
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
			switch len(sources) {
			case 0:
				sources = d.all[j].places // shared, and copied when more come
			case 1:
				sources = append(make([]sanctions.Source, 0, len(d.tellers)), sources[0], d.all[j].Source)
			default:
				sources = append(sources, d.all[j].Source)
			}
		}
		whole = whole && (said == full || said == 0)
	}
	if len(against) > 0 {
		against = slices.DeleteFunc(slices.Clone(against), func(j int) bool {
			return d.all[j].denies() && (!d.all[j].contradicts(st) || !reaches(j))
		})
	}
	sayers := func(cell cells) []int {
		out := d.room.ints.take(len(d.tellers))[:0]
		for k, j := range d.tellers {
			if cells(says[k])&cell == cell {
				out = append(out, j)
			}
		}
		return out
	}
	least := d.rules.weigh(d.all, sayers(full), against, d.room)
	if !whole {
		seen := make([][]int, 0, 8) // as many as cells
		for cell := cells(1); cell <= full; cell <<= 1 {
			set := sayers(cell)
			if full&cell == 0 || slices.ContainsFunc(seen, func(s []int) bool { return slices.Equal(s, set) }) {
				continue
			}
			seen = append(seen, set)
			if e := d.rules.weigh(d.all, set, against, d.room); len(seen) == 1 || d.rules.weighsMore(least.row, e.row) {
				least = e
			}
		}
	}
	most := -1
	for _, k := range wrong {
		if near >= 0 {
			break // what is wrong with the corrected is of another claim
		}
		if e, _ := d.weighWith(&d.said[k], k, false, near); most < 0 || d.rules.weighsMore(e.row, most) {
			most = e.row
		}
	}
	if most >= 0 && d.rules.weighsMore(least.row, most) {
		least.row = most
	}
	return least, sources
}
