package risk_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

func matter(t *testing.T, cells ...string) *risk.Matter {
	t.Helper()
	m := &risk.Matter{AsOf: sanctions.MustParseDate("2026-03-31"), Dealings: make([]risk.Dealing, 1)}
	d := &m.Dealings[0]
	d.ID, d.Last = "e1", sanctions.MustParseDate("2025-10-30")
	for i := 0; i < len(cells); i += 2 {
		require.NoError(t, d.Facts.Set(cells[i], cells[i+1]))
	}
	return m
}

// confirmed is a matter of one dealing, shown by the firm's own word, whose facts
// and the firm's are the same set.
func confirmed(f risk.Facts, last sanctions.Date) *risk.Matter {
	for _, fact := range tables.Catalogue() {
		if fact.Scope == tables.ScopeClaim || fact.Scope == tables.ScopeEvidence {
			if err := f.Set(fact.Name, map[string]string{"own_statement": "yes", "denial": "none"}[fact.Name]); err != nil {
				panic(err) // the values are of the catalogue
			}
		}
	}
	return &risk.Matter{AsOf: today, Firm: f, Dealings: []risk.Dealing{{ID: "e1", Facts: f, Last: last}}}
}

// What Explain spells out and what Outcome says in short are one evaluation.
func TestOutcomeIsExplainInShort(t *testing.T) {
	for name, m := range map[string]*risk.Matter{
		"talks":     matter(t, "kind", "meeting", "stage", "discussed", "item_class", "arms", "roots", "1", "naming", "anonymous", "denial", "subject"),
		"delivered": matter(t, "kind", "arms_purchase", "stage", "completed", "own_statement", "yes", "cp_us", "specified_person", "amount_usd", "5000000"),
		"nothing":   matter(t),
	} {
		a, o := rules.Baseline().Explain(m), rules.Baseline().Outcome(m)
		assert.Equal(t, a.Score, o.Score, name)
		assert.Equal(t, a.Grade, o.Grade, name)
		assert.Equal(t, a.Strongest, o.Strongest, name)
		require.Len(t, o.Authorities, len(a.Authorities), name)
		for i, r := range a.Authorities {
			assert.Equal(t, risk.AuthorityOutcome{Authority: r.Authority, Reach: r.Reach, Score: r.Score}, o.Authorities[i], name)
			for _, f := range r.Factors {
				if f.Step == assessment.StepRule {
					assert.Contains(t, o.Fired, f.Rule, name)
				}
			}
		}
		assert.True(t, slices.IsSorted(o.Fired))
	}
}

// A claim that is not the firm's does not charge it, whatever else it says.
func TestMatterIsImputedFirst(t *testing.T) {
	m := matter(t, "kind", "arms_purchase", "stage", "completed", "own_statement", "yes", "relation", "affiliated", "subject_type", "person", "capacity", "personal")
	o := rules.Baseline().Outcome(m)
	assert.Equal(t, []risk.DealingRows{{Imputation: "personal"}}, o.Rows)
	assert.Empty(t, o.Authorities)
	assert.Equal(t, "none", o.Grade.Point)
}
