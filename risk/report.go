package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// report turns the ledger into the assessment a reader sees.
func (c *course) report(l *ledger) assessment.Assessment {
	firm := &c.subject.firm
	a := assessment.Assessment{
		Schema: assessment.Schema, AsOf: c.asOf, Firm: assessment.FirmRef{ID: firm.ID, Name: firm.Name, Country: firm.Country, Sector: firm.Sector, FinancialInstitution: firm.FinancialInstitution, Source: firm.Source},
		Listed: c.standing.Listed(), Owned: c.standing.Owned(),
		Standing: c.standing, Coverage: c.coverage,
		Inputs: assessment.Inputs{Method: Method, Subject: c.subject.digest, Rules: c.rules.Digest(), Rates: c.rates.Digest(), Unknown: c.unknown},
	}
	slices.SortFunc(l.totals, func(x, y total) int { return c.rules.compareTotals(&x, &y) })
	high := triple{}
	c.findRemedies()
	reached := make([]bool, len(c.rules.authorities))
	c.room(l)
	c.noted = slices.Grow(c.noted[:0], len(c.rules.rules)/64+1)[:len(c.rules.rules)/64+1]
	a.Authorities = make([]assessment.Reached, len(l.totals))
	gaps := 0
	for i := range l.totals {
		gaps += len(c.rules.authorities[l.totals[i].authority].elements)
	}
	c.gaps.grow(gaps)
	c.strings.grow(4 * len(l.totals))
	for i := range l.totals {
		t := &l.totals[i]
		high = triple{max(high.low, t.amount.low), max(high.point, t.amount.point), max(high.high, t.amount.high)}
		reached[t.authority] = true
		c.reached(l, t, &a.Authorities[i])
	}
	a.NotReached = slices.Grow(a.NotReached, len(reached)-len(l.totals))
	for i, yes := range reached {
		if !yes {
			a.NotReached = append(a.NotReached, c.rules.authorities[i].ID)
		}
	}
	a.Score = *c.points.score(high)
	a.Grade = c.rules.grades(high)
	if high.point > 0 {
		a.Strongest, a.Nature = a.Authorities[0].Authority, a.Authorities[0].Nature
	}
	for i := range l.totals {
		if r := &a.Authorities[i]; r.Nature != tables.Own {
			c.single.exposure = assessment.Exposure{Authority: r.Authority, Nature: r.Nature, Reach: r.Reach, Score: r.Score, Grade: c.rules.grades(l.totals[i].amount)}
			a.Exposure = &c.single.exposure
			break
		}
	}
	a.Margin = c.margin(high.point)
	a.Engagements = c.showEngagements(l)
	a.Context = c.showContext()
	a.Conditions = c.caveats(l)
	a.Finding = findingOf(&a)
	a.Reason = c.reason(&a, l)
	c.handOutNumbers()
	return a
}

func (c *course) margin(point int64) (m assessment.Margin) {
	rs := c.rules
	at := rs.band(point)
	if at+1 < len(rs.edges) {
		c.single.up = assessment.Distance{Grade: rs.tables.Bands[at+1].ID, Points: c.points.of(rs.edges[at+1] - point)}
		m.Up = &c.single.up
	}
	if at > 0 {
		// The edge itself still holds the grade, so a millionth more must go.
		c.single.down = assessment.Distance{Grade: rs.tables.Bands[at-1].ID, Points: c.points.of(point - rs.edges[at] + 1)}
		m.Down = &c.single.down
	}
	return m
}

