package csvfile

import (
	"errors"
	"fmt"
	"io"
	"math"

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
// other, as one wide row. Of each record it is shown the columns that some record
// of the batch fills; the first cell of a wide row says which.
type batch[T any, P Record[T]] struct {
	in      *records
	columns []string
	order   []int // file cell → column

	header []string
	rows   [][]string // row 0 is the header that gocsv is shown, each other row a group
	shown  []string   // backing of the groups
	used   int        // of rows in this batch
	cells  []string   // len(columns) a record
	places []place    // parallel to cells
	filled []byte     // columns that some record fills, as numbers
	faults []rowFault // faults met while filling, by row
	starts []int32    // line on which each record starts
	end    bool       // the input gives nothing more
	prompt bool       // records are passed on before the input is waited for

	out []decoded[T, P]
}

// rowFault is a fault that replaces the row at position row.
type rowFault struct {
	row int
	err error
}

func newBatch[T any, P Record[T]](in *records, columns []string, order []int) *batch[T, P] {
	if len(columns) > math.MaxUint8 {
		panic("csvfile: a row type has more columns than a byte can number") // its author's mistake, whatever the file
	}
	b := &batch[T, P]{in: in, columns: columns, order: order}
	b.cells = make([]string, batchRows*len(columns))
	b.places = make([]place, batchRows*len(columns))
	b.starts = make([]int32, 0, batchRows)
	wide := 1 + groupRows*len(columns)
	b.header = syntheticHeader(wide)
	b.rows = make([][]string, 1+batchGroups)
	b.shown = make([]string, batchGroups*wide)
	b.out = make([]decoded[T, P], batchGroups)
	return b
}

// fill reads up to batchRows records; false when there are none.
func (b *batch[T, P]) fill() bool {
	width := len(b.columns)
	b.starts, b.faults = b.starts[:0], b.faults[:0]
	for len(b.starts) < batchRows && !b.end {
		if b.prompt && len(b.starts) > 0 && b.in.dry() {
			break
		}
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
	b.show(groups)
	return groups > 0
}

// show lays the filled columns of the records out as gocsv is shown them.
func (b *batch[T, P]) show(groups int) {
	width := len(b.columns)
	b.filled = b.filled[:0]
	for column := range width {
		for at := range b.starts {
			if b.cells[at*width+column] != "" {
				b.filled = append(b.filled, byte(column))
				break
			}
		}
	}
	filled := string(b.filled)
	wide := 1 + groupRows*len(filled)
	b.rows[0] = b.header[:wide]
	for i := range groups {
		row := b.shown[i*wide : (i+1)*wide]
		row[0] = filled
		next := 1
		for at := i * groupRows * width; at < (i+1)*groupRows*width; at += width {
			for _, column := range b.filled {
				row[next] = b.cells[at+int(column)]
				next++
			}
		}
		b.rows[1+i] = row
	}
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
	var row Row[T]
	row.Source.File, row.columns = b.in.file, b.columns
	for i := range b.starts {
		row.Source.Line = int(b.starts[i])
		var err error
		if len(faults) > 0 && faults[0].row == i {
			err, faults = faults[0].err, faults[1:]
			row = Row[T]{Source: row.Source, columns: b.columns}
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
	filled string // columns of the cells of a record
	at     int    // record of the next cell
	next   int    // the next cell of it
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
		d.group = &group[T]{filled: value}
		return nil
	}
	i, row := int(g.filled[g.next]), &g.rows[g.at]
	if g.next++; g.next == len(g.filled) {
		g.next = 0
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
