package match

import (
	"slices"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// acronyms yields the names that abbreviate the query to one word, and those that
// the one word of the query may abbreviate.
func (s *searcher) acronyms(asked []names.Weighed, yield func(rank uint32)) {
	if s.least > int64(names.AcronymScore) {
		return
	}
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

// relation is an entry that a word leads to.
type relation struct {
	id      uint32
	names   uint32 // that hold it
	quality uint16 // of the pairing with the word
	weight  uint16
	burden  uint16 // what of the weight is part of a burden
	sort    uint16
}

// Sorts of entries.
const (
	sortSlight = 1 << iota // a particle or honorific
	sortHeavy              // it begins a phrase
)

func (v *vocabulary) relation(id uint32, quality int32) relation {
	r := relation{id: id, names: v.first[id+1] - v.first[id], quality: uint16(quality), weight: v.weights[id], burden: v.burden(id)}
	if v.slight(id) {
		r.sort |= sortSlight
	}
	if v.entries[id].span > 1 {
		r.sort |= sortHeavy
	}
	return r
}

// follow leads a word to an entry that brings so much.
func (s *searcher) follow(w *askedWord, to relation, brings int64) {
	if to.sort&sortSlight == 0 {
		w.solid = true
	}
	if to.sort&sortHeavy != 0 {
		w.heavy = append(w.heavy, to.id)
		w.heavyHeld += int(to.names)
		return
	}
	w.to = append(w.to, lead{to.id, to.names, brings, brings + s.least*int64(to.burden)})
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

// leads is what a word leads to by its own letters.
type leads struct {
	related []relation // entries that relate to it
	sounds  []relation // entries in other scripts whose sound is a part of its sound
	halves  []relation // entries whose letters are a part of its letters
	divided []uint32   // ranks of the names that hold two neighbours which make its letters
	forms   []relation // legal forms of which it may be a misspelling
}

func (l *leads) reset() {
	l.related, l.sounds, l.halves, l.divided, l.forms = l.related[:0], l.sounds[:0], l.halves[:0], l.divided[:0], l.forms[:0]
}

func (l *leads) clone() *leads {
	return &leads{slices.Clone(l.related), slices.Clone(l.sounds), slices.Clone(l.halves), slices.Clone(l.divided), slices.Clone(l.forms)}
}

// size is about how many numbers the leads hold.
func (l *leads) size() int {
	return 32 + 4*(len(l.related)+len(l.sounds)+len(l.halves)+len(l.forms)) + len(l.divided)
}

// leadsOf gives what a word leads to. What a word of the vocabulary leads to is kept,
// since most words of most queries are known.
func (s *searcher) leadsOf(x *names.Weighed) *leads {
	id, known := s.x.vocabulary.find(x)
	if known {
		if kept := s.x.leads[id].Load(); kept != nil {
			return kept
		}
	}
	s.related.reset()
	if x.Class == names.LegalForm {
		s.relateForm(x)
	} else {
		s.relate(x)
	}
	if known && s.x.remembers(&s.related) {
		s.x.leads[id].Store(s.related.clone())
	}
	return &s.related
}

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
		w.to = append(w.to, lead{to.id, to.names, 0, 0})
	}
	for _, to := range leads.sounds {
		s.mark(to, bit, w.all, s.full(int64(to.weight)))
		w.heavy = append(w.heavy, to.id)
		w.heavyHeld += int(to.names)
	}
	for _, to := range leads.halves {
		s.mark(to, 0, 0, s.full(int64(to.weight))).halves |= bit
	}
	w.divided = append(w.divided[:0], leads.divided...)
}

// relate looks up what a word leads to.
func (s *searcher) relate(x *names.Weighed) {
	v := &s.x.vocabulary
	s.hashes = appendHashes(s.hashes[:0], x.Text)
	if x.Key != x.Text {
		s.hashes = appendHashes(s.hashes, x.Key)
	}
	s.near = v.near.appendAll(s.near[:0], s.hashes)
	s.looks = s.looks[:0]
	for _, id := range s.near { // without a look at them, so that the processor waits for many at once
		s.looks = append(s.looks, v.looks[id])
	}
	look, n := lookOf(&x.Token), 0
	for i, id := range s.near {
		if !s.looks[i].far(&look) {
			s.near[n] = id
			n++
		}
	}
	s.near = s.near[:n]
	if x.Person != names.Impersonal && x.Class == names.Word {
		_, size := utf8.DecodeRuneInString(x.Key)
		for id := range v.near.find(hashSpelling(x.Key[:size])) {
			s.near = append(s.near, id)
		}
	}
	if stem := x.Stem(); stem != "" {
		for id := range v.near.find(hashStem(stem)) {
			s.near = append(s.near, id)
		}
	}
	s.relateSounds(x)
	slices.Sort(s.near)
	for _, id := range slices.Compact(s.near) {
		y := v.word(id)
		if y.Class == names.LegalForm {
			if x.Class == names.Word && names.LooksLikeForm(x, &y, true) {
				s.related.forms = append(s.related.forms, v.relation(id, 0))
			}
		} else if quality, _ := names.Relate(x, &y); quality > 0 {
			s.related.related = append(s.related.related, v.relation(id, quality))
		}
	}
	s.relateHalves(x)
}

// relateSounds finds the words in other scripts that have the skeleton of a word,
// or two of whose skeletons make it.
func (s *searcher) relateSounds(x *names.Weighed) {
	v := &s.x.vocabulary
	if !x.Sounded() || x.Script == names.Latin && !v.foreign {
		return // all other words are Latin
	}
	s.skeleton = names.AppendSkeleton(s.skeleton[:0], &x.Token)
	if len(s.skeleton) < 2 {
		return
	}
	other := func(id uint32) bool { return v.entries[id].script != uint8(x.Script) }
	for id := range v.near.find(hashSkeleton(s.skeleton)) {
		if other(id) {
			s.near = append(s.near, id)
		}
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
						s.related.sounds = append(s.related.sounds, v.relation(id, 0))
					}
				}
			}
		}
	}
}

