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
	begun := cpuTime()
	for b.Loop() {
		start := time.Now()
		x.Search(queries[i%len(queries)])
		took = append(took, time.Since(start))
		i++
	}
	if spent := cpuTime() - begun; spent > 0 {
		b.ReportMetric(float64(len(took))/spent.Seconds(), "q/cpu-s")
	}
	slices.Sort(took)
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "q/s")
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
	perName := heap(func() { x = match.NewIndex(s) }) / float64(x.Names())
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
