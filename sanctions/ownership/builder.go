package ownership

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// Builder gathers interests and makes a Graph of them. It is not safe for
// concurrent use. The Graph does not depend on the order of the interests,
// except for the numbers it uses inside.
type Builder struct {
	ids       *idTable
	names     []string
	layers    [layerCount]rawLayer
	ranges    dictionary[sanctions.ShareRange]
	periods   dictionary[sanctions.Period]
	texts     dictionary[string]
	unnamed   map[uint32][]registers.Interest
	details   map[uint32]*registers.Described // beside ids and names
	published map[uint32]sanctions.Date       // of files, by their number in texts
	last      [2]lastParty                    // owner and owned of the interest before
	spill     *spiller                        // where interests go that need not fit memory
	prefix    registers.Prefixes
}

// lastParty spares looking up a party that comes several times in a row, as it
// does in files that are sorted.
type lastParty struct {
	id        string
	number    uint32
	described *registers.Described
}

// rawLayer is a layer in the order in which its interests came.
type rawLayer struct {
	owner, owned, share []uint32
	when                []uint32 // nil as long as no interest has dates
	rows                []row    // nil as long as nothing is known but the layer's usual kind
}

// dictionary numbers distinct values.
type dictionary[T comparable] struct {
	values []T
	number map[T]uint32
	last   [2]uint32 // the values that were asked for last, which often come again
}

func (d *dictionary[T]) add(v T) uint32 {
	for _, n := range d.last {
		if int(n) < len(d.values) && d.values[n] == v {
			return n
		}
	}
	n, ok := d.number[v]
	if !ok {
		if d.number == nil {
			d.number = make(map[T]uint32)
		}
		n = uint32(len(d.values))
		d.values = append(d.values, v)
		d.number[v] = n
	}
	d.last = [2]uint32{n, d.last[0]}
	return n
}

// NewBuilder returns an empty Builder.
func NewBuilder() *Builder {
	b := &Builder{ids: newIDTable(), unnamed: make(map[uint32][]registers.Interest)}
	// Range 0 is control itself, see inFull; a part of the board or of the capital
	// that nobody states is range 1.
	b.ranges = dictionary[sanctions.ShareRange]{
		values: []sanctions.ShareRange{sanctions.UnknownShare, sanctions.UnknownShare},
		number: map[sanctions.ShareRange]uint32{sanctions.UnknownShare: 1},
		last:   [2]uint32{1, 1},
	}
	b.periods.add(sanctions.Period{})
	b.texts.add("")
	return b
}

// Expect tells which lists there are, and which ids with a prefix the caller knows,
// such as those that a parties file gives: ids of a canonical file with another
// prefix, that is no identifier scheme and no register's code, are then faults.
// Without it a prefix with a hyphen is taken for that of some list.
func (b *Builder) Expect(lists []string, known func(id string) bool) {
	b.prefix = registers.Prefixes{Lists: append([]string{}, lists...), Known: known}
}

var errTooMany = errors.New("more than 4,294,967,294 interests of one kind do not fit a graph")

// Add takes one interest. The error is a [*sanctions.Fault]: an interest that
// ends before it starts, owns itself, has no owned party, or a share outside
// 0 to 100.
func (b *Builder) Add(in registers.Interest) error {
	return b.take(&in)
}

// take is Add for an interest that need not be copied.
func (b *Builder) take(in *registers.Interest) error {
	if err := in.Check(); err != nil {
		return err
	}
	b.recognisable(in)
	owned := b.party(&b.last[1], in.OwnedID, in.OwnedName, in.Owned)
	if in.OwnerID == "" {
		b.unnamed[owned] = append(b.unnamed[owned], *in)
		return nil
	}
	owner := b.party(&b.last[0], in.OwnerID, in.OwnerName, in.Owner)
	switch in.Kind {
	case registers.Votes:
		return b.add(voting, owner, owned, b.word(in.Share), in)
	case registers.Board:
		return b.add(control, owner, owned, b.word(in.Share), in)
	case registers.Control:
		return b.add(control, owner, owned, inFull, in)
	case registers.Trust:
		if err := b.add(control, owner, owned, inFull, in); err != nil {
			return err
		}
	}
	return b.add(capital, owner, owned, b.word(in.Share), in)
}

