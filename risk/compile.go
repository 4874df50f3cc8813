package risk

import (
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/internal/exact"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// ReadRules reads and compiles the rule set in a folder.
func ReadRules(fsys fs.FS) (*Ruleset, error) {
	t, err := tables.Read(fsys)
	switch {
	case err == nil:
		return Compile(t)
	case len(sanctions.Faults(err)) >= sanctions.MaxFaults:
		return nil, err
	}
	// What else is wrong with the rows that could be read. What is missing, a table as a
	// whole or an authority, may stand in what could not.
	unread := sanctions.Faults(err)
	errs := []error{err}
	if _, err := Compile(t); err != nil {
		noAuthority := slices.ContainsFunc(unread, func(f *sanctions.Fault) bool { return f.File == "authorities.csv" })
		for _, f := range sanctions.Faults(err) {
			if f.Line > 0 && (f.Header != "authority" || !noAuthority) {
				errs = append(errs, f)
			}
		}
	}
	return nil, sanctions.JoinFaults(errs)
}

// Compile checks tables and makes them a rule set. It refuses, with all faults at
// once: rows without documentation, citation or date, unknown authorities, bands
// out of order, weights outside [0,1], and an evidence table under which an
// added denial would raise a score or an added affirmation lower one.
func Compile(t tables.Set) (*Ruleset, error) {
	rs := &Ruleset{tables: t.Clone(), lists: [][]uint8{evidenceShown}, pool: &sync.Pool{}}
	faults := faultList{of: &t}
	rs.compileAuthorities(&faults)
	rs.compileRules(&faults)
	rs.compileElements(&faults)
	rs.compileEvidence(&faults)
	rs.compileImputation(&faults)
	rs.compileBands(&faults)
	rs.compileTiers(&faults)
	if faults.errs != nil {
		return nil, sanctions.JoinFaults(faults.errs)
	}
	rs.index(nil, nil)
	return rs, nil
}

// WithRule is the rule set with one rule replaced, found by its ID, or added. It
// compiles that rule alone, so that thousands of variants a second can be tried.
func (rs *Ruleset) WithRule(r tables.Rule) (*Ruleset, error) {
	faults := faultList{of: &rs.tables}
	c := rs.compileRule(&r, &faults)
	if faults.errs != nil {
		return nil, sanctions.JoinFaults(faults.errs)
	}
	return rs.withRules(r.ID, &c), nil
}

// WithoutRule is the rule set without a rule.
func (rs *Ruleset) WithoutRule(id string) *Ruleset { return rs.withRules(id, nil) }

// withRules puts in a rule for that of an id, or for none. What the rules are asked by is
// made anew where it is about what the two ask, if one takes the place of the other.
func (rs *Ruleset) withRules(id string, c *compiledRule) *Ruleset {
	out := *rs
	out.rules, out.tables.Rules = make([]compiledRule, 0, len(rs.rules)+1), nil
	if c != nil {
		c.list = out.list(factsOf(c.tests))
	}
	at := -1 // where one takes the place of the other
	for i := range rs.rules {
		r := &rs.rules[i]
		if c != nil && compareRules(c, r) <= 0 {
			if r.ID == id && r.Scope == c.Scope {
				at = i
			}
			out.rules = append(out.rules, *c)
			c = nil
		}
		if r.ID != id {
			out.rules = append(out.rules, *r)
		}
	}
	if c != nil {
		out.rules = append(out.rules, *c)
	}
	if at < 0 {
		out.index(nil, nil)
		return &out
	}
	was, is := &rs.rules[at], &out.rules[at]
	asks := was.asks
	asks.add(is.asks)
	out.index(rs, func(fact int) bool { return asks[fact/64]&(1<<(fact%64)) == 0 })
	return &out
}

func (rs *Ruleset) compileAuthorities(faults *faultList) {
	seen := map[string]sanctions.Source{}
	for i := range rs.tables.Authorities {
		a := &rs.tables.Authorities[i]
		faults.documented(a.Source, a.ID, a.Citation, a.Why, a.Effective)
		faults.unique(seen, a.Source, "authority", a.ID)
		if a.Title == "" || a.Nature == "" {
			faults.add(a.Source, "title", a.Title, "an authority needs title and nature")
		}
		rs.authorities = append(rs.authorities, compiledAuthority{Authority: a, own: a.Nature == tables.Own})
	}
	slices.SortFunc(rs.authorities, func(a, b compiledAuthority) int { return strings.Compare(a.ID, b.ID) })
}

func (rs *Ruleset) compileRules(faults *faultList) {
	seen := map[string]sanctions.Source{}
	for i := range rs.tables.Rules {
		r := &rs.tables.Rules[i]
		faults.unique(seen, r.Source, "rule", r.ID)
		c := rs.compileRule(r, faults)
		c.list = rs.list(factsOf(c.tests))
		rs.rules = append(rs.rules, c)
	}
	slices.SortFunc(rs.rules, func(a, b compiledRule) int { return compareRules(&a, &b) })
}

var hundred = decimal.New(100, 0)

func (rs *Ruleset) compileRule(r *tables.Rule, faults *faultList) compiledRule {
	faults.documented(r.Source, r.ID, r.Citation, r.Why, r.Effective)
	c := compiledRule{Rule: r, authority: int32(rs.authority(r.Authority)), floor: -1, cap: -1}
	if c.authority < 0 {
		faults.add(r.Source, "authority", r.Authority, "authorities.csv has no such authority")
	} else if n := rs.authorities[c.authority].Nature; n != r.Nature {
		faults.add(r.Source, "nature", string(r.Nature), "the authority is %s", n)
	}
	if r.Scope != tables.ScopeEngagement && r.Scope != tables.ScopeFirm {
		faults.add(r.Source, "scope", string(r.Scope), "write engagement or firm")
	}
	if !r.Points.Valid && !r.Floor.Valid && !r.Cap.Valid {
		faults.add(r.Source, "points", "", "%s gives neither points nor floor nor cap", r.ID)
	}
	if r.Points.Valid {
		c.points = exact.Millionths(r.Points.Decimal)
		if r.Points.Decimal.Abs().GreaterThan(hundred) {
			faults.add(r.Source, "points", r.Points.Decimal.String(), "write points from -100 to 100")
		}
	}
	for _, b := range []struct {
		header string
		value  decimal.NullDecimal
		into   *int64
	}{{"floor", r.Floor, &c.floor}, {"cap", r.Cap, &c.cap}} {
		if !b.value.Valid {
			continue
		}
		if b.value.Decimal.IsNegative() || b.value.Decimal.GreaterThan(hundred) {
			faults.add(r.Source, b.header, b.value.Decimal.String(), "write a number from 0 to 100")
		}
		*b.into = exact.Millionths(b.value.Decimal)
	}
	if r.Floor.Valid && r.Cap.Valid && c.floor > c.cap {
		faults.add(r.Source, "floor", r.Floor.Decimal.String(), "the floor lies above the cap of %s", r.Cap.Decimal)
	}
	switch r.Role {
	case tables.Basis, tables.Aggravating:
		if c.points < 0 || r.Cap.Valid {
			faults.add(r.Source, "role", string(r.Role), "a rule that takes points away or caps them is mitigating")
		}
	case tables.Mitigating:
		if c.points > 0 {
			faults.add(r.Source, "role", string(r.Role), "a mitigating rule gives no points")
		}
		if r.Floor.Valid && c.points >= 0 {
			faults.add(r.Source, "floor", r.Floor.Decimal.String(), "a mitigating rule that takes nothing leaves everything: give it points below zero, or no floor")
		}
	default:
		faults.add(r.Source, "role", string(r.Role), "write basis, aggravating or mitigating")
	}
	for _, cond := range r.When {
		if i := factIndex(cond.Fact); i >= 0 && r.Scope == tables.ScopeFirm && catalogue[i].Scope != tables.ScopeFirm {
			faults.add(r.Source, cond.Fact, cond.Test, "a rule about the firm cannot ask about one engagement")
		}
	}
	var err error
	if c.tests, err = compileAll(r.When); err != nil {
		faults.add(r.Source, "", "", "%w", err)
	}
	c.basis, c.aggravates = r.Role == tables.Basis, r.Role == tables.Aggravating
	c.asks.put(factsOf(c.tests))
	c.shown = [3]assessment.Score{newScore(triple{c.points, c.points, c.points}), newScore(triple{c.points, c.points, 0}), newScore(triple{0, 0, c.points})}
	c.row = &assessment.Row{Rule: r.ID, Role: r.Role, Why: r.Why, Citation: r.Citation, Row: r.Source}
	if len(r.When) == 0 {
		faults.add(r.Source, "rule", r.ID, "a rule without a condition would fire on everything")
	}
	return c
}

func (rs *Ruleset) compileElements(faults *faultList) {
	type elementRow struct {
		*tables.Element
		tests []test
	}
	rows := make([][]elementRow, len(rs.authorities))
	for i := range rs.tables.Elements {
		e := &rs.tables.Elements[i]
		faults.documented(e.Source, e.ID, e.Citation, e.Why, timeless)
		at := rs.authority(e.Authority)
		if at < 0 {
			faults.add(e.Source, "authority", e.Authority, "authorities.csv has no such authority")
			continue
		}
		tests, err := compileAll(e.When)
		if err != nil {
			faults.add(e.Source, "", "", "%w", err)
		}
		if e.Determination == (len(e.When) > 0) {
			faults.add(e.Source, "determination", "", "%s needs either conditions or to be a determination", e.ID)
		}
		rows[at] = append(rows[at], elementRow{e, tests})
	}
	for i := range rs.authorities {
		slices.SortFunc(rows[i], func(a, b elementRow) int {
			return strings.Compare(a.ID+"\x00"+showConditions(a.When), b.ID+"\x00"+showConditions(b.When))
		})
		a := &rs.authorities[i]
		for _, r := range rows[i] {
			if last := len(a.elements) - 1; last < 0 || a.elements[last].Element != r.ID {
				a.elements = append(a.elements, compiledElement{Requirement: &assessment.Requirement{Element: r.ID, Determination: r.Determination, Why: r.Why, Citation: r.Citation}})
			}
			e := &a.elements[len(a.elements)-1]
			e.rows = append(e.rows, r.tests)
		}
	}
}

func showConditions(conditions []tables.Condition) string {
	out := make([]string, len(conditions))
	for i, c := range conditions {
		out[i] = c.String()
	}
	return strings.Join(out, ", ")
}

func (rs *Ruleset) compileImputation(faults *faultList) {
	for i := range rs.tables.Imputation {
		m := &rs.tables.Imputation[i]
		faults.documented(m.Source, m.ID, m.Citation, m.Why, timeless)
		tests, err := compileAll(m.When)
		if err != nil {
			faults.add(m.Source, "", "", "%w", err)
		}
		if m.Impute != sanctions.Yes && (m.Impute != sanctions.No || m.Reason == "") {
			faults.add(m.Source, "impute", m.Impute.String(), "write yes, or no with a reason")
		}
		rs.imputation = append(rs.imputation, compiledRow{tests: tests})
	}
	if n := len(rs.imputation); n == 0 || len(rs.imputation[n-1].tests) > 0 {
		faults.add(sanctions.Source{File: "imputation.csv"}, "", "", "the last row must have no condition, so that every claim has an answer")
	}
}

func (rs *Ruleset) compileBands(faults *faultList) {
	bands := rs.tables.Bands
	slices.SortStableFunc(bands, func(a, b tables.Band) int { return a.From.Decimal.Cmp(b.From.Decimal) })
	seen := map[string]sanctions.Source{}
	for i, b := range bands {
		faults.unique(seen, b.Source, "band", b.ID)
		edge := exact.Millionths(b.From.Decimal)
		switch {
		case b.ID == "" || b.Why == "" || !b.From.Valid:
			faults.add(b.Source, "band", b.ID, "a band needs a name, the score from which it holds, and why")
		case edge < 0 || edge > 100*million:
			faults.add(b.Source, "from", b.From.Decimal.String(), "write a score from 0 to 100")
		case i > 0 && edge == rs.edges[i-1]:
			faults.add(b.Source, "from", b.From.Decimal.String(), "two bands start at the same score")
		}
		rs.edges = append(rs.edges, edge)
	}
	if len(bands) < 2 || rs.edges[0] != 0 {
		faults.add(sanctions.Source{File: "bands.csv"}, "from", "", "there must be two bands or more, the first from 0")
	}
}

func (rs *Ruleset) compileTiers(faults *faultList) {
	rs.tiers = make(map[string][]tables.Tier, len(rs.tables.Tiers))
	for _, t := range rs.tables.Tiers {
		faults.documented(t.Source, t.HS6, t.Citation, "the row is its own reason", t.Effective)
		if t.Tier == "" {
			faults.add(t.Source, "tier", "", "write one of %s", strings.Join(tierNames, ", "))
		}
		for _, other := range rs.tiers[t.HS6] {
			if other.Effective.Overlaps(t.Effective) {
				faults.add(t.Source, "hs6", t.HS6, "the code has another tier at the same time at %v", other.Source)
			}
		}
		rs.tiers[t.HS6] = append(rs.tiers[t.HS6], t)
	}
}
