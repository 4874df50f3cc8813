package ownership

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Described is what a source says of a party beside its id and the name that it
// leads with.
type Described struct {
	Names       []string // others, in use
	Identifiers []sanctions.Identifier
}

// party is what a register says of a party.
type party struct {
	name string
	*Described
}

// withParties is the interest with what is known of its parties.
func (in Interest) withParties(known map[string]*party) Interest {
	if p := known[in.OwnerID]; p != nil {
		in.OwnerName, in.Owner = p.name, p.Described
	}
	if p := known[in.OwnedID]; p != nil {
		in.OwnedName, in.Owned = p.name, p.Described
	}
	return in
}

// stranger tells of an interest whose register says nothing of the owner but a number
// of its own.
func (in *Interest) stranger() {
	in.nameless = in.OwnerID != "" && in.OwnerName == "" && in.Owner == nil && !strings.Contains(in.OwnerID, ":")
}

// recognisable takes the owner from an interest if nobody can tell who he is: such an owner
// is none that could be recognised, and so one whom the register does not name.
func (b *Builder) recognisable(in *Interest) {
	if in.nameless && (b.prefix.known == nil || !b.prefix.known(in.OwnerID)) {
		in.Stated += ": of " + in.OwnerID + " no name is known"
		in.OwnerID = ""
	}
}

// describe takes down what a source says of a party.
func (b *Builder) describe(n uint32, name string, d *Described) {
	if name != "" {
		if grow := b.ids.len() - len(b.names); grow > 0 {
			b.names = append(b.names, make([]string, grow)...)
		}
		switch old := b.names[n]; {
		case old == name:
		case old == "":
			b.names[n] = name
		default:
			b.detail(n).name(name)
		}
	}
	if d == nil {
		return
	}
	own := b.detail(n)
	for _, name := range d.Names {
		own.name(name)
	}
	for _, id := range d.Identifiers {
		if !slices.ContainsFunc(own.Identifiers, func(o sanctions.Identifier) bool { return sameIdentifier(o, id) }) {
			own.Identifiers = append(own.Identifiers, id)
		}
	}
}

func (b *Builder) detail(n uint32) *Described {
	if b.details == nil {
		b.details = make(map[uint32]*Described)
	}
	d := b.details[n]
	if d == nil {
		d = new(Described)
		b.details[n] = d
	}
	return d
}

func (d *Described) name(name string) {
	if name != "" && !slices.Contains(d.Names, name) {
		d.Names = append(d.Names, name)
	}
}

func sameIdentifier(a, b sanctions.Identifier) bool {
	return a.Scheme == b.Scheme && a.Value == b.Value && a.Country == b.Country
}

// settleDetails orders what was said of parties, so that nothing depends on the order
// in which it was read: the name of a party is the first of all.
func (g *Graph) settleDetails() {
	for n, d := range g.details {
		if int(n) < len(g.names) && g.names[n] != "" {
			d.name(g.names[n])
		}
		slices.Sort(d.Names)
		if len(d.Names) > 0 {
			if g.names == nil {
				g.names = make([]string, g.Len())
			}
			g.names[n] = d.Names[0]
			d.Names = d.Names[1:]
		}
		slices.SortFunc(d.Identifiers, func(a, b sanctions.Identifier) int {
			return cmp.Or(strings.Compare(string(a.Scheme), string(b.Scheme)), strings.Compare(a.Value, b.Value), strings.Compare(a.Country, b.Country))
		})
	}
}

// Described is all that the registers say of a party beside its id: every name, that
// of [Node] first, and its identifiers. An id that is an identifier (lei:…,
// ru-inn:…, gb-coh:…) counts as one.
func (g *Graph) Described(id string) Described {
	var out Described
	n, ok := g.find(id)
	if !ok {
		return out
	}
	if name := g.name(n); name != "" {
		out.Names = append(out.Names, name)
	}
	if identifier, ok := identifierOf(id); ok {
		out.Identifiers = append(out.Identifiers, identifier)
	}
	if d := g.details[n]; d != nil {
		out.Names = append(out.Names, d.Names...)
		for _, identifier := range d.Identifiers {
			if !slices.ContainsFunc(out.Identifiers, func(o sanctions.Identifier) bool { return sameIdentifier(o, identifier) }) {
				out.Identifiers = append(out.Identifiers, identifier)
			}
		}
	}
	return out
}

// numbersOf reads a number that a register of some country gave. Numbers of a scheme
// that has rules are recognised by them: a Russian register may state either of the
// two that the state gives.
func numbersOf(country, number string) []sanctions.Identifier {
	code, _ := sanctions.ParseCountry(country)
	number = strings.TrimSpace(number)
	if number == "" {
		return nil
	}
	out := []sanctions.Identifier{sanctions.NewIdentifier(sanctions.Registration, number, code)}
	for _, s := range append(sanctions.SchemesOf(code), sanctions.LEI) {
		if id := sanctions.NewIdentifier(s, number, code); id.Validate() == nil {
			out = append(out, id)
		}
	}
	return out
}
