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
	keepFormMissing    = 9900 // one name has a legal form, the other none
	keepFormExcess     = 9980 // they share a legal form, and one has another besides
	keepFormTranslated = 9980 // a word names the other name's legal form
	keepFormSpelled    = 9980 // a word looks like the other name's legal form
	keepFormDiffers    = 9600 // two legal forms that exclude each other
	keepNumberExtra    = 8000 // one name has a number, the other none
	keepNumberDiffers  = 6500 // numbers that contradict each other
	keepPlaceExtra     = 8500 // one name has a country or region, the other none
	keepPlaceDiffers   = 6500 // countries or regions that contradict each other
	keepNameDiffers    = 8500 // each has a word that the other has not, more than group and concern, and they are persons or share one word only
	keepLineDiffers    = 8000 // each has a line of business that the other has not
	keepThin           = 8700 // one word that tells is all they share and another is missing, or all names of a person are misspelt
	keepThinBeside     = 9400 // the same, and common words agree besides that weigh as much as what is missing
	keepCommon         = 8000 // common words only, and not the same ones: Bank Melli and National Bank
	keepDivided        = 9600 // the same letters, divided into words otherwise
)

// thin is the weight in thousandths above which a missing word makes a match on
// a single other word doubtful: ADF is not ADF Foods, while MIRZA may be MIRZA
// COMPANY. What common words weigh that agree besides makes it less so: Aerospace
// Organization and Aerospace Industries Organization.
const thin = 150

// judge computes score and strength from the pairing.
func (s *Scorer) judge() (sanctions.Similarity, sanctions.Strength) {
	if len(s.a.words) == 0 || len(s.b.words) == 0 {
		return s.judgeForms()
	}
	t := s.tally()
	persons := s.persons()
	score := t.score(persons, s.form1 && s.form == FormSame && !s.excess)
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
	case !persons && own == 1 && t.first.words+t.first.letters > 0 && t.second.words+t.second.letters > 0 && !(t.first.house() && t.second.house()):
		keep(keepNameDiffers)
	case !persons && own == 1 && int64(t.lacking) > thin+t.beside:
		keep(keepThin)
	case !persons && own == 1 && t.lacking > thin:
		keep(keepThinBeside)
	}
	switch s.form {
	case FormSame:
		if s.excess {
			keep(keepFormExcess)
		}
	case FormMissing:
		if s.body {
			keep(keepLineDiffers)
			break
		}
		keep(keepFormMissing)
	case FormSpelled:
		t.exact, t.strong = false, false
		keep(keepFormSpelled)
	case Translation:
		keep(keepFormTranslated)
	case FormDiffers:
		t.exact = false
		if s.translated() {
			keep(keepFormMissing)
			break
		}
		t.strong = t.strong && t.translated == 0 // Rosneft Trading SA and Rosneft Trade Limited
		keep(keepFormDiffers)
	}
	return sanctions.Similarity(score), strengthOf(sanctions.Similarity(score), t.exact, t.strong)
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
	switch {
	case len(s.a.all) == 0 || !sameLetters(s.a.all, s.b.all, true, true):
		return 0, sanctions.StrengthNone
	case len(s.a.words)+len(s.b.words) == 0:
		return sanctions.SimilarityOne, sanctions.StrengthExact
	}
	s.whole = true
	return keepDivided, sanctions.StrengthStrong
}
