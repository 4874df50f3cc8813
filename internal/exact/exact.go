// Package exact reads and writes exact numbers: plain decimal digits, as tables and
// JSON have them, and never in floating point. What is weighed is counted in
// millionths, as an int64; what is only carried stays a decimal. Whatever a
// spreadsheet or another locale makes of a number (1,234.5, 1e6, NaN) is an error.
package exact

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Million is one, in millionths.
const Million = 1_000_000

// Parse reads a number with at most six decimals as millionths.
func Parse(s string) (int64, error) {
	digits, negative := strings.CutPrefix(s, "-")
	whole, frac, err := plain(s, digits)
	if err != nil {
		return 0, err
	}
	if len(whole) > 12 || len(frac) > 6 {
		return 0, errors.New("at most 12 digits before and 6 after the point")
	}
	v, err := strconv.ParseInt(whole+frac+strings.Repeat("0", 6-len(frac)), 10, 64)
	if negative {
		v = -v
	}
	return v, err
}

// ParseDecimal reads a number with at most twelve decimals.
func ParseDecimal(s string) (decimal.Decimal, error) {
	whole, frac, err := plain(s, strings.TrimPrefix(s, "-"))
	if err != nil {
		return decimal.Decimal{}, err
	}
	if len(whole) > 18 || len(frac) > 12 {
		return decimal.Decimal{}, errors.New("at most 18 digits before and 12 after the point")
	}
	return decimal.NewFromString(s)
}

// plain takes apart what is digits with at most one point.
func plain(s, digits string) (whole, frac string, err error) {
	whole, frac, dot := strings.Cut(digits, ".")
	if whole == "" || dot && frac == "" || strings.Trim(whole+frac, "0123456789") != "" {
		return "", "", fmt.Errorf("%q is not a number; write digits with at most one point, such as 1234.5", s)
	}
	return whole, frac, nil
}

// Format writes millionths as Parse reads them, without trailing zeros.
func Format(millionths int64) string { return string(Append(nil, millionths)) }

// Append is [Format] at the end of a text.
func Append(text []byte, millionths int64) []byte {
	if millionths < 0 {
		millionths, text = -millionths, append(text, '-')
	}
	text = strconv.AppendInt(text, millionths/Million, 10)
	if rest := millionths % Million; rest != 0 {
		text = append(text, '.')
		for unit := int64(Million / 10); rest != 0; unit /= 10 {
			text = append(text, byte('0'+rest/unit))
			rest %= unit
		}
	}
	return text
}

// Millionths counts a decimal; what Parse has read fits without rounding.
func Millionths(d decimal.Decimal) int64 {
	exp := d.Exponent()
	if exp < -6 || exp > 0 || d.NumDigits() > 12 { // what an int64 may not hold
		return d.Shift(6).IntPart()
	}
	n := d.CoefficientInt64()
	for range exp + 6 {
		n *= 10
	}
	return n
}

// Decimal is a count of millionths, without trailing zeros: equal numbers are equal
// values.
func Decimal(millionths int64) decimal.Decimal {
	if millionths == 0 {
		return decimal.Decimal{}
	}
	exp := int32(-6)
	for exp < 0 && millionths%10 == 0 {
		millionths /= 10
		exp++
	}
	return decimal.New(millionths, exp)
}

// Text writes a decimal without trailing zeros, so that equal numbers are equal
// texts.
func Text(d decimal.Decimal) string {
	var room [40]byte
	text := AppendDecimal(room[:0], d)
	if d.Exponent() < 0 {
		text = bytes.TrimRight(bytes.TrimRight(text, "0"), ".")
	}
	return string(text)
}

// AppendDecimal writes a decimal, with as many decimals as it has, at the end of a text.
func AppendDecimal(text []byte, d decimal.Decimal) []byte {
	places := -d.Exponent()
	if places < 0 || places > 18 || d.NumDigits() > 18 { // what an int64 does not hold
		return append(text, d.StringFixed(max(0, places))...)
	}
	n, unit := d.CoefficientInt64(), int64(1)
	if n < 0 {
		n, text = -n, append(text, '-')
	}
	for range places {
		unit *= 10
	}
	text = strconv.AppendInt(text, n/unit, 10)
	if places > 0 {
		text = append(text, '.')
	}
	for rest := n % unit; unit > 1; rest %= unit {
		unit /= 10
		text = append(text, byte('0'+rest/unit))
	}
	return text
}
