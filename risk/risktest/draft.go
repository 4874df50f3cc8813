package risktest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// draft is a case in the making: one dealing, or the firm alone.
type draft struct {
	facts      map[string]string
	from, last sanctions.Date
	asOf       sanctions.Date
	firmOnly   bool
}

func (d *draft) clone() *draft {
	out := *d
	out.facts = make(map[string]string, len(d.facts))
	for k, v := range d.facts {
		out.facts[k] = v
	}
	return &out
}

// matter is the draft as the rules see it.
func (d *draft) matter() *risk.Matter {
	m := &risk.Matter{AsOf: d.asOf}
	for _, f := range tables.Catalogue() {
		if v := d.facts[f.Name]; v != "" && f.Scope == tables.ScopeFirm {
			_ = m.Firm.Set(f.Name, v)
		}
	}
	if d.firmOnly {
		return m
	}
	facts := m.Firm
	for name, v := range d.facts {
		if factOf()[name].Scope != tables.ScopeFirm {
			_ = facts.Set(name, v)
		}
	}
	if !d.last.IsZero() {
		_ = facts.Set("age_days", fmt.Sprint(max(0, d.asOf.DaysSince(d.last))))
	}
	m.Dealings = []risk.Dealing{{ID: "e", Facts: facts, From: d.from, Last: d.last}}
	return m
}

// drafts yields candidates until told to stop.
func (b *bench) drafts(m *mutation, yield func(*draft) bool) {
	switch m.Table {
	case "rules":
		b.ruleDrafts(m.change.was, m.fact, yield)
	case "evidence":
		b.product(b.shown(), evidenceFacts, m.fact, yield)
	case "imputation":
		b.product(b.shown(), claimFacts, m.fact, yield)
	case "elements":
		b.elementDrafts(m, yield)
	case "bands":
		b.bandDrafts(yield)
	}
}

// choice is a fact and the values of it that are worth trying together with
// values of others.
type choice struct {
	fact   string
	values []string
}

var (
	evidenceFacts = []choice{
		{"denial", []string{"none", "subject", "official"}},
		{"credibility", []string{"2", "4"}},
		{"reliability", []string{"b", "d"}},
		{"naming", []string{"anonymous", "named", "document"}},
		{"official_document", []string{"no", "yes"}},
		{"own_statement", []string{"no", "yes"}},
		{"roots", []string{"1", "2", "3"}},
	}
	claimFacts = []choice{
		{"polarity", []string{"affirm", "opinion"}},
		{"participation", []string{"", "reported", "reported_absent"}},
		{"capacity", []string{"", "official", "personal", "representative", "unknown"}},
		{"subject_type", []string{"", "firm", "person", "body", "state", "group"}},
		{"kind", []string{"", "state_act", "figure", "analysis"}},
		{"relation", []string{"own", "affiliated", "event", "state", "other"}},
	}
)

// product yields a draft with every combination of values; of the named fact
// with every value that it can have. An empty value leaves the draft as it is.
func (b *bench) product(from *draft, choices []choice, fact string, yield func(*draft) bool) bool {
	if len(choices) == 0 {
		return yield(from)
	}
	last := choices[len(choices)-1]
	if f := factOf()[last.fact]; last.fact == fact && f.Type == tables.FactTerms {
		last.values = f.Terms
	}
	for _, v := range last.values {
		d := from.clone()
		if v != "" {
			if d.facts[last.fact] = v; d.matterFails(last.fact, v) {
				continue
			}
		}
		if !b.product(d, choices[:len(choices)-1], fact, yield) {
			return false
		}
	}
	return true
}

// matterFails tells that a fact does not know a value.
func (d *draft) matterFails(fact, value string) bool {
	var scratch risk.Facts
	return scratch.Set(fact, value) != nil
}

// shown is a draft on which an authority reaches as far as the facts can carry
// it, so that what evidence does to its reach shows.
func (b *bench) shown() *draft {
	best := &draft{facts: map[string]string{}}
	for i := range b.tables.Rules {
		r := &b.tables.Rules[i]
		if r.Role != tables.Basis || r.Scope != tables.ScopeEngagement {
			continue
		}
		b.meeting(slices.Concat(r.When, b.required(r.Authority, "")), nil, r.Scope, r.Effective, "", func(d *draft) bool {
			if o := b.rules.Outcome(d.matter()); o.Strongest == r.Authority && o.Authorities[0].Reach == tables.Strong && d.facts["kind"] != "" {
				best = d
			}
			return false
		})
		if len(best.facts) > 0 {
			break
		}
	}
	return best
}

