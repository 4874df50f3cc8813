package risk

import (
	"math"
	"math/bits"
	"slices"

	"github.com/sanctionrisk/exposure/risk/tables"
)

// grid answers for all rules at once which of them no fact rules out. For each fact
// and each value that rules tell apart it holds the set of rules that the value
// satisfies, one bit a rule, so that asking is a few dozen ANDs whatever the number
// of rules. [decide] is the plain form of the same.
type grid struct {
	words   int
	all     []uint64 // the rules of the scope
	terms   []gridColumn
	numbers []gridColumn
	texts   []gridColumn // of words

	basis, mitigating []uint64 // rules in these roles
}

// gridColumn is one fact that rules ask about, of one rule once at most: who asks
// twice has two. Its sets begin at the first word in which a rule asks.
type gridColumn struct {
	fact   int
	slot   int
	from   int
	untold bool     // see test.untold
	tested []uint64 // rules that an unknown value leaves undecided
	free   []uint64 // rules that do not ask, or ask what the value is not
	allow  []uint64 // per value: rules that it satisfies; those that do not ask are in free
	deny   []uint64 // per value: rules that ask for it not to be
	keep   []uint64 // per value: rules left where it is the only one

	edges []int64        // of numbers: a value lies at the number of edges that are no greater
	words map[string]int // of words: their values; the last is that of any other
}

// columnKey tells columns apart: a fact, and the how manieth of a rule's tests of it.
type columnKey struct{ fact, nth int }

// ruleTest is a test of a rule, by its place.
type ruleTest struct {
	rule int
	test *test
}

// newGrid makes the grid of the rules of a scope. Columns for which it is so are taken
// from an earlier grid, which may be nil: they are of the same rules at the same places.
func newGrid(rules []compiledRule, scope tables.Scope, was *grid, same func(fact int) bool) *grid {
	g := &grid{words: (len(rules) + 63) / 64}
	sets := make([]uint64, 3*g.words)
	for i, set := range []*[]uint64{&g.all, &g.basis, &g.mitigating} {
		*set = sets[i*g.words : (i+1)*g.words]
	}
	at := map[columnKey]int{}
	var columns [][]ruleTest
	for i := range rules {
		if rules[i].Scope != scope {
			continue
		}
		word, mask := i/64, uint64(1)<<(i%64)
		g.all[word] |= mask
		switch rules[i].Role {
		case tables.Basis:
			g.basis[word] |= mask
		case tables.Mitigating:
			g.mitigating[word] |= mask
		}
		tests := rules[i].tests
		for k := range tests {
			if was != nil && same(tests[k].fact) {
				continue
			}
			key := columnKey{fact: tests[k].fact}
			for _, t := range tests[:k] {
				key.nth += oneIf(t.fact == tests[k].fact)
			}
			n, ok := at[key]
			if !ok {
				n, columns = len(columns), append(columns, nil)
				at[key] = n
			}
			columns[n] = append(columns[n], ruleTest{i, &tests[k]})
		}
	}
	if was != nil {
		changed := func(c gridColumn) bool { return !same(c.fact) }
		g.terms, g.numbers, g.texts = slices.DeleteFunc(slices.Clone(was.terms), changed), slices.DeleteFunc(slices.Clone(was.numbers), changed), slices.DeleteFunc(slices.Clone(was.texts), changed)
	}
	for _, asked := range columns {
		switch c := newColumn(asked); asked[0].test.kind {
		case tables.FactTerms:
			g.terms = append(g.terms, c)
		case tables.FactNumber:
			g.numbers = append(g.numbers, c)
		default:
			g.texts = append(g.texts, c)
		}
	}
	return g
}

