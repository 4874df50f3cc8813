package risk_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// licensed is a rule set of one power and three licences: one that leaves ten points of
// any purchase, one that overlaps it in June 2024 and lifts oil bought from persons under
// one programme, and one for services that was revoked two weeks after it was issued.
func licensed(t *testing.T) *risk.Ruleset {
	t.Helper()
	is := func(fact, test string) tables.Condition { return tables.Condition{Fact: fact, Test: test} }
	row := func(id string, role tables.Role, points, cap int64, from, to string, when ...tables.Condition) tables.Rule {
		r := tables.Rule{ID: id, Scope: tables.ScopeEngagement, Authority: "eo-14024", Nature: tables.Discretionary, Role: role, When: when, Citation: "law", Why: "reason",
			Effective: sanctions.Period{From: sanctions.MustParseDate(from)}}
		if to != "" {
			r.Effective.To = sanctions.MustParseDate(to)
		}
		if points > 0 {
			r.Points = decimal.NewNullDecimal(decimal.New(points, 0))
		} else {
			r.Cap = decimal.NewNullDecimal(decimal.New(cap, 0))
		}
		return r
	}
	set := rules.Baseline().Tables()
	set.Rules = []tables.Rule{
		row("trade", tables.Basis, 40, 0, "2022-02-24", "", is("kind", "goods_purchase|services")),
		row("purchases", tables.Mitigating, 0, 10, "2024-01-01", "2024-07-01", is("kind", "goods_purchase")),
		row("oil", tables.Mitigating, 0, 0, "2024-06-01", "2024-09-01", is("kind", "goods_purchase"), is("hs6", "only 270900|271019"), is("cp_programme", "RUSSIA-EO14024")),
		row("revoked", tables.Mitigating, 0, 0, "2024-03-01", "2024-03-15", is("kind", "services")),
	}
	rs, err := risk.Compile(set)
	require.NoError(t, err)
	return rs
}

// A licence lifts a dealing that began while it was in force, from its first day to its
// last, and nothing that began before, after, or on a day that nobody tells; for the
// goods, the other side and the authority that it names.
func TestLicences(t *testing.T) {
	rs := licensed(t)
	const bought, served = "kind=goods_purchase; item_class=energy; hs6=270900; counterparty_id=buyer; counterparty_basis=stated; ", "kind=services; counterparty_id=buyer; counterparty_basis=stated; "
	for _, tc := range []struct {
		cells          string
		low, high, why string
		lifts          []string
	}{
		{bought + "date_from=2023-12-31; date_to=2024-01-02", "40", "40", "it began the day before, and ends inside", nil},
		{bought + "date_from=2024-01-01; date_to=2024-01-01", "10", "10", "the first day", []string{"purchases"}},
		{bought + "date_from=2024-01-01; date_to=2024-12-01", "10", "10", "how long it may last is a condition, which this one has not", []string{"purchases"}},
		{bought + "date_from=2024-05-31; date_to=2024-05-31", "10", "10", "the day before the second", []string{"purchases"}},
		{bought + "date_from=2024-06-01; date_to=2024-06-01", "0", "0", "under both the lower cap counts", []string{"oil"}},
		{bought + "date_from=2024-06-30; date_to=2024-06-30", "0", "0", "the last day of the first", []string{"oil"}},
		{bought + "date_from=2024-08-31; date_to=2024-08-31", "0", "0", "the last day of the second", []string{"oil"}},
		{bought + "date_from=2024-09-01; date_to=2024-09-01", "40", "40", "the day after", nil},
		{bought + "statement_date=2024-06-15", "40", "40", "told inside, on a day that nobody tells", nil},
		{bought + "stage=completed", "40", "40", "no day at all", nil},
		{bought + "date_to=2024-06-15", "40", "40", "nobody tells when it began", nil},
		{bought + "date_from=2024-07-01; date_to=2024-08-01; date_precision=month", "0", "0", "some day of July", []string{"oil"}},
		{bought + "date_from=2024-08-01; date_to=2024-10-01; date_precision=quarter", "40", "40", "some day of the quarter, September perhaps", nil},
		{bought + "date_from=2024-08-20; date_to=2024-08-20; date_precision=approx", "40", "40", "about the twentieth, September perhaps", nil},
		{bought + "date_from=2024-06-15; date_to=2024-06-15; counterparty_id=eu-buyer", "10", "10", "bought from another", []string{"purchases"}},
		{bought + "date_from=2024-06-15; date_to=2024-06-15; counterparty_id=exporter; counterparty_basis=inferred", "10", "10", "a seller who is inferred is not certainly the one named", []string{"purchases"}},
		{bought + "date_from=2024-08-15; date_to=2024-08-15; hs6=271111", "40", "40", "gas", nil},
		{bought + "date_from=2024-08-15; date_to=2024-08-15; hs6=270900;271111", "40", "40", "crude and gas in one dealing: of the gas nothing is licensed", nil},
		{bought + "date_from=2024-08-15; date_to=2024-08-15; hs6=270900;271019", "0", "0", "crude and a product, both named", []string{"oil"}},
		{bought + "date_from=2024-08-15; date_to=2024-08-15; hs6=", "40", "40", "goods of no code", nil},
		{served + "date_from=2024-03-14; date_to=2024-03-14", "0", "0", "begun on the last day before it was revoked", []string{"revoked"}},
		{served + "date_from=2024-03-15; date_to=2024-03-15", "40", "40", "revoked that day", nil},
		{served + "date_from=2024-06-15; date_to=2024-06-15", "40", "40", "of the others none is for services", nil},
	} {
		t.Run(tc.why, func(t *testing.T) {
			a, err := risk.NewScorer(rs, russia()).Assess(risk.NewSubject(firm, claimed(t, "stage=completed; direction=RU→X; source_naming=document; source_reliability=A; "+tc.cells)), today)
			require.NoError(t, err)
			sums(t, &a)
			r := authority(a, "eo-14024")
			assert.Equal(t, []string{tc.low, tc.high}, []string{r.Score.Low.String(), r.Score.High.String()})
			assert.Equal(t, tc.lifts, r.Mitigating)
			assert.Equal(t, tc.low == "0", !a.Score.Point.IsPositive())
			assert.Len(t, a.Engagements, 1, "what is lifted is shown all the same")
		})
	}
}

