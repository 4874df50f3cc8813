package sanctions

import (
	"fmt"
	"strings"
	"unicode"
)

// Scheme says what kind of identifier it is.
type Scheme string

// The schemes. Strong schemes name one party in the world or in one country and
// retrieve it by themselves; the others only support.
const (
	LEI          Scheme = "lei"  // ISO 17442, checksum
	INN          Scheme = "inn"  // Russian tax number, 10 or 12 digits, checksum
	OGRN         Scheme = "ogrn" // Russian registration number, 13 or 15 digits, checksum
	KPP          Scheme = "kpp"  // Russian tax registration reason; shared by many, supports only
	OKPO         Scheme = "okpo" // Russian statistics number, 8 or 10 digits, checksum
	USCC         Scheme = "uscc" // Chinese unified social credit code, checksum
	CIN          Scheme = "cin"  // Indian corporate identity number
	IMO          Scheme = "imo"  // ship or company number of the IMO, checksum on ships
	MMSI         Scheme = "mmsi" // ship radio number; changes with the flag, supports only
	CallSign     Scheme = "callsign"
	AircraftTail Scheme = "tail"
	ISIN         Scheme = "isin" // security, checksum; names the issuer
	BIC          Scheme = "bic"  // ISO 9362 bank code
	DUNS         Scheme = "duns"
	Registration Scheme = "reg" // company registration number of some country
	Tax          Scheme = "tax" // tax number of some country
	VAT          Scheme = "vat"
	Passport     Scheme = "passport"
	NationalID   Scheme = "national_id"
	Licence      Scheme = "licence"
	Crypto       Scheme = "crypto" // digital currency address
	Ticker       Scheme = "ticker"
	Phone        Scheme = "phone"   // never makes a match
	Email        Scheme = "email"   // never makes a match
	Website      Scheme = "website" // never makes a match
	Wikidata     Scheme = "wikidata"
	OtherID      Scheme = "other"
)

var schemes = []Scheme{LEI, INN, OGRN, KPP, OKPO, USCC, CIN, IMO, MMSI, CallSign, AircraftTail, ISIN, BIC, DUNS,
	Registration, Tax, VAT, Passport, NationalID, Licence, Crypto, Ticker, Phone, Email, Website, Wikidata, OtherID}

// Schemes lists the vocabulary.
func Schemes() []Scheme { return append([]Scheme(nil), schemes...) }

// SchemesOf lists the schemes by which a country numbers its firms and whose check
// digits or shape tell a number of theirs from any other; none for most countries.
// country is an ISO 3166-1 alpha-2 code.
func SchemesOf(country string) []Scheme {
	switch country {
	case "RU":
		return []Scheme{INN, OGRN}
	case "CN":
		return []Scheme{USCC}
	case "IN":
		return []Scheme{CIN}
	}
	return nil
}

// Identifier is a number or code that some register gave a party.
type Identifier struct {
	Scheme Scheme `json:"scheme"`
	Value  string `json:"value"` // normalised: no spaces, hyphens or prefix, upper case
	// Country is the ISO 3166-1 alpha-2 code of the register, if known. Two
	// numbers of one scheme conflict only within one country.
	Country string `json:"country,omitzero"`
	Source  Source `json:"source,omitzero"`
}

// String is scheme:value, the form that [ParseIdentifier] reads.
func (id Identifier) String() string { return string(id.Scheme) + ":" + id.Value }

// ParseIdentifier reads scheme:value, as canonical files write it. The value is
// normalised; a wrong checksum is not an error here, since lists publish wrong
// numbers: see [Identifier.Validate].
func ParseIdentifier(s string) (Identifier, error) {
	scheme, value, ok := strings.Cut(s, ":")
	if !ok || strings.TrimSpace(value) == "" {
		return Identifier{}, fmt.Errorf("%q is no identifier; write scheme:value, such as inn:7718852163", s)
	}
	sch, err := ParseScheme(scheme)
	if err != nil {
		return Identifier{}, err
	}
	id := NewIdentifier(sch, value, "")
	if id.Value == "" {
		return Identifier{}, fmt.Errorf("%q is no identifier; nothing of its value is a letter or a digit", s)
	}
	return id, nil
}

// ParseScheme reads a scheme's name or a common synonym.
func ParseScheme(s string) (Scheme, error) {
	switch termKey(s) {
	case "swift", "swift_bic":
		return BIC, nil
	case "registration", "registration_number", "reg_no", "crn", "company_number":
		return Registration, nil
	case "tax_id", "tin", "tax_number":
		return Tax, nil
	}
	return parseTerm("identifier scheme", s, schemes)
}

// NewIdentifier normalises a value as its scheme demands. country is an ISO
// 3166-1 alpha-2 code or empty; a scheme of one country (INN, OGRN, USCC, CIN)
// implies its own, and one that is given out for the whole world (LEI, IMO, ISIN,
// BIC, DUNS, Wikidata and the like) has none, whatever its party's is: one number
// is one number, whoever states it.
func NewIdentifier(scheme Scheme, value, country string) Identifier {
	switch scheme {
	case Website, Email, Crypto:
		value = strings.TrimSpace(value)
	default:
		value = strings.Map(func(r rune) rune {
			switch {
			case r >= 'a' && r <= 'z':
				return r - 'a' + 'A'
			case r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r > 127 && !unicode.IsSpace(r):
				return r
			}
			return -1
		}, value)
	}
	switch scheme {
	case IMO:
		for strings.HasPrefix(value, "IMO") {
			value = value[len("IMO"):]
		}
		country = ""
	case LEI, MMSI, CallSign, AircraftTail, ISIN, BIC, DUNS, Wikidata, Crypto, Website, Email:
		country = ""
	case INN, OGRN, KPP, OKPO:
		country = "RU"
	case USCC:
		country = "CN"
	case CIN:
		country = "IN"
	}
	return Identifier{Scheme: scheme, Value: value, Country: country}
}
