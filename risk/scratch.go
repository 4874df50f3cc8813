package risk

import (
	"github.com/sanctionrisk/exposure/risk/assessment"
)

// scratch is the memory that one assessment needs and does not hand out. A rule
// set lends it from a pool, so that assessing a portfolio does not allocate it
// anew for every firm.
type scratch struct {
	reducing
	facts      slab[Facts]
	items      []item
	screenings []*screened
	parties    [][2]int
	ledger     ledger
	points     scoreCache
	seen       map[screenKey]int // positions in screened, where those are many
	codes      map[string][]string
	bodies     map[string]uint64
	wanted     map[factSet]string // in words
	years      years

	// Of the report.
	weighed                 []weighed // by item
	shown                   []shown   // by set of facts
	text                    []byte    // of numbers
	numbers                 []written
	found                   []assessment.Caveat
	lead                    []leading // by engagement
	noted                   []uint64  // rules named already, of one authority
	aggravating, mitigating []string
	trades                  trades
}

// weighed is what the report shows of an item's evidence, once for all authorities.
type weighed struct {
	counted bool
	facts   []*assessment.Held
}

// shown is which facts of a set the factors name: those have a [assessment.Held] each, in
// the order of the facts, from first on.
type shown struct {
	named, made factSet
	first       int
}

// borrow takes scratch from the pool; giveBack must follow, when nothing points
// into it any more.
func (rs *Ruleset) borrow() *scratch {
	if s, ok := rs.pool.Get().(*scratch); ok {
		return s
	}
	return &scratch{seen: map[screenKey]int{}, codes: map[string][]string{}, bodies: map[string]uint64{}, wanted: map[factSet]string{}, reducing: newReducing()}
}

func (rs *Ruleset) giveBack(s *scratch) {
	s.reducing.reset()
	s.facts.reset()
	clear(s.items)
	clear(s.screenings)
	clear(s.seen)
	clear(s.weighed)
	clear(s.numbers)
	clear(s.found)
	s.text, s.numbers = s.text[:0], s.numbers[:0]
	clear(s.aggravating)
	clear(s.mitigating)
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
