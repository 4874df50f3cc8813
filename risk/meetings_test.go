package risk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
)

// changing is a desk that says through which days its standings hold.
type changing struct{ *desk }

func (c changing) Screen(p sanctions.Party, asOf sanctions.Date) (sanctions.Standing, error) {
	var turns []sanctions.Date
	for _, x := range c.parties[p.ID] {
		turns = append(turns, x.Period.From, x.Period.To)
	}
	st, err := c.desk.Screen(p, asOf)
	st.Holds = sanctions.Steady(asOf, turns...)
	return st, err
}

// A dealing of years was one with whoever was listed for a time in them.
func TestListingsWithinADealing(t *testing.T) {
	day := func(s string) sanctions.Date { return sanctions.MustParseDate(s) }
	listed := func(list, from, to string) sanctions.Designation {
		return sanctions.Designation{Authority: authorityOf(list), List: list, Entry: from, Programmes: []string{"RUSSIA-EO14024"},
			Measures: []sanctions.Measure{sanctions.Blocking}, Period: sanctions.Period{From: day(from), To: day(to)}}
	}
	row := "engagement_id=e; kind=dual_use_supply; item_class=dual_use; direction=X→RU; counterparty_id=plant; counterparty_basis=stated; source_naming=document; source_reliability=A; info_credibility=1; "
	years := "date_from=2021-06-01; date_to=2025-01-01; stage=operating"
	ofac := listed("us-ofac-sdn", "2022-03-01", "2023-04-01")
	for _, c := range []struct {
		cells       string
		lists       []sanctions.Designation
		point, high bool     // counts there as a dealing with a blocked person
		during      []string // the days as of which it is shown
		why         string
	}{
		{years, nil, false, false, nil, "never listed"},
		{years, []sanctions.Designation{ofac}, true, true, []string{"2023-03-31"}, "began and ended within"},
		{years, []sanctions.Designation{listed("us-ofac-sdn", "2021-05-01", "2023-04-01")}, true, true, []string{"2023-03-31"}, "began before and ended within"},
		{years, []sanctions.Designation{listed("us-ofac-sdn", "2021-05-01", "2021-06-02")}, true, true, []string{"2021-06-01"}, "its last day was the first of the dealing"},
		{years, []sanctions.Designation{listed("us-ofac-sdn", "2021-05-01", "2021-06-01")}, false, false, nil, "delisted on the first day"},
		{years, []sanctions.Designation{listed("us-ofac-sdn", "2025-01-01", "2025-02-01")}, false, false, nil, "began on the day after the last, and ended"},
		{years, []sanctions.Designation{ofac, listed("eu-fsf", "2023-04-01", "2024-04-01")}, true, true, []string{"2023-03-31", "2024-03-31"}, "one ended on the day on which the other began"},
		{"date_from=2021-06-01; date_to=2025-01-01; stage=signed", []sanctions.Designation{ofac}, false, true, []string{"2023-03-31"}, "a contract of some day of those years"},
		{"date_from=2022-01-01; date_precision=year; stage=completed", []sanctions.Designation{listed("us-ofac-sdn", "2022-03-01", "2022-05-01")}, false, true, []string{"2022-04-30"}, "on some day of the year"},
		{"date_from=2021-06-01; stage=operating", []sanctions.Designation{ofac}, true, true, []string{"2023-03-31"}, "goes on to the day of the assessment"},
		{"date_from=2021-06-01; date_to=2021-06-02; stage=completed", []sanctions.Designation{ofac}, false, false, nil, "over before the listing"},
		{years + "; counterparty_basis=inferred", []sanctions.Designation{ofac}, false, true, []string{"2023-03-31"}, "an inferred other side counts in High"},
	} {
		desk := &desk{}
		for _, d := range c.lists {
			desk.list("plant", d)
		}
		assessed := func(s risk.Screener) (point, high bool, during []string) {
			a, err := risk.NewScorer(rules.Baseline(), s).Assess(risk.NewSubject(firm, claimed(t, row+c.cells)), today)
			require.NoError(t, err)
			for _, r := range a.Authorities {
				for _, f := range r.Factors {
					for _, h := range f.Facts {
						if h.Fact == "cp_us" && h.Value == "blocking" {
							point, high = point || !f.Points.Point.IsZero(), high || !f.Points.High.IsZero()
						}
					}
				}
			}
			for _, st := range a.Engagements[0].Accounts[0].Counterparty.During {
				during = append(during, st.AsOf.String())
			}
			return point, high, during
		}
		point, high, during := assessed(changing{desk})
		assert.Equal(t, c.point, point, "%s: point", c.why)
		assert.Equal(t, c.high, high, "%s: high", c.why)
		assert.Equal(t, c.during, during, c.why)
		_, high, during = assessed(desk) // that says nothing of other days
		assert.False(t, high, c.why)
		assert.Empty(t, during, c.why)
	}
}

// A listing within a dealing that comes to be known is what a difference points at.
func TestDiffNamesTheListingWithinADealing(t *testing.T) {
	assessed := func(listings ...sanctions.Designation) *assessment.Assessment {
		desk := &desk{}
		for _, d := range listings {
			desk.list("plant", d)
		}
		a, err := risk.NewScorer(rules.Baseline(), changing{desk}).Assess(risk.NewSubject(firm, claimed(t,
			"engagement_id=e; kind=dual_use_supply; item_class=dual_use; direction=X→RU; counterparty_id=plant; counterparty_basis=stated; source_naming=document; date_from=2021-06-01; date_to=2025-01-01; stage=operating")), today)
		require.NoError(t, err)
		return &a
	}
	within := sanctions.Designation{Authority: sanctions.AuthorityEU, List: "eu-fsf", Entry: "7", Measures: []sanctions.Measure{sanctions.Blocking},
		Period: sanctions.Period{From: sanctions.MustParseDate("2022-03-01"), To: sanctions.MustParseDate("2023-04-01")}}
	none, one := assessed(), assessed(within)
	for _, c := range []struct {
		before, after *assessment.Assessment
		want          string
	}{{none, one, "listed: eu-fsf 7 (blocking, yes)"}, {one, none, "no longer listed: eu-fsf 7 (blocking, yes)"}} {
		d := assessment.Diff(c.before, c.after)
		require.NotEmpty(t, d.Causes)
		assert.Equal(t, c.want, d.Causes[0].Text)
		assert.Equal(t, "e", d.Causes[0].Engagement)
	}
	assert.Empty(t, assessment.Diff(one, one).Causes)
}
