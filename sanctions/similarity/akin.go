package similarity

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// akin reports whether two words of different languages, as far as their letters tell,
// may mean the same although the tables have two terms for them.
func akin(x, y *names.Weighed) bool { return x.Span == 1 && y.Span == 1 && akinPhrases(x, y) }

// akinPhrases is akin for the first words of phrases.
func akinPhrases(x, y *names.Weighed) bool {
	return x.Term != "" && y.Term != "" && (x.Script != y.Script || names.ASCII(x.Text) != names.ASCII(y.Text)) && slices.Contains(names.Akin(x.Term), y.Term)
}
