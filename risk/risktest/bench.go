package risktest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// bench tries changed rule sets on cases, fast: a changed rule is asked of the
// facts of the cases first, and only a case in which its answer changes is judged
// again, by the rules of its authority alone. Authorities do not see each other,
// so the rest of the outcome is what it was.
type bench struct {
	rules  *risk.Ruleset
	tables tables.Set
	trials []trial
	sides  [2][]side                // of engagement and of firm rules
	alone  map[string]*risk.Ruleset // by authority
	tests  map[string][]risk.Test   // by rule, parallel to its conditions
	own    map[string]bool          // authorities of nature own
	of     map[string]string        // authority of a rule
	edges  []tables.Band            // by rising score
}

// trial is a passing case and what the rules make of it.
type trial struct {
	*Case
	was risk.Outcome
}

// side is facts that rules are asked about, in one trial.
type side struct {
	trial int
	facts *risk.Facts
}

// newBench prepares the passing cases that state facts.
func newBench(rules *risk.Ruleset, results []Result) *bench {
	b := &bench{rules: rules, tables: rules.Tables(), alone: map[string]*risk.Ruleset{}, tests: map[string][]risk.Test{},
		own: map[string]bool{}, of: map[string]string{}}
	for i := range results {
		if c := results[i].Case; c.Matter != nil && results[i].Err == nil && c.Todo == "" {
			b.add(c)
		}
	}
	for i := range b.tables.Authorities {
		a := &b.tables.Authorities[i]
		b.own[a.ID] = a.Nature == tables.Own
		t := rules.Tables()
		t.Rules = slices.DeleteFunc(t.Rules, func(r tables.Rule) bool { return r.Authority != a.ID })
		alone, err := risk.Compile(t)
		if err != nil {
			panic("risktest: fewer rules do not compile: " + err.Error()) // the whole did
		}
		b.alone[a.ID] = alone
	}
	for i := range b.tables.Rules {
		r := &b.tables.Rules[i]
		b.of[r.ID] = r.Authority
		b.tests[r.ID], _ = compileTests(r.When)
	}
	b.edges = slices.Clone(b.tables.Bands)
	slices.SortFunc(b.edges, func(x, y tables.Band) int { return x.From.Decimal.Cmp(y.From.Decimal) })
	return b
}

func (b *bench) add(c *Case) {
	n := len(b.trials)
	b.trials = append(b.trials, trial{c, b.rules.Outcome(c.Matter)})
	put := func(kind int, f *risk.Facts) {
		if f != nil {
			b.sides[kind] = append(b.sides[kind], side{n, f})
		}
	}
	put(1, &c.Matter.Firm)
	put(1, c.Matter.Possible)
	for i := range c.Matter.Dealings {
		put(0, &c.Matter.Dealings[i].Facts)
		put(0, c.Matter.Dealings[i].Possible)
	}
}

// compileTests compiles conditions; refused is whether one of them is none.
func compileTests(conditions []tables.Condition) (out []risk.Test, refused bool) {
	out = make([]risk.Test, len(conditions))
	for i, c := range conditions {
		var err error
		if out[i], err = risk.NewTest(c); err != nil {
			return nil, true
		}
	}
	return out, false
}

// retest compiles the conditions of a changed rule, of which most are as they
// were.
func (b *bench) retest(was *tables.Rule, conditions []tables.Condition) ([]risk.Test, bool) {
	out := make([]risk.Test, len(conditions))
	for i, c := range conditions {
		if at := slices.Index(was.When, c); at >= 0 {
			out[i] = b.tests[was.ID][at]
			continue
		}
		t, err := risk.NewTest(c)
		if err != nil {
			return nil, true
		}
		out[i] = t
	}
	return out, false
}

func holdAll(tests []risk.Test, f *risk.Facts) bool {
	for i := range tests {
		if tests[i].Holds(f) != sanctions.Yes {
			return false
		}
	}
	return true
}

// change is a rule as it is and as it would be.
type change struct {
	was       *tables.Rule
	is        *tables.Rule // nil: removed
	tests     []risk.Test  // compiled conditions of is, where they differ from was
	condition bool         // only the conditions differ
	refused   bool         // they do not compile
}

// affected yields the trials that a change can touch.
func (b *bench) affected(c *change, yield func(n int) bool) {
	kind := 0
	if c.was.Scope == tables.ScopeFirm {
		kind = 1
	}
	old := b.tests[c.was.ID]
	last := -1
	for i := range b.sides[kind] {
		s := &b.sides[kind][i]
		if s.trial == last {
			continue
		}
		held := holdAll(old, s.facts)
		if c.condition && held == holdAll(c.tests, s.facts) || !c.condition && !held {
			continue
		}
		if last = s.trial; !yield(s.trial) {
			return
		}
	}
}

// killer is the first trial that fails under a change, or -1; refused is whether
// the changed rule does not compile.
func (b *bench) killer(c *change) (killed int, refused bool) {
	killed = -1
	if c.refused {
		return killed, true
	}
	refused = b.failing(c, func(n int) bool { killed = n; return false })
	return killed, refused
}

