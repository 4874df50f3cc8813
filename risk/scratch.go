package risk

import (
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/sanctions"
)

// scratch is the memory that one assessment needs and does not hand out. A rule
// set lends it from a pool, so that assessing a portfolio does not allocate it
// anew for every firm.
type scratch struct {
	reducing
	facts      slab[Facts]
	imputed    slab[imputed] // sorts of claims
	items      []item
	screenings []*screened
	asked      slab[screened]
	parties    [][2]int
	ledger     ledger
	points     scoreCache
	seen       map[screenKey]int // positions in screened, where those are many
	codes      map[string][]string
	bodies     map[string]uint64
	wanted     map[factSet]string        // in words
	asOfDays   map[sanctions.Date]string // of standings, in words
	unseen     unseen
	years      years

	// Of the report.
	shown                   []shown  // by set of facts
	grounds                 []ground // what lines rest on
	placed                  []placed // by engagement, behind that of the firm itself
	ruleNames               []string // of all authorities
	rootNames               []string // of the account on its way
	latest                  []int32  // of them, by list
	text                    []byte   // of numbers
	numbers                 []written
	found                   []assessment.Caveat
	lead                    []leading // by engagement
	noted                   []uint64  // rules named already, of one authority
	aggravating, mitigating []string
	trades                  trades
}

// borrow takes scratch from the pool; giveBack must follow, when nothing points
// into it any more.
func (rs *Ruleset) borrow() *scratch {
	if s, ok := rs.pool.Get().(*scratch); ok {
		return s
	}
	return &scratch{seen: map[screenKey]int{}, codes: map[string][]string{}, bodies: map[string]uint64{}, wanted: map[factSet]string{}, asOfDays: map[sanctions.Date]string{}, reducing: newReducing()}
}

func (rs *Ruleset) giveBack(s *scratch) {
	s.reducing.reset()
	s.facts.reset()
	s.imputed.reset()
	clear(s.items)
	s.asked.reset()
	clear(s.screenings)
	clear(s.seen)
	clear(s.grounds)
	clear(s.numbers)
	clear(s.found)
	s.text, s.numbers = s.text[:0], s.numbers[:0]
	clear(s.aggravating)
	clear(s.mitigating)
	clear(s.ruleNames)
	clear(s.rootNames)
	rs.pool.Put(s)
}

// remembered bounds what scratch keeps of texts that it read.
const remembered = 1 << 10

// codesOf takes codes apart that a statement joins: a portfolio has few goods.
func (s *scratch) codesOf(joined string) []string {
	if joined == "" {
		return nil
	}
	return readOnce(s.codes, joined, splitCodes)
}

// bodyOf is [bodyOf] for a name that was perhaps read before: a portfolio has few
// counterparties.
func (s *scratch) bodyOf(name string) uint64 { return readOnce(s.bodies, name, bodyOf) }

// readOnce reads a text, or remembers what it was read as.
func readOnce[K comparable, T any](known map[K]T, text K, read func(K) T) T {
	as, ok := known[text]
	if !ok {
		if len(known) == remembered {
			clear(known)
		}
		as = read(text)
		known[text] = as
	}
	return as
}

// written is where a number is to stand, and where it stands in the text.
type written struct {
	into     *string
	from, to int
}

// leading is the account of an engagement that weighs most, and what it gives.
type leading struct {
	point, high int64
	account     int32
}

// ground is what lines rest on: facts of a set that rules ask in one order.
type ground struct {
	list, set int32
	facts     []*assessment.Held
}

// placed is which steps of a dealing have a line: those have a [assessment.Place] each, in
// the order of the steps, from first on.
type placed struct {
	steps uint8
	first int32
}

// shown is which facts of a set lines rest on: those have a [assessment.Held] each, in the
// order of the facts, from first on.
type shown struct {
	named factSet
	first int
}