// required is conditions under which every element of an authority but one is
// shown, by the first row of each.
func (b *bench) required(authority, but string) []tables.Condition {
	var out []tables.Condition
	seen := map[string]bool{but: true}
	for i := range b.tables.Elements {
		if e := &b.tables.Elements[i]; e.Authority == authority && !e.Determination && !seen[e.ID] {
			seen[e.ID] = true
			out = append(out, e.When...)
		}
	}
	return out
}

// elementDrafts yields drafts on which all other elements are shown, and this one
// is or just is not.
func (b *bench) elementDrafts(m *mutation, yield func(*draft) bool) {
	for i := range b.tables.Elements {
		e := &b.tables.Elements[i]
		if e.Source != m.Source || m.Row != e.Authority+" "+e.ID {
			continue
		}
		facts := []string{m.fact}
		if m.fact == "" {
			for _, c := range e.When {
				facts = append(facts, c.Fact)
			}
		}
		for k := range b.tables.Rules {
			r := &b.tables.Rules[k]
			if r.Authority != e.Authority || r.Role != tables.Basis {
				continue
			}
			rest := slices.Concat(r.When, b.required(e.Authority, e.ID))
			for _, fact := range facts {
				without := slices.DeleteFunc(slices.Clone(e.When), func(c tables.Condition) bool { return c.Fact == fact })
				if !b.meeting(slices.Concat(rest, e.When), e.When, r.Scope, r.Effective, fact, yield) ||
					!b.meeting(slices.Concat(rest, without), e.When, r.Scope, r.Effective, fact, yield) ||
					!b.meeting(rest, e.When, r.Scope, r.Effective, fact, yield) {
					return
				}
			}
		}
	}
}

// bandDrafts yields what brings many different scores about.
func (b *bench) bandDrafts(yield func(*draft) bool) {
	for i := range b.tables.Rules {
		r := &b.tables.Rules[i]
		on := true
		b.ruleDrafts(r, "", func(d *draft) bool {
			if on = yield(d); !on || d.firmOnly {
				return false
			}
			for _, e := range [][]string{{"naming", "named"}, {"naming", "anonymous"}, {"naming", "document"}, {"naming", "named", "denial", "subject"}} {
				weighed := d.clone()
				for k, v := range map[string]string{"own_statement": "no", "official_document": "no", "roots": "1", "reliability": "b", "credibility": "2", "denial": "none"} {
					weighed.facts[k] = v
				}
				for k := 0; k < len(e); k += 2 {
					weighed.facts[e[k]] = e[k+1]
				}
				if on = yield(weighed); !on {
					return false
				}
			}
			return true
		})
		if !on {
			return
		}
	}
}

// ruleDrafts yields drafts on which a rule counts, or just fails to, alone or
// with each basis rule of its authority that can count beside it.
func (b *bench) ruleDrafts(r *tables.Rule, fact string, yield func(*draft) bool) {
	own := [][]tables.Condition{r.When}
	if fact != "" { // also drafts on which the changed condition is all that fails
		own = append(own, slices.DeleteFunc(slices.Clone(r.When), func(c tables.Condition) bool { return c.Fact == fact }))
	}
	for _, when := range own {
		if r.Role == tables.Basis {
			if !b.stacked(r, when, r.Effective, fact, yield) {
				return
			}
			continue
		}
		for i := range b.tables.Rules {
			base := &b.tables.Rules[i]
			if base.Authority == r.Authority && base.Role == tables.Basis && base.Scope == r.Scope &&
				!b.stacked(r, slices.Concat(when, base.When), meet(r.Effective, base.Effective), fact, yield) {
				return
			}
		}
	}
}

// stacked yields drafts that meet the conditions, then drafts on which as many
// rules as possible count beside, those that give most first, those that take most
// first, and of these only ones without a floor: floors and caps show only there.
func (b *bench) stacked(r *tables.Rule, when []tables.Condition, days sanctions.Period, fact string, yield func(*draft) bool) bool {
	if !b.meeting(when, r.When, r.Scope, days, fact, yield) {
		return false
	}
	var beside []*tables.Rule
	for i := range b.tables.Rules {
		if o := &b.tables.Rules[i]; o.Authority == r.Authority && o.Scope == r.Scope && o.ID != r.ID && !o.Cap.Valid &&
			periodsMeet(o.Effective, sanctions.Period{From: days.From, To: days.From.AddDays(1)}) {
			beside = append(beside, o)
		}
	}
	for _, most := range []int{1, -1, -2} {
		slices.SortStableFunc(beside, func(x, y *tables.Rule) int { return most * y.Points.Decimal.Cmp(x.Points.Decimal) })
		heavy := slices.Clone(when)
		for _, o := range beside {
			if o.Points.Decimal.Sign() == max(most, -1) && (most != -2 || !o.Floor.Valid) && compatible(heavy, o.When) {
				heavy = append(heavy, o.When...)
			}
		}
		if len(heavy) > len(when) && !b.meeting(heavy, r.When, r.Scope, days, fact, yield) {
			return false
		}
	}
	return true
}

