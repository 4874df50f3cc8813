package sanctions

import (
	"fmt"
	"time"
)

// Date is a civil day without time or zone. It is comparable and 4 bytes wide.
// The zero Date is "unknown" and lies neither before nor after any other.
type Date struct {
	n int32 // days since 0000-12-31, so that 0001-01-01 is 1 and 0 is unknown
}

const secondsPerDay = 86400

var dayZero = time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay

// NewDate returns the given day. Values outside their range roll over as in
// [time.Date], so NewDate(2025, 14, 1) is 2026-02-01.
func NewDate(year int, month time.Month, day int) Date {
	return Date{int32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/secondsPerDay - dayZero)}
}

// ParseDate reads an ISO 8601 day, YYYY-MM-DD. The empty string is the unknown
// date; any other form is an error, since 01/02/2025 means two different days.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	if d, ok := parseDay(s); ok {
		return d, nil
	}
	return Date{}, fmt.Errorf("%q is not a date; write YYYY-MM-DD", s)
}

// parseDay reads YYYY-MM-DD of the years 1 to 9999. Registers have dates in every
// row, and time.Parse takes seven times as long.
func parseDay(s string) (Date, bool) {
	if len(s) != len(time.DateOnly) || s[4] != '-' || s[7] != '-' {
		return Date{}, false
	}
	number := func(digits string) (n int32) {
		for _, c := range []byte(digits) {
			if c < '0' || c > '9' {
				return 0
			}
			n = n*10 + int32(c-'0')
		}
		return n
	}
	year, month, day := number(s[:4]), number(s[5:7]), number(s[8:])
	if year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Date{}, false
	}
	// Counted in years that begin in March, so that the leap day is the last: the
	// months from March have 30.6 days, 31 30 31 30 31 over and over.
	if month < 3 {
		year, month = year-1, month+12
	}
	return Date{365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 306}, true
}

func daysIn(year, month int32) int32 {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// MustParseDate is ParseDate for constants in tests and tables; it panics.
func MustParseDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether both days are known and d is earlier.
func (d Date) Before(o Date) bool { return !d.IsZero() && !o.IsZero() && d.n < o.n }

// After reports whether both days are known and d is later.
func (d Date) After(o Date) bool { return o.Before(d) }

// Compare orders days, the unknown day first: -1, 0 or +1.
func (d Date) Compare(o Date) int {
	switch {
	case d.n < o.n:
		return -1
	case d.n > o.n:
		return +1
	}
	return 0
}

// AddDays returns the day n days later; the unknown day stays unknown.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return Date{d.n + int32(n)}
}

// DaysSince returns the number of days from o to d. Both must be known.
func (d Date) DaysSince(o Date) int { return int(d.n - o.n) }

// Civil returns year, month and day; the unknown day is 0, 0, 0.
func (d Date) Civil() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return time.Unix((int64(d.n)+dayZero)*secondsPerDay, 0).UTC().Date()
}

// String is YYYY-MM-DD, or empty when unknown.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Civil()
	if y < 0 || y > 9999 { // never in a file
		return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
	}
	digit := func(n int) byte { return byte('0' + n%10) }
	return string([]byte{digit(y / 1000), digit(y / 100), digit(y / 10), digit(y), '-', digit(int(m) / 10), digit(int(m)), '-', digit(day / 10), digit(day)})
}

// MarshalText writes the form that [Date.UnmarshalText] reads.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDate] reads.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// Period is a half-open stretch of days, [From, To). An unknown From reaches
// back without end and an unknown To forward, so the zero Period is always.
type Period struct {
	From Date `json:"from,omitzero"`
	To   Date `json:"to,omitzero"`
}

// Contains reports whether the day lies in the period. The unknown day lies
// only in a period without bounds.
func (p Period) Contains(d Date) bool {
	if d.IsZero() {
		return p == Period{}
	}
	return !d.Before(p.From) && (p.To.IsZero() || d.Before(p.To))
}

// Valid reports whether the period does not end before it starts. An empty
// period, From equal to To, is valid and contains no day.
func (p Period) Valid() bool { return !p.To.Before(p.From) }

// Overlaps reports whether some day lies in both periods.
func (p Period) Overlaps(o Period) bool {
	return (p.To.IsZero() || o.From.IsZero() || o.From.Before(p.To)) &&
		(o.To.IsZero() || p.From.IsZero() || p.From.Before(o.To))
}

// Steady is the longest period that holds a day and after whose first day none of the
// turns lies: where those are the first days on which something is otherwise, it is as
// on the day throughout. Unknown turns are passed over.
func Steady(day Date, turns ...Date) Period {
	var p Period
	for _, turn := range turns {
		switch {
		case turn.IsZero():
		case turn.After(day):
			if p.To.IsZero() || turn.Before(p.To) {
				p.To = turn
			}
		case p.From.Before(turn) || p.From.IsZero():
			p.From = turn
		}
	}
	return p
}

// String is "[2024-07-03, )": an open bound is left out.
func (p Period) String() string { return "[" + p.From.String() + ", " + p.To.String() + ")" }
