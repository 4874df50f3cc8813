package risk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
)

// What a coverage leaves open is remembered with the memory that a rule set lends: what
// one desk did not look at is not told of another's answer, nor what it has looked at since.
func TestGapsAreThoseOfTheCoverage(t *testing.T) {
	gap := func(what string) []sanctions.Gap { return []sanctions.Gap{{What: what}} }
	gaps := func(a assessment.Assessment) (out []string) {
		for _, c := range a.Conditions {
			if c.Condition == sanctions.CoverageGap {
				out = append(out, c.Detail)
			}
		}
		return out
	}
	one, other, none := russia(), russia(), russia()
	one.gaps, other.gaps = gap("the list of one"), gap("the list of another")
	for range 3 {
		assert.Equal(t, []string{"not looked at: the list of one"}, gaps(assess(t, one, firm, nil)))
		assert.Equal(t, []string{"not looked at: the list of another"}, gaps(assess(t, other, firm, nil)))
		assert.Empty(t, gaps(assess(t, none, firm, nil)))
	}
	one.gaps[0].What = "what it found out to be another list"
	assert.Equal(t, []string{"not looked at: " + one.gaps[0].What}, gaps(assess(t, one, firm, nil)), "changed where it stands")
	one.gaps = append(one.gaps, one.gaps[0])
	assert.Len(t, gaps(assess(t, one, firm, nil)), 1, "told twice by the screener")
}

// However many claims tell of a dealing and in however many ways: no condition is told
// twice of it.
func TestConditionsAreToldOnce(t *testing.T) {
	d := russia()
	d.possible = map[string]bool{"eu-buyer": true}
	d.gaps = []sanctions.Gap{{What: "a list"}, {What: "another"}}
	rapid.Check(t, func(r *rapid.T) {
		subject := risk.NewSubject(anyFirm(r), claimsOf(r, anyClaims(r)...))
		a, err := risk.NewScorer(rules.Baseline(), d).Assess(subject, today)
		require.NoError(r, err)
		told := map[assessment.Caveat]bool{}
		for _, c := range a.Conditions {
			require.False(r, told[c], "%v", c)
			told[c] = true
		}
	})
}
