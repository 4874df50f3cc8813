package similarity

import "github.com/sanctionrisk/exposure/sanctions/names"

// Ceiling bounds what the pairing of a word can bring to a score, for searches that
// pass over names without comparing them. It follows the rules of judge.go: a typo
// costs less where another word of the names' own or the legal form agrees, and two of them
// less where they are judged as a whole.
type Ceiling struct {
	own, words int
	formed     bool // has a legal form
}

// CeilingOf is the ceiling for the words of one name.
func CeilingOf(words []names.Weighed) Ceiling {
	var c Ceiling
	for i := range words {
		if !words[i].Common() {
			c.own++
		}
		if words[i].Class == names.LegalForm {
			c.formed = true
		} else {
			c.words++
		}
	}
	return c
}

// Quality is the most that a pairing of that quality counts for x, a word of the
// name, as if it were of that quality and nothing given back.
func (c Ceiling) Quality(x *names.Weighed, quality int32) int32 {
	others := c.own
	if !x.Common() {
		others--
	}
	part := int32(0)
	switch {
	case c.words > 1 && x.Person != names.PersonalName:
		part = forgivenAsWhole
	case others > 0:
		part = forgiven
	case c.formed:
		part = forgivenBesideForm
	}
	return quality + ((qualitySame-quality)*part+99)/100
}

// AcronymScore is the score of a name and its acronym, which share no words.
const AcronymScore = weakThreshold
