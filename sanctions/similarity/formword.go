package similarity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// pairForms compares the legal forms, and takes words that are left over for the other
// name's legal form where they name it or look like a misspelling of it.
func (s *Scorer) pairForms() {
	named := s.a.nameForms(&s.b)
	named = s.b.nameForms(&s.a) || named
	spelt := s.misspelt(&s.a, &s.b)
	spelt = s.misspelt(&s.b, &s.a) || spelt
	fa, fb := len(s.a.forms), len(s.b.forms)
	s.form1 = fa+fb > 0
	switch {
	case fa == 0 && fb == 0:
		s.form = FormSame
	case spelt:
		s.form = FormSpelled
	case named:
		s.form = Translation
	case fa == 0 || fb == 0:
		s.form = FormMissing
		s.body = s.a.otherBody(&s.b) || s.b.otherBody(&s.a)
	default:
		s.form = FormDiffers
		common := s.a.formsIn(&s.b)
		if common > 0 {
			s.form = FormSame
		}
		s.excess = common > 0 && (common < fa || s.b.formsIn(&s.a) < fb)
	}
}

// otherBody reports whether a word that is left over says that the body is of another sort
// than the other name's legal form, which is that of no company: an association is no
// foundation.
func (s *side) otherBody(other *side) bool {
	for i := range s.words {
		if x := s.word(int32(i)); s.to[i] < 0 && x.Class == names.Word && names.Family(x.Term) != "" && !s.saysForm(i) {
			return slices.ContainsFunc(other.forms, func(j int32) bool {
				switch names.Family(other.all[j].Term) {
				case "association", "foundation", "cooperative":
					return true
				}
				return false
			})
		}
	}
	return false
}

// translated reports whether the legal forms of the two names are in different scripts: a
// firm translates its own as it likes, and 株式会社 is Corporation, Ltd and Inc.
func (s *Scorer) translated() bool {
	return !slices.ContainsFunc(s.a.forms, func(i int32) bool {
		return slices.ContainsFunc(s.b.forms, func(j int32) bool { return s.a.all[i].Script == s.b.all[j].Script })
	})
}

// formsIn counts the legal forms that the other name has too.
func (s *side) formsIn(other *side) (n int) {
	for _, i := range s.forms {
		if slices.ContainsFunc(other.forms, func(j int32) bool { return s.all[i].Term == other.all[j].Term }) {
			n++
		}
	}
	return n
}

// nameForms takes the words that are left over for the other name's legal forms where
// they name them, or are words of one that both names have: charitable, beside a
// foundation, of charitable foundation.
func (s *side) nameForms(other *side) (found bool) {
	for i := range s.words {
		if s.to[i] >= 0 {
			continue
		}
		x := s.word(int32(i))
		if slices.ContainsFunc(other.forms, func(j int32) bool {
			form := &other.all[j]
			return NamesForm(x, form) || x.Class == names.Word && x.Known() && s.hasForm(form.Term) && hasWord(form.Text, x.Text)
		}) {
			s.how[i], found = Translation, true
		}
	}
	return found
}

// NamesForm reports whether a word says what the legal form is: foundation, of Stichting.
// The tables give both the same name, or say that a word of another language may stand for
// either.
func NamesForm(word, form *names.Weighed) bool {
	return word.Class == names.Word && word.Span == 1 && word.Term != "" && (word.Term == form.Term || akinPhrases(word, form))
}

// saysForm reports whether the word at i, which is left over, stands for the other name's
// legal form.
func (s *side) saysForm(i int) bool {
	return s.to[i] < 0 && (s.how[i] == Translation || s.how[i] == FormSpelled)
}

// misspelt takes words that are left over in one name for misspelt legal forms of the
// other. One of up to three letters is none if the form is told already, or if it is the only
// word of its own and not all other words agree. A word that tables know and that is spelt right is part of
// a misspelt form only beside a part that is not: Standard Bank is no chartered bank.
func (s *Scorer) misspelt(of, other *side) bool {
	loose := of.unpaired() == 1 && other.unpaired() == 0
	found := of.formsSpelled(other, loose, false)
	if found {
		of.formsSpelled(other, loose, true)
	}
	return found
}

// formsSpelled marks what is left over and looks like a legal form of the other name;
// right tells whether words that tables know and that are spelt right are looked at, or
// all others.
func (s *side) formsSpelled(other *side, loose, right bool) (found bool) {
	own := s.own()
	for i := range int32(len(s.words)) {
		x := s.word(i)
		short := x.Runes() <= 3
		if s.to[i] >= 0 || s.saysForm(int(i)) || x.Class != names.Word && x.Class != names.Initial {
			continue
		}
		for _, j := range other.forms {
			form := &other.all[j]
			if short && own == 1 && x.Own() && !(loose && utf8.RuneCountInString(form.Text) > 3) {
				continue
			}
			if short && s.hasForm(form.Term) || right != (x.Known() && hasWord(form.Text, x.Text)) {
				continue
			}
			if x.Class == names.Word && LooksLikeForm(x, form, loose) || Splinter(x) && MadeOf(x, form) {
				s.how[i], found = FormSpelled, true
				break
			}
		}
	}
	return found
}

// hasWord reports whether a word is one of those of a phrase.
func hasWord(phrase, word string) bool {
	for part := range strings.SplitSeq(phrase, " ") {
		if part == word {
			return true
		}
	}
	return false
}

func (s *side) hasForm(term string) bool {
	return slices.ContainsFunc(s.forms, func(i int32) bool { return s.all[i].Term == term })
}

func (s *side) unpaired() (n int) {
	for i := range s.words {
		if s.to[i] < 0 {
			n++
		}
	}
	return n
}

// own counts the words of a name's own.
func (s *side) own() (n int) {
	for i := range s.words {
		if s.word(int32(i)).Own() {
			n++
		}
	}
	return n
}

// Splinter reports whether a word is so short that it may be a piece of a legal
// form written with dots: ED of S.A. ED C.V.
func Splinter(w *names.Weighed) bool {
	return w.Class == names.Initial || w.Class == names.Word && w.TextIs.Runes() <= 2
}

// longestDotted is how many letters a legal form has that is written with dots.
const longestDotted = 8

// MadeOf reports whether all letters of a splinter are in a short legal form.
func MadeOf(splinter, form *names.Weighed) bool {
	if len(form.Text)-strings.Count(form.Text, " ") > longestDotted {
		return false
	}
	for _, r := range splinter.Text {
		if !strings.ContainsRune(form.Text, r) {
			return false
		}
	}
	return true
}

// LooksLikeForm reports whether a word may be a misspelling of a word of the legal form,
// as LIMITEC is of limited: by one edit, or two from five letters on. A form of two
// letters may be misspelt in one or have one more, AQO for AO, by a word that no table
// knows. Where all other words agree (loose), a word of five or six letters may also be
// two edits from a form of four: OJCMS, of OJSC.
func LooksLikeForm(word, form *names.Weighed, loose bool) bool {
	rest := form.Text
	for rest != "" {
		var part string
		part, rest, _ = strings.Cut(rest, " ")
		a, b := word.TextIs.Runes(), utf8.RuneCountInString(part)
		reach := 1
		switch short, long := min(a, b), max(a, b); {
		case short < 2 || short == 2 && (long > 3 || word.Known()):
			reach = 0
		case short > 4 || loose && short == 4 && long > 4:
			reach = 2
		}
		if edits(word.Text, part, reach) <= reach {
			return true
		}
	}
	return false
}
