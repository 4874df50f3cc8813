package claims

import (
	"encoding/csv"
	"strings"
	"sync"

	_ "embed"

	"github.com/sanctionrisk/exposure/internal/csvfile"
)

// synonymsCSV lists other words for the terms of the claims' vocabularies, as
// people write them: vocabulary,word,term. What stands in no list stays a fault.
//
//go:embed synonyms.csv
var synonymsCSV string

// synonyms gives, for vocabulary and folded word, the term.
var synonyms = sync.OnceValue(func() map[[2]string]string {
	rows, err := csv.NewReader(strings.NewReader(synonymsCSV)).ReadAll()
	if err != nil {
		panic(err) // the file is embedded, and a test reads every row
	}
	out := make(map[[2]string]string, len(rows))
	for _, row := range rows[1:] {
		out[[2]string{row[0], csvfile.Fold(row[1])}] = row[2]
	}
	return out
})
