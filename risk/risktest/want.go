package risktest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Want is what a case demands. What is empty demands nothing.
type Want struct {
	Grade []GradeWant
	Score []ScoreWant
	Reach []ReachWant
	Fires []FireWant
}

// GradeWant demands a grade of one of the three scores.
type GradeWant struct {
	Column string // low, point or high
	OneOf  []string
}

// ScoreWant demands one of the three scores, of an authority or, where that is
// empty, of the whole, within closed bounds; an invalid bound is open.
type ScoreWant struct {
	Authority string
	Column    string
	Min, Max  decimal.NullDecimal
}

// ReachWant demands how far an authority reaches; empty is the strongest.
type ReachWant struct {
	Authority string
	OneOf     []tables.Reach
}

// FireWant demands that a row decides, or stays silent: a rule, or with Table
// evidence or imputation a row of those.
type FireWant struct {
	Table  string // rules, evidence or imputation
	Row    string
	Silent bool
}

var scoreColumns = []string{"low", "point", "high"}

func (w *Want) empty() bool { return len(w.Grade)+len(w.Score)+len(w.Reach)+len(w.Fires) == 0 }

// undecided refuses the question mark of a suggested case.
func undecided(s string) error {
	if strings.Contains(s, "?") {
		return fmt.Errorf("this verdict is not yours yet: decide what is right, then take the question mark away")
	}
	return nil
}

// split gives one text for the point score, or three for low, point and high.
func split(s string) (map[string]string, error) {
	parts := strings.Split(s, "/")
	switch len(parts) {
	case 1:
		return map[string]string{"point": s}, nil
	case 3:
		return map[string]string{"low": parts[0], "point": parts[1], "high": parts[2]}, nil
	}
	return nil, fmt.Errorf("%q is neither one value nor three as low/point/high", s)
}

func (w *Want) setGrade(s string) error {
	if err := undecided(s); err != nil {
		return err
	}
	parts, err := split(s)
	for _, column := range scoreColumns {
		if parts[column] != "" {
			w.Grade = append(w.Grade, GradeWant{column, strings.Split(parts[column], "|")})
		}
	}
	return err
}

func (w *Want) setScore(s string) error {
	if err := undecided(s); err != nil {
		return err
	}
	for part := range strings.FieldsSeq(s) {
		authority, text := "", part
		if at := strings.Index(part, "="); at > 0 && part[at-1] != '>' && part[at-1] != '<' {
			authority, text = part[:at], part[at+1:]
		}
		parts, err := split(text)
		if err != nil {
			return err
		}
		for _, column := range scoreColumns {
			if parts[column] == "" {
				continue
			}
			want := ScoreWant{Authority: authority, Column: column}
			if want.Min, want.Max, err = parseBounds(parts[column]); err != nil {
				return err
			}
			w.Score = append(w.Score, want)
		}
	}
	return nil
}

func parseBounds(s string) (low, high decimal.NullDecimal, err error) {
	number := func(s string) decimal.NullDecimal {
		var p assessment.Points
		if e := p.UnmarshalJSON([]byte(s)); e != nil {
			err = fmt.Errorf("%q is no number of points", s)
		}
		return decimal.NullDecimal{Decimal: p.Decimal, Valid: true}
	}
	from, to, isRange := strings.Cut(s, "..")
	switch {
	case isRange:
		low, high = number(from), number(to)
		if err == nil && high.Decimal.LessThan(low.Decimal) {
			err = fmt.Errorf("%q ends before it starts", s)
		}
	case strings.HasPrefix(s, ">="):
		low = number(s[2:])
	case strings.HasPrefix(s, "<="):
		high = number(s[2:])
	default:
		low = number(s)
		high = low
	}
	return low, high, err
}

var reachNames = []tables.Reach{tables.NotReached, tables.Indicator, tables.Plausible, tables.Strong}

func (w *Want) setReach(s string) error {
	if err := undecided(s); err != nil {
		return err
	}
	for part := range strings.FieldsSeq(s) {
		authority, text, ok := strings.Cut(part, "=")
		if !ok {
			authority, text = "", part
		}
		want := ReachWant{Authority: authority}
		for name := range strings.SplitSeq(text, "|") {
			if !slices.Contains(reachNames, tables.Reach(name)) {
				return fmt.Errorf("unknown reach %q; %s", name, csvfile.Known(name, texts(reachNames)))
			}
			want.OneOf = append(want.OneOf, tables.Reach(name))
		}
		w.Reach = append(w.Reach, want)
	}
	return nil
}

