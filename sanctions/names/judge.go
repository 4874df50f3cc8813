package names

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// The other thresholds of strength; see [Comparison].
const (
	strongThreshold sanctions.Similarity = 9200
	weakThreshold   sanctions.Similarity = 5500
)

// What a difference leaves of a score, in ten-thousandths.
const (
	keepFormMissing   = 9900 // one name has a legal form, the other none
	keepFormExcess    = 9980 // they share a legal form, and one has another besides
	keepFormSpelled   = 9980 // a word looks like the other name's legal form
	keepFormDiffers   = 9600 // two legal forms that exclude each other
	keepNumberExtra   = 8000 // one name has a number, the other none
	keepNumberDiffers = 6500 // numbers that contradict each other
	keepPlaceExtra    = 8500 // one name has a country or region, the other none
	keepPlaceDiffers  = 6500 // countries or regions that contradict each other
	keepNameDiffers   = 8500 // each has a word that the other has not, and they are persons or share one word only
	keepLineDiffers   = 8000 // each has a line of business that the other has not
	keepThin          = 8700 // one word that tells is all they share and another is missing, or all names of a person are misspelt
	keepCommon        = 8000 // common words only, and not the same ones: Bank Melli and National Bank
	keepDivided       = 9600 // the same letters, divided into words otherwise
)

// thin is the weight in thousandths above which a missing word makes a match on
// a single other word doubtful: ADF is not ADF Foods, while MIRZA may be MIRZA
// COMPANY.
const thin = 150

// doubtful is the quality below which a typo alone makes no match, whatever
// common words agree with it.
const doubtful = 7000

// telltale reports whether common words tell a name together, although many names have
// each of them: High Precision Systems, but not National Bank. words is how many the
// longer name has; two are enough where a translation is all that another script can
// have in common. Nothing may be missing or misspelt.
func (t *tally) telltale(words int) bool {
	const few, bare, tells = 3, 2, 250
	return (words >= few || t.across >= bare) && t.said >= tells && t.missing()+t.slipped == 0
}

// company is the term of the word that any firm may put to its name or leave out.
const company = "company"

// tellsBesidePlace is the weight from which common words tell a name beside a place,
// where the other name has more.
const tellsBesidePlace = 250

// forgiven is the part of what typos cost, in hundredths, that another word which
// agrees and is not generic gives back.
const forgiven = 40

// forgivenAsWhole is the most of it that the name as a whole gives back.
const forgivenAsWhole = 60

// tally is what the pairing of two names comes to.
type tally struct {
	// Weights in thousandths, and weights times qualities.
	shared, sharedAt     int64 // what the names share
	alone                int64 // what only one of them has
	misspelt, misspeltAt int64 // of what they share, the words of their own with typos
	typos                int64 // what typos take from the quality of all that is shared
	lacking              int32 // the weightiest word, place or number aside, that only one has

	said     int64 // weight of the words that are paired, places and the like aside
	named    int   // words that are paired, initials aside
	initials int   // initials that are paired with words
	solid    int   // words other than particles and initials that are paired
	pairs    int   // words that are paired
	telling  int   // of these, words of their own that agree
	halves   int   // and those with typos

	slips      int // words of any sort with typos
	slipped    int // of these, such as stand by themselves
	translated int // words that only mean the same
	across     int // of these, such as are in two scripts
	places     int // places that agree

	exact, strong bool
	first, second leftover
}

// leftover counts what only one name has. Of the words, lines are those that the tables
// know and that say more than of what sort the body is, and companies say nothing.
type leftover struct{ words, companies, lines, numbers, places, letters, honoured int }

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
	return t
}

