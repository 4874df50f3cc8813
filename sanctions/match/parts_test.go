package match_test

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// TestIndexIsTheSameOnAnyProcessors holds an index to the byte, however many processors
// make it.
func TestIndexIsTheSameOnAnyProcessors(t *testing.T) {
	kinds := []sanctions.Kind{sanctions.KindEntity, sanctions.KindPerson, sanctions.KindUnknown, sanctions.KindVessel}
	var parties []sanctions.Party
	for i := range 12_000 {
		p := listed(fmt.Sprint(i), kinds[i%len(kinds)], fmt.Sprintf("Krokus %x Marine %d", i*7919%65_536, i%97), fmt.Sprintf("Альтаир (formerly Zenit %x) LLC", i*31))
		p.Identifiers = []sanctions.Identifier{russian(sanctions.INN, "7718852163")}
		parties = append(parties, p)
	}
	s, err := sanctions.NewSnapshot(parties, sanctions.Coverage{})
	require.NoError(t, err)
	var files [3]bytes.Buffer
	for i, processors := range []int{1, 2, 5} {
		before := runtime.GOMAXPROCS(processors)
		x := match.NewIndex(s)
		runtime.GOMAXPROCS(before)
		_, err := x.WriteTo(&files[i])
		require.NoError(t, err)
	}
	assert.True(t, bytes.Equal(files[0].Bytes(), files[1].Bytes()), "two processors")
	assert.True(t, bytes.Equal(files[0].Bytes(), files[2].Bytes()), "five")
}
