package ownership

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Seed says that a party of the graph is a listed party, and how surely: Yes, or
// Possible when it was recognised by an uncertain name. One party of the graph
// may be several listed parties, each a seed.
type Seed struct {
	Node   string // id in the graph
	Party  *sanctions.Party
	Answer sanctions.Answer

	// Where the node stands in a graph, if it was looked up already.
	graph  *Graph
	number uint32
}

// SeedsByID finds the parties of the graph whose id is that of a listed party:
// in full (us-ofac-sdn:18782), or, for a list that was loaded from a parties
// file, as that file writes it (18782). A list that the snapshot's coverage does
// not mention counts as such. Seeds are ordered by node and party.
func SeedsByID(s *sanctions.Snapshot, g *Graph) []Seed {
	published := make(map[string]bool) // lists in a published format, whose numbers are not ours
	for _, l := range s.Coverage().Lists {
		for _, f := range l.Files {
			published[l.List] = f.Format != "parties"
		}
	}
	var seeds []Seed
	add := func(node string, p *sanctions.Party) {
		if n, _, ok := g.ids.find(node); ok {
			seeds = append(seeds, Seed{Node: node, Party: p, Answer: sanctions.Yes, graph: g, number: n})
		}
	}
	for _, p := range s.All() {
		for _, id := range append([]string{p.ID}, p.OtherIDs...) {
			add(id, p)
			if list, own, ok := strings.Cut(id, ":"); ok && !published[list] {
				add(own, p)
			}
		}
	}
	slices.SortFunc(seeds, compareSeeds)
	return slices.CompactFunc(seeds, func(a, b Seed) bool { return a.Node == b.Node && a.Party == b.Party })
}

func compareSeeds(a, b Seed) int {
	return cmp.Or(strings.Compare(a.Node, b.Node), strings.Compare(a.Party.ID, b.Party.ID), cmp.Compare(b.Answer, a.Answer))
}

// numbers finds where the seeds' parties stand in the graph.
func (g *Graph) numbers(seeds []Seed) ([]uint32, error) {
	numbers := make([]uint32, len(seeds))
	var errs []error
	for i := range seeds {
		s := &seeds[i]
		if s.graph == g {
			numbers[i] = s.number
			continue
		}
		n, _, ok := g.ids.find(s.Node)
		if !ok {
			errs = append(errs, fmt.Errorf("seed %q is no party of the graph", s.Node))
		}
		numbers[i] = n
	}
	return numbers, sanctions.JoinFaults(errs)
}
