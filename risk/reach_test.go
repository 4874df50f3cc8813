package risk_test

import (
	"fmt"
	"slices"
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

// authority is one authority's part of an assessment; the zero Reached if it is not
// reached.
func authority(a assessment.Assessment, id string) assessment.Reached {
	for _, r := range a.Authorities {
		if r.Authority == id {
			return r
		}
	}
	return assessment.Reached{}
}

// designated lists a party under programmes, or under none that is stated.
func designated(d *desk, id string, by sanctions.Authority, measure sanctions.Measure, programmes ...string) *desk {
	d.list(id, sanctions.Designation{Authority: by, List: string(by), Entry: id, Programmes: programmes, Measures: []sanctions.Measure{measure}})
	return d
}

// ownedBy makes a party one that somebody owns for certain, with the stake shown.
func ownedBy(d *desk, id, owner string) *desk {
	return with(d, id, sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Owned, Share: share("60"),
		Proof: []sanctions.Stake{{OwnerID: owner, OwnedID: id, Kind: "shares", Share: share("60"), Why: "owner is listed"}}})
}

const official = "; source_naming=document; source_reliability=A; info_credibility=1; engagement_id=deal; date_from=2025-03-01"

// Somebody whom the United States list over another country is no Russian, nor is
// what he owns; whom they list over Russia makes what he owns one.
func TestWhoseTheOtherSideIs(t *testing.T) {
	row := "kind=goods_supply; stage=completed; item_class=dual_use; direction=none; counterparty_id=daughter; counterparty_basis=stated" + official
	for _, tc := range []struct {
		programme     string
		support, e228 bool
	}{
		{"IRAN", false, false},
		{"RUSSIA-EO14024", true, false},
		{"UKRAINE-EO13661", false, true},
	} {
		d := ownedBy(designated(&desk{}, "mother", sanctions.AuthorityOFAC, sanctions.Blocking, tc.programme), "daughter", "mother")
		a := assess(t, d, firm, claimed(t, row))
		assert.Equal(t, tc.support, factors(a, "eo-14024")["14024-support-owned"] != "", "%s: support of a person blocked under E.O. 14024", tc.programme)
		assert.Equal(t, tc.e228, factors(a, "caatsa-228")["228-supply-owned"] != "", "%s: facilitation for a person under a covered order", tc.programme)
		if tc.programme == "IRAN" {
			assert.True(t, a.Score.High.IsZero(), "not even in the high score: %v %s", a.Score, a.Strongest)
		}
	}
}

// A party of whom nobody says whether it is Russian counts as one in the high score
// only; a source that says that the goods went to Russia says it of the buyer.
func TestUnknownNexusIsNotCertain(t *testing.T) {
	d := designated(&desk{}, "frozen", sanctions.AuthorityEU, sanctions.Blocking)
	row := "kind=services; stage=completed; item_class=services; counterparty_id=frozen; counterparty_basis=stated" + official
	unknown := authority(assess(t, d, firm, claimed(t, row+"; direction=none")), "eu-269")
	assert.True(t, unknown.Score.Point.IsZero() && unknown.Score.High.IsPositive(), "%v", unknown.Score)
	told := authority(assess(t, d, firm, claimed(t, row+"; direction=X→RU")), "eu-269")
	assert.True(t, told.Score.Low.IsPositive(), "%v", told.Score)
}

// Section 228 asks for persons sanctioned under the orders that OFAC's FAQ 546
// names; E.O. 14024 is not one of them, and whom it blocks is an indicator there.
func TestCoveredOrders(t *testing.T) {
	row := "kind=dual_use_supply; stage=completed; item_class=dual_use; direction=X→RU; counterparty_id=buyer-3; counterparty_basis=stated; amount=50000000; currency=USD" + official
	at := func(measure sanctions.Measure, programmes ...string) assessment.Reached {
		return authority(assess(t, designated(&desk{}, "buyer-3", sanctions.AuthorityOFAC, measure, programmes...), firm, claimed(t, row)), "caatsa-228")
	}
	covered, only := at(sanctions.Blocking, "UKRAINE-EO13661"), at(sanctions.Blocking, "RUSSIA-EO14024")
	assert.Equal(t, tables.Strong, covered.Reach)
	assert.Equal(t, tables.Indicator, only.Reach, "mandatory blocking is not plausible for it")
	assert.True(t, only.Score.High.LessThanOrEqual(points("10")), "%v", only.Score)
	assert.Equal(t, covered.Score, at(sanctions.Blocking, "RUSSIA-EO14024", "UKRAINE-EO13661").Score, "one covered order is enough")
	sectoral := at(sanctions.SectoralDirective, "UKRAINE-EO13662")
	assert.True(t, sectoral.Score.Point.IsPositive() && sectoral.Score.Point.LessThan(covered.Score.Point.Decimal), "FAQ 545: significant only with deceptive practices: %v", sectoral.Score)
}

