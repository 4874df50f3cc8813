package risk_test

import (
	"encoding/json"
	"sync"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
)

const (
	purchase = "kind=arms_purchase; stage=completed; item_class=arms; direction=RU→X; counterparty_id=exporter; counterparty_basis=stated; date_from=2019-07-12; " +
		"amount=2500000000; currency=USD; source_naming=document; source_reliability=A; info_credibility=1; engagement_id=s400"
	supply = "kind=dual_use_supply; stage=completed; item_class=dual_use; hs6=854231; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; date_from=2024-05-01; " +
		"amount=600000; currency=USD; source_naming=document; source_reliability=A; info_credibility=2; engagement_id=chips"
	talks = "kind=meeting; stage=discussed; item_class=arms; direction=joint; date_from=2025-10-29; date_to=2025-10-31; source_naming=anonymous; source_reliability=B; info_credibility=3; event_id=moscow; engagement_id=talks"
)

func TestGrades(t *testing.T) {
	for _, tc := range []struct {
		name      string
		firm      claims.Firm
		claims    []string
		grade     string
		authority string
		nature    tables.Nature
		reach     tables.Reach
		why       string
	}{
		{"s400", firm, []string{purchase}, "severe", "caatsa-231", tables.Mandatory, tables.Strong,
			"a completed arms purchase from a specified person: EDD and SSB"},
		{"chips", firm, []string{supply}, "severe", "eo-14024", tables.Discretionary, tables.Strong,
			"tier 1 items for a blocked buyer; no significance threshold"},
		{"talks", firm, []string{talks}, "low", "caatsa-231", tables.Mandatory, tables.Indicator,
			"talks are an indicator"},
		{"a civil purchase", firm, []string{"kind=goods_purchase; stage=completed; item_class=civilian; direction=RU→X; date_from=2024-01-01"}, "none", "", "", "",
			"civil trade with an unlisted party is no exposure"},
		{"nothing", firm, nil, "none", "", "", "", "no claim, no listing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := assess(t, russia(), tc.firm, claimed(t, tc.claims...))
			assert.Equal(t, tc.grade, a.Grade.Point, tc.why)
			assert.Equal(t, tc.authority, a.Strongest, tc.why)
			assert.Equal(t, tc.nature, a.Nature, tc.why)
			if tc.authority != "" {
				assert.Equal(t, tc.reach, a.Authorities[0].Reach, tc.why)
			}
			sums(t, &a)
		})
	}
}

// sums checks that the lines of every authority add up to its score, in each of
// the three columns, and that the bounds hold.
func sums(t require.TestingT, a *assessment.Assessment) {
	for _, r := range a.Authorities {
		var low, point, high decimal.Decimal
		for _, f := range r.Factors {
			low, point, high = low.Add(f.Points.Low.Decimal), point.Add(f.Points.Point.Decimal), high.Add(f.Points.High.Decimal)
		}
		require.True(t, low.Equal(r.Score.Low.Decimal), "%s low: lines give %s, score is %s", r.Authority, low, r.Score.Low)
		require.True(t, point.Equal(r.Score.Point.Decimal), "%s: lines give %s, score is %s", r.Authority, point, r.Score.Point)
		require.True(t, high.Equal(r.Score.High.Decimal), "%s high: lines give %s, score is %s", r.Authority, high, r.Score.High)
		require.True(t, low.LessThanOrEqual(point) && point.LessThanOrEqual(high), "%s: %v", r.Authority, r.Score)
	}
	require.True(t, a.Score.Low.LessThanOrEqual(a.Score.Point.Decimal) && a.Score.Point.LessThanOrEqual(a.Score.High.Decimal), "%v", a.Score)
	require.True(t, a.Score.High.LessThanOrEqual(decimal.NewFromInt(100)) && !a.Score.Low.IsNegative(), "%v", a.Score)
}

func TestExitIsLowerThanOperatingAndNotZero(t *testing.T) {
	operating := "engagement_id=e; kind=energy_purchase; stage=operating; item_class=energy; direction=RU→X; counterparty_id=buyer; counterparty_basis=stated; date_from=2024-01-01"
	exit := "engagement_id=e; kind=energy_purchase; stage=exited; item_class=energy; direction=RU→X; counterparty_id=buyer; counterparty_basis=stated; date_from=2025-11-20; statement_by=Firm Private Limited"
	before := assess(t, russia(), firm, claimed(t, operating))
	after := assess(t, russia(), firm, claimed(t, operating, exit))
	require.Equal(t, "eo-14024", before.Strongest)
	assert.True(t, after.Score.Point.LessThan(before.Score.Point.Decimal), "leaving lowers: %v, %v", before.Score, after.Score)
	assert.True(t, after.Score.Point.IsPositive(), "leaving does not undo what was done")
	assert.Equal(t, claims.Exited, after.Engagements[0].Ended)
}

// A mitigating rule counts at the ceiling too: points are clamped before it.
func TestExitCountsAtTheCeiling(t *testing.T) {
	delivered := supply + "; stage=completed; amount=20000000"
	before := assess(t, russia(), firm, claimed(t, delivered))
	after := assess(t, russia(), firm, claimed(t, delivered, supply+"; stage=exited; date_from=2025-01-01; date_to=; amount=; currency="))
	require.Equal(t, "100", before.Score.Point.String())
	assert.Equal(t, "70", after.Score.Point.String())
}

// What a rule leaves of a dealing is no more than there was: talks of a trade body that
// give 6 do not come to 8 because something was suspended whose end leaves 8, and Point
// stays below High, where the dealing goes on.
func TestAnEndLeavesNoMoreThanThereWas(t *testing.T) {
	a := assess(t, russia(), firm, claimed(t,
		"engagement_id=e2; kind=association_representation; stage=proposed; info_credibility=1; as_known_at=2025-12-09",
		"engagement_id=e2; event_id=v1; kind=meeting; stage=suspended; item_class=energy",
		"event_id=v1; subject_type=group; subject_id=firm-2; kind=energy_purchase; item_class=military_technology"))
	sums(t, &a)
	r := authority(a, "caatsa-231")
	assert.Equal(t, "6", r.Score.High.String())
	assert.Equal(t, "5.1", r.Score.Point.String(), "six, as far as the evidence goes")
}

// One scorer serves many at once, and nothing of one assessment shows in another.
func TestConcurrentUse(t *testing.T) {
	scorer := risk.NewScorer(rules.Baseline(), cache(russia()))
	subjects := []*risk.Subject{risk.NewSubject(firm, tenClaims(t, 1)), risk.NewSubject(firm, tenClaims(t, 3)), risk.NewSubject(firm, tenClaims(t, 10)), risk.NewSubject(firm, nil)}
	kept := make([]assessment.Assessment, len(subjects))
	want := make([]string, len(subjects))
	for i, s := range subjects {
		var err error
		kept[i], err = scorer.Assess(s, today)
		require.NoError(t, err)
		b, err := json.Marshal(kept[i])
		require.NoError(t, err)
		want[i] = string(b)
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for n := range 40 {
				i := (g + n) % len(subjects)
				a, err := scorer.Assess(subjects[i], today)
				if assert.NoError(t, err) {
					b, err := json.Marshal(a)
					assert.NoError(t, err)
					assert.Equal(t, want[i], string(b))
				}
				if n%10 == 0 {
					_, err := scorer.WhatIf(subjects[i], today)
					assert.NoError(t, err)
				}
			}
		})
	}
	wg.Wait()
	for i := range kept {
		b, err := json.Marshal(kept[i])
		require.NoError(t, err)
		assert.Equal(t, want[i], string(b), "what was handed out stays as it was")
	}
}
