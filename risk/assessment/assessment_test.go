package assessment_test

import (
	"encoding/json"
	"fmt"
	"log"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/rules"
)

// Whoever has two assessments can say what moved: here the evidence for one dealing.
func ExampleDiff() {
	dealing := func(denial string) assessment.Assessment {
		facts := risk.Facts{}
		for fact, value := range map[string]string{"kind": "dual_use_supply", "stage": "completed", "item_class": "dual_use", "direction": "X→RU", "cp_russia": "yes",
			"roots": "1", "own_statement": "no", "official_document": "no", "naming": "document", "reliability": "b", "credibility": "2", "denial": denial} {
			if err := facts.Set(fact, value); err != nil {
				log.Fatal(err)
			}
		}
		return rules.Baseline().Explain(&risk.Matter{Dealings: []risk.Dealing{{ID: "chips", Facts: facts}}})
	}
	before, after := dealing("none"), dealing("subject")
	d := assessment.Diff(&before, &after)
	fmt.Println(d.Scores[0], "to", d.Scores[1])
	for _, m := range d.Lines {
		fmt.Println(m.Delta, m.Step, m.Rule)
	}
	// Output:
	// 33.6 to 20
	// -20 evidence single-documented-denied
	// 6.4 evidence single-documented-well
}

// Points are exact, and written as one number in one way.
func TestPointsAreWrittenExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int64Range(-100_000_000, 100_000_000).Draw(t, "millionths")
		p := assessment.PointsOf(v)
		text, err := json.Marshal(p)
		require.NoError(t, err)
		require.Equal(t, p.String(), string(text))
		var again assessment.Points
		require.NoError(t, json.Unmarshal(text, &again))
		require.Equal(t, p, again, "equal points are equal values")
	})
	var p assessment.Points
	for _, bad := range []string{`"1"`, `1e2`, `0.0000001`, `null`} {
		assert.Error(t, p.UnmarshalJSON([]byte(bad)), bad)
	}
}

// What the lists and registers were judged with is a cause, where it is another.
func TestDiffNamesOtherTables(t *testing.T) {
	var before, after assessment.Assessment
	before.Inputs.Method, after.Inputs.Method = "exposure/method/1", "exposure/method/2"
	after.Coverage.Regimes, after.Coverage.Decisions, after.Coverage.Known = "a", "b", "c"
	var texts []string
	for _, c := range assessment.Diff(&before, &after).Causes {
		texts = append(texts, c.Text)
	}
	assert.Equal(t, []string{"assessed by exposure/method/2, was by exposure/method/1", "the earlier decisions on listed parties are others", "the table of ownership regimes is another", "what the caller knows of parties of the registers is otherwise"}, texts)
}
