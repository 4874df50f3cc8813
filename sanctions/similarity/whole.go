package similarity

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// A careless hand may slip twice in one name. Where it slips in two short words, each
// of them alone is too far off to be told from another word, and the name as a whole
// is not: HMOE AND AGAY is HOME AND AWAY. A slip of the space damages two words and no
// letter: PETROLEUMI NDUSTRY.

// fewestLetters is how many letters must carry a name for it to be taken as a whole:
// fewer are codes, which differ by a letter or two as a rule.
const fewestLetters = 8

// asWhole is how well one name stands for the other when all their words are taken as
// one, if that is at most two edits away. Words that agree and that many names bear do
// not count. It is 0 unless every word is paired.
func (s *Scorer) asWhole() int64 {
	letters := 0
	for i := range int32(len(s.a.words)) {
		j := s.a.to[i]
		if j < 0 { // a misspelt legal form, or a place told twice
			continue
		}
		x, y := s.a.word(i), s.b.word(j)
		if s.a.how[i] == Typo || !x.Common() && !y.Common() {
			letters += max(x.Runes(), y.Runes())
		}
	}
	if letters < fewestLetters {
		return 0
	}
	keys := !s.a.isASCII() || !s.b.isASCII()
	s.joined[0], s.joined[1] = s.a.join(s.joined[0][:0], keys), s.b.join(s.joined[1][:0], keys)
	edits, swaps := editsOfRunes(s.joined[0], s.joined[1], 2)
	switch edits {
	case 0:
		return keepDivided
	case 1, 2:
		return int64(qualitySame - (costOfEdits[edits]-giveBackForSwap*int32(swaps))/int32(letters))
	}
	return 0
}

// nearWhole reports whether every word is paired, two of them as typos, and the names as
// a whole are near: then no typo is wild.
func (s *Scorer) nearWhole() bool {
	typos := 0
	for i := range s.a.words {
		if s.a.to[i] < 0 {
			return false
		}
		if s.a.how[i] == Typo {
			typos++
		}
	}
	return typos > 1 && !slices.Contains(s.b.to, -1) && !s.persons() && s.asWhole() > 0
}

func (s *side) isASCII() bool {
	return !slices.ContainsFunc(s.words, func(i int32) bool { return !names.ASCII(s.all[i].Text) })
}

// join appends the letters of all words but legal forms, misspelt and translated ones among them.
func (s *side) join(dst []rune, keys bool) []rune {
	for i := range s.words {
		switch w := s.word(int32(i)); {
		case s.saysForm(i):
		case keys:
			dst = appendRunes(dst, w.Key)
		default:
			dst = appendRunes(dst, w.Text)
		}
	}
	return dst
}

// acronym reports whether one name is a single word made of the first letters of
// the other's.
func (s *Scorer) acronym() bool {
	return names.IsAcronym(s.a.all, s.b.all) || names.IsAcronym(s.b.all, s.a.all)
}

// divided reports whether the two names have the same letters in the same order
// and only divide them into words otherwise, with or without the legal form.
func (s *Scorer) divided() bool {
	for _, formsA := range [2]bool{false, true} {
		if formsA && len(s.a.forms) == 0 {
			continue
		}
		for _, formsB := range [2]bool{false, true} {
			if formsB && len(s.b.forms) == 0 || !formsA && !formsB && len(s.a.words) == len(s.b.words) {
				continue
			}
			if sameLetters(s.a.all, s.b.all, formsA, formsB) {
				return true
			}
		}
	}
	return false
}

func sameLetters(a, b []names.Weighed, formsA, formsB bool) bool {
	x, y := letters{all: a, forms: formsA, plain: Plain(a)}, letters{all: b, forms: formsB, plain: Plain(b)}
	for {
		c, d := x.next(), y.next()
		if c != d {
			return false
		}
		if c == 0 {
			return true
		}
	}
}

// Plain reports whether a name is written in plain Latin letters. Then its letters as a
// whole are those of its texts, else those of its keys: what a key folds depends on where
// a word begins and ends.
func Plain(words []names.Weighed) bool {
	return !slices.ContainsFunc(words, func(w names.Weighed) bool { return !names.ASCII(w.Text) })
}

// letters reads the letters of a name as one string.
type letters struct {
	all   []names.Weighed
	forms bool
	plain bool
	i, k  int
}

func (l *letters) next() byte {
	for l.i < len(l.all) {
		t := &l.all[l.i]
		text := t.Key
		if l.plain {
			text = t.Text
		}
		if t.Class == names.LegalForm && !l.forms || l.k >= len(text) {
			l.i++
			l.k = 0
			continue
		}
		c := text[l.k]
		l.k++
		if c != ' ' {
			return c
		}
	}
	return 0
}
