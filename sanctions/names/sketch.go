package names

import "math/bits"

// Sketch tells of two spellings at a glance that they are far apart. It holds
// which of 26 classes of letters a spelling has and how long it is. The Sketch
// of the empty string, 0, is far from nothing.
type Sketch uint32

const (
	sketchLetters = 26
	// LongestSketched is the length from which on a sketch does not tell by how much a
	// spelling is longer.
	LongestSketched = 1<<(32-sketchLetters) - 1
)

// SketchOf sketches a spelling.
func SketchOf(s string) Sketch {
	var letters, runes uint32
	for _, r := range s {
		runes++
		if r -= 'a'; uint32(r) < sketchLetters {
			letters |= 1 << r
		} else {
			letters |= 1 << (uint32(r) % sketchLetters)
		}
	}
	return Sketch(min(runes, LongestSketched)<<sketchLetters | letters)
}

// Runes is the length, exact below [LongestSketched].
func (s Sketch) Runes() int { return int(s >> sketchLetters) }

// Far reports that two spellings are more than [Reach] apart. An edit takes away
// or adds at most one class of letters each, and one letter of length.
func (s Sketch) Far(o Sketch) bool {
	if s == 0 || o == 0 {
		return false
	}
	short, long := min(s.Runes(), o.Runes()), max(s.Runes(), o.Runes())
	reach := Reach(short, long)
	return long-short > reach ||
		bits.OnesCount32(uint32(s&^o)<<(32-sketchLetters)) > reach || bits.OnesCount32(uint32(o&^s)<<(32-sketchLetters)) > reach
}

// Reach is the number of edits by which two words of so many letters may differ
// and still resemble each other: one up to four letters, two from five on. Of two
// words the shorter decides, but four letters may be a misspelt word of five, and a
// word of three or four may lack two letters. Words of two letters resemble only scraps
// such as particles, see [Relate].
func Reach(a, b int) int {
	switch short, long := min(a, b), max(a, b); {
	case short < 2 || short == 2 && long > 3:
		return 0
	case short > 2 && long == short+2:
		return 2
	case short < 4 || short == 4 && long != 5:
		return 1
	}
	return 2
}
