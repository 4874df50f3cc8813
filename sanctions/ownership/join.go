package ownership

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// Link says that two ids of a graph are ids of one party: for certain, or only
// possibly, as where names are alike and nothing else is known.
type Link struct {
	A, B     string
	Possible bool
}

// Join makes a graph in which linked ids are one party: what is said of any of them
// is said of it, statements of one owner about one firm are statements of one holding,
// and stakes in one firm that registers know by several ids add up. It is the graph
// that would have been read had every row used the same id. Each id still answers
// [Graph.Node] and [Analysis.Verdicts]; [Graph.Nodes] and proofs show the first of
// them by id, of those that are not merely the party's name. Links may form chains;
// their order is irrelevant.
//
// Ids that are possibly one party stay two, and whatever rests on that is uncertain:
// see [Solve]. Possible links form no chains: three ids may be one party only if each
// two of them are linked, so that one mention that may be either of two firms does
// not make them one.
//
// A party does not own itself: ids of which the registers say that one holds or
// controls something of another are not joined, nor those linked with them for
// certain, and their links come back as refuted. The error reports ids that no
// register mentions. The graph itself is not changed; without links to follow it is
// returned as it is.
func (g *Graph) Join(links ...Link) (joined *Graph, refuted []Link, err error) {
	sets := disjoint{}
	var possible []Link
	var errs []error
	for _, link := range links {
		a, ok := g.find(link.A)
		b, ok2 := g.find(link.B)
		for id, known := range map[string]bool{link.A: ok, link.B: ok2} {
			if !known {
				errs = append(errs, fmt.Errorf("no register mentions a party %q", id))
			}
		}
		switch {
		case !ok || !ok2:
		case link.Possible:
			possible = append(possible, link)
		default:
			sets.join(a, b)
		}
	}
	if len(errs) > 0 {
		slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
		return nil, nil, sanctions.JoinFaults(errs)
	}
	hold := g.holdEachOther(sets)
	same := g.leads(sets, hold)
	for _, link := range links {
		if a, _ := g.find(link.A); !link.Possible && len(sets) > 0 && hold[sets.root(a)] {
			refuted = append(refuted, link)
		}
	}
	if joined = g; same != nil {
		joined = g.joined(same)
	}
	if same != nil || len(possible) > 0 {
		var never []Link
		joined, never = joined.suppose(slices.Concat(g.possible, possible))
		refuted = append(refuted, never...)
	}
	return joined, refuted, nil
}

// joined is the graph in which each id is that of the party that same gives.
func (g *Graph) joined(same []uint32) *Graph {
	out := &Graph{ids: g.ids, same: same, ranges: g.ranges, periods: g.periods, texts: g.texts, published: g.published,
		names: slices.Clone(g.names), details: make(map[uint32]*registers.Described), unnamed: make(map[uint32][]registers.Interest)}
	out.describeJoined(g)
	for n, list := range g.unnamed {
		out.unnamed[same[n]] = append(out.unnamed[same[n]], list...)
	}
	out.sortUnnamed()
	for i := range g.layers {
		out.build(i, g.layers[i].renamed(same))
	}
	return out
}

// disjoint is sets of parties that are linked, each by one of its members.
type disjoint map[uint32]uint32

func (d disjoint) root(n uint32) uint32 {
	for {
		up, ok := d[n]
		if !ok || up == n {
			return n
		}
		n = up
	}
}

func (d disjoint) join(a, b uint32) {
	a, b = d.root(a), d.root(b)
	d[a], d[b] = a, a
}

// holdEachOther finds the sets, by root, of which one member holds something of
// another.
func (g *Graph) holdEachOther(sets disjoint) map[uint32]bool {
	out := make(map[uint32]bool)
	for n := range sets {
		root := sets.root(n)
		for i := range g.layers {
			l := &g.layers[i]
			for _, to := range l.to[l.out[n]:l.out[n+1]] {
				if _, ok := sets[to]; ok && to != n && sets.root(to) == root {
					out[root] = true
				}
			}
		}
	}
	return out
}

// leads is, for every id, that of the party which it is an id of; nil when nothing is
// joined.
func (g *Graph) leads(sets disjoint, apart map[uint32]bool) []uint32 {
	members := make(map[uint32][]uint32)
	for n := range sets {
		if root := sets.root(n); !apart[root] {
			members[root] = append(members[root], n)
		}
	}
	var same []uint32
	for _, set := range members {
		if len(set) < 2 {
			continue
		}
		if same == nil {
			same = make([]uint32, g.Len())
			for n := range same {
				same[n] = g.lead(uint32(n))
			}
		}
		first := slices.MinFunc(set, func(a, b uint32) int {
			if c := compareBool(g.ids.id(a) == g.name(a), g.ids.id(b) == g.name(b)); c != 0 {
				return c
			}
			return g.ids.compare(a, b)
		})
		for _, n := range set {
			same[n] = first
		}
	}
	for n := range same { // ids of a party that was joined before
		same[n] = same[same[n]]
	}
	return same
}

// describeJoined gathers what was said of the ids of each party.
func (g *Graph) describeJoined(from *Graph) {
	for n := range from.details {
		if g.same[n] == n {
			own := *from.details[n]
			g.details[n] = &registers.Described{Names: slices.Clone(own.Names), Identifiers: slices.Clone(own.Identifiers)}
		}
	}
	for k, lead := range g.same {
		n := uint32(k)
		if lead == n || from.lead(n) != n {
			continue
		}
		said := from.Described(from.ids.id(n))
		d := g.details[lead]
		if d == nil {
			d = new(registers.Described)
			g.details[lead] = d
		}
		for _, name := range said.Names {
			d.AddName(name)
		}
		for _, id := range said.Identifiers {
			if !slices.ContainsFunc(d.Identifiers, func(o sanctions.Identifier) bool { return sameIdentifier(o, id) }) {
				d.Identifiers = append(d.Identifiers, id)
			}
		}
	}
	g.settleDetails()
}

// renamed is the rows of a layer with the parties that they are about now.
func (l *layer) renamed(same []uint32) *rawLayer {
	raw := &rawLayer{owner: make([]uint32, len(l.to)), owned: make([]uint32, len(l.to)),
		share: slices.Clone(l.share), when: slices.Clone(l.when), rows: slices.Clone(l.rows)}
	for n := range len(l.out) - 1 {
		for e := l.out[n]; e < l.out[n+1]; e++ {
			raw.owner[e], raw.owned[e] = same[n], same[l.to[e]]
		}
	}
	return raw
}

// find is the number of the party that an id belongs to.
func (g *Graph) find(id string) (uint32, bool) {
	n, _, ok := g.ids.find(id)
	return g.lead(n), ok
}

// lead is the id under which a party that several ids were joined to stands.
func (g *Graph) lead(n uint32) uint32 {
	if g.same == nil || int(n) >= len(g.same) {
		return n
	}
	return g.same[n]
}
