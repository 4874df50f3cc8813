package names

import (
	"embed"
	"encoding/csv"
	"fmt"
	"iter"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed forms.csv terms.csv places.csv generic.csv frequency.csv
var tables embed.FS

// inflected is a word of the tables whose other forms are still to be entered.
type inflected struct {
	text   string
	tongue tongue
	lemma  int32
}

// place says where in a name an entry may stand.
type place uint8

const (
	anywhere  place = iota
	atStart         // only forms before it
	atEnd           // only forms and places after it
	atEdge          // either
	afterForm       // right after a form
	ofPerson        // in a person's name only
	ofShip          // in the name of a ship or an aircraft only
)

// entry is what a table says of a phrase.
type entry struct {
	term    string
	class   Class
	generic bool
	place   place
	spelled bool // a short word, which stands for this only in the spelling of the table
}

// lexicon finds phrases. Words are first replaced by the number of their lemma,
// then followed through a trie; writing without spaces is searched by stretch.
type lexicon struct {
	lemmas      map[string]int32 // key of a word → its number
	inflections map[string]int32 // key of another case or gender of a word → its lemma
	next        map[uint64]int32 // node<<32 | lemma → node
	nodes       []node
	joined      map[string]int32  // phrase without spaces → node
	formWords   map[int32]bool    // lemmas that occur in a legal form
	spelled     map[string]bool   // short words as the tables spell them
	inflect     []inflected       // while the tables are read
	families    map[string]string // form → family
	longest     int               // of joined, in runes
}

// node is a state of the trie: what the words so far may stand for, the entries
// that are bound to a place first.
type node struct {
	entries []entry
}

// shipped is the lexicon of the embedded tables.
var shipped = sync.OnceValue(func() *lexicon {
	l := &lexicon{lemmas: map[string]int32{}, inflections: map[string]int32{}, next: map[uint64]int32{}, nodes: make([]node, 1), joined: map[string]int32{}, families: map[string]string{}, formWords: map[int32]bool{}, spelled: map[string]bool{}}
	for _, row := range readTable("forms.csv", "form", "family", "jurisdictions", "place", "phrases") {
		l.families[row[0]] = row[1]
		l.add(row[4], entry{term: row[0], class: LegalForm, place: parsePlace(row[3])})
	}
	for _, row := range readTable("places.csv", "place", "phrases") {
		l.add(row[1], entry{term: row[0], class: Qualifier})
	}
	for _, row := range readTable("terms.csv", "term", "class", "generic", "place", "phrases") {
		l.add(row[4], entry{term: row[0], class: parseClass(row[1]), generic: row[2] == "yes", place: parsePlace(row[3])})
	}
	for _, row := range readTable("generic.csv", "words") {
		l.add(row[0], entry{generic: true})
	}
	for _, word := range l.inflect {
		for form := range inflections(word.text) {
			l.spelled[form] = true
			key := latinKey(form, word.tongue)
			if _, taken := l.inflections[key]; !taken {
				l.inflections[key] = word.lemma
			}
		}
	}
	l.inflect = nil
	return l
})

// readTable reads an embedded table. The tables are checked by the tests, so a
// fault here is a broken build.
func readTable(file string, header ...string) [][]string {
	f, err := tables.Open(file)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic(fmt.Errorf("%s: %w", file, err))
	}
	if strings.Join(rows[0], ",") != strings.Join(header, ",") {
		panic(fmt.Errorf("%s: header is %q, want %q", file, rows[0], header))
	}
	return rows[1:]
}

func parsePlace(s string) place {
	switch s {
	case "":
		return anywhere
	case "start":
		return atStart
	case "end":
		return atEnd
	case "edge":
		return atEdge
	case "form":
		return afterForm
	case "person":
		return ofPerson
	case "ship":
		return ofShip
	}
	panic(fmt.Errorf("unknown place %q", s))
}

func parseClass(s string) Class {
	for i, name := range classNames {
		if s == name {
			return Class(i)
		}
	}
	panic(fmt.Errorf("terms.csv: unknown class %q", s))
}

// add enters every phrase of a cell, in which they are separated by semicolons.
func (l *lexicon) add(phrases string, e entry) {
	for phrase := range strings.SplitSeq(phrases, ";") {
		l.addPhrase(strings.TrimSpace(phrase), e)
	}
}

func (l *lexicon) addPhrase(phrase string, e entry) {
	var s scanner
	s.scan(phrase)
	s.join(func(i, tight, _ int) int { return tight - i })
	at := int32(0)
	for i := range s.words {
		w := &s.words[i]
		key := string(w.key.of(s.buf))
		lemma, ok := l.lemmas[key]
		if !ok {
			lemma = int32(len(l.lemmas)) + 1
			l.lemmas[key] = lemma
		}
		l.inflect = append(l.inflect, inflected{string(w.text.of(s.buf)), s.tongue, lemma})
		if e.class == LegalForm || e.class == Honorific {
			l.formWords[lemma] = true
		}
		step := uint64(at)<<32 | uint64(lemma)
		to, ok := l.next[step]
		if !ok {
			to = int32(len(l.nodes))
			l.nodes = append(l.nodes, node{})
			l.next[step] = to
		}
		at = to
	}
	if at == 0 {
		return
	}
	if len(s.words) == 1 && s.words[0].script == Latin {
		w := &s.words[0]
		text, key := string(w.text.of(s.buf)), w.key.of(s.buf)
		abbreviation := e.class == LegalForm && utf8.RuneCountInString(text) <= 5
		if e.spelled = abbreviation || len(key) <= 4; e.spelled {
			l.spelled[text] = true
			if abbreviation { // ЗАО is ZAO
				l.spelled[string(appendRoman(nil, []byte(text), s.tongue))] = true
			}
		}
	}
	l.nodes[at].add(e)
	if len(s.words) == 1 && isJoinedScript(s.words[0].script) {
		text := string(s.words[0].key.of(s.buf))
		l.joined[text] = at
		l.longest = max(l.longest, utf8.RuneCountInString(text))
	}
}

