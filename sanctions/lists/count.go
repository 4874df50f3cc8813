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
	var err error
	switch r.format.shape {
	case csvRows:
		err = r.countCSV()
	case jsonLines:
		err = r.countJSON()
	}
	if err != nil {
		r.fault(r.at(0), "", "", err)
	}
}

// countCSV counts line ends outside quotes, less the header and blank lines.
func (r *reading) countCSV() error {
	in := bufio.NewReaderSize(r.in, 1<<16)
	rows, quoted, blank := -1, false, true
	for {
		chunk, err := in.ReadSlice('\n')
		if bytes.Count(chunk, []byte{'"'})%2 == 1 {
			quoted = !quoted
		}
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
			return err
		}
	}
	if quoted {
		r.note(Truncated, r.at(0), "", r.file.Path+" ends inside a quoted cell; fetch it again")
	}
	r.file.Rows = max(rows, 0)
	return nil
}

// countJSON counts the elements of an array or the lines of JSON lines.
func (r *reading) countJSON() error {
	in := bufio.NewReaderSize(r.in, 1<<16)
	for {
		c, err := in.ReadByte()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if strings.IndexByte(" \t\r\n\xef\xbb\xbf", c) < 0 {
			if err := in.UnreadByte(); err != nil {
				return err
			}
			break
		}
	}
	head, _ := in.Peek(1)
	dec := json.NewDecoder(in)
	if head[0] == '[' {
		if _, err := dec.Token(); err != nil {
			return err
		}
	}
	for head[0] != '[' || dec.More() {
		var value json.RawMessage
		err := dec.Decode(&value)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.Is(err, io.ErrUnexpectedEOF) {
			r.note(Truncated, r.at(0), "", r.file.Path+" ends inside a record; fetch it again")
			return nil
		}
		if err != nil {
			return err
		}
		r.row()
	}
	return nil
}
