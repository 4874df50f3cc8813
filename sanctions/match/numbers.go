package match

import (
	"hash/maphash"
	"unsafe"
)

// numbers finds by their hashes things that are numbered from 0 on, in the order in which
// they come. It holds no pointers, and looks at a thing only where its hash says that it
// is the same.
type numbers struct {
	slots []uint64 // a hash, and below it a number plus one
	n     uint32
}

func newNumbers(size int) numbers {
	n := 1 << 8
	for n < 2*size {
		n *= 2
	}
	return numbers{slots: make([]uint64, n)}
}

// find gives the number of a thing, or noEntry and the slot for it.
func (s *numbers) find(hash uint32, is func(number uint32) bool) (number uint32, slot int) {
	mask := len(s.slots) - 1
	for slot = int(hash) & mask; s.slots[slot] != 0; slot = (slot + 1) & mask {
		if v := s.slots[slot]; uint32(v>>32) == hash && is(uint32(v)-1) {
			return uint32(v) - 1, slot
		}
	}
	return noEntry, slot
}

// guess gives a number that a thing with that hash may have, or noEntry, with no look at
// the thing.
func (s *numbers) guess(hash uint32) uint32 {
	if v := s.slots[int(hash)&(len(s.slots)-1)]; v != 0 && uint32(v>>32) == hash {
		return uint32(v) - 1
	}
	return noEntry
}

// put numbers a thing which is to have that slot.
func (s *numbers) put(slot int, hash uint32) (number uint32) {
	number = s.n
	s.slots[slot] = uint64(hash)<<32 | uint64(number+1)
	if s.n++; 2*int(s.n) > len(s.slots) {
		s.grow()
	}
	return number
}

func (s *numbers) grow() {
	slots := make([]uint64, 2*len(s.slots))
	mask := len(slots) - 1
	for _, v := range s.slots {
		if v == 0 {
			continue
		}
		slot := int(v>>32) & mask
		for slots[slot] != 0 {
			slot = (slot + 1) & mask
		}
		slots[slot] = v
	}
	s.slots = slots
}

// stringSet numbers strings.
type stringSet struct {
	numbers
	seed    maphash.Seed
	ends    []uint32 // of a string, its end among the letters; it begins where the one before ends
	letters []byte
}

func newStringSet(size int) stringSet {
	return stringSet{numbers: newNumbers(size), seed: maphash.MakeSeed()}
}

func (s *stringSet) hash(text string) uint32 { return uint32(maphash.String(s.seed, text) >> 32) }

func (s *stringSet) begin(id uint32) uint32 {
	if id == 0 {
		return 0
	}
	return s.ends[id-1]
}

// at is the string at a place among the letters.
func (s *stringSet) at(begin uint32, size uint16) string {
	return unsafe.String(unsafe.SliceData(s.letters[begin:]), int(size))
}

// find gives the number of a string, or noEntry and the slot for it.
func (s *stringSet) find(text string, hash uint32) (id uint32, slot int) {
	return s.numbers.find(hash, func(id uint32) bool { return string(s.letters[s.begin(id):s.ends[id]]) == text })
}

func (s *stringSet) put(text string, hash uint32) uint32 {
	id, slot := s.find(text, hash)
	if id != noEntry {
		return id
	}
	s.letters = append(s.letters, text...)
	s.ends = append(s.ends, uint32(len(s.letters)))
	return s.numbers.put(slot, hash)
}
