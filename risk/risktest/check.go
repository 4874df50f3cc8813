package risktest

import (
	"io/fs"
	"slices"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Report is what a check found.
type Report struct {
	Results  []Result
	Coverage Coverage
	Lint     []Finding
	Mutants  Mutants
	Slack    []Slack

	rules  *risk.Ruleset
	header []string // of the first case file
}

// Result is one case and what the rules made of it.
type Result struct {
	Case *Case
	Got  assessment.Assessment
	Err  *CaseError // nil when it passes
}

// Failed counts the failing cases.
func (r *Report) Failed() int {
	n := 0
	for i := range r.Results {
		if r.Results[i].Err != nil {
			n++
		}
	}
	return n
}

// Option sets up [Run] and [Check].
type Option func(*config)

type config struct {
	worlds  map[string]World
	budget  Budget
	folder  string
	shallow bool

	suggestions int
	rulesOnly   bool
}

// RuleMutantsOnly tries the mutants of rules.csv and nothing else, without looking
// for cases that would kill them: for tools that try many rule sets.
func RuleMutantsOnly() Option { return func(c *config) { c.rulesOnly = true } }

// Suggest sets for how many living mutants a case is looked for that would kill
// them; without it, for the first 100.
func Suggest(n int) Option { return func(c *config) { c.suggestions = n } }

func newConfig(opts []Option) *config {
	c := &config{worlds: map[string]World{}, suggestions: 100}
	for _, o := range opts {
		o(c)
	}
	return c
}

// Budget is how much of what nothing checks a rule set may have before [Run]
// fails. The zero Budget allows none.
type Budget struct {
	Uncovered int // lines of coverage
	Mutants   int // that live and are not accepted
	Lint      int
}

// Allow sets the budget.
func Allow(b Budget) Option { return func(c *config) { c.budget = b } }

// CasesOnly leaves out coverage, lint, mutants and slack. Run does so under
// -short.
func CasesOnly() Option { return func(c *config) { c.shallow = true } }

// Check runs every case of a folder against a rule set and examines the rule set
// with them. The error joins one [*CaseError] a failing case, in their order; when
// the case files cannot be read it joins a [*sanctions.Fault] for everything that
// is wrong with them, and there is no report. Examination uses the cases that
// pass: what a failing case would check counts as unchecked.
func Check(rules *risk.Ruleset, fsys fs.FS, opts ...Option) (*Report, error) {
	return check(rules, fsys, newConfig(opts))
}

func check(rules *risk.Ruleset, fsys fs.FS, cfg *config) (*Report, error) {
	cases, casesErr := readCases(fsys)
	worldCases, worldsErr := readWorldCases(fsys, cfg.worlds)
	ledger, ledgerErr := readLedger(fsys)
	accepted, acceptedErr := readAccepted(fsys)
	header, headerErr := readHeader(fsys)
	errs := []error{casesErr, worldsErr, ledgerErr, acceptedErr, headerErr}
	cases = append(cases, worldCases...)
	errs = append(errs, sameName(cases))
	tables := rules.Tables()
	for _, c := range cases {
		errs = append(errs, c.known(&tables))
	}
	if len(cases) == 0 && casesErr == nil && worldsErr == nil {
		errs = append(errs, fault(func(string) sanctions.Source { return sanctions.Source{File: "cases.csv"} }, "", "", "there are no cases; begin with a file of the columns case,as_of,kind,stage,own_statement,want_grade,why"))
	}
	if err := sanctions.JoinFaults(errs); err != nil {
		return nil, err
	}
	r := &Report{rules: rules, header: header}
	var failures []error
	for _, c := range cases {
		res, err := c.run(rules, &tables, cfg.worlds, ledger)
		if err != nil {
			return nil, err
		}
		r.Results = append(r.Results, res)
		if res.Err != nil {
			failures = append(failures, res.Err)
		}
	}
	switch {
	case cfg.shallow:
	case cfg.rulesOnly:
		r.Mutants = newBench(rules, r.Results).mutants(accepted, header, 0, true)
	default:
		b := newBench(rules, r.Results)
		r.Mutants = b.mutants(accepted, header, cfg.suggestions, false)
		r.Coverage = b.coverage()
		r.Coverage.Gaps = open(accepted, "coverage", r.Coverage.Gaps)
		r.Lint = append(open(accepted, "lint", lint(&tables, r.Results)), stale(accepted)...)
		r.Slack = b.slack()
	}
	return r, sanctions.JoinFaults(failures)
}

// run judges one case.
func (c *Case) run(rules *risk.Ruleset, tables *tables.Set, worlds map[string]World, ledger *ledger) (Result, error) {
	res := Result{Case: c}
	var got risk.Outcome
	if c.Matter != nil {
		res.Got, got = rules.Explain(c.Matter), rules.Outcome(c.Matter)
	} else {
		var err error
		if res.Got, err = worlds[c.World].assess(rules, c); err != nil {
			return res, err
		}
		got = outcomeOf(&res.Got)
	}
	wrong := c.Want.mismatches(&got)
	switch {
	case c.Todo == "" && len(wrong) > 0:
		res.Err = &CaseError{Case: c, Got: res.Got, Wrong: wrong, Moved: ledger.moved(c.Name, &res.Got)}
		if c.Matter != nil {
			res.Err.Near = nearMisses(tables, c, &got)
		}
	case c.Todo != "" && len(wrong) == 0:
		res.Err = &CaseError{Case: c, Got: res.Got}
	}
	return res, nil
}

// outcomeOf is the short form of an assessment.
func outcomeOf(a *assessment.Assessment) risk.Outcome {
	o := risk.Outcome{Score: a.Score, Grade: a.Grade, Strongest: a.Strongest}
	for i := range a.Authorities {
		r := &a.Authorities[i]
		o.Authorities = append(o.Authorities, risk.AuthorityOutcome{Authority: r.Authority, Reach: r.Reach, Score: r.Score})
		for k := range r.Factors {
			f := &r.Factors[k]
			if f.Points.Low.IsZero() && f.Points.Point.IsZero() {
				continue // not for certain
			}
			if f.Step == assessment.StepRule || f.Step == assessment.StepFloor || f.Step == assessment.StepCap {
				o.Fired = append(o.Fired, f.Rule)
			}
		}
	}
	slices.Sort(o.Fired)
	o.Fired = slices.Compact(o.Fired)
	for i := range a.Engagements {
		for k := range a.Engagements[i].Accounts {
			o.Rows = append(o.Rows, risk.DealingRows{Evidence: a.Engagements[i].Accounts[k].Evidence.Row})
		}
	}
	for i := range a.Context {
		o.Rows = append(o.Rows, risk.DealingRows{Imputation: a.Context[i].Imputation})
	}
	return o
}
