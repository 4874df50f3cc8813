package ownership_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// powerLaw yields interests of a register in which few hold much: as many parties
// as interests, each owned firm with one to four owners, an owner the likelier the
// lower its number. A firm's shares come to 100 at most; circles occur.
func powerLaw(interests int, yield func(owner, owned int, share sanctions.Share)) {
	powerLawAmong(interests, interests, yield)
}

func powerLawAmong(parties, interests int, yield func(owner, owned int, share sanctions.Share)) {
	rnd := rand.New(rand.NewPCG(1, uint64(interests)))
	const stride = 777_767_777 // prime, so that each firm comes once
	firm := 0
	for n := 0; n < interests; {
		firm = (firm + stride) % parties
		left := sanctions.Whole
		var owners [4]int
		for i := range 1 + rnd.IntN(4) {
			owner := int(float64(parties) * math.Pow(rnd.Float64(), 3))
			if owner == firm || slices.Contains(owners[:i], owner) {
				continue
			}
			owners[i] = owner
			share := left
			if rnd.IntN(3) > 0 {
				share = sanctions.Share(rnd.Int64N(int64(left/sanctions.Percent)+1)) * sanctions.Percent
			}
			left -= share
			yield(owner, firm, share)
			n++
		}
	}
}

// graphs are the benchmarks' graphs, each built when first asked for.
var graphs = map[int]func() *ownership.Graph{
	1_000_000:  sync.OnceValue(func() *ownership.Graph { return powerLawGraph(1_000_000) }),
	10_000_000: sync.OnceValue(func() *ownership.Graph { return powerLawGraph(10_000_000) }),
	50_000_000: sync.OnceValue(func() *ownership.Graph { return powerLawGraph(50_000_000) }),
}

func powerLawGraph(interests int) *ownership.Graph {
	b := ownership.NewBuilder()
	powerLaw(interests, func(owner, owned int, share sanctions.Share) {
		err := b.Add(registers.Interest{OwnerID: strconv.Itoa(owner), OwnedID: strconv.Itoa(owned), Kind: registers.Shares, Share: sanctions.ExactShare(share)})
		if err != nil {
			panic(err)
		}
	})
	return b.Graph()
}

var benchSizes = []int{1_000_000, 10_000_000, 50_000_000}

func sizeName(n int) string { return fmt.Sprintf("%dM", n/1_000_000) }

