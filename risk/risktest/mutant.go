package risktest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Mutants is what became of the rule set with one thing changed, for every such
// thing. A mutant is killed when a case fails under it, and refused when the
// changed tables do not load.
type Mutants struct {
	Tried, Killed, Refused int
	Lived                  []Mutant // that nobody has accepted
	Accepted               []Mutant
}

// Mutant is a rule set with one thing changed.
type Mutant struct {
	Table    string // rules, evidence, imputation, elements or bands
	Row      string
	Change   string // "points 28 → 29", "removed", "kind: condition dropped"
	Source   sanctions.Source
	KilledBy string      // case; empty when it lives
	Suggest  *Suggestion // a case that would kill it; nil when none was found
	Why      string      // of the acceptance
}

// String is the mutant, and the case that would kill it.
func (m Mutant) String() string {
	out := fmt.Sprintf("%v: %s %s: %s", m.Source, m.Table, m.Row, m.Change)
	if m.KilledBy == "" && m.Suggest != nil {
		out += "\n  this case tells them apart; now " + m.Suggest.Now + ", then " + m.Suggest.Mutated +
			"\n  " + m.Suggest.Header + "\n  " + m.Suggest.Row
	}
	return out
}

// mutation is a mutant to be tried: a change of one rule, or an edit of the
// tables.
type mutation struct {
	Mutant
	change *change
	edit   func(*tables.Set)
	fact   string // the fact whose condition is changed, if any
}

// mutants tries all mutations.
func (b *bench) mutants(accepted []*acceptance, header []string, suggestions int, rulesOnly bool) Mutants {
	var out Mutants
	for m := range b.mutations {
		if rulesOnly && m.Table != "rules" {
			break
		}
		out.Tried++
		killed, refused := b.try(&m)
		switch {
		case refused:
			out.Refused++
		case killed >= 0:
			out.Killed++
		default:
			if m.Why = accept(accepted, m.Table, m.Row, m.Change); m.Why != "" {
				out.Accepted = append(out.Accepted, m.Mutant)
				continue
			}
			if m.change != nil && m.change.is != nil && b.variant(m.change) == nil {
				out.Refused++ // no case came near enough to find out
				continue
			}
			if len(out.Lived) < suggestions {
				m.Suggest = b.suggest(&m, header)
			}
			out.Lived = append(out.Lived, m.Mutant)
		}
	}
	return out
}

// try gives the trial that kills a mutation, or -1.
func (b *bench) try(m *mutation) (killed int, refused bool) {
	if m.change != nil {
		return b.killer(m.change)
	}
	failing, refused := b.whole(m.edit)
	if refused || len(failing) == 0 {
		return -1, refused
	}
	return failing[0], false
}

// mutations yields every mutation in the order of tables and rows.
func (b *bench) mutations(yield func(mutation) bool) {
	for i := range b.tables.Rules {
		if r := &b.tables.Rules[i]; !b.idleRule(r) && !b.ruleMutations(r, yield) {
			return
		}
	}
	_ = b.evidenceMutations(yield) && b.imputationMutations(yield) && b.elementMutations(yield) && b.bandMutations(yield)
}

