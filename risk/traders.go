package risk

import (
	"encoding/csv"
	"strings"
	"sync"

	_ "embed"
)

// tradersCSV lists words that say of a sector that a firm in it sells what others
// make: word,language. Case does not count.
//
//go:embed traders.csv
var tradersCSV string

var traderWords = sync.OnceValue(func() map[string]bool {
	rows, err := csv.NewReader(strings.NewReader(tradersCSV)).ReadAll()
	if err != nil {
		panic(err) // the file is embedded, and a test reads every row
	}
	out := make(map[string]bool, len(rows))
	for _, row := range rows[1:] {
		out[strings.ToLower(row[0])] = true
	}
	return out
})

// isTrader tells whether a firm's sector is trade: yes, no, or 0 where no sector is
// given. The word that counts is the one that the others qualify: the last, as in
// "electronics trading" and "import and export", or the last before "of" or "in", as
// in "wholesale of machinery". A trading company is its trade, and a trade association
// is an association.
func isTrader(sector string) uint64 {
	head := ""
	for word := range strings.FieldsSeq(sector) {
		word = strings.ToLower(word)
		if head != "" && (word == "of" || word == "in") {
			break
		}
		if head == "" || word != "company" && word != "firm" && word != "house" {
			head = word
		}
	}
	switch {
	case head == "":
		return 0
	case traderWords()[head]:
		return yes
	}
	return no
}
