package match

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// What SearchSome looks at
//
// The names that hold an essential word are looked at in the order of what they may score
// at best: those first that hold what is nearest to the word, however common that is. What
// an entry is worth, by which lists are cut off, is no such order: it counts what the entry
// takes off a burden, and so puts the rare misspellings of a common word before the word
// itself.
//
// To read of a name in a list, and to note on it which words it holds, costs some tenth of
// a look at its words, and saves most looks. So more names are read of than looked at.

// budget is how many names a search may look at. The zero value is no bound.
type budget struct {
	most    int  // names to be looked at, of those that are or may be persons' and of the others; or 0 for all
	looked  int  // names that were, of the one or the other
	passed  int  // names read of in lists
	partial bool // some were left out
}

// passing is how many names are read of in lists for one that may be looked at.
const passing = 8

func (b *budget) begin() { b.looked, b.passed = 0, 0 }

func (b *budget) bounds() bool { return b.most > 0 }

// notes reports whether a word that leads to so many names may be noted on them.
func (b *budget) notes(names int) bool { return b.most == 0 || names <= passing*b.most }

// look reports whether one more name may be looked at, and counts it.
func (b *budget) look() bool {
	if b.most == 0 {
		return true
	}
	if b.looked == b.most {
		b.partial = true
		return false
	}
	b.looked++
	return true
}

// pass gives as many of the names of a list as may still be read of, the lightest.
func (b *budget) pass(held span) span {
	if b.most == 0 {
		return held
	}
	if left := passing*b.most - b.passed; held.size() > left {
		held.end = held.begin + uint32(left)
		b.partial = true
	}
	b.passed += held.size()
	return held
}

// halves gives the names that hold the halves of a word and may be looked at, the lightest:
// enough to take half of what is left, since they are looked at before those that hold the
// word.
func (b *budget) halves(ranks []uint32) []uint32 {
	if b.most == 0 {
		return ranks
	}
	if most := (b.most - b.looked + 1) / 2; len(ranks) > most {
		slices.Sort(ranks)
		ranks = ranks[:most]
		b.partial = true
	}
	return ranks
}

// promise is a list of names and what they may score at best.
type promise struct {
	held  span
	score int64
}

// promises gives the lists of the essential words, those first whose names may score most:
// with all other words of the query in full and none besides.
func (s *searcher) promises() []promise {
	v := &s.x.vocabulary
	s.promised = s.promised[:0]
	var brings, counts int64 // of all words
	for i := range s.words {
		w := &s.words[i]
		brings += w.brings[levels-1]
		counts += s.missing * w.weight
	}
	for _, i := range s.order {
		w := &s.words[i]
		for _, held := range w.heavy {
			s.promised = append(s.promised, promise{held, int64(sanctions.SimilarityOne)})
		}
		for _, l := range w.to {
			held := v.upTo(l.held, w.top[l.level])
			if held.size() == 0 {
				continue
			}
			score := int64(sanctions.SimilarityOne)
			if of := counts - s.missing*(w.weight-int64(l.weight)); of > 0 {
				score = s.least + (brings-w.brings[levels-1]+l.brings)/of
			}
			s.promised = append(s.promised, promise{held, score})
		}
	}
	slices.SortFunc(s.promised, func(a, b promise) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.held.size(), b.held.size()), cmp.Compare(a.held.begin, b.held.begin))
	})
	return s.promised
}