func (b *bench) ruleMutations(r *tables.Rule, yield func(mutation) bool) bool {
	emit := func(fact, what string, conditions bool, edit func(*tables.Rule) bool) bool {
		c := &change{was: r, condition: conditions}
		if edit != nil {
			is := *r
			is.When = slices.Clone(r.When)
			if !edit(&is) {
				return true
			}
			if c.is = &is; conditions {
				c.tests, c.refused = b.retest(r, is.When)
			}
		}
		return yield(mutation{Mutant: Mutant{Table: "rules", Row: r.ID, Change: what, Source: r.Source}, change: c, fact: fact})
	}
	if !emit("", "removed", false, nil) {
		return false
	}
	for i, was := range r.When {
		for _, v := range conditionVariants(was, len(r.When) > 1) {
			if !emit(was.Fact, v.what, true, func(is *tables.Rule) bool {
				if b.idleTerm(r, i, v.term) {
					return false
				}
				if v.test == "" {
					is.When = slices.Delete(is.When, i, i+1)
				} else {
					is.When[i].Test = v.test
				}
				return true
			}) {
				return false
			}
		}
	}
	for _, n := range []struct {
		name     string
		at       func(*tables.Rule) *decimal.NullDecimal
		optional bool
	}{
		{"points", func(r *tables.Rule) *decimal.NullDecimal { return &r.Points }, false},
		{"floor", func(r *tables.Rule) *decimal.NullDecimal { return &r.Floor }, true},
		{"cap", func(r *tables.Rule) *decimal.NullDecimal { return &r.Cap }, true},
	} {
		if !n.at(r).Valid {
			continue
		}
		for _, by := range []decimal.Decimal{one, one.Neg()} {
			to := n.at(r).Decimal.Add(by)
			if !emit("", stepped(n.name, n.at(r).Decimal, to), false, func(is *tables.Rule) bool {
				n.at(is).Decimal = to
				return true
			}) {
				return false
			}
		}
		if n.optional && !emit("", n.name+" dropped", false, func(is *tables.Rule) bool {
			*n.at(is) = decimal.NullDecimal{}
			return is.Points.Valid || is.Floor.Valid || is.Cap.Valid
		}) {
			return false
		}
	}
	for _, d := range []struct {
		name string
		at   func(*tables.Rule) *sanctions.Date
	}{
		{"effective_from", func(r *tables.Rule) *sanctions.Date { return &r.Effective.From }},
		{"effective_to", func(r *tables.Rule) *sanctions.Date { return &r.Effective.To }},
	} {
		if d.at(r).IsZero() {
			continue
		}
		for _, by := range []int{+1, -1} {
			to := d.at(r).AddDays(by)
			if !emit("", fmt.Sprintf("%s %v → %v", d.name, *d.at(r), to), false, func(is *tables.Rule) bool {
				*d.at(is) = to
				return is.Effective.Valid() && !b.idleDays(r, is)
			}) {
				return false
			}
		}
	}
	return true
}

// idleDays tells that a moved date cannot matter: no basis rule of the authority,
// on which alone the others count, holds on the days between.
func (b *bench) idleDays(was, is *tables.Rule) bool {
	if was.Role == tables.Basis {
		return false
	}
	between := func(a, b sanctions.Date) sanctions.Period {
		if b.Before(a) {
			a, b = b, a
		}
		return sanctions.Period{From: a, To: b}
	}
	days := between(was.Effective.From, is.Effective.From)
	if was.Effective.From == is.Effective.From {
		days = between(was.Effective.To, is.Effective.To)
	}
	return !b.hasBasis(was, func(r *tables.Rule) bool { return periodsMeet(r.Effective, days) })
}

// idleTerm tells that a changed condition cannot matter: wherever the rule
// as it is and as it would be differ by a term, no basis rule of the authority
// can count.
func (b *bench) idleTerm(r *tables.Rule, at int, term string) bool {
	if r.Role == tables.Basis || term == "" {
		return false
	}
	when := withTest(r.When, at, term)
	return !b.hasBasis(r, func(base *tables.Rule) bool { return compatible(base.When, when) })
}

// idleRule tells that a rule can never count, which lint reports.
func (b *bench) idleRule(r *tables.Rule) bool {
	return r.Role != tables.Basis && !b.hasBasis(r, func(base *tables.Rule) bool {
		return periodsMeet(base.Effective, r.Effective) && compatible(base.When, r.When)
	})
}

// hasBasis tells whether the authority of a rule has a basis rule like that.
func (b *bench) hasBasis(r *tables.Rule, like func(*tables.Rule) bool) bool {
	return slices.ContainsFunc(b.tables.Rules, func(base tables.Rule) bool {
		return base.Authority == r.Authority && base.Role == tables.Basis && base.Scope == r.Scope && like(&base)
	})
}

func stepped(name string, from, to decimal.Decimal) string {
	return fmt.Sprintf("%s %s → %s", name, assessment.Points{Decimal: from}, assessment.Points{Decimal: to})
}

// variantTest is a changed condition; an empty test is a dropped one. Where the
// change is about a single term, term is it.
type variantTest struct{ what, test, term string }

