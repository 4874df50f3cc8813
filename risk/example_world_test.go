package risk_test

import (
	"fmt"
	"log"
	"os"
	"strings"
	"testing/fstest"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/screening"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

// From a folder to an assessment: the lists and registers make a screener, the firms
// and claims make subjects, and a scorer joins the two under a rule set.
func Example() {
	world := worlds.MoscowTalks() // or os.DirFS("world")
	screener, manifest, err := screening.Open(world, asOf)
	if err != nil {
		log.Fatal(err)
	}
	subjects, err := risk.ReadSubjects(world, manifest.Paths("firms"), manifest.Paths("claims"))
	if err != nil {
		log.Fatal(err)
	}
	assessment, err := risk.NewScorer(rules.Baseline(), screener).Assess(subjects[0], asOf)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(assessment.Firm.Name)
	fmt.Println("listed:", assessment.Listed, "owned:", assessment.Owned)
	fmt.Println(assessment.Grade.Point+", at most", assessment.Grade.High+":", assessment.Reason)
	// Output:
	// Adani Defence Systems and Technologies Limited
	// listed: no owned: no
	// low, at most moderate: reported talks, disputed; one anonymous source
}

// What is wrong with any firm or claim comes with all the rest, each at its place.
func ExampleReadSubjects() {
	folder := fstest.MapFS{
		"firms.csv":  {Data: []byte("firm_id,name,country\nacme,Acme Components,Atlantis\n")},
		"claims.csv": {Data: []byte("subject_id,subject_type,kind,claim_polarity,date_from\nacme,firm,meeting,affirm,yesterday\n")},
	}
	_, err := risk.ReadSubjects(folder, []string{"firms.csv"}, []string{"claims.csv"})
	for _, fault := range sanctions.Faults(err) {
		fmt.Println(fault.Source, fault.Header)
	}
	// Output:
	// firms.csv:2:22 country
	// claims.csv:2:26 date_from
}

// A claim about a firm is one of those that weigh; one about somebody else is none
// of the subject's.
func ExampleNewSubject() {
	all, err := claims.Read(strings.NewReader("subject_name,subject_type,kind,claim_polarity\nacme components,firm,mou,affirm\n"), "claims.csv")
	if err != nil {
		log.Fatal(err)
	}
	subject := risk.NewSubject(claims.Firm{ID: "acme", Name: "Acme Components"}, all)
	fmt.Println(subject.Firm().ID, len(subject.Claims()), subject.Claims()[0].Kind)
	// Output: acme 1 mou
}

// A rule set is a folder of tables: copy risk/rules/baseline and edit it.
func ExampleReadRules() {
	own, err := risk.ReadRules(os.DirFS("rules/baseline"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(own.Digest() == rules.Baseline().Digest())
	// Output: true
}

// What one rule is worth: the same subject with it and without.
func ExampleRuleset_WithoutRule() {
	var points []assessment.Points
	for _, set := range []*risk.Ruleset{rules.Baseline(), rules.Baseline().WithoutRule("14024-support")} {
		a, err := risk.NewScorer(set, russia()).Assess(example(), asOf)
		if err != nil {
			log.Fatal(err)
		}
		points = append(points, a.Score.Point)
	}
	fmt.Println("the rule raises the score:", points[0].GreaterThan(points[1].Decimal))
	// Output:
	// the rule raises the score: true
}
