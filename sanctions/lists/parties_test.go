package lists_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// Days of listing beside OFAC's own file: one for an entry, and none is dropped in
// silence.
func TestDaysBesideTheOwnFile(t *testing.T) {
	for _, c := range []struct {
		rows, from, fault, why string
	}{
		{"7,,2022-02-24,\n", "2022-02-24", "", "the day that OFAC's file lacks"},
		{"7,,2022-02-24,\n7,,2022-02-24,\n7,,,\n", "2022-02-24", "", "said again, and a row about something else"},
		{"7,,,\n7,,2022-02-24,2024-01-01\n", "2022-02-24", "", "the first row that has one"},
		{"7,,2022-02-24,\n7,,2023-05-19,\n", "", "dates.csv:3:4", "which of the two holds, nobody says"},
		{"7,,2022-02-24,\n7,,2022-02-24,2024-01-01\n", "", "dates.csv:3:4", "whether it ended, nobody says"},
	} {
		snapshot, _, err := lists.Open(fstest.MapFS{
			"manifest.csv": {Data: []byte("file,format,list\nsdn.csv,ofac-sdn,us-ofac-sdn\ndates.csv,parties,us-ofac-sdn\n")},
			"sdn.csv":      {Data: []byte(`7,"KAMA GUNSIGHT WORKS","-0- ","RUSSIA-EO14024","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- "` + "\r\n")},
			"dates.csv":    {Data: []byte("party_id,name,listed_from,listed_to\n" + c.rows)},
		})
		if c.fault != "" {
			faults := sanctions.Faults(err)
			if assert.Len(t, faults, 1, "%s: %v", c.why, err) {
				assert.Equal(t, c.fault, faults[0].Source.String(), c.why)
			}
			continue
		}
		require.NoError(t, err, c.why)
		party, _ := snapshot.Party("us-ofac-sdn:7")
		require.Len(t, party.Designations, 1, c.why)
		assert.Equal(t, c.from, party.Designations[0].Period.From.String(), c.why)
	}
}

// A list whose name is misspelt, so that nobody knows what its listings do, is warned
// of.
func TestListsOfUnknownEffect(t *testing.T) {
	warned := func(list, measures string) bool {
		snapshot, _, err := lists.Open(fstest.MapFS{
			"manifest.csv": {Data: []byte("file,format,list\nl.csv,parties," + list + "\n")},
			"l.csv":        {Data: []byte("party_id,name,listed_from,measures\n7,Kama Gunsight Works,2022-02-24," + measures + "\n")},
		})
		require.NoError(t, err)
		return len(snapshot.Coverage().Lists[0].Warnings) > 0
	}
	assert.False(t, warned("us-ofac-sdn", ""))
	assert.True(t, warned("us-ofac-snd", ""), "a list of OFAC's, and nobody knows which")
	assert.False(t, warned("us-ofac-snd", "blocking"), "the row says it")
	assert.False(t, warned("in-house", ""), "a list of the user's own binds nobody, which is known")
}
