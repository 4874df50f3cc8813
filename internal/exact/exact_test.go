package exact_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/internal/exact"
)

func TestParseReadsPlainNumbersOnly(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want int64
		why  string
	}{
		{"0", 0, ""},
		{"12", 12_000_000, ""},
		{"-0.5", -500_000, "a sign is part of the number"},
		{"0.000001", 1, "the least there is"},
		{"999999999999.999999", 999_999_999_999_999_999, "the most there is"},
	} {
		got, err := exact.Parse(tt.in)
		require.NoError(t, err, tt.in)
		assert.Equal(t, tt.want, got, "%s %s", tt.in, tt.why)
	}
	for in, why := range map[string]string{
		"":              "nothing is no number, and not zero",
		"-":             "a sign alone",
		".5":            "no digit before the point",
		"5.":            "none after it",
		"1,234.5":       "a comma that groups",
		"1e6":           "a spreadsheet's number",
		"NaN":           "no number",
		"+1":            "no sign but minus",
		"--1":           "two signs",
		"1 000":         "a space that groups",
		"0.0000001":     "a seventh decimal would be lost",
		"1000000000000": "more than a count of millionths is meant to hold",
		"１２":            "digits of another script",
	} {
		_, err := exact.Parse(in)
		assert.Error(t, err, "%q: %s", in, why)
	}
	_, err := exact.ParseDecimal("1234567890123456789")
	assert.ErrorContains(t, err, "at most 18 digits")
	d, err := exact.ParseDecimal("-123456789012345678.123456789012")
	require.NoError(t, err)
	assert.Equal(t, "-123456789012345678.123456789012", d.String(), "carried as it is written")
}

// What is written is read again as the same count, in one form for one number.
func TestFormatAndParseAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int64Range(-999_999_999_999_999_999, 999_999_999_999_999_999).Draw(t, "millionths")
		text := exact.Format(v)
		got, err := exact.Parse(text)
		require.NoError(t, err)
		require.Equal(t, v, got, text)
		require.Equal(t, v, exact.Millionths(exact.Decimal(v)))
		require.Equal(t, text, exact.Text(exact.Decimal(v)), "a decimal is written as its count is")
		require.False(t, strings.Contains(text, ".") && strings.HasSuffix(text, "0"), text)
	})
}

func TestTextDropsTrailingZeros(t *testing.T) {
	assert.Equal(t, "1.5", exact.Text(decimal.New(1500, -3)))
	assert.Equal(t, "100", exact.Text(decimal.New(1, 2)), "a positive exponent")
	assert.Equal(t, "200", exact.Text(decimal.New(20000, -2)), "zeros before the point stay")
}

// The library's own arithmetic is the oracle, of numbers that an int64 holds and of others.
func TestDecimalsAsTheLibraryHasThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := decimal.New(rapid.Int64().Draw(t, "coefficient"), rapid.Int32Range(-20, 3).Draw(t, "exponent"))
		if rapid.Bool().Draw(t, "long") {
			d = d.Mul(decimal.New(rapid.Int64().Draw(t, "factor"), 0))
		}
		require.Equal(t, "amount "+d.StringFixed(max(0, -d.Exponent())), string(exact.AppendDecimal([]byte("amount "), d)))
		require.Equal(t, d.Shift(6).IntPart(), exact.Millionths(d), "%v", d)
	})
	for _, d := range []decimal.Decimal{{}, decimal.New(0, -2), decimal.New(-5, -3), decimal.New(999_999_999_999_999_999, -18)} {
		require.Equal(t, d.StringFixed(max(0, -d.Exponent())), string(exact.AppendDecimal(nil, d)))
	}
}
