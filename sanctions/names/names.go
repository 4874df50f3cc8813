package names

import "github.com/sanctionrisk/exposure/sanctions"

// Class says what a token is within a name.
type Class uint8

// The classes.
const (
	Word      Class = iota // a word that can tell companies apart, unless it is Generic
	LegalForm              // llc, gmbh, public joint stock company; Term is the canonical form
	Number                 // digits, an ordinal or a roman numeral; Key is the number in digits
	Qualifier              // a country, region, city or people; Term is the canonical place
	Initial                // a single letter
	Particle               // of, the, and, de, named after
	Honorific              // a title before a name: M/s, Mr, Dr
)

var classNames = [...]string{"word", "form", "number", "qualifier", "initial", "particle", "honorific"}

// String is the class in one lower-case word.
func (c Class) String() string { return nameOf(classNames[:], int(c)) }

// Script is the script in which a token's key is written. Words in Cyrillic,
// Greek, Armenian and Georgian letters have a Latin key, and so are Latin.
type Script uint8

// The scripts that are told apart.
const (
	Latin Script = iota // Latin, or romanised to it; numbers too
	Arabic
	Hebrew
	Devanagari
	Han
	Kana
	Hangul
	Thai
	Other
)

var scriptNames = [...]string{"latin", "arabic", "hebrew", "devanagari", "han", "kana", "hangul", "thai", "other"}

// String is the script in one lower-case word.
func (s Script) String() string { return nameOf(scriptNames[:], int(s)) }

func nameOf(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return "invalid"
}

// Token is one word of a name, or several that mean one thing together.
type Token struct {
	// Text is the word as it stands, in lower case and without the marks that
	// its script can do without. Words that the token joins are separated by a
	// space.
	Text string
	// Key is the comparison key: tokens of one script and equal keys are the
	// same word. Keys of several words are separated by a space.
	Key string
	// Term is the canonical term if a table knows the word or phrase: "plant"
	// for zavod, завод, factory and works; the canonical form of a LegalForm,
	// the canonical place of a Qualifier. Else it is empty.
	Term   string
	Class  Class
	Script Script
	// Generic marks a word that many companies bear: company, trading, group.
	Generic bool
	// Mixed marks a word in which letters of one script stood in for those of
	// another that look alike ("Paypаl" with a Cyrillic а); they were folded.
	Mixed bool
	// Span is how many words of the source the token stands for, at least 1.
	Span int
}

// Name is a name and its tokens, in the order of the source.
type Name struct {
	Text   string // as the source writes it
	Kind   sanctions.Kind
	Tokens []Token
}
