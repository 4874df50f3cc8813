package names

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// A letter of some scripts stands for several sounds of another: Hebrew פ is p or f, and
// Japanese has one sound for l and r. So a word in them has several skeletons, any of which
// may be that of the word in Latin letters, which has one, or two if it begins with al.

// mayBe gives the letters for which a letter of a skeleton may stand besides in a script;
// a - is none, within a word.
var mayBe = map[Script]map[byte]string{
	Arabic:     {'h': "-"}, // Rajhi, Subhi: taken for an aspirate
	Hebrew:     {'b': "-", 'f': "b", 'x': "s"},
	Kana:       {'b': "-", 'r': "l", 'x': "s", 'j': "z"},
	Hangul:     {'b': "f", 'r': "l", 's': "x"},
	Devanagari: {'f': "b", 'j': "z"},
}

// ShortestSkeleton is the least number of consonants that count as evidence whatever
// the vowels; words of one fewer must be read or spelt alike.
const ShortestSkeleton = 3

// FewestSounds is how many letters, or letters of a reading, carry a word.
const FewestSounds = 3

// mostSkeletons bounds the skeletons of a word.
const mostSkeletons = 16

// Sounded reports whether a token may be compared by its sound.
func (t *Token) Sounded() bool { return t.Class == Word || t.Class == Qualifier }

// Skeletons ranges over the skeletons of a token that are found under one another's, each
// in a buffer of its own that does not outlive the step. A word of fewer than two
// consonants that is Latin, or can be read so, has its vowels too: Huawei, Toyota. A Latin
// word that begins as the Arabic article has one without it: Almarai.
func Skeletons(t *Token) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		var array [64]byte
		base := AppendSkeleton(array[:0], t)
		if len(base) < ShortestSkeleton-1 {
			if base = appendVoiced(base[:0], t); len(base) > FewestSounds {
				yield(base)
			}
			return
		}
		if !yield(base) {
			return
		}
		if name := Unarticled(t); name != "" {
			if base = appendLatinSkeleton(base[:0], name); len(base) >= ShortestSkeleton-1 {
				yield(base)
			}
			return
		}
		if others := mayBe[t.Script]; others != nil {
			rangeOthers(base, others, yield)
		}
	}
}

// rangeOthers ranges over the skeletons in which some of the letters are others.
func rangeOthers(base []byte, others map[byte]string, yield func([]byte) bool) {
	var places [8]int // where letters may be others
	n := 0
	for i, c := range base {
		if n < len(places) && others[c] != "" && (i > 0 || others[c] != "-") {
			places[n] = i
			n++
		}
	}
	var other [64]byte
	for choice := 1; choice < min(1<<n, mostSkeletons); choice++ {
		skeleton, at := other[:0], 0
		for i, c := range base {
			if at < n && places[at] == i {
				if choice>>at&1 != 0 {
					c = others[c][0]
				}
				at++
			}
			if m := len(skeleton); c != '-' && (m == 0 || skeleton[m-1] != c) {
				skeleton = append(skeleton, c)
			}
		}
		if len(skeleton) >= ShortestSkeleton-1 && !yield(skeleton) {
			return
		}
	}
}

// Unarticled gives the key of a Latin word without the Arabic article that it begins with, or "".
func Unarticled(t *Token) string {
	const shortest = 6
	if t.Script != Latin || len(t.Key) < shortest || t.Key[:2] != "al" && t.Key[:2] != "el" {
		return ""
	}
	return t.Key[2:]
}

// appendVoiced appends a word as it is spoken, with the consonants that its skeleton has
// and the vowels between them, or nothing where its script does not tell them.
func appendVoiced(dst []byte, t *Token) []byte {
	var array [64]byte
	reading := t.Key
	switch t.Script {
	case Latin:
	case Han, Kana, Hangul:
		reading = string(AppendReading(array[:0], t))
	case Devanagari:
		return appendDevanagari(dst, t.Key)
	default:
		return dst
	}
	for i := range len(reading) {
		switch c := reading[i]; c {
		case 'p':
			dst = append(dst, 'b')
		case 'd':
			dst = append(dst, 't')
		case 'g', 'q':
			dst = append(dst, 'k')
		case ' ':
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// appendDevanagari appends the consonants of a word with its vowels, and the a that is
// spoken after a consonant without any, unless it ends the word.
func appendDevanagari(dst []byte, key string) []byte {
	const vowels, spoken = "अआइईउऊएऐऑओऔािीुूेैॉोौ", "aaiiuueeoooaiiuueeooo"
	bare := false // a consonant stands last, with no vowel yet
	consonants := abjads()[Devanagari]
	for _, r := range key {
		c, consonant := consonants[r]
		vowel := strings.IndexRune(vowels, r)
		switch {
		case consonant:
			if bare {
				dst = append(dst, 'a')
			}
			dst, bare = append(dst, c), true
		case vowel >= 0:
			dst, bare = append(dst, spoken[vowel/utf8.RuneLen(r)]), false
		case r == '्': // no vowel
			bare = false
		}
	}
	return dst
}

// Meet reports whether two words of different scripts have a skeleton in common, and
// whether it is of so few consonants that it says little.
func Meet(x, y *Token) (same, short bool) {
	if x.Script == Latin {
		x, y = y, x
	}
	for theirs := range Skeletons(y) {
		for skeleton := range Skeletons(x) {
			if string(skeleton) == string(theirs) {
				var array [64]byte
				return true, len(AppendSkeleton(array[:0], y)) < ShortestSkeleton
			}
			if y.Script != Latin { // of two words that are not Latin only the first are looked at
				return false, false
			}
		}
	}
	return false, false
}
