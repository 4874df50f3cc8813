package lists

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

const (
	cslID = iota
	cslSource
	cslNumber
	cslType
	cslPrograms
	cslName
	cslTitle
	cslAddresses
	cslNotice
	cslStart
	cslEnd
	cslStandardOrder
	cslRequirement
	cslPolicy
	cslCallSign
	cslVesselType
	cslGrossTonnage
	cslGRT
	cslFlag
	cslOwner
	cslRemarks
	cslListURL
	cslAltNames
	cslCitizenships
	cslBirths
	cslNationalities
	cslBirthplaces
	cslInfoURL
	cslIDs
	cslWidth
)

var cslColumns = []string{"_id", "source", "entity_number", "type", "programs", "name", "title", "addresses",
	"federal_register_notice", "start_date", "end_date", "standard_order", "license_requirement", "license_policy",
	"call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks",
	"source_list_url", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth",
	"source_information_url", "ids"}

type cslRow [cslWidth]string

func (*cslRow) Columns() []string { return cslColumns }

func (r *cslRow) SetCell(i int, value string) error {
	r[i] = strings.TrimSpace(value)
	return nil
}

// cslOrigin is what a source of the collection means.
type cslOrigin struct {
	code, register string
	authority      sanctions.Authority
	measure        sanctions.Measure
}

var cslOrigins = sync.OnceValue(func() []cslOrigin {
	var out []cslOrigin
	for _, row := range table("csl.csv") {
		out = append(out, cslOrigin{row["code"], row["register"], sanctions.Authority(row["authority"]), mustMeasure(row["measure"])})
	}
	return out
})

// cslPlaceName is what BIS rows have for a name where an address is listed.
var cslPlaceName = regexp.MustCompile(`^Address \d+$`)

// readCSL reads the Consolidated Screening List of trade.gov, which collects the
// lists of OFAC, BIS and State. Its columns circulate in two orders and with or
// without _id. A row of an OFAC list has OFAC's number and is the same
// designation as in OFAC's own file. BIS rows have no type of party, and none is
// guessed.
func readCSL(r *reading) {
	for row := range csvRecords[cslRow](r, csvfile.Extra(), csvfile.Require("source", "name")) {
		c, at := &row.Value, row.Source
		origin, known := cslOriginOf(c[cslSource])
		if !known {
			r.note(UnknownTerm, at, c[cslSource], "the source list is not known; the measure is other")
		}
		number := cmp.Or(c[cslNumber], c[cslID])
		if number == "" {
			sum := sha256.Sum256([]byte(c[cslSource] + "\x00" + c[cslName] + "\x00" + c[cslAddresses]))
			number = hex.EncodeToString(sum[:8])
		}
		d := r.draft(number, at)
		key := cmp.Or(origin.register, c[cslSource]) + "/" + number
		if strings.HasPrefix(origin.register, "ofac-") && c[cslNumber] != "" {
			d.addKey("ofac/" + number)
		}
		act := d.act(r.list, key, origin.authority, at)
		for _, p := range split(c[cslPrograms], ";") {
			act.Programmes = append(act.Programmes, strings.Trim(p, "[] ")) // leftovers of OFAC's "A] [B"
		}
		act.Basis = c[cslNotice]
		act.Text = joinNonEmpty("; ", c[cslRequirement], c[cslPolicy])
		r.period(act, c[cslStart], c[cslEnd], at)
		r.cslName(d, c, at)
		d.Kind, _ = sanctions.ParseKind(c[cslType])
		d.addRemark("Title", c[cslTitle], at)
		d.addRemark("Standard Order", c[cslStandardOrder], at)
		if c[cslCallSign] != "" {
			d.addIdentifier(sanctions.NewIdentifier(sanctions.CallSign, c[cslCallSign], ""), at)
		}
		d.addRemark("Vessel Type", c[cslVesselType], at)
		d.addRemark("Tonnage", c[cslGrossTonnage], at)
		d.addRemark("Gross Registered Tonnage", c[cslGRT], at)
		d.addCountry(c[cslFlag])
		d.addLink("vessel owner", c[cslOwner], at)
		for _, list := range []struct{ tag, cell string }{{"citizen", c[cslCitizenships]}, {"nationality", c[cslNationalities]}} {
			for _, n := range split(list.cell, ";") {
				d.addCountry(n)
				d.addRemark(list.tag, n, at)
			}
		}
		for _, b := range split(c[cslBirths], ";") {
			d.Births = append(d.Births, parseSpan(b))
		}
		for _, b := range split(c[cslBirthplaces], ";") {
			d.addRemark("POB", b, at)
		}
		d.remarks = joinNonEmpty("; ", d.remarks, c[cslRemarks])
		for _, id := range split(c[cslIDs], ";") {
			if part, ok := cslFact(id); ok {
				d.remarks = joinNonEmpty("; ", strings.TrimSuffix(d.remarks, "."), part)
			} else {
				d.addRemark("Identification", id, at)
			}
		}
		d.remarksAt = at
		d.narrative = ofacNarrative
		if origin.register != "ofac-sdn" {
			act.Measures = append(act.Measures, origin.measure)
		}
		if !known {
			act.Measures = []sanctions.Measure{sanctions.OtherMeasure}
			act.Text = joinNonEmpty("; ", c[cslSource], act.Text)
		}
	}
}

func cslOriginOf(source string) (cslOrigin, bool) {
	for _, o := range cslOrigins() {
		if strings.Contains(strings.ToLower(source), strings.ToLower(o.code)) {
			return o, true
		}
	}
	return cslOrigin{measure: sanctions.OtherMeasure}, false
}

// cslName adds the names of a row and its addresses. Where BIS lists an address
// the name is only "Address 01"; the address itself is then the name.
func (r *reading) cslName(d *draft, c *cslRow, at sanctions.Source) {
	addresses := split(c[cslAddresses], ";")
	name := c[cslName]
	if cslPlaceName.MatchString(name) && len(addresses) > 0 {
		d.addRemark("Name", name, at)
		name = addresses[0]
	}
	d.addName(name, sanctions.NamePrimary, false, at)
	for _, alt := range append(split(c[cslAltNames], ";"), name) {
		if strings.Contains(alt, "?") {
			r.note(UnknownTerm, at, alt, "a name has question marks in place of letters, as published")
		}
		if !cslPlaceName.MatchString(alt) {
			d.addName(alt, sanctions.NameAlias, false, at)
		}
	}
	for _, a := range addresses {
		text, country, found := cutLast(a, ",")
		if code, ok := sanctions.ParseCountry(strings.TrimSpace(country)); ok && found {
			d.addAddress(text, code, at)
		} else {
			d.addAddress(a, "", at)
		}
	}
}

// cslFact turns "1027700049486, Registration ID" or "Registration ID,
// 1027700049486, RU" back into a part of OFAC's remarks, which says the same
// with the label in front and the country in brackets behind.
func cslFact(text string) (part string, ok bool) {
	var label, country string
	var others []string
	for _, p := range split(text, ",") {
		if p = strings.TrimRight(p, " -"); p == "" {
			continue
		}
		code, isCountry := sanctions.ParseCountry(p)
		switch _, rest, known := ruleFor(p); {
		case known && rest == "" && label == "":
			label = p
		case isCountry && len(p) == 2 && country == "":
			country = code
		default:
			others = append(others, p)
		}
	}
	if label == "" || len(others) == 0 {
		return "", false
	}
	part = label + " " + strings.Join(others, ", ")
	if country != "" {
		part += " (" + country + ")"
	}
	return part, true
}
