package lists

import (
	"cmp"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/sanctionrisk/exposure/sanctions"
)

// tidy trims a text and makes every run of white space one space.
func tidy(s string) string {
	s = strings.TrimSpace(s)
	if !strings.Contains(s, "  ") && strings.IndexFunc(s, func(r rune) bool { return r != ' ' && unicode.IsSpace(r) }) < 0 {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isNothing reports whether a cell says that nothing is known.
func isNothing(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "-0-", "undetermined", "unknown", "n/a", "n/d", "na", "none", "-", "not available":
		return true
	}
	return false
}

func joinNonEmpty(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// split cuts a cell at a separator and gives the parts that say something.
func split(cell, sep string) []string {
	var parts []string
	for p := range strings.SplitSeq(cell, sep) {
		if p = strings.TrimSpace(p); p != "" {
			parts = append(parts, p)
		}
	}
	return parts
}

// values splits a cell that holds several values. One that has a semicolon or a
// quote of its own is quoted inside the cell.
func values(cell string) []string {
	if !strings.Contains(cell, `"`) {
		return split(cell, ";")
	}
	in := csv.NewReader(strings.NewReader(cell))
	in.Comma, in.TrimLeadingSpace, in.LazyQuotes = ';', true, true
	parts, err := in.Read()
	if err != nil {
		return split(cell, ";")
	}
	return slices.DeleteFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" })
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// compareNumbers orders the own numbers of a list: plain numbers by value,
// before all others.
func compareNumbers(a, b string) int {
	da, db := isDigits(a), isDigits(b)
	switch {
	case da && db:
		ta, tb := strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
		return cmp.Or(cmp.Compare(len(ta), len(tb)), cmp.Compare(ta, tb), cmp.Compare(a, b))
	case da:
		return -1
	case db:
		return +1
	}
	return cmp.Compare(a, b)
}

var months = map[string]time.Month{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
	"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

func parseMonth(s string) (time.Month, bool) {
	if len(s) < 3 {
		return 0, false
	}
	m, ok := months[strings.ToLower(s[:3])]
	return m, ok
}

func parseYear(s string) (int, bool) {
	if len(s) != 4 || !isDigits(s) {
		return 0, false
	}
	y, _ := strconv.Atoi(s)
	return y, y >= 1000
}

func parseDay(s string) (int, bool) {
	if len(s) == 0 || len(s) > 2 || !isDigits(s) {
		return 0, false
	}
	d, _ := strconv.Atoi(s)
	return d, d >= 1 && d <= 31
}

// civil is the day itself, or false when the month does not have it.
func civil(year int, month time.Month, day int) (sanctions.Date, bool) {
	d := sanctions.NewDate(year, month, day)
	y, m, n := d.Civil()
	return d, y == year && m == month && n == day
}

// parseSpan reads a date as lists write it, with the precision that it has: a
// day ("10 Dec 1948", "10/12/1948", "10.12.1948", "1948-12-10"), a month ("Dec
// 1948", "00/12/1948"), a year ("1948", "00/00/1948"), or a range of years
// ("1948 to 1950", "between 1948 and 1950"). Numbers are day, month, year, as
// every European list and the UN write them. The text is always kept; a date
// that cannot be read has an open period.
func parseSpan(text string) sanctions.DateSpan {
	span := sanctions.DateSpan{Text: strings.TrimSpace(text)}
	s := strings.ToLower(strings.Trim(span.Text, " .,"))
	for _, word := range []string{"circa ", "circa", "approximately ", "approx. ", "around ", "c. ", "ca. ", "about "} {
		if rest, ok := strings.CutPrefix(s, word); ok {
			span.Circa, s = true, strings.TrimSpace(rest)
			break
		}
	}
	from, to, isRange := strings.Cut(s, " to ")
	if rest, ok := strings.CutPrefix(s, "between "); ok {
		from, to, isRange = strings.Cut(rest, " and ")
	}
	if !isRange && len(s) == len("1948-1950") && s[4] == '-' {
		from, to, isRange = s[:4], s[5:], true
	}
	if isRange {
		a, okA := parsePrecise(from)
		b, okB := parsePrecise(to)
		if okA && okB && !b.To.Before(a.From) {
			span.Period = sanctions.Period{From: a.From, To: b.To}
		}
		return span
	}
	span.Period, _ = parsePrecise(s)
	return span
}

// parsePrecise reads one day, month or year into the days that it may mean.
func parsePrecise(s string) (sanctions.Period, bool) {
	fields := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ./-,", r) })
	if last := len(fields) - 1; last > 0 && len(fields[0]) == 4 && isDigits(fields[0]) { // year first
		fields[0], fields[last] = fields[last], fields[0]
	}
	for len(fields) > 1 && isMask(fields[0]) {
		fields = fields[1:]
	}
	var year, day int
	var month time.Month
	ok := true
	switch len(fields) {
	case 1:
		year, ok = parseYear(fields[0])
	case 2:
		if month, ok = parseMonthOrNumber(fields[0]); ok {
			year, ok = parseYear(fields[1])
		}
	case 3:
		day, ok = parseDay(fields[0])
		if m, okM := parseMonthOrNumber(fields[1]); ok && okM {
			month = m
			year, ok = parseYear(fields[2])
		} else {
			ok = false
		}
	default:
		ok = false
	}
	if !ok {
		return sanctions.Period{}, false
	}
	switch {
	case day > 0:
		d, exists := civil(year, month, day)
		if !exists {
			return sanctions.Period{}, false
		}
		return sanctions.Period{From: d, To: d.AddDays(1)}, true
	case month > 0:
		return sanctions.Period{From: sanctions.NewDate(year, month, 1), To: sanctions.NewDate(year, month+1, 1)}, true
	}
	return sanctions.Period{From: sanctions.NewDate(year, 1, 1), To: sanctions.NewDate(year+1, 1, 1)}, true
}

func isMask(s string) bool { return s == "00" || s == "0" || s == "dd" || s == "mm" || s == "xx" }

func parseMonthOrNumber(s string) (time.Month, bool) {
	if n, ok := parseDay(s); ok {
		return time.Month(n), n <= 12
	}
	return parseMonth(s)
}

// parseListedDay reads a day of listing, exact or not at all.
func parseListedDay(s string) (sanctions.Date, bool) {
	p, ok := parsePrecise(strings.ToLower(strings.TrimSpace(s)))
	if !ok || p.To.DaysSince(p.From) != 1 {
		return sanctions.Date{}, false
	}
	return p.From, true
}
