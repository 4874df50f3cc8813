package risktest

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Slack is the interval around a number in which every passing case still
// passes, to a whole step (0.01 for weights). Where it is as wide as what the
// tables allow, the cases do not see the number at all.
type Slack struct {
	Number
	Source   sanctions.Source
	Is       decimal.Decimal
	Min, Max decimal.Decimal
	// FreeDown and FreeUp tell that the interval ends where the tables end.
	FreeDown, FreeUp bool
}

// String is the slack in one line.
func (s Slack) String() string {
	text := func(d decimal.Decimal) string { return assessment.Points{Decimal: d}.String() }
	if s.FreeDown && s.FreeUp {
		return fmt.Sprintf("%v: %v is %s and could be anything: no case sees it", s.Source, s.Number, text(s.Is))
	}
	return fmt.Sprintf("%v: %v is %s and could be from %s to %s", s.Source, s.Number, text(s.Is), text(s.Min), text(s.Max))
}

// Width is the length of the interval.
func (s Slack) Width() decimal.Decimal { return s.Max.Sub(s.Min) }

// slack measures every number. What a case demands is an interval, and scores
// move one way with every number, so the values under which all cases pass are an
// interval too, and its ends are found by halving.
func (b *bench) slack() []Slack {
	var out []Slack
	for _, n := range Numbers(b.tables) {
		is, err := n.Get(b.tables)
		if err != nil {
			continue
		}
		_, _, at := n.place(&b.tables)
		low, high, step := n.domain(is)
		s := Slack{Number: n, Source: at, Is: is}
		s.Min, s.FreeDown = b.limit(n, is, low, step)
		s.Max, s.FreeUp = b.limit(n, is, high, step)
		out = append(out, s)
	}
	return out
}

// largest is the greatest number that a condition can name.
var largest = decimal.New(999_999_999_999, 0)

// domain is between what values a number may lie, and the step in which it is
// measured.
func (n Number) domain(is decimal.Decimal) (low, high, step decimal.Decimal) {
	hundred := decimal.New(100, 0)
	switch {
	case n.Table == "evidence" && (n.Column == "low" || n.Column == "point" || n.Column == "high"):
		return decimal.Decimal{}, one, decimal.New(1, -2)
	case n.Column == "points":
		return hundred.Neg(), hundred, one
	case n.Column == "floor", n.Column == "cap", n.Table == "bands":
		return decimal.Decimal{}, hundred, one
	}
	high = is.Mul(decimal.New(1000, 0)).Add(hundred)
	if high.GreaterThan(largest) {
		high = largest
	}
	return decimal.Decimal{}, high, one
}

// limit is the farthest value towards an end under which every case passes.
func (b *bench) limit(n Number, is, end, step decimal.Decimal) (decimal.Decimal, bool) {
	if b.passes(n, end) {
		return end, true
	}
	good, bad := is, end
	for {
		steps := bad.Sub(good).Abs().DivRound(step, 0)
		if steps.LessThanOrEqual(one) {
			return good, false
		}
		half := steps.DivRound(decimal.New(2, 0), 0).Mul(step)
		if bad.LessThan(good) {
			half = half.Neg()
		}
		if mid := good.Add(half); b.passes(n, mid) {
			good = mid
		} else if mid.Equal(bad) {
			return good, false
		} else {
			bad = mid
		}
	}
}

// passes tells whether every case passes with a number so; a value that the
// tables do not allow does not pass.
func (b *bench) passes(n Number, v decimal.Decimal) bool {
	if n.Table != "rules" {
		failing, refused := b.whole(func(t *tables.Set) { _ = n.Set(t, v) })
		return !refused && len(failing) == 0
	}
	i := slices.IndexFunc(b.tables.Rules, func(r tables.Rule) bool { return r.ID == n.Row })
	is := b.tables.Rules[i]
	is.When = slices.Clone(is.When)
	t := tables.Set{Rules: []tables.Rule{is}}
	if n.Set(&t, v) != nil {
		return false
	}
	is = t.Rules[0]
	c := &change{was: &b.tables.Rules[i], is: &is, condition: n.Column != "points" && n.Column != "floor" && n.Column != "cap"}
	for _, w := range is.When {
		if s := interval(w.Test); c.condition && factOf()[w.Fact].Type == tables.FactNumber && s.Low.Valid && s.High.Valid && s.High.Decimal.LessThan(s.Low.Decimal) {
			return false
		}
	}
	if c.condition {
		c.tests, c.refused = compileTests(is.When)
	}
	killed, refused := b.killer(c)
	return killed < 0 && !refused
}
