package tables

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/internal/exact"
)

// Condition is one cell of a decision table: a unary test of one fact, in the
// notation of DMN. A blank cell is no condition.
//
//	a|b          one of the values is a or b
//	!a|b         the values are known and none is a or b
//	only a|b     the values are known and none is other than a or b
//	>=1000000    also > <= < = and a bare number
//	[1..5)       an interval, each end open or closed
//	a|unknown    also where nothing is known
//
// A fact may have several values at once: somebody who is blocked and under
// directives has both in cp_us. a|b asks whether any of them is a or b, and !a|b
// whether none is: sectoral_directive holds of him, !blocking does not, and nor
// does only sectoral_directive. What lifts or lessens asks with only: a licence for
// crude oil is none for the liquefied gas in the same contract.
//
// A fact that is unknown satisfies no other test and fails none: the condition
// is undecided, and so is its rule, which is reported and not counted.
type Condition struct {
	Fact string `json:"fact"`
	Test string `json:"test"`
}

// String is fact and test as a person reads them.
func (c Condition) String() string {
	if strings.IndexAny(c.Test, "<>=") == 0 {
		return c.Fact + " " + c.Test
	}
	return c.Fact + " is " + c.Test
}

// Values is a condition taken apart: what it admits.
type Values struct {
	Fact      int      // its position in the [Catalogue]
	Mask      uint64   // of a [FactTerms]: bit i is the i-th of its terms
	Words     []string // of a [FactWords]
	Not       bool     // none of these
	Only      bool     // none but these
	OrUnknown bool     // also where nothing is known

	Interval // of a [FactNumber]
}

// Interval is what a condition on a number admits.
type Interval struct{ Low, High Bound }

// Bound is an end of an interval; it is not Valid where there is none.
type Bound struct {
	decimal.NullDecimal
	Open bool // the number itself lies outside
}

// String is the interval as a condition writes it.
func (i Interval) String() string {
	pick := func(b Bound, open, closed string) string {
		if b.Open {
			return open
		}
		return closed
	}
	low, high := exact.Text(i.Low.Decimal), exact.Text(i.High.Decimal)
	switch {
	case !i.High.Valid:
		return pick(i.Low, ">", ">=") + low
	case !i.Low.Valid:
		return pick(i.High, "<", "<=") + high
	case i.Low.Decimal.Equal(i.High.Decimal) && !i.Low.Open && !i.High.Open:
		return "=" + low
	}
	return pick(i.Low, "(", "[") + low + ".." + high + pick(i.High, ")", "]")
}

// unknown, in a test of terms or words, admits that nothing is known. Facts that
// have it in their vocabulary are never without a value.
const unknown = "unknown"

// Values checks the condition and takes it apart.
func (c Condition) Values() (Values, error) {
	i, err := Position(c.Fact)
	if err != nil {
		return Values{}, err
	}
	fact := &facts[i]
	v := Values{Fact: i}
	if fact.Type == FactNumber {
		v.Interval, err = ParseInterval(c.Test)
		return v, err
	}
	values, negate := strings.CutPrefix(c.Test, "!")
	if v.Not = negate; !negate {
		values, v.Only = strings.CutPrefix(values, "only ")
	}
	if values == "" {
		return v, fmt.Errorf("%q names no value", c.Test)
	}
	if !slices.Contains(fact.Terms, unknown) {
		rest := slices.DeleteFunc(strings.Split(values, "|"), func(v string) bool { return v == unknown })
		if v.OrUnknown = len(rest) < strings.Count(values, "|")+1; v.OrUnknown && negate {
			return v, fmt.Errorf("%q: a negated test holds only where the fact is known; leave unknown out", c.Test)
		}
		values = strings.Join(rest, "|")
	}
	if fact.Type == FactTerms {
		v.Mask, err = fact.Mask(values)
	} else {
		v.Words = strings.Split(values, "|")
	}
	return v, err
}

// ParseInterval reads the test of a number.
func ParseInterval(s string) (i Interval, err error) {
	bound := func(number string, open bool) (Bound, error) {
		number = strings.TrimSpace(number)
		if number == "" {
			return Bound{}, fmt.Errorf("a bound is missing in %q", s)
		}
		n, err := exact.Parse(number)
		return Bound{decimal.NullDecimal{Decimal: exact.Decimal(n), Valid: err == nil}, open}, err
	}
	switch {
	case s == "":
		return i, errors.New("the test is empty")
	case strings.HasPrefix(s, ">="):
		i.Low, err = bound(s[2:], false)
	case strings.HasPrefix(s, "<="):
		i.High, err = bound(s[2:], false)
	case s[0] == '>':
		i.Low, err = bound(s[1:], true)
	case s[0] == '<':
		i.High, err = bound(s[1:], true)
	case s[0] == '[' || s[0] == '(':
		from, to, ok := strings.Cut(s[1:], "..")
		if !ok || !strings.HasSuffix(to, "]") && !strings.HasSuffix(to, ")") {
			return i, fmt.Errorf("%q is no interval; write [1..5) or the like", s)
		}
		last := len(to) - 1
		if i.Low, err = bound(from, s[0] == '('); err != nil {
			return i, err
		}
		if i.High, err = bound(to[:last], to[last] == ')'); err == nil && i.High.Decimal.LessThan(i.Low.Decimal) {
			err = fmt.Errorf("%q ends before it starts", s)
		}
	default:
		i.Low, err = bound(strings.TrimPrefix(s, "="), false)
		i.High = i.Low
	}
	return i, err
}
