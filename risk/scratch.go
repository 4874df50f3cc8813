package risk

// scratch is the memory that one assessment needs and does not hand out. A rule
// set lends it from a pool, so that assessing a portfolio does not allocate it
// anew for every firm.
type scratch struct {
	facts      slab[Facts]
	ints       slab[int]
	statements slab[statement]
	accounts   slab[account]
	held       [][numFacts]*Held // its length is its capacity: cleared as a whole

	dealings []engagement
	around   []contextClaim
	groups   [][]int
	items    []item
	parties  [][2]int
	sets     []uint64
	ledger   ledger
	trades   [31][5]trade // by kind and direction, from 1; 0 is unknown
}

// borrow takes scratch from the pool; giveBack must follow, when nothing points
// into it any more.
func (rs *Ruleset) borrow() *scratch { return rs.pool.Get().(*scratch) }

func (rs *Ruleset) giveBack(s *scratch) {
	s.facts.reset()
	s.ints.reset()
	s.statements.reset()
	s.accounts.reset()
	clear(s.held)
	clear(s.dealings)
	clear(s.around)
	clear(s.groups)
	clear(s.items)
	rs.pool.Put(s)
}

// slab hands out slices of one stretch of memory, cleared. When it is used up
// another takes its place; slices handed out before stay as they are.
type slab[T any] struct{ buf []T }

func (s *slab[T]) take(n int) []T {
	if cap(s.buf)-len(s.buf) < n {
		s.buf = make([]T, 0, max(2*cap(s.buf), n, 8))
	}
	from := len(s.buf)
	s.buf = s.buf[:from+n]
	out := s.buf[from : from+n : from+n]
	clear(out)
	return out
}

func (s *slab[T]) reset() {
	clear(s.buf)
	s.buf = s.buf[:0]
}
