package ownership

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// What a register can say of a date that cannot be so as it stands. Verdicts are
// given all the same, with a condition; see [Graph.Contradictions].
var (
	// ErrCircular: firms hold each other in a circle, or a firm holds itself.
	ErrCircular = errors.New("circular holding")
	// ErrOverWhole: the least that the owners of a firm hold is more than all of it.
	ErrOverWhole = errors.New("owners hold more than the whole")
)

// Contradictions lists, as of a date, every circle of holdings and every firm
// whose owners hold more than 100 % of its capital: a [*sanctions.Fault] each,
// at the row of one of the stakes, wrapping [ErrCircular] or [ErrOverWhole].
// Circles do occur in life and treasury shares are one of their kinds, so they
// make no graph unreadable; a caller that holds its registers to be free of them
// asks here first. The work is proportional to the graph.
func (g *Graph) Contradictions(asOf sanctions.Date) []error {
	var errs []error
	for _, circle := range g.circles(asOf) {
		errs = append(errs, g.circleFault(circle, asOf))
	}
	l := &g.layers[capital]
	for _, n := range g.sorted() {
		var total sum
		var last uint32
		for _, h := range g.owners(capital, n, asOf) {
			if h.held {
				total.add(h.share, 0, certain)
				last = h.edge
			}
		}
		if reaches(total.low, sanctions.Whole, false) {
			errs = append(errs, &sanctions.Fault{Source: g.place(l, last), Err: fmt.Errorf(
				"%w: those of %s hold at least %v %% on %v; close the rows that ended, or say from when each holds",
				ErrOverWhole, g.ids.id(n), total.low.share(), asOf)})
		}
	}
	return errs
}

// circleFault names the firms of a circle, from the first by id, and the row of
// a stake between two of them.
func (g *Graph) circleFault(circle []uint32, asOf sanctions.Date) error {
	ids := make([]string, 0, len(circle)+1)
	for _, n := range circle {
		ids = append(ids, g.ids.id(n))
	}
	var at sanctions.Source
	for to, h := range g.owned(capital, circle[0], asOf) {
		if h.held && slices.Contains(circle, to) {
			at = g.place(&g.layers[capital], h.edge)
			break
		}
	}
	if len(ids) == 1 {
		return &sanctions.Fault{Source: at, Err: fmt.Errorf("%w: %s holds itself; treasury shares count for nobody", ErrCircular, ids[0])}
	}
	return &sanctions.Fault{Source: at, Err: fmt.Errorf("%w: %s hold each other on %v; verdicts on them show both fixpoints",
		ErrCircular, strings.Join(ids, ", "), asOf)}
}

// place is where a statement was read.
func (g *Graph) place(l *layer, e uint32) sanctions.Source {
	if l.rows == nil {
		return sanctions.Source{}
	}
	return sanctions.Source{File: g.texts[l.rows[e].file], Line: int(l.rows[e].line)}
}

// circles finds the sets of parties that are all above one another; each set and
// the list are ordered by id.
func (g *Graph) circles(asOf sanctions.Date) (out [][]uint32) {
	heads := func(n uint32) []uint32 { return g.holds(n, asOf) }
	for _, set := range components(g.Len(), heads) {
		if len(set) > 1 || slices.Contains(heads(set[0]), set[0]) {
			slices.SortFunc(set, g.ids.compare)
			out = append(out, set)
		}
	}
	slices.SortFunc(out, func(a, b []uint32) int { return g.ids.compare(a[0], b[0]) })
	return out
}

// holds lists the parties in which one holds capital.
func (g *Graph) holds(n uint32, asOf sanctions.Date) []uint32 {
	var out []uint32
	for to, h := range g.owned(capital, n, asOf) {
		if h.held {
			out = append(out, to)
		}
	}
	return out
}
