package risk_test

import (
	"encoding/json"
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

// factors gives the points of the rules that fired under an authority, in the
// point score.
func factors(a assessment.Assessment, authority string) map[string]string {
	out := map[string]string{}
	for _, r := range a.Authorities {
		if r.Authority == authority {
			for _, f := range r.Factors {
				if f.Points.Point.IsZero() {
					continue
				}
				if f.Step == assessment.StepRule || f.Step == assessment.StepFloor || f.Step == assessment.StepCap {
					out[f.Rule] = f.Points.Point.String()
				}
			}
		}
	}
	return out
}

func score(a assessment.Assessment, authority string) string {
	for _, r := range a.Authorities {
		if r.Authority == authority {
			return r.Score.Point.String()
		}
	}
	return "0"
}

func share(s string) sanctions.ShareRange {
	r, err := sanctions.ParsePercent(s)
	if err != nil {
		panic(err)
	}
	return r
}

func with(d *desk, key string, verdicts ...sanctions.Verdict) *desk {
	if d.owned == nil {
		d.owned = map[string][]sanctions.Verdict{}
	}
	d.owned[key] = verdicts
	return d
}

// The pitfalls of the field, each as what goes wrong the naive way. Where another
// package does the work (shares, names, formats), the test here holds the model
// to what that package says.
func TestPitfalls(t *testing.T) {
	run := func(n, name string, f func(t *testing.T)) { t.Run(n+" "+name, f) }

	run("1", "percentages are not multiplied", func(t *testing.T) {
		// 50 % of a firm that is itself 50 % owned: 25 % by multiplication, blocked by cascade.
		d := with(russia(), "sub", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Owned, Share: share("50")})
		a := assess(t, d, firm, claimed(t, supply+"; counterparty_id=sub"))
		assert.Contains(t, factors(a, "eo-14024"), "14024-support-owned", "the verdict decides, not a product of shares")
	})
	run("2", "exactly fifty is a live boundary", func(t *testing.T) {
		below := assess(t, with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Minority, Share: share("49.9999999")}), firm, nil)
		at := assess(t, with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Owned, Share: share("50.00")}), firm, nil)
		assert.Equal(t, map[string]string{"own-minority-high": "20"}, factors(below, "own-status"), "a ten-millionth short: a float would round it to 50")
		assert.Equal(t, map[string]string{"own-us-owned": "70"}, factors(at, "own-status"))
		assert.Equal(t, []assessment.Finding{assessment.FindingExposed, assessment.FindingOwned}, []assessment.Finding{below.Finding, at.Finding})
	})
	run("3", "what one regime adds up another does not", func(t *testing.T) {
		a := assess(t, with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Owned, Share: share("50")},
			sanctions.Verdict{Regime: "uk", Status: sanctions.Minority, Share: share("26")}), firm, nil)
		assert.Contains(t, factors(a, "own-status"), "own-us-owned")
		assert.NotContains(t, factors(a, "own-status"), "own-uk-blocked", "no aggregation in the UK")
	})
	run("4", "an unknown share is neither zero nor the middle", func(t *testing.T) {
		a := assess(t, with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.PossiblyOwned, Share: sanctions.UnknownShare}), firm, nil)
		assert.Equal(t, assessment.FindingPossiblyOwned, a.Finding)
		assert.Equal(t, "34", a.Score.Point.String(), "possible is a finding")
		assert.Equal(t, "70", a.Score.High.String(), "and may be owned")
		none := assess(t, russia(), firm, nil)
		assert.True(t, slices.ContainsFunc(none.Conditions, func(c assessment.Caveat) bool {
			return c.Condition == sanctions.FactsMissing && strings.Contains(c.Detail, "firm_owner_share")
		}), "nobody recorded its owners, and that is said")
	})
	run("5", "lists and knowledge of the day", func(t *testing.T) {
		before := assess(t, russia(), firm, claimed(t, supply+"; date_from=2023-05-18"))
		assert.NotContains(t, factors(before, "eo-14024"), "14024-support", "the buyer was listed a day later")
		assert.Contains(t, factors(before, "eo-14024"), "14024-cp-now", "but is listed now")
		later := assess(t, russia(), firm, claimed(t, supply+"; as_known_at=2026-04-01"))
		assert.Empty(t, later.Engagements, "not known on the date of the assessment")
		assert.Equal(t, 1, later.Inputs.Unknown)
		sector := assess(t, russia(), firm, claimed(t, "kind=component_supply; stage=completed; item_class=aviation; direction=X→RU; date_from=2022-03-30"))
		assert.NotContains(t, factors(sector, "eo-14024"), "14024-sector-aerospace", "determined on 31 March 2022")
	})
	run("6", "not every listing blocks", func(t *testing.T) {
		for measure, want := range map[sanctions.Measure]string{sanctions.Blocking: "70", sanctions.ExportControl: "52", sanctions.MilitaryEndUser: "46",
			sanctions.Unverified: "24", sanctions.SectoralDirective: "40", sanctions.MenuBased: "56", sanctions.CAPTA: "66", sanctions.SecuritiesBan: "24"} {
			d := russia()
			d.list("firm", sanctions.Designation{Authority: sanctions.AuthorityOFAC, List: "us-list", Entry: "1", Measures: []sanctions.Measure{measure}})
			assert.Equal(t, want, assess(t, d, firm, nil).Score.Point.String(), "%s", measure)
		}
		d := russia()
		d.list("ship", sanctions.Designation{Authority: sanctions.AuthorityUK, List: "uk-sanctions-list", Entry: "1", Measures: []sanctions.Measure{sanctions.TransportBan}})
		a := assess(t, d, firm, claimed(t, "kind=shipping; stage=operating; item_class=civilian; counterparty_id=ship; counterparty_basis=stated; date_from=2024-01-01"))
		assert.False(t, reached(a, "uk-russia"), "a transport ban is no freeze")
	})
	run("7", "an Iran-related warning is not Russia's", func(t *testing.T) {
		row := claimed(t, supply)
		for russian, want := range map[bool]bool{true: true, false: false} {
			d := russia()
			d.risk = map[string]bool{"buyer": russian}
			_, got := factors(assess(t, d, firm, row), "eo-14024")["14024-warned"]
			assert.Equal(t, want, got)
		}
	})
	run("8", "what was not looked at is said", func(t *testing.T) {
		d := russia()
		d.gaps = []sanctions.Gap{{Authority: sanctions.AuthorityState, What: "CAATSA s.231 List of Specified Persons", Why: "in no bulk file"}}
		a := assess(t, d, firm, nil)
		assert.True(t, has(a, sanctions.CoverageGap))
		assert.Equal(t, d.gaps, a.Coverage.Gaps, "and travels with the assessment")
	})
	run("9", "denials and reprints", func(t *testing.T) {
		report := assess(t, russia(), firm, claimed(t, talks))
		denied := assess(t, russia(), firm, claimed(t, talks, talks+"; claim_polarity=deny; statement_by=Firm Private Limited; root_source_id=firm"))
		assert.True(t, denied.Score.Point.IsPositive(), "a denial does not exculpate")
		assert.True(t, denied.Score.Point.LessThan(report.Score.Point.Decimal), "and weighs")
		evidence := denied.Engagements[0].Accounts[0].Evidence
		assert.Equal(t, tables.Disputed, evidence.Status, "what is denied is a report still")
		assert.Len(t, evidence.Affirm, 1)
		assert.Len(t, evidence.Against, 1, "neither is erased")
		assert.Equal(t, report.Score.High, denied.Score.High)
		reprinted := assess(t, russia(), firm, claimed(t, talks, talks+"; publisher=A", talks+"; publisher=B; relayed_from=Agency"))
		assert.Equal(t, report.Score, reprinted.Score, "three publishers, one root")
		assert.Equal(t, tables.Reported, reprinted.Engagements[0].Accounts[0].Evidence.Status)
		independent := assess(t, russia(), firm, claimed(t, talks, talks+"; root_source_id=other"))
		assert.Equal(t, tables.Corroborated, independent.Engagements[0].Accounts[0].Evidence.Status)
	})
	run("10", "talks, personal capacity and bodies", func(t *testing.T) {
		many := make([]string, 8)
		for i := range many {
			many[i] = talks + "; source_naming=document; source_reliability=A; event_id=v" + string(rune('a'+i)) + "; engagement_id=e" + string(rune('a'+i))
		}
		a := assess(t, russia(), firm, claimed(t, many[0]))
		assert.Equal(t, "low", a.Grade.Point, "talks, proven beyond doubt, are talks")
		assert.Equal(t, tables.Indicator, assess(t, russia(), firm, claimed(t, many...)).Authorities[0].Reach, "eight of them as well")
		for row, reason := range map[string]string{
			"subject_id=adviser; subject_type=person; affiliated_firm_id=firm; capacity=personal; kind=advice; stage=completed; item_class=arms": "personal capacity: not imputed to the firm",
			"subject_id=adviser; subject_type=person; affiliated_firm_id=firm; kind=advice; stage=completed; item_class=arms":                    "capacity not known: not imputed until it is",
			"subject_id=body; subject_type=body; affiliated_firm_id=firm; capacity=representative; kind=association_representation":              "of a body: not imputed to its members",
		} {
			a := assess(t, russia(), firm, claimed(t, row))
			require.Len(t, a.Context, 1)
			assert.Equal(t, reason, a.Context[0].Reason)
			assert.True(t, a.Score.High.IsZero())
		}
		agent := assess(t, russia(), firm, claimed(t, purchase+"; subject_id=ceo; subject_type=person; affiliated_firm_id=firm; capacity=official"))
		assert.Equal(t, "severe", agent.Grade.Point, "who acts for the firm acts as the firm")
	})
	run("11", "a reported absence is no involvement", func(t *testing.T) {
		for _, polarity := range []string{"affirm", "deny"} {
			a := assess(t, russia(), firm, claimed(t, talks+"; participation=reported_absent; claim_polarity="+polarity))
			assert.Empty(t, a.Engagements)
			assert.True(t, a.Score.High.IsZero())
		}
	})
	run("12", "no counterparty is made of equipment", func(t *testing.T) {
		row := strings.ReplaceAll(purchase, "counterparty_basis=stated", "counterparty_basis=inferred")
		a := assess(t, russia(), firm, claimed(t, row))
		assert.NotContains(t, factors(a, "caatsa-231"), "231-cp-specified", "in the point score")
		assert.True(t, a.Score.High.GreaterThan(a.Score.Point.Decimal), "the high score may take it in")
		assert.True(t, has(a, sanctions.CounterpartyInferred))
		turnedUp := strings.ReplaceAll(supply, "source_reliability=A", "source_reliability=B") + "; root_source_id=customs"
		assert.Contains(t, factors(assess(t, russia(), maker(), claimed(t, strings.ReplaceAll(turnedUp, "counterparty_basis=stated", "counterparty_basis=inferred"))), "eo-14024"), "14024-diverted", "nobody says to whom a maker's goods went")
		assert.NotContains(t, factors(assess(t, russia(), maker(), claimed(t, turnedUp)), "eo-14024"), "14024-diverted", "somebody does")
		placeholder := assess(t, russia(), firm, claimed(t, strings.ReplaceAll(purchase, "counterparty_basis=stated", "counterparty_basis=unknown")))
		assert.Nil(t, placeholder.Engagements[0].Accounts[0].Counterparty, "nobody named is nobody")
	})
	run("13", "state acts are not charged to firms", func(t *testing.T) {
		a := assess(t, russia(), firm, claimed(t, purchase+"; subject_id=state-india; subject_name=India; subject_type=state; kind=state_act",
			"subject_id=state-india; subject_name=India; subject_type=state; kind=figure; amount=69000000000; currency=USD"))
		assert.True(t, a.Score.High.IsZero())
		assert.Len(t, a.Context, 2)
		bought := assess(t, russia(), firm, claimed(t, purchase+"; subject_id=state-india; subject_name=India; subject_type=state"))
		assert.True(t, bought.Score.High.IsZero(), "whatever kind of dealing it is told as")
		assert.Len(t, bought.Context, 1)
	})
	run("14", "section 11, natures and primary risk are kept apart", func(t *testing.T) {
		row := claimed(t, "kind=payment; stage=completed; item_class=financial; direction=joint; counterparty_id=buyer; counterparty_basis=stated; date_from=2024-09-01; amount=5000000; currency=USD")
		bank := firm
		bank.FinancialInstitution = sanctions.Yes
		assert.False(t, reached(assess(t, russia(), firm, row), "eo-14024-s11"), "a manufacturer")
		assert.True(t, reached(assess(t, russia(), bank, row), "eo-14024-s11"), "a bank")
		unsure := firm
		unsure.FinancialInstitution = sanctions.Unknown
		x := assess(t, russia(), unsure, row)
		assert.Equal(t, "0", score(x, "eo-14024-s11"), "what nobody says is not so")
		assert.True(t, reached(x, "eo-14024-s11"), "and may be: the high score has it")
		assert.True(t, slices.ContainsFunc(x.Conditions, func(c assessment.Caveat) bool { return strings.Contains(c.Detail, "firm_is_fi") }), "nobody said what it is")
		natures := map[string]tables.Nature{}
		for _, r := range assess(t, russia(), bank, row).Authorities {
			natures[r.Authority] = r.Nature
		}
		assert.Equal(t, tables.Mandatory, natures["caatsa-226"])
		assert.Equal(t, tables.Discretionary, natures["eo-14024-s11"])
		assert.Equal(t, tables.Primary, natures["us-causing"], "dollars: causing a violation is primary")
	})
	run("15", "one designation on three lists is one", func(t *testing.T) {
		one := assess(t, russia(), firm, claimed(t, supply))
		d := russia()
		for _, list := range []string{"us-csl", "us-opensanctions"} {
			d.list("buyer", sanctions.Designation{Authority: sanctions.AuthorityOFAC, List: list, Entry: "1", Programmes: []string{"RUSSIA-EO14024"}, Measures: []sanctions.Measure{sanctions.Blocking}})
		}
		assert.Equal(t, one.Score, assess(t, d, firm, claimed(t, supply)).Score)
		both := assess(t, russia(), firm, claimed(t, supply, purchase))
		strongest := decimal.Max(one.Score.Point.Decimal, assess(t, russia(), firm, claimed(t, purchase)).Score.Point.Decimal)
		assert.True(t, both.Score.Point.LessThanOrEqual(decimal.NewFromInt(100)) && both.Score.Point.GreaterThanOrEqual(strongest), "never above a hundred")
		apart := assess(t, russia(), firm, claimed(t, talks, talks+"; engagement_id=more; event_id=elsewhere; root_source_id=other; date_from=2025-06-01; date_to=2025-06-02"))
		lines := map[assessment.Step]decimal.Decimal{}
		for _, f := range authority(apart, "caatsa-231").Factors {
			lines[f.Step] = lines[f.Step].Add(f.Points.Point.Decimal)
		}
		assert.True(t, lines[assessment.StepCombine].IsNegative(), "a second dealing adds to what the first leaves of a hundred: %v", lines)
	})
	run("16", "ownership does not flow up, nor through directors", func(t *testing.T) {
		owner := assess(t, with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.OwnershipNone}), firm, nil)
		assert.True(t, owner.Score.High.IsZero(), "owning a listed firm is not being owned")
		director := assess(t, with(russia(), "firm", sanctions.Verdict{Regime: "eu", Status: sanctions.ControlIndicated}), firm, nil)
		assert.Equal(t, "34", director.Score.Point.String(), "to be looked into, not blocked")
		assert.Equal(t, sanctions.No, director.Listed)
	})
	run("17", "a name alike is not the name", func(t *testing.T) {
		tata := claims.Firm{ID: "tata-advanced-systems", Name: "Tata Advanced Systems Limited", Country: "IN"}
		subjects := risk.Subjects([]claims.Firm{tata}, claimed(t, "subject_id=; subject_name=Tata Sons; kind=meeting; item_class=arms", "subject_id=tata-sons; subject_name=Tata Sons; kind=meeting; item_class=arms"))
		assert.Empty(t, subjects[0].Claims())
		subjects = risk.Subjects([]claims.Firm{tata}, claimed(t, "subject_id=; subject_name=TATA ADVANCED SYSTEMS LIMITED; kind=meeting; item_class=arms"))
		assert.Len(t, subjects[0].Claims(), 1, "its own name is")
	})
	run("18", "a weak match never decides", func(t *testing.T) {
		d := russia()
		d.possible = map[string]bool{"buyer": true}
		a := assess(t, d, firm, claimed(t, supply))
		assert.NotContains(t, factors(a, "eo-14024"), "14024-support")
		assert.Equal(t, "99", assess(t, russia(), firm, claimed(t, supply)).Score.Point.String())
		assert.Equal(t, "99", a.Score.High.String(), "only the high score takes it for the listed one")
		own := russia()
		own.list("firm", sanctions.Designation{Authority: sanctions.AuthorityOFAC, List: "us-ofac-sdn", Entry: "5", Measures: []sanctions.Measure{sanctions.Blocking}})
		own.possible = map[string]bool{"firm": true}
		x := assess(t, own, firm, nil)
		assert.Equal(t, assessment.FindingPossiblyListed, x.Finding)
		assert.Equal(t, []string{"0", "70"}, []string{x.Score.Point.String(), x.Score.High.String()})
	})
	run("19", "files as they are published", func(t *testing.T) {
		cs, err := claims.Read(strings.NewReader("\uFEFFsubject_id,subject_type,kind,claim_polarity\r\nfirm,firm,meeting,affirm\r\n\x1a"), "c.csv")
		require.NoError(t, err)
		assert.Len(t, cs, 1)
		_, err = claims.Read(strings.NewReader("Report Date: 31-Mar-2026\nsubject_id,subject_type,kind,claim_polarity\n"), "c.csv")
		require.ErrorContains(t, err, "unknown column", "a preamble is not a header")
	})
	run("20", "directions, and potential exports", func(t *testing.T) {
		in := assess(t, russia(), firm, claimed(t, purchase+"; stage=signed; amount=; direction=X→RU"))
		out := assess(t, russia(), firm, claimed(t, purchase+"; stage=signed; amount="))
		assert.NotEqual(t, in.Score, out.Score)
		potential := assess(t, russia(), firm, claimed(t, "kind=component_supply; stage=proposed; item_class=arms_component; direction=X→RU; source_naming=document; source_reliability=A; counterparty_id=exporter; counterparty_basis=stated; date_from=2025-10-29"))
		booked := assess(t, russia(), firm, claimed(t, "kind=component_supply; stage=completed; item_class=arms_component; direction=X→RU; source_naming=document; source_reliability=A; counterparty_id=exporter; counterparty_basis=stated; date_from=2025-10-29"))
		assert.Equal(t, []string{"moderate", "severe"}, []string{potential.Grade.Point, booked.Grade.Point}, "a potential export is no export")
	})
	run("21", "amounts in other currencies, and targets", func(t *testing.T) {
		rupees := strings.ReplaceAll(supply, "currency=USD", "currency=INR")
		unknown := assess(t, russia(), firm, claimed(t, rupees))
		assert.Empty(t, unknown.Engagements[0].Accounts[0].Amount.USD, "600,000 rupees are not 600,000 dollars")
		rates, err := claims.ReadRates(strings.NewReader("currency,usd,effective_from,effective_to,citation\nINR,0.012,2024-01-01,2025-01-01,the caller's\n"), "rates.csv")
		require.NoError(t, err)
		a, err := risk.NewScorer(rules.Baseline(), russia(), risk.WithRates(rates)).Assess(risk.NewSubject(firm, claimed(t, rupees)), today)
		require.NoError(t, err)
		assert.Equal(t, "7200", a.Engagements[0].Accounts[0].Amount.USD)
		assert.NotEmpty(t, a.Inputs.Rates)
		old, err := risk.NewScorer(rules.Baseline(), russia(), risk.WithRates(rates)).Assess(risk.NewSubject(firm, claimed(t, rupees+"; date_from=2023-06-01")), today)
		require.NoError(t, err)
		assert.Empty(t, old.Engagements[0].Accounts[0].Amount.USD, "no rate for the day")
		target := assess(t, russia(), firm, claimed(t, supply+"; amount_qualifier=target"))
		assert.NotContains(t, factors(target, "eo-14024"), "14024-amount-100000", "what is aimed at is not reached")
		assert.Contains(t, factors(assess(t, russia(), firm, claimed(t, supply)), "eo-14024"), "14024-amount-100000")
		assert.Nil(t, target.Engagements[0].Accounts[0].Amount, "a target is no trade")
	})
	run("21", "years, quarters and parts of a year", func(t *testing.T) {
		growing := func(spans ...string) bool {
			var rows []string
			for i, s := range spans {
				days, millions, _ := strings.Cut(s, " ")
				from, to, _ := strings.Cut(days, "/")
				rows = append(rows, fmt.Sprintf("engagement_id=d%d; root_source_id=r%d; kind=arms_purchase; stage=completed; item_class=arms; direction=RU→X; counterparty_id=exporter; counterparty_basis=stated; source_naming=document; source_reliability=A; date_from=%s; date_to=%s; amount=%s000000; currency=USD", i, i, from, to, millions))
			}
			_, ok := factors(assess(t, russia(), firm, claimed(t, rows...)), "caatsa-231")["231-growing"]
			return ok
		}
		assert.True(t, growing("2021-01-01/2022-01-01 100", "2022-01-01/2023-01-01 120", "2023-01-01/2024-01-01 140"), "three years")
		assert.False(t, growing("2021-01-01/2021-04-01 40", "2021-04-01/2021-10-01 70", "2021-10-01/2022-10-01 120"), "a quarter, a half year and a year at a falling pace")
		assert.True(t, growing("2021-01-01/2022-01-01 100", "2022-01-01/2023-01-01 120", "2023-01-01/2024-01-01 140", "2024-01-01/2024-03-01 30"), "the year that has begun is no fall")
		assert.False(t, growing("2021-04-01/2022-04-01 100", "2022-04-01/2023-04-01 120", "2023-04-01/2023-07-01 140"), "two fiscal years and a quarter are no three years")
		assert.False(t, growing("2021-01-01/2022-01-01 100", "2022-01-01/2023-01-01 120", "2023-01-01/2024-01-01 140", "2024-01-01/2024-02-01 9", "2024-02-01/2024-03-01 6", "2024-03-01/2024-04-01 3"), "years that grew, and months that fall")
	})
	run("22", "licences, delistings and divestment", func(t *testing.T) {
		cargo := "kind=energy_purchase; stage=completed; item_class=energy; direction=RU→X; counterparty_id=buyer; counterparty_basis=stated; source_naming=document; source_reliability=A; date_from="
		for day, want := range map[string]string{"2026-03-03": "0", "2026-03-12": "0", "2026-03-13": "40", "2026-01-15": "40"} {
			a, err := risk.NewScorer(rules.Baseline(), russia()).Assess(risk.NewSubject(firm, claimed(t, cargo+day+"; date_to="+day)), sanctions.MustParseDate("2026-06-01"))
			require.NoError(t, err)
			assert.Equal(t, want, score(a, "eo-14024"), "loaded on %s", day)
		}
		began, err := risk.NewScorer(rules.Baseline(), russia()).Assess(risk.NewSubject(firm, claimed(t, cargo+"2026-02-02; date_to=2026-02-10")), sanctions.MustParseDate("2026-06-01"))
		require.NoError(t, err)
		assert.Equal(t, "40", score(began, "eo-14024"), "it ended inside a licence that it had begun before")
		turkish := firm
		turkish.Country = "TR"
		for day, want := range map[string]string{"2026-02-05": "40", "2026-03-03": "0"} {
			other, err := risk.NewScorer(rules.Baseline(), russia()).Assess(risk.NewSubject(turkish, claimed(t, cargo+day+"; date_to="+day)), today)
			require.NoError(t, err)
			assert.Equal(t, want, score(other, "eo-14024"), "%s: the first licence is for India, the second for every buyer", day)
		}
		d := &desk{}
		d.list("buyer", sanctions.Designation{Authority: sanctions.AuthorityOFAC, List: "us-ofac-sdn", Entry: "1", Programmes: []string{"RUSSIA-EO14024"},
			Measures: []sanctions.Measure{sanctions.Blocking}, Period: sanctions.Period{From: sanctions.MustParseDate("2022-05-08"), To: sanctions.MustParseDate("2024-03-01")}})
		assert.NotContains(t, factors(assess(t, d, firm, claimed(t, supply)), "eo-14024"), "14024-support", "delisted before the delivery")
		before := assess(t, russia(), firm, claimed(t, supply+"; stage=operating; date_to=2025-02-01"))
		left := assess(t, russia(), firm, claimed(t, supply+"; stage=operating; date_to=2025-02-01", supply+"; stage=exited; date_from=2025-02-01; date_to=; amount=; currency="))
		assert.True(t, left.Score.Point.LessThan(before.Score.Point.Decimal), "leaving counts: %v, %v", left.Score, before.Score)
		assert.True(t, left.Score.Low.IsPositive(), "and is no cure: %v", left.Score)
		divested := assess(t, with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.OwnershipNone, Conditions: []sanctions.Condition{sanctions.Divested}}), firm, nil)
		assert.Equal(t, assessment.FindingNone, divested.Finding)
		assert.True(t, has(divested, sanctions.Divested), "property blocked before stays blocked, and that is said")
	})
	run("23", "listed by name below fifty", func(t *testing.T) {
		d := with(russia(), "firm", sanctions.Verdict{Regime: "eu", Status: sanctions.ListedUnderRegime}, sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Minority, Share: share("49.13")})
		d.list("firm", sanctions.Designation{Authority: sanctions.AuthorityEU, List: "eu-269", Entry: "9", Measures: []sanctions.Measure{sanctions.Blocking}})
		a := assess(t, d, firm, nil)
		assert.Equal(t, assessment.FindingListed, a.Finding)
		assert.Equal(t, "severe", a.Grade.Point)
		assert.Contains(t, a.Reason, "itself listed: eu-269")
		assert.Contains(t, a.Reason, "49.13 %")
	})
	run("24", "codes and guidance", func(t *testing.T) {
		for _, code := range []string{"8542", "85423190", "8542319000", "8542.31"} {
			var c claims.Claim
			assert.Error(t, c.SetCell(slices.Index(claims.Columns(), "hs6"), code), code)
		}
		bought := assess(t, russia(), firm, claimed(t, "kind=goods_purchase; stage=completed; item_class=civilian; hs6=854231; direction=RU→X; date_from=2024-05-01"))
		assert.True(t, bought.Score.High.IsZero(), "a code on the list is no trade by itself")
		for day, tier := range map[string]bool{"2023-05-18": false, "2023-05-19": true, "2023-12-01": true} {
			told := assess(t, russia(), firm, claimed(t, supply+"; date_from="+day))
			assert.Equal(t, tier, factors(told, "eo-14024")["14024-chpl-1-2"] != "", "%s: the codes of the first two tiers were named on 19 May 2023", day)
		}
		for day, tier := range map[string]bool{"2023-12-01": false, "2024-02-23": true} {
			told := assess(t, russia(), firm, claimed(t, strings.Replace(supply, "hs6=854231", "hs6=848210", 1)+"; date_from="+day))
			assert.Equal(t, tier, factors(told, "eo-14024")["14024-chpl-3a-3b"] != "", "%s: those of the other tiers came with the list of 23 February 2024", day)
		}
	})
	run("25", "no hit is not clear", func(t *testing.T) {
		empty := &desk{}
		a := assess(t, empty, firm, nil)
		assert.Equal(t, "nothing found in what was looked at", a.Reason)
		scorer := risk.NewScorer(rules.Baseline(), &noLists{empty}, risk.Trap(sanctions.CoverageGap))
		b, err := scorer.Assess(risk.NewSubject(firm, nil), today)
		var trapped *risk.TrapError
		require.ErrorAs(t, err, &trapped)
		assert.Equal(t, "no list was loaded", trapped.Caveats[0].Detail)
		assert.Equal(t, assessment.Schema, b.Schema, "and the assessment comes with it")
		old := &oldLists{empty}
		c, err := risk.NewScorer(rules.Baseline(), old, risk.Trap(sanctions.ListStale, sanctions.ListIncomplete)).Assess(risk.NewSubject(firm, nil), today)
		require.ErrorAs(t, err, &trapped)
		assert.Len(t, trapped.Caveats, 2, "a list that is old, and one that is cut")
		assert.True(t, has(c, sanctions.ListStale) && has(c, sanctions.ListIncomplete), "accepted, and said")
	})
	run("26", "publishers' text is not trusted", func(t *testing.T) {
		poison := "=HYPERLINK(\"http://x\")</script>"
		cs := claimed(t, talks+"; publisher="+poison+"; quote="+poison+"; item="+poison+"; statement_by="+poison)
		cs = append(cs, claimed(t, purchase+"; counterparty_basis=inferred; counterparty_name="+poison+"; root_source_id="+poison)...)
		a := assess(t, russia(), firm, cs)
		assert.NotContains(t, a.Reason, "HYPERLINK")
		for _, c := range a.Conditions {
			assert.NotRegexp(t, `^[=+\-@]`, c.Detail)
		}
		for _, r := range a.Authorities {
			for _, f := range r.Factors {
				assert.NotContains(t, f.Why+f.Citation+f.Rule, "HYPERLINK")
			}
		}
		b, err := json.Marshal(a)
		require.NoError(t, err)
		assert.NotContains(t, string(b), "</script>", "JSON may be put into a page")
		assert.Equal(t, poison, a.Engagements[1].Accounts[0].Evidence.Affirm[0].Quote, "and the words are kept")
	})
}

