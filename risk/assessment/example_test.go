package assessment_test

import (
	"encoding/json"
	"fmt"
	"log"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
)

// What was kept can be read and added up again without the engine: the lines of an
// authority are its score.
func ExampleAssessment() {
	deal := risk.Dealing{ID: "licence"}
	for fact, value := range map[string]string{"kind": "licensed_production", "stage": "operating", "item_class": "arms", "cp_russia": "yes", "own_statement": "yes"} {
		if err := deal.Facts.Set(fact, value); err != nil {
			log.Fatal(err)
		}
	}
	kept, err := json.Marshal(rules.Baseline().Explain(&risk.Matter{AsOf: sanctions.MustParseDate("2026-03-31"), Dealings: []risk.Dealing{deal}}))
	if err != nil {
		log.Fatal(err)
	}

	var a assessment.Assessment
	if err := json.Unmarshal(kept, &a); err != nil {
		log.Fatal(err)
	}
	strongest := a.Authorities[0]
	sum := assessment.PointsOf(0)
	for _, f := range strongest.Factors {
		fmt.Println(f.Points.Point, f.Step, f.Rule)
		sum.Decimal = sum.Add(f.Points.Point.Decimal)
	}
	fmt.Println(strongest.Authority, strongest.Score.Point, sum)
	// Output:
	// 30 rule 231-co-production
	// 20 rule 231-operating
	// caatsa-231 50 50
}

// The schema is for whoever reads assessments in another language.
func ExampleJSONSchema() {
	var schema struct {
		ID string `json:"$id"`
	}
	if err := json.Unmarshal(assessment.JSONSchema(), &schema); err != nil {
		log.Fatal(err)
	}
	fmt.Println(schema.ID, assessment.Schema)
	// Output: exposure/assessment/1 exposure/assessment/1
}

// Points count in millionths, and are written without an exponent or trailing zeros.
func ExamplePointsOf() {
	fmt.Println(assessment.PointsOf(49_500_000), assessment.PointsOf(1))
	// Output: 49.5 0.000001
}
