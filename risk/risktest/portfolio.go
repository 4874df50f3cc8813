package risktest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Comparison is what a change of rules does to a portfolio.
type Comparison struct {
	Firms  int
	Grades []string // from the lowest to the highest, those of either rule set
	Matrix [][]int  // firms by grade before (row) and after (column)
	Moves  []Move   // every firm whose score changed, the largest change first
}

// Move is a firm that another rule set scores otherwise, and why: the lines sum
// to the change of the score exactly, see [assessment.Diff].
type Move struct{ assessment.Difference }

// GradeMoved reports whether the grade changed, not only the score.
func (m *Move) GradeMoved() bool { return m.Grades[0] != m.Grades[1] }

// Compare scores each subject under both rule sets as of one date. It streams: it
// keeps the firms that move and counts the others. An error of the portfolio or of
// the screener ends it.
func Compare(before, after *risk.Ruleset, screener risk.Screener, portfolio iter.Seq2[*risk.Subject, error], asOf sanctions.Date, opts ...risk.Option) (*Comparison, error) {
	c := &Comparison{Grades: grades(before, after)}
	c.Matrix = make([][]int, len(c.Grades))
	for i := range c.Matrix {
		c.Matrix[i] = make([]int, len(c.Grades))
	}
	old, now := risk.NewScorer(before, screener, opts...), risk.NewScorer(after, screener, opts...)
	for subject, err := range portfolio {
		if err != nil {
			return nil, err
		}
		was, err := old.Assess(subject, asOf)
		if err != nil {
			return nil, err
		}
		is, err := now.Assess(subject, asOf)
		if err != nil {
			return nil, err
		}
		c.Firms++
		c.Matrix[slices.Index(c.Grades, was.Grade.Point)][slices.Index(c.Grades, is.Grade.Point)]++
		if was.Grade.Point != is.Grade.Point || !was.Score.Point.Equal(is.Score.Point.Decimal) {
			c.Moves = append(c.Moves, Move{assessment.Diff(&was, &is)})
		}
	}
	slices.SortStableFunc(c.Moves, func(a, b Move) int {
		if d := b.Change.Abs().Cmp(a.Change.Abs()); d != 0 {
			return d
		}
		return strings.Compare(a.Firm, b.Firm)
	})
	return c, nil
}

// Subjects is a portfolio at hand as a stream.
func Subjects(list []*risk.Subject) iter.Seq2[*risk.Subject, error] {
	return func(yield func(*risk.Subject, error) bool) {
		for _, s := range list {
			if !yield(s, nil) {
				return
			}
		}
	}
}

// grades lists the bands of both rule sets from the lowest to the highest.
func grades(before, after *risk.Ruleset) []string {
	bands := slices.Concat(after.Tables().Bands, before.Tables().Bands)
	slices.SortStableFunc(bands, func(a, b tables.Band) int { return a.From.Decimal.Cmp(b.From.Decimal) })
	var out []string
	for _, b := range bands {
		if !slices.Contains(out, b.ID) {
			out = append(out, b.ID)
		}
	}
	return out
}

// GradeMoves counts the firms whose grade changed.
func (c *Comparison) GradeMoves() int {
	n := 0
	for i := range c.Moves {
		if c.Moves[i].GradeMoved() {
			n++
		}
	}
	return n
}

// Write prints the grade matrix and the largest moves, at most so many, with
// their reasons.
func (c *Comparison) Write(w io.Writer, largest int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d firms, %d change score, %d change grade\n\n", c.Firms, len(c.Moves), c.GradeMoves())
	width := len("before \\ after")
	for _, g := range c.Grades {
		width = max(width, len(g))
	}
	fmt.Fprintf(&b, "%-*s", width, "before \\ after")
	for _, g := range c.Grades {
		fmt.Fprintf(&b, " %*s", max(len(g), 6), g)
	}
	b.WriteByte('\n')
	for i, g := range c.Grades {
		fmt.Fprintf(&b, "%-*s", width, g)
		for k, n := range c.Matrix[i] {
			cell := fmt.Sprint(n)
			if n == 0 {
				cell = "·"
			}
			fmt.Fprintf(&b, " %*s", max(len(c.Grades[k]), 6), cell)
		}
		b.WriteByte('\n')
	}
	for i := range c.Moves {
		if i == largest {
			fmt.Fprintf(&b, "\nand %d more\n", len(c.Moves)-i)
			break
		}
		b.WriteByte('\n')
		b.WriteString(c.Moves[i].String())
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// String is the move and the lines that make it up.
func (m *Move) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s → %s, %s → %s (%s)", m.Firm, m.Grades[0], m.Grades[1], m.Scores[0], m.Scores[1], signed(m.Change))
	for _, l := range m.Lines {
		what := l.Rule
		if l.Step != assessment.StepRule {
			what = strings.TrimSpace(string(l.Step) + " " + l.Rule)
		}
		in := ""
		if l.Engagement != "" {
			in = " in " + l.Engagement
		}
		fmt.Fprintf(&b, "\n  %-8s %s %s%s (was %s)", signed(l.Delta), l.Authority, what, in, l.Before)
	}
	return b.String()
}

const movesName = "moves.csv"

// approval is a row of moves.csv: a change of grade that somebody has approved.
type approval struct{ firm, before, after, why string }

var moveColumns = []string{"firm_id", "before", "after", "why"}

// MoveColumns are the columns of moves.csv: a firm, its grade before and after,
// and the reason for which that is right.
func MoveColumns() []string { return slices.Clone(moveColumns) }

// Columns and SetCell make approval a row of a CSV file.
func (*approval) Columns() []string { return moveColumns }

func (a *approval) SetCell(i int, s string) error {
	*[...]*string{&a.firm, &a.before, &a.after, &a.why}[i] = s
	return nil
}

// MoveError is a change of grade that nobody has approved.
type MoveError struct{ Move Move }

// Error is the move, its reasons, and the row that would approve it.
func (e *MoveError) Error() string {
	return e.Move.String() + "\n  approve it in " + movesName + ": " + csvLine([]string{e.Move.Firm, e.Move.Grades[0], e.Move.Grades[1], "…"})
}

// Check is an error joining a [*MoveError] for every change of grade that
// moves.csv in the folder does not approve, when there are more of them than the
// budget; and a [*sanctions.Fault] for every approval without a reason or without
// its move.
func (c *Comparison) Check(fsys fs.FS, budget int) error {
	var rows []csvfile.Row[approval]
	file, err := fsys.Open(movesName)
	if err == nil {
		defer file.Close()
		rows, err = csvfile.ReadAll[approval](file, movesName, csvfile.Require(moveColumns...))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var errs, open []error
	used := make([]bool, len(rows))
	for i := range c.Moves {
		m := &c.Moves[i]
		if !m.GradeMoved() {
			continue
		}
		at := slices.IndexFunc(rows, func(r csvfile.Row[approval]) bool {
			return r.Value.firm == m.Firm && r.Value.before == m.Grades[0] && r.Value.after == m.Grades[1]
		})
		if at < 0 {
			open = append(open, &MoveError{*m})
		} else {
			used[at] = true
		}
	}
	if len(open) > budget {
		errs = append(errs, open...)
	}
	for i := range rows {
		r := &rows[i]
		if r.Value.why == "" {
			errs = append(errs, r.Fault("why", "", "a move is approved for a reason; write it"))
		}
		if !used[i] {
			errs = append(errs, r.Fault("firm_id", r.Value.firm, "it does not move from %s to %s; remove the row", r.Value.before, r.Value.after))
		}
	}
	return sanctions.JoinFaults(errs)
}
