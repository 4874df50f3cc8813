package names

import (
	"math/bits"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Outcome is what happened to a word, or to a run of words, of one name when it
// was held against the other.
type Outcome uint8

// The outcomes, from agreement to contradiction.
const (
	Same          Outcome = iota // the same word
	Variant                      // the same word in another spelling or script
	Translation                  // another word of the same meaning: завод, plant
	Joined                       // the same letters, divided into words otherwise
	Typo                         // a few letters differ
	InitialFor                   // an initial and a word that begins with it
	Sounds                       // agrees only in its skeleton across scripts
	AcronymFor                   // an acronym and the words it abbreviates
	FormSame                     // the same legal form
	FormSpelled                  // words that look like the other name's legal form
	FormMissing                  // one name has no legal form
	Missing                      // one name lacks the word
	FormDiffers                  // two legal forms that exclude each other
	Contradiction                // numbers or qualifiers that tell two parties apart
	outcomeEnd
)

var outcomeNames = [outcomeEnd]string{"same", "variant", "translation", "joined", "typo", "initial", "sounds",
	"acronym", "same form", "form misspelt", "form missing", "missing", "form differs", "contradicts"}

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
	qualityTranslation = 9600
	qualityInitial     = 7000
	qualitySounds      = 7500
	costOfEdits        = 11500 // times edits over letters
)

// Relate tells how well one word stands for another, 0 to 10,000, and why. It is
// symmetric. Two numbers or two qualifiers that are not the same do not
// relate at all, since a typo in one makes another number or another country.
func Relate(x, y *Weighed) (quality int32, how Outcome) {
	if x.Key == y.Key && x.Script == y.Script {
		if x.Text == y.Text {
			return qualitySame, Same
		}
		return qualityVariant, Variant
	}
	if x.Term != "" && x.Term == y.Term {
		return qualityTranslation, Translation
	}
	if x.Class == Initial || y.Class == Initial {
		return relateInitial(x, y)
	}
	if x.Script != y.Script || x.Class == Number || y.Class == Number || x.Class == Qualifier && y.Class == Qualifier {
		return 0, Missing
	}
	reach := Reach(int(min(x.runes, y.runes)))
	if reach == 0 || int(max(x.runes, y.runes)-min(x.runes, y.runes)) > reach {
		return 0, Missing
	}
	if (x.mask|y.mask)>>36 == 0 && bits.OnesCount64(x.mask^y.mask) > 2*reach {
		return 0, Missing
	}
	edits := Edits(x.Key, y.Key, reach)
	if edits > reach {
		return 0, Missing
	}
	return qualitySame - costOfEdits*int32(edits)/int32(max(x.runes, y.runes)), Typo
}

// relateInitial relates an initial to a word in its script that begins with it.
func relateInitial(x, y *Weighed) (int32, Outcome) {
	if y.Class == Initial {
		x, y = y, x
	}
	if y.Class != Word || x.Script != y.Script || x.Key == "" {
		return 0, Missing
	}
	first, _ := utf8.DecodeRuneInString(x.Key)
	if r, _ := utf8.DecodeRuneInString(y.Key); r != first {
		return 0, Missing
	}
	return qualityInitial, InitialFor
}
