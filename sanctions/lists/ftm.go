package lists

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// ftmEntity is one line of entities.ftm.json.
type ftmEntity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Datasets   []string            `json:"datasets"`
	Referents  []string            `json:"referents"`
	Target     bool                `json:"target"`
	Properties map[string][]string `json:"properties"`
}

// ftmIdentifiers are the properties that hold numbers.
var ftmIdentifiers = []struct {
	property string
	scheme   sanctions.Scheme
}{
	{"leiCode", sanctions.LEI}, {"innCode", sanctions.INN}, {"ogrnCode", sanctions.OGRN}, {"kppCode", sanctions.KPP},
	{"okpoCode", sanctions.OKPO}, {"uscCode", sanctions.USCC}, {"imoNumber", sanctions.IMO}, {"mmsi", sanctions.MMSI},
	{"callSign", sanctions.CallSign}, {"registrationNumber", sanctions.Registration}, {"taxNumber", sanctions.Tax},
	{"vatCode", sanctions.VAT}, {"swiftBic", sanctions.BIC}, {"bic", sanctions.BIC}, {"dunsCode", sanctions.DUNS}, {"isinCode", sanctions.ISIN},
	{"ticker", sanctions.Ticker}, {"passportNumber", sanctions.Passport}, {"idNumber", sanctions.NationalID},
	{"npiCode", sanctions.OtherID}, {"uniqueEntityId", sanctions.OtherID}, {"wikidataId", sanctions.Wikidata}, {"licenseNumber", sanctions.Licence},
	{"phone", sanctions.Phone}, {"email", sanctions.Email}, {"website", sanctions.Website}, {"publicKey", sanctions.Crypto},
}

// ftmSanction is a Sanction node.
type ftmSanction struct {
	ftmEntity
	at sanctions.Source
}

// readFTM reads entities.ftm.json of OpenSanctions: one entity a line. Parties
// that somebody lists become drafts; Sanction nodes give their designations
// dates, programmes and provisions. Ownership and Directorship nodes are for
// package ownership, which reads the same file: they are passed over here, as
// other edges are, and counted.
//
// A Sanction may stand before or after its party, so the file is read twice;
// what nobody lists is never held.
func readFTM(r *reading) {
	acts := r.ftmSanctions()
	met := make(map[string]bool)
	for line, at := range r.lines(r.in) {
		if r.bad > maxBadRows {
			break
		}
		var e ftmEntity
		if err := json.Unmarshal(line, &e); err != nil {
			if r.in.openEnded() && strings.Contains(err.Error(), "unexpected end of JSON input") {
				r.note(Truncated, at, "", "the last record is cut off; fetch the file again")
				return
			}
			r.fault(at, "", "", fmt.Errorf("the line is no JSON object: %w", err))
			continue
		}
		r.row()
		switch e.Schema {
		case "Person", "Company", "Organization", "LegalEntity", "PublicBody", "Vessel", "Airplane", "CryptoWallet":
		case "Sanction":
			continue
		case "Ownership", "Directorship":
			r.note(NotParties, at, "", e.Schema+" records are for package ownership and were passed over here")
			continue
		default:
			r.note(NotParties, at, e.Schema, "records that are no parties were passed over")
			continue
		}
		own := acts[e.ID]
		listed := e.Target || ftmListed(e.Properties["topics"])
		if !listed && own == nil {
			r.note(NotParties, at, e.ID, "parties that nobody lists were passed over")
			continue
		}
		if e.ID == "" || met[e.ID] {
			r.fault(at, "id", e.ID, errors.New("the id is missing or stands twice"))
			continue
		}
		met[e.ID] = true
		d := r.draft(e.ID, at)
		r.ftmParty(d, &e, at)
		if listed {
			r.osActs(d, e.Datasets, at)
		}
		for i := range own {
			r.ftmSanction(d, &own[i])
		}
	}
	for _, id := range slices.Sorted(maps.Keys(acts)) {
		if !met[id] {
			r.note(Dangling, acts[id][0].at, id, "Sanction records of "+r.file.Path+" belong to no party of the file")
		}
	}
}

// ftmSanctions finds the Sanction nodes of the file by the entity that they are
// of. Lines that are no JSON are left to the reading of the parties.
func (r *reading) ftmSanctions() map[string][]ftmSanction {
	acts := make(map[string][]ftmSanction)
	in, err := r.again()
	if err != nil {
		r.fault(r.at(0), "", "", err)
		return acts
	}
	defer in.Close()
	for line, at := range r.lines(io.LimitReader(in, r.cfg.limits.File)) {
		if !bytes.Contains(line, []byte(`"Sanction"`)) {
			continue
		}
		var e ftmEntity
		if json.Unmarshal(line, &e) != nil || e.Schema != "Sanction" {
			continue
		}
		for _, id := range e.Properties["entity"] {
			acts[id] = append(acts[id], ftmSanction{e, at})
		}
	}
	return acts
}

