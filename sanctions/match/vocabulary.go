package match

import (
	"iter"
	"math/bits"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// vocabulary is every different word of the indexed names. It is flat, so that
// it can be written to a file and read where it lies.
type vocabulary struct {
	letters string  // texts, keys and terms
	entries []entry // one a word
	weights []uint16
	looks   []look // of entry i, to pass over it at a glance
	near    table  // spellings, with letters left out, and terms → entries
	foreign bool   // some entry is not Latin
	first   []uint32
	ranks   []uint32 // the names that hold entry i have the ranks ranks[first[i]:first[i+1]], the lightest first
}

// entry is a word of the vocabulary. Strings are stretches of letters.
type entry struct {
	text, key, term             uint32
	holders                     uint32 // parties in whose names the sense of the word stands
	textSize, keySize, termSize uint16
	class                       uint8
	script                      uint8
	span                        uint8
	flags                       uint8
	_                           uint16
}

// look sketches the text and the key of an entry. Of a legal form it is empty,
// since a word may look like any part of it.
type look struct {
	text, key       names.Sketch
	spelling, keyed names.Packed
}

func lookOf(t *names.Token) look {
	return look{names.SketchOf(t.Text), names.SketchOf(t.Key), names.PackedOf(t.Text), names.PackedOf(t.Key)}
}

// far reports that neither the texts nor the keys of two words are within reach of
// each other.
func (l *look) far(o *look) bool {
	return (l.text.Far(o.text) || l.spelling.Far(o.spelling)) && (l.key.Far(o.key) || l.keyed.Far(o.keyed))
}

const (
	flagGeneric = 1 << iota
	flagMixed
	flagMaybePerson
	flagPerson
)

func (v *vocabulary) text(e *entry) string { return v.letters[e.text:][:e.textSize] }
func (v *vocabulary) key(e *entry) string  { return v.letters[e.key:][:e.keySize] }
func (v *vocabulary) term(e *entry) string { return v.letters[e.term:][:e.termSize] }

// token is the token of an entry.
func (v *vocabulary) token(e *entry) names.Token {
	return names.Token{Text: v.text(e), Key: v.key(e), Term: v.term(e), Class: names.Class(e.class), Script: names.Script(e.script),
		Generic: e.flags&flagGeneric != 0, Mixed: e.flags&flagMixed != 0, Span: int(e.span)}
}

// word is the entry made ready for comparison.
func (v *vocabulary) word(id uint32) names.Weighed {
	e := &v.entries[id]
	person := names.Impersonal
	switch {
	case e.flags&flagPerson != 0:
		person = names.PersonalName
	case e.flags&flagMaybePerson != 0:
		person = names.MaybePerson
	}
	l := v.looks[id]
	return names.Weighed{Token: v.token(e), Weight: int32(v.weights[id]), Person: person, TextIs: l.text, KeyIs: l.key}
}

// find gives the entry that is the word, token for token.
func (v *vocabulary) find(x *names.Weighed) (id uint32, known bool) {
	for id := range v.near.find(hashSpelling(x.Text)) {
		if y := v.word(id); y.Token == x.Token && y.Person == x.Person {
			return id, true
		}
	}
	return 0, false
}

// count is how many parties have the sense in a name.
func (v *vocabulary) count(sense string) int {
	for id := range v.near.find(hashTerm(sense)) {
		if e := &v.entries[id]; v.term(e) == sense {
			return int(e.holders)
		}
	}
	for id := range v.near.find(hashSpelling(sense)) {
		if e := &v.entries[id]; e.termSize == 0 && v.key(e) == sense {
			return int(e.holders)
		}
	}
	return 0
}

// holding gives the ranks of the names that hold an entry.
func (v *vocabulary) holding(id uint32) []uint32 { return v.ranks[v.first[id]:v.first[id+1]] }

// lists reports whether the names that hold an entry are listed. Those of legal
// forms and particles are not, since nearly every name has one.
func (v *vocabulary) lists(id uint32) bool {
	c := names.Class(v.entries[id].class)
	return c != names.LegalForm && c != names.Particle
}

// posted reports whether names are found by a word of the query. By legal forms,
// particles and honorifics none is.
func posted(c names.Class) bool {
	return c != names.LegalForm && c != names.Particle && c != names.Honorific
}

// table is a multimap from hashes to numbers. Numbers lie in buckets by the top
// bits of the hash; the bits that a number leaves free hold more of the hash, so
// that few of another hash pass for it. Whoever reads looks closer.
type table struct {
	shift uint8 // of a hash, to its bucket
	width uint8 // of a number, in bits
	first []uint32
	cells []uint32
}

// makeTable makes a table for about size pairs of a hash and a number below
// limit. It goes through the pairs twice, to count and to place them, so that
// they are never all in memory besides the table.
func makeTable(size, limit int, pairs func(yield func(hash uint64, id uint32))) table {
	width := max(bits.Len(uint(size))-1, 1)
	t := table{shift: uint8(64 - width), width: uint8(bits.Len(uint(limit))), first: make([]uint32, 1<<width+1)}
	total := 0
	pairs(func(h uint64, _ uint32) {
		t.first[h>>t.shift+1]++
		total++
	})
	for i := 1; i < len(t.first); i++ {
		t.first[i] += t.first[i-1]
	}
	t.cells = make([]uint32, total)
	next := slices.Clone(t.first)
	pairs(func(h uint64, id uint32) {
		b := h >> t.shift
		t.cells[next[b]] = id | uint32(h)<<t.width
		next[b]++
	})
	return t
}

// find ranges over the numbers of a hash, and perhaps some of others.
func (t *table) find(hash uint64) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		b := hash >> t.shift
		rest := uint32(hash) << t.width
		for _, cell := range t.cells[t.first[b]:t.first[b+1]] {
			if (cell^rest)>>t.width == 0 && !yield(cell&(1<<t.width-1)) {
				return
			}
		}
	}
}

