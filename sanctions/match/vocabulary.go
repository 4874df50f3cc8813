package match

import (
	"iter"
	"math/bits"
	"slices"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// vocabulary is every different word of the indexed names. It is flat, so that
// it can be written to a file and read where it lies.
type vocabulary struct {
	letters string   // texts, keys and terms
	entries []entry  // one a word, by length and then in the order of the alphabet
	near    table    // spellings, with letters left out, and terms → entries with their traces
	tracing uint8    // the bit of an entry from which on its trace stands
	foreign bool     // some entry is not Latin
	persons bool     // some entry is of a name that is or may be a person's
	maybe   bool     // some entry is of a name that may be a person's
	seats   []uint32 // see seatKey: the names of parties that sit in a country have the ranks ranks[seats[key]:seats[key+1]]
	ranks   []uint32 // the names that hold entry i have the ranks ranks[held.begin:held.end], the lightest first
}

// entry is a word of the vocabulary and all that a search asks of it, in one line of the
// processor's memory. Words that are near to each other mostly begin alike and are about as
// long, so that entries, letters and lists of the same order lie near to each other too.
type entry struct {
	word
	look           // to pass over it at a glance
	holders uint32 // parties in whose names the sense of the word stands
	held    span   // the names that hold it
	weight  uint16
	burden  uint16 // see burdenOf
}

// word is what a token says. Strings are stretches of letters.
type word struct {
	text, key, term             uint32
	textSize, keySize, termSize uint16
	class                       uint8
	script                      uint8
	span                        uint8
	flags                       uint8
	_                           uint16
}

// look sketches the text and the key of a word. Of a legal form it is empty, since a word
// may look like any part of it.
type look struct {
	textIs, keyIs   names.Sketch
	spelling, keyed similarity.Packed
}

func lookOf(t *names.Token) look {
	return look{names.SketchOf(t.Text), names.SketchOf(t.Key), similarity.PackedOf(t.Text), similarity.PackedOf(t.Key)}
}

// far reports that neither the texts nor the keys of two words are within reach of
// each other.
func (l *look) far(o *look) bool {
	if !l.textIs.Far(o.textIs) && !l.spelling.Far(o.spelling) {
		return false
	}
	same := l.textIs == l.keyIs && l.spelling == l.keyed && o.textIs == o.keyIs && o.spelling == o.keyed // as most texts and keys
	return same || l.keyIs.Far(o.keyIs) || l.keyed.Far(o.keyed)
}

const (
	flagGeneric = 1 << iota
	flagMixed
	flagMaybePerson
	flagPerson
)

func (v *vocabulary) text(w *word) string { return v.letters[w.text:][:w.textSize] }
func (v *vocabulary) key(w *word) string  { return v.letters[w.key:][:w.keySize] }
func (v *vocabulary) term(w *word) string { return v.letters[w.term:][:w.termSize] }

// token is the token of a word.
func (v *vocabulary) token(w *word) names.Token {
	return names.Token{Text: v.text(w), Key: v.key(w), Term: v.term(w), Class: names.Class(w.class), Script: names.Script(w.script),
		Generic: w.flags&flagGeneric != 0, Mixed: w.flags&flagMixed != 0, Span: int(w.span)}
}

// weighed is an entry made ready for comparison.
func (v *vocabulary) weighed(id uint32) names.Weighed {
	e := &v.entries[id]
	person := names.Impersonal
	switch {
	case e.flags&flagPerson != 0:
		person = names.PersonalName
	case e.flags&flagMaybePerson != 0:
		person = names.MaybePerson
	}
	return names.Weighed{Token: v.token(&e.word), Weight: int32(e.weight), Person: person, TextIs: e.textIs, KeyIs: e.keyIs}
}

// untraced is where traces stand if there is no room for them.
const untraced = 32

// trace makes room for traces above the numbers of entries, where these are few enough.
func (v *vocabulary) trace() {
	if v.tracing = uint8(bits.Len(uint(len(v.entries)))); v.tracing > 32-traceBits {
		v.tracing = untraced
	}
}

// nearLimit is no less than any number in near.
func (v *vocabulary) nearLimit() int {
	if v.tracing == untraced {
		return len(v.entries)
	}
	return 1<<(v.tracing+traceBits) - 1
}

func (v *vocabulary) traced(id uint32, t trace) uint32 { return id | uint32(t)<<v.tracing }

func (v *vocabulary) untrace(entry uint32) (id uint32) { return entry & (1<<v.tracing - 1) }

// under ranges over the entries that are found under a hash, and perhaps some others.
func (v *vocabulary) under(hash uint64) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for entry := range v.near.find(hash) {
			if !yield(v.untrace(entry)) {
				return
			}
		}
	}
}

