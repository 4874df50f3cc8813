package match

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// acronyms yields the names that abbreviate the query to one word, and those that
// the one word of the query may abbreviate.
func (s *searcher) acronyms(asked []names.Weighed, least sanctions.Similarity, yield func(rank uint32)) {
	if least > similarity.AcronymScore {
		return
	}
	v := &s.x.vocabulary
	for initials := range names.Acronyms(s.joined[:0], asked) {
		for id := range v.under(hashSpelling(string(initials))) {
			if t := v.token(&v.entries[id].word); t.Spelling() == string(initials) {
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

// ways is where a word of the query leads.
type ways struct {
	leads  *leads     // by its own letters
	unkept leads      // the same, where it is not kept in the index
	terms  []relation // words and phrases that mean what it, or the phrase it begins, means
	joined []relation // entries that are it and the word before in one
}

// relateAll finds where the words of the query lead.
func (s *searcher) relateAll(asked []names.Weighed) {
	s.ways = slices.Grow(s.ways[:0], len(asked))[:len(asked)]
	before := -1 // the word before, forms left out
	for i := range asked {
		x, w := &asked[i], &s.ways[i]
		w.leads = s.leadsOf(x, &w.unkept)
		w.terms, w.joined = w.terms[:0], w.joined[:0]
		if x.Class == names.LegalForm {
			continue
		}
		if x.Span != 0 && x.Term != "" {
			w.terms = s.appendTerms(w.terms, x)
		}
		if before >= 0 {
			w.joined = s.appendJoined(w.joined, &asked[before], x)
		}
		before = i
	}
}

// lead follows every word of the query to entries of the names that are sought.
func (s *searcher) lead(asked []names.Weighed) {
	s.phrase = s.phrase[:0]
	for i := range asked {
		x, ways := &asked[i], &s.ways[i]
		led := &ways.leads.among[0]
		if s.personal {
			led = &ways.leads.among[1]
		}
		if x.Class == names.LegalForm {
			s.leadForm(led)
			continue
		}
		bit := uint64(1) << len(s.words)
		w := s.newWord(x)
		if x.Span != 0 {
			s.leadTerms(x, ways.terms, bit)
		}
		for _, to := range s.phrase {
			s.follow(w, to, w.all)
		}
		s.leadWord(x, led, w, bit)
		s.leadJoined(ways.joined, bit)
	}
	s.leadCountries()
}

// newWord appends a word of the query, which takes over the buffers of an earlier one.
func (s *searcher) newWord(x *names.Weighed) *askedWord {
	if len(s.words) < cap(s.words) {
		s.words = s.words[:len(s.words)+1]
	} else {
		s.words = append(s.words, askedWord{})
	}
	w := &s.words[len(s.words)-1]
	*w = askedWord{weight: int64(x.Weight), least: int64(x.Weight), to: w.to[:0], heavy: w.heavy[:0], divided: w.divided[:0], lead: w.lead, tails: w.tails[:0],
		solid: posted(x.Class), slight: x.Class == names.Particle || x.Class == names.Honorific}
	for level := range w.lead {
		w.lead[level] = w.lead[level][:0]
	}
	if similarity.Splinter(x) {
		w.least = 0 // may be a piece of a legal form
	}
	if x.Class == names.Qualifier { // may be where the party sits
		if code := countryTerms().codes[x.Term]; code != "" {
			w.seat = true
			w.to = append(w.to, lead{held: s.x.vocabulary.seated(code, s.personal)})
		} else {
			w.least = 0
		}
	}
	if x.Class == names.Initial && x.Person != names.Impersonal && s.personal {
		w.least, w.free = 0, true // may stand for any word with that letter
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
	w.to = append(w.to, lead{held: to.held, brings: brings, worth: brings + s.least*int64(to.burden), weight: uint16(min(w.weight, int64(to.weight))), burden: to.burden})
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

// leadWord leads a word to the entries that relate to it by its own letters.
func (s *searcher) leadWord(x *names.Weighed, led *led, w *askedWord, bit uint64) {
	for _, to := range led.related {
		weight := int64(min(x.Weight, int32(to.weight)))
		brings := s.missing * weight * (int64(s.ceiling.Quality(x, int32(to.quality))) - s.least)
		s.mark(to, bit, brings, brings)
		s.follow(w, to, brings)
	}
	for _, to := range led.forms {
		s.mark(to, 0, 0, 0).spells |= bit
		w.to = append(w.to, lead{held: to.held})
	}
	for _, to := range led.sounds {
		s.mark(to, bit, w.all, s.full(int64(to.weight)))
		w.heavy = append(w.heavy, to.held)
		w.heavyHeld += to.held.size()
	}
	for _, to := range led.halves {
		s.mark(to, 0, 0, s.full(int64(to.weight))).halves |= bit
	}
	w.divided = append(w.divided[:0], led.divided...)
}

// appendTerms appends the words and phrases that mean what a word, or the phrase it begins,
// means.
func (s *searcher) appendTerms(dst []relation, x *names.Weighed) []relation {
	dst = s.appendTerm(dst, x, x.Term)
	for _, term := range names.Akin(x.Term) {
		dst = s.appendTerm(dst, x, term)
	}
	return dst
}

func (s *searcher) appendTerm(dst []relation, x *names.Weighed, term string) []relation {
	v := &s.x.vocabulary
	for id := range v.under(hashTerm(term)) {
		e := &v.entries[id]
		if names.Class(e.class) != names.LegalForm && v.term(&e.word) == term && (names.Class(e.class) == x.Class || e.span == 1 && x.Span == 1) &&
			!slices.ContainsFunc(dst, func(to relation) bool { return to.id == id }) {
			dst = append(dst, v.relation(id, 0))
		}
	}
	return dst
}

// leadTerms leads a word and the others of its phrase to what means the same.
func (s *searcher) leadTerms(x *names.Weighed, terms []relation, bit uint64) {
	s.phrase = s.phrase[:0]
	bits := bit*(1<<x.Span) - bit
	for _, to := range terms {
		if to.personal() != s.personal {
			continue
		}
		m := s.mark(to, bits, s.full(int64(x.Weight)), s.full(int64(to.weight)))
		if to.sort&sortHeavy != 0 {
			m.flags |= translated
		}
		s.phrase = append(s.phrase, to)
	}
}

// appendJoined appends the entries that are two words in one, by letters or, in another
// script, by sound.
func (s *searcher) appendJoined(dst []relation, x, y *names.Weighed) []relation {
	v := &s.x.vocabulary
	s.joined = append(append(s.joined[:0], x.Key...), y.Key...)
	dst = v.appendKeyed(dst, string(s.joined))
	s.joined = append(append(s.joined[:0], x.Text...), y.Text...)
	keyed := len(dst)
	dst = v.appendWritten(dst, string(s.joined))
	dst = append(dst[:keyed], slices.DeleteFunc(dst[keyed:], func(to relation) bool { // the key has led there
		return isBoth(v.key(&v.entries[to.id].word), x.Key, y.Key)
	})...)
	if x.Script == names.Latin && !v.foreign || x.Class != names.Word || y.Class != names.Word {
		return dst
	}
	s.skeleton = names.AppendSkeleton(s.skeleton[:0], &x.Token)
	n := len(s.skeleton)
	s.skeleton = names.AppendSkeleton(s.skeleton, &y.Token)
	if n == 0 || len(s.skeleton) == n {
		return dst
	}
	if s.skeleton[n-1] == s.skeleton[n] {
		s.skeleton = slices.Delete(s.skeleton, n, n+1)
	}
	for id := range v.under(hashSkeleton(s.skeleton)) {
		if v.entries[id].script != uint8(x.Script) {
			dst = append(dst, v.relation(id, 0))
		}
	}
	return dst
}

// leadJoined leads the latest word and the one before it to what is both in one.
func (s *searcher) leadJoined(joined []relation, bit uint64) {
	for _, to := range joined {
		if to.personal() != s.personal {
			continue
		}
		last := len(s.words) - 1
		s.mark(to, bit|bit>>1, 0, s.full(int64(to.weight)))
		for _, w := range []*askedWord{&s.words[last], &s.words[last-1]} {
			s.follow(w, to, w.all)
		}
	}
}

// leadForm marks the entries that name the query's form, or may be a misspelling of it or a
// piece of it.
func (s *searcher) leadForm(led *led) {
	for _, to := range led.related {
		s.mark(to, 0, 0, 0).flags |= absorbed
		if to.burden > 0 {
			s.absorbs = append(s.absorbs, to.held)
		}
	}
	for _, to := range led.halves {
		s.mark(to, 0, 0, 0).flags |= absorbed
	}
}

// leadCountries marks the entries of the query's countries, which cost a name nothing.
func (s *searcher) leadCountries() {
	v := &s.x.vocabulary
	for _, term := range s.seats.countries {
		for id := range v.under(hashTerm(term)) {
			e := &v.entries[id]
			if names.Class(e.class) != names.Qualifier || v.term(&e.word) != term {
				continue
			}
			to := v.relation(id, 0)
			if to.personal() != s.personal {
				continue
			}
			m := s.mark(to, 0, 0, 0)
			if m.flags |= absorbed; to.sort&sortHeavy != 0 {
				m.flags |= translated
			}
		}
	}
}
