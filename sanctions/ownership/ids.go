package ownership

import (
	"bytes"
	"hash/maphash"
	"sort"
)

// idTable numbers ids in the order in which they are met and keeps their bytes in
// one piece: 8 bytes an id beside its text, and 12 to 24 for finding it.
type idTable struct {
	text []byte
	ends []uint64 // where the text of each id ends
	seed maphash.Seed
	slot []uint64 // open addressing: half of the hash, and number + 1; 0 is free
	// sorted is the numbers ordered by id, in a graph file instead of slot.
	sorted []uint32
}

func newIDTable() *idTable {
	return &idTable{seed: maphash.MakeSeed(), slot: make([]uint64, 1024)}
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

const hashHalf = 0xffffffff_00000000

// find returns the number of an id, or the free slot where it would stand.
func (t *idTable) find(id string) (n uint32, free uint64, ok bool) {
	if t.slot == nil {
		key := []byte(id)
		i, ok := sort.Find(len(t.sorted), func(i int) int { return bytes.Compare(key, t.bytes(t.sorted[i])) })
		if !ok {
			return 0, 0, false
		}
		return t.sorted[i], 0, true
	}
	return t.findHash(id, maphash.String(t.seed, id))
}

func (t *idTable) findHash(id string, hash uint64) (n uint32, free uint64, ok bool) {
	mask := uint64(len(t.slot) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		s := t.slot[i]
		if s == 0 {
			return 0, i, false
		}
		if n = uint32(s) - 1; s&hashHalf == hash&hashHalf && string(t.bytes(n)) == id {
			return n, i, true
		}
	}
}

// intern returns the number of an id, giving it one if it has none.
func (t *idTable) intern(id string) uint32 {
	hash := maphash.String(t.seed, id)
	n, free, ok := t.findHash(id, hash)
	if ok {
		return n
	}
	n = uint32(len(t.ends))
	t.text = append(t.text, id...)
	t.ends = append(t.ends, uint64(len(t.text)))
	t.slot[free] = hash&hashHalf | uint64(n+1)
	if len(t.ends)*3 > len(t.slot)*2 {
		t.grow()
	}
	return n
}

func (t *idTable) grow() {
	t.slot = make([]uint64, 2*len(t.slot))
	mask := uint64(len(t.slot) - 1)
	for n := range t.ends {
		hash := maphash.Bytes(t.seed, t.bytes(uint32(n)))
		i := hash & mask
		for t.slot[i] != 0 {
			i = (i + 1) & mask
		}
		t.slot[i] = hash&hashHalf | uint64(n+1)
	}
}

// compare orders two numbers by their ids.
func (t *idTable) compare(a, b uint32) int { return bytes.Compare(t.bytes(a), t.bytes(b)) }
