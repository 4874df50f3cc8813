package lists

import (
	"embed"
	"encoding/csv"
	"fmt"
	"path"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
)

// What a list, a programme or a word means is data, so that a new one is a row.
//
//go:embed tables/*.csv
var tables embed.FS

// table reads an embedded table into rows by header. The tables are part of the
// package: a broken one is a broken build, which every test shows.
func table(name string) []map[string]string {
	f, err := tables.Open("tables/" + name)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("%s: %v", name, err))
	}
	out := make([]map[string]string, len(rows)-1)
	for i, row := range rows[1:] {
		out[i] = make(map[string]string, len(row))
		for j, cell := range row {
			out[i][rows[0][j]] = cell
		}
	}
	return out
}

// mustMeasure reads a measure of an embedded table.
func mustMeasure(s string) sanctions.Measure {
	m, err := sanctions.ParseMeasure(s)
	if err != nil {
		panic(err)
	}
	return m
}

var measureOrder = sync.OnceValue(sanctions.Measures)

// listRule is what the name of a list implies.
type listRule struct {
	pattern   string
	authority sanctions.Authority
	measure   sanctions.Measure // where a row states none
	inherent  bool              // each party has the measure, whatever its row states
	basis     string
}

var listRules = sync.OnceValue(func() []listRule {
	var rules []listRule
	for _, row := range table("lists.csv") {
		rules = append(rules, listRule{row["list"], sanctions.Authority(row["authority"]), mustMeasure(row["measure"]),
			row["inherent"] == "yes", row["basis"]})
	}
	return rules
})

// ruleOf finds the first rule whose pattern fits the list's name.
func ruleOf(name string) listRule {
	name = strings.ToLower(name)
	for _, r := range listRules() {
		if matches(r.pattern, name) {
			return r
		}
	}
	return listRule{measure: sanctions.Watch}
}

// matches reports whether a name fits a pattern with * for any text.
func matches(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

func matchesAny(patterns, name string) bool {
	for p := range strings.SplitSeq(patterns, "|") {
		if p != "" && matches(p, strings.ToLower(name)) {
			return true
		}
	}
	return false
}

var measureWords = sync.OnceValue(func() map[string]sanctions.Measure {
	words := make(map[string]sanctions.Measure)
	for _, row := range table("measures.csv") {
		words[wordKey(row["text"])] = mustMeasure(row["measure"])
	}
	return words
})

// measureOf finds the measure that a word means: one of the vocabulary, else
// one of a publisher.
func measureOf(word string) (sanctions.Measure, bool) {
	if m, err := sanctions.ParseMeasure(word); err == nil {
		return m, true
	}
	m, ok := measureWords()[wordKey(word)]
	return m, ok
}

func wordKey(s string) string {
	return strings.ToLower(tidy(strings.NewReplacer("-", " ", "_", " ", ".", "").Replace(s)))
}

// programmeRule is the measure that an OFAC programme has in a register, or
// that one of its directives has.
type programmeRule struct {
	register, programme, directive string
	measure                        sanctions.Measure
}

var programmeRules = sync.OnceValue(func() []programmeRule {
	var rules []programmeRule
	for _, row := range table("programmes.csv") {
		rules = append(rules, programmeRule{row["register"], row["programme"], row["directive"], mustMeasure(row["measure"])})
	}
	return rules
})

// programmeSince is the day on which the law came into being that a programme of
// OFAC rests on: nobody was listed under it before.
var programmeSince = sync.OnceValue(func() map[string]sanctions.Date {
	since := make(map[string]sanctions.Date)
	for _, row := range table("programmes_since.csv") {
		since[row["programme"]] = sanctions.MustParseDate(row["since"])
	}
	return since
})

// programmeMeasures gives what a programme means in a register for a party
// under the given directives: what its directives say where they say anything.
func programmeMeasures(register, programme string, directives []string) (measures []sanctions.Measure, known bool) {
	var general []sanctions.Measure
	for _, r := range programmeRules() {
		if r.register != register || r.programme != "*" && r.programme != programme {
			continue
		}
		if r.directive == "" {
			general = append(general, r.measure)
			continue
		}
		for _, d := range directives {
			if d == r.directive {
				measures = append(measures, r.measure)
			}
		}
	}
	if len(measures) == 0 {
		measures = general
	}
	return measures, len(measures) > 0
}
