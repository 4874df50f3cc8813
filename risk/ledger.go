package risk

import (
	"cmp"
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
	StepAccount  Step = "account"  // another account of the same engagement bounds the score further
	StepCombine  Step = "combine"  // what stronger engagements leave of a hundred
)

var steps = []Step{StepRule, StepClamp, StepFloor, StepCap, StepEvidence, StepAccount, StepCombine}

// triple is an amount in each of the three scores, in millionths.
type triple struct{ low, point, high int64 }

func (t triple) plus(o triple) triple {
	return triple{t.low + o.low, t.point + o.point, t.high + o.high}
}
func (t triple) minus(o triple) triple {
	return triple{t.low - o.low, t.point - o.point, t.high - o.high}
}
func (t triple) each(f func(int64) int64) triple { return triple{f(t.low), f(t.point), f(t.high)} }

// entry is a line of the ledger.
type entry struct {
	step   Step
	rule   int32 // of a rule, floor or cap; else -1
	amount triple
}

// item is what rules are asked about: one account of one engagement, or the firm.
type item struct {
	sure, high *Facts         // what is certain, and what may be besides
	since      sanctions.Date // first day of the dealing, unknown if no source says
	conduct    sanctions.Date // last known day
	weight     triple         // in millionths
	engagement int32          // -1 for the firm
	account    int32
}

// tally is what one authority makes of one item.
type tally struct {
	authority int32
	item      int32
	entries   []entry
	total     triple
	basis     bool // a basis rule fired on what is certain
}

// ledger is all tallies, grouped by authority, and the authorities' scores.
type ledger struct {
	tallies   []tally // by authority, then by engagement
	totals    []total // authorities with a tally
	undecided []undecided
}

type total struct {
	authority int32
	from, to  int // tallies
	amount    triple
}

// undecided is a basis rule that an unknown fact kept from being decided.
type undecided struct{ item, rule int32 }

const full = 100 * million

// score asks all rules about all items and combines what they say.
func (rs *Ruleset) score(items []item) ledger {
	l := ledger{tallies: make([]tally, 0, 2*len(items))}
	for i := range items {
		from := len(l.tallies)
		l.ask(rs, items, int32(i))
		if items[i].account > 0 {
			l.contend(items[i].engagement, items, from)
		}
	}
	slices.SortStableFunc(l.tallies, func(a, b tally) int { return cmp.Compare(a.authority, b.authority) })
	for from := 0; from < len(l.tallies); {
		to := from
		for to < len(l.tallies) && l.tallies[to].authority == l.tallies[from].authority {
			to++
		}
		l.totals = append(l.totals, total{l.tallies[from].authority, from, to, l.combine(from, to)})
		from = to
	}
	return l
}

// ask puts the rules to one item and adds a tally for each authority that any
// basis rule brings in.
func (l *ledger) ask(rs *Ruleset, items []item, n int32) {
	it := &items[n]
	candidates := rs.firmRules
	if it.engagement >= 0 {
		k := term0(it.high.terms[slotKind])
		if k >= len(rs.byKind) {
			k = len(rs.byKind) - 1
		}
		candidates = rs.byKind[k]
	}
	var fired [32]firing
	for len(candidates) > 0 {
		authority := rs.rules[candidates[0]].authority
		hits := fired[:0]
		var basisSure, basisHigh bool
		for len(candidates) > 0 && rs.rules[candidates[0]].authority == authority {
			i := candidates[0]
			candidates = candidates[1:]
			r := &rs.rules[i]
			if !r.reaches(it) {
				continue
			}
			sure := decide(r.tests, it.sure)
			high := sure
			if it.high != it.sure {
				high = decide(r.tests, it.high)
			}
			if r.Role == Basis && sure != sanctions.Yes && high == sanctions.Unknown {
				l.undecided = append(l.undecided, undecided{n, i})
			}
			f := firing{rule: i, sure: sure == sanctions.Yes}
			if r.Role == Mitigating {
				f.high = f.sure && high == sanctions.Yes
			} else {
				f.high = f.sure || high == sanctions.Yes
			}
			if !f.sure && !f.high {
				continue
			}
			if r.Role == Basis {
				basisSure, basisHigh = basisSure || f.sure, true
			}
			hits = append(hits, f)
		}
		if basisHigh {
			l.tallies = append(l.tallies, rs.tally(it, n, authority, hits, basisSure))
		}
	}
}

