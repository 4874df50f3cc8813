package ownership

import (
	"slices"
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
)

// lineage is the listed parties above each party that a regime has reached, for those
// above which too many stand to go up anew for each. Parties in a circle have the same,
// and where one owner has all that the others have, so has what they own.
type lineage struct {
	among  roster
	need   marks
	places            // of all that have one of the marks that are needed
	of     []int32    // by place, the set that it is in
	listed [][]uint32 // by set, in or above it, in the order of the parties

	sync.Mutex
	made map[*uint32][]sanctions.Restriction // by the owners', what they make of what they own
}

// newLineage goes down from those who have marks that are needed.
func (r *regime) newLineage(a *Analysis, need marks) *lineage {
	g := &lineage{among: r.listed, need: need}
	reached := [][]uint32{slices.Collect(r.listed.nodes()), r.alone.all()}
	if r.together != nil {
		reached = append(reached, r.together.nodes)
	}
	for _, nodes := range reached {
		for _, n := range nodes {
			if r.marks(n)&need != 0 {
				g.at(n)
			}
		}
	}
	owners := make([][]uint32, len(g.nodes))
	for p, n := range g.nodes {
		if r.owned(n)&need == 0 {
			continue
		}
		for owner := range r.proprietors(a, n, need) {
			owners[p] = append(owners[p], uint32(g.find(owner)))
		}
	}
	sets := components(len(g.nodes), func(p uint32) []uint32 { return owners[p] }) // those above come first
	g.of, g.listed = make([]int32, len(g.nodes)), make([][]uint32, len(sets))
	for k, set := range sets {
		var own []uint32
		var above [][]uint32
		for _, p := range set {
			g.of[p] = int32(k)
			if r.restricts(g.nodes[p], need) {
				own = append(own, g.nodes[p])
			}
		}
		for _, p := range set {
			for _, q := range owners[p] {
				if at := g.of[q]; int(at) != k && !slices.ContainsFunc(above, func(s []uint32) bool { return same(s, g.listed[at]) }) {
					above = append(above, g.listed[at])
				}
			}
		}
		g.listed[k] = joint(own, above)
	}
	return g
}

// joint is what is in any of some sets, in order. It is one of them where that holds all.
func joint(own []uint32, sets [][]uint32) []uint32 {
	slices.Sort(own)
	most := own
	for _, s := range sets {
		if len(s) > len(most) {
			most = s
		}
	}
	var more []uint32
	for _, s := range append(sets, own) {
		if same(s, most) {
			continue
		}
		for _, n := range s {
			if _, ok := slices.BinarySearch(most, n); !ok {
				more = append(more, n)
			}
		}
	}
	if len(more) == 0 {
		return most
	}
	out := append(more, most...)
	slices.Sort(out)
	return slices.Compact(out)
}

// same reports whether two sets are one in memory.
func same(a, b []uint32) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// restrictions is what a party is subject to by its owners.
func (g *lineage) restrictions(a *Analysis, r *regime, n uint32) []sanctions.Restriction {
	set := g.of[g.find(n)]
	owners := g.listed[set]
	if _, ok := slices.BinarySearch(owners, n); ok { // itself, which may be listed and is no owner of its own
		return a.subject(r, slices.DeleteFunc(slices.Clone(owners), func(m uint32) bool { return m == n }), g.need)
	}
	if len(owners) == 0 {
		return nil
	}
	g.Lock()
	defer g.Unlock()
	made, ok := g.made[&owners[0]]
	if !ok {
		if g.made == nil || len(g.made) == mostMade {
			g.made = make(map[*uint32][]sanctions.Restriction)
		}
		made = a.subject(r, owners, g.need)
		g.made[&owners[0]] = made
	}
	return slices.Clone(made)
}

// mostMade bounds how many owners' restrictions a lineage keeps.
const mostMade = 1000

// above is the listed parties who own something of a party, directly and through what
// they own; instead a lineage that knows them, where it is many.
func (r *regime) above(a *Analysis, n uint32, need marks) (out []uint32, known *lineage) {
	if r.within == nil {
		if g := a.last.lineage(a, r, need, false); g != nil && g.find(n) >= 0 {
			return nil, g
		}
	}
	seen := map[uint32]bool{n: true}
	for todo := []uint32{n}; len(todo) > 0; {
		firm := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for owner := range r.proprietors(a, firm, need) {
			if seen[owner] {
				continue
			}
			seen[owner] = true
			if r.owned(owner)&need != 0 {
				todo = append(todo, owner)
			}
			if r.restricts(owner, need) {
				out = append(out, owner)
			}
		}
		if len(seen) > a.mostSolved && r.within == nil {
			if g := a.last.lineage(a, r, need, true); g.find(n) >= 0 {
				return nil, g
			}
		}
	}
	return out, nil
}