// A licence lifts what rests on the same transaction under other U.S. authorities,
// inside its dates and for its goods, and nothing of other states'.
func TestLicenceReachesWhatRestsOnIt(t *testing.T) {
	d := designated(designated(&desk{}, "seller", sanctions.AuthorityOFAC, sanctions.Blocking, "RUSSIA-EO14024", "UKRAINE-EO13662"), "seller", sanctions.AuthorityUK, sanctions.Blocking)
	bank := firm
	bank.FinancialInstitution = sanctions.Yes
	row := "kind=%s; stage=completed; item_class=energy; hs6=%s; direction=RU→X; counterparty_id=seller; counterparty_basis=stated; source_naming=document; source_reliability=A; date_from=%[3]s; date_to=%[3]s"
	at := func(f claims.Firm, kind, hs6, day string) assessment.Assessment {
		a, err := risk.NewScorer(rules.Baseline(), d).Assess(risk.NewSubject(f, claimed(t, fmt.Sprintf(row, kind, hs6, day))), sanctions.MustParseDate("2026-06-01"))
		require.NoError(t, err)
		return a
	}
	for _, kind := range []string{"shipping", "payment"} {
		in, out := at(firm, kind, "270900", "2026-03-03"), at(firm, kind, "270900", "2026-04-03")
		for _, id := range []string{"eo-14024", "caatsa-228"} {
			assert.True(t, authority(in, id).Score.High.IsZero(), "%s, %s, inside: %v", kind, id, authority(in, id).Score)
			assert.True(t, authority(out, id).Score.Low.IsPositive(), "%s, %s, after: %v", kind, id, authority(out, id).Score)
		}
		assert.True(t, authority(in, "uk-russia").Score.Low.IsPositive(), "the licence is the United States'")
	}
	assert.True(t, authority(at(bank, "payment", "270900", "2026-03-03"), "caatsa-226").Score.High.IsZero())
	assert.True(t, authority(at(firm, "shipping", "270112", "2026-03-03"), "eo-14024").Score.Low.IsPositive(), "coal is no oil")
	blank := authority(at(firm, "shipping", "", "2026-03-03"), "eo-14024").Score
	assert.True(t, blank.Low.IsZero() && blank.High.IsPositive(), "energy without a code may be coal: %v", blank)
	month := strings.Replace(fmt.Sprintf(row, "shipping", "270900", "2026-03-01"), "date_to=2026-03-01", "date_to=2026-04-01; date_precision=month", 1)
	a, err := risk.NewScorer(rules.Baseline(), d).Assess(risk.NewSubject(firm, claimed(t, month)), sanctions.MustParseDate("2026-06-01"))
	require.NoError(t, err)
	assert.True(t, authority(a, "eo-14024").Score.High.IsPositive(), "loaded on some day of March: perhaps too late")
}

// Foreign persons, foreign financial institutions and institutions of third
// countries are not those of the country that makes the rule.
func TestForeignMeansForeign(t *testing.T) {
	d := designated(designated(&desk{}, "buyer-3", sanctions.AuthorityOFAC, sanctions.Blocking, "RUSSIA-EO14024", "UKRAINE-EO13661"), "buyer-3", sanctions.AuthorityEU, sanctions.Blocking)
	row := "kind=payment; stage=completed; item_class=financial; direction=X→RU; counterparty_id=buyer-3; counterparty_basis=stated" + official
	at := func(country string) assessment.Assessment {
		bank := firm
		bank.Country, bank.FinancialInstitution = country, sanctions.Yes
		return assess(t, d, bank, claimed(t, row))
	}
	indian, american, german := at("IN"), at("US"), at("DE")
	for _, id := range []string{"eo-14024-s11", "caatsa-226"} {
		assert.True(t, authority(indian, id).Score.Low.IsPositive(), id)
		assert.True(t, authority(german, id).Score.Low.IsPositive(), id)
		assert.True(t, authority(american, id).Score.High.IsZero(), "%s reaches foreign institutions: %v", id, authority(american, id).Score)
	}
	assert.Equal(t, "us-causing", american.Strongest)
	assert.Equal(t, tables.Primary, american.Nature, "and it is named so")
	assert.True(t, authority(indian, "eu-833-5ad").Score.Low.IsPositive())
	assert.True(t, authority(german, "eu-833-5ad").Score.High.IsZero(), "a member state's own institution")
}

