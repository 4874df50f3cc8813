package ownership

import (
	"fmt"
	"io"
	"io/fs"
	"iter"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// Format names a format of interests as a manifest does.
type Format string

// The formats.
const (
	FormatInterests      Format = "interests"         // the canonical file, see [registers.Interests]
	FormatGLEIF          Format = "gleif-rr"          // see [registers.GLEIF]
	FormatBODS           Format = "bods"              // see [registers.BODS]
	FormatPSC            Format = "psc"               // see [registers.PSC]
	FormatFollowTheMoney Format = "opensanctions-ftm" // see [registers.FollowTheMoney]
)

// reader streams the interests of one file; a bad row is an error, and the stream
// goes on.
type reader func(r io.Reader, file string) iter.Seq2[registers.Interest, error]

// reader finds how a format is read. The canonical file is read with what the
// builder knows of ids.
func (b *Builder) reader(f Format) (reader, error) {
	if f == FormatInterests {
		return func(r io.Reader, file string) iter.Seq2[registers.Interest, error] {
			return registers.InterestsWith(r, file, &b.prefix)
		}, nil
	}
	for _, r := range readers {
		if r.format == f {
			return r.read, nil
		}
	}
	return nil, fmt.Errorf("unknown format %q of interests; known are %q", f, Formats())
}

// readers are the formats in the order in which they are listed.
var readers = []struct {
	format Format
	read   reader
}{
	{FormatInterests, registers.Interests},
	{FormatGLEIF, registers.GLEIF},
	{FormatBODS, registers.BODS},
	{FormatPSC, registers.PSC},
	{FormatFollowTheMoney, registers.FollowTheMoney},
}

// Formats lists the formats that [Read] knows, by the names that a manifest has
// for them.
func Formats() []Format {
	out := make([]Format, len(readers))
	for i, r := range readers {
		out[i] = r.format
	}
	return out
}

// File is one file of interests.
type File struct {
	Path   string
	Format Format // empty is [FormatInterests]
	// Published is when the file was, if that is known: of statements that contradict
	// each other, and of which dates do not tell the later, those of the later file
	// stand.
	Published sanctions.Date
}

// Read reads files of interests into one graph. It reads all of them to the end
// and reports every fault that it finds, each a [*sanctions.Fault] with its
// place, joined and capped by [sanctions.JoinFaults]; with any fault there is no
// graph.
func Read(fsys fs.FS, files ...File) (*Graph, error) {
	b := NewBuilder()
	if err := b.Read(fsys, files...); err != nil {
		return nil, err
	}
	return b.Graph(), nil
}

// Read adds the interests of files, or reports all that is wrong with them, as the
// function of that name does.
func (b *Builder) Read(fsys fs.FS, files ...File) error {
	var errs []error
	for _, f := range files {
		errs = append(errs, b.read(fsys, f))
	}
	return sanctions.JoinFaults(errs)
}

func (b *Builder) read(fsys fs.FS, file File) error {
	if file.Format == "" {
		file.Format = FormatInterests
	}
	read, err := b.reader(file.Format)
	if err != nil {
		return &sanctions.Fault{Source: sanctions.Source{File: file.Path}, Err: err}
	}
	f, err := fsys.Open(file.Path)
	if err != nil {
		return &sanctions.Fault{Source: sanctions.Source{File: file.Path}, Err: err}
	}
	defer f.Close()
	in, err := csvfile.Unpacked(f)
	if err != nil {
		return &sanctions.Fault{Source: sanctions.Source{File: file.Path}, Err: err}
	}
	if !file.Published.IsZero() {
		if b.published == nil {
			b.published = make(map[uint32]sanctions.Date)
		}
		b.published[b.texts.add(file.Path)] = file.Published
	}
	return b.ReadFrom(read(in, file.Path))
}

// ReadFrom adds a stream of interests, or reports all that is wrong with them.
func (b *Builder) ReadFrom(interests iter.Seq2[registers.Interest, error]) error {
	var faults []error
	more := 0
	fault := func(err error) {
		if len(faults) < sanctions.MaxFaults {
			faults = append(faults, err)
		} else {
			more++
		}
	}
	batch := make([]registers.Interest, 0, fetchMost/2)
	add := func() {
		b.fetch(batch)
		for i := range batch {
			if err := b.take(&batch[i]); err != nil {
				fault(err)
			}
		}
		batch = batch[:0]
	}
	for in, err := range interests {
		if err != nil {
			add()
			fault(err)
			continue
		}
		if batch = append(batch, in); len(batch) == cap(batch) {
			add()
		}
	}
	add()
	if more > 0 {
		faults = append(faults, fmt.Errorf("and faults in %d more rows", more))
	}
	return sanctions.JoinFaults(faults)
}

// fetch brings near the memory that adding interests will need.
func (b *Builder) fetch(interests []registers.Interest) {
	var ids [fetchMost]string
	for i := range interests {
		ids[2*i], ids[2*i+1] = interests[i].OwnedID, interests[i].OwnerID
	}
	b.ids.fetch(ids[:2*len(interests)])
}
