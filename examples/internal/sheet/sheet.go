// Package sheet writes CSV that somebody will open in a spreadsheet.
package sheet

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"
)

// Writer writes rows of CSV. Its cells are data and never formulas: text of other
// people's that a spreadsheet would run (=cmd(), @SUM) is led by an apostrophe.
type Writer struct{ csv *csv.Writer }

// NewWriter starts a sheet with its header.
func NewWriter(w io.Writer, header ...string) Writer {
	sheet := Writer{csv.NewWriter(w)}
	sheet.Row(header...)
	return sheet
}

// Row writes one row. What goes wrong with it, Flush tells.
func (w Writer) Row(cells ...string) {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = inert(cell)
	}
	_ = w.csv.Write(safe)
}

// Flush writes what is left and tells whether all rows were written.
func (w Writer) Flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// formula is what a cell starts with that some spreadsheet takes for a formula,
// the full-width forms among them.
const formula = "=+-@\t\r\n＝＋－＠"

func inert(cell string) string {
	if first, size := utf8.DecodeRuneInString(cell); size > 0 && strings.ContainsRune(formula, first) {
		return "'" + cell
	}
	return cell
}
