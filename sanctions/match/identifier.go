package match

import (
	"fmt"

	"github.com/sanctionrisk/exposure/sanctions"
)

// codes finds parties by the identifiers that retrieve on their own.
type codes struct {
	parties map[code][]uint32
}

// code is a strong identifier. The country is part of it only for schemes whose
// numbers are unique within a country.
type code struct {
	scheme  sanctions.Scheme
	country string
	value   string
}

func codeOf(id sanctions.Identifier) (code, bool) {
	if !retrieves(id) {
		return code{}, false
	}
	c := code{scheme: id.Scheme, value: id.Value}
	if id.Scheme == sanctions.Registration || id.Scheme == sanctions.Tax {
		c.country = id.Country
	}
	return c, true
}

func (c *codes) add(party uint32, p *sanctions.Party) {
	for _, id := range p.Identifiers {
		if k, ok := codeOf(id); ok {
			if c.parties == nil {
				c.parties = map[code][]uint32{}
			}
			if held := c.parties[k]; len(held) == 0 || held[len(held)-1] != party {
				c.parties[k] = append(held, party)
			}
		}
	}
}

// shared returns an identifier that the query and the party have in common and
// that is strong enough to make a hit.
func shared(q *Query, p *sanctions.Party) (sanctions.Identifier, bool) {
	for _, id := range q.Identifiers {
		k, ok := codeOf(id)
		if !ok {
			continue
		}
		for _, other := range p.Identifiers {
			if o, ok := codeOf(other); ok && o == k {
				return other, true
			}
		}
	}
	return sanctions.Identifier{}, false
}

// conflict returns the words for a strong identifier of the query that the
// party contradicts: one of the same scheme and country, valid on both sides,
// of which the two have no value in common.
func conflict(q *Query, p *sanctions.Party) (string, bool) {
	for _, id := range q.Identifiers {
		if !retrieves(id) {
			continue
		}
		var against *sanctions.Identifier
		agrees := false
		for k := range p.Identifiers {
			other := &p.Identifiers[k]
			if other.Scheme != id.Scheme || !retrieves(*other) || !sameRegister(id, *other) {
				continue
			}
			if other.Value == id.Value {
				agrees = true
			} else if against == nil {
				against = other
			}
		}
		if against != nil && !agrees {
			return fmt.Sprintf("identifier: %s, but the listed party has %s", id, *against), true
		}
	}
	return "", false
}

// sameRegister reports whether two identifiers of one scheme come from one
// register, so that one party cannot well have both.
func sameRegister(a, b sanctions.Identifier) bool {
	return a.Country == b.Country
}
