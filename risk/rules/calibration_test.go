package rules_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/risktest"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/screening"
)

// The backtest's firms, what happened to each, and whoever knows the lists. What
// it can show and what not is said in testdata/backtest/README.md.
func backtest(t *testing.T) (risk.Screener, []risktest.Labelled) {
	t.Helper()
	const folder = "../../testdata/backtest"
	world := os.DirFS(folder)
	subjects, err := risk.ReadSubjects(world, []string{"firms.csv"}, []string{"claims.csv"})
	require.NoError(t, err)
	byID := map[string]*risk.Subject{}
	parties := make([]sanctions.Party, len(subjects))
	for i, s := range subjects {
		firm := s.Firm()
		byID[firm.ID], parties[i] = s, firm.Party()
	}
	screener, _, err := screening.Open(world, sanctions.MustParseDate("2026-03-31"), screening.WithParties(parties...))
	require.NoError(t, err)
	file, err := os.Open(filepath.Join(folder, "outcomes.csv"))
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	var out []risktest.Labelled
	for _, row := range rows[1:] {
		if row[at["case"]] != "ordinary" {
			continue
		}
		require.Contains(t, byID, row[at["firm_id"]])
		out = append(out, risktest.Labelled{Subject: byID[row[at["firm_id"]]], AsOf: sanctions.MustParseDate(row[at["as_of"]]),
			Happened: row[at["outcome"]] == "designated"})
	}
	return screener, out
}

// Where a grade begins trades what is caught against what is flagged for nothing;
// points change the ranking too. Both plots go to the artifact directory.
func TestCalibration(t *testing.T) {
	screener, firms := backtest(t)
	steps := func(from, to, by int64) (out []decimal.Decimal) {
		for v := from; v <= to; v += by {
			out = append(out, decimal.New(v, 0))
		}
		return out
	}
	edge, err := risktest.Sweep(rules.Baseline(), risktest.Number{Table: "bands", Row: "high", Column: "from"}, steps(25, 65, 5), "high", screener, firms)
	require.NoError(t, err)
	for i := 1; i < len(edge.Points); i++ {
		assert.LessOrEqual(t, edge.Points[i].Flagged, edge.Points[i-1].Flagged, "a higher edge flags no more")
		assert.True(t, edge.Points[i].AUC.Decimal.Equal(edge.Points[0].AUC.Decimal), "an edge does not change the ranking")
	}
	points, err := risktest.Sweep(rules.Baseline(), risktest.Number{Table: "rules", Row: "14024-sector-technology", Column: "points"}, steps(0, 40, 8), "high", screener, firms)
	require.NoError(t, err)
	for name, c := range map[string]*risktest.Calibration{"edge": edge, "points": points} {
		for _, p := range c.Points {
			t.Logf("%s %v=%v: flagged %d, right %d, missed %d, AUC %v", name, c.Number, p.Value, p.Flagged, p.Right, p.Missed, p.AUC.Decimal)
		}
		file, err := os.Create(filepath.Join(t.ArtifactDir(), name+".svg"))
		require.NoError(t, err)
		require.NoError(t, c.WriteSVG(file))
		require.NoError(t, file.Close())
	}
}
