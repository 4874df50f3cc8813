package names

import "iter"

// A letter of some scripts stands for several sounds of another: Hebrew פ is p or f, and
// Japanese has one sound for l and r. So a word in them has several skeletons, any of which
// may be that of the word in Latin letters, which has one.

// mayBe gives the letters for which a letter of a skeleton may stand besides in a script;
// a - is none, within a word.
var mayBe = map[Script]map[byte]string{
	Arabic:     {'h': "-"}, // Rajhi, Subhi: taken for an aspirate
	Hebrew:     {'b': "-", 'f': "b", 'x': "s"},
	Kana:       {'b': "-", 'r': "l", 'x': "s", 'j': "z"},
	Hangul:     {'b': "f", 'r': "l", 's': "x"},
	Devanagari: {'f': "b", 'j': "z"},
}

// mostSkeletons bounds the skeletons of a word.
const mostSkeletons = 16

// Skeletons ranges over the skeletons of a token that are found under one another's, each
// in a buffer of its own that does not outlive the step. A word of fewer than two
// consonants that is Latin, or can be read so, has its vowels too: Huawei, Toyota.
func Skeletons(t *Token) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		var array [64]byte
		base := AppendSkeleton(array[:0], t)
		if len(base) < shortestSkeleton-1 {
			if base = appendVoiced(base[:0], t); len(base) > fewestSounds {
				yield(base)
			}
			return
		}
		if !yield(base) {
			return
		}
		others := mayBe[t.Script]
		if others == nil {
			return
		}
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
			if len(skeleton) >= shortestSkeleton-1 && !yield(skeleton) {
				return
			}
		}
	}
}

// appendVoiced appends a word as it is spoken, with the consonants that its skeleton has
// and the vowels between them, or nothing where its script does not tell them.
func appendVoiced(dst []byte, t *Token) []byte {
	var array [64]byte
	reading := t.Key
	switch t.Script {
	case Latin:
	case Han, Kana, Hangul:
		reading = string(appendReading(array[:0], t))
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

// meet reports whether two words of different scripts have a skeleton in common, and
// whether it is of so few consonants that it says little.
func meet(x, y *Token) (same, short bool) {
	if x.Script == Latin {
		x, y = y, x
	}
	var a, b [64]byte
	theirs := a[:0]
	for skeleton := range Skeletons(y) { // of a Latin word, the only one
		theirs = append(theirs, skeleton...)
		break
	}
	for skeleton := range Skeletons(x) {
		if string(skeleton) == string(theirs) {
			return true, len(AppendSkeleton(b[:0], y)) < shortestSkeleton
		}
		if y.Script != Latin {
			break
		}
	}
	return false, false
}
