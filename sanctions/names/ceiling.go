package names

// Ceiling bounds what the pairing of a word can bring to a score, for searches that
// pass over names without comparing them. It follows the rules of judge.go: a typo
// costs less where another word of the names' own agrees, and two of them less where
// they are judged as a whole.
type Ceiling struct{ own, words int }

// CeilingOf is the ceiling for the words of one name.
func CeilingOf(words []Weighed) Ceiling {
	var c Ceiling
	for i := range words {
		if !words[i].common() {
			c.own++
		}
		if words[i].Class != LegalForm {
			c.words++
		}
	}
	return c
}

// Quality is the most that a pairing of that quality counts for x, a word of the
// name, as if it were of that quality and nothing given back.
func (c Ceiling) Quality(x *Weighed, quality int32) int32 {
	others := c.own
	if !x.common() {
		others--
	}
	switch {
	case c.words > 1 && x.Person != PersonalName:
		return quality + ((qualitySame-quality)*forgivenAsWhole+99)/100
	case others == 0:
		return quality
	}
	return quality + ((qualitySame-quality)*forgiven+99)/100
}

// AcronymScore is the score of a name and its acronym, which share no words.
const AcronymScore = weakThreshold
