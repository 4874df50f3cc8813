package lists

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// count counts the rows of a file that another package reads, without a look at
// what stands in them.
func (r *reading) count() {
	switch r.format.shape {
	case csvRows:
		r.countCSV()
	case jsonLines:
		r.countJSON()
	}
}

// countCSV counts line ends outside quotes, less the header and blank lines.
func (r *reading) countCSV() {
	in := bufio.NewReaderSize(r.in, 1<<16)
	rows, quoted, blank := -1, false, true
	line, opened := 1, 0 // the present one, and the one from which quotes do not come out even
	for {
		chunk, err := in.ReadSlice('\n')
		if bytes.Count(chunk, []byte{'"'})%2 == 1 {
			quoted, opened = !quoted, line
		}
		line += bytes.Count(chunk, newline)
		if len(bytes.Trim(chunk, "\r\n\x1a\ufeff")) > 0 {
			blank = false
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if !quoted && !blank {
			rows++
			blank = true
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			r.fault(r.at(line), "", "", err)
			return
		}
	}
	if quoted {
		r.note(Truncated, r.at(opened), "", r.file.Path+" ends inside a quoted cell; fetch it again")
	}
	r.file.Rows = max(rows, 0)
}

var newline = []byte{'\n'}

// countJSON counts the elements of an array or the lines of JSON lines.
func (r *reading) countJSON() {
	in := bufio.NewReaderSize(r.in, 1<<16)
	before := int64(0) // bytes before the first record
	var first byte
	for {
		c, err := in.ReadByte()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			r.fault(r.at(0), "", "", err)
			return
		}
		if strings.IndexByte(" \t\r\n\xef\xbb\xbf", c) < 0 {
			first = c
			break
		}
		before++
	}
	dec := json.NewDecoder(io.MultiReader(bytes.NewReader([]byte{first}), in))
	if first == '[' {
		_, _ = dec.Token() // it is that bracket
	}
	for first != '[' || dec.More() {
		var value json.RawMessage
		switch err := dec.Decode(&value); {
		case err == nil:
			r.row()
			continue
		case errors.Is(err, io.EOF) && first != '[':
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			r.note(Truncated, r.at(r.lineOf(before+dec.InputOffset())), "", r.file.Path+" ends inside a record; fetch it again")
		default:
			r.fault(r.at(r.lineOf(before+dec.InputOffset())), "", "", err)
		}
		return
	}
	if _, err := dec.Token(); err != nil { // of the closing bracket
		r.note(Truncated, r.at(r.lineOf(before+dec.InputOffset())), "", r.file.Path+" ends before its last record; fetch it again")
	}
}

// lineOf is the line of the first record that starts at an offset of the file or
// behind it; 0 if the file cannot be read a second time.
func (r *reading) lineOf(offset int64) int {
	f, err := r.again()
	if err != nil {
		return 0
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	line := 1
	for at := int64(0); ; at++ {
		c, err := in.ReadByte()
		switch {
		case err != nil && at < offset:
			return 0
		case err != nil || at >= offset && strings.IndexByte(" \t\r\n,", c) < 0:
			return line
		case c == '\n':
			line++
		}
	}
}
