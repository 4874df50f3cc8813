package risk_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

// moscow assesses every firm of the world of the Moscow talks as of a date.
func moscow(t testing.TB, asOf string) map[string]assessment.Assessment {
	t.Helper()
	world := worlds.MoscowTalks()
	d, err := openDesk(world)
	require.NoError(t, err)
	subjects, err := risk.ReadSubjects(world, []string{"firms.csv"}, []string{"claims.csv"})
	require.NoError(t, err)
	scorer := risk.NewScorer(rules.Baseline(), d)
	out := map[string]assessment.Assessment{}
	for _, s := range subjects {
		a, err := scorer.Assess(s, sanctions.MustParseDate(asOf))
		require.NoError(t, err)
		sums(t, &a)
		out[a.Firm.ID] = a
	}
	return out
}

func TestMoscowTalks(t *testing.T) {
	a := moscow(t, "2026-03-31")

	t.Run("talks are talks", func(t *testing.T) {
		for _, id := range []string{"adani-defence", "bharat-forge"} {
			x := a[id]
			assert.Equal(t, "low", x.Grade.Point, "reported participation in talks, anonymous, one root, denied")
			assert.True(t, x.Score.High.GreaterThan(x.Score.Point.Decimal), "what is reported may be so")
			assert.True(t, x.Score.Low.IsZero(), "nothing is confirmed")
			assert.Contains(t, x.Reason, "reported talks, disputed")
			require.Len(t, x.Engagements, 1, "one event, however often reported")
			e := x.Engagements[0].Accounts[0].Evidence
			assert.Equal(t, []string{"reuters-2025-12-09"}, e.Roots, "five publishers relay one root")
			assert.Equal(t, tables.Disputed, e.Status)
			assert.NotEmpty(t, e.Against, "the denial stands beside the report")
			for _, r := range x.Authorities {
				assert.Equal(t, tables.Indicator, r.Reach, "%s: talks are no transaction", r.Authority)
			}
			assert.True(t, has(x, sanctions.DisputedEvidence))
			words := x.Reason
			for _, f := range x.Authorities[0].Factors {
				words += f.Rule + " "
			}
			assert.NotRegexp(t, `trade|engaged|purchase|supply`, words, "never said to trade")
		}
	})
	t.Run("nothing is imputed", func(t *testing.T) {
		for id, reason := range map[string]string{
			"tata-sons":     "personal capacity: not imputed to the firm",
			"larsen-toubro": "reported as absent: that is no involvement",
			"bel":           "reported as absent: that is no involvement",
		} {
			assert.Equal(t, "none", a[id].Grade.High, id)
			assert.Empty(t, a[id].Engagements, id)
			assert.True(t, slices.ContainsFunc(a[id].Context, func(c assessment.Context) bool { return c.Reason == reason }), id)
		}
		assert.Equal(t, "none", a["tata-advanced-systems"].Grade.High, "a name close to a named firm is not the named firm")
	})
	t.Run("inferred counterparties stay inferred", func(t *testing.T) {
		seen := false
		for _, topic := range a["adani-defence"].Engagements[0].Topics {
			if strings.Contains(topic.Item, "MiG-29") {
				seen = true
				assert.Equal(t, claims.CounterpartyInferred, topic.Basis, "the report names no Russian firm")
			}
		}
		assert.True(t, seen, "what the event discussed is shown")
		for _, id := range []string{"adani-defence", "bharat-forge"} {
			for _, e := range a[id].Engagements {
				for _, acc := range e.Accounts {
					assert.Nil(t, acc.Counterparty, "no Russian counterparty is invented")
				}
			}
		}
		hal := a["hal"]
		assert.True(t, has(hal, sanctions.CounterpartyInferred))
		assert.True(t, hal.Score.High.GreaterThan(hal.Score.Point.Decimal), "an inferred licensor counts in the high score only")
	})
	t.Run("state acts are context", func(t *testing.T) {
		for _, c := range a["adani-defence"].Context {
			for _, f := range a["adani-defence"].Authorities[0].Factors {
				assert.NotEqual(t, c.Claim.EngagementID, f.Engagement)
			}
		}
		assert.True(t, slices.ContainsFunc(a["adani-defence"].Context, func(c assessment.Context) bool {
			return c.Imputation == "state-act" && strings.Contains(c.Claim.EngagementID, "s400")
		}), "India's S-400s are shown and charged to nobody")
	})
	for _, tc := range []struct {
		firm, grade, authority string
		nature                 tables.Nature
		why                    string
	}{
		{"edd", "severe", "caatsa-231", tables.Mandatory, "completed purchases of Su-35 and S-400"},
		{"ssb", "severe", "caatsa-231", tables.Mandatory, "completed purchase of S-400; its own listing is a menu, no blocking"},
		{"futrevo", "severe", "eo-14024", tables.Discretionary, "high priority electronics to a blocked maker of drone components"},
	} {
		t.Run(tc.firm, func(t *testing.T) {
			assert.Equal(t, tc.grade, a[tc.firm].Grade.Point, tc.why)
			assert.Equal(t, tc.authority, a[tc.firm].Strongest, tc.why)
			assert.Equal(t, tc.nature, a[tc.firm].Nature, tc.why)
			assert.Equal(t, tables.Strong, a[tc.firm].Authorities[0].Reach, tc.why)
		})
	}
	t.Run("section 11 binds banks only", func(t *testing.T) {
		assert.True(t, reached(a["keremet"], "eo-14024-s11"), "a bank that moved money for a blocked bank")
		for id, x := range a {
			if id != "keremet" {
				assert.False(t, reached(x, "eo-14024-s11"), id)
			}
		}
	})
	t.Run("listed by name", func(t *testing.T) {
		assert.Equal(t, assessment.FindingListed, a["nayara"].Finding)
		assert.Equal(t, "severe", a["nayara"].Grade.Point, "below 50 percent and listed by name: the listing wins")
	})
	t.Run("exit", func(t *testing.T) {
		now, before := a["reliance"], moscow(t, "2025-11-19")["reliance"]
		assert.True(t, now.Score.Point.LessThan(before.Score.Point.Decimal), "it left: %v, %v", before.Score, now.Score)
		assert.True(t, now.Score.Point.IsPositive(), "and is not at zero")
	})
}

func TestMoscowTalksAtEarlierDates(t *testing.T) {
	before := moscow(t, "2025-12-08")
	assert.Empty(t, before["adani-defence"].Engagements, "nobody knew of the talks the day before the report")
	assert.Positive(t, before["adani-defence"].Inputs.Unknown, "and the claims left out are counted")
	listing := moscow(t, "2025-07-18")["nayara"]
	assert.Equal(t, sanctions.No, listing.Listed, "the day before the EU listing")
	assert.Equal(t, sanctions.No, moscow(t, "2023-11-16")["si2"].Listed, "the day before the Entity List")
	assert.Empty(t, moscow(t, "2016-01-01")["ssb"].Engagements)
}

func has(a assessment.Assessment, c sanctions.Condition) bool {
	return slices.ContainsFunc(a.Conditions, func(x assessment.Caveat) bool { return x.Condition == c })
}

func reached(a assessment.Assessment, authority string) bool {
	return slices.ContainsFunc(a.Authorities, func(r assessment.Reached) bool { return r.Authority == authority })
}