func (r *reading) ftmParty(d *draft, e *ftmEntity, at sanctions.Source) {
	p := e.Properties
	for _, id := range append([]string{e.ID}, e.Referents...) {
		if key, ok := osKey(id); ok {
			d.addKey(key)
		}
	}
	d.Kind = r.ftmKind(e.Schema, at)
	for i, name := range p["name"] {
		kind := sanctions.NameAlias
		if i == 0 {
			kind = sanctions.NamePrimary
		}
		d.addName(name, kind, false, at)
	}
	for _, list := range []struct {
		property string
		kind     sanctions.NameType
		weak     bool
	}{{"alias", sanctions.NameAlias, false}, {"weakAlias", sanctions.NameAlias, true}, {"abbreviation", sanctions.NameAlias, true}, {"previousName", sanctions.NameFormer, false}} {
		for _, name := range p[list.property] {
			d.addName(name, list.kind, list.weak, at)
		}
	}
	for _, property := range []string{"country", "jurisdiction", "mainCountry", "nationality", "citizenship", "flag"} {
		for _, c := range p[property] {
			if !d.addCountry(c) {
				r.note(UnknownTerm, at, c, "the country is not known")
			}
		}
	}
	home := ""
	if len(d.Countries) == 1 {
		home = d.Countries[0]
	}
	for _, f := range ftmIdentifiers {
		for _, v := range p[f.property] {
			d.addIdentifier(narrow(f.scheme, v, home), at)
		}
	}
	for _, a := range p["address"] {
		d.addAddress(a, "", at)
	}
	for _, b := range p["birthDate"] {
		d.Births = append(d.Births, parseSpan(b))
	}
	for _, property := range []string{"position", "legalForm", "birthPlace", "incorporationDate", "topics", "notes"} {
		for _, v := range p[property] {
			d.addRemark(property, v, at)
		}
	}
}

// ftmSanction adds what a Sanction node says to the designation of its dataset.
func (r *reading) ftmSanction(d *draft, s *ftmSanction) {
	p := s.Properties
	set, name := osDataset{measure: r.rule.measure, authority: r.rule.authority}, ""
	for _, dataset := range s.Datasets {
		if known, ok := osDatasets()[dataset]; ok {
			set, name = known, dataset
			break
		}
	}
	act := r.osAct(d, set, name, s.at)
	for _, programme := range append(p["programId"], p["program"]...) {
		if !slices.Contains(act.Programmes, programme) {
			act.Programmes = append(act.Programmes, programme)
		}
	}
	// What the node provides for says more than the default of its dataset.
	if slices.ContainsFunc(p["provisions"], func(s string) bool { _, ok := measureOf(s); return ok }) &&
		slices.Equal(act.Measures, []sanctions.Measure{sanctions.OtherMeasure}) {
		act.Measures = nil
	}
	for _, text := range p["provisions"] {
		for _, word := range split(text, "|") {
			if m, ok := measureOf(word); ok {
				if !slices.Contains(act.Measures, m) {
					act.Measures = append(act.Measures, m)
				}
			} else {
				act.Text = joinNonEmpty("; ", act.Text, word)
			}
		}
	}
	act.Text = joinNonEmpty("; ", act.Text, strings.Join(p["reason"], "; "))
	r.period(act, first(p["listingDate"], p["startDate"]), first(p["endDate"]), s.at)
}

// first is the first value of the first list that has any.
func first(lists ...[]string) string {
	for _, values := range lists {
		if len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// ftmListed reports whether a topic says that the party is listed itself.
func ftmListed(topics []string) bool {
	for _, t := range topics {
		switch t {
		case "sanction", "sanction.counter", "export.control", "debarment", "invest.ban":
			return true
		}
	}
	return false
}

// lines streams the lines of a file that are not blank.
func (r *reading) lines(in io.Reader) iter.Seq2[[]byte, sanctions.Source] {
	return func(yield func([]byte, sanctions.Source) bool) {
		scan := bufio.NewScanner(in)
		scan.Buffer(make([]byte, 1<<16), r.cfg.limits.Record)
		n := 0
		for scan.Scan() {
			n++
			line := bytes.TrimSpace(bytes.TrimPrefix(scan.Bytes(), []byte("\ufeff")))
			if len(line) > 0 && !yield(line, r.at(n)) {
				return
			}
		}
		if err := scan.Err(); err != nil && in == r.in {
			r.fault(r.at(n+1), "", "", fmt.Errorf("%w: the limit of a line is %d bytes", err, r.cfg.limits.Record))
		}
	}
}
