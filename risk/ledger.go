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

// tally is what one authority makes of one item: lines of the ledger, then what
// other accounts and stronger engagements change.
type tally struct {
	authority, item  int32
	from, to         int32 // entries
	account, combine triple
	total            triple
	basis            bool         // a basis rule fired on what is certain
	strand           int32        // of the high score
	apart            []strandHigh // all strands, where there are several
}

// strandHigh is what a strand gives in the high score.
type strandHigh struct {
	strand int32
	high   int64
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

// share is a strand's part in an authority's high score.
type share struct {
	strandHigh
	tally int32
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
	t := tally{authority: authority, item: n, from: from, to: int32(len(l.entries)), total: weighed, basis: basisSure}
	t.spread(it, limited.high)
	l.tallies = append(l.tallies, t)
}

// spread notes what an item gives in the high score to each strand that tells of it.
func (t *tally) spread(it *item, high int64) {
	switch len(it.strands) {
	case 0:
		t.strand = it.engagement + 1
	case 1:
		t.strand = it.strands[0].strand
	default:
		t.apart = make([]strandHigh, len(it.strands))
		for i, in := range it.strands {
			t.apart[i] = strandHigh{in.strand, high * in.weight / million}
		}
	}
}

// widen takes in what another account gives to strands.
func (t *tally) widen(o *tally) {
	if t.apart == nil && o.apart == nil && t.strand == o.strand {
		return // the greater of the totals
	}
	t.apart = slices.Clone(t.strands())
	for _, s := range o.strands() {
		if at := slices.IndexFunc(t.apart, func(x strandHigh) bool { return x.strand == s.strand }); at >= 0 {
			t.apart[at].high = max(t.apart[at].high, s.high)
		} else {
			t.apart = append(t.apart, s)
		}
	}
}

func (t *tally) strands() []strandHigh {
	if t.apart == nil {
		return []strandHigh{{t.strand, t.total.high}}
	}
	return t.apart
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

// least keeps for each authority the lesser of what two readings of one account give,
// and nothing where one of them gives nothing. Tallies of an item are in the order of
// their authorities.
func (l *ledger) least(from, to int) {
	one, other := l.tallies[from:to], l.tallies[to:]
	kept := l.tallies[:from]
	for _, t := range one {
		for len(other) > 0 && other[0].authority < t.authority {
			other = other[1:]
		}
		if len(other) == 0 || other[0].authority > t.authority {
			continue
		}
		if cmp.Compare(other[0].total.point, t.total.point) < 0 {
			t = other[0]
		}
		kept = append(kept, t)
	}
	l.tallies = kept
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
		stay.widen(&t)
		wider := triple{max(stay.total.low, t.total.low), stay.total.point, max(stay.total.high, t.total.high)}
		stay.account = stay.account.plus(wider.minus(stay.total))
		stay.total = wider
		stay.basis = stay.basis || t.basis
	}
	l.tallies = kept
}

// combine gives each tally what stronger ones leave of a hundred, in each score
// on its own: 100·(1−∏(1−pᵢ/100)), strongest first. Every contribution is rounded
// down to a millionth, so that the lines sum exactly. Rounding down keeps the
// three scores in their order, since what is left is then never smaller for a
// smaller tally; and the sum does not fall where one of them rises or another comes:
// it rises past the next in steps, and two that are equal may change places.
//
// The high score combines strands; see [strandWeight]. One that several tallies tell
// of counts once.
func (l *ledger) combine(t *total) (sum triple) {
	tallies := t.tallies
	if len(tallies) == 1 && l.tallies[tallies[0]].apart == nil {
		return l.tallies[tallies[0]].total
	}
	l.order = append(l.order[:0], tallies...)
	for column := range 2 {
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
	sum.high = l.combineHigh(tallies, t.authority+1)
	for _, i := range tallies {
		l.tallies[i].total = l.tallies[i].total.plus(l.tallies[i].combine)
	}
	return sum
}

func (l *ledger) combineHigh(tallies []int32, authority int32) int64 {
	l.highs = l.highs[:0]
	most := int32(0)
	for _, i := range tallies {
		t := &l.tallies[i]
		from := len(l.highs)
		if t.apart == nil {
			l.highs = append(l.highs, share{strandHigh{t.strand, t.total.high}, i})
		} else {
			for _, s := range t.apart {
				l.highs = append(l.highs, share{s, i})
			}
			slices.SortFunc(l.highs[from:], func(a, b share) int { return cmp.Or(cmp.Compare(b.high, a.high), cmp.Compare(a.strand, b.strand)) })
			left := int64(full)
			for _, s := range l.highs[from:] {
				left -= left * s.high / full
			}
			t.account.high += full - left - t.total.high
			t.total.high = full - left
		}
		t.combine.high = -t.total.high
		for _, s := range l.highs[from:] {
			most = max(most, s.strand)
		}
	}
	if n := int(most) + 1; len(l.stamps) < n {
		l.stamps = append(l.stamps, make([]int32, n-len(l.stamps))...)
	}
	slices.SortFunc(l.highs, func(a, b share) int {
		return cmp.Or(cmp.Compare(b.high, a.high), cmp.Compare(a.tally, b.tally), cmp.Compare(a.strand, b.strand))
	})
	left := int64(full)
	for _, s := range l.highs {
		if l.stamps[s.strand] == authority {
			continue
		}
		l.stamps[s.strand] = authority
		c := left * s.high / full
		l.tallies[s.tally].combine.high += c
		left -= c
	}
	return full - left
}
