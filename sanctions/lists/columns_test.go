package lists_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// Wherever a format has headers they decide: the columns in another order, every
// cell quoted, a byte order mark before and CRLF behind change nothing.
func TestHeadersDecide(t *testing.T) {
	for _, c := range []struct {
		path, format string
		comma        rune
		preamble     int
	}{
		{"parties/watch.csv", "parties", ',', 0},
		{"csl/consolidated.csv", "csl", ',', 0},
		{"eu-fsf/fsf.csv", "eu-fsf", ';', 0},
		{"eu-journal/833.csv", "eu-journal", ',', 0},
		{"uk/UK-Sanctions-List.csv", "uk-sanctions-list", ',', 1},
		{"uk-conlist/ConList.csv", "uk-conlist", ',', 1},
		{"opensanctions/targets.simple.csv", "opensanctions-simple", ',', 0},
	} {
		data, err := os.ReadFile("testdata/" + c.path)
		require.NoError(t, err)
		want := load(t, c.format, data)
		lines := strings.SplitAfterN(strings.TrimPrefix(string(data), "\ufeff"), "\n", c.preamble+1)
		in := csv.NewReader(strings.NewReader(lines[c.preamble]))
		in.Comma, in.LazyQuotes = c.comma, true
		rows, err := in.ReadAll()
		require.NoError(t, err)
		var out bytes.Buffer
		out.WriteString("\ufeff" + strings.Join(lines[:c.preamble], ""))
		for _, row := range rows {
			slices.Reverse(row)
			for i, cell := range row {
				if i > 0 {
					out.WriteRune(c.comma)
				}
				out.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
			}
			out.WriteString("\r\n")
		}
		assert.Equal(t, want, load(t, c.format, out.Bytes()), c.path)
	}
}

// load renders the parties of one file.
func load(t *testing.T, format string, data []byte) string {
	snapshot, _, err := lists.Open(fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list\nx," + format + ",l\n")},
		"x":            {Data: data},
	})
	require.NoError(t, err, format)
	var parties []*sanctions.Party
	for _, p := range snapshot.All() {
		parties = append(parties, p)
	}
	text, err := json.MarshalIndent(parties, "", " ")
	require.NoError(t, err)
	return string(text)
}

// A file of another format says so in one line and not in one for every row.
func TestFilesOfAnotherFormat(t *testing.T) {
	for format, want := range map[string]string{
		"uk-sanctions-list": "x:1: no header with Unique ID and Name 6 in the first 5 lines; is the file of another format?",
		"uk-conlist":        "x:1: no header with Group ID and Name 6 in the first 5 lines; is the file of another format?",
		"eu-fsf":            "x:1: no header with Entity_LogicalId and NameAlias_WholeName in the first 5 lines; is the file of another format?",
		"csl":               "x:1: the column source is missing",
		"eu-journal":        "x:1: the column recordId is missing",
	} {
		_, _, err := lists.Open(one(format, "party_id,name\n"+strings.Repeat("1,X\n", 50)))
		require.Error(t, err, format)
		assert.Equal(t, want, strings.Split(err.Error(), "\n")[0], format)
		assert.LessOrEqual(t, strings.Count(err.Error(), "\n"), 1, format)
	}
}