// failing yields the trials that fail under a change.
func (b *bench) failing(c *change, yield func(n int) bool) (refused bool) {
	var variant *risk.Ruleset
	b.affected(c, func(n int) bool {
		if variant == nil {
			if variant = b.variant(c); variant == nil {
				refused = true
				return false
			}
		}
		t := &b.trials[n]
		is := variant.Outcome(t.Matter)
		now, differs := b.merge(&t.was, c.was.Authority, &is)
		if differs && !t.Want.meets(&now) {
			return yield(n)
		}
		return true
	})
	return refused
}

// variant is the rule set of the authority alone with the change made; nil if
// it does not compile.
func (b *bench) variant(c *change) *risk.Ruleset {
	alone := b.alone[c.was.Authority]
	if c.refused {
		return nil
	}
	if c.is == nil {
		return alone.WithoutRule(c.was.ID)
	}
	out, err := alone.WithRule(*c.is)
	if err != nil {
		return nil
	}
	return out
}

// merge is the outcome with one authority's part replaced, and whether that
// differs at all.
func (b *bench) merge(was *risk.Outcome, authority string, part *risk.Outcome) (risk.Outcome, bool) {
	var before, after *risk.AuthorityOutcome
	for i := range was.Authorities {
		if was.Authorities[i].Authority == authority {
			before = &was.Authorities[i]
		}
	}
	for i := range part.Authorities {
		if part.Authorities[i].Authority == authority {
			after = &part.Authorities[i]
		}
	}
	if sameAuthority(before, after) && b.sameFired(was.Fired, authority, part.Fired) {
		return *was, false
	}
	out := risk.Outcome{Rows: was.Rows, Fired: make([]string, 0, len(was.Fired)+len(part.Fired))}
	for _, id := range was.Fired {
		if b.of[id] != authority {
			out.Fired = append(out.Fired, id)
		}
	}
	out.Fired = append(out.Fired, part.Fired...)
	slices.Sort(out.Fired)
	for i := range was.Authorities {
		if was.Authorities[i].Authority != authority {
			out.Authorities = append(out.Authorities, was.Authorities[i])
		}
	}
	if after != nil {
		out.Authorities = append(out.Authorities, *after)
	}
	b.rank(&out)
	return out, true
}

// rank orders the authorities as an assessment does, and derives what follows.
func (b *bench) rank(o *risk.Outcome) {
	own := func(a *risk.AuthorityOutcome) int {
		if b.own[a.Authority] {
			return 1
		}
		return 0
	}
	slices.SortFunc(o.Authorities, func(x, y risk.AuthorityOutcome) int {
		return cmp.Or(y.Score.Point.Cmp(x.Score.Point.Decimal), cmp.Compare(own(&x), own(&y)),
			y.Score.High.Cmp(x.Score.High.Decimal), strings.Compare(x.Authority, y.Authority))
	})
	for i := range o.Authorities {
		s := &o.Authorities[i].Score
		o.Score = assessment.Score{Low: greater(o.Score.Low, s.Low), Point: greater(o.Score.Point, s.Point), High: greater(o.Score.High, s.High)}
	}
	if o.Score.Point.IsPositive() {
		o.Strongest = o.Authorities[0].Authority
	}
	o.Grade = assessment.Grades{Low: b.band(o.Score.Low), Point: b.band(o.Score.Point), High: b.band(o.Score.High)}
}

func greater(a, b assessment.Points) assessment.Points {
	if b.GreaterThan(a.Decimal) {
		return b
	}
	return a
}

func (b *bench) band(p assessment.Points) string {
	id := b.edges[0].ID
	for i := range b.edges {
		if p.GreaterThanOrEqual(b.edges[i].From.Decimal) {
			id = b.edges[i].ID
		}
	}
	return id
}

func sameAuthority(a, b *risk.AuthorityOutcome) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Reach == b.Reach && a.Score.Point.Equal(b.Score.Point.Decimal) &&
		a.Score.Low.Equal(b.Score.Low.Decimal) && a.Score.High.Equal(b.Score.High.Decimal)
}

func (b *bench) sameFired(all []string, authority string, part []string) bool {
	n := 0
	for _, id := range all {
		if b.of[id] != authority {
			continue
		}
		if n == len(part) || part[n] != id {
			return false
		}
		n++
	}
	return n == len(part)
}

// whole tries a change of any table: every case is judged again. refused is
// whether the changed tables do not compile.
func (b *bench) whole(edit func(*tables.Set)) (failing []int, refused bool) {
	t := b.rules.Tables()
	edit(&t)
	rules, err := risk.Compile(t)
	if err != nil {
		return nil, true
	}
	for n := range b.trials {
		if o := rules.Outcome(b.trials[n].Matter); !b.trials[n].Want.meets(&o) {
			return []int{n}, false
		}
	}
	return nil, false
}
