package ownership

import (
	"cmp"
	"slices"
)

// Parties that are possibly one make a graph one of several: that in which they are
// two, and those in which they are one. Each of these readings is a graph and is
// solved for itself, and what is said of a party lies over what they say: its bounds
// hold the bounds of each, and it is certain only where all agree.
//
// One graph takes as many links for true at once as can be, and there are as many as
// it takes for every link to be true in one of them: usually a single one, and where
// a mention may be any of k firms, k. That some links hold and others do not is thus
// looked at only as far as these readings go; two doubtful links would have to work
// against each other to matter, which the bounds then miss.

// reading is a graph in which some possible links are true.
type reading struct {
	*Graph
	members map[uint32][]uint32 // by the party that they are, those that are one, ordered by id
}

// all is the parties that are one in the reading, as which the n-th stands there.
func (r *reading) all(n uint32) []uint32 {
	if set, ok := r.members[n]; ok {
		return set
	}
	return []uint32{n}
}

// all is the readings of the graph, that in which no possible link is true first.
func (g *Graph) all() []reading { return append([]reading{{Graph: g}}, g.readings...) }

// suppose makes a graph with the readings of possible links; those that cannot be, as
// the one party holds something of the other, are returned.
func (g *Graph) suppose(links []Link) (out *Graph, never []Link) {
	var pairs []pair
	linked := make(map[pair]bool)
	for _, link := range links {
		a, _ := g.find(link.A)
		b, _ := g.find(link.B)
		if g.ids.compare(a, b) > 0 {
			a, b = b, a
		}
		switch p := (pair{a, b}); {
		case a == b || linked[p]:
		case g.anyStake(a, b) || g.anyStake(b, a):
			never = append(never, link)
		default:
			linked[p] = true
			pairs = append(pairs, p)
		}
	}
	if len(pairs) == 0 && g.possible == nil {
		return g, never
	}
	with := *g
	out = &with
	out.possible, out.readings, out.hanging = nil, nil, nil
	slices.SortFunc(pairs, func(x, y pair) int { return cmp.Or(g.ids.compare(x.a, y.a), g.ids.compare(x.b, y.b)) })
	var ends []uint32
	for _, p := range pairs {
		out.possible = append(out.possible, Link{A: g.ids.id(p.a), B: g.ids.id(p.b), Possible: true})
		ends = append(ends, p.a, p.b)
	}
	for _, n := range g.below(ends) {
		out.hanging.add(n, g.Len())
	}
	for rest := pairs; len(rest) > 0; {
		var sets cliques
		rest = slices.DeleteFunc(slices.Clone(rest), func(p pair) bool { return sets.join(p, linked) })
		for _, p := range pairs {
			sets.join(p, linked)
		}
		out.readings = append(out.readings, g.reading(&sets))
	}
	return out, never
}

// reading is the graph in which the parties of each set are one.
func (g *Graph) reading(sets *cliques) reading {
	one := disjoint{}
	for _, set := range sets.all {
		for _, n := range set {
			one.join(set[0], n)
		}
	}
	r := reading{Graph: g.joined(g.leads(one, nil)), members: make(map[uint32][]uint32)}
	for _, set := range sets.all {
		if len(set) > 0 {
			slices.SortFunc(set, g.ids.compare)
			r.members[r.lead(set[0])] = set
		}
	}
	return r
}

// anyStake reports whether the registers say that a party holds or controls something of
// another, at any time.
func (g *Graph) anyStake(owner, owned uint32) bool {
	for i := range g.layers {
		l := &g.layers[i]
		if len(l.to) == 0 {
			continue
		}
		if _, ok := slices.BinarySearch(l.to[l.out[owner]:l.out[owner+1]], owned); ok {
			return true
		}
	}
	return false
}

// pair is two parties that may be one, the first by id first.
type pair struct{ a, b uint32 }

// cliques are sets of parties of which each two are linked.
type cliques struct {
	all [][]uint32
	of  map[uint32]int // which set a party is in
}

// join makes one set of those of two parties if it can be, or is one.
func (c *cliques) join(p pair, linked map[pair]bool) bool {
	a, b := c.set(p.a), c.set(p.b)
	if a == b {
		return true
	}
	for _, x := range c.all[a] {
		for _, y := range c.all[b] {
			if !linked[pair{x, y}] && !linked[pair{y, x}] {
				return false
			}
		}
	}
	for _, n := range c.all[b] {
		c.of[n] = a
	}
	c.all[a], c.all[b] = append(c.all[a], c.all[b]...), nil
	return true
}

func (c *cliques) set(n uint32) int {
	i, ok := c.of[n]
	if !ok {
		if c.of == nil {
			c.of = make(map[uint32]int)
		}
		i = len(c.all)
		c.all, c.of[n] = append(c.all, []uint32{n}), i
	}
	return i
}
