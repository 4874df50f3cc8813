package lists

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

const (
	ukUpdated = iota
	ukID
	ukGroup
	ukUNReference
	ukName6
	ukName1
	ukName2
	ukName3
	ukName4
	ukName5
	ukNameType
	ukStrength
	ukTitle
	ukScriptName
	ukScript
	ukLanguage
	ukRegime
	ukKind
	ukSource
	ukMeasures
	ukOther
	ukReasons
	ukAddress1
	ukAddress2
	ukAddress3
	ukAddress4
	ukAddress5
	ukAddress6
	ukPostcode
	ukCountry
	ukPhone
	ukWebsite
	ukEmail
	ukDesignated
	ukBirth
	ukNationality
	ukNationalID
	ukNationalIDNote
	ukPassport
	ukPassportNote
	ukPosition
	ukGender
	ukBirthTown
	ukBirthCountry
	ukEntityType
	ukSubsidiaries
	ukParent
	ukRegistration
	ukIMO
	ukOwner
	ukPreviousOwner
	ukFlag
	ukPreviousFlags
	ukShipType
	ukTonnage
	ukLength
	ukBuilt
	ukHIN
	ukWidth
)

var ukColumns = []string{"Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", "Name 6", "Name 1", "Name 2",
	"Name 3", "Name 4", "Name 5", "Name type", "Alias strength", "Title", "Name non-latin script", "Non-latin script type",
	"Non-latin script language", "Regime Name", "Designation Type", "Designation source", "Sanctions Imposed",
	"Other Information", "UK Statement of Reasons", "Address Line 1", "Address Line 2", "Address Line 3", "Address Line 4",
	"Address Line 5", "Address Line 6", "Address Postal Code", "Address Country", "Phone number", "Website", "Email address",
	"Date Designated", "D.O.B", "Nationality(/ies)", "National Identifier number", "National Identifier additional information",
	"Passport number", "Passport additional information", "Position", "Gender", "Town of birth", "Country of birth",
	"Type of entity", "Subsidiaries", "Parent company", "Business registration number (s)", "IMO number",
	"Current owner/operator (s)", "Previous owner/operator (s)", "Current believed flag of ship", "Previous flags",
	"Type of ship", "Tonnage of ship", "Length of ship", "Year Built", "Hull identification number (HIN)"}

type ukRow [ukWidth]string

func (*ukRow) Columns() []string { return ukColumns }

func (r *ukRow) SetCell(i int, value string) error {
	r[i] = strings.TrimSpace(value)
	return nil
}

// readUK reads the UK Sanctions List of the FCDO, since 28 January 2026 the only
// list of UK designations: a line with the day of the report, a header of 58
// columns, many rows for one Unique ID. What is imposed stands in Sanctions
// Imposed, and is not always an asset freeze.
func readUK(r *reading) {
	rest, line, err := r.preamble("Unique ID", "Name 6")
	if err != nil {
		r.fault(r.at(1), "", "", err)
		return
	}
	for row := range csvRecordsOf[ukRow](r, rest, csvfile.Extra(), csvfile.FirstLine(line), csvfile.Require("Unique ID", "Name 6", "Sanctions Imposed")) {
		c, at := &row.Value, row.Source
		if c[ukID] == "" {
			r.fault(at, "Unique ID", "", errors.New("the row belongs to no designation"))
			continue
		}
		d := r.draft(c[ukID], at)
		if len(d.Designations) == 0 {
			d.addKey("uk/" + strings.ToUpper(c[ukID]))
		}
		if c[ukGroup] != "" {
			d.addKey("uk-ofsi/" + c[ukGroup])
		}
		if c[ukUNReference] != "" {
			d.addKey("un-ref/" + strings.ToUpper(c[ukUNReference]))
		}
		act := d.act(r.list, "uk/"+c[ukID], sanctions.AuthorityUK, at)
		if c[ukGroup] != "" && d.also == nil { // the retired list's entry is this designation
			d.also = map[string]string{"uk-ofsi/" + c[ukGroup]: "uk/" + c[ukID]}
		}
		for _, m := range split(c[ukMeasures], "|") {
			r.addMeasure(act, m, at)
		}
		if c[ukRegime] != "" && !slices.Contains(act.Programmes, c[ukRegime]) {
			act.Programmes = append(act.Programmes, c[ukRegime])
		}
		act.Basis = cmp.Or(act.Basis, c[ukRegime])
		if c[ukReasons] != "" && !strings.Contains(act.Text, c[ukReasons]) {
			act.Text = joinNonEmpty("; ", act.Text, c[ukReasons])
		}
		if act.Period.From.IsZero() {
			r.period(act, c[ukDesignated], "", at)
		}
		if d.Kind == sanctions.KindUnknown {
			if d.Kind, err = sanctions.ParseKind(c[ukKind]); err != nil {
				r.note(UnknownTerm, at, c[ukKind], "the type of designation is not known")
			}
		}
		ukName(d, c[ukNameType], c[ukStrength], at, c[ukScriptName], c[ukName1], c[ukName2], c[ukName3], c[ukName4], c[ukName5], c[ukName6])
		d.addAddress(joinNonEmpty(", ", c[ukAddress1], c[ukAddress2], c[ukAddress3], c[ukAddress4], c[ukAddress5], c[ukAddress6], c[ukPostcode]),
			c[ukCountry], at)
		r.ukFacts(d, c, at)
	}
	for _, id := range slices.Sorted(maps.Keys(r.drafts)) {
		d := r.drafts[id]
		for i := range d.Designations {
			act := &d.Designations[i]
			if act.Authority == sanctions.AuthorityUK && len(act.Measures) == 0 {
				act.Measures = []sanctions.Measure{sanctions.OtherMeasure}
				r.note(UnknownTerm, d.Source, d.number, "designations state no sanction and are kept as other: not every one is an asset freeze")
			}
		}
	}
}

