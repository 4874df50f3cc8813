package risk_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
)

// A firm is a trader by the word that its sector turns on, and not by one beside it; of
// a firm without a sector it is not known, which is not the same as no.
func TestTraders(t *testing.T) {
	aggravated := func(sector string) bool {
		f := claims.Firm{ID: "firm", Name: "Vantor", Country: "AE", Sector: sector}
		s := risk.NewSubject(f, claimed(t, "kind=dual_use_supply; stage=completed; item_class=electronics; direction=X→RU"+official))
		a, err := risk.NewScorer(rules.Baseline(), &desk{}).Assess(s, today)
		require.NoError(t, err)
		for _, x := range a.Authorities {
			for _, line := range x.Factors {
				if line.Rule == "14024-trader" {
					return true
				}
			}
		}
		return false
	}
	for sector, want := range map[string]bool{
		"electronics trading": true, "Electronics Trading": true, "import and export": true, "import-export": true,
		"wholesale of machinery": true, "distribution in electronics": true, "bearings distributor": true, "оптовая торговля": true, "贸易": true,
		"trading company": true, "trade association": false, "company": false, "electronics": false, "trading systems": false, "manufacture of goods for distribution": false,
		"military procurement": false, "securities brokerage": false, "": false, "of": false,
	} {
		assert.Equal(t, want, aggravated(sector), "%q", sector)
	}
	rows, err := readCSV(os.DirFS("."), "traders.csv")
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		assert.True(t, aggravated("spare parts "+row[0]), "%q", row[0])
		assert.NotEmpty(t, row[1], "%q: language", row[0])
		assert.False(t, seen[row[0]], "%q twice", row[0])
		seen[row[0]] = true
	}
}
