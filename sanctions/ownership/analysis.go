package ownership

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Analysis is what each regime makes of a graph, a set of listed parties and a
// date. Reading it is safe for concurrent use; [Analysis.Add] is not.
type Analysis struct {
	g       *Graph
	asOf    sanctions.Date
	regimes []regime
}

// regime is the solution under one rule.
type regime struct {
	rule   Rule
	seeds  map[uint32][]Seed // listed under the rule on the date, by party
	groups []group
	member map[uint32]int           // party of the graph → its group
	party  map[*sanctions.Party]int // listed party → its group
	// together is the cascade of all listed parties, where the rule adds their
	// holdings or may add them.
	together *cascade
	// alone is, where the rule does not add, the best that any one group makes of
	// a party.
	alone map[uint32]best
}

// group is listed parties whose holdings are one holding: the same party under
// two ids, or parties of a joint arrangement.
type group struct {
	nodes []uint32 // ordered by id
	joint bool
}

// best is the group under which a party fares worst, what it earns there, and the
// bounds of the largest holding of any group, by layer.
type best struct {
	group         int
	shares, votes sum
	low, most     [2]amount
}

// widen takes in what another group holds.
func (b *best) widen(o *best) {
	for i := range b.low {
		if x, y := b.low[i], o.low[i]; y.share > x.share || y.share == x.share && y.open {
			b.low[i] = y
		}
		if x, y := b.most[i], o.most[i]; y.share > x.share || y.share == x.share && !y.open {
			b.most[i] = y
		}
	}
}

// Solve works out who owns what under each regime's rule for the day. regimes is
// a table such as [BuiltinRegimes]; seeds say who of the graph is listed. A seed
// counts for a regime when its party has a designation in force on the day that
// the rule's ListedBy selects. The work is proportional to what listed parties
// hold, directly and through what they own, and not to the graph.
//
// The error reports a seed whose node is not in the graph, or an unknown day.
func Solve(g *Graph, regimes Regimes, seeds []Seed, asOf sanctions.Date) (*Analysis, error) {
	if asOf.IsZero() {
		return nil, errors.New("ownership is a question of a day; pass the date to solve for")
	}
	a := &Analysis{g: g, asOf: asOf}
	for _, rule := range regimes.InForce(asOf) {
		a.regimes = append(a.regimes, regime{rule: rule, seeds: make(map[uint32][]Seed)})
	}
	if err := a.Add(seeds...); err != nil {
		return nil, err
	}
	return a, nil
}

// AsOf is the day of the analysis.
func (a *Analysis) AsOf() sanctions.Date { return a.asOf }

// Add takes further listed parties and passes on only what is new: the result is
// that of [Solve] with all seeds at once. It must not run beside other methods.
func (a *Analysis) Add(seeds ...Seed) error {
	var errs []error
	numbers := make([]uint32, len(seeds))
	for i, s := range seeds {
		n, _, ok := a.g.ids.find(s.Node)
		if !ok {
			errs = append(errs, fmt.Errorf("seed %q is no party of the graph", s.Node))
		}
		numbers[i] = n
	}
	if errs != nil {
		return sanctions.JoinFaults(errs)
	}
	inForce := make([][]sanctions.Designation, len(seeds))
	for i, s := range seeds {
		inForce[i] = s.Party.InForce(a.asOf)
	}
	for i := range a.regimes {
		r := &a.regimes[i]
		var fresh []uint32
		for k, s := range seeds {
			if s.Answer < sanctions.Possible || !r.rule.lists(inForce[k]) {
				continue
			}
			if len(r.seeds[numbers[k]]) == 0 || s.Answer == sanctions.Yes {
				fresh = append(fresh, numbers[k])
			}
			r.seeds[numbers[k]] = append(r.seeds[numbers[k]], s)
		}
		if len(fresh) > 0 {
			r.add(a.g, a.asOf, fresh)
		}
	}
	return nil
}

