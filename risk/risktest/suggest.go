package risktest

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/tables"
)

// Suggestion is a case that would kill a mutant. Its verdict is left open: Row
// has what the rules say now with a question mark, which no case file may keep.
type Suggestion struct {
	Now, Mutated string // what the rules say, and would say
	Header, Row  string // for a case file; Header is that of the first one if it has the columns
	Cells        []SuggestedCell
}

// SuggestedCell is a cell of the suggested row that is not empty.
type SuggestedCell struct{ Column, Value string }

// suggest looks for a draft that the rules and the mutant answer differently,
// among drafts at the edges of what the changed row asks.
func (b *bench) suggest(m *mutation, header []string) *Suggestion {
	var mutated *risk.Ruleset
	if m.change != nil {
		mutated = b.variant(m.change)
	} else {
		t := b.rules.Tables()
		m.edit(&t)
		mutated, _ = risk.Compile(t)
	}
	if mutated == nil {
		return nil
	}
	now := b.rules
	if m.change != nil {
		now = b.alone[m.change.was.Authority]
	}
	var out *Suggestion
	b.drafts(m, func(d *draft) bool {
		was, is := now.Outcome(d.matter()), mutated.Outcome(d.matter())
		if !differ(&was, &is) {
			return true
		}
		whole := b.rules.Outcome(d.matter())
		out = describe(m, d, &whole, &was, &is, header)
		return false
	})
	return out
}

// differ tells whether a case could see the difference.
func differ(a, b *risk.Outcome) bool {
	return a.Score.Low.Cmp(b.Score.Low.Decimal)|a.Score.Point.Cmp(b.Score.Point.Decimal)|a.Score.High.Cmp(b.Score.High.Decimal) != 0 ||
		a.Grade != b.Grade || !slices.Equal(a.Fired, b.Fired) || !slices.Equal(a.Rows, b.Rows) ||
		!slices.EqualFunc(a.Authorities, b.Authorities, func(x, y risk.AuthorityOutcome) bool { return x.Authority == y.Authority && x.Reach == y.Reach })
}

// describe writes a draft as a row for the case file.
func describe(m *mutation, d *draft, whole, was, is *risk.Outcome, header []string) *Suggestion {
	s := &Suggestion{Now: summary(was), Mutated: summary(is)}
	put := func(column, value string) {
		if value != "" {
			s.Cells = append(s.Cells, SuggestedCell{column, value})
		}
	}
	put("case", caseName(m))
	put("as_of", d.asOf.String())
	put("from", d.from.String())
	put("last", d.last.String())
	for _, f := range tables.Catalogue() {
		put(f.Name, d.facts[f.Name])
	}
	put("want_grade", whole.Grade.Point+"?")
	var scores, reaches []string
	for i := range was.Authorities {
		a := &was.Authorities[i]
		scores = append(scores, a.Authority+"="+a.Score.Point.String())
		reaches = append(reaches, a.Authority+"="+string(a.Reach))
	}
	if scores != nil {
		put("want_score", strings.Join(scores, " ")+"?")
		put("want_reach", strings.Join(reaches, " ")+"?")
	}
	fires := slices.Clone(was.Fired)
	for _, r := range was.Rows {
		if m.Table == "evidence" && r.Evidence != "" {
			fires = append(fires, "evidence:"+r.Evidence)
		}
		if m.Table == "imputation" && r.Imputation != "" {
			fires = append(fires, "imputation:"+r.Imputation)
		}
	}
	if fires != nil {
		put("want_fires", strings.Join(fires, " ")+"?")
	}
	put("why", fmt.Sprintf("decide between now (%s) and, with %s, %s", s.Now, m.Change, s.Mutated))
	columns := header
	if len(columns) == 0 || slices.ContainsFunc(s.Cells, func(c SuggestedCell) bool { return !slices.Contains(columns, c.Column) }) {
		columns = nil
		for _, c := range s.Cells {
			columns = append(columns, c.Column)
		}
	}
	row := make([]string, len(columns))
	for _, c := range s.Cells {
		row[slices.Index(columns, c.Column)] = c.Value
	}
	s.Header, s.Row = csvLine(columns), csvLine(row)
	return s
}

func summary(o *risk.Outcome) string {
	if len(o.Authorities) == 0 {
		return "nothing counts"
	}
	a := &o.Authorities[0]
	out := fmt.Sprintf("%s: %s %s %s", o.Grade.Point, a.Authority, a.Reach, a.Score.Point)
	if !a.Score.Low.Equal(a.Score.Point.Decimal) || !a.Score.High.Equal(a.Score.Point.Decimal) {
		out += fmt.Sprintf(" from %s to %s", a.Score.Low, a.Score.High)
	}
	if len(o.Fired) > 0 {
		out += " by " + strings.Join(o.Fired, " ")
	}
	return out
}

// caseName makes a name of a mutant.
func caseName(m *mutation) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		case r >= 'A' && r <= 'Z':
			return r | 0x20
		case r == '|' || r == ' ':
			return '-'
		}
		return -1
	}, m.Row+"-"+m.Change), "-")
}

func csvLine(cells []string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(cells) // a strings.Builder does not fail
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

// readHeader is the header of the first case file, for suggestions that fit it.
func readHeader(fsys fs.FS) ([]string, error) {
	files, err := fs.Glob(fsys, "cases*.csv")
	if err != nil || len(files) == 0 {
		return nil, err
	}
	file, err := fsys.Open(files[0])
	if err != nil {
		return nil, err
	}
	defer file.Close()
	header, err := csv.NewReader(file).Read()
	if err != nil {
		return nil, nil // readCases says so
	}
	header[0] = strings.TrimPrefix(header[0], "\uFEFF")
	return header, nil
}
