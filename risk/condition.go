package risk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Condition is one cell of a decision table: a unary test of one fact, in the
// notation of DMN. A blank cell is no condition.
//
//	a|b          one of the values is a or b
//	!a|b         the values are known and none is a or b
//	>=1000000    also > <= < = and a bare number
//	[1..5)       an interval, each end open or closed
//	a|unknown    also where nothing is known
//
// A fact may have several values at once: somebody who is blocked and under
// directives has both in cp_us. a|b asks whether any of them is a or b, and !a|b
// whether none is: sectoral_directive holds of him, !blocking does not.
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

// test is a compiled Condition.
type test struct {
	kind     FactType
	slot     int
	fact     int
	negate   bool
	orNot    bool     // holds also where the fact is unknown
	mask     uint64   // terms
	words    []string // words
	low      numeral  // number: unknown is without bound
	high     numeral
	lowOpen  bool
	highOpen bool
}

// unknown, in a test of terms or words, admits that nothing is known. Facts that
// have it in their vocabulary are never without a value.
const unknown = "unknown"

// compile checks a condition and makes it fast.
func (c Condition) compile() (test, error) {
	i := factIndex(c.Fact)
	if i < 0 {
		return test{}, fmt.Errorf("unknown fact %q; known are %s", c.Fact, strings.Join(factNames(), ", "))
	}
	fact := catalogue[i]
	t := test{kind: fact.Type, slot: fact.slot, fact: i}
	var err error
	switch fact.Type {
	case FactNumber:
		err = t.interval(c.Test)
	default:
		values, negate := strings.CutPrefix(c.Test, "!")
		t.negate = negate
		if values == "" {
			return test{}, fmt.Errorf("%q names no value", c.Test)
		}
		if !slices.Contains(fact.Terms, unknown) {
			rest := slices.DeleteFunc(strings.Split(values, "|"), func(v string) bool { return v == unknown })
			if t.orNot = len(rest) < strings.Count(values, "|")+1; t.orNot && negate {
				return test{}, fmt.Errorf("%q: a negated test holds only where the fact is known; leave unknown out", c.Test)
			}
			values = strings.Join(rest, "|")
		}
		if fact.Type == FactTerms {
			t.mask, err = termMask(fact, values)
		} else {
			t.words = strings.Split(values, "|")
		}
	}
	return t, err
}

func (t *test) interval(s string) (err error) {
	parse := func(s string) (numeral, error) {
		n, err := parseNumeral(strings.TrimSpace(s))
		if err == nil && !n.known {
			err = fmt.Errorf("a bound is missing in %q", s)
		}
		return n, err
	}
	switch {
	case s == "":
		return fmt.Errorf("the test is empty")
	case strings.HasPrefix(s, ">="):
		t.low, err = parse(s[2:])
	case strings.HasPrefix(s, "<="):
		t.high, err = parse(s[2:])
	case s[0] == '>':
		t.lowOpen = true
		t.low, err = parse(s[1:])
	case s[0] == '<':
		t.highOpen = true
		t.high, err = parse(s[1:])
	case s[0] == '[' || s[0] == '(':
		low, high, ok := strings.Cut(s[1:], "..")
		if !ok || !strings.HasSuffix(high, "]") && !strings.HasSuffix(high, ")") {
			return fmt.Errorf("%q is no interval; write [1..5) or the like", s)
		}
		last := high[len(high)-1]
		high = high[:len(high)-1]
		t.lowOpen, t.highOpen = s[0] == '(', last == ')'
		if t.low, err = parse(low); err != nil {
			return err
		}
		if t.high, err = parse(high); err == nil && t.high.value < t.low.value {
			err = fmt.Errorf("%q ends before it starts", s)
		}
	default:
		t.low, err = parse(strings.TrimPrefix(s, "="))
		t.high = t.low
	}
	return err
}

// untold reports whether the test is of a fact that every dealing has, its value, or
// every blocking, its ground, and that sources and lists leave out: a basis rule that
// holds but for such a fact holds in the high score.
func (t test) untold() bool {
	return t.kind == FactTerms && t.slot == slotMilitaryBase || t.kind == FactNumber && t.slot == slotAmount
}

// holds answers Yes, No, or Unknown where the fact is unknown.
func (t *test) holds(f *Facts) sanctions.Answer {
	switch t.kind {
	case FactTerms:
		v := f.terms[t.slot]
		switch {
		case v == 0 && t.orNot:
			return sanctions.Yes
		case v == 0:
			return sanctions.Unknown
		case (v&t.mask != 0) != t.negate:
			return sanctions.Yes
		}
	case FactWords:
		v := f.words[t.slot]
		switch {
		case v == nil && t.orNot:
			return sanctions.Yes
		case v == nil:
			return sanctions.Unknown
		}
		hit := slices.ContainsFunc(v, func(w string) bool { return slices.Contains(t.words, w) })
		if len(v) == 0 {
			hit = slices.Contains(t.words, "none")
		}
		if hit != t.negate {
			return sanctions.Yes
		}
	default:
		n := f.numbers[t.slot]
		if !n.known {
			return sanctions.Unknown
		}
		if (!t.low.known || n.value > t.low.value || n.value == t.low.value && !t.lowOpen) &&
			(!t.high.known || n.value < t.high.value || n.value == t.high.value && !t.highOpen) {
			return sanctions.Yes
		}
	}
	return sanctions.No
}

// Holds tells whether the condition is met by the facts: Yes, No, or Unknown
// where the fact is unknown. It compiles the condition; rules of a [Ruleset] are
// compiled once.
func (c Condition) Holds(f *Facts) (sanctions.Answer, error) {
	t, err := c.compile()
	if err != nil {
		return sanctions.Unknown, err
	}
	return t.holds(f), nil
}

// decide answers for all tests together: No when one fails, Unknown when none
// fails and one is undecided.
func decide(tests []test, f *Facts) sanctions.Answer {
	answer := sanctions.Yes
	for i := range tests {
		switch tests[i].holds(f) {
		case sanctions.No:
			return sanctions.No
		case sanctions.Unknown:
			answer = sanctions.Unknown
		}
	}
	return answer
}

func compileAll(conditions []Condition) ([]test, error) {
	tests := make([]test, len(conditions))
	for i, c := range conditions {
		t, err := c.compile()
		if err != nil {
			return nil, err
		}
		tests[i] = t
	}
	// The cheap and telling tests first: order does not change the answer.
	slices.SortStableFunc(tests, func(a, b test) int { return a.fact - b.fact })
	return tests, nil
}
