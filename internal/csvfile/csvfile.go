// Package csvfile reads CSV files into typed rows and tells, for whatever is
// wrong with them, the exact place: file, line, column, header and value, every
// bad cell and not only the first.
//
// It is the one reader behind all canonical files (parties, interests, firms,
// claims, rule tables) and behind the headerless shapes of OFAC. Columns are
// matched by header in any order; an unknown column, a column twice, a missing
// required column and a ragged row are faults. A byte order mark, a final 0x1A,
// CRLF and line breaks inside quotes are taken as they occur in published files.
//
// Records are cut by a reader of the package's own (records.go) that agrees with
// encoding/csv in every record and fault; a file that is compressed is told as that
// (packed.go), and of an unknown word the known ones that are spelt like it (known.go).
// Cells are handed out by gocsv (batch.go) through its UnmarshalCSVWithFields hook,
// which spends no reflection on fields. Nothing depends on the package variables of
// gocsv: a host program that sets TagName, a header normaliser or the FailIf… switches
// changes nothing here. Hence also no struct tags: a row type names its columns and
// sets them itself, see [Record]; column.go has what most rows need for that.
package csvfile

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Record is the pointer to a row type whose columns are set one by one.
type Record[T any] interface {
	*T
	// Columns lists the headers that the row knows, at most 255, always the same,
	// in the order in which cells are set.
	Columns() []string
	// SetCell sets Columns()[i]. It is not called for an empty cell: empty is
	// unknown. An error is reported with the cell's place.
	SetCell(i int, value string) error
}

// Row is one record of a file; Source has the line on which it starts.
type Row[T any] struct {
	Value   T
	Source  sanctions.Source
	columns []string
	places  []place // of the cells, by column
}

// Cell is the place of the cell in a column, by its number in Columns, or that of
// the row if the file has no such column. It is known until the next row is read,
// and of the rows of [ReadAll] for good.
func (r *Row[T]) Cell(column int) sanctions.Source {
	if column < 0 || column >= len(r.places) || r.places[column].line == 0 {
		return r.Source
	}
	return sanctions.Source{File: r.Source.File, Line: int(r.places[column].line), Column: int(r.places[column].column)}
}

// Under is the place of the cell under a header, as Cell has it.
func (r *Row[T]) Under(header string) sanctions.Source {
	return r.Cell(slices.Index(r.columns, header))
}

// Fault is what is wrong with the cell under a header, where no cell by itself shows it.
func (r *Row[T]) Fault(header, value, format string, args ...any) error {
	return &sanctions.Fault{Source: r.Under(header), Header: header, Value: value, Err: fmt.Errorf(format, args...)}
}

// Option changes how a file is read.
type Option func(*config)

type config struct {
	required   []string
	headerless bool
	extra      bool
	lazy       bool
	prompt     bool
	comma      byte
	firstLine  int
	maxRecord  int
}

// Require names columns that the header must have.
func Require(columns ...string) Option {
	return func(c *config) { c.required = append(c.required, columns...) }
}

// Headerless reads a file without a header, whose cells stand in the order of
// Columns.
func Headerless() Option { return func(c *config) { c.headerless = true } }

// Extra passes over columns that the row type does not know, for published files
// of which only some columns are wanted. Nothing of them is kept. Publishers also
// change the case of their headers, so case does not count then.
func Extra() Option { return func(c *config) { c.extra = true } }

// Comma sets what separates cells, in place of the comma.
func Comma(separator byte) Option { return func(c *config) { c.comma = separator } }

// LazyQuotes takes a quote inside a cell as it stands, for publishers who do not
// double it.
func LazyQuotes() Option { return func(c *config) { c.lazy = true } }

// FirstLine is the number of the line with which the input starts, for a file
// whose preamble was read before.
func FirstLine(n int) Option { return func(c *config) { c.firstLine = n } }

// MaxRecord bounds one record in bytes, so that an unclosed quote cannot draw a
// whole file into memory. The default is 1 MiB.
func MaxRecord(bytes int) Option { return func(c *config) { c.maxRecord = bytes } }

// Prompt yields what records there are before it waits for more, for input that somebody
// types or sends one by one. Without it, rows come a thousand at a time.
func Prompt() Option { return func(c *config) { c.prompt = true } }

