package risktest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// CaseError is a case that fails: what it wanted and got, how the score came
// about, which rules came near, and what moved since the ledger was accepted.
// With no Wrong it is a todo that passes.
type CaseError struct {
	Case  *Case
	Got   assessment.Assessment
	Wrong []Mismatch
	Near  []NearMiss
	Moved []Shift
}

// NearMiss is a rule that does not count for want of a single thing. A rule that
// the case demands is listed with everything it lacks.
type NearMiss struct {
	Rule    string
	Dealing string // empty where there is but one, or for the firm
	Adds    string // what the rule would add: +15, floor 60, cap 25
	Lacks   string // "stage must be signed, is discussed"
}

// shownNear and shownLines are how much of each a failure shows.
const (
	shownNear  = 5
	shownLines = 12
)

// Error is the failure as a colleague would tell it.
func (e *CaseError) Error() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, "\n  "+format, args...) }
	fmt.Fprintf(&b, "%v: %s", e.Case.Source, e.Case.Name)
	if len(e.Wrong) == 0 {
		line("passes now, and is marked todo: %s", e.Case.Todo)
		line("take the todo away, so that it stays so")
		return b.String()
	}
	for _, w := range e.Wrong {
		line("%s", w)
	}
	line("why    %s", e.Case.Why)
	e.factors(line)
	e.place(line)
	for i, n := range e.Near {
		if i == shownNear {
			line("       and %d more came near", len(e.Near)-i)
			break
		}
		in := ""
		if n.Dealing != "" {
			in = " in " + n.Dealing
		}
		line("near   %s (%s)%s: %s", n.Rule, n.Adds, in, n.Lacks)
	}
	for _, m := range e.Moved {
		line("moved  %s", m)
	}
	return b.String()
}

// factors shows the ledgers of the authorities that the failure is about, and
// names the others.
func (e *CaseError) factors(line func(string, ...any)) {
	var others []string
	for i := range e.Got.Authorities {
		r := &e.Got.Authorities[i]
		about := i == 0 || slices.ContainsFunc(e.Wrong, func(w Mismatch) bool { return strings.HasSuffix(w.What, " of "+r.Authority) })
		if !about {
			others = append(others, fmt.Sprintf("%s %s %s", r.Authority, r.Reach, r.Score.Point))
			continue
		}
		line("%s", authorityLine(r))
		for k := range r.Factors {
			if k == shownLines {
				line("         and %d more lines", len(r.Factors)-k)
				break
			}
			line("  %s", factorLine(&r.Factors[k], len(e.Got.Engagements) > 1))
		}
	}
	if len(others) > 0 {
		line("also   %s", strings.Join(others, ", "))
	}
	if len(e.Got.Authorities) == 0 {
		line("no authority is reached")
	}
	for i := range e.Got.Context {
		line("seen   %s, not charged: %s", e.Got.Context[i].Imputation, e.Got.Context[i].Reason)
	}
}

func authorityLine(r *assessment.Reached) string {
	out := fmt.Sprintf("%s %s %s", r.Authority, r.Reach, r.Score.Point)
	if !r.Score.Low.Equal(r.Score.Point.Decimal) || !r.Score.High.Equal(r.Score.Point.Decimal) {
		out += fmt.Sprintf(" (from %s to %s)", r.Score.Low, r.Score.High)
	}
	return out
}

// factorLine is one line of a ledger: points, what gave them, on which facts.
func factorLine(f *assessment.Factor, several bool) string {
	var points string
	if f.Points.Point.IsZero() && !f.Points.High.IsZero() {
		points = "(" + signed(f.Points.High) + " high)"
	} else {
		points = signed(f.Points.Point)
	}
	name := f.Rule
	if f.Step != assessment.StepRule {
		name = strings.TrimSpace(string(f.Step) + " " + name)
	}
	var facts []string
	for _, h := range f.Facts {
		if h.Value != "" { // what is not known did not decide
			facts = append(facts, h.Fact+" "+h.Value)
		}
	}
	if several && f.Engagement != "" {
		facts = append(facts, "in "+f.Engagement)
	}
	return strings.TrimRight(fmt.Sprintf("%-7s %-24s %s", points, name, strings.Join(facts, ", ")), " ")
}

func signed(p assessment.Points) string {
	if p.IsNegative() {
		return p.String()
	}
	return "+" + p.String()
}

// place tells where the score lies among the bands.
func (e *CaseError) place(line func(string, ...any)) {
	text := fmt.Sprintf("score  %s is %s", e.Got.Score.Point, e.Got.Grade.Point)
	if up := e.Got.Margin.Up; up != nil {
		text += fmt.Sprintf("; %s starts %s above", up.Grade, up.Points)
	}
	if down := e.Got.Margin.Down; down != nil {
		text += fmt.Sprintf("; %s begins %s below", down.Grade, down.Points)
	}
	line("%s", text)
}

// adds says what a rule would give.
func adds(r *tables.Rule) string {
	var parts []string
	if r.Points.Valid {
		parts = append(parts, signed(assessment.Points{Decimal: r.Points.Decimal}))
	}
	if r.Floor.Valid {
		parts = append(parts, "floor "+assessment.Points{Decimal: r.Floor.Decimal}.String())
	}
	if r.Cap.Valid {
		parts = append(parts, "cap "+assessment.Points{Decimal: r.Cap.Decimal}.String())
	}
	return strings.Join(parts, ", ")
}

