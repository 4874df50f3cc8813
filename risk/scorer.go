package risk

import (
	"fmt"
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Screener tells where a party stands as of a date, and what was looked at to
// say so. screening.Screener is one. Assess asks it for the firm, and for each
// counterparty as of the last known day of the dealing and as of the date of the
// assessment. A Scorer is as safe for concurrent use as its Screener.
type Screener interface {
	Screen(party sanctions.Party, asOf sanctions.Date) (sanctions.Standing, error)
	Coverage() sanctions.Coverage
}

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
// together with a [*TrapError].
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
	a := c.report(s.rules.score(c.items, room))
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

// course is one assessment under way: the subject reduced, screened and turned
// into items that rules can be asked about.
type course struct {
	*Scorer
	*scratch
	subject  *Subject
	asOf     sanctions.Date
	standing *sanctions.Standing // of the firm
	coverage sanctions.Coverage
	reduction
	items    []item
	screened []*screened
	parties  [][2]int // per item: positions in screened then and now, -1 without counterparty

	firmPlaces []sanctions.Source
	remedies   [][]int // per engagement: claims of remediation; nil where there are none
	counted    int32   // sets of facts shown

	// What the assessment hands out, in few pieces.
	single        *single
	lines         []assessment.Factor
	places        []assessment.Place
	heldFacts     []assessment.Held
	standings     slab[sanctions.Standing]
	strings       slab[string]
	gaps          slab[assessment.Gap]
	claimRefs     slab[*assessment.ClaimRef]
	shownAccounts slab[assessment.Account]
	amounts       slab[assessment.Amount]
	others        slab[assessment.Counterparty]
}

// single is what an assessment has one of.
type single struct {
	standing sanctions.Standing
	exposure assessment.Exposure
	up, down assessment.Distance
}

func (s *Scorer) prepare(subject *Subject, asOf sanctions.Date, room *scratch) (*course, error) {
	c := &course{Scorer: s, scratch: room, subject: subject, asOf: asOf, coverage: s.screener.Coverage(), single: &single{}}
	c.standing = &c.single.standing
	var err error
	if *c.standing, err = s.screener.Screen(subject.party, asOf); err != nil {
		return nil, fmt.Errorf("screening %s: %w", subject.firm.ID, err)
	}
	c.reduction = s.rules.reduce(subject, asOf, s.rates, room)
	c.items, c.parties, c.screened = room.items[:0], room.parties[:0], room.screenings[:0]
	c.standings.grow(len(c.engagements) + 2)
	c.addFirm()
	c.countTrades()
	c.addUp()
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

// add numbers the sets of facts that the report keeps for the item.
func (c *course) add(it item) {
	it.shown = c.counted
	c.counted++
	if it.high != it.sure {
		c.counted++
	}
	c.items = append(c.items, it)
}

func (c *course) newFacts(from *Facts) *Facts {
	f := &c.facts.take(1)[0]
	*f = *from
	return f
}