func (t *tally) pair(x, y *Weighed, how Outcome, weight, quality int64) {
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
		t.strong = t.strong && x.Class != Word && y.Class != Word
	}
	if how == Typo {
		if x.Span > 0 && y.Span > 0 { // else the phrase is what counts
			t.slipped++
		}
		t.slips++
		t.typos += weight * (int64(qualitySame) - quality)
	}
	if how != InitialFor && (x.Class != Particle && x.Class != Honorific || y.Class != Particle && y.Class != Honorific) {
		t.solid++
	}
	if x.Class == Qualifier && y.Class == Qualifier {
		t.places++
	}
	if how == InitialFor {
		t.pairs++
		t.initials++
	}
	if how == Translation {
		t.translated++
		if x.Script != y.Script {
			t.across++
		}
	}
	if x.Class != Word || y.Class != Word {
		return
	}
	t.said += weight
	if how != InitialFor {
		t.pairs++
		t.named++
	}
	switch {
	case x.common() || y.common():
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
		if of.to[i] >= 0 || of.how[i] == FormSpelled {
			continue
		}
		x := of.word(int32(i))
		if x.Class == Qualifier && other.holds(x) { // the Crimean Sea Ports of the Crimean Republic
			continue
		}
		t.alone += int64(x.Weight)
		switch x.Class {
		case Particle:
		case Honorific:
			if x.Honoured() {
				l.honoured++
				t.exact = false
			}
		case Number:
			l.numbers++
			t.exact, t.strong = false, false
		case Qualifier:
			l.places++
			t.exact, t.strong = false, false
		case Initial:
			l.letters++
			t.exact = false
		default:
			l.words++
			if x.Term == company {
				l.companies++
			}
			if x.Term != "" && !shipped().sorts[x.Term] {
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

// solid reports whether a name has more than particles.
func (s *side) solid() bool {
	return slices.ContainsFunc(s.words, func(i int32) bool { return s.all[i].Class != Particle && s.all[i].Class != Honorific })
}

// longest is how many words that say something, particles aside, the name with more of
// them has.
func (s *Scorer) longest() int {
	count := func(of *side) (n int) {
		for _, i := range of.words {
			if of.all[i].Class != Particle && of.all[i].Term != company {
				n++
			}
		}
		return n
	}
	return max(count(&s.a), count(&s.b))
}

// holds reports whether the name has the place of x.
func (s *side) holds(x *Weighed) bool {
	return slices.ContainsFunc(s.words, func(i int32) bool {
		y := &s.all[i]
		return y.Class == Qualifier && (x.Term != "" && x.Term == y.Term || x.Key == y.Key && x.Script == y.Script)
	})
}

// judge computes score and strength from the pairing.
func (s *Scorer) judge() (sanctions.Similarity, sanctions.Strength) {
	if len(s.a.words) == 0 || len(s.b.words) == 0 {
		return s.judgeForms()
	}
	t := s.tally()
	persons := s.persons()
	score := t.score(persons)
	if t.solid == 0 && (s.a.solid() || s.b.solid()) { // particles alone make no match
		score = 0
	}
	if score < keepDivided && s.divided() {
		s.whole = true
		return keepDivided, sanctions.StrengthStrong
	}
	if score < int64(weakThreshold) && s.acronym() {
		s.acro = true
		return weakThreshold, sanctions.StrengthWeak
	}
	if score == 0 {
		return 0, sanctions.StrengthNone
	}
	if !persons && t.slips > 1 && t.first == (leftover{}) && t.second == (leftover{}) {
		if whole := min(s.asWhole(), t.forgive(forgivenAsWhole)); whole > score {
			s.slips, score, t.translated = sanctions.Similarity(whole), whole, 0
		}
	}
	keep := func(part int64) { score = score * part / int64(sanctions.SimilarityOne) }
	switch {
	case t.first.numbers > 0 && t.second.numbers > 0:
		keep(keepNumberDiffers)
	case !persons && t.first.letters > 0 && t.second.letters > 0: // Entity B and Entity D
		keep(keepNumberDiffers)
		t.strong = false
	case t.first.numbers+t.second.numbers > 0:
		keep(keepNumberExtra)
	}
	if t.first.honoured > 0 && t.second.honoured > 0 { // named after two persons
		keep(keepNumberDiffers)
		t.exact, t.strong = false, false
	}
	switch {
	case t.first.places > 0 && t.second.places > 0:
		keep(keepPlaceDiffers)
	case t.first.places+t.second.places > 0:
		keep(keepPlaceExtra)
	}
	if persons && s.reversed() {
		keep(keepNumberDiffers)
		t.exact, t.strong, s.nasab = false, false, true
	}
	own := t.telling + t.halves                      // words of their own that they share
	if t.telling+t.places == 0 && t.translated > 0 { // Bank Melli and National Bank
		t.strong = false
	}
	switch {
	case persons && t.telling == 0 && t.halves > 1:
		keep(keepThin)
	case persons && own == 0 && !t.exact && (t.named == 0 || t.initials > 0): // initials, beside what many are called
		keep(keepNumberDiffers)
		t.exact, t.strong = false, false
	case !persons && own == 0 && t.first.words > 0 && t.second.words > 0:
		keep(keepCommon) // Korea Shipping and Korea Trading
	case !persons && own == 0 && t.said < tellsBesidePlace && t.missing() > 0:
		keep(keepCommon) // Bank Rossiya and Russian Financial Corporation Bank
	case !persons && own+t.places == 0 && !t.exact && !t.telltale(s.longest()) && (t.translated > 0 || t.missing() > 0):
		keep(keepCommon)
	case persons && t.first.words > 0 && t.second.words > 0:
		keep(keepNameDiffers)
	case !persons && t.first.lines > 0 && t.second.lines > 0:
		keep(keepLineDiffers)
	case !persons && own == 1 && t.first.words+t.first.letters > 0 && t.second.words+t.second.letters > 0:
		keep(keepNameDiffers)
	case !persons && own == 1 && t.lacking > thin:
		keep(keepThin)
	}
	switch s.form {
	case FormSame:
		if s.excess {
			keep(keepFormExcess)
		}
	case FormMissing:
		keep(keepFormMissing)
	case FormSpelled:
		t.exact, t.strong = false, false
		keep(keepFormSpelled)
	case FormDiffers:
		t.exact = false
		t.strong = t.strong && t.translated == 0 // Rosneft Trading SA and Rosneft Trade Limited
		keep(keepFormDiffers)
	}
	return sanctions.Similarity(score), strengthOf(sanctions.Similarity(score), t.exact, t.strong)
}

// score is the share of the weight that the names share, before what tells them
// apart.
func (t *tally) score(persons bool) int64 {
	alone := t.alone
	if persons && t.pairs > 1 && (t.first.words == 0 || t.second.words == 0) {
		alone /= 2
	}
	var part int64
	if !persons && t.telling > 0 {
		part = forgiven
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

// persons reports whether one name is a person's and the other is or may be one.
func (s *Scorer) persons() bool {
	a, b := s.a.all[0].Person, s.b.all[0].Person
	return a > Impersonal && b > Impersonal && a+b > 2*MaybePerson
}

// reversed reports whether what stands before "son of" in either name is paired with
// what stands behind it in the other: father and son.
func (s *Scorer) reversed() bool {
	return s.a.fathers(&s.b) && s.b.fathers(&s.a)
}

// fathers reports whether a word before the first "son of" is paired with one behind
// that of the other.
func (s *side) fathers(other *side) bool {
	at, beyond := s.sonOf(), other.sonOf()
	for i := range max(at, 0) {
		if j := s.to[i]; beyond >= 0 && j > beyond && s.word(i).Class == Word {
			return true
		}
	}
	return false
}

// sonOf is the place of the first "son of" or "daughter of", or -1.
func (s *side) sonOf() int32 {
	return int32(slices.IndexFunc(s.words, func(i int32) bool {
		t := &s.all[i]
		return t.Class == Particle && (t.Term == "son_of" || t.Term == "daughter_of")
	}))
}

func strengthOf(score sanctions.Similarity, exact, strong bool) sanctions.Strength {
	switch {
	case exact:
		return sanctions.StrengthExact
	case strong && score >= strongThreshold:
		return sanctions.StrengthStrong
	case score >= DefaultThreshold:
		return sanctions.StrengthProbable
	case score >= weakThreshold:
		return sanctions.StrengthWeak
	}
	return sanctions.StrengthNone
}

// judgeForms judges names of which one consists of nothing but legal forms: they
// have the same letters or nothing in common.
func (s *Scorer) judgeForms() (sanctions.Similarity, sanctions.Strength) {
	if len(s.a.words) == 0 && len(s.b.words) == 0 && len(s.a.all) > 0 && sameLetters(s.a.all, s.b.all, true, true) {
		return sanctions.SimilarityOne, sanctions.StrengthExact
	}
	return 0, sanctions.StrengthNone
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

func sameLetters(a, b []Weighed, formsA, formsB bool) bool {
	x, y := letters{all: a, forms: formsA}, letters{all: b, forms: formsB}
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

// letters reads the keys of a name as one string.
type letters struct {
	all   []Weighed
	forms bool
	i, k  int
}

func (l *letters) next() byte {
	for l.i < len(l.all) {
		t := &l.all[l.i]
		if t.Class == LegalForm && !l.forms || l.k >= len(t.Key) {
			l.i++
			l.k = 0
			continue
		}
		c := t.Key[l.k]
		l.k++
		if c != ' ' {
			return c
		}
	}
	return 0
}
