package names

import (
	"iter"
	"strings"
)

// namedAfter is the term of the particle before the name of whom a firm honours.
const namedAfter = "named_after"

// isNamed reports whether a firm has a name besides whom it is named after: a word of
// its own or a place.
func isNamed(tokens []Token) bool {
	honoured := false
	for i := range tokens {
		t := &tokens[i]
		if t.Class == Qualifier || t.Class == Word && !t.Generic && (t.Term != "" || !honoured) {
			return true
		}
		honoured = t.Term == namedAfter || honoured && t.Term == "" && t.Class != LegalForm
	}
	return false
}

// Honoured reports whether a word of a name that was taken apart is whom the firm is
// named after.
func (t *Token) Honoured() bool { return t.Class == Honorific && t.Span == 0 }

// TakeApart ranges over tokens with every phrase as its words, so that a typo in
// one of them leaves the others: the first word has the phrase's term and its
// length as Span, the others have no term and a Span of 0. Legal forms and
// numbers stay whole. Whom a firm is named after is often left out, and becomes an
// honorific with a Span of 0, the initials particles; if the firm has no other name, it
// stays as it is.
func TakeApart(tokens []Token) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		honoured, named := false, isNamed(tokens)
		for i := range tokens {
			t := tokens[i]
			switch {
			case t.Term == namedAfter:
				honoured = true
			case t.Term != "" || t.Class == LegalForm:
				honoured = false
			case honoured && t.Class == Word && named:
				t.Class, t.Generic, t.Span = Honorific, true, 0
				if !yield(t) {
					return
				}
				continue
			case honoured && t.Class == Initial:
				t.Class, t.Span = Particle, 1
				if !yield(t) {
					return
				}
				continue
			}
			words := strings.Count(t.Text, " ") + 1
			if words == 1 || t.Class == LegalForm || t.Class == Number || strings.Count(t.Key, " ")+1 != words {
				t.Span = 1
				if !yield(t) {
					return
				}
				continue
			}
			if !takePhrase(t, words, yield) {
				return
			}
		}
	}
}

// takePhrase yields the words of a phrase.
func takePhrase(t Token, words int, yield func(Token) bool) bool {
	text, key := t.Text, t.Key
	t.Span = words
	for text != "" {
		t.Text, text, _ = strings.Cut(text, " ")
		t.Key, key, _ = strings.Cut(key, " ")
		word := t
		if word.Span == 0 && shipped().particle(word.Key) { // the of of a phrase
			word.Class = Particle
		}
		if !yield(word) {
			return false
		}
		t.Term, t.Span = "", 0
	}
	return true
}
