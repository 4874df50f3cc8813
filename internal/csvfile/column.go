package csvfile

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/internal/exact"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Column is one column of a CSV file whose rows are of type T: how a cell is read
// and how it is written again. Reading what was written gives the same row.
type Column[T any] struct {
	Name  string
	Set   func(*T, string) error
	Get   func(*T) string
	Terms []string // the closed vocabulary, in order; nil where it is open
}

// Text is a column that takes any words.
func Text[T any](name string, at func(*T) *string) Column[T] {
	return Column[T]{Name: name, Set: func(t *T, s string) error { *at(t) = s; return nil }, Get: func(t *T) string { return *at(t) }}
}

// Term is a column of a closed vocabulary, see [Fold].
func Term[T any, V ~string](name string, terms []V, at func(*T) *V) Column[T] {
	words, keys := make([]string, len(terms)), make([]string, len(terms))
	for i, t := range terms {
		words[i], keys[i] = string(t), Fold(string(t))
	}
	return Column[T]{Name: name, Terms: words, Set: func(t *T, s string) error {
		i := slices.Index(keys, Fold(s))
		if i < 0 {
			return fmt.Errorf("unknown %s; %s", name, Known(s, words))
		}
		*at(t) = terms[i]
		return nil
	}, Get: func(t *T) string { return string(*at(t)) }}
}

// Fold is a term as terms are compared: case and the choice between space, hyphen
// and underscore do not count.
func Fold(s string) string {
	return folder.Replace(strings.ToLower(strings.TrimSpace(s)))
}

var folder = strings.NewReplacer("->", "→", " ", "_", "-", "_")

// YesNo is a column that says yes or no.
func YesNo[T any](name string, at func(*T) *bool) Column[T] {
	word := Term(name, []string{"yes", "no"}, func(s *string) *string { return s })
	return Column[T]{Name: name, Terms: word.Terms, Set: func(t *T, s string) error {
		var answer string
		err := word.Set(&answer, s)
		*at(t) = answer == "yes"
		return err
	}, Get: func(t *T) string {
		if *at(t) {
			return "yes"
		}
		return "no"
	}}
}

// Day is a column of dates.
func Day[T any](name string, at func(*T) *sanctions.Date) Column[T] {
	return Column[T]{Name: name, Set: func(t *T, s string) (err error) {
		*at(t), err = sanctions.ParseDate(s)
		return err
	}, Get: func(t *T) string { return at(t).String() }}
}

// Number is a column of numbers that may be absent, with at most six decimals, so
// that a count in millionths holds them exactly.
func Number[T any](name string, at func(*T) *decimal.NullDecimal) Column[T] {
	return Column[T]{Name: name, Set: func(t *T, s string) error {
		n, err := exact.Parse(s)
		if err != nil {
			return err
		}
		*at(t) = decimal.NullDecimal{Decimal: decimal.New(n, -6), Valid: true}
		return nil
	}, Get: func(t *T) string {
		if d := at(t); d.Valid {
			return exact.Format(exact.Millionths(d.Decimal))
		}
		return ""
	}}
}

// Names are the headers of columns.
func Names[T any](columns []Column[T]) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.Name
	}
	return out
}

// WriteCanonical writes the rows of a table for a digest: every cell, and the rows in
// their own order or, where that means nothing, sorted.
func WriteCanonical[T any](w io.Writer, table string, columns []Column[T], rows []T, sorted bool) {
	lines := make([]string, len(rows))
	cells := make([]string, len(columns))
	for i := range rows {
		for j, c := range columns {
			cells[j] = c.Get(&rows[i])
		}
		lines[i] = strings.Join(cells, "\x1f")
	}
	if sorted {
		slices.Sort(lines)
	}
	fmt.Fprintf(w, "%s\x1d%s\x1e", table, strings.Join(lines, "\x1e"))
}
