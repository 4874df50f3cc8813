package risktest

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/risk/assessment"
)

const ledgerName = "ledger.csv"

// ledger holds what each case came to when it was last accepted.
type ledger struct{ rows map[string][]ledgerRow }

// ledgerRow is what one authority came to in one case.
type ledgerRow struct {
	Case, Authority, Reach string
	Low, Point, High       string
	Lines                  string // of the point score: "+18 231-talks; -3 cap 231-talks-only"
}

var ledgerColumns = []string{"case", "authority", "reach", "low", "point", "high", "lines"}

// Columns and SetCell make ledgerRow a row of a CSV file.
func (*ledgerRow) Columns() []string { return ledgerColumns }

func (r *ledgerRow) SetCell(i int, s string) error {
	*[...]*string{&r.Case, &r.Authority, &r.Reach, &r.Low, &r.Point, &r.High, &r.Lines}[i] = s
	return nil
}

func readLedger(fsys fs.FS) (*ledger, error) {
	l := &ledger{rows: map[string][]ledgerRow{}}
	file, err := fsys.Open(ledgerName)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	} else if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csvfile.ReadAll[ledgerRow](file, ledgerName, csvfile.Require("case", "authority", "point", "lines"))
	for _, row := range rows {
		l.rows[row.Value.Case] = append(l.rows[row.Value.Case], row.Value)
	}
	return l, err
}

// ledgerRows is what an assessment comes to, in the form of the ledger.
func ledgerRows(name string, a *assessment.Assessment) []ledgerRow {
	out := make([]ledgerRow, len(a.Authorities))
	for i := range a.Authorities {
		r := &a.Authorities[i]
		var lines []string
		for k := range r.Factors {
			f := &r.Factors[k]
			if f.Points.Point.IsZero() {
				continue
			}
			what := f.Rule
			if f.Step != assessment.StepRule {
				what = strings.TrimSpace(string(f.Step) + " " + f.Rule)
			}
			if len(a.Engagements) > 1 && f.Engagement != "" {
				what += " in " + f.Engagement
			}
			lines = append(lines, signed(f.Points.Point)+" "+what)
		}
		out[i] = ledgerRow{name, r.Authority, string(r.Reach), r.Score.Low.String(), r.Score.Point.String(), r.Score.High.String(), strings.Join(lines, "; ")}
	}
	slices.SortFunc(out, func(a, b ledgerRow) int { return strings.Compare(a.Authority, b.Authority) })
	return out
}

// WriteLedger writes what every case comes to, as ledger.csv has it.
func (r *Report) WriteLedger(w io.Writer) error {
	out := csv.NewWriter(w)
	errs := []error{out.Write(ledgerColumns)}
	for i := range r.Results {
		for _, row := range ledgerRows(r.Results[i].Case.Name, &r.Results[i].Got) {
			errs = append(errs, out.Write([]string{row.Case, row.Authority, row.Reach, row.Low, row.Point, row.High, row.Lines}))
		}
	}
	out.Flush()
	return errors.Join(append(errs, out.Error())...)
}

// Shift is what moved in one authority's ledger of a case since it was accepted.
type Shift struct {
	Authority     string
	Before, After string // point score and reach; empty where the authority was not there
	Lines         []string
}

// String is the shift in one line.
func (s Shift) String() string {
	or := func(s string) string {
		if s == "" {
			return "nothing"
		}
		return s
	}
	return fmt.Sprintf("%s: %s → %s: %s", s.Authority, or(s.Before), or(s.After), strings.Join(s.Lines, "; "))
}

// moved compares an assessment with the accepted ledger. A case that the ledger
// does not know has not moved.
func (l *ledger) moved(name string, a *assessment.Assessment) []Shift {
	before, known := l.rows[name]
	if !known {
		return nil
	}
	after := ledgerRows(name, a)
	find := func(rows []ledgerRow, authority string) ledgerRow {
		if at := slices.IndexFunc(rows, func(r ledgerRow) bool { return r.Authority == authority }); at >= 0 {
			return rows[at]
		}
		return ledgerRow{}
	}
	var authorities []string
	for _, r := range slices.Concat(before, after) {
		authorities = append(authorities, r.Authority)
	}
	slices.Sort(authorities)
	var out []Shift
	for _, id := range slices.Compact(authorities) {
		was, is := find(before, id), find(after, id)
		if was == is {
			continue
		}
		s := Shift{Authority: id, Before: strings.TrimSpace(was.Point + " " + was.Reach), After: strings.TrimSpace(is.Point + " " + is.Reach)}
		old, now := parseLines(was.Lines), parseLines(is.Lines)
		for _, line := range old {
			if at := slices.IndexFunc(now, func(n ledgerLine) bool { return n.what == line.what }); at < 0 {
				s.Lines = append(s.Lines, line.what+" "+line.points+" is gone")
			} else if now[at].points != line.points {
				s.Lines = append(s.Lines, line.what+" "+line.points+" → "+now[at].points)
			}
		}
		for _, line := range now {
			if !slices.ContainsFunc(old, func(o ledgerLine) bool { return o.what == line.what }) {
				s.Lines = append(s.Lines, line.what+" "+line.points+" is new")
			}
		}
		if s.Lines == nil {
			s.Lines = []string{"bounds or reach alone"}
		}
		out = append(out, s)
	}
	return out
}

type ledgerLine struct{ points, what string }

func parseLines(s string) []ledgerLine {
	var out []ledgerLine
	for part := range strings.SplitSeq(s, "; ") {
		if points, what, ok := strings.Cut(part, " "); ok {
			out = append(out, ledgerLine{points, what})
		}
	}
	return out
}
