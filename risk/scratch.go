package risk

import (
	"math/bits"
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/sanctions"
)

// scratch is the memory that one assessment needs and does not hand out. A rule
// set lends it from a pool, so that assessing a portfolio does not allocate it
// anew for every firm.
type scratch struct {
	facts      slab[Facts]
	ints       slab[int]
	statements slab[statement]
	accounts   slab[account]
	strands    slab[int32]
	weights    slab[strandWeight]
	readings   slab[reading]
	dealings   []engagement
	around     []contextClaim
	told       []dealing
	marks      []rootMark // by number of a root: see marksFor
	roots      []rootStanding
	near       []nearRow // of the account on its way
	sorts      []sortOfRoot
	groups     [][]int
	links      []link
	ends       []int // of the account on its way
	items      []item
	screenings []*screened
	parties    [][2]int
	sets       []uint64
	ledger     ledger
	points     scoreCache
	seen       map[screenKey]int // positions in screened, where those are many
	codes      map[string][]string
	bodies     map[string]uint64
	wanted     map[factSet]string        // in words
	asOfDays   map[sanctions.Date]string // of standings, in words
	unseen     unseen
	taken      map[string]int // ids of engagements
	years      years
	sums       []int64

	// Of the report.
	shown                   []shown  // by set of facts
	grounds                 []ground // what lines rest on
	latest                  []int32  // of them, by list
	text                    []byte   // of numbers
	numbers                 []written
	found                   []assessment.Caveat
	lead                    []leading // by engagement
	noted                   []uint64  // rules named already, of one authority
	aggravating, mitigating []string
	trades                  trades
}

// factSet is a set of facts of the catalogue.
type factSet [(numFacts + 63) / 64]uint64

// factsOf lists the facts that tests ask.
func factsOf(tests []test) []uint8 {
	out := make([]uint8, len(tests))
	for i := range tests {
		out[i] = uint8(tests[i].fact)
	}
	return out
}

func setOf(facts []uint8) (s factSet) {
	s.put(facts)
	return s
}

func (s *factSet) put(facts []uint8) {
	for _, n := range facts {
		s[n/64] |= 1 << (n % 64)
	}
}

func (s *factSet) add(o factSet) {
	for w := range s {
		s[w] |= o[w]
	}
}

// before counts the facts of the set before one.
func (s *factSet) before(fact uint8) (n int) {
	for w := range fact / 64 {
		n += bits.OnesCount64(s[w])
	}
	return n + bits.OnesCount64(s[fact/64]&(1<<(fact%64)-1))
}

func (s *factSet) count() (n int) {
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// borrow takes scratch from the pool; giveBack must follow, when nothing points
// into it any more.
func (rs *Ruleset) borrow() *scratch { return rs.pool.Get().(*scratch) }

func (rs *Ruleset) giveBack(s *scratch) {
	s.facts.reset()
	s.ints.reset()
	s.statements.reset()
	s.accounts.reset()
	s.strands.reset()
	s.weights.reset()
	s.readings.reset()
	clear(s.dealings)
	clear(s.around)
	clear(s.told)
	clear(s.groups)
	clear(s.items)
	clear(s.screenings)
	clear(s.seen)
	clear(s.grounds)
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

// amounts is room for n amounts, until it is asked for again.
func (s *scratch) amounts(n int) []int64 {
	s.sums = slices.Grow(s.sums[:0], n)[:n]
	return s.sums
}

// slab hands out slices of one stretch of memory, which is clear where it has not
// been handed out. When it is used up another takes its place; slices handed out
// before stay as they are.
type slab[T any] struct{ buf []T }

func (s *slab[T]) take(n int) []T {
	if cap(s.buf)-len(s.buf) < n {
		s.buf = make([]T, 0, max(2*cap(s.buf), n, 8))
	}
	from := len(s.buf)
	s.buf = s.buf[:from+n]
	return s.buf[from : from+n : from+n]
}

// grow makes room for n more, so that they come in one piece.
func (s *slab[T]) grow(n int) {
	if cap(s.buf)-len(s.buf) < n {
		s.buf = make([]T, 0, n)
	}
}

func (s *slab[T]) reset() {
	clear(s.buf)
	s.buf = s.buf[:0]
}