// reaches tells whether the rule applies to conduct of that time: its last known
// day lies in the rule's period. A mitigating rule with an end, a licence say,
// covers only a dealing that lies inside it as a whole.
func (r *compiledRule) reaches(it *item) bool {
	if r.Role == Mitigating && !r.Effective.To.IsZero() {
		return r.Effective.Contains(it.since) && r.Effective.Contains(it.conduct)
	}
	return it.conduct.IsZero() || r.Effective.Contains(it.conduct)
}

// firing is a rule that fires on what is certain, on what may be, or on both.
type firing struct {
	rule       int32
	sure, high bool
}

// tally adds up fired rules: sum, clamp, floor, cap, evidence.
func (rs *Ruleset) tally(it *item, n, authority int32, hits []firing, basisSure bool) tally {
	t := tally{authority: authority, item: n, basis: basisSure, entries: make([]entry, 0, len(hits)+3)}
	var sum triple
	floor, limit := triple{}, triple{full, full, full}
	floorRule, capRule := int32(-1), int32(-1)
	for _, f := range hits {
		r := &rs.rules[f.rule]
		f.sure = f.sure && basisSure
		var p triple
		if f.sure {
			p.low, p.point = r.points, r.points
			if r.floor > floor.point {
				floor.low, floor.point, floorRule = r.floor, r.floor, f.rule
			}
			if r.cap >= 0 && r.cap < limit.point {
				limit.low, limit.point, capRule = r.cap, r.cap, f.rule
			}
		}
		if f.high {
			p.high = r.points
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
		if p != (triple{}) {
			t.entries = append(t.entries, entry{StepRule, f.rule, p})
		}
		sum = sum.plus(p)
	}
	t.total = sum
	t.step(StepClamp, -1, sum.each(func(v int64) int64 { return min(max(v, 0), full) }))
	t.step(StepFloor, floorRule, triple{max(t.total.low, floor.low), max(t.total.point, floor.point), max(t.total.high, floor.high)})
	t.step(StepCap, capRule, triple{min(t.total.low, limit.low), min(t.total.point, limit.point), min(t.total.high, limit.high)})
	t.step(StepEvidence, -1, triple{t.total.low * it.weight.low / million, t.total.point * it.weight.point / million, t.total.high * it.weight.high / million})
	return t
}

// step writes a line for what takes the total to its new value.
func (t *tally) step(s Step, rule int32, to triple) {
	if to != t.total {
		t.entries = append(t.entries, entry{s, rule, to.minus(t.total)})
		t.total = to
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
		stay, other := &kept[at], &t
		if cmp.Or(cmp.Compare(t.total.point, stay.total.point), cmp.Compare(t.total.high, stay.total.high)) > 0 {
			*stay, t = t, *stay
		}
		stay.step(StepAccount, -1, triple{max(stay.total.low, other.total.low), stay.total.point, max(stay.total.high, other.total.high)})
		stay.basis = stay.basis || other.basis
	}
	l.tallies = kept
}

// combine gives each tally what stronger ones leave of a hundred, in each score
// on its own: 100·(1−∏(1−pᵢ/100)), strongest first. Every contribution is rounded
// down to a millionth, so that the lines sum exactly and the order of equal
// tallies does not matter.
func (l *ledger) combine(from, to int) (sum triple) {
	tallies := l.tallies[from:to]
	if len(tallies) == 1 {
		return tallies[0].total
	}
	order := make([]int, len(tallies))
	for i := range order {
		order[i] = i
	}
	contributions := make([]triple, len(tallies))
	for column := range 3 {
		slices.SortStableFunc(order, func(a, b int) int {
			return cmp.Or(cmp.Compare(*tallies[b].total.at(column), *tallies[a].total.at(column)), cmp.Compare(a, b))
		})
		left := int64(full)
		for _, i := range order {
			c := left * *tallies[i].total.at(column) / full
			*contributions[i].at(column) = c
			left -= c
		}
		*sum.at(column) = full - left
	}
	for i := range tallies {
		tallies[i].step(StepCombine, -1, contributions[i])
	}
	return sum
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
