package risk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// deliveries is one dealing a month, of these values.
func deliveries(values ...int) (rows []string) {
	for i, v := range values {
		rows = append(rows, fmt.Sprintf("engagement_id=d%d; root_source_id=r%d; kind=dual_use_supply; stage=completed; item_class=dual_use; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; date_from=2024-%02d-01; amount=%d; currency=USD", i, i, 1+i, v))
	}
	return rows
}

// A trend is told by most of its steps, and is not ended by one.
func TestTrend(t *testing.T) {
	for _, tc := range []struct {
		values []int
		grows  bool
		why    string
	}{
		{[]int{1000, 2000, 4000}, true, "each above the one before"},
		{[]int{1000, 2000}, false, "two are no trend"},
		{[]int{1000, 2000, 1900, 4000, 8000, 16000}, true, "one month that falls short"},
		{[]int{1000, 2000, 2000, 3000, 4000}, true, "one that is the same"},
		{[]int{1000, 1000, 1000, 1000, 1000, 90000}, false, "one large dealing"},
		{[]int{4000, 3000, 2000, 1000}, false, "it shrinks"},
		{[]int{1000, 3000, 2000}, false, "up and down"},
	} {
		a := assess(t, russia(), firm, claimed(t, deliveries(tc.values...)...))
		_, got := factors(a, "eo-14024")["14024-growing"]
		assert.Equal(t, tc.grows, got, "%v: %s", tc.values, tc.why)
	}
}

// What was "about then" may have been before the end that is told for a day soon
// after: only what is known to be later shows that it went on.
func TestAnExitSoonAfter(t *testing.T) {
	operating := "engagement_id=a; kind=goods_supply; stage=completed; item_class=electronics; direction=X→RU; date_from=2022-03-01; date_precision=approx"
	exit := "engagement_id=a; kind=goods_supply; stage=exited; direction=X→RU; date_from=2022-03-20; statement_by=Firm Private Limited; root_source_id=firm"
	assert.Equal(t, claims.Exited, assess(t, russia(), firm, claimed(t, operating, exit)).Engagements[0].Ended)
	later := assess(t, russia(), firm, claimed(t, operating+"; date_from=2022-09-01", exit))
	assert.Empty(t, later.Engagements[0].Ended, "it went on")
}

// An end that is denied is not told as a fact.
func TestADisputedExit(t *testing.T) {
	operating := "engagement_id=a; kind=energy_purchase; stage=operating; item_class=energy; direction=RU→X; counterparty_id=buyer; counterparty_basis=stated; date_from=2024-01-01; source_naming=document; source_reliability=A"
	exit := operating + "; stage=exited; date_from=2025-09-02; root_source_id=gazette"
	left := assess(t, russia(), firm, claimed(t, operating, exit))
	assert.Equal(t, tables.Confirmed, left.Engagements[0].EndedAs)
	assert.Contains(t, left.Reason, "energy purchase, exited")
	disputed := assess(t, russia(), firm, claimed(t, operating, exit, exit+"; claim_polarity=deny; statement_by=A registry; root_source_id=registry"))
	assert.Equal(t, tables.Disputed, disputed.Engagements[0].EndedAs)
	assert.Contains(t, disputed.Reason, "said to be exited (disputed)")
	assert.Equal(t, assess(t, russia(), firm, claimed(t, operating)).Score.High.String(), disputed.Score.High.String(), "it may go on")
}

// How a value is meant decides what is certain of it and what may be.
func TestAmountsAreMeantSomehow(t *testing.T) {
	row := "engagement_id=e; kind=arms_purchase; stage=completed; item_class=arms; direction=RU→X; counterparty_id=exporter; counterparty_basis=stated; source_naming=document; source_reliability=A; date_from=2025-01-01; currency=USD; amount="
	of := func(cells string) assessment.Score { return assess(t, russia(), firm, claimed(t, row+cells)).Score }
	exact, below := of("10000000"), of("9999999")
	assert.True(t, exact.Low.GreaterThan(below.Low.Decimal), "ten million is a threshold")
	assert.Equal(t, below.Low.String(), of("10000000; amount_qualifier=nearly").Low.String(), "nearly so much is less")
	assert.Equal(t, exact.High.String(), of("10000000; amount_qualifier=nearly").High.String())
	most := of("500000000000").High
	for _, open := range []string{"9000000; amount_qualifier=over", "9000000; amount_qualifier=at_least", "9000000; currency=INR"} {
		s := of(open)
		assert.Equal(t, most.String(), s.High.String(), "%s has no upper end", open)
		assert.True(t, s.Low.LessThanOrEqual(below.Low.Decimal), open)
	}
}

