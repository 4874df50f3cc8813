package match

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// How names are found
//
// Every word of the query leads to the entries of the vocabulary that relate to
// it: its spellings and what lies within a few edits, its translations, the word
// it makes with its neighbour, the two words it falls into; lead.go. A name can only
// score the minimum if the words it shares bring more than the others cost; bound.go.
// So it is enough to look at the names that hold something for the rarest words of the
// query, where no name without any of these can score the minimum. Each name found is
// bounded twice more, by the words of the query that are noted on it and by its own
// words, before it is compared in full.
//
// Some rules of comparison pair no words and are found by a table of their own: the
// same letters divided otherwise, names of nothing but legal forms, acronyms.
//
// Most of the time goes into waiting for memory. So what lies far apart is looked up for
// many words or names at a time, with nothing that depends on it in between.

// retriever holds the buffers of candidate generation.
type retriever struct {
	// What the query is.
	least    int64 // the minimum
	personal bool  // whether names are sought that are or may be persons'
	missing  int64 // how much more a word counts that both names have than one that only one has: 2, and 4 among persons
	ceiling  similarity.Ceiling
	ways     []ways // of its words
	words    []askedWord
	absorbs  []span // the names of heavy entries that may be a misspelling of the query's legal form
	marks    marks
	// How its names are sought.
	order    []int    // the essential words
	slots    []int    // the words that are noted on names
	without  int64    // what all words bring to a name that holds none
	wholly   bool     // a name may be the query as a whole
	weighed  bool     // heavy entries are noted, so that burdens tell
	cutOff   uint32   // the note of a name that may stand where lists are cut off
	from     uint32   // the first rank that was cut off a list of an essential word
	heavies  int      // how many names heavy entries have
	heavy    sieve    // these
	behind   []uint32 // of these, those that hold an essential word and were cut off
	sifted   bool     // behind has them all
	cutFrom  uint32   // the first rank where that may be
	some     budget   // of SearchSome
	round    uint32
	notes    []uint32 // of a rank, the round and below it what is noted on the name
	sieve    sieve    // names that may be gathered, and a few others
	limits   [1 << limitBits]limited
	batch    []uint32  // the ranks of the names to bound by their words
	apart    int       // of these, the first so many hold the halves of a word
	places   []place   // of the batch
	reached  []uint32  // of these, the ranks to compare in full
	fetched  uint32    // keeps what is only fetched from being optimised away
	brought  []int64   // of each word, what it brings to the name in hand
	promised []promise // the lists of the essential words, where not all are looked at
	// Buffers of the leads.
	spellings []spelling
	buckets   []span                  // where what the spellings lead to lies
	lately    [1 << latelyBits]uint32 // an entry plus one that was found
	both      []uint32                // ranks in two lists
	near      []uint32                // what the spellings lead to
	related   *leads                  // being made
	entries   []relation
	joined    []byte
	skeleton  []byte
	phrase    []relation // where the term of the phrase leads that is being followed
}

// limited remembers the limit for a note of a round.
type limited struct{ note, limit uint32 }

const limitBits = 10

// candidates yields the rank of every name that may score least, and of some others.
// It may yield a name more than once.
func (s *searcher) candidates(asked []names.Weighed, least sanctions.Similarity, yield func(rank uint32)) {
	asked = asked[:min(len(asked), similarity.MaxWords)]
	for _, forms := range [2]bool{false, true} {
		for rank := range s.x.wholes.find(hashWhole(asked, forms)) {
			yield(rank)
		}
	}
	s.acronyms(asked, least, yield)
	s.relateAll(asked)
	for _, personal := range [2]bool{false, true} {
		if least := s.x.least(asked[0].Person, personal, least); least <= sanctions.SimilarityOne {
			s.among(personal, asked, least, yield)
		}
	}
}

// least is the minimum for names that are or may be persons', or for the others. It is
// above all scores where there are none, and no less than of the very same name where a
// person is held against what is none. To seek these names by themselves costs less than to
// seek all, since they have no words in common and what bounds the scores of one sort is
// not that of the other.
func (x *Index) least(asked names.Personal, personal bool, least sanctions.Similarity) sanctions.Similarity {
	switch {
	case personal && !x.vocabulary.persons:
		return sanctions.SimilarityOne + 1
	case personal && asked == names.Impersonal && !x.vocabulary.maybe, !personal && asked == names.PersonalName:
		return max(least, veryName)
	}
	return least
}