// newColumn is the column of tests of one fact, in the order of their rules.
func newColumn(asked []ruleTest) gridColumn {
	first := asked[0].test
	c := gridColumn{fact: first.fact, slot: first.slot, from: asked[0].rule / 64, untold: first.untold()}
	values := c.tellApart(asked)
	n := asked[len(asked)-1].rule/64 + 1 - c.from
	cells := make([]uint64, (2+3*values)*n)
	c.tested, c.free = cells[:n], cells[n:2*n]
	for i, set := range []*[]uint64{&c.allow, &c.deny, &c.keep} {
		*set = cells[(2+i*values)*n : (2+(i+1)*values)*n]
	}
	for w := range c.free {
		c.free[w] = math.MaxUint64
	}
	for _, a := range asked {
		word, mask := a.rule/64-c.from, uint64(1)<<(a.rule%64)
		if !a.test.orNot {
			c.tested[word] |= mask
		}
		into, values := c.deny, c.named
		switch {
		case a.test.only:
			values = c.others
		case !a.test.negate:
			into = c.allow
			c.free[word] &^= mask
		}
		values(a.test, func(value int) { into[value*n+word] |= mask })
	}
	for at := range c.keep {
		c.keep[at] = (c.free[at%n] | c.allow[at]) &^ c.deny[at]
	}
	return c
}

// tellApart finds the values that tests tell apart, and returns how many there are.
func (c *gridColumn) tellApart(asked []ruleTest) int {
	switch first := asked[0].test; first.kind {
	case tables.FactTerms:
		return len(catalogue[first.fact].Terms)
	case tables.FactNumber:
		for _, a := range asked {
			from, to := a.test.bounds()
			c.edges = append(c.edges, from, to)
		}
		slices.Sort(c.edges)
		c.edges = slices.Compact(c.edges)
		return len(c.edges) + 1
	}
	c.words = map[string]int{}
	for _, a := range asked {
		for _, w := range a.test.words {
			if _, ok := c.words[w]; !ok {
				c.words[w] = len(c.words)
			}
		}
	}
	return len(c.words) + 1
}

// named calls f with the values of the column that a test names.
func (c *gridColumn) named(t *test, f func(value int)) {
	switch t.kind {
	case tables.FactTerms:
		for v := t.mask; v != 0; v &= v - 1 {
			f(bits.TrailingZeros64(v))
		}
	case tables.FactNumber:
		from, to := t.bounds()
		for i, e := range c.edges {
			if e >= from && e < to {
				f(i + 1)
			}
		}
	default:
		for _, w := range t.words {
			f(c.words[w])
		}
	}
}

// others calls f with the words of the column that a test does not name, and with that
// of any that no test does.
func (c *gridColumn) others(t *test, f func(value int)) {
	for word, value := range c.words {
		if !slices.Contains(t.words, word) {
			f(value)
		}
	}
	f(len(c.words))
}

// bounds are the least millionth that satisfies a test of a number, and the least
// above that does not.
func (t *test) bounds() (from, to int64) {
	from, to = math.MinInt64, math.MaxInt64
	if t.low.known {
		from = t.low.value + int64(oneIf(t.lowOpen))
	}
	if t.high.known {
		to = t.high.value + int64(oneIf(!t.highOpen))
	}
	return from, to
}

// answer is what a set of facts leaves of the rules: alive are those that no fact
// rules out, open those that an unknown fact leaves undecided, and untold those that
// one does which sources and lists leave out, see test.untold.
type answer struct{ alive, open, untold []uint64 }

// answers takes two of them from memory of six sets.
func (g *grid) answers(sets []uint64) (sure, high answer) {
	n := g.words
	return answer{sets[:n], sets[n : 2*n], sets[2*n : 3*n]}, answer{sets[3*n : 4*n], sets[4*n : 5*n], sets[5*n : 6*n]}
}

