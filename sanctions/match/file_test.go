package match_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

func written(t testing.TB, x *match.Index) []byte {
	var file bytes.Buffer
	n, err := x.WriteTo(&file)
	require.NoError(t, err)
	require.EqualValues(t, file.Len(), n)
	return file.Bytes()
}

func TestOpenedIndexAnswersAlike(t *testing.T) {
	made := index(t, world())
	file := written(t, made)
	assert.Equal(t, file, written(t, index(t, world())), "the same snapshot gives the same bytes")
	path := filepath.Join(t.TempDir(), "index")
	require.NoError(t, os.WriteFile(path, file, 0o600))
	data, unmap, err := match.Map(path)
	require.NoError(t, err)
	defer func() { assert.NoError(t, unmap()) }()
	opened, err := match.Open(data, made.Snapshot())
	require.NoError(t, err)
	assert.Equal(t, made.Names(), opened.Names())
	for _, q := range []match.Query{
		{Name: "Rosoborneksport", Min: 3000}, {Name: "Banco Santander Chile"}, {Name: "Arkady Rotenberg", Kind: sanctions.KindPerson}, {Name: "Zenitbank Vostok"},
		{Identifiers: []sanctions.Identifier{russian(sanctions.INN, "7718852163")}}, {Name: "Муромский завод", Min: 2000},
	} {
		assert.Equal(t, brief(made.Search(q)), brief(opened.Search(q)), q.Name)
		assert.Equal(t, brief(opened.Scan(q)), brief(opened.Search(q)), q.Name)
	}
	unaligned := append([]byte{0}, file...)[1:]
	opened, err = match.Open(unaligned, made.Snapshot())
	require.NoError(t, err)
	assert.NotEmpty(t, opened.Search(match.Query{Name: "Rosoboronexport"}))
}

func TestOpenRefuses(t *testing.T) {
	made := index(t, world())
	file := written(t, made)
	other := world()
	other[0].Names[0].Text += " II"
	_, err := match.Open(file, index(t, other).Snapshot())
	assert.ErrorIs(t, err, match.ErrOtherSnapshot)

	version := bytes.Clone(file)
	version[12]++
	_, err = match.Open(version, made.Snapshot())
	assert.ErrorIs(t, err, match.ErrOtherVersion)

	for n := 0; n < len(file); n += 97 {
		_, err = match.Open(file[:n], made.Snapshot())
		assert.ErrorIs(t, err, match.ErrCorrupt, "cut off at %d", n)
	}
	for at := 208; at < len(file); at += 101 {
		damaged := bytes.Clone(file)
		damaged[at] ^= 0x10
		_, err = match.Open(damaged, made.Snapshot())
		assert.ErrorIs(t, err, match.ErrCorrupt, "damaged at %d", at)
	}
	_, _, err = match.Map(filepath.Join(t.TempDir(), "missing"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

func ExampleOpen() {
	snapshot, err := sanctions.NewSnapshot([]sanctions.Party{listed("in-house:1", sanctions.KindEntity, "Rosoboronexport")}, sanctions.Coverage{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer
	if _, err := match.NewIndex(snapshot).WriteTo(&file); err != nil {
		fmt.Println(err)
		return
	}
	index, err := match.Open(file.Bytes(), snapshot) // or the bytes of match.Map
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(index.Search(match.Query{Name: "Рособоронэкспорт"})))
	_, err = match.Open(file.Bytes()[:100], snapshot)
	fmt.Println(err)
	// Output:
	// 1
	// the index file is damaged or cut off: it does not begin as one
}

// BenchmarkOpen opens an index of the OFAC list, checksum and digest included.
func BenchmarkOpen(b *testing.B) {
	x := ofacIndex(b)
	file := written(b, x)
	for b.Loop() {
		if _, err := match.Open(file, x.Snapshot()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(file))/float64(x.Names()), "B/name")
}