// ukName adds a name of parts 1 to 6 and its spelling in another script. An
// alias of low quality is weak; strength is often blank.
func ukName(d *draft, kind, strength string, at sanctions.Source, script string, parts ...string) {
	name := sanctions.NameAlias
	switch strings.ToLower(kind) {
	case "primary name":
		name = sanctions.NamePrimary
	case "fka":
		name = sanctions.NameFormer
	}
	weak := strings.HasPrefix(strings.ToLower(strength), "low")
	d.addName(joinNonEmpty(" ", parts...), name, weak, at)
	if name == sanctions.NamePrimary {
		name = sanctions.NameAlias
	}
	d.addName(script, name, weak, at)
}

func (r *reading) ukFacts(d *draft, c *ukRow, at sanctions.Source) {
	for _, n := range ukParts(c[ukNationality]) {
		if !d.addCountry(n) && !isNothing(n) {
			r.note(UnknownTerm, at, n, "the nationality is not known; it is kept as a remark")
			d.addRemark("nationality", n, at)
		}
	}
	for _, b := range ukParts(c[ukBirth]) {
		d.Births = append(d.Births, parseSpan(b))
	}
	home := ""
	if len(d.Countries) == 1 {
		home = d.Countries[0]
	}
	for _, f := range []struct {
		cell, note int
		scheme     sanctions.Scheme
	}{
		{ukNationalID, ukNationalIDNote, sanctions.NationalID}, {ukPassport, ukPassportNote, sanctions.Passport},
		{ukRegistration, -1, sanctions.Registration}, {ukIMO, -1, sanctions.IMO},
		{ukPhone, -1, sanctions.Phone}, {ukEmail, -1, sanctions.Email}, {ukWebsite, -1, sanctions.Website},
	} {
		for _, part := range ukParts(c[f.cell]) {
			ids, whole := numbersIn(part, f.scheme, home)
			for _, id := range ids {
				d.addIdentifier(id, at)
			}
			if !whole {
				d.addRemark(ukColumns[f.cell], part, at)
			}
		}
		if f.note >= 0 {
			d.addRemark(ukColumns[f.note], c[f.note], at)
		}
	}
	// Ownership in prose stays prose: no percentage is read from it.
	for _, f := range []struct {
		cell     int
		relation string
	}{{ukSubsidiaries, "subsidiary"}, {ukParent, "parent"}, {ukOwner, "vessel owner"}, {ukPreviousOwner, "former vessel owner"}} {
		for _, part := range ukParts(c[f.cell]) {
			d.addLink(f.relation, part, at)
		}
	}
	for _, part := range ukParts(c[ukFlag]) {
		d.addCountry(part)
	}
	d.addRemark("POB", joinNonEmpty(", ", c[ukBirthTown], c[ukBirthCountry]), at)
	for _, i := range []int{ukTitle, ukOther, ukPosition, ukGender, ukEntityType, ukSource, ukFlag, ukPreviousFlags, ukShipType, ukTonnage, ukLength, ukBuilt, ukHIN} {
		d.addRemark(ukColumns[i], c[i], at)
	}
}

// ukParts splits a cell that holds several values: "a|b" or "(1) a (2) b".
func ukParts(cell string) []string {
	parts := split(cell, "|")
	if len(parts) != 1 || !strings.HasPrefix(cell, "(1)") {
		return parts
	}
	var out []string
	for _, p := range strings.Split(cell, "(") {
		if mark, rest, ok := strings.Cut(p, ")"); ok && isDigits(mark) {
			out = append(out, strings.TrimSpace(rest))
		} else if p != "" && len(out) > 0 {
			out[len(out)-1] += " (" + p
		}
	}
	return out
}
