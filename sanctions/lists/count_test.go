package lists_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// Files that other packages read are counted, and what is wrong with their shape is
// said with the line on which the record starts.
func TestFilesOfOtherPackages(t *testing.T) {
	for _, c := range []struct {
		format, text, place string
		rows                int
		why                 string
	}{
		{"interests", "owner_id,owned_id\na,b\n\n\"a\nb\",c\nd,e", "", 3, "line breaks in quotes, a blank line and a last line without end"},
		{"interests", "owner_id,owned_id\na,b\n\"a\"\"b\",\"c\nd,e\nf,g\n", "r:3", 0, "the quote that stays open, and not the end of the file"},
		{"interests", "owner_id,owned_id\n\"a\nb\",\"c\n", "r:2", 0, "the line from which quotes do not come out even"},
		{"bods", "{}\n{}\n", "", 2, "lines"},
		{"bods", "\xef\xbb\xbf[{},\n{}]\n", "", 2, "an array, behind a byte order mark"},
		{"bods", " \n", "", 0, "nothing"},
		{"bods", "{}\n\n  {\"a\":}\n{}\n", "r:3", 0, "a bad value"},
		{"bods", "{}\n{\"a\":1,\n", "r:2", 0, "cut inside a line"},
		{"bods", "[{},\n{\"a\":1\n", "r:2", 0, "cut inside an element"},
		{"bods", "[\n{},\n{}\n", "r:4", 0, "cut between elements: the bracket stays open"},
	} {
		folder := fstest.MapFS{
			"manifest.csv": {Data: []byte("file,format,list\nl,parties,in-house\nr," + c.format + ",\n")},
			"l":            {Data: []byte("party_id,name\n1,Kama Gunsight Works\n")}, "r": {Data: []byte(c.text)},
		}
		_, manifest, err := lists.Open(folder)
		if c.place == "" {
			require.NoError(t, err, c.why)
			assert.Equal(t, c.rows, manifest.Files[0].Rows, c.why)
			continue
		}
		faults := sanctions.Faults(err)
		if assert.Len(t, faults, 1, "%s: %v", c.why, err) {
			assert.Equal(t, c.place, faults[0].Source.String(), "%s: %v", c.why, err)
		}
	}
}
