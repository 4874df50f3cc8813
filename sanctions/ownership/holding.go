package ownership

import (
	"iter"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

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
	for kind := range registers.Kind(registers.Kinds) {
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

const anyKind = registers.Kind(registers.Kinds)

// resolveKind reads the statements of one kind, or of any: those that are valid on the
// day, but for dated ones before the latest, which that one replaces; a statement
// without a share says nothing beside one with. They are never added: registers speak
// of the same holding.
func (g *Graph) resolveKind(l *layer, e, end uint32, kind registers.Kind, asOf sanctions.Date) holding {
	var past holding
	var latest sanctions.Date
	var room [8]statement
	said := room[:0]
	for ; e < end; e++ {
		if kind != anyKind && l.rows[e].kind != kind {
			continue
		}
		p, r := g.period(l, e), g.rangeOf(l.share[e])
		if !p.Contains(asOf) {
			if !p.To.IsZero() && !asOf.Before(p.To) {
				past = holding{edge: e, ended: true, was: r, until: p.To}
			}
			continue
		}
		if !stated(r) {
			p.From = sanctions.Date{}
		}
		if p.From.Compare(latest) > 0 {
			said = slices.DeleteFunc(said, func(s statement) bool { return !s.from.IsZero() })
			latest = p.From
		}
		if p.From.IsZero() || p.From == latest {
			said = append(said, statement{share: r, edge: e, from: p.From})
		}
	}
	if len(said) == 0 {
		return past
	}
	h := g.settle(l, said)
	h.ended = past.ended
	return h
}

// statement is what a source says of a holding.
type statement struct {
	share sanctions.ShareRange
	edge  uint32
	from  sanctions.Date
}

// settle finds what statements of one holding come to, whatever their order: what they
// have in common, and where they contradict each other, what those say that no later
// published one contradicts; if these still do, all between them is open. The dated one
// is cited, and of several the one that was published last.
func (g *Graph) settle(l *layer, said []statement) holding {
	h := holding{held: true, edge: said[0].edge, share: said[0].share, from: said[0].from}
	if len(said) == 1 {
		return h
	}
	if slices.ContainsFunc(said, func(s statement) bool { return stated(s.share) }) {
		said = slices.DeleteFunc(said, func(s statement) bool { return !stated(s.share) })
	}
	both, agree := common(said)
	if !agree {
		h.conflict = true
		said = g.standing(l, said)
		if both, agree = common(said); !agree {
			for _, s := range said {
				both = both.Hull(s.share)
			}
		}
	}
	h.share = both
	best := &said[0]
	for i := range said[1:] {
		s := &said[i+1]
		if dated, was := !s.from.IsZero(), !best.from.IsZero(); dated && !was ||
			dated == was && g.publishedAt(l, best.edge).Compare(g.publishedAt(l, s.edge)) < 0 {
			best = s
		}
	}
	h.edge, h.from = best.edge, best.from
	return h
}

// common is what statements have in common, or of those that have nothing in common
// the first.
func common(said []statement) (r sanctions.ShareRange, agree bool) {
	r = said[0].share
	for _, s := range said[1:] {
		if r = r.Intersect(s.share); !r.Valid() {
			return said[0].share, false
		}
	}
	return r, true
}

// standing leaves out the statements that a later published one contradicts.
func (g *Graph) standing(l *layer, said []statement) (out []statement) {
	for _, s := range said {
		p := g.publishedAt(l, s.edge)
		if p.IsZero() || !slices.ContainsFunc(said, func(o statement) bool {
			return p.Before(g.publishedAt(l, o.edge)) && !s.share.Intersect(o.share).Valid()
		}) {
			out = append(out, s)
		}
	}
	return out
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