// meet is the days in both periods.
func meet(a, b sanctions.Period) sanctions.Period {
	if b.From.After(a.From) {
		a.From = b.From
	}
	if a.To.IsZero() || b.To.Before(a.To) {
		a.To = b.To
	}
	return a
}

// meeting yields drafts that meet all conditions at once, with the values of the
// named fact moved to and over every edge of the row's own conditions, and the
// dates likewise. It is false when yield told it to stop.
func (b *bench) meeting(when, own []tables.Condition, scope tables.Scope, days sanctions.Period, fact string, yield func(*draft) bool) bool {
	values := map[string][]string{} // by fact, the best first
	for _, c := range when {
		if values[c.Fact] != nil {
			continue
		}
		var tests []string
		for _, o := range when {
			if o.Fact == c.Fact {
				tests = append(tests, o.Test)
			}
		}
		if values[c.Fact] = candidates(factOf()[c.Fact], tests); len(values[c.Fact]) == 0 {
			return true // they exclude each other
		}
	}
	plain := &draft{facts: map[string]string{}, firmOnly: scope == tables.ScopeFirm}
	for name, v := range values {
		plain.facts[name] = v[0]
	}
	if !plain.firmOnly {
		plain.facts["own_statement"] = "yes"
	}
	age := 30
	if v := plain.facts["age_days"]; v != "" {
		fmt.Sscan(v, &age)
		delete(plain.facts, "age_days")
	}
	at := func(d *draft, day sanctions.Date) *draft {
		d.from, d.last, d.asOf = day, day, day.AddDays(age)
		if d.firmOnly {
			d.from, d.last, d.asOf = sanctions.Date{}, sanctions.Date{}, day
		}
		return d
	}
	if !yield(at(plain.clone(), days.From)) {
		return false
	}
	if fact != "" {
		for _, v := range edges(factOf()[fact], own) {
			d := plain.clone()
			if fact == "age_days" {
				age = 0
				fmt.Sscan(v, &age)
			} else {
				d.facts[fact] = v
			}
			if !yield(at(d, days.From)) {
				return false
			}
		}
	}
	moved := []sanctions.Date{days.From.AddDays(-1), days.From.AddDays(1)}
	if !days.To.IsZero() {
		moved = append(moved, days.To, days.To.AddDays(-1))
	}
	for _, day := range moved {
		if !yield(at(plain.clone(), day)) {
			return false
		}
	}
	return true
}

// candidates are values of a fact that pass all tests, at the edges.
func candidates(f tables.Fact, tests []string) []string {
	passes := func(v string) bool {
		var facts risk.Facts
		if facts.Set(f.Name, v) != nil {
			return false
		}
		return !slices.ContainsFunc(tests, func(test string) bool {
			holds, _ := facts.Meets(tables.Condition{Fact: f.Name, Test: test})
			return holds != sanctions.Yes
		})
	}
	return slices.DeleteFunc(values(f, tests), func(v string) bool { return !passes(v) })
}

// mixed adds to values, where a test asks for these only, the first that it names
// together with each that it does not.
func mixed(tests, values []string) []string {
	for _, test := range tests {
		if !strings.HasPrefix(test, "only ") {
			continue
		}
		in := strings.Split(named(test), "|")
		first := slices.IndexFunc(in, func(v string) bool { return v != "none" && v != "unknown" })
		for _, v := range slices.Clone(values) {
			if first >= 0 && v != "none" && v != "unknown" && !slices.Contains(in, v) {
				values = append(values, in[first]+"|"+v)
			}
		}
	}
	return values
}

// edges are the values of a fact at, inside and outside every edge of its tests.
func edges(f tables.Fact, when []tables.Condition) []string {
	var tests []string
	for _, c := range when {
		if c.Fact == f.Name {
			tests = append(tests, c.Test)
		}
	}
	return values(f, tests)
}

// values are the values worth trying for a fact that is tested so.
func values(f tables.Fact, tests []string) []string {
	switch f.Type {
	case tables.FactTerms:
		return append(mixed(tests, slices.Clone(f.Terms)), "")
	case tables.FactWords:
		var out []string
		for _, test := range tests {
			out = append(out, strings.Split(named(test), "|")...)
		}
		return append(mixed(tests, append(out, "OTHER")), "none", "")
	}
	var out []string
	for _, test := range tests {
		s := interval(test)
		for _, bound := range []tables.Bound{s.Low, s.High} {
			if bound.Valid {
				for _, by := range []int64{0, -1, 1} {
					out = append(out, points(bound.Decimal.Add(decimal.New(by, 0))))
				}
			}
		}
	}
	return append(out, "")
}