// relateHalves finds the pairs of neighbours into which a word falls, and the names that
// hold them.
func (s *searcher) relateHalves(x *names.Weighed) {
	v := &s.x.vocabulary
	l := &s.related
	for cut := 1; cut < len(x.Key); cut++ {
		begin := len(l.halves)
		l.halves = v.appendKeyed(l.halves, x.Key[:cut])
		middle := len(l.halves)
		if middle == begin {
			continue
		}
		l.halves = v.appendKeyed(l.halves, x.Key[cut:])
		found := len(l.divided)
		for _, a := range l.halves[begin:middle] {
			for _, b := range l.halves[middle:] {
				s.relateNeighbours(a.id, b.id)
			}
		}
		if len(l.divided) == found {
			l.halves = l.halves[:begin]
		}
	}
}

// relateNeighbours finds the names in which one word follows the other.
func (s *searcher) relateNeighbours(a, b uint32) {
	v := &s.x.vocabulary
	if v.particle(a) && v.particle(b) {
		return
	}
	few, many := v.holding(a), v.holding(b)
	if len(few) > len(many) {
		few, many = many, few
	}
	for _, rank := range few {
		n, held := slices.BinarySearch(many, rank)
		if many = many[n:]; held && s.x.follows(rank, a, b) {
			s.related.divided = append(s.related.divided, rank)
		}
	}
}

// follows reports whether a name has one word after the other, legal forms left out.
func (x *Index) follows(rank, a, b uint32) bool {
	before := uint32(noEntry)
	for _, id := range x.wordsOf(rank) {
		if id == b && before == a {
			return true
		}
		if names.Class(x.vocabulary.entries[id].class) != names.LegalForm {
			before = id
		}
	}
	return false
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
	for id := range v.near.find(hashTerm(x.Term)) {
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
	for id := range v.near.find(hashSkeleton(s.skeleton)) {
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

// relateForm finds the entries that may be a misspelling of a legal form, or a piece of
// it.
func (s *searcher) relateForm(form *names.Weighed) {
	v := &s.x.vocabulary
	s.hashes = s.hashes[:0]
	for part := range splitWords(form.Text) {
		s.hashes = appendHashes(s.hashes, part)
	}
	s.near = v.near.appendAll(s.near[:0], s.hashes)
	slices.Sort(s.near)
	for _, id := range slices.Compact(s.near) {
		if names.Class(v.entries[id].class) != names.Word {
			continue
		}
		if y := v.word(id); names.LooksLikeForm(&y, form, true) {
			s.related.related = append(s.related.related, v.relation(id, 0))
		}
	}
	s.relateSplinters(form)
}

// relateSplinters finds the entries that may be a piece of a legal form.
func (s *searcher) relateSplinters(form *names.Weighed) {
	v := &s.x.vocabulary
	find := func(text string) {
		for id := range v.near.find(hashSpelling(text)) {
			if names.Class(v.entries[id].class) == names.LegalForm || v.text(&v.entries[id]) != text {
				continue
			}
			if y := v.word(id); y.Splinter() && names.MadeOf(&y, form) {
				s.related.halves = append(s.related.halves, v.relation(id, 0))
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
		find(string(a))
		for _, b := range form.Text {
			if b != ' ' {
				find(string([]rune{a, b}))
			}
		}
	}
}

// leadForm marks the entries that may be a misspelling of the query's form, or a piece
// of it.
func (s *searcher) leadForm(form *names.Weighed) {
	leads := s.leadsOf(form)
	for _, to := range leads.related {
		s.mark(to, 0, 0, 0).flags |= absorbed
		if to.burden > 0 {
			s.absorbs = append(s.absorbs, to.id)
		}
	}
	for _, to := range leads.halves {
		s.mark(to, 0, 0, 0).flags |= absorbed
	}
}
