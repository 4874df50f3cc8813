package sanctions_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sanctionrisk/exposure/sanctions"
)

func ExampleParseCountry() {
	for _, s := range []string{"Korea, North", "Türkiye", "PRC", "Region: Crimea", "Россия", "undetermined"} {
		code, ok := sanctions.ParseCountry(s)
		fmt.Println(s, code, ok)
	}
	fmt.Println(sanctions.CountryName("KP"))
	// Output:
	// Korea, North KP true
	// Türkiye TR true
	// PRC CN true
	// Region: Crimea UA true
	// Россия RU true
	// undetermined  false
	// North Korea
}

func TestParseCountry(t *testing.T) {
	for _, c := range []struct{ in, want, why string }{
		{"RU", "RU", "the code itself"},
		{"rus", "RU", "alpha-3, any case"},
		{" russian federation ", "RU", "space around"},
		{"Turkiye", "TR", "the new name without its accent"},
		{"Korea, South", "KR", "OFAC's order"},
		{"Korea, Democratic People’s Republic of", "KP", "typographic apostrophe"},
		{"U.S.S.R.", "SU", "dissolved, and still a place of birth"},
		{"Congo, Democratic Republic of the", "CD", "OFAC's order"},
		{"Congo", "CG", "the short name is Brazzaville's"},
		{"Niger", "NE", "not Nigeria"},
		{"Dominica", "DM", "not the Dominican Republic"},
		{"Georgia", "GE", "the country"},
		{"Virgin Islands, British", "VG", ""},
		{"Macau", "MO", ""},
		{"Burma", "MM", ""},
		{"Kosovo", "XK", "no ISO code; the user-assigned one"},
		{"Belarussian", "BY", "demonym with the EU's spelling"},
		{"", "", "nothing"},
		{"undetermined", "", "OFAC's word for unknown"},
		{"Atlantis", "", "unknown"},
		{"Man, Isle of", "IM", "the main word first"},
		{"Guinea, Equatorial", "GQ", "the main word first, which by itself is another country"},
		{"Bahamas, The", "BS", "the article behind"},
		{"Paris, France", "", "a place is no country"},
		{", ", "", "nothing"},
	} {
		code, ok := sanctions.ParseCountry(c.in)
		assert.Equal(t, c.want, code, "%q: %s", c.in, c.why)
		assert.Equal(t, c.want != "", ok, "%q", c.in)
	}
}

func TestCountryNameRoundTrips(t *testing.T) {
	n := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			name := sanctions.CountryName(code)
			if name == code {
				continue
			}
			n++
			got, ok := sanctions.ParseCountry(name)
			assert.True(t, ok, name)
			assert.Equal(t, code, got, name)
		}
	}
	assert.Equal(t, 249+4, n, "ISO 3166-1 has 249 codes; XK, CS, SU and YU are added")
}
