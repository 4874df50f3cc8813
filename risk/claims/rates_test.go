package claims_test

import (
	"fmt"
	"log"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Amounts in other currencies count at the caller's rates, by the day.
func ExampleReadRates() {
	rates, err := claims.ReadRates(strings.NewReader("currency,usd,effective_from,effective_to,citation\nINR,0.012,2024-01-01,2025-01-01,the bank's yearly mean\n"), "rates.csv")
	if err != nil {
		log.Fatal(err)
	}
	rate, known := rates.On("INR", sanctions.MustParseDate("2024-05-01"))
	fmt.Println(rate.USD.Decimal, known)
	_, known = rates.On("INR", sanctions.MustParseDate("2025-01-01"))
	fmt.Println(known)
	// Output:
	// 0.012 true
	// false
}

func TestRateFaults(t *testing.T) {
	for rows, says := range map[string]string{
		"INR,0,2024-01-01,\n":                            "above zero",
		"INR,-1,2024-01-01,\n":                           "above zero",
		"INR,,2024-01-01,\n":                             "above zero",
		"INR,0.012,,\n":                                  "the day from which it holds",
		"INR,0.012,2024-02-01,2024-01-01\n":              "before the day on which it ends",
		"rupee,0.012,2024-01-01,\n":                      "ISO 4217",
		"INR,0.012,2024-01-01,\nINR,0.013,2024-06-01,\n": "rates.csv:3:11: effective_from = \"2024-06-01\": the rate at rates.csv:2 holds on the same day; give that row the day on which it ends",
		"INR,0.013,2024-06-01,\nINR,0.012,2024-01-01,\n": "rates.csv:2:11: effective_from = \"2024-06-01\": the rate at rates.csv:3 holds",
		"USD,0.5,2024-01-01,\n":                          "leave the row out",
		"INR,\"0,012\",2024-01-01,\n":                    "not a number",
	} {
		_, err := claims.ReadRates(strings.NewReader("currency,usd,effective_from,effective_to\n"+rows), "rates.csv")
		assert.ErrorContains(t, err, says, rows)
		assert.NotEmpty(t, sanctions.Faults(err), "with its place")
	}
	var none *claims.Rates
	_, known := none.On("INR", sanctions.MustParseDate("2024-05-01"))
	assert.False(t, known, "no rates know no rate")
	assert.Empty(t, none.Digest())
}

// A table of weekdays, its rows in any order: each holds from its first day to the day
// before its last, and no row speaks for the weekend.
func TestRatesOfADay(t *testing.T) {
	rates, err := claims.ReadRates(strings.NewReader("currency,usd,effective_from,effective_to\n"+
		"INR,0.0123,2024-05-07,\nEUR,1.08,2024-05-03,2024-05-04\nINR,0.0121,2024-05-03,2024-05-04\nINR,0.0122,2024-05-06,2024-05-07\n"), "rates.csv")
	require.NoError(t, err)
	for day, want := range map[string]string{"2024-05-02": "", "2024-05-03": "0.0121", "2024-05-04": "", "2024-05-05": "",
		"2024-05-06": "0.0122", "2024-05-07": "0.0123", "2030-01-01": "0.0123"} {
		rate, known := rates.On("INR", sanctions.MustParseDate(day))
		assert.Equal(t, want != "", known, day)
		if known {
			assert.Equal(t, want, rate.USD.Decimal.String(), day)
		}
	}
	for _, currency := range []string{"EUR", "AED"} {
		_, known := rates.On(currency, sanctions.MustParseDate("2024-05-06"))
		assert.False(t, known, "%s: not that day, or none at all", currency)
	}
	_, known := rates.On("INR", sanctions.Date{})
	assert.False(t, known, "no day, no rate")
}

func TestDigestOfRatesIsThatOfTheRows(t *testing.T) {
	digest := func(rows string) string {
		rates, err := claims.ReadRates(strings.NewReader("currency,usd,effective_from\n"+rows), "rates.csv")
		require.NoError(t, err)
		return rates.Digest()
	}
	a, b := "INR,0.012,2024-01-01\n", "EUR,1.10,2024-01-01\n"
	assert.Equal(t, digest(a+b), digest(b+a), "in any order")
	assert.Equal(t, digest(b), digest("EUR,1.1,2024-01-01\n"), "1.10 is 1.1")
	assert.NotEqual(t, digest(a), digest(b))
}
