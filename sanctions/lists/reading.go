package lists

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// reading is one file on its way into its list.
type reading struct {
	*list
	format *format
	file   *File
	cfg    *config
	in     *digester
	again  func() (io.ReadCloser, error) // the file from its start, apart from in
	bad    int                           // faults of the file so far
}

// maxBadRows ends the reading of a file that is plainly something else.
const maxBadRows = 10 * sanctions.MaxFaults

// csvRecords streams the good records of a CSV file; bad ones become faults.
// Every good record counts as a row.
func csvRecords[T any, P csvfile.Record[T]](r *reading, opts ...csvfile.Option) iter.Seq[csvfile.Row[T]] {
	return csvRecordsOf[T, P](r, r.in, opts...)
}

// csvRecordsOf is csvRecords for the rest of a file whose start was read.
func csvRecordsOf[T any, P csvfile.Record[T]](r *reading, in io.Reader, opts ...csvfile.Option) iter.Seq[csvfile.Row[T]] {
	return func(yield func(csvfile.Row[T]) bool) {
		opts = append(opts, csvfile.MaxRecord(r.cfg.limits.Record))
		var last error // of the last record, which truncation may explain
		for row, err := range csvfile.Rows[T, P](in, r.file.Path, opts...) {
			if last != nil {
				r.faults = append(r.faults, last)
				last = nil
			}
			if err != nil {
				if r.bad++; r.bad > maxBadRows {
					r.faults = append(r.faults, fmt.Errorf("%s: more than %d bad rows; the file was not read further", r.file.Path, maxBadRows))
					break
				}
				last = err
				continue
			}
			r.file.Rows++
			if !yield(row) {
				return
			}
		}
		if last != nil {
			r.lastRecord(last)
		}
	}
}

// preambleLines is how many lines may stand before a header.
const preambleLines = 5

// preamble passes over the lines before the header, which is the first line with
// all of the given columns, and gives the rest of the file with the number of
// the header's line.
func (r *reading) preamble(columns ...string) (rest io.Reader, line int, err error) {
	in := bufio.NewReaderSize(r.in, 1<<16)
	for line = 1; line <= preambleLines; line++ {
		head, _ := in.Peek(1 << 15)
		header, _, _ := bytes.Cut(head, []byte{'\n'})
		if !slices.ContainsFunc(columns, func(c string) bool { return !bytes.Contains(header, []byte(c)) }) {
			return in, line, nil
		}
		if _, err := in.ReadSlice('\n'); err != nil {
			break
		}
	}
	return nil, 0, fmt.Errorf("no header with %s in the first %d lines; is the file of another format?", strings.Join(columns, " and "), preambleLines)
}

// lastRecord judges a bad last record: one that lacks cells or a closing quote
// and has no line end was cut off. A bad cell is a bad cell.
func (r *reading) lastRecord(err error) {
	_, drained := io.Copy(io.Discard, r.in)
	faults := sanctions.Faults(err)
	cut := drained == nil && r.in.openEnded() && len(faults) == 1 && faults[0].Header == ""
	if !cut {
		r.faults = append(r.faults, err)
		return
	}
	r.note(Truncated, faults[0].Source, "", "the last record is cut off; fetch the file again")
}

// row counts a record that is no CSV row.
func (r *reading) row() { r.file.Rows++ }

func (r *reading) at(line int) sanctions.Source {
	return sanctions.Source{File: r.file.Path, Line: line}
}

// fault reports what is wrong with a row. A file that is plainly something else
// must not fill the memory with its faults, so that there is a most.
func (r *reading) fault(at sanctions.Source, header, value string, err error) {
	if r.bad++; r.bad > maxBadRows {
		return
	}
	r.faults = append(r.faults, &sanctions.Fault{Source: at, Header: header, Value: value, Err: err})
}

// period reads the days on which a listing starts and ends. A day that the
// calendar does not have is a fault; a month or a year is no day and the day
// stays unknown. An American publisher's 06/12/2018 may be June or December, so
// of it only YYYY-MM-DD is taken.
func (r *reading) period(act *sanctions.Designation, from, to string, at sanctions.Source) {
	for _, f := range []struct {
		header, text string
		day          *sanctions.Date
	}{{"start", from, &act.Period.From}, {"end", to, &act.Period.To}} {
		if isNothing(f.text) {
			continue
		}
		span, ok := parsePrecise(strings.ToLower(strings.TrimSpace(f.text)))
		switch {
		case r.format.name == "csl" && (!ok || !strings.HasPrefix(f.text, span.From.String())),
			ok && span.To.DaysSince(span.From) != 1:
			r.note(UnknownTerm, at, f.text, "the "+f.header+" of a listing is no day that can be read; it counts as unknown")
		case !ok:
			r.fault(at, f.header, f.text, errors.New("this is no day of the calendar"))
		default:
			*f.day = span.From
		}
	}
}