// add solves for parties that have become listed.
func (r *regime) add(g *Graph, asOf sanctions.Date, fresh []uint32) {
	for _, n := range fresh {
		slices.SortFunc(r.seeds[n], compareSeeds)
	}
	if r.rule.State == "" {
		return // no rule: listed parties are listed, and nothing follows
	}
	if r.rule.Aggregate != AggregateNone {
		if r.together == nil {
			r.together = &cascade{g: g, rule: &r.rule, asOf: asOf}
		}
		r.start(r.together, fresh)
		r.together.run()
	}
	if r.rule.Aggregate == AggregateAll {
		return
	}
	if r.alone == nil {
		r.alone = make(map[uint32]best)
	}
	affected := r.regroup(g, asOf, fresh)
	c := &cascade{g: g, rule: &r.rule, asOf: asOf, single: true}
	for _, i := range affected {
		c.shares.reset()
		c.votes.reset()
		c.next, c.round = c.next[:0], 0
		r.start(c, r.groups[i].nodes)
		c.run()
		r.collect(g, i, c)
	}
}

// start marks listed parties.
func (r *regime) start(c *cascade, nodes []uint32) {
	for _, n := range nodes {
		m := possible | open | vague
		if r.listed(n) == sanctions.Yes {
			m |= certain
		}
		c.mark(n, m)
	}
}

// listed tells whether a party is listed under the regime.
func (r *regime) listed(n uint32) sanctions.Answer {
	best := sanctions.No
	for _, s := range r.seeds[n] {
		best = max(best, s.Answer)
	}
	return best
}

// collect keeps what a group's cascade found where it is worse than before.
func (r *regime) collect(g *Graph, group int, c *cascade) {
	keep := func(n uint32) {
		b := best{group: group}
		if s := c.shares.find(n); s != nil {
			b.shares = *s
		}
		if v := c.votes.find(n); v != nil {
			b.votes = *v
		}
		b.low = [2]amount{b.shares.low, b.votes.low}
		b.most = [2]amount{b.shares.most, b.votes.most}
		old, ok := r.alone[n]
		if ok {
			b.widen(&old)
			old.widen(&b)
		}
		// A group that was merged into this one has found nothing that this one
		// did not.
		if !ok || old.group == group || len(r.groups[old.group].nodes) == 0 || r.worse(g, b, old) > 0 {
			old = b
		}
		r.alone[n] = old
	}
	for _, n := range c.shares.nodes {
		keep(n)
	}
	for _, n := range c.votes.nodes {
		keep(n)
	}
}

// worse orders what two groups make of a party; ties go to the group whose first
// member comes first by id.
func (r *regime) worse(g *Graph, a, b best) int {
	x, y := a.strongest(), b.strongest()
	return cmp.Or(
		cmp.Compare(x.rank, y.rank),
		compareSums(&x.sum, &y.sum),
		-g.ids.compare(r.groups[a.group].nodes[0], r.groups[b.group].nodes[0]))
}

// outcome is the sum that decides about a party, and how grave it is.
type outcome struct {
	rank  int // by gravity, as the statuses
	sum   sum
	layer int
}

// strongest chooses between shares and votes.
func (b *best) strongest() outcome {
	s := outcome{rank: rank(&b.shares, b.shares.given), sum: b.shares, layer: capital}
	v := outcome{rank: rank(&b.votes, b.shares.given), sum: b.votes, layer: voting}
	if c := cmp.Or(cmp.Compare(v.rank, s.rank), compareSums(&v.sum, &s.sum)); c > 0 {
		return v
	}
	return s
}

// The ranks of an outcome.
const (
	rankNone = iota
	rankMinority
	rankUnknown
	rankControl
	rankPossible
	rankOwned
)

// rank is how grave a sum is, with the marks that its party was given otherwise.
func rank(s *sum, given marks) int {
	switch {
	case s.earned&certain != 0:
		return rankOwned
	case s.earned&possible != 0:
		return rankPossible
	case given&controlled != 0:
		return rankControl
	case given&vague != 0:
		return rankUnknown
	case s.most.share > 0:
		return rankMinority
	}
	return rankNone
}

// compareSums orders two sums of one rank by how much they come to.
func compareSums(a, b *sum) int {
	return cmp.Or(cmp.Compare(a.low.share, b.low.share), cmp.Compare(a.high.share, b.high.share), cmp.Compare(a.most.share, b.most.share))
}

