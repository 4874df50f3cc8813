package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
)

// item is what rules are asked about: one account of one engagement, or the firm.
type item struct {
	sure, high *Facts // what is certain, and what may be besides
	when
	weight     triple         // in millionths; of the high score the greatest of strands
	strands    []strandWeight // that tell of it; nil for the firm, and where there is one of each engagement
	engagement int32          // -1 for the firm
	account    int32
	talk       int32 // number of the event at which the engagement is nothing but talk, else 0
	contends   bool  // with the items of its engagement before it
	// An alternative takes its high facts instead of the certain ones, not beside
	// them: it says what the high score would be if an unknown fact were this.
	alternative bool
	highOnly    bool  // counts in the high score only
	certain     bool  // counts in the high score, too, with nothing but what is certain
	together    bool  // with the item before it: the lesser of them counts
	unbounded   bool  // may be anything: the high score is open upwards
	shown       int32 // where the report keeps what it shows of sure; of high, the next
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

// ledger is all tallies, grouped by authority, and the authorities' scores.
type ledger struct {
	entries   []entry
	tallies   []tally // in the order of items
	totals    []total // of authorities with a tally
	undecided []undecided
	apart     []strandHigh // of tallies

	// Memory of the way there.
	sets   []uint64
	hits   []firing
	order  []int32
	highs  []share
	stamps []int32 // by strand: the authority that has counted it
	talks  []int32 // events whose talk has counted
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

// tally is what one authority makes of one item: lines of the ledger, then what
// other accounts and stronger engagements change.
type tally struct {
	authority, item  int32
	from, to         int32 // entries
	account, combine triple
	total            triple
	basis            bool  // a basis rule fired on what is certain
	talk             int32 // of the item
	strand           int32 // of the high score
	apart            span  // of the ledger's: all strands, where there are several
}

// decider is the rule that decides a step, of what is certain and of what may be; -1
// where none does.
type decider struct{ sure, high int32 }

// strandHigh is what a strand gives in the high score.
type strandHigh struct {
	strand int32
	high   int64
}

// share is a strand's part in an authority's high score.
type share struct {
	strandHigh
	tally int32
}

// firing is a rule that fires on what is certain, on what may be, or on both.
type firing struct {
	rule       int32
	sure, high bool
}

// step writes a line for what takes a total to its new value: two lines where the high
// score goes by another rule.
func (l *ledger) step(s uint8, by decider, was, is triple) {
	change := is.minus(was)
	if by.sure == by.high {
		l.write(s, by.sure, change)
		return
	}
	l.write(s, by.sure, triple{low: change.low, point: change.point})
	l.write(s, by.high, triple{high: change.high})
}

// write writes a line, unless it changes nothing.
func (l *ledger) write(s uint8, rule int32, amount triple) {
	if amount == (triple{}) {
		return
	}
	if len(l.entries) == cap(l.entries) {
		l.entries = slices.Grow(l.entries, 64)
	}
	l.entries = l.entries[:len(l.entries)+1]
	e := &l.entries[len(l.entries)-1]
	e.step, e.rule, e.ground, e.amount.low, e.amount.point, e.amount.high = s, rule, 0, amount.low, amount.point, amount.high
}
