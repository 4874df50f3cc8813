package lists

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// The parties format is for lists that have no file format of their own: the
// CAATSA 231 List of Specified Persons, an annex of the Official Journal, a list
// of the user's own. Lists inside a cell are separated by semicolons.

type partyRow struct {
	id, name             string
	kind                 sanctions.Kind
	aliases, weakAliases []string
	countries            []string
	identifiers          []sanctions.Identifier
	programmes           []string
	measures             []sanctions.Measure
	period               sanctions.Period
	remarks              string
}

var partyColumns = []string{"party_id", "kind", "name", "aliases", "weak_aliases", "country", "identifiers",
	"programmes", "measures", "listed_from", "listed_to", "remarks"}

func (*partyRow) Columns() []string { return partyColumns }

func (r *partyRow) SetCell(i int, value string) (err error) {
	switch i {
	case 0:
		r.id = strings.TrimSpace(value)
	case 1:
		r.kind, err = sanctions.ParseKind(value)
	case 2:
		r.name = value
	case 3:
		r.aliases = split(value, ";")
	case 4:
		r.weakAliases = split(value, ";")
	case 5:
		r.countries, err = each(value, func(s string) (string, error) {
			code, ok := sanctions.ParseCountry(s)
			if !ok {
				return "", fmt.Errorf("%q is no country that is known; write an ISO 3166-1 code such as RU", s)
			}
			return code, nil
		})
	case 6:
		r.identifiers, err = each(value, sanctions.ParseIdentifier)
	case 7:
		r.programmes = split(value, ";")
	case 8:
		r.measures, err = each(value, func(s string) (sanctions.Measure, error) {
			if m, ok := measureOf(s); ok {
				return m, nil
			}
			return sanctions.ParseMeasure(s) // for its error, which lists the known
		})
	case 9:
		r.period.From, err = sanctions.ParseDate(strings.TrimSpace(value))
	case 10:
		r.period.To, err = sanctions.ParseDate(strings.TrimSpace(value))
	case 11:
		r.remarks = value
	}
	return err
}

// each reads the values of a cell; what is wrong with any of them is told.
func each[T any](cell string, read func(string) (T, error)) ([]T, error) {
	var out []T
	var errs []error
	for _, s := range split(cell, ";") {
		v, err := read(s)
		out, errs = append(out, v), append(errs, err)
	}
	return out, errors.Join(errs...)
}

// readParties reads a canonical file of listed parties. A row whose id stands in
// the list already, read from the list's own format, adds to that party: the
// dates of listing that OFAC's files lack, a name, an identifier. Two rows of
// one id with different dates are two listings of one party, but not of one whose
// entry the list's own format gave: that is one listing. A measure that is
// not known is a fault: a list of one's own can be mended. Where a list has one
// measure by its nature (BIS's Entity List, OFAC's sectoral list), each of its
// parties has it, whatever else its row states.
func readParties(r *reading) {
	for row := range csvRecords[partyRow](r, csvfile.Require("party_id", "name")) {
		c, at := &row.Value, row.Source
		fault := func(header, value, format string, args ...any) {
			r.fault(row.Under(header), header, value, fmt.Errorf(format, args...))
		}
		number := strings.TrimPrefix(c.id, r.name+":")
		if number == "" {
			fault("party_id", c.id, "the row has no party_id")
			continue
		}
		if c.period.To.Before(c.period.From) {
			fault("listed_to", c.period.To.String(), "the listing ends before it starts on %v", c.period.From)
			continue
		}
		prior, stands := r.drafts[number]
		adds := stands && prior.narrative != nil
		if c.name == "" && !adds {
			fault("name", "", "the party %s has no name", c.id)
			continue
		}
		d := r.draft(number, at)
		if !adds && len(d.Names) > 0 && !slices.ContainsFunc(d.Names, func(n sanctions.Name) bool { return n.Text == tidy(c.name) }) {
			fault("party_id", c.id, "the id stands at %v for %q; give each party its own", d.Source, d.Names[0].Text)
			continue
		}
		var act *sanctions.Designation
		if adds {
			act = &d.Designations[0]
			switch {
			case act.Period == sanctions.Period{}:
				act.Period = c.period
			case c.period != sanctions.Period{} && c.period != act.Period:
				fault("listed_from", c.period.From.String(), "the listing of %s stands already as of %v; one entry of an authority's file has one", c.id, act.Period)
				continue
			}
			act.Sources = append(act.Sources, at)
		} else {
			key := r.name + "/" + number + c.period.String()
			if slices.Contains(d.acts, key) {
				fault("party_id", c.id, "the same listing stands already at %v", d.Source)
				continue
			}
			act = d.act(r.list, key, "", at)
			act.Period = c.period
		}
		act.Programmes = append(act.Programmes, c.programmes...)
		act.Measures = append(act.Measures, c.measures...)
		if r.rule.inherent {
			act.Measures = append(act.Measures, r.rule.measure)
		}
		name := sanctions.NamePrimary
		if adds {
			name = sanctions.NameAlias
		}
		c.describe(d, name, at)
	}
}

// describe adds what a row says of who its party is, its name as one of the given type.
func (r *partyRow) describe(d *draft, name sanctions.NameType, at sanctions.Source) {
	if d.Kind == sanctions.KindUnknown {
		d.Kind = r.kind
	}
	d.addName(r.name, name, false, at)
	for _, a := range r.aliases {
		d.addName(a, sanctions.NameAlias, false, at)
	}
	for _, a := range r.weakAliases {
		d.addName(a, sanctions.NameAlias, true, at)
	}
	for _, code := range r.countries {
		d.addCountry(code)
	}
	for _, id := range r.identifiers {
		d.addIdentifier(id, at)
	}
	d.addRemark("", r.remarks, at)
}
