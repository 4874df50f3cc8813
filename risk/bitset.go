package risk

import (
	"math/bits"

	"github.com/sanctionrisk/exposure/sanctions"
)

// grid answers for all rules at once which of them no closed-vocabulary fact
// rules out. For each fact and each value it holds the set of rules that the
// value satisfies, one bit a rule, so that asking is a few dozen ANDs whatever
// the number of rules; the tests of numbers and words that remain are asked one
// by one of the rules that are left. [decide] is the plain form of the same.
type grid struct {
	words int
	all   []uint64 // the rules of the scope
	slots []gridSlot
	loose []uint64 // rules with tests of numbers or words
}

// gridSlot is one fact of terms that some rule asks about.
type gridSlot struct {
	slot   int
	tested []uint64 // rules that an unknown value leaves undecided
	allow  []uint64 // per value: rules that it satisfies; those that do not ask are in all
	deny   []uint64 // per value: rules with a negated test that it fails
	free   []uint64 // rules that do not ask, or ask in the negative
}

func newGrid(rules []compiledRule, scope Scope) *grid {
	g := &grid{words: (len(rules) + 63) / 64}
	g.all, g.loose = make([]uint64, g.words), make([]uint64, g.words)
	at := map[int]int{}
	for i := range rules {
		if rules[i].Scope != scope {
			continue
		}
		g.all[i/64] |= 1 << (i % 64)
		for _, t := range rules[i].tests {
			if t.kind != FactTerms {
				g.loose[i/64] |= 1 << (i % 64)
			} else if _, ok := at[t.slot]; !ok {
				at[t.slot] = len(g.slots)
				values := len(catalogue[t.fact].Terms)
				cells := make([]uint64, (2+2*values)*g.words)
				s := gridSlot{slot: t.slot, tested: cells[:g.words], free: cells[g.words : 2*g.words]}
				s.allow, s.deny = cells[2*g.words:(2+values)*g.words], cells[(2+values)*g.words:]
				copy(s.free, g.all) // completed below
				g.slots = append(g.slots, s)
			}
		}
	}
	for k := range g.slots {
		copy(g.slots[k].free, g.all)
	}
	for i := range rules {
		if rules[i].Scope != scope {
			continue
		}
		word, mask := i/64, uint64(1)<<(i%64)
		for _, t := range rules[i].tests {
			if t.kind != FactTerms {
				continue
			}
			s := &g.slots[at[t.slot]]
			if !t.orNot {
				s.tested[word] |= mask
			}
			into := s.deny
			if !t.negate {
				into = s.allow
				s.free[word] &^= mask
			}
			for v := t.mask; v != 0; v &= v - 1 {
				into[bits.TrailingZeros64(v)*g.words+word] |= mask
			}
		}
	}
	return g
}

// ask puts into alive the rules that no fact rules out, and into open those of
// them that an unknown fact leaves undecided. Rules with tests of numbers or
// words are asked about those as well.
func (g *grid) ask(rules []compiledRule, f *Facts, alive, open []uint64) {
	copy(alive, g.all)
	clear(open)
	for k := range g.slots {
		s := &g.slots[k]
		v := f.terms[s.slot]
		if v == 0 {
			for w := range open {
				open[w] |= s.tested[w]
			}
			continue
		}
		if v&(v-1) == 0 { // one value is the rule
			at := bits.TrailingZeros64(v) * g.words
			allow, deny := s.allow[at:at+g.words], s.deny[at:at+g.words]
			for w := range alive {
				alive[w] &= (s.free[w] | allow[w]) &^ deny[w]
			}
			continue
		}
		for w := range alive {
			allow, deny := s.free[w], uint64(0)
			for rest := v; rest != 0; rest &= rest - 1 {
				at := bits.TrailingZeros64(rest)*g.words + w
				allow |= s.allow[at]
				deny |= s.deny[at]
			}
			alive[w] &= allow &^ deny
		}
	}
	for w := range alive {
		for rest := alive[w] & g.loose[w]; rest != 0; rest &= rest - 1 {
			bit := rest & -rest
			tests := rules[64*w+bits.TrailingZeros64(rest)].tests
			for i := range tests {
				if tests[i].kind == FactTerms {
					continue
				}
				switch tests[i].holds(f) {
				case sanctions.No:
					alive[w] &^= bit
				case sanctions.Unknown:
					open[w] |= bit
				}
			}
		}
		open[w] &= alive[w]
	}
}
