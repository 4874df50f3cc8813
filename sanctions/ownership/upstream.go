package ownership

import (
	"maps"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// starts reports whether a party is one of the listed whose holdings a finding
// adds: those of a group, or all.
func (r *regime) starts(n uint32, group int) bool {
	if group < 0 {
		return r.listed.get(n) != sanctions.Unknown
	}
	i, ok := r.groups.member[n]
	return ok && i == group && r.listed.get(n) != sanctions.Unknown
}

// mostSolved is for how many parties above one it is solved again for its sake.
const mostSolved = 500

// upstream is the party and all owners above it that a cascade has reached, up to the
// listed ones; beyond these too where it matters in whose hand they are; nil if they
// are more than enough.
func (r *regime) upstream(a *Analysis, n uint32, group, enough int) map[uint32]bool {
	within := map[uint32]bool{n: true}
	if r.climb(a, group, []uint32{n}, within, enough); len(within) > enough {
		return nil
	}
	return within
}

// ancestors is the party and all owners above it that a cascade has reached or would
// reach at the greatest fixpoint, top, where there is one; nil if they are more than
// enough.
func (r *regime) ancestors(a *Analysis, n uint32, top *regime, enough int) map[uint32]bool {
	within := map[uint32]bool{n: true}
	solutions := []*regime{r}
	if top != nil {
		solutions = append(solutions, top)
	}
	for size := 0; size < len(within); {
		size = len(within)
		for _, solution := range solutions {
			if solution.climb(a, -1, slices.Collect(maps.Keys(within)), within, enough); len(within) > enough {
				return nil
			}
		}
	}
	return within
}

// few reports whether not many stand above a party.
func (r *regime) few(a *Analysis, n uint32) bool {
	return r.upstream(a, n, -1, mostLooked) != nil
}

// climb gathers the owners above some parties, until there are more than enough.
func (r *regime) climb(a *Analysis, group int, todo []uint32, within map[uint32]bool, enough int) {
	for len(todo) > 0 && len(within) <= enough {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for i := range layerCount {
			l := &a.g.layers[i]
			for _, e := range l.back[l.in[n]:l.in[n+1]] {
				if o := l.owner(e); !within[o] && r.reached(o) {
					within[o] = true
					if r.rule.Control != ControlIgnored || group < 0 && r.rule.Aggregate != AggregateAll || !r.starts(o, group) || r.listed.get(o) != sanctions.Yes {
						todo = append(todo, o)
					}
				}
			}
		}
	}
}

// reached reports whether a party has any mark under the regime.
func (r *regime) reached(n uint32) bool {
	return r.listed.get(n) != sanctions.Unknown || r.marks(n) != 0
}
