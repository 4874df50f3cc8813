package risk_test

import (
	"errors"
	"fmt"
	"log"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

const claimsCSV = `engagement_id,subject_id,subject_type,kind,stage,item_class,hs6,direction,counterparty_id,counterparty_basis,date_from,amount,currency,claim_polarity,statement_by,root_source_id,source_naming,source_reliability,info_credibility
chips,acme,firm,dual_use_supply,completed,dual_use,854231,X->RU,buyer,stated,2024-05-01,600000,USD,affirm,A newspaper from customs records,paper,document,B,2
chips,acme,firm,dual_use_supply,completed,dual_use,854231,X->RU,buyer,stated,2024-05-01,,,deny,Acme Components spokesperson,acme,named,C,4
`

func example() *risk.Subject {
	all, err := claims.Read(strings.NewReader(claimsCSV), "claims.csv")
	if err != nil {
		log.Fatal(err)
	}
	firms, err := claims.ReadFirms(strings.NewReader("firm_id,name,country,is_financial_institution\nacme,Acme Components,IN,no\n"), "firms.csv")
	if err != nil {
		log.Fatal(err)
	}
	return risk.Subjects(firms, all)[0]
}

var asOf = sanctions.MustParseDate("2026-03-31")

// The screener is screening.Screener, or anything that knows lists.
func ExampleScorer_Assess() {
	scorer := risk.NewScorer(rules.Baseline(), russia())
	a, err := scorer.Assess(example(), asOf)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Firm.Name, "is", a.Grade.Point, "under", a.Strongest, "("+string(a.Nature)+")")
	fmt.Println("score", a.Score.Point, "between", a.Score.Low, "and", a.Score.High)
	fmt.Println(a.Reason)
	for _, f := range a.Authorities[0].Factors {
		fmt.Printf("%7s  %s %s\n", f.Points.Point, f.Step, f.Rule)
	}
	// Output:
	// Acme Components is high under eo-14024 (discretionary)
	// score 49.5 between 0 and 99
	// reported completed dual use supply, disputed; one source
	//       3  rule 14024-amount-100000
	//      20  rule 14024-chpl-1-2
	//      16  rule 14024-completed
	//      24  rule 14024-sector-technology
	//      36  rule 14024-support
	//   -49.5  evidence single-documented-denied
}

func ExampleScorer_WhatIf() {
	found, err := risk.NewScorer(rules.Baseline(), russia()).WhatIf(example(), asOf)
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range found[:3] {
		fmt.Println(c.Direction, c.Score, c)
	}
	// Output:
	// up 99 an official document that shows it: severe
	// up 99 an on-record statement of the firm: severe
	// up 83.16 withdrawal of the denial: severe
}

func Example_diff() {
	scorer := risk.NewScorer(rules.Baseline(), russia())
	undisputed := slices.DeleteFunc(example().Claims(), func(c claims.Claim) bool { return c.Polarity == claims.Deny })
	before, _ := scorer.Assess(risk.NewSubject(example().Firm(), undisputed), asOf)
	after, _ := scorer.Assess(example(), asOf)
	d := assessment.Diff(&before, &after)
	fmt.Println(d.Scores[0], "to", d.Scores[1])
	for _, m := range d.Lines {
		fmt.Println(m.Delta, m.Step, m.Rule, m.Because)
	}
	// Output:
	// 83.16 to 49.5
	// -49.5 evidence single-documented-denied [new claim: deny dual_use_supply completed by Acme Components spokesperson evidence disputed, was reported]
	// 15.84 evidence single-documented-well [new claim: deny dual_use_supply completed by Acme Components spokesperson evidence disputed, was reported]
}

// A rule set is values: change a cell and compile again.
func ExampleCompile() {
	tables := rules.Baseline().Tables()
	for i := range tables.Rules {
		if r := &tables.Rules[i]; r.ID == "14024-support" {
			r.Points.Decimal = decimal.NewFromInt(10)
		}
	}
	stricter, err := risk.Compile(tables)
	if err != nil {
		log.Fatal(err)
	}
	a, _ := risk.NewScorer(stricter, russia()).Assess(example(), asOf)
	fmt.Println(a.Grade.Point, a.Score.Point)
	// Output: moderate 36.5
}

// Facts alone can be asked, without claims or lists.
func ExampleRuleset_Explain() {
	deal := risk.Dealing{ID: "deal"}
	for fact, value := range map[string]string{"kind": "arms_purchase", "stage": "signed", "item_class": "arms", "cp_us": "specified_person", "cp_russia": "yes", "own_statement": "yes"} {
		if err := deal.Facts.Set(fact, value); err != nil {
			log.Fatal(err)
		}
	}
	m := &risk.Matter{AsOf: asOf, Dealings: []risk.Dealing{deal}}
	a := rules.Baseline().Explain(m)
	fmt.Println(a.Grade.Point, a.Strongest, a.Authorities[0].Reach)
	for _, gap := range a.Authorities[0].Missing {
		fmt.Println("not shown:", gap.Element)
	}
	fmt.Println(rules.Baseline().Outcome(m).Grade.Point)
	// Output:
	// high caatsa-231 strong
	// not shown: knowingly
	// not shown: significance
	// high
}