// oldLists is a desk whose lists are old and cut, as its owner has accepted.
type oldLists struct{ *desk }

func (d *oldLists) Coverage() sanctions.Coverage {
	c := d.desk.Coverage()
	c.Accepted = []sanctions.Accepted{{Condition: sanctions.ListStale, What: "stale: sdn.csv is of 2022-03-30"}, {Condition: sanctions.ListIncomplete, What: "truncated: eu.csv"}}
	return c
}

// maker is a firm whose sector is no trade: what it sells it makes.
func maker() claims.Firm {
	return claims.Firm{ID: "firm", Name: "Firm Electronics Sdn Bhd", Country: "MY", Sector: "electronics", FinancialInstitution: sanctions.No}
}

// noLists is a desk on which nothing was loaded.
type noLists struct{ *desk }

func (*noLists) Coverage() sanctions.Coverage { return sanctions.Coverage{} }

func TestReachOfOwnStatus(t *testing.T) {
	d := russia()
	d.list("listed", sanctions.Designation{Authority: sanctions.AuthorityEU, List: "eu-269", Entry: "9", Measures: []sanctions.Measure{sanctions.Blocking}})
	with(d, "owned", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Owned, Share: share("60")})
	with(d, "possible", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.PossiblyOwned, Share: sanctions.UnknownShare})
	with(d, "minority", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Minority, Share: share("30")})
	for id, want := range map[string]tables.Reach{"listed": tables.Strong, "owned": tables.Strong, "possible": tables.Plausible, "minority": tables.Indicator} {
		a := assess(t, d, claims.Firm{ID: id, Name: id}, nil)
		require.Len(t, a.Authorities, 1, id)
		assert.Equal(t, want, a.Authorities[0].Reach, id)
		assert.Nil(t, a.Exposure, "%s: its own status is no exposure", id)
	}
}

// A value whose end nobody knows is no figure: the number that stands for it while rules
// are asked is shown nowhere.
func TestAnOpenValueIsNoFigure(t *testing.T) {
	for _, amount := range []string{"amount=500000; currency=INR", "amount=500000; currency=USD; amount_qualifier=over", "amount=5400000000000; currency=USD"} {
		a := assess(t, russia(), firm, claimed(t, "kind=arms_purchase; stage=completed; item_class=arms; direction=RU→X; counterparty_id=exporter; date_from=2025-01-10; "+amount))
		text, err := json.Marshal(a)
		require.NoError(t, err)
		assert.NotContains(t, string(text), "999999999999", amount)
		assert.Contains(t, string(text), "open upwards", amount)
	}
}
