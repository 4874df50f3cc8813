package lists

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

const (
	fsfGenerated = iota
	fsfID
	fsfReference
	fsfUNID
	fsfDesignated
	fsfDetails
	fsfRemark
	fsfSubject
	fsfSubjectCode
	fsfPublished
	fsfInForce
	fsfRegulation
	fsfProgramme
	fsfLastName
	fsfFirstName
	fsfMiddleName
	fsfWholeName
	fsfGender
	fsfTitle
	fsfFunction
	fsfNameID
	fsfNameRemark
	fsfCity
	fsfStreet
	fsfPoBox
	fsfZip
	fsfRegion
	fsfPlace
	fsfContact
	fsfCountry
	fsfCountryName
	fsfBirth
	fsfBirthDay
	fsfBirthMonth
	fsfBirthYear
	fsfBirthFrom
	fsfBirthTo
	fsfBirthCirca
	fsfBirthPlace
	fsfBirthCity
	fsfBirthCountry
	fsfNumber
	fsfLatinNumber
	fsfTypeCode
	fsfTypeName
	fsfIssuer
	fsfIssuerName
	fsfNumberRemark
	fsfCitizenship
	fsfCitizenshipName
	fsfWidth
)

var fsfColumns = []string{"fileGenerationDate", "Entity_LogicalId", "Entity_EU_ReferenceNumber", "Entity_UnitedNationId",
	"Entity_DesignationDate", "Entity_DesignationDetails", "Entity_Remark", "Entity_SubjectType",
	"Entity_SubjectType_ClassificationCode", "Entity_Regulation_PublicationDate", "Entity_Regulation_EntryIntoForceDate",
	"Entity_Regulation_NumberTitle", "Entity_Regulation_Programme",
	"NameAlias_LastName", "NameAlias_FirstName", "NameAlias_MiddleName", "NameAlias_WholeName", "NameAlias_Gender",
	"NameAlias_Title", "NameAlias_Function", "NameAlias_LogicalId", "NameAlias_Remark",
	"Address_City", "Address_Street", "Address_PoBox", "Address_ZipCode", "Address_Region", "Address_Place",
	"Address_ContactInfo", "Address_CountryIso2Code", "Address_CountryDescription",
	"BirthDate_BirthDate", "BirthDate_Day", "BirthDate_Month", "BirthDate_Year", "BirthDate_YearRangeFrom",
	"BirthDate_YearRangeTo", "BirthDate_Circa", "BirthDate_Place", "BirthDate_City", "BirthDate_CountryDescription",
	"Identification_Number", "Identification_LatinNumber", "Identification_TypeCode", "Identification_TypeDescription",
	"Identification_CountryIso2Code", "Identification_CountryDescription", "Identification_Remark",
	"Citizenship_CountryIso2Code", "Citizenship_CountryDescription"}

type fsfRow [fsfWidth]string

func (*fsfRow) Columns() []string { return fsfColumns }

func (r *fsfRow) SetCell(i int, value string) error {
	r[i] = strings.TrimSpace(value)
	return nil
}

// readFSF reads the EU's consolidated file of financial sanctions, CSV v1.1:
// semicolons, one row for each name, address, birth, document or citizenship of
// a party, 113 or 118 columns by edition. It holds asset freezes only; the
// annexes of Regulation 833/2014 are not in it.
func readFSF(r *reading) {
	rest, line, err := r.preamble("Entity_LogicalId", "NameAlias_WholeName")
	if err != nil {
		r.fault(r.at(1), "", "", err)
		return
	}
	for row := range csvRecordsOf[fsfRow](r, rest, csvfile.Extra(), csvfile.Comma(';'), csvfile.LazyQuotes(), csvfile.FirstLine(line)) {
		c, at := &row.Value, row.Source
		if c[fsfID] == "" {
			if *c == (fsfRow{}) {
				continue // a row of separators closes some editions
			}
			r.fault(at, "Entity_LogicalId", "", errors.New("the row belongs to no entity"))
			continue
		}
		d := r.draft(c[fsfID], at)
		if len(d.Designations) == 0 {
			d.addKey("eu-fsf/" + c[fsfID])
		}
		reference := strings.ToLower(strings.ReplaceAll(c[fsfReference], ".", "-"))
		if reference != "" {
			d.addKey("eu-ref/" + reference)
		}
		key := "eu-fsf/" + cmp.Or(reference, c[fsfID]) // collections know the reference
		if len(d.acts) > 0 {
			key = d.acts[0]
		}
		act := d.act(r.list, key, sanctions.AuthorityEU, at)
		act.Measures = []sanctions.Measure{sanctions.Blocking}
		if c[fsfUNID] != "" {
			d.addRemark("UN reference", c[fsfUNID], at)
		}
		if c[fsfProgramme] != "" && !slices.Contains(act.Programmes, c[fsfProgramme]) {
			act.Programmes = append(act.Programmes, c[fsfProgramme])
		}
		act.Basis = cmp.Or(act.Basis, c[fsfRegulation])
		act.Text = cmp.Or(act.Text, c[fsfDetails])
		if act.Period.From.IsZero() {
			r.period(act, cmp.Or(c[fsfDesignated], c[fsfInForce], c[fsfPublished]), "", at)
		}
		if d.Kind == sanctions.KindUnknown {
			d.Kind = fsfKind(c[fsfSubject], c[fsfSubjectCode])
		}
		d.addRemark("", c[fsfRemark], at)
		r.fsfName(d, c, at)
		r.fsfRest(d, c, at)
	}
}

