package similarity

import (
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// doubtful is the quality below which a typo alone makes no match, whatever
// common words agree with it.
const doubtful = 7000

// telltale reports whether common words tell a name together, although many names have
// each of them: High Precision Systems, but not National Bank. words is how many the
// longer name has; two are enough where a translation is all that another script can
// have in common, or one with a number. Nothing may be missing or misspelt.
func (t *tally) telltale(words int) bool {
	const few, bare, tells = 3, 2, 250
	return (words >= few || t.across > 0 && t.across+t.numbers >= bare) && t.said >= tells && t.missing()+t.slipped == 0
}

// company is the term of the word that any firm may put to its name or leave out.
const company = "company"

// article is the term of al, el and ul, among others. Behind the Arabic article no code
// stands.
const article = "the"

// tellsBesidePlace is the weight from which common words tell a name beside a place,
// where the other name has more.
const tellsBesidePlace = 250

// forgiven is the part of what typos cost, in hundredths, that another word which
// agrees and is not generic gives back.
const forgiven = 40

// forgivenBesideForm is the part of it that the same legal forms give back where the names
// have one word of their own and all else agrees: parties that only resemble each other
// seldom share them, and a hand that slips leaves them be. An Arabic article before a word
// of four letters gives back as much.
const forgivenBesideForm = 20

// forgivenAsWhole is the most of it that the name as a whole gives back.
const forgivenAsWhole = 60

// tally is what the pairing of two names comes to.
type tally struct {
	points int64 // the score, from which judge.go takes off

	// Weights in thousandths, and weights times qualities.
	shared, sharedAt     int64 // what the names share
	alone                int64 // what only one of them has
	seated               int64 // places in which the other party sits, not in alone
	misspelt, misspeltAt int64 // of what they share, the words of their own with typos
	typos                int64 // what typos take from the quality of all that is shared
	lacking              int32 // the weightiest word, place or number aside, that only one has

	said     int64 // weight of the words that are paired, places and the like aside
	beside   int64 // of these, the common ones that agree, and places that do
	named    int   // words that are paired, initials aside
	initials int   // initials that are paired with words
	solid    int   // words other than particles and initials that are paired
	pairs    int   // words that are paired
	telling  int   // of these, words of their own that agree
	halves   int   // and those with typos

	slips      int // words of any sort with typos
	codes      int // of these, such as may be codes, which differ by a letter as a rule
	slipped    int // of these, such as stand by themselves
	translated int // words that only mean the same
	across     int // words that agree in two scripts
	places     int // places that agree
	numbers    int // and numbers
	articles   int // and Arabic articles

	exact, strong bool
	first, second leftover
}

// leftover counts what only one name has. Of the words, lines are those that the tables
// know and that say more than of what sort the body is, houses say that it is some firm, and
// companies say nothing.
type leftover struct{ words, companies, houses, lines, numbers, places, seats, letters, honoured int }

// house reports whether nothing is left over but words that any firm may call itself by:
// Orvi Group is Orvi Concern.
func (l leftover) house() bool { return l.words == l.houses && l.letters == 0 }

// missing counts the words that say something and that only one name has.
func (t *tally) missing() int {
	return t.first.words + t.second.words - t.first.companies - t.second.companies
}

func (s *Scorer) tally() tally {
	t := tally{exact: true, strong: true}
	for i := range int32(len(s.a.words)) {
		if j := s.a.to[i]; j >= 0 && s.a.used[i] > 0 { // else alone, or not the first of several words that are paired as one
			t.pair(s.a.word(i), s.b.word(j), s.a.how[i], int64(s.a.used[i]), int64(s.a.qual[i]))
		}
	}
	t.first, t.second = t.left(&s.a, &s.b), t.left(&s.b, &s.a)
	if t.telling+t.halves > 0 {
		s.a.sit()
		s.b.sit()
		return t
	}
	t.alone += t.seated // beside common words a place is what tells: National Bank of Iran
	t.first.places += t.first.seats
	t.second.places += t.second.seats
	return t
}

func (t *tally) pair(x, y *names.Weighed, how Outcome, weight, quality int64) {
	t.shared += weight
	t.sharedAt += weight * quality
	switch how {
	case Same, Variant:
	case Translation, Joined:
		t.exact = false
	case InitialFor:
		t.exact, t.strong = false, false
	default:
		t.exact = false
		t.strong = t.strong && x.Class != names.Word && y.Class != names.Word
	}
	if how == Typo {
		if max(x.Runes(), y.Runes()) <= longestCode {
			t.codes++
		}
		if x.Span > 0 && y.Span > 0 { // else the phrase is what counts
			t.slipped++
		}
		t.slips++
		t.typos += weight * (int64(qualitySame) - quality)
	}
	if how != InitialFor && (x.Class != names.Particle && x.Class != names.Honorific || y.Class != names.Particle && y.Class != names.Honorific) {
		t.solid++
	}
	if x.Class == names.Qualifier && y.Class == names.Qualifier {
		t.places++
		t.beside += weight
	}
	if x.Class == names.Number && y.Class == names.Number {
		t.numbers++
	}
	if how == Same && x.Term == article && strings.HasSuffix(x.Text, "l") {
		t.articles++
	}
	if how == InitialFor {
		t.pairs++
		t.initials++
	}
	if how == Translation {
		t.translated++
	}
	if x.Script != y.Script && x.Class == names.Word && y.Class == names.Word {
		t.across++
	}
	if x.Class != names.Word || y.Class != names.Word {
		return
	}
	t.said += weight
	if how != InitialFor {
		t.pairs++
		t.named++
	}
	switch {
	case x.Common() || y.Common():
		if how != Typo {
			t.beside += weight
		}
	case how == Typo:
		t.halves++
		t.misspelt += weight
		t.misspeltAt += weight * quality
	default:
		t.telling++
	}
}

func (t *tally) left(of, other *side) (l leftover) {
	for i := range of.words {
		if of.to[i] >= 0 {
			continue
		}
		if of.saysForm(i) {
			t.exact = false
			continue
		}
		x := of.word(int32(i))
		if x.Class == names.Qualifier && other.holds(x) { // the Crimean Sea Ports of the Crimean Republic
			continue
		}
		if x.Class == names.Qualifier && x.Seat {
			t.seated += int64(x.Weight)
			l.seats++
			t.exact = false
			continue
		}
		t.alone += int64(x.Weight)
		switch x.Class {
		case names.Particle:
		case names.Honorific:
			if x.Honoured() {
				l.honoured++
				t.exact = false
			}
		case names.Number:
			l.numbers++
			t.exact, t.strong = false, false
		case names.Qualifier:
			l.places++
			t.exact, t.strong = false, false
		case names.Initial:
			l.letters++
			t.exact = false
		default:
			l.words++
			if x.Term == company {
				l.companies++
			}
			if names.IsHouse(x.Term) {
				l.houses++
			}
			if x.Term != "" && !names.IsSort(x.Term) {
				l.lines++
			}
			t.exact = false
			t.strong = t.strong && x.Generic
			if x.Span != 0 {
				t.lacking = max(t.lacking, x.Weight)
			}
		}
	}
	return l
}

// sit gives the places in which the other party sits as such.
func (s *side) sit() {
	for i := range s.words {
		if x := s.word(int32(i)); s.to[i] < 0 && x.Class == names.Qualifier && x.Seat {
			s.how[i] = SeatOf
		}
	}
}

// solid reports whether a name has more than particles.
func (s *side) solid() bool {
	return slices.ContainsFunc(s.words, func(i int32) bool { return s.all[i].Class != names.Particle && s.all[i].Class != names.Honorific })
}

// longest is how many words that say something, particles aside, the name with more of
// them has.
func (s *Scorer) longest() int {
	count := func(of *side) (n int) {
		for _, i := range of.words {
			if of.all[i].Class != names.Particle && of.all[i].Term != company {
				n++
			}
		}
		return n
	}
	return max(count(&s.a), count(&s.b))
}

// holds reports whether the name has the place of x.
func (s *side) holds(x *names.Weighed) bool {
	return slices.ContainsFunc(s.words, func(i int32) bool {
		y := &s.all[i]
		return y.Class == names.Qualifier && (x.Term != "" && x.Term == y.Term || x.Key == y.Key && x.Script == y.Script)
	})
}

// longestCode is how many letters a word has that may be a code.
const longestCode = 4

// oneSlip reports whether a misspelt word is all that stands between the names, and the one
// that tells them.
func (t *tally) oneSlip() bool {
	return t.telling == 0 && t.halves == 1 && t.first == (leftover{}) && t.second == (leftover{})
}

// score is the share of the weight that the names share, before what tells them
// apart.
func (t *tally) score(persons, sameForm bool) int64 {
	alone := t.alone
	if persons && t.pairs > 1 && (t.first.words == 0 || t.second.words == 0) {
		alone /= 2
	}
	var part int64
	switch {
	case persons:
	case t.telling > 0:
		part = forgiven
	case t.oneSlip() && (t.codes == 0 && sameForm || t.codes > 0 && t.articles > 0):
		part = forgivenBesideForm
	}
	score := 2 * (t.sharedAt + t.typos*part/100) / max(2*t.shared+alone, 1)
	if t.telling == 0 && t.halves == 1 && t.misspeltAt < doubtful*t.misspelt { // common words make no bad typo better
		score = min(score, t.misspeltAt/t.misspelt)
	}
	return score
}

// forgive is the score of a name that lacks nothing, when so many hundredths of what
// typos cost are given back.
func (t *tally) forgive(part int64) int64 {
	return 2 * (t.sharedAt + t.typos*part/100) / max(2*t.shared+t.alone, 1)
}
