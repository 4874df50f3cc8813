package lists_test

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// publishedLabels is what OFAC writes in its remarks before a number of each
// scheme, as the lists as published word it. It is the oracle's own: the tables of
// the package are not read.
const publishedLabels = `
imo:         Vessel Registration Identification | Identification Number IMO | Company Number IMO | International Maritime Organization No.
mmsi:        MMSI
callsign:    Other Vessel Call Sign | Vessel Call Sign
tail:        Aircraft Tail Number | Previous Aircraft Tail Number
bic:         SWIFT/BIC
isin:        ISIN | Identification Number ISIN
duns:        D-U-N-S Number
ticker:      Equity Ticker
crypto:      Digital Currency Address
lei:         Legal Entity Number
okpo:        Government Gazette Number
uscc:        Unified Social Credit Code (USCC) | United Social Credit Code Certificate (USCCC)
website:     Website
email:       Email Address | Email | EMAIL
phone:       Phone Number | Phone | PHONE | Telephone | Telephone Number | Fax | FAX
reg:         Registration ID | Registration Number | Public Registration Number | MSB Registration Number | Business Registration Number
reg:         Business Registration Document | Business Number | Commercial Registry Number | Company Number | UK Company Number
reg:         Company ID | Central Registration System Number | Certificate of Incorporation Number | Registered Charity
reg:         Branch Unit Number | Economic Register Number (CBLS) | Enterprise Number | Organization Code | Entity Number | Romanian C.R.
reg:         C.R. | Chamber of Commerce Number | Istanbul Chamber of Comm. | Dubai Chamber of Commerce Membership | Folio Mercantil
reg:         Matricula Mercantil
tax:         Tax ID | NIT | RUC | RIF | RTN | R.F.C. | RFC | C.U.I.T. | C.I.F. | US FEIN | Fiscal Code | Italian Fiscal Code
tax:         Tax Registration Number | Romanian Tax Registration | Paraguayan tax identification number | RSIN
tax:         Numero Unico de Identificacao Tributaria (NUIT)
vat:         V.A.T. Number
licence:     Trade License | License | Tourism License | Driver's License | Pilot License Number
licence:     Afghan Money Service Provider License Number | SRE Permit | Permit Number
passport:    Passport | Passport Booklet | Diplomatic Passport Laissez-Passer | Diplomatic Passport | Stateless Person Passport
passport:    British National Overseas Passport | Travel Document Number
national_id: National ID | National Foreign ID Number | Identification Number | Cedula | Cedula de Ciudadania | Cedula de Residencia
national_id: C.U.R.P. | C.U.I.P. | C.U.I. | D.N.I. | N.I.E. | I.F.E. | Electoral Registry | Credencial electoral | LE Number | SSN
national_id: Personal ID Card | Kenyan ID | Bosnian Personal ID | Moroccan Personal ID | UAE Identification | Romanian Permanent Resident
national_id: Turkish Identification Number | Numero de Identidad | Citizen's Card Number | Residency Number | Refugee ID Card
national_id: Stateless Person ID Card | Birth Certificate Number | Cartilla de Servicio Militar Nacional | Tazkira National ID Card
national_id: CNP (Personal Numerical Code)
other:       BIK (RU) | Chinese Commercial Code | Serial | Stock Keeping Unit | File Number | Aircraft Mode S Transponder Code
other:       Aircraft Manufacturer's Serial Number (MSN) | Aircraft Construction Number (also called L/N or S/N or F/N)
other:       Aircraft Serial Identification | Seafarer's Identification Document | Immigration | Public Security and Immigration
other:       VisaNumberID | Tarjeta Profesional | Temporary suspension of deportation
`

// publishedShapes say which numbers are of another scheme than their label
// says: a tax number of Russia with ten digits is an INN. A country may be any
// (*), or none.
var publishedShapes = []struct {
	labels, countries string
	number            *regexp.Regexp
	scheme            sanctions.Scheme
}{
	{"tax reg", "RU", regexp.MustCompile(`^(\d{10}|\d{12})$`), "inn"},
	{"tax reg other", "RU", regexp.MustCompile(`^(\d{13}|\d{15})$`), "ogrn"},
	{"okpo", "RU none", regexp.MustCompile(`^(\d{8}|\d{10})$`), "okpo"},
	{"okpo", "*", regexp.MustCompile(`.`), "reg"},
	{"lei", "*", regexp.MustCompile(`^(.{1,19}|.{21,})$`), "reg"},
	{"reg", "IN", regexp.MustCompile(`^[LU]\d{5}[A-Z]{2}\d{4}[A-Z]{3}\d{6}$`), "cin"},
	{"reg", "CN", regexp.MustCompile(`^\d+$`), "reg"}, // OFAC writes older numbers without a letter
	{"tax", "CN", regexp.MustCompile(`^\d+$`), "tax"},
	{"tax reg", "CN", regexp.MustCompile(`^[0-9A-Z]{2}\d{6}[0-9A-Z]{10}$`), "uscc"},
}

