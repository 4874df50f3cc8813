package csvfile

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions"
)

// records gives the raw records of a file with the places of their cells. It
// reads what encoding/csv reads, cell by cell and fault by fault (a fuzz target
// compares the two), at less of a price: nearly every record is one string that
// its cells are parts of.
type records struct {
	file  string
	in    *input
	comma byte
	lazy  bool
	max   int // bytes of a record

	buf    []byte // what was read of the file and not yet given out: buf[at:end]
	at     int
	end    int
	ended  error // why there is nothing to read behind end
	number int   // of the last line
	size   int   // bytes of the record so far

	line   int  // on which the last good record starts
	valid  bool // the last record is text
	cells  []string
	places []place
	text   []byte // of a record with quotes, the quotes taken away
	ends   []int  // of its cells in text
}

type place struct{ line, column int32 }

func newRecords(r io.Reader, file string, cfg config) *records {
	return &records{file: file, in: &input{r: bufio.NewReaderSize(r, 1<<16)}, comma: cfg.comma, lazy: cfg.lazy,
		max: cfg.maxRecord, buf: make([]byte, 1<<16), number: cfg.firstLine - 1}
}

// next returns the next record, valid until the one after; io.EOF at the end; a
// *sanctions.Fault for a malformed record, after which reading may go on unless
// the fault is a [stopError].
func (r *records) next() ([]string, error) {
	for {
		r.size = 0
		line, err := r.readLine()
		switch {
		case errors.Is(err, io.EOF):
			return nil, io.EOF
		case err != nil:
			return nil, r.stopped(err)
		case len(line) == 0 || line[0] == '\n' && len(line) == 1:
			continue
		}
		r.line = r.number
		r.cells, r.places = r.cells[:0], r.places[:0]
		if r.split(line) {
			return r.cells, nil
		}
		r.cells, r.places = r.cells[:0], r.places[:0]
		return r.unquote(line)
	}
}

// split cuts a line into cells that are parts of one string; false when it is no
// whole record or a cell is not as it stands, because of quotes inside it.
func (r *records) split(line []byte) bool {
	line = bytes.TrimSuffix(line, newline)
	text := string(line)
	r.valid = printableASCII(line) || isText(text) == nil
	for start := 0; ; {
		r.places = append(r.places, place{int32(r.number), int32(start + 1)})
		var end, next int // of the cell, and where the one behind it starts
		if start < len(text) && text[start] == '"' {
			start++
			n := strings.IndexByte(text[start:], '"')
			if n < 0 {
				return false
			}
			end = start + n
			if next = end + 2; end+1 < len(text) && text[end+1] != r.comma {
				return false
			}
		} else {
			for end = start; end < len(text) && text[end] != r.comma; end++ {
				if text[end] == '"' {
					return false
				}
			}
			next = end + 1
		}
		r.cells = append(r.cells, text[start:end])
		if next > len(text) {
			return true
		}
		start = next
	}
}

var newline = []byte{'\n'}

// printableASCII reports whether every byte is from 0x20 to 0x7E, eight at a
// time: nearly every line is so, and then nothing else need be looked at.
func printableASCII(line []byte) bool {
	const ones = 0x0101010101010101
	for ; len(line) >= 8; line = line[8:] {
		// The top bit of a byte is set where it is set already, where taking
		// 0x20 away borrows, or where adding one to it carries into the bit.
		x := binary.LittleEndian.Uint64(line)
		if (x|(x-0x20*ones)|(x+ones))&(0x80*ones) != 0 {
			return false
		}
	}
	for _, c := range line {
		if c < 0x20 || c > 0x7E {
			return false
		}
	}
	return true
}

// isText tells why a cell is no text: bytes that are not UTF-8, or control
// characters other than tabs and line ends, such as NUL.
func isText(s string) error {
	if !utf8.ValidString(s) {
		return errEncoding
	}
	for i := range len(s) {
		if c := s[i]; c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0x7F {
			return fmt.Errorf("the cell has the control character 0x%02X; remove it", c)
		}
	}
	return nil
}

var errEncoding = errors.New("the cell is not UTF-8 text; convert the file")

// unquote reads a record with quotes inside its cells, which may go on over
// further lines.
func (r *records) unquote(line []byte) ([]string, error) {
	r.text, r.ends = r.text[:0], r.ends[:0]
	column := 1
	var fault error
	for more := true; more && fault == nil; {
		r.places = append(r.places, place{int32(r.number), int32(column)})
		if len(line) == 0 || line[0] != '"' {
			n := bytes.IndexByte(line, r.comma)
			cell := line
			if more = n >= 0; more {
				cell = line[:n]
			} else {
				cell = bytes.TrimSuffix(cell, newline)
			}
			if quote := bytes.IndexByte(cell, '"'); quote >= 0 && !r.lazy {
				fault = r.misquoted(csv.ErrBareQuote, r.number, column+quote)
				break
			}
			r.text = append(r.text, cell...)
			r.ends = append(r.ends, len(r.text))
			if more {
				line, column = line[n+1:], column+n+1
			}
			continue
		}
		line, column = line[1:], column+1
		line, column, more, fault = r.quoted(line, column)
		r.ends = append(r.ends, len(r.text))
	}
	if fault != nil {
		return nil, fault
	}
	text := string(r.text)
	r.valid = isText(text) == nil
	start := 0
	for _, end := range r.ends {
		r.cells = append(r.cells, text[start:end])
		start = end
	}
	return r.cells, nil
}

