package risk

import (
	"math/bits"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Step says what a line of the ledger is.
type Step string

// The steps, in the order in which they are taken. Every one is a line, so that
// the lines of an authority add up to its score exactly.
const (
	StepRule     Step = "rule"     // a rule that fired
	StepClamp    Step = "clamp"    // points of one engagement stay inside [0,100]
	StepFloor    Step = "floor"    // the greatest floor of the fired rules
	StepCap      Step = "cap"      // the smallest cap, which wins over a floor
	StepEvidence Step = "evidence" // what the engagement weighs, so shown
	StepAccount  Step = "account"  // another account of the same engagement widens the bounds
	StepCombine  Step = "combine"  // what stronger engagements leave of a hundred
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
	amount triple
}

// steps lists the steps in their order; entries name them by position.
var steps = [...]Step{StepRule, StepClamp, StepFloor, StepCap, StepEvidence, StepAccount, StepCombine}

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

	hits   []firing // scratch
	order  []int32
	highs  []share
	stamps []int32 // by strand: the authority that has counted it
	starts []int32
	places []int32
}

type total struct {
	authority int32
	tallies   []int32 // in the order of items
	amount    triple
}

// undecided is a basis rule that an unknown fact kept from being decided.
type undecided struct{ item, rule int32 }

const full = 100 * million

// score asks all rules about all items and combines what they say. The ledger is
// of the scratch: it holds until the next call.
func (rs *Ruleset) score(items []item, s *scratch) *ledger {
	l := &s.ledger
	l.entries, l.tallies, l.totals, l.undecided = l.entries[:0], l.tallies[:0], l.totals[:0], l.undecided[:0]
	if n := 4 * len(rs.engagementRules.all); cap(s.sets) < n {
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
		if last := len(l.tallies) - 1; r.Role != Basis || r.Scope != ScopeEngagement || last >= 0 && l.tallies[last].item == n && l.tallies[last].authority == r.authority {
			continue
		}
		t := tally{authority: r.authority, item: n, from: int32(len(l.entries)), to: int32(len(l.entries)), account: triple{high: full}}
		t.total = t.account
		t.spread(&items[n], full)
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
			l.totals = append(l.totals, total{authority: int32(i), tallies: places[from:to:to]})
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
	sure, high := answer{sets[:g.words], sets[g.words : 2*g.words]}, answer{sets[2*g.words : 3*g.words], sets[3*g.words : 4*g.words]}
	g.ask(rs.rules, it.sure, it.high, sure, high)
	if it.high == it.sure {
		high = sure
	}
	hits, authority := l.hits[:0], int32(-1)
	var basisSure, basisHigh bool
	for w := range sure.alive {
		isSure := sure.alive[w] &^ sure.open[w]
		isHigh := high.alive[w] &^ high.open[w]
		if !it.certain {
			isHigh |= g.perhaps(rs.rules, w, high.alive[w]&high.open[w], it.high)
		}
		lessens := g.mitigating[w] & isSure & isHigh
		if !it.alternative {
			isHigh |= isSure
		}
		isHigh = isHigh&^g.mitigating[w] | lessens
		asked := g.basis[w] &^ isSure & (sure.open[w] | high.open[w]) // undecided for certain
		for rest := isSure | isHigh | asked; rest != 0; rest &= rest - 1 {
			bit := rest & -rest
			i := int32(64*w + bits.TrailingZeros64(rest))
			r := &rs.rules[i]
			surely, maybe := r.reaches(&it.when)
			if !maybe {
				continue
			}
			if asked&bit != 0 && !it.highOnly && !it.together {
				l.undecided = append(l.undecided, undecided{n, i})
			}
			fires := firing{i, isSure&bit != 0 && surely && !it.highOnly, isHigh&bit != 0}
			if it.certain {
				fires.high = fires.sure
			}
			if r.Role == Mitigating && !surely {
				fires.high = false
			}
			if !fires.sure && !fires.high {
				continue
			}
			if r.authority != authority {
				if basisHigh {
					l.tally(rs, it, n, authority, hits, basisSure)
				}
				authority, hits, basisSure, basisHigh = r.authority, hits[:0], false, false
			}
			if g.basis[w]&bit != 0 {
				basisSure, basisHigh = basisSure || fires.sure, true
			}
			hits = append(hits, fires)
		}
	}
	if basisHigh {
		l.tally(rs, it, n, authority, hits, basisSure)
	}
	l.hits = hits
}

// reaches tells whether the rule applies to conduct of that time, for certain and
// perhaps, where dates are coarse: its last known day lies in the rule's period. A
// mitigating rule with an end, a licence say, covers only a dealing that is known
// to have started inside it; how long it may last is a condition (lasted_days).
func (r *compiledRule) reaches(it *when) (surely, maybe bool) {
	if r.Role == Mitigating && !r.Effective.To.IsZero() {
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