// schemeOf is the scheme of a number behind a label of the given scheme.
func schemeOf(label sanctions.Scheme, number, country string) sanctions.Scheme {
	if country == "" {
		country = "none"
	}
	for _, s := range publishedShapes {
		in := func(words, word string) bool { return slices.Contains(strings.Fields(words), word) }
		if in(s.labels, string(label)) && (s.countries == "*" || in(s.countries, country)) && s.number.MatchString(number) {
			return s.scheme
		}
	}
	return label
}

// publishedSchemes are publishedLabels by label.
var publishedSchemes = func() map[string]sanctions.Scheme {
	schemes := map[string]sanctions.Scheme{}
	for line := range strings.Lines(strings.TrimSpace(publishedLabels)) {
		scheme, labels, _ := strings.Cut(line, ":")
		for label := range strings.SplitSeq(labels, "|") {
			schemes[strings.TrimSpace(label)] = sanctions.Scheme(scheme)
		}
	}
	return schemes
}()

var (
	// publishedPart is a label, the longest that fits, what joins a number to it,
	// perhaps a second name of it ("CNIC: "), and the rest.
	publishedPart = func() *regexp.Regexp {
		labels := slices.SortedFunc(maps.Keys(publishedSchemes), func(a, b string) int { return len(b) - len(a) })
		for i := range labels {
			labels[i] = regexp.QuoteMeta(labels[i])
		}
		return regexp.MustCompile(`^(` + strings.Join(labels, "|") + `)[ :#-]+(?:(?:No|Number)\b[.:]*)?[ :#(]*(?:[A-Z][A-Za-z]*: )?(.+)$`)
	}()
	// publishedEnd is a number, which has a digit, and what may stand behind it: a
	// place in brackets, a comma, a word.
	publishedEnd     = regexp.MustCompile(`^(.*?[0-9].*?)(?: \([A-Z][a-z][^0-9]*|, .*|,? [A-Z]?[a-z]{2,}.*|[.)]+)?$`)
	publishedCountry = regexp.MustCompile(`\(([^()]+)\)`)
	publishedAddress = regexp.MustCompile(`^(?:https?://|www\.)[^ ]+|^[^ :]+@[^ ]+`)
	notInNumber      = regexp.MustCompile(`[^0-9A-Z]`)
)

// identity is an identifier of the party with a number.
type identity struct {
	party  string
	scheme sanctions.Scheme
	value  string
}

// identityPlainly reads a part of remarks; the country is that in its brackets.
func identityPlainly(party, part string) (id identity, country string) {
	if address := publishedAddress.FindString(part); strings.Contains(address, "@") {
		return identity{party, "email", address}, ""
	} else if address != "" {
		return identity{party, "website", address}, ""
	}
	m := publishedPart.FindStringSubmatch(part)
	if m == nil {
		return identity{}, ""
	}
	scheme, rest := publishedSchemes[m[1]], m[2]
	switch scheme {
	case "website", "email":
		address, _, _ := strings.Cut(rest, " ")
		return identity{party, scheme, strings.TrimSuffix(address, ".")}, ""
	case "crypto":
		_, address, _ := strings.Cut(strings.TrimSuffix(rest, "."), " ") // behind the currency
		return identity{party, scheme, address}, ""
	case "phone", "ticker", "bic", "tail", "callsign":
		return identity{party, scheme, notInNumber.ReplaceAllString(strings.ToUpper(rest), "")}, ""
	}
	for _, b := range publishedCountry.FindAllStringSubmatchIndex(rest, -1) {
		if code, ok := sanctions.ParseCountry(rest[b[2]:b[3]]); ok {
			country, rest = code, rest[:b[0]]
			break
		}
	}
	number := publishedEnd.FindStringSubmatch(rest)
	if number == nil {
		return identity{}, "" // no digit
	}
	value := notInNumber.ReplaceAllString(strings.ToUpper(number[1]), "")
	if scheme == "imo" {
		value = strings.TrimPrefix(value, "IMO")
	}
	return identity{party, schemeOf(scheme, value, country), value}, country
}

// plainRegister names the files of a register.
type plainRegister struct{ prim, add, comments string }

