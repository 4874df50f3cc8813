package claims

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/internal/exact"
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
	rates  map[string][]Rate // by currency, in the order of their days
	digest string
}

// Digest is the SHA-256 of the rates, whatever the order of rows; empty for nil.
func (r *Rates) Digest() string {
	if r == nil {
		return ""
	}
	return r.digest
}

var rateColumns = []csvfile.Column[Rate]{
	{Name: "currency", Set: func(r *Rate, s string) (err error) {
		r.Currency, err = parseCurrency(s)
		return err
	}, Get: func(r *Rate) string { return r.Currency }},
	{Name: "usd", Set: func(r *Rate, s string) error {
		d, err := exact.ParseDecimal(s)
		r.USD = decimal.NullDecimal{Decimal: d, Valid: err == nil}
		return err
	}, Get: func(r *Rate) string { return exact.Text(r.USD.Decimal) }},
	csvfile.Day("effective_from", func(r *Rate) *sanctions.Date { return &r.Effective.From }),
	csvfile.Day("effective_to", func(r *Rate) *sanctions.Date { return &r.Effective.To }),
	csvfile.Text("citation", func(r *Rate) *string { return &r.Citation }),
}

var rateHeader = csvfile.Names(rateColumns)

// Columns lists the headers of a rates file.
func (*Rate) Columns() []string { return rateHeader }

// SetCell sets one cell by its column's position.
func (r *Rate) SetCell(i int, s string) error { return rateColumns[i].Set(r, s) }

// ReadRates reads a table currency,usd,effective_from,effective_to,citation: a row holds
// from its first day to the day before effective_to, or for good. No two rows of a
// currency hold on one day, so that a table with a row a day closes each; nothing fills
// the days between two rows, such as a weekend: whoever takes Friday's rate for Sunday
// writes so. The dollar has no row. Every fault comes with its place.
func ReadRates(r io.Reader, file string) (*Rates, error) {
	rows, err := csvfile.ReadAll[Rate](r, file, csvfile.Require("currency", "usd", "effective_from"))
	errs := []error{err}
	all := make([]Rate, len(rows))
	var dated []*csvfile.Row[Rate]
	for i := range rows {
		row := &rows[i]
		all[i] = row.Value
		row.Value.Source = row.Source
		rate := &row.Value
		if rate.Currency == Dollar {
			errs = append(errs, row.Fault("currency", Dollar, "a dollar is a dollar; leave the row out"))
		}
		if !rate.USD.Valid || !rate.USD.Decimal.IsPositive() {
			errs = append(errs, row.Fault("usd", "", "a rate is a number above zero"))
		}
		if rate.Effective.From.IsZero() || !rate.Effective.Valid() {
			errs = append(errs, row.Fault("effective_from", "", "a rate needs the day from which it holds, before the day on which it ends"))
		} else {
			dated = append(dated, row)
		}
	}
	slices.SortStableFunc(dated, func(a, b *csvfile.Row[Rate]) int {
		return cmp.Or(cmp.Compare(a.Value.Currency, b.Value.Currency), a.Value.Effective.From.Compare(b.Value.Effective.From))
	})
	out := &Rates{rates: map[string][]Rate{}}
	for _, row := range dated {
		rate, of := row.Value, out.rates[row.Value.Currency]
		if n := len(of); n > 0 && of[n-1].Effective.Overlaps(rate.Effective) {
			errs = append(errs, row.Fault("effective_from", rate.Effective.From.String(),
				"the rate at %v holds on the same day; give that row the day on which it ends as effective_to", of[n-1].Source))
		}
		out.rates[rate.Currency] = append(of, rate)
	}
	if err := sanctions.JoinFaults(errs); err != nil {
		return nil, err
	}
	hash := sha256.New()
	csvfile.WriteCanonical(hash, "rates", rateColumns, all, true)
	out.digest = hex.EncodeToString(hash.Sum(nil))
	return out, nil
}

// Dollar is the currency that needs no rate.
const Dollar = "USD"

// On is the rate of a currency on a day; false where none is known.
func (r *Rates) On(currency string, day sanctions.Date) (Rate, bool) {
	if r == nil || day.IsZero() {
		return Rate{}, false
	}
	of := r.rates[currency]
	at, found := slices.BinarySearchFunc(of, day, func(rate Rate, day sanctions.Date) int { return rate.Effective.From.Compare(day) })
	if !found {
		at-- // the last that began before
	}
	if at < 0 || !of[at].Effective.Contains(day) {
		return Rate{}, false
	}
	return of[at], true
}
