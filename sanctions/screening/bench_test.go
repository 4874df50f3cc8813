package screening_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
	"github.com/sanctionrisk/exposure/sanctions/screening"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

// BenchmarkNew is a million interests among half a million firms with names, of whose
// interests so many in a thousand name the owner without an id, one in three of these
// with a slip: what recognising parties by name costs, and likening mentions to them
// (some 4 s of one processor, and 4 s more as soon as there are any, 10,000 of them or 1).
func BenchmarkNew(b *testing.B) {
	snapshot, _, err := lists.Open(worlds.MoscowTalks(), lists.AsOf(today))
	require.NoError(b, err)
	for _, mentions := range []int{0, 1, 10} {
		b.Run(fmt.Sprintf("mentions=%d‰", mentions), func(b *testing.B) {
			graph := register(b, 1_000_000, mentions)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := screening.New(snapshot, graph); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(graph.Len())*float64(b.N)/b.Elapsed().Seconds(), "parties/s")
		})
	}
}

func register(t testing.TB, interests, mentions int) *ownership.Graph {
	rng := rand.New(rand.NewPCG(5, 5))
	syllables := []string{"ka", "ro", "vel", "min", "tas", "ur", "bol", "zen", "dri", "op", "gal", "nes", "thu", "wic", "yar", "lom"}
	sorts := []string{"Works", "Trading", "Shipping", "Plant", "Industries", "Logistics", "Holding", "Engineering"}
	forms := []string{"LLC", "Ltd", "JSC", "GmbH"}
	name := func(n int) string {
		r := rand.New(rand.NewPCG(uint64(n), 7))
		word := ""
		for range 4 {
			word += syllables[r.IntN(len(syllables))]
		}
		return fmt.Sprintf("%s%s %s %s", string(word[0]-32), word[1:], sorts[r.IntN(len(sorts))], forms[r.IntN(len(forms))])
	}
	b := ownership.NewBuilder()
	for range interests {
		owner, owned := rng.IntN(interests/2), rng.IntN(interests/2)
		if owner == owned {
			continue
		}
		in := registers.Interest{OwnerID: fmt.Sprint("firm-", owner), OwnerName: name(owner), OwnedID: fmt.Sprint("firm-", owned), OwnedName: name(owned),
			Kind: registers.Shares, Share: sanctions.ExactShare(sanctions.Share(rng.IntN(60)) * sanctions.Percent)}
		if rng.IntN(1000) < mentions {
			in.OwnerID = ""
			if rng.IntN(3) == 0 {
				at := 1 + rng.IntN(5)
				in.OwnerName = in.OwnerName[:at] + in.OwnerName[at+1:]
			}
		}
		require.NoError(t, b.Add(in))
	}
	return b.Graph()
}
