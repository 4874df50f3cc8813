package match

import (
	"cmp"
	"slices"
)

// A note has for each of the query's words that are noted the level of the best entry
// that the name holds for it, and a bit for a name that is in the batch. To a limit for a
// note, another bit tells that the name holds a heavy entry.
const (
	levelBits = 3
	maxSlots  = 6
	noteBits  = levelBits*maxSlots + 2
	noteTaken = 1 << (noteBits - 1)
	noteHeavy = 1 << (noteBits - 2)
	noteAll   = 1<<(noteBits-1) - 1 // but for noteTaken
)

// note notes a level for the word of a slot on names that may be gathered. Of two levels
// the one noted later stays.
func (s *searcher) note(ranks []uint32, slot int, level uint32) {
	for _, rank := range ranks {
		s.sieve.put(rank)
	}
	s.noteAlso(ranks, slot, level)
}

// noteAlso does so on those of the names that may be gathered on account of other words.
// They are few, and notes far apart in memory, so that it is dear to note what nobody
// reads.
func (s *searcher) noteAlso(ranks []uint32, slot int, level uint32) {
	shift := levelBits * slot
	none := s.round << noteBits // what was noted in earlier rounds is less
	for _, rank := range ranks {
		if s.sieve.may(rank) {
			s.notes[rank] = max(s.notes[rank], none)&^((levels-1)<<shift) | level<<shift
		}
	}
}

// spread notes on the names which words of the query they hold, for the essential words
// and some others.
func (s *searcher) spread() {
	essential := s.choose()
	s.from = noRank
	for _, i := range s.order {
		s.cut(&s.words[i])
		s.from = min(s.from, s.words[i].cutFrom)
	}
	s.sift()
	for _, i := range s.order {
		if s.sifted && !slices.Contains(s.slots, i) {
			for _, t := range s.words[i].tails {
				s.pick(t)
			}
		}
	}
	if len(s.slots) == 0 {
		return
	}
	s.sieve.clear()
	for slot := range s.slots[:essential] {
		s.spreadWord(slot, s.note)
	}
	if !s.sifted {
		s.eachBehind(func(held span) {
			for _, rank := range s.x.vocabulary.in(held) {
				s.sieve.put(rank)
			}
		})
	}
	for slot := essential; slot < len(s.slots); slot++ {
		s.spreadWord(slot, s.noteAlso)
	}
}

// sift puts the names of heavy entries into a sieve. Of what is cut off the lists of the
// essential words, these are the only names to be gathered. They are picked from it, unless
// it is so much more than they are that they are better bounded one by one.
func (s *searcher) sift() {
	const worth = 16
	s.heavies, s.behind, s.sifted = 0, s.behind[:0], false
	if !s.weighed {
		return
	}
	s.eachHeavy(func(held span) { s.heavies += held.size() })
	if s.heavies == 0 {
		return
	}
	s.heavy.clear()
	s.eachHeavy(func(held span) {
		for _, rank := range s.x.vocabulary.in(held) {
			s.heavy.put(rank)
		}
	})
	all := 0
	for _, i := range s.order {
		for _, t := range s.words[i].tails {
			all += t.held.size()
		}
	}
	s.sifted = !s.some.bounds() && all <= worth*s.heavies
}

// pick picks the names of heavy entries from the end of a list.
func (s *searcher) pick(t tail) (picked []uint32) {
	begin := len(s.behind)
	for _, rank := range s.x.vocabulary.in(t.held) {
		if s.heavy.may(rank) {
			s.behind = append(s.behind, rank)
		}
	}
	return s.behind[begin:]
}

