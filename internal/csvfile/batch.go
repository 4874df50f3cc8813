package csvfile

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/gocarina/gocsv"

	"github.com/sanctionrisk/exposure/sanctions"
)

const batchRows = 256

// batch holds a run of records on their way through gocsv, which decodes many
// at a time for the price of looking at the row type once.
type batch[T any, P Record[T]] struct {
	in      *records
	columns []string
	order   []int // file cell → column

	rows   [][]string // row 0 is the header that gocsv is shown
	cells  []string   // backing of rows, len(columns) a row
	places []place    // parallel to cells
	faults []rowFault // faults met while filling, by row
	starts []int32    // line on which each row starts
	end    bool       // the input gives nothing more

	out []decoded[T, P]
}

type place struct{ line, column int32 }

// rowFault is a fault that replaces the row at position row.
type rowFault struct {
	row int
	err error
}

func newBatch[T any, P Record[T]](in *records, columns []string, order []int) *batch[T, P] {
	b := &batch[T, P]{in: in, columns: columns, order: order}
	b.cells = make([]string, batchRows*len(columns))
	b.places = make([]place, batchRows*len(columns))
	b.starts = make([]int32, 0, batchRows)
	b.rows = make([][]string, 1, batchRows+1)
	b.rows[0] = syntheticHeader(len(columns))
	b.out = make([]decoded[T, P], batchRows)
	return b
}

// fill reads up to batchRows records; false when there are none.
func (b *batch[T, P]) fill() bool {
	width := len(b.columns)
	b.rows, b.starts, b.faults = b.rows[:1], b.starts[:0], b.faults[:0]
	for len(b.starts) < batchRows && !b.end {
		rec, err := b.in.next()
		if errors.Is(err, io.EOF) {
			b.end = true
			break
		}
		var fault *sanctions.Fault
		if errors.As(err, &fault) {
			var stop stopError
			b.end = errors.As(err, &stop)
		} else if len(rec) != len(b.order) {
			fault = &sanctions.Fault{Source: sanctions.Source{File: b.in.file, Line: b.in.line},
				Err: fmt.Errorf("the row has %d cells where %d are expected", len(rec), len(b.order))}
		}
		at := len(b.starts)
		cells := b.cells[at*width : (at+1)*width]
		clear(cells)
		if fault != nil {
			b.starts = append(b.starts, int32(fault.Line))
			b.faults = append(b.faults, rowFault{at, fault})
		} else {
			places := b.places[at*width : (at+1)*width]
			for i, value := range rec {
				if b.order[i] < 0 {
					continue
				}
				line, col := b.in.place(i)
				cells[b.order[i]] = value
				places[b.order[i]] = place{int32(line), int32(col)}
			}
			b.starts = append(b.starts, int32(b.in.line))
		}
		b.rows = append(b.rows, cells)
	}
	return len(b.starts) > 0
}

// decode runs the batch through gocsv and yields its rows in order; false when
// the consumer wants no more.
func (b *batch[T, P]) decode(yield func(Row[T], error) bool) bool {
	if err := gocsv.UnmarshalCSV(b, &b.out); err != nil {
		yield(Row[T]{Source: sanctions.Source{File: b.in.file, Line: int(b.starts[0])}}, err)
		return false
	}
	faults := b.faults
	for i := range b.starts {
		row := Row[T]{Source: sanctions.Source{File: b.in.file, Line: int(b.starts[i])}}
		var err error
		if len(faults) > 0 && faults[0].row == i {
			err, faults = faults[0].err, faults[1:]
		} else if bad := b.out[i].bad; bad != nil {
			err = b.locate(i, bad)
		} else {
			row.Value = b.out[i].value
		}
		if !yield(row, err) {
			return false
		}
	}
	return true
}

// locate turns the bad cells of a row into faults with their places.
func (b *batch[T, P]) locate(row int, bad []badCell) error {
	errs := make([]error, len(bad))
	for i, c := range bad {
		at := row*len(b.columns) + c.column
		errs[i] = &sanctions.Fault{
			Source: sanctions.Source{File: b.in.file, Line: int(b.places[at].line), Column: int(b.places[at].column)},
			Header: b.columns[c.column], Value: b.cells[at], Err: c.err,
		}
	}
	return errors.Join(errs...)
}

// ReadAll makes the batch a gocsv.CSVReader.
func (b *batch[T, P]) ReadAll() ([][]string, error) { return b.rows, nil }

// Read is never called: UnmarshalCSV reads all at once.
func (b *batch[T, P]) Read() ([]string, error) { return nil, io.EOF }

// decoded is the row type that gocsv sees. It takes cells by position, so the
// keys, which a host's header normaliser may have changed, do not matter. Cell
// is its one exported field: gocsv refuses a type without any, and with
// FailIfUnmatchedStructTags one that no header names.
type decoded[T any, P Record[T]] struct {
	Cell  string `csv:"Cell"`
	value T
	next  int
	bad   []badCell
}

type badCell struct {
	column int
	err    error
}

var errEncoding = errors.New("the cell is not UTF-8 text; convert the file")

// UnmarshalCSVWithFields is called by gocsv for each cell of a row in turn.
func (d *decoded[T, P]) UnmarshalCSVWithFields(_, value string) error {
	i := d.next
	d.next++
	if value == "" {
		return nil
	}
	err := errEncoding
	if utf8.ValidString(value) {
		err = P(&d.value).SetCell(i, value)
	}
	if err != nil {
		d.bad = append(d.bad, badCell{i, err})
	}
	return nil // a bad cell must not stop the others from being looked at
}

// syntheticHeader is "Cell", "Cell1", …: different names, so that gocsv's
// FailIfDoubleHeaderNames finds nothing, the first naming the field of decoded.
func syntheticHeader(n int) []string {
	header := make([]string, n)
	for i := range header {
		header[i] = "Cell"
		if i > 0 {
			header[i] = fmt.Sprintf("Cell%d", i)
		}
	}
	return header
}
