package similarity

import (
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// costOfVariants over the letters of the longer word is what an edit takes that
// romanisations explain.
const costOfVariants = 4000

// costOfEdits over the letters of the longer word is what edits take from the
// quality: the second tells less than the first, since it mostly comes from the
// same careless hand.
var costOfEdits = [...]int32{0, 9900, 14000}

// Two letters in the wrong order are a slip of the hand, and seldom make another
// name: a swap gives some back.
const (
	giveBackForSwap = 3000
	swapsFrom       = 5 // letters: of four, as in ICRA and CIRA, they are acronyms as often
)

// costInFour is the cost of one edit in a word of four letters: so much that such a word
// is doubtful by itself, and just passes beside a common word that agrees.
const costInFour = 9200

// costOfShortening is the cost of two edits, none of them a swap, that make a word of
// three or four letters of a longer one: REN and GREEN.
const costOfShortening = 20000

// costOfEnding is the cost of two edits side by side at one end of a word, where they
// make another ending or another beginning more often than two slips do: Olympus and
// Olympia, Verizon and Horizon.
const costOfEnding = 16500

// sameEnd reports whether two words are the same but for at most two letters at one end.
func sameEnd(a, b string) bool {
	n, same := min(len(a), len(b)), 0
	for same < n && a[same] == b[same] {
		same++
	}
	if max(len(a), len(b))-same <= 2 {
		return true
	}
	for same = 0; same < n && a[len(a)-1-same] == b[len(b)-1-same]; {
		same++
	}
	return max(len(a), len(b))-same <= 2
}

// misspelling is the quality of two words as misspellings of each other, by their letters
// or by their keys, or 0. What the keys fold away beside a slip is not free: a hand that
// slips twice and spells in another way as well is seldom one hand, and Swisscom is not
// Visco.
func misspelling(x, y *names.Weighed) int32 {
	person := x.Person == names.PersonalName || y.Person == names.PersonalName // other names tell a person
	quality, _ := alike(x.Text, y.Text, x.TextIs, y.TextIs, person)
	if x.Key == x.Text && y.Key == y.Text {
		return quality
	}
	byKey, slips := alike(x.Key, y.Key, x.KeyIs, y.KeyIs, person)
	longest := max(x.Runes(), y.Runes())
	if byKey > quality && longest < names.LongestSketched && names.ASCII(x.Text) && names.ASCII(y.Text) { // in longer words it is next to nothing
		spelt := edits(x.Text, y.Text, 4)
		byKey -= costOfVariants * int32(max(spelt-slips, 0)) / int32(longest)
	}
	return max(quality, byKey)
}

// near reports whether two words are a few letters apart, by their letters or by their keys.
func near(x, y *names.Weighed) bool {
	byText, _ := alike(x.Text, y.Text, x.TextIs, y.TextIs, false)
	byKey, _ := alike(x.Key, y.Key, x.KeyIs, y.KeyIs, false)
	return max(byText, byKey) > 0
}

// relateVariants relates two words of one key. The key folds away how
// romanisations differ. In a long word that says no more than a difference of
// spelling; the shorter the word, the likelier that it makes another word.
func relateVariants(x, y *names.Weighed) (int32, Outcome) {
	const long, acronym = 7, 3
	longest := max(x.TextIs.Runes(), y.TextIs.Runes())
	switch {
	case x.Text == y.Text:
		return qualitySame, Same
	case longest >= long || x.Person > 0 && y.Person > 0 || !names.ASCII(x.Text) || !names.ASCII(y.Text):
		return qualityVariant, Variant
	case longest <= acronym: // KCP and CPP: acronyms are not spelt by ear
		return 0, Missing
	}
	n := edits(x.Text, y.Text, 2)
	return qualityVariant - int32(n)*costOfVariants/int32(longest), Typo
}

// alike is the quality of two spellings that differ in a few letters, and how many edits
// that are, or 0. Where endings is set, another ending is no worse than two slips.
func alike(a, b string, sa, sb names.Sketch, endings bool) (quality int32, edits int) {
	if sa.Far(sb) {
		return 0, 0
	}
	la, lb := sa.Runes(), sb.Runes()
	if la == names.LongestSketched || lb == names.LongestSketched {
		la, lb = utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	}
	reach := names.Reach(la, lb)
	edits, swaps := editsAndSwaps(a, b, reach)
	if edits > reach || min(la, lb) < 3 {
		return 0, 0
	}
	cost := costOfEdits[edits]
	if edits == 2 && min(la, lb) < swapsFrom && swaps == 0 {
		cost = costOfShortening
	}
	if edits == 2 && swaps == 0 && !endings && sameEnd(a, b) {
		cost = max(cost, costOfEnding)
	}
	if max(la, lb) >= swapsFrom {
		cost -= giveBackForSwap * int32(swaps)
	}
	if edits == 1 && max(la, lb) == 4 {
		cost = costInFour
	}
	return qualitySame - cost/int32(max(la, lb)), edits
}
