package rules_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// of gives the vocabulary of a fact.
func of(t *testing.T, name string) []string {
	t.Helper()
	for _, f := range tables.Catalogue() {
		if f.Name == name {
			return f.Terms
		}
	}
	t.Fatal("no fact " + name)
	return nil
}

// dealing is a dealing of June 2025 with somebody Russian who is on no list, under
// way and owned up to.
func dealing(t *testing.T, cells ...string) risk.Outcome {
	t.Helper()
	var f, firm risk.Facts
	for _, kv := range append([][2]string{{"stage", "operating"}, {"own_statement", "yes"}, {"cp_russia", "yes"}, {"cp_us", "none"}, {"cp_eu", "none"}, {"cp_uk", "none"},
		{"cp_programme", "none"}, {"cp_owner_programme", "none"}, {"firm_is_fi", "no"}, {"firm_country", "AE"}, {"chpl", "none"}}, pairs(cells)...) {
		require.NoError(t, f.Set(kv[0], kv[1]), "%v", kv)
	}
	day := sanctions.MustParseDate("2025-06-30")
	return rules.Baseline().Outcome(&risk.Matter{AsOf: day, Firm: firm, Dealings: []risk.Dealing{{ID: "d", Facts: f, From: day.AddDays(-60), Last: day.AddDays(-20)}}})
}

func pairs(cells []string) (out [][2]string) {
	for kv := range slices.Chunk(cells, 2) {
		out = append(out, [2]string{kv[0], kv[1]})
	}
	return out
}

// Whoever operates in a determined sector can be designated: no trade in goods of
// one leaves a firm where nobody would look, whatever the dealing is called and
// whichever way it went.
func TestNoTradeInADeterminedSectorIsUnread(t *testing.T) {
	notTrade := []string{"meeting", "delegation", "association_representation", "personal_presence", "mou", "remediation", "state_act", "figure", "analysis"}
	sectors := []string{"arms", "arms_component", "military_technology", "dual_use", "aviation", "energy", "metals", "financial", "electronics", "marine", "quantum",
		"manufacturing", "construction", "transportation", "professional", "pipeline"}
	for _, kind := range of(t, "kind") {
		if slices.Contains(notTrade, kind) {
			continue
		}
		for _, class := range sectors {
			for _, direction := range []string{"X→RU", "RU→X", "joint"} {
				o := dealing(t, "kind", kind, "item_class", class, "direction", direction)
				assert.Truef(t, o.Score.High.IntPart() >= 4, "%s of %s %s: %v", kind, class, direction, o.Score.High)
			}
		}
	}
}
