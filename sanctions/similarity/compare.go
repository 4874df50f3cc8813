package similarity

import (
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// DefaultThreshold is the score at and above which two names are taken to match,
// so that a reviewer must look. Below it lie names that share a word or two.
//
// What it trades, measured on the entities of OFAC's list of July 2021 with
// queries of known answer and 1,659 listed Indian companies that are on no list:
//
//	threshold  alias  one typo  two typos  unlisted with a hit
//	0.70       1.000     1.000       .974                   68
//	0.75       1.000     1.000       .974                   45
//	0.78       1.000      .998       .972                    9
//	0.80       1.000      .996       .970                    3
//	0.82       1.000      .989       .960                    3
const DefaultThreshold sanctions.Similarity = 8000

// Comparison is how alike two names are, and why.
//
// The score is the weight of the words that the two names share, each by the
// quality of its pairing, over the weight of all their words: a word that only
// one name has counts by half. Between persons it counts by a quarter where one
// name merely leaves words out, since people do; where each has a word to itself,
// the two are told apart by it. In other names a typo costs less beside a word of
// their own that agrees, or where both have the same legal form and all else agrees, and
// where two words are misspelt the name is also judged as a whole, by the letters of all
// its words. Differences that tell parties apart lower the
// score further: other numbers, countries or persons honoured much, other legal forms
// little. Common words alone make a name only where they say enough together.
//
// It is symmetric, does not depend on the order of words, on letter case or on
// how a legal form is spelt, lies between 0 and 1, and is 1 for a name and
// itself.
//
// A text may hold several names of a party (see [Variants]). Then each is compared,
// and the nearest pair counts; A and B say which.
//
// The strength puts the outcome in words:
//
//   - exact: every word of both names is the same but for romanisation or script;
//     at most a particle or the legal form is missing from one.
//   - strong: the names say the same; they may translate or divide words
//     otherwise, lack a word that many companies bear, or differ in legal form.
//   - probable: at or above [DefaultThreshold]; a typo, an initial or a missing
//     word stands between them, or one names a country or number that the
//     other does not.
//   - weak: 0.55 or more, or an acronym that fits: some words in common.
//   - none: less.
type Comparison struct {
	Score    sanctions.Similarity
	Strength sanctions.Strength
	A, B     string // the names compared
	Parts    []Part // in the order of the first name, then what only the second has
}

// Compare tells how alike two names are and why, word by word. w may be nil.
func Compare(a, b names.Name, w *names.Weights) Comparison {
	var s Scorer
	first, second := a.Variants(), b.Variants()
	var best Comparison
	for i, x := range first {
		for j, y := range second {
			if i > 0 && j > 0 {
				continue // a bracket of each says nothing of the names before them
			}
			if c := s.Explain(w.Append(nil, x), w.Append(nil, y)); i+j == 0 || c.Score > best.Score {
				best = c
				best.A, best.B = x.Text, y.Text
			}
		}
	}
	return best
}
