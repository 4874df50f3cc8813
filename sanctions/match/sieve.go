package match

// sieve is a set of ranks that holds a few more than were put in: those that are the same
// by their last bits. It is small enough to stay in the processor's nearest memory, where
// notes on a million names do not.
type sieve struct {
	bits []uint64
	mask uint32 // of a rank
}

const sieveBits = 18 // of a rank, at most

func newSieve(ranks int) sieve {
	size := 64
	for size < ranks && size < 1<<sieveBits {
		size *= 2
	}
	return sieve{make([]uint64, size/64), uint32(size - 1)}
}

func (s *sieve) clear() { clear(s.bits) }

func (s *sieve) put(rank uint32) {
	rank &= s.mask
	s.bits[rank/64] |= 1 << (rank % 64)
}

// may reports whether a rank may have been put in.
func (s *sieve) may(rank uint32) bool {
	rank &= s.mask
	return s.bits[rank/64]>>(rank%64)&1 != 0
}
