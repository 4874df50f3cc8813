package match_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// Names of hardly anything but particles: at the default threshold Search is Scan
// there too. Far below it, it is not; the package comment says so.
func TestNamesOfParticles(t *testing.T) {
	var parties []sanctions.Party
	for _, name := range []string{"and", "of the", "and Co", "de la", "And Company Ltd", "Rosneft"} {
		parties = append(parties, sanctions.Party{ID: name, Kind: sanctions.KindEntity,
			Names: []sanctions.Name{{Text: name}}, Designations: []sanctions.Designation{{List: "l"}}})
	}
	snapshot, err := sanctions.NewSnapshot(parties, sanctions.Coverage{})
	require.NoError(t, err)
	index := match.NewIndex(snapshot)
	found := 0
	for _, name := range []string{"band", "and", "Band Co", "off", "dela", "de la", "ande", "off the", "Band Company", "And Company"} {
		q := match.Query{Name: name}
		var got, want []string
		for _, hit := range index.Search(q) {
			got = append(got, hit.Party.ID)
		}
		for _, hit := range index.Scan(q) {
			want = append(want, hit.Party.ID)
		}
		assert.Equal(t, want, got, name)
		found += len(want)
	}
	assert.Positive(t, found, "some of them are found")
}