func (b *Builder) party(last *lastParty, id, name string, d *registers.Described) uint32 {
	if last.id != id {
		*last = lastParty{id: id, number: b.ids.intern(id)}
	}
	if d == last.described {
		d = nil // taken down already
	} else {
		last.described = d
	}
	if name != "" || d != nil {
		b.describe(last.number, name, d)
	}
	return last.number
}

func (b *Builder) word(r sanctions.ShareRange) uint32 {
	if r.IsExact() {
		return uint32(r.Low)
	}
	return wide | b.ranges.add(r)
}

func (b *Builder) add(layer int, owner, owned, share uint32, in *registers.Interest) error {
	r := row{line: uint32(in.Source.Line), file: b.texts.add(in.Source.File), stated: b.texts.add(in.Stated), kind: in.Kind}
	when := b.periods.add(in.Period)
	if b.spill != nil {
		return b.spill.add(layer, &record{owner, owned, share, when, r})
	}
	l := &b.layers[layer]
	if uint64(len(l.owner)) >= math.MaxUint32-1 {
		return errTooMany
	}
	l.owner = append(doubled(l.owner), owner)
	l.owned = append(doubled(l.owned), owned)
	l.share = append(doubled(l.share), share)
	if when != 0 || l.when != nil {
		l.when = append(l.when, make([]uint32, len(l.owner)-1-len(l.when))...)
		l.when = append(doubled(l.when), when)
	}
	if usual := (row{kind: usualKind[layer]}); r != usual || l.rows != nil {
		for len(l.rows) < len(l.owner)-1 {
			l.rows = append(l.rows, usual)
		}
		l.rows = append(doubled(l.rows), r)
	}
	return nil
}

// doubled makes room in a full slice for as much again: append alone grows a long one
// by a quarter, and copies it four times on the way.
func doubled[T any](s []T) []T {
	if len(s) == cap(s) {
		return slices.Grow(s, max(len(s), 64))
	}
	return s
}

// usualKind is the kind of an interest of each layer of which nothing else is known.
var usualKind = [layerCount]registers.Kind{capital: registers.Shares, voting: registers.Votes, control: registers.Control}

// Graph makes the graph. The Builder is empty afterwards.
func (b *Builder) Graph() *Graph {
	g := &Graph{ids: b.ids, ranges: b.ranges.values, periods: b.periods.values, texts: b.texts.values, unnamed: b.unnamed, published: b.published, details: b.details}
	if b.names != nil {
		g.names = append(b.names, make([]string, b.ids.len()-len(b.names))...)
	}
	g.settleDetails()
	g.sortUnnamed()
	for i := range b.layers {
		g.build(i, &b.layers[i])
	}
	*b = *NewBuilder()
	return g
}

func (g *Graph) sortUnnamed() {
	for _, list := range g.unnamed {
		slices.SortFunc(list, func(x, y registers.Interest) int {
			return cmp.Or(cmp.Compare(x.Stated, y.Stated), cmp.Compare(x.Source.File, y.Source.File), cmp.Compare(x.Source.Line, y.Source.Line))
		})
	}
}

