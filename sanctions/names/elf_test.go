package names_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// The jurisdictions whose firms turn up most as parties, owners and
// counterparties, among those that the ELF code list covers.
var mainJurisdictions = []string{
	"RU", "BY", "IN", "CN", "HK", "AE", "TR", "DE", "AT", "CH", "LI", "FR", "BE", "LU", "NL", "GB", "IE", "CY", "MT",
	"IT", "ES", "PT", "GR", "BG", "RO", "PL", "CZ", "SK", "HU", "RS", "HR", "SI", "EE", "LV", "LT", "FI", "SE", "NO", "DK",
	"US", "SG", "MY", "JP", "KR", "AU", "NZ", "ZA", "BR", "MX", "AZ", "SA", "VG", "KY", "SC", "MH", "PA", "BZ", "BM", "PK",
}

// mostlyPublic have lists that are for the most part branches of government,
// churches, offices and funds, in three or four languages: "Embassy", "Canton". No
// firm bears such a form in its name; they are reported and have no floor.
var mostlyPublic = []string{"BE", "CH", "LT", "SK"}

// TestCoverageOfLegalForms measures the table against GLEIF's list of legal forms
// (ISO 20275). The file is not part of the project; it is EXPOSURE_DATA's
// reference/elf-codes-1.4.1.csv.
func TestCoverageOfLegalForms(t *testing.T) {
	dir := os.Getenv("EXPOSURE_DATA")
	if dir == "" {
		t.Skip("EXPOSURE_DATA is not set; it is the folder with reference/elf-codes-1.4.1.csv")
	}
	file, err := os.ReadFile(filepath.Join(dir, "reference", "elf-codes-1.4.1.csv"))
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\uFEFF")))).ReadAll()
	require.NoError(t, err)

	type tally struct{ rows, known int }
	var abbreviated, whole, publicAbbreviated, publicWhole tally
	missed := map[string][]string{}
	for _, r := range rows[1:] {
		country, name, roman, abbreviations, status := r[2], r[5], r[8], r[9]+";"+r[10], r[12]
		if status != "ACTV" || name == "" || !slices.Contains(mainJurisdictions, country) {
			continue
		}
		short, full := &abbreviated, &whole
		if slices.Contains(mostlyPublic, country) {
			short, full = &publicAbbreviated, &publicWhole
		}
		known := knowsForm(name) || knowsForm(roman)
		if strings.Trim(abbreviations, "; ") != "" {
			short.rows++
			if slices.ContainsFunc(strings.Split(abbreviations, ";"), knowsForm) {
				short.known++
				known = true
			} else {
				missed[country] = append(missed[country], abbreviations)
			}
		}
		full.rows++
		if known {
			full.known++
		}
	}
	share := func(c tally) float64 { return float64(c.known) / float64(c.rows) }
	t.Logf("forms with an abbreviation: %d of %d recognised by it (%.3f); all active forms, by abbreviation or full name: %d of %d (%.3f)",
		abbreviated.known, abbreviated.rows, share(abbreviated), whole.known, whole.rows, share(whole))
	t.Logf("%s: %d of %d (%.3f), %d of %d (%.3f)", strings.Join(mostlyPublic, " "), publicAbbreviated.known, publicAbbreviated.rows,
		share(publicAbbreviated), publicWhole.known, publicWhole.rows, share(publicWhole))
	if testing.Verbose() {
		for _, c := range mainJurisdictions {
			if len(missed[c]) > 0 {
				t.Logf("%s misses %d: %.300s", c, len(missed[c]), strings.Join(missed[c], " | "))
			}
		}
	}
	assert.GreaterOrEqual(t, share(abbreviated), 0.87)
	assert.GreaterOrEqual(t, share(whole), 0.52) // many full names are descriptions: "Autre société civile"
}

// knowsForm reports whether a form is recognised at the end or at the start of a
// name, whole.
func knowsForm(form string) bool {
	for _, text := range []string{"Qwerty " + form, form + " Qwerty"} {
		tokens := names.Parse(text, sanctions.KindEntity).Tokens
		forms, others := 0, 0
		for _, t := range tokens {
			switch t.Class {
			case names.LegalForm:
				forms++
			case names.Particle, names.Qualifier:
			default:
				others++
			}
		}
		if forms > 0 && others == 1 {
			return true
		}
	}
	return false
}
