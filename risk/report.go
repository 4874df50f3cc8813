package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
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
	c.rules.sort(l.totals)
	high := triple{}
	reached := make([]bool, len(c.rules.authorities))
	c.room(l)
	c.noted = slices.Grow(c.noted[:0], len(c.rules.rules)/64+1)[:len(c.rules.rules)/64+1]
	a.Authorities = make([]assessment.Reached, len(l.totals))
	gaps := 0
	for i := range l.totals {
		gaps += len(c.rules.authorities[l.totals[i].authority].elements)
	}
	c.gaps.grow(gaps)
	c.ruleNames = c.ruleNames[:0]
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
	for i := range a.Authorities {
		r := &a.Authorities[i]
		r.Aggravating, r.Mitigating = c.handOut(r.Aggravating), c.handOut(r.Mitigating)
	}
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
		it := &c.items[tl.item]
		for k := tl.from; k < tl.to; k++ {
			c.line(it, &l.entries[k])
		}
		if e := it.engagement; e >= 0 && tl.total.high > 0 {
			for _, i := range c.remediesOf(int(e)) {
				c.mitigating = appendNew(c.mitigating, c.rules.tables.Imputation[c.rules.impute(&c.subject.sorts[c.subject.claims[i].sort])].ID)
			}
		}
		c.methodLine(it, atAccount, tl.account)
		c.methodLine(it, atCombine, tl.combine)
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
	c.ruleNames = append(append(c.ruleNames, c.aggravating...), c.mitigating...)
	named := c.ruleNames[len(c.ruleNames)-len(c.aggravating)-len(c.mitigating):]
	r.Aggravating, r.Mitigating = named[:len(c.aggravating)], named[len(c.aggravating):] // to be handed out
	r.Missing = c.missing(authority, &l.tallies[best])
}
