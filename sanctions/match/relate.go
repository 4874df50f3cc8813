package match

import (
	"slices"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// relation is an entry that a word leads to.
type relation struct {
	id      uint32
	held    span   // by these names
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
	r := relation{id: id, held: span{v.first[id], v.first[id+1]}, quality: uint16(quality), weight: v.weights[id], burden: v.burden(id)}
	if v.slight(id) {
		r.sort |= sortSlight
	}
	if v.entries[id].span > 1 {
		r.sort |= sortHeavy
	}
	return r
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

func (l *leads) size() int {
	return 32 + 5*(len(l.related)+len(l.sounds)+len(l.halves)+len(l.forms)) + len(l.divided)
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
