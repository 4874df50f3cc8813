package names

import "slices"

// Akin gives the terms for which one word of another language may stand besides a term:
// фонд is a fund and a foundation, نفت is oil and petroleum. They are told apart within
// one language only.
func Akin(term string) []string { return shipped().akin[term] }

// akin reports whether two words of different languages, as far as their letters tell,
// may mean the same although the tables have two terms for them.
func akin(x, y *Weighed) bool { return x.Span == 1 && y.Span == 1 && akinPhrases(x, y) }

// akinPhrases is akin for the first words of phrases.
func akinPhrases(x, y *Weighed) bool {
	return x.Term != "" && y.Term != "" && (x.Script != y.Script || isASCII(x.Text) != isASCII(y.Text)) && slices.Contains(Akin(x.Term), y.Term)
}
