package ownership

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// recognisable takes the owner from an interest if nobody can tell who he is: such an owner
// is none that could be recognised, and so one whom the register does not name.
func (b *Builder) recognisable(in *registers.Interest) {
	if in.Nameless() && (b.prefix.Known == nil || !b.prefix.Known(in.OwnerID)) {
		in.Stated += ": of " + in.OwnerID + " no name is known"
		in.OwnerID = ""
	}
}

// describe takes down what a source says of a party.
func (b *Builder) describe(n uint32, name string, d *registers.Described) {
	if name != "" {
		if grow := b.ids.len() - len(b.names); grow > 0 {
			b.names = append(b.names, make([]string, grow)...)
		}
		switch old := b.names[n]; {
		case old == name:
		case old == "":
			b.names[n] = name
		default:
			b.detail(n).AddName(name)
		}
	}
	if d == nil {
		return
	}
	own := b.detail(n)
	for _, name := range d.Names {
		own.AddName(name)
	}
	for _, id := range d.Identifiers {
		if !slices.ContainsFunc(own.Identifiers, func(o sanctions.Identifier) bool { return sameIdentifier(o, id) }) {
			own.Identifiers = append(own.Identifiers, id)
		}
	}
}

func (b *Builder) detail(n uint32) *registers.Described {
	if b.details == nil {
		b.details = make(map[uint32]*registers.Described)
	}
	d := b.details[n]
	if d == nil {
		d = new(registers.Described)
		b.details[n] = d
	}
	return d
}

func sameIdentifier(a, b sanctions.Identifier) bool {
	return a.Scheme == b.Scheme && a.Value == b.Value && a.Country == b.Country
}

// settleDetails orders what was said of parties, so that nothing depends on the order
// in which it was read: the name of a party is the first of all.
func (g *Graph) settleDetails() {
	for n, d := range g.details {
		if int(n) < len(g.names) && g.names[n] != "" {
			d.AddName(g.names[n])
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
func (g *Graph) Described(id string) registers.Described {
	var out registers.Described
	n, ok := g.find(id)
	if !ok {
		return out
	}
	if name := g.name(n); name != "" {
		out.Names = append(out.Names, name)
	}
	if identifier, ok := registers.IdentifierOf(id); ok {
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