// build sorts the rows of a layer by owner and owned party, and then by what
// they state, so that nothing depends on the order in which they came.
func (g *Graph) build(number int, raw *rawLayer) {
	parties := g.ids.len()
	order, _ := byKey(raw.owned, parties, nil)
	order, out := byKey(raw.owner, parties, order)
	l := &g.layers[number]
	l.out = out
	l.to = pick(raw.owned, order)
	for owner := range parties {
		for e, end := out[owner], out[owner+1]; e < end; {
			next := l.run(e, end)
			if next > e+1 {
				slices.SortFunc(order[e:next], func(x, y uint32) int { return g.compareRows(raw, x, y) })
			}
			if l.to[e] == uint32(owner) {
				g.treasury[number].add(uint32(owner), parties)
			}
			e = next
		}
	}
	raw.owned = nil
	l.share = pick(raw.share, order)
	raw.share = nil
	if raw.when != nil {
		l.when = pick(raw.when, order)
	}
	raw.when = nil
	if raw.rows != nil {
		l.rows = pick(raw.rows, order)
	}
	raw.rows = nil
	l.index(parties)
	if number != control {
		g.crowded[number] = l.overfull(g, parties)
	}
}

// compareRows orders two statements of one owner about one firm.
func (g *Graph) compareRows(l *rawLayer, x, y uint32) int {
	return g.compareRecords(l.record(x), l.record(y))
}

func (l *rawLayer) record(e uint32) record {
	r := record{owner: l.owner[e], owned: l.owned[e], share: l.share[e]}
	if l.when != nil {
		r.when = l.when[e]
	}
	if l.rows != nil {
		r.row = l.rows[e]
	}
	return r
}

// compareRecords orders statements by owner, owned party and then by what they
// say: the earlier first, and the undated before all.
func (g *Graph) compareRecords(x, y record) int {
	if c := cmp.Or(cmp.Compare(x.owner, y.owner), cmp.Compare(x.owned, y.owned)); c != 0 {
		return c
	}
	a, b := g.periods[x.when], g.periods[y.when]
	r, s := g.rangeOf(x.share), g.rangeOf(y.share)
	p, q := x.row, y.row
	return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To),
		cmp.Compare(r.Low, s.Low), cmp.Compare(r.High, s.High), compareBool(r.LowOpen, s.LowOpen), compareBool(r.HighOpen, s.HighOpen),
		cmp.Compare(p.kind, q.kind), cmp.Compare(g.texts[p.stated], g.texts[q.stated]),
		cmp.Compare(g.texts[p.file], g.texts[q.file]), cmp.Compare(p.line, q.line))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// overfull finds the parties of which all statements together give more than the
// whole away.
func (l *layer) overfull(g *Graph, parties int) (out nodeSet) {
	given := make([]uint32, parties) // up to twice the whole fits
	for e, to := range l.to {
		if given[to] > uint32(sanctions.Whole) {
			continue
		}
		if given[to] += uint32(g.rangeOf(l.share[e]).Low); given[to] > uint32(sanctions.Whole) {
			out.add(to, parties)
		}
	}
	return out
}

// index fills in and back from to.
func (l *layer) index(parties int) { l.back, l.in = byKey(l.to, parties, nil) }

// byKey orders rows by a key below n, and rows of one key as they stand in from,
// which is nil for the order in which they came; at is where each key begins.
func byKey(keys []uint32, n int, from []uint32) (order, at []uint32) {
	at = starts(keys, n)
	next := slices.Clone(at)
	order = make([]uint32, len(keys))
	if from == nil {
		for e, k := range keys {
			order[next[k]] = uint32(e)
			next[k]++
		}
		return order, at
	}
	for _, e := range from {
		k := keys[e]
		order[next[k]] = e
		next[k]++
	}
	return order, at
}

// starts counts how often each key occurs and returns where each begins when
// sorted by key, with one more entry for the end.
func starts(keys []uint32, n int) []uint32 {
	at := make([]uint32, n+1)
	for _, k := range keys {
		at[k+1]++
	}
	for i := range n {
		at[i+1] += at[i]
	}
	return at
}

func pick[T any](from []T, order []uint32) []T {
	out := make([]T, len(order))
	for i, e := range order {
		out[i] = from[e]
	}
	return out
}
