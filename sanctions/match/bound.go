package match

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// The bound
//
// Of two names with pairs of words that weigh w and have the quality q, and words that
// only one of them has, of weight u together, the score is at most 2Σwq/(2Σw+u), and
// 4Σwq/(4Σw+u) among persons. With f for that factor, it reaches the minimum m only if
//
//	Σ f·w·(q-m) - m·u ≥ 0.
//
// So every word of the query that a name shares brings something, every other costs
// something, every word of the name that the query does not share costs something, and
// the sum must not be negative. A pair weighs no more than the lighter of its words, and
// its quality is known when the vocabulary is asked for what relates to a word of the
// query.
//
// A name has a burden: what its words weigh. Names are ranked by it. What an entry of
// the vocabulary brings to a word of the query, and takes off the burden of a name that
// holds it, is together its worth. So the worth of what a name holds for each word of
// the query bounds its burden, and with it its rank: the list of the names that hold an
// entry is cut off there. And what it brings must not be negative, whatever the burden.
//
// Heavy entries take off a burden more than they weigh: phrases, parts of a word, and
// what names the query's legal form or may be a misspelling of it. They are rare; the names that
// hold one are noted and not judged by their burden.
//
// One rule of comparison judges names as a whole, whatever their words bring: there,
// every word is paired but for particles and honorifics. So a name is let pass where
// nothing else is left over on either side.

// askedWord is a word of the query and what it leads to.
type askedWord struct {
	weight    int64 // as in the query
	least     int64 // what of it surely counts against a name that does not hold it
	none, all int64 // what it brings to a name that does not hold it, and to one that holds the same word
	to        []lead
	heavy     []span         // the names of heavy entries that it leads to
	divided   []uint32       // ranks of names that hold two neighbours which make it
	lead      [levels][]span // those of what it leads to otherwise, by level
	held      [levels]int    // how many names hold an entry of the level
	brings    [levels]int64  // the most that it brings to a name which holds nothing better than the level
	worth     [levels]int64  // the same with what it takes off the burden
	covers    [levels]int64  // the most that it takes off a burden of such a name, heavy entries apart
	top       [levels]uint32 // the rank of the first name that is too heavy with nothing better than the level
	tails     []tail         // what was cut off these, in the order of the levels
	cutFrom   uint32         // the lowest rank that was cut off a list
	heavyHeld int
	cost      int  // how many names it leads to
	free      bool // an initial, which may stand for any word and is not looked for
	solid     bool // it may make a match
	slight    bool // a particle or honorific
	seat      bool // a country, which costs a name nothing whose party sits there
	essential bool
}

// lead is an entry that a word of the query leads to.
type lead struct {
	held          span
	brings, worth int64
	weight        uint16 // of the pair
	burden        uint16 // what the entry takes off a burden
	level         uint8  // of the entry among all that the word leads to
}

// tail is the end of a list that was cut off, of an entry of a level.
type tail struct {
	held  span
	level uint32
}

// levels are how much worth what a name holds for a word of the query can be, from
// nothing up.
const levels = 8

// leads reports whether the word leads to any name.
func (w *askedWord) leads() bool { return len(w.to)+len(w.heavy) > 0 }

// dispensable reports whether a name may lack the word and yet be the query as a whole.
func (w *askedWord) dispensable() bool { return w.slight || w.least == 0 }

// tells is what it takes from the score of a name to be known not to hold the word.
func (w *askedWord) tells() int64 { return w.brings[levels-1] - w.brings[0] }