// Of two dealings a licence lifts its own, and both are shown: what it took away is a
// line of its own, with the licence's citation.
func TestALicenceLiftsItsOwnDealing(t *testing.T) {
	row := "stage=completed; kind=goods_purchase; item_class=energy; hs6=270900; direction=RU→X; counterparty_id=buyer; counterparty_basis=stated; source_naming=document; source_reliability=A; "
	a, err := risk.NewScorer(licensed(t), russia()).Assess(risk.NewSubject(firm, claimed(t,
		row+"engagement_id=in; date_from=2024-08-01; date_to=2024-08-01", row+"engagement_id=out; date_from=2024-10-01; date_to=2024-10-01; root_source_id=other")), today)
	require.NoError(t, err)
	sums(t, &a)
	r := authority(a, "eo-14024")
	assert.Equal(t, "40", r.Score.Point.String())
	assert.Len(t, a.Engagements, 2)
	took := map[string]string{}
	for _, f := range r.Factors {
		if f.Step == assessment.StepCap {
			took[f.Engagement+" "+f.Rule+" "+f.Citation] = f.Points.High.String()
		}
	}
	assert.Equal(t, map[string]string{"in oil law": "-40"}, took)
}

// A licence that has not begun on the day of the assessment lifts nothing yet, though the
// dealing that is announced would lie in it; nor does a rule of that day give points.
func TestWhatBeginsLaterIsNotInForce(t *testing.T) {
	rs := licensed(t)
	assess := func(on, cells string) assessment.Reached {
		a, err := risk.NewScorer(rs, russia()).Assess(risk.NewSubject(firm, claimed(t,
			"stage=signed; kind=goods_purchase; item_class=energy; hs6=270900; direction=RU→X; counterparty_id=buyer; counterparty_basis=stated; source_naming=document; source_reliability=A; "+cells)), sanctions.MustParseDate(on))
		require.NoError(t, err)
		sums(t, &a)
		return authority(a, "eo-14024")
	}
	const announced = "date_from=2024-02-01; date_to=2024-02-10; statement_date=2023-12-20"
	before, after := assess("2023-12-31", announced), assess("2024-01-01", announced)
	assert.Equal(t, "40", before.Score.Point.String(), "the licence of January is not known in December")
	assert.Empty(t, before.Mitigating)
	assert.Equal(t, "10", after.Score.Point.String())
	assert.Equal(t, []string{"purchases"}, after.Mitigating)

	none := assess("2022-02-23", "date_from=2022-03-01; date_to=2022-03-10; statement_date=2022-02-01")
	assert.Equal(t, "0", none.Score.High.String(), "the power begins a day after the assessment")
}

// A dealing of a day that nobody tells is asked about under the law of the day of the
// assessment; in the high score as of each day on which it may have been, of which the
// gravest counts and no two together.
func TestADealingOfNoDayIsUnderOneLaw(t *testing.T) {
	set := rules.Baseline().Tables()
	row := func(id string, points int64, from, to string) tables.Rule {
		r := tables.Rule{ID: id, Scope: tables.ScopeEngagement, Authority: "eo-14024", Nature: tables.Discretionary, Role: tables.Basis, Citation: "law", Why: "reason",
			When: []tables.Condition{{Fact: "kind", Test: "goods_purchase"}}, Points: decimal.NewNullDecimal(decimal.New(points, 0)), Effective: sanctions.Period{From: sanctions.MustParseDate(from)}}
		if to != "" {
			r.Effective.To = sanctions.MustParseDate(to)
		}
		return r
	}
	set.Rules = []tables.Rule{row("first", 20, "2014-01-01", "2018-01-01"), row("second", 60, "2018-01-01", "2022-01-01"), row("third", 30, "2022-01-01", "")}
	rs, err := risk.Compile(set)
	require.NoError(t, err)
	for _, tc := range []struct{ on, cells, want, why string }{
		{"2013-06-01", "", "0 0 0", "before there was a law"},
		{"2016-06-01", "", "20 20 20", "the first is the law, and no other was yet"},
		{"2020-06-01", "", "60 60 60", "the second is graver than the first was"},
		{"2024-06-01", "", "30 30 60", "the third is the law; it may have been under the second"},
		{"2024-06-01", "; as_known_at=2020-06-01", "60 60 60", "the day on which it was told stands for that of the dealing"},
		{"2024-06-01", "; date_from=2016-01-01; date_to=2016-03-01", "20 20 20", "a day that is told"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			a, err := risk.NewScorer(rs, russia()).Assess(risk.NewSubject(firm, claimed(t,
				"stage=completed; kind=goods_purchase; item_class=civilian; direction=RU→X; counterparty_id=buyer; counterparty_basis=stated; source_naming=document; source_reliability=A; info_credibility=1"+tc.cells)), sanctions.MustParseDate(tc.on))
			require.NoError(t, err)
			sums(t, &a)
			s := authority(a, "eo-14024").Score
			assert.Equal(t, tc.want, s.Low.String()+" "+s.Point.String()+" "+s.High.String())
		})
	}
}