// What is known to the year may have been before the buyer was listed, or after.
func TestCoarseDates(t *testing.T) {
	row := supply + "; source_naming=document; source_reliability=A; stage=completed; date_to=; date_from="
	before, after := assess(t, russia(), firm, claimed(t, row+"2023-01-01")), assess(t, russia(), firm, claimed(t, row+"2023-12-31"))
	assert.True(t, after.Score.Low.GreaterThan(before.Score.Low.Decimal), "the buyer was listed in May")
	for _, cells := range []string{"2023-01-01; date_precision=year", "2023-01-01; date_to=2024-01-01; date_precision=year", "2023-05-01; date_precision=quarter", "2023-05-01; date_precision=month", "2023-05-10; date_precision=approx"} {
		a := assess(t, russia(), firm, claimed(t, row+cells))
		assert.True(t, a.Score.Low.LessThan(after.Score.Low.Decimal), "%s: %v, certain %v", cells, a.Score, after.Score)
		assert.True(t, a.Score.High.GreaterThanOrEqual(after.Score.High.Decimal), "%s: %v, possible %v", cells, a.Score, after.Score)
		assert.False(t, a.Engagements[0].Accounts[0].Earliest.IsZero())
	}
}

// A dealing of no stated kind was one of some kind.
func TestAKindThatNobodyStates(t *testing.T) {
	a := assess(t, russia(), firm, claimed(t, "engagement_id=e; kind=; stage=completed; item_class=arms; direction=RU→X; counterparty_id=exporter; counterparty_basis=stated; date_from=2025-01-01; source_naming=document; source_reliability=A"))
	assert.Equal(t, assessment.FindingExposed, a.Finding)
	assert.Equal(t, "severe", a.Grade.High)
}

// A value that another source tells does not close what the first leaves open: what it
// speaks of may have been worth more.
func TestAValueOfOthersLeavesABlankOpen(t *testing.T) {
	venture := "engagement_id=e1; kind=joint_venture; item_class=dual_use; date_from=2018-03-01; source_naming=named; source_reliability=A; info_credibility=1; root_source_id=r1"
	small := "engagement_id=e1; kind=joint_venture; date_from=2016-05-01; amount=100000; currency=USD; root_source_id=independent"
	of := func(rows ...string) string {
		return authority(assess(t, russia(), firm, claimed(t, rows...)), "caatsa-233").Score.High.String()
	}
	assert.NotEqual(t, "0", of(venture), "nobody tells the value: it may reach the threshold")
	assert.Equal(t, of(venture), of(venture, small))
}

// What another source adds to the words that complete a dealing does not close them: a
// purchase of no stage, of which the talks on it say that it operates, may be going on in
// goods that nobody names.
func TestAStageOfOthersLeavesBlanksOpen(t *testing.T) {
	talks := "engagement_id=e1; kind=meeting; stage=operating; root_source_id=r1"
	purchase := "engagement_id=e1; kind=arms_purchase; date_from=2016-05-01; amount=100000; root_source_id=r1"
	civilian := "engagement_id=e1; kind=meeting; item_class=civilian; root_source_id=independent"
	of := func(rows ...string) string {
		return authority(assess(t, russia(), firm, claimed(t, rows...)), "caatsa-231").Score.High.String()
	}
	assert.Equal(t, "0", of(purchase), "before there was such a law, for all that is told")
	assert.Equal(t, of(talks, strings.Replace(purchase, "arms_purchase", "arms_purchase; stage=operating", 1)), of(talks, purchase), "it may operate")
	assert.Equal(t, of(talks, purchase), of(talks, purchase, civilian))
}