// settle ends the leading of a word: it deals out the entries to levels. A word that may
// stand for any takes as much off a burden as any weighs.
func (w *askedWord) settle(least int64) {
	most := w.none
	for _, l := range w.to {
		most = max(most, l.worth)
	}
	for level := range levels {
		w.brings[level], w.worth[level] = w.none, w.none
	}
	for k := range w.to {
		l := &w.to[k]
		level := 1
		for level < levels-1 && most-l.worth < (most-w.none)>>level {
			level++
		}
		l.level = uint8(level)
		w.lead[level] = append(w.lead[level], l.held)
		w.held[level] += l.held.size()
		w.brings[level], w.worth[level] = max(w.brings[level], l.brings), max(w.worth[level], l.worth)
		w.covers[level] = max(w.covers[level], int64(l.burden))
	}
	if len(w.heavy) > 0 {
		w.brings[levels-1], w.worth[levels-1] = w.all, max(w.worth[levels-1], w.all)
	}
	if w.free {
		w.brings[0], w.worth[0], w.covers[0] = w.all, w.all+least*weightiest, weightiest
	}
	for level := 1; level < levels; level++ {
		w.brings[level], w.worth[level] = max(w.brings[level], w.brings[level-1]), max(w.worth[level], w.worth[level-1])
		w.covers[level] = max(w.covers[level], w.covers[level-1])
	}
}

// full is what a pair of equal words of that weight brings.
func (s *searcher) full(weight int64) int64 {
	return s.missing * weight * (int64(sanctions.SimilarityOne) - s.least)
}

// gain is what words bring, that with what they take off a burden, and what they take off
// it at most, whatever they bring.
type gain struct{ brings, worth, covers int64 }

func (g gain) plus(w *askedWord, level int) gain {
	return gain{g.brings + w.brings[level], g.worth + w.worth[level], g.covers + w.covers[level]}
}

func (g gain) minus(w *askedWord, level int) gain {
	return gain{g.brings - w.brings[level], g.worth - w.worth[level], g.covers - w.covers[level]}
}

// limit is the rank of the lightest name that is too heavy for what its words gain. whole
// tells that it may hold all words of the query.
func (s *searcher) limit(g gain, whole, heavy bool) uint32 {
	var most int64
	switch {
	case g.brings >= 0:
		most = g.worth / max(s.least, 1)
		if whole {
			most = max(most, g.covers)
		}
	case whole:
		most = g.covers
	default:
		return 0
	}
	if heavy || !s.weighed || most >= math.MaxUint16 {
		return uint32(len(s.x.burdens))
	}
	rank, _ := slices.BinarySearch(s.x.burdens, uint16(most)+1)
	return uint32(rank)
}

// limitOf is the limit for a note. The words of the query that have no slot gain their
// most.
func (s *searcher) limitOf(note uint32) uint32 {
	var g gain
	whole := s.wholly
	for i := range s.words {
		w := &s.words[i]
		level := levels - 1
		if slot := slices.Index(s.slots, i); slot >= 0 {
			level = int(note >> (levelBits * slot) & (levels - 1))
			whole = whole && (level > 0 || w.dispensable())
		}
		g = g.plus(w, level)
	}
	return s.limit(g, whole, note&noteHeavy != 0)
}

// plan finds how far the lists of each word must be followed, and puts into order the
// words without any of which no name can score the minimum, preferring words that lead
// to few names. It reports false if all words together are not enough.
func (s *searcher) plan() bool {
	if len(s.words) == 0 {
		return false
	}
	heavy, light := 0, 0
	for _, held := range s.absorbs {
		heavy += held.size()
	}
	var g gain // of all words at most
	s.without, s.wholly, s.brought = 0, len(s.words) > 1, s.brought[:0]
	for i := range s.words {
		w := &s.words[i]
		w.settle(s.least)
		for level := 1; level < levels; level++ {
			light += w.held[level]
		}
		heavy += w.heavyHeld
		g = g.plus(w, levels-1)
		s.wholly = s.wholly && (w.dispensable() || w.free || w.leads())
		s.without += w.none
		s.brought = append(s.brought, w.none)
	}
	const worth = 8 // to note a name costs less than to bound it by its words
	s.weighed = heavy <= worth*light
	all := uint64(max(len(s.x.places), 1))
	for i := range s.words {
		w := &s.words[i]
		w.cost = w.heavyHeld
		for level := 1; level < levels; level++ {
			w.top[level] = s.limit(g.minus(w, levels-1).plus(w, level), s.wholly, false)
			w.cost += int(uint64(w.held[level]) * uint64(w.top[level]) / all)
		}
	}
	return s.essential(g)
}

