package csvfile

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"github.com/sanctionrisk/exposure/sanctions"
)

// records gives the raw records of a file with the places of their cells.
type records struct {
	file  string
	csv   *csv.Reader
	input *input
	line  int // on which the last good record starts
	skip  int // lines of the file before the input
}

func newRecords(r io.Reader, file string, cfg config) *records {
	in := &input{r: bufio.NewReaderSize(r, 1<<16), budget: cfg.maxRecord, max: cfg.maxRecord}
	c := csv.NewReader(in)
	c.Comma, c.LazyQuotes = cfg.comma, cfg.lazy
	c.FieldsPerRecord = -1 // ragged rows are reported by their cells, not by the first of them
	c.ReuseRecord = true
	return &records{file: file, csv: c, input: in, skip: cfg.firstLine - 1}
}

// next returns the next record, valid until the one after; io.EOF at the end; a
// *sanctions.Fault for a malformed record, after which reading may go on unless
// the fault says [errStop].
func (r *records) next() ([]string, error) {
	r.input.budget = r.input.max
	rec, err := r.csv.Read()
	if err == nil {
		r.line, _ = r.place(0)
		return rec, nil
	}
	if errors.Is(err, io.EOF) {
		return nil, err
	}
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		return nil, &sanctions.Fault{Source: sanctions.Source{File: r.file, Line: parse.Line + r.skip, Column: parse.Column},
			Err: fmt.Errorf("%w in the record that starts on line %d; check its quotes", parse.Err, parse.StartLine+r.skip)}
	}
	return nil, &sanctions.Fault{Source: sanctions.Source{File: r.file, Line: r.line + 1}, Err: stopError{err}}
}

// stopError marks a fault after which the input gives nothing more.
type stopError struct{ error }

func (e stopError) Unwrap() error { return e.error }

// cell is the place of the i-th cell of the last record.
func (r *records) cell(i int) sanctions.Source {
	line, col := r.place(i)
	return sanctions.Source{File: r.file, Line: line, Column: col}
}

func (r *records) place(i int) (line, column int) {
	line, column = r.csv.FieldPos(i)
	return line + r.skip, column
}

// input passes bytes on without a leading byte order mark and without a final
// 0x1A (the end-of-file character of CP/M, with which OFAC ends its files), and
// refuses to pass on more than max bytes without a record coming out.
type input struct {
	r       *bufio.Reader
	started bool
	budget  int
	max     int
}

var byteOrderMark = []byte{0xEF, 0xBB, 0xBF}

func (in *input) Read(p []byte) (int, error) {
	if !in.started {
		in.started = true
		if head, _ := in.r.Peek(len(byteOrderMark)); bytes.Equal(head, byteOrderMark) {
			if _, err := in.r.Discard(len(byteOrderMark)); err != nil {
				return 0, err
			}
		}
	}
	if in.budget <= 0 {
		return 0, fmt.Errorf("a record is longer than %d bytes; a quote may be left open", in.max)
	}
	n, err := in.r.Read(p)
	in.budget -= n
	if i := bytes.IndexByte(p[:n], 0x1A); i >= 0 && onlyEnd(p[i:n]) {
		if rest, more := in.r.Peek(len("\x1a\r\n")); errors.Is(more, io.EOF) && onlyEnd(rest) {
			n = i
		}
	}
	return n, err
}

// onlyEnd reports whether nothing but 0x1A and line ends stand there.
func onlyEnd(p []byte) bool { return len(bytes.Trim(p, "\x1a\r\n")) == 0 }