// An SDN whose programme no list states may be blocked over Russia.
func TestUnstatedProgramme(t *testing.T) {
	a := authority(assess(t, designated(&desk{}, "buyer-3", sanctions.AuthorityOFAC, sanctions.Blocking), firm, claimed(t, strings.ReplaceAll(supply, "=buyer;", "=buyer-3;"))), "eo-14024")
	assert.Contains(t, rulesOf(a), "14024-support", "%v", a.Score)
	assert.True(t, a.Score.High.GreaterThan(a.Score.Point.Decimal))
	d := &desk{}
	d.list("buyer-3", sanctions.Designation{Authority: sanctions.AuthorityOFAC, List: "us-ofac-sdn", Entry: "3"})
	bare := authority(assess(t, d, firm, claimed(t, strings.ReplaceAll(supply, "=buyer;", "=buyer-3;"))), "eo-14024")
	assert.Contains(t, rulesOf(bare), "14024-support", "nor is the effect of the listing stated: it may be blocking, %v", bare.Score)
	assert.True(t, bare.Score.High.GreaterThan(a.Score.High.Sub(decimal.NewFromInt(6))), "and so no less may come of it, the row below apart: %v, %v", a.Score, bare.Score)
	for _, less := range []decimal.Decimal{a.Score.Low.Sub(bare.Score.Low.Decimal), a.Score.Point.Sub(bare.Score.Point.Decimal)} {
		assert.True(t, less.Equal(decimal.NewFromInt(6)), "what is certain differs by the row below: %v, %v", a.Score, bare.Score)
	}
	assert.Contains(t, rulesOf(a), "14024-cp-blocked-unstated", "%v", a.Score)
	assert.NotContains(t, rulesOf(bare), "14024-cp-blocked-unstated", "which is certain of the first, and so counts in its low score")
}

func rulesOf(r assessment.Reached) []string {
	var out []string
	for _, f := range r.Factors {
		out = append(out, f.Rule)
	}
	return out
}

// Whoever buys from a frozen party is told so, under the law that freezes it.
func TestPurchaseFromAFrozenParty(t *testing.T) {
	for by, id := range map[sanctions.Authority]string{sanctions.AuthorityEU: "eu-269", sanctions.AuthorityUK: "uk-russia", sanctions.AuthorityCH: "ch-ukraine",
		sanctions.AuthorityCA: "ca-sema", sanctions.AuthorityAU: "au-autonomous", sanctions.AuthorityJP: "jp-fefa", sanctions.AuthorityUA: "ua-nsdc"} {
		a := assess(t, designated(&desk{}, "seller", by, sanctions.Blocking), firm,
			claimed(t, "kind=goods_purchase; stage=completed; item_class=civilian; direction=RU→X; counterparty_id=seller; counterparty_basis=stated"+official))
		assert.True(t, authority(a, id).Score.Low.IsPositive(), "%s: %v", by, a.Score)
	}
}

// What is only possible of a party's owners is in no low score, and where the law
// says owned or controlled, control that is indicated is in the high one.
func TestPossibleOwnershipIsNotConfirmed(t *testing.T) {
	for _, status := range []sanctions.OwnershipStatus{sanctions.PossiblyOwned, sanctions.ControlIndicated} {
		v := sanctions.Verdict{Regime: "eu", Status: status, Share: share("5"), Proof: []sanctions.Stake{{OwnerID: "mother", OwnedID: "x", Share: share("5")}}}
		self := assess(t, with(&desk{}, "firm", v), firm, nil)
		assert.Equal(t, []string{"0", "34", "70"}, []string{self.Score.Low.String(), self.Score.Point.String(), self.Score.High.String()}, "%s", status)
		row := "kind=goods_supply; stage=completed; item_class=civilian; direction=X→RU; counterparty_id=daughter; counterparty_basis=stated" + official
		a := assess(t, with(&desk{}, "daughter", v), firm, claimed(t, row))
		plain := assess(t, &desk{}, firm, claimed(t, row))
		assert.Equal(t, plain.Score.Low, a.Score.Low, "%s", status)
		assert.Equal(t, plain.Score.Point, a.Score.Point, "%s", status)
		assert.True(t, authority(a, "eu-269").Score.High.IsPositive(), "%s: %v", status, a.Score)
	}
}

