package names

import "slices"

// place says where in a name an entry may stand.
type place uint8

const (
	anywhere  place = iota
	atStart         // only forms before it
	atEnd           // only forms and places after it
	atEdge          // either
	afterForm       // right after a form
	beside          // right after a form or a term, or before a term
	ofPerson        // in a person's name only
	ofShip          // in the name of a ship or an aircraft, or before a word of its own where the kind is not known
)

// entry is what a table says of a phrase.
type entry struct {
	term    string
	class   Class
	generic bool
	place   place
	spelled bool   // a short word, which stands for this only in the spelling of the table
	reading string // the key of a name that is read otherwise than its letters tell
}

// spelling is a short word and what it stands for when it is spelled so.
type spelling struct{ term, text string }

// lexicon finds phrases. Words are first replaced by the number of their lemma,
// then followed through a trie; writing without spaces is searched by stretch.
type lexicon struct {
	lemmas    map[string]formOf // key of a word → what it is a form of
	first     []int32           // lemma → node, for the first word of a phrase
	next      map[uint64]int32  // node<<32 | lemma → node, for the others
	nodes     [][]entry         // what the words so far may stand for, entries bound to a place first
	joined    map[string]int32  // phrase without spaces → node
	longest   int               // of joined, in runes
	formWords map[int32]bool    // lemmas that occur in a legal form or a title
	spelled   map[spelling]bool // short words as the tables spell them
	declined  map[string]bool   // inflections of short words
	families  map[string]string // form → family
	sorts     map[string]bool   // terms that say of what sort a body is
	houses    map[string]bool   // of these, such as any firm may call itself: group, concern
	akin      map[string][]string
}

// formOf has the numbers of the lemma that a word is and of the one whose other case or
// gender it is, or 0.
type formOf struct{ own, inflected int32 }

// steps follows a word from a node of the trie, as it stands and as an inflection;
// 0 is nowhere. native says that the word is not in Latin letters: a Latin word of
// fewer than six letters is no inflection, but likely a word of another language.
func (l *lexicon) steps(at int32, key []byte, native bool) (exact, inflected int32) {
	of, ok := l.lemmas[string(key)]
	if !ok {
		return 0, 0
	}
	exact = l.step(at, of.own)
	if native || len(key) >= 6 {
		inflected = l.step(at, of.inflected)
	}
	return exact, inflected
}

// step follows a lemma from a node; 0 is nowhere.
func (l *lexicon) step(at, lemma int32) int32 {
	switch {
	case lemma == 0:
		return 0
	case at != 0:
		return l.next[uint64(at)<<32|uint64(lemma)]
	case int(lemma) < len(l.first):
		return l.first[lemma]
	}
	return 0
}

// particle reports whether a word by itself is a particle: of, and.
func (l *lexicon) particle(key string) bool {
	if len(key) > 3 {
		return false
	}
	at := l.step(0, l.lemmas[key].own)
	return slices.ContainsFunc(l.nodes[at], func(e entry) bool { return e.class == Particle && e.place == anywhere })
}

// spells reports whether the text is how the tables spell a short word of that
// term, or an inflection of it.
func (l *lexicon) spells(term string, text []byte) bool {
	return l.spelled[spelling{term, string(text)}] || l.declined[string(text)]
}

// isJoinedScript reports whether the script is written without spaces, or joins
// legal forms to names without one.
func isJoinedScript(s Script) bool {
	return s == Han || s == Kana || s == Hangul || s == Thai
}

// knowsForm reports whether the letters are a legal form or one of its words, and
// whether they are a form that leads a name.
func (l *lexicon) knowsForm(letters []byte) (known, leads bool) {
	var roman, key [64]byte
	lemma := l.lemmas[string(appendKey(key[:0], appendRoman(roman[:0], letters, russian), len(letters) <= 3))].own
	if !l.formWords[lemma] {
		return false, false
	}
	for _, e := range l.nodes[l.step(0, lemma)] {
		leads = leads || e.class == LegalForm && e.place == atStart
	}
	return true, leads
}

// isForm reports whether the letters are a legal form by themselves.
func (l *lexicon) isForm(letters []byte) bool {
	var key [64]byte
	at := l.step(0, l.lemmas[string(appendKey(key[:0], letters, len(letters) <= 3))].own)
	return slices.ContainsFunc(l.nodes[at], func(e entry) bool {
		return e.class == LegalForm && (!e.spelled || l.spells(e.term, letters))
	})
}

// Family gives the family of a canonical legal form: limited, stock, partnership,
// state, cooperative, association, foundation and others, or "" if the form is
// not known. Forms of one family translate each other (ООО, LLC, Ltd, GmbH); a
// form of another family is another sort of body.
func Family(form string) string { return shipped().families[form] }

// IsSort reports whether a term says of what sort a body is: plant, institute, concern.
func IsSort(term string) bool { return shipped().sorts[term] }

// IsHouse reports whether any firm may call itself by a term that says of what sort a body
// is: group, concern.
func IsHouse(term string) bool { return shipped().houses[term] }

// Akin gives the terms for which one word of another language may stand besides a term:
// фонд is a fund and a foundation, نفت is oil and petroleum. They are told apart within
// one language only.
func Akin(term string) []string { return shipped().akin[term] }