// nearMisses finds the rules that lack one thing and would move the score the way
// the case wants: those first that the case demands, then those whose fact is
// known to be otherwise, then those of the authorities that the outcome has, the
// strongest first, then by what they would add. Authorities that are neither
// reached nor wanted are left out, unless none is reached.
func nearMisses(set *tables.Set, c *Case, o *risk.Outcome) []NearMiss {
	demanded := func(id string) bool {
		return slices.ContainsFunc(c.Want.Fires, func(f FireWant) bool { return f.Table == "rules" && f.Row == id && !f.Silent })
	}
	rank := func(authority string) int {
		at := slices.IndexFunc(o.Authorities, func(a risk.AuthorityOutcome) bool { return a.Authority == authority })
		if at < 0 {
			return len(o.Authorities)
		}
		return at
	}
	up, down := c.Want.direction(set, o)
	type candidate struct {
		NearMiss
		rule     *tables.Rule
		demanded bool
		unknown  bool // the one thing is a fact that is not known
	}
	var found []candidate
	about := func(r *tables.Rule) bool {
		return len(o.Authorities) == 0 || rank(r.Authority) < len(o.Authorities) ||
			slices.ContainsFunc(c.Want.Score, func(w ScoreWant) bool { return w.Authority == r.Authority }) ||
			slices.ContainsFunc(c.Want.Reach, func(w ReachWant) bool { return w.Authority == r.Authority })
	}
	for i := range set.Rules {
		r := &set.Rules[i]
		if !about(r) && !demanded(r.ID) {
			continue
		}
		if _, fires := slices.BinarySearch(o.Fired, r.ID); fires {
			continue
		}
		best := candidate{rule: r, demanded: demanded(r.ID)}
		fewest := 0
		eachSide(c.Matter, r.Scope, func(id string, f *risk.Facts, from, last sanctions.Date) {
			if lacks := lacking(r, f, from, last, c.Matter.AsOf); best.Lacks == "" || len(lacks) < fewest {
				fewest = len(lacks)
				best.NearMiss = NearMiss{Rule: r.ID, Adds: adds(r), Lacks: strings.Join(lacks, "; ")}
				if len(c.Matter.Dealings) > 1 {
					best.Dealing = id
				}
				if len(lacks) == 0 {
					best.Lacks = "a basis rule of " + r.Authority + " must count too, and none does"
				}
			}
		})
		best.unknown = strings.HasSuffix(best.Lacks, "is unknown")
		raises := r.Points.Decimal.IsPositive() || r.Floor.Valid && !r.Points.Decimal.IsNegative()
		if best.Lacks != "" && (best.demanded || fewest == 1 && (raises && up || !raises && down)) {
			found = append(found, best)
		}
	}
	later := func(x, y bool) int {
		switch {
		case x == y:
			return 0
		case x:
			return 1
		}
		return -1
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		return cmp.Or(later(!a.demanded, !b.demanded), later(a.unknown, b.unknown), cmp.Compare(rank(a.rule.Authority), rank(b.rule.Authority)),
			b.rule.Points.Decimal.Abs().Cmp(a.rule.Points.Decimal.Abs()), strings.Compare(a.Rule, b.Rule))
	})
	out := make([]NearMiss, len(found))
	for i := range found {
		out[i] = found[i].NearMiss
	}
	return out
}

// direction tells whether what is wanted lies above or below what was got;
// neither where only a rule or a reach is otherwise.
func (w *Want) direction(t *tables.Set, o *risk.Outcome) (up, down bool) {
	order := ids(t.Bands, func(b *tables.Band) string { return b.ID })
	for i := range w.Grade {
		g := &w.Grade[i]
		if got := gradeOf(&o.Grade, g.Column); !slices.Contains(g.OneOf, got) {
			at := slices.Index(order, got)
			up = up || slices.ContainsFunc(g.OneOf, func(x string) bool { return slices.Index(order, x) > at })
			down = down || slices.ContainsFunc(g.OneOf, func(x string) bool { return slices.Index(order, x) < at })
		}
	}
	for i := range w.Score {
		s := &w.Score[i]
		got := scoreOf(o, s.Authority, s.Column)
		up = up || s.Min.Valid && got.LessThan(s.Min.Decimal)
		down = down || s.Max.Valid && got.GreaterThan(s.Max.Decimal)
	}
	return up, down
}

// eachSide calls f with what rules of a scope are asked about: the firm or each
// dealing.
func eachSide(m *risk.Matter, scope tables.Scope, f func(id string, facts *risk.Facts, from, last sanctions.Date)) {
	if scope == tables.ScopeFirm {
		f("", &m.Firm, m.AsOf, m.AsOf)
		return
	}
	for i := range m.Dealings {
		f(m.Dealings[i].ID, &m.Dealings[i].Facts, m.Dealings[i].From, m.Dealings[i].Last)
	}
}

// lacking lists what keeps a rule from counting, its conditions and its dates.
func lacking(r *tables.Rule, f *risk.Facts, from, last, asOf sanctions.Date) []string {
	var out []string
	for _, c := range r.When {
		if holds, _ := f.Meets(c); holds == sanctions.Yes { // the rule set is compiled, so the condition is good
			continue
		}
		have := "is " + f.Get(c.Fact)
		if f.Get(c.Fact) == "" {
			have = "is unknown"
		}
		out = append(out, fmt.Sprintf("%s must be %s, %s", c.Fact, c.Test, have))
	}
	switch {
	case r.Effective.From.After(asOf):
		out = append(out, fmt.Sprintf("the row begins on %s, after the day of the assessment", r.Effective.From))
	case !risk.Applies(r, from, last, asOf):
		out = append(out, fmt.Sprintf("the dealing of %s lies outside its dates %v", orUnknown(last), period(r.Effective)))
	}
	return out
}

func orUnknown(d sanctions.Date) string {
	if d.IsZero() {
		return "unknown date"
	}
	return d.String()
}

func period(p sanctions.Period) string { return "[" + p.From.String() + ".." + p.To.String() + ")" }
