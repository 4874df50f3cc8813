package similarity

import (
	"math/bits"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// Packed is a spelling of at most twelve letters a to z in one number, five bits a
// letter, the first lowest. It is 0 for any other spelling. Two of them are compared
// without looking at their letters in memory, which a [Sketch] only does roughly.
type Packed uint64

const (
	packedLetter  = 5 // bits
	packedLongest = 12
)

// PackedOf packs a spelling.
func PackedOf(s string) Packed {
	if len(s) > packedLongest {
		return 0
	}
	var p Packed
	for i := range len(s) {
		c := s[i] - 'a'
		if c >= 26 {
			return 0
		}
		p |= Packed(c+1) << (packedLetter * i)
	}
	return p
}

func (p Packed) letters() int {
	return (bits.Len64(uint64(p)) + packedLetter - 1) / packedLetter
}

// Far reports that two spellings are more than [Reach] apart. Where either is 0
// nothing is known, and it reports false.
func (p Packed) Far(q Packed) bool {
	if p == 0 || q == 0 || p == q {
		return false
	}
	switch names.Reach(p.letters(), q.letters()) {
	case 0:
		return true
	case 1:
		a, b := trimPacked(p, q)
		return !oneEditPacked(a, b)
	}
	return !twoEditsPacked(p, q)
}

// trimPacked drops the common prefix and suffix, as trimASCII does.
func trimPacked(p, q Packed) (Packed, Packed) {
	if p == q {
		return 0, 0
	}
	prefix := bits.TrailingZeros64(uint64(p^q)) / packedLetter * packedLetter
	p, q = p>>prefix, q>>prefix
	m, n := packedLetter*p.letters(), packedLetter*q.letters()
	suffix := bits.LeadingZeros64(uint64(p)<<(64-m)^uint64(q)<<(64-n)) / packedLetter * packedLetter
	suffix = min(suffix, m, n)
	return p & (1<<(m-suffix) - 1), q & (1<<(n-suffix) - 1)
}

const packedFirst = 1<<packedLetter - 1

// oneEditPacked is oneEdit.
func oneEditPacked(p, q Packed) bool {
	const one, two = packedLetter, 2 * packedLetter
	switch {
	case p>>one == 0 && q>>one == 0: // at most a letter each
		return true
	case p>>two == 0 && q>>two == 0 && p>>one != 0 && q>>one != 0: // two letters each
		return p>>one == q&packedFirst && q>>one == p&packedFirst
	}
	return false
}

// twoEditsPacked reports whether two edits at most turn one into the other. It is
// editsFew.
func twoEditsPacked(p, q Packed) bool {
	p, q = trimPacked(p, q)
	if oneEditPacked(p, q) {
		return true
	}
	if p == 0 || q == 0 {
		return (p|q)>>(2*packedLetter) == 0
	}
	if swappedApart(p, q) || swappedApart(q, p) {
		return true
	}
	// The first letters differ: one of them is an edit, and the rest is one edit away,
	// which lengths that differ by more rule out.
	const one, two = packedLetter, 2 * packedLetter
	near := func(p, q Packed) bool { return oneEditPacked(trimPacked(p, q)) }
	longer := p.letters() - q.letters()
	switch {
	case longer < -2 || longer > 2:
		return false
	case longer >= 0 && near(p>>one, q), longer <= 0 && near(p, q>>one):
		return true
	}
	return -1 <= longer && longer <= 1 && (near(p>>one, q>>one) ||
		p&packedFirst == q>>one&packedFirst && q&packedFirst == p>>one&packedFirst && near(p>>two, q>>two))
}

// swappedApart reports whether three letters are two that are swapped, with a letter
// between.
func swappedApart(three, two Packed) bool {
	const one = packedLetter
	return three>>(2*one) != 0 && three>>(3*one) == 0 && two>>one != 0 && two>>(2*one) == 0 &&
		three&packedFirst == two>>one && three>>(2*one) == two&packedFirst
}
