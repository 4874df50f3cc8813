package claims_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

func TestEveryClaimColumnRoundTrips(t *testing.T) {
	// A value for each column that no other column has.
	values := map[string]string{"subject_type": "person", "capacity": "representative", "participation": "reported_absent", "kind": "mou",
		"stage": "signed", "item_class": "aviation", "hs6": "854231;880730", "direction": "X→RU", "counterparty_basis": "inferred",
		"date_from": "2025-10-29", "date_to": "2025-10-31", "date_precision": "quarter", "amount": "5400000000.50", "amount_qualifier": "at_least",
		"currency": "USD", "claim_polarity": "correct", "statement_date": "2025-12-09", "source_naming": "document", "source_count_min": "3",
		"source_reliability": "C", "info_credibility": "4", "as_known_at": "2025-12-10"}
	header := claims.Columns()
	row := make([]string, len(header))
	for i, name := range header {
		row[i] = values[name]
		if row[i] == "" {
			row[i] = "the " + name
		}
	}
	in := strings.Join(header, ",") + "\n" + strings.Join(row, ",") + "\n"
	got, err := claims.Read(strings.NewReader(in), "claims.csv")
	require.NoError(t, err)
	require.Len(t, got, 1)
	for i, name := range header {
		assert.Equal(t, row[i], got[0].Cell(i), name)
	}
	var out bytes.Buffer
	require.NoError(t, claims.Write(&out, got))
	assert.Equal(t, in, out.String())
}

func TestClaimFaults(t *testing.T) {
	for _, tc := range []struct{ column, value, says, why string }{
		{"kind", "arms deal", "unknown kind", "a closed vocabulary"},
		{"amount", "1,234", "not a number", "1,234 is 1234 to some and 1.234 to others"},
		{"amount", "NaN", "not a number", ""},
		{"amount", "1e9", "not a number", ""},
		{"amount", "0", "above zero", "an export that writes nothing as 0 would tell of a dealing worth nothing"},
		{"amount", "-600000", "above zero", "a ledger's credit note would take from the year's sum"},
		{"hs6", "8542", "six digits", "a heading says too little"},
		{"hs6", "85423190", "six digits", "national digits are no HS6"},
		{"date_from", "29/10/2025", "YYYY-MM-DD", "two readings"},
		{"source_reliability", "G", "A to F", ""},
		{"info_credibility", "0", "1 to 6", ""},
		{"currency", "rupees", "ISO 4217", ""},
		{"source_count_min", "-1", "from 1", ""},
		{"direction", "RU->RU", "unknown direction", ""},
		{"direction", "IND->RU", "unknown direction", "a code of two letters"},
	} {
		t.Run(tc.column+" "+tc.value, func(t *testing.T) {
			in := "subject_id,subject_type,claim_polarity," + strings.ReplaceAll("kind,", tc.column+",", "") + tc.column + "\nf,firm,affirm," +
				strings.Repeat("meeting,", strings.Count(strings.ReplaceAll("kind,", tc.column+",", ""), ",")) + `"` + tc.value + "\"\n"
			_, err := claims.Read(strings.NewReader(in), "claims.csv")
			faults := sanctions.Faults(err)
			require.Len(t, faults, 1, "%v", err)
			assert.Equal(t, 2, faults[0].Line)
			assert.Equal(t, tc.column, faults[0].Header)
			assert.Equal(t, tc.value, faults[0].Value)
			assert.ErrorContains(t, err, tc.says, tc.why)
		})
	}
}

// What no cell shows by itself is told with the cells that are bad, at its own place.
func TestClaimFaultsComeTogether(t *testing.T) {
	_, err := claims.Read(strings.NewReader("subject_id,subject_type,kind,claim_polarity,date_from,date_to,amount,currency\n"+
		"a,firm,meetng,affirm,,,,\n"+
		",firm,meeting,,2025-02-01,2025-01-01,5,\n"), "claims.csv")
	var got []string
	for _, f := range sanctions.Faults(err) {
		got = append(got, f.Source.String()+" "+f.Header)
	}
	assert.Equal(t, []string{"claims.csv:2:8 kind", "claims.csv:3:15 claim_polarity", "claims.csv:3:1 subject_id", "claims.csv:3:27 date_to", "claims.csv:3:40 currency"}, got)
	assert.ErrorContains(t, err, "is meeting meant?")
}

func TestArrowsAndGradesAreReadAsTheyAreWritten(t *testing.T) {
	for _, tc := range []struct{ column, value, want, why string }{
		{"direction", "X->RU", "X→RU", "an arrow in ASCII"},
		{"direction", "ru->x", "RU→X", ""},
		{"direction", "IN→RU", "X→RU", "a country for X"},
		{"direction", "RU → TR", "RU→X", ""},
		{"source_reliability", "b", "B", ""},
	} {
		assert.Equal(t, tc.want, cell(t, tc.column, tc.value), "%s %s", tc.value, tc.why)
	}
}

// cell is what a claim makes of a cell.
func cell(t *testing.T, column, value string) string {
	t.Helper()
	at := slices.Index(claims.Columns(), column)
	require.GreaterOrEqual(t, at, 0, "%s: no such column", column)
	var c claims.Claim
	require.NoError(t, c.SetCell(at, value), "%s=%s", column, value)
	return c.Cell(at)
}

// Every synonym leads to a term, and none hides one.
func TestSynonyms(t *testing.T) {
	file, err := os.Open("synonyms.csv")
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		assert.Equal(t, row[2], cell(t, row[0], row[1]), "%v", row)
		assert.Equal(t, row[2], cell(t, row[0], row[2]), "%v: a term must stay itself", row)
		assert.Contains(t, claims.Terms(row[0]), row[2], "%v", row)
	}
	for _, column := range claims.Columns() {
		for _, term := range claims.Terms(column) {
			assert.Equal(t, term, cell(t, column, term))
		}
	}
}
