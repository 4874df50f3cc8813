package risk

import (
	"math/bits"
	"slices"

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

	basis, mitigating []uint64 // rules in these roles
	requiring         []uint64 // basis rules that require what sources and lists often leave out, see untold
}

// gridSlot is one fact of terms that some rule asks about.
type gridSlot struct {
	slot   int
	tested []uint64 // rules that an unknown value leaves undecided
	allow  []uint64 // per value: rules that it satisfies; those that do not ask are in all
	deny   []uint64 // per value: rules with a negated test that it fails
	free   []uint64 // rules that do not ask, or ask in the negative
	keep   []uint64 // per value: rules left where it is the only one
}

func newGrid(rules []compiledRule, scope Scope) *grid {
	g := &grid{words: (len(rules) + 63) / 64}
	sets := make([]uint64, 5*g.words)
	for i, set := range []*[]uint64{&g.all, &g.loose, &g.basis, &g.mitigating, &g.requiring} {
		*set = sets[i*g.words : (i+1)*g.words]
	}
	at := map[int]int{}
	for i := range rules {
		if rules[i].Scope != scope {
			continue
		}
		g.all[i/64] |= 1 << (i % 64)
		switch rules[i].Role {
		case Basis:
			g.basis[i/64] |= 1 << (i % 64)
			if slices.ContainsFunc(rules[i].tests, test.untold) {
				g.requiring[i/64] |= 1 << (i % 64)
			}
		case Mitigating:
			g.mitigating[i/64] |= 1 << (i % 64)
		}
		for _, t := range rules[i].tests {
			if t.kind != FactTerms {
				g.loose[i/64] |= 1 << (i % 64)
			} else if _, ok := at[t.slot]; !ok {
				at[t.slot] = len(g.slots)
				values := len(catalogue[t.fact].Terms)
				cells := make([]uint64, (2+3*values)*g.words)
				s := gridSlot{slot: t.slot, tested: cells[:g.words], free: cells[g.words : 2*g.words]}
				for i, set := range []*[]uint64{&s.allow, &s.deny, &s.keep} {
					*set = cells[(2+i*values)*g.words : (2+(i+1)*values)*g.words]
				}
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
	for k := range g.slots {
		s := &g.slots[k]
		for at := range s.keep {
			s.keep[at] = (s.free[at%g.words] | s.allow[at]) &^ s.deny[at]
		}
	}
	return g
}

// answer is what a set of facts leaves of the rules: alive are those that no fact
// rules out, open those of them that an unknown fact leaves undecided.
type answer struct{ alive, open []uint64 }

// ask answers for what is certain and, where that is not the same, for what may be
// besides. Most facts are the same in both and are looked at once. Rules with
// tests of numbers or words are asked about those as well.
func (g *grid) ask(rules []compiledRule, sure, high *Facts, s, h answer) {
	copy(s.alive, g.all)
	clear(s.open)
	for k := range g.slots {
		if slot := &g.slots[k]; sure.terms[slot.slot] == high.terms[slot.slot] {
			slot.narrow(sure.terms[slot.slot], g.words, s)
		}
	}
	if high != sure {
		copy(h.alive, s.alive)
		copy(h.open, s.open)
		for k := range g.slots {
			if slot := &g.slots[k]; sure.terms[slot.slot] != high.terms[slot.slot] {
				slot.narrow(sure.terms[slot.slot], g.words, s)
				slot.narrow(high.terms[slot.slot], g.words, h)
			}
		}
		g.askLoose(rules, high, h)
	}
	g.askLoose(rules, sure, s)
}

// narrow takes away the rules that a value of the fact rules out.
func (s *gridSlot) narrow(v uint64, words int, into answer) {
	alive := into.alive
	switch {
	case v == 0:
		for w := range into.open {
			into.open[w] |= s.tested[w]
		}
	case v&(v-1) == 0: // one value is the rule
		keep := s.keep[bits.TrailingZeros64(v)*words:][:len(alive)]
		for w := range alive {
			alive[w] &= keep[w]
		}
	default:
		for w := range alive {
			allow, deny := s.free[w], uint64(0)
			for rest := v; rest != 0; rest &= rest - 1 {
				at := bits.TrailingZeros64(rest)*words + w
				allow |= s.allow[at]
				deny |= s.deny[at]
			}
			alive[w] &= allow &^ deny
		}
	}
}

func (g *grid) askLoose(rules []compiledRule, f *Facts, a answer) {
	for w := range a.alive {
		for rest := a.alive[w] & g.loose[w]; rest != 0; rest &= rest - 1 {
			bit := rest & -rest
			tests := rules[64*w+bits.TrailingZeros64(rest)].loose
			for i := range tests {
				switch tests[i].holds(f) {
				case sanctions.No:
					a.alive[w] &^= bit
				case sanctions.Unknown:
					a.open[w] |= bit
				}
			}
		}
		a.open[w] &= a.alive[w]
	}
}

// perhaps narrows a set of the basis rules that what may be leaves open to those
// that hold but for what nobody tells: they count in the high score.
func (g *grid) perhaps(rules []compiledRule, w int, open uint64, f *Facts) (hold uint64) {
	for rest := open & g.requiring[w]; rest != 0; rest &= rest - 1 {
		tests := rules[64*w+bits.TrailingZeros64(rest)].tests
		if !slices.ContainsFunc(tests, func(t test) bool { return !t.untold() && t.holds(f) != sanctions.Yes }) {
			hold |= rest & -rest
		}
	}
	return hold
}
