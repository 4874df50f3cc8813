package match_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// longList is some thousand invented firms. Many names hold a common word, many what may be a
// misspelling of a legal form, and rare words are a slip or two apart, so that the lists of a
// word's names are cut off, some names counting behind the cut.
func longList(r *rand.Rand, n int) []sanctions.Party {
	parties := make([]sanctions.Party, n)
	for i := range parties {
		parties[i] = listed(fmt.Sprint(i), sanctions.KindEntity, longName(r))
		if i > 0 && r.IntN(3) == 0 {
			parties[i].Names[0].Text = parties[i-1].Names[0].Text
		}
		parties[i].Countries = []string{[]string{"TR", "AE", "KZ"}[r.IntN(3)]}
	}
	return parties
}

var (
	longForms  = []string{"LIMITED", "FOUNDATION", "JOINT STOCK COMPANY", "S.A. DE C.V."}
	longCommon = []string{"TRADING", "MARINE", "INTERNATIONAL", "GENERAL", "SHIPPING", "TRANS", "OIL", "AL", "DUBAI", "TRADE"}
)

func longName(r *rand.Rand) string {
	words := []string{longWord(r)}
	for range 2 {
		if r.IntN(2) == 0 {
			words = append(words, longCommon[min(r.IntN(len(longCommon)), r.IntN(len(longCommon)))])
		}
	}
	form := longForms[r.IntN(len(longForms))]
	switch r.IntN(4) {
	case 0:
		words = append(words, form)
	case 1, 2:
		words = append(words, changed(r, []string{"LIMITED", "LIMITED", "LIMITED", "FOUNDATION"}[r.IntN(4)]))
	default:
		words = append(words, longWord(r))
	}
	r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	return strings.Join(words, " ")
}

// changed is a word with one letter changed.
func changed(r *rand.Rand, word string) string {
	w := []byte(word)
	w[r.IntN(len(w))] = "ABEFKLMNORSTV"[r.IntN(13)]
	return string(w)
}

// longWord is one of some hundred words, of which most are near to others.
func longWord(r *rand.Rand) string {
	return changed(r, []string{"KRAVON", "BELUMI", "TAEN", "SORVIKA"}[r.IntN(4)])
}

// TestSearchIsScanOnLongLists holds Search against Scan where lists are cut off, and a limit
// against all hits.
func TestSearchIsScanOnLongLists(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	x := index(t, longList(r, 4000))
	hits := 0
	for range 200 {
		q := match.Query{Name: longName(r), Kind: sanctions.KindEntity, Min: sanctions.Similarity(6500 + r.IntN(3000))}
		if r.IntN(2) == 0 {
			q.Countries = []string{"TR"}
		}
		if r.IntN(4) == 0 {
			q.Name = x.Snapshot().At(r.IntN(4000)).Names[0].Text
		}
		slow := x.Scan(q)
		hits += len(slow)
		if a, b := brief(x.Search(q)), brief(slow); a != b {
			t.Errorf("query %q, min %v:\nsearch %.600s\nscan   %.600s", q.Name, q.Min, a, b)
		}
		q.Limit = 1 + r.IntN(1+r.IntN(20))
		assert.Equal(t, brief(slow[:min(q.Limit, len(slow))]), brief(x.Search(q)), "limit %d of %q", q.Limit, q.Name)
	}
	assert.Greater(t, hits, 1000, "little was found, so little was tested")
}
