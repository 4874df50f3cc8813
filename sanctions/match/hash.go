package match

import (
	"iter"
	"math"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// The hash takes one letter after the other and ends by mixing, since buckets
// are told by the top bits. Spellings, terms and whole names start apart.
const (
	seedSpelling = 0x9e3779b97f4a7c15
	seedTerm     = 0xc2b2ae3d27d4eb4f
	seedSkeleton = 0x27d4eb2f165667c5
	seedWhole    = 0x165667b19e3779f9
	seedAcronym  = 0x52dce729b5297a4d
	seedCode     = 0x85ebca77c2b2ae63
	seedStem     = 0x2545f4914f6cdd1d
	seedKey      = 0x369dea0f31a53f85
)

func mix(h uint64, letter rune) uint64 { return (h ^ uint64(letter)) * 0x100000001b3 }

func finish(h uint64) uint64 {
	h ^= h >> 32
	return h * 0xd6e8feb86659fd93
}

func hashTerm(term string) uint64 {
	h := uint64(seedTerm)
	for _, r := range term {
		h = mix(h, r)
	}
	return finish(h)
}

// hashKey is the hash under which the entries of a key are found, and no others.
func hashKey(key string) uint64 {
	h := uint64(seedKey)
	for i := range len(key) {
		h = mix(h, rune(key[i]))
	}
	return finish(h)
}

func hashSkeleton[S string | []byte](skeleton S) uint64 {
	h := uint64(seedSkeleton)
	for i := range len(skeleton) {
		h = mix(h, rune(skeleton[i]))
	}
	return finish(h)
}

func hashStem(stem string) uint64 {
	h := uint64(seedStem)
	for _, r := range stem {
		h = mix(h, r)
	}
	return finish(h)
}

func hashAcronym[S string | []byte](initials S) uint64 {
	h := uint64(seedAcronym)
	for i := range len(initials) {
		h = mix(h, rune(initials[i]))
	}
	return finish(h)
}

// prefix is how many letters of a spelling are hashed. Words within two edits of
// each other have prefixes from which the same letters remain after leaving out
// two from each.
const prefix = 7

// The hash of a spelling is the sum of its letters, each times the power of a base that
// belongs to its place. To leave a letter out moves those behind it by one place, which
// takes no more than the sums of what stands before and behind.
const base = 0xd1342543de82ef95

// powers are those of the base from 0 on, after two that are never used.
var powers = [prefix + 2]uint64{0, 0, 1, base, pow2, pow2 * base & mask, pow2 * pow2 & mask, pow2 * pow2 & mask * base & mask, pow2 * pow2 & mask * pow2 & mask}

const (
	mask = 1<<64 - 1
	pow2 = base * base & mask
)

// hashSpelling is the hash of a spelling with no letter left out.
func hashSpelling(s string) uint64 {
	h, n := uint64(seedSpelling), 2
	for _, r := range s {
		if n == prefix+2 {
			break
		}
		h += uint64(r) * powers[n]
		n++
	}
	return finish(h)
}

// spelling is the hash of a word from which letters were left out.
type spelling struct {
	hash    uint64
	left    uint8 // which letters were left out
	letters uint8 // of the word, or more
}

func (s *spelling) trace() trace { return traceOf(s.left, int(s.letters)) }

// appendSpellings appends a word with some of its letters left out. Two words within
// names.Reach of each other share at least one spelling, with compatible traces.
// Source: W. Garbe's symmetric delete algorithm (SymSpell, 2012).
func appendSpellings(dst []spelling, s string) []spelling {
	// Of the letters before the i-th, and moved by one place and by two.
	var sum, moved, twice [prefix + 1]uint64
	n, all := 0, 0
	for _, r := range s {
		if n < prefix {
			sum[n+1] = sum[n] + uint64(r)*powers[n+2]
			moved[n+1] = moved[n] + uint64(r)*powers[n+1]
			twice[n+1] = twice[n] + uint64(r)*powers[n]
			n++
		}
		all++
	}
	letters := uint8(min(all, math.MaxUint8))
	dst = append(dst, spelling{finish(seedSpelling + sum[n]), leftNone, letters})
	reach := names.Reach(all, all) // what a longer word adds is left out of the longer one
	if reach == 0 {
		return dst
	}
	for i := range n {
		dst = append(dst, spelling{finish(seedSpelling + sum[i] + moved[n] - moved[i+1]), leftOne(i), letters})
	}
	if reach == 1 {
		return dst
	}
	for i := range n {
		for j := i + 1; j < n; j++ {
			dst = append(dst, spelling{finish(seedSpelling + sum[i] + moved[j] - moved[i+1] + twice[n] - twice[j+1]), leftTwo(i, j), letters})
		}
	}
	return dst
}

// splitWords ranges over the words of a phrase.
func splitWords(phrase string) iter.Seq[string] { return strings.SplitSeq(phrase, " ") }

// hashWhole hashes the letters of a name without regard to its words, with or
// without its legal forms.
func hashWhole(words []names.Weighed, forms bool) uint64 {
	words = words[:min(len(words), similarity.MaxWords)]
	h, plain := uint64(seedWhole), similarity.Plain(words)
	for i := range words {
		if words[i].Class == names.LegalForm && !forms {
			continue
		}
		text := words[i].Key
		if plain {
			text = words[i].Text
		}
		for _, r := range text {
			if r != ' ' {
				h = mix(h, r)
			}
		}
	}
	return finish(h)
}

// appendWholes appends the hashes under which a name is found as a whole.
func appendWholes(dst []uint64, words []names.Weighed) []uint64 {
	words = words[:min(len(words), similarity.MaxWords)]
	plain := hashWhole(words, false)
	dst = append(dst, plain)
	if formed := hashWhole(words, true); formed != plain {
		dst = append(dst, formed)
	}
	var initials [16]byte
	for acronym := range names.Acronyms(initials[:0], words) {
		dst = append(dst, hashAcronym(acronym))
	}
	return dst
}
