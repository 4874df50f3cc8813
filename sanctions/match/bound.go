package match

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// spread notes on the names which words of the query they hold, for the
// essential words and those of the others that do not lead to many more names.
func (s *searcher) spread() {
	s.slots = s.slots[:0]
	clear(s.judged[:])
	cost := 64
	for _, i := range s.order {
		cost += 4 * s.words[i].cost
		s.slots = append(s.slots, i)
	}
	for i := range s.words {
		if s.words[i].posted && s.words[i].cost <= cost && !slices.Contains(s.order, i) {
			s.slots = append(s.slots, i)
		}
	}
	s.slots = s.slots[:min(len(s.slots), maxSlots)]
	if len(s.slots) < 2 {
		s.slots = s.slots[:0] // one word alone tells no names apart
	}
	v := &s.x.vocabulary
	for slot, i := range s.slots {
		for _, id := range s.words[i].lead {
			for _, n := range v.holding(id) {
				if s.notes[n]>>maxSlots != s.round {
					s.notes[n] = s.round << maxSlots
				}
				s.notes[n] |= 1 << slot
			}
		}
	}
}

// promising bounds the score of a name by what is noted on it.
func (s *searcher) promising(n uint32, least sanctions.Similarity) bool {
	if len(s.slots) == 0 {
		return true
	}
	held := uint8(s.notes[n])
	switch s.judged[held] {
	case judgedGood:
		return true
	case judgedBad:
		return false
	}
	var asked, lacking int64
	for i := range s.words {
		w := &s.words[i]
		if slot := slices.Index(s.slots, i); slot >= 0 && held&(1<<slot) == 0 {
			lacking += w.least
		} else {
			asked += w.weight
		}
	}
	good := asked*s.missing*int64(sanctions.SimilarityOne-least) >= lacking*int64(least)
	s.judged[held] = judgedBad
	if good {
		s.judged[held] = judgedGood
	}
	return good
}

const maxSlots = 8

const (
	judgedBad = 1 + iota
	judgedGood
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
