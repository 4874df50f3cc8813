package match

import (
	"math"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// How names are found
//
// Every word of the query leads to the entries of the vocabulary that relate to
// it: its spellings and what lies within a few edits, its translations, the word
// it makes with its neighbour, the two words it falls into. A name can only score
// the minimum if the words it shares weigh enough. With m for the weight of the
// query's words that a name shares and u for that of those it does not, its score
// is at most 2m/(2m+u), or 4m/(4m+u) among persons, whatever else it holds. So it
// is enough to look at the names that hold something for the rarest words of the
// query, where these together weigh so much that without any of them the bound
// lies below the minimum. Each name found is bounded twice more, by the words of
// the query that are noted on it and by its own words, before it is compared in
// full.
//
// Some rules of comparison pair no words and are found by a table of their own: the
// same letters divided otherwise, names of nothing but legal forms, acronyms.

// askedWord is a word of the query and what it leads to.
type askedWord struct {
	weight    int64 // as in the query
	least     int64 // what it surely costs a name that does not hold it
	covers    int64 // the most that it covers of a name which holds no heavy entry
	cost      int   // how many names it leads to
	lead      []uint32
	heavy     []uint32 // entries it also leads to, which may cover more than covers
	heavyCost int
	posted    bool  // names are found by it
	solid     bool  // it may make a match
	unlisted  int64 // the weight of particles it may stand for: a name may hold them without being found by them
}

// Marks of entries besides the words of the query.
const (
	// absorbed entries may be a misspelling of the query's legal form and so may
	// cost a name nothing.
	absorbed = uint64(1) << 63
	// translated entries begin a phrase that as a whole means what words of the
	// query mean.
	translated = uint64(1) << 62
)

// cell is what a name's words are looked up in: the weight of an entry and the
// place of its mark, together so that they are fetched together.
type cell struct{ mark, weight uint16 }

// retriever holds the buffers of candidate generation.
type retriever struct {
	cells    []cell   // of an entry, where its mark lies
	marks    []uint64 // the words of the query that an entry may stand for; the first is none
	touched  []uint32 // entries with a mark
	seen     []uint32 // of a rank, the round in which it was last looked at
	round    uint32
	notes    []uint32              // of a rank, the round and below it the slots whose words it holds
	batch    []stretch             // the names to bound by their words
	slots    []int                 // the words of the query that are noted on names
	limits   [1 << noteBits]uint32 // of a note, the rank of the first name that is too heavy, plus one
	weighed  bool                  // heavy entries are noted, so that burdens tell
	top      uint32                // the rank at which lists of names that hold a word are cut off
	cutOff   uint8                 // the slots of which lists are cut off
	absorbs  []uint32              // entries that may be a misspelling of the query's legal form
	checked  []uint32              // of an entry, the word in which it was last looked at
	check    uint32
	hashes   []uint64
	near     []uint32 // what the hashes lead to
	related  leads
	joined   []byte
	skeleton []byte
	phrase   []uint32 // where the term of the phrase leads that is being followed
	missing  int64    // what a word of weight 1 counts that only one name has, as a divisor: 2, and 4 for a person
	words    []askedWord
	order    []int
}

// candidates yields every name that may score least, and some others. It may yield a
// name more than once.
func (s *searcher) candidates(asked []names.Weighed, least sanctions.Similarity, yield func(uint32)) {
	asked = asked[:min(len(asked), names.MaxWords)]
	s.begin(asked)
	defer s.end()
	for _, forms := range [2]bool{false, true} {
		for n := range s.x.wholes.find(hashWhole(asked, forms)) {
			yield(n)
		}
	}
	s.acronyms(asked, yield)
	s.lead(asked)
	if !s.essential(least) {
		s.everyName(asked, least, yield)
		return
	}
	s.spread(least)
	s.batch = s.batch[:0]
	s.gather(least)
	// The words of the names lie far apart in memory. Fetching where they begin for
	// all names first lets the processor wait for many at once.
	for i := range s.batch {
		b := &s.batch[i]
		b.end = s.x.ends[b.rank]
		if b.rank > 0 {
			b.begin = s.x.ends[b.rank-1]
		}
	}
	for _, b := range s.batch {
		if s.reaches(s.x.words[b.begin:b.end], least) {
			yield(s.x.ranked[b.rank])
		}
	}
}

// stretch is where the words of a name lie.
type stretch struct{ rank, begin, end uint32 }

func (s *searcher) begin(asked []names.Weighed) {
	v := &s.x.vocabulary
	if s.marks == nil {
		s.marks, s.checked = make([]uint64, 1), make([]uint32, len(v.entries))
		s.cells = make([]cell, len(v.entries))
		for id, w := range v.weights {
			s.cells[id].weight = w
		}
		s.seen, s.notes = make([]uint32, len(s.x.listed)), make([]uint32, len(s.x.listed))
	}
	if s.round++; s.round == 1<<(32-noteBits) { // the counter has gone round: nothing is seen
		clear(s.seen)
		clear(s.notes)
		s.round = 1
	}
	s.words, s.absorbs = s.words[:0], s.absorbs[:0]
	s.missing = 2
	if len(asked) > 0 && asked[0].Person != names.Impersonal {
		s.missing = 4
	}
}

func (s *searcher) end() {
	for _, id := range s.touched {
		s.cells[id].mark = 0
	}
	s.touched, s.marks = s.touched[:0], s.marks[:1]
}

func (s *searcher) fresh(rank uint32) bool {
	if s.seen[rank] == s.round {
		return false
	}
	s.seen[rank] = s.round
	return true
}

func (s *searcher) mark(id uint32, bits uint64) {
	c := &s.cells[id]
	if c.mark == 0 {
		s.touched = append(s.touched, id)
		if len(s.marks) <= math.MaxUint16 {
			s.marks = append(s.marks, 0)
		}
		c.mark = uint16(len(s.marks) - 1) // the last one is shared when there are too many: it bounds less well
	}
	s.marks[c.mark] |= bits
}

// unseen reports whether an entry has not been looked at for this word.
func (s *searcher) unseen(id uint32) bool {
	if s.checked[id] == s.check {
		return false
	}
	s.checked[id] = s.check
	return true
}

func (s *searcher) nextCheck() {
	if s.check++; s.check == 0 {
		clear(s.checked)
		s.check = 1
	}
}