// identitiesPlainly reads the identifiers out of OFAC's files by a plain loop.
// The value is the country that the list names for the number, if any.
func identitiesPlainly(t *testing.T, dir string, registers []plainRegister) map[identity]string {
	read := func(file string) [][]string {
		if file == "" {
			return nil
		}
		return plainRows(t, filepath.Join(dir, file))
	}
	found, homes := map[identity]string{}, map[string]map[string]bool{}
	home := func(party, country string) {
		if code, ok := sanctions.ParseCountry(strings.Trim(country, " .")); ok {
			if homes[party] == nil {
				homes[party] = map[string]bool{}
			}
			homes[party][code] = true
		}
	}
	citizenship := regexp.MustCompile(`^(?:nationality|citizen|Nationality of Registration|(?:Former )?Vessel Flag) (.*)$`)
	for _, register := range registers {
		overflow := map[string]string{}
		for _, row := range read(register.comments) {
			overflow[row[0]] += row[1]
		}
		for _, row := range read(register.add) {
			home(row[0], row[4])
		}
		for _, row := range read(register.prim) {
			party := row[0]
			home(party, row[9])
			if sign := strings.TrimSpace(row[5]); sign != "-0-" {
				found[identity{party, "callsign", notInNumber.ReplaceAllString(sign, "")}] = ""
			}
			for _, part := range strings.Split(strings.TrimSuffix(row[11]+overflow[party], "."), "; ") {
				part = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(part), "alt. "), "Alt. ")
				if m := citizenship.FindStringSubmatch(part); m != nil {
					home(party, m[1])
				}
				if id, country := identityPlainly(party, part); id.value != "" && found[id] == "" {
					found[id] = country
				}
			}
		}
	}
	// A number without a country, of a party that is known in Russia alone, is
	// Russian where it passes the check.
	for id, country := range maps.Clone(found) {
		if country != "" || len(homes[id.party]) != 1 || !homes[id.party]["RU"] || id.scheme != "tax" && id.scheme != "reg" {
			continue
		}
		scheme := schemeOf(id.scheme, id.value, "RU")
		if scheme != id.scheme && sanctions.NewIdentifier(scheme, id.value, "RU").Validate() == nil {
			delete(found, id)
			found[identity{id.party, scheme, id.value}] = "RU"
		}
	}
	return found
}

// Every identifier of OFAC's lists as published, of every scheme, is one that a
// plain loop finds, and the other way round.
func TestRealOFACIdentifiers(t *testing.T) {
	t.Run("both registers", func(t *testing.T) {
		dir, folder := realData(t, realOFAC...)
		equalIdentities(t, folder, identitiesPlainly(t, dir, []plainRegister{
			{"ofac/sdn.csv", "ofac/add.csv", "ofac/sdn_comments.csv"},
			{"ofac/cons_prim.csv", "ofac/cons_add.csv", "ofac/cons_comments.csv"},
		}))
	})
	t.Run("another edition", func(t *testing.T) {
		dir, folder := realData(t, "ofac-2023/sdn.csv,ofac-sdn,us-ofac-sdn")
		equalIdentities(t, folder, identitiesPlainly(t, dir, []plainRegister{{prim: "ofac-2023/sdn.csv"}}))
	})
}

// equalIdentities opens a folder of lists and compares its identifiers with
// those wanted: each of them, the country where the list names one, and the
// count of each scheme.
func equalIdentities(t *testing.T, folder fstest.MapFS, want map[identity]string) {
	snapshot, _, err := lists.Open(folder)
	require.NoError(t, err)
	wantCount, gotCount := map[sanctions.Scheme]int{}, map[sanctions.Scheme]int{}
	for id := range want {
		wantCount[id.scheme]++
	}
	worldwide := []sanctions.Scheme{"lei", "imo", "isin", "mmsi", "duns"} // whatever country the list writes
	got, stated := map[identity]bool{}, 0
	for _, p := range snapshot.All() {
		for _, identifier := range p.Identifiers {
			id := identity{p.Designations[0].Entry, identifier.Scheme, identifier.Value}
			gotCount[id.scheme]++
			assert.False(t, got[id], "%v twice", id)
			got[id] = true
			country, ok := want[id]
			assert.True(t, ok, "the loop has no %v", id)
			if country != "" && !slices.Contains(worldwide, id.scheme) {
				stated++
				assert.Equal(t, country, identifier.Country, "%v", id)
			}
		}
	}
	for id := range want {
		assert.True(t, got[id], "the package has no %v", id)
	}
	assert.Equal(t, wantCount, gotCount)
	t.Logf("%d identifiers, %d with the country that the list names: %v", len(got), stated, gotCount)
}