// digester passes a file on, taking its digest, and refuses more than a limit.
type digester struct {
	r     io.Reader
	sum   hash.Hash
	left  int64
	limit int64
	tail  []byte // the last bytes passed on
}

func newDigester(r io.Reader, limit int64) *digester {
	return &digester{r: r, sum: sha256.New(), left: limit, limit: limit}
}

func (d *digester) Read(p []byte) (int, error) {
	if d.left <= 0 {
		return 0, fmt.Errorf("the file is longer than the limit of %d bytes", d.limit)
	}
	if int64(len(p)) > d.left {
		p = p[:d.left]
	}
	n, err := d.r.Read(p)
	d.left -= int64(n)
	d.sum.Write(p[:n])
	const keep = 4
	if n >= keep {
		d.tail = append(d.tail[:0], p[n-keep:n]...)
	} else {
		d.tail = append(d.tail, p[:n]...)
		d.tail = d.tail[max(0, len(d.tail)-keep):]
	}
	return n, err
}

// openEnded reports whether the file ended without a line end or 0x1A.
func (d *digester) openEnded() bool {
	return len(d.tail) > 0 && !bytes.ContainsAny(d.tail[len(d.tail)-1:], "\n\r\x1a")
}

// digest is of the whole file: what no reader wanted is read here.
func (d *digester) digest() (string, error) {
	if _, err := io.Copy(io.Discard, d); err != nil {
		return "", err
	}
	return hex.EncodeToString(d.sum.Sum(nil)), nil
}

// readFile reads one file of the manifest: into its list, or only for its digest
// and rows when another package reads it.
func readFile(fsys fs.FS, l *list, file *File, cfg *config) {
	f, err := fsys.Open(file.Path)
	if err != nil {
		l.faults = append(l.faults, file.fault("file", file.Path, err))
		return
	}
	defer f.Close()
	in, err := csvfile.Unpacked(f)
	if err != nil {
		l.faults = append(l.faults, file.fault("file", file.Path, err))
		return
	}
	rank := formatRank(file.Format)
	before := len(l.faults)
	r := &reading{list: l, format: &formats[rank], file: file, cfg: cfg, in: newDigester(in, cfg.limits.File),
		again: func() (io.ReadCloser, error) { return fsys.Open(file.Path) }}
	if r.format.read != nil {
		r.format.read(r)
	} else {
		r.count()
	}
	file.SHA256, err = r.in.digest()
	if err != nil {
		if len(l.faults) == before { // else the reader met it first
			l.faults = append(l.faults, &sanctions.Fault{Source: r.at(0), Err: err})
		}
		return
	}
	r.checkFile()
}

// checkFile holds the file to what its manifest row says.
func (r *reading) checkFile() {
	f, at := r.file, r.file.Source
	if f.Digest != "" && f.Digest != f.SHA256 {
		r.note(DigestMismatch, at, f.Digest, fmt.Sprintf("%s has the SHA-256 %s; the file was changed or is another edition", f.Path, f.SHA256))
	}
	if f.Rows+r.bad == 0 && f.MinRows == 0 && r.format.read != nil && !r.format.adds {
		r.note(TooFewRows, at, "", f.Path+" has no row: nobody is listed in it")
	}
	if f.Rows+r.bad < f.MinRows { // bad rows are reported as such
		r.note(TooFewRows, at, "", fmt.Sprintf("%s has %d rows where at least %d are expected; it may be partial", f.Path, f.Rows, f.MinRows))
	}
	asOf, known := r.cfg.asOf, f.known()
	switch {
	case f.MaxAge == 0:
	case known.IsZero():
		r.note(Stale, at, "", fmt.Sprintf("%s has max_age_days and neither a day of publication nor of retrieval", f.Path))
	case asOf.IsZero():
		r.note(AgeUnchecked, at, "", fmt.Sprintf("%s may be %d days old; no as-of date was given to hold it to", f.Path, f.MaxAge))
	case asOf.DaysSince(known) > f.MaxAge:
		r.note(Stale, at, "", fmt.Sprintf("%s is of %v, %d days before %v, where %d are allowed; fetch the current edition",
			f.Path, known, asOf.DaysSince(known), asOf, f.MaxAge))
	}
	if r.format.read != nil && asOf.Before(f.Published) {
		r.note(LaterEdition, at, "", fmt.Sprintf("%s was published on %v, after %v: it does not show who was listed then and delisted since", f.Path, f.Published, asOf))
	}
}

var errBadNumber = errors.New("this is no entity number; is the file of another format?")
