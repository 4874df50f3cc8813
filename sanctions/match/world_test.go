package match_test

import (
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// dataFolder is where the real lists and query files lie.
func dataFolder(tb testing.TB) string {
	dir := os.Getenv("EXPOSURE_DATA")
	if dir == "" {
		tb.Skip("EXPOSURE_DATA is not set: no real lists to measure on")
	}
	return dir
}

// readCSV reads a file whose rows may differ in length.
func readCSV(tb testing.TB, path string) [][]string {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = -1, true, false
	var rows [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			tb.Fatal(err)
		}
		rows = append(rows, row)
	}
}

// readTable reads a file with a header into one map a row.
func readTable(tb testing.TB, path string) []map[string]string {
	tb.Helper()
	rows := readCSV(tb, path)
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, h := range rows[0] {
			if i < len(row) {
				m[strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))] = row[i]
			}
		}
		out = append(out, m)
	}
	return out
}

// readOFAC reads the OFAC files of a folder. Party ids are us-ofac-sdn:number.
func readOFAC(tb testing.TB, dir string) *sanctions.Snapshot {
	tb.Helper()
	world := fstest.MapFS{}
	manifest := "file,format,list\n"
	for _, row := range [][2]string{{"sdn.csv", "ofac-sdn"}, {"alt.csv", "ofac-alt"}, {"add.csv", "ofac-add"}, {"sdn_comments.csv", "ofac-comments"}} {
		file, format := row[0], row[1]
		data, err := os.ReadFile(filepath.Join(dir, file))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			tb.Fatal(err)
		}
		world[file] = &fstest.MapFile{Data: data}
		manifest += file + "," + format + ",us-ofac-sdn\n"
	}
	world[lists.ManifestName] = &fstest.MapFile{Data: []byte(manifest)}
	s, _, err := lists.Open(world)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// number is the list's own number of a party of readOFAC.
func number(p *sanctions.Party) string { return strings.TrimPrefix(p.ID, "us-ofac-sdn:") }
