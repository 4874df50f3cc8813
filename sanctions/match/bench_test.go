package match_test

import (
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// BenchmarkSearch answers the queries of mix1000.csv over the OFAC list, one
// after the other on one core.
func BenchmarkSearch(b *testing.B) {
	x := ofacIndex(b)
	var queries []match.Query
	for _, row := range readTable(b, filepath.Join(dataFolder(b), "queries", "mix1000.csv")) {
		queries = append(queries, match.Query{Name: row["query"], Kind: sanctions.KindEntity, Limit: 10})
	}
	b.ReportAllocs()
	i := 0
	took := make([]time.Duration, 0, 1<<20)
	for b.Loop() {
		start := time.Now()
		x.Search(queries[i%len(queries)])
		took = append(took, time.Since(start))
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "q/s")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e3, "p99-µs")
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "p50-µs")
}

// BenchmarkNewIndex indexes the OFAC list.
func BenchmarkNewIndex(b *testing.B) {
	s := readOFAC(b, filepath.Join(dataFolder(b), "ofac"))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	x := match.NewIndex(s)
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(x.Names()), "B/name")
	for b.Loop() {
		x = match.NewIndex(s)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/1e3/float64(b.N)/float64(x.Names()), "µs/name")
}
