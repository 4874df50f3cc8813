package ownership

// components finds the sets of nodes that all lead to one another, by Tarjan's
// algorithm without recursion, of n nodes and the heads of the arrows that leave
// each. Every node is in one set, often alone; a set comes before those that lead
// to it.
func components(n int, heads func(node uint32) []uint32) [][]uint32 {
	type call struct {
		node uint32
		rest []uint32
	}
	var (
		order   = make([]uint32, n) // 1 + position in the search; 0 is unseen
		lowest  = make([]uint32, n) // least position that is reached
		onStack = make([]bool, n)
		stack   []uint32
		calls   []call
		next    uint32
		out     [][]uint32
	)
	for root := range uint32(n) {
		if order[root] != 0 {
			continue
		}
		calls = append(calls, call{root, heads(root)})
		for len(calls) > 0 {
			c := &calls[len(calls)-1]
			if order[c.node] == 0 {
				next++
				order[c.node], lowest[c.node] = next, next
				stack, onStack[c.node] = append(stack, c.node), true
			}
			if len(c.rest) > 0 {
				to := c.rest[0]
				c.rest = c.rest[1:]
				switch {
				case order[to] == 0:
					calls = append(calls, call{to, heads(to)})
				case onStack[to]:
					lowest[c.node] = min(lowest[c.node], order[to])
				}
				continue
			}
			done := c.node
			calls = calls[:len(calls)-1]
			if len(calls) > 0 {
				above := calls[len(calls)-1].node
				lowest[above] = min(lowest[above], lowest[done])
			}
			if lowest[done] != order[done] {
				continue
			}
			at := len(stack) - 1
			for stack[at] != done {
				at--
			}
			set := append([]uint32(nil), stack[at:]...)
			stack = stack[:at]
			for _, n := range set {
				onStack[n] = false
			}
			out = append(out, set)
		}
	}
	return out
}
