package registers

import (
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

// Nameless reports that of the owner nothing is known but a number that means something
// in its register's file only.
func (in *Interest) Nameless() bool { return in.nameless }

// AddName adds a name, once.
func (d *Described) AddName(name string) {
	if name != "" && !slices.Contains(d.Names, name) {
		d.Names = append(d.Names, name)
	}
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