// room makes room for the factors and for the facts that they name, of which
// those of the evidence are named once an item and shared.
func (c *course) room(l *ledger) {
	c.weighed = slices.Grow(c.weighed[:0], len(c.items))[:len(c.items)]
	c.shown = slices.Grow(c.shown[:0], int(c.counted))[:c.counted]
	clear(c.weighed)
	clear(c.shown)
	holds, lines := 0, 0
	for i := range l.tallies {
		t := &l.tallies[i]
		set := c.items[t.item].shown
		for k := t.from; k < t.to; k++ {
			e := &l.entries[k]
			switch {
			case e.rule >= 0:
				r := &c.rules.rules[e.rule]
				holds += len(r.facts)
				c.shown[set+c.possible(e, &c.items[t.item])].named.add(r.asks)
			case e.step == atEvidence && !c.weighed[t.item].counted && c.items[t.item].engagement >= 0:
				c.weighed[t.item].counted = true
				holds += len(evidenceShown)
				c.shown[set].named.add(evidenceAsks)
			}
		}
		lines += int(t.to-t.from) + oneIf(t.account != triple{}) + oneIf(t.combine != triple{})
	}
	facts := 0
	for i := range c.shown {
		c.shown[i].first = facts
		facts += c.shown[i].named.count()
	}
	c.lines, c.holds, c.heldFacts = make([]assessment.Factor, 0, lines), make([]*assessment.Held, 0, holds), make([]assessment.Held, facts)
	c.places = make([]assessment.Place, (1+len(c.engagements))*len(steps))
}

// possible is 1 for the line of a rule that fires only on what is possible of the item,
// if that is another set of facts. What is certain may fire in the high score alone, too:
// on a day that nobody is sure of.
func (c *course) possible(e *entry, it *item) int32 {
	if e.amount.low == 0 && e.amount.point == 0 && it.high != it.sure && decide(c.rules.rules[e.rule].tests, it.high) != sanctions.No {
		return 1
	}
	return 0
}

func (c *course) evidenceRow(it *item) *compiledRow {
	return &c.rules.evidence[c.engagements[it.engagement].accounts[it.account].row]
}

// reached shows one authority: its ledger, its reach, and what is missing.
func (c *course) reached(l *ledger, t *total, r *assessment.Reached) {
	authority := &c.rules.authorities[t.authority]
	*r = assessment.Reached{Authority: authority.ID, Title: authority.Title, Nature: authority.Nature, Citation: authority.Citation,
		Score: *c.points.score(t.amount)}
	start := len(c.lines)
	best, reach := int32(-1), rankIndicator
	clear(c.noted)
	c.aggravating, c.mitigating = c.aggravating[:0], c.mitigating[:0]
	for _, i := range l.of(t) {
		tl := &l.tallies[i]
		for k := tl.from; k < tl.to; k++ {
			c.factor(tl, &l.entries[k])
		}
		if e := c.items[tl.item].engagement; e >= 0 && tl.total.high > 0 {
			for _, i := range c.remediesOf(int(e)) {
				c.mitigating = appendNew(c.mitigating, c.rules.tables.Imputation[c.rules.impute(&c.subject.sorts[c.subject.claims[i].sort])].ID)
			}
		}
		c.methodLine(tl, atAccount, tl.account)
		c.methodLine(tl, atCombine, tl.combine)
		limit := c.reachLimit(tl)
		if most := max(limit, rankIndicator); best >= 0 && (most < reach || most == reach && tl.total.point <= l.tallies[best].total.point) {
			continue // it can not be further, nor weigh more
		}
		if got := c.reachOf(authority, tl, limit); got > reach {
			reach, best = got, i
		} else if best < 0 || got == reach && tl.total.point > l.tallies[best].total.point {
			best = i
		}
	}
	r.Reach = reaches[reach]
	r.Factors = c.lines[start:len(c.lines):len(c.lines)]
	r.Aggravating, r.Mitigating = c.handOut(c.aggravating), c.handOut(c.mitigating)
	r.Missing = c.missing(authority, &l.tallies[best])
}

// evidenceShown is all facts of scope evidence: an engagement's weight is shown
// with everything that was asked, not only with what its row asks.
var evidenceShown = func() (facts []uint8) {
	for i := range catalogue {
		if catalogue[i].Scope == tables.ScopeEvidence {
			facts = append(facts, uint8(i))
		}
	}
	return facts
}()

var evidenceAsks = setOf(evidenceShown)

// method is the rows of what the ledger itself does.
var method = [...]*assessment.Row{
	atClamp:    {Why: "points of one engagement stay between 0 and 100", Citation: "method: package documentation of risk"},
	atEvidence: {Why: "ownership or control that is only possible does not count in the low score", Citation: "method: package documentation of risk"},
	atAccount:  {Why: "another account of the same engagement widens the bounds; it does not count twice", Citation: "method: package documentation of risk"},
	atCombine:  {Why: "engagements combine as 100·(1−∏(1−p/100)), strongest first; this is what stronger ones leave", Citation: "method: package documentation of risk"},
}