func ExampleFacts_Meets() {
	var f risk.Facts
	_ = f.Set("amount_usd", "49999.99")
	for _, test := range []string{"<50000", "[50000..100000)"} {
		answer, _ := f.Meets(tables.Condition{Fact: "amount_usd", Test: test})
		fmt.Println(test, answer)
	}
	answer, _ := f.Meets(tables.Condition{Fact: "stage", Test: "signed|completed"})
	fmt.Println("unknown stage:", answer)
	// Output:
	// <50000 yes
	// [50000..100000) no
	// unknown stage: unknown
}

// A claim whose subject_name is not letter for letter a firm's is the firm's when
// a resolver says so, and a claim that concerns no firm can be reported.
func ExampleSubjects() {
	firms := []claims.Firm{{ID: "acme", Name: "Acme Components Private Limited"}}
	all, _ := claims.Read(strings.NewReader(`subject_name,subject_type,kind,claim_polarity
ACME COMPONENTS PVT LTD,firm,mou,affirm
Somebody Else,firm,mou,affirm
`), "claims.csv")
	subjects := risk.Subjects(firms, all,
		risk.WithResolver(func(name string) (string, bool) { return "acme", strings.HasPrefix(name, "ACME COMPONENTS") }),
		risk.WithUnresolved(func(c claims.Claim) { fmt.Println("nobody's:", c.SubjectName) }))
	fmt.Println(len(subjects[0].Claims()), "claim about", subjects[0].Firm().Name)
	// Output:
	// nobody's: Somebody Else
	// 1 claim about Acme Components Private Limited
}

// Amounts in other currencies count at the caller's rates, by the day.
func ExampleWithRates() {
	rates, err := claims.ReadRates(strings.NewReader("currency,usd,effective_from,effective_to,citation\nINR,0.012,2024-01-01,2025-01-01,the bank's yearly mean\n"), "rates.csv")
	if err != nil {
		log.Fatal(err)
	}
	rupees, _ := claims.Read(strings.NewReader(strings.ReplaceAll(claimsCSV, "600000,USD", "50000000,INR")), "claims.csv")
	a, _ := risk.NewScorer(rules.Baseline(), russia(), risk.WithRates(rates)).Assess(risk.NewSubject(claims.Firm{ID: "acme", Name: "Acme Components"}, rupees), asOf)
	fmt.Printf("%+v\n", *a.Engagements[0].Accounts[0].Amount)
	// Output: {Value:50000000 Currency:INR Qualifier: USD:600000}
}

// A caller who must not go on with gaps makes them errors.
func ExampleTrap() {
	d := russia()
	d.gaps = []sanctions.Gap{{Authority: sanctions.AuthorityEU, What: "Regulation 833/2014 Annex IV"}}
	_, err := risk.NewScorer(rules.Baseline(), d, risk.Trap(sanctions.CoverageGap)).Assess(example(), asOf)
	fmt.Println(err)
	// Output: the assessment rests on coverage_gap: not looked at: Regulation 833/2014 Annex IV
}

// The error of a trap comes with the whole assessment and says what trapped it.
func ExampleTrapError() {
	d := russia()
	d.gaps = []sanctions.Gap{{Authority: sanctions.AuthorityUK, What: "UK Sanctions List"}}
	a, err := risk.NewScorer(rules.Baseline(), d, risk.Trap(sanctions.CoverageGap)).Assess(example(), asOf)
	var trapped *risk.TrapError
	if errors.As(err, &trapped) {
		fmt.Println("to review:", a.Firm.Name, a.Score.Point, trapped.Caveats[0].Detail)
	}
	// Output: to review: Acme Components 49.5 not looked at: UK Sanctions List
}

// Counterfactuals are part of every assessment when the scorer is told to search for
// them. How far the search went is told with them.
func ExampleWithWhatIf() {
	a, err := risk.NewScorer(rules.Baseline(), russia(), risk.WithWhatIf()).Assess(example(), asOf)
	if err != nil {
		log.Fatal(err)
	}
	down := slices.IndexFunc(a.WhatIf, func(c assessment.Counterfactual) bool { return c.Direction == "down" })
	fmt.Println(a.WhatIf[down])
	fmt.Println("engagements looked at:", a.WhatIfOf.Engagements, "of", len(a.Engagements))
	// Output:
	// an official document that refutes it: low
	// engagements looked at: 1 of 1
}

// A blocked is a list of blocked names, and a screener: whatever answers for a party
// as of a day will do.
type blocked map[string]sanctions.Designation

func (b blocked) Coverage() sanctions.Coverage {
	return sanctions.Coverage{Lists: []sanctions.LoadedList{{List: "in-house", Parties: len(b)}}}
}

func (b blocked) Screen(p sanctions.Party, asOf sanctions.Date) (sanctions.Standing, error) {
	st := sanctions.Standing{Party: p, AsOf: asOf}
	if d, ok := b[p.Name()]; ok && d.Period.Contains(asOf) {
		st.Listings = []sanctions.Listing{{Party: &p, PartyName: p.Name(), Strength: sanctions.StrengthExact, Designations: []sanctions.Designation{d}}}
	}
	return st, nil
}

// Who has lists in a system of their own meets the interface and needs no files.
func ExampleScreener() {
	lists := blocked{"Acme Components": {Authority: sanctions.AuthorityEU, List: "eu-269", Measures: []sanctions.Measure{sanctions.Blocking}}}
	a, err := risk.NewScorer(rules.Baseline(), lists).Assess(example(), asOf)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Listed, a.Grade.Point, a.Strongest)
	// Output: yes severe own-status
}
