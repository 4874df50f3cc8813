package risk_test

import (
	"fmt"
	"log"
	"os"
	"strings"
	"testing/fstest"

	"github.com/sanctionrisk/exposure/risk"
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
	claims, err := risk.ReadClaims(strings.NewReader("subject_name,subject_type,kind,claim_polarity\nacme components,firm,mou,affirm\n"), "claims.csv")
	if err != nil {
		log.Fatal(err)
	}
	subject := risk.NewSubject(risk.Firm{ID: "acme", Name: "Acme Components"}, claims)
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
	var points []risk.Points
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

// Claims are written as they are read, and nothing is lost.
func ExampleWriteClaims() {
	claims, err := risk.ReadClaims(strings.NewReader("subject_id,subject_type,kind,stage,claim_polarity,as_known_at\nacme,firm,mou,signed,affirm,2024-05-01\n"), "claims.csv")
	if err != nil {
		log.Fatal(err)
	}
	var out strings.Builder
	if err := risk.WriteClaims(&out, claims); err != nil {
		log.Fatal(err)
	}
	again, err := risk.ReadClaims(strings.NewReader(out.String()), "claims.csv")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(again[0].Kind, again[0].Stage, again[0].AsKnownAt)
	// Output: mou signed 2024-05-01
}
