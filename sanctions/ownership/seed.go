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

	// Where the node stands in a graph and what its party is designated for, if
	// that was looked up already.
	graph       *Graph
	docket      *docket
	number      uint32
	first, last uint32 // in the docket's acts
	twin        bool   // the party stands under several ids
}

// docket is the designations of many parties side by side: acts that are alike but
// for their dates are of one class, so that what a rule makes of them is asked
// once a class and not once a party.
type docket struct {
	classes []*sanctions.Designation // one of each
	acts    []act
	number  map[string]uint32
}

type act struct {
	class  uint32
	period sanctions.Period
}

// add enters what a party is designated for and returns where it stands.
func (d *docket) add(p *sanctions.Party) (first, last uint32) {
	first = uint32(len(d.acts))
	for i := range p.Designations {
		g := &p.Designations[i]
		key := fmt.Sprint(g.Authority, g.Measures, g.Programmes)
		class, ok := d.number[key]
		if !ok {
			class = uint32(len(d.classes))
			d.classes = append(d.classes, g)
			d.number[key] = class
		}
		d.acts = append(d.acts, act{class, g.Period})
	}
	return first, uint32(len(d.acts))
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
	d := &docket{number: make(map[string]uint32)}
	add := func(node string, p *sanctions.Party) {
		if n, ok := g.find(node); ok {
			first, last := d.add(p)
			seeds = append(seeds, Seed{Node: node, Party: p, Answer: sanctions.Yes, graph: g, number: n, docket: d, first: first, last: last})
		}
	}
	for _, p := range s.All() {
		from := len(seeds)
		for _, id := range append([]string{p.ID}, p.OtherIDs...) {
			add(id, p)
			if list, own, ok := strings.Cut(id, ":"); ok && !published[list] {
				add(own, p)
			}
		}
		for i := from; i < len(seeds); i++ {
			seeds[i].twin = len(seeds) > from+1
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
		n, ok := g.find(s.Node)
		if !ok {
			errs = append(errs, fmt.Errorf("seed %q is no party of the graph", s.Node))
		}
		numbers[i] = n
	}
	return numbers, sanctions.JoinFaults(errs)
}
