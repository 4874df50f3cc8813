package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// dealing is a group of claims on its way to the accounts of an engagement.
type dealing struct {
	scale *scale
	*engagement
	all       []relatedClaim
	tellers   []int       // claims that tell what was done: affirmations, corrections, ends, then echoes
	echoes    []int       // retellings whose origin is of another strand: they tell in the high score
	affirming int         // the affirmations
	telling   int         // and the corrections; or the ends where nobody else tells anything
	against   []int       // the denials
	before    []int       // told what was done, and replaced
	said      []statement // by teller
	by        *grouping
	strands   []int32 // by teller
	rates     *claims.Rates
	asOf      sanctions.Date
	room      *reducing
	beside    []*dealing // others of which something is told at the same events: for the high score
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
	d.talk = d.talkAt()
}

// talkAt is the event at which the dealing is told of, if that is one and nobody tells of
// more than talk.
func (d *dealing) talkAt() int32 {
	event := d.teller(0).event
	for n := range d.said {
		if st := &d.said[n]; d.teller(n).event != event || !isTalk(st.kind, st.stage) {
			return 0
		}
	}
	return event
}

// onlyCorrects tells a correction of what others say. One that replaces what its own
// root said before is that root's statement.
func (d *dealing) onlyCorrects(i int) bool {
	c := &d.all[i]
	return c.Polarity == claims.Correct && !slices.ContainsFunc(d.before, func(j int) bool { return d.all[j].root == c.root })
}

// names tells whether a correction names something that is told here.
func (d *dealing) names(i int) bool {
	c := &d.all[i]
	return c.amends != 0 && slices.ContainsFunc(d.claims, func(j int) bool { return d.all[j].dealing == c.amends && !d.all[j].denies() })
}

func (d *dealing) teller(n int) *relatedClaim { return &d.all[d.tellers[n]] }

// words is the statement on which an account rests, as it is told.
func (d *dealing) words(a *account) *statement {
	return &d.said[slices.Index(d.tellers, a.teller)]
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
	r.statement, r.terms = *st, termsIn(st)
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
	for _, told := range [...][]int{d.tellers[:d.affirming], d.before, d.tellers} {
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
	for _, j := range d.before {
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
