package match

import (
	"cmp"
	"math"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// A name is bounded by its burden: of the words that weigh it down, the query can
// cover no more than its own words together, and what is left counts against the
// name. So the lists of names that hold a word, which begin with the lightest name,
// are cut off where the bound falls below the minimum. Heavy entries are those by
// which a word of the query may cover more than it weighs itself. They are rare;
// the names that hold one are noted and not judged by their burden.

// spread notes on the names which words of the query they hold, for the
// essential words and those of the others that do not lead to many more names.
func (s *searcher) spread(least sanctions.Similarity) {
	v := &s.x.vocabulary
	s.slots = s.slots[:0]
	clear(s.limits[:])
	cost, heavy := 64, 0
	for _, i := range s.order {
		cost += 4 * s.words[i].cost
		s.slots = append(s.slots, i)
	}
	for i := range s.words {
		heavy += s.words[i].heavyCost
		if s.words[i].posted && s.words[i].cost <= cost && !slices.Contains(s.order, i) {
			s.slots = append(s.slots, i)
		}
	}
	for _, id := range s.absorbs {
		heavy += len(v.holding(id))
	}
	s.slots = s.slots[:min(len(s.slots), maxSlots)]
	s.weighed, s.cutOff = cost >= worthWeighing && heavy <= cost, 0
	s.top = s.limit(noteHeavy-1, least)
	if len(s.slots) < 2 {
		s.slots = s.slots[:0] // one word alone tells no names apart
		return
	}
	for slot, i := range s.slots {
		for _, id := range s.words[i].lead {
			light, cut := s.light(id)
			s.note(light, 1<<slot)
			if cut {
				s.cutOff |= 1 << slot
			}
		}
		for _, id := range s.words[i].heavy {
			s.note(v.holding(id), 1<<slot)
		}
	}
	if s.weighed {
		s.eachHeavy(func(id uint32) { s.note(v.holding(id), noteHeavy) })
	}
}

// worthWeighing is the cost of a query from which on burdens save more than noting
// heavy entries takes.
const worthWeighing = 2000

// note notes a bit on names.
func (s *searcher) note(held []uint32, bit uint32) {
	for _, rank := range held {
		note := s.notes[rank]
		if note>>noteBits != s.round {
			note = s.round << noteBits
		}
		s.notes[rank] = note | bit
	}
}

// light gives the ranks of the names with an entry that are not too heavy, and perhaps some that
// are. It reports whether it left any out.
func (s *searcher) light(id uint32) (held []uint32, cut bool) {
	const few = 16 // looking is as dear as noting
	held = s.x.vocabulary.holding(id)
	if len(held) < few || held[len(held)-1] < s.top {
		return held, false
	}
	n, _ := slices.BinarySearch(held, s.top)
	return held[:n], n < len(held)
}

// eachHeavy gives the entries on account of which a name's burden says nothing.
func (s *searcher) eachHeavy(yield func(id uint32)) {
	for i := range s.words {
		for _, id := range s.words[i].heavy {
			yield(id)
		}
	}
	for _, id := range s.absorbs {
		yield(id)
	}
}

// gather puts the names that may score least into the batch: what holds an essential
// word. Where lists are cut off, that is a name before the cut, or one behind it
// with a heavy entry.
func (s *searcher) gather(least sanctions.Similarity) {
	v := &s.x.vocabulary
	take := func(held []uint32) {
		for _, rank := range held {
			if s.promising(rank, least) && s.fresh(rank) {
				s.batch = append(s.batch, stretch{rank: rank})
			}
		}
	}
	anyCut := false
	for _, i := range s.order {
		for _, id := range s.words[i].lead {
			light, cut := s.light(id)
			take(light)
			anyCut = anyCut || cut
		}
		for _, id := range s.words[i].heavy {
			take(v.holding(id))
		}
	}
	if anyCut {
		s.eachHeavy(func(id uint32) {
			held := v.holding(id)
			beyond, _ := slices.BinarySearch(held, s.top)
			take(held[beyond:])
		})
	}
}

// promising bounds the score of a name by what is noted on it and by its rank.
func (s *searcher) promising(rank uint32, least sanctions.Similarity) bool {
	if len(s.slots) == 0 {
		return true
	}
	var note uint8
	if s.notes[rank]>>noteBits == s.round {
		note = uint8(s.notes[rank])
	}
	if rank >= s.top {
		note |= s.cutOff // it may stand where the lists are cut off
	}
	limit := &s.limits[note]
	if *limit == 0 {
		*limit = s.limit(note, least) + 1
	}
	return rank < *limit-1
}

// limit is the rank of the lightest name that is too heavy for its note. With m for
// the weight of the words it may share, a for what it has besides and l for what it
// lacks, it must be that m·missing·(1-least) ≥ (a+l)·least, and a is at
// least the burden less what those words cover.
func (s *searcher) limit(note uint8, least sanctions.Similarity) uint32 {
	var asked, covers, lacking int64
	for i := range s.words {
		w := &s.words[i]
		switch slot := slices.Index(s.slots, i); {
		case slot >= 0 && note&(1<<slot) == 0 && w.unlisted > 0:
			asked += w.unlisted
			covers += w.unlisted
		case slot >= 0 && note&(1<<slot) == 0:
			lacking += w.least
		default:
			asked += w.weight
			covers += w.covers
		}
	}
	room := asked*s.missing*int64(sanctions.SimilarityOne-least) - lacking*int64(least)
	switch {
	case room < 0:
		return 0
	case note&noteHeavy != 0 || !s.weighed:
		return unlimited
	}
	most := uint16(min(covers+room/int64(max(least, 1)), math.MaxUint16-1))
	rank, _ := slices.BinarySearch(s.x.burdens, most+1)
	return uint32(rank)
}

const unlimited = math.MaxUint32 - 1 // above any rank

// A note has a bit for each of the query's words that are noted, and one for a
// heavy entry.
const (
	noteBits  = 8
	maxSlots  = noteBits - 1
	noteHeavy = 1 << maxSlots
)

// essential puts into order the words without any of which no name can score
// least, preferring words that lead to few names. It reports false if all words
// together are not enough.
func (s *searcher) essential(least sanctions.Similarity) bool {
	var rest int64 // weight of the words that are not essential
	solid := 0     // how many of them may make a match without the essential ones: particles never do
	s.order = s.order[:0]
	for i := range s.words {
		w := &s.words[i]
		rest += w.weight
		if w.posted {
			s.order = append(s.order, i)
		}
		if w.solid {
			solid++
		}
	}
	slices.SortFunc(s.order, func(i, j int) int {
		a, b := &s.words[i], &s.words[j]
		return cmp.Or(cmp.Compare(int64(a.cost)*(b.least+1), int64(b.cost)*(a.least+1)), cmp.Compare(i, j))
	})
	var surely int64
	for k, i := range s.order {
		surely += s.words[i].least
		rest -= s.words[i].weight
		if solid--; solid == 0 || surely*int64(least) > s.missing*int64(sanctions.SimilarityOne-least)*rest {
			s.order = s.order[:k+1]
			return true
		}
	}
	return len(s.words) == 0
}

// reaches bounds the score of a name by the words it holds, without pairing
// them.
func (s *searcher) reaches(words []uint32, least sanctions.Similarity) bool {
	v := &s.x.vocabulary
	var held, apart int64 // weight of the name's words that the query may share, and of the others
	var shared uint64
	whole := false // in a phrase that is translated
	for _, id := range words[:min(len(words), names.MaxWords)] {
		c := s.cells[id]
		if c.mark == 0 && !whole {
			apart += int64(c.weight)
			continue
		}
		m := s.marks[c.mark]
		whole = m&translated != 0 || whole && v.entries[id].span == 0
		switch {
		case whole:
			held += int64(c.weight)
			shared |= m
		case m == 0:
			apart += int64(c.weight)
		case m != absorbed:
			held += int64(c.weight)
			shared |= m
		}
	}
	var asked, lacking int64
	for i := range s.words {
		w := &s.words[i]
		switch {
		case shared&(1<<i) != 0:
			asked += w.weight
		case w.weight > 0 && w.least == 0 && !w.posted: // an initial, which may stand for any word
			asked += w.weight
			held += w.weight
			apart = max(apart-1000, 0)
		default:
			lacking += w.least
		}
	}
	both := 2 * min(held, asked)
	return both*int64(sanctions.SimilarityOne) >= int64(least)*(both+(lacking+apart)*2/s.missing)
}
