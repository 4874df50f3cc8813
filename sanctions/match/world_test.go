package match_test

import (
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sanctionrisk/exposure/sanctions"
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

// readOFAC reads sdn.csv and alt.csv of a folder: numbers, kinds and names only.
func readOFAC(tb testing.TB, dir string) *sanctions.Snapshot {
	tb.Helper()
	kinds := map[string]sanctions.Kind{"individual": sanctions.KindPerson, "vessel": sanctions.KindVessel, "aircraft": sanctions.KindAircraft}
	var parties []sanctions.Party
	at := map[string]int{}
	for _, row := range readCSV(tb, filepath.Join(dir, "sdn.csv")) {
		if len(row) < 3 {
			continue
		}
		kind, known := kinds[strings.TrimSpace(row[2])]
		if !known {
			kind = sanctions.KindEntity
		}
		at[row[0]] = len(parties)
		p := sanctions.Party{ID: row[0], Kind: kind, Names: []sanctions.Name{{Text: row[1], Type: sanctions.NamePrimary}},
			Designations: []sanctions.Designation{{List: "us-ofac-sdn", Entry: row[0]}}}
		if n := len(row); n > 11 {
			for _, part := range strings.Split(row[11], "; ") {
				part = strings.TrimPrefix(strings.TrimSuffix(part, "."), "alt. ")
				if weak, ok := strings.CutPrefix(part, "a.k.a. '"); ok {
					p.Names = append(p.Names, sanctions.Name{Text: strings.TrimSuffix(weak, "'"), Type: sanctions.NameAlias, Weak: true})
				}
			}
		}
		parties = append(parties, p)
	}
	for _, row := range readCSV(tb, filepath.Join(dir, "alt.csv")) {
		if len(row) > 3 {
			if i, ok := at[row[0]]; ok {
				parties[i].Names = append(parties[i].Names, sanctions.Name{Text: row[3], Type: sanctions.NameAlias})
			}
		}
	}
	s, err := sanctions.NewSnapshot(parties, sanctions.Coverage{})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}
