package risk

import (
	"fmt"
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Scorer assesses subjects under one rule set. It holds no state between calls.
type Scorer struct {
	rules    *Ruleset
	screener Screener
	rates    *claims.Rates
	traps    []sanctions.Condition
	whatIf   bool
}

// Option sets up a [Scorer].
type Option func(*Scorer)

// WithRates gives exchange rates, so that amounts in other currencies count.
func WithRates(r *claims.Rates) Option { return func(s *Scorer) { s.rates = r } }

// Trap makes conditions errors: where one holds, Assess returns its assessment
// together with a [*TrapError]. Names in a caller's settings are for
// [sanctions.ParseCondition] to read: a condition that nobody sets traps nothing.
func Trap(conditions ...sanctions.Condition) Option {
	return func(s *Scorer) { s.traps = append(s.traps, conditions...) }
}

// WithWhatIf adds counterfactuals to every assessment, see [Scorer.WhatIf]. They
// cost far more than the assessment itself.
func WithWhatIf() Option { return func(s *Scorer) { s.whatIf = true } }

// TrapError says which trapped conditions an assessment rests on.
type TrapError struct{ Caveats []assessment.Caveat }

// Error lists them.
func (e *TrapError) Error() string {
	out := "the assessment rests on "
	for i, c := range e.Caveats {
		if i > 0 {
			out += "; "
		}
		out += string(c.Condition) + ": " + c.Detail
	}
	return out
}

// NewScorer makes a scorer.
func NewScorer(rules *Ruleset, screener Screener, opts ...Option) *Scorer {
	s := &Scorer{rules: rules, screener: screener}
	for _, o := range opts {
		o(s)
	}
	return s
}

// Assess answers for one subject as of one date. Claims that became known later
// are left out and counted. The error is that of the screener, or a
// [*TrapError], which comes with the whole assessment.
func (s *Scorer) Assess(subject *Subject, asOf sanctions.Date) (assessment.Assessment, error) {
	room := s.rules.borrow()
	defer s.rules.giveBack(room)
	c, err := s.prepare(subject, asOf, room)
	if err != nil {
		return assessment.Assessment{}, err
	}
	a := c.report(s.rules.score(c.items, &room.ledger))
	if s.whatIf {
		a.WhatIf, a.WhatIfOf = c.search(), c.searched()
	}
	if len(s.traps) == 0 {
		return a, nil
	}
	if trapped := slices.DeleteFunc(slices.Clone(a.Conditions), func(c assessment.Caveat) bool {
		return !slices.Contains(s.traps, c.Condition)
	}); len(trapped) > 0 {
		return a, &TrapError{trapped}
	}
	return a, nil
}

// WhatIf searches for the smallest changes of facts that would raise or lower the
// grade: single possibilities on the 24 engagements that weigh most, and where none
// does, two together on the four that weigh most. The results come strongest first,
// at most six in each direction. An assessment says how many engagements were looked at,
// see [assessment.Searched]. The cost is that of some hundred assessments without
// their reports, and of some thousand where two are tried.
func (s *Scorer) WhatIf(subject *Subject, asOf sanctions.Date) ([]assessment.Counterfactual, error) {
	room := s.rules.borrow()
	defer s.rules.giveBack(room)
	c, err := s.prepare(subject, asOf, room)
	if err != nil {
		return nil, err
	}
	return c.search(), nil
}

func (s *Scorer) prepare(subject *Subject, asOf sanctions.Date, room *scratch) (*course, error) {
	subject, unknown := subject.asKnown(asOf)
	c := &course{rules: s.rules, screener: s.screener, rates: s.rates, scratch: room, subject: subject, asOf: asOf, unknown: unknown, coverage: s.screener.Coverage(), single: &single{}}
	c.standing = &c.single.standing
	var err error
	if *c.standing, err = s.screener.Screen(subject.party, asOf); err != nil {
		return nil, fmt.Errorf("screening %s: %w", subject.firm.ID, err)
	}
	c.reduction = reduce(subject, s.rules.imputeAll(subject.sorts, &room.imputed), &s.rules.scale, asOf, s.rates, &room.reducing)
	c.items, c.parties, c.screened = room.items[:0], room.parties[:0], room.screenings[:0]
	c.standings.grow(len(c.engagements) + 2)
	c.addFirm()
	c.trades.count(c.engagements)
	c.years.addUp(c.engagements)
	for i := range c.engagements {
		for k := range c.engagements[i].accounts {
			if err := c.addAccount(i, k); err != nil {
				return nil, err
			}
		}
	}
	room.items, room.parties, room.screenings = c.items, c.parties, c.screened // grown
	return c, nil
}
