package match

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// How names are found
//
// Every word of the query leads to the entries of the vocabulary that relate to
// it: its spellings and what lies within a few edits, its translations, the word
// it makes with its neighbour, the two words it falls into. A name can only score
// the minimum if the words it shares weigh enough. With m for the weight of the
// query's words that a name shares and u for that of those it does not, its
// score is at most 2m/(2m+u), or 4m/(4m+u) among persons, whatever else it holds. So it is enough to look at
// the names that hold something for the rarest words of the query, where these
// together weigh so much that without any of them the bound lies below the
// minimum. Each name found is bounded again with its own words before it is
// compared in full.
//
// Some rules of comparison pair no words and are found by a table of their own: the
// same letters divided otherwise, names of nothing but legal forms, acronyms.

// askedWord is a word of the query and what it leads to.
type askedWord struct {
	weight int64 // as in the query
	least  int64 // what it surely costs a name that does not hold it
	cost   int   // how many names it leads to
	lead   []uint32
	posted bool // names are found by it
	solid  bool // it may make a match
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
	seen     []uint32 // of a name, the round in which it was last looked at
	round    uint32
	notes    []uint32             // of a name, the round and below it the slots whose words it holds
	slots    []int                // the words of the query that are noted on names
	judged   [1 << maxSlots]uint8 // of a set of slots, what promising found
	checked  []uint32             // of an entry, the word in which it was last looked at
	check    uint32
	hashes   []uint64
	related  leads
	joined   []byte
	skeleton []byte
	phrase   []uint32 // where the term of the phrase leads that is being followed
	missing  int64    // what a word of weight 1 counts that only one name has, as a divisor: 2, and 4 for a person
	words    []askedWord
	order    []int
}

// candidates yields every name that may score least, and some others.
func (s *searcher) candidates(asked []names.Weighed, least sanctions.Similarity, yield func(uint32)) {
	asked = asked[:min(len(asked), names.MaxWords)]
	s.begin(asked)
	defer s.end()
	for _, forms := range [2]bool{false, true} {
		for n := range s.x.wholes.find(hashWhole(asked, forms)) {
			if s.fresh(n) {
				yield(n)
			}
		}
	}
	s.acronyms(asked, yield)
	s.lead(asked)
	if !s.essential(least) {
		s.everyName(asked, least, yield)
		return
	}
	s.spread()
	v := &s.x.vocabulary
	for _, i := range s.order {
		for _, id := range s.words[i].lead {
			for _, n := range v.holding(id) {
				if s.promising(n, least) && s.fresh(n) && s.reaches(n, least) {
					yield(n)
				}
			}
		}
	}
}

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

// acronyms yields the names that abbreviate the query to one word, and those that
// the one word of the query may abbreviate.
func (s *searcher) acronyms(asked []names.Weighed, yield func(uint32)) {
	v := &s.x.vocabulary
	if initials := names.Initials(s.joined[:0], asked); initials != nil {
		s.joined = initials
		for id := range v.near.find(hashSpelling(string(initials))) {
			if v.key(&v.entries[id]) == string(initials) {
				for _, n := range v.holding(id) {
					if s.fresh(n) {
						yield(n)
					}
				}
			}
		}
	}
	for i := range asked {
		if posted(asked[i].Class) {
			for n := range s.x.wholes.find(hashAcronym(asked[i].Key)) {
				if s.fresh(n) {
					yield(n)
				}
			}
		}
	}
}

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
	if s.round++; s.round == 1<<(32-maxSlots) { // the counter has gone round: nothing is seen
		clear(s.seen)
		clear(s.notes)
		s.round = 1
	}
	s.words = s.words[:0]
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

