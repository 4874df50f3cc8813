// Package world opens a folder of lists, registers, firms and claims as the
// example programs do, so that all of them see the same firms and the same claims.
package world

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/screening"
)

// World is a folder, read whole.
type World struct {
	AsOf     sanctions.Date
	Subjects []*risk.Subject // the firms under review with what is claimed of them, by id
	Screener *screening.Screener
	Strays   []claims.Claim // claims on firms and bodies that concern none of the firms
}

// Open reads the world of a folder as of a day; without one, as of the newest of
// the manifest. The firms are read first: they say who some of the ids in the
// registers are, and which firm a claim means that spells its name otherwise. All
// that is wrong with any file comes in one error.
func Open(folder fs.FS, asOf sanctions.Date, accept Accept) (*World, error) {
	manifest, err := lists.ReadManifest(folder)
	if manifest == nil {
		return nil, err
	}
	w := &World{AsOf: asOf}
	if w.AsOf.IsZero() {
		if w.AsOf = newest(manifest); w.AsOf.IsZero() {
			return nil, fmt.Errorf("%s states no date in retrieved or published; pass -as-of", lists.ManifestName)
		}
	}
	parties, _ := Firms(folder, manifest) // their faults come again with the subjects
	var subjectsErr, screenerErr error
	w.Subjects, subjectsErr = risk.ReadSubjects(folder, manifest.Paths("firms"), manifest.Paths("claims"),
		risk.WithResolver(screening.NewDirectory(parties).Find),
		risk.WithUnresolved(func(c claims.Claim) {
			if c.SubjectType == claims.SubjectFirm || c.SubjectType == claims.SubjectBody {
				w.Strays = append(w.Strays, c)
			}
		}))
	w.Screener, _, screenerErr = screening.Open(folder, w.AsOf, screening.WithParties(parties...),
		screening.WithLists(accept.Lists()), screening.Refuse(accept.refused()...))
	if err := sanctions.JoinFaults([]error{subjectsErr, screenerErr}); err != nil {
		return nil, err
	}
	slices.SortFunc(w.Subjects, func(a, b *risk.Subject) int { return strings.Compare(a.Firm().ID, b.Firm().ID) })
	return w, nil
}

// Firms reads who the firms of a world are, for others to recognise them by.
func Firms(folder fs.FS, manifest *lists.Manifest) ([]sanctions.Party, error) {
	var parties []sanctions.Party
	var errs []error
	for _, path := range manifest.Paths("firms") {
		f, err := folder.Open(path)
		if err != nil {
			errs = append(errs, &sanctions.Fault{Source: sanctions.Source{File: path}, Err: err})
			continue
		}
		firms, err := claims.ReadFirms(f, path)
		errs = append(errs, err, f.Close())
		for i := range firms {
			parties = append(parties, firms[i].Party())
		}
	}
	return parties, sanctions.JoinFaults(errs)
}

// Rates reads a file of exchange rates; without a path there are none.
func Rates(path string) (*claims.Rates, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return claims.ReadRates(f, path)
}

// newest is the date of a world: the latest day on which one of its files was
// retrieved, or, where none says, published.
func newest(m *lists.Manifest) sanctions.Date {
	var retrieved, published sanctions.Date
	for _, f := range m.Files {
		if retrieved.Compare(f.Retrieved) < 0 {
			retrieved = f.Retrieved
		}
		if published.Compare(f.Published) < 0 {
			published = f.Published
		}
	}
	if retrieved.IsZero() {
		return published
	}
	return retrieved
}

// Accept is the defects to go on with, as a command line names them. It is a
// [flag.Value].
type Accept []string

// contradictions are the defects of registers, beside those of lists.
var contradictions = []struct {
	name string
	err  error
}{{"circular", ownership.ErrCircular}, {"over-whole", ownership.ErrOverWhole}}

// AcceptUsage is the help of the flag that Accept is the value of.
func AcceptUsage() string {
	return "comma-separated `defects` to go on with: " + strings.Join(known(), ", ")
}

func known() []string {
	var names []string
	for _, c := range contradictions {
		names = append(names, c.name)
	}
	for _, d := range lists.FatalDefects() {
		names = append(names, nameOf(d))
	}
	return names
}

// nameOf is a defect of lists as the command line writes it: too-few-rows.
func nameOf(d lists.Defect) string { return strings.ReplaceAll(string(d), " ", "-") }

// Set adds the names of defects, separated by commas.
func (a *Accept) Set(names string) error {
	for name := range strings.SplitSeq(names, ",") {
		switch name = strings.TrimSpace(name); {
		case name == "":
		case !slices.Contains(known(), name):
			return fmt.Errorf("unknown defect %q; known are %s", name, strings.Join(known(), ", "))
		default:
			*a = append(*a, name)
		}
	}
	return nil
}

// String is the names, separated by commas.
func (a *Accept) String() string { return strings.Join(*a, ",") }

// Lists is the part of it that concerns lists, as an option to open them with.
func (a Accept) Lists() lists.Option {
	var accepted []lists.Defect
	for _, d := range lists.FatalDefects() {
		if slices.Contains(a, nameOf(d)) {
			accepted = append(accepted, d)
		}
	}
	return lists.Accept(accepted...)
}

// refused is the contradictions of registers that are not accepted.
func (a Accept) refused() (out []error) {
	for _, c := range contradictions {
		if !slices.Contains(a, c.name) {
			out = append(out, c.err)
		}
	}
	return out
}
