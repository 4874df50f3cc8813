package sanctions_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
)

func ExampleIdentifier_Validate() {
	for _, s := range []string{"inn:7736050003", "inn:7736050004", "lei:529900T8BM49AURSDO55"} {
		id, err := sanctions.ParseIdentifier(s)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(id, id.Strong(), id.Validate())
	}
	// Output:
	// inn:7736050003 true <nil>
	// inn:7736050004 false inn: "7736050004": the check digit is wrong; compare with the source
	// lei:529900T8BM49AURSDO55 true <nil>
}

// Published identifiers, by the holder's own accounts or the register that gave
// them.
var published = []struct{ id, holder string }{
	{"lei:529900T8BM49AURSDO55", "Allianz SE, GLEIF"},
	{"lei:7LTWFZYICNSX8D621K86", "Deutsche Bank AG, GLEIF"},
	{"lei:HWUPKR0MPOU8FGXBT394", "Apple Inc., GLEIF"},
	{"lei:506700GE1G29325QX363", "GLEIF itself"},
	{"inn:7736050003", "Gazprom, annual report"},
	{"inn:7707083893", "Sberbank, annual report"},
	{"inn:7706107510", "Rosneft, annual report"},
	{"inn:500100732259", "the Federal Tax Service's own example of 12 digits"},
	{"ogrn:1027700070518", "Gazprom, annual report"},
	{"ogrn:1027700132195", "Sberbank, annual report"},
	{"ogrn:304500116000157", "the Federal Tax Service's own example of 15 digits"},
	{"okpo:00040778", "Gazprom, financial statements"},
	{"okpo:00032537", "Sberbank, financial statements"},
	{"kpp:773601001", "Sberbank, annual report"},
	{"uscc:914403001922038216", "Huawei Technologies Co., Ltd., Chinese company register"},
	{"uscc:91330100799655058B", "Alibaba (China) Co., Ltd., Chinese company register"},
	{"uscc:9144030071526726XG", "Tencent Technology (Shenzhen), Chinese company register"},
	{"cin:L17110MH1973PLC019786", "Reliance Industries Limited, Indian company register"},
	{"cin:L25209PN1961PLC012046", "Bharat Forge Limited, Indian company register"},
	{"imo:9074729", "the example of IMO resolution A.1117(30)"},
	{"imo:7625811", "the ship Kristina Katarina"},
	{"imo:2041999", "a company number"},
	{"isin:US0378331005", "Apple Inc."},
	{"isin:RU0007661625", "Gazprom"},
	{"isin:INE002A01018", "Reliance Industries Limited"},
	{"bic:SABRRUMM", "Sberbank"},
	{"bic:DEUTDEFF500", "Deutsche Bank AG"},
	{"duns:804735132", "the example of Dun & Bradstreet"},
	{"mmsi:273313180", "nine digits that begin with a Russian country code"},
	{"wikidata:Q95", "Google"},
}

func TestPublishedIdentifiersAreValid(t *testing.T) {
	for _, p := range published {
		id, err := sanctions.ParseIdentifier(p.id)
		assert.NoError(t, err, p.id)
		assert.NoError(t, id.Validate(), p.holder)
	}
}

// A check digit finds every single wrong digit where its scheme promises that.
func TestOneWrongDigitIsFound(t *testing.T) {
	promise := map[sanctions.Scheme]bool{sanctions.LEI: true, sanctions.USCC: true, sanctions.ISIN: true, sanctions.INN: false, sanctions.OGRN: false}
	for _, p := range published {
		id, _ := sanctions.ParseIdentifier(p.id)
		all, checked := promise[id.Scheme]
		if !checked {
			continue
		}
		tried, found := 0, 0
		for i, c := range []byte(id.Value) {
			if c < '0' || c > '9' {
				continue
			}
			for d := byte('0'); d <= '9'; d++ {
				if d == c {
					continue
				}
				bad := id
				bad.Value = id.Value[:i] + string(d) + id.Value[i+1:]
				tried++
				if bad.Validate() != nil {
					found++
				}
			}
		}
		if all {
			assert.Equal(t, tried, found, p.id)
		} else { // mod 11 mod 10 and mod 13 mod 10 merge the remainders 0 and 10
			assert.Greater(t, float64(found), 0.9*float64(tried), p.id)
		}
	}
}

func TestCorruptedIdentifiers(t *testing.T) {
	for _, c := range []struct{ id, why string }{
		{"lei:529900T8BM49AURSDO5", "19 characters"},
		{"lei:529900T8BM49AURSDO5X", "the last two are digits"},
		{"inn:77360500030", "11 digits are nobody's"},
		{"inn:773605000A", "a letter"},
		{"inn:0000000000", "a placeholder whose check digit would be right"},
		{"ogrn:102770007051", "12 digits"},
		{"ogrn:10277000705A8", "a letter"},
		{"okpo:40778", "leading noughts lost"},
		{"okpo:00040779", "check digit"},
		{"kpp:77360100", "8 digits"},
		{"uscc:91440300192203821I", "I is not in the alphabet"},
		{"uscc:914403001922038217", "check digit"},
		{"cin:X17110MH1973PLC019786", "neither listed nor unlisted"},
		{"cin:L17110MH1973PLC01978", "20 characters"},
		{"imo:9074728", "check digit of a ship and of a company"},
		{"imo:907472", "6 digits"},
		{"isin:US0378331006", "check digit"},
		{"bic:SABRRUM", "7 characters"},
		{"bic:SABR2UMM", "a digit in the country"},
		{"duns:80473513", "8 digits"},
		{"wikidata:95", "no Q"},
	} {
		id, err := sanctions.ParseIdentifier(c.id)
		assert.NoError(t, err, c.id)
		assert.Error(t, id.Validate(), "%s: %s", c.id, c.why)
		assert.False(t, id.Strong(), c.id)
	}
}

