package progress

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBar(t *testing.T) {
	for _, c := range []struct {
		size, read int
		want       string
	}{
		{8, 4, "[====================                    ]  50 % of names.csv"},
		{8, 0, "[                                        ]   0 % of names.csv"},
		{2, 4, "[========================================] 100 % of names.csv"}, // it grew meanwhile
		{0, 1_500_000, "1.5 MB of names.csv"},
	} {
		b := NewBar(strings.NewReader(strings.Repeat("x", c.read)), "names.csv", int64(c.size), io.Discard)
		n, err := io.Copy(io.Discard, struct{ io.Reader }{b})
		require.NoError(t, err)
		assert.Equal(t, int64(c.read), n)
		assert.Equal(t, c.want, b.String())
	}
}

func TestNobodyLooks(t *testing.T) {
	var out bytes.Buffer
	b := NewBar(strings.NewReader("abcd"), "x", 4, &out)
	_, err := io.ReadAll(b)
	require.NoError(t, err)
	b.Done()
	assert.Empty(t, out.String(), "a pipe or a file gets no bar")
	folder := fstest.MapFS{"x": {Data: []byte("abcd")}}
	assert.Equal(t, folder, Files(folder, &out))
}

// What is drawn goes through unchanged, and is cleared away.
func TestDrawn(t *testing.T) {
	var out bytes.Buffer
	text := bytes.Repeat([]byte("abcdefgh"), long/8)
	folder := drawn{fstest.MapFS{"long": {Data: text}, "short": {Data: []byte("s")}}, &out}
	f, err := folder.Open("short")
	require.NoError(t, err)
	_, drawnShort := f.(*drawnFile)
	assert.False(t, drawnShort, "it is read before anybody looks")
	f, err = folder.Open("long")
	require.NoError(t, err)
	f.(*drawnFile).bar.out = &out
	got, err := io.ReadAll(f)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(text, got))
	require.NoError(t, f.Close())
	assert.Contains(t, out.String(), "% of long")
	assert.True(t, strings.HasSuffix(out.String(), "\r"+clearToEnd))
	_, err = folder.Open("none")
	assert.ErrorContains(t, err, "none")
}
