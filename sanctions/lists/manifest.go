package lists

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// ManifestName is the file that names all others of a folder.
const ManifestName = "manifest.csv"

// Manifest says which files make up a folder of lists, registers and claims.
type Manifest struct {
	Files []File // in the order of list, format and path
}

// File is one row of a manifest.
type File struct {
	Path      string // slash-separated, below the manifest's folder
	Format    string
	List      string // rows with the same list form one list
	Edition   string
	Published sanctions.Date
	Retrieved sanctions.Date
	Digest    string // SHA-256 that the file should have, in lower-case hex, or empty
	MinRows   int    // the least number of rows; 0 sets no floor
	MaxAge    int    // days after which the edition is stale; 0 sets no limit
	Source    sanctions.Source

	// SHA256 and Rows are what [Open] found.
	SHA256 string
	Rows   int
}

// known is the day as of which the file is known: on which it was retrieved, or else
// published.
func (f *File) known() sanctions.Date {
	if f.Retrieved.IsZero() {
		return f.Published
	}
	return f.Retrieved
}

// until is the last day on which the file is no older than max_age_days allows; false
// where no such day is known.
func (f *File) until() (sanctions.Date, bool) {
	day := f.known()
	if f.MaxAge == 0 || day.IsZero() {
		return sanctions.Date{}, false
	}
	return day.AddDays(f.MaxAge), true
}

// Paths lists the files of a format, in the manifest's order: the way to the
// interests, firms and claims, which other packages read.
func (m *Manifest) Paths(format string) []string {
	var paths []string
	for _, f := range m.Files {
		if f.Format == format {
			paths = append(paths, f.Path)
		}
	}
	return paths
}

// Formats lists the formats that a manifest may name, in the order in which the
// files of one list are read.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// ReadManifest reads manifest.csv at the root of fsys. Its columns are file,
// format and list, and optionally edition, published, retrieved (YYYY-MM-DD),
// sha256, min_rows and max_age_days; empty is unknown. A path that leaves the
// folder, a file that is not there, an unknown format, a list format without a
// list and a file named twice for one list are faults, all reported together.
// Beside an error the manifest holds the rows that are whole, only so that a
// caller can look for further faults in their files.
func ReadManifest(fsys fs.FS) (*Manifest, error) {
	f, err := fsys.Open(ManifestName)
	if err != nil {
		return nil, &sanctions.Fault{Source: sanctions.Source{File: ManifestName},
			Err: fmt.Errorf("the folder has no manifest: %w", err)}
	}
	defer f.Close()
	m := &Manifest{}
	var errs []error
	for row, err := range csvfile.Rows[manifestRow](f, ManifestName, csvfile.Require("file", "format", "list")) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		file := row.Value.File
		file.Source = row.Source
		if faults := check(&row, fsys); faults != nil {
			errs = append(errs, faults...)
			continue
		}
		m.Files = append(m.Files, file)
	}
	slices.SortStableFunc(m.Files, func(a, b File) int {
		return cmp.Or(cmp.Compare(a.List, b.List), cmp.Compare(formatRank(a.Format), formatRank(b.Format)), cmp.Compare(a.Path, b.Path))
	})
	for i := 1; i < len(m.Files); i++ {
		a, b := m.Files[i-1], m.Files[i]
		if a.List == b.List && a.Format == b.Format && a.Path == b.Path {
			errs = append(errs, b.fault("file", b.Path, fmt.Errorf("the file stands twice for this list, also at %v", a.Source)))
			m.Files = slices.Delete(m.Files, i, i+1)
			i--
		}
	}
	if errs == nil && len(m.Files) == 0 {
		errs = append(errs, &sanctions.Fault{Source: sanctions.Source{File: ManifestName, Line: 1}, Err: errors.New("the manifest names no file")})
	}
	return m, sanctions.JoinFaults(errs)
}

// check looks at one row by itself.
func check(row *csvfile.Row[manifestRow], fsys fs.FS) (faults []error) {
	f := &row.Value.File
	fault := func(header, value, format string, args ...any) {
		faults = append(faults, row.Fault(header, value, format, args...))
	}
	switch {
	case f.Path == "":
		fault("file", "", "the row names no file")
	case !fs.ValidPath(f.Path) || strings.Contains(f.Path, `\`):
		fault("file", f.Path, "write a path below the manifest's folder, with slashes and without .. or a leading /")
	default:
		if info, err := fs.Stat(fsys, f.Path); err != nil {
			fault("file", f.Path, "the file cannot be opened: %w", err)
		} else if info.IsDir() {
			fault("file", f.Path, "this is a folder; name its files")
		}
	}
	switch rank := formatRank(f.Format); {
	case f.Format == "":
		fault("format", "", "the row names no format; known are %s", strings.Join(Formats(), ", "))
	case rank < 0:
		fault("format", f.Format, "unknown format; %s", csvfile.Known(f.Format, Formats()))
	case formats[rank].read != nil && f.List == "":
		fault("list", "", "a file of format %s belongs to a list; name it, such as us-ofac-sdn", f.Format)
	}
	if f.Retrieved.Before(f.Published) {
		fault("retrieved", f.Retrieved.String(), "this lies before the day of publication, %v", f.Published)
	}
	return faults
}

func (f *File) fault(header, value string, err error) error {
	return &sanctions.Fault{Source: f.Source, Header: header, Value: value, Err: err}
}

type manifestRow struct{ File }

func (*manifestRow) Columns() []string {
	return []string{"file", "format", "list", "edition", "published", "retrieved", "sha256", "min_rows", "max_age_days"}
}

func (r *manifestRow) SetCell(i int, value string) (err error) {
	value = strings.TrimSpace(value)
	switch i {
	case 0:
		r.Path = value
	case 1:
		r.Format = value
	case 2:
		r.List = value
		err = checkListName(value)
	case 3:
		r.Edition = value
	case 4:
		r.Published, err = sanctions.ParseDate(value)
	case 5:
		r.Retrieved, err = sanctions.ParseDate(value)
	case 6:
		r.Digest = strings.ToLower(value)
		if len(value) != 64 || strings.Trim(r.Digest, "0123456789abcdef") != "" {
			err = errors.New("a SHA-256 has 64 hexadecimal digits")
		}
	case 7:
		r.MinRows, err = parseCount(value)
	case 8:
		r.MaxAge, err = parseCount(value)
	}
	return err
}

// checkListName keeps list names fit to be the first half of list:own-number.
func checkListName(s string) error {
	if strings.ContainsAny(s, ": \t\n;,") {
		return errors.New("a list's name has no space, colon, comma or semicolon; write it like eu-833-annex-iv")
	}
	return nil
}

func parseCount(s string) (int, error) {
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil {
		return 0, errors.New("write a whole number without separators")
	}
	return int(n), nil
}