// The elements that make a pipeline or a privatisation are facts: where nothing
// shows them the authority is not plausible.
func TestDefiningElementsAreFacts(t *testing.T) {
	for _, tc := range []struct{ row, authority, class string }{
		{"kind=joint_venture; stage=completed; amount=20000000; currency=USD; direction=joint", "caatsa-233", "state_asset"},
		{"kind=goods_supply; stage=completed; amount=2000000; currency=USD; direction=X→RU", "caatsa-232", "pipeline"},
	} {
		for _, class := range []string{"civilian", "energy"} {
			a := authority(assess(t, &desk{}, firm, claimed(t, tc.row+"; item_class="+class+official)), tc.authority)
			assert.LessOrEqual(t, slices.Index(reaches, a.Reach), slices.Index(reaches, tables.Indicator), "%s of %s goods", tc.authority, class)
			assert.True(t, a.Score.High.LessThan(points("20")), "%s: %v", tc.authority, a.Score)
		}
		shown := authority(assess(t, &desk{}, firm, claimed(t, tc.row+"; item_class="+tc.class+official)), tc.authority)
		assert.Equal(t, tables.Strong, shown.Reach, tc.authority)
	}
}

var reaches = []tables.Reach{"", tables.NotReached, tables.Indicator, tables.Plausible, tables.Strong}

// Every trade with Russia is read by some rule, whatever its kind, goods and
// direction, but purely civilian trade with those whom nobody lists: no authority
// reaches that.
func TestEveryDealingIsRead(t *testing.T) {
	contact := []string{"meeting", "delegation", "association_representation", "personal_presence", "mou", "remediation", "state_act", "figure", "analysis"}
	for _, kind := range vocabulary("kind") {
		for _, class := range vocabulary("item_class") {
			for _, direction := range []string{"X→RU", "RU→X", "joint"} {
				for _, listed := range []bool{true, false} {
					if slices.Contains(contact, kind) || class == "civilian" && !listed {
						continue
					}
					var f risk.Facts
					facts := map[string]string{"kind": kind, "item_class": class, "stage": "completed", "direction": direction, "cp_russia": "yes",
						"firm_is_fi": "no", "own_statement": "yes", "us_nexus": "no", "topic_class": "none", "cp_us": "none", "cp_programme": "none"}
					if listed {
						facts["cp_us"], facts["cp_programme"] = "blocking", "RUSSIA-EO14024"
					}
					for name, value := range facts {
						require.NoError(t, f.Set(name, value))
					}
					o := rules.Baseline().Outcome(confirmed(f, today))
					assert.True(t, o.Score.High.IsPositive(), "%s of %s, %s, listed %v", kind, class, direction, listed)
				}
			}
		}
	}
}

// A graver fact never lowers the grade: what the other side is found to be comes on
// top of what lists say already.
func TestWhatIfAddsToStandings(t *testing.T) {
	d := ownedBy(designated(&desk{}, "mother", sanctions.AuthorityOFAC, sanctions.Blocking, "RUSSIA-EO14024"), "buyer", "mother")
	for _, d := range []*desk{d, russia()} {
		found, err := risk.NewScorer(rules.Baseline(), d).WhatIf(risk.NewSubject(firm, claimed(t, supply)), today)
		require.NoError(t, err)
		for _, c := range found {
			if strings.Contains(c.String(), "List of Specified Persons") || strings.Contains(c.String(), "blocked under E.O. 14024") {
				assert.Equal(t, "up", c.Direction, "%v", c)
			}
		}
	}
}

