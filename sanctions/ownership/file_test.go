package ownership_test

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

func stream(list []registers.Interest) iter.Seq2[registers.Interest, error] {
	return func(yield func(registers.Interest, error) bool) {
		for _, in := range list {
			if !yield(in, nil) {
				return
			}
		}
	}
}

func ExampleBuildFile() {
	dir, err := os.MkdirTemp("", "graph")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "register.graph")
	f, err := os.Open("../registers/testdata/psc.jsonl")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	if err := ownership.BuildFile(path, registers.PSC(f, "psc.jsonl")); err != nil {
		fmt.Println(err)
		return
	}
	g, err := ownership.OpenFile(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer g.Close()
	fmt.Println(g.Len(), "parties,", g.Interests(), "interests, whole:", g.Verify() == nil)
	// Output:
	// 6 parties, 6 interests, whole: true
}

// TestFileIsTheGraph: what is solved on a file is what is solved in memory.
func TestFileIsTheGraph(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		list, listed := drawInterests(t), drawListed(t)
		for i := range list {
			list[i].OwnerName = list[i].OwnerID + " & Sons"
			if rapid.Bool().Draw(t, "renamed") {
				list[i].OwnerName = list[i].OwnerID + " Ltd"
				list[i].Owner = &registers.Described{Identifiers: []sanctions.Identifier{{Scheme: sanctions.INN, Value: "7707083893", Country: "RU"}}}
			}
			list[i].Stated = "register"
			if rapid.Bool().Draw(t, "dated") {
				list[i].Period.To = lawDay.AddDays(rapid.IntRange(-1, 1).Draw(t, "days"))
			}
		}
		list = append(list,
			registers.Interest{OwnedID: "Q", Share: sanctions.UnknownShare, Stated: "a protected person"},
			registers.Interest{OwnerID: "A", OwnedID: "A", Kind: registers.Shares, Share: sanctions.ExactShare(5 * sanctions.Percent)})
		path := filepath.Join(dir, "graph")
		require.NoError(t, ownership.BuildFile(path, stream(list[:len(list)/2]), stream(list[len(list)/2:])))
		m, err := ownership.OpenFile(path)
		require.NoError(t, err)
		defer func() { require.NoError(t, m.Close()) }()
		require.NoError(t, m.Verify())
		g, a := solveWith(t, list, plainRules(), listed)
		assert.Equal(t, slices.Collect(g.Nodes()), slices.Collect(m.Nodes()))
		for n := range g.Nodes() {
			assert.Equal(t, g.Described(n.ID), m.Described(n.ID))
		}
		var seeds []ownership.Seed
		for n := range m.Nodes() {
			if answer, ok := listed[n.ID]; ok {
				seeds = append(seeds, ownership.Seed{Node: n.ID, Party: everywhere(n.ID), Answer: answer})
			}
		}
		b, err := ownership.Solve(m.Graph, plainRules(), seeds, lawDay)
		require.NoError(t, err)
		assert.Equal(t, fmt.Sprint(everything(a)), fmt.Sprint(everything(b)))
	})
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 1, "temporary files are gone")
}

func TestFileIsChecked(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "graph")
	list := interests(t, "L 50 A; A 50 B; B (25,50] C; L control C")
	require.NoError(t, ownership.BuildFile(path, stream(list)))
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	again := filepath.Join(dir, "again")
	require.NoError(t, ownership.BuildFile(again, stream(list)))
	same, err := os.ReadFile(again)
	require.NoError(t, err)
	assert.True(t, slices.Equal(whole, same), "the same streams give the same bytes")

	write := func(data []byte) string {
		bad := filepath.Join(dir, "bad")
		require.NoError(t, os.WriteFile(bad, data, 0o600))
		return bad
	}
	_, err = ownership.OpenFile(write(whole[:len(whole)-8]))
	assert.ErrorContains(t, err, "truncated")
	_, err = ownership.OpenFile(write(nil))
	assert.Error(t, err)
	_, err = ownership.OpenFile(write([]byte("owner_id,owned_id\n")))
	assert.ErrorContains(t, err, "no graph file")
	header := slices.Clone(whole)
	header[40] ^= 1
	_, err = ownership.OpenFile(write(header))
	assert.ErrorContains(t, err, "no graph file")
	body := slices.Clone(whole)
	body[len(body)-9] ^= 1
	_, err = ownership.OpenFile(write(body))
	assert.ErrorContains(t, err, "damaged")
	m, err := ownership.OpenFile(write(body), ownership.Unverified())
	require.NoError(t, err, "told so, opening does not read the whole file")
	assert.ErrorContains(t, m.Verify(), "damaged")
	require.NoError(t, m.Close())
	for i := 0; i < len(whole); i += 97 { // wherever a byte has flipped, but in the padding of the header
		flipped := slices.Clone(whole)
		flipped[i] ^= 0x55
		if m, err := ownership.OpenFile(write(flipped)); err == nil {
			assert.Less(t, i, 1<<16, "byte %d", i)
			require.NoError(t, m.Close())
		}
	}

	bad := append(list, registers.Interest{OwnerID: "x", OwnedID: "x", Share: sanctions.UnknownShare})
	require.Error(t, ownership.BuildFile(filepath.Join(dir, "never"), stream(bad)))
	_, err = os.Stat(filepath.Join(dir, "never"))
	assert.ErrorIs(t, err, os.ErrNotExist, "nothing half-built is left")
}

// FuzzOpenFile: bytes that are no graph file are refused, not mapped.
func FuzzOpenFile(f *testing.F) {
	path := filepath.Join(f.TempDir(), "graph")
	require.NoError(f, ownership.BuildFile(path, stream(interests(f, "L 50 A; A 50 B"))))
	whole, err := os.ReadFile(path)
	require.NoError(f, err)
	f.Add(whole[:1000], uint16(7))
	f.Fuzz(func(t *testing.T, head []byte, cut uint16) {
		data := append(slices.Clone(head), whole[min(len(head), len(whole)):]...)
		data = data[:max(0, len(data)-int(cut))]
		file := filepath.Join(t.TempDir(), "graph")
		require.NoError(t, os.WriteFile(file, data, 0o600))
		m, err := ownership.OpenFile(file)
		if err != nil {
			assert.NotEmpty(t, sanctions.Faults(err))
			return
		}
		assert.Equal(t, 3, m.Len())
		require.NoError(t, m.Close())
	})
}
