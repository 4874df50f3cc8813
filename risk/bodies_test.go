package risk_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The armed forces, the ministry and the services are the sectors by their names, on
// a list or not; a nationality is nobody's name.
func TestBodiesOfTheState(t *testing.T) {
	row := "kind=goods_supply; stage=completed; item_class=civilian; direction=X→RU; counterparty_basis=stated; engagement_id=deal; date_from=2025-03-01; counterparty_name="
	for name, body := range map[string]bool{
		"Ministry of Defence of the Russian Federation": true,
		"Russian Ministry of Defense":                   true,
		"Russia's defence ministry":                     true,
		"the Russian Armed Forces":                      true,
		"Armed Forces of Russia":                        true,
		"Russian army":                                  true,
		"Russian military end users, not named":         true,
		"Russian Aerospace Forces (VKS)":                true,
		"Rosgvardia":                                    true,
		"FSB":                                           true,
		"Federal Security Service":                      true,
		"Main Directorate":                              false,
		"Вооружённые силы Российской Федерации": true,
		"ВС РФ":                        true,
		"Минобороны России":            true,
		"ФСБ России":                   true,
		"俄罗斯国防部":                       true,
		"Ministry of Defence":          false, // of whom?
		"Ministry of Defence of India": false,
		"Armed Forces of Ukraine":      false,
		"Russian buyers, not named":    false,
		"Russian side":                 false,
		"Russia":                       false,
		"Russian Army Store LLC":       false,
		"Army of Russia Museum Shop":   false,
		"Moscow Navy Supplies":         false,
	} {
		a := assess(t, russia(), firm, claimed(t, row+name))
		_, got := factors(a, "caatsa-231")["231-cp-state-body"]
		assert.Equal(t, body, got, name)
	}
	inferred := assess(t, russia(), firm, claimed(t, row+"Russian army; counterparty_basis=inferred"))
	sector := authority(inferred, "caatsa-231").Score
	assert.True(t, sector.Point.IsZero() && sector.High.IsPositive(), "inferred: in the high score only: %v", sector)
}

// Every row of bodies.csv is known by its name and by nothing that says more.
func TestEveryRowOfBodies(t *testing.T) {
	rows, err := readCSV(os.DirFS("."), "bodies.csv")
	require.NoError(t, err)
	require.Equal(t, []string{"body", "name", "alone", "citation"}, rows[0])
	named := func(t require.TestingT, name string) bool {
		c := claimsOf(t, "kind=services; stage=completed; item_class=services; counterparty_basis=stated; engagement_id=deal; date_from=2025-03-01; direction=joint")
		c[0].CounterpartyName = name
		_, ok := factors(assess(t, russia(), firm, c), "caatsa-231")["231-cp-state-body"]
		return ok
	}
	rapid.Check(t, func(r *rapid.T) {
		row := rapid.SampledFrom(rows[1:]).Draw(r, "row")
		require.NotEmpty(r, row[3], "%v cites nothing", row)
		name := row[1]
		if rapid.Bool().Draw(r, "capitals") {
			name = strings.ToUpper(name)
		}
		of := rapid.SampledFrom([]string{"Russian %s", "%s of the Russian Federation", "%s РФ", "the %s of Russia", "Russia's %s"}).Draw(r, "of")
		require.True(r, named(r, strings.ReplaceAll(of, "%s", name)), "%s %s", of, name)
		require.Equal(r, row[2] == "yes", named(r, name), "%s alone", name)
		require.False(r, named(r, strings.ReplaceAll(of, "%s", name)+" "+rapid.SampledFrom([]string{"Trading", "Supplier", "Museum"}).Draw(r, "more")), "another firm")
	})
}