// line puts a factor at the end of the lines, which have room for it.
func (c *course) line(it *item, step uint8) *assessment.Factor {
	p := &c.places[int(it.engagement+1)*len(steps)+int(step)]
	if p.Step == "" {
		p.Step, p.Engagement = steps[step], c.engagementID(it)
	}
	c.lines = c.lines[:len(c.lines)+1]
	f := &c.lines[len(c.lines)-1]
	f.Place = p
	return f
}

func (c *course) methodLine(t *tally, step uint8, amount triple) {
	if amount != (triple{}) {
		f := c.line(&c.items[t.item], step)
		f.Points, f.Row = c.points.score(amount), method[step]
	}
}

// factor shows one line of the ledger, with the facts its rule rests on.
func (c *course) factor(t *tally, e *entry) {
	if e.rule < 0 && (e.step != atEvidence || c.items[t.item].engagement < 0) {
		c.methodLine(t, e.step, e.amount)
		return
	}
	it := &c.items[t.item]
	f := c.line(it, e.step)
	if e.step == atEvidence {
		w := &c.weighed[t.item]
		if w.facts == nil {
			w.facts = c.holding(evidenceShown, it.sure, t.item, it.shown)
		}
		f.Row, f.Points, f.Facts = c.evidenceRow(it).row, c.points.score(e.amount), w.facts
		return
	}
	r := &c.rules.rules[e.rule]
	f.Row = r.row
	if word, bit := e.rule/64, uint64(1)<<(e.rule%64); !r.basis && c.noted[word]&bit == 0 {
		c.noted[word] |= bit
		if r.Role == tables.Aggravating {
			c.aggravating = append(c.aggravating, r.ID)
		} else {
			c.mitigating = append(c.mitigating, r.ID)
		}
	}
	switch {
	case e.step != atRule:
		f.Points = c.points.score(e.amount)
	case e.amount.point == 0:
		f.Points = &r.shown[2]
	case e.amount.high == 0:
		f.Points = &r.shown[1]
	default:
		f.Points = &r.shown[0]
	}
	facts, set := it.sure, it.shown
	if c.possible(e, it) > 0 {
		facts, set = it.high, it.shown+1
	}
	f.Facts = c.holding(r.facts, facts, t.item, set)
}

// holding shows facts of a set. Each is shown once and shared by all factors that
// rest on it.
func (c *course) holding(facts []uint8, f *Facts, item, set int32) []*assessment.Held {
	from := len(c.holds)
	c.holds = c.holds[:from+len(facts)]
	out := c.holds[from:len(c.holds):len(c.holds)]
	known := &c.shown[set]
	for i, n := range facts {
		h := &c.heldFacts[known.first+known.named.before(n)]
		if word, bit := n/64, uint64(1)<<(n%64); known.made[word]&bit == 0 {
			known.made[word] |= bit
			fact := &catalogue[n]
			h.Fact, h.Sources = fact.Name, c.sources(fact, item)
			if fact.Type == tables.FactNumber {
				c.write(f.numbers[fact.slot], &h.Value)
			} else {
				h.Value = f.show(fact)
			}
		}
		out[i] = h
	}
	return out
}

// sources are the places a fact of an item was read from.
func (c *course) sources(fact *fact, n int32) []sanctions.Source {
	it := &c.items[n]
	switch {
	case fact.Scope == tables.ScopeFirm || it.engagement < 0:
		return c.firmSources()
	case fact.about == aboutNow:
		if p := c.parties[n][1]; p >= 0 {
			return c.screened[p].places()
		}
	case fact.about == aboutThen:
		if p := c.parties[n][0]; p >= 0 {
			return c.screened[p].places()
		}
	case fact.about == aboutTopic:
		return c.engagements[it.engagement].topicSources(c.subject.claims)
	}
	return c.engagements[it.engagement].accounts[it.account].sources
}

func (c *course) firmSources() []sanctions.Source {
	if c.firmPlaces == nil {
		c.firmPlaces = append(c.subject.places, standingSources(c.standing)...)
	}
	return c.firmPlaces
}
