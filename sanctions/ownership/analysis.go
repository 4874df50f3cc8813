package ownership

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Analysis is what each regime makes of a graph, a set of listed parties and a
// date. Reading it is safe for concurrent use; [Analysis.Add] is not.
type Analysis struct {
	g       *Graph
	asOf    sanctions.Date
	seeds   []Seed
	next    []int32       // the next seed of the same party of the graph, -1 for none
	first   sparse[int32] // the first seed of a party of the graph
	twins   twins
	regimes []regime
}

// regime is the solution under one rule.
type regime struct {
	rule   Rule
	listed sparse[sanctions.Answer] // under the rule on the date, by party of the graph
	// together is the cascade of all listed parties, where the rule adds their
	// holdings or may add them.
	together *cascade
	// groups are the listed parties and alone the best that any one group makes of
	// a party, where the rule does not add.
	groups groups
	alone  sparse[best]
}

// Solve works out who owns what under each regime's rule for the day. regimes is
// a table such as [BuiltinRegimes]; seeds say who of the graph is listed. A seed
// counts for a regime when its party has a designation in force on the day that
// the rule's ListedBy selects. The work is proportional to what listed parties
// hold, directly and through what they own, and not to the graph.
//
// The error reports a seed whose node is not in the graph, an unknown day, or more
// than 64 regimes.
func Solve(g *Graph, regimes Regimes, seeds []Seed, asOf sanctions.Date) (*Analysis, error) {
	if asOf.IsZero() {
		return nil, errors.New("ownership is a question of a day; pass the date to solve for")
	}
	a := &Analysis{g: g, asOf: asOf}
	if names := len(regimes.InForce(asOf)); names > 64 {
		return nil, fmt.Errorf("%d regimes are more than the 64 that one analysis holds", names)
	}
	for _, rule := range regimes.InForce(asOf) {
		a.regimes = append(a.regimes, regime{rule: rule})
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
	numbers, err := a.g.numbers(seeds)
	if err != nil {
		return err
	}
	a.first.reserve(len(a.seeds) + len(seeds))
	a.seeds = slices.Grow(a.seeds, len(seeds))
	a.next = slices.Grow(a.next, len(seeds))
	for i := range seeds {
		head := &a.first.vals[a.first.at(numbers[i])]
		a.seeds = append(a.seeds, seeds[i])
		a.next = append(a.next, *head-1)
		*head = int32(len(a.seeds))
	}
	old := a.twins
	if a.twins = a.findTwins(); !maps.EqualFunc(old, a.twins, slices.Equal) && len(a.seeds) > len(seeds) {
		// What has been counted as two stakes may be one: begin again.
		all := a.seeds
		*a = Analysis{g: a.g, asOf: a.asOf, regimes: slices.Clone(a.regimes)}
		for i := range a.regimes {
			a.regimes[i] = regime{rule: a.regimes[i].rule}
		}
		return a.Add(all...)
	}
	lists := a.lists(seeds)
	fresh := make([]uint32, 0, len(seeds))
	for i := range a.regimes {
		r := &a.regimes[i]
		fresh = fresh[:0]
		r.listed.reserve(len(r.listed.nodes) + len(seeds))
		for k := range seeds {
			if lists[k].may&(1<<i) == 0 {
				continue
			}
			answer := seeds[k].Answer
			if lists[k].sure&(1<<i) == 0 {
				answer = sanctions.Possible
			}
			if old := &r.listed.vals[r.listed.at(numbers[k])]; answer > *old || r.rule.Aggregate != AggregateAll {
				*old = max(*old, answer)
				fresh = append(fresh, numbers[k])
			}
		}
		if len(fresh) > 0 {
			r.add(a, fresh)
		}
	}
	return nil
}

// masks are regimes, as bits: those under which a designation makes a listed owner,
// and those under which it may, which are at least the same.
type masks struct{ sure, may uint64 }

// lists tells for each seed under which regimes, as bits by their number, it is
// listed on the day.
func (a *Analysis) lists(seeds []Seed) []masks {
	out := make([]masks, len(seeds))
	var d *docket
	var classes []masks // what each class of d's acts counts for
	for i := range seeds {
		s := &seeds[i]
		if s.Answer < sanctions.Possible {
			continue
		}
		if s.docket == nil {
			for k := range s.Party.Designations {
				if g := &s.Party.Designations[k]; g.Period.Contains(a.asOf) {
					sure, may := a.selects(g)
					out[i].sure |= sure
					out[i].may |= may
				}
			}
			continue
		}
		if s.docket != d {
			d, classes = s.docket, classes[:0]
			for _, g := range d.classes {
				sure, may := a.selects(g)
				classes = append(classes, masks{sure, may})
			}
		}
		for _, act := range d.acts[s.first:s.last] {
			if m := classes[act.class]; m.may != 0 && act.period.Contains(a.asOf) {
				out[i].sure |= m.sure
				out[i].may |= m.may
			}
		}
	}
	return out
}

// selects tells under which regimes, as bits, a designation makes a listed owner,
// and under which it may.
func (a *Analysis) selects(d *sanctions.Designation) (sure, may uint64) {
	for i := range a.regimes {
		for _, by := range a.regimes[i].rule.ListedBy {
			switch {
			case by.Selects(d):
				sure |= 1 << i
				may |= 1 << i
			case by.maySelect(d):
				may |= 1 << i
			}
		}
	}
	return sure, may
}

// seedsOf ranges over what a party of the graph is listed as, in the order of the
// list ids.
func (a *Analysis) seedsOf(n uint32) iter.Seq[Seed] {
	return func(yield func(Seed) bool) {
		var seeds []Seed
		for i := a.first.get(n) - 1; i >= 0; i = a.next[i] {
			seeds = append(seeds, a.seeds[i])
		}
		slices.SortFunc(seeds, compareSeeds)
		for _, s := range seeds {
			if !yield(s) {
				return
			}
		}
	}
}

// add solves for parties that have become listed.
func (r *regime) add(a *Analysis, fresh []uint32) {
	if r.rule.State == "" {
		return // no rule: listed parties are listed, and nothing follows
	}
	if r.rule.Aggregate != AggregateNone {
		if r.together == nil {
			r.together = &cascade{g: a.g, rule: &r.rule, asOf: a.asOf, twins: a.twins}
			r.together.shares.reserve(4 * len(fresh))
		}
		r.start(r.together, fresh)
		r.together.run()
	}
	if r.rule.Aggregate == AggregateAll {
		return
	}
	c := &cascade{g: a.g, rule: &r.rule, asOf: a.asOf, twins: a.twins, single: true}
	for _, i := range r.groups.join(a, fresh) {
		c.reset()
		r.start(c, r.groups.all[i].nodes)
		c.run()
		r.collect(a.g, i, c)
	}
}

// start marks listed parties.
func (r *regime) start(c *cascade, nodes []uint32) {
	for _, n := range nodes {
		m := possible | open | vague
		if r.listed.get(n) == sanctions.Yes {
			m |= certain
		}
		c.mark(c.shares.at(n), m)
	}
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
		reached := [][]uint32{r.listed.nodes, r.alone.nodes}
		if r.together != nil {
			reached = append(reached, r.together.shares.nodes, r.together.votes.nodes)
		}
		for _, nodes := range reached {
			for _, n := range nodes {
				seen[n] = true
			}
		}
	}
	for n := range a.g.unnamed {
		seen[n] = true
	}
	a.addLeft(seen)
	a.addCircles(seen)
	out := make([]uint32, 0, len(seen))
	for n := range seen {
		out = append(out, n)
	}
	slices.SortFunc(out, a.g.ids.compare)
	return out
}

// addLeft adds the parties that an owner, listed or owned, has left.
func (a *Analysis) addLeft(seen map[uint32]bool) {
	l := &a.g.layers[capital]
	if l.when == nil {
		return
	}
	for i := range a.regimes {
		r := &a.regimes[i]
		if r.rule.Control == ControlIgnored || r.rule.Control == "" {
			continue
		}
		owners := [][]uint32{r.listed.nodes, r.alone.nodes}
		if r.together != nil {
			owners = append(owners, r.together.shares.nodes)
		}
		for _, nodes := range owners {
			for _, n := range nodes {
				if !r.holds(n) {
					continue
				}
				for to, h := range a.g.owned(capital, n, a.asOf) {
					if h.ended && !h.held {
						seen[to] = true
					}
				}
			}
		}
	}
}
