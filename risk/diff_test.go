package risk_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
)

func TestDiffSumsExactly(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := anyFirm(r)
		before := assess(r, russia(), f, claimsOf(r, anyClaims(r)...))
		after := assess(r, russia(), f, claimsOf(r, anyClaims(r)...))
		d := risk.Diff(&before, &after)
		var sum decimal.Decimal
		for _, m := range d.Lines {
			require.False(r, m.Delta.IsZero())
			sum = sum.Add(m.Delta.Decimal)
		}
		require.True(r, sum.Equal(after.Score.Point.Sub(before.Score.Point.Decimal)), "lines give %s, the score moved from %s to %s", sum, before.Score.Point, after.Score.Point)
		require.True(r, sum.Equal(d.Change.Decimal))
	})
}

func TestDiffNamesTheCause(t *testing.T) {
	at := func(d *desk, rules *risk.Ruleset, asOf string, rows ...string) *risk.Assessment {
		a, err := risk.NewScorer(rules, d).Assess(risk.NewSubject(firm, claims(t, rows...)), sanctions.MustParseDate(asOf))
		require.NoError(t, err)
		return &a
	}
	base := rules.Baseline()
	t.Run("a listing", func(t *testing.T) {
		d := russia()
		d.list("buyer-2", sanctions.Designation{Authority: sanctions.AuthorityOFAC, List: "us-ofac-sdn", Entry: "77", Programmes: []string{"RUSSIA-EO14024"},
			Measures: []sanctions.Measure{sanctions.Blocking}, Period: sanctions.Period{From: sanctions.MustParseDate("2025-06-01")}, Sources: []sanctions.Source{{File: "sdn.csv", Line: 5}}})
		row := supply + "; counterparty_id=buyer-2; stage=operating"
		got := risk.Diff(at(d, base, "2025-05-31", row), at(d, base, "2025-06-01", row))
		require.True(t, got.Change.IsPositive(), "%v", got.Scores)
		assert.Contains(t, texts(got), "listed: us-ofac-sdn 77 (blocking, yes)")
		for _, m := range got.Lines {
			if m.Rule == "14024-support" {
				assert.Contains(t, m.Because, "listed: us-ofac-sdn 77 (blocking, yes)")
			}
		}
	})
	t.Run("a claim", func(t *testing.T) {
		got := risk.Diff(at(russia(), base, "2026-03-31", talks), at(russia(), base, "2026-03-31", talks, talks+"; claim_polarity=deny; statement_by=Firm Private Limited; root_source_id=firm"))
		require.True(t, got.Change.IsNegative())
		assert.Contains(t, texts(got), "new claim: deny meeting discussed by Firm Private Limited")
		assert.Contains(t, texts(got), "evidence disputed, was reported")
	})
	t.Run("a rule", func(t *testing.T) {
		tables := base.Tables()
		for i := range tables.Rules {
			if tables.Rules[i].ID == "231-talks" {
				tables.Rules[i].Points.Decimal = decimal.NewFromInt(22)
			}
		}
		changed, err := risk.Compile(tables)
		require.NoError(t, err)
		got := risk.Diff(at(russia(), base, "2026-03-31", talks), at(russia(), changed, "2026-03-31", talks))
		require.NotEmpty(t, got.Lines)
		assert.Equal(t, []string{"the rule set changed"}, got.Lines[0].Because)
	})
}

func texts(d risk.Difference) []string {
	var out []string
	for _, c := range d.Causes {
		out = append(out, c.Text)
	}
	return out
}
