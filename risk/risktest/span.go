package risktest

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/risk"
)

// span is the test of a number taken apart, so that one bound can be changed.
type span struct {
	low, high         decimal.NullDecimal
	lowOpen, highOpen bool
}

// parseSpan reads the test of a number; the rule set is compiled, so it is good.
func parseSpan(test string) span {
	number := func(s string) decimal.NullDecimal {
		d, err := decimal.NewFromString(strings.TrimSpace(s))
		return decimal.NullDecimal{Decimal: d, Valid: err == nil}
	}
	switch {
	case strings.HasPrefix(test, ">="):
		return span{low: number(test[2:])}
	case strings.HasPrefix(test, "<="):
		return span{high: number(test[2:])}
	case strings.HasPrefix(test, ">"):
		return span{low: number(test[1:]), lowOpen: true}
	case strings.HasPrefix(test, "<"):
		return span{high: number(test[1:]), highOpen: true}
	case strings.HasPrefix(test, "["), strings.HasPrefix(test, "("):
		low, high, _ := strings.Cut(test[1:len(test)-1], "..")
		return span{number(low), number(high), test[0] == '(', strings.HasSuffix(test, ")")}
	}
	n := number(strings.TrimPrefix(test, "="))
	return span{low: n, high: n}
}

func (s span) String() string {
	text := func(d decimal.NullDecimal) string { return points(d.Decimal) }
	pick := func(open bool, yes, no string) string {
		if open {
			return yes
		}
		return no
	}
	switch {
	case !s.high.Valid:
		return pick(s.lowOpen, ">", ">=") + text(s.low)
	case !s.low.Valid:
		return pick(s.highOpen, "<", "<=") + text(s.high)
	case s.low.Decimal.Equal(s.high.Decimal) && !s.lowOpen && !s.highOpen:
		return "=" + text(s.low)
	}
	return pick(s.lowOpen, "(", "[") + text(s.low) + ".." + text(s.high) + pick(s.highOpen, ")", "]")
}

// one is the step by which thresholds and points are moved.
var one = decimal.New(1, 0)

// allowed lists the terms that a test of a closed vocabulary lets through.
func allowed(test string, terms []string) []string {
	names, negate := strings.CutPrefix(test, "!")
	listed := strings.Split(names, "|")
	return slices.DeleteFunc(slices.Clone(terms), func(t string) bool {
		return slices.ContainsFunc(listed, func(l string) bool { return sameTerm(l, t) }) == negate
	})
}

// sameTerm compares terms as facts read them: RU->X is RU→X.
func sameTerm(a, b string) bool {
	plain := strings.NewReplacer("->", "→")
	return strings.EqualFold(plain.Replace(strings.TrimSpace(a)), b)
}

// turned is the test with its sense reversed. A negated test asks of what is
// known, so that unknown is left out of it.
func turned(test string) string {
	if rest, negated := strings.CutPrefix(test, "!"); negated {
		return rest
	}
	values := slices.DeleteFunc(strings.Split(test, "|"), func(v string) bool { return v == "unknown" })
	if len(values) == 0 {
		return test
	}
	return "!" + strings.Join(values, "|")
}

// points writes an exact number without trailing zeros.
func points(d decimal.Decimal) string { return risk.Points{Decimal: d}.String() }
