package names

import (
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Weighed is a token made ready for comparison.
type Weighed struct {
	Token
	Weight int32 // in thousandths, see [Weights.Weight]
	Person Personal
	// Seat marks a place that is known to be the seat of the other name's party: whoever
	// knows the parties may set it. A name that adds it adds nothing.
	Seat   bool
	TextIs Sketch // of Text
	KeyIs  Sketch // of Key
}

// Personal says whether a word is of a person's name.
type Personal uint8

// The answers, by the kind of party.
const (
	Impersonal   Personal = iota // an entity, vessel or aircraft
	MaybePerson                  // the kind is not known
	PersonalName                 // a person
)

// PersonalOf is the answer for a kind of party.
func PersonalOf(kind sanctions.Kind) Personal {
	switch kind {
	case sanctions.KindPerson:
		return PersonalName
	case sanctions.KindUnknown:
		return MaybePerson
	}
	return Impersonal
}

// weigh makes a token ready whose weight is known.
func weigh(t Token, weight int, person Personal) Weighed {
	return Weighed{Token: t, Weight: int32(weight), Person: person, TextIs: SketchOf(t.Text), KeyIs: SketchOf(t.Key)}
}

// Append takes the phrases of a name apart, makes all words ready and appends
// them to dst.
func (w *Weights) Append(dst []Weighed, n Name) []Weighed {
	person := PersonalOf(n.Kind)
	for t := range TakeApart(n.Tokens) {
		dst = append(dst, weigh(t, w.Weight(&t), person))
	}
	return dst
}

// Known reports whether a table knows the word for what it is. A typo seldom turns
// one such word into another: foods are not roads.
func (w *Weighed) Known() bool { return w.Span == 1 && (w.Term != "" || w.Generic) }

// Common reports whether many names have the word, by the tables or the corpus.
func (w *Weighed) Common() bool { return w.Generic || w.Class != Word || w.Weight < weightCommon }

// Own reports whether no table knows the word.
func (w *Weighed) Own() bool { return w.Class == Word && w.Term == "" && !w.Generic }

// Runes is how many letters the text has.
func (w *Weighed) Runes() int {
	if n := w.TextIs.Runes(); n < LongestSketched {
		return n
	}
	return utf8.RuneCountInString(w.Text)
}
