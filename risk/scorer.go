package risk

import (
	"fmt"
	"iter"
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
		a.WhatIf, a.WhatIfOf = c.search(), c.searched()
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
	scores        []Score
	places        []Place
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
	c.addFirmFacts(sure, high)
}

// addFirmFacts asks about the firm itself: first with what is certain of it, then,
// for the point and the high score only, with the ownership and control that are
// possible.
func (c *course) addFirmFacts(sure, high *Facts) {
	it := item{sure: sure, high: high, since: c.asOf, started: c.asOf, conduct: c.asOf, early: c.asOf,
		weight: triple{million, million, million}, engagement: -1}
	if masks := sure.terms[slotFirm : slotFirm+len(authoritySuffixes)]; slices.ContainsFunc(masks, func(v uint64) bool { return v&bitsPossible != 0 }) {
		certain := c.newFacts(sure)
		for g := range masks {
			if v := masks[g] &^ bitsPossible; masks[g] != 0 {
				certain.terms[slotFirm+g] = orElse(v, bitNone)
			}
		}
		first := it
		first.sure, first.high = certain, certain
		if high.terms[slotFI] != certain.terms[slotFI] {
			first.high = c.newFacts(certain)
			first.high.terms[slotFI] = high.terms[slotFI]
		}
		c.add(first)
		c.parties = append(c.parties, [2]int{-1, -1})
		it.weight.low, it.contends = 0, true
	}
	c.add(it)
	c.parties = append(c.parties, [2]int{-1, -1})
}

// firm is the item of the firm with everything that is known of it.
func (c *course) firm() *item {
	last := 0
	if len(c.items) > 1 && c.items[1].engagement < 0 {
		last = 1
	}
	return &c.items[last]
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
		slices.ContainsFunc(st.Verdicts, func(v sanctions.Verdict) bool { return uncertainStatus(&v) })
}

// uncertainStatus reports whether a verdict says that a party may be owned, or
// controlled, by the listed.
func uncertainStatus(v *sanctions.Verdict) bool {
	return v.Status == sanctions.PossiblyOwned || v.Status == sanctions.ControlIndicated || v.Status == sanctions.OwnershipUnknown && len(v.Proof) > 0
}

// addAccount asks about an account of an engagement: in all scores about what is
// certain of it, and for the high score about what else it may be, with each day
// between which its last one lies.
func (c *course) addAccount(e, k int) error {
	acc := &c.engagements[e].accounts[k]
	acc.asked = len(c.items)
	whole := *acc.reading()
	if acc.instead != nil {
		whole = *acc.instead
	}
	use := inAll
	switch {
	case acc.past:
		use = inHigh
	case !acc.told || acc.guard != nil || acc.early != acc.conduct:
		use = asCertain
	}
	if err := c.addStatement(e, k, &whole, use); err != nil {
		return err
	}
	if acc.guard != nil && use == asCertain {
		if err := c.guardLast(e, k, acc.guard); err != nil {
			return err
		}
	}
	if !acc.told {
		return nil
	}
	if use == asCertain {
		if err := c.addDays(e, k, &whole); err != nil {
			return err
		}
	}
	for i := range acc.readings {
		if err := c.addDays(e, k, &acc.readings[i]); err != nil {
			return err
		}
	}
	return nil
}

// guardLast puts a reading beside the item added last: see item.certain.
func (c *course) guardLast(e, k int, r *reading) error {
	last, counted := len(c.items), c.counted
	if err := c.addStatement(e, k, r, asCertain); err != nil {
		return err
	}
	guard := c.items[last]
	c.items, c.parties, c.counted = c.items[:last], c.parties[:last], counted
	it := &c.items[last-1]
	it.high = guard.sure
	c.counted++ // its facts may be shown
	if guard.conduct.After(it.conduct) {
		it.conduct = guard.conduct
	}
	if guard.early.Before(it.early) {
		it.early = guard.early
	}
	if guard.since != it.since || guard.started != it.started {
		it.since, it.started = guard.since, guard.started
	}
	return nil
}

// addDays asks about a reading as of the last and the first day that may be its
// last, for the high score.
func (c *course) addDays(e, k int, r *reading) error {
	one := *r
	one.early = one.conduct
	if err := c.addStatement(e, k, &one, inHigh); err != nil || r.early == r.conduct {
		return err
	}
	one.conduct, one.early = r.early, r.early
	return c.addStatement(e, k, &one, inHigh)
}

// use says in which scores a statement counts.
type use uint8

const (
	inAll     use = iota
	asCertain     // in all, with nothing but what is certain
	inHigh        // in the high score only
)

