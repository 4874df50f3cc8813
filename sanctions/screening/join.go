package screening

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// links tells which ids of the registers are of one firm, so that what
// several of them say of it adds up.
//
// Ids are of one party when a strong identifier of theirs is the same, stated by a
// register, by the id itself or by the caller (see [register.sameNumber] for numbers that
// two firms may have); and a mention without an id is the party
// that bears exactly its name, if one party with an id does and no other, or with
// other mentions of exactly that name if none does. They are possibly of one party when several bear the mention's name, or it is probably that of
// another party, with or without id; and when two registers' ids have exactly one name.
// Ids of which the registers say that one holds something of the other are two parties
// all the same.
func (r *register) links() []ownership.Link {
	sure := r.sameNumber()
	possible := r.sameNameElsewhere()
	var vague []int // mentions whose very name nobody with an id bears
	mention := make(map[int]bool)
	for _, m := range r.mentions {
		mention[m] = true
	}
	for _, m := range r.mentions {
		same := slices.DeleteFunc(r.named(r.parties[m].ID), func(i int) bool { return mention[i] })
		switch {
		case len(same) == 1:
			sure = append(sure, ownership.Link{A: r.parties[same[0]].ID, B: r.parties[m].ID})
		case len(same) > 1:
			for _, i := range same[:min(len(same), mostAlike)] {
				possible = append(possible, ownership.Link{A: r.parties[i].ID, B: r.parties[m].ID, Possible: true})
			}
		default:
			vague = append(vague, m)
		}
	}
	sure = append(sure, r.sameMention(vague)...)
	possible = append(possible, each(len(vague), func(i int) (links []ownership.Link) {
		name := r.parties[vague[i]].ID
		for _, id := range r.alike(name) {
			links = append(links, ownership.Link{A: id, B: name, Possible: true})
		}
		return links
	})...)
	return slices.Concat(sure, possible)
}

// certain is the links without those that are possible only.
func certain(links []ownership.Link) []ownership.Link {
	return slices.DeleteFunc(slices.Clone(links), func(l ownership.Link) bool { return l.Possible })
}

// telling is the possible links by which something may come to be a listed owner's: of
// which one end stands below a listed party, or below another of these links; and all
// parties that do.
func telling(links []ownership.Link, graph *ownership.Graph, seeds []ownership.Seed) (out []ownership.Link, below map[string]bool) {
	below = make(map[string]bool)
	reach := func(ids []string) {
		for _, id := range graph.Below(ids...) {
			below[id] = true
		}
	}
	var listed []string
	for i := range seeds {
		listed = append(listed, seeds[i].Node)
	}
	reach(listed)
	rest := slices.DeleteFunc(slices.Clone(links), func(l ownership.Link) bool { return !l.Possible })
	for more := true; more; {
		var ends []string
		rest = slices.DeleteFunc(rest, func(l ownership.Link) bool {
			a, _ := graph.Node(l.A)
			b, _ := graph.Node(l.B)
			if !below[a.ID] && !below[b.ID] {
				return false
			}
			out = append(out, l)
			ends = append(ends, a.ID, b.ID)
			return true
		})
		more = len(ends) > 0
		reach(ends)
	}
	return out, below
}

// sameMention links mentions that differ in nothing but spelling. Of those that leave
// the legal form out, where others state different ones, none is certainly any other.
func (r *register) sameMention(mentions []int) (links []ownership.Link) {
	groups := make(map[string][]string)
	for _, m := range mentions {
		if name := r.parties[m].ID; nameKey(name) != "" {
			groups[nameKey(name)] = append(groups[nameKey(name)], name)
		}
	}
	for _, group := range groups {
		same := len(group) <= mostAlike
		for i, name := range group {
			same = same && !slices.ContainsFunc(group[i+1:], func(other string) bool { return !exactName(name, other) })
		}
		for _, name := range group[1:] {
			if same {
				links = append(links, ownership.Link{A: group[0], B: name})
			}
		}
	}
	return links
}

// numberKey is the same for what is one identifier.
func numberKey(id sanctions.Identifier) string { return id.Country + " " + id.String() }

// sameNumber links the parties that share a strong identifier: for certain, unless it is
// of a register that is one of several of its country, each of which counts from one, and
// the parties' names differ.
func (r *register) sameNumber() (links []ownership.Link) {
	bearers := make(map[string][]int)
	for i := range r.parties {
		for _, number := range r.parties[i].Identifiers {
			if !number.Strong() {
				continue
			}
			key := numberKey(number)
			for _, other := range bearers[key] {
				if other != i {
					possible := number.Local() && !r.sameName(&r.parties[i], other)
					links = append(links, ownership.Link{A: r.parties[other].ID, B: r.parties[i].ID, Possible: possible})
				}
			}
			if n := len(bearers[key]); n == 0 || number.Local() && n < mostAlike {
				bearers[key] = append(bearers[key], i)
			}
		}
	}
	return links
}

// sameName reports whether a party bears exactly a name of one of the register.
func (r *register) sameName(p *sanctions.Party, other int) bool {
	for _, x := range p.Names {
		for _, y := range r.parties[other].Names {
			if !x.Weak && !y.Weak && exactName(x.Text, y.Text) {
				return true
			}
		}
	}
	return false
}

// sameNameElsewhere links the ids that different registers gave to parties of exactly
// one name, unless their identifiers differ. One register has two ids for two parties.
func (r *register) sameNameElsewhere() (links []ownership.Link) {
	for _, bearers := range r.bearers {
		if len(bearers) > mostAlike {
			continue
		}
		for i, a := range bearers {
			for _, b := range bearers[i+1:] {
				x, y := &r.parties[a.party], &r.parties[b.party]
				if registerOf(x) != registerOf(y) && exactName(a.name, b.name) && !numbersDiffer(x, y) {
					links = append(links, ownership.Link{A: x.ID, B: y.ID, Possible: true})
				}
			}
		}
	}
	slices.SortFunc(links, func(x, y ownership.Link) int { return cmp.Or(strings.Compare(x.A, y.A), strings.Compare(x.B, y.B)) })
	return links
}

// registerOf is who gave a party its id: a prefix, or nobody that is known.
func registerOf(p *sanctions.Party) string {
	prefix, _, ok := strings.Cut(p.ID, ":")
	if !ok {
		return ""
	}
	return strings.ToLower(prefix)
}

// numbersDiffer reports whether two parties have different identifiers of a scheme that
// gives one to each. One firm may stand in two registers of a country.
func numbersDiffer(a, b *sanctions.Party) bool {
	for _, x := range a.Identifiers {
		for _, y := range b.Identifiers {
			if x.Strong() && !x.Local() && x.Scheme == y.Scheme && x.Country == y.Country && x.Value != y.Value {
				return true
			}
		}
	}
	return false
}
