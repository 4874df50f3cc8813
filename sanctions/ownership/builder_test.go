package ownership_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// A stream is taken a part at a time, and the table of ids grows on the way:
// neither shows in the graph.
func TestReadFromTakesAll(t *testing.T) {
	id := func(i int) string { return fmt.Sprintf("party-%d", i) }
	for _, n := range []int{1, 127, 128, 129, 256, 20_000} {
		b, single := ownership.NewBuilder(), ownership.NewBuilder()
		require.NoError(t, b.ReadFrom(func(yield func(registers.Interest, error) bool) {
			for i := range n {
				in := registers.Interest{OwnerID: id(i), OwnedID: id(i*7919%n + n), Kind: registers.Shares, Share: sanctions.ExactShare(sanctions.Percent)}
				require.NoError(t, single.Add(in))
				if !yield(in, nil) {
					return
				}
			}
		}))
		g, want := b.Graph(), single.Graph()
		require.Equal(t, 2*n, g.Len(), "%d interests", n)
		require.Equal(t, n, g.Interests())
		for i := range 2*n + 1 {
			_, ok := g.Node(id(i))
			require.Equal(t, i < 2*n, ok, id(i))
			_, ok = want.Node(id(i))
			require.Equal(t, i < 2*n, ok, id(i))
		}
	}
}

// Faults of the stream and of the interests in it come in the order of the rows.
func TestReadFromKeepsTheOrderOfFaults(t *testing.T) {
	err := ownership.NewBuilder().ReadFrom(func(yield func(registers.Interest, error) bool) {
		for i := range 300 {
			in := registers.Interest{OwnerID: "a", OwnedID: "b", Kind: registers.Shares, Share: sanctions.UnknownShare}
			var err error
			switch i {
			case 2, 127, 128, 290:
				in.OwnedID = "" // found when it is added
				in.Source = sanctions.Source{File: "f", Line: i}
			case 3, 129, 291:
				err = &sanctions.Fault{Source: sanctions.Source{File: "f", Line: i}, Err: errors.New("no row")}
			}
			if !yield(in, err) {
				return
			}
		}
	})
	require.Error(t, err)
	rest := err.Error()
	for _, line := range []int{2, 3, 127, 128, 129, 290, 291} {
		_, after, ok := strings.Cut(rest, fmt.Sprintf("f:%d: ", line))
		require.True(t, ok, "line %d in order among %v", line, err)
		rest = after
	}
}
