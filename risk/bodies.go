package risk

import (
	"slices"
	"strings"
	"sync"

	_ "embed"
)

// bodiesCSV lists the bodies of the Russian state that are its defence and
// intelligence sectors by definition, by their names: body,words,alone,citation.
// They need stand on no list, and a claim that names one names its counterparty.
// Where alone is no, the name must say that it is Russia's; a mere nationality is
// nobody's name.
//
//go:embed bodies.csv
var bodiesCSV string

// bodyTerms is the vocabulary of the fact cp_body.
var bodyTerms = []string{"defence", "intelligence", "none"}

var bodyNames = sync.OnceValue(func() map[string]bodyName {
	out := map[string]bodyName{}
	for _, row := range embedded(bodiesCSV) {
		body := bodyName{bit(bodyTerms, row[0]), row[2] == "yes"}
		if body.body == 0 {
			panic("bodies.csv: unknown body " + row[0])
		}
		for _, name := range spellings(strings.Fields(row[1])) {
			out[name] = body
		}
	}
	return out
})

type bodyName struct {
	body  uint64
	alone bool
}

// spellings writes out the alternatives of words.
func spellings(words []string) []string {
	if len(words) == 0 {
		return []string{""}
	}
	var out []string
	for rest := range slices.Values(spellings(words[1:])) {
		for word := range strings.SplitSeq(words[0], "|") {
			out = append(out, strings.TrimSpace(word+" "+rest))
		}
	}
	return out
}

var (
	ofRussia   = []string{"russia", "russian", "russias", "рф", "россии", "российская", "российской", "российские", "русская", "росії", "російської"}
	bodyFiller = []string{"the", "of", "for", "and", "federation", "федерации", "федерації"}
)

// bodyOf tells which body a name is that of, "none" where it is no such name: all its
// words before a comma or bracket but those that say of whom.
func bodyOf(name string) uint64 {
	none := bit(bodyTerms, "none")
	name, _, _ = strings.Cut(name, ",")
	all := clauses(name)
	if len(all) == 0 {
		return none
	}
	russian := false
	words := slices.DeleteFunc(all[0], func(w string) bool {
		of := slices.Contains(ofRussia, w)
		russian = russian || of
		return of || slices.Contains(bodyFiller, w)
	})
	if found, ok := bodyNames()[strings.Join(words, " ")]; ok && (russian || found.alone) {
		return found.body
	}
	return none
}
