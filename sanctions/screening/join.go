package screening

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// join makes one party of the ids under which registers know one firm, so that what
// several of them say of it adds up. Ids are of one party when a strong identifier of
// theirs is the same, stated by a register, by the id itself or by the caller; and a
// mention without an id is the party that bears exactly its name, if one party with an
// id does and no other. Ids of which the registers say that one holds something of the
// other are two parties all the same.
func join(graph *ownership.Graph, known []sanctions.Party) (*ownership.Graph, error) {
	links := append(sameNumber(graph, known), sameName(graph)...)
	joined, _, err := graph.Join(links...)
	return joined, err
}

// sameNumber links the parties that share a strong identifier.
func sameNumber(graph *ownership.Graph, known []sanctions.Party) (links []ownership.Link) {
	first := make(map[string]string)
	link := func(id string, identifiers []sanctions.Identifier) {
		for _, number := range identifiers {
			if !number.Strong() {
				continue
			}
			key := numberKey(number)
			if other, ok := first[key]; !ok {
				first[key] = id
			} else if other != id {
				links = append(links, ownership.Link{A: other, B: id})
			}
		}
	}
	for n := range graph.Nodes() {
		link(n.ID, graph.Described(n.ID).Identifiers)
	}
	for i := range known {
		if n, ok := graph.Node(known[i].ID); ok {
			link(n.ID, known[i].Identifiers)
		}
	}
	return links
}

// sameName links mentions without an id to the one party with an id that has exactly
// the same name.
func sameName(graph *ownership.Graph) (links []ownership.Link) {
	type bearer struct{ id, name string }
	bearers := make(map[string][]bearer) // with an id, by nameKey
	var mentions []bearer
	for n := range graph.Nodes() {
		for _, name := range graph.Described(n.ID).Names {
			if key := nameKey(name); key == "" {
				continue
			} else if name == n.ID { // the name stands in for an id
				mentions = append(mentions, bearer{n.ID, name})
			} else {
				bearers[key] = append(bearers[key], bearer{n.ID, name})
			}
		}
	}
	for _, m := range mentions {
		var same []string
		for _, b := range bearers[nameKey(m.name)] {
			if exactName(m.name, b.name) && !slices.Contains(same, b.id) {
				same = append(same, b.id)
			}
		}
		if len(same) == 1 {
			links = append(links, ownership.Link{A: same[0], B: m.id})
		}
	}
	return links
}

func exactName(a, b string) bool {
	if a == b {
		return true
	}
	parse := func(s string) names.Name { return names.Parse(s, sanctions.KindUnknown) }
	return names.Compare(parse(a), parse(b), nil).Strength == sanctions.StrengthExact
}