func fsfKind(words ...string) sanctions.Kind {
	for _, w := range words {
		switch strings.ToLower(w) {
		case "p", "person":
			return sanctions.KindPerson
		case "e", "enterprise":
			return sanctions.KindEntity
		}
	}
	return sanctions.KindUnknown
}

// fsfName adds the name of a row. The file marks no leading name: the one with
// the lowest number leads, since it was there first. A remark of low quality
// makes an alias weak.
func (r *reading) fsfName(d *draft, c *fsfRow, at sanctions.Source) {
	name := cmp.Or(c[fsfWholeName], joinNonEmpty(" ", c[fsfFirstName], c[fsfMiddleName], c[fsfLastName]))
	if name == "" {
		return
	}
	kind, leads := sanctions.NameAlias, len(d.Names) > 0 && d.Names[0].Type == sanctions.NamePrimary
	remark := strings.ToLower(c[fsfNameRemark])
	if strings.Contains(remark, "formerly") || strings.Contains(remark, "former name") || strings.Contains(remark, "f.k.a") {
		kind = sanctions.NameFormer
	}
	weak := strings.Contains(remark, "low quality")
	switch {
	case kind == sanctions.NameFormer || weak:
	case !leads:
		kind, d.lead = sanctions.NamePrimary, c[fsfNameID]
	case c[fsfNameID] != "" && compareNumbers(c[fsfNameID], d.lead) < 0:
		kind, d.lead = sanctions.NamePrimary, c[fsfNameID]
		d.Names[0].Type = sanctions.NameAlias
	}
	d.addName(name, kind, weak, at)
	if last := len(d.Names) - 1; kind == sanctions.NamePrimary {
		d.Names[0], d.Names[last] = d.Names[last], d.Names[0]
	}
	d.addRemark("Name", c[fsfNameRemark], at)
	d.addRemark("Gender", c[fsfGender], at)
	d.addRemark("Title", c[fsfTitle], at)
	d.addRemark("Function", c[fsfFunction], at)
}

func (r *reading) fsfRest(d *draft, c *fsfRow, at sanctions.Source) {
	box := c[fsfPoBox]
	if box != "" {
		box = "P.O. Box " + box
	}
	text := joinNonEmpty(", ", c[fsfStreet], box, c[fsfZip], c[fsfCity], c[fsfPlace], c[fsfRegion])
	country := c[fsfCountry]
	if country == "" || country == "00" {
		country = c[fsfCountryName]
	}
	d.addAddress(text, country, at)
	d.addRemark("Contact", c[fsfContact], at)
	switch {
	case c[fsfBirth] != "":
		d.addBirth(c[fsfBirth], c[fsfBirthCirca])
	case c[fsfBirthFrom] != "" || c[fsfBirthTo] != "":
		d.addBirth(joinNonEmpty(" to ", c[fsfBirthFrom], c[fsfBirthTo]), c[fsfBirthCirca])
	case c[fsfBirthYear] != "":
		d.addBirth(joinNonEmpty("/", c[fsfBirthDay], c[fsfBirthMonth], c[fsfBirthYear]), c[fsfBirthCirca])
	}
	d.addRemark("POB", joinNonEmpty(", ", c[fsfBirthPlace], c[fsfBirthCity], c[fsfBirthCountry]), at)
	if number := cmp.Or(c[fsfNumber], c[fsfLatinNumber]); number != "" {
		country, _ := sanctions.ParseCountry(cmp.Or(c[fsfIssuer], c[fsfIssuerName]))
		id := identifierOf(fsfScheme(c[fsfTypeCode], c[fsfTypeName]), number, country)
		d.addIdentifier(id, at)
		if id.Scheme == sanctions.OtherID || c[fsfNumberRemark] != "" {
			d.addRemark("Identification", joinNonEmpty(", ", c[fsfTypeName], number, c[fsfNumberRemark]), at)
		}
	}
	if nation := cmp.Or(c[fsfCitizenship], c[fsfCitizenshipName]); nation != "" && !d.addCountry(nation) {
		d.addCountry(c[fsfCitizenshipName])
	}
}

func fsfScheme(code, name string) sanctions.Scheme {
	switch strings.ToLower(code) {
	case "passport", "pass", "diplomatic":
		return sanctions.Passport
	case "id", "ssn", "birthcert", "residentperm":
		return sanctions.NationalID
	case "regnumber", "reg", "tradelic":
		return sanctions.Registration
	case "fiscalcode", "taxid", "tax":
		return sanctions.Tax
	case "swiftbic", "swift":
		return sanctions.BIC
	case "imo":
		return sanctions.IMO
	case "electronic":
		return sanctions.Email
	}
	switch name = strings.ToLower(name); {
	case strings.Contains(name, "passport"):
		return sanctions.Passport
	case strings.Contains(name, "tax") || strings.Contains(name, "fiscal"):
		return sanctions.Tax
	case strings.Contains(name, "registration"):
		return sanctions.Registration
	case strings.Contains(name, "national"):
		return sanctions.NationalID
	}
	return sanctions.OtherID
}
