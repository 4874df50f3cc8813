package lists

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

const (
	journalCelex = iota
	journalAmended
	journalAmending
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

var journalColumns = []string{"celex", "amendedCelex", "amendmentCelex", "recordId", "programKey", "annex", "measure", "startDate", "reason", "schema", "name",
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

// readJournal reads annexes of the Official Journal brought into rows: 269/2014,
// 833/2014 and others, which no file of the EU holds whole; either the
// consolidated annexes of an act or what an amending act added. A record's
// number counts within its annex, and some annexes have none. One party may
// stand in several rows, one for each measure or programme.
func readJournal(r *reading) {
	records := make(map[string][]csvfile.Row[journalRow])
	for row := range csvRecords[journalRow](r, csvfile.Extra(), csvfile.Require("recordId", "name")) {
		c := &row.Value
		if c[journalName] == "" {
			r.fault(row.Source, "name", "", errors.New("the row names nobody"))
			continue
		}
		c[journalCelex] = cmp.Or(c[journalCelex], c[journalAmended])
		number := joinNonEmpty(".", c[journalAnnex], c[journalRecord])
		records[number] = append(records[number], row)
	}
	for _, number := range slices.Sorted(maps.Keys(records)) {
		rows := records[number]
		// A number that the annex does not print, or prints for two parties, is
		// made of the name.
		own := rows[0].Value[journalRecord] != ""
		for _, row := range rows {
			own = own && row.Value[journalName] == rows[0].Value[journalName]
		}
		for _, row := range rows {
			n := number
			if !own {
				sum := sha256.Sum256([]byte(row.Value[journalName]))
				n = joinNonEmpty(".", number, hex.EncodeToString(sum[:4]))
			}
			r.journalRecord(n, &row.Value, row.Source)
		}
	}
}

func (r *reading) journalRecord(number string, c *journalRow, at sanctions.Source) {
	d := r.draft(number, at)
	key := joinNonEmpty("/", "eu-journal", c[journalCelex], number, c[journalStart])
	act := d.act(r.list, key, sanctions.AuthorityEU, at)
	if act.Sources[0] != at {
		act.Sources = append(act.Sources, at)
		slices.SortFunc(act.Sources, func(a, b sanctions.Source) int { return cmp.Compare(a.Line, b.Line) })
		d.Source = act.Sources[0]
	}
	act.Basis = joinNonEmpty(" ", celexTitle(c[journalCelex]), annexTitle(c[journalAnnex]))
	if c[journalAmending] != "" {
		act.Basis += " as amended by " + celexTitle(c[journalAmending])
	}
	if !strings.Contains(act.Text, c[journalReason]) {
		act.Text = joinNonEmpty("; ", act.Text, c[journalReason])
	}
	if c[journalProgramme] != "" {
		act.Programmes = append(act.Programmes, c[journalProgramme])
	}
	r.journalMeasures(act, c, at)
	r.period(act, c[journalStart], "", at)
	if c[journalSchema] != "Asset" { // a port, an airport, a refinery, a crypto-asset: no kind of party
		var err error
		if d.Kind, err = sanctions.ParseKind(c[journalSchema]); err != nil {
			r.note(UnknownTerm, at, c[journalSchema], "the kind of party is not known")
		}
	}
	r.journalNames(d, c, at)
	r.journalFacts(d, c, at)
	r.journalIdentifiers(d, c, at)
}

// journalMeasures reads the measure. The annexes of 833/2014 say more than the
// word that stands in the row ("Financial restrictions" for a ban on all
// transactions), so theirs goes by the annex; and what the EU calls export
// control is a trade restriction of the EU, no licence of BIS.
func (r *reading) journalMeasures(act *sanctions.Designation, c *journalRow, at sanctions.Source) {
	annex, _, _ := strings.Cut(strings.ToLower(c[journalAnnex]), ".")
	if strings.Contains(c[journalCelex], "R0833") && annex != "" {
		if rule := ruleOf("eu-833-annex-" + annex); strings.Contains(rule.pattern, "annex") {
			act.Measures = append(act.Measures, rule.measure)
			return
		}
	}
	word := c[journalMeasure]
	if m, ok := measureOf(word); ok && m == sanctions.ExportControl {
		act.Measures = append(act.Measures, sanctions.TradeRestriction)
		return
	}
	for _, m := range split(word, ";") {
		r.addMeasure(act, m, at)
	}
	switch {
	case word != "":
	case strings.Contains(c[journalCelex], "R0833"):
		act.Measures = append(act.Measures, sanctions.TradeRestriction)
	case strings.Contains(c[journalCelex], "R0269"):
		act.Measures = append(act.Measures, sanctions.Blocking)
	case r.rule.authority != sanctions.AuthorityEU: // the list's name does not say it either
		act.Measures = append(act.Measures, sanctions.OtherMeasure)
		r.note(UnknownTerm, at, c[journalCelex], "entries state no measure and are kept as other")
	}
}

var celexNumber = regexp.MustCompile(`^3(\d{4})([RD])0*(\d+)$`)

// celexTitle turns 32014R0833 into "Regulation (EU) 833/2014" and 32026R1941 into
// "Regulation (EU) 2026/1941": since 2015 the year stands first.
func celexTitle(celex string) string {
	m := celexNumber.FindStringSubmatch(celex)
	if m == nil {
		return celex
	}
	if m[1] >= "2015" {
		return map[string]string{"R": "Regulation (EU) ", "D": "Decision (CFSP) "}[m[2]] + m[1] + "/" + m[3]
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
		for _, name := range values(list.cell) {
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
	for _, a := range values(c[journalAddress]) {
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
