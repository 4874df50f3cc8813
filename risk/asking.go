package risk

import (
	"iter"
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// addFirm asks about the firm itself, with what lists and registers say of it.
func (c *course) addFirm() {
	var f Facts
	firm := &c.subject.firm
	f.words[slotCountry] = c.subject.country
	f.words[slotSector] = c.subject.sector
	f.terms[slotTrader] = c.subject.trader
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
	it := item{sure: sure, high: high, when: when{c.asOf, c.asOf, c.asOf, c.asOf, c.asOf},
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
		c.add(first, [2]int{-1, -1})
		it.weight.low, it.contends = 0, true
	}
	c.add(it, [2]int{-1, -1})
}

// firm is the item of the firm with everything that is known of it.
func (c *course) firm() *item {
	last := 0
	if len(c.items) > 1 && c.items[1].engagement < 0 {
		last = 1
	}
	return &c.items[last]
}

// addAccount asks about an account of an engagement: in all scores about what is
// certain of it, and for the high score about what else it may be, with each day
// between which its last one lies.
func (c *course) addAccount(e, k int) error {
	acc := &c.engagements[e].accounts[k]
	acc.asked = len(c.items)
	use := inAll
	switch {
	case acc.past || acc.short:
		use = inHigh
	case !acc.told || len(acc.sure) > 0 || acc.early != acc.conduct || acc.conduct.IsZero() || acc.left != "" && acc.left != c.engagements[e].ended:
		use = asCertain
	}
	if use != asCertain || len(acc.sure) == 0 {
		if err := c.addStatement(e, k, &acc.reading, use); err != nil {
			return err
		}
	} else {
		for i := range acc.sure {
			last := len(c.items)
			if err := c.addStatement(e, k, &acc.sure[i], asCertain); err != nil {
				return err
			}
			c.items[last].together = i > 0
		}
	}
	if use != inHigh {
		if err := c.addSureMeetings(e, k); err != nil {
			return err
		}
	}
	if !acc.told && !acc.short {
		return nil
	}
	if use == asCertain {
		if err := c.addDays(e, k, &acc.reading); err != nil {
			return err
		}
	}
	if err := c.addMeetings(e, k, &acc.reading); err != nil {
		return err
	}
	for i := range acc.readings {
		if err := c.addDays(e, k, &acc.readings[i]); err != nil {
			return err
		}
		if err := c.addMeetings(e, k, &acc.readings[i]); err != nil {
			return err
		}
	}
	if acc.unbounded {
		it := c.items[acc.asked]
		it.highOnly, it.certain, it.contends, it.unbounded = true, false, true, true
		it.high = it.sure
		c.add(it, c.parties[acc.asked])
	}
	return nil
}

// addDays asks about a reading as of the last and the first day that may be its
// last, for the high score; if nobody tells a day, as of each on which a rule came or went.
func (c *course) addDays(e, k int, r *reading) error {
	one := *r
	one.early = one.conduct
	if err := c.addStatement(e, k, &one, inHigh); err != nil {
		return err
	}
	switch r.early {
	case sanctions.Date{}:
		return c.addAnyDay(e, k, r)
	case r.conduct:
		return nil
	}
	one.conduct, one.early = r.early, r.early
	return c.addStatement(e, k, &one, inHigh)
}

// addAnyDay asks about a reading of a day that nobody tells as of each on which a rule
// came or went, for the high score: the greatest of them counts.
func (c *course) addAnyDay(e, k int, r *reading) error {
	one := *r
	for _, day := range c.rules.calendar.until(c.asOf) {
		one.conduct, one.early = day, day
		if err := c.addStatement(e, k, &one, inHigh); err != nil {
			return err
		}
	}
	return nil
}

// addMeetings asks about a reading as of each day within it on which lists said more of
// the other side than on its last, for the high score: a dealing of years was one with
// whoever was listed for a time in them.
func (c *course) addMeetings(e, k int, r *reading) error {
	met, err := c.meetings(r)
	if err != nil {
		return err
	}
	for _, m := range met {
		one := *r
		one.conduct, one.early = m.day, m.day
		if err := c.addStatement(e, k, &one, inHigh); err != nil {
			return err
		}
	}
	return nil
}

// addSureMeetings asks the same, in all scores, about an account that says for certain
// that the dealing went on at the time. It keeps what to show.
func (c *course) addSureMeetings(e, k int) error {
	acc := &c.engagements[e].accounts[k]
	met, err := c.meetings(&acc.reading)
	if err != nil {
		return err
	}
	for _, m := range met {
		acc.met = append(acc.met, m.at)
		day := m.during(acc.certain())
		if day.IsZero() {
			continue
		}
		for i, one := range acc.certain() {
			last := len(c.items)
			one.conduct, one.early = day, day
			if err := c.addStatement(e, k, &one, asCertain); err != nil {
				return err
			}
			c.items[last].together, c.items[last].contends = i > 0, true
		}
	}
	return nil
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
	f.terms[slotKind] = mask(st.terms.kind)
	f.terms[slotStage] = bit(stages[:endStages], st.stage)
	f.terms[slotItem] = mask(st.terms.class)
	f.terms[slotTopic] = c.topicClasses(eng.topics)
	f.terms[slotCHPL] = c.rules.tier(st.hs6, st.conduct)
	f.words[slotHS6] = c.codesOf(st.hs6)
	f.terms[slotDirection] = mask(st.terms.direction)
	f.terms[slotBasis] = bit(bases, orElse(st.counterparty.basis, claims.CounterpartyUnstated))
	if st.currency != "" {
		f.terms[slotNexus] = truth(st.currency == claims.Dollar)
	}
	f.numbers[slotAmount] = st.usd
	f.numbers[slotYear] = c.years.around(st, false)
	t := c.trades.at(st.terms)
	if t.count > 0 {
		f.numbers[slotDealings] = numeral{t.count * million, true}
		f.terms[slotTrend] = t.trend
	}
	if !st.conduct.IsZero() {
		f.numbers[slotAge] = numeral{int64(max(0, c.asOf.DaysSince(st.conduct))) * million, true}
	}
	if !st.conduct.IsZero() && !st.from.IsZero() {
		f.numbers[slotLasted] = numeral{int64(max(0, st.conduct.DaysSince(st.from))) * million, true}
	}
	sureEnd, highEnd := endTerm(eng.ended), endTerm(acc.left)
	if eng.endDoubt {
		sureEnd = endTerm("")
	}
	if use == inHigh && highEnd != endTerm("") {
		sureEnd = highEnd
	}
	f.terms[slotEnded] = sureEnd
	if sureEnd != 1 {
		f.numbers[slotEndedOn] = digits(eng.endDay)
	}
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
		early, then, now := c.screened[at[0]], c.screened[at[1]], c.screened[at[2]]
		parties = [2]int{at[1], at[2]}
		stated := st.counterparty.basis == claims.CounterpartyStated
		if stated {
			sure.terms[slotBody] = then.body
		}
		if !stated || early.uncertain || then.uncertain || now.uncertain || at[0] != at[1] && !sameStanding(early, then) {
			maybe().addCounterparty(early, then, now, true)
			maybe().terms[slotBody] = then.body
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
		c.openUnstated(maybe, high)
	}
	if sure.terms[slotRussia] == 0 {
		maybe().terms[slotRussia] = yes
	}
	if len(eng.heard) > len(eng.topics) {
		maybe().terms[slotTopic] = c.topicClasses(eng.heard)
	}
	if firm.high != firm.sure {
		copy(maybe().terms[slotFirm:slotFirm+len(authoritySuffixes)], firm.high.terms[slotFirm:])
		maybe().terms[slotFI] = firm.high.terms[slotFI]
		maybe().words[slotFirmProgramme] = firm.high.words[slotFirmProgramme]
	}
	sure.terms[slotDeclared] = no
	if c.declares(acc) { // and whether that is open business is for an authority to find
		maybe().terms[slotDeclared] = no
		sure.terms[slotDeclared] = yes
	}
	if highEnd != sureEnd {
		maybe().terms[slotEnded] = highEnd
		maybe().numbers[slotEndedOn] = numeral{}
	}
	if use != asCertain {
		if year := c.years.around(st, true); year != sure.numbers[slotYear] {
			maybe().numbers[slotYear] = year
		}
		strands, rising := c.trades.apart(st.terms)
		if strands > t.count {
			maybe().numbers[slotDealings] = numeral{strands * million, true}
		}
		if rising && t.trend != growing { // for a while it grew
			maybe().terms[slotTrend] = growing
		}
	}
	// "Nearly" is less, and "about" may be; "over" has no end, as has a value in a currency
	// without rate.
	switch st.qualifier {
	case claims.Nearly, claims.About:
		maybe()
		sure.numbers[slotAmount] = st.leastUSD()
	case claims.AtLeast, claims.Over:
		maybe().numbers[slotAmount] = numeral{openUpwards, true}
	}
	switch {
	case st.amount != "" && !st.usd.known:
		maybe().numbers[slotAmount] = numeral{openUpwards, true}
	case st.amount == "" && st.most.known: // as others tell
		maybe().numbers[slotAmount] = st.most
	}
	if st.currency == "" && acc.others.dollars {
		maybe().terms[slotNexus] = yes
	}
	if st.hs6 == "" && acc.others.codes != "" {
		maybe().words[slotHS6] = c.codesOf(acc.others.codes)
		maybe().terms[slotCHPL] = c.rules.tier(acc.others.codes, st.conduct)
	}
	// Codes that a source does not give may be other than those that a licence names.
	if st.hs6 == "" && st.itemClass != "" && f.terms[slotKind]&c.rules.licensedKinds != 0 {
		maybe().words[slotHS6] = []string{}
	}
	// A dealing that is reported went some way and in some direction: where its
	// source does not say, the high score takes the gravest.
	if sure.terms[slotStage] == 0 {
		maybe().terms[slotStage] = bit(stages, claims.Completed)
	}
	if sure.terms[slotDirection] == 0 {
		maybe().terms[slotDirection] = bit(directions, claims.ToRussia)
	}
	if use == asCertain {
		high = sure
	}
	first, last := st.starts()
	it := item{sure: sure, high: high, when: when{first, last, st.conduct, st.early, c.asOf}, highOnly: use == inHigh, certain: use == asCertain,
		weight: triple{row.low, row.point, row.high}, strands: acc.strands, engagement: int32(e), account: int32(k), talk: eng.talk, contends: k > 0 || use == inHigh}
	for _, in := range acc.strands {
		it.weight.high = max(it.weight.high, in.weight)
	}
	c.add(it, parties)
	if use != asCertain {
		c.addAlternatives(it, acc, st, parties)
	}
	return nil
}

// addAlternatives asks what a reading gives in the high score if its blanks are this or
// that. It was a dealing of some kind, in something, of some value: no kind or class is
// graver than all others under every authority, and a value that others tell is below a
// threshold that one nobody tells may meet, so each contends for the high score.
func (c *course) addAlternatives(it item, acc *account, st *reading, parties [2]int) {
	it.contends, it.alternative = true, true
	high := it.high
	highs := [2]*Facts{high}
	if st.amount == "" && st.most.known {
		highs[1] = c.newFacts(high)
		highs[1].numbers[slotAmount] = numeral{}
	}
	for n, high := range highs {
		if high == nil {
			break
		}
		for _, kind := range gravest(kinds, st.kind, func(k claims.Kind) bool { return isTrade(k) || acc.others.kinds&bit(kinds, k) != 0 }) {
			for _, class := range gravest(itemClasses, st.itemClass, func(i claims.ItemClass) bool { return isGoods(i) || acc.others.classes&bit(itemClasses, i) != 0 }) {
				if n == 0 && kind == st.kind && class == st.itemClass {
					continue
				}
				it.high = c.newFacts(high)
				it.high.terms[slotKind], it.high.terms[slotItem] = bit(kinds, kind), bit(itemClasses, class)
				c.add(it, parties)
			}
		}
	}
}

// endTerm is an end as a term of the fact of that name; none is one, too.
func endTerm(end claims.Stage) uint64 {
	return 1 << (1 + slices.Index(stages[endStages:], end))
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

func isTrade(k claims.Kind) bool {
	switch k {
	case claims.Meeting, claims.Delegation, claims.AssociationRepresentation, claims.PersonalPresence, claims.Remediation, claims.StateAct, claims.Figure, claims.Analysis:
		return false
	}
	return true
}

func isGoods(class claims.ItemClass) bool { return class != claims.Civilian && class != claims.NoItem }

// declares reports whether the firm itself tells of the account, by name or in a
// document.
func (c *course) declares(a *account) bool {
	return slices.ContainsFunc(a.affirm, func(i int) bool {
		m := &c.subject.claims[i]
		return m.byFirm && (m.SourceNaming == claims.Named || m.SourceNaming == claims.Document)
	})
}

// digits is a day as a number, year, month and day in a row.
func digits(day sanctions.Date) numeral {
	if day.IsZero() {
		return numeral{}
	}
	y, m, d := day.Civil()
	return numeral{int64(10000*y+100*int(m)+d) * million, true}
}

func (c *course) topicClasses(topics []int) uint64 {
	var mask uint64
	for _, i := range topics {
		mask |= bit(itemClasses, c.subject.claims[i].ItemClass)
	}
	if mask == 0 {
		mask = bit(itemClasses, claims.NoItem)
	}
	return mask
}
