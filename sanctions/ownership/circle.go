package ownership

import "slices"

// circuits tells which parties have a circle above them, or are in one, whatever the
// date and the kind of interest. What it has found out it remembers.
type circuits struct {
	g     *Graph
	state sparse[uint8]
}

const (
	begun  uint8 = 1 + iota // its owners are being looked at
	untied                  // no circle above it
	knotted
)

// above reports whether a party is in a circle or below one.
func (c *circuits) above(n uint32) bool {
	type call struct {
		node   uint32
		owners []uint32
	}
	enter := func(n uint32) call {
		c.state.vals[c.state.at(n)] = begun
		return call{n, c.owners(n)}
	}
	if s := c.state.get(n); s != 0 {
		return s == knotted
	}
	found := false // of the party that was finished last
	for calls := []call{enter(n)}; len(calls) > 0; {
		at := &calls[len(calls)-1]
		place := c.state.find(at.node)
		if found {
			c.state.vals[place] = knotted
		}
		found = false
		if c.state.vals[place] == knotted || len(at.owners) == 0 {
			if c.state.vals[place] == begun {
				c.state.vals[place] = untied
			}
			found = c.state.vals[place] == knotted
			calls = calls[:len(calls)-1]
			continue
		}
		owner := at.owners[0]
		at.owners = at.owners[1:]
		switch c.state.get(owner) {
		case 0:
			if owner != at.node {
				calls = append(calls, enter(owner))
			}
		case begun:
			if owner != at.node {
				c.state.vals[place] = knotted
			}
		case knotted:
			c.state.vals[place] = knotted
		}
	}
	return c.state.get(n) == knotted
}

func (c *circuits) owners(n uint32) (out []uint32) {
	for i := range layerCount {
		l := &c.g.layers[i]
		if len(l.to) == 0 {
			continue
		}
		for _, e := range l.back[l.in[n]:l.in[n+1]] {
			out = append(out, l.owner(e))
		}
	}
	return out
}

// below is the parties of which those given hold something, and so on, with
// themselves.
func (g *Graph) below(parties []uint32) []uint32 {
	var seen places
	for _, n := range parties {
		seen.at(n)
	}
	for i := 0; i < len(seen.nodes); i++ {
		for k := range g.layers {
			if l := &g.layers[k]; len(l.to) > 0 {
				for _, to := range l.to[l.out[seen.nodes[i]]:l.out[seen.nodes[i]+1]] {
					seen.at(to)
				}
			}
		}
	}
	return seen.nodes
}

// addCircles adds the parties that only a circle makes worth a verdict: those in one
// with a party already seen, or below it.
func (a *Analysis) addCircles(seen map[uint32]bool) {
	c := circuits{g: a.g}
	var in []uint32
	for n := range seen {
		if c.above(n) {
			in = append(in, n)
		}
	}
	if len(in) == 0 {
		return
	}
	slices.Sort(in)
	all := a.g.below(in)
	for _, n := range all {
		seen[n] = true
	}
	a.tangleOf(all...)
}
