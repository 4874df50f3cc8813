package registers

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// inRow gives faults of a whole row the place of the cell that they are about.
func inRow[T any](row *csvfile.Row[T], columns []string, err error) error {
	for _, f := range sanctions.Faults(err) {
		if i := slices.Index(columns, f.Header); i >= 0 && f.Column == 0 {
			f.Source = row.Cell(i)
		}
	}
	return err
}

// locate gives faults of a record the place of the value that they are about,
// which their header names by its path, such as
// recordDetails.interests[0].share.minimum. A value that is missing has the place
// of the innermost object that should have it.
func (j *jsonRecord) locate(err error) error {
	if err == nil {
		return nil
	}
	for _, f := range sanctions.Faults(err) {
		if f.Column != 0 || f.Line != j.at.Line {
			continue
		}
		d := json.NewDecoder(bytes.NewReader(j.data))
		f.Source = j.place(j.seek(d, pathOf(f.Header)))
	}
	return err
}

// tokenAt finds where the token starts that ends at an offset.
func (j *jsonRecord) tokenAt(end int64) int64 {
	d := json.NewDecoder(bytes.NewReader(j.data))
	for {
		start := j.seek(d, nil)
		if _, err := d.Token(); err != nil || d.InputOffset() >= end {
			return start
		}
	}
}

// place is the line and column of the offset-th byte of a record.
func (j *jsonRecord) place(offset int64) sanctions.Source {
	at := j.at
	before := j.data[:offset]
	if n := bytes.Count(before, []byte("\n")); n > 0 {
		at.Line += n
		at.Column = len(before) - bytes.LastIndexByte(before, '\n')
		return at
	}
	at.Column += len(before)
	return at
}

// seek finds where the value with a path starts, or the innermost value on the
// way to it.
func (j *jsonRecord) seek(d *json.Decoder, path []string) int64 {
	start := d.InputOffset()
	for start < int64(len(j.data)) && strings.IndexByte(" \t\r\n:,", j.data[start]) >= 0 {
		start++
	}
	if len(path) == 0 {
		return start
	}
	open, err := d.Token()
	if err != nil {
		return start
	}
	for i := 0; d.More(); i++ {
		key := strconv.Itoa(i)
		if open == json.Delim('{') {
			t, err := d.Token()
			if key, _ = t.(string); err != nil {
				return start
			}
		} else if open != json.Delim('[') {
			return start
		}
		if key == path[0] {
			return j.seek(d, path[1:])
		}
		var skipped json.RawMessage
		if d.Decode(&skipped) != nil {
			return start
		}
	}
	return start
}

// pathOf splits a path at its dots and brackets.
func pathOf(header string) []string {
	return strings.FieldsFunc(header, func(c rune) bool { return strings.ContainsRune(".[]", c) })
}
