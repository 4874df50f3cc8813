package risk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// SubjectOption changes how claims find their firms.
type SubjectOption func(*joining)

type joining struct {
	resolve    func(name string) (firmID string, ok bool)
	unresolved func(claims.Claim)
}

// WithResolver gives a way to recognise the firm that a claim's subject_name
// means where its subject_id is no firm's and the name is not letter for letter
// one of a firm's. It must be sure: what it resolves is charged to the firm.
func WithResolver(resolve func(name string) (firmID string, ok bool)) SubjectOption {
	return func(j *joining) { j.resolve = resolve }
}

// WithUnresolved reports the claims that concern none of the firms, as subject,
// affiliate, event or country, in their order. Nobody will see them otherwise.
func WithUnresolved(report func(claims.Claim)) SubjectOption {
	return func(j *joining) { j.unresolved = report }
}

// Subjects joins each firm with the claims that concern it, in the order of the
// firms. A claim may concern several firms, as one about an event does.
func Subjects(firms []claims.Firm, reported []claims.Claim, opts ...SubjectOption) []*Subject {
	var how joining
	for _, o := range opts {
		o(&how)
	}
	known := map[string]bool{}
	for i := range firms {
		known[firms[i].ID], known[nameKey(firms[i].Name)] = true, true
		for _, alias := range firms[i].Aliases {
			known[nameKey(alias)] = true
		}
	}
	answers := map[string]string{} // name → firm, asked once
	resolved := func(c *claims.Claim) string {
		if how.resolve == nil || c.SubjectName == "" || known[c.SubjectID] || known[nameKey(c.SubjectName)] {
			return ""
		}
		id, asked := answers[c.SubjectName]
		if !asked {
			if found, ok := how.resolve(c.SubjectName); ok {
				id = found
			}
			answers[c.SubjectName] = id
		}
		return id
	}
	bySubject := map[string][]int{} // id, folded name or affiliation → claims
	byEvent := map[string][]int{}
	var states []int
	for i := range reported {
		c := &reported[i]
		keys := []string{c.SubjectID, nameKey(c.SubjectName), c.AffiliatedFirmID, nameKey(c.AffiliatedFirmID), resolved(c)}
		for _, key := range keys {
			if key != "" {
				bySubject[key] = append(bySubject[key], i)
			}
		}
		if c.SubjectType == claims.SubjectFirm {
			continue
		}
		if c.SubjectType == claims.SubjectState {
			states = append(states, i)
		}
		for _, event := range []string{c.EventID, c.ParentEventID} {
			if event != "" {
				byEvent[event] = append(byEvent[event], i)
			}
		}
	}
	subjects, concerned := make([]*Subject, len(firms)), make([]bool, len(reported))
	for n := range firms {
		firm := firms[n]
		picked := slices.Clone(bySubject[firm.ID])
		picked = append(picked, bySubject[nameKey(firm.Name)]...)
		for _, alias := range firm.Aliases {
			picked = append(picked, bySubject[nameKey(alias)]...)
		}
		own := len(picked)
		for _, i := range picked[:own] {
			for _, event := range []string{reported[i].EventID, reported[i].ParentEventID} {
				picked = append(picked, byEvent[event]...)
			}
		}
		for _, i := range states {
			if isCountry(&reported[i], firm.Country) {
				picked = append(picked, i)
			}
		}
		slices.Sort(picked)
		picked = slices.Compact(picked)
		about := make([]claims.Claim, len(picked))
		for k, i := range picked {
			about[k] = reported[i]
		}
		var stand []relation
		subjects[n], stand = newSubject(firm, about, resolved)
		for k, i := range picked {
			concerned[i] = concerned[i] || stand[k] != relationOther
		}
	}
	if how.unresolved != nil {
		for i := range reported {
			if !concerned[i] {
				how.unresolved(reported[i])
			}
		}
	}
	return subjects
}

// nameKey folds case and space, and no more: what two names of one firm have in
// common beyond that is for a resolver.
func nameKey(name string) string {
	if key := sourceKey(name); key != "" {
		return "\x00" + key
	}
	return ""
}

// ReadSubjects reads firms and claims files of a folder and joins them. Faults
// of all files come together.
func ReadSubjects(fsys fs.FS, firmFiles, claimFiles []string, opts ...SubjectOption) ([]*Subject, error) {
	allFirms, err1 := readFiles(fsys, firmFiles, claims.ReadFirms)
	allClaims, err2 := readFiles(fsys, claimFiles, claims.Read)
	errs := []error{err1, err2, twice(allFirms)}
	if err2 == nil { // else what a claim supersedes may stand in what could not be read
		errs = append(errs, dangling(allClaims))
	}
	if errs = slices.DeleteFunc(errs, func(e error) bool { return e == nil }); len(errs) > 0 {
		return nil, sanctions.JoinFaults(errs)
	}
	return Subjects(allFirms, allClaims, opts...), nil
}

// twice finds firms whose id stands in another file already.
func twice(firms []claims.Firm) error {
	first := make(map[string]sanctions.Source, len(firms))
	var errs []error
	for i := range firms {
		f := &firms[i]
		if at, ok := first[f.ID]; ok {
			errs = append(errs, &sanctions.Fault{Source: f.Source, Header: "firm_id", Value: f.ID, Err: fmt.Errorf("the id stands already at %v", at)})
			continue
		}
		first[f.ID] = f.Source
	}
	return sanctions.JoinFaults(errs)
}

// dangling finds claims that supersede what no file holds.
func dangling(reported []claims.Claim) error {
	known := map[string]bool{}
	for i := range reported {
		known[reported[i].EngagementID] = true
	}
	var errs []error
	for i := range reported {
		if c := &reported[i]; c.SupersedesID != "" && !known[c.SupersedesID] {
			errs = append(errs, &sanctions.Fault{Source: c.Source, Header: "supersedes_id", Value: c.SupersedesID,
				Err: errors.New("no claim has this engagement_id; name the one whose earlier claims this one replaces")})
		}
	}
	return sanctions.JoinFaults(errs)
}

func readFiles[T any](fsys fs.FS, paths []string, read func(io.Reader, string) ([]T, error)) ([]T, error) {
	var out []T
	var errs []error
	for _, path := range paths {
		file, err := fsys.Open(path)
		if err != nil {
			errs = append(errs, &sanctions.Fault{Source: sanctions.Source{File: path}, Err: err})
			continue
		}
		rows, err := read(file, path)
		file.Close()
		if err != nil {
			errs = append(errs, err)
		}
		out = append(out, rows...)
	}
	if errs != nil {
		return nil, sanctions.JoinFaults(errs)
	}
	return out, nil
}