// essential chooses the essential words.
func (s *searcher) essential(g gain) bool {
	s.order = s.order[:0]
	solid, slight := 0, true // how many words may make a match without the essential ones
	for i := range s.words {
		w := &s.words[i]
		if !w.free {
			s.order = append(s.order, i)
		}
		if w.solid {
			solid++
		}
		slight = slight && w.slight
	}
	if slight { // names of nothing but particles match by them
		solid = len(s.words) + 1
	}
	slices.SortFunc(s.order, func(i, j int) int {
		a, b := &s.words[i], &s.words[j]
		return cmp.Or(cmp.Compare(int64(a.cost)*(b.least+1), int64(b.cost)*(a.least+1)), cmp.Compare(i, j))
	})
	whole := s.wholly
	for k, i := range s.order {
		w := &s.words[i]
		w.essential = true
		g = g.minus(w, levels-1).plus(w, 0)
		whole = whole && w.dispensable()
		if w.solid {
			solid--
		}
		if solid == 0 || g.brings < 0 && !whole {
			s.order = s.order[:k+1]
			return true
		}
	}
	return len(s.order) == len(s.words)
}

// reaches bounds the score of a name by the words it holds, without pairing
// them. What they bring to the words of the query is one bound, what they bring by
// themselves another. halves tells that the name holds the halves of a word.
func (s *searcher) reaches(p place, halves bool) bool {
	v := &s.x.vocabulary
	left := int64(p.weight)            // of the words that the query may not share
	brings, own := s.without, int64(0) // to the words of the query, and of the name
	var shared, spelt uint64
	phrase := false // in one that is translated
	for _, id := range s.x.words[p.begin:][:p.size] {
		m := s.marks.find(id)
		inside := phrase && v.entries[id].span == 0
		phrase = inside
		if inside { // covered by the phrase as a whole
			weight := int64(v.entries[id].weight)
			left -= weight
			own += s.full(weight)
		}
		if m == nil {
			continue
		}
		words := m.words
		if halves {
			words |= m.halves
		}
		for rest := m.spells &^ spelt; rest != 0; rest &= rest - 1 {
			if brought := &s.brought[bits.TrailingZeros64(rest)]; *brought < 0 {
				brings -= *brought
				*brought = 0
			}
		}
		spelt |= m.spells
		if words == 0 && m.flags&absorbed == 0 {
			continue
		}
		if !inside {
			left -= int64(m.weight)
			own += int64(m.own)
		}
		phrase = inside || m.flags&translated != 0
		shared |= words
		for rest := words; rest != 0; rest &= rest - 1 {
			i := bits.TrailingZeros64(rest)
			most := s.words[i].all
			if words&(words-1) == 0 && m.halves == 0 {
				most = int64(m.asked)
			}
			if brought := &s.brought[i]; most > *brought {
				brings += most - *brought
				*brought = most
			}
		}
	}
	var lacking int64
	whole := s.wholly
	for i := range s.words {
		w := &s.words[i]
		held := shared>>i&1 != 0
		if held || spelt>>i&1 != 0 {
			s.brought[i] = w.none
		}
		switch {
		case held:
		case w.free:
			brings += w.all - w.none
			own += w.all
			left -= weightiest
		case w.seat && spelt>>i&1 == 0: // which the words of a name do not tell
			brings -= w.none
		case spelt>>i&1 == 0:
			lacking += w.least
			whole = whole && w.dispensable()
		}
	}
	left = max(left, 0)
	return left == 0 && whole || brings >= s.least*left && own >= s.least*(lacking+left)
}

// weightiest is what no word weighs more than.
const weightiest = 1000
