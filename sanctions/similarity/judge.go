package similarity

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
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
	t.points = t.score(persons, s.form1 && s.form == FormSame && !s.excess)
	if t.solid == 0 && (s.a.solid() || s.b.solid()) { // particles alone make no match
		t.points = 0
	}
	if t.points < keepDivided && s.divided() {
		s.whole = true
		return keepDivided, sanctions.StrengthStrong
	}
	if t.points < int64(weakThreshold) && s.acronym() {
		s.acro = true
		return weakThreshold, sanctions.StrengthWeak
	}
	if t.points == 0 {
		return 0, sanctions.StrengthNone
	}
	if !persons && t.slips > 1 && t.first == (leftover{}) && t.second == (leftover{}) {
		if whole := min(s.asWhole(), t.forgive(forgivenAsWhole)); whole > t.points {
			s.slips, t.points, t.translated = sanctions.Similarity(whole), whole, 0
		}
	}
	t.judgeContradictions(persons)
	if persons && s.reversed() {
		t.keep(keepNumberDiffers)
		t.exact, t.strong, s.nasab = false, false, true
	}
	if t.telling+t.places == 0 && t.translated > 0 { // Bank Melli and National Bank
		t.strong = false
	}
	if persons {
		t.judgePersons()
	} else {
		t.judgeWords(s.longest())
	}
	s.judgeForm(&t)
	score := sanctions.Similarity(t.points)
	return score, strengthOf(score, t.exact, t.strong)
}

// keep leaves so much of the score.
func (t *tally) keep(part int64) { t.points = t.points * part / int64(sanctions.SimilarityOne) }

// judgeContradictions takes off what numbers, letters, places and persons honoured do that
// are not the same.
func (t *tally) judgeContradictions(persons bool) {
	switch {
	case t.first.numbers > 0 && t.second.numbers > 0:
		t.keep(keepNumberDiffers)
	case !persons && t.first.letters > 0 && t.second.letters > 0: // Entity B and Entity D
		t.keep(keepNumberDiffers)
		t.strong = false
	case t.first.numbers+t.second.numbers > 0:
		t.keep(keepNumberExtra)
	}
	if t.first.honoured > 0 && t.second.honoured > 0 { // named after two persons
		t.keep(keepNumberDiffers)
		t.exact, t.strong = false, false
	}
	switch {
	case t.first.places > 0 && t.second.places > 0:
		t.keep(keepPlaceDiffers)
	case t.first.places+t.second.places > 0:
		t.keep(keepPlaceExtra)
	}
}

// judgePersons takes off what makes little of what the names of persons share.
func (t *tally) judgePersons() {
	switch {
	case t.telling == 0 && t.halves > 1:
		t.keep(keepThin)
	case t.telling+t.halves == 0 && !t.exact && (t.named == 0 || t.initials > 0): // initials, beside what many are called
		t.keep(keepNumberDiffers)
		t.exact, t.strong = false, false
	case t.first.words > 0 && t.second.words > 0:
		t.keep(keepNameDiffers)
	}
}

// judgeWords takes off what makes little of what other names share: common words, or one
// word beside others that are missing. longest is how many words say something in the name
// with more of them.
func (t *tally) judgeWords(longest int) {
	own := t.telling + t.halves // words of their own that they share
	switch {
	case own == 0 && t.first.words > 0 && t.second.words > 0:
		t.keep(keepCommon) // Korea Shipping and Korea Trading
	case own == 0 && t.said < tellsBesidePlace && t.missing() > 0:
		t.keep(keepCommon) // Bank Rossiya and Russian Financial Corporation Bank
	case own+t.places == 0 && !t.exact && !t.telltale(longest) && (t.translated > 0 || t.missing() > 0):
		t.keep(keepCommon)
	case t.first.lines > 0 && t.second.lines > 0:
		t.keep(keepLineDiffers)
	case own != 1:
	case t.first.words+t.first.letters > 0 && t.second.words+t.second.letters > 0 && !(t.first.house() && t.second.house()):
		t.keep(keepNameDiffers)
	case int64(t.lacking) > thin+t.beside:
		t.keep(keepThin)
	case t.lacking > thin:
		t.keep(keepThinBeside)
	}
}

// judgeForm takes off what other legal forms do.
func (s *Scorer) judgeForm(t *tally) {
	switch {
	case s.form == FormSame && s.excess:
		t.keep(keepFormExcess)
	case s.form == FormMissing && s.body:
		t.keep(keepLineDiffers)
	case s.form == FormMissing:
		t.keep(keepFormMissing)
	case s.form == FormSpelled:
		t.exact, t.strong = false, false
		t.keep(keepFormSpelled)
	case s.form == Translation:
		t.keep(keepFormTranslated)
	case s.form == FormDiffers && s.translated():
		t.exact = false
		t.keep(keepFormMissing)
	case s.form == FormDiffers:
		t.exact = false
		t.strong = t.strong && t.translated == 0 // Rosneft Trading SA and Rosneft Trade Limited
		t.keep(keepFormDiffers)
	}
}

// persons reports whether one name is a person's and the other is or may be one.
func (s *Scorer) persons() bool {
	a, b := s.a.all[0].Person, s.b.all[0].Person
	return a > names.Impersonal && b > names.Impersonal && a+b > 2*names.MaybePerson
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
		if j := s.to[i]; beyond >= 0 && j > beyond && s.word(i).Class == names.Word {
			return true
		}
	}
	return false
}

// sonOf is the place of the first "son of" or "daughter of", or -1.
func (s *side) sonOf() int32 {
	return int32(slices.IndexFunc(s.words, func(i int32) bool {
		t := &s.all[i]
		return t.Class == names.Particle && (t.Term == "son_of" || t.Term == "daughter_of")
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
