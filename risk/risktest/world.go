package risktest

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/sanctions"
)

// World is a whole world for world cases: firms with their claims, and whoever
// knows lists and ownership.
type World struct {
	Subjects []*risk.Subject
	Screener risk.Screener
	Options  []risk.Option // of the scorer, exchange rates for one
}

// WithWorld makes a world known to the world cases under a name. World cases run
// as the others do; mutants are not tried on them.
func WithWorld(name string, w World) Option {
	return func(c *config) { c.worlds[name] = w }
}

func (w World) assess(rules *risk.Ruleset, c *Case) (assessment.Assessment, error) {
	at := slices.IndexFunc(w.Subjects, func(s *risk.Subject) bool { return s.Firm().ID == c.Firm })
	a, err := risk.NewScorer(rules, w.Screener, w.Options...).Assess(w.Subjects[at], c.AsOf)
	if err != nil {
		return a, fmt.Errorf("%v: %s: %w", c.Source, c.Name, err)
	}
	return a, nil
}

// worldRow is a row of a world case file.
type worldRow struct {
	name, world, firm string
	asOf              sanctions.Date
	want              Want
	why, todo         string
}

var worldColumns = []string{"case", "world", "firm", "as_of", "want_grade", "want_score", "want_reach", "want_fires", "why", "todo"}

// WorldColumns are the columns of a world case file: the firm of a world, the
// date, and what is wanted, in the notation of [CaseColumns]. In want_fires a rule
// counts that has a line in the ledger: of several floors or caps that is the one
// that decides.
func WorldColumns() []string { return slices.Clone(worldColumns) }

// Columns and SetCell make worldRow a row of a CSV file.
func (*worldRow) Columns() []string { return worldColumns }

func (r *worldRow) SetCell(i int, s string) (err error) {
	switch worldColumns[i] {
	case "case":
		r.name = s
	case "world":
		r.world = s
	case "firm":
		r.firm = s
	case "as_of":
		r.asOf, err = sanctions.ParseDate(s)
	case "want_grade":
		err = r.want.setGrade(s)
	case "want_score":
		err = r.want.setScore(s)
	case "want_reach":
		err = r.want.setReach(s)
	case "want_fires":
		err = r.want.setFires(s)
	case "why":
		r.why = s
	case "todo":
		r.todo = s
	}
	return err
}

// readWorldCases reads every file of the folder whose name matches worlds*.csv.
func readWorldCases(fsys fs.FS, worlds map[string]World) ([]*Case, error) {
	files, err := fs.Glob(fsys, "worlds*.csv")
	if err != nil {
		return nil, err
	}
	var out []*Case
	var errs []error
	for _, name := range files {
		cases, err := readWorldFile(fsys, name, worlds)
		out, errs = append(out, cases...), append(errs, err)
	}
	return out, sanctions.JoinFaults(errs)
}

func readWorldFile(fsys fs.FS, name string, worlds map[string]World) ([]*Case, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csvfile.ReadAll[worldRow](file, name, csvfile.Require("case", "world", "firm", "as_of", "why"))
	var out []*Case
	errs := []error{err}
	missing := map[string]bool{}
	for i := range rows {
		row, r := &rows[i], &rows[i].Value
		first := caseRow{name: r.name, asOf: r.asOf, want: r.want, why: r.why, at: row.Under}
		errs = append(errs, first.checkFirst())
		w, given := worlds[r.world]
		switch {
		case !given && !missing[r.world]: // once: the rows behind it are of it too
			missing[r.world] = true
			errs = append(errs, row.Fault("world", r.world, "the test gives no such world (given: %s); pass risktest.WithWorld(%q, …)", cmp.Or(strings.Join(slices.Sorted(maps.Keys(worlds)), ", "), "none"), r.world))
		case given && !slices.ContainsFunc(w.Subjects, func(s *risk.Subject) bool { return s.Firm().ID == r.firm }):
			firms := make([]string, len(w.Subjects))
			for i, s := range w.Subjects {
				firms[i] = s.Firm().ID
			}
			errs = append(errs, row.Fault("firm", r.firm, "the world %s has no such firm; %s", r.world, csvfile.Known(r.firm, firms)))
		}
		out = append(out, &Case{Name: r.name, AsOf: r.asOf, Why: r.why, Todo: r.todo, Want: r.want, Source: row.Source, World: r.world, Firm: r.firm, at: row.Under})
	}
	return out, sanctions.JoinFaults(errs)
}
