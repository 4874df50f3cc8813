package claims

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Firm is a party under review.
type Firm struct {
	ID                   string
	Name                 string
	Aliases              []string
	Country              string // ISO 3166-1 alpha-2
	Identifiers          []sanctions.Identifier
	Sector               string
	FinancialInstitution sanctions.Answer // in the broad sense of foreign financial institution
	Remarks              string
	Source               sanctions.Source
}

var firmColumns = []string{"firm_id", "name", "aliases", "country", "identifiers", "sector", "is_financial_institution", "remarks"}

// FirmColumns are the columns of a firms file, in canonical order.
func FirmColumns() []string { return slices.Clone(firmColumns) }

// Columns and SetCell make Firm a row of a CSV file.
func (f *Firm) Columns() []string { return firmColumns }

// SetCell sets the i-th of [FirmColumns]. Aliases and identifiers are separated
// by semicolons; an identifier is scheme:value, with check digits that are right.
func (f *Firm) SetCell(i int, value string) (err error) {
	switch i {
	case 0:
		f.ID = value
	case 1:
		f.Name = value
	case 2:
		f.Aliases = list(value)
	case 3:
		var ok bool
		if f.Country, ok = sanctions.ParseCountry(value); !ok {
			err = errors.New("unknown country; write its ISO 3166-1 code or English name")
		}
	case 4:
		for _, s := range list(value) {
			id, err := sanctions.ParseIdentifier(s)
			if err == nil {
				err = id.Validate() // a number that is wrong would find nobody, in silence
			}
			if err != nil {
				return err
			}
			f.Identifiers = append(f.Identifiers, id)
		}
	case 5:
		f.Sector = value
	case 6:
		f.FinancialInstitution, err = sanctions.ParseAnswer(value)
	case 7:
		f.Remarks = value
	}
	return err
}

func list(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// ReadFirms reads a firms file. On any fault no firms are returned.
func ReadFirms(r io.Reader, file string) ([]Firm, error) {
	rows, err := csvfile.ReadAll[Firm](r, file, csvfile.Require("firm_id", "name"))
	errs := []error{err}
	firms := make([]Firm, len(rows))
	first := make(map[string]sanctions.Source, len(rows))
	for i := range rows {
		f := &rows[i].Value
		f.Source = rows[i].Source
		firms[i] = *f
		if f.ID == "" {
			errs = append(errs, rows[i].Fault("firm_id", "", "a firm needs an id"))
		} else if at, again := first[f.ID]; again {
			errs = append(errs, rows[i].Fault("firm_id", f.ID, "the id stands already at %v", at))
		} else {
			first[f.ID] = f.Source
		}
		if f.Name == "" {
			errs = append(errs, rows[i].Fault("name", "", "a firm needs a name"))
		}
	}
	if err := sanctions.JoinFaults(errs); err != nil {
		return nil, err
	}
	return firms, nil
}

// Party is the firm as lists and registers are asked about it.
func (f Firm) Party() sanctions.Party {
	p := sanctions.Party{ID: f.ID, Kind: sanctions.KindEntity, Identifiers: f.Identifiers, Source: f.Source,
		Names: []sanctions.Name{{Text: f.Name, Type: sanctions.NamePrimary, Source: f.Source}}}
	for _, alias := range f.Aliases {
		p.Names = append(p.Names, sanctions.Name{Text: alias, Type: sanctions.NameAlias, Source: f.Source})
	}
	if f.Country != "" {
		p.Countries = []string{f.Country}
	}
	return p
}
