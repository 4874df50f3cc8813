package similarity

import (
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// Outcome is what happened to a word, or to a run of words, of one name when it
// was held against the other.
type Outcome uint8

// The outcomes, from agreement to contradiction.
const (
	Same          Outcome = iota // the same word
	Variant                      // the same word in another spelling or script
	Inflection                   // an adjective or a genitive of the other: Амурский, Amur
	Translation                  // another word of the same meaning: завод, plant
	Joined                       // the same letters, divided into words otherwise
	Typo                         // a few letters differ
	AsWhole                      // the names as a whole, in which two words have a typo each
	InitialFor                   // an initial and a word that begins with it
	Sounds                       // agrees in its sound across scripts
	LookAlike                    // one word is written in letters of two scripts that look alike
	AcronymFor                   // an acronym and the words it abbreviates
	FormSame                     // the same legal form
	FormSpelled                  // words that look like the other name's legal form
	FormMissing                  // one name has no legal form
	SeatOf                       // one name lacks the place, and its party sits there
	Missing                      // one name lacks the word
	FormDiffers                  // two legal forms that exclude each other
	Contradiction                // numbers or qualifiers that tell two parties apart
	outcomeEnd
)

var outcomeNames = [outcomeEnd]string{"same", "variant", "inflection", "translation", "joined", "typo", "as a whole", "initial", "sounds", "look-alike letters",
	"acronym", "same form", "form misspelt", "form missing", "seat", "missing", "form differs", "contradicts"}

// String is a short English name.
func (o Outcome) String() string {
	if o < outcomeEnd {
		return outcomeNames[o]
	}
	return "unknown"
}

// Quality of a pair of words in ten-thousandths of the same word.
const (
	qualitySame        = int32(sanctions.SimilarityOne)
	qualityVariant     = 9900
	qualityJoined      = 9700
	qualityInflection  = 9300
	qualityTranslation = 9600
	qualityInitial     = 9000
	qualityAkin        = 9000 // one word of another language for two terms
	qualitySpelt       = 9000 // every letter that another script writes
	qualitySounds      = 8200
	qualityFaint       = 6500 // sounds with other vowels
	qualityScrap       = 6667
	qualityIntoCommon  = 7500 // the least for a typo that turns a word of a name's own into a common one
)

// Relate tells how well one word stands for another, 0 to 10,000, and why. It is
// symmetric. A phrase as a whole is not looked at. Two numbers or two qualifiers that are not the same do not
// relate at all, since a typo in one makes another number or another country.
func Relate(x, y *names.Weighed) (quality int32, how Outcome) {
	if x.Key == y.Key && x.Script == y.Script {
		return relateVariants(x, y)
	}
	if x.Term != "" && x.Term == y.Term && x.Span == 1 && y.Span == 1 {
		if x.Script == y.Script && near(x, y) {
			return qualityVariant, Variant // organisation and organization
		}
		return qualityTranslation, Translation
	}
	if akin(x, y) {
		return qualityAkin, Translation
	}
	if x.Class == names.Initial || y.Class == names.Initial {
		return relateInitial(x, y)
	}
	if x.Script != y.Script {
		return relateSounds(x, y)
	}
	if x.Class == names.Honorific && x.Span > 0 || y.Class == names.Honorific && y.Span > 0 || x.Class == names.Qualifier && y.Class == names.Qualifier ||
		x.Class == names.Number && !misspeltNumber(y, x) || y.Class == names.Number && !misspeltNumber(x, y) || x.Known() && y.Known() && !slipped(x, y) {
		return 0, Missing
	}
	if names.Inflected(x, y) {
		return qualityInflection, Inflection
	}
	if negates(x, y) || negates(y, x) {
		return 0, Missing
	}
	if scrap(x, y) || scrap(y, x) {
		return qualityScrap, Typo
	}
	if quality = misspelling(x, y); quality == 0 {
		return 0, Missing
	}
	return quality, Typo
}

// slipped reports whether a long word is one letter away from another, which may be a
// typo even where tables know both: ranch, of branch. Given names are told apart by less.
func slipped(x, y *names.Weighed) bool {
	const long = 6
	return x.Person != names.PersonalName && y.Person != names.PersonalName && max(x.TextIs.Runes(), y.TextIs.Runes()) >= long && edits(x.Text, y.Text, 1) == 1
}

// negates reports whether x says that it is not y: unlisted, listed.
func negates(x, y *names.Weighed) bool {
	const prefix, shortest = "un", 5
	return len(y.Text) >= shortest && len(x.Text) == len(prefix)+len(y.Text) && x.Text[:len(prefix)] == prefix && x.Text[len(prefix):] == y.Text
}

// scrap reports whether x is unknown and y a particle or a common word, one of two
// letters and the other of two or three, and one edit apart: FO and of, WCO and co.
func scrap(x, y *names.Weighed) bool {
	a, b := x.TextIs.Runes(), y.TextIs.Runes()
	return min(a, b) == 2 && max(a, b) <= 3 && x.Class == names.Word && !x.Known() && (y.Class == names.Particle || y.Generic) &&
		edits(x.Text, y.Text, 1) == 1
}

// misspeltNumber reports whether a word may be a misspelling of a number in letters:
// FUORTH, but not 4 or IV.
func misspeltNumber(w, number *names.Weighed) bool {
	return w.Class == names.Word && !w.Known() && number.InLetters()
}

// relateInitial relates an initial to a word in its script that begins with it,
// in the names of persons.
func relateInitial(x, y *names.Weighed) (int32, Outcome) {
	if y.Class == names.Initial {
		x, y = y, x
	}
	if x.Person == names.Impersonal || y.Person == names.Impersonal || y.Class != names.Word || x.Script != y.Script || x.Key == "" {
		return 0, Missing
	}
	first, _ := utf8.DecodeRuneInString(x.Key)
	if r, _ := utf8.DecodeRuneInString(y.Key); r != first {
		return 0, Missing
	}
	return qualityInitial, InitialFor
}
