package similarity_test

import (
	"fmt"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// Who compares many names makes their words ready once.
func ExampleScorer() {
	var weights *names.Weights // the shipped tables only
	asked := weights.Append(nil, names.Parse("ООО Северный Маяк", sanctions.KindEntity))
	listed := weights.Append(nil, names.Parse("Severny Mayak LLC", sanctions.KindEntity))
	var scorer similarity.Scorer
	fmt.Println(scorer.Score(asked, listed))
	c := scorer.Explain(asked, listed)
	for _, reason := range c.Reasons() {
		fmt.Println(reason)
	}
	// Output:
	// 0.9900 exact
	// variant: "северный" and "severny"
	// variant: "маяк" and "mayak"
	// same form: "ооо" and "llc"
}

func ExampleRelate() {
	var weights *names.Weights
	for _, pair := range [][2]string{{"завод", "plant"}, {"Mayak", "Maiakk"}, {"Mayak", "Vostok"}} {
		x := weights.Append(nil, names.Parse(pair[0], sanctions.KindEntity))
		y := weights.Append(nil, names.Parse(pair[1], sanctions.KindEntity))
		fmt.Println(similarity.Relate(&x[0], &y[0]))
	}
	// Output:
	// 9600 translation
	// 8567 typo
	// 0 missing
}
