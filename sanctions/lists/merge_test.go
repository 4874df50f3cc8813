package lists_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// samples makes one folder of files of testdata: path, format and list a line.
func samples(t *testing.T, rows ...string) fstest.MapFS {
	folder := fstest.MapFS{}
	manifest := "file,format,list\n"
	for _, row := range rows {
		path, _, _ := strings.Cut(row, ",")
		data, err := os.ReadFile("testdata/" + path)
		require.NoError(t, err)
		folder[path] = &fstest.MapFile{Data: data}
		manifest += row + "\n"
	}
	folder["manifest.csv"] = &fstest.MapFile{Data: []byte(manifest)}
	return folder
}

var everyList = []string{
	"ofac/sdn.csv,ofac-sdn,us-ofac-sdn",
	"ofac/alt.csv,ofac-alt,us-ofac-sdn",
	"ofac/add.csv,ofac-add,us-ofac-sdn",
	"ofac/sdn_comments.csv,ofac-comments,us-ofac-sdn",
	"ofac/dates.csv,parties,us-ofac-sdn",
	"ofac/cons_prim.csv,ofac-cons-prim,us-ofac-cons",
	"ofac/cons_alt.csv,ofac-cons-alt,us-ofac-cons",
	"csl/consolidated.csv,csl,us-csl",
	"csl/legacy.csv,csl,us-csl-legacy",
	"eu-fsf/fsf.csv,eu-fsf,eu-fsf",
	"eu-journal/269.csv,eu-journal,eu-269",
	"uk/UK-Sanctions-List.csv,uk-sanctions-list,uk-sanctions-list",
	"uk-conlist/ConList.csv,uk-conlist,uk-conlist",
	"un/consolidated.xml,un-xml,un-sc",
	"seco/consolidated.xml,seco-xml,ch-seco",
	"parties/lsp.csv,parties,us-state-caatsa-231",
	"opensanctions/targets.simple.csv,opensanctions-simple,os-targets",
	"opensanctions/entities.ftm.json,opensanctions-ftm,os-entities",
}

// One designation that is read from OFAC's file, the CSL and two files of
// OpenSanctions is one designation with its sources, and the party says under
// which numbers it was found.
func TestOneDesignationOnFourLists(t *testing.T) {
	snapshot, _, err := lists.Open(samples(t, everyList...))
	require.NoError(t, err)
	party, ok := snapshot.Party("us-ofac-sdn:90001")
	require.True(t, ok)
	assert.Equal(t, "us-ofac-sdn:90001", party.ID, "the authority's own list leads")
	assert.Equal(t, []string{"eu-fsf:140001", "os-entities:NK-zp", "os-targets:ofac-90001", "us-csl:90001", "us-ofac-cons:90001"}, party.OtherIDs)
	acts := map[string][]string{}
	for _, d := range party.Designations {
		var files []string
		for _, s := range d.Sources {
			files = append(files, s.String())
		}
		acts[d.List] = files
	}
	assert.Equal(t, map[string][]string{
		"us-ofac-sdn":  {"ofac/sdn.csv:1", "ofac/dates.csv:2", "csl/consolidated.csv:2", "opensanctions/targets.simple.csv:2", "opensanctions/entities.ftm.json:2"},
		"us-ofac-cons": {"ofac/cons_prim.csv:1", "csl/consolidated.csv:3"},
		"eu-fsf":       {"eu-fsf/fsf.csv:2", "opensanctions/entities.ftm.json:2"},
	}, acts)
	for _, id := range party.OtherIDs {
		same, ok := snapshot.Party(id)
		assert.True(t, ok && same == party, "%s finds the same party", id)
	}
}

func TestJoinsAcrossRegisters(t *testing.T) {
	snapshot, _, err := lists.Open(samples(t, everyList...))
	require.NoError(t, err)
	for _, c := range []struct{ id, other, why string }{
		{"un-sc:6999002", "uk-sanctions-list:DPR9004", "the UK's row has the UN's reference number"},
		{"uk-sanctions-list:RUS9001", "uk-conlist:19001", "the OFSI group"},
		{"uk-sanctions-list:RUS9003", "os-entities:NK-ship", "a referent of OpenSanctions"},
	} {
		a, okA := snapshot.Party(c.id)
		b, okB := snapshot.Party(c.other)
		if assert.True(t, okA && okB, c.why) {
			assert.Same(t, a, b, c.why)
		}
	}
	p, _ := snapshot.Party("un-sc:6999002")
	assert.Len(t, p.Designations, 2, "two authorities are two designations")
	p, _ = snapshot.Party("uk-sanctions-list:RUS9001")
	if assert.Len(t, p.Designations, 1, "the retired list of one authority is the same designation") {
		assert.Equal(t, "uk-sanctions-list", p.Designations[0].List)
		assert.Len(t, p.Designations[0].Sources, 2)
	}
}