// quoted reads the rest of a quoted cell into text. It returns the rest of the
// line behind the comma that follows, or more = false at the end of the record.
func (r *records) quoted(line []byte, column int) (rest []byte, at int, more bool, fault error) {
	number := r.number // of the last line that has anything
	for {
		n := bytes.IndexByte(line, '"')
		if n < 0 {
			if len(line) > 0 { // the cell goes on in the next line
				r.text = append(r.text, line...)
				column += len(line)
				next, err := r.readLine()
				if err != nil && !errors.Is(err, io.EOF) {
					return nil, 0, false, r.stopped(err)
				}
				if line = next; len(line) > 0 {
					number, column = r.number, 1
				}
				continue
			}
			if !r.lazy {
				return nil, 0, false, r.misquoted(csv.ErrQuote, number, column)
			}
			return nil, 0, false, nil
		}
		r.text = append(r.text, line[:n]...)
		line, column = line[n+1:], column+n+1
		switch {
		case len(line) > 0 && line[0] == '"': // two quotes are one
			r.text = append(r.text, '"')
			line, column = line[1:], column+1
		case len(line) > 0 && line[0] == r.comma:
			return line[1:], column + 1, true, nil
		case len(line) == 0 || len(line) == 1 && line[0] == '\n':
			return nil, 0, false, nil
		case r.lazy:
			r.text = append(r.text, '"')
		default:
			return nil, 0, false, r.misquoted(csv.ErrQuote, r.number, column-1)
		}
	}
}

func (r *records) misquoted(err error, line, column int) error {
	return &sanctions.Fault{Source: sanctions.Source{File: r.file, Line: line, Column: column},
		Err: fmt.Errorf("%w in the record that starts on line %d; check its quotes", err, r.line)}
}

func (r *records) stopped(err error) error {
	return &sanctions.Fault{Source: sanctions.Source{File: r.file, Line: r.number + 1}, Err: stopError{err}}
}

// stopError marks a fault after which the input gives nothing more.
type stopError struct{ error }

func (e stopError) Unwrap() error { return e.error }

// readLine returns the next line with its line end as "\n", valid until the next
// call. The last line may have none. At the end of the file there is no line and
// the error is io.EOF.
func (r *records) readLine() ([]byte, error) {
	scanned := 0
	for {
		if n := bytes.IndexByte(r.buf[r.at+scanned:r.end], '\n'); n >= 0 {
			return r.give(scanned+n+1, true)
		}
		scanned = r.end - r.at
		if r.ended != nil {
			if scanned > 0 && errors.Is(r.ended, io.EOF) {
				return r.give(scanned, false)
			}
			return nil, r.ended
		}
		if r.size+scanned > r.max {
			return nil, r.tooLong()
		}
		if r.at > 0 {
			copy(r.buf, r.buf[r.at:r.end])
			r.at, r.end = 0, scanned
		}
		if r.end == len(r.buf) {
			r.buf = append(r.buf, make([]byte, len(r.buf))...)
		}
		n, err := r.in.Read(r.buf[r.end:])
		r.end += n
		r.ended = err
	}
}

// dry reports whether the next line is not at hand.
func (r *records) dry() bool {
	return r.ended == nil && r.in.r.Buffered() == 0 && bytes.IndexByte(r.buf[r.at:r.end], '\n') < 0
}

// give passes out the next n bytes as a line.
func (r *records) give(n int, whole bool) ([]byte, error) {
	if r.size += n; r.size > r.max {
		return nil, r.tooLong()
	}
	line := r.buf[r.at : r.at+n]
	r.at += n
	r.number++
	switch {
	case whole && n >= 2 && line[n-2] == '\r':
		line[n-2] = '\n'
		line = line[:n-1]
	case !whole && line[n-1] == '\r':
		line = line[:n-1]
	}
	return line, nil
}

func (r *records) tooLong() error {
	return fmt.Errorf("a record is longer than %d bytes; a quote may be left open", r.max)
}

// cell is the place of the i-th cell of the last record.
func (r *records) cell(i int) sanctions.Source {
	return sanctions.Source{File: r.file, Line: int(r.places[i].line), Column: int(r.places[i].column)}
}

// input passes bytes on without a leading byte order mark and without a final
// 0x1A (the end-of-file character of CP/M, with which OFAC ends its files).
type input struct {
	r       *bufio.Reader
	started bool
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
	n, err := in.r.Read(p)
	if i := bytes.IndexByte(p[:n], 0x1A); i >= 0 && onlyEnd(p[i:n]) {
		if rest, more := in.r.Peek(len("\x1a\r\n")); errors.Is(more, io.EOF) && onlyEnd(rest) {
			n = i
		}
	}
	return n, err
}

// onlyEnd reports whether nothing but 0x1A and line ends stand there.
func onlyEnd(p []byte) bool { return len(bytes.Trim(p, "\x1a\r\n")) == 0 }
