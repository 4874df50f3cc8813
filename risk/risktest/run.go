package risktest

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/sanctionrisk/exposure/risk"
)

// UpdateIn has Run rewrite ledger.csv of a folder on disk, which must be the one that
// fsys shows. A test gives it only when it is asked to, see the package comment.
func UpdateIn(folder string) Option { return func(c *config) { c.folder = folder } }

// Run runs every case of a folder as a subtest of cases/ and then examines the
// rule set as subtests coverage, lint, mutants and slack; under -short the cases
// alone. A failing case fails its subtest; lines of coverage, lint and mutants
// beyond the [Budget] fail theirs; slack is told under -v. Tables of coverage,
// mutants and slack are written to the artifact directory (go test -artifacts).
//
// With [UpdateIn] it rewrites the ledger.
func Run(t *testing.T, rules *risk.Ruleset, fsys fs.FS, opts ...Option) {
	t.Helper()
	cfg := newConfig(opts)
	cfg.shallow = cfg.shallow || testing.Short()
	r, err := check(rules, fsys, cfg)
	if r == nil {
		t.Fatal(err)
	}
	t.Attr("rules", rules.Digest())
	t.Run("cases", func(t *testing.T) {
		for i := range r.Results {
			res := &r.Results[i]
			t.Run(res.Case.Name, func(t *testing.T) {
				t.Attr("case", res.Case.Source.String())
				switch {
				case res.Err != nil:
					t.Error(res.Err)
				case res.Case.Todo != "":
					t.Skipf("%v: todo: %s", res.Case.Source, res.Case.Todo)
				}
			})
		}
	})
	if cfg.folder != "" {
		update(t, r, cfg.folder)
	}
	if cfg.shallow {
		return
	}
	t.Run("coverage", func(t *testing.T) { within(t, r.Coverage.Gaps, cfg.budget.Uncovered) })
	t.Run("lint", func(t *testing.T) { within(t, r.Lint, cfg.budget.Lint) })
	t.Run("mutants", func(t *testing.T) {
		t.Logf("%d tried, %d killed, %d refused, %d accepted, %d live", r.Mutants.Tried, r.Mutants.Killed, r.Mutants.Refused, len(r.Mutants.Accepted), len(r.Mutants.Lived))
		within(t, r.Mutants.Lived, cfg.budget.Mutants)
	})
	t.Run("slack", func(t *testing.T) {
		for _, s := range r.Slack {
			t.Log(s)
		}
	})
	if err := r.writeTables(t.ArtifactDir()); err != nil {
		t.Error(err)
	}
}

// within logs findings, and fails when there are more than the budget allows.
func within[T fmt.Stringer](t *testing.T, found []T, budget int) {
	t.Helper()
	for _, f := range found {
		t.Log(f)
	}
	if len(found) > budget {
		t.Errorf("%d found, the budget allows %d", len(found), budget)
	}
}

func update(t *testing.T, r *Report, folder string) {
	t.Helper()
	file, err := os.Create(filepath.Join(folder, ledgerName))
	if err != nil {
		t.Error(err)
		return
	}
	if err := errors.Join(r.WriteLedger(file), file.Close()); err != nil {
		t.Error(err)
		return
	}
	t.Logf("%s rewritten", ledgerName)
}

// writeTables writes coverage, mutants and slack as CSV into a folder.
func (r *Report) writeTables(folder string) error {
	coverage := [][]string{{"rule", "counts", "decides", "source"}}
	for _, c := range r.Coverage.Rules {
		coverage = append(coverage, []string{c.Rule, strconv.Itoa(c.Counts), strconv.Itoa(c.Decide), c.Source.String()})
	}
	mutants := [][]string{{"table", "row", "change", "accepted", "suggestion", "source"}}
	for _, list := range [][]Mutant{r.Mutants.Lived, r.Mutants.Accepted} {
		for _, m := range list {
			row := ""
			if m.Suggest != nil {
				row = m.Suggest.Row
			}
			mutants = append(mutants, []string{m.Table, m.Row, m.Change, m.Why, row, m.Source.String()})
		}
	}
	slack := [][]string{{"table", "row", "column", "is", "min", "max", "free_down", "free_up", "source"}}
	for _, s := range r.Slack {
		slack = append(slack, []string{s.Table, s.Row, s.Column, points(s.Is), points(s.Min), points(s.Max),
			strconv.FormatBool(s.FreeDown), strconv.FormatBool(s.FreeUp), s.Source.String()})
	}
	var errs []error
	for name, rows := range map[string][][]string{"coverage.csv": coverage, "mutants.csv": mutants, "slack.csv": slack} {
		file, err := os.Create(filepath.Join(folder, name))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		errs = append(errs, csv.NewWriter(file).WriteAll(rows), file.Close())
	}
	return errors.Join(errs...)
}
