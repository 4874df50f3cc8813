package lists_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// fuzzFormat feeds a reader with whatever comes. It must not panic or hang, an
// error must say where, and a snapshot must be whole: every party with a name, a
// designation and a place.
func fuzzFormat(f *testing.F, format string, seeds ...string) {
	for _, seed := range seeds {
		data, err := os.ReadFile(filepath.Join("testdata", seed))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte{})
	f.Add([]byte("\ufeff\x1a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		folder := fstest.MapFS{
			"manifest.csv": {Data: []byte("file,format,list\nsdn,ofac-sdn,l\nx," + format + ",l\n")},
			"sdn":          {Data: []byte("1,\"X\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n")},
			"x":            {Data: data},
		}
		snapshot, manifest, err := lists.Open(folder, lists.WithLimits(lists.Limits{File: 1 << 20, Record: 1 << 16, Depth: 16}))
		if err != nil {
			faults := sanctions.Faults(err)
			if len(faults) == 0 {
				t.Fatalf("an error without a place: %v", err)
			}
			for _, fault := range faults {
				if fault.File == "" {
					t.Fatalf("a fault without a file: %v", fault)
				}
			}
			return
		}
		for _, p := range snapshot.All() {
			if p.Name() == "" || p.Source.File == "" || strings.TrimSpace(p.Name()) != p.Name() {
				t.Fatalf("party %q, name %q, source %v", p.ID, p.Name(), p.Source)
			}
			for _, d := range p.Designations {
				if len(d.Measures) == 0 || len(d.Sources) == 0 || !d.Period.Valid() {
					t.Fatalf("party %q: designation %+v", p.ID, d)
				}
			}
		}
		for _, file := range manifest.Files {
			if len(file.SHA256) != 64 {
				t.Fatalf("%s has no digest", file.Path)
			}
		}
	})
}

func FuzzOFACPrimary(f *testing.F) { fuzzFormat(f, "ofac-sdn", "ofac/sdn.csv", "ofac/cons_prim.csv") }

// FuzzOFACRemarks puts any text into the one cell that is taken apart.
func FuzzOFACRemarks(f *testing.F) {
	for _, remarks := range []string{
		"DOB 10 Dec 1948; alt. DOB 1949; POB Basra; Tax ID No. 7706107510 (Russia);\nGender Male.",
		"a.k.a. 'AL'; Linked To: X; Secondary sanctions risk: See Section 11 of Executive Order 14024.",
		"Digital Currency Address - XBT 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h; Website www.x.ru; Passport AB 12 (Iran) expires 1 Jan 2020",
		"(Linked To: X); Executive Order 13662 Directive Determination - Subject to Directive 3; Sec. 235(a)(7)",
	} {
		f.Add(remarks)
	}
	f.Fuzz(func(t *testing.T, remarks string) {
		quoted := strings.ReplaceAll(remarks, `"`, `""`)
		snapshot, _, err := lists.Open(fstest.MapFS{
			"manifest.csv": {Data: []byte("file,format,list\nsdn,ofac-sdn,l\n")},
			"sdn":          {Data: []byte("1,\"X\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"" + quoted + "\"\r\n")},
		})
		if err != nil {
			return
		}
		for _, id := range snapshot.At(0).Identifiers {
			if id.Value == "" {
				t.Fatalf("an identifier without a value: %+v", id)
			}
		}
	})
}

func FuzzOFACAlt(f *testing.F)      { fuzzFormat(f, "ofac-alt", "ofac/alt.csv") }
func FuzzOFACAddress(f *testing.F)  { fuzzFormat(f, "ofac-add", "ofac/add.csv") }
func FuzzOFACComments(f *testing.F) { fuzzFormat(f, "ofac-comments", "ofac/sdn_comments.csv") }
func FuzzParties(f *testing.F) {
	fuzzFormat(f, "parties", "parties/lsp.csv", "parties/watch.csv", "ofac/dates.csv")
}
func FuzzCSL(f *testing.F) {
	f.Add([]byte("source,name,ids\n(SDN),X,\"-, -; ,\"\n"))
	fuzzFormat(f, "csl", "csl/consolidated.csv", "csl/legacy.csv")
}

func FuzzEUFSF(f *testing.F) { fuzzFormat(f, "eu-fsf", "eu-fsf/fsf.csv") }
func FuzzEUJournal(f *testing.F) {
	fuzzFormat(f, "eu-journal", "eu-journal/269.csv", "eu-journal/833.csv")
}
func FuzzUK(f *testing.F)      { fuzzFormat(f, "uk-sanctions-list", "uk/UK-Sanctions-List.csv") }
func FuzzConList(f *testing.F) { fuzzFormat(f, "uk-conlist", "uk-conlist/ConList.csv") }
func FuzzUN(f *testing.F)      { fuzzFormat(f, "un-xml", "un/consolidated.xml") }
func FuzzSECO(f *testing.F)    { fuzzFormat(f, "seco-xml", "seco/consolidated.xml") }
func FuzzOSSimple(f *testing.F) {
	fuzzFormat(f, "opensanctions-simple", "opensanctions/targets.simple.csv")
}
func FuzzFTM(f *testing.F)       { fuzzFormat(f, "opensanctions-ftm", "opensanctions/entities.ftm.json") }
func FuzzOtherCSV(f *testing.F)  { fuzzFormat(f, "claims", "parties/claims.csv") }
func FuzzOtherJSON(f *testing.F) { fuzzFormat(f, "bods", "opensanctions/entities.ftm.json") }

func FuzzManifest(f *testing.F) {
	for _, name := range []string{"ofac", "parties", "un"} {
		data, err := os.ReadFile(filepath.Join("testdata", name, "manifest.csv"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		manifest, err := lists.ReadManifest(fstest.MapFS{"manifest.csv": {Data: data}, "sdn.csv": {}, "a/b.csv": {}})
		if err != nil {
			for _, fault := range sanctions.Faults(err) {
				if fault.File != "manifest.csv" {
					t.Fatalf("a fault elsewhere: %v", fault)
				}
			}
			return
		}
		for _, file := range manifest.Files {
			if file.Path != "sdn.csv" && file.Path != "a/b.csv" {
				t.Fatalf("a path that is not in the folder: %q", file.Path)
			}
		}
	})
}
