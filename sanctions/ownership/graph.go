package ownership

import (
	"cmp"
	"iter"
	"slices"
	"sort"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// Graph is all interests that were read, as they stand in their sources:
// duplicates and contradictions are kept, and resolved for a date when asked. It
// is immutable and safe for concurrent use.
//
// Interests lie in three layers of compressed sparse rows: capital, votes and
// control. An interest of a layer costs 12 bytes for the solver: owned party,
// share, and its place in the rows by owned party; 4 more in a layer where some
// interest has dates. Where each was read is kept beside, untouched by solving.
type Graph struct {
	ids       *idTable
	same      []uint32 // by id, that of the party that it was joined to; nil when none was
	names     []string // by party; nil when no name was read
	layers    [layerCount]layer
	ranges    []sanctions.ShareRange          // the ranges that are not one exact share
	periods   []sanctions.Period              // the distinct validities; 0 is always
	texts     []string                        // files and stated sources
	details   map[uint32]*registers.Described // by party, beside ids and names
	unnamed   map[uint32][]registers.Interest // owners that exist and are not named, by owned party
	treasury  [layerCount]nodeSet             // who holds of itself
	crowded   [layerCount]nodeSet             // of whom all statements together give more than the whole away
	published map[uint32]sanctions.Date       // of files, by their number in texts

	possible []Link    // that some parties may be one
	readings []reading // of these links
	hanging  nodeSet   // the parties of which the readings may say different things
}

// The layers.
const (
	capital = iota // shares, ownership, trust, unknown
	voting
	control // control, trust, and board seats
	layerCount
)

// layer is one kind of interest, by owner and by owned party.
type layer struct {
	out   []uint32 // by owner, where its interests start; one more than parties
	to    []uint32 // owned party
	share []uint32 // an exact share, or wide and the number of a range
	when  []uint32 // number of a period; nil when every interest is undated
	in    []uint32 // by owned party, where its interests start in back
	back  []uint32 // numbers of the interests, by owned party
	rows  []row    // where each was read; nil when nothing is known of it
}

const (
	wide   = 1 << 31 // marks a share that is the number of a range
	inFull = wide    // range 0: in the control layer, control itself and not a part of the board
)

// row is where an interest was read.
type row struct {
	line   uint32
	file   uint32 // in texts
	stated uint32 // in texts
	kind   registers.Kind
	_      [3]byte // so that no byte of a file is left to chance
}

// Len is the number of parties, each as often as it has ids in the graph.
func (g *Graph) Len() int { return g.ids.len() }

// Interests is the number of interests; one that stands for both property and
// control counts twice.
func (g *Graph) Interests() int {
	n := 0
	for i := range g.layers {
		n += len(g.layers[i].to)
	}
	return n
}

// Periods lists the distinct validities of the interests: the days on which one
// of them begins or ends are the only ones on which a verdict can change because
// of an interest, beside those on which a [Rule] stops looking back at one.
func (g *Graph) Periods() []sanctions.Period {
	out := slices.Clone(g.periods)
	for _, nobody := range g.unnamed {
		for i := range nobody {
			out = append(out, nobody[i].Period)
		}
	}
	return distinct(out)
}

func distinct(periods []sanctions.Period) []sanctions.Period {
	slices.SortFunc(periods, func(a, b sanctions.Period) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) })
	return slices.Compact(periods)
}

// Owners is the ids of those who hold or control something of a party, on whatever day,
// and the distinct validities of what the registers say of its owners.
func (g *Graph) Owners(id string) (owners []string, valid []sanctions.Period) {
	n, ok := g.find(id)
	if !ok {
		return nil, nil
	}
	for k := range g.layers {
		l := &g.layers[k]
		if len(l.to) == 0 {
			continue
		}
		for _, e := range l.back[l.in[n]:l.in[n+1]] {
			owners, valid = append(owners, g.ids.id(l.owner(e))), append(valid, g.period(l, e))
		}
	}
	for i := range g.unnamed[n] {
		valid = append(valid, g.unnamed[n][i].Period)
	}
	slices.Sort(owners)
	return slices.Compact(owners), distinct(valid)
}

// Below is the ids of the parties of which some hold or control something, directly or
// through others, on whatever day, with themselves. Ids that no register mentions are
// passed over.
func (g *Graph) Below(ids ...string) []string {
	var parties []uint32
	for _, id := range ids {
		if n, ok := g.find(id); ok {
			parties = append(parties, n)
		}
	}
	var out []string
	for _, n := range g.below(parties) {
		out = append(out, g.ids.id(n))
	}
	slices.Sort(out)
	return out
}

// Node is a party of the graph as its sources name it.
type Node struct {
	ID, Name string
}

// Nodes ranges over the parties, ordered by id.
func (g *Graph) Nodes() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for _, n := range g.sorted() {
			if g.lead(n) == n && !yield(g.node(n)) {
				return
			}
		}
	}
}

func (g *Graph) sorted() []uint32 {
	if g.ids.slot == nil {
		return g.ids.sorted
	}
	order := make([]uint32, g.Len())
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, g.ids.compare)
	return order
}

func (g *Graph) node(n uint32) Node { return Node{ID: g.ids.id(n), Name: g.name(n)} }

// Node finds a party by its id.
func (g *Graph) Node(id string) (Node, bool) {
	n, ok := g.find(id)
	if !ok {
		return Node{}, false
	}
	return g.node(n), true
}

func (g *Graph) name(n uint32) string {
	if g.names == nil {
		return ""
	}
	return g.names[n]
}

// owner finds whose interest the e-th of a layer is.
func (l *layer) owner(e uint32) uint32 {
	return uint32(sort.Search(len(l.out)-1, func(n int) bool { return l.out[n+1] > e }))
}

func (g *Graph) rangeOf(word uint32) sanctions.ShareRange {
	if word&wide == 0 {
		return sanctions.ExactShare(sanctions.Share(word))
	}
	return g.ranges[word&^wide]
}

func (g *Graph) period(l *layer, e uint32) sanctions.Period {
	if l.when == nil {
		return sanctions.Period{}
	}
	return g.periods[l.when[e]]
}

// run is the end of the statements that start at e and are about the same firm,
// not beyond end.
func (l *layer) run(e, end uint32) uint32 {
	next := e + 1
	for next < end && l.to[next] == l.to[e] {
		next++
	}
	return next
}
