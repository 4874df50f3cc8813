package lists

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Open reads the manifest of a folder and every file that it names. Files of
// lists become the parties of the snapshot; files that other packages read
// (interests, firms, claims …) are held to their digest, row floor and age, and
// their paths are in the manifest.
//
// The parties come in the order of their lists' names and numbers, the lists of
// authorities before collections of lists, whatever the order of rows. On any
// fault nothing is returned but the error, which joins all of them: errors.Is
// finds a [Defect] in it, [sanctions.Faults] every place.
func Open(fsys fs.FS, opts ...Option) (*sanctions.Snapshot, *Manifest, error) {
	cfg := newConfig(opts)
	manifest, err := ReadManifest(fsys)
	if err != nil {
		return nil, nil, err
	}
	var faults []error
	var drafts []*draft
	var coverage sanctions.Coverage
	for rest := manifest.Files; len(rest) > 0; {
		l := &list{name: rest[0].List, rule: ruleOf(rest[0].List), drafts: make(map[string]*draft)}
		for ; len(rest) > 0 && rest[0].List == l.name; rest = rest[1:] {
			l.files = append(l.files, &rest[0])
			readFile(fsys, l, &rest[0], cfg)
		}
		l.checkEditions()
		found := l.finish()
		l.checkFill(found)
		for _, d := range found {
			d.rank = l.rank()
		}
		drafts = append(drafts, found...)
		warnings, refused := l.settle(cfg)
		faults = append(append(faults, l.faults...), refused...)
		if l.loads() {
			coverage.Lists = append(coverage.Lists, l.loaded(len(found), warnings))
		} else {
			coverage.Inputs = append(coverage.Inputs, l.inputs()...)
			coverage.Warnings = append(coverage.Warnings, warnings...)
		}
	}
	if faults != nil {
		return nil, nil, sanctions.JoinFaults(faults)
	}
	parties := merge(drafts)
	coverage.Gaps = gaps(manifest, parties)
	snapshot, err := sanctions.NewSnapshot(parties, coverage)
	if err != nil {
		return nil, nil, err
	}
	return snapshot, manifest, nil
}

// loads reports whether the list has parties, and is not only a group of files
// of other packages.
func (l *list) loads() bool {
	return slices.ContainsFunc(l.files, func(f *File) bool { return formats[formatRank(f.Format)].read != nil })
}

// rank says which list leads where several know one party: that of the first
// format in the table, a collection of lists only behind all others.
func (l *list) rank() int {
	rank := 2 * len(formats)
	for _, f := range l.files {
		r := formatRank(f.Format)
		if formats[r].collects {
			r += len(formats)
		}
		rank = min(rank, r)
	}
	return rank
}

func (l *list) loaded(parties int, warnings []string) sanctions.LoadedList {
	out := sanctions.LoadedList{List: l.name, Authority: l.rule.authority, Parties: parties, Warnings: warnings}
	for _, f := range l.files {
		if a := formats[formatRank(f.Format)].authority; a != "" {
			out.Authority = a
		}
		out.Edition = cmp.Or(out.Edition, f.Edition)
		if out.Published.Compare(f.Published) < 0 {
			out.Published = f.Published
		}
		if out.Retrieved.Compare(f.Retrieved) < 0 {
			out.Retrieved = f.Retrieved
		}
	}
	out.Files = l.inputs()
	return out
}

func (l *list) inputs() []sanctions.LoadedFile {
	out := make([]sanctions.LoadedFile, len(l.files))
	for i, f := range l.files {
		out[i] = sanctions.LoadedFile{File: f.Path, Format: f.Format, SHA256: f.SHA256, Rows: f.Rows}
	}
	return out
}

// checkEditions holds the files of a list to one edition.
func (l *list) checkEditions() {
	if !l.loads() {
		return
	}
	first := l.files[0]
	for _, f := range l.files[1:] {
		if f.Edition != "" && first.Edition != "" && f.Edition != first.Edition ||
			f.Format != "parties" && !f.Published.IsZero() && !first.Published.IsZero() && f.Published != first.Published {
			l.note(MixedEditions, f.Source, "", fmt.Sprintf("%s is of edition %s, %s of %s", f.Path,
				cmp.Or(f.Edition, f.Published.String()), first.Path, cmp.Or(first.Edition, first.Published.String())))
		}
	}
}

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
