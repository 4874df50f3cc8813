package risk_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
)

func whatIf(t require.TestingT, rows ...string) []string {
	found, err := risk.NewScorer(rules.Baseline(), russia()).WhatIf(risk.NewSubject(firm, claimsOf(t, rows...)), today)
	require.NoError(t, err)
	var out []string
	for _, c := range found {
		out = append(out, c.Direction+" "+c.String())
	}
	return out
}

func TestWhatIf(t *testing.T) {
	for _, tc := range []struct {
		name  string
		rows  []string
		holds []string
		not   []string
		why   string
	}{
		{"talks", []string{talks},
			[]string{"up a signed contract to supply components to Russia: moderate", "down an official document that refutes it: none"},
			[]string{"up a signed contract: moderate"},
			"a contract moves talks up, and the capped contact alone does not"},
		{"purchase", []string{purchase}, []string{"down an official document that refutes it: high"}, nil,
			"severe is the highest band: only down"},
		{"chips", []string{supply},
			[]string{"down the other side found to be unknown to every U.S. list: high"}, nil, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := whatIf(t, tc.rows...)
			for _, w := range tc.holds {
				assert.Contains(t, got, w, tc.why)
			}
			for _, w := range tc.not {
				assert.NotContains(t, got, w, tc.why)
			}
		})
	}
}

// A counterfactual does what it says: what it reports as up is a higher band, and
// as down a lower one, than the assessment's own.
func TestWhatIfMovesTheGrade(t *testing.T) {
	bands := rules.Baseline().Tables().Bands
	at := func(id string) int {
		return slices.IndexFunc(bands, func(b tables.Band) bool { return b.ID == id })
	}
	scorer := risk.NewScorer(rules.Baseline(), russia())
	rapid.Check(t, func(r *rapid.T) {
		subject := risk.NewSubject(anyFirm(r), claimsOf(r, rapid.SliceOfN(rapid.Custom(anyClaim), 1, 4).Draw(r, "claims")...))
		a, err := scorer.Assess(subject, today)
		require.NoError(r, err)
		found, err := scorer.WhatIf(subject, today)
		require.NoError(r, err)
		for _, c := range found {
			require.NotEmpty(r, c.Changes)
			said := map[[2]string]string{}
			for _, x := range c.Changes {
				to, twice := said[[2]string{x.Engagement, x.Fact}]
				require.True(r, !twice || to == x.To, "%s of %s would be both %s and %s", x.Fact, x.Engagement, to, x.To)
				said[[2]string{x.Engagement, x.Fact}] = x.To
			}
			if c.Direction == "up" {
				require.Greater(r, at(c.Grade), at(a.Grade.Point))
			} else {
				require.Less(r, at(c.Grade), at(a.Grade.Point))
			}
		}
	})
}

// The assessment says on how many of a firm's engagements was looked, also where nothing
// was found; where it was not asked it says nothing.
func TestWhatIfSaysWhereItWasCut(t *testing.T) {
	unasked := assess(t, russia(), firm, tenClaims(t, 10))
	assert.Nil(t, unasked.WhatIfOf)
	none, err := risk.NewScorer(rules.Baseline(), russia(), risk.WithWhatIf()).Assess(risk.NewSubject(firm, nil), today)
	require.NoError(t, err)
	assert.Empty(t, none.WhatIf)
	assert.Equal(t, &assessment.Searched{}, none.WhatIfOf, "asked, and there was nothing to look at")
	for dealings, want := range map[int]*assessment.Searched{1: {Engagements: 1, Pairs: 1, Of: 1}, 3: {Engagements: 3, Pairs: 3, Of: 3}, 10: {Engagements: 10, Pairs: 4, Of: 10}, 30: {Engagements: 24, Pairs: 4, Of: 30}} {
		a, err := risk.NewScorer(rules.Baseline(), cache(russia()), risk.WithWhatIf()).Assess(risk.NewSubject(firm, tenClaims(t, dealings)), today)
		require.NoError(t, err)
		assert.Equal(t, want, a.WhatIfOf, "%d dealings", dealings)
	}
}

// A counterfactual is the nearest: where a contract does it, its delivery is not told, and
// where a contract in anything does, none in arms.
func TestWhatIfIsNearest(t *testing.T) {
	farther := map[string][]string{
		"a signed contract": {"deliveries begin", "completion"}, "deliveries begin": {"completion"},
		"a signed contract of joint production":            {"a signed contract of joint production of arms"},
		"a signed contract to supply components to Russia": {"a signed contract to supply components of arms to Russia"},
		"a value of USD 10 million":                        {"a value of USD 1 billion"},
	}
	scorer := risk.NewScorer(rules.Baseline(), russia())
	rapid.Check(t, func(r *rapid.T) {
		found, err := scorer.WhatIf(risk.NewSubject(anyFirm(r), claimsOf(r, rapid.SliceOfN(rapid.Custom(anyClaim), 1, 4).Draw(r, "claims")...)), today)
		require.NoError(r, err)
		told := map[string]bool{} // those of one part
		for _, c := range found {
			if words := c.Changes[0].Words; c.Changes[len(c.Changes)-1].Words == words {
				told[c.Direction+c.Changes[0].Engagement+words] = true
			}
		}
		for _, c := range found {
			for _, far := range farther[c.Changes[0].Words] {
				require.False(r, told[c.Direction+c.Changes[0].Engagement+far], "%s and %s", c, far)
			}
		}
	})
	got := whatIf(t, "kind=joint_development; stage=discussed; item_class=arms; direction=joint; counterparty_id=exporter; counterparty_basis=stated; date_from=2025-10-29; source_naming=document; source_reliability=A; info_credibility=1")
	assert.Contains(t, got, "up a signed contract: severe")
	assert.NotContains(t, got, "up completion: severe", "a contract is nearer")
}

