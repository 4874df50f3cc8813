package risk

import (
	"encoding/csv"
	"strings"
	"sync"

	_ "embed"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// bodiesCSV lists the bodies of the Russian state that are its defence and
// intelligence sectors by definition, by their names: body,name,alone,citation.
// They need stand on no list, and a claim that names one names its counterparty.
// One name stands for what package names knows as the same in any script. Where
// alone is no, the name must say besides that it is Russia's; a mere nationality is
// nobody's name.
//
//go:embed bodies.csv
var bodiesCSV string

var bodyNames = sync.OnceValue(func() map[bodyName]uint64 {
	rows, err := csv.NewReader(strings.NewReader(bodiesCSV)).ReadAll()
	if err != nil {
		panic(err) // the file is embedded, and a test reads every row
	}
	out := make(map[bodyName]uint64, len(rows))
	for _, row := range rows[1:] {
		name := bodyName{alone: row[2] == "yes"}
		if spelt, meant, _ := readBody(row[1]); name.alone {
			name.words = spelt
		} else {
			name.words = meant
		}
		out[name] = bit(bodyTerms, row[0])
	}
	return out
})

// bodyName is a name that is enough alone, by its words as they are spelt, or one
// that is a body's beside Russia, by what its other words mean.
type bodyName struct {
	words string
	alone bool
}

// bodyOf tells which body a name is that of, as a whole; "none" where it is no such
// name. What stands behind a comma or in brackets is no part of it.
func bodyOf(name string) uint64 {
	if at := strings.IndexAny(name, ",("); at > 0 {
		name = name[:at]
	}
	spelt, meant, russian := readBody(name)
	if body, ok := bodyNames()[bodyName{spelt, true}]; ok {
		return body
	}
	if body, ok := bodyNames()[bodyName{meant, false}]; ok && russian {
		return body
	}
	return bit(bodyTerms, "none")
}

// possessive takes the s from Russia's.
var possessive = strings.NewReplacer("'s ", " ", "’s ", " ")

// readBody reads the words of a name but particles and Russia: as they are spelt, what
// they mean, and whether Russia is among them.
func readBody(name string) (spelt, meant string, russian bool) {
	var keys, terms []string
	for _, t := range names.Parse(possessive.Replace(name), sanctions.KindEntity).Tokens {
		switch {
		case t.Class == names.Particle:
		case t.Term == "russia":
			russian = true
		default:
			keys, terms = append(keys, t.Key), append(terms, t.Sense())
		}
	}
	return strings.Join(keys, " "), strings.Join(terms, " "), russian
}