// addStatement asks about one reading of an account.
func (c *course) addStatement(e, k int, st *reading, use use) error {
	eng := &c.engagements[e]
	acc := &eng.accounts[k]
	row := &c.rules.evidence[acc.row]
	firm := c.firm()
	f := c.newFacts(firm.sure)
	acc.state.put(f)
	f.terms[slotKind] = bit(kinds, st.kind)
	f.terms[slotStage] = bit(stages[:endStages], st.stage)
	f.terms[slotItem] = bit(itemClasses, st.itemClass)
	f.terms[slotTopic] = c.topicClasses(eng)
	f.terms[slotCHPL] = c.rules.tier(st.hs6, st.conduct)
	f.words[slotHS6] = c.codesOf(st.hs6)
	f.terms[slotDirection] = bit(directions, st.direction)
	f.terms[slotBasis] = bit(bases, orElse(st.counterparty.basis, CounterpartyUnstated))
	if st.currency != "" {
		f.terms[slotNexus] = truth(st.currency == dollar)
	}
	f.numbers[slotAmount] = st.usd
	if t := c.trade(acc); t.count > 0 {
		f.numbers[slotDealings] = numeral{t.count * million, true}
		f.terms[slotTrend] = t.trend
	}
	if !st.conduct.IsZero() {
		f.numbers[slotAge] = numeral{int64(max(0, c.asOf.DaysSince(st.conduct))) * million, true}
	}
	if !st.conduct.IsZero() && !st.from.IsZero() {
		f.numbers[slotLasted] = numeral{int64(max(0, st.conduct.DaysSince(st.from))) * million, true}
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
	f.terms[slotRussia] = c.rules.nexus(f)
	sure, high := f, f
	maybe := func() *Facts {
		if high == sure {
			high = c.newFacts(sure)
		}
		return high
	}
	parties := [2]int{-1, -1}
	if other := st.counterparty; other != (otherSide{}) {
		at, err := c.screenAll(other, orElse(st.early, c.asOf), orElse(st.conduct, c.asOf), c.asOf)
		if err != nil {
			return err
		}
		early, then, now := &c.screened[at[0]].standing, &c.screened[at[1]].standing, &c.screened[at[2]].standing
		parties = [2]int{at[1], at[2]}
		stated := st.counterparty.basis == CounterpartyStated
		if !stated || uncertain(early) || uncertain(then) || uncertain(now) || at[0] != at[1] && !sameStanding(early, then) {
			maybe().addCounterparty(early, then, now, true)
			if err := c.addOwners(maybe(), at, true); err != nil {
				return err
			}
			maybe().terms[slotRussia] = c.rules.nexus(maybe())
		}
		if stated {
			sure.addCounterparty(early, then, now, false)
			if err := c.addOwners(sure, at, false); err != nil {
				return err
			}
			sure.terms[slotRussia] = c.rules.nexus(sure)
		}
		c.openUnstated(maybe, sure)
	}
	if sure.terms[slotRussia] == 0 {
		maybe().terms[slotRussia] = yes
	}
	if firm.high != firm.sure {
		copy(maybe().terms[slotFirm:slotFirm+len(authoritySuffixes)], firm.high.terms[slotFirm:])
		maybe().terms[slotFI] = firm.high.terms[slotFI]
		maybe().words[slotFirmProgramme] = firm.high.words[slotFirmProgramme]
	}
	if highEnd != sureEnd {
		maybe().terms[slotEnded] = highEnd
	}
	if t := c.trade(acc); t.rising && t.trend != growing { // for a while it grew
		maybe().terms[slotTrend] = growing
	}
	// "Nearly" is less; "over" has no end, as has a value in a currency without rate.
	switch st.qualifier {
	case Nearly:
		if st.usd.known {
			maybe()
			sure.numbers[slotAmount].value = max(0, st.usd.value-1)
		}
	case AtLeast, Over:
		maybe().numbers[slotAmount] = numeral{micro(maxDollars), true}
	}
	if st.amount != "" && !st.usd.known {
		maybe().numbers[slotAmount] = numeral{micro(maxDollars), true}
	}
	// Codes that no source gives may be other than those that a licence names.
	if st.hs6 == "" && st.itemClass != "" && f.terms[slotKind]&c.rules.licensedKinds != 0 {
		maybe().words[slotHS6] = []string{}
	}
	// A dealing that is reported went some way and in some direction: where its
	// source does not say, the high score takes the gravest.
	if sure.terms[slotStage] == 0 {
		maybe().terms[slotStage] = bit(stages, Completed)
	}
	if sure.terms[slotDirection] == 0 {
		maybe().terms[slotDirection] = bit(directions, ToRussia)
	}
	if use == asCertain {
		high = sure
	}
	first, last := st.starts()
	it := item{sure: sure, high: high, since: first, started: last, conduct: st.conduct, early: st.early, highOnly: use == inHigh, certain: use == asCertain,
		weight: triple{row.low, row.point, row.high}, engagement: int32(e), account: int32(k), contends: k > 0 || use == inHigh}
	put := func(it item) {
		c.add(it)
		c.parties = append(c.parties, parties)
	}
	put(it)
	if use == asCertain {
		return nil
	}
	// And it was a dealing of some kind, in something: no kind or class is graver
	// than all others under every authority, so each contends for the high score.
	it.contends, it.alternative = true, true
	for _, kind := range gravest(kinds, st.kind, isTrade) {
		for _, class := range gravest(itemClasses, st.itemClass, isGoods) {
			if kind == st.kind && class == st.itemClass {
				continue
			}
			it.high = c.newFacts(high)
			it.high.terms[slotKind], it.high.terms[slotItem] = bit(kinds, kind), bit(itemClasses, class)
			put(it)
		}
	}
	return nil
}

// gravest is what a blank cell may stand for in the high score; the cell itself
// where it is not blank.
func gravest[T ~string](terms []T, known T, may func(T) bool) iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		if known != "" {
			yield(0, known)
			return
		}
		for i, t := range terms {
			if may(t) && !yield(i, t) {
				return
			}
		}
	}
}

