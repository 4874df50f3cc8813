package similarity_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// TestPacked holds the packed comparison against the plain count of edits.
func TestPacked(t *testing.T) {
	far := func(a, b string) bool {
		reach := names.Reach(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
		return similarity.Edits(a, b, reach) > reach
	}
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.StringMatching("[abcz]{1,12}").Draw(t, "a")
		b := rapid.OneOf(rapid.StringMatching("[abcz]{1,12}"), rapid.Custom(func(t *rapid.T) string { return damaged(t, a) })).Draw(t, "b")
		p, q := similarity.PackedOf(a), similarity.PackedOf(b)
		if p == 0 || q == 0 {
			t.Skip("not packed")
		}
		if got, want := p.Far(q), far(a, b); got != want || q.Far(p) != want {
			t.Fatalf("%q and %q: far %v, want %v", a, b, got, want)
		}
	})
	for _, s := range []string{"", "abcdefghijklm", "роснефть", "al-din", "a b", "7"} {
		assert.Zero(t, similarity.PackedOf(s), s)
		assert.False(t, similarity.PackedOf(s).Far(similarity.PackedOf("rosneft")), "nothing is known of %q", s)
	}
}

// damaged is a spelling with up to three letters changed, left out, put in or
// swapped.
func damaged(t *rapid.T, s string) string {
	b := []byte(s)
	for range rapid.IntRange(0, 3).Draw(t, "edits") {
		i := rapid.IntRange(0, max(len(b)-1, 0)).Draw(t, "at")
		letter := rapid.ByteRange('a', 'd').Draw(t, "letter")
		switch kind := rapid.IntRange(0, 3).Draw(t, "kind"); {
		case kind == 0 && i < len(b):
			b[i] = letter
		case kind == 1 && i < len(b):
			b = append(b[:i], b[i+1:]...)
		case kind == 2 && i+1 < len(b):
			b[i], b[i+1] = b[i+1], b[i]
		default:
			b = append(b[:i], append([]byte{letter}, b[i:]...)...)
		}
	}
	return string(b)
}
