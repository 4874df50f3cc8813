package match

import (
	"fmt"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// code is a strong identifier. The country is part of it for schemes whose
// numbers are unique within a country only.
type code struct {
	scheme         sanctions.Scheme
	country, value string
}

func codeOf(id sanctions.Identifier, countries []string) (code, bool) {
	id = placed(id, countries)
	if !id.Strong() {
		return code{}, false
	}
	c := code{scheme: id.Scheme, value: id.Value}
	if national(id.Scheme) {
		c.country = id.Country
	}
	return c, true
}

// placed takes a number of some country, of which the country is not stated, for
// one of its party's only country.
func placed(id sanctions.Identifier, countries []string) sanctions.Identifier {
	if id.Country == "" && len(countries) == 1 && national(id.Scheme) {
		id.Country = countries[0]
	}
	return id
}

// national reports whether numbers of the scheme are unique in one country only.
func national(s sanctions.Scheme) bool {
	switch s {
	case sanctions.Registration, sanctions.Tax, sanctions.VAT, sanctions.Passport, sanctions.NationalID, sanctions.Licence:
		return true
	}
	return false
}

// hash is the hash under which the parties of the identifier are found.
func (c code) hash() uint64 {
	h := uint64(seedCode)
	for _, part := range [...]string{string(c.scheme), c.country, c.value} {
		for i := range len(part) {
			h = mix(h, rune(part[i]))
		}
		h = mix(h, ':')
	}
	return finish(h)
}

// identifiers gives the hashes of the strong identifiers of every party.
func (x *Index) identifiers(from, to int, yield func(hash uint64, id uint32)) {
	for i := from; i < to; i++ {
		p := x.snapshot.At(i)
		for _, id := range p.Identifiers {
			if c, ok := codeOf(id, p.Countries); ok {
				yield(c.hash(), uint32(i))
			}
		}
	}
}

// identified appends the parties that have a strong identifier of the query.
func (x *Index) identified(dst []uint32, q *Query) []uint32 {
	for _, id := range q.Identifiers {
		if c, ok := codeOf(id, q.Countries); ok {
			for party := range x.codes.find(c.hash()) {
				if _, _, same := shared(q, x.snapshot.At(int(party))); same {
					dst = append(dst, party)
				}
			}
		}
	}
	slices.Sort(dst)
	return slices.Compact(dst)
}

// shared returns an identifier by which query and party are one, before all one that is not
// of a local register.
func shared(q *Query, p *sanctions.Party) (id sanctions.Identifier, local, same bool) {
	for _, asked := range q.Identifiers {
		k, ok := codeOf(asked, q.Countries)
		if !ok {
			continue
		}
		for _, other := range p.Identifiers {
			if o, ok := codeOf(other, p.Countries); ok && o == k {
				if !placed(other, p.Countries).Local() {
					return other, false, true
				}
				if !same {
					id, local, same = other, true, true
				}
			}
		}
	}
	return id, local, same
}

// conflict returns the words for a strong identifier of the query that the
// party contradicts: one of the same scheme and country, valid on both sides,
// of which the two have no value in common.
func conflict(q *Query, p *sanctions.Party) (string, bool) {
	for _, id := range q.Identifiers {
		if id = placed(id, q.Countries); !id.Strong() || several(id.Scheme) {
			continue
		}
		var against sanctions.Identifier
		agrees := false
		for k := range p.Identifiers {
			other := placed(p.Identifiers[k], p.Countries)
			if other.Scheme != id.Scheme || !other.Strong() || other.Country != id.Country {
				continue
			}
			if other.Value == id.Value {
				agrees = true
			} else if against.Value == "" {
				against = other
			}
		}
		if against.Value != "" && !agrees {
			return fmt.Sprintf("identifier: %s, but the listed party has %s", id, against), true
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
