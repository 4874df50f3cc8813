package ownership

import (
	"bytes"
	"hash/maphash"
)

// idTable numbers ids in the order in which they are met and keeps their bytes in
// one piece: 8 bytes an id beside its text, and 4 to 8 for finding it.
type idTable struct {
	text []byte
	ends []uint64 // where the text of each id ends
	seed maphash.Seed
	slot []uint32 // open addressing: number + 1, 0 is free
}

func newIDTable() *idTable {
	return &idTable{seed: maphash.MakeSeed(), slot: make([]uint32, 1024)}
}

func (t *idTable) len() int { return len(t.ends) }

func (t *idTable) bytes(n uint32) []byte {
	start := uint64(0)
	if n > 0 {
		start = t.ends[n-1]
	}
	return t.text[start:t.ends[n]]
}

func (t *idTable) id(n uint32) string { return string(t.bytes(n)) }

// find returns the number of an id, or the free slot where it would stand.
func (t *idTable) find(id string) (n uint32, free uint64, ok bool) {
	mask := uint64(len(t.slot) - 1)
	for i := maphash.String(t.seed, id) & mask; ; i = (i + 1) & mask {
		s := t.slot[i]
		if s == 0 {
			return 0, i, false
		}
		if string(t.bytes(s-1)) == id {
			return s - 1, i, true
		}
	}
}

// intern returns the number of an id, giving it one if it has none.
func (t *idTable) intern(id string) uint32 {
	n, free, ok := t.find(id)
	if ok {
		return n
	}
	n = uint32(len(t.ends))
	t.text = append(t.text, id...)
	t.ends = append(t.ends, uint64(len(t.text)))
	t.slot[free] = n + 1
	if len(t.ends)*4 > len(t.slot)*3 {
		t.grow()
	}
	return n
}

func (t *idTable) grow() {
	t.slot = make([]uint32, 2*len(t.slot))
	mask := uint64(len(t.slot) - 1)
	for n := range t.ends {
		i := maphash.Bytes(t.seed, t.bytes(uint32(n))) & mask
		for t.slot[i] != 0 {
			i = (i + 1) & mask
		}
		t.slot[i] = uint32(n) + 1
	}
}

// compare orders two numbers by their ids.
func (t *idTable) compare(a, b uint32) int { return bytes.Compare(t.bytes(a), t.bytes(b)) }