// appendAll appends what find gives for each of the hashes. It goes through them
// without looking at what it finds, so that the processor waits for many buckets at
// once.
func (t *table) appendAll(dst []uint32, hashes []uint64) []uint32 {
	for _, hash := range hashes {
		b := hash >> t.shift
		rest := uint32(hash) << t.width
		for _, cell := range t.cells[t.first[b]:t.first[b+1]] {
			if (cell^rest)>>t.width == 0 {
				dst = append(dst, cell&(1<<t.width-1))
			}
		}
	}
	return dst
}

// The hash takes one letter after the other and ends by mixing, since buckets
// are told by the top bits. Spellings, terms and whole names start apart.
const (
	seedSpelling = 0x9e3779b97f4a7c15
	seedTerm     = 0xc2b2ae3d27d4eb4f
	seedSkeleton = 0x27d4eb2f165667c5
	seedWhole    = 0x165667b19e3779f9
	seedAcronym  = 0x52dce729b5297a4d
	seedCode     = 0x85ebca77c2b2ae63
	seedStem     = 0x2545f4914f6cdd1d
)

func mix(h uint64, letter rune) uint64 { return (h ^ uint64(letter)) * 0x100000001b3 }

func finish(h uint64) uint64 {
	h ^= h >> 32
	return h * 0xd6e8feb86659fd93
}

func hashTerm(term string) uint64 {
	h := uint64(seedTerm)
	for _, r := range term {
		h = mix(h, r)
	}
	return finish(h)
}

func hashSkeleton[S string | []byte](skeleton S) uint64 {
	h := uint64(seedSkeleton)
	for i := range len(skeleton) {
		h = mix(h, rune(skeleton[i]))
	}
	return finish(h)
}

func hashStem(stem string) uint64 {
	h := uint64(seedStem)
	for _, r := range stem {
		h = mix(h, r)
	}
	return finish(h)
}

func hashAcronym[S string | []byte](initials S) uint64 {
	h := uint64(seedAcronym)
	for i := range len(initials) {
		h = mix(h, rune(initials[i]))
	}
	return finish(h)
}

// prefix is how many letters of a spelling are hashed. Words within two edits of
// each other have prefixes from which the same letters remain after leaving out
// two from each.
const prefix = 7

// hashSpelling is the hash of a spelling with no letter left out.
func hashSpelling(s string) uint64 {
	h, n := uint64(seedSpelling), 0
	for _, r := range s {
		if n++; n > prefix {
			break
		}
		h = mix(h, r)
	}
	return finish(h)
}

// appendHashes appends the hashes of a spelling with some of its letters left out.
// Two spellings within names.Reach of each other share at least one.
// Source: W. Garbe's symmetric delete algorithm (SymSpell, 2012).
func appendHashes(dst []uint64, s string) []uint64 {
	var letters [prefix]rune
	n, all := 0, 0
	for _, r := range s {
		if n < prefix {
			letters[n] = r
			n++
		}
		all++
	}
	p := letters[:n]
	dst = append(dst, hashWithout(p, -1, -1))
	reach := names.Reach(all, all) // what a longer word adds is left out of the longer one
	if reach == 0 {
		return dst
	}
	for i := range p {
		if i > 0 && p[i] == p[i-1] {
			continue // leaving out either of two equal neighbours is the same
		}
		dst = append(dst, hashWithout(p, i, -1))
	}
	if reach == 1 {
		return dst
	}
	for i := range p {
		for j := i + 1; j < len(p); j++ {
			dst = append(dst, hashWithout(p, i, j))
		}
	}
	return dst
}

func hashWithout(letters []rune, i, j int) uint64 {
	h := uint64(seedSpelling)
	for k, r := range letters {
		if k != i && k != j {
			h = mix(h, r)
		}
	}
	return finish(h)
}

// splitWords ranges over the words of a phrase.
func splitWords(phrase string) iter.Seq[string] { return strings.SplitSeq(phrase, " ") }

// hashWhole hashes the letters of a name without regard to its words, with or
// without its legal forms.
func hashWhole(words []names.Weighed, forms bool) uint64 {
	words = words[:min(len(words), names.MaxWords)]
	h := uint64(seedWhole)
	for i := range words {
		if words[i].Class == names.LegalForm && !forms {
			continue
		}
		for part := range splitWords(words[i].Key) {
			for _, r := range part {
				h = mix(h, r)
			}
		}
	}
	return finish(h)
}
