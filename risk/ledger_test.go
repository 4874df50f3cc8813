package risk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// askable are facts of each type, with values that conditions tell apart.
var askable = map[string][]string{
	"kind":        {"meeting", "arms_purchase", "dual_use_supply", "goods_supply"},
	"stage":       {"discussed", "signed", "completed"},
	"cp_us":       {"blocking", "specified_person", "sectoral_directive", "none"},
	"amount_usd":  {"1", "2.999999", "3", "3.000001", "5"},
	"age_days":    {"0", "2", "3", "4"},
	"lasted_days": {"2", "3", "4"},
	"hs6":         {"854231", "880730", "none"},
	"cp_country":  {"RU", "BY", "IR"},
}

var askableFacts = []string{"kind", "stage", "cp_us", "amount_usd", "age_days", "lasted_days", "hs6", "cp_country"}

func anyCondition(r *rapid.T) tables.Condition {
	fact := rapid.SampledFrom(askableFacts).Draw(r, "fact")
	switch fact {
	case "amount_usd", "age_days", "lasted_days":
		return tables.Condition{Fact: fact, Test: rapid.SampledFrom([]string{"3", "=3", ">3", ">=3", "<3", "<=3", "[2..3)", "(2..3]", "[3..5]", "(3..5)"}).Draw(r, "test")}
	}
	values := rapid.SliceOfNDistinct(rapid.SampledFrom(askable[fact]), 1, 2, rapid.ID).Draw(r, "values")
	test := strings.Join(values, "|")
	switch rapid.IntRange(0, 4).Draw(r, "how") {
	case 0:
		test = "!" + test
	case 1:
		test += "|unknown"
	case 2:
		test = "only " + test + rapid.SampledFrom([]string{"", "|unknown"}).Draw(r, "or unknown")
	}
	return tables.Condition{Fact: fact, Test: test}
}

func someFacts(r *rapid.T) (f risk.Facts) {
	for _, fact := range askableFacts {
		values := askable[fact]
		n := 1
		if !strings.Contains(fact, "_days") && fact != "amount_usd" {
			n = 2
		}
		value := strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(values), 0, n, rapid.ID).Draw(r, fact), "|")
		if fact == "hs6" && strings.Contains(value, "|none") || strings.Contains(value, "none|") {
			value = "none"
		}
		if err := f.Set(fact, value); err != nil {
			panic(err) // the values are of the catalogue
		}
	}
	if err := f.Set("own_statement", "yes"); err != nil {
		panic(err)
	}
	return f
}

var days = []string{"", "2019-12-31", "2020-01-01", "2021-06-01", "2022-12-31", "2023-01-01"}

func anyRules(r *rapid.T) []tables.Rule {
	authorities := rules.Baseline().Tables().Authorities[:3]
	out := make([]tables.Rule, rapid.IntRange(1, 90).Draw(r, "rules")) // more than one word of bits
	for i := range out {
		a := rapid.SampledFrom(authorities).Draw(r, "authority")
		role := rapid.SampledFrom([]tables.Role{tables.Basis, tables.Basis, tables.Aggravating, tables.Mitigating}).Draw(r, "role")
		points := int64(1)
		if role == tables.Mitigating {
			points = -1
		}
		out[i] = tables.Rule{ID: fmt.Sprintf("rule-%02d", i), Scope: tables.ScopeEngagement, Authority: a.ID, Nature: a.Nature, Role: role,
			When:      rapid.SliceOfN(rapid.Custom(anyCondition), 1, 3).Draw(r, "when"),
			Points:    decimal.NullDecimal{Decimal: decimal.New(points, -2), Valid: true},
			Effective: sanctions.Period{From: sanctions.MustParseDate("2020-01-01")}, Citation: "law", Why: "reason"}
		if rapid.Bool().Draw(r, "ends") {
			out[i].Effective.To = sanctions.MustParseDate("2023-01-01")
		}
	}
	return out
}

// All rules asked at once answer as each condition of each asked by itself, and each
// rule for its dates: certain is what holds of what is certain, and high what holds of
// either, where a value that nobody tells keeps no basis from holding and what
// mitigates must hold of both.
func TestRulesAnswerAsTheirConditions(t *testing.T) {
	set := rules.Baseline().Tables()
	rapid.Check(t, func(r *rapid.T) {
		set.Rules = anyRules(r)
		rs, err := risk.Compile(set)
		require.NoError(r, err)
		m := &risk.Matter{AsOf: today, Dealings: []risk.Dealing{{ID: "e1", Facts: someFacts(r)}}}
		m.AsOf = sanctions.MustParseDate(rapid.SampledFrom([]string{"2019-12-31", "2020-01-01", "2024-01-01"}).Draw(r, "as of"))
		d := &m.Dealings[0]
		possible := d.Facts
		if rapid.Bool().Draw(r, "may be otherwise") {
			possible = someFacts(r)
			d.Possible = &possible
		}
		d.From = sanctions.MustParseDate(rapid.SampledFrom(days).Draw(r, "from"))
		d.Last = sanctions.MustParseDate(rapid.SampledFrom(days).Draw(r, "last"))

		type firing struct{ sure, high bool }
		want, basis, bySure := map[string]firing{}, map[string]bool{}, map[string]bool{}
		for _, rule := range set.Rules {
			if !risk.Applies(&rule, d.From, d.Last, m.AsOf) {
				continue
			}
			sure, high, untold := true, true, true
			for _, c := range rule.When {
				a, err := d.Facts.Meets(c)
				require.NoError(r, err)
				sure = sure && a == sanctions.Yes
				b, err := possible.Meets(c)
				require.NoError(r, err)
				high = high && b == sanctions.Yes
				untold = untold && (b == sanctions.Yes || b == sanctions.Unknown && c.Fact == "amount_usd")
			}
			f := firing{sure, sure || high}
			switch rule.Role {
			case tables.Basis:
				f.high = f.high || untold
				basis[rule.Authority], bySure[rule.Authority] = basis[rule.Authority] || f.high, bySure[rule.Authority] || f.sure
			case tables.Mitigating:
				f.high = sure && high
			}
			want[rule.ID] = f
		}
		for _, rule := range set.Rules {
			f := want[rule.ID]
			f.sure = f.sure && bySure[rule.Authority]
			if want[rule.ID] = f; !basis[rule.Authority] || f == (firing{}) {
				delete(want, rule.ID)
			}
		}
		got := map[string]firing{}
		for _, a := range rs.Explain(m).Authorities {
			for _, f := range a.Factors {
				if f.Step == assessment.StepRule {
					got[f.Rule] = firing{!f.Points.Point.IsZero(), !f.Points.High.IsZero()}
				}
			}
		}
		require.Equal(r, want, got)
		require.True(r, slices.IsSorted(rs.Outcome(m).Fired))
	})
}
