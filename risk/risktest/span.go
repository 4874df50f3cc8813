package risktest

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
)

// interval reads the test of a number; the rule set is compiled, so it is good.
func interval(test string) tables.Interval {
	i, _ := tables.ParseInterval(test)
	return i
}

// one is the step by which thresholds and points are moved.
var one = decimal.New(1, 0)

// allowed lists the terms that a condition on a closed vocabulary lets through.
func allowed(c tables.Condition) (out []string) {
	v, _ := c.Values() // as above
	for i, term := range factOf()[c.Fact].Terms {
		if v.Mask>>i&1 == 1 != v.Not {
			out = append(out, term)
		}
	}
	return out
}

// turned is the test with its sense reversed. A negated test asks of what is
// known, so that unknown is left out of it.
func turned(test string) string {
	if rest, negated := strings.CutPrefix(test, "!"); negated {
		return rest
	}
	values := slices.DeleteFunc(strings.Split(named(test), "|"), func(v string) bool { return v == "unknown" })
	if len(values) == 0 {
		return test
	}
	return "!" + strings.Join(values, "|")
}

// named is what a test names, without its sense.
func named(test string) string {
	return strings.TrimPrefix(strings.TrimPrefix(test, "!"), "only ")
}

// points writes an exact number without trailing zeros.
func points(d decimal.Decimal) string { return assessment.Points{Decimal: d}.String() }
