package risktest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// lint looks for rows that cannot mean what they say. It needs no case, except
// to tell which rules none names.
func lint(t *tables.Set, results []Result) []Finding {
	l := linter{tables: t}
	l.twins()
	l.ladders()
	l.shadows()
	l.unreachable()
	l.floorsAndCaps()
	l.dates(results)
	l.bandOrder()
	l.unnamed(results)
	sortFindings(l.found)
	return l.found
}

type linter struct {
	tables *tables.Set
	found  []Finding
}

func (l *linter) add(kind, row string, at sanctions.Source, mend, format string, args ...any) {
	l.found = append(l.found, Finding{kind, row, at, fmt.Sprintf(format, args...), mend})
}

// key is conditions regardless of their order.
func key(when []tables.Condition, without string) string {
	var out []string
	for _, c := range when {
		if c.Fact != without {
			out = append(out, c.Fact+"\x00"+c.Test)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\x01")
}

func periodsMeet(a, b sanctions.Period) bool {
	before := func(x, y sanctions.Period) bool { return !x.To.IsZero() && !y.From.IsZero() && !y.From.Before(x.To) }
	return !before(a, b) && !before(b, a)
}

// twins are rows of one authority and role with the same conditions on the same
// days: both count.
func (l *linter) twins() {
	rules := l.tables.Rules
	for i := range rules {
		for k := range i {
			a, b := &rules[i], &rules[k]
			if a.Authority == b.Authority && a.Role == b.Role && a.Scope == b.Scope && periodsMeet(a.Effective, b.Effective) && key(a.When, "") == key(b.When, "") {
				l.add("overlap", a.ID, a.Source, "make them one row, or end one where the other starts", "%s asks what %s at %v asks, and both count", a.ID, b.ID, b.Source)
			}
		}
	}
}

// ladders are rules that differ in the test of one number alone. Their intervals
// should neither meet nor leave something out between them.
func (l *linter) ladders() {
	type step struct {
		rule *tables.Rule
		span tables.Interval
	}
	groups := map[string][]step{}
	var order []string
	for i := range l.tables.Rules {
		r := &l.tables.Rules[i]
		for _, c := range r.When {
			if factOf()[c.Fact].Type == tables.FactNumber {
				id := strings.Join([]string{r.Authority, string(r.Role), c.Fact, key(r.When, c.Fact), r.Effective.From.String(), r.Effective.To.String()}, "\x02")
				if groups[id] == nil {
					order = append(order, id)
				}
				groups[id] = append(groups[id], step{r, interval(c.Test)})
			}
		}
	}
	for _, id := range order {
		steps := groups[id]
		slices.SortStableFunc(steps, func(a, b step) int {
			if a.span.Low.Valid != b.span.Low.Valid {
				if b.span.Low.Valid {
					return -1
				}
				return 1
			}
			return a.span.Low.Decimal.Cmp(b.span.Low.Decimal)
		})
		for i := 1; i < len(steps); i++ {
			below, above := &steps[i-1], &steps[i]
			order := 1
			if below.span.High.Valid && above.span.Low.Valid {
				order = below.span.High.Decimal.Cmp(above.span.Low.Decimal)
			}
			switch {
			case order > 0 || order == 0 && !below.span.High.Open && !above.span.Low.Open:
				if key(below.rule.When, "") != key(above.rule.When, "") { // else they are twins
					l.add("overlap", above.rule.ID, above.rule.Source, "end the lower where the higher starts", "%s (%v) and %s (%v) count together", below.rule.ID, below.span, above.rule.ID, above.span)
				}
			case order < 0 || below.span.High.Open && above.span.Low.Open:
				l.add("gap", above.rule.ID, above.rule.Source, "start the higher where the lower ends", "nothing between %s (%v) and %s (%v)", below.rule.ID, below.span, above.rule.ID, above.span)
			}
		}
	}
}

// shadows are rows of a first-row-that-holds table that an earlier row forestalls.
func (l *linter) shadows() {
	check := func(n int, row func(int) ([]tables.Condition, string, sanctions.Source)) {
		for i := range n {
			when, id, at := row(i)
			for k := range i {
				earlier, name, where := row(k)
				if !slices.ContainsFunc(earlier, func(c tables.Condition) bool { return !implied(c, when) }) {
					l.add("shadowed", id, at, "move it up or remove it", "%s is never asked: %s at %v holds whenever it would", id, name, where)
					break
				}
			}
		}
	}
	check(len(l.tables.Evidence), func(i int) ([]tables.Condition, string, sanctions.Source) {
		w := &l.tables.Evidence[i]
		return w.When, w.ID, w.Source
	})
	check(len(l.tables.Imputation), func(i int) ([]tables.Condition, string, sanctions.Source) {
		m := &l.tables.Imputation[i]
		return m.When, m.ID, m.Source
	})
}

// implied tells whether a condition holds whenever others do.
func implied(c tables.Condition, by []tables.Condition) bool {
	for _, o := range by {
		if o.Fact != c.Fact {
			continue
		}
		if o.Test == c.Test {
			return true
		}
		if f := factOf()[c.Fact]; f.Type == tables.FactTerms && !strings.HasPrefix(c.Test, "!") && !strings.HasPrefix(o.Test, "!") && (strings.HasPrefix(o.Test, "only ") || !strings.HasPrefix(c.Test, "only ")) {
			wide := allowed(c)
			return !slices.ContainsFunc(allowed(o), func(t string) bool { return !slices.Contains(wide, t) })
		} else if f.Type == tables.FactNumber {
			in, out := interval(o.Test), interval(c.Test)
			return inside(in, out)
		}
	}
	return false
}

// inside tells whether every number of one span lies in the other.
func inside(in, out tables.Interval) bool {
	if out.Low.Valid {
		if !in.Low.Valid || in.Low.Decimal.LessThan(out.Low.Decimal) || in.Low.Decimal.Equal(out.Low.Decimal) && out.Low.Open && !in.Low.Open {
			return false
		}
	}
	if out.High.Valid {
		if !in.High.Valid || in.High.Decimal.GreaterThan(out.High.Decimal) || in.High.Decimal.Equal(out.High.Decimal) && out.High.Open && !in.High.Open {
			return false
		}
	}
	return true
}

// unreachable are rules that nothing can make count: a test that no value
// passes, or an aggravating or mitigating rule that excludes every basis rule.
func (l *linter) unreachable() {
	for i := range l.tables.Rules {
		r := &l.tables.Rules[i]
		empty := slices.IndexFunc(r.When, func(c tables.Condition) bool {
			f := factOf()[c.Fact]
			return f.Type == tables.FactTerms && len(allowed(c)) == 0 || f.Type == tables.FactNumber && len(candidates(f, []string{c.Test})) == 0
		})
		if empty >= 0 {
			l.add("unreachable", r.ID, r.Source, "write a test that some value passes", "%s: no value passes %v", r.ID, r.When[empty])
			continue
		}
		if r.Role == tables.Basis {
			continue
		}
		if !slices.ContainsFunc(l.tables.Rules, func(b tables.Rule) bool {
			return b.Role == tables.Basis && b.Authority == r.Authority && b.Scope == r.Scope && periodsMeet(b.Effective, r.Effective) && compatible(b.When, r.When)
		}) {
			l.add("unreachable", r.ID, r.Source, "loosen it, or add the basis rule it is meant for", "%s excludes every basis rule of %s, without which it never counts", r.ID, r.Authority)
		}
	}
}

// compatible tells whether conditions can hold together.
func compatible(a, b []tables.Condition) bool {
	for _, y := range b {
		tests := []string{y.Test}
		for _, x := range a {
			if x.Fact == y.Fact {
				tests = append(tests, x.Test)
			}
		}
		if len(tests) > 1 && len(candidates(factOf()[y.Fact], tests)) == 0 {
			return false
		}
	}
	return true
}

// floorsAndCaps are floors that a cap always takes away. A cap of 0 is a licence
// and means it.
func (l *linter) floorsAndCaps() {
	for i := range l.tables.Rules {
		f := &l.tables.Rules[i]
		if !f.Floor.Valid {
			continue
		}
		for k := range l.tables.Rules {
			c := &l.tables.Rules[k]
			if !c.Cap.Valid || c.Cap.Decimal.IsZero() || c.Authority != f.Authority || c.Scope != f.Scope || !c.Cap.Decimal.LessThan(f.Floor.Decimal) {
				continue
			}
			if i == k || !slices.ContainsFunc(c.When, func(x tables.Condition) bool { return !implied(x, f.When) }) && periodsMeet(c.Effective, f.Effective) {
				l.add("floor above cap", f.ID, f.Source, "lower the floor or lift the cap", "%s has a floor of %s, and the cap of %s by %s holds whenever it counts", f.ID,
					assessment.Points{Decimal: f.Floor.Decimal}, assessment.Points{Decimal: c.Cap.Decimal}, c.ID)
			}
		}
	}
}

// dates are rules in force before or after their authority, and ended rules that
// no case looks back at.
func (l *linter) dates(results []Result) {
	var newest sanctions.Date
	for i := range results {
		if d := results[i].Case.AsOf; newest.Before(d) || newest.IsZero() {
			newest = d
		}
	}
	for i := range l.tables.Rules {
		r := &l.tables.Rules[i]
		at := slices.IndexFunc(l.tables.Authorities, func(a tables.Authority) bool { return a.ID == r.Authority })
		if a := &l.tables.Authorities[at]; r.Effective.From.Before(a.Effective.From) || !a.Effective.To.IsZero() && (r.Effective.To.IsZero() || a.Effective.To.Before(r.Effective.To)) {
			l.add("outside its authority", r.ID, r.Source, "hold the rule inside the authority's dates", "%s is in force %s, its authority %s %s", r.ID, period(r.Effective), a.ID, period(a.Effective))
		}
		if to := r.Effective.To; !to.IsZero() && !to.After(newest) && !slices.ContainsFunc(results, func(res Result) bool {
			o := outcomeOf(&res.Got)
			_, counts := slices.BinarySearch(o.Fired, r.ID)
			return counts
		}) {
			l.add("expired", r.ID, r.Source, "check whether the source was renewed; add the row that follows, or a case dated inside it", "%s ended on %v and no case looks back at it; its citation is %s", r.ID, to, r.Citation)
		}
	}
}

// bandOrder wants bands written from the lowest to the highest.
func (l *linter) bandOrder() {
	bands := slices.Clone(l.tables.Bands)
	slices.SortStableFunc(bands, func(a, b tables.Band) int { return a.Source.Line - b.Source.Line })
	for i := 1; i < len(bands); i++ {
		if bands[i].From.Decimal.LessThan(bands[i-1].From.Decimal) {
			l.add("unsorted bands", bands[i].ID, bands[i].Source, "write the bands from the lowest to the highest", "%s starts below %s, which stands before it", bands[i].ID, bands[i-1].ID)
		}
	}
}

// unnamed are rules that want_fires of no case names.
func (l *linter) unnamed(results []Result) {
	named := map[string]bool{}
	for i := range results {
		for _, f := range results[i].Case.Want.Fires {
			if f.Table == "rules" && !f.Silent {
				named[f.Row] = true
			}
		}
	}
	for i := range l.tables.Rules {
		if r := &l.tables.Rules[i]; !named[r.ID] {
			l.add("named in no case", r.ID, r.Source, "name it in want_fires of a case that is about it", "no case wants %s to count", r.ID)
		}
	}
}
