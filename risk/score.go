package risk

import (
	"math/bits"
	"slices"

	"github.com/sanctionrisk/exposure/risk/tables"
)

// score asks all rules about all items and combines what they say. The ledger is
// the memory that is given: it holds until the next call.
func (rs *Ruleset) score(items []item, l *ledger) *ledger {
	l.entries, l.tallies, l.totals, l.undecided, l.apart = l.entries[:0], l.tallies[:0], l.totals[:0], l.undecided[:0], l.apart[:0]
	if n := 9 * rs.engagementRules.words; len(l.sets) < n {
		l.sets = make([]uint64, n)
	}
	clear(l.stamps)
	for i := 0; i < len(items); {
		from := len(l.tallies)
		first := &items[i]
		if first.unbounded {
			l.open(rs, items, int32(i))
		} else {
			l.ask(rs, items, int32(i), l.sets)
		}
		for i++; i < len(items) && items[i].together; i++ {
			to := len(l.tallies)
			l.ask(rs, items, int32(i), l.sets)
			l.least(from, to)
		}
		if first.contends {
			l.contend(first.engagement, items, from)
		}
	}
	l.group(len(rs.authorities))
	for i := range l.totals {
		l.totals[i].amount = l.combine(&l.totals[i])
	}
	return l
}

// open gives every authority that dealings can reach all that there is, in the high
// score.
func (l *ledger) open(rs *Ruleset, items []item, n int32) {
	for i := range rs.rules {
		r := &rs.rules[i]
		if last := len(l.tallies) - 1; r.Role != tables.Basis || r.Scope != tables.ScopeEngagement || last >= 0 && l.tallies[last].item == n && l.tallies[last].authority == r.authority {
			continue
		}
		t := tally{authority: r.authority, item: n, from: int32(len(l.entries)), to: int32(len(l.entries)), account: triple{high: full}}
		t.total = t.account
		l.spread(&t, &items[n], full)
		l.tallies = append(l.tallies, t)
	}
}

// group gathers the tallies of each authority.
func (l *ledger) group(authorities int) {
	l.starts = slices.Grow(l.starts[:0], authorities+1)[:authorities+1]
	starts := l.starts
	clear(starts)
	for i := range l.tallies {
		starts[l.tallies[i].authority+1]++
	}
	for i := range authorities {
		starts[i+1] += starts[i]
	}
	l.places = slices.Grow(l.places[:0], len(l.tallies))[:len(l.tallies)]
	places := l.places
	for i := range authorities {
		if from, to := starts[i], starts[i+1]; from < to {
			l.totals = append(l.totals, total{authority: int32(i), tallies: span{from, to}})
		}
	}
	for i := range l.tallies {
		at := &starts[l.tallies[i].authority]
		places[*at] = int32(i)
		*at++
	}
}

// ask puts the rules to one item and adds a tally for each authority that any
// basis rule brings in. What fires is worked out sixty-four rules at a time: a rule
// fires for certain where no fact rules it out and none leaves it open; in the high
// score, too, where it does on what may be besides. A mitigating rule fires there
// only if it fires on both.
func (l *ledger) ask(rs *Ruleset, items []item, n int32, sets []uint64) {
	it := &items[n]
	g := rs.engagementRules
	if it.engagement < 0 {
		g = rs.firmRules
	}
	sure, high := g.answers(sets)
	surely, maybe := sets[6*g.words:7*g.words], sets[7*g.words:8*g.words]
	g.ask(it.sure, it.high, sure, high)
	if it.high == it.sure {
		high = sure
	}
	rs.calendar.inForce(&it.when, surely, maybe)
	fired := firings{sure.alive, sets[8*g.words : 9*g.words]}
	for w := range sure.alive {
		basis, mitigating := g.basis[w], g.mitigating[w]
		open := sure.alive[w]&(sure.open[w]|sure.untold[w]) | high.alive[w]&(high.open[w]|high.untold[w])
		isSure := sure.alive[w] &^ (sure.open[w] | sure.untold[w])
		isHigh := high.alive[w] &^ (high.open[w] | high.untold[w])
		if !it.certain { // what nobody tells counts in the high score
			isHigh |= basis & high.alive[w] & high.untold[w] &^ high.open[w]
		}
		lessens := mitigating & isSure & isHigh
		if !it.alternative {
			isHigh |= isSure
		}
		isHigh = (isHigh&^mitigating | lessens) & maybe[w] &^ (mitigating &^ surely[w])
		if !it.highOnly && !it.together {
			for asked := basis & open &^ isSure & maybe[w]; asked != 0; asked &= asked - 1 {
				l.undecided = append(l.undecided, undecided{n, int32(64*w + bits.TrailingZeros64(asked))})
			}
		}
		isSure &= surely[w]
		if it.highOnly {
			isSure = 0
		}
		if it.certain {
			isHigh = isSure
		}
		fired.sure[w], fired.high[w] = isSure, isHigh
	}
	done := int32(0) // rules of authorities that are tallied
	for w := range fired.sure {
		for rest := g.basis[w] & (fired.sure[w] | fired.high[w]); rest != 0; rest &= rest - 1 {
			i := int32(64*w + bits.TrailingZeros64(rest))
			if i < done {
				continue
			}
			authority := rs.rules[i].authority
			of := rs.authorities[authority].rules
			l.hits = fired.of(of, l.hits[:0])
			l.tally(rs, it, n, authority, l.hits, fired.any(of, g.basis))
			done = of.to
		}
	}
}

// firings are the rules that fire on what is certain, and in the high score.
type firings struct{ sure, high []uint64 }

// of lists those of a span.
func (f firings) of(s span, hits []firing) []firing {
	for w := s.from / 64; 64*w < s.to; w++ {
		sure, high := f.sure[w], f.high[w]
		for rest := (sure | high) & s.mask(w); rest != 0; rest &= rest - 1 {
			bit := rest & -rest
			hits = append(hits, firing{64*w + int32(bits.TrailingZeros64(rest)), sure&bit != 0, high&bit != 0})
		}
	}
	return hits
}

// any tells whether one of a span that is among others fires for certain.
func (f firings) any(s span, among []uint64) bool {
	for w := s.from / 64; 64*w < s.to; w++ {
		if f.sure[w]&among[w]&s.mask(w) != 0 {
			return true
		}
	}
	return false
}