// conditionVariants are the ways in which one condition is turned, stepped,
// narrowed and dropped.
func conditionVariants(c tables.Condition, droppable bool) []variantTest {
	var out []variantTest
	if factOf()[c.Fact].Type == tables.FactNumber {
		s := interval(c.Test)
		for _, bound := range []struct {
			at   func(*tables.Interval) *decimal.NullDecimal
			open func(*tables.Interval) *bool
		}{
			{func(s *tables.Interval) *decimal.NullDecimal { return &s.Low.NullDecimal }, func(s *tables.Interval) *bool { return &s.Low.Open }},
			{func(s *tables.Interval) *decimal.NullDecimal { return &s.High.NullDecimal }, func(s *tables.Interval) *bool { return &s.High.Open }},
		} {
			if !bound.at(&s).Valid {
				continue
			}
			flip, up, down := s, s, s
			*bound.open(&flip) = !*bound.open(&s)
			bound.at(&up).Decimal = bound.at(&s).Decimal.Add(one)
			bound.at(&down).Decimal = bound.at(&s).Decimal.Sub(one)
			for _, v := range []tables.Interval{flip, up, down} {
				if test := v.String(); test != s.String() {
					out = append(out, variantTest{what: c.Fact + " " + s.String() + " → " + test, test: test})
				}
			}
		}
	} else {
		if to := turned(c.Test); to != c.Test { // unknown alone has no opposite
			out = append(out, variantTest{what: c.Fact + " " + c.Test + " → " + to, test: to})
		}
		names := named(c.Test)
		sense := strings.TrimSuffix(c.Test, names)
		if sense == "only " {
			out = append(out, variantTest{what: c.Fact + " " + c.Test + " → " + names, test: names})
		}
		values := strings.Split(names, "|")
		for i, v := range values {
			if len(values) == 1 {
				break
			}
			rest := sense + strings.Join(slices.Delete(slices.Clone(values), i, i+1), "|")
			out = append(out, variantTest{c.Fact + ": " + v + " dropped", rest, v})
		}
	}
	if droppable {
		out = append(out, variantTest{what: c.Fact + ": condition dropped"})
	}
	return out
}

func (b *bench) evidenceMutations(yield func(mutation) bool) bool {
	cent := decimal.New(1, -2)
	for i := range b.tables.Evidence {
		w := &b.tables.Evidence[i]
		emit := func(fact, what string, edit func(*tables.Set)) bool {
			return yield(mutation{Mutant: Mutant{Table: "evidence", Row: w.ID, Change: what, Source: w.Source}, edit: edit, fact: fact})
		}
		if !emit("", "removed", func(t *tables.Set) { t.Evidence = slices.Delete(t.Evidence, i, i+1) }) {
			return false
		}
		for k, was := range w.When {
			for _, v := range conditionVariants(was, true) {
				if !emit(was.Fact, v.what, func(t *tables.Set) { t.Evidence[i].When = withTest(t.Evidence[i].When, k, v.test) }) {
					return false
				}
			}
		}
		for _, n := range []struct {
			name string
			at   func(*tables.Weight) *decimal.NullDecimal
		}{
			{"low", func(w *tables.Weight) *decimal.NullDecimal { return &w.Low }},
			{"point", func(w *tables.Weight) *decimal.NullDecimal { return &w.Point }},
			{"high", func(w *tables.Weight) *decimal.NullDecimal { return &w.High }},
		} {
			for _, by := range []decimal.Decimal{cent, cent.Neg()} {
				to := n.at(w).Decimal.Add(by)
				if !emit("", stepped(n.name, n.at(w).Decimal, to), func(t *tables.Set) { n.at(&t.Evidence[i]).Decimal = to }) {
					return false
				}
			}
		}
		at := slices.Index(reachNames, w.Reach)
		for _, to := range []int{at - 1, at + 1} {
			if to < 1 || to >= len(reachNames) {
				continue
			}
			if !emit("", fmt.Sprintf("reach %s → %s", w.Reach, reachNames[to]), func(t *tables.Set) { t.Evidence[i].Reach = reachNames[to] }) {
				return false
			}
		}
		if i > 0 && compatible(b.tables.Evidence[i-1].When, w.When) && !emit("", "swapped with "+b.tables.Evidence[i-1].ID+" above", func(t *tables.Set) {
			t.Evidence[i-1], t.Evidence[i] = t.Evidence[i], t.Evidence[i-1]
		}) {
			return false
		}
	}
	return true
}

