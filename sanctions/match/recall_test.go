package match_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

var ofac = struct {
	once  sync.Once
	index *match.Index
}{}

func ofacIndex(tb testing.TB) *match.Index {
	dir := dataFolder(tb)
	ofac.once.Do(func() { ofac.index = match.NewIndex(readOFAC(tb, filepath.Join(dir, "ofac"))) })
	return ofac.index
}

func rank(hits []match.Hit, expected []string) int {
	return 1 + slices.IndexFunc(hits, func(h match.Hit) bool { return slices.Contains(expected, number(h.Party)) })
}

func TestRecall(t *testing.T) {
	x := ofacIndex(t)
	for _, c := range []struct {
		file, kind string
		n          int
		floor      float64
		min        sanctions.Similarity
	}{
		{"mix1000.csv", "exact", 1, 1, 0},
		{"mix1000.csv", "alt", 1, 1, 0},
		{"mix1000.csv", "typo1", 1, 1, 0},
		{"recall_typo3000.csv", "typo1", 1, .996, 0},
		{"recall_typo3000.csv", "alt_typo1", 1, .97, 0},
		{"mix1000.csv", "typo2", 1, .984, 0},
		{"recall_typo3000.csv", "typo2", 1, .963, 0},
		{"crossscript.csv", "cross", 10, .95, 0},
		{"crossscript.csv", "cross", 10, 1, 5500},
	} {
		t.Run(fmt.Sprintf("%s/%s/min %v", c.file, c.kind, c.min), func(t *testing.T) {
			var found, first, all int
			for _, row := range readTable(t, filepath.Join(dataFolder(t), "queries", c.file)) {
				if !strings.HasPrefix(row["kind"], c.kind) {
					continue
				}
				all++
				hits := x.Search(match.Query{Name: row["query"], Kind: sanctions.KindEntity, Limit: 10, Min: c.min})
				r := rank(hits, strings.Split(row["expected_ids"], ";"))
				if r == 1 {
					first++
				}
				if r > 0 {
					found++
				}
				if r == 0 || r > c.n {
					t.Log(r, row["query"], row["expected_ids"], show(x, hits, row["expected_ids"]))
				}
			}
			got := float64(first) / float64(all)
			if c.n > 1 {
				got = float64(found) / float64(all)
			}
			t.Logf("recall@1 %.4f, recall@10 %.4f of %d", float64(first)/float64(all), float64(found)/float64(all), all)
			if got < c.floor {
				t.Errorf("recall@%d is %.4f, want %.3f", c.n, got, c.floor)
			}
		})
	}
}

func show(x *match.Index, hits []match.Hit, ids string) string {
	s := ""
	for i := range hits[:min(2, len(hits))] {
		s += fmt.Sprintf(" <%s %q %v>", hits[i].Party.ID, hits[i].Matched.Text, hits[i].Score)
	}
	for _, id := range strings.Split(ids, ";") {
		if p, ok := x.Snapshot().Party("us-ofac-sdn:" + id); ok {
			s += " | " + p.Name()
		}
	}
	return s
}

func TestUnlisted(t *testing.T) {
	x := ofacIndex(t)
	for _, kind := range []sanctions.Kind{sanctions.KindEntity, sanctions.KindUnknown} {
		hit, all := 0, 0
		for _, row := range readTable(t, filepath.Join(dataFolder(t), "reference", "nse_listed_2021.csv")) {
			all++
			hits := x.Search(match.Query{Name: row["NAME OF COMPANY"], Kind: kind, Limit: 2})
			if len(hits) > 0 {
				hit++
				t.Log(row["NAME OF COMPANY"], show(x, hits, ""))
			}
		}
		t.Logf("kind %q: %d of %d listed Indian companies have a hit: %.2f %%", kind, hit, all, 100*float64(hit)/float64(all))
		if float64(hit) > .004*float64(all) {
			t.Errorf("more than 0.4 %%")
		}
	}
}

// TestSearchIsScan holds Search against the exhaustive scan that defines it.
func TestSearchIsScan(t *testing.T) {
	x := ofacIndex(t)
	var queries []match.Query
	for _, file := range []string{"mix1000.csv", "recall_typo3000.csv", "crossscript.csv"} {
		for i, row := range readTable(t, filepath.Join(dataFolder(t), "queries", file)) {
			switch {
			case file == "crossscript.csv" || i%25 == 0:
				queries = append(queries, match.Query{Name: row["query"], Kind: sanctions.KindEntity})
			case i%25 == 7:
				queries = append(queries, match.Query{Name: row["query"], Min: 6500})
			}
		}
	}
	hits := 0
	for _, q := range queries {
		fast, slow := x.Search(q), x.Scan(q)
		hits += len(slow)
		if a, b := brief(fast), brief(slow); a != b {
			t.Errorf("query %q, min %v:\nsearch %s\nscan   %s", q.Name, q.Min, a, b)
		}
	}
	t.Logf("%d queries, %d hits", len(queries), hits)
}

func brief(hits []match.Hit) string {
	var b strings.Builder
	for _, h := range hits {
		fmt.Fprintf(&b, "%s %v %v %q %q; ", h.Party.ID, h.Score, h.Strength, h.Asked, h.Matched.Text)
	}
	return b.String()
}

// TestEUNames looks up legal entities on the OFAC list by the names that the EU
// gives them, never by their numbers.
func TestEUNames(t *testing.T) {
	dir := dataFolder(t)
	x := match.NewIndex(readOFAC(t, filepath.Join(dir, "ofac-2023")))
	var at1, at5, all int
	for _, row := range readTable(t, filepath.Join(dir, "names", "eu_to_ofac.csv")) {
		all++
		q := match.Query{Name: row["eu_name"], Kind: sanctions.KindEntity, Limit: 5}
		if row["eu_aliases"] != "" {
			q.Aliases = strings.Split(row["eu_aliases"], "; ")
		}
		hits := x.Search(q)
		r := rank(hits, []string{row["ofac_ent_num"]})
		if r == 1 {
			at1++
		}
		if r > 0 {
			at5++
		}
		if r != 1 {
			t.Log(r, row["eu_name"], "|", row["eu_aliases"], show(x, hits, row["ofac_ent_num"]))
		}
	}
	got1, got5 := float64(at1)/float64(all), float64(at5)/float64(all)
	t.Logf("recall@1 %.3f, recall@5 %.3f of %d", got1, got5, all)
	if got1 < .98 || got5 < .98 {
		t.Errorf("recall@1 %.3f and recall@5 %.3f, want .98", got1, got5)
	}
}
