package lists_test

import (
	"encoding/csv"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// realData makes a folder of files below EXPOSURE_DATA, which holds lists as
// published, with a manifest of the given rows: path, format, list.
func realData(t testing.TB, rows ...string) (dir string, folder fstest.MapFS) {
	dir = os.Getenv("EXPOSURE_DATA")
	if dir == "" {
		t.Skip("EXPOSURE_DATA is not set; it names a folder with lists as published")
	}
	folder = fstest.MapFS{}
	manifest := "file,format,list\n"
	for _, row := range rows {
		path, _, _ := strings.Cut(row, ",")
		data, err := os.ReadFile(filepath.Join(dir, path))
		require.NoError(t, err)
		folder[path] = &fstest.MapFile{Data: data}
		manifest += row + "\n"
	}
	folder["manifest.csv"] = &fstest.MapFile{Data: []byte(manifest)}
	return dir, folder
}

var realOFAC = []string{
	"ofac/sdn.csv,ofac-sdn,us-ofac-sdn", "ofac/alt.csv,ofac-alt,us-ofac-sdn", "ofac/add.csv,ofac-add,us-ofac-sdn",
	"ofac/sdn_comments.csv,ofac-comments,us-ofac-sdn",
	"ofac/cons_prim.csv,ofac-cons-prim,us-ofac-cons", "ofac/cons_alt.csv,ofac-cons-alt,us-ofac-cons",
	"ofac/cons_add.csv,ofac-cons-add,us-ofac-cons", "ofac/cons_comments.csv,ofac-cons-comments,us-ofac-cons",
}

// plainRows reads a CSV file with nothing but encoding/csv.
func plainRows(t *testing.T, path string) [][]string {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	r := csv.NewReader(strings.NewReader(strings.TrimSuffix(string(data), "\x1a")))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	require.NoError(t, err)
	return rows
}

// plainOFAC is the same list as counted by a plain loop over the files, without
// anything of this package: the oracle of TestRealOFAC.
type plainOFAC struct {
	numbers    map[string]bool
	names      map[[2]string]bool // number, text
	weak       map[[2]string]bool
	programmes map[[3]string]bool // register, number, programme
	risks      map[[2]string]bool // number, text of a secondary-sanctions tag
	parts      int                // of remarks
}

func countPlainly(t *testing.T, dir string) plainOFAC {
	c := plainOFAC{map[string]bool{}, map[[2]string]bool{}, map[[2]string]bool{}, map[[3]string]bool{}, map[[2]string]bool{}, 0}
	weakName := regexp.MustCompile(`^[afn]\.k\.a\. '(.*)'$`)
	for _, register := range []struct{ prim, alt, comments string }{{"sdn", "alt", "sdn_comments"}, {"cons_prim", "cons_alt", "cons_comments"}} {
		overflow := map[string]string{}
		for _, row := range plainRows(t, filepath.Join(dir, "ofac", register.comments+".csv")) {
			overflow[row[0]] += row[1]
		}
		for _, row := range plainRows(t, filepath.Join(dir, "ofac", register.prim+".csv")) {
			number := row[0]
			c.numbers[number] = true
			c.names[[2]string{number, strings.Join(strings.Fields(row[1]), " ")}] = true
			for _, p := range strings.Split(row[3], "] [") {
				c.programmes[[3]string{register.prim, number, p}] = true
			}
			remarks := row[11]
			if strings.TrimSpace(remarks) == "-0-" {
				continue
			}
			for _, part := range strings.Split(strings.TrimSuffix(remarks+overflow[number], "."), "; ") {
				c.parts++
				part = strings.TrimPrefix(strings.TrimPrefix(part, "alt. "), "Alt. ")
				if m := weakName.FindStringSubmatch(part); m != nil {
					c.weak[[2]string{number, m[1]}] = true
				}
				if strings.HasPrefix(part, "Secondary sanctions risk:") || strings.HasPrefix(part, "Additional Sanctions Information") {
					c.risks[[2]string{number, strings.TrimSuffix(part, ".")}] = true
				}
			}
		}
		for _, row := range plainRows(t, filepath.Join(dir, "ofac", register.alt+".csv")) {
			c.names[[2]string{row[0], strings.Join(strings.Fields(row[3]), " ")}] = true
		}
	}
	for name := range c.weak {
		if c.names[name] {
			delete(c.weak, name) // the same text is a strong name
		}
	}
	return c
}

// OFAC's lists as published load whole: every count equals that of a plain loop.
// TestRealOFACIdentifiers does the same for identifiers.
func TestRealOFAC(t *testing.T) {
	dir, folder := realData(t, realOFAC...)
	snapshot, _, err := lists.Open(folder)
	require.NoError(t, err)
	want := countPlainly(t, dir)
	assert.Equal(t, len(want.numbers), snapshot.Len(), "parties")

	strong, weak, programmes := 0, 0, map[[3]string]bool{}
	unknown := map[string]int{}
	risks := map[[2]string]bool{}
	russia := 0
	for _, p := range snapshot.All() {
		for _, n := range p.Names {
			if n.Weak {
				weak++
			} else {
				strong++
			}
		}
		number := p.Designations[0].Entry
		for _, d := range p.Designations {
			register := map[string]string{"us-ofac-sdn": "sdn", "us-ofac-cons": "cons_prim"}[d.List]
			for _, programme := range d.Programmes {
				programmes[[3]string{register, number, programme}] = true
			}
		}
		isRussia := false
		for _, r := range p.SecondaryRisk {
			risks[[2]string{number, r.Text}] = true
			isRussia = isRussia || r.Russia
		}
		if isRussia {
			russia++
		}
		for _, r := range p.Remarks {
			if r.Tag == "" {
				unknown[r.Text]++
			}
		}
	}
	assert.Equal(t, len(want.names), strong, "names")
	assert.Equal(t, len(want.weak), weak, "weak names")
	assert.Equal(t, want.programmes, programmes)
	assert.Equal(t, want.risks, risks)
	all := 0
	for text, n := range unknown {
		all += n
		assert.Less(t, n*100, want.parts, "an unknown remark is more frequent than one in a hundred: %q", text)
	}
	t.Logf("%d parties, %d strong and %d weak names, %d secondary-risk tags (%d parties Russia-related), %d of %d remark parts unknown, in %d wordings",
		snapshot.Len(), strong, weak, len(risks), russia, all, want.parts, len(unknown))
}

// The tags of secondary sanctions that are Russia-related, counted by awk.
func TestRealRussiaRelatedRiskEqualsAwk(t *testing.T) {
	dir, folder := realData(t, realOFAC...)
	awk, err := exec.LookPath("awk")
	if err != nil {
		t.Skip("awk is not installed")
	}
	snapshot, _, err := lists.Open(folder)
	require.NoError(t, err)
	for list, file := range map[string]string{"us-ofac-sdn": "sdn.csv", "us-ofac-cons": "cons_prim.csv"} {
		out, err := exec.Command(awk, `/Secondary sanctions risk:[^;]*(Section 11 of Executive Order 14024|31 CFR 589)/ { n++ } END { print n+0 }`,
			filepath.Join(dir, "ofac", file)).Output()
		require.NoError(t, err)
		want, err := strconv.Atoi(strings.TrimSpace(string(out)))
		require.NoError(t, err)
		got := 0
		for _, p := range snapshot.All() {
			if slices.ContainsFunc(p.SecondaryRisk, func(r sanctions.SecondaryRisk) bool {
				return r.Russia && strings.HasSuffix(r.Source.File, file)
			}) {
				got++
			}
		}
		assert.Equal(t, want, got, list)
	}
}

// Alternate names of parties that were listed later dangle; they are counted.
func TestRealDanglingNames(t *testing.T) {
	dir, folder := realData(t, "ofac-2023/sdn.csv,ofac-sdn,us-ofac-sdn", "ofac-2023/alt.csv,ofac-alt,us-ofac-sdn")
	numbers := map[string]bool{}
	for _, row := range plainRows(t, filepath.Join(dir, "ofac-2023/sdn.csv")) {
		numbers[row[0]] = true
	}
	dangling := 0
	for _, row := range plainRows(t, filepath.Join(dir, "ofac-2023/alt.csv")) {
		if !numbers[row[0]] {
			dangling++
		}
	}
	require.Positive(t, dangling)
	snapshot, _, err := lists.Open(folder)
	require.NoError(t, err)
	assert.Equal(t, len(numbers), snapshot.Len())
	assert.Contains(t, strings.Join(snapshot.Coverage().Lists[0].Warnings, "\n"), "("+strconv.Itoa(dangling)+" times, first at ofac-2023/alt.csv:")
	_, _, err = lists.Open(folder, lists.Refuse(lists.Dangling))
	assert.ErrorIs(t, err, lists.Dangling)
}

func TestRealEUJournal(t *testing.T) {
	dir, folder := realData(t, "eu/32014R0269.csv,eu-journal,eu-269")
	rows := plainRows(t, filepath.Join(dir, "eu/32014R0269.csv"))
	column := map[string]int{}
	for i, h := range rows[0] {
		column[strings.TrimPrefix(h, "\ufeff")] = i
	}
	rows = rows[1:]
	snapshot, _, err := lists.Open(folder)
	require.NoError(t, err)
	assert.Equal(t, len(rows), snapshot.Len())
	wantDates, gotDates, undated, born := map[string]int{}, map[string]int{}, 0, 0
	for _, row := range rows {
		parts := strings.Split(row[column["startDate"]], ".")
		if len(parts) != 3 {
			undated++
			continue
		}
		day, _ := strconv.Atoi(parts[0])
		month, _ := strconv.Atoi(parts[1])
		wantDates[parts[2]+"-"+twoDigits(month)+"-"+twoDigits(day)]++
	}
	schemes := map[sanctions.Scheme]int{}
	unread := 0
	for _, p := range snapshot.All() {
		from := p.Designations[0].Period.From
		if from.IsZero() {
			undated--
		} else {
			gotDates[from.String()]++
		}
		assert.Equal(t, []sanctions.Measure{sanctions.Blocking}, p.Designations[0].Measures, p.ID)
		if len(p.Births) > 0 {
			born++
		}
		for _, b := range p.Births {
			if b.From.IsZero() {
				unread++
			}
		}
		for _, id := range p.Identifiers {
			schemes[id.Scheme]++
		}
	}
	assert.Equal(t, wantDates, gotDates)
	assert.Zero(t, undated)
	assert.Less(t, unread*100, born, "dates of birth that cannot be read")
	assert.Positive(t, schemes[sanctions.INN])
	assert.Positive(t, schemes[sanctions.OGRN])
	t.Logf("%d parties, %d born, %d births unread, identifiers %v", snapshot.Len(), born, unread, slices.Sorted(maps.Keys(schemes)))
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func BenchmarkOpenRealOFAC(b *testing.B) {
	_, folder := realData(b, realOFAC...)
	size := 0
	for _, f := range folder {
		size += len(f.Data)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := lists.Open(folder); err != nil {
			b.Fatal(err)
		}
	}
}

// Two editions of OFAC's list, two years apart: added and removed are the
// differences of the sets of numbers, and a primary name that the files write
// differently is a change of name.
func TestRealDelta(t *testing.T) {
	dir, before := realData(t, "ofac/sdn.csv,ofac-sdn,us-ofac-sdn")
	_, after := realData(t, "ofac-2023/sdn.csv,ofac-sdn,us-ofac-sdn")
	name := func(file string) map[string]string {
		names := map[string]string{}
		for _, row := range plainRows(t, filepath.Join(dir, file)) {
			names[row[0]] = strings.Join(strings.Fields(row[1]), " ")
		}
		return names
	}
	old, now := name("ofac/sdn.csv"), name("ofac-2023/sdn.csv")
	want := map[lists.ChangeKind]int{}
	renamed := 0
	for number, text := range now {
		if was, ok := old[number]; !ok {
			want[lists.Added]++
		} else if was != text {
			renamed++
		}
	}
	for number := range old {
		if _, ok := now[number]; !ok {
			want[lists.Removed]++
		}
	}
	a, _, err := lists.Open(before)
	require.NoError(t, err)
	b, _, err := lists.Open(after)
	require.NoError(t, err)
	changes, err := lists.Delta(a, b, "us-ofac-sdn", lists.Accept(lists.EditionOrder))
	require.NoError(t, err)
	got, gotRenamed, changed := map[lists.ChangeKind]int{}, 0, 0
	for c := range changes {
		if c.Kind == lists.Changed {
			changed++
			if slices.ContainsFunc(c.Fields, func(f lists.FieldChange) bool { return f.Field == "name" }) {
				gotRenamed++
			}
			continue
		}
		got[c.Kind]++
	}
	assert.Equal(t, want, got)
	assert.Equal(t, renamed, gotRenamed)
	t.Logf("%d added, %d removed, %d changed, of which %d renamed", got[lists.Added], got[lists.Removed], changed, gotRenamed)
}
