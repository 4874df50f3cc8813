package risk

import (
	"time"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// dates are when a dealing was, as a claim says: half-open, and known no better
// than its precision.
type dates struct {
	from, to  sanctions.Date
	precision claims.DatePrecision
}

// coarse is the first day of the month, quarter or year of a day, and the first
// after it, where the dates are known no better; else the day and the next.
func (d dates) coarse(day sanctions.Date) (first, after sanctions.Date) {
	switch d.precision {
	case claims.PrecisionMonth:
		y, m, _ := day.Civil()
		return sanctions.NewDate(y, m, 1), sanctions.NewDate(y, m+1, 1)
	case claims.PrecisionQuarter:
		y, m, _ := day.Civil()
		m -= (m - 1) % 3
		return sanctions.NewDate(y, m, 1), sanctions.NewDate(y, m+3, 1)
	case claims.PrecisionYear:
		y, _, _ := day.Civil()
		return sanctions.NewDate(y, time.January, 1), sanctions.NewDate(y+1, time.January, 1)
	}
	return day, day.AddDays(1)
}

// last is the last day that may be the last one: "in 2022" ends with the year.
func (d dates) last() sanctions.Date {
	day := d.said()
	if d.precision == claims.PrecisionApprox && !day.IsZero() {
		return day.AddDays(approximation)
	}
	return day
}

// said is the last day that is spoken of.
func (d dates) said() sanctions.Date {
	switch {
	case d.from.IsZero() && d.to.IsZero():
		return sanctions.Date{}
	case d.to.IsZero():
		_, after := d.coarse(d.from)
		return after.AddDays(-1)
	case d.to == d.from:
		return d.to
	}
	return d.to.AddDays(-1)
}

// earliest is the earliest day that may be the last one: the same, unless the
// dates are coarse.
func (d dates) earliest() sanctions.Date {
	last := d.last()
	if last.IsZero() || d.precision == "" || d.precision == claims.PrecisionDay {
		return last
	}
	first, _ := d.coarse(last)
	if d.precision == within {
		return d.from
	}
	if d.precision == claims.PrecisionApprox {
		first = last.AddDays(-2 * approximation)
	}
	if first.Before(d.from) && d.precision != claims.PrecisionApprox {
		return d.from
	}
	return first
}

// starts is the first and the last day that may be the first one.
func (d dates) starts() (first, last sanctions.Date) {
	if d.from.IsZero() || d.precision == "" || d.precision == claims.PrecisionDay {
		return d.from, d.from
	}
	if d.precision == claims.PrecisionApprox {
		return d.from.AddDays(-approximation), d.from.AddDays(approximation)
	}
	if d.precision == within {
		return sanctions.Date{}, sanctions.Date{}
	}
	_, after := d.coarse(d.from)
	last = after.AddDays(-1)
	if end := d.last(); end.Before(last) {
		last = end
	}
	return d.from, last
}

// within is the precision of dates between which the last day lies.
const within claims.DatePrecision = "within"

// around is a time that holds two: the last day is that of the one or of the other,
// or between them.
func (d dates) around(o dates) dates {
	first, last := d.earliest(), d.last()
	if e := o.earliest(); e.Before(first) {
		first = e
	}
	if l := o.last(); l.After(last) {
		last = l
	}
	return dates{first, last.AddDays(1), within}
}

// approximation is how many days to either side "about that day" may mean.
const approximation = 31

// span is all the time that is spoken of. What operates and has no end goes on.
func (d dates) span(stage claims.Stage) sanctions.Period {
	first, _ := d.starts()
	if stage == claims.Operating && d.to.IsZero() {
		return sanctions.Period{From: first}
	}
	return sanctions.Period{From: first, To: d.last().AddDays(1)}
}

func later(a, b sanctions.Date) sanctions.Date {
	if b.After(a) {
		return b
	}
	return a
}

func earlier(a, b sanctions.Date) sanctions.Date {
	if b.Before(a) {
		return b
	}
	return a
}
