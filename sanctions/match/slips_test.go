package match_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// TestRecallOfSlips asks for listed entities by their leading name with one slip and with
// two, at random letters of words of four letters or more, and for aliases likewise. Each
// seed makes other queries, so that nothing can be fitted to them.
func TestRecallOfSlips(t *testing.T) {
	const seeds, queries = 8, 1000
	x := ofacIndex(t)
	bearers := map[string][]string{} // of a name, whatever else it is written with
	var leading, aliases []string
	for _, p := range x.Snapshot().All() {
		for i, n := range p.Names {
			bearers[bare(n.Text)] = append(bearers[bare(n.Text)], p.ID)
			switch {
			case p.Kind != sanctions.KindEntity || !slices.ContainsFunc(strings.Fields(n.Text), long):
			case i == 0:
				leading = append(leading, n.Text)
			default:
				aliases = append(aliases, n.Text)
			}
		}
	}
	for _, c := range []struct {
		name  string
		from  []string
		slips int
		floor float64 // of all seeds together
		most  float64 // what most seeds reach
	}{
		{"leading names, one slip", leading, 1, .985, .985},
		{"leading names, two slips", leading, 2, .96, .96},
		{"aliases, one slip", aliases, 1, .97, .97},
		{"aliases, two slips", aliases, 2, .91, .91},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rates []string
			all, reached := 0, 0
			for seed := range uint64(seeds) {
				r := rand.New(rand.NewPCG(2026, seed))
				found := 0
				for n := 0; n < queries; {
					name := c.from[r.IntN(len(c.from))]
					asked := name
					for range c.slips {
						asked = slipped(r, asked)
					}
					if bearers[bare(asked)] != nil { // the slips have undone each other, or made another listed name
						continue
					}
					n++
					hits := x.Search(match.Query{Name: asked, Kind: sanctions.KindEntity, Limit: 1})
					if len(hits) == 1 && slices.Contains(bearers[bare(name)], hits[0].Party.ID) {
						found++
					}
				}
				all += found
				if float64(found) >= c.most*queries {
					reached++
				}
				rates = append(rates, fmt.Sprintf("%.3f", float64(found)/queries))
			}
			got := float64(all) / (seeds * queries)
			t.Logf("recall@1 %.4f: %s", got, strings.Join(rates, " "))
			if got < c.floor || reached <= seeds/2 {
				t.Errorf("recall@1 is %.4f, want %.3f, and %d of %d seeds reach %.3f", got, c.floor, reached, seeds, c.most)
			}
		})
	}
}

// bare is a name in its letters and digits.
func bare(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// long reports whether a word has four letters or more.
func long(word string) bool {
	letters := 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 4
}

// slipped is a name with one letter of a long word taken for another, lost, put before it
// or swapped with what follows, be it the space.
func slipped(r *rand.Rand, name string) string {
	for {
		text := []rune(name)
		i := r.IntN(len(text))
		begin, end := i, i
		for begin > 0 && text[begin-1] != ' ' {
			begin--
		}
		for end < len(text) && text[end] != ' ' {
			end++
		}
		if !unicode.IsLetter(text[i]) || !long(string(text[begin:end])) {
			if !slices.ContainsFunc(strings.Fields(name), long) { // an earlier slip has cut the only one
				return name
			}
			continue
		}
		letter := 'A' + rune(r.IntN(26))
		switch r.IntN(4) {
		case 0:
			text[i] = letter
		case 1:
			text = slices.Delete(text, i, i+1)
		case 2:
			text = slices.Insert(text, i, letter)
		default:
			if i+1 == len(text) {
				continue
			}
			text[i], text[i+1] = text[i+1], text[i]
		}
		return string(text)
	}
}