// regroup joins fresh parties to groups and returns the groups that changed, in
// order. Two listed parties are of one group when they are the same party, or
// when one controls the other's rights on the day: a joint arrangement is
// written as a control interest between its members.
func (r *regime) regroup(g *Graph, asOf sanctions.Date, fresh []uint32) []int {
	if r.member == nil {
		r.member, r.party = make(map[uint32]int), make(map[*sanctions.Party]int)
	}
	changed := make(map[int]bool)
	for _, n := range fresh {
		i, ok := r.member[n]
		if !ok {
			i = len(r.groups)
			r.groups = append(r.groups, group{nodes: []uint32{n}})
			r.member[n] = i
		}
		for _, s := range r.seeds[n] {
			if prior, ok := r.party[s.Party]; ok {
				i = r.merge(g, prior, i, changed)
			}
			r.party[s.Party] = i
		}
		changed[i] = true
	}
	l := &g.layers[control]
	join := func(a, b uint32) {
		i, ok := r.member[a]
		k, ok2 := r.member[b]
		if !ok || !ok2 || i == k {
			return
		}
		i = r.merge(g, i, k, changed)
		r.groups[i].joint = true
		changed[i] = true
	}
	for _, n := range fresh {
		for e, end := l.out[n], l.out[n+1]; e < end; e = l.run(e, end) {
			if _, ok := g.controls(l, e, l.run(e, end), asOf); ok {
				join(n, l.to[e])
			}
		}
		for _, e := range l.back[l.in[n]:l.in[n+1]] {
			if _, ok := g.controls(l, e, e+1, asOf); ok {
				join(l.owner(e), n)
			}
		}
	}
	var out []int
	for i := range r.groups {
		if changed[i] && len(r.groups[i].nodes) > 0 {
			out = append(out, i)
		}
	}
	return out
}

// merge puts the parties of one group into another and returns it.
func (r *regime) merge(g *Graph, into, from int, changed map[int]bool) int {
	if into == from {
		return into
	}
	grp, old := &r.groups[into], &r.groups[from]
	for _, n := range old.nodes {
		r.member[n] = into
		for _, s := range r.seeds[n] {
			r.party[s.Party] = into
		}
	}
	grp.nodes = append(grp.nodes, old.nodes...)
	slices.SortFunc(grp.nodes, g.ids.compare)
	grp.joint = grp.joint || old.joint
	old.nodes = nil
	changed[into] = true
	return into
}

// Verdicts gives one verdict a regime, in table order, for a party of the graph.
// A party that the graph does not know is unknown under every regime: nobody
// looked who owns it.
func (a *Analysis) Verdicts(id string) []sanctions.Verdict {
	n, _, ok := a.g.ids.find(id)
	if !ok {
		return a.unknown()
	}
	return a.verdicts(n)
}

// All ranges over the parties for which some regime says more than none, ordered
// by id, with their verdicts.
func (a *Analysis) All() iter.Seq2[Node, []sanctions.Verdict] {
	return func(yield func(Node, []sanctions.Verdict) bool) {
		for _, n := range a.touched() {
			verdicts := a.verdicts(n)
			if !slices.ContainsFunc(verdicts, func(v sanctions.Verdict) bool { return v.Status != sanctions.OwnershipNone }) {
				continue
			}
			if !yield(a.g.node(n), verdicts) {
				return
			}
		}
	}
}

// touched lists, by id, the parties that the listed reach in any way, that stand
// in a circle with one of them, or whose owners the registers do not name.
func (a *Analysis) touched() []uint32 {
	seen := make(map[uint32]bool)
	for i := range a.regimes {
		r := &a.regimes[i]
		for n := range r.seeds {
			seen[n] = true
		}
		if r.together != nil {
			for _, n := range r.together.shares.nodes {
				seen[n] = true
			}
			for _, n := range r.together.votes.nodes {
				seen[n] = true
			}
		}
		for n := range r.alone {
			seen[n] = true
		}
	}
	for n := range a.g.unnamed {
		seen[n] = true
	}
	a.addCircles(seen)
	out := make([]uint32, 0, len(seen))
	for n := range seen {
		out = append(out, n)
	}
	slices.SortFunc(out, a.g.ids.compare)
	return out
}
