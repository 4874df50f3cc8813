package risk

import (
	"cmp"
	"fmt"
	"slices"

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
	rates    *Rates
	traps    []sanctions.Condition
	whatIf   bool
}

// Option sets up a [Scorer].
type Option func(*Scorer)

// WithRates gives exchange rates, so that amounts in other currencies count.
func WithRates(r *Rates) Option { return func(s *Scorer) { s.rates = r } }

// Trap makes conditions errors: where one holds, Assess returns its assessment
// together with a [*TrapError].
func Trap(conditions ...sanctions.Condition) Option {
	return func(s *Scorer) { s.traps = append(s.traps, conditions...) }
}

// WithWhatIf adds counterfactuals to every assessment, see [Scorer.WhatIf]. They
// cost far more than the assessment itself.
func WithWhatIf() Option { return func(s *Scorer) { s.whatIf = true } }

// TrapError says which trapped conditions an assessment rests on.
type TrapError struct{ Caveats []Caveat }

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
func (s *Scorer) Assess(subject *Subject, asOf sanctions.Date) (Assessment, error) {
	room := s.rules.borrow()
	defer s.rules.giveBack(room)
	c, err := s.prepare(subject, asOf, room)
	if err != nil {
		return Assessment{}, err
	}
	a := c.report(s.rules.score(c.items, room))
	if s.whatIf {
		a.WhatIf = c.search()
	}
	if trapped := slices.DeleteFunc(slices.Clone(a.Conditions), func(c Caveat) bool {
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
	counted    int32 // sets of facts shown

	// What the assessment hands out, in few pieces.
	lines         []Factor
	holds         []*Held
	heldFacts     []Held
	standings     slab[screened]
	strings       slab[string]
	gaps          slab[Gap]
	claimRefs     slab[*ClaimRef]
	shownAccounts slab[Account]
	amounts       slab[Amount]
	others        slab[Counterparty]
}

// screened is a counterparty's standing, kept for the length of one assessment.
type screened struct {
	screenKey
	standing sanctions.Standing
	sources  []sanctions.Source
}

type screenKey struct {
	id, name string
	day      sanctions.Date
}

func (s *Scorer) prepare(subject *Subject, asOf sanctions.Date, room *scratch) (*course, error) {
	c := &course{Scorer: s, scratch: room, subject: subject, asOf: asOf, coverage: s.screener.Coverage()}
	standing, err := s.screener.Screen(subject.party, asOf)
	if err != nil {
		return nil, fmt.Errorf("screening %s: %w", subject.firm.ID, err)
	}
	c.standing = &standing
	c.reduction = s.rules.reduce(subject, asOf, s.rates, room)
	c.items, c.parties = room.items[:0], room.parties[:0]
	c.addFirm()
	c.countTrades()
	for i := range c.engagements {
		for k := range c.engagements[i].accounts {
			if err := c.addAccount(i, k); err != nil {
				return nil, err
			}
		}
	}
	room.items, room.parties = c.items, c.parties // grown
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

func (c *course) addFirm() {
	var f Facts
	firm := &c.subject.firm
	f.words[slotCountry] = word(firm.Country)
	f.words[slotSector] = word(firm.Sector)
	switch firm.FinancialInstitution {
	case sanctions.Yes:
		f.terms[slotFI] = yes
	case sanctions.No:
		f.terms[slotFI] = no
	}
	f.numbers[slotOwnerShare] = ownerShare(c.standing)
	sure := c.newFacts(&f)
	sure.addStanding(c.standing, slotFirm, slotFirmProgramme, false)
	high := sure
	if uncertain(c.standing) || f.terms[slotFI] == 0 {
		high = c.newFacts(&f)
		high.addStanding(c.standing, slotFirm, slotFirmProgramme, true)
		if f.terms[slotFI] == 0 {
			high.terms[slotFI] = yes | no // it may be either
		}
	}
	c.add(item{sure: sure, high: high, since: c.asOf, conduct: c.asOf, weight: triple{million, million, million}, engagement: -1})
	c.parties = append(c.parties, [2]int{-1, -1})
}

// word is a fact of words with one value, or unknown.
func word(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// uncertain reports whether a standing has anything that is only possible.
func uncertain(st *sanctions.Standing) bool {
	return slices.ContainsFunc(st.Listings, func(l sanctions.Listing) bool { return l.Answer() == sanctions.Possible }) ||
		slices.ContainsFunc(st.Verdicts, func(v sanctions.Verdict) bool {
			return v.Status == sanctions.PossiblyOwned || v.Status == sanctions.OwnershipUnknown && len(v.Proof) > 0
		})
}

func (c *course) addAccount(e, k int) error {
	eng := &c.engagements[e]
	acc := &eng.accounts[k]
	row := &c.rules.evidence[acc.row]
	f := c.newFacts(c.items[0].sure) // what is known of the firm
	acc.state.put(f)
	f.terms[slotKind] = bit(kinds, acc.kind)
	f.terms[slotStage] = bit(stages[:endStages], acc.stage)
	f.terms[slotItem] = bit(itemClasses, acc.itemClass)
	f.terms[slotTopic] = c.topicClasses(eng)
	f.terms[slotCHPL] = c.rules.tier(acc.hs6, acc.conduct)
	f.terms[slotDirection] = bit(directions, acc.direction)
	f.terms[slotBasis] = bit(bases, orElse(acc.counterparty.basis, CounterpartyUnstated))
	if acc.currency != "" {
		f.terms[slotNexus] = truth(acc.currency == "USD")
	}
	f.numbers[slotAmount] = acc.usd
	if t := c.trade(acc); t.count > 0 {
		f.numbers[slotDealings] = numeral{t.count * million, true}
		f.terms[slotTrend] = t.trend
	}
	if !acc.conduct.IsZero() {
		f.numbers[slotAge] = numeral{int64(max(0, c.asOf.DaysSince(acc.conduct))) * million, true}
	}
	if !acc.conduct.IsZero() && !acc.from.IsZero() {
		f.numbers[slotLasted] = numeral{int64(max(0, acc.conduct.DaysSince(acc.from))) * million, true}
	}
	sureEnd, highEnd := uint64(1), uint64(1) // none
	if eng.ended != "" {
		end := uint64(1) << (1 + slices.Index(stages[endStages:], eng.ended))
		if !eng.endDoubt {
			sureEnd = end
		}
		if eng.endSure {
			highEnd = end
		}
	}
	f.terms[slotEnded] = sureEnd
	sure, high := f, f
	maybe := func() *Facts {
		if high == sure {
			high = c.newFacts(sure)
		}
		return high
	}
	then, now := -1, -1
	if other := acc.counterparty; other != (otherSide{}) {
		var err error
		if then, err = c.screen(other.id, other.name, orElse(acc.conduct, c.asOf)); err != nil {
			return err
		}
		if now, err = c.screen(other.id, other.name, c.asOf); err != nil {
			return err
		}
		t, n := &c.screened[then].standing, &c.screened[now].standing
		stated := acc.counterparty.basis == CounterpartyStated
		if !stated || uncertain(t) || uncertain(n) {
			maybe().addCounterparty(t, n, true)
			maybe().terms[slotRussia] = c.rules.nexus(maybe())
		}
		if stated {
			sure.addCounterparty(t, n, false)
			sure.terms[slotRussia] = c.rules.nexus(sure)
		}
	}
	if firmHigh := c.items[0].high; firmHigh != c.items[0].sure {
		copy(maybe().terms[slotFirm:slotFirm+len(authoritySuffixes)], firmHigh.terms[slotFirm:])
		maybe().terms[slotFI] = firmHigh.terms[slotFI]
		maybe().words[slotFirmProgramme] = firmHigh.words[slotFirmProgramme]
	}
	if highEnd != sureEnd {
		maybe().terms[slotEnded] = highEnd
	}
	// A dealing that is reported went some way and in some direction: where no
	// source says, the high score takes the gravest.
	if sure.terms[slotStage] == 0 {
		maybe().terms[slotStage] = bit(stages, Completed)
	}
	if sure.terms[slotDirection] == 0 {
		maybe().terms[slotDirection] = bit(directions, ToRussia)
	}
	acc.asked = len(c.items)
	it := item{sure: sure, high: high, since: acc.from, conduct: acc.conduct,
		weight: triple{row.low, row.point, row.high}, engagement: int32(e), account: int32(k), contends: k > 0}
	c.add(it)
	c.parties = append(c.parties, [2]int{then, now})
	if sure.terms[slotItem] != 0 {
		return nil
	}
	// And it was in something: no class is graver than all others under every
	// authority, so each contends for the high score.
	for _, class := range itemClasses {
		if class == Civilian || class == NoItem {
			continue
		}
		it.high = c.newFacts(high)
		it.high.terms[slotItem] = bit(itemClasses, class)
		it.contends, it.alternative = true, true
		c.add(it)
		c.parties = append(c.parties, [2]int{then, now})
	}
	return nil
}

func (f *Facts) addCounterparty(then, now *sanctions.Standing, possible bool) {
	f.addStanding(then, slotCP, slotProgramme, possible)
	f.addStanding(now, slotNow, slotNowProgramme, possible)
	f.terms[slotSecondary] = max(secondaryRisk(then, possible)&yes, secondaryRisk(now, possible)&yes)
	if f.terms[slotSecondary] == 0 {
		f.terms[slotSecondary] = no
	}
	var countries []string
	for _, st := range [...]*sanctions.Standing{then, now} {
		countries = appendAll(countries, st.Party.Countries)
		for i := range st.Listings {
			if l := &st.Listings[i]; l.Party != nil && l.Answer() == sanctions.Yes {
				countries = appendAll(countries, l.Party.Countries)
			}
		}
	}
	f.words[slotCPCountry] = countries
}

// appendAll appends the words that are not there yet. The first are shared, and
// copied when more come.
func appendAll(list, words []string) []string {
	if len(list) == 0 && len(words) == 1 {
		return slices.Clip(words)
	}
	for _, w := range words {
		list = appendNew(list, w)
	}
	return list
}

// screen asks about a counterparty, once a day and assessment.
func (c *course) screen(id, name string, on sanctions.Date) (int, error) {
	key := screenKey{id, name, on}
	if at, ok := c.seen[key]; ok {
		return at, nil
	}
	if len(c.seen) == 0 { // few are many enough to look through
		for at, s := range c.screened {
			if s.screenKey == key {
				return at, nil
			}
		}
	}
	party := sanctions.Party{ID: id}
	if name != "" {
		party.Names = []sanctions.Name{{Text: name, Type: sanctions.NamePrimary}}
	}
	s := &c.standings.take(1)[0]
	var err error
	if s.standing, err = c.screener.Screen(party, on); err != nil {
		return 0, fmt.Errorf("screening counterparty %s%s of %s: %w", id, name, c.subject.firm.ID, err)
	}
	s.screenKey, s.sources = key, standingSources(&s.standing)
	c.screened = append(c.screened, s)
	if len(c.screened) == 16 {
		for at, s := range c.screened {
			c.seen[s.screenKey] = at
		}
	} else if len(c.seen) > 0 {
		c.seen[key] = len(c.screened) - 1
	}
	return len(c.screened) - 1, nil
}

// standingSources are the places that state a party's listings and the stakes
// its ownership verdicts rest on.
func standingSources(st *sanctions.Standing) []sanctions.Source {
	var out []sanctions.Source
	for i := range st.Listings {
		if st.Listings[i].Answer() < sanctions.Possible {
			continue
		}
		for j := range st.Listings[i].Designations {
			if from := st.Listings[i].Designations[j].Sources; out == nil {
				out = slices.Clip(from) // shared, and copied when more come
			} else {
				out = append(out, from...)
			}
		}
	}
	for i := range st.Verdicts {
		for j := range st.Verdicts[i].Proof {
			if source := st.Verdicts[i].Proof[j].Source; !slices.Contains(out, source) {
				out = append(out, source)
			}
		}
	}
	return out
}

func (c *course) topicClasses(e *engagement) uint64 {
	var mask uint64
	for _, i := range e.topics {
		mask |= bit(itemClasses, c.subject.claims[i].ItemClass)
	}
	if mask == 0 {
		mask = bit(itemClasses, NoItem)
	}
	return mask
}

// trade is the firm's dealings of one kind and direction.
type trade struct {
	count  int64
	valued []valued
	trend  uint64
}

// valued is the day and value of a dealing.
type valued struct {
	day sanctions.Date
	usd int64
}

// trade finds the dealings of an account's kind and direction.
func (c *course) trade(a *account) *trade {
	return &c.trades[slices.Index(kinds, a.kind)+1][slices.Index(directions, a.direction)+1]
}

// countTrades counts the dealings of each sort and says whether their values
// grow: with three or more dated values, each above the one before; with fewer
// that is unknown. An engagement counts by its first account.
func (c *course) countTrades() {
	for i := range c.trades {
		for k := range c.trades[i] {
			t := &c.trades[i][k]
			*t = trade{valued: t.valued[:0]}
		}
	}
	for i := range c.engagements {
		a := &c.engagements[i].accounts[0]
		t := c.trade(a)
		t.count++
		if a.usd.known && !a.conduct.IsZero() {
			t.valued = append(t.valued, valued{a.conduct, a.usd.value})
		}
	}
	for i := range c.trades {
		for k := range c.trades[i] {
			c.trades[i][k].trend = growth(c.trades[i][k].valued)
		}
	}
}

func growth(dealings []valued) uint64 {
	if len(dealings) < 3 {
		return 0
	}
	slices.SortFunc(dealings, func(a, b valued) int { return cmp.Or(a.day.Compare(b.day), cmp.Compare(a.usd, b.usd)) })
	for i := 1; i < len(dealings); i++ {
		if dealings[i].usd <= dealings[i-1].usd {
			return 1 << 1 // not_growing
		}
	}
	return 1 << 0 // growing
}