func (s *searcher) fresh(n uint32) bool {
	if s.seen[n] == s.round {
		return false
	}
	s.seen[n] = s.round
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

// lead follows every word of the query to entries.
func (s *searcher) lead(asked []names.Weighed) {
	v := &s.x.vocabulary
	before := -1 // the word before, forms left out
	for i := range asked {
		x := &asked[i]
		if x.Class == names.LegalForm {
			s.leadForm(x)
			continue
		}
		bit := uint64(1) << len(s.words)
		w := askedWord{weight: int64(x.Weight), least: int64(x.Weight), posted: posted(x.Class), solid: posted(x.Class)}
		if len(s.words) < cap(s.words) { // take over the buffer of an earlier query
			w.lead = s.words[:len(s.words)+1][len(s.words)].lead[:0]
		}
		if x.Span != 0 {
			s.leadTerm(x, bit)
		}
		for _, id := range s.phrase {
			w.lead = append(w.lead, id)
		}
		s.leadWord(x, &w, bit)
		s.leadSplit(x, &w, bit)
		if x.Sounded() {
			s.leadSounds(x, &w, bit)
		}
		if before >= 0 {
			s.joined = append(append(s.joined[:0], asked[before].Key...), x.Key...)
			for id := range v.near.find(hashSpelling(string(s.joined))) {
				if e := &v.entries[id]; v.key(e) == string(s.joined) && names.Class(e.class) != names.LegalForm {
					s.leadBoth(id, &w, bit)
				}
			}
			s.leadJoinedSounds(&asked[before], x, &w, bit)
		}
		if x.Class == names.Initial && x.Person != names.Impersonal {
			w.least, w.posted = 0, false // may stand for any word with that letter
		}
		for _, id := range w.lead {
			w.cost += len(v.holding(id))
		}
		s.words = append(s.words, w)
		before = i
	}
}

// leadWord finds the entries that relate to a word by spelling. What a word of
// the vocabulary leads to is kept, since most words of most queries are known.
func (s *searcher) leadWord(x *names.Weighed, w *askedWord, bit uint64) {
	var leads *leads
	if id, known := s.x.vocabulary.find(x); known {
		kept := &s.x.leads[id]
		if leads = kept.Load(); leads == nil {
			leads = s.relate(x).clone()
			kept.Store(leads)
		}
	} else {
		leads = s.relate(x)
	}
	for _, id := range leads.entries {
		s.mark(id, bit)
	}
	w.lead = append(w.lead, leads.entries...)
	if leads.form {
		w.least = 0
	}
}

// leads is what a word leads to by its spelling.
type leads struct {
	entries []uint32 // that relate to it
	form    bool     // it may be a misspelt legal form
}

func (l *leads) clone() *leads { return &leads{entries: slices.Clone(l.entries), form: l.form} }

// relate looks the leads of a word up. They lie in the searcher's buffer.
func (s *searcher) relate(x *names.Weighed) *leads {
	v := &s.x.vocabulary
	s.related.entries, s.related.form = s.related.entries[:0], false
	s.nextCheck()
	s.hashes = appendHashes(s.hashes[:0], x.Text)
	if x.Key != x.Text {
		s.hashes = appendHashes(s.hashes, x.Key)
	}
	for _, h := range s.hashes {
		for id := range v.near.find(h) {
			if !s.unseen(id) {
				continue
			}
			if l := v.looks[id]; !l.text.Far(x.TextIs) || !l.key.Far(x.KeyIs) {
				s.relateTo(id, x)
			}
		}
	}
	if x.Person != names.Impersonal && x.Class == names.Word {
		_, size := utf8.DecodeRuneInString(x.Key)
		for id := range v.near.find(hashSpelling(x.Key[:size])) {
			if s.unseen(id) {
				s.relateTo(id, x)
			}
		}
	}
	return &s.related
}

func (s *searcher) relateTo(id uint32, x *names.Weighed) {
	y := s.x.vocabulary.word(id)
	if y.Class == names.LegalForm {
		s.related.form = s.related.form || x.Class == names.Word && names.LooksLikeForm(x, &y)
		return
	}
	if quality, _ := names.Relate(x, &y); quality > 0 {
		s.related.entries = append(s.related.entries, id)
	}
}

// leadTerm finds the words and phrases that mean what a word, or the phrase it
// begins, means. They stand for all words of the phrase.
func (s *searcher) leadTerm(x *names.Weighed, bit uint64) {
	s.phrase = s.phrase[:0]
	if x.Term == "" {
		return
	}
	v := &s.x.vocabulary
	bits := bit*(1<<x.Span) - bit
	s.nextCheck()
	for id := range v.near.find(hashTerm(x.Term)) {
		e := &v.entries[id]
		if v.term(e) != x.Term || names.Class(e.class) != x.Class || !s.unseen(id) {
			continue
		}
		if e.span > 1 {
			s.mark(id, bits|translated)
		} else {
			s.mark(id, bits)
		}
		s.phrase = append(s.phrase, id)
	}
}

// leadSplit finds the pairs of words into which a word falls. A pair is found by
// the half that fewer names have, and a particle by the other half.
func (s *searcher) leadSplit(x *names.Weighed, w *askedWord, bit uint64) {
	v := &s.x.vocabulary
	for cut := 1; cut < len(x.Key); cut++ {
		half := [2]string{x.Key[:cut], x.Key[cut:]}
		if !s.known(half[0]) || !s.known(half[1]) {
			continue
		}
		var cost [2]int
		var particle [2]bool
		for side := range half {
			for id := range v.near.find(hashSpelling(half[side])) {
				if e := &v.entries[id]; v.key(e) == half[side] && names.Class(e.class) != names.LegalForm {
					s.mark(id, bit)
					cost[side] += len(v.holding(id))
					particle[side] = particle[side] || !posted(names.Class(e.class))
				}
			}
		}
		rarer := 0
		if cost[1] < cost[0] {
			rarer = 1
		}
		for side := range half {
			if !particle[1-side] && (particle[side] || side != rarer) {
				continue
			}
			for id := range v.near.find(hashSpelling(half[side])) {
				if e := &v.entries[id]; v.key(e) == half[side] && posted(names.Class(e.class)) {
					w.lead = append(w.lead, id)
				}
			}
		}
	}
}

// leadBoth leads a word and the one before it to one entry.
func (s *searcher) leadBoth(id uint32, w *askedWord, bit uint64) {
	s.mark(id, bit|bit>>1)
	w.lead = append(w.lead, id)
	last := &s.words[len(s.words)-1]
	last.lead = append(last.lead, id)
	last.cost += len(s.x.vocabulary.holding(id))
}

// leadSounds finds the words in other scripts that have the skeleton of a word,
// or two of whose skeletons make it.
func (s *searcher) leadSounds(x *names.Weighed, w *askedWord, bit uint64) {
	v := &s.x.vocabulary
	s.skeleton = names.AppendSkeleton(s.skeleton[:0], &x.Token)
	if len(s.skeleton) < 2 {
		return
	}
	other := func(id uint32) bool { return v.entries[id].script != uint8(x.Script) }
	for id := range v.near.find(hashSkeleton(s.skeleton)) {
		if other(id) {
			s.mark(id, bit)
			w.lead = append(w.lead, id)
		}
	}
	if x.Script == names.Latin && !v.foreign {
		return // all other words are Latin
	}
	for cut := 1; cut < len(s.skeleton); cut++ {
		for _, tail := range [2][]byte{s.skeleton[cut:], s.skeleton[cut-1:]} { // a letter may belong to both
			heads, tails := false, false
			for range v.near.find(hashSkeleton(s.skeleton[:cut])) {
				heads = true
			}
			for range v.near.find(hashSkeleton(tail)) {
				tails = true
			}
			if !heads || !tails {
				continue
			}
			for _, half := range [2][]byte{s.skeleton[:cut], tail} {
				for id := range v.near.find(hashSkeleton(half)) {
					if other(id) {
						s.mark(id, bit)
						w.lead = append(w.lead, id)
					}
				}
			}
		}
	}
}

// leadJoinedSounds finds the words in other scripts whose skeleton two
// neighbours make.
func (s *searcher) leadJoinedSounds(x, y *names.Weighed, w *askedWord, bit uint64) {
	v := &s.x.vocabulary
	if x.Script == names.Latin && !v.foreign || x.Class != names.Word || y.Class != names.Word {
		return
	}
	s.skeleton = names.AppendSkeleton(s.skeleton[:0], &x.Token)
	n := len(s.skeleton)
	s.skeleton = names.AppendSkeleton(s.skeleton, &y.Token)
	if n == 0 || len(s.skeleton) == n {
		return
	}
	if s.skeleton[n-1] == s.skeleton[n] {
		s.skeleton = slices.Delete(s.skeleton, n, n+1)
	}
	for id := range v.near.find(hashSkeleton(s.skeleton)) {
		if v.entries[id].script != uint8(x.Script) {
			s.leadBoth(id, w, bit)
		}
	}
}

// known reports whether a key is that of some word.
func (s *searcher) known(key string) bool {
	v := &s.x.vocabulary
	for id := range v.near.find(hashSpelling(key)) {
		if e := &v.entries[id]; v.key(e) == key && names.Class(e.class) != names.LegalForm {
			return true
		}
	}
	return false
}

// leadForm marks the entries that may be a misspelling of the query's form.
func (s *searcher) leadForm(form *names.Weighed) {
	v := &s.x.vocabulary
	s.nextCheck()
	s.hashes = s.hashes[:0]
	for part := range splitWords(form.Text) {
		s.hashes = appendHashes(s.hashes, part)
	}
	for _, h := range s.hashes {
		for id := range v.near.find(h) {
			if !s.unseen(id) || names.Class(v.entries[id].class) != names.Word {
				continue
			}
			if y := v.word(id); names.LooksLikeForm(&y, form) {
				s.mark(id, absorbed)
			}
		}
	}
}

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
func (s *searcher) reaches(n uint32, least sanctions.Similarity) bool {
	v := &s.x.vocabulary
	var held, apart int64 // weight of the name's words that the query may share, and of the others
	var shared uint64
	words := s.x.span(n)
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