// Before 12 June 2024 section 11 spoke of persons designated for five sectors. No
// list says for what a person was: it may have been for one of them.
func TestMilitaryBaseBefore(t *testing.T) {
	bank := firm
	bank.FinancialInstitution = sanctions.Yes
	at := func(f claims.Firm, day, programme string) assessment.Reached {
		d := designated(&desk{}, "plant", sanctions.AuthorityOFAC, sanctions.Blocking, programme)
		row := "kind=payment; stage=completed; item_class=civilian; direction=X→RU; counterparty_id=plant; counterparty_basis=stated; source_naming=document; source_reliability=A; info_credibility=1; date_from=" + day
		a := assess(t, d, f, claimed(t, row))
		sums(t, &a)
		if day == "2024-02-05" && f.FinancialInstitution == sanctions.Yes {
			assert.Equal(t, programme == "RUSSIA-EO14024", slices.ContainsFunc(a.Conditions, func(c assessment.Caveat) bool {
				return c.Condition == sanctions.FactsMissing && strings.Contains(c.Detail, "cp_military_base")
			}), "what is open is named: %v", a.Conditions)
		}
		return authority(a, "eo-14024-s11")
	}
	since := at(bank, "2024-06-12", "RUSSIA-EO14024")
	require.True(t, since.Score.Low.IsPositive(), "%v", since.Score)
	for _, day := range []string{"2023-12-22", "2024-02-05", "2024-06-11"} {
		early := at(bank, day, "RUSSIA-EO14024")
		assert.True(t, early.Score.Point.IsZero(), "%s: not certain: %v", day, early.Score)
		assert.Equal(t, since.Score.High, early.Score.High, "%s: and not ruled out", day)
		assert.Equal(t, tables.Plausible, early.Reach, "%s", day)
	}
	for why, none := range map[string]assessment.Reached{
		"before E.O. 14114":        at(bank, "2023-12-21", "RUSSIA-EO14024"),
		"another order":            at(bank, "2024-02-05", "UKRAINE-EO13661"),
		"no financial institution": at(firm, "2024-02-05", "RUSSIA-EO14024"),
	} {
		assert.True(t, none.Score.High.IsZero(), "%s: %v", why, none.Score)
	}
	d := ownedBy(designated(&desk{}, "plant", sanctions.AuthorityOFAC, sanctions.Blocking, "RUSSIA-EO14024"), "daughter", "plant")
	owned := authority(assess(t, d, bank, claimed(t, "kind=payment; stage=completed; item_class=civilian; direction=X→RU; counterparty_id=daughter; counterparty_basis=stated; date_from=2024-02-05")), "eo-14024-s11")
	assert.True(t, owned.Score.Point.IsZero() && owned.Score.High.IsPositive(), "%v", owned.Score)
}

// A threshold of value that an authority requires may be met where nobody tells the
// value; how much more a greater value would weigh is not made up.
func TestThresholdOfUnknownValue(t *testing.T) {
	row := "kind=services; stage=completed; direction=X→RU; counterparty_name=Severny Potok Stroy; counterparty_basis=stated" + official
	for _, tc := range []struct {
		authority, row, below, at string
	}{
		{"caatsa-232", row + "; item_class=pipeline", "999999", "1000000"},
		{"caatsa-232", row + "; item_class=energy", "999999", "1000000"},
		{"caatsa-233", row + "; kind=investment; item_class=state_asset", "9999999", "10000000"},
	} {
		of := func(amount string) (assessment.Reached, bool) {
			r := tc.row
			if amount != "" {
				r += "; currency=USD; amount=" + amount
			}
			a := assess(t, &desk{}, firm, claimed(t, r))
			sums(t, &a)
			return authority(a, tc.authority), slices.ContainsFunc(a.Conditions, func(c assessment.Caveat) bool {
				return c.Condition == sanctions.FactsMissing && strings.Contains(c.Detail, "amount_usd")
			})
		}
		below, _ := of(tc.below)
		at, _ := of(tc.at)
		unknown, named := of("")
		assert.True(t, below.Score.High.IsZero(), "%s: %v", tc.row, below.Score)
		require.True(t, at.Score.Low.IsPositive(), "%s: %v", tc.row, at.Score)
		assert.True(t, unknown.Score.Low.IsZero() && unknown.Score.Point.IsZero(), "%s: nothing certain: %v", tc.row, unknown.Score)
		assert.Equal(t, at.Score.High, unknown.Score.High, "%s: as at the threshold", tc.row)
		assert.Contains(t, []tables.Reach{tables.Indicator, tables.Plausible}, unknown.Reach, "%s", tc.row)
		assert.True(t, named, "%s: the value is named as missing", tc.row)
	}
}
