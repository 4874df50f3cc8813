package rules_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
)

// act is a row of acts.csv: what a citation names, from when it was in force, where
// that was found, and what else the table says of it.
type act struct {
	from  sanctions.Date
	kind  string
	words string
}

// The README says of how many acts of the table what was seen.
func TestREADMECountsTheActs(t *testing.T) {
	seen := map[string]int{}
	rows := readRows(t, "baseline/acts.csv")[1:]
	for _, row := range rows {
		seen[row[4]]++
	}
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	assert.Contains(t, string(text), fmt.Sprintf("Of its %d rows %d were read, %d are told and %d known.", len(rows), seen["text"], seen["told"], seen["known"]))
}

// since is the act's first day as citations write it.
func (a act) since() string {
	y, m, d := a.from.Civil()
	return fmt.Sprintf("%d %s %d", d, m, y)
}

// readActs reads acts.csv, by name.
func readActs(t *testing.T) map[string]act {
	t.Helper()
	rows := readRows(t, "baseline/acts.csv")
	require.Equal(t, []string{"act", "from", "kind", "subject", "seen", "source"}, rows[0])
	out := map[string]act{}
	for _, row := range rows[1:] {
		require.NotContains(t, out, row[0])
		require.Contains(t, []string{"law", "provision", "guidance", "method"}, row[2], row[0])
		require.Contains(t, []string{"text", "told", "known"}, row[4], row[0])
		require.Equal(t, row[4] == "known", row[5] == "", "%s: what was seen was seen somewhere", row[0])
		a := act{kind: row[2], words: row[0] + " " + row[3]}
		if row[1] != "" {
			a.from = sanctions.MustParseDate(row[1])
		}
		out[row[0]] = a
	}
	return out
}

func readRows(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	return rows
}

// numbered finds what a citation refers to by number; where it counts several up,
// each of the numbers is found behind the same name.
var numbered = []struct {
	name   string // of what is found, before the number; where it is empty, the text as it stands
	list   *regexp.Regexp
	number *regexp.Regexp
}{
	{"", regexp.MustCompile(`determination of \d+ [A-Z][a-z]+ \d{4}`), nil},
	{"", regexp.MustCompile(`Entity List FAQ \d+`), nil},
	{"E.O. ", several(`E\.O\. `, `\d{5}`), regexp.MustCompile(`\d{5}`)},
	{"OFAC FAQ ", several(`FAQ `, `\d+`), regexp.MustCompile(`\d+`)},
	{"", regexp.MustCompile(`\d+ U\.S\.C\. \d+`), nil},
	{"", regexp.MustCompile(`Pub\. L\. \d+-\d+`), nil},
	{"", regexp.MustCompile(`Public Notice \d+`), nil},
	{"", regexp.MustCompile(`\d+ FR \d+`), nil},
	{"15 CFR ", several(`15 CFR `, section), regexp.MustCompile(`\b\d{3}(\.\d+)?`)},
	{"31 CFR ", several(`31 CFR `, section), regexp.MustCompile(`\b\d{3}(\.\d+)?`)},
	{"", regexp.MustCompile(`S\.I\. \d+/\d+|SOR/\d+-\d+`), nil},
	{"", regexp.MustCompile(`\d{2,4}/\d{2,4}`), nil},
}

const section = `(?:parts? )?\d{3}(?:\.\d+)?(?:\([a-z0-9]+\))*(?:-\([a-z]+\))?`

func several(name, number string) *regexp.Regexp {
	return regexp.MustCompile(name + number + `(?:(?:,| and|, and) ` + number + `)*`)
}

// references gives what a citation names by number.
func references(citation string) []string {
	var out []string
	for _, kind := range numbered {
		for _, found := range kind.list.FindAllString(citation, -1) {
			if kind.number == nil {
				out = append(out, found)
				continue
			}
			for _, number := range kind.number.FindAllString(strings.TrimPrefix(found, kind.name), -1) {
				out = append(out, kind.name+number)
			}
		}
		citation = kind.list.ReplaceAllString(citation, " ")
	}
	return out
}

