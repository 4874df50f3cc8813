package risk_test

import (
	"slices"
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

// Where only some of a firm's engagements were looked at, the assessment says so.
func TestWhatIfSaysWhereItWasCut(t *testing.T) {
	for dealings, want := range map[int]*assessment.Searched{1: nil, 3: nil, 10: {Engagements: 10, Pairs: 4, Of: 10}, 30: {Engagements: 24, Pairs: 4, Of: 30}} {
		a, err := risk.NewScorer(rules.Baseline(), cache(russia()), risk.WithWhatIf()).Assess(risk.NewSubject(firm, tenClaims(t, dealings)), today)
		require.NoError(t, err)
		assert.Equal(t, want, a.WhatIfOf, "%d dealings", dealings)
	}
}
