package names

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// IsAcronym reports whether all that a name says is one word, an acronym of the other.
func IsAcronym(short, long []Weighed) bool {
	word := ""
	for i := range short {
		switch short[i].Class {
		case LegalForm, Particle, Honorific:
			continue
		}
		if word != "" {
			return false
		}
		word = short[i].Spelling()
	}
	if len(word) < shortestAcronym {
		return false
	}
	var array [longestAcronym + 8]byte
	for initials := range Acronyms(array[:0], long) {
		if string(initials) == word {
			return true
		}
	}
	return false
}

// The lengths that acronyms have.
const (
	shortestAcronym = 3
	longestAcronym  = 8
)

// Spelling is the text of a word in plain Latin letters, else its key: an acronym is
// not spelt by ear.
func (t *Token) Spelling() string {
	if ASCII(t.Text) {
		return t.Text
	}
	return t.Key
}

// Acronyms yields what a name may be abbreviated to, from three letters to eight, each
// written to buf: the first letters of its words; of the legal forms too, of which one
// of two or three letters stands as it is; and with either of the particles: Petroleos
// de Venezuela S.A. is PV, PVSA, PDV and PDVSA. Names that are not Latin have none.
func Acronyms(buf []byte, words []Weighed) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		forms, particles := false, false
		for i := range words {
			forms = forms || words[i].Class == LegalForm
			particles = particles || words[i].Class == Particle
		}
		for _, with := range [...]struct{ forms, particles bool }{{false, false}, {true, false}, {false, true}, {true, true}} {
			if with.forms && !forms || with.particles && !particles {
				continue
			}
			if initials := appendInitials(buf[:0], words, with.forms, with.particles); initials != nil && !yield(initials) {
				return
			}
		}
	}
}

// appendInitials is nil where the first letters make no acronym.
func appendInitials(dst []byte, words []Weighed, forms, particles bool) []byte {
	for i := range words {
		w := &words[i]
		if w.Class == Particle && !particles || w.Class == Honorific || w.Class == LegalForm && !forms {
			continue
		}
		text := w.Spelling()
		if w.Script != Latin || text == "" || text[0] >= utf8.RuneSelf {
			return nil
		}
		switch {
		case w.Class != LegalForm:
			dst = append(dst, text[0])
		case len(text) <= 3:
			dst = append(dst, text...)
		default:
			for word := range strings.SplitSeq(text, " ") {
				dst = append(dst, word[0])
			}
		}
		if len(dst) > longestAcronym {
			return nil
		}
	}
	if len(dst) < shortestAcronym {
		return nil
	}
	return dst
}