// withTest is the conditions with one test replaced, or dropped where it is empty.
func withTest(when []tables.Condition, at int, test string) []tables.Condition {
	out := slices.Clone(when)
	if test == "" {
		return slices.Delete(out, at, at+1)
	}
	out[at].Test = test
	return out
}

func (b *bench) imputationMutations(yield func(mutation) bool) bool {
	for i := range b.tables.Imputation {
		m := &b.tables.Imputation[i]
		emit := func(fact, what string, edit func(*tables.Set)) bool {
			return yield(mutation{Mutant: Mutant{Table: "imputation", Row: m.ID, Change: what, Source: m.Source}, edit: edit, fact: fact})
		}
		turn := sanctions.Yes
		if m.Impute == sanctions.Yes {
			turn = sanctions.No
		}
		if !emit("", "removed", func(t *tables.Set) { t.Imputation = slices.Delete(t.Imputation, i, i+1) }) ||
			!emit("", fmt.Sprintf("impute %v → %v", m.Impute, turn), func(t *tables.Set) {
				t.Imputation[i].Impute, t.Imputation[i].Reason = turn, "turned"
			}) {
			return false
		}
		for k, was := range m.When {
			for _, v := range conditionVariants(was, true) {
				if !emit(was.Fact, v.what, func(t *tables.Set) { t.Imputation[i].When = withTest(t.Imputation[i].When, k, v.test) }) {
					return false
				}
			}
		}
		if i > 0 && compatible(b.tables.Imputation[i-1].When, m.When) && !emit("", "swapped with "+b.tables.Imputation[i-1].ID+" above", func(t *tables.Set) {
			t.Imputation[i-1], t.Imputation[i] = t.Imputation[i], t.Imputation[i-1]
		}) {
			return false
		}
	}
	return true
}

func (b *bench) elementMutations(yield func(mutation) bool) bool {
	for i := range b.tables.Elements {
		e := &b.tables.Elements[i]
		if e.Determination {
			continue // it is listed as missing whatever happens, and bars nothing
		}
		emit := func(fact, what string, edit func(*tables.Set)) bool {
			return yield(mutation{Mutant: Mutant{Table: "elements", Row: e.Authority + " " + e.ID, Change: what, Source: e.Source}, edit: edit, fact: fact})
		}
		if !emit("", "removed", func(t *tables.Set) { t.Elements = slices.Delete(t.Elements, i, i+1) }) {
			return false
		}
		for k, was := range e.When {
			for _, v := range conditionVariants(was, len(e.When) > 1) {
				if !emit(was.Fact, v.what, func(t *tables.Set) { t.Elements[i].When = withTest(t.Elements[i].When, k, v.test) }) {
					return false
				}
			}
		}
	}
	return true
}

func (b *bench) bandMutations(yield func(mutation) bool) bool {
	for i := range b.edges {
		band := &b.edges[i]
		emit := func(what string, edit func(bands []tables.Band)) bool {
			return yield(mutation{Mutant: Mutant{Table: "bands", Row: band.ID, Change: what, Source: band.Source}, edit: func(t *tables.Set) {
				slices.SortFunc(t.Bands, func(x, y tables.Band) int { return x.From.Decimal.Cmp(y.From.Decimal) })
				edit(t.Bands)
			}})
		}
		if i > 0 {
			for _, by := range []decimal.Decimal{one, one.Neg()} {
				to := band.From.Decimal.Add(by)
				if !emit(stepped("from", band.From.Decimal, to), func(bands []tables.Band) { bands[i].From.Decimal = to }) {
					return false
				}
			}
			if !emit("swapped with "+b.edges[i-1].ID, func(bands []tables.Band) { bands[i].ID, bands[i-1].ID = bands[i-1].ID, bands[i].ID }) {
				return false
			}
		}
	}
	return true
}
