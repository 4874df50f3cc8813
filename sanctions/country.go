package sanctions

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"unicode"
)

// countriesCSV is ISO 3166-1 (with XK, CS, SU and YU, which lists still write),
// each code with the spellings, demonyms and regions that sanctions lists use
// for it.
//
//go:embed countries.csv
var countriesCSV string

type countryTable struct {
	codes map[string]string // spelling key → code
	names map[string]string // code → English short name
}

var countries = sync.OnceValue(func() countryTable {
	rows, err := csv.NewReader(strings.NewReader(countriesCSV)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("countries.csv: %v", err)) // embedded: broken only by an edit of this package
	}
	t := countryTable{make(map[string]string, 4*len(rows)), make(map[string]string, len(rows))}
	for _, row := range rows[1:] {
		code := row[0]
		t.names[code] = row[2]
		for _, spelling := range append([]string{code, row[1], row[2]}, strings.Split(row[3], ";")...) {
			if key := countryKey(spelling); key != "" {
				if other, taken := t.codes[key]; taken && other != code {
					panic(fmt.Sprintf("countries.csv: %q is both %s and %s", spelling, other, code))
				}
				t.codes[key] = code
			}
		}
	}
	return t
})

// ParseCountry finds the ISO 3166-1 alpha-2 code of a country as lists write
// it: a code of two or three letters, a name in English or its own language
// ("Türkiye", "PRC", "Россия"), also with its main word first, as indexes have it
// ("Korea, North"; "Man, Isle of"), a demonym ("Belarusian") or a
// region whose country is meant ("Region: Crimea" is UA, as the law of every
// listing authority has it). Case and
// punctuation do not count. It answers false for an unknown text and for words
// that say nothing, such as "undetermined".
//
// XK is Kosovo; CS, SU and YU stand for the dissolved states, which lists name as
// places of birth.
func ParseCountry(s string) (code string, ok bool) {
	codes := countries().codes
	if code, ok = codes[countryKey(s)]; !ok {
		if last, first, inverted := strings.Cut(s, ","); inverted {
			code, ok = codes[countryKey(first+last)]
		}
	}
	return code, ok
}

// CountryName gives the English short name of a code, or the code itself when
// it is not known.
func CountryName(code string) string {
	if name, ok := countries().names[code]; ok {
		return name
	}
	return code
}

// countryKey keeps letters and digits in lower case, so that "U.S.A." and
// "usa", "Korea, North" and "KOREA NORTH" meet.
func countryKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