// openUnstated lets the high score take a programme that no list states of a
// counterparty that is blocked for a Russian one.
func (c *course) openUnstated(maybe func() *Facts, sure *Facts) {
	blocked := bit(standings, string(sanctions.Blocking))
	if sure.words[slotProgramme] == nil && (sure.terms[slotCP]|sure.terms[slotNow])&blocked != 0 && sure.terms[slotRussia] != no {
		maybe().words[slotProgramme] = c.rules.russianProgrammes
	}
}

// addOwners puts in the programmes of the listed parties that own the other side,
// on any of the days at which it was screened.
func (c *course) addOwners(f *Facts, at [3]int, possible bool) error {
	var programmes []string
	for i, n := range at {
		if i > 0 && n == at[i-1] {
			continue
		}
		s := c.screened[n]
		for v := range s.standing.Verdicts {
			verdict := &s.standing.Verdicts[v]
			if verdict.Status != sanctions.Owned && !(possible && uncertainStatus(verdict)) {
				continue
			}
			for k := range verdict.Proof[:min(len(verdict.Proof), maxOwners)] {
				stake := &verdict.Proof[k]
				owner, err := c.screen(stake.OwnerID, stake.OwnerName, s.day)
				if err != nil {
					return err
				}
				st := &c.screened[owner].standing
				for l := range st.Listings {
					if st.Listings[l].Answer() != sanctions.Yes {
						continue
					}
					for d := range st.Listings[l].Designations {
						programmes = appendAll(programmes, st.Listings[l].Designations[d].Programmes)
					}
				}
			}
		}
	}
	f.words[slotOwnerProgramme] = programmes
	return nil
}

// maxOwners bounds the stakes of a verdict whose owners are looked at.
const maxOwners = 16

func isTrade(k Kind) bool {
	switch k {
	case Meeting, Delegation, AssociationRepresentation, PersonalPresence, StateAct, Figure, Analysis:
		return false
	}
	return true
}

func isGoods(class ItemClass) bool { return class != Civilian && class != NoItem }

// addCounterparty puts in what is said of the other side on the day of the dealing
// and now. Where that day is known only to lie between two, what holds on one of
// them is possible, and certain is what holds on both.
func (f *Facts) addCounterparty(early, then, now *sanctions.Standing, possible bool) {
	f.addOther(then, slotCP, slotProgramme, possible)
	f.addOther(now, slotNow, slotNowProgramme, possible)
	if early != then {
		var g Facts
		g.addOther(early, slotCP, slotProgramme, possible)
		for i := slotCP; i < slotCP+len(authoritySuffixes); i++ {
			if possible {
				f.terms[i] = (f.terms[i] | g.terms[i]) &^ bitNone
				if f.terms[i] == 0 {
					f.terms[i] = bitNone
				}
			} else {
				f.terms[i] &= g.terms[i]
			}
		}
		if words := &f.words[slotProgramme]; possible {
			*words = appendAll(*words, g.words[slotProgramme])
		} else if kept := slices.DeleteFunc(slices.Clone(*words), func(w string) bool { return !slices.Contains(g.words[slotProgramme], w) }); len(kept) > 0 || len(*words) == 0 {
			*words = kept
		} else {
			*words = nil
		}
	}
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

// addOther is addStanding for another than the firm: ownership and control that
// are only possible belong to the high score alone, and there a party that may be
// owned or controlled counts as one that is.
func (f *Facts) addOther(st *sanctions.Standing, slot, words int, possible bool) {
	f.addStanding(st, slot, words, possible)
	if possible {
		return
	}
	for i := slot; i < slot+len(authoritySuffixes); i++ {
		f.terms[i] &^= bitsPossible
	}
}

// sameStanding tells whether two standings say the same of a party in short.
func sameStanding(a, b *sanctions.Standing) bool {
	var f, g Facts
	f.addStanding(a, slotCP, slotProgramme, true)
	g.addStanding(b, slotCP, slotProgramme, true)
	return f.terms == g.terms && slices.Equal(f.words[slotProgramme], g.words[slotProgramme])
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

// screenAll asks about a counterparty on three days.
func (c *course) screenAll(other otherSide, days ...sanctions.Date) (at [3]int, err error) {
	for i, day := range days {
		if i > 0 && day == days[i-1] {
			at[i] = at[i-1]
		} else if at[i], err = c.screen(other.id, other.name, day); err != nil {
			break
		}
	}
	return at, err
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
