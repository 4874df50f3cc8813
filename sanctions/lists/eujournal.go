package lists

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

const (
	journalCelex = iota
	journalRecord
	journalProgramme
	journalAnnex
	journalMeasure
	journalStart
	journalReason
	journalSchema
	journalName
	journalAlias
	journalWeakAlias
	journalPrevious
	journalCountry
	journalNationality
	journalJurisdiction
	journalBirth
	journalBirthPlace
	journalPosition
	journalPassport
	journalGender
	journalIncorporated
	journalLegalForm
	journalSector
	journalRegistration
	journalTax
	journalID
	journalINN
	journalOGRN
	journalKPP
	journalOKPO
	journalLEI
	journalBIC
	journalTicker
	journalIMO
	journalMMSI
	journalFlag
	journalAddress
	journalPhone
	journalEmail
	journalWebsite
	journalNotes
	journalWidth
)

var journalColumns = []string{"celex", "recordId", "programKey", "annex", "measure", "startDate", "reason", "schema", "name",
	"alias", "weakAlias", "previousName", "country", "nationality", "jurisdiction", "birthDate", "birthPlace", "position",
	"passportNumber", "gender", "incorporationDate", "legalForm", "sector", "registrationNumber", "taxNumber", "idNumber",
	"innCode", "ogrnCode", "kppCode", "okpoCode", "leiCode", "swiftBic", "ticker", "imoNumber", "mmsi", "flag", "address",
	"phone", "email", "website", "notes"}

type journalRow [journalWidth]string

func (*journalRow) Columns() []string { return journalColumns }

func (r *journalRow) SetCell(i int, value string) error {
	r[i] = strings.TrimSpace(value)
	return nil
}

// readJournal reads annexes of the Official Journal brought into rows: 269/2014
// and 833/2014, which no file of the EU holds whole. A record's number counts
// within its annex. Dates are d.m.yyyy.
func readJournal(r *reading) {
	for row := range csvRecords[journalRow](r, csvfile.Extra(), csvfile.Require("recordId", "name")) {
		c, at := &row.Value, row.Source
		number := joinNonEmpty(".", c[journalAnnex], c[journalRecord])
		if c[journalRecord] == "" || c[journalName] == "" {
			r.fault(at, "recordId", c[journalRecord], errors.New("the row lacks a record number or a name"))
			continue
		}
		d := r.draft(number, at)
		if len(d.Designations) > 0 {
			r.fault(at, "recordId", c[journalRecord], fmt.Errorf("the record stands in this annex already at %v", d.Source))
			continue
		}
		act := d.act(r.list, "eu-journal/"+c[journalCelex]+"/"+number, sanctions.AuthorityEU, at)
		act.Basis = joinNonEmpty(" ", celexTitle(c[journalCelex]), annexTitle(c[journalAnnex]))
		act.Text = c[journalReason]
		if c[journalProgramme] != "" {
			act.Programmes = []string{c[journalProgramme]}
		}
		r.journalMeasures(act, c, at)
		r.period(act, c[journalStart], "", at)
		var err error
		if d.Kind, err = sanctions.ParseKind(c[journalSchema]); err != nil {
			r.note(UnknownTerm, at, c[journalSchema], "the kind of party is not known")
		}
		r.journalNames(d, c, at)
		r.journalFacts(d, c, at)
		r.journalIdentifiers(d, c, at)
	}
}

// journalMeasures reads the measure, or takes that of the annex.
func (r *reading) journalMeasures(act *sanctions.Designation, c *journalRow, at sanctions.Source) {
	for _, m := range split(c[journalMeasure], ";") {
		r.addMeasure(act, m, at)
	}
	if len(act.Measures) > 0 {
		return
	}
	annex, _, _ := strings.Cut(strings.ToLower(c[journalAnnex]), ".")
	switch {
	case strings.Contains(c[journalCelex], "R0833"):
		act.Measures = []sanctions.Measure{ruleOf("eu-833-annex-" + annex).measure}
	case strings.Contains(c[journalCelex], "R0269"):
		act.Measures = []sanctions.Measure{sanctions.Blocking}
	case r.rule.authority != sanctions.AuthorityEU: // the list's name does not say it either
		act.Measures = []sanctions.Measure{sanctions.OtherMeasure}
		r.note(UnknownTerm, at, c[journalCelex], "entries state no measure and are kept as other")
	}
}

var celexNumber = regexp.MustCompile(`^3(\d{4})([RD])0*(\d+)$`)

// celexTitle turns 32014R0833 into "Regulation (EU) 833/2014".
func celexTitle(celex string) string {
	m := celexNumber.FindStringSubmatch(celex)
	if m == nil {
		return celex
	}
	if m[2] == "D" {
		return "Decision (CFSP) " + m[1] + "/" + m[3]
	}
	return "Regulation (EU) " + m[3] + "/" + m[1]
}

