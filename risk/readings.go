package risk

import (
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// maxReadings bounds what is tried where sources name very many parties and days for
// what another leaves blank. Nobody has seen so many; beyond it the high score of the
// account is open upwards.
const maxReadings = 1024

// read notes what a told account may be besides, with what others affirm in the cells
// that it leaves blank: each other side and each time that is named together, and by
// themselves the kinds, the classes, all codes and the greatest value. And a dealing
// that lasts was on its first day and until it is told to have ended, whoever knew so
// by when; one of no stage and no last day may last where others tell that it operates.
// Each reading stands on the words of those two or three alone: others add to them and
// take nothing away. What is told of another dealing at the same event may be so of this
// one: at which stage each is told, and so whether both are talk, makes no difference.
func (d *dealing) read(a *account) {
	if len(d.said) == 1 && !d.by.ended && len(d.before) == 0 && len(d.beside) == 0 {
		return // nobody else tells anything
	}
	st, told := a.statement, d.words(a)
	known := st.cells()
	undated := known&cellDates == 0
	parties, times := []otherSide{st.counterparty}, []reading{a.reading}
	at := func(r reading) {
		if !slices.ContainsFunc(times, func(o reading) bool {
			return o.conduct == r.conduct && o.early == r.early && o.stage == r.stage && o.dates == r.dates
		}) {
			times = append(times, r)
		}
	}
	on := func(day sanctions.Date) {
		at(reading{statement: statement{stage: st.stage, dates: st.dates}, conduct: day, early: day})
	}
	var codes []string
	var values []*statement
	operates := false // as others tell
	fill := func(o *dealing, n int) {
		s := &o.said[n]
		operates = operates || s.stage == claims.Operating
		if known&cellParty == 0 && !slices.Contains(parties, s.counterparty) {
			parties = append(parties, s.counterparty)
		}
		if known&cellKind == 0 {
			a.others.kinds |= bit(kinds, s.kind)
		}
		if known&cellClass == 0 {
			a.others.classes |= bit(itemClasses, s.itemClass)
		}
		if known&cellHS6 == 0 {
			for _, code := range splitCodes(s.hs6) {
				codes = appendNew(codes, code)
			}
		}
		if known&cellAmount == 0 && s.amount != "" {
			values = append(values, s)
			a.others.dollars = a.others.dollars || s.currency == claims.Dollar
		}
		if undated && !s.last().IsZero() {
			r := reading{statement: statement{stage: st.stage, dates: s.dates}}
			r.conduct, r.early = o.lastDay(s)
			at(r)
		}
	}
	for n := range d.said {
		if d.adds(n, a) {
			fill(d, n)
		}
	}
	for _, o := range d.besideOf(a) {
		for n := range o.affirming {
			fill(o, n)
			if undated {
				on(o.knownOf(o.tellers[n]))
			}
		}
	}
	if undated {
		for n, i := range d.tellers {
			// A correction of what it names is of the time of that.
			if d.adds(n, a) || d.said[n] == *told && !d.names(i) {
				on(d.knownOf(i))
			}
		}
		if a.corrects {
			for _, i := range d.before {
				on(d.all[i].known())
			}
		}
	}
	if a.lasts() {
		for _, i := range d.endsAround() {
			if c := &d.all[i]; d.mayEnd(i, told) {
				if day := c.endDay(); !day.Before(st.from) && (undated || day.After(st.last()) || st.to.IsZero()) {
					on(earlier(day, d.asOf))
				}
			}
		}
	}
	lasting := st
	if lasting.stage == "" && operates {
		lasting.stage = claims.Operating
	}
	if lasting.goesOn() {
		for n, j := range d.tellers {
			if d.said[n] == *told {
				day := d.ownEnd(&st, j)
				at(reading{statement: statement{stage: lasting.stage, dates: st.dates}, conduct: day, early: day})
			}
		}
	}
	slices.Sort(codes)
	a.others.codes = strings.Join(codes, ";")
	a.most = d.greatest(values, a.conduct)
	for p, party := range parties {
		for t, r := range times {
			switch {
			case p == 0 && t == 0:
			case len(a.readings) == maxReadings:
				a.unbounded = true
				return
			default:
				if a.readings == nil {
					a.readings = d.room.readings.take(min(len(parties)*len(times)-1, maxReadings))[:0]
				}
				stage, dates := r.stage, r.dates
				r.statement, r.terms, r.usd = st, a.terms, d.dollars(&st, r.conduct)
				r.stage, r.dates, r.counterparty = stage, dates, party
				r.most = d.greatest(values, r.conduct)
				a.readings = append(a.readings, r)
			}
		}
	}
}

// ownEnd is the last day of what goes on as one claim tells it: the last of the ends that
// are told with it or speak of it, not of those that only another claim ties to it.
func (d *dealing) ownEnd(st *statement, j int) sanctions.Date {
	m, day, ended := &d.all[j], d.asOf, false
	for _, i := range d.accepted {
		e := &d.all[i]
		if d.by.strands[i] == d.by.strands[j] || e.reaches(m) || d.by.attached[i] != 0 && e.ends(m) {
			if on := later(e.endDay(), st.from); !ended || on.After(day) {
				day = on
			}
			ended = true
		}
	}
	return earlier(day, d.asOf)
}

// adds tells whether the n-th teller fills blanks of a told account: who affirms, or retells
// what was told in another strand, and for an end who tells of ends. Corrections add nothing. An end that no id ties to its
// dealing takes from none but those that it was told with.
func (d *dealing) adds(n int, a *account) bool {
	tied := d.by.attached[d.tellers[n]] == d.by.attached[a.teller]
	return tied && (n < d.affirming || n >= len(d.tellers)-len(d.echoes) || n >= d.telling && a.past)
}

// besideOf are the dealings of which something is told at the same events, where what they
// tell may be so of an account. Ends take nothing from them, and give nothing.
func (d *dealing) besideOf(a *account) []*dealing {
	if d.all[a.teller].rank >= endStages {
		return nil
	}
	return d.beside
}

// meet tells dealings of which others there are at the same events.
func meet(dealings []dealing) {
	for i := range dealings {
		d := &dealings[i]
		if d.onlyEnds() {
			continue
		}
		d.event = d.by.events[d.tellers[0]]
		for k := range dealings {
			if o := &dealings[k]; k != i && !o.onlyEnds() && o.by.events[o.tellers[0]] == d.event {
				d.beside = append(d.beside, o)
			}
		}
	}
}

// onlyEnds tells whether nothing is told of the dealing but that it ended.
func (d *dealing) onlyEnds() bool { return d.all[d.tellers[0]].rank >= endStages }

// endsAround are the ends that may be those of what is told here: told with it, or of the
// same kind and other side, in whichever dealing they are told.
func (d *dealing) endsAround() []int {
	if !d.by.ended {
		return nil
	}
	ends := d.room.ends[:0]
	for _, j := range d.tellers {
		if d.all[j].rank >= endStages {
			ends = append(ends, j)
		}
		for i := range d.by.ends.claims(d.all[j].course) {
			ends = append(ends, i)
		}
	}
	d.room.ends = ends // grown
	slices.Sort(ends)
	return slices.Compact(ends)
}

// mayEnd tells whether an end may be that of what a statement tells: one told with it, or
// that can end what a claim says that makes the statement, in whichever dealing it is told.
func (d *dealing) mayEnd(i int, st *statement) bool {
	for n, j := range d.tellers {
		if i == j && d.by.attached[i] == 0 || d.said[n] == *st && d.all[i].ends(&d.all[j]) {
			return true
		}
	}
	return false
}

// lasts tells whether the dealing may have gone on after the day that is told: talks
// do not, and what is completed is over.
func (a *account) lasts() bool {
	rank := slices.Index(stages, a.stage)
	return rank < 0 || rank >= slices.Index(stages, claims.Signed) && a.stage != claims.Completed
}

// greatest is the greatest value of statements on a day: open upwards where one is said
// to be more than so much, or has no rate.
func (d *dealing) greatest(values []*statement, day sanctions.Date) (most numeral) {
	for _, s := range values {
		v := d.dollars(s, day)
		if !v.known || s.qualifier == claims.AtLeast || s.qualifier == claims.Over {
			return numeral{openUpwards, true}
		}
		if !most.known || v.value > most.value {
			most = v
		}
	}
	return most
}