// choose gives slots to the essential words and to others, and tells how many of the slots
// make a name one that may be gathered. Of the others it takes those that tell most names
// apart for what it costs to note them, until a name that holds but one of the essential
// words is told to be none.
func (s *searcher) choose() int {
	const few, worth = 64, 6
	s.slots = s.slots[:0]
	cost, essential := 0, 0
	var brings, tells int64 // all words; the essential word that brings most
	for i := range s.words {
		brings += s.words[i].brings[levels-1]
	}
	for _, i := range s.order {
		if w := &s.words[i]; w.leads() {
			essential++
			if cost += w.cost; s.some.notes(w.cost) {
				s.slots = append(s.slots, i)
				brings -= w.tells()
				tells = max(tells, w.tells())
			}
		}
	}
	every := essential == len(s.slots) && essential <= maxSlots
	chosen := len(s.slots)
	for i := range s.words {
		if w := &s.words[i]; !w.essential && !w.free && w.leads() && w.cost <= few+worth*cost && s.some.notes(w.cost) {
			s.slots = append(s.slots, i)
		}
	}
	others := s.slots[chosen:]
	slices.SortFunc(others, func(i, j int) int {
		a, b := &s.words[i], &s.words[j]
		return cmp.Or(cmp.Compare(int64(a.cost)*b.tells(), int64(b.cost)*a.tells()), cmp.Compare(i, j))
	})
	for _, i := range others {
		if brings+tells < 0 {
			break
		}
		brings -= s.words[i].tells()
		chosen++
	}
	s.slots = s.slots[:min(chosen, maxSlots)]
	if len(s.slots) < 2 || cost < few {
		s.slots = s.slots[:0] // one word alone tells no names apart
	}
	if !every { // any name may be gathered on account of the others
		return len(s.slots)
	}
	return min(essential, len(s.slots))
}

// cut cuts off the lists of a word where names are too heavy.
func (s *searcher) cut(w *askedWord) {
	v := &s.x.vocabulary
	w.cutFrom = noRank
	var ends uint32
	for level := 1; level < levels; level++ {
		for _, held := range w.lead[level] {
			if held.size() > 0 {
				ends ^= v.ranks[held.begin] ^ v.ranks[held.end-1]
			}
		}
	}
	s.fetched ^= ends
	for level := 1; level < levels; level++ {
		for k, held := range w.lead[level] {
			if light := v.upTo(held, w.top[level]); light != held {
				w.lead[level][k], w.cutFrom = light, min(w.cutFrom, w.top[level])
				w.tails = append(w.tails, tail{span{light.end, held.end}, uint32(level)})
			}
		}
	}
}

// spreadWord notes the word of a slot.
func (s *searcher) spreadWord(slot int, note func(ranks []uint32, slot int, level uint32)) {
	v, w := &s.x.vocabulary, &s.words[s.slots[slot]]
	if !w.essential {
		s.cut(w)
	}
	tails := w.tails
	if !w.essential || !s.sifted {
		tails = nil
		if w.cutFrom < noRank {
			s.cutOff |= (levels - 1) << (levelBits * slot)
			s.cutFrom = min(s.cutFrom, w.cutFrom)
		}
	}
	for level := range uint32(levels) {
		for _, held := range w.lead[level] {
			note(v.in(held), slot, level)
		}
		for ; len(tails) > 0 && tails[0].level == level; tails = tails[1:] {
			note(s.pick(tails[0]), slot, level)
		}
	}
	for _, held := range w.heavy {
		note(v.in(held), slot, levels-1)
	}
}

// eachHeavy gives the names on account of which a burden says nothing.
func (s *searcher) eachHeavy(yield func(held span)) {
	for i := range s.words {
		for _, held := range s.words[i].heavy {
			yield(held)
		}
	}
	for _, held := range s.absorbs {
		yield(held)
	}
}

// eachBehind gives those of them that stand where lists are cut off.
func (s *searcher) eachBehind(yield func(held span)) {
	if s.from < noRank && s.heavies > 0 {
		s.eachHeavy(func(held span) { yield(s.x.vocabulary.from(held, s.from)) })
	}
}

const noRank = 1<<32 - 1 // above any rank

// fresh reports whether a name is not yet in the batch.
func (s *searcher) fresh(rank uint32) bool {
	note := max(s.notes[rank], s.round<<noteBits)
	s.notes[rank] = note | noteTaken
	return note&noteTaken == 0
}

// promising bounds the score of a name by what is noted on it and by its rank.
func (s *searcher) promising(rank uint32) bool {
	if len(s.slots) == 0 {
		return true
	}
	note := max(s.notes[rank]&^noteTaken, s.round<<noteBits)
	if rank < s.limitFor(note) {
		return true
	}
	if s.heavies == 0 || !s.heavy.may(rank) {
		return false
	}
	if rank >= s.cutFrom {
		note |= s.cutOff
	}
	return rank < s.limitFor(note|noteHeavy)
}

// limitFor is limitOf, remembered.
func (s *searcher) limitFor(note uint32) uint32 {
	l := &s.limits[note*0x9e3779b1>>(32-limitBits)]
	if l.note != note {
		*l = limited{note, s.limitOf(note & noteAll)}
	}
	return l.limit
}