func annexTitle(annex string) string {
	if annex == "" {
		return ""
	}
	return "Annex " + annex
}

// innerScript is a spelling in another script that a name carries in brackets.
var innerScript = regexp.MustCompile(`^(.*[^\s(])\s*\(([^()]*\p{Cyrillic}[^()]*)\)\s*$`)

func (r *reading) journalNames(d *draft, c *journalRow, at sanctions.Source) {
	d.addName(c[journalName], sanctions.NamePrimary, false, at)
	for _, list := range []struct {
		cell string
		kind sanctions.NameType
		weak bool
	}{
		{c[journalAlias], sanctions.NameAlias, false},
		{c[journalWeakAlias], sanctions.NameAlias, true},
		{c[journalPrevious], sanctions.NameFormer, false},
	} {
		for _, name := range split(list.cell, ";") {
			if m := innerScript.FindStringSubmatch(name); m != nil {
				d.addName(m[1], list.kind, list.weak, at)
				name = m[2]
			}
			d.addName(name, list.kind, list.weak, at)
		}
	}
}

var listWords = regexp.MustCompile(`\s*(?:;|,|\band/or\b|\band\b|\bor\b|/)\s*`)

func (r *reading) journalFacts(d *draft, c *journalRow, at sanctions.Source) {
	for _, cell := range []string{c[journalCountry], c[journalNationality], c[journalJurisdiction], c[journalFlag]} {
		text, note, _ := strings.Cut(cell, "(")
		for _, word := range listWords.Split(text, -1) {
			if _, whole := sanctions.ParseCountry(text); whole {
				word = text
			}
			if !d.addCountry(word) && !isNothing(word) {
				r.note(UnknownTerm, at, word, "the country is not known; it is kept as a remark")
				d.addRemark("country", cell, at)
			}
		}
		d.addRemark("country", strings.TrimSuffix(note, ")"), at)
	}
	d.Births = append(d.Births, birthSpans(c[journalBirth])...)
	for _, a := range split(c[journalAddress], ";") {
		_, country, _ := cutLast(a, ",")
		code, _ := sanctions.ParseCountry(country)
		d.addAddress(a, code, at)
	}
	for _, f := range []struct{ tag, cell string }{
		{"POB", c[journalBirthPlace]}, {"Position", c[journalPosition]}, {"Gender", c[journalGender]},
		{"Incorporated", c[journalIncorporated]}, {"Legal form", c[journalLegalForm]}, {"Sector", c[journalSector]},
		{"", c[journalNotes]},
	} {
		d.addRemark(f.tag, f.cell, at)
	}
}

var (
	orWord  = regexp.MustCompile(`\s*(?:;|\bor\b)\s*`)
	someDay = regexp.MustCompile(`\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{4}\b`)
)

// birthSpans reads alternatives, "24.6.1964 or 25.6.1964", and finds the date in
// a part that says more.
func birthSpans(cell string) []sanctions.DateSpan {
	var out []sanctions.DateSpan
	for _, part := range orWord.Split(cell, -1) {
		if !hasDigit(part) {
			continue
		}
		span := parseSpan(part)
		if span.From.IsZero() {
			span.Period = parseSpan(someDay.FindString(part)).Period
		}
		out = append(out, span)
	}
	return out
}

func (r *reading) journalIdentifiers(d *draft, c *journalRow, at sanctions.Source) {
	home := ""
	if len(d.Countries) == 1 {
		home = d.Countries[0]
	}
	for _, f := range []struct {
		cell   int
		scheme sanctions.Scheme
	}{
		{journalRegistration, sanctions.Registration}, {journalTax, sanctions.Tax}, {journalID, sanctions.NationalID},
		{journalPassport, sanctions.Passport}, {journalINN, sanctions.INN}, {journalOGRN, sanctions.OGRN},
		{journalKPP, sanctions.KPP}, {journalOKPO, sanctions.OKPO}, {journalLEI, sanctions.LEI}, {journalBIC, sanctions.BIC},
		{journalTicker, sanctions.Ticker}, {journalIMO, sanctions.IMO}, {journalMMSI, sanctions.MMSI},
		{journalPhone, sanctions.Phone}, {journalEmail, sanctions.Email}, {journalWebsite, sanctions.Website},
	} {
		found, whole := numbersIn(c[f.cell], f.scheme, home)
		for _, id := range found {
			d.addIdentifier(id, at)
		}
		if !whole {
			d.addRemark(journalColumns[f.cell], c[f.cell], at)
		}
	}
}
