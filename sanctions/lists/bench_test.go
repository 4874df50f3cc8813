package lists_test

import (
	"bytes"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// BenchmarkOpenParties loads a list of the project's own format, all of it:
// digest, rows, parties, checks.
//
//	go test ./sanctions/lists -run '^$' -bench OpenParties
func BenchmarkOpenParties(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		var file bytes.Buffer
		file.WriteString("party_id,kind,name,aliases,weak_aliases,country,identifiers,programmes,measures,listed_from,listed_to,remarks\n")
		for i := range n {
			fmt.Fprintf(&file, "p-%d,entity,Joint Stock Company Plant %d,Plant %d;АО Завод %d,,RU,inn:%010d;ogrn:%013d,RUSSIA-EO14024,asset freeze,2022-0%d-1%d,,\"builds instruments, spares and tools\"\n",
				i, i, i, i, i*7919%1e9, i*104729, 1+i%9, i%10)
		}
		folder := fstest.MapFS{
			"manifest.csv": {Data: []byte("file,format,list,published\nours.csv,parties,us-ofac-sdn,2026-01-01\n")},
			"ours.csv":     {Data: file.Bytes()},
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(int64(file.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := lists.Open(folder); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "parties/s")
		})
	}
}
