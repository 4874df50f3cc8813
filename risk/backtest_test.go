package risk_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/screening"
)

// outcome is a firm of the backtest, as assessed the day before it was designated
// or, for one that was not, a year after the last that was said of it.
type outcome struct {
	risk.Assessment
	designated   bool
	record, kind string
	why          string
}

// backtest assesses every firm of the backtest at its own date.
func backtest(t testing.TB, rs *risk.Ruleset) []outcome {
	t.Helper()
	world := os.DirFS("../testdata/backtest")
	screener, manifest, err := screening.Open(world, today)
	require.NoError(t, err)
	subjects, err := risk.ReadSubjects(world, manifest.Paths("firms"), manifest.Paths("claims"))
	require.NoError(t, err)
	rows, err := readCSV(world, "outcomes.csv")
	require.NoError(t, err)
	at := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
	byID := map[string][]string{}
	for _, row := range rows[1:] {
		byID[at(row, "firm_id")] = row
	}
	scorer := risk.NewScorer(rs, screener)
	var out []outcome
	for _, s := range subjects {
		row := byID[s.Firm().ID]
		require.NotNil(t, row, "%s has no outcome", s.Firm().ID)
		a, err := scorer.Assess(s, sanctions.MustParseDate(at(row, "as_of")))
		require.NoError(t, err)
		out = append(out, outcome{a, at(row, "outcome") == "designated", at(row, "record"), at(row, "case"), at(row, "why_comparable")})
	}
	require.Len(t, out, len(rows)-1)
	return out
}

// auc is the chance that a designated firm scores above one that was not, ties
// counting half: the area under the ROC curve, as a fraction of pairs.
func auc(rows []outcome) (won, pairs int) {
	for _, a := range rows {
		for _, b := range rows {
			if a.designated && !b.designated {
				pairs += 2
				won += 1 + a.Score.Point.Cmp(b.Score.Point.Decimal)
			}
		}
	}
	return won, pairs
}

func TestBacktest(t *testing.T) {
	all := backtest(t, rules.Baseline())
	only := func(keep func(outcome) bool) []outcome {
		return slices.DeleteFunc(slices.Clone(all), func(o outcome) bool { return !keep(o) })
	}
	ordinary := only(func(o outcome) bool { return o.kind == "ordinary" })
	for name, rows := range map[string][]outcome{"all": all, "ordinary": ordinary,
		"ordinary, press only": only(func(o outcome) bool { return o.kind == "ordinary" && (!o.designated || o.record == "press") }),
		"without states":       only(func(o outcome) bool { return o.kind != "state" })} {
		won, pairs := auc(rows)
		t.Logf("AUC %-22s 0.%04d (%d of %d half pairs, %d firms)", name, won*10000/pairs, won, pairs, len(rows))
	}
	slices.SortFunc(all, func(a, b outcome) int {
		return cmp.Or(b.Score.Point.Cmp(a.Score.Point.Decimal), strings.Compare(a.Firm.ID, b.Firm.ID))
	})
	for _, o := range all {
		mark := " "
		if o.designated {
			mark = "D"
		}
		t.Log(fmt.Sprintf("%s %-9s %-26s %-9s %7s [%s %s] %-16s %s | %s", mark, o.kind, o.Firm.ID, o.Grade.Point, o.Score.Point, o.Score.Low, o.Score.High, o.Strongest, o.Reason, o.why))
	}
}
