package match

import (
	"math/bits"
	"sync"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// Two words within reach of each other share a spelling from which letters were left out,
// but most words that share one are further apart: stable and ablest both leave able. Which
// letters are left out tells most of those apart without a look at the words: where one
// word lacks its first letters and the other its last ones, what is left has moved, and
// stands for edits of its own. So a trace of what was left out stands beside every spelling.

// trace tells which letters of the prefix of a word were left out, and how long the word is:
// at most prefix, by one more, by two, or by more.
type trace uint8

const (
	leftBits    = 5 // for none, one or two letters of seven
	traceBits   = leftBits + 2
	longestTold = prefix + 3 // letters, or more
)

// The ways to leave out letters are numbered: none, the i-th, and the i-th and the j-th.
const (
	leftNone = 0
	leftWays = 1 + prefix + prefix*(prefix-1)/2
)

func leftOne(i int) uint8    { return uint8(1 + i) }
func leftTwo(i, j int) uint8 { return uint8(prefix + i*(2*prefix-1-i)/2 + j - i) }

func traceOf(left uint8, letters int) trace {
	return trace(left) | trace(min(max(letters, prefix), longestTold)-prefix)<<leftBits
}

// traces is a set of traces.
type traces [1 << traceBits / 64]uint64

func (s *traces) put(t trace) { s[t/64] |= 1 << (t % 64) }

func (s *traces) has(t trace) bool { return s[t/64]>>(t%64)&1 != 0 }

// compatibles are, for a word of so many letters and what is left out of it, the traces of
// all words within reach of it that leave the same letters and do so on account of edits
// that turn one into the other. Every two words within reach have a pair of traces here: they
// are made by making all edits of words of all lengths. What letters the words have does
// not matter, since the same letters at least are left. What is near words of longestTold+2
// letters or more is told as the longest.
type compatibles [longestTold + 3][leftWays]traces

func (c *compatibles) with(s *spelling) *traces {
	return &c[min(int(s.letters), len(c)-1)][s.left]
}

var compatible = sync.OnceValue(func() *compatibles {
	var all compatibles
	for letters := 1; letters < len(all); letters++ {
		var once, twice edited
		for i := range letters {
			once.letters[i] = int8(i)
		}
		once.n = letters
		record := func(e *edited, edits int) {
			if e.n == 0 || edits > names.Reach(letters, e.n) {
				return
			}
			if left, other, ok := e.leave(letters); ok {
				all[letters][left].put(traceOf(other, e.n))
			}
		}
		record(&once, 0)
		for edit := range once.edits() {
			twice = once.edit(edit)
			record(&twice, 1)
			for next := range twice.edits() {
				e := twice.edit(next)
				record(&e, 2)
			}
		}
	}
	return &all
})

// edited is a word as edits make it: where its letters come from, -1 for a new one.
type edited struct {
	letters [longestTold + 4]int8
	n       int
}

// edits is how many edits edit knows: to put in a letter, to leave one out, to change one,
// and to swap one with the next.
func (e *edited) edits() int { return 4*e.n + 1 }

func (e *edited) edit(edit int) edited {
	const fresh = -1
	o, at := *e, edit/4
	switch {
	case edit%4 == 0:
		copy(o.letters[at+1:], e.letters[at:e.n])
		o.letters[at] = fresh
		o.n++
	case edit%4 == 1:
		copy(o.letters[at:], e.letters[at+1:e.n])
		o.n--
	case edit%4 == 2:
		o.letters[at] = fresh
	case at+1 < e.n:
		o.letters[at], o.letters[at+1] = e.letters[at+1], e.letters[at]
	}
	return o
}

// leave tells which letters are left out of the prefix of a word of so many letters, and of
// the prefix of what was made of it, so that the same are left. It reports false where those
// are more than two, as they are of no two words within reach.
func (e *edited) leave(letters int) (left, other uint8, ok bool) {
	mine, its := 1<<min(letters, prefix)-1, 1<<min(e.n, prefix)-1 // bits of what is left out
	last := int8(-1)
	for at, from := range e.letters[:min(e.n, prefix)] {
		if from > last && from < prefix {
			mine, its = mine&^(1<<from), its&^(1<<at)
			last = from
		}
	}
	if bits.OnesCount(uint(mine)) > 2 || bits.OnesCount(uint(its)) > 2 {
		return 0, 0, false
	}
	return leftOf(mine), leftOf(its), true
}

// leftOf numbers a set of at most two letters.
func leftOf(set int) uint8 {
	i := bits.TrailingZeros(uint(set))
	rest := set & (set - 1)
	switch {
	case set == 0:
		return leftNone
	case rest == 0:
		return leftOne(i)
	}
	return leftTwo(i, bits.TrailingZeros(uint(rest)))
}
