package names

import (
	"iter"
	"strings"
	"unicode/utf8"
)

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