// Of one engagement told in two ways each possibility concerns the accounts that it can:
// who tells of a delivery does not come down to a contract.
func TestWhatIfConcernsTheAccountsThatItCan(t *testing.T) {
	delivered := "engagement_id=e; kind=component_supply; stage=completed; item_class=arms_component; direction=X→RU; counterparty_id=exporter; counterparty_basis=stated; date_from=2025-02-01; source_naming=document; source_reliability=A; info_credibility=1"
	for _, w := range whatIf(t, delivered, "engagement_id=e; kind=meeting; stage=discussed; item_class=none; date_from=2025-01-10; root_source_id=other") {
		assert.NotContains(t, w, "signed contract")
	}
}

// A correction adds nothing to what it corrects, and so does its weight where a denial
// would take from it.
func TestWhatIfOfACorrection(t *testing.T) {
	for _, w := range whatIf(t, "engagement_id=e4; kind=meeting; stage=discussed; item_class=quantum; counterparty_id=eu-buyer; counterparty_basis=inferred; source_naming=named; source_reliability=B; info_credibility=3; root_source_id=r1",
		"engagement_id=e4; kind=mou; stage=signed; item_class=military_technology; counterparty_id=buyer; counterparty_basis=unknown; claim_polarity=correct; statement_by=Firm Private Limited; root_source_id=r2; source_naming=document; source_reliability=D; info_credibility=5") {
		assert.NotContains(t, w, "up a denial")
	}
}

// What a counterfactual says comes true when somebody claims it.
func TestWhatIfComesTrue(t *testing.T) {
	bands := map[string]int{}
	for i, b := range rules.Baseline().Tables().Bands {
		bands[b.ID] = i
	}
	const another = "; root_source_id=another"
	means := map[string]string{
		"a signed contract":                      "stage=signed" + another,
		"deliveries begin":                       "stage=operating" + another,
		"completion":                             "stage=completed; date_to=2026-03-31" + another,
		"corroboration by an independent source": "source_naming=named; source_reliability=B; info_credibility=2" + another,
		"an on-record statement of the firm":     "source_naming=named; statement_by=Firm Private Limited" + another,
		"an official document that shows it":     "source_naming=document; source_reliability=A; info_credibility=1; publisher=Court; statement_by=Court" + another,
		"a denial by the firm":                   "claim_polarity=deny; source_naming=named; statement_by=Firm Private Limited" + another,
		"an official document that refutes it":   "claim_polarity=deny; source_naming=document; source_reliability=A; info_credibility=1; publisher=Court; statement_by=Court" + another,
		"exit before 2026-03-31":                 "stage=exited; date_from=2026-03-30; date_to=2026-03-31",
		"suspension before 2026-03-31":           "stage=suspended; date_from=2026-03-30; date_to=2026-03-31",
		"a value of USD 10 million":              "amount=10000000; currency=USD; amount_qualifier=exact" + another,
		"a value of USD 1 billion":               "amount=1000000000; currency=USD; amount_qualifier=exact" + another,
	}
	scorer := risk.NewScorer(rules.Baseline(), russia())
	rapid.Check(t, func(r *rapid.T) {
		row := "date_from=2025-03-01; " + anyClaim(r) + "; engagement_id=e; subject_id=firm; subject_type=firm; claim_polarity=affirm; participation=; capacity=; statement_by=Agency; publisher=Agency; relayed_from=; as_known_at="
		if strings.Contains(row, "stage=exited") || strings.Contains(row, "stage=suspended") {
			r.Skip("an end, and what else it tells is how far it came")
		}
		if rapid.Bool().Draw(r, "well sourced") {
			row += "; source_naming=document; source_reliability=A; info_credibility=2"
		}
		subject := risk.NewSubject(firm, claimsOf(r, row))
		before, err := scorer.Assess(subject, today)
		require.NoError(r, err)
		found, err := scorer.WhatIf(subject, today)
		require.NoError(r, err)
		for _, c := range found {
			cells, ok := means[c.Changes[0].Words]
			if !ok || c.Changes[len(c.Changes)-1].Words != c.Changes[0].Words {
				continue
			}
			if c.Changes[0].Fact == "ended" && !strings.HasSuffix(row, "info_credibility=2") {
				continue // the same source tells of it, and is not believed
			}
			after, err := scorer.Assess(risk.NewSubject(firm, claimsOf(r, row, row+"; "+cells)), today)
			require.NoError(r, err)
			moved := bands[after.Grade.Point] - bands[before.Grade.Point]
			require.True(r, c.Direction == "up" && moved > 0 || c.Direction == "down" && moved < 0, "%s %s, and it is %s as it was %s", c.Direction, c, after.Grade.Point, before.Grade.Point)
		}
	})
}
