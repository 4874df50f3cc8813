package risk_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
)

func TestDiffSumsExactly(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := anyFirm(r)
		before := assess(r, russia(), f, claimsOf(r, anyClaims(r)...))
		after := assess(r, russia(), f, claimsOf(r, anyClaims(r)...))
		d := assessment.Diff(&before, &after)
		var sum decimal.Decimal
		for _, m := range d.Lines {
			require.False(r, m.Delta.IsZero())
			sum = sum.Add(m.Delta.Decimal)
		}
		require.True(r, sum.Equal(after.Score.Point.Sub(before.Score.Point.Decimal)), "lines give %s, the score moved from %s to %s", sum, before.Score.Point, after.Score.Point)
		require.True(r, sum.Equal(d.Change.Decimal))
		sum = decimal.Decimal{}
		for _, p := range d.Parts {
			sum = sum.Add(p.Points.Decimal)
		}
		require.True(r, sum.Equal(d.Change.Decimal), "parts give %s", sum)
	})
}

func TestDiffNamesTheCause(t *testing.T) {
	at := func(d *desk, rules *risk.Ruleset, asOf string, rows ...string) *assessment.Assessment {
		a, err := risk.NewScorer(rules, d).Assess(risk.NewSubject(firm, claimed(t, rows...)), sanctions.MustParseDate(asOf))
		require.NoError(t, err)
		return &a
	}
	base := rules.Baseline()
	t.Run("a listing", func(t *testing.T) {
		d := russia()
		d.list("buyer-2", sanctions.Designation{Authority: sanctions.AuthorityOFAC, List: "us-ofac-sdn", Entry: "77", Programmes: []string{"RUSSIA-EO14024"},
			Measures: []sanctions.Measure{sanctions.Blocking}, Period: sanctions.Period{From: sanctions.MustParseDate("2025-06-01")}, Sources: []sanctions.Source{{File: "sdn.csv", Line: 5}}})
		row := supply + "; counterparty_id=buyer-2; stage=operating"
		got := assessment.Diff(at(d, base, "2025-05-31", row), at(d, base, "2025-06-01", row))
		require.True(t, got.Change.IsPositive(), "%v", got.Scores)
		assert.Contains(t, texts(got), "listed: us-ofac-sdn 77 (blocking, yes)")
		for _, m := range got.Lines {
			if m.Rule == "14024-support" {
				assert.Contains(t, m.Because, "listed: us-ofac-sdn 77 (blocking, yes)")
			}
		}
	})
	t.Run("a claim", func(t *testing.T) {
		got := assessment.Diff(at(russia(), base, "2026-03-31", talks), at(russia(), base, "2026-03-31", talks, talks+"; claim_polarity=deny; statement_by=Firm Private Limited; root_source_id=firm"))
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
		got := assessment.Diff(at(russia(), base, "2026-03-31", talks), at(russia(), changed, "2026-03-31", talks))
		require.NotEmpty(t, got.Lines)
		assert.Equal(t, []string{"rule 231-talks gives 22, was 18"}, got.Lines[0].Because)
	})
	t.Run("the row of a register that moved, not the first of its proof", func(t *testing.T) {
		stake := func(owner, percent string, line int) sanctions.Stake {
			return sanctions.Stake{OwnerID: owner, OwnedID: "firm", Kind: "shares", Share: share(percent), Why: "owner is listed (us-ofac-sdn:" + owner + ")", Source: sanctions.Source{File: "interests.csv", Line: line}}
		}
		owned := with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Owned, Share: share("50"), Proof: []sanctions.Stake{stake("1", "30", 4), stake("2", "20", 9)}})
		minority := with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Minority, Share: share("49.99"), Proof: []sanctions.Stake{stake("1", "30", 4), stake("2", "19.99", 9)}})
		alone := with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Minority, Share: share("30"), Proof: []sanctions.Stake{stake("1", "30", 4)}})
		for text, after := range map[string]*desk{"2 of firm: 19.99 % shares, was 20 %": minority, "2 of firm: 20 % shares, counted no longer, as it was: owner is listed (us-ofac-sdn:2)": alone} {
			got := assessment.Diff(at(owned, base, "2026-03-31"), at(after, base, "2026-03-31"))
			require.Contains(t, texts(got), text)
			for _, c := range got.Causes {
				assert.Equal(t, 9, c.Source.Line, "%v", c)
			}
			for _, m := range got.Lines {
				assert.Contains(t, m.Because, text)
			}
		}
	})
	t.Run("another programme of the same entry", func(t *testing.T) {
		under := func(programme string) *desk {
			return designated(&desk{}, "buyer", sanctions.AuthorityOFAC, sanctions.Blocking, programme)
		}
		got := assessment.Diff(at(under("SYRIA"), base, "2026-03-31", supply), at(under("RUSSIA-EO14024"), base, "2026-03-31", supply))
		require.False(t, got.Change.IsZero())
		found := false
		for _, text := range texts(got) {
			found = found || strings.HasPrefix(text, "listed under RUSSIA-EO14024, was SYRIA: ")
		}
		assert.True(t, found, "%v", texts(got))
	})
	t.Run("a rule and a claim at once", func(t *testing.T) {
		got := assessment.Diff(at(russia(), base, "2026-03-31", purchase), at(russia(), base.WithoutRule("231-cp-specified"), "2026-03-31", purchase, purchase+"; root_source_id=other"))
		found := false
		for _, m := range got.Lines {
			if m.Rule == "231-cp-specified" {
				found = true
				assert.Contains(t, m.Because, "the rule set changed")
			}
		}
		assert.True(t, found)
	})
	t.Run("a cell of a claim", func(t *testing.T) {
		for cell, text := range map[string]string{
			"item_class=electronics":  "goods electronics, was dual_use",
			"direction=joint":         "direction joint, was X→RU",
			"hs6=010121":              "codes 010121, was 854231",
			"counterparty_id=nobody":  "other side nobody (stated), was buyer (stated)",
			"amount=1; currency=USD":  "amount 1 USD, was 600000 USD",
			"source_naming=anonymous": "evidence reported, was confirmed",
		} {
			row := supply + "; statement_by=Firm Private Limited; source_naming=named"
			got := assessment.Diff(at(russia(), base, "2026-03-31", row), at(russia(), base, "2026-03-31", row+"; "+cell))
			assert.Contains(t, texts(got), text, cell)
			assert.NotEmpty(t, got.Authorities, cell)
			for _, m := range got.Lines {
				assert.NotEmpty(t, m.Because, "%s: %v", cell, m)
			}
		}
	})
	t.Run("a cell of the firm", func(t *testing.T) {
		bank := func(fi sanctions.Answer) *assessment.Assessment {
			f := firm
			f.FinancialInstitution = fi
			a, err := risk.NewScorer(base, russia()).Assess(risk.NewSubject(f, claimed(t, "kind=payment; stage=completed; counterparty_id=buyer; counterparty_basis=stated; date_from=2025-05-01")), today)
			require.NoError(t, err)
			return &a
		}
		got := assessment.Diff(bank(sanctions.Yes), bank(sanctions.No))
		require.NotEmpty(t, got.Lines)
		for _, m := range got.Lines {
			assert.Equal(t, []string{"financial institution: no, was yes"}, m.Because)
		}
	})
	t.Run("a share inside its status, under another authority than the one that decides", func(t *testing.T) {
		held := func(percent string) *desk {
			return with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Minority, Share: share(percent)})
		}
		got := assessment.Diff(at(held("12"), base, "2026-03-31", purchase), at(held("30"), base, "2026-03-31", purchase))
		assert.True(t, got.Change.IsZero())
		assert.Contains(t, texts(got), "listed owners hold 30 % under us-ofac, was 12 %")
		require.Len(t, got.Authorities, 1)
		assert.Equal(t, "own-status", got.Authorities[0].Authority)
	})
}

func texts(d assessment.Difference) []string {
	var out []string
	for _, c := range d.Causes {
		out = append(out, c.Text)
	}
	return out
}