// among yields the names that are or may be persons', or the others.
func (s *searcher) among(personal bool, asked []names.Weighed, least sanctions.Similarity, yield func(rank uint32)) {
	s.begin(personal, asked, least)
	defer s.marks.clear()
	s.lead(asked)
	if !s.plan() {
		s.everyOne(personal, yield)
		return
	}
	s.spread()
	s.gather()
	apart := s.apart
	for some := range slices.Chunk(s.batch, atOnce) {
		s.fetch(some)
		s.reached = s.reached[:0]
		for i, rank := range some {
			if s.reaches(s.places[i], i < apart) {
				s.reached = append(s.reached, rank)
			}
		}
		apart -= len(some)
		s.fetchNames(s.reached)
		for _, rank := range s.reached {
			yield(rank)
		}
	}
}

// everyOne yields every name that is or may be a person's, or every other.
func (s *searcher) everyOne(personal bool, yield func(rank uint32)) {
	for rank := range s.x.places {
		if s.x.places[rank].personal != personal {
			continue
		}
		if !s.some.look() {
			return
		}
		yield(uint32(rank))
	}
}

// atOnce is how many names are fetched together: few enough to stay in the processor's
// nearest memory, and more than it can wait for.
const atOnce = 64

// fetch looks up the places of names, and the first word of each. They lie far apart
// in memory; where nothing depends on them, the processor waits for many at once.
func (s *searcher) fetch(batch []uint32) {
	s.places = s.places[:0]
	for _, rank := range batch {
		s.places = append(s.places, s.x.places[rank])
	}
	for _, p := range s.places {
		if p.size > 0 {
			s.fetched ^= s.x.words[p.begin]
		}
	}
}

// fetchNames looks up what is needed to compare names.
func (s *searcher) fetchNames(ranks []uint32) {
	x, sum := s.x, uint32(0)
	for _, rank := range ranks {
		sum ^= x.ranked[rank]
		for _, id := range x.wordsOf(rank) {
			sum ^= x.vocabulary.entries[id].text
		}
	}
	for _, rank := range ranks {
		sum ^= x.listed[x.ranked[rank]].party
		for _, id := range x.wordsOf(rank) {
			if e := &x.vocabulary.entries[id]; e.textSize > 0 {
				sum ^= uint32(x.vocabulary.letters[e.text])
			}
		}
	}
	s.fetched ^= sum
}

// newRetriever makes a retriever for so many names.
func newRetriever(ranks int) retriever {
	r := retriever{notes: make([]uint32, ranks), sieve: newSieve(ranks), heavy: newSieve(ranks)}
	r.marks.grow()
	return r
}

func (s *searcher) begin(personal bool, asked []names.Weighed, least sanctions.Similarity) {
	if s.round++; s.round == 1<<(32-noteBits) { // the counter has gone round: nothing is noted
		clear(s.notes)
		clear(s.limits[:])
		s.round = 1
	}
	s.words, s.absorbs, s.batch, s.apart = s.words[:0], s.absorbs[:0], s.batch[:0], 0
	s.cutOff, s.cutFrom = 0, noRank
	s.least, s.missing = int64(least), 2
	if s.personal = personal; personal && asked[0].Person != names.Impersonal {
		s.missing = 4
	}
	s.ceiling = similarity.CeilingOf(asked)
	s.some.begin()
}

// gather puts the names that may score the minimum into the batch: first what holds the
// halves of a word, then what holds an essential word. Where lists are cut off, that is
// a name before the cut, or one behind it with a heavy entry.
func (s *searcher) gather() {
	v := &s.x.vocabulary
	for i := range s.words {
		for _, rank := range s.some.halves(s.words[i].divided) {
			if s.fresh(rank) && s.some.look() {
				s.batch = append(s.batch, rank)
			}
		}
	}
	s.apart = len(s.batch)
	takeEach := func(ranks []uint32) {
		for _, rank := range ranks {
			if s.promising(rank) && s.fresh(rank) {
				if !s.some.look() {
					return
				}
				s.batch = append(s.batch, rank)
			}
		}
	}
	take := func(held span) { takeEach(v.in(s.some.pass(held))) }
	if s.some.bounds() {
		for _, p := range s.promises() {
			take(p.held)
		}
	} else {
		for _, i := range s.order {
			w := &s.words[i]
			for _, held := range w.heavy {
				take(held)
			}
			for level := levels - 1; level > 0; level-- {
				for _, held := range w.lead[level] {
					take(held)
				}
			}
		}
	}
	if s.sifted {
		takeEach(s.behind)
	} else {
		s.eachBehind(take)
	}
}
