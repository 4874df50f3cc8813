package ownership

import "math/bits"

// places numbers some of the parties, few however large the graph is, in the order
// in which they are first asked for. Several [sparse] may share one.
type places struct {
	nodes []uint32
	slot  []uint32 // open addressing by node: its place + 1, 0 is free
	shift uint8    // what is taken off a scattered node to get its slot
}

// all is every node that has a place.
func (p *places) all() []uint32 {
	if p == nil {
		return nil
	}
	return p.nodes
}

// home is the slot where a node stands unless others stand there already.
func (p *places) home(n uint32) uint32 { return n * 2654435769 >> p.shift }

// find returns the place of a node, or -1.
func (p *places) find(n uint32) int {
	if p == nil || len(p.slot) == 0 {
		return -1
	}
	mask := uint32(len(p.slot) - 1)
	for i := p.home(n); ; i = (i + 1) & mask {
		switch s := p.slot[i]; {
		case s == 0:
			return -1
		case p.nodes[s-1] == n:
			return int(s - 1)
		}
	}
}

// look looks at the memory that finding a node will need; the sum that it gives is
// to be used, so that it is not optimised away.
func (p *places) look(n uint32) uint32 {
	if len(p.slot) == 0 {
		return 0
	}
	return p.slot[p.home(n)]
}

// at returns the place of a node, giving it one if it has none.
func (p *places) at(n uint32) int {
	if 3*len(p.nodes) >= 2*len(p.slot) {
		p.reserve(2*len(p.nodes) + 1)
	}
	mask := uint32(len(p.slot) - 1)
	for i := p.home(n); ; i = (i + 1) & mask {
		s := p.slot[i]
		if s == 0 {
			p.nodes = append(p.nodes, n)
			p.slot[i] = uint32(len(p.nodes))
			return len(p.nodes) - 1
		}
		if p.nodes[s-1] == n {
			return int(s - 1)
		}
	}
}

// reserve makes room for at least n nodes.
func (p *places) reserve(n int) {
	size := max(16, len(p.slot))
	for 2*size < 3*n+3 {
		size *= 2
	}
	if size == len(p.slot) {
		return
	}
	p.slot = make([]uint32, size)
	p.shift = uint8(33 - bits.Len(uint(size)))
	mask := uint32(size - 1)
	for k, n := range p.nodes {
		i := p.home(n)
		for p.slot[i] != 0 {
			i = (i + 1) & mask
		}
		p.slot[i] = uint32(k) + 1
	}
	if cap(p.nodes) < n {
		p.nodes = append(make([]uint32, 0, n), p.nodes...)
	}
}

// reset forgets all nodes and keeps the memory.
func (p *places) reset() {
	if mask := uint32(len(p.slot) - 1); 8*len(p.nodes) < len(p.slot) {
		for _, n := range p.nodes {
			for i := p.home(n); p.slot[i] != 0; i = (i + 1) & mask {
				p.slot[i] = 0
			}
		}
	} else {
		clear(p.slot)
	}
	p.nodes = p.nodes[:0]
}

// sparse is a value for some of the parties, side by side in the order of their
// places. A place that has no value yet has the zero value.
type sparse[V any] struct {
	*places
	vals []V
}

// get returns the value of a node.
func (t *sparse[V]) get(n uint32) V { return t.val(t.find(n)) }

// val returns the value at a place, the zero value for no place.
func (t *sparse[V]) val(i int) (v V) {
	if i >= 0 && i < len(t.vals) {
		v = t.vals[i]
	}
	return v
}

// at returns the place of a node, at which it then has a value.
func (t *sparse[V]) at(n uint32) int {
	if t.places == nil {
		t.places = new(places)
	}
	i := t.places.at(n)
	t.fill(i)
	return i
}

// fill sees to it that there is a value at a place.
func (t *sparse[V]) fill(i int) {
	for n := len(t.vals); n <= i; n++ {
		var zero V
		t.vals = append(t.vals, zero)
	}
}
