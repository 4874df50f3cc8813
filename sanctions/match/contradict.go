package match

import (
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// agreement says what two kinds of party mean for a match of names.
type agreement uint8

const (
	kindsSame     agreement = iota
	kindsDoubtful           // a person and an entity: lists confuse them, so the very same name counts
	kindsExclude            // a firm is no ship
)

// kindsAgree compares what is asked with what is listed. An unknown kind agrees
// with all.
func kindsAgree(asked, listed sanctions.Kind) agreement {
	switch {
	case asked == listed || asked == "" || listed == "":
		return kindsSame
	case asked != sanctions.KindVessel && asked != sanctions.KindAircraft &&
		listed != sanctions.KindVessel && listed != sanctions.KindAircraft:
		return kindsDoubtful
	}
	return kindsExclude
}

// disjoint reports whether both sides are known and have nothing in common.
func disjoint(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	return !slices.ContainsFunc(a, func(c string) bool {
		return slices.ContainsFunc(b, func(d string) bool { return strings.EqualFold(c, d) })
	})
}

func list(codes []string) string { return strings.Join(codes, ", ") }

// birthsApart reports whether all dates of birth of the two sides exclude each
// other. A circa date reaches a year further on both ends, and a date without
// bounds excludes nothing.
func birthsApart(a, b []sanctions.DateSpan) (string, bool) {
	if len(a) == 0 || len(b) == 0 {
		return "", false
	}
	for _, x := range a {
		for _, y := range b {
			if !apart(x, y) {
				return "", false
			}
		}
	}
	return "date of birth: " + a[0].Text + ", but the listed party has " + b[0].Text, true
}

func apart(a, b sanctions.DateSpan) bool {
	a, b = widen(a), widen(b)
	before := func(x, y sanctions.DateSpan) bool { // x ends before y begins
		return !x.To.IsZero() && !y.From.IsZero() && !x.To.After(y.From)
	}
	return before(a, b) || before(b, a)
}

func widen(s sanctions.DateSpan) sanctions.DateSpan {
	const year = 366
	if s.Circa && !s.From.IsZero() {
		s.From = s.From.AddDays(-year)
	}
	if s.Circa && !s.To.IsZero() {
		s.To = s.To.AddDays(year)
	}
	return s
}
