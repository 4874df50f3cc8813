package match

import (
	"math"
	"slices"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// acronyms yields the names that abbreviate the query to one word, and those that
// the one word of the query may abbreviate.
func (s *searcher) acronyms(asked []names.Weighed, yield func(uint32)) {
	v := &s.x.vocabulary
	for _, forms := range [2]bool{false, true} {
		initials := names.Initials(s.joined[:0], asked, forms)
		if initials == nil {
			continue
		}
		s.joined = initials
		for id := range v.near.find(hashSpelling(string(initials))) {
			if t := v.token(&v.entries[id]); t.Spelling() == string(initials) {
				for _, rank := range v.holding(id) {
					yield(s.x.ranked[rank])
				}
			}
		}
	}
	for i := range asked {
		if posted(asked[i].Class) {
			for n := range s.x.wholes.find(hashAcronym(asked[i].Spelling())) {
				yield(n)
			}
		}
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
		w := askedWord{weight: int64(x.Weight), least: int64(x.Weight), covers: covers(x), posted: posted(x.Class), solid: posted(x.Class)}
		if len(s.words) < cap(s.words) { // take over the buffer of an earlier query
			earlier := &s.words[:len(s.words)+1][len(s.words)]
			w.lead, w.heavy = earlier.lead[:0], earlier.heavy[:0]
		}
		if x.Span != 0 {
			s.leadTerm(x, bit)
		}
		s.follow(&w, s.phrase...)
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
		if x.Splinter() {
			w.least = 0 // may be a piece of a legal form
		}
		if x.Class == names.Initial && x.Person != names.Impersonal {
			w.least, w.posted = 0, false // may stand for any word with that letter
			w.covers = math.MaxUint16
		}
		for _, id := range w.lead {
			w.cost += len(v.holding(id))
			if !v.lists(id) {
				w.unlisted = max(w.unlisted, int64(s.cells[id].weight))
				w.least = 0 // a name that holds such a particle lacks nothing
			}
		}
		for _, id := range w.heavy {
			w.heavyCost += len(v.holding(id))
		}
		w.cost += w.heavyCost
		s.words = append(s.words, w)
		before = i
	}
}

// covers is the weight up to which words of names are not heavy for a word of the
// query. Of a rare word it is that of any word, since most of what is a typo away
// is rare too.
func covers(x *names.Weighed) int64 {
	const rare, any, tolerance = 450, 1000, 100
	if x.Weight >= rare {
		return any
	}
	return int64(x.Weight) + tolerance
}

// follow leads a word to entries. Those are heavy that may cover more of a name than
// the word of the query weighs: a common word is a typo away from rare ones, and a
// phrase is several words.
func (s *searcher) follow(w *askedWord, entries ...uint32) {
	v := &s.x.vocabulary
	for _, id := range entries {
		if int64(s.cells[id].weight) > w.covers || v.entries[id].span > 1 {
			w.heavy = append(w.heavy, id)
		} else {
			w.lead = append(w.lead, id)
		}
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
	s.follow(w, leads.entries...)
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
	if stem := x.Stem(); stem != "" {
		for id := range v.near.find(hashStem(stem)) {
			if s.unseen(id) {
				s.relateTo(id, x)
			}
		}
	}
	s.near = v.near.appendAll(s.near[:0], s.hashes)
	look := lookOf(&x.Token)
	for _, id := range s.near {
		if !v.looks[id].far(&look) && s.unseen(id) {
			s.relateTo(id, x)
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
					particle[side] = particle[side] || !v.lists(id)
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
				if e := &v.entries[id]; v.key(e) == half[side] && v.lists(id) {
					w.heavy = append(w.heavy, id) // the word covers the other half too
				}
			}
		}
	}
}

// leadBoth leads a word and the one before it to one entry.
func (s *searcher) leadBoth(id uint32, w *askedWord, bit uint64) {
	s.mark(id, bit|bit>>1)
	last := &s.words[len(s.words)-1]
	n := len(s.x.vocabulary.holding(id))
	w.heavy, last.heavy = append(w.heavy, id), append(last.heavy, id)
	last.cost += n
	last.heavyCost += n
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
			s.follow(w, id)
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
						w.heavy = append(w.heavy, id) // the word covers the other half too
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
				s.absorbs = append(s.absorbs, id)
			}
		}
	}
	s.leadSplinters(form)
}

// leadSplinters marks the entries that may be a piece of the query's form.
func (s *searcher) leadSplinters(form *names.Weighed) {
	v := &s.x.vocabulary
	mark := func(text string) {
		for id := range v.near.find(hashSpelling(text)) {
			if names.Class(v.entries[id].class) == names.LegalForm || v.text(&v.entries[id]) != text {
				continue
			}
			if y := v.word(id); y.Splinter() && names.MadeOf(&y, form) {
				s.mark(id, absorbed)
			}
		}
	}
	if !names.MadeOf(&names.Weighed{}, form) {
		return // too long a form
	}
	for _, a := range form.Text {
		if a == ' ' {
			continue
		}
		mark(string(a))
		for _, b := range form.Text {
			if b != ' ' {
				mark(string([]rune{a, b}))
			}
		}
	}
}