func TestStrong(t *testing.T) {
	for _, c := range []struct {
		scheme         sanctions.Scheme
		value, country string
		want           bool
		why            string
	}{
		{sanctions.Registration, "1234567", "CY", true, "a number of a known register"},
		{sanctions.Registration, "1234567", "", false, "of which country is not known"},
		{sanctions.Registration, "12", "CY", false, "too short to tell"},
		{sanctions.Passport, "715000000", "RU", true, "a person's paper"},
		{sanctions.KPP, "773601001", "", false, "shared by many"},
		{sanctions.MMSI, "273313180", "", false, "changes with the flag"},
		{sanctions.Phone, "+74950000000", "RU", false, "never makes a match"},
		{sanctions.Email, "info@example.org", "", false, "never makes a match"},
		{sanctions.Website, "example.org", "", false, "never makes a match"},
		{sanctions.OtherID, "1234567", "RU", false, "nobody knows what it is"},
	} {
		assert.Equal(t, c.want, sanctions.NewIdentifier(c.scheme, c.value, c.country).Strong(), "%s: %s", c.scheme, c.why)
	}
}

// Validate does not panic on any value.
func TestValidateAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scheme := rapid.SampledFrom(sanctions.Schemes()).Draw(t, "scheme")
		value := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9A-Z]{0,24}`)).Draw(t, "value")
		id := sanctions.Identifier{Scheme: scheme, Value: value}
		if id.Validate() == nil && strings.Trim(value, "0") == "" {
			t.Fatalf("%v passes", id)
		}
	})
}

func TestIdentifiersWithoutValue(t *testing.T) {
	for _, s := range []string{"", "inn", "inn:", "inn: ", "inn:--", "imo:IMO", "website:\u00a0", "reg:\u2003-"} {
		_, err := sanctions.ParseIdentifier(s)
		assert.ErrorContains(t, err, "no identifier", "%q names nobody", s)
	}
}

func FuzzIdentifier(f *testing.F) {
	for _, p := range published {
		f.Add(p.id)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := sanctions.ParseIdentifier(s)
		if err != nil {
			return
		}
		again, err := sanctions.ParseIdentifier(id.String())
		if err != nil || again != id {
			t.Fatalf("%q gives %v, and that gives %v, %v", s, id, again, err)
		}
		_ = id.Validate()
	})
}

// A registration number is strong within its register's country only.
func ExampleIdentifier_Strong() {
	fmt.Println(sanctions.NewIdentifier(sanctions.Registration, "HE 123456", "CY").Strong())
	fmt.Println(sanctions.NewIdentifier(sanctions.Registration, "HE 123456", "").Strong())
	fmt.Println(sanctions.NewIdentifier(sanctions.KPP, "773601001", "").Strong())
	// Output:
	// true
	// false
	// false
}

// One number is one number: of a scheme for the whole world the country of whoever
// states it is no part of it.
func TestCountryOfANumber(t *testing.T) {
	for _, c := range []struct {
		scheme               sanctions.Scheme
		value, country, want string
	}{
		{sanctions.LEI, "529900T8BM49AURSDO55", "DE", ""},
		{sanctions.BIC, "SABRRUMM", "RU", ""},
		{sanctions.IMO, "IMO 9074729", "PA", ""},
		{sanctions.Wikidata, "q95", "US", ""},
		{sanctions.INN, "7736050003", "CY", "RU"},
		{sanctions.USCC, "91330100799655058B", "", "CN"},
		{sanctions.Registration, "HE 143062", "CY", "CY"},
		{sanctions.Tax, "143062", "", ""},
	} {
		assert.Equal(t, c.want, sanctions.NewIdentifier(c.scheme, c.value, c.country).Country, "%s", c.scheme)
	}
}

// A number of a register that is one of several of its country finds, and proves nothing
// by itself.
func ExampleIdentifier_Local() {
	for _, id := range []sanctions.Identifier{
		sanctions.NewIdentifier(sanctions.Registration, "HRB 12345", "DE"), // of Munich, or of Hamburg
		sanctions.NewIdentifier(sanctions.Registration, "01234567", "GB"),
		sanctions.NewIdentifier(sanctions.LEI, "529900T8BM49AURSDO55", "DE"),
	} {
		fmt.Println(id, id.Strong(), id.Local())
	}
	// Output:
	// reg:HRB12345 true true
	// reg:01234567 true false
	// lei:529900T8BM49AURSDO55 true false
}