// The quality that an authority gives an alias wins over that of a collection,
// which often has none.
func TestAuthorityDecidesAliasStrength(t *testing.T) {
	folder := samples(t, "ofac/sdn.csv,ofac-sdn,us-ofac-sdn")
	folder["manifest.csv"].Data = append(folder["manifest.csv"].Data, "os.csv,opensanctions-simple,os\n"...)
	folder["os.csv"] = &fstest.MapFile{Data: []byte("id,schema,name,aliases,countries,identifiers,dataset\n" +
		`ofac-90002,Person,Ivan Petrov,"Petya;""Petrov; Ivan"";Vanya",ru,"IMO9074729;7707083893;1027700132195;12345",US OFAC Specially Designated Nationals (SDN) List` + "\n")}
	snapshot, _, err := lists.Open(folder)
	require.NoError(t, err)
	party, _ := snapshot.Party("us-ofac-sdn:90002")
	weak := map[string]bool{}
	for _, n := range party.Names {
		weak[n.Text] = n.Weak
	}
	assert.Equal(t, map[string]bool{"PETROV, Ivan Ivanovich": false, "Ivan Petrov": false, "PETYA": true, "Petrov; Ivan": false, "Vanya": false}, weak)
	var ids []string
	for _, id := range party.Identifiers {
		if id.Source.File == "os.csv" {
			ids = append(ids, id.String())
		}
	}
	assert.Equal(t, []string{"imo:9074729", "inn:7707083893", "ogrn:1027700132195", "other:12345"}, ids)
}

// A name joins nothing: the plant stands under the same name on lists that do
// not share a number.
func TestNamesJoinNothing(t *testing.T) {
	snapshot, _, err := lists.Open(samples(t, everyList...))
	require.NoError(t, err)
	ofac, _ := snapshot.Party("us-ofac-sdn:90001")
	for _, id := range []string{"us-state-caatsa-231:lsp-1", "ch-seco:70020", "eu-269:I.ENTITIES.1", "uk-sanctions-list:RUS9002"} {
		p, ok := snapshot.Party(id)
		require.True(t, ok, id)
		assert.NotSame(t, ofac, p, id)
	}
}

var places = regexp.MustCompile(`"line":\d+,?`)

// Whatever the order of rows, in the manifest and in every file that has rows,
// the parties are the same but for the lines they were read from.
func TestRowOrderIsIrrelevant(t *testing.T) {
	render := func(folder fstest.MapFS) string {
		snapshot, _, err := lists.Open(folder)
		require.NoError(t, err)
		var out strings.Builder
		for _, p := range snapshot.All() {
			text, err := json.Marshal(p)
			require.NoError(t, err)
			out.Write(places.ReplaceAll(text, nil))
			out.WriteByte('\n')
		}
		return out.String()
	}
	folder := samples(t, everyList...)
	want := render(folder)
	require.Greater(t, strings.Count(want, "\n"), 20)
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 0))
		shuffled := fstest.MapFS{}
		for path, f := range folder {
			data := f.Data
			header := 1
			switch {
			case strings.HasSuffix(path, ".xml"):
				header = -1
			case strings.HasPrefix(path, "uk"):
				header = 2
			case strings.HasPrefix(path, "ofac/") && !strings.HasSuffix(path, "dates.csv"), strings.HasSuffix(path, ".json"):
				header = 0
			}
			if header >= 0 {
				body := strings.TrimSuffix(string(data), "\x1a")
				lines := strings.SplitAfter(body, "\n")
				if lines[len(lines)-1] == "" {
					lines = lines[:len(lines)-1]
				}
				rows := lines[header:]
				random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
				data = []byte(strings.Join(lines, "") + string(data[len(body):]))
			}
			shuffled[path] = &fstest.MapFile{Data: data}
		}
		require.Equal(t, want, render(shuffled), "seed %d", seed)
	}
}

// The same folder gives the same bytes, coverage and warnings included.
func TestSameInputSameBytes(t *testing.T) {
	folder := samples(t, everyList...)
	render := func() string {
		snapshot, _, err := lists.Open(folder)
		require.NoError(t, err)
		var parties []*sanctions.Party
		for _, p := range snapshot.All() {
			parties = append(parties, p)
		}
		text, err := json.Marshal(map[string]any{"parties": parties, "coverage": snapshot.Coverage()})
		require.NoError(t, err)
		return string(text)
	}
	want := render()
	for range 20 {
		require.Equal(t, want, render())
	}
	_, _, err := lists.Open(folder, lists.Refuse(lists.Dangling, lists.NotParties, lists.UnknownTerm, lists.UnknownRemark, lists.Undated))
	require.Error(t, err)
	for range 20 {
		_, _, again := lists.Open(folder, lists.Refuse(lists.Dangling, lists.NotParties, lists.UnknownTerm, lists.UnknownRemark, lists.Undated))
		require.EqualError(t, again, err.Error())
	}
}

func TestSnapshotOrderAndIDs(t *testing.T) {
	snapshot, _, err := lists.Open(samples(t, everyList...))
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, p := range snapshot.All() {
		for _, id := range append([]string{p.ID}, p.OtherIDs...) {
			assert.False(t, seen[id], id)
			seen[id] = true
		}
		for _, d := range p.Designations {
			assert.NotEmpty(t, d.Measures, p.ID)
			assert.NotEmpty(t, d.Sources, p.ID)
			for _, m := range d.Measures {
				assert.Contains(t, sanctions.Measures(), m, "the vocabulary is closed")
			}
		}
	}
}
