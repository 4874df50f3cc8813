package risk

import (
	"math/bits"
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// triple is an amount in each of the three scores, in millionths.
type triple struct{ low, point, high int64 }

func (t triple) plus(o triple) triple {
	return triple{t.low + o.low, t.point + o.point, t.high + o.high}
}

func (t triple) minus(o triple) triple {
	return triple{t.low - o.low, t.point - o.point, t.high - o.high}
}

func (t *triple) at(column int) *int64 {
	switch column {
	case 0:
		return &t.low
	case 1:
		return &t.point
	}
	return &t.high
}

// entry is a line of the ledger.
type entry struct {
	step   uint8 // of steps
	rule   int32 // of a rule, floor or cap; else -1
	ground int32 // what the report shows it to rest on, 0 nothing
	amount triple
}

// steps lists the steps in their order; entries name them by position.
var steps = [...]assessment.Step{assessment.StepRule, assessment.StepClamp, assessment.StepFloor, assessment.StepCap, assessment.StepEvidence, assessment.StepAccount, assessment.StepCombine}

const (
	atRule uint8 = iota
	atClamp
	atFloor
	atCap
	atEvidence
	atAccount
	atCombine
)

// item is what rules are asked about: one account of one engagement, or the firm.
type item struct {
	sure, high *Facts // what is certain, and what may be besides
	when
	weight     triple         // in millionths; of the high score the greatest of strands
	strands    []strandWeight // that tell of it; nil for the firm, and where there is one of each engagement
	engagement int32          // -1 for the firm
	account    int32
	contends   bool // with the items of its engagement before it
	// An alternative takes its high facts instead of the certain ones, not beside
	// them: it says what the high score would be if an unknown fact were this.
	alternative bool
	highOnly    bool  // counts in the high score only
	certain     bool  // counts in the high score, too, with nothing but what is certain
	together    bool  // with the item before it: the lesser of them counts
	unbounded   bool  // may be anything: the high score is open upwards
	shown       int32 // where the report keeps what it shows of sure; of high, the next
}

// when are the days of an item.
type when struct {
	since   sanctions.Date // first day of the dealing, unknown if no source says
	started sanctions.Date // the last that may be the first, where dates are coarse
	conduct sanctions.Date // last known day
	early   sanctions.Date // the first that may be the last
}

// ledger is all tallies, grouped by authority, and the authorities' scores.
type ledger struct {
	entries   []entry
	tallies   []tally // in the order of items
	totals    []total // of authorities with a tally
	undecided []undecided
	apart     []strandHigh // of tallies

	hits   []firing // scratch
	order  []int32
	highs  []share
	stamps []int32 // by strand: the authority that has counted it
	starts []int32
	places []int32 // tallies, by authority
}

type total struct {
	authority int32
	tallies   span // of places
	amount    triple
}

// of lists the tallies of a total, in the order of items.
func (l *ledger) of(t *total) []int32 { return l.places[t.tallies.from:t.tallies.to] }

// undecided is a basis rule that an unknown fact kept from being decided.
type undecided struct{ item, rule int32 }

const full = 100 * million

// score asks all rules about all items and combines what they say. The ledger is
// of the scratch: it holds until the next call.
func (rs *Ruleset) score(items []item, s *scratch) *ledger {
	l := &s.ledger
	l.entries, l.tallies, l.totals, l.undecided, l.apart = l.entries[:0], l.tallies[:0], l.totals[:0], l.undecided[:0], l.apart[:0]
	if n := 9 * rs.engagementRules.words; len(s.sets) < n {
		s.sets = make([]uint64, n)
	}
	clear(l.stamps)
	for i := 0; i < len(items); {
		from := len(l.tallies)
		first := &items[i]
		if first.unbounded {
			l.open(rs, items, int32(i))
		} else {
			l.ask(rs, items, int32(i), s.sets)
		}
		for i++; i < len(items) && items[i].together; i++ {
			to := len(l.tallies)
			l.ask(rs, items, int32(i), s.sets)
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

// firing is a rule that fires on what is certain, on what may be, or on both.
type firing struct {
	rule       int32
	sure, high bool
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

// span is some in a row: rules, or tallies of an authority.
type span struct{ from, to int32 }

// mask is the part of the span in a word.
func (s span) mask(w int32) uint64 {
	mask := ^uint64(0)
	if first := s.from - 64*w; first > 0 {
		mask <<= first
	}
	if last := s.to - 64*w; last < 64 {
		mask &= 1<<last - 1
	}
	return mask
}

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

// reaches tells whether the rule applies to conduct of that time, for certain and
// perhaps, where dates are coarse: its last known day lies in the rule's period. A
// mitigating rule with an end, a licence say, covers only a dealing that is known
// to have started inside it; how long it may last is a condition (lasted_days).
func (r *compiledRule) reaches(it *when) (surely, maybe bool) {
	if r.asksForStart() {
		surely = r.Effective.Contains(it.since)
		if it.started != it.since {
			in := r.Effective.Contains(it.started)
			return surely && in, surely || in
		}
		return surely, surely
	}
	if it.conduct.IsZero() {
		return true, true
	}
	surely = r.Effective.Contains(it.conduct)
	if it.early != it.conduct {
		in := r.Effective.Contains(it.early)
		return surely && in, surely || in
	}
	return surely, surely
}

// asksForStart reports whether the rule covers dealings by the day on which they
// started.
func (r *compiledRule) asksForStart() bool {
	return r.Role == tables.Mitigating && !r.Effective.To.IsZero()
}
