package lists

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Open reads the manifest of a folder and every file that it names. Files of
// lists become the parties of the snapshot; files that other packages read
// (interests, firms, claims …) are held to their digest, row floor and age, and
// their paths are in the manifest.
//
// The parties come in the order of their lists' formats, names and numbers, the
// lists of authorities before collections of lists, whatever the order of rows.
// Lists that know a party by the same number of an authority's register give one
// party; the first of them leads. On any
// fault nothing is returned but the error, which joins all of them: errors.Is
// finds a [Defect] in it, [sanctions.Faults] every place.
func Open(fsys fs.FS, opts ...Option) (*sanctions.Snapshot, *Manifest, error) {
	cfg := newConfig(opts)
	manifest, err := ReadManifest(fsys)
	if manifest == nil {
		return nil, nil, err
	}
	var faults []error
	if err != nil {
		faults = append(faults, err) // the files of its whole rows are looked at all the same
	}
	var drafts []*draft
	var coverage sanctions.Coverage
	for rest := manifest.Files; len(rest) > 0; {
		l := &list{name: rest[0].List, rule: ruleOf(rest[0].List), drafts: make(map[string]*draft)}
		for ; len(rest) > 0 && rest[0].List == l.name; rest = rest[1:] {
			l.files = append(l.files, &rest[0])
			readFile(fsys, l, &rest[0], cfg)
		}
		l.checkEditions()
		l.checkParts()
		found := l.finish()
		l.checkFill(found)
		for _, d := range found {
			d.rank = l.rank()
		}
		drafts = append(drafts, found...)
		warnings, accepted, refused := l.settle(cfg)
		coverage.Accepted = append(coverage.Accepted, accepted...)
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
		if day, aged := f.until(); aged && (out.Until.IsZero() || day.Before(out.Until)) {
			out.Until = day
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

// checkParts warns of a list of which there are only files that add to parties.
func (l *list) checkParts() {
	if l.loads() && !slices.ContainsFunc(l.files, func(f *File) bool {
		format := formats[formatRank(f.Format)]
		return format.read != nil && !format.adds
	}) {
		l.note(TooFewRows, l.files[0].Source, "", "the list "+l.name+" has only files that add to parties, and no file of parties")
	}
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
