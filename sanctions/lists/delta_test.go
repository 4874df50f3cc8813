package lists_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// edition loads one edition of a list called "ours".
func edition(published, rows string) *sanctions.Snapshot {
	folder := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list,published\nours.csv,parties,ours," + published + "\n")},
		"ours.csv":     {Data: []byte("party_id,name,aliases,identifiers,measures,listed_from,listed_to\n" + rows)},
	}
	snapshot, _, err := lists.Open(folder)
	if err != nil {
		panic(err)
	}
	return snapshot
}

func ExampleDelta() {
	june := edition("2024-06-01", "9,Amber Trading,,,asset freeze,2022-01-01,\n10,Basalt Works,Basalt,inn:7707083893,asset freeze,2022-01-01,\n")
	july := edition("2024-07-01", "10,Basalt Works,Bazalt,inn:7707083893,asset freeze;travel ban,2022-01-01,\n11,Cobalt Bank,,,capta,2024-06-20,\n")
	changes, err := lists.Delta(june, july, "ours")
	if err != nil {
		fmt.Println(err)
		return
	}
	for c := range changes {
		fmt.Println(c.Kind, c.ID)
		for _, f := range c.Fields {
			fmt.Println("  ", f.Field, "-", f.Removed, "+", f.Added)
		}
	}
	_, err = lists.Delta(july, june, "ours")
	fmt.Println(err)
	// Output:
	// removed ours:9
	// changed ours:10
	//    alias - [Basalt] + [Bazalt]
	//    measure - [] + [travel_ban]
	// added ours:11
	// edition order: the editions of ours are of "2024-07-01" and "2024-06-01"; state the days of publication in the manifests and give the earlier first
}

func TestDeltaRefusesWhatItCannotCompare(t *testing.T) {
	a, b := edition("", "1,A,,,,,\n"), edition("2024-07-01", "1,A,,,,,\n")
	_, err := lists.Delta(a, b, "ours")
	assert.ErrorIs(t, err, lists.EditionOrder, "the first has no day of publication")
	_, err = lists.Delta(a, b, "ours", lists.Accept(lists.EditionOrder))
	assert.NoError(t, err)
	_, err = lists.Delta(b, b, "theirs")
	assert.ErrorContains(t, err, "not in both snapshots")
}

// Every field of a party that a list can state is compared.
func TestDeltaSeesEveryField(t *testing.T) {
	full, err := os.ReadFile("testdata/ofac/sdn.csv")
	require.NoError(t, err)
	open := func(sdn string) *sanctions.Snapshot {
		s, _, err := lists.Open(fstest.MapFS{
			"manifest.csv": {Data: []byte("file,format,list,published\nsdn.csv,ofac-sdn,us-ofac-sdn,2026-11-02\n")},
			"sdn.csv":      {Data: []byte(sdn)},
		})
		require.NoError(t, err)
		return s
	}
	before := open("90001,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n90003,\"Y\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n90005,\"Z\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n")
	changes, err := lists.Delta(before, open(string(full)), "us-ofac-sdn")
	require.NoError(t, err)
	seen := map[string]bool{}
	for c := range changes {
		for _, f := range c.Fields {
			seen[f.Field] = true
		}
	}
	assert.Equal(t, []string{"country", "directive", "identifier", "kind", "linked to", "measure", "menu item", "name",
		"owned or controlled by", "programme", "remark", "secondary risk", "vessel owner", "weak alias"},
		slices.Sorted(maps.Keys(seen)))
}

// Laws: an edition differs from itself in nothing, and the way back undoes the
// way there.
func TestDeltaLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) *sanctions.Snapshot {
			rows := ""
			for i := range rapid.IntRange(1, 8).Draw(t, label) {
				if rapid.Bool().Draw(t, "present") || i == 0 {
					rows += fmt.Sprintf("%d,%s,%s,,%s,%s,\n", i,
						rapid.SampledFrom([]string{"Amber", "Basalt"}).Draw(t, "name"),
						rapid.SampledFrom([]string{"", "a;b", "b;c"}).Draw(t, "aliases"),
						rapid.SampledFrom([]string{"", "capta", "watch;capta"}).Draw(t, "measures"),
						rapid.SampledFrom([]string{"", "2024-01-01"}).Draw(t, "from"))
				}
			}
			return edition("2024-06-01", rows)
		}
		a, b := draw("a"), draw("b")
		all := func(x, y *sanctions.Snapshot) []lists.Change {
			seq, err := lists.Delta(x, y, "ours")
			require.NoError(t, err)
			return slices.Collect(seq)
		}
		assert.Empty(t, all(a, a))
		there, back := all(a, b), all(b, a)
		require.Equal(t, len(there), len(back))
		opposite := map[lists.ChangeKind]lists.ChangeKind{lists.Added: lists.Removed, lists.Removed: lists.Added, lists.Changed: lists.Changed}
		for i, c := range there {
			assert.Equal(t, c.ID, back[i].ID)
			assert.Equal(t, opposite[c.Kind], back[i].Kind)
			for _, f := range c.Fields {
				j := slices.IndexFunc(back[i].Fields, func(g lists.FieldChange) bool { return g.Field == f.Field })
				if assert.GreaterOrEqual(t, j, 0, f.Field) {
					assert.Equal(t, f.Removed, back[i].Fields[j].Added)
					assert.Equal(t, f.Added, back[i].Fields[j].Removed)
				}
			}
		}
	})
}
