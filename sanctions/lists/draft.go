package lists

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// draft is a party of a list that further rows may still add to.
type draft struct {
	sanctions.Party
	number string
	rank   int      // of the format that brought it; authorities' own before collections
	keys   []string // "register/number" under which the authority's registers know the party
	// acts are the keys of its designations, parallel to Designations: equal
	// keys are one designation, wherever they were read.
	acts []string
	// also are further keys of its designations, under which a retired register
	// or a collection may know them: key → one of acts.
	also map[string]string
	lead string // number of the leading name, where names have numbers

	remarks   string // free text that is read once all files have added to it
	remarksAt sanctions.Source
	narrative func(*list, *draft) // reads remarks
}

// act finds the designation with the given key, or starts one of this list.
func (d *draft) act(l *list, key string, authority sanctions.Authority, at sanctions.Source) *sanctions.Designation {
	if i := slices.Index(d.acts, key); i >= 0 {
		return &d.Designations[i]
	}
	d.acts = append(d.acts, key)
	d.Designations = append(d.Designations, sanctions.Designation{
		Authority: authority, List: l.name, Entry: d.number, Sources: []sanctions.Source{at},
	})
	return &d.Designations[len(d.Designations)-1]
}

// addKey notes the number under which an authority's register knows the party.
func (d *draft) addKey(key string) {
	if !slices.Contains(d.keys, key) {
		d.keys = append(d.keys, key)
	}
}

func (d *draft) addName(text string, kind sanctions.NameType, weak bool, at sanctions.Source) {
	if text = tidy(text); text != "" {
		d.Names = append(d.Names, sanctions.Name{Text: text, Type: kind, Weak: weak, Source: at})
	}
}

// addCountry adds the country that a text means; false when it means none that
// is known.
func (d *draft) addCountry(text string) bool {
	code, ok := sanctions.ParseCountry(text)
	if ok && !slices.Contains(d.Countries, code) {
		d.Countries = append(d.Countries, code)
	}
	return ok
}

func (d *draft) addIdentifier(id sanctions.Identifier, at sanctions.Source) {
	if id.Value != "" {
		id.Source = at
		d.Identifiers = append(d.Identifiers, id)
	}
}

func (d *draft) addAddress(text, country string, at sanctions.Source) {
	code, known := sanctions.ParseCountry(country)
	if known {
		d.addCountry(country)
	}
	if text == "" && !known && isNothing(country) {
		return
	}
	if !known && !isNothing(country) {
		text = joinNonEmpty(", ", text, country)
	}
	d.Addresses = append(d.Addresses, sanctions.Address{Text: text, Country: code, Source: at})
}

func (d *draft) addBirth(text, circa string) {
	span := parseSpan(text)
	span.Circa = span.Circa || strings.EqualFold(circa, "true") || circa == "1"
	d.Births = append(d.Births, span)
}

func (d *draft) addRemark(tag, text string, at sanctions.Source) {
	if text = strings.TrimSpace(text); text != "" {
		d.Remarks = append(d.Remarks, sanctions.Remark{Tag: tag, Text: text, Source: at})
	}
}

func (d *draft) addLink(relation, to string, at sanctions.Source) {
	if to = strings.TrimSpace(to); to != "" {
		d.Links = append(d.Links, sanctions.Link{Relation: relation, To: to, Source: at})
	}
}

// settleIdentifiers gives the numbers of a party that is known in Russia alone,
// and of which the list names no register, the Russian scheme that they fit.
func (d *draft) settleIdentifiers() {
	if len(d.Countries) != 1 || d.Countries[0] != "RU" {
		return
	}
	for i, id := range d.Identifiers {
		if id.Country == "" && (id.Scheme == sanctions.Tax || id.Scheme == sanctions.Registration) {
			if fitted := identifierOf(id.Scheme, id.Value, "RU"); fitted.Scheme != id.Scheme && fitted.Validate() == nil {
				fitted.Source = id.Source
				d.Identifiers[i] = fitted
			}
		}
	}
}

// order puts everything that a party holds into one order that does not depend
// on the order of rows, and drops what is said twice.
func (d *draft) order() {
	d.Names = distinct(d.Names, func(a, b sanctions.Name) int {
		return cmp.Or(cmp.Compare(nameRank(a), nameRank(b)), cmp.Compare(a.Text, b.Text))
	})
	d.Names = dropWeakerTwins(d.Names)
	slices.Sort(d.Countries)
	d.Countries = slices.Compact(d.Countries)
	d.Identifiers = distinct(d.Identifiers, func(a, b sanctions.Identifier) int {
		return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Country, b.Country))
	})
	d.Identifiers = dropVaguerTwins(d.Identifiers)
	d.Addresses = distinct(d.Addresses, func(a, b sanctions.Address) int {
		return cmp.Or(cmp.Compare(a.Country, b.Country), cmp.Compare(a.Text, b.Text))
	})
	d.Addresses = slices.DeleteFunc(d.Addresses, func(a sanctions.Address) bool {
		return a.Text == "" && slices.ContainsFunc(d.Addresses, func(b sanctions.Address) bool { return b.Text != "" && b.Country == a.Country })
	})
	d.Births = distinct(d.Births, func(a, b sanctions.DateSpan) int {
		if known := cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)); known != 0 || !a.From.IsZero() {
			return known // two spellings of one day are one day
		}
		return cmp.Compare(a.Text, b.Text)
	})
	d.Links = distinct(d.Links, func(a, b sanctions.Link) int {
		return cmp.Or(cmp.Compare(a.Relation, b.Relation), cmp.Compare(a.To, b.To))
	})
	d.Remarks = distinct(d.Remarks, func(a, b sanctions.Remark) int {
		return cmp.Or(cmp.Compare(a.Tag, b.Tag), cmp.Compare(a.Text, b.Text))
	})
	d.SecondaryRisk = distinct(d.SecondaryRisk, func(a, b sanctions.SecondaryRisk) int {
		return cmp.Compare(a.Text, b.Text)
	})
}

// distinct sorts a slice and keeps of equal elements the one that came first.
func distinct[T any](s []T, compare func(a, b T) int) []T {
	slices.SortStableFunc(s, compare)
	return slices.Clip(slices.CompactFunc(s, func(a, b T) bool { return compare(a, b) == 0 }))
}

func nameRank(n sanctions.Name) int {
	rank := 0
	switch n.Type {
	case sanctions.NamePrimary:
	case sanctions.NameAlias:
		rank = 1
	default:
		rank = 3
	}
	if n.Weak {
		rank++
	}
	return rank
}

// dropVaguerTwins drops an identifier without a country that only repeats one
// with a country. They stand in order, so that a twin is the next.
func dropVaguerTwins(ids []sanctions.Identifier) []sanctions.Identifier {
	kept := ids[:0]
	for i, id := range ids {
		if id.Country == "" && i+1 < len(ids) && ids[i+1].Scheme == id.Scheme && ids[i+1].Value == id.Value {
			continue
		}
		kept = append(kept, id)
	}
	return slices.Clip(kept)
}

// dropWeakerTwins drops an alias that only repeats a better name.
func dropWeakerTwins(names []sanctions.Name) []sanctions.Name {
	return slices.DeleteFunc(names, func(n sanctions.Name) bool {
		for _, better := range names {
			if nameRank(better) < nameRank(n) && better.Text == n.Text {
				return true
			}
		}
		return false
	})
}