// Rows streams the records of r. A bad record is yielded as an error that joins
// one [*sanctions.Fault] a bad cell, together with a Row of the cells that could
// be read, and reading goes on. An unknown column or one that stands twice is
// such a fault too, and the rows behind it are read for the columns that are
// known; a missing required column or a fault of the input itself ends the
// stream. Memory does not grow with the file.
func Rows[T any, P Record[T]](r io.Reader, file string, opts ...Option) iter.Seq2[Row[T], error] {
	return func(yield func(Row[T], error) bool) {
		cfg := config{maxRecord: 1 << 20, comma: ',', firstLine: 1}
		for _, o := range opts {
			o(&cfg)
		}
		columns := P(new(T)).Columns()
		in := newRecords(r, file, cfg)
		order, err := columnOrder(in, columns, cfg)
		if err != nil && (!yield(Row[T]{Source: sanctions.Source{File: file}}, err) || order == nil) {
			return
		}
		if order == nil { // no record at all
			return
		}
		b := newBatch[T, P](in, columns, order)
		b.prompt = cfg.prompt
		for b.fill() {
			if !b.decode(yield) {
				return
			}
		}
	}
}

// ReadAll reads every record. With all faults joined, capped as
// [sanctions.JoinFaults] does, it returns the rows that could be read, so that they
// can be looked at for what no cell shows by itself; none where the header is at
// fault, since what they seem to lack may stand under a mistyped name.
func ReadAll[T any, P Record[T]](r io.Reader, file string, opts ...Option) ([]Row[T], error) {
	var rows []Row[T]
	var errs []error
	header := true // is as it should be
	for row, err := range Rows[T, P](r, file, opts...) {
		if err != nil {
			errs = append(errs, err)
			header = header && row.Source.Line > 0
			continue
		}
		row.places = slices.Clone(row.places)
		rows = append(rows, row)
	}
	if !header {
		rows = nil
	}
	return rows, sanctions.JoinFaults(errs)
}

// columnOrder tells, for each cell of a record, which of the columns it is. It
// reads the header, unless the file has none. An empty headerless file has no
// order and no error; a file that should have a header and is empty is a fault.
// With an error it gives an order only if the rows can still be looked at.
func columnOrder(in *records, columns []string, cfg config) ([]int, error) {
	if cfg.headerless {
		order := make([]int, len(columns))
		for i := range order {
			order[i] = i
		}
		return order, nil
	}
	header, err := in.next()
	if errors.Is(err, io.EOF) {
		return nil, &sanctions.Fault{Source: sanctions.Source{File: in.file, Line: cfg.firstLine},
			Err: fmt.Errorf("the file is empty; its first line must name columns of %s", strings.Join(columns, ", "))}
	}
	if err != nil {
		return nil, err
	}
	order := make([]int, len(header))
	seen := make(map[string]bool, len(header))
	var errs []error
	fault := func(i int, value string, err error) {
		errs = append(errs, &sanctions.Fault{Source: in.cell(i), Header: "header", Value: value, Err: err})
	}
	for i, h := range header {
		name := strings.TrimSpace(h)
		order[i] = slices.IndexFunc(columns, func(c string) bool {
			return c == name || cfg.extra && strings.EqualFold(c, name)
		})
		switch {
		case order[i] < 0 && cfg.extra:
		case order[i] < 0:
			fault(i, h, unknownColumn(h, len(header), columns))
		case seen[columns[order[i]]]:
			order[i] = -1
			fault(i, h, errors.New("the column stands twice; remove one"))
		default:
			seen[columns[order[i]]] = true
		}
	}
	whole := len(seen) > 0
	for _, name := range cfg.required {
		if !seen[name] {
			whole = false
			errs = append(errs, &sanctions.Fault{Source: sanctions.Source{File: in.file, Line: cfg.firstLine},
				Err: fmt.Errorf("the column %s is missing", name)})
		}
	}
	if errs != nil && !whole {
		order = nil
	}
	return order, errors.Join(errs...)
}

func unknownColumn(header string, cells int, columns []string) error {
	if other := strings.Trim(header, "abcdefghijklmnopqrstuvwxyz0123456789_"); cells == 1 && other != "" && strings.ContainsRune(";\t|", rune(other[0])) {
		return fmt.Errorf("the header has one cell, with %q in it; save the file with commas between cells", other[0])
	}
	return fmt.Errorf("unknown column; %s", Known(header, columns))
}
