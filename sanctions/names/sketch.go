package names

import "math/bits"

// Sketch tells of two spellings at a glance that they are far apart. It holds
// which of 26 classes of letters a spelling has and how long it is. The Sketch
// of the empty string, 0, is far from nothing.
type Sketch uint32

const (
	sketchLetters = 26
	sketchLongest = 1<<(32-sketchLetters) - 1 // and longer
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
	return Sketch(min(runes, sketchLongest)<<sketchLetters | letters)
}

// runes is the length, exact below sketchLongest.
func (s Sketch) runes() int { return int(s >> sketchLetters) }

// Far reports that two spellings are more than [Reach] apart. An edit takes away
// or adds at most one class of letters each, and one letter of length.
func (s Sketch) Far(o Sketch) bool {
	if s == 0 || o == 0 {
		return false
	}
	short, long := min(s.runes(), o.runes()), max(s.runes(), o.runes())
	reach := Reach(short, long)
	return long-short > reach ||
		bits.OnesCount32(uint32(s&^o)<<(32-sketchLetters)) > reach || bits.OnesCount32(uint32(o&^s)<<(32-sketchLetters)) > reach
}
