package risk

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/sanctions"
)

// column is one column of a CSV file whose rows are of type T: how a cell is read
// and how it is written again. Reading what was written gives the same row.
type column[T any] struct {
	name string
	set  func(*T, string) error
	get  func(*T) string
}

func text[T any](name string, at func(*T) *string) column[T] {
	return column[T]{name, func(t *T, s string) error { *at(t) = s; return nil }, func(t *T) string { return *at(t) }}
}

func term[T any, V ~string](name string, terms []V, at func(*T) *V) column[T] {
	return column[T]{name, func(t *T, s string) error { return set(at(t), name, s, terms) }, func(t *T) string { return string(*at(t)) }}
}

func day[T any](name string, at func(*T) *sanctions.Date) column[T] {
	return column[T]{name, func(t *T, s string) (err error) {
		*at(t), err = sanctions.ParseDate(s)
		return err
	}, func(t *T) string { return at(t).String() }}
}

// optional is a number that may be absent; at most six decimals, so that the
// ledger, which counts in millionths of a point, holds it exactly.
func optional[T any](name string, at func(*T) *decimal.NullDecimal) column[T] {
	return column[T]{name, func(t *T, s string) error {
		n, err := parseNumeral(s)
		if err != nil {
			return err
		}
		*at(t) = decimal.NullDecimal{Decimal: decimal.New(n.value, -6), Valid: true}
		return nil
	}, func(t *T) string {
		if d := at(t); d.Valid {
			return numeral{micro(d.Decimal), true}.String()
		}
		return ""
	}}
}

// conditions is one column for each fact of the scopes, as unary tests.
func conditions[T any](at func(*T) *[]Condition, scopes ...Scope) []column[T] {
	var out []column[T]
	for _, fact := range catalogue {
		if !slices.Contains(scopes, fact.Scope) {
			continue
		}
		out = append(out, column[T]{fact.Name, func(t *T, s string) error {
			c := Condition{fact.Name, s}
			if _, err := c.compile(); err != nil {
				return err
			}
			*at(t) = append(*at(t), c)
			return nil
		}, func(t *T) string {
			for _, c := range *at(t) {
				if c.Fact == fact.Name {
					return c.Test
				}
			}
			return ""
		}})
	}
	return out
}

func header[T any](columns []column[T]) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.name
	}
	return out
}

// micro is a decimal in millionths; what columns read fits without rounding.
func micro(d decimal.Decimal) int64 { return d.Shift(6).IntPart() }
