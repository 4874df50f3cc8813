package risktest

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Case is an example of what a rule set must say, with its reason. It states a
// matter as facts, or, in a world case, names a firm of a [World].
type Case struct {
	Name   string
	AsOf   sanctions.Date
	Why    string
	Todo   string // a known miss: the case fails once it passes
	Want   Want
	Source sanctions.Source

	Matter *risk.Matter // nil in a world case

	World, Firm string // of a world case

	rows []*caseRow // as written
	at   place
}

// place gives where the cell of a row under a header was read.
type place = func(header string) sanctions.Source

// caseRow is one row of a case file: a dealing, and the firm as the row says it.
type caseRow struct {
	name             string
	asOf, from, last sanctions.Date
	facts            risk.Facts
	stated, maybe    []cell // as written
	want             Want
	why, todo        string
	at               place
}

// cell is a fact and its value as a case writes it.
type cell struct{ fact, value string }

var caseColumns = sync.OnceValue(func() []string {
	out := []string{"case", "as_of", "from", "last"}
	for _, f := range tables.Catalogue() {
		out = append(out, f.Name)
	}
	return append(out, "possible", "want_grade", "want_score", "want_reach", "want_fires", "why", "todo")
})

var factOf = sync.OnceValue(func() map[string]tables.Fact {
	out := map[string]tables.Fact{}
	for _, f := range tables.Catalogue() {
		out[f.Name] = f
	}
	return out
})

// CaseColumns are the columns of a case file, in canonical order. A file may have
// any of them in any order. One row is one dealing; rows that follow each other
// under one name are the dealings of one firm, and only the first of them has
// as_of, facts of the firm, what is wanted, why and todo.
//
//   - as_of is the date of the assessment, from and last are the first and last
//     known day of the dealing; age_days follows from last.
//   - A column of a fact takes what [risk.Facts.Set] reads. An empty cell is
//     unknown, not zero.
//   - possible has facts that only may be, as fact=value separated by blanks.
//     They count in the high score alone.
//   - want_grade is a grade, or several as a|b, or three for the low, the point
//     and the high score as a/b/c, each of which may be empty.
//   - want_score has scores separated by blanks: 18, 15..20, >=15 or <=20, or
//     three of them as low/point/high; authority=… is that authority's score.
//   - want_reach has authority=reach, or several reaches as a|b, separated by
//     blanks; a bare reach is that of the strongest authority.
//   - want_fires has rules that count, separated by blanks; !rule must not.
//     evidence:row and imputation:row are the rows that weigh and impute.
func CaseColumns() []string { return slices.Clone(caseColumns()) }

// Columns and SetCell make caseRow a row of a CSV file.
func (*caseRow) Columns() []string { return caseColumns() }

func (r *caseRow) SetCell(i int, value string) (err error) {
	switch name := caseColumns()[i]; name {
	case "case":
		r.name = value
	case "as_of":
		r.asOf, err = sanctions.ParseDate(value)
	case "from":
		r.from, err = sanctions.ParseDate(value)
	case "last":
		r.last, err = sanctions.ParseDate(value)
	case "possible":
		for part := range strings.FieldsSeq(value) {
			fact, v, ok := strings.Cut(part, "=")
			if !ok {
				return fmt.Errorf("%q is no fact=value", part)
			}
			var scratch risk.Facts
			if err := scratch.Set(fact, v); err != nil {
				return err
			}
			r.maybe = append(r.maybe, cell{fact, v})
		}
	case "want_grade":
		err = r.want.setGrade(value)
	case "want_score":
		err = r.want.setScore(value)
	case "want_reach":
		err = r.want.setReach(value)
	case "want_fires":
		err = r.want.setFires(value)
	case "why":
		r.why = value
	case "todo":
		r.todo = value
	default:
		if err = r.facts.Set(name, value); err == nil {
			r.stated = append(r.stated, cell{name, value})
		}
	}
	return err
}

// has reports whether the row states a fact of one of the scopes.
func (r *caseRow) has(scopes ...tables.Scope) bool {
	return slices.ContainsFunc(r.stated, func(c cell) bool { return slices.Contains(scopes, factOf()[c.fact].Scope) })
}

// readCases reads every file of the folder whose name matches cases*.csv, in the
// order of their names.
func readCases(fsys fs.FS) ([]*Case, error) {
	files, err := fs.Glob(fsys, "cases*.csv")
	if err != nil {
		return nil, err
	}
	var out []*Case
	var errs []error
	for _, name := range files {
		cases, err := readCaseFile(fsys, name)
		out, errs = append(out, cases...), append(errs, err)
	}
	return out, sanctions.JoinFaults(errs)
}

// sameName faults cases of one name, in whatever files: the ledger knows a case by
// its name.
func sameName(cases []*Case) error {
	var errs []error
	seen := map[string]sanctions.Source{}
	for _, c := range cases {
		if first, again := seen[c.Name]; again {
			errs = append(errs, fault(c.at, "case", c.Name, "the name stands already at %v; give each case its own, and let rows of one case follow each other", first))
			continue
		}
		seen[c.Name] = c.Source
	}
	return sanctions.JoinFaults(errs)
}