// add enters what a phrase may stand for. Of two entries for one place the first
// holds, but a title may stand beside a word (general); generic.csv may still mark a term as generic.
func (n *node) add(e entry) {
	for i, old := range n.entries {
		if old.place == e.place && old.spelled == e.spelled && (old.class == Honorific) == (e.class == Honorific) {
			n.entries[i].generic = old.generic || e.generic && e.term == ""
			return
		}
	}
	if e.place == anywhere {
		n.entries = append(n.entries, e)
	} else {
		n.entries = append([]entry{e}, n.entries...)
	}
}

// step follows a word from a node of the trie; native says that the word is not in
// Latin letters. A Latin word of fewer than six letters is no inflection: it is too
// likely a word of another language.
func (l *lexicon) step(at int32, key []byte, native bool) (int32, bool) {
	if lemma, ok := l.lemmas[string(key)]; ok {
		if to, ok := l.next[uint64(at)<<32|uint64(lemma)]; ok {
			return to, true
		}
	}
	if native || len(key) >= 6 {
		if lemma, ok := l.inflections[string(key)]; ok {
			to, ok := l.next[uint64(at)<<32|uint64(lemma)]
			return to, ok
		}
	}
	return 0, false
}

// isJoinedScript reports whether the script is written without spaces, or joins
// legal forms to names without one.
func isJoinedScript(s Script) bool {
	return s == Han || s == Kana || s == Hangul || s == Thai
}

// inflections gives the other cases, genders and numbers of a Russian or Ukrainian
// word. Only words of the tables are inflected, so that a form which does not exist
// does no harm.
func inflections(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		stem, endings := declension(text)
		if stem == "" {
			return
		}
		for ending := range strings.FieldsSeq(endings) {
			if !yield(stem + ending) {
				return
			}
		}
	}
}

// latinKey is the key of a word in Cyrillic.
func latinKey(text string, t tongue) string {
	return string(appendKey(nil, appendRoman(nil, []byte(text), t), utf8.RuneCountInString(text) <= 3))
}

// The endings of Russian adjectives, and of nouns below, by the ending of the form
// that the tables give.
const (
	hardAdjective  = "ый ая ое ые ого ой ому ую ым ых ыми ом"
	softAdjective  = "ий яя ее ие его ей ему юю им их ими ем"
	velarAdjective = "ий ая ое ие ого ой ому ую им их ими ом"
)

// declension splits a word of the tables into the stem and all endings that it
// may have instead; the stem is empty if nothing is known of it.
func declension(text string) (stem, endings string) {
	cut := func(suffix string) bool {
		var ok bool
		stem, ok = strings.CutSuffix(text, suffix)
		return ok && utf8.RuneCountInString(stem) >= 3
	}
	switch {
	case cut("ый"):
		return stem, hardAdjective
	case cut("ий"):
		return stem, velarAdjective + " " + softAdjective
	case cut("ой") && utf8.RuneCountInString(stem) >= 4:
		return stem, hardAdjective + " ие им их ими"
	case cut("ия"), cut("ие"):
		return stem, "ия ии ию ией ий иям иями иях ие ием иею"
	case cut("ство"):
		return stem, "ства ству ством стве ств"
	case cut("а"):
		return stem, "ы и е у ой ей ам ами ах"
	case cut("я"):
		return stem, "и е ю ей"
	case cut("о"):
		return stem, "а у ом е"
	case cut("ь"):
		return stem, "я ю ем и ей ям"
	}
	if r, _ := utf8.DecodeLastRuneInString(text); utf8.RuneCountInString(text) >= 4 && strings.ContainsRune("бвгджзклмнпрстфхцчшщ", r) {
		return text, "а у ом е ы и ов ам ами ах ей"
	}
	return "", ""
}

// knowsForm reports whether the letters are a legal form or one of its words, and
// whether they are a form that leads a name.
func (l *lexicon) knowsForm(letters []byte) (known, leads bool) {
	var roman, key [64]byte
	lemma, ok := l.lemmas[string(appendKey(key[:0], appendRoman(roman[:0], letters, russian), len(letters) <= 3))]
	if !ok || !l.formWords[lemma] {
		return false, false
	}
	if at, ok := l.next[uint64(lemma)]; ok {
		for _, e := range l.nodes[at].entries {
			leads = leads || e.class == LegalForm && e.place == atStart
		}
	}
	return true, leads
}

// Family gives the family of a canonical legal form: limited, stock, partnership,
// state, cooperative, association, foundation and others, or "" if the form is
// not known. Forms of one family translate each other (ООО, LLC, Ltd, GmbH); a
// form of another family is another sort of body.
func Family(form string) string { return shipped().families[form] }
