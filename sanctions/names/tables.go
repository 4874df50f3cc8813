package names

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed akin.csv forms.csv terms.csv places.csv given.csv japanese.csv generic.csv frequency.csv
var tables embed.FS

// shipped is the lexicon of the embedded tables.
var shipped = sync.OnceValue(func() *lexicon {
	b := builder{
		lexicon: lexicon{
			lemmas: make(map[string]formOf, 1<<15), next: make(map[uint64]int32, 1<<14),
			nodes: make([][]entry, 1, 1<<14), joined: make(map[string]int32, 1<<11), formWords: make(map[int32]bool, 1<<11),
			spelled: make(map[spelling]bool, 1<<12), declined: make(map[string]bool, 1<<11), families: make(map[string]string, 1<<8), sorts: make(map[string]bool, 1<<6), houses: make(map[string]bool, 1<<3), akin: make(map[string][]string, 1<<5),
		},
		stems: make(map[string]int32, 1<<12),
	}
	for _, row := range readTable("forms.csv", "form", "family", "jurisdictions", "place", "phrases") {
		b.families[row[0]] = row[1]
		b.add(row[4], entry{term: row[0], class: LegalForm, place: parsePlace(row[3])})
	}
	for _, row := range readTable("places.csv", "place", "phrases") {
		b.add(row[1], entry{term: row[0], class: Qualifier})
	}
	for _, row := range readTable("terms.csv", "term", "class", "generic", "place", "phrases") {
		b.add(row[4], entry{term: row[0], class: parseClass(row[1]), generic: row[2] != "no", place: parsePlace(row[3])})
		if row[2] == "house" {
			b.houses[row[0]] = true
		}
		if row[2] == "sort" || row[2] == "house" {
			b.sorts[row[0]] = true
			b.bodies = append(b.bodies, row)
		}
	}
	b.abbreviate()
	for _, row := range readTable("given.csv", "name", "variants") {
		b.add(row[1], entry{term: row[0], class: Word, place: ofPerson})
	}
	for _, row := range readTable("japanese.csv", "reading", "phrases") {
		b.add(row[1], entry{class: Word, reading: b.keyOf(row[0])})
	}
	for _, row := range readTable("akin.csv", "terms", "why") {
		terms := strings.Split(row[0], ";")
		for _, a := range terms {
			for _, other := range terms {
				if a != other {
					b.akin[a] = append(b.akin[a], other)
				}
			}
		}
	}
	for _, row := range readTable("generic.csv", "words") {
		b.add(row[0], entry{generic: true})
	}
	return &b.lexicon
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

// builder fills a lexicon.
type builder struct {
	lexicon
	scanner
	count      int32            // of lemmas
	stems      map[string]int32 // declension of a stem → lemma
	roman, key []byte
	bodies     [][]string // rows of terms that say of what sort a body is
}

// abbreviate enters the initials of the phrases that say of what sort a body is, as
// names have them beside a legal form or another term: RIC for research and industrial
// concern, ФК for финансовая корпорация. What a table knows already stays what it is.
func (b *builder) abbreviate() {
	for _, row := range b.bodies {
		for phrase := range strings.SplitSeq(row[4], ";") {
			var initials []rune
			words := 0
			for word := range strings.FieldsFuncSeq(phrase, func(r rune) bool { return r == ' ' || r == '-' }) {
				if r, size := utf8.DecodeRuneInString(word); size < len(word) && !b.particle(word) {
					initials = append(initials, r)
					words++
				}
			}
			if words < 2 || words > longestAcronym {
				continue
			}
			if short := string(initials); !b.enters(short) {
				b.addPhrase(short, entry{term: row[0], class: Word, generic: true, place: beside})
			}
		}
	}
}

// enters reports whether a phrase of one word is known.
func (b *builder) enters(word string) bool {
	b.buf, b.words = b.buf[:0], b.words[:0]
	b.scan(word)
	if len(b.words) != 1 {
		return true
	}
	exact, inflected := b.steps(0, b.words[0].key.of(b.buf), b.words[0].native)
	return exact != 0 || inflected != 0
}

// keyOf is the key of a word.
func (b *builder) keyOf(word string) string {
	b.buf, b.words = b.buf[:0], b.words[:0]
	b.scan(word)
	return string(b.words[0].key.of(b.buf))
}

// add enters every phrase of a cell, in which they are separated by semicolons.
func (b *builder) add(phrases string, e entry) {
	for phrase := range strings.SplitSeq(phrases, ";") {
		phrase = strings.TrimSpace(phrase)
		b.addPhrase(phrase, e)
		if what, ok := strings.CutSuffix(phrase, " company"); ok && e.class == Word {
			b.addPhrase(what+" co", e)
		}
	}
}

func (b *builder) addPhrase(phrase string, e entry) {
	b.buf, b.words, b.tongue, b.iso9 = b.buf[:0], b.words[:0], russian, false
	b.scan(phrase)
	b.join(func(i, tight, _ int) int { return tight - i })
	at := int32(0)
	for i := range b.words {
		at = b.extend(at, &b.words[i], e.class)
	}
	if len(b.words) == 1 {
		w := &b.words[0]
		switch {
		case w.script == Latin:
			e.spelled = b.spell(w, e)
		case isJoinedScript(w.script):
			text := string(w.key.of(b.buf))
			b.joined[text] = at
			b.longest = max(b.longest, utf8.RuneCountInString(text))
		}
	}
	if at != 0 {
		b.enter(at, e)
	}
}

// extend gives the node after a word, with the word's lemma and its inflections.
func (b *builder) extend(at int32, w *word, class Class) int32 {
	key := string(w.key.of(b.buf))
	lemma := b.lemmas[key].own
	if lemma == 0 || w.native || w.script == Arabic {
		lemma = b.decline(w, key)
	}
	if w.script == Hebrew && utf8.RuneCountInString(key) >= 3 {
		for _, prefix := range hebrewPrefixes {
			b.inflect(prefix+key, lemma)
		}
	}
	if class == LegalForm || class == Honorific {
		b.formWords[lemma] = true
	}
	to := b.step(at, lemma)
	if to != 0 {
		return to
	}
	to = int32(len(b.nodes))
	b.nodes = append(b.nodes, nil)
	if at != 0 {
		b.next[uint64(at)<<32|uint64(lemma)] = to
		return to
	}
	if more := int(lemma) + 1 - len(b.first); more > 0 {
		b.first = append(b.first, make([]int32, more)...)
	}
	b.first[lemma] = to
	return to
}

// decline gives the lemma of a word, and enters its inflections the first time. The
// forms of a word that has a known declension share a lemma.
func (b *builder) decline(w *word, key string) int32 {
	text := string(w.text.of(b.buf))
	stem, endings := "", ""
	switch {
	case w.native:
		stem, endings = declension(text)
	case w.script == Arabic:
		stem, endings = abjadDeclension(key)
	}
	lemma := b.lemmas[key].own
	if stem == "" {
		if lemma == 0 {
			lemma = b.lemma(key)
		}
		return lemma
	}
	same := stem + "~" + endings
	if shared, known := b.stems[same]; known {
		if lemma == 0 {
			b.is(key, shared)
			return shared
		}
		return lemma
	}
	if lemma == 0 {
		lemma = b.lemma(key)
	}
	b.stems[same] = lemma
	if w.script == Arabic { // "for" and "and" are written with the word
		b.inflect("ل"+key, lemma)
		b.inflect("و"+key, lemma)
	}
	for ending := range strings.FieldsSeq(endings) {
		form := stem + ending
		if w.script == Arabic {
			b.key = append(b.key[:0], form...)
		} else {
			if len(key) <= 4 {
				b.declined[form] = true
			}
			b.roman = appendRoman(b.roman[:0], []byte(form), b.tongue)
			b.key = appendKey(b.key[:0], b.roman, utf8.RuneCountInString(form) <= 3)
		}
		b.inflect(string(b.key), lemma)
	}
	return lemma
}

// lemma makes a lemma of a word.
func (b *builder) lemma(key string) int32 {
	b.count++
	b.is(key, b.count)
	return b.count
}

// is enters the lemma that a word is.
func (b *builder) is(key string, lemma int32) {
	of := b.lemmas[key]
	of.own = lemma
	b.lemmas[key] = of
}

// inflect enters another form of a lemma, unless it is that of one before.
func (b *builder) inflect(key string, lemma int32) {
	if of := b.lemmas[key]; of.inflected == 0 {
		of.inflected = lemma
		b.lemmas[key] = of
	}
}

// spell notes the spelling of a word too short to go by its key, and reports
// whether it is one. An abbreviation of a legal form may be romanised: ЗАО is ZAO.
func (b *builder) spell(w *word, e entry) bool {
	text := string(w.text.of(b.buf))
	abbreviation := e.class == LegalForm && utf8.RuneCountInString(text) <= 5
	if !abbreviation && w.key.to-w.key.from > 4 {
		return false
	}
	b.spelled[spelling{e.term, text}] = true
	if abbreviation {
		b.spelled[spelling{e.term, string(appendRoman(nil, []byte(text), b.tongue))}] = true
	}
	return true
}

// enter notes what a phrase may stand for. Of two entries for one place the first
// holds, but a title may stand beside a word (general); generic.csv may still mark
// a term as generic.
func (b *builder) enter(at int32, e entry) {
	entries := b.nodes[at]
	for i, old := range entries {
		if old.place == e.place && old.spelled == e.spelled && (!e.spelled || old.term == e.term || e.term == "") && (old.class == Honorific) == (e.class == Honorific) {
			entries[i].generic = old.generic || e.generic && e.term == ""
			return
		}
	}
	if e.place == anywhere {
		b.nodes[at] = append(entries, e)
	} else {
		b.nodes[at] = append([]entry{e}, entries...)
	}
}
