package registers

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/sanctionrisk/exposure/sanctions"
)

// maxRecord bounds one JSON record, so that an unclosed string cannot draw a
// whole file into memory.
const maxRecord = 16 << 20

var errRecord = fmt.Errorf("the record is longer than %d MiB; is a quote or bracket not closed?", maxRecord>>20)

// jsonRecords yields the JSON objects of a file, one a line or all in one array,
// with the line on which each starts. The bytes are valid until the next.
func jsonRecords(r io.Reader, file string) iter.Seq2[sanctions.Source, *jsonRecord] {
	return func(yield func(sanctions.Source, *jsonRecord) bool) {
		in := &lineReader{r: bufio.NewReaderSize(r, 1<<16)}
		first, err := in.r.Peek(1)
		for ; err == nil && bytes.ContainsAny(first, " \t\r\n\ufeff"); first, err = in.r.Peek(1) {
			c, _ := in.r.ReadByte()
			if c == '\n' {
				in.line++
			}
		}
		if err == nil && first[0] == '[' {
			in.array(file, yield)
			return
		}
		in.lines(file, yield)
	}
}

type jsonRecord struct {
	data []byte
	at   sanctions.Source // of its first byte
	err  error
}

// decode reads the record, keeping numbers as they are written.
func (j *jsonRecord) decode(into any) error {
	if j.err != nil {
		return &sanctions.Fault{Source: j.at, Err: j.err}
	}
	err := json.Unmarshal(j.data, into)
	if err == nil {
		return nil
	}
	if typ, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return &sanctions.Fault{Source: j.place(j.tokenAt(typ.Offset)), Header: typ.Field, Value: typ.Value, Err: fmt.Errorf("expected %v", typ.Type)}
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return &sanctions.Fault{Source: j.place(max(0, syntax.Offset-1)), Err: err}
	}
	return &sanctions.Fault{Source: j.at, Err: err}
}

// lineReader counts the lines that go through it.
type lineReader struct {
	r      *bufio.Reader
	line   int
	budget int
	breaks []int64 // offsets of line ends not passed yet, when reading an array
	offset int64
	start  int64 // offset at which the last line that was passed starts
}

func (in *lineReader) lines(file string, yield func(sanctions.Source, *jsonRecord) bool) {
	var buf []byte
	for {
		in.line++
		at := sanctions.Source{File: file, Line: in.line}
		buf = buf[:0]
		var err error
		for more := true; more; {
			var part []byte
			part, err = in.r.ReadSlice('\n')
			buf = append(buf, part...)
			more = errors.Is(err, bufio.ErrBufferFull) && len(buf) <= maxRecord
		}
		if len(buf) > maxRecord {
			yield(at, &jsonRecord{at: at, err: errRecord})
			return
		}
		if err != nil && !errors.Is(err, io.EOF) {
			yield(at, &jsonRecord{at: at, err: err})
			return
		}
		record := bytes.TrimLeft(buf, " \t\r\n\x1a")
		place := at
		place.Column = 1 + len(buf) - len(record)
		if record = bytes.TrimRight(record, " \t\r\n\x1a"); len(record) > 0 && !yield(at, &jsonRecord{data: record, at: place}) {
			return
		}
		if err != nil {
			return
		}
	}
}

// Read passes bytes on to the decoder of an array and remembers where lines end.
func (in *lineReader) Read(p []byte) (int, error) {
	if in.budget <= 0 {
		return 0, errRecord
	}
	n, err := in.r.Read(p[:min(len(p), in.budget)])
	in.budget -= n
	for i, c := range p[:n] {
		if c == '\n' {
			in.breaks = append(in.breaks, in.offset+int64(i))
		}
	}
	in.offset += int64(n)
	return n, err
}

func (in *lineReader) array(file string, yield func(sanctions.Source, *jsonRecord) bool) {
	in.line++
	in.budget = maxRecord
	dec := json.NewDecoder(in)
	fail := func(err error) {
		at := in.place(file, dec.InputOffset())
		yield(sanctions.Source{File: file, Line: at.Line}, &jsonRecord{at: at, err: fmt.Errorf("the file ends or breaks here: %w", err)})
	}
	if _, err := dec.Token(); err != nil {
		fail(err)
		return
	}
	for dec.More() {
		in.budget = maxRecord
		var data json.RawMessage
		if err := dec.Decode(&data); err != nil {
			fail(err)
			return
		}
		at := in.place(file, dec.InputOffset()-int64(len(data)))
		if !yield(sanctions.Source{File: file, Line: at.Line}, &jsonRecord{data: data, at: at}) {
			return
		}
	}
	if _, err := dec.Token(); err != nil {
		fail(err)
	}
}

// place is the line and column of a byte of an array.
func (in *lineReader) place(file string, offset int64) sanctions.Source {
	i := 0
	for i < len(in.breaks) && in.breaks[i] < offset {
		in.start = in.breaks[i] + 1
		i++
	}
	in.line += i
	in.breaks = in.breaks[i:]
	return sanctions.Source{File: file, Line: in.line, Column: int(offset-in.start) + 1}
}