// ask answers for what is certain and, where that is not the same, for what may be
// besides. Most facts are the same in both and are looked at once.
func (g *grid) ask(sure, high *Facts, s, h answer) {
	copy(s.alive, g.all)
	clear(s.open)
	clear(s.untold)
	for k := range g.terms {
		if c := &g.terms[k]; sure.terms[c.slot] == high.terms[c.slot] {
			c.narrowTerms(sure.terms[c.slot], s)
		}
	}
	for k := range g.numbers {
		if c := &g.numbers[k]; sure.numbers[c.slot] == high.numbers[c.slot] {
			c.narrowNumber(sure.numbers[c.slot], s)
		}
	}
	for k := range g.texts {
		if c := &g.texts[k]; sameSlice(sure.words[c.slot], high.words[c.slot]) {
			c.narrowWords(sure.words[c.slot], s)
		}
	}
	if high == sure {
		return
	}
	copy(h.alive, s.alive)
	copy(h.open, s.open)
	copy(h.untold, s.untold)
	for k := range g.terms {
		if c := &g.terms[k]; sure.terms[c.slot] != high.terms[c.slot] {
			c.narrowTerms(sure.terms[c.slot], s)
			c.narrowTerms(high.terms[c.slot], h)
		}
	}
	for k := range g.numbers {
		if c := &g.numbers[k]; sure.numbers[c.slot] != high.numbers[c.slot] {
			c.narrowNumber(sure.numbers[c.slot], s)
			c.narrowNumber(high.numbers[c.slot], h)
		}
	}
	for k := range g.texts {
		if c := &g.texts[k]; !sameSlice(sure.words[c.slot], high.words[c.slot]) {
			c.narrowWords(sure.words[c.slot], s)
			c.narrowWords(high.words[c.slot], h)
		}
	}
}

// sameSlice tells whether two lists of words are one, unknown and empty apart; lists
// of the same words may be two.
func sameSlice(a, b []string) bool {
	if len(a) == 0 || len(a) != len(b) {
		return len(a) == len(b) && (a == nil) == (b == nil)
	}
	return &a[0] == &b[0]
}

// narrowTerms takes away the rules that a value of the fact rules out.
func (c *gridColumn) narrowTerms(v uint64, into answer) {
	switch {
	case v == 0:
		c.unknown(into)
	case v&(v-1) == 0: // one value is the rule
		c.only(bits.TrailingZeros64(v), into)
	default:
		alive := into.alive[c.from:][:len(c.tested)]
		for w := range alive {
			allow, deny := c.free[w], uint64(0)
			for rest := v; rest != 0; rest &= rest - 1 {
				at := bits.TrailingZeros64(rest)*len(alive) + w
				allow |= c.allow[at]
				deny |= c.deny[at]
			}
			alive[w] &= allow &^ deny
		}
	}
}

func (c *gridColumn) narrowNumber(n numeral, into answer) {
	if !n.known {
		c.unknown(into)
		return
	}
	at, found := slices.BinarySearch(c.edges, n.value)
	c.only(at+oneIf(found), into)
}

func (c *gridColumn) narrowWords(words []string, into answer) {
	switch {
	case words == nil:
		c.unknown(into)
	case len(words) == 0:
		c.only(c.value("none"), into)
	case len(words) == 1:
		c.only(c.value(words[0]), into)
	default:
		alive := into.alive[c.from:][:len(c.tested)]
		for w := range alive {
			allow, deny := c.free[w], uint64(0)
			for _, word := range words {
				at := c.value(word)*len(alive) + w
				allow |= c.allow[at]
				deny |= c.deny[at]
			}
			alive[w] &= allow &^ deny
		}
	}
}

// value is the value of a word.
func (c *gridColumn) value(word string) int {
	if v, ok := c.words[word]; ok {
		return v
	}
	return len(c.words)
}

// only leaves the rules that one value alone satisfies.
func (c *gridColumn) only(value int, into answer) {
	alive := into.alive[c.from:][:len(c.tested)]
	keep := c.keep[value*len(alive):][:len(alive)]
	for w := range alive {
		alive[w] &= keep[w]
	}
}

func (c *gridColumn) unknown(into answer) {
	open := into.open
	if c.untold {
		open = into.untold
	}
	for w, tested := range c.tested {
		open[c.from+w] |= tested
	}
}
