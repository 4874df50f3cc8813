package risk

import (
	"cmp"
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
	sure, high *Facts         // what is certain, and what may be besides
	since      sanctions.Date // first day of the dealing, unknown if no source says
	started    sanctions.Date // the last that may be the first, where dates are coarse
	conduct    sanctions.Date // last known day
	early      sanctions.Date // the first that may be the last
	weight     triple         // in millionths
	engagement int32          // -1 for the firm
	account    int32
	contends   bool // with the items of its engagement before it
	// An alternative takes its high facts instead of the certain ones, not beside
	// them: it says what the high score would be if an unknown fact were this.
	alternative bool
	highOnly    bool  // counts in the high score only
	certain     bool  // counts in the high score, too, with nothing but what is certain; high, if another, guards it
	shown       int32 // where the report keeps what it shows of sure; of high, the next
}

// tally is what one authority makes of one item: lines of the ledger, then what
// other accounts and stronger engagements change.
type tally struct {
	authority, item  int32
	from, to         int32 // entries
	account, combine triple
	total            triple
	basis            bool // a basis rule fired on what is certain
}

// ledger is all tallies, grouped by authority, and the authorities' scores.
type ledger struct {
	entries   []entry
	tallies   []tally // in the order of items
	totals    []total // of authorities with a tally
	undecided []undecided

	hits   []firing // scratch
	order  []int32
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
	for i := range items {
		from := len(l.tallies)
		l.ask(rs, items, int32(i), s.sets)
		if items[i].contends {
			l.contend(items[i].engagement, items, from)
		}
	}
	l.group(len(rs.authorities))
	for i := range l.totals {
		l.totals[i].amount = l.combine(l.totals[i].tallies)
	}
	return l
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
		if it.certain && it.high != it.sure { // what counts must hold beside the guard, what lessens may hold on it
			isSure = isSure&high.alive[w]&^g.mitigating[w] | (isSure|isHigh)&g.mitigating[w]
			isHigh = isSure
		}
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
			surely, maybe := r.reaches(it)
			if !maybe {
				continue
			}
			if asked&bit != 0 && !it.highOnly {
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
func (r *compiledRule) reaches(it *item) (surely, maybe bool) {
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

// tally adds up fired rules: what they give, at most a hundred, less what the
// mitigating ones take, so that these count at the ceiling too; then floor, cap
// and evidence.
func (l *ledger) tally(rs *Ruleset, it *item, n, authority int32, hits []firing, basisSure bool) {
	from := int32(len(l.entries))
	var gain, loss triple
	floor, limit := triple{}, triple{full, full, full}
	floorRule, capRule := int32(-1), int32(-1)
	for _, f := range hits {
		r := &rs.rules[f.rule]
		f.sure = f.sure && basisSure
		if f.sure {
			if r.floor > floor.point {
				floor.low, floor.point, floorRule = r.floor, r.floor, f.rule
			}
			if r.cap >= 0 && r.cap < limit.point {
				limit.low, limit.point, capRule = r.cap, r.cap, f.rule
			}
		}
		if f.high {
			if r.floor > floor.high {
				floor.high = r.floor
				if floorRule < 0 {
					floorRule = f.rule
				}
			}
			if r.cap >= 0 && r.cap < limit.high {
				limit.high = r.cap
				if capRule < 0 {
					capRule = f.rule
				}
			}
		}
		if r.points > 0 {
			gain = gain.plus(l.fire(f, r.points))
		}
	}
	capped := triple{min(gain.low, full), min(gain.point, full), min(gain.high, full)}
	l.step(atClamp, -1, gain, capped)
	for _, f := range hits {
		f.sure = f.sure && basisSure
		if points := rs.rules[f.rule].points; points < 0 {
			loss = loss.plus(l.fire(f, points))
		}
	}
	lessened := capped.plus(loss)
	clamped := triple{max(lessened.low, 0), max(lessened.point, 0), max(lessened.high, 0)}
	l.step(atClamp, -1, lessened, clamped)
	floored := triple{max(clamped.low, floor.low), max(clamped.point, floor.point), max(clamped.high, floor.high)}
	limited := triple{min(floored.low, limit.low), min(floored.point, limit.point), min(floored.high, limit.high)}
	weighed := triple{limited.low * it.weight.low / million, limited.point * it.weight.point / million, limited.high * it.weight.high / million}
	l.step(atFloor, floorRule, clamped, floored)
	l.step(atCap, capRule, floored, limited)
	l.step(atEvidence, -1, limited, weighed)
	l.tallies = append(l.tallies, tally{authority: authority, item: n, from: from, to: int32(len(l.entries)), total: weighed, basis: basisSure})
}

// fire writes the line of a rule.
func (l *ledger) fire(f firing, points int64) (p triple) {
	if f.sure {
		p.low, p.point = points, points
	}
	if f.high {
		p.high = points
	}
	if p != (triple{}) {
		l.entries = append(l.entries, entry{atRule, f.rule, p})
	}
	return p
}

// step writes a line for what takes a total to its new value.
func (l *ledger) step(s uint8, rule int32, was, is triple) {
	if is != was {
		l.entries = append(l.entries, entry{s, rule, is.minus(was)})
	}
}

// contend lets another account of an engagement contend with the earlier ones:
// for each authority the account with the greatest point score stays (then the
// greater high, then the first), and the others only widen its bounds.
func (l *ledger) contend(engagement int32, items []item, from int) {
	kept := l.tallies[:from]
	for _, t := range l.tallies[from:] {
		at := -1
		for i := len(kept) - 1; i >= 0 && items[kept[i].item].engagement == engagement; i-- {
			if kept[i].authority == t.authority {
				at = i
			}
		}
		if at < 0 {
			kept = append(kept, t)
			continue
		}
		stay := &kept[at]
		if cmp.Or(cmp.Compare(t.total.point, stay.total.point), cmp.Compare(t.total.high, stay.total.high)) > 0 {
			*stay, t = t, *stay
		}
		wider := triple{max(stay.total.low, t.total.low), stay.total.point, max(stay.total.high, t.total.high)}
		stay.account = stay.account.plus(wider.minus(stay.total))
		stay.total = wider
		stay.basis = stay.basis || t.basis
	}
	l.tallies = kept
}

// combine gives each tally what stronger ones leave of a hundred, in each score
// on its own: 100·(1−∏(1−pᵢ/100)), strongest first. Every contribution is rounded
// down to a millionth, so that the lines sum exactly; rounding down keeps the
// three scores in their order, since what is left is then never smaller for a
// smaller tally.
func (l *ledger) combine(tallies []int32) (sum triple) {
	if len(tallies) == 1 {
		return l.tallies[tallies[0]].total
	}
	l.order = append(l.order[:0], tallies...)
	for column := range 3 {
		slices.SortFunc(l.order, func(a, b int32) int {
			if c := cmp.Compare(*l.tallies[b].total.at(column), *l.tallies[a].total.at(column)); c != 0 {
				return c
			}
			return cmp.Compare(a, b)
		})
		left := int64(full)
		for _, i := range l.order {
			c := left * *l.tallies[i].total.at(column) / full
			*l.tallies[i].combine.at(column) = c - *l.tallies[i].total.at(column)
			left -= c
		}
		*sum.at(column) = full - left
	}
	for _, i := range tallies {
		l.tallies[i].total = l.tallies[i].total.plus(l.tallies[i].combine)
	}
	return sum
}
