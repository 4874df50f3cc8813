package names

import (
	"strings"
	"unicode/utf8"
)

// acronym reports whether one name is a single word made of the first letters of
// the other's.
func (s *Scorer) acronym() bool {
	return isAcronym(s.a.all, s.b.all) || isAcronym(s.b.all, s.a.all)
}

func isAcronym(short, long []Weighed) bool {
	return isInitials(short, long, false) || isInitials(short, long, true)
}

func isInitials(short, long []Weighed, forms bool) bool {
	var array [16]byte
	initials := Initials(array[:0], long, forms)
	if initials == nil {
		return false
	}
	found := false
	for i := range short {
		switch short[i].Class {
		case LegalForm, Particle, Honorific:
			continue
		}
		if found || short[i].Spelling() != string(initials) {
			return false
		}
		found = true
	}
	return found
}

// The lengths that acronyms have.
const (
	shortestAcronym = 3
	longestAcronym  = 8
)

// Spelling is the text of a word in plain Latin letters, else its key: an acronym is
// not spelt by ear.
func (t *Token) Spelling() string {
	if isASCII(t.Text) {
		return t.Text
	}
	return t.Key
}

// Initials appends the first letters of a name's words, particles left out, and
// returns nil where they make no acronym: fewer than three or more than eight, or
// words that are not Latin. With forms, legal forms are words too, and one of two or
// three letters stands as it is: Petroleos de Venezuela S.A. is PDVSA.
func Initials(dst []byte, words []Weighed, forms bool) []byte {
	start := len(dst)
	for i := range words {
		w := &words[i]
		if w.Class == Particle || w.Class == Honorific || w.Class == LegalForm && !forms {
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
		if len(dst)-start > longestAcronym {
			return nil
		}
	}
	if len(dst)-start < shortestAcronym {
		return nil
	}
	return dst
}