// mentions tells whether a citation has a name as words of their own.
func mentions(citation, name string) bool {
	word := func(b byte) bool { return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' }
	for at := 0; ; {
		i := strings.Index(citation[at:], name)
		if i < 0 {
			return false
		}
		i += at
		end := i + len(name)
		if (i == 0 || !word(citation[i-1])) && (end == len(citation) || !word(citation[end]) || !word(name[len(name)-1])) {
			return true
		}
		at = end
	}
}

var day = regexp.MustCompile(`\d{1,2} [A-Z][a-z]+ \d{4}`)

func TestReferences(t *testing.T) {
	for citation, want := range map[string][]string{
		"E.O. 13660 and 13661 s.1(a), E.O. 13685 s.2(a)":                                {"E.O. 13660", "E.O. 13661", "E.O. 13685"},
		"E.O. 14024 s.11; OFAC FAQ 1148, 1151 and 1181, of 12 June 2024":                {"E.O. 14024", "OFAC FAQ 1148", "OFAC FAQ 1151", "OFAC FAQ 1181"},
		"15 CFR 744.11, 744.21, 734.9(f)-(g); Supplement No. 4 to part 744":             {"15 CFR 744.11", "15 CFR 744.21", "15 CFR 734.9"},
		"BIS, Entity List FAQ 1; 15 CFR parts 764 and 766":                              {"Entity List FAQ 1", "15 CFR 764", "15 CFR 766"},
		"31 CFR part 501 App. A, general factor F; 50 U.S.C. 1705 reaches past conduct": {"50 U.S.C. 1705", "31 CFR 501"},
		"determination of 19 May 2023 under E.O. 14024 s.1(a)(i), 88 FR 36645":          {"determination of 19 May 2023", "E.O. 14024", "88 FR 36645"},
		"Council Regulation (EU) 269/2014 art. 3(1); Decision (CFSP) 2022/329":          {"269/2014", "2022/329"},
		"S.I. 2019/855 reg. 6; SOR/2014-58":                                             {"S.I. 2019/855", "SOR/2014-58"},
	} {
		assert.Equal(t, want, references(citation), citation)
	}
}

// Whatever a row cites is in the table of acts, so that a slip of the pen in a
// number or a day fails, and whatever is in the table is cited. A row that has a
// first day cites at least one act that was in force on it; of a single provision
// that came later it says from when. What is listed is dated by its list and not by
// the row.
func TestCitationsNameActsInForce(t *testing.T) {
	acts := readActs(t)
	cited := map[string]bool{}
	check := func(row, citation string, from sanctions.Date) {
		var named []string
		for _, ref := range references(citation) {
			if assert.Contains(t, acts, ref, "%s: %s", row, citation) {
				named = append(named, ref)
			}
		}
		for name := range acts {
			if mentions(citation, name) {
				named = append(named, name)
			}
		}
		assert.NotEmpty(t, named, "%s cites nothing in the table: %s", row, citation)
		inForce := from.IsZero()
		for _, name := range named {
			cited[name] = true
			inForce = inForce || !acts[name].from.IsZero() && !acts[name].from.After(from)
			if a := acts[name]; a.kind == "provision" && !from.IsZero() && a.from.After(from) {
				assert.Contains(t, citation, "from "+a.since(), "%s begins on %s, before %s", row, from, name)
			}
		}
		for _, on := range day.FindAllString(citation, -1) {
			assert.True(t, slices.ContainsFunc(named, func(name string) bool {
				return acts[name].since() == on || strings.Contains(acts[name].words, on)
			}), "%s: no act that it cites knows %s: %s", row, on, citation)
		}
		assert.True(t, inForce, "%s begins on %s, before all it cites: %s", row, from, citation)
	}
	set := rules.Baseline().Tables()
	for _, a := range set.Authorities {
		if a.ID == "own-status" {
			a.Effective.From = sanctions.Date{}
		}
		check(a.ID, a.Citation, a.Effective.From)
	}
	for _, r := range set.Rules {
		if r.Authority == "own-status" {
			r.Effective.From = sanctions.Date{}
		}
		check(r.ID, r.Citation, r.Effective.From)
	}
	for _, e := range set.Elements {
		check(e.Authority+" "+e.ID, e.Citation, sanctions.Date{})
	}
	for _, w := range set.Evidence {
		check(w.ID, w.Citation, sanctions.Date{})
	}
	for _, m := range set.Imputation {
		check(m.ID, m.Citation, sanctions.Date{})
	}
	for _, x := range set.Tiers {
		check(x.HS6, x.Citation, x.Effective.From)
	}
	for _, p := range set.Programmes {
		check(p.Programme, p.Citation, p.Effective.From)
	}
	for _, b := range readRows(t, "../bodies.csv")[1:] {
		check(b[1], b[3], sanctions.Date{})
	}
	for name := range acts {
		assert.True(t, cited[name], "nothing cites %s", name)
	}
}
