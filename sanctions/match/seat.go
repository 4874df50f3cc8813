package match

import (
	"slices"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// Who looks for a firm often adds where it sits: Rosoboronexport Russia, Bank Melli,
// Tehran. A place that one name adds tells parties apart, unless the other party sits
// there: in a country that its record gives, or in a town that one of its addresses
// names. A listed name may add the country that the query gives.

// seats are the places of a query that may be those in which parties sit.
type seats struct {
	asked     []int    // positions of the places among the words asked
	terms     []string // of each its term
	codes     []string // and its country, if it is one
	countries []string // the terms of the query's countries
}

// ask takes the places of the words asked.
func (s *seats) ask(words []names.Weighed) {
	s.asked, s.terms, s.codes = s.asked[:0], s.terms[:0], s.codes[:0]
	for i := range words {
		if w := &words[i]; w.Class == names.Qualifier && w.Term != "" {
			s.asked, s.terms, s.codes = append(s.asked, i), append(s.terms, w.Term), append(s.codes, countryTerms().codes[w.Term])
		}
	}
}

// of takes the query's countries.
func (s *seats) of(countries []string) {
	s.countries = s.countries[:0]
	for _, code := range countries {
		if term := countryTerms().terms[strings.ToUpper(code)]; term != "" {
			s.countries = append(s.countries, term)
		}
	}
}

// any reports whether there are any places to settle.
func (s *seats) any() bool { return len(s.asked)+len(s.countries) > 0 }

// settle marks among the words asked the places in which the party sits, and among those
// listed the countries of the query.
func (s *seats) settle(p *sanctions.Party, asked, listed []names.Weighed) {
	for k, i := range s.asked {
		sit(asked, i, !holds(listed, s.terms[k]) && sitsIn(p, s.terms[k], s.codes[k]))
	}
	if len(s.countries) == 0 {
		return
	}
	for i := range listed {
		if w := &listed[i]; w.Class == names.Qualifier && w.Term != "" && slices.Contains(s.countries, w.Term) {
			sit(listed, i, true)
		}
	}
}

// sit marks the word of a place, with the others of its phrase.
func sit(words []names.Weighed, i int, seat bool) {
	for k := i; k < min(i+max(words[i].Span, 1), len(words)); k++ {
		words[k].Seat = seat
	}
}

// holds reports whether a name has a place, which spares looking for it elsewhere.
func holds(words []names.Weighed, term string) bool {
	return slices.ContainsFunc(words, func(w names.Weighed) bool { return w.Class == names.Qualifier && w.Term == term })
}

// sitsIn reports whether a party sits in a place.
func sitsIn(p *sanctions.Party, term, code string) bool {
	if code != "" {
		return slices.Contains(p.Countries, code) ||
			slices.ContainsFunc(p.Addresses, func(a sanctions.Address) bool { return a.Country == code })
	}
	return slices.ContainsFunc(p.Addresses, func(a sanctions.Address) bool {
		return slices.ContainsFunc(names.Parse(a.Text, sanctions.KindEntity).Tokens, func(t names.Token) bool {
			return t.Class == names.Qualifier && t.Term == term
		})
	})
}

// countryTerms tells the code of a place that is a country, and the place of a code. A region
// is none, though lists may write its country for it.
var countryTerms = sync.OnceValue(func() (c struct{ codes, terms map[string]string }) {
	c.codes, c.terms = map[string]string{}, map[string]string{}
	for i := byte('A'); i <= 'Z'; i++ {
		for k := byte('A'); k <= 'Z'; k++ {
			code := string([]byte{i, k})
			name := sanctions.CountryName(code)
			if name == code {
				continue
			}
			for _, t := range names.Parse(name, sanctions.KindEntity).Tokens {
				if of, ok := sanctions.ParseCountry(strings.ReplaceAll(t.Term, "_", " ")); ok && of == code && t.Class == names.Qualifier {
					c.codes[t.Term], c.terms[code] = code, t.Term
				}
			}
		}
	}
	return c
})