// Goods whose codes nobody tells may be other than those that a licence names: it lessens
// what is certain, and not the high score.
func TestALicenceOfCodes(t *testing.T) {
	is := func(fact, test string) tables.Condition { return tables.Condition{Fact: fact, Test: test} }
	row := func(id string, role tables.Role, points int64, when ...tables.Condition) tables.Rule {
		return tables.Rule{ID: id, Scope: tables.ScopeEngagement, Authority: "eo-14024", Nature: tables.Discretionary, Role: role, When: when,
			Points: decimal.NewNullDecimal(decimal.New(points, 0)), Effective: sanctions.Period{From: sanctions.MustParseDate("2022-02-24")}, Citation: "law", Why: "reason"}
	}
	set := rules.Baseline().Tables()
	set.Rules = []tables.Rule{
		row("trade", tables.Basis, 40, is("kind", "payment|services")),
		row("licence", tables.Mitigating, -30, is("kind", "payment"), is("item_class", "energy"), is("hs6", "270900|unknown")),
	}
	rs, err := risk.Compile(set)
	require.NoError(t, err)
	of := func(cells string) string {
		a, err := risk.NewScorer(rs, russia()).Assess(risk.NewSubject(firm, claimed(t, "stage=completed; item_class=energy; date_from=2025-01-01; source_naming=document; source_reliability=A; "+cells)), today)
		require.NoError(t, err)
		s := authority(a, "eo-14024").Score
		return s.Point.String() + " to " + s.High.String()
	}
	assert.Equal(t, "10 to 10", of("kind=payment; hs6=270900"))
	assert.Equal(t, "10 to 40", of("kind=payment"), "the codes are not told")
	assert.Equal(t, "40 to 40", of("kind=payment; hs6=100199"))
	assert.Equal(t, "40 to 40", of("kind=services"))
}

// A value meets a threshold when it reaches it, and not before: no part of a cent, of a
// rupee or of "nearly" is rounded up to it.
func TestValuesAtTheirThresholds(t *testing.T) {
	rates, err := claims.ReadRates(strings.NewReader("currency,usd,effective_from,effective_to,citation\nINR,0.01,2024-01-01,2025-01-01,the caller's\n"), "rates.csv")
	require.NoError(t, err)
	const million, none = "231-amount-1000000", ""
	for _, tc := range []struct{ amount, low, high, why string }{
		{"1000000; currency=USD", million, million, "on the edge"},
		{"999999.99; currency=USD", none, none, "a cent short"},
		{"999999.995; currency=USD", none, none, "half a cent short"},
		{"999999.999999; currency=USD", none, none, "a millionth short"},
		{"100000000; currency=INR", million, million, "on the edge at the rate"},
		{"99999999.6; currency=INR", none, none, "999,999.996 dollars"},
		{"1000000; currency=USD; amount_qualifier=nearly", none, million, "nearly is less, and may be all but it"},
		{"1000000; currency=USD; amount_qualifier=about", none, million, "about so much may be less"},
		{"1000001; currency=USD; amount_qualifier=about", million, million, "about more"},
		{"1000000; currency=USD; amount_qualifier=over", million, "231-amount-1000000000", "over has no end"},
		{"1000000; currency=USD; amount_qualifier=at_least", million, "231-amount-1000000000", "nor has at least"},
		{"999999; currency=USD; amount_qualifier=over", none, "231-amount-1000000000", "over less than the edge may be anything"},
		{"1000000; currency=USD; amount_qualifier=target", none, none, "a target is no value"},
		{"100000000; currency=INR; date_from=2025-01-01; date_to=2025-01-01", none, "231-amount-1000000000", "a day without rate: unknown, and open upwards"},
		{"999999999999999999; currency=INR", "231-amount-1000000000", "231-amount-1000000000", "more than a count holds is the most"},
	} {
		row := "kind=arms_purchase; stage=completed; item_class=arms; direction=RU→X; counterparty_id=exporter; counterparty_basis=stated; source_naming=document; source_reliability=A; date_from=2024-05-04; date_to=2024-05-04; amount=" + tc.amount
		a, err := risk.NewScorer(rules.Baseline(), russia(), risk.WithRates(rates)).Assess(risk.NewSubject(firm, claimed(t, row)), today)
		require.NoError(t, err)
		low, high := none, none
		for _, r := range a.Authorities {
			for _, f := range r.Factors {
				if r.Authority != "caatsa-231" || !strings.HasPrefix(f.Rule, "231-amount-") {
					continue
				}
				if f.Points.Low.IsPositive() {
					low = f.Rule
				}
				if f.Points.High.IsPositive() && len(f.Rule) >= len(high) {
					high = f.Rule
				}
			}
		}
		assert.Equal(t, []string{tc.low, tc.high}, []string{low, high}, "%s: %s", tc.amount, tc.why)
	}
}
