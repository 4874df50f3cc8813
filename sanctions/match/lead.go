package match

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// acronyms yields the names that abbreviate the query to one word, and those that
// the one word of the query may abbreviate.
func (s *searcher) acronyms(asked []names.Weighed, yield func(rank uint32)) {
	if s.least > int64(names.AcronymScore) {
		return
	}
	v := &s.x.vocabulary
	for initials := range names.Acronyms(s.joined[:0], asked) {
		for id := range v.under(hashSpelling(string(initials))) {
			if t := v.token(&v.entries[id]); t.Spelling() == string(initials) {
				for _, rank := range v.holding(id) {
					yield(rank)
				}
			}
		}
	}
	for i := range asked {
		if posted(asked[i].Class) {
			for rank := range s.x.wholes.find(hashAcronym(asked[i].Spelling())) {
				yield(rank)
			}
		}
	}
}

// lead follows every word of the query to entries.
func (s *searcher) lead(asked []names.Weighed) {
	before := -1 // the word before, forms left out
	for i := range asked {
		x := &asked[i]
		if x.Class == names.LegalForm {
			s.leadForm(x)
			continue
		}
		bit := uint64(1) << len(s.words)
		w := s.newWord(x)
		if x.Span != 0 {
			s.leadTerm(x, bit)
		}
		for _, to := range s.phrase {
			s.follow(w, to, w.all)
		}
		s.leadWord(x, w, bit)
		if before >= 0 {
			s.leadJoined(&asked[before], x, bit)
		}
		before = i
	}
}

// newWord appends a word of the query, which takes over the buffers of an earlier one.
func (s *searcher) newWord(x *names.Weighed) *askedWord {
	if len(s.words) < cap(s.words) {
		s.words = s.words[:len(s.words)+1]
	} else {
		s.words = append(s.words, askedWord{})
	}
	w := &s.words[len(s.words)-1]
	*w = askedWord{weight: int64(x.Weight), least: int64(x.Weight), to: w.to[:0], heavy: w.heavy[:0], divided: w.divided[:0], lead: w.lead,
		solid: posted(x.Class), slight: x.Class == names.Particle || x.Class == names.Honorific}
	for level := range w.lead {
		w.lead[level] = w.lead[level][:0]
	}
	if x.Splinter() {
		w.least = 0 // may be a piece of a legal form
	}
	if x.Class == names.Initial && x.Person != names.Impersonal {
		w.least, w.free, w.covers = 0, true, weightiest // may stand for any word with that letter
	}
	w.none, w.all = -s.least*w.least, s.full(w.weight)
	return w
}

// follow leads a word to an entry that brings so much.
func (s *searcher) follow(w *askedWord, to relation, brings int64) {
	if to.sort&sortSlight == 0 {
		w.solid = true
	}
	if to.sort&sortHeavy != 0 {
		w.heavy = append(w.heavy, to.held)
		w.heavyHeld += to.held.size()
		return
	}
	w.to = append(w.to, lead{to.held, brings, brings + s.least*int64(to.burden)})
	w.covers = max(w.covers, int64(to.burden))
}

// mark marks an entry for words of the query, with the most that it brings to the word
// if it is one, and to a name which holds it.
func (s *searcher) mark(to relation, words uint64, asked, own int64) *mark {
	m := s.marks.at(to.id)
	if m.words|m.halves|m.spells|uint64(m.flags) == 0 {
		m.own, m.asked = int32(-s.least*int64(to.weight)), int32(asked) // it may also be left over
		if to.sort&sortSlight == 0 {
			m.weight = to.weight
		}
	}
	m.words |= words
	m.own, m.asked = max(m.own, int32(own)), max(m.asked, int32(asked))
	return m
}

// size is about how many numbers the leads hold.
// leadWord leads a word to the entries that relate to it by its own letters.
func (s *searcher) leadWord(x *names.Weighed, w *askedWord, bit uint64) {
	leads := s.leadsOf(x)
	for _, to := range leads.related {
		weight := int64(min(x.Weight, int32(to.weight)))
		brings := s.missing * weight * (int64(s.ceiling.Quality(x, int32(to.quality))) - s.least)
		s.mark(to, bit, brings, brings)
		s.follow(w, to, brings)
	}
	for _, to := range leads.forms {
		s.mark(to, 0, 0, 0).spells |= bit
		w.to = append(w.to, lead{to.held, 0, 0})
	}
	for _, to := range leads.sounds {
		s.mark(to, bit, w.all, s.full(int64(to.weight)))
		w.heavy = append(w.heavy, to.held)
		w.heavyHeld += to.held.size()
	}
	for _, to := range leads.halves {
		s.mark(to, 0, 0, s.full(int64(to.weight))).halves |= bit
	}
	w.divided = append(w.divided[:0], leads.divided...)
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
	for id := range v.under(hashTerm(x.Term)) {
		e := &v.entries[id]
		if v.term(e) != x.Term || names.Class(e.class) != x.Class && (e.span != 1 || x.Span != 1) || slices.ContainsFunc(s.phrase, func(to relation) bool { return to.id == id }) {
			continue
		}
		to := v.relation(id, 0)
		m := s.mark(to, bits, s.full(int64(x.Weight)), s.full(int64(to.weight)))
		if e.span > 1 {
			m.flags |= translated
		}
		s.phrase = append(s.phrase, to)
	}
}

// leadJoined leads a word and the one before it to the entries that are both in one, by
// letters or, in another script, by sound.
func (s *searcher) leadJoined(x, y *names.Weighed, bit uint64) {
	v := &s.x.vocabulary
	s.joined = append(append(s.joined[:0], x.Key...), y.Key...)
	s.entries = v.appendKeyed(s.entries[:0], string(s.joined))
	for _, to := range s.entries {
		s.leadBoth(to, bit)
	}
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
	for id := range v.under(hashSkeleton(s.skeleton)) {
		if v.entries[id].script != uint8(x.Script) {
			s.leadBoth(v.relation(id, 0), bit)
		}
	}
}

// leadBoth leads the latest word and the one before it to one entry.
func (s *searcher) leadBoth(to relation, bit uint64) {
	last := len(s.words) - 1
	s.mark(to, bit|bit>>1, 0, s.full(int64(to.weight)))
	for _, w := range []*askedWord{&s.words[last], &s.words[last-1]} {
		s.follow(w, to, w.all)
	}
}

// leadForm marks the entries that may be a misspelling of the query's form, or a piece
// of it.
func (s *searcher) leadForm(form *names.Weighed) {
	leads := s.leadsOf(form)
	for _, to := range leads.related {
		s.mark(to, 0, 0, 0).flags |= absorbed
		if to.burden > 0 {
			s.absorbs = append(s.absorbs, to.held)
		}
	}
	for _, to := range leads.halves {
		s.mark(to, 0, 0, 0).flags |= absorbed
	}
}
