package names

import (
	"math/bits"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Weights says how much each word of a name tells. A word that stands in many
// names of a corpus tells little; where no corpus is given, or while it is
// small, the shipped table of generic words speaks instead, so that a score
// means the same on a list of ten names as on one of ten thousand.
//
// The corpus and the table are joined as a prior of 5,000 imagined names, in
// which a generic word stands in one of a hundred and any other word in one of
// twenty thousand. The weight of a word is then the square of the logarithm of
// its rarity, 1 for one name in ten thousand or rarer. Numbers, qualifiers,
// initials, particles and honorifics have fixed weights.
//
// A Weights is immutable and safe for concurrent use if its count is. The nil
// *Weights knows the shipped table only.
type Weights struct {
	names int
	count func(sense string) int
}

// NewWeights takes the number of names (or of parties) in a corpus and a
// function that tells in how many of them a word's [Token.Sense] stands.
func NewWeights(names int, count func(sense string) int) *Weights {
	return &Weights{names: names, count: count}
}

// Weight units: thousandths of the weight of a distinctive word.
const (
	weightOne       = 1000
	weightLeast     = 30
	weightParticle  = 30
	weightHonorific = 60
	weightInitial   = 200
	weightQualifier = 350
	weightNumber    = 500
	weightGeneric   = 450 // the most that a generic word can weigh, however rare in the corpus
)

const (
	priorNames   = 5000
	priorGeneric = 50 // of priorNames hold a given generic word
)

// Weight is the weight of a token in thousandths of that of a distinctive word.
// A legal form has none: it is compared apart.
func (w *Weights) Weight(t *Token) int {
	switch t.Class {
	case LegalForm:
		return 0
	case Particle:
		return weightParticle
	case Honorific:
		return weightHonorific
	case Initial:
		return weightInitial
	case Qualifier:
		return weightQualifier
	case Number:
		return weightNumber
	}
	n, hold := priorNames, 0
	if w != nil && w.count != nil {
		n += w.names
		hold = w.count(t.Sense())
	}
	if !t.Generic {
		return rarity(4*n, 4*hold+1)
	}
	return min(rarity(n, hold+priorGeneric), weightGeneric)
}

// rarity is (log(n/hold) / log 10,000)² in thousandths, within [weightLeast,
// weightOne]. It is integer arithmetic, so that every machine weighs alike.
func rarity(n, hold int) int {
	const whole = 13607 // log2(10,000) in 1024ths
	l := log2(uint64(n)) - log2(uint64(max(hold, 1)))
	l = min(max(l, 0), whole)
	return max(l*l*weightOne/(whole*whole), weightLeast)
}

// log2 is the binary logarithm in 1024ths, linear between powers of two.
func log2(x uint64) int {
	e := bits.Len64(x) - 1
	return e<<10 + int((x<<10>>e)&1023)
}

// Sense is what a token counts as in a corpus: its term where a table knows it,
// so that plant, works and zavod are one, else its key.
func (t *Token) Sense() string {
	if t.Term != "" {
		return t.Term
	}
	return t.Key
}

// Weighed is a token made ready for comparison.
type Weighed struct {
	Token
	Weight int32 // in thousandths, see [Weights.Weight]
	Person Personal
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

// Weigh makes a token ready whose weight is known.
func Weigh(t Token, weight int, person Personal) Weighed {
	return Weighed{Token: t, Weight: int32(weight), Person: person, TextIs: SketchOf(t.Text), KeyIs: SketchOf(t.Key)}
}

// Append makes all tokens of a name ready and appends them to dst.
func (w *Weights) Append(dst []Weighed, n Name) []Weighed {
	for _, t := range n.Tokens {
		dst = append(dst, Weigh(t, w.Weight(&t), PersonalOf(n.Kind)))
	}
	return dst
}

// Reach is the number of edits that a word of so many letters may differ from
// another one by and still resemble it: none up to two letters, one up to four,
// two from five on. Of two words the shorter decides.
func Reach(runes int) int {
	switch {
	case runes < 3:
		return 0
	case runes < 5:
		return 1
	}
	return 2
}
