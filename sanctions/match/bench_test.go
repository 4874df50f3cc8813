package match_test

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// BenchmarkSearch answers the queries of mix1000.csv over the OFAC list, one
// after the other on one core.
func BenchmarkSearch(b *testing.B) {
	benchmarkSearch(b, ofacIndex(b))
}

// mix are the queries of mix1000.csv: exact names, aliases, typos, unlisted firms.
func mix(b *testing.B) []match.Query {
	var queries []match.Query
	for _, row := range readTable(b, filepath.Join(dataFolder(b), "queries", "mix1000.csv")) {
		queries = append(queries, match.Query{Name: row["query"], Kind: sanctions.KindEntity, Limit: 10})
	}
	return queries
}

func benchmarkSearch(b *testing.B, x *match.Index) {
	queries := mix(b)
	b.ReportAllocs()
	measure(b, func(i int) { x.Search(queries[i%len(queries)]) })
}

// measure times queries, each by its number.
func measure(b *testing.B, query func(i int)) {
	took := make([]time.Duration, 0, 1<<20)
	begun := cpuTime()
	for b.Loop() {
		start := time.Now()
		query(len(took))
		took = append(took, time.Since(start))
	}
	report(b, took, cpuTime()-begun)
}

// report prints what queries took, one by one and the processor for all.
func report(b *testing.B, took []time.Duration, spent time.Duration) {
	if spent > 0 {
		b.ReportMetric(float64(len(took))/spent.Seconds(), "q/cpu-s")
	}
	var all time.Duration
	for _, t := range took {
		all += t
	}
	slices.Sort(took)
	b.ReportMetric(float64(len(took))/all.Seconds(), "q/s")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e3, "p99-µs")
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "p50-µs")
}

// BenchmarkNewIndex indexes the OFAC list.
func BenchmarkNewIndex(b *testing.B) {
	s := readOFAC(b, filepath.Join(dataFolder(b), "ofac"))
	benchmarkNewIndex(b, s)
}

func benchmarkNewIndex(b *testing.B, s *sanctions.Snapshot) {
	x := match.NewIndex(s) // once, so that the tables of package names are read
	kept := x              // so that the heap holds one index before and two after
	perName := heap(func() { x = match.NewIndex(s) })
	perName /= float64(x.Names())
	runtime.KeepAlive(kept)
	begun := cpuTime()
	for b.Loop() {
		x = match.NewIndex(s)
	}
	b.ReportMetric(float64((cpuTime()-begun).Nanoseconds())/1e3/float64(b.N)/float64(x.Names()), "cpu-µs/name")
	b.ReportMetric(perName, "B/name")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/1e3/float64(b.N)/float64(x.Names()), "µs/name")
}

// heap is what f leaves on the heap.
func heap(f func()) float64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return float64(after.HeapAlloc) - float64(before.HeapAlloc)
}

