package match

import (
	"fmt"

	"github.com/sanctionrisk/exposure/sanctions"
)

// codes finds parties by the identifiers that retrieve on their own.
type codes struct {
	parties map[code][]uint32
}

// code is a strong identifier. The country is part of it for schemes whose
// numbers are unique within a country only.
type code struct {
	scheme         sanctions.Scheme
	country, value string
}

func codeOf(id sanctions.Identifier) (code, bool) {
	if !id.Strong() {
		return code{}, false
	}
	c := code{scheme: id.Scheme, value: id.Value}
	switch id.Scheme {
	case sanctions.Registration, sanctions.Tax, sanctions.VAT, sanctions.Passport, sanctions.NationalID, sanctions.Licence:
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
		if !id.Strong() || several(id.Scheme) {
			continue
		}
		var against *sanctions.Identifier
		agrees := false
		for k := range p.Identifiers {
			other := &p.Identifiers[k]
			if other.Scheme != id.Scheme || !other.Strong() || other.Country != id.Country {
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

// several reports whether one party can well have several identifiers of the
// scheme: a bank has a code a branch, an issuer has a number a security.
func several(s sanctions.Scheme) bool {
	switch s {
	case sanctions.BIC, sanctions.ISIN, sanctions.Crypto, sanctions.Licence, sanctions.Passport, sanctions.Ticker, sanctions.Registration:
		return true
	}
	return false
}
