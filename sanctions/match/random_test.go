package match_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// TestSearchIsScanOnRandomQueries holds Search against Scan over the real list, with
// names of all kinds of party that are damaged at random, asked as any kind, at any
// minimum.
func TestSearchIsScanOnRandomQueries(t *testing.T) {
	x := ofacIndex(t)
	r := rand.New(rand.NewPCG(11, 4))
	var texts []string
	for _, p := range x.Snapshot().All() {
		for _, n := range p.Names {
			texts = append(texts, n.Text)
		}
	}
	any := func() string { return texts[r.IntN(len(texts))] }
	kinds := []sanctions.Kind{sanctions.KindUnknown, sanctions.KindEntity, sanctions.KindPerson, sanctions.KindVessel}
	hits := 0
	for range 200 {
		q := match.Query{Name: mangled(r, any(), any()), Kind: kinds[r.IntN(len(kinds))], Min: sanctions.Similarity(1000 + r.IntN(8800))}
		if r.IntN(2) == 0 { // where most queries are asked
			q.Min = sanctions.Similarity(7000 + r.IntN(2900))
		}
		if r.IntN(6) == 0 {
			q.Aliases = []string{mangled(r, any(), any())}
		}
		slow := x.Scan(q)
		hits += len(slow)
		if a, b := brief(x.Search(q)), brief(slow); a != b {
			t.Errorf("query %q %q, kind %q, min %v:\nsearch %.600s\nscan   %.600s", q.Name, q.Aliases, q.Kind, q.Min, a, b)
		}
	}
	t.Logf("%d hits", hits)
	if hits == 0 {
		t.Error("nothing was found, so nothing was tested")
	}
}

// mangled is a name with a few things done to it, one of them with words of another.
func mangled(r *rand.Rand, name, other string) string {
	for range r.IntN(4) {
		words := strings.Fields(name)
		i := r.IntN(len(words))
		switch r.IntN(8) {
		case 0, 1, 2: // a slip in one word, short ones as often as long ones
			w := []byte(words[i])
			k := r.IntN(len(w))
			switch r.IntN(4) {
			case 0:
				w[k] = 'A' + byte(r.IntN(26))
			case 1:
				w = slices.Insert(w, k, 'A'+byte(r.IntN(26)))
			case 2:
				w = slices.Delete(w, k, k+1)
			default:
				if k > 0 {
					w[k], w[k-1] = w[k-1], w[k]
				}
			}
			words[i] = string(w)
		case 3:
			r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		case 4:
			words = slices.Delete(words, i, i+1)
		case 5: // an initial
			words[i] = words[i][:1]
		case 6:
			others := strings.Fields(other)
			words = slices.Insert(words, i, others[r.IntN(len(others))])
		default:
			words = slices.Insert(words, i, []string{"of", "and", "the", "al", "de", "Co", "Ltd", "LLC", "S.A.", "OOO", "bin", "A", "II", "7"}[r.IntN(14)])
		}
		if name = strings.Join(words, " "); name == "" {
			return other
		}
	}
	return name
}
