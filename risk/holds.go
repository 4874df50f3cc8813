package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/internal/exact"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// test is a condition made fast to ask.
type test struct {
	kind     tables.FactType
	slot     int
	fact     int
	negate   bool
	only     bool     // words: holds where there is no other; of terms, the others are negated
	orNot    bool     // holds also where the fact is unknown
	mask     uint64   // terms
	words    []string // words
	low      numeral  // number: unknown is without bound
	high     numeral
	lowOpen  bool
	highOpen bool
}

// compile checks a condition and makes it fast.
func compile(c tables.Condition) (test, error) {
	v, err := c.Values()
	if err != nil {
		return test{}, err
	}
	fact := &catalogue[v.Fact]
	if v.Only && fact.Type == tables.FactTerms {
		v.Not, v.Only, v.Mask = true, false, (1<<len(fact.Terms)-1)&^v.Mask
	}
	bound := func(b tables.Bound) numeral { return numeral{exact.Millionths(b.Decimal), b.Valid} }
	return test{kind: fact.Type, slot: fact.slot, fact: v.Fact, negate: v.Not, only: v.Only, orNot: v.OrUnknown, mask: v.Mask, words: v.Words,
		low: bound(v.Low), high: bound(v.High), lowOpen: v.Low.Open, highOpen: v.High.Open}, nil
}

// untold reports whether the test is of a fact that every dealing has, its value, or
// every blocking, its ground, and that sources and lists leave out: a basis rule that
// holds but for such a fact holds in the high score.
func (t test) untold() bool {
	return t.kind == tables.FactTerms && t.slot == slotMilitaryBase || t.kind == tables.FactNumber && t.slot == slotAmount
}

// holds answers Yes, No, or Unknown where the fact is unknown.
func (t *test) holds(f *Facts) sanctions.Answer {
	switch t.kind {
	case tables.FactTerms:
		v := f.terms[t.slot]
		switch {
		case v == 0 && t.orNot:
			return sanctions.Yes
		case v == 0:
			return sanctions.Unknown
		case (v&t.mask != 0) != t.negate:
			return sanctions.Yes
		}
	case tables.FactWords:
		v := f.words[t.slot]
		switch {
		case v == nil && t.orNot:
			return sanctions.Yes
		case v == nil:
			return sanctions.Unknown
		}
		named := func(w string) bool { return slices.Contains(t.words, w) }
		var hit bool
		switch {
		case len(v) == 0:
			hit = named("none")
		case t.only:
			hit = !slices.ContainsFunc(v, func(w string) bool { return !named(w) })
		default:
			hit = slices.ContainsFunc(v, named)
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

// Meets tells whether a condition is met by the facts: Yes, No, or Unknown where the
// fact is unknown. It compiles the condition; [NewTest] does that once, as do the
// rules of a [Ruleset].
func (f *Facts) Meets(c tables.Condition) (sanctions.Answer, error) {
	t, err := compile(c)
	if err != nil {
		return sanctions.Unknown, err
	}
	return t.holds(f), nil
}

// Test is a compiled [tables.Condition]. It is immutable and safe for concurrent use.
type Test struct{ test test }

// NewTest checks a condition and makes it fast to ask.
func NewTest(c tables.Condition) (Test, error) {
	t, err := compile(c)
	return Test{t}, err
}

// Holds answers as [Facts.Meets] does.
func (t *Test) Holds(f *Facts) sanctions.Answer { return t.test.holds(f) }

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

func compileAll(conditions []tables.Condition) ([]test, error) {
	tests := make([]test, len(conditions))
	for i, c := range conditions {
		t, err := compile(c)
		if err != nil {
			return nil, err
		}
		tests[i] = t
	}
	// The cheap and telling tests first: order does not change the answer.
	slices.SortStableFunc(tests, func(a, b test) int { return a.fact - b.fact })
	return tests, nil
}

// factsOf lists the facts that tests ask.
func factsOf(tests []test) []uint8 {
	out := make([]uint8, len(tests))
	for i := range tests {
		out[i] = uint8(tests[i].fact)
	}
	return out
}