// designated draws 20,000 parties of a register that OFAC lists.
func designated(b *testing.B, g *ownership.Graph, parties int) []ownership.Seed {
	rnd := rand.New(rand.NewPCG(2, 3))
	var listed []sanctions.Party
	seen := make(map[string]bool)
	for len(listed) < 20_000 {
		id := strconv.Itoa(rnd.IntN(parties))
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

// BenchmarkSolve is one regime for 20,000 designated parties. The 50M register
// takes some 4 GB and a minute to build; -short leaves it out.
func BenchmarkSolve(b *testing.B) {
	for _, n := range benchSizes {
		b.Run(sizeName(n), func(b *testing.B) {
			if testing.Short() && n > 10_000_000 {
				b.Skip("large register left out by -short")
			}
			g := graphs[n]()
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
			b.ReportMetric(float64(g.CoreBytes())/float64(g.Interests()), "bytes/interest")
		})
	}
}

// BenchmarkSolveAll is all eight regimes of the table for parties that OFAC lists.
func BenchmarkSolveAll(b *testing.B) {
	g := graphs[1_000_000]()
	seeds := designated(b, g, 1_000_000)
	for b.Loop() {
		_, err := ownership.Solve(g, ownership.BuiltinRegimes(), seeds, lawDay)
		require.NoError(b, err)
	}
}

// BenchmarkAdd is one more designated party, in a solution for 20,000.
func BenchmarkAdd(b *testing.B) {
	g := graphs[1_000_000]()
	seeds := designated(b, g, 1_000_000)
	rules := ownership.BuiltinRegimes().Only("us-ofac")
	for b.Loop() {
		b.StopTimer()
		a, err := ownership.Solve(g, rules, seeds[:len(seeds)-1000], lawDay)
		require.NoError(b, err)
		b.StartTimer()
		for _, s := range seeds[len(seeds)-1000:] {
			if err := a.Add(s); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000, "ns/added")
}

// BenchmarkNaive is the same question asked of maps of maps, as it is usually
// written: the baseline for BenchmarkSolve/1M.
func BenchmarkNaive(b *testing.B) {
	holds := make(map[string]map[string]sanctions.Share)
	powerLaw(1_000_000, func(owner, owned int, share sanctions.Share) {
		id := strconv.Itoa(owner)
		if holds[id] == nil {
			holds[id] = make(map[string]sanctions.Share)
		}
		holds[id][strconv.Itoa(owned)] = share
	})
	g := graphs[1_000_000]()
	seeds := designated(b, g, 1_000_000)
	blocked := make(map[string]bool)
	for b.Loop() {
		clear(blocked)
		for _, s := range seeds {
			blocked[s.Node] = true
		}
		for changed := true; changed; {
			changed = false
			total := make(map[string]sanctions.Share)
			for owner, stakes := range holds {
				if blocked[owner] {
					for owned, share := range stakes {
						total[owned] += share
					}
				}
			}
			for owned, share := range total {
				if share >= sanctions.Whole/2 && !blocked[owned] {
					blocked[owned], changed = true, true
				}
			}
		}
	}
	a, err := ownership.Solve(g, ownership.BuiltinRegimes().Only("us-ofac"), seeds, lawDay)
	require.NoError(b, err)
	same := 0
	for n, verdicts := range a.All() {
		if s := verdicts[0].Status; s == sanctions.Owned || s == sanctions.ListedUnderRegime {
			require.True(b, blocked[n.ID], "the two answer the same question")
			same++
		}
	}
	require.Len(b, blocked, same)
}

// BenchmarkVerdicts is the verdicts of all regimes with their proofs, for one
// party after another.
func BenchmarkVerdicts(b *testing.B) {
	g := graphs[1_000_000]()
	seeds := designated(b, g, 1_000_000)
	a, err := ownership.Solve(g, ownership.BuiltinRegimes(), seeds, lawDay)
	require.NoError(b, err)
	i := 0
	for b.Loop() {
		a.Verdicts(strconv.Itoa(i))
		i = (i + 7919) % 1_000_000
	}
}

// BenchmarkLoad is a canonical file of a million interests, in memory: decoded only,
// and made a graph.
func BenchmarkLoad(b *testing.B) {
	var file bytes.Buffer
	file.WriteString("owner_id,owner_name,owned_id,owned_name,kind,percent,percent_min,percent_max,from,to,source\n")
	rows := 0
	powerLaw(1_000_000, func(owner, owned int, share sanctions.Share) {
		fmt.Fprintf(&file, "%d,,%d,,shares,%v,,,2020-01-01,,register\n", owner, owned, share)
		rows++
	})
	for _, stage := range []struct {
		name string
		run  func() error
	}{
		{"decode", func() (err error) {
			for _, e := range registers.Interests(bytes.NewReader(file.Bytes()), "interests.csv") {
				err = errors.Join(err, e)
			}
			return err
		}},
		{"graph", func() error {
			build := ownership.NewBuilder()
			err := build.ReadFrom(registers.Interests(bytes.NewReader(file.Bytes()), "interests.csv"))
			build.Graph()
			return err
		}},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.SetBytes(int64(file.Len()))
			b.ReportAllocs()
			start := cpuTime()
			for b.Loop() {
				if err := stage.run(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "interests/s")
			b.ReportMetric(float64(rows)*float64(b.N)/(cpuTime()-start).Seconds(), "interests/cpu-s")
		})
	}
}

// BenchmarkBuildFile streams interests into a graph file, opens it and solves for
// 20,000 designated parties. Half as many parties as interests.
//
//	go test -run '^$' -bench BuildFile/200M -benchtime 1x -timeout 1h ./sanctions/ownership
//
// 200M needs 14 GB of disk and 8 GB of memory while it builds.
func BenchmarkBuildFile(b *testing.B) {
	for _, n := range []int{1_000_000, 10_000_000, 200_000_000} {
		b.Run(sizeName(n), func(b *testing.B) {
			if testing.Short() && n > 10_000_000 {
				b.Skip("large register left out by -short")
			}
			path := filepath.Join(b.TempDir(), "graph")
			start := cpuTime()
			for b.Loop() {
				err := ownership.BuildFile(path, func(yield func(registers.Interest, error) bool) {
					powerLawAmong(n/2, n, func(owner, owned int, share sanctions.Share) {
						yield(registers.Interest{OwnerID: strconv.Itoa(owner), OwnedID: strconv.Itoa(owned), Kind: registers.Shares, Share: sanctions.ExactShare(share)}, nil)
					})
				})
				require.NoError(b, err)
			}
			b.ReportMetric(float64(n)*float64(b.N)/(cpuTime()-start).Seconds(), "interests/cpu-s")
			at := time.Now()
			g, err := ownership.OpenFile(path, ownership.Unverified())
			require.NoError(b, err)
			defer g.Close()
			b.ReportMetric(float64(time.Since(at).Microseconds())/1000, "open-ms")
			at = time.Now()
			require.NoError(b, g.Verify())
			b.ReportMetric(float64(time.Since(at).Microseconds())/1000, "verify-ms")
			info, err := os.Stat(path)
			require.NoError(b, err)
			b.ReportMetric(float64(info.Size())/float64(n), "bytes/interest")
			seeds := designated(b, g.Graph, n/2)
			rules := ownership.BuiltinRegimes().Only("us-ofac")
			for _, run := range []string{"cold-solve-ms", "solve-ms"} {
				at = time.Now()
				_, err = ownership.Solve(g.Graph, rules, seeds, lawDay)
				require.NoError(b, err)
				b.ReportMetric(float64(time.Since(at).Microseconds())/1000, run)
			}
		})
	}
}

// BenchmarkRing is all verdicts of all regimes over rings of firms: one that is owned if
// it bears itself out, with as many firms in a chain below it; one of which a listed party
// holds a little of every firm; and one that it owns, whose acyclic proofs are whole and
// so together of quadratic length.
func BenchmarkRing(b *testing.B) {
	for _, n := range []int{1000, 5000, 50_000} {
		hold := func(owner, owned string, percent sanctions.Share) registers.Interest {
			return registers.Interest{OwnerID: owner, OwnedID: owned, Kind: registers.Shares, Share: sanctions.ExactShare(percent * sanctions.Percent)}
		}
		bears, sprinkled, owned := ring(n), []registers.Interest(nil), []registers.Interest{hold("L", "1", 60)}
		for i := range n {
			this, next := strconv.Itoa(i), strconv.Itoa((i+1)%n)
			sprinkled = append(sprinkled, hold(this, next, 90), hold("L", this, 1))
			owned = append(owned, hold(this, next, map[bool]sanctions.Share{true: 40, false: 100}[next == "1"]))
		}
		for _, kind := range []struct {
			name string
			list []registers.Interest
		}{{"bears", bears}, {"sprinkled", sprinkled}, {"owned", owned}} {
			b.Run(fmt.Sprintf("%s/%d", kind.name, n), func(b *testing.B) {
				if n > 1000 && (testing.Short() || kind.name == "owned") {
					b.Skip("takes minutes, or is left out by -short")
				}
				g := graphOf(b, kind.list)
				seeds := seedsOf(g, isListed)
				parties, start := 0, cpuTime()
				for b.Loop() {
					a, err := ownership.Solve(g, ownership.BuiltinRegimes(), seeds, lawDay)
					require.NoError(b, err)
					parties = 0
					for range a.All() {
						parties++
					}
				}
				b.ReportMetric(float64((cpuTime()-start).Microseconds())/float64(parties*b.N), "cpu-µs/party")
			})
		}
	}
}