// find gives an entry that is the word, in whatever sort of name.
func (v *vocabulary) find(x *names.Token) (id uint32, known bool) {
	for id := range v.under(hashKey(x.Key)) {
		if e := &v.entries[id]; int(e.textSize) == len(x.Text) && v.token(&e.word) == *x {
			return id, true
		}
	}
	return 0, false
}

// count is how many parties have the sense in a name.
func (v *vocabulary) count(sense string) int {
	for id := range v.under(hashTerm(sense)) {
		if e := &v.entries[id]; v.term(&e.word) == sense && names.Class(e.class) != names.LegalForm {
			return int(e.holders)
		}
	}
	for id := range v.under(hashKey(sense)) {
		if e := &v.entries[id]; e.termSize == 0 && v.key(&e.word) == sense {
			return int(e.holders)
		}
	}
	return 0
}

// holding gives the ranks of the names that hold an entry.
func (v *vocabulary) holding(id uint32) []uint32 { return v.in(v.entries[id].held) }

// span is a stretch of vocabulary.ranks, the names that hold an entry or the lightest of
// them.
type span struct{ begin, end uint32 }

func (l span) size() int { return int(l.end - l.begin) }

func (v *vocabulary) in(l span) []uint32 { return v.ranks[l.begin:l.end] }

// upTo gives the part of a span before a rank, and perhaps some more.
func (v *vocabulary) upTo(l span, top uint32) span {
	const few = 16 // looking is as dear as going through
	held := v.in(l)
	if len(held) < few && top > 0 || len(held) == 0 || held[len(held)-1] < top {
		return l
	}
	n, _ := slices.BinarySearch(held, top)
	return span{l.begin, l.begin + uint32(n)}
}

// from gives the part of a span from a rank on.
func (v *vocabulary) from(l span, rank uint32) span {
	n, _ := slices.BinarySearch(v.in(l), rank)
	return span{l.begin + uint32(n), l.end}
}

// appendKeyed appends the entries that have a key, legal forms left out.
func (v *vocabulary) appendKeyed(dst []relation, key string) []relation {
	for id := range v.under(hashKey(key)) {
		if e := &v.entries[id]; v.key(&e.word) == key && names.Class(e.class) != names.LegalForm {
			dst = append(dst, v.relation(id, 0))
		}
	}
	return dst
}

// appendWritten appends the entries of a text, legal forms left out.
func (v *vocabulary) appendWritten(dst []relation, text string) []relation {
	whole := traceOf(leftNone, utf8.RuneCountInString(text))
	for entry := range v.near.find(hashSpelling(text)) {
		if v.tracing < untraced && trace(entry>>v.tracing) != whole {
			continue // most are words of which letters were left out
		}
		id := v.untrace(entry)
		if e := &v.entries[id]; v.text(&e.word) == text && names.Class(e.class) != names.LegalForm {
			dst = append(dst, v.relation(id, 0))
		}
	}
	return dst
}

func (w *word) particle() bool { return names.Class(w.class) == names.Particle }

// personal words are of names that are or may be persons'. A name has no others, or none
// of them.
func (w *word) personal() bool { return w.flags&(flagPerson|flagMaybePerson) != 0 }

// slight words are particles and honorifics.
func (w *word) slight() bool {
	return names.Class(w.class) == names.Particle || names.Class(w.class) == names.Honorific
}

// burdenOf is what of its weight a word adds to the burden of a name. What comparison
// may overlook adds nothing: particles and honorifics, places that the query names too,
// and what is so short that it may be a piece of a legal form. Nor does what hardly
// counts and may well be a word of a legal form, such as company.
func burdenOf(t *names.Token, weight uint16) uint16 {
	const hardly = 100
	if weight < hardly {
		return 0
	}
	switch t.Class {
	case names.Particle, names.Honorific, names.Qualifier, names.Initial:
		return 0
	case names.Word:
		if len(t.Text) <= 2*utf8.UTFMax && utf8.RuneCountInString(t.Text) <= 2 { // names.Weighed.Splinter
			return 0
		}
	}
	return weight
}

// noEntry is no entry.
const noEntry = 1<<32 - 1

// posted reports whether a word may make a match. Legal forms, particles and honorifics
// make none among themselves.
func posted(c names.Class) bool {
	return c != names.LegalForm && c != names.Particle && c != names.Honorific
}
