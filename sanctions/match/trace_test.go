package match_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// TestSearchIsScanOnEditedWords holds Search against Scan on words of all lengths and what
// one to three edits make of them, of letters that differ and of few that recur, so that
// letters may be left out of either in several ways.
func TestSearchIsScanOnEditedWords(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	hits := 0
	for _, alphabet := range []string{"abcdefghijklmnopqrstuvwxyz", "abcde", "ab"} {
		for letters := 1; letters <= 14; letters++ {
			for range 4 {
				word := make([]byte, letters)
				for i := range word {
					word[i] = alphabet[r.IntN(len(alphabet))]
				}
				var parties []sanctions.Party
				for i := range 120 {
					parties = append(parties, listed(fmt.Sprint(i), sanctions.KindEntity, string(edited(r, alphabet, word, i%4))))
				}
				x := index(t, parties)
				for _, name := range []string{string(word), string(edited(r, alphabet, word, 1))} {
					q := match.Query{Name: name, Kind: sanctions.KindEntity, Min: 3000}
					slow := x.Scan(q)
					hits += len(slow)
					assert.Equal(t, brief(slow), brief(x.Search(q)), name)
				}
			}
		}
	}
	t.Logf("%d hits", hits)
	assert.Greater(t, hits, 20_000, "the words are near each other")
}

// edited is a word after so many edits.
func edited(r *rand.Rand, alphabet string, word []byte, edits int) []byte {
	w := append([]byte(nil), word...)
	for range edits {
		letter, i := alphabet[r.IntN(len(alphabet))], r.IntN(len(w))
		switch kind := r.IntN(4); {
		case kind == 0 && len(w) > 1:
			w = append(w[:i], w[i+1:]...)
		case kind == 1 && i+1 < len(w):
			w[i], w[i+1] = w[i+1], w[i]
		case kind == 2:
			w = append(w[:i], append([]byte{letter}, w[i:]...)...)
		default:
			w[i] = letter
		}
	}
	return w
}
