package screening

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// identity knows parties by the ids that files give them.
type identity struct {
	snapshot *sanctions.Snapshot
	own      map[string][]*sanctions.Party // by the number as a parties file writes it
	known    map[string]*sanctions.Party   // by id, as the caller described them
	numbered map[string][]int              // parties of the register, by a strong identifier
	register *register
	graph    *ownership.Graph
}

func newIdentity(snapshot *sanctions.Snapshot, graph *ownership.Graph, r *register, known []sanctions.Party) *identity {
	x := &identity{snapshot: snapshot, own: make(map[string][]*sanctions.Party), known: make(map[string]*sanctions.Party, len(known)),
		numbered: make(map[string][]int), register: r, graph: graph}
	ours := make(map[string]bool) // lists in files whose ids their author chose
	for _, l := range snapshot.Coverage().Lists {
		for _, f := range l.Files {
			ours[l.List] = ours[l.List] || f.Format == "parties"
		}
	}
	for _, p := range snapshot.All() {
		for _, id := range append([]string{p.ID}, p.OtherIDs...) {
			if list, number, ok := strings.Cut(id, ":"); ok && ours[list] {
				x.own[number] = append(x.own[number], p)
			}
		}
	}
	for i := range known {
		x.meet(&known[i], known[i].ID)
		if n, ok := graph.Node(known[i].ID); ok && n.ID != known[i].ID {
			x.meet(&known[i], n.ID)
		}
	}
	for i := range r.parties {
		for _, id := range r.parties[i].Identifiers {
			if id.Strong() {
				x.numbered[numberKey(id)] = append(x.numbered[numberKey(id)], i)
			}
		}
	}
	return x
}

// meet takes down what the caller knows of an id. Of one that several are joined to,
// it is all that is known of any.
func (x *identity) meet(p *sanctions.Party, id string) {
	prior, ok := x.known[id]
	if !ok {
		x.known[id] = p
		return
	}
	both := *prior
	both.Names = slices.Concat(prior.Names, p.Names)
	both.Identifiers = slices.Concat(prior.Identifiers, p.Identifiers)
	x.known[id] = &both
}

// listed finds the listed parties that an id names, in full or as the parties
// file writes it.
func (x *identity) listed(id string) []*sanctions.Party {
	if id == "" {
		return nil
	}
	out := slices.Clone(x.own[id])
	if p, ok := x.snapshot.Party(id); ok && !slices.Contains(out, p) {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *sanctions.Party) int { return strings.Compare(a.ID, b.ID) })
	return slices.Compact(out)
}

// party describes a party of the graph as well as it is known.
func (x *identity) party(n ownership.Node) sanctions.Party {
	if p, ok := x.known[n.ID]; ok {
		return *p
	}
	return described(x.graph, n.ID)
}

// seedsOn is the seeds as of a day: who is listed, and nobody says since when, is
// only possibly listed before the edition.
func (s *Screener) seedsOn(day sanctions.Date) []ownership.Seed {
	seeds, own := s.seeds, false
	for i := range seeds {
		if seeds[i].Answer == sanctions.Yes && s.undated(seeds[i].Party.InForce(day), day) {
			if !own {
				seeds, own = slices.Clone(seeds), true
			}
			seeds[i].Answer = sanctions.Possible
		}
	}
	return seeds
}

// findSeeds tells which parties of the graph are listed parties. An id that a
// list gave is that party, and on other lists whoever it certainly is, by what
// the list knows of it; any other party is looked up by its identifiers and its
// name. given is the graph before its parties were joined, with every id.
func (s *Screener) findSeeds(given *ownership.Graph) []ownership.Seed {
	seeds := ownership.SeedsByID(s.snapshot, s.graph)
	for i := range seeds {
		n, _ := s.graph.Node(seeds[i].Node)
		seeds[i].Node = n.ID
	}
	numbered := make(map[string]bool) // parties that a list gave an id
	for one := range given.Nodes() {
		n, _ := s.graph.Node(one.ID)
		named := s.identity.listed(one.ID)
		numbered[n.ID] = numbered[n.ID] || named != nil
		for _, listed := range named {
			for _, hit := range s.index.Search(match.QueryFor(listed)) {
				if l := fromHit(&hit); l.Answer() == sanctions.Yes {
					seeds = append(seeds, ownership.Seed{Node: n.ID, Party: hit.Party, Answer: sanctions.Yes})
				}
			}
		}
	}
	nodes := slices.Collect(s.graph.Nodes())
	seeds = append(seeds, each(len(nodes), func(i int) (found []ownership.Seed) {
		n := nodes[i]
		if p := s.identity.party(n); !numbered[n.ID] && len(p.Names)+len(p.Identifiers) > 0 {
			for _, hit := range s.index.Search(match.QueryFor(&p)) {
				if l := fromHit(&hit); l.Answer() >= sanctions.Possible {
					found = append(found, ownership.Seed{Node: n.ID, Party: hit.Party, Answer: l.Answer()})
				}
			}
		}
		return found
	})...)
	// The surest word on each pair of party and listed party stands.
	slices.SortFunc(seeds, func(a, b ownership.Seed) int {
		return cmp.Or(strings.Compare(a.Node, b.Node), strings.Compare(a.Party.ID, b.Party.ID), cmp.Compare(b.Answer, a.Answer))
	})
	return slices.CompactFunc(seeds, func(a, b ownership.Seed) bool { return a.Node == b.Node && a.Party == b.Party })
}
