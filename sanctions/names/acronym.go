package names

import (
	"unicode/utf8"
)

// acronym reports whether one name is a single word made of the first letters of
// the other's.
func (s *Scorer) acronym() bool {
	return isAcronym(s.a.all, s.b.all) || isAcronym(s.b.all, s.a.all)
}

func isAcronym(short, long []Weighed) bool {
	var array [16]byte
	initials := Initials(array[:0], long)
	if initials == nil {
		return false
	}
	found := false
	for i := range short {
		switch short[i].Class {
		case LegalForm, Particle, Honorific:
			continue
		}
		if found || short[i].Key != string(initials) {
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

// Initials appends the first letters of the keys of a name's words, legal forms
// and particles left out, and returns nil where they make no acronym: fewer than
// three or more than eight, or words that are not Latin.
func Initials(dst []byte, words []Weighed) []byte {
	start := len(dst)
	for i := range words {
		switch w := &words[i]; {
		case w.Class == LegalForm || w.Class == Particle || w.Class == Honorific:
		case w.Script != Latin || w.Key == "" || w.Key[0] >= utf8.RuneSelf || len(dst)-start == longestAcronym:
			return nil
		default:
			dst = append(dst, w.Key[0])
		}
	}
	if len(dst)-start < shortestAcronym {
		return nil
	}
	return dst
}
