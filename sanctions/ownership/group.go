package ownership

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// group is listed parties whose holdings are one holding: the same party under
// two ids, or parties of a joint arrangement. A group that was merged into
// another has no nodes.
type group struct {
	nodes []uint32 // ordered by id
	joint bool
}

// groups are the listed parties of a regime that does not add their holdings.
type groups struct {
	all    []group
	member map[uint32]int           // party of the graph → its group
	party  map[*sanctions.Party]int // listed party → its group
}

// join takes parties that have become listed, by their places among the listed, and returns the groups that changed,
// in order. Two listed parties are of one group when they are the same party, or
// when one controls the other's rights on the day: a joint arrangement is written
// as a control interest between its members.
func (gs *groups) join(a *Analysis, fresh []int32) []int {
	if gs.member == nil {
		gs.member, gs.party = make(map[uint32]int, len(fresh)), make(map[*sanctions.Party]int, len(fresh))
	}
	changed := make(map[int]bool, len(fresh))
	for _, place := range fresh {
		n := a.listed.nodes[place]
		i, ok := gs.member[n]
		if !ok {
			i = len(gs.all)
			gs.all = append(gs.all, group{nodes: []uint32{n}})
			gs.member[n] = i
		}
		for s := range a.seedsOf(n) {
			if prior, ok := gs.party[s.Party]; ok {
				i = gs.merge(a, prior, i, changed)
			}
			gs.party[s.Party] = i
		}
		changed[i] = true
	}
	for _, place := range fresh {
		n := a.listed.nodes[place]
		for m := range a.controlling(n) {
			i := gs.member[n]
			if k, ok := gs.member[m]; ok && i != k {
				gs.all[gs.merge(a, i, k, changed)].joint = true
			}
		}
	}
	out := make([]int, 0, len(changed))
	for i := range changed {
		if len(gs.all[i].nodes) > 0 {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// controlling ranges over the parties that control a party on the day, or that it
// controls.
func (a *Analysis) controlling(n uint32) iter.Seq[uint32] {
	l := &a.g.layers[control]
	return func(yield func(uint32) bool) {
		for e, end := l.out[n], l.out[n+1]; e < end; e = l.run(e, end) {
			if _, answer := a.g.controls(l, e, l.run(e, end), a.asOf); answer == sanctions.Yes && !yield(l.to[e]) {
				return
			}
		}
		for _, e := range l.back[l.in[n]:l.in[n+1]] {
			if _, answer := a.g.controls(l, e, e+1, a.asOf); answer == sanctions.Yes && !yield(l.owner(e)) {
				return
			}
		}
	}
}

// partners adds to some listed parties, by their places among the listed, those of
// their groups and the listed through which they are of one.
func (a *Analysis) partners(listed *roster, places map[int32]bool) {
	todo := slices.Collect(maps.Keys(places))
	add := func(n uint32) {
		if listed.get(n) == sanctions.Unknown {
			return
		}
		if place := int32(a.listed.find(n)); !places[place] {
			places[place] = true
			todo = append(todo, place)
		}
	}
	for len(todo) > 0 {
		n := a.listed.nodes[todo[len(todo)-1]]
		todo = todo[:len(todo)-1]
		for m := range a.controlling(n) {
			add(m)
		}
		for s := range a.seedsOf(n) {
			for _, twin := range a.homes[s.Party] {
				add(twin)
			}
		}
	}
}

// disturbed adds the groups that hold something beside parties that have become
// listed: these no longer take away from what a group may hold, see
// [cascade.weigh].
func (r *regime) disturbed(a *Analysis, fresh []int32, changed []int) []int {
	for _, place := range fresh {
		for _, number := range []int{capital, voting} {
			for firm := range a.g.owned(number, a.listed.nodes[place], a.asOf) {
				for m := range r.upstream(a, firm, -1, a.g.Len()) {
					if i, ok := r.groups.member[m]; ok {
						changed = append(changed, i)
					}
				}
			}
		}
	}
	slices.Sort(changed)
	return slices.Compact(changed)
}

// merge puts the parties of one group into another and returns it.
func (gs *groups) merge(a *Analysis, into, from int, changed map[int]bool) int {
	if into == from {
		return into
	}
	grp, old := &gs.all[into], &gs.all[from]
	for _, n := range old.nodes {
		gs.member[n] = into
		for s := range a.seedsOf(n) {
			gs.party[s.Party] = into
		}
	}
	grp.nodes = append(grp.nodes, old.nodes...)
	slices.SortFunc(grp.nodes, a.g.ids.compare)
	grp.joint = grp.joint || old.joint
	old.nodes = nil
	changed[into] = true
	return into
}

// best is the group under which a party fares worst, what it earns there, and the
// bounds of the largest holding of any group, by layer.
type best struct {
	outcome
	group     int32
	have      marks
	low, most [2]amount
}

// widen takes in what another group holds.
func (b *best) widen(o *best) {
	for i := range b.low {
		b.low[i] = max(b.low[i], o.low[i]) // more than a share is more
		if x, y := b.most[i]^1, o.most[i]^1; y > x {
			b.most[i] = o.most[i] // less than a share is less
		}
	}
}

// outcome is the sum that decides about a party, and how grave it is.
type outcome struct {
	sum   sum
	rank  int8 // by gravity, as the statuses
	layer int8
}

// strongest chooses between a party's shares and votes in a cascade.
func (c *cascade) strongest(n uint32) best {
	var b best
	i := c.find(n)
	t := c.shares.val(i)
	given := t.given
	b.have = t.have
	b.sum = c.settled(capital, &c.shares, i)
	b.rank = rank(&b.sum, t.earned, given)
	b.low[capital], b.most[capital] = b.sum.least(), b.sum.within(b.sum.most, b.sum.taken)
	if c.rule.Votes && i < len(c.votes.vals) {
		v := outcome{sum: c.settled(voting, &c.votes, i), layer: voting}
		v.rank = rank(&v.sum, c.votes.val(i).earned, given)
		b.low[voting], b.most[voting] = v.sum.least(), v.sum.within(v.sum.most, v.sum.taken)
		if cmp.Or(cmp.Compare(v.rank, b.rank), compareSums(&v.sum, &b.sum)) > 0 {
			b.outcome = v
		}
	}
	return b
}

// The ranks of an outcome.
const (
	rankNone int8 = iota
	rankMinority
	rankUnknown
	rankControl
	rankPossible
	rankOwned
)

// rank is how grave a sum is, with what it has earned and the marks that its
// party was given otherwise.
func rank(s *sum, earned, given marks) int8 {
	switch {
	case earned&certain != 0:
		return rankOwned
	case earned&possible != 0:
		return rankPossible
	case given&controlled != 0:
		return rankControl
	case given&vague != 0:
		return rankUnknown
	case s.most.share() > 0:
		return rankMinority
	}
	return rankNone
}

// compareSums orders two sums of one rank by how much they come to.
func compareSums(a, b *sum) int {
	return cmp.Or(cmp.Compare(a.least().share(), b.least().share()), cmp.Compare(a.high.share(), b.high.share()), cmp.Compare(a.most.share(), b.most.share()))
}

// collect keeps what a group's cascade found where it is worse than before.
func (r *regime) collect(g *Graph, group int, c *cascade) {
	for _, n := range c.nodes {
		r.keep(g, group, n, c)
	}
}

func (r *regime) keep(g *Graph, group int, n uint32, c *cascade) {
	b := c.strongest(n)
	b.group = int32(group)
	known := r.alone.find(n) >= 0
	old := &r.alone.vals[r.alone.at(n)]
	if known {
		b.widen(old)
		old.widen(&b)
	}
	// A group that was merged into this one has found nothing that this one did
	// not.
	if !known || int(old.group) == group || len(r.groups.all[old.group].nodes) == 0 || r.worse(g, &b, old) > 0 {
		*old = b
	}
}

// worse orders what two groups make of a party; ties go to the group whose first
// member comes first by id.
func (r *regime) worse(g *Graph, a, b *best) int {
	return cmp.Or(cmp.Compare(a.rank, b.rank), compareSums(&a.sum, &b.sum),
		-g.ids.compare(r.groups.all[a.group].nodes[0], r.groups.all[b.group].nodes[0]))
}
