package lists

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// OpenSanctions collects the lists of others. What an entry means is said by the
// datasets that it comes from; a dataset that the table does not know counts by
// the name of the list in the manifest.

// osDataset is what a dataset of OpenSanctions means.
type osDataset struct {
	authority sanctions.Authority
	measure   sanctions.Measure
	register  string
}

var osDatasets = sync.OnceValue(func() map[string]osDataset {
	out := make(map[string]osDataset)
	for _, row := range table("opensanctions.csv") {
		d := osDataset{sanctions.Authority(row["authority"]), mustMeasure(row["measure"]), row["register"]}
		out[row["dataset"]] = d
		out[strings.ToLower(row["title"])] = d
	}
	return out
})

// osNumber is how a source's own number stands in an id of OpenSanctions.
type osNumber struct{ prefix, register, rest string }

var osNumbers = sync.OnceValue(func() []osNumber {
	var out []osNumber
	for _, row := range table("osids.csv") {
		out = append(out, osNumber{row["prefix"], row["register"], row["rest"]})
	}
	return out
})

// osKey turns an id such as ofac-18782 into the key of the authority's own
// register.
func osKey(id string) (key string, ok bool) {
	for _, n := range osNumbers() {
		rest, ok := strings.CutPrefix(id, n.prefix)
		switch {
		case !ok || n.rest == "digits" && !isDigits(rest):
			continue
		case n.rest == "upper":
			rest = strings.ToUpper(rest)
		}
		return n.register + "/" + rest, true
	}
	return "", false
}

// osActs gives a party one designation for each dataset that lists it.
func (r *reading) osActs(d *draft, datasets []string, at sanctions.Source) []*sanctions.Designation {
	known := 0
	for _, name := range datasets {
		set, ok := osDatasets()[strings.ToLower(strings.TrimSpace(name))]
		if !ok {
			continue
		}
		known++
		r.osAct(d, set, name, at)
	}
	if known == 0 {
		d.act(r.list, r.name+"/"+d.number, "", at)
	}
	acts := make([]*sanctions.Designation, len(d.Designations))
	for i := range d.Designations {
		acts[i] = &d.Designations[i]
	}
	return acts
}

// osAct finds or starts the designation of a dataset. Where the entry carries
// the number of the authority's register it is the designation of that register.
func (r *reading) osAct(d *draft, set osDataset, name string, at sanctions.Source) *sanctions.Designation {
	key := "opensanctions/" + name + "/" + d.number
	if set.register != "" {
		party := strings.TrimSuffix(strings.TrimSuffix(set.register, "-sdn"), "-cons")
		for _, k := range d.keys {
			register, number, _ := strings.Cut(k, "/")
			if register == party || register == "eu-ref" && party == "eu-fsf" {
				key = set.register + "/" + number
			}
		}
	}
	act := d.act(r.list, key, set.authority, at)
	if !slices.Contains(act.Measures, set.measure) {
		act.Measures = append(act.Measures, set.measure)
	}
	return act
}

const (
	osID = iota
	osSchema
	osName
	osAliases
	osBirth
	osCountries
	osAddresses
	osIdentifiers
	osSanctions
	osPhones
	osEmails
	osPrograms
	osDatasetCell
	osFirstSeen
	osLastSeen
	osLastChange
	osWidth
)

var osColumns = []string{"id", "schema", "name", "aliases", "birth_date", "countries", "addresses", "identifiers",
	"sanctions", "phones", "emails", "program_ids", "dataset", "first_seen", "last_seen", "last_change"}

type osRow [osWidth]string

func (*osRow) Columns() []string { return osColumns }

func (r *osRow) SetCell(i int, value string) error {
	r[i] = strings.TrimSpace(value)
	return nil
}

// readOSSimple reads targets.simple.csv: one row for each target, lists joined
// by semicolons, without edges. first_seen is when OpenSanctions met the entry,
// which is no day of listing, so the listing's start stays unknown.
func readOSSimple(r *reading) {
	for row := range csvRecords[osRow](r, csvfile.Extra(), csvfile.Require("id", "name")) {
		c, at := &row.Value, row.Source
		if c[osID] == "" {
			r.fault(at, "id", "", errors.New("the row has no id"))
			continue
		}
		d := r.draft(c[osID], at)
		if len(d.Designations) > 0 {
			r.fault(at, "id", c[osID], errors.New("the id stands twice"))
			continue
		}
		if key, ok := osKey(c[osID]); ok {
			d.addKey(key)
		}
		for _, act := range r.osActs(d, values(c[osDatasetCell]), at) {
			act.Programmes = append(act.Programmes, values(c[osPrograms])...)
			act.Text = c[osSanctions]
		}
		d.Kind = r.ftmKind(c[osSchema], at)
		d.addName(c[osName], sanctions.NamePrimary, false, at)
		for _, a := range values(c[osAliases]) {
			d.addName(a, sanctions.NameAlias, false, at)
		}
		for _, b := range values(c[osBirth]) {
			d.Births = append(d.Births, parseSpan(b))
		}
		for _, country := range values(c[osCountries]) {
			if !d.addCountry(country) {
				r.note(UnknownTerm, at, country, "the country is not known")
			}
		}
		for _, a := range values(c[osAddresses]) {
			d.addAddress(a, "", at)
		}
		home := ""
		if len(d.Countries) == 1 {
			home = d.Countries[0]
		}
		for _, id := range values(c[osIdentifiers]) {
			d.addIdentifier(recognise(id, home), at)
		}
		for _, p := range values(c[osPhones]) {
			d.addIdentifier(sanctions.NewIdentifier(sanctions.Phone, p, ""), at)
		}
		for _, e := range values(c[osEmails]) {
			d.addIdentifier(sanctions.NewIdentifier(sanctions.Email, e, ""), at)
		}
		d.addRemark("first seen", c[osFirstSeen], at)
		d.addRemark("last change", c[osLastChange], at)
	}
}

// ftmKind reads a schema of FollowTheMoney.
func (r *reading) ftmKind(schema string, at sanctions.Source) sanctions.Kind {
	switch schema {
	case "LegalEntity": // a person or an organisation: the publisher does not know
		return sanctions.KindUnknown
	case "CryptoWallet", "Security", "Asset", "Vehicle":
		return sanctions.KindUnknown
	}
	kind, err := sanctions.ParseKind(schema)
	if err != nil {
		r.note(UnknownTerm, at, schema, "the schema is not known")
	}
	return kind
}
