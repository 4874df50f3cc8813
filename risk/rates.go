package risk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Rate is what one unit of a currency was worth in U.S. dollars during a period.
type Rate struct {
	Currency  string
	USD       decimal.NullDecimal
	Effective sanctions.Period
	Citation  string
	Source    sanctions.Source
}

// Rates are the caller's exchange rates. Without a rate for the day an amount has
// no dollar value: it is unknown, not zero. A nil Rates knows dollars only.
type Rates struct {
	rates  map[string][]Rate
	digest string
}

// Digest is the SHA-256 of the rates, whatever the order of rows; empty for nil.
func (r *Rates) Digest() string {
	if r == nil {
		return ""
	}
	return r.digest
}

var rateColumns = []column[Rate]{
	{"currency", func(r *Rate, s string) error {
		var c Claim
		err := setCurrency(&c, s)
		r.Currency = c.Currency
		return err
	}, func(r *Rate) string { return r.Currency }},
	{"usd", func(r *Rate, s string) error {
		d, err := parseDecimal(s)
		r.USD = decimal.NullDecimal{Decimal: d, Valid: err == nil}
		return err
	}, func(r *Rate) string { return decimalKey(r.USD.Decimal) }},
	day("effective_from", func(r *Rate) *sanctions.Date { return &r.Effective.From }),
	day("effective_to", func(r *Rate) *sanctions.Date { return &r.Effective.To }),
	text("citation", func(r *Rate) *string { return &r.Citation }),
}

var rateHeader = header(rateColumns)

// Columns lists the headers of a rates file.
func (*Rate) Columns() []string { return rateHeader }

// SetCell sets one cell by its column's position.
func (r *Rate) SetCell(i int, s string) error { return rateColumns[i].set(r, s) }

// ReadRates reads a table currency,usd,effective_from,effective_to,citation.
func ReadRates(r io.Reader, file string) (*Rates, error) {
	rows, err := csvfile.ReadAll[Rate](r, file, csvfile.Require("currency", "usd", "effective_from"))
	if err != nil {
		return nil, err
	}
	out := &Rates{rates: map[string][]Rate{}}
	var errs []error
	for _, row := range rows {
		rate := row.Value
		rate.Source = row.Source
		switch {
		case !rate.USD.Valid || !rate.USD.Decimal.IsPositive():
			errs = append(errs, &sanctions.Fault{Source: row.Source, Header: "usd", Err: errors.New("a rate is a number above zero")})
		case rate.Effective.From.IsZero() || !rate.Effective.Valid():
			errs = append(errs, &sanctions.Fault{Source: row.Source, Header: "effective_from", Err: errors.New("a rate needs the day from which it holds, before the day on which it ends")})
		case slices.ContainsFunc(out.rates[rate.Currency], func(o Rate) bool { return overlap(o.Effective, rate.Effective) }):
			errs = append(errs, &sanctions.Fault{Source: row.Source, Header: "effective_from", Value: rate.Effective.From.String(), Err: errors.New("another rate of the currency holds on the same day")})
		}
		out.rates[rate.Currency] = append(out.rates[rate.Currency], rate)
	}
	if errs != nil {
		return nil, sanctions.JoinFaults(errs)
	}
	all := make([]Rate, len(rows))
	for i, row := range rows {
		all[i] = row.Value
	}
	hash := sha256.New()
	writeRows(hash, "rates", rateColumns, all, true)
	out.digest = hex.EncodeToString(hash.Sum(nil))
	return out, nil
}

// dollar is the currency that needs no rate.
const dollar = "USD"

// maxDollars is the largest value a fact can hold; greater ones count as this, and so do
// those that nobody knows the end of. It is no figure, and not shown as one.
var maxDollars = decimal.New(openUpwards/million, 0)

// openUpwards is maxDollars in millionths.
const openUpwards = 999_999_999_999 * million

// words is the number, or what stands for one that is open upwards.
func (n numeral) words() string {
	return string(n.append(nil))
}

func (n numeral) append(text []byte) []byte {
	if n.value >= openUpwards {
		return append(text, "open upwards"...)
	}
	return n.appendDigits(text)
}

// dollars is a claim's amount in U.S. dollars, to the cent, unknown without an
// amount or a rate. A target is no amount.
func (r *Rates) dollars(c *Claim, on sanctions.Date) numeral {
	if !c.Amount.Valid || c.AmountQualifier == Target {
		return numeral{}
	}
	d := c.Amount.Decimal
	if c.Currency != dollar {
		rate, ok := r.on(c.Currency, on)
		if !ok {
			return numeral{}
		}
		d = d.Mul(rate.USD.Decimal)
	}
	if d.GreaterThan(maxDollars) {
		d = maxDollars
	}
	return numeral{micro(d.Round(2)), true}
}

func (r *Rates) on(currency string, day sanctions.Date) (Rate, bool) {
	if r == nil || day.IsZero() {
		return Rate{}, false
	}
	for _, rate := range r.rates[currency] {
		if rate.Effective.Contains(day) {
			return rate, true
		}
	}
	return Rate{}, false
}
