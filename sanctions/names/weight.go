package names

import (
	"iter"
	"math/bits"
	"strconv"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
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

// Weight units: thousandths of the weight of a distinctive word.
const (
	weightOne       = 1000
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
	case t.Generic && (shipped().sorts[t.Term] || shipped().families[t.Term] != ""):
		weight = min(weight, weightSort)
	case t.Generic:
		weight = min(weight, weightGeneric)
	}
	return weight
}

// rarity is (log(parties/hold) / log 10,000)² in thousandths, within [weightLeast,
// weightOne]. It is integer arithmetic, so that every machine weighs alike.
func rarity(parties, hold int) int {
	const whole = 13607 // log2(10,000) in 1024ths
	l := log2(uint64(parties)) - log2(uint64(max(hold, 1)))
	l = min(max(l, 0), whole)
	return max(l*l*weightOne/(whole*whole), weightLeast)
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

// Weighed is a token made ready for comparison.
type Weighed struct {
	Token
	Weight int32 // in thousandths, see [Weights.Weight]
	Person Personal
	// Seat marks a place that is known to be the seat of the other name's party: whoever
	// knows the parties may set it. A name that adds it adds nothing.
	Seat   bool
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

// weigh makes a token ready whose weight is known.
func weigh(t Token, weight int, person Personal) Weighed {
	return Weighed{Token: t, Weight: int32(weight), Person: person, TextIs: SketchOf(t.Text), KeyIs: SketchOf(t.Key)}
}

// Append takes the phrases of a name apart, makes all words ready and appends
// them to dst.
func (w *Weights) Append(dst []Weighed, n Name) []Weighed {
	person := PersonalOf(n.Kind)
	for t := range TakeApart(n.Tokens) {
		dst = append(dst, weigh(t, w.Weight(&t), person))
	}
	return dst
}

// namedAfter is the term of the particle before the name of whom a firm honours.
const namedAfter = "named_after"

// isNamed reports whether a firm has a name besides whom it is named after: a word of
// its own or a place.
func isNamed(tokens []Token) bool {
	honoured := false
	for i := range tokens {
		t := &tokens[i]
		if t.Class == Qualifier || t.Class == Word && !t.Generic && (t.Term != "" || !honoured) {
			return true
		}
		honoured = t.Term == namedAfter || honoured && t.Term == "" && t.Class != LegalForm
	}
	return false
}

// honoured reports whether a word of a name that was taken apart is whom the firm is
// named after.
func (t *Token) honoured() bool { return t.Class == Honorific && t.Span == 0 }

// TakeApart ranges over tokens with every phrase as its words, so that a typo in
// one of them leaves the others: the first word has the phrase's term and its
// length as Span, the others have no term and a Span of 0. Legal forms and
// numbers stay whole. Whom a firm is named after is often left out, and becomes an
// honorific with a Span of 0, the initials particles; if the firm has no other name, it
// stays as it is.
func TakeApart(tokens []Token) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		honoured, named := false, isNamed(tokens)
		for i := range tokens {
			t := tokens[i]
			switch {
			case t.Term == namedAfter:
				honoured = true
			case t.Term != "" || t.Class == LegalForm:
				honoured = false
			case honoured && t.Class == Word && named:
				t.Class, t.Generic, t.Span = Honorific, true, 0
				if !yield(t) {
					return
				}
				continue
			case honoured && t.Class == Initial:
				t.Class, t.Span = Particle, 1
				if !yield(t) {
					return
				}
				continue
			}
			words := strings.Count(t.Text, " ") + 1
			if words == 1 || t.Class == LegalForm || t.Class == Number || strings.Count(t.Key, " ")+1 != words {
				t.Span = 1
				if !yield(t) {
					return
				}
				continue
			}
			if !takePhrase(t, words, yield) {
				return
			}
		}
	}
}

// takePhrase yields the words of a phrase.
func takePhrase(t Token, words int, yield func(Token) bool) bool {
	text, key := t.Text, t.Key
	t.Span = words
	for text != "" {
		t.Text, text, _ = strings.Cut(text, " ")
		t.Key, key, _ = strings.Cut(key, " ")
		word := t
		if word.Span == 0 && shipped().particle(word.Key) { // the of of a phrase
			word.Class = Particle
		}
		if !yield(word) {
			return false
		}
		t.Term, t.Span = "", 0
	}
	return true
}

// Reach is the number of edits by which two words of so many letters may differ
// and still resemble each other: one up to four letters, two from five on. Of two
// words the shorter decides, but four letters may be a misspelt word of five, and a
// word of three or four may lack two letters. Words of two letters resemble only scraps
// such as particles, see [Relate].
func Reach(a, b int) int {
	switch short, long := min(a, b), max(a, b); {
	case short < 2 || short == 2 && long > 3:
		return 0
	case short > 2 && long == short+2:
		return 2
	case short < 4 || short == 4 && long != 5:
		return 1
	}
	return 2
}
