package names

import (
	"math/bits"
	"strconv"
	"sync"
)

// Weights says how much each word of a name tells. A word that stands in many
// names of a corpus tells little; where no corpus is given, or while it is
// small, shipped tables speak instead, so that a score means the same on a list
// of ten names as on one of ten thousand.
//
// The corpus and the tables are joined as a prior of 5,000 imagined parties. The
// words in frequency.csv stand in as many of them as in OFAC's list of specially
// designated entities of July 2021, any other generic word in one of five
// hundred, and a word that no table knows in one of twenty thousand. The weight
// of a word is the square of the logarithm of its rarity, 1 for one party in ten
// thousand or fewer; a generic word never weighs more than half, and one that says of
// what sort a body is, which one list tells and another leaves out, or that may be its
// legal form, 0.15. Numbers,
// qualifiers, initials, particles and honorifics have fixed weights.
//
// A Weights is immutable and safe for concurrent use if its count is. The nil
// *Weights knows the shipped tables only.
type Weights struct {
	parties int
	count   func(sense string) int
}

// NewWeights takes the number of parties in a corpus and a function that tells
// in the names of how many of them a word's [Token.Sense] stands.
func NewWeights(parties int, count func(sense string) int) *Weights {
	return &Weights{parties: parties, count: count}
}

// WeightOne is the weight of a distinctive word: weights are thousandths of it.
const WeightOne = 1000

// The other weights.
const (
	weightLeast     = 30
	weightParticle  = 30
	weightHonorific = 60
	weightInitial   = 200
	weightQualifier = 350
	weightNumber    = 500
	weightCommon    = 550 // what weighs less is common, whatever the tables say of it
	weightGeneric   = 500 // the most that a generic word can weigh, however rare in the corpus
	weightSort      = 150 // the most that a word weighs which says of what sort a body is: plant, institute, concern
)

// The imagined parties, in quarters so that a word no table knows has one.
const (
	priorParties = 4 * 5000
	priorGeneric = priorParties / 500
	priorUnknown = priorParties / 20_000
)

// frequencies holds in how many of the imagined parties the commonest words stand.
var frequencies = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	for _, row := range readTable("frequency.csv", "sense", "per_mille") {
		perMille, err := strconv.Atoi(row[1])
		if err != nil {
			panic(err) // the table is part of the package
		}
		out[row[0]] = priorParties * perMille / 1000
	}
	return out
})

// Weight is the weight of a token in thousandths of that of a distinctive word.
// A legal form has none: it is compared apart. A word of a phrase weighs half, and
// the further words of a generic phrase next to nothing.
func (w *Weights) Weight(t *Token) int {
	if t.Span == 0 && t.Generic {
		return weightLeast
	}
	if t.Span != 1 && t.Class != LegalForm && t.Class != Number {
		return max(w.weight(t)/2, weightLeast)
	}
	return w.weight(t)
}

func (w *Weights) weight(t *Token) int {
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
	sense := t.Sense()
	parties, hold := priorParties, priorUnknown
	if t.Generic {
		hold = priorGeneric
	}
	if common, ok := frequencies()[sense]; ok {
		hold = common
	}
	if w != nil && w.count != nil {
		parties += 4 * w.parties
		hold += 4 * max(w.count(sense)-1, 0) // to stand in one name says nothing yet
	}
	weight := rarity(parties, hold)
	switch {
	case t.Generic && (IsSort(t.Term) || Family(t.Term) != ""):
		weight = min(weight, weightSort)
	case t.Generic:
		weight = min(weight, weightGeneric)
	}
	return weight
}

// rarity is (log(parties/hold) / log 10,000)² in thousandths, within [weightLeast,
// WeightOne]. It is integer arithmetic, so that every machine weighs alike.
func rarity(parties, hold int) int {
	const whole = 13607 // log2(10,000) in 1024ths
	l := log2(uint64(parties)) - log2(uint64(max(hold, 1)))
	l = min(max(l, 0), whole)
	return max(l*l*WeightOne/(whole*whole), weightLeast)
}

// log2 is the binary logarithm in 1024ths, linear between powers of two.
func log2(x uint64) int {
	e := bits.Len64(x) - 1
	return e<<10 + int((x<<10>>e)&1023)
}

// Sense is what a token counts as in a corpus, for those who count one for [NewWeights]:
// its term where a table knows it,
// so that plant, works and zavod are one, else its key.
func (t *Token) Sense() string {
	if t.Term != "" {
		return t.Term
	}
	return t.Key
}
