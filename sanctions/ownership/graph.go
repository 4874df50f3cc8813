package ownership

import (
	"iter"
	"slices"
	"sort"

	"github.com/sanctionrisk/exposure/sanctions"
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
	ranges    []sanctions.ShareRange    // the ranges that are not one exact share
	periods   []sanctions.Period        // the distinct validities; 0 is always
	texts     []string                  // files and stated sources
	details   map[uint32]*Described     // by party, beside ids and names
	unnamed   map[uint32][]Interest     // owners that exist and are not named, by owned party
	treasury  [layerCount]nodeSet       // who holds of itself
	crowded   [layerCount]nodeSet       // of whom all statements together give more than the whole away
	published map[uint32]sanctions.Date // of files, by their number in texts

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
	kind   Kind
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
func (g *Graph) Periods() []sanctions.Period { return slices.Clone(g.periods) }

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

// holding is what one owner holds in one firm in one layer on one date: what
// its statements come to.
type holding struct {
	share    sanctions.ShareRange
	edge     uint32               // the statement to cite
	conflict bool                 // statements of the same date contradict each other
	held     bool                 // some statement is valid on the date
	ended    bool                 // some statement was valid earlier
	was      sanctions.ShareRange // what the last of these stated
	until    sanctions.Date       // when that ended
	from     sanctions.Date       // since when the statement holds, if it says so
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

// resolve reads the statements [e, end) of one owner about one firm. Those of one
// kind are statements of one holding. Holdings of several kinds (shares, rights to
// what a dissolution leaves, …) are measures of one stake, of which the greatest
// counts: they are not added, and a later one of one kind does not end an earlier
// one of another.
func (g *Graph) resolve(l *layer, e, end uint32, asOf sanctions.Date) holding {
	if l.rows == nil || end == e+1 {
		return g.resolveKind(l, e, end, anyKind, asOf)
	}
	var seen uint
	for k := e; k < end; k++ {
		seen |= 1 << l.rows[k].kind
	}
	if seen&(seen-1) == 0 {
		return g.resolveKind(l, e, end, anyKind, asOf)
	}
	var all holding
	for kind := range Kind(len(kinds)) {
		if seen&(1<<kind) != 0 {
			all.measure(g.resolveKind(l, e, end, kind, asOf))
		}
	}
	return all
}

// measure takes in another measure of the same stake. One without a share says
// nothing beside one with.
func (h *holding) measure(o holding) {
	switch {
	case !o.held:
		h.ended = h.ended || o.ended
		if o.ended && o.was.Low >= h.was.Low {
			h.was, h.until = o.was, o.until
			if !h.held {
				h.edge = o.edge
			}
		}
	case !h.held, stated(o.share) && !stated(h.share):
		o.ended, o.conflict = o.ended || h.ended, o.conflict || h.conflict
		*h = o
	case stated(o.share):
		both := greatest(h.share, o.share)
		if o.share.Low > h.share.Low || o.share.Low == h.share.Low && o.share.High > h.share.High {
			h.edge, h.from = o.edge, o.from
		}
		h.share, h.conflict, h.ended = both, h.conflict || o.conflict, h.ended || o.ended
	}
}

const anyKind = Kind(len(kinds))

// resolveKind reads the statements of one kind, or of any. A dated statement
// replaces those that start earlier; a statement with a share replaces one
// without; statements that agree sharpen each other; and statements that
// contradict each other are a conflict, see join.
// They are never added: two registers speak of the same holding.
func (g *Graph) resolveKind(l *layer, e, end uint32, kind Kind, asOf sanctions.Date) holding {
	var undated, dated holding
	var from sanctions.Date
	var past holding
	for ; e < end; e++ {
		if kind != anyKind && l.rows[e].kind != kind {
			continue
		}
		p := g.period(l, e)
		if !p.Contains(asOf) {
			if !p.To.IsZero() && !asOf.Before(p.To) {
				past = holding{edge: e, ended: true, was: g.rangeOf(l.share[e]), until: p.To}
			}
			continue
		}
		r := g.rangeOf(l.share[e])
		switch {
		case !stated(r), p.From.IsZero():
			undated.join(g, l, r, e)
		case p.From.After(from):
			dated = holding{}
			fallthrough
		default:
			dated.join(g, l, r, e)
			from = p.From
		}
	}
	h := undated
	if dated.held {
		h = dated
		h.from = from
		if undated.held {
			h.join(g, l, undated.share, undated.edge)
			h.conflict = h.conflict || undated.conflict
		}
	}
	if past.ended && !h.held {
		return past
	}
	h.ended = past.ended
	return h
}

// join adds a statement to those that a holding already rests on. Of two that
// contradict each other that of the later published source stands; if that is not
// known, all between them is open.
func (h *holding) join(g *Graph, l *layer, r sanctions.ShareRange, e uint32) {
	switch both := intersect(h.share, r); {
	case !h.held || stated(r) && !stated(h.share):
		h.share, h.edge, h.held = r, e, true
	case !stated(r):
	case both.Valid():
		h.share = both
	default:
		h.conflict = true
		switch p, q := g.publishedAt(l, h.edge), g.publishedAt(l, e); {
		case p.IsZero() || q.IsZero() || p == q:
			h.share = hull(h.share, r)
		case p.Before(q):
			h.share, h.edge = r, e
		}
	}
}

// controls finds a statement among [e, end) that shows control of a firm: of
// contract or fact, through a trust, or of more than half the board. The answer is
// Possible when only a part of the board that may be more than half is stated. A
// seat on the board is not control.
func (g *Graph) controls(l *layer, e, end uint32, asOf sanctions.Date) (edge uint32, answer sanctions.Answer) {
	answer = sanctions.No
	for ; e < end; e++ {
		if !g.period(l, e).Contains(asOf) {
			continue
		}
		if l.share[e] == inFull {
			return e, sanctions.Yes
		}
		if a := g.rangeOf(l.share[e]).Reaches(half, false); a > answer {
			edge, answer = e, a
		}
	}
	return edge, answer
}

// owned ranges over what a party holds in others, in the order of the rows.
func (g *Graph) owned(layer int, owner uint32, asOf sanctions.Date) iter.Seq2[uint32, holding] {
	l := &g.layers[layer]
	return func(yield func(uint32, holding) bool) {
		for e, end := l.out[owner], l.out[owner+1]; e < end; {
			next := l.run(e, end)
			if h := g.resolve(l, e, next, asOf); (h.held || h.ended) && !yield(l.to[e], h) {
				return
			}
			e = next
		}
	}
}

// owners ranges over who holds something in a party, ordered by id.
func (g *Graph) owners(layer int, owned uint32, asOf sanctions.Date) iter.Seq2[uint32, holding] {
	return func(yield func(uint32, holding) bool) {
		type stake struct {
			owner uint32
			holding
		}
		var stakes []stake
		for owner, h := range g.holders(layer, owned, asOf) {
			stakes = append(stakes, stake{owner, h})
		}
		slices.SortFunc(stakes, func(a, b stake) int { return g.ids.compare(a.owner, b.owner) })
		for _, s := range stakes {
			if !yield(s.owner, s.holding) {
				return
			}
		}
	}
}

// holders ranges over who holds something in a party, in the order of the rows.
func (g *Graph) holders(layer int, owned uint32, asOf sanctions.Date) iter.Seq2[uint32, holding] {
	l := &g.layers[layer]
	return func(yield func(uint32, holding) bool) {
		for _, e := range l.back[l.in[owned]:l.in[owned+1]] {
			owner := l.owner(e)
			if e > l.out[owner] && l.to[e-1] == owned {
				continue // not the first statement of its owner
			}
			if h := g.resolve(l, e, l.run(e, l.out[owner+1]), asOf); (h.held || h.ended) && !yield(owner, h) {
				return
			}
		}
	}
}
