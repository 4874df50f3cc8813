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

// makeTable makes a table of about size pairs of a hash and a number below limit, which
// pairs yields for any of n things. Numbers keep their order within a bucket.
func makeTable(size, limit, n int, pairs func(from, to int, yield func(hash uint64, id uint32))) table {
	width := max(bits.Len(uint(size))-1, 1)
	t := table{shift: uint8(64 - width), width: uint8(bits.Len(uint(limit))), first: make([]uint32, 1<<width+1)}
	piles := make([][1 << pileBits]pile, sharesOf(n))
	shares(n, func(share, from, to int) {
		piles := &piles[share]
		pairs(from, to, func(h uint64, id uint32) {
			piles[h>>(64-pileBits)].push(h>>32<<32 | uint64(id|uint32(h)<<t.width))
		})
	})
	fill := func(p int, yield func(bucket uint64, cell uint32)) {
		for share := range piles {
			piles[share][p].each(func(pair uint64) { yield(pair>>t.shift, uint32(pair)) })
		}
	}
	together := each // no two piles share a bucket
	if width < pileBits {
		together = oneByOne
	}
	together(1<<pileBits, func(p int) {
		fill(p, func(bucket uint64, _ uint32) { t.first[bucket+1]++ })
	})
	for b := 1; b < len(t.first); b++ {
		t.first[b] += t.first[b-1]
	}
	t.cells = make([]uint32, t.first[len(t.first)-1])
	together(1<<pileBits, func(p int) {
		fill(p, func(bucket uint64, cell uint32) {
			next := &t.first[bucket]
			t.cells[*next] = cell
			*next++
		})
	})
	copy(t.first[1:], t.first) // each bucket has moved on to where the next one begins
	t.first[0] = 0
	return t
}

// pileBits are the bits of a hash by which pairs are first put into piles, so that the
// buckets of a pile and its cells stay near the processor while they are filled.
const pileBits = 8

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
