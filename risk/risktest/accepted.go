package risktest

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

const acceptedName = "accepted.csv"

// acceptance is a row of accepted.csv: a mutant that may live, or a finding that
// may stand, and why. A * in row or change stands for any text.
type acceptance struct {
	table, row, change, why string
	source                  sanctions.Source
	used                    bool
}

var acceptedColumns = []string{"table", "row", "change", "why"}

// AcceptedColumns are the columns of accepted.csv: table, row and change name a
// mutant as a report does, each with * for any text, and why is the reason for
// which it may live. A finding of lint or coverage is accepted with lint or
// coverage for the table and its kind for the change. An acceptance that nothing
// needs is itself reported.
func AcceptedColumns() []string { return acceptedColumns[:len(acceptedColumns):len(acceptedColumns)] }

// Columns and SetCell make acceptance a row of a CSV file.
func (*acceptance) Columns() []string { return acceptedColumns }

func (a *acceptance) SetCell(i int, s string) error {
	*[...]*string{&a.table, &a.row, &a.change, &a.why}[i] = s
	return nil
}

func readAccepted(fsys fs.FS) ([]*acceptance, error) {
	file, err := fsys.Open(acceptedName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csvfile.ReadAll[acceptance](file, acceptedName, csvfile.Require(acceptedColumns...))
	errs := []error{err}
	out := make([]*acceptance, len(rows))
	for i := range rows {
		out[i] = &rows[i].Value
		out[i].source = rows[i].Source
		if out[i].why == "" {
			errs = append(errs, rows[i].Fault("why", "", "a mutant is accepted for a reason; write it"))
		}
		if out[i].table == "" || out[i].row == "" || out[i].change == "" {
			errs = append(errs, rows[i].Fault("change", out[i].change, "name table, row and change as the report does, or write *"))
		}
	}
	return out, sanctions.JoinFaults(errs)
}

// accept gives the reason for which something may stay; empty if there is none.
func accept(accepted []*acceptance, table, row, change string) string {
	why := ""
	for _, a := range accepted {
		if glob(a.table, table) && glob(a.row, row) && glob(a.change, change) {
			a.used = true
			why = a.why
		}
	}
	return why
}

// open leaves out the findings that are accepted.
func open(accepted []*acceptance, table string, found []Finding) []Finding {
	return slices.DeleteFunc(found, func(f Finding) bool { return accept(accepted, table, f.Row, f.Kind) != "" })
}

// stale finds acceptances that nothing needs.
func stale(accepted []*acceptance) []Finding {
	var out []Finding
	for _, a := range accepted {
		if !a.used {
			out = append(out, Finding{"stale acceptance", a.row, a.source, a.table + " " + a.row + ": " + a.change,
				"nothing needs it; remove the row"})
		}
	}
	return out
}

// glob matches a pattern in which * is any text.
func glob(pattern, s string) bool {
	first, rest, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == s
	}
	if !strings.HasPrefix(s, first) {
		return false
	}
	for s = s[len(first):]; ; s = s[1:] {
		if glob(rest, s) {
			return true
		}
		if s == "" {
			return false
		}
	}
}