func readCaseFile(fsys fs.FS, name string) ([]*Case, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csvfile.ReadAll[caseRow](file, name, csvfile.Require("case", "why"))
	var out []*Case
	errs := []error{err}
	for i := range rows {
		row := &rows[i].Value
		row.at = rows[i].Under
		if n := len(out); n > 0 && row.name == out[n-1].Name {
			errs = append(errs, row.checkFurther())
			out[n-1].rows = append(out[n-1].rows, row)
			continue
		}
		if err != nil && row.bare() {
			continue // a further row of one that could not be read
		}
		errs = append(errs, row.checkFirst())
		out = append(out, &Case{Name: row.name, AsOf: row.asOf, Why: row.why, Todo: row.todo, Want: row.want, Source: rows[i].Source, rows: []*caseRow{row}, at: row.at})
	}
	for _, c := range out {
		errs = append(errs, c.build())
	}
	return out, sanctions.JoinFaults(errs)
}

func fault(at place, header, value, format string, args ...any) error {
	return &sanctions.Fault{Source: at(header), Header: header, Value: value, Err: fmt.Errorf(format, args...)}
}

func (r *caseRow) checkFirst() error {
	var errs []error
	if r.name == "" {
		errs = append(errs, fault(r.at, "case", "", "a case needs a name"))
	}
	if r.why == "" {
		errs = append(errs, fault(r.at, "why", "", "%s does not say why; write the reason for what it wants", r.name))
	}
	if r.asOf.IsZero() {
		errs = append(errs, fault(r.at, "as_of", "", "%s has no date", r.name))
	}
	if r.want.empty() {
		errs = append(errs, fault(r.at, "want_grade", "", "%s wants nothing, so it cannot fail; fill one of the want columns", r.name))
	}
	return sanctions.JoinFaults(errs)
}

// bare reports whether the row has nothing of what only the first row of a case has.
func (r *caseRow) bare() bool {
	return r.why == "" && r.todo == "" && r.want.empty() && r.asOf.IsZero() && !r.has(tables.ScopeFirm)
}

func (r *caseRow) checkFurther() error {
	if !r.bare() {
		return fault(r.at, "case", r.name, "a further dealing has only its own facts; as_of, firm facts, wants, why and todo stand on the first row")
	}
	return nil
}

// build makes the matter of the rows.
func (c *Case) build() error {
	m := &risk.Matter{AsOf: c.AsOf}
	var errs []error
	for _, firm := range firmCells(c.rows[0].stated) {
		errs = append(errs, m.Firm.Set(firm.fact, firm.value))
	}
	if maybe := firmCells(c.rows[0].maybe); maybe != nil {
		m.Possible = withCells(&m.Firm, maybe)
	}
	for i, row := range c.rows {
		if !row.has(tables.ScopeClaim, tables.ScopeEvidence, tables.ScopeEngagement) {
			if len(c.rows) > 1 || !row.last.IsZero() || !row.from.IsZero() {
				errs = append(errs, fault(row.at, "kind", "", "the row states nothing of a dealing"))
			}
			continue
		}
		d := risk.Dealing{ID: row.name, From: row.from, Last: row.last, Facts: row.facts}
		if len(c.rows) > 1 {
			d.ID = fmt.Sprintf("%s/%d", row.name, i+1)
		}
		for _, f := range firmCells(c.rows[0].stated) {
			errs = append(errs, d.Facts.Set(f.fact, f.value))
		}
		if !row.last.IsZero() {
			age := fmt.Sprint(max(0, c.AsOf.DaysSince(row.last)))
			if stated := d.Facts.Get("age_days"); stated != "" && stated != age {
				errs = append(errs, fault(row.at, "age_days", stated, "from last to as_of it is %s days; leave the cell empty", age))
			}
			errs = append(errs, d.Facts.Set("age_days", age))
		}
		if maybe := append(firmCells(c.rows[0].maybe), dealingCells(row.maybe)...); maybe != nil {
			d.Possible = withCells(&d.Facts, maybe)
		}
		m.Dealings = append(m.Dealings, d)
	}
	c.Matter = m
	return sanctions.JoinFaults(errs)
}

func withCells(f *risk.Facts, cells []cell) *risk.Facts {
	out := *f
	for _, c := range cells {
		_ = out.Set(c.fact, c.value) // SetCell has tried it
	}
	return &out
}

func firmCells(cells []cell) []cell {
	return slices.DeleteFunc(slices.Clone(cells), func(c cell) bool { return factOf()[c.fact].Scope != tables.ScopeFirm })
}

func dealingCells(cells []cell) []cell {
	return slices.DeleteFunc(slices.Clone(cells), func(c cell) bool { return factOf()[c.fact].Scope == tables.ScopeFirm })
}
