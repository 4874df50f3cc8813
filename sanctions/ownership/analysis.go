package ownership

import (
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Analysis is what each regime makes of a graph, a set of listed parties and a
// date. Reading it is safe for concurrent use; [Analysis.Add] is not.
type Analysis struct {
	g       *Graph
	asOf    sanctions.Date
	given   []Seed   // that Solve was given; they are the caller's and not changed
	added   []Seed   // that came later
	numbers []uint32 // of the seeds' parties
	next    []int32  // the seed before of the same party of the graph, -1 for none
	listed  sparse[listing]
	homes   map[*sanctions.Party][]uint32 // where listed parties stand, as soon as one may stand twice
	twins   twins
	seen    uint32 // what was looked at ahead, so that it is not optimised away
	regimes []regime
	last    *recent

	mostSolved int         // see there
	readings   []*Analysis // of the graph's readings
}

// regime is the solution under one rule.
type regime struct {
	rule   Rule
	listed roster
	places *places         // those of the analysis; nil if the regime is looked at beside it
	within map[uint32]bool // the parties that are looked at; nil for all
	whole  *regime         // where not all are, the solution in which they are
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
// Where [Graph.Join] was told of parties that are possibly one, the graph is solved as
// if they were two and as if they were one, and a verdict lies over both: its bounds
// hold the bounds of each, it is certain only where both are, and where they differ it
// has the condition weak_link, the proof shows the link as a stake of the kind
// [PossiblySame], and Flip says what hangs on it.
//
// The analysis keeps seeds; they must not be changed afterwards. The error reports a
// seed whose node is not in the graph, an unknown day, or more than 64 regimes.
func Solve(g *Graph, regimes Regimes, seeds []Seed, asOf sanctions.Date) (*Analysis, error) {
	if asOf.IsZero() {
		return nil, errors.New("ownership is a question of a day; pass the date to solve for")
	}
	a := &Analysis{g: g, asOf: asOf, last: new(recent), mostSolved: mostSolved}
	if names := len(regimes.InForce(asOf)); names > 64 {
		return nil, fmt.Errorf("%d regimes are more than the 64 that one analysis holds", names)
	}
	for i, rule := range regimes.InForce(asOf) {
		a.regimes = append(a.regimes, regime{rule: rule, listed: roster{all: &a.listed, bit: 1 << i}})
	}
	numbers, err := g.numbers(seeds)
	if err != nil {
		return nil, err
	}
	a.given = seeds
	a.begin(seeds, numbers)
	for i := range g.readings {
		in, err := Solve(g.readings[i].Graph, regimes, seeds, asOf)
		if err != nil {
			return nil, err
		}
		a.readings = append(a.readings, in)
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
	a.added = append(a.added, seeds...)
	a.last.forget()
	a.begin(seeds, numbers)
	for _, in := range a.readings {
		if err := in.Add(seeds...); err != nil {
			return err
		}
	}
	return nil
}

// begin passes on what seeds that were entered last bring.
func (a *Analysis) begin(seeds []Seed, numbers []uint32) {
	first := len(a.next)
	places := a.enter(numbers)
	if a.findTwins(first) && first > 0 {
		// What has been counted as two stakes may be one: begin again.
		again := Analysis{g: a.g, asOf: a.asOf, last: a.last, mostSolved: a.mostSolved, given: slices.Concat(a.given, a.added), regimes: slices.Clone(a.regimes), readings: a.readings}
		numbers := a.numbers
		*a = again
		for i := range a.regimes {
			a.regimes[i] = regime{rule: a.regimes[i].rule, listed: a.regimes[i].listed}
		}
		a.begin(a.given, numbers)
		return
	}
	var added uint64 // regimes that add the holdings of several, where only a better answer is news
	for i := range a.regimes {
		if a.regimes[i].rule.Aggregate == AggregateAll {
			added |= 1 << i
		}
	}
	fresh := make([][]int32, len(a.regimes)) // of each, the places of parties for which a seed may change something
	judge := a.judge()
	for i := range seeds {
		is, was := judge(&seeds[i]), &a.listed.vals[places[i]].masks
		news := is.may&^added | (is.sure&^was.sure|is.may&^was.may)&added
		*was = was.or(is)
		for k := range a.regimes {
			if (is.may&^is.sure)&(1<<k) != 0 {
				a.regimes[k].listed.doubtful = true
			}
		}
		for ; news != 0; news &= news - 1 {
			k := bits.TrailingZeros64(news)
			if fresh[k] == nil {
				fresh[k] = make([]int32, 0, len(seeds)-i)
			}
			fresh[k] = append(fresh[k], places[i])
		}
	}
	for k := range a.regimes {
		if fresh[k] != nil {
			a.regimes[k].add(a, fresh[k])
		}
	}
}

// enter takes down the parties of seeds and returns their places among the listed.
func (a *Analysis) enter(numbers []uint32) []int32 {
	if a.listed.places == nil {
		a.listed.places = new(places)
		a.listed.reserve(3 * len(numbers)) // they reach about as many again and more
		a.listed.vals = make([]listing, 0, len(numbers))
		for i := range a.regimes {
			a.regimes[i].places = a.listed.places
		}
	}
	if a.numbers == nil {
		a.numbers, a.next = numbers, make([]int32, 0, len(numbers))
	} else {
		a.numbers = append(a.numbers, numbers...)
	}
	out := make([]int32, len(numbers))
	for i, n := range numbers {
		if i%mostFlows == 0 {
			for _, n := range numbers[i:min(i+mostFlows, len(numbers))] {
				a.seen += a.listed.look(n)
			}
		}
		place := a.listed.at(n)
		l := &a.listed.vals[place]
		a.next = append(a.next, l.seed-1)
		l.seed = int32(len(a.next))
		out[i] = int32(place)
	}
	return out
}

// add solves for parties that have become listed, by their places among the listed.
func (r *regime) add(a *Analysis, fresh []int32) {
	if r.rule.State == "" {
		return // no rule: listed parties are listed, and nothing follows
	}
	if r.rule.Aggregate != AggregateNone {
		if r.together == nil {
			r.together = newCascade(a.g, &r.rule, a.asOf, a.twins, &r.listed, r.places)
			r.together.within = r.within
			r.together.next = make([]uint32, 0, len(fresh))
			r.together.shares.vals = make([]tally, 0, 3*len(fresh))
		}
		for _, i := range fresh {
			answer, at := a.listed.vals[i].answer(r.listed.bit), int(i)
			if r.places == nil {
				at = r.together.at(a.listed.nodes[i])
			}
			if !r.together.list(at, answer) {
				r.together.reweigh(a.listed.nodes[i])
			}
		}
		r.together.run()
	}
	if r.rule.Aggregate == AggregateAll {
		return
	}
	c := newCascade(a.g, &r.rule, a.asOf, a.twins, &r.listed, nil)
	c.single, c.within = true, r.within
	solved := len(r.alone.all()) > 0
	changed := r.groups.join(a, fresh)
	if solved {
		changed = r.disturbed(a, fresh, changed)
	}
	for _, i := range changed {
		c.reset()
		r.start(c, r.groups.all[i].nodes)
		c.run()
		r.collect(a.g, i, c)
	}
}

// start lets a cascade begin with listed parties.
func (r *regime) start(c *cascade, nodes []uint32) {
	c.group = nodes
	for _, n := range nodes {
		c.list(c.at(n), r.listed.get(n))
	}
}

// Verdicts gives one verdict a regime, in table order, for a party of the graph.
// A party that the graph does not know is unknown under every regime: nobody
// looked who owns it.
func (a *Analysis) Verdicts(id string) []sanctions.Verdict {
	n, ok := a.g.find(id)
	if !ok {
		return a.unknown()
	}
	return a.over(n)
}

// All ranges over the parties for which some regime says more than none, ordered
// by id, with their verdicts.
func (a *Analysis) All() iter.Seq2[Node, []sanctions.Verdict] {
	return func(yield func(Node, []sanctions.Verdict) bool) {
		for _, n := range a.touched() {
			verdicts := a.over(n)
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
		reached := [][]uint32{slices.Collect(r.listed.nodes()), r.alone.all()}
		if r.together != nil {
			reached = append(reached, r.together.nodes)
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
	if len(a.readings) > 0 {
		a.addReadings(seen)
	}
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
		owners := [][]uint32{slices.Collect(r.listed.nodes()), r.alone.all()}
		if r.together != nil {
			owners = append(owners, r.together.nodes)
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
