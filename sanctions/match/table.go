package match

import (
	"iter"
	"math/bits"
)

// table is a multimap from hashes to numbers. Numbers lie in buckets by the top
// bits of the hash; the bits that a number leaves free hold more of the hash, so
// that few of another hash pass for it. Whoever reads looks closer.
type table struct {
	shift uint8 // of a hash, to its bucket
	width uint8 // of a number, in bits
	first []uint32
	cells []uint32
}

// makeTable makes a table for about size pairs of a hash and a number below limit.
// Numbers keep their order within a bucket.
func makeTable(size, limit int, pairs func(yield func(hash uint64, id uint32))) table {
	width := max(bits.Len(uint(size))-1, 1)
	t := table{shift: uint8(64 - width), width: uint8(bits.Len(uint(limit))), first: make([]uint32, 1<<width+1)}
	var parts [1 << partBits]pile
	total := 0
	pairs(func(h uint64, id uint32) {
		parts[h>>(64-partBits)].push(h>>32<<32 | uint64(id|uint32(h)<<t.width))
		total++
	})
	bucket := func(pair uint64) uint64 { return pair >> t.shift }
	for p := range parts {
		parts[p].each(func(pair uint64) { t.first[bucket(pair)+1]++ })
	}
	for b := 1; b < len(t.first); b++ {
		t.first[b] += t.first[b-1]
	}
	t.cells = make([]uint32, total)
	for p := range parts {
		parts[p].each(func(pair uint64) {
			next := &t.first[bucket(pair)]
			t.cells[*next] = uint32(pair)
			*next++
		})
		parts[p] = nil
	}
	copy(t.first[1:], t.first) // each bucket has moved on to where the next one begins
	t.first[0] = 0
	return t
}

// partBits are the bits of a hash by which pairs are first put into piles, so that the
// buckets of a pile and its cells stay near the processor while they are filled.
const partBits = 8

// pile is a growing list that is never copied. Its blocks double up to a size.
type pile [][]uint64

func (p *pile) push(v uint64) {
	const smallest, doublings = 1 << 5, 7
	last := len(*p) - 1
	if last < 0 || len((*p)[last]) == cap((*p)[last]) {
		*p = append(*p, make([]uint64, 0, smallest<<min(len(*p), doublings)))
		last++
	}
	(*p)[last] = append((*p)[last], v)
}

func (p pile) each(yield func(v uint64)) {
	for _, block := range p {
		for _, v := range block {
			yield(v)
		}
	}
}

// find ranges over the numbers of a hash, and perhaps some of others.
func (t *table) find(hash uint64) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		b := t.bucket(hash)
		for _, cell := range t.cells[b.begin:b.end] {
			if number, ok := t.of(hash, cell); ok && !yield(number) {
				return
			}
		}
	}
}

// bucket tells where in cells the numbers of a hash lie, and perhaps some of others.
func (t *table) bucket(hash uint64) span {
	b := hash >> t.shift
	return span{t.first[b], t.first[b+1]}
}

// of gives the number in a cell, if it may be one of a hash.
func (t *table) of(hash uint64, cell uint32) (number uint32, ok bool) {
	return cell & (1<<t.width - 1), (cell^uint32(hash)<<t.width)>>t.width == 0
}
