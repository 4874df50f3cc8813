package ownership

import (
	"bytes"
	"hash/maphash"
	"math/bits"
	"slices"
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
	seen   uint64 // what fetch has read, so that it is not optimised away
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

// hash is the half of an id's hash that a slot keeps.
func (t *idTable) hash(id string) uint64 { return maphash.String(t.seed, id) & hashHalf }

// home is where an id with a hash stands unless others stand there already: the
// slots are in the order of the hashes, so that growing walks through memory.
func (t *idTable) home(hash uint64) uint64 { return hash >> (64 - bits.Len64(uint64(len(t.slot)-1))) }

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
	return t.findHash(id, t.hash(id))
}

func (t *idTable) findHash(id string, hash uint64) (n uint32, free uint64, ok bool) {
	mask := uint64(len(t.slot) - 1)
	for i := t.home(hash); ; i = (i + 1) & mask {
		s := t.slot[i]
		if s == 0 {
			return 0, i, false
		}
		if n = uint32(s) - 1; s&hashHalf == hash && string(t.bytes(n)) == id {
			return n, i, true
		}
	}
}

// intern returns the number of an id, giving it one if it has none.
func (t *idTable) intern(id string) uint32 {
	hash := t.hash(id)
	n, free, ok := t.findHash(id, hash)
	if ok {
		return n
	}
	n = uint32(len(t.ends))
	if len(t.text)+len(id) > cap(t.text) {
		t.text = slices.Grow(t.text, len(t.text)+len(id))
	}
	t.text = append(t.text, id...)
	t.ends = append(doubled(t.ends), uint64(len(t.text)))
	t.slot[free] = hash | uint64(n+1)
	if len(t.ends)*3 > len(t.slot)*2 {
		t.grow()
	}
	return n
}

func (t *idTable) grow() {
	old := t.slot
	t.slot = make([]uint64, 2*len(old))
	mask := uint64(len(t.slot) - 1)
	for _, s := range old {
		if s == 0 {
			continue
		}
		i := t.home(s & hashHalf)
		for t.slot[i] != 0 {
			i = (i + 1) & mask
		}
		t.slot[i] = s
	}
}

// fetch looks at the memory that finding ids will need, each kind for all ids
// before the next, so that the waits for it overlap: finding an id in a large
// table is little else than waiting.
func (t *idTable) fetch(ids []string) {
	ids = ids[:min(len(ids), fetchMost)]
	var hash, at [fetchMost]uint64 // at is home, then number + 1, then start of the text
	for i, id := range ids {
		hash[i] = t.hash(id)
		at[i] = t.home(hash[i])
	}
	var seen uint64
	for i := range ids {
		seen += t.slot[at[i]]
	}
	mask := uint64(len(t.slot) - 1)
	for i := range ids {
		s := t.slot[at[i]]
		for k := at[i]; s != 0 && s&hashHalf != hash[i]; s = t.slot[k] {
			k = (k + 1) & mask
		}
		at[i] = uint64(uint32(s))
	}
	for i := range ids {
		if at[i] > 1 {
			at[i] = t.ends[at[i]-2]
		}
	}
	for i := range ids {
		if at[i] < uint64(len(t.text)) {
			seen += uint64(t.text[at[i]])
		}
	}
	t.seen = seen
}

const fetchMost = 256 // ids of one fetch

// compare orders two numbers by their ids.
func (t *idTable) compare(a, b uint32) int { return bytes.Compare(t.bytes(a), t.bytes(b)) }
