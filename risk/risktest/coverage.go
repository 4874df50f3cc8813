package risktest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Coverage is how far the passing cases reach into a rule set.
type Coverage struct {
	Rules []RuleCoverage
	Gaps  []Finding // what no case covers
}

// RuleCoverage is how often a rule counts, and in how many cases it decides: they
// fail without it.
type RuleCoverage struct {
	Rule           string
	Counts, Decide int
	Source         sanctions.Source
}

// Finding is something about a rule set that a careful author would mend.
type Finding struct {
	Kind   string // "overlap", "never counts"
	Row    string // name of the row that it is about
	Source sanctions.Source
	What   string
	Mend   string
}

// String is the finding in one line.
func (f Finding) String() string {
	return fmt.Sprintf("%v: %s: %s; %s", f.Source, f.Kind, f.What, f.Mend)
}

func (b *bench) coverage() Coverage {
	var out Coverage
	gap := func(kind, row string, at sanctions.Source, what, mend string) {
		out.Gaps = append(out.Gaps, Finding{kind, row, at, what, mend})
	}
	counts := map[string]int{}
	reached := map[string]bool{}
	bands := map[string]bool{}
	for i := range b.trials {
		o := &b.trials[i].was
		for _, id := range o.Fired {
			counts[id]++
		}
		for k := range o.Authorities {
			reached[o.Authorities[k].Authority] = true
		}
		bands[o.Grade.Point] = true
	}
	for i := range b.tables.Rules {
		r := &b.tables.Rules[i]
		c := RuleCoverage{Rule: r.ID, Counts: counts[r.ID], Source: r.Source}
		b.failing(&change{was: r}, func(int) bool { c.Decide++; return true })
		out.Rules = append(out.Rules, c)
		switch {
		case c.Counts == 0:
			gap("never counts", r.ID, r.Source, r.ID+" counts in no case", "add a case in which "+conditionsText(r.When))
		case c.Decide == 0:
			gap("decides nothing", r.ID, r.Source, fmt.Sprintf("%s counts in %d cases, and all pass without it", r.ID, c.Counts), "add a case that pins its score, or remove the rule")
		}
		b.conditionGaps(r, gap)
	}
	for i := range b.tables.Authorities {
		if a := &b.tables.Authorities[i]; !reached[a.ID] {
			gap("authority without a case", a.ID, a.Source, a.ID+" is reached in no case", "add a case that reaches it")
		}
	}
	for i := range b.edges {
		if band := &b.edges[i]; !bands[band.ID] {
			gap("band never reached", band.ID, band.Source, band.ID+" is the grade of no case", "add a case that comes to it")
		}
	}
	return out
}

// conditionGaps reports conditions that no case makes true, or none makes false.
func (b *bench) conditionGaps(r *tables.Rule, gap func(kind, row string, at sanctions.Source, what, mend string)) {
	kind := 0
	if r.Scope == tables.ScopeFirm {
		kind = 1
	}
	tests := b.tests[r.ID]
	for i, c := range r.When {
		var yes, no bool
		for k := range b.sides[kind] {
			switch tests[i].Holds(b.sides[kind][k].facts) {
			case sanctions.Yes:
				yes = true
			case sanctions.No:
				no = true
			}
			if yes && no {
				break
			}
		}
		if !yes {
			gap("never true", r.ID, r.Source, r.ID+": "+c.String()+" in no case", "add a case in which it is")
		}
		if !no {
			gap("never false", r.ID, r.Source, r.ID+": "+c.String()+" wherever the fact is known", "add a case in which the fact is known and otherwise")
		}
	}
}

func conditionsText(when []tables.Condition) string {
	out := make([]string, len(when))
	for i, c := range when {
		out[i] = c.String()
	}
	return strings.Join(out, " and ")
}

// sortFindings puts findings in the order of files and lines.
func sortFindings(f []Finding) {
	slices.SortStableFunc(f, func(a, b Finding) int {
		if c := strings.Compare(a.Source.File, b.Source.File); c != 0 {
			return c
		}
		return a.Source.Line - b.Source.Line
	})
}