// million makes a list of n names: the entities of the OFAC list, and names of as
// many words as theirs, drawn from theirs as often as they occur, but for one word
// in three that is made of two to four syllables. Parties have so many names each.
//
// How that compares with real names: of OFAC's 36,000 words of entities 8,944 differ, and
// the share of new ones falls from 39 to 16 in a hundred from the first quarter to the
// last; by the law of Heaps some 200,000 would differ in the 3.6 million words of a list
// of a million names. Here 907,000 do, so that a word of five letters or more has 128
// others within reach, where it would have 90. A word that stands once in OFAC's list
// stands 67 times here. The hundred commonest words are a quarter of all, and three
// eighths in OFAC's list: there, the lists of names of the commonest words are longer.
// What is missing are families of firms whose names share all words but one.
func million(b *testing.B, n, each int) *sanctions.Snapshot {
	var parties []sanctions.Party
	var words []string
	var lengths []int
	for _, p := range readOFAC(b, filepath.Join(dataFolder(b), "ofac")).All() {
		if p.Kind == sanctions.KindEntity {
			parties = append(parties, *p)
			for _, name := range p.Names {
				fields := strings.Fields(name.Text)
				words, lengths = append(words, fields...), append(lengths, len(fields))
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	var name strings.Builder
	for names := len(lengths); names < n; names += each {
		p := sanctions.Party{ID: "made:" + strconv.Itoa(names), Kind: sanctions.KindEntity, Names: make([]sanctions.Name, each)}
		for k := range p.Names {
			name.Reset()
			for i := range lengths[r.IntN(len(lengths))] {
				if i > 0 {
					name.WriteByte(' ')
				}
				if r.IntN(3) > 0 {
					name.WriteString(words[r.IntN(len(words))])
				} else {
					writeSyllables(&name, r)
				}
			}
			p.Names[k].Text = name.String()
		}
		p.Designations = []sanctions.Designation{{List: "made", Entry: strconv.Itoa(names)}}
		parties = append(parties, p)
	}
	s, err := sanctions.NewSnapshot(parties, sanctions.Coverage{})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func writeSyllables(name *strings.Builder, r *rand.Rand) {
	for range 2 + r.IntN(3) {
		name.WriteByte("BDFGHKLMNPRSTVZ"[r.IntN(15)])
		name.WriteByte("AEIOU"[r.IntN(5)])
		if r.IntN(3) == 0 {
			name.WriteByte("LMNRST"[r.IntN(6)])
		}
	}
}

// load indexes a list and logs what it took.
func load(b *testing.B, s *sanctions.Snapshot) *match.Index {
	match.NewIndex(readOFAC(b, filepath.Join(dataFolder(b), "ofac"))) // so that the tables of package names are read
	var x *match.Index
	var took time.Duration
	perName := heap(func() {
		begun := cpuTime()
		x = match.NewIndex(s)
		took = cpuTime() - begun
	})
	n := float64(x.Names())
	b.Logf("%.0f names, %.0f B a name, %.2f µs a name to load", n, perName/n, float64(took.Nanoseconds())/1e3/n)
	return x
}

// BenchmarkMillion is BenchmarkNewIndex and BenchmarkSearch over a million names: as it goes on, where the index
// remembers what the words lead to that it was asked for before; at first, where it is
// asked for every word for the first time; and with queries whose kind is not known. What
// the index remembers, and the notes of each search under way, are not in the figure of
// bytes a name.
func BenchmarkMillion(b *testing.B) {
	s := million(b, 1_000_000, 1)
	x := load(b, s)
	b.Run("load", func(b *testing.B) { benchmarkNewIndex(b, s) })
	b.Run("steady", func(b *testing.B) { benchmarkSearch(b, x) })
	b.Run("first", func(b *testing.B) {
		var file bytes.Buffer
		if _, err := x.WriteTo(&file); err != nil {
			b.Fatal(err)
		}
		queries := mix(b)
		took := make([]time.Duration, 0, 1<<20)
		var spent time.Duration
		var fresh *match.Index
		for b.Loop() {
			i := len(took) % len(queries)
			if i == 0 {
				b.StopTimer()
				var err error
				if fresh, err = match.Open(file.Bytes(), x.Snapshot()); err != nil {
					b.Fatal(err)
				}
				runtime.GC()
				fresh.Search(match.Query{Name: "first"}) // so that a search finds its buffers
				b.StartTimer()
			}
			begun, start := cpuTime(), time.Now()
			fresh.Search(queries[i])
			took = append(took, time.Since(start))
			spent += cpuTime() - begun
		}
		report(b, took, spent)
	})
	b.Run("unknown", func(b *testing.B) {
		queries := mix(b)
		for i := range queries {
			queries[i].Kind = sanctions.KindUnknown
		}
		measure(b, func(i int) { x.Search(queries[i%len(queries)]) })
	})
}

var tenMillion = flag.Bool("ten-million", false, "run BenchmarkTenMillion, which needs 12 GB of memory and a few minutes")

// BenchmarkTenMillion searches ten million names, five a party, in full and with bounds on
// the names looked at. Recall is that of the parties which the full search finds, and of
// the best of them. Run it with -benchtime 1000x or more, so that every query is asked.
func BenchmarkTenMillion(b *testing.B) {
	if !*tenMillion {
		b.Skip("it takes long: set -ten-million")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	x := load(b, million(b, 10_000_000, 5))
	queries := mix(b)
	every := make([][]match.Hit, len(queries))
	for _, most := range []int{0, 30_000, 10_000, 3_000, 1_000} {
		b.Run(fmt.Sprintf("names=%d", most), func(b *testing.B) {
			took := make([]time.Duration, 0, 1<<16)
			var found, all, first, firsts, cut int
			spent := cpuTime()
			for n := 0; b.Loop(); n++ {
				i := n % len(queries)
				q := queries[i]
				q.Limit = 0
				begun := time.Now()
				var hits []match.Hit
				whole := true
				if most == 0 {
					hits = x.Search(q)
				} else {
					hits, whole = x.SearchSome(q, most)
				}
				took = append(took, time.Since(begun))
				if n >= len(queries) {
					continue
				}
				if most == 0 {
					every[i] = hits
				}
				if !whole {
					cut++
				}
				all += len(every[i])
				for k, want := range every[i] {
					got := slices.ContainsFunc(hits, func(h match.Hit) bool { return h.Party == want.Party })
					if got {
						found++
					}
					if k == 0 {
						firsts++
						if got {
							first++
						}
					}
				}
			}
			slices.Sort(took)
			if spent = cpuTime() - spent; spent > 0 {
				b.ReportMetric(float64(len(took))/spent.Seconds(), "q/cpu-s")
			}
			b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "q/s")
			b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e3, "p99-µs")
			b.ReportMetric(float64(found)/float64(all), "recall")
			b.ReportMetric(float64(first)/float64(firsts), "recall@1")
			b.ReportMetric(float64(cut)/float64(len(queries)), "cut-off")
		})
	}
}

// BenchmarkScan answers the same queries exhaustively, with the same scorer.
func BenchmarkScan(b *testing.B) {
	x := ofacIndex(b)
	queries := mix(b)
	begun := cpuTime()
	i := 0
	for b.Loop() {
		x.Scan(queries[i%len(queries)])
		i++
	}
	b.ReportMetric(float64(i)/(cpuTime()-begun).Seconds(), "q/cpu-s")
}

// BenchmarkJaroWinkler compares each query with every name of an entity by plain
// Jaro-Winkler on lower-case text, and does nothing else.
func BenchmarkJaroWinkler(b *testing.B) {
	var all []string
	for _, p := range ofacIndex(b).Snapshot().All() {
		if p.Kind == sanctions.KindEntity {
			for _, n := range p.Names {
				all = append(all, strings.ToLower(n.Text))
			}
		}
	}
	queries := mix(b)
	begun := cpuTime()
	i, best := 0, 0.0
	for b.Loop() {
		q := strings.ToLower(queries[i%len(queries)].Name)
		for _, name := range all {
			best = max(best, jaroWinkler(q, name))
		}
		i++
	}
	b.ReportMetric(float64(i)/(cpuTime()-begun).Seconds(), "q/cpu-s")
}

// jaroWinkler is the measure of M. Jaro (1989) and W. Winkler (1990), by bytes.
func jaroWinkler(a, b string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	window := max(max(len(a), len(b))/2-1, 0)
	var usedA, usedB [256]bool
	a, b = a[:min(len(a), 256)], b[:min(len(b), 256)]
	matches := 0
	for i := range len(a) {
		for j := max(0, i-window); j < min(len(b), i+window+1); j++ {
			if !usedB[j] && a[i] == b[j] {
				usedA[i], usedB[j] = true, true
				matches++
				break
			}
		}
	}
	if matches == 0 {
		return 0
	}
	swaps, j := 0, 0
	for i := range len(a) {
		if usedA[i] {
			for !usedB[j] {
				j++
			}
			if a[i] != b[j] {
				swaps++
			}
			j++
		}
	}
	m := float64(matches)
	jaro := (m/float64(len(a)) + m/float64(len(b)) + (m-float64(swaps/2))/m) / 3
	prefix := 0
	for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return jaro + float64(prefix)*.1*(1-jaro)
}

// BenchmarkSearchParallel is BenchmarkSearch on as many cores as -cpu says.
func BenchmarkSearchParallel(b *testing.B) {
	x := ofacIndex(b)
	queries := mix(b)
	b.RunParallel(func(pb *testing.PB) {
		for i := 0; pb.Next(); i++ {
			x.Search(queries[i%len(queries)])
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "q/s")
}
