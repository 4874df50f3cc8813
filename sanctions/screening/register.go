package screening

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// register is the parties of a graph by their names, with what the caller knows of
// them.
type register struct {
	parties  []sanctions.Party   // by id, each with its names and numbers
	bearers  map[string][]bearer // by nameKey
	mentions []int               // of parties, those whose name stands in for an id

	index func() *match.Index // of the names, made when first asked for
}

// bearer is a party under one of its names.
type bearer struct {
	party int
	name  string
}

func newRegister(graph *ownership.Graph, known []sanctions.Party) *register {
	r := &register{bearers: make(map[string][]bearer)}
	at := make(map[string]int)
	for n := range graph.Nodes() {
		p := described(graph, n.ID)
		at[n.ID] = len(r.parties)
		if slices.ContainsFunc(p.Names, func(name sanctions.Name) bool { return name.Text == n.ID }) {
			r.mentions = append(r.mentions, len(r.parties))
		}
		r.parties = append(r.parties, p)
	}
	for i := range known {
		if n, ok := graph.Node(known[i].ID); ok {
			p := &r.parties[at[n.ID]]
			p.Names = slices.Concat(p.Names, known[i].Names)
			p.Identifiers = slices.Concat(p.Identifiers, known[i].Identifiers)
		}
	}
	for i := range r.parties {
		for _, name := range r.parties[i].Names {
			b := bearer{i, name.Text}
			if key := nameKey(name.Text); key != "" && !name.Weak && !slices.Contains(r.bearers[key], b) {
				r.bearers[key] = append(r.bearers[key], b)
			}
		}
	}
	r.index = sync.OnceValue(r.newIndex)
	return r
}

// described is a party of the registers by what they say of it, the first name first.
func described(graph *ownership.Graph, id string) sanctions.Party {
	d := graph.Described(id)
	p := sanctions.Party{ID: id, Identifiers: d.Identifiers}
	kind := sanctions.NamePrimary
	for _, name := range d.Names {
		p.Names = append(p.Names, sanctions.Name{Text: name, Type: kind})
		kind = sanctions.NameAlias
	}
	return p
}

func (r *register) newIndex() *match.Index {
	entry := []sanctions.Designation{{List: "interests"}} // these are no listed parties, but an index is of a list
	var all []sanctions.Party
	for i := range r.parties {
		if p := &r.parties[i]; len(p.Names) > 0 {
			all = append(all, sanctions.Party{ID: p.ID, Names: p.Names, Designations: entry})
		}
	}
	snapshot, err := sanctions.NewSnapshot(all, sanctions.Coverage{})
	if err != nil {
		panic("the parties of a graph have one id each: " + err.Error())
	}
	return match.NewIndex(snapshot)
}

// named finds the parties that bear exactly a name, ordered by id.
func (r *register) named(name string) []int {
	var out []int
	for _, b := range r.bearers[nameKey(name)] {
		if exactName(name, b.name) {
			out = append(out, b.party)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// mostAlike is how many parties a name is likened to, the likeliest: of one that is like
// more, none is likely to be meant, and each costs a reading of the graph.
const mostAlike = 3

// alike finds the parties that a name probably means, the likeliest first. Of mentions it
// is the nearest only, and none if a party with an id is as near: names that lists of
// names have in common are many, and say little of each other.
func (r *register) alike(name string) (ids []string) {
	for _, hit := range r.index().Search(match.Query{Name: name, Limit: mostAlike + 1}) { // itself and others
		switch id := hit.Party.ID; {
		case hit.Strength < sanctions.StrengthProbable || id == name:
		case hit.Party.Name() != id || len(ids) == 0:
			ids = append(ids, id)
		}
	}
	return ids[:min(len(ids), mostAlike)]
}

func exactName(a, b string) bool {
	if a == b {
		return true
	}
	parse := func(s string) names.Name { return names.Parse(s, sanctions.KindUnknown) }
	return similarity.Compare(parse(a), parse(b), nil).Strength == sanctions.StrengthExact
}

// each calls f for every number below n, on as many processors as there are, and
// returns what it gave, in order.
func each[T any](n int, f func(i int) []T) (out []T) {
	parts := make([][]T, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				parts[i] = f(i)
			}
		})
	}
	wg.Wait()
	return slices.Concat(parts...)
}
