package ownership

import "math/bits"

// sparse is a value for some of the parties, few however large the graph is. The
// values lie side by side in the order in which they were first asked for.
type sparse[V any] struct {
	nodes []uint32
	vals  []V
	slot  []uint64 // open addressing by node: the node, and its place + 1; 0 is free
	shift uint8    // what is taken off a scattered node to get its slot
}

// home is the slot where a node stands unless others stand there already.
func (t *sparse[V]) home(n uint32) uint32 { return n * 2654435769 >> t.shift }

// find returns the place of a node's value, or -1.
func (t *sparse[V]) find(n uint32) int {
	if len(t.slot) == 0 {
		return -1
	}
	mask := uint32(len(t.slot) - 1)
	for i := t.home(n); ; i = (i + 1) & mask {
		switch s := t.slot[i]; {
		case s == 0:
			return -1
		case uint32(s>>32) == n:
			return int(uint32(s)) - 1
		}
	}
}

// get returns the value of a node, the zero value if it has none.
func (t *sparse[V]) get(n uint32) (v V) {
	if i := t.find(n); i >= 0 {
		v = t.vals[i]
	}
	return v
}

// at returns the place of a node's value, making one.
func (t *sparse[V]) at(n uint32) int {
	if 3*len(t.nodes) >= 2*len(t.slot) {
		t.reserve(2*len(t.nodes) + 1)
	}
	mask := uint32(len(t.slot) - 1)
	for i := t.home(n); ; i = (i + 1) & mask {
		s := t.slot[i]
		if s == 0 {
			var zero V
			t.nodes = append(t.nodes, n)
			t.vals = append(t.vals, zero)
			t.slot[i] = uint64(n)<<32 | uint64(len(t.nodes))
			return len(t.nodes) - 1
		}
		if uint32(s>>32) == n {
			return int(uint32(s)) - 1
		}
	}
}

// reserve makes room for at least n values.
func (t *sparse[V]) reserve(n int) {
	size := max(16, len(t.slot))
	for 2*size < 3*n+3 {
		size *= 2
	}
	if size == len(t.slot) {
		return
	}
	t.slot = make([]uint64, size)
	t.shift = uint8(33 - bits.Len(uint(size)))
	mask := uint32(size - 1)
	for k, n := range t.nodes {
		i := t.home(n)
		for t.slot[i] != 0 {
			i = (i + 1) & mask
		}
		t.slot[i] = uint64(n)<<32 | uint64(k+1)
	}
	if cap(t.nodes) < n {
		t.nodes = append(make([]uint32, 0, n), t.nodes...)
		t.vals = append(make([]V, 0, n), t.vals...)
	}
}

// reset forgets all values and keeps the memory.
func (t *sparse[V]) reset() {
	if mask := uint32(len(t.slot) - 1); 8*len(t.nodes) < len(t.slot) {
		for _, n := range t.nodes {
			for i := t.home(n); t.slot[i] != 0; i = (i + 1) & mask {
				t.slot[i] = 0
			}
		}
	} else {
		clear(t.slot)
	}
	t.nodes, t.vals = t.nodes[:0], t.vals[:0]
}