func (w *Want) setFires(s string) error {
	if err := undecided(s); err != nil {
		return err
	}
	for part := range strings.FieldsSeq(s) {
		name, silent := strings.CutPrefix(part, "!")
		want := FireWant{Table: "rules", Row: name, Silent: silent}
		if table, row, ok := strings.Cut(name, ":"); ok {
			if table != "evidence" && table != "imputation" {
				return fmt.Errorf("unknown table %q; write evidence:row, imputation:row or the name of a rule", table)
			}
			want.Table, want.Row = table, row
		}
		w.Fires = append(w.Fires, want)
	}
	return nil
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

// known faults what a want names and the rule set does not have.
func (c *Case) known(t *tables.Set) error {
	var errs []error
	check := func(header, what, name string, known []string) {
		if !slices.Contains(known, name) {
			errs = append(errs, fault(c.at, header, name, "the rule set has no such %s; %s", what, csvfile.Known(name, known)))
		}
	}
	authorities := ids(t.Authorities, func(a *tables.Authority) string { return a.ID })
	for _, w := range c.Want.Grade {
		for _, g := range w.OneOf {
			check("want_grade", "grade", g, ids(t.Bands, func(b *tables.Band) string { return b.ID }))
		}
	}
	for _, w := range c.Want.Score {
		if w.Authority != "" {
			check("want_score", "authority", w.Authority, authorities)
		}
	}
	for _, w := range c.Want.Reach {
		if w.Authority != "" {
			check("want_reach", "authority", w.Authority, authorities)
		}
	}
	for _, w := range c.Want.Fires {
		switch w.Table {
		case "evidence":
			check("want_fires", "row of evidence.csv", w.Row, ids(t.Evidence, func(r *tables.Weight) string { return r.ID }))
		case "imputation":
			check("want_fires", "row of imputation.csv", w.Row, ids(t.Imputation, func(r *tables.Imputation) string { return r.ID }))
		default:
			check("want_fires", "rule", w.Row, ids(t.Rules, func(r *tables.Rule) string { return r.ID }))
		}
	}
	return sanctions.JoinFaults(errs)
}

func ids[T any](rows []T, id func(*T) string) []string {
	out := make([]string, len(rows))
	for i := range rows {
		out[i] = id(&rows[i])
	}
	return out
}

// Mismatch is one demand that was not met.
type Mismatch struct{ What, Got, Want string }

// String is "what: got this, want that".
func (m Mismatch) String() string { return m.What + ": got " + m.Got + ", want " + m.Want }

// meets reports whether an outcome is what is wanted; it is mismatches without
// the words.
func (w *Want) meets(o *risk.Outcome) bool {
	for i := range w.Grade {
		if !slices.Contains(w.Grade[i].OneOf, gradeOf(&o.Grade, w.Grade[i].Column)) {
			return false
		}
	}
	for i := range w.Score {
		if !w.Score[i].within(scoreOf(o, w.Score[i].Authority, w.Score[i].Column)) {
			return false
		}
	}
	for i := range w.Reach {
		if !slices.Contains(w.Reach[i].OneOf, reachOf(o, w.Reach[i].Authority)) {
			return false
		}
	}
	for i := range w.Fires {
		if fired(o, &w.Fires[i]) == w.Fires[i].Silent {
			return false
		}
	}
	return true
}

func (w *ScoreWant) within(p assessment.Points) bool {
	return (!w.Min.Valid || p.GreaterThanOrEqual(w.Min.Decimal)) && (!w.Max.Valid || p.LessThanOrEqual(w.Max.Decimal))
}

func (w *ScoreWant) bounds() string {
	low, high := assessment.Points{Decimal: w.Min.Decimal}, assessment.Points{Decimal: w.Max.Decimal}
	switch {
	case !w.Min.Valid:
		return "<=" + high.String()
	case !w.Max.Valid:
		return ">=" + low.String()
	case low.Equal(high.Decimal):
		return low.String()
	}
	return low.String() + ".." + high.String()
}

func (w *Want) mismatches(o *risk.Outcome) []Mismatch {
	var out []Mismatch
	label := func(what, authority, column string) string {
		if column != "" && column != "point" {
			what = column + " " + what
		}
		if authority != "" {
			what += " of " + authority
		}
		return what
	}
	for i := range w.Grade {
		g := &w.Grade[i]
		if got := gradeOf(&o.Grade, g.Column); !slices.Contains(g.OneOf, got) {
			out = append(out, Mismatch{label("grade", "", g.Column), got, strings.Join(g.OneOf, " or ")})
		}
	}
	for i := range w.Score {
		s := &w.Score[i]
		if got := scoreOf(o, s.Authority, s.Column); !s.within(got) {
			out = append(out, Mismatch{label("score", s.Authority, s.Column), got.String(), s.bounds()})
		}
	}
	for i := range w.Reach {
		r := &w.Reach[i]
		if got := reachOf(o, r.Authority); !slices.Contains(r.OneOf, got) {
			out = append(out, Mismatch{label("reach", r.Authority, ""), string(got), strings.Join(texts(r.OneOf), " or ")})
		}
	}
	for i := range w.Fires {
		f := &w.Fires[i]
		if fired(o, f) == f.Silent {
			got, want := "silent", "it counts"
			if f.Silent {
				got, want = "it counts", "silent"
			}
			out = append(out, Mismatch{strings.TrimPrefix(f.Table, "rules") + prefixed(f) + f.Row, got, want})
		}
	}
	return out
}

func prefixed(f *FireWant) string {
	if f.Table == "rules" {
		return "rule "
	}
	return " row "
}

func gradeOf(g *assessment.Grades, column string) string {
	switch column {
	case "low":
		return g.Low
	case "high":
		return g.High
	}
	return g.Point
}

func scoreOf(o *risk.Outcome, authority, column string) assessment.Points {
	s := &o.Score
	if authority != "" {
		s = &assessment.Score{}
		for i := range o.Authorities {
			if o.Authorities[i].Authority == authority {
				s = &o.Authorities[i].Score
			}
		}
	}
	switch column {
	case "low":
		return s.Low
	case "high":
		return s.High
	}
	return s.Point
}

func reachOf(o *risk.Outcome, authority string) tables.Reach {
	if authority == "" {
		authority = o.Strongest
	}
	for i := range o.Authorities {
		if o.Authorities[i].Authority == authority {
			return o.Authorities[i].Reach
		}
	}
	return tables.NotReached
}

func fired(o *risk.Outcome, f *FireWant) bool {
	switch f.Table {
	case "evidence":
		return slices.ContainsFunc(o.Rows, func(r risk.DealingRows) bool { return r.Evidence == f.Row })
	case "imputation":
		return slices.ContainsFunc(o.Rows, func(r risk.DealingRows) bool { return r.Imputation == f.Row })
	}
	_, found := slices.BinarySearch(o.Fired, f.Row)
	return found
}
