package ownership_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// powerLaw yields interests of a register in which few hold much: as many parties
// as interests, each owned firm with one to four owners, an owner the likelier the
// lower its number. A firm's shares come to 100 at most; circles occur.
func powerLaw(interests int, yield func(owner, owned int, share sanctions.Share)) (parties int) {
	rnd := rand.New(rand.NewPCG(1, uint64(interests)))
	parties = interests
	for n := 0; n < interests; {
		firm := rnd.IntN(parties)
		left := sanctions.Whole
		for range 1 + rnd.IntN(4) {
			owner := int(float64(parties) * math.Pow(rnd.Float64(), 3))
			if owner == firm {
				continue
			}
			share := left
			if rnd.IntN(3) > 0 {
				share = sanctions.Share(rnd.Int64N(int64(left/sanctions.Percent)+1)) * sanctions.Percent
			}
			left -= share
			yield(owner, firm, share)
			n++
		}
	}
	return parties
}

var benchGraphs = map[int]func() *ownership.Graph{}

func init() {
	for _, n := range benchSizes {
		benchGraphs[n] = sync.OnceValue(func() *ownership.Graph {
			b := ownership.NewBuilder()
			powerLaw(n, func(owner, owned int, share sanctions.Share) {
				err := b.Add(ownership.Interest{OwnerID: fmt.Sprint(owner), OwnedID: fmt.Sprint(owned), Kind: ownership.Shares, Share: sanctions.ExactShare(share)})
				if err != nil {
					panic(err)
				}
			})
			return b.Graph()
		})
	}
}

var benchSizes = []int{1_000_000, 10_000_000, 50_000_000}

func sizeName(n int) string { return fmt.Sprintf("%dM", n/1_000_000) }

// designated draws 20,000 parties of a register that OFAC lists.
func designated(b *testing.B, g *ownership.Graph, parties int) []ownership.Seed {
	rnd := rand.New(rand.NewPCG(2, 3))
	var listed []sanctions.Party
	seen := make(map[string]bool)
	for len(listed) < 20_000 {
		id := fmt.Sprint(rnd.IntN(parties))
		if _, ok := g.Node(id); ok && !seen[id] {
			seen[id] = true
			listed = append(listed, sanctions.Party{ID: "us-ofac-sdn:" + id, Names: []sanctions.Name{{Text: "x"}}, Designations: []sanctions.Designation{
				{Authority: sanctions.AuthorityOFAC, List: "us-ofac-sdn", Measures: []sanctions.Measure{sanctions.Blocking}},
			}})
		}
	}
	s, err := sanctions.NewSnapshot(listed, sanctions.Coverage{})
	require.NoError(b, err)
	return ownership.SeedsByID(s, g)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkSolve is one regime for 20,000 designated parties. The 50M register
// takes some 4 GB and a minute to build; -short leaves it out.
func BenchmarkSolve(b *testing.B) {
	for _, n := range benchSizes {
		b.Run(sizeName(n), func(b *testing.B) {
			if testing.Short() && n > 10_000_000 {
				b.Skip("large register left out by -short")
			}
			g := benchGraphs[n]()
			seeds := designated(b, g, n)
			rules := ownership.BuiltinRegimes().Only("us-ofac")
			b.ReportAllocs()
			var a *ownership.Analysis
			start := cpuTime()
			for b.Loop() {
				var err error
				a, err = ownership.Solve(g, rules, seeds, lawDay)
				require.NoError(b, err)
			}
			b.ReportMetric(float64((cpuTime()-start).Microseconds())/float64(b.N)/1000, "cpu-ms/op")
			parties, interests := a.Touched()
			b.ReportMetric(float64(g.Interests()), "interests")
			b.ReportMetric(float64(interests), "touched")
			b.ReportMetric(float64(parties), "parties")
		})
	}
}
