package csvfile

import (
	"errors"
	"fmt"
	"io"

	"github.com/gocarina/gocsv"

	"github.com/sanctionrisk/exposure/sanctions"
)

const (
	groupRows   = 16 // records that gocsv is shown as one row
	batchGroups = 64
	batchRows   = groupRows * batchGroups
)

// batch holds a run of records on their way through gocsv, which decodes many
// at a time for the price of looking at the row type once. It makes two objects
// for each row that it sees, so it is shown groups of records, one beside the
// other, as one wide row.
type batch[T any, P Record[T]] struct {
	in      *records
	columns []string
	order   []int // file cell → column

	rows   [][]string // row 0 is the header that gocsv is shown, each other row a group
	used   int        // of rows in this batch
	cells  []string   // backing of rows, len(columns) a record
	places []place    // parallel to cells
	faults []rowFault // faults met while filling, by row
	starts []int32    // line on which each record starts
	end    bool       // the input gives nothing more

	out []decoded[T, P]
}

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
	wide := groupRows * len(columns)
	b.rows = make([][]string, 1+batchGroups)
	b.rows[0] = syntheticHeader(wide)
	for i := range batchGroups {
		b.rows[1+i] = b.cells[i*wide : (i+1)*wide]
	}
	b.out = make([]decoded[T, P], batchGroups)
	return b
}

// fill reads up to batchRows records; false when there are none.
func (b *batch[T, P]) fill() bool {
	width := len(b.columns)
	b.starts, b.faults = b.starts[:0], b.faults[:0]
	for len(b.starts) < batchRows && !b.end {
		rec, err := b.in.next()
		if errors.Is(err, io.EOF) {
			b.end = true
			break
		}
		var bad error // cells that are no text
		fault, isFault := errors.AsType[*sanctions.Fault](err)
		if isFault {
			_, b.end = errors.AsType[stopError](err)
		} else if len(rec) != len(b.order) {
			fault = &sanctions.Fault{Source: sanctions.Source{File: b.in.file, Line: b.in.line},
				Err: fmt.Errorf("the row has %d cells where %d are expected", len(rec), len(b.order))}
		} else if !b.in.valid {
			bad = b.notText(rec)
		}
		at := len(b.starts)
		cells := b.cells[at*width : (at+1)*width]
		clear(cells)
		switch {
		case fault != nil:
			b.starts = append(b.starts, int32(fault.Line))
			b.faults = append(b.faults, rowFault{at, fault})
		case bad != nil:
			b.starts = append(b.starts, int32(b.in.line))
			b.faults = append(b.faults, rowFault{at, bad})
		default:
			places := b.places[at*width : (at+1)*width]
			for i, value := range rec {
				if column := b.order[i]; column >= 0 {
					cells[column] = value
					places[column] = b.in.places[i]
				}
			}
			b.starts = append(b.starts, int32(b.in.line))
		}
	}
	groups := (len(b.starts) + groupRows - 1) / groupRows
	clear(b.cells[len(b.starts)*width : groups*groupRows*width]) // of an earlier batch
	b.used = 1 + groups
	return groups > 0
}

// notText finds the cells of a record that are no text, of those that are wanted.
func (b *batch[T, P]) notText(rec []string) error {
	var errs []error
	for i, value := range rec {
		if column := b.order[i]; column >= 0 {
			if err := isText(value); err != nil {
				errs = append(errs, &sanctions.Fault{Source: b.in.cell(i), Header: b.columns[column], Value: value, Err: err})
			}
		}
	}
	return errors.Join(errs...)
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
		} else {
			r := &b.out[i/groupRows].group.rows[i%groupRows]
			row.Value, row.places = r.value, b.places[i*len(b.columns):(i+1)*len(b.columns)]
			if r.bad != nil {
				err = b.locate(i, r.bad)
			}
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
func (b *batch[T, P]) ReadAll() ([][]string, error) { return b.rows[:b.used], nil }

// Read is never called: UnmarshalCSV reads all at once.
func (b *batch[T, P]) Read() ([]string, error) { return nil, io.EOF }

// decoded is the row type that gocsv sees: a group of records. It takes cells by
// position, so the keys, which a host's header normaliser may have changed, do
// not matter. Cell is its one exported field: gocsv refuses a type without any,
// and with FailIfUnmatchedStructTags one that no header names.
type decoded[T any, P Record[T]] struct {
	Cell  bool `csv:"Cell"`
	group *group[T]
}

type group[T any] struct {
	rows   [groupRows]decodedRow[T]
	width  int
	at     int // record of the next cell
	column int // column of the next cell
}

type decodedRow[T any] struct {
	value T
	bad   []badCell
}

type badCell struct {
	column int
	err    error
}

// UnmarshalCSVWithFields is called by gocsv for each cell of a group in turn.
func (d *decoded[T, P]) UnmarshalCSVWithFields(_, value string) error {
	g := d.group
	if g == nil {
		g = &group[T]{width: len(P(new(T)).Columns())}
		d.group = g
	}
	i, row := g.column, &g.rows[g.at]
	if g.column++; g.column == g.width {
		g.column = 0
		g.at++
	}
	if value == "" {
		return nil
	}
	if err := P(&row.value).SetCell(i, value); err != nil {
		row.bad = append(row.bad, badCell{i, err})
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
