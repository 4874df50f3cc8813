package risk

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// report turns the ledger into the assessment a reader sees.
func (c *course) report(l *ledger) Assessment {
	firm := &c.subject.firm
	a := Assessment{
		Schema: Schema, AsOf: c.asOf, Firm: FirmRef{firm.ID, firm.Name, firm.Country, firm.Source},
		Listed: c.standing.Listed(), Owned: c.standing.Owned(),
		Standing: c.standing, Coverage: c.coverage,
		Inputs: Inputs{Subject: c.subject.digest, Rules: c.rules.Digest(), Rates: c.rates.Digest(), Unknown: c.unknown},
	}
	slices.SortStableFunc(l.totals, func(x, y total) int { return c.rules.compareTotals(&x, &y) })
	high := triple{}
	reached := make([]bool, len(c.rules.authorities))
	facts, count := c.size(l)
	held, lines := make([]*Held, 0, facts), make([]Factor, 0, count)
	if len(c.scratch.held) < int(c.counted) {
		c.scratch.held = make([][numFacts]*Held, 2*c.counted)
	}
	c.shown = c.scratch.held[:c.counted]
	a.Authorities = make([]Reached, 0, len(l.totals))
	for i := range l.totals {
		t := &l.totals[i]
		high = triple{max(high.low, t.amount.low), max(high.point, t.amount.point), max(high.high, t.amount.high)}
		reached[t.authority] = true
		var r Reached
		r, lines, held = c.reached(l, t, lines, held)
		a.Authorities = append(a.Authorities, r)
	}
	for i, yes := range reached {
		if !yes {
			a.NotReached = append(a.NotReached, c.rules.authorities[i].ID)
		}
	}
	a.Score = newScore(high)
	a.Grade = c.rules.grades(high)
	if high.point > 0 {
		a.Strongest, a.Nature = a.Authorities[0].Authority, a.Authorities[0].Nature
	}
	for i := range l.totals {
		if r := &a.Authorities[i]; r.Nature != Own {
			a.Exposure = &Exposure{r.Authority, r.Nature, r.Reach, r.Score, c.rules.grades(l.totals[i].amount)}
			break
		}
	}
	a.Margin = c.rules.margin(high.point)
	a.Engagements = c.showEngagements(l)
	a.Context = c.showContext()
	a.Conditions = c.caveats(l)
	a.Finding = a.finding()
	a.Reason = c.reason(&a, l)
	return a
}

// compareTotals puts the strongest first: by point score, then by the high; at
// equal scores what the firm does comes before what it is, then the names decide.
func (rs *Ruleset) compareTotals(a, b *total) int {
	own := func(t *total) int {
		if rs.authorities[t.authority].Nature == Own {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(b.amount.point, a.amount.point), cmp.Compare(own(a), own(b)),
		cmp.Compare(b.amount.high, a.amount.high), cmp.Compare(a.authority, b.authority))
}

func newScore(t triple) Score {
	s := Score{Point: newPoints(t.point)}
	if s.Low = s.Point; t.low != t.point {
		s.Low = newPoints(t.low)
	}
	if s.High = s.Point; t.high != t.point {
		s.High = newPoints(t.high)
	}
	return s
}

func (rs *Ruleset) grades(t triple) Grades {
	bands := rs.tables.Bands
	return Grades{bands[rs.band(t.low)].ID, bands[rs.band(t.point)].ID, bands[rs.band(t.high)].ID}
}

func (rs *Ruleset) margin(point int64) Margin {
	var m Margin
	at := rs.band(point)
	if at+1 < len(rs.edges) {
		m.Up = &Distance{rs.tables.Bands[at+1].ID, newPoints(rs.edges[at+1] - point)}
	}
	if at > 0 {
		// The edge itself still holds the grade, so a millionth more must go.
		m.Down = &Distance{rs.tables.Bands[at-1].ID, newPoints(point - rs.edges[at] + 1)}
	}
	return m
}

// size counts the facts that the factors will name, and the factors.
func (c *course) size(l *ledger) (facts, lines int) {
	for i := range l.tallies {
		t := &l.tallies[i]
		for _, e := range l.entries[t.from:t.to] {
			switch e.step {
			case atRule:
				facts += len(c.rules.rules[e.rule].tests)
			case atEvidence:
				facts += len(evidenceShown)
			}
		}
		lines += int(t.to - t.from)
		if t.account != (triple{}) {
			lines++
		}
		if t.combine != (triple{}) {
			lines++
		}
	}
	return facts, lines
}

func (c *course) evidenceRow(it *item) *compiledRow {
	return &c.rules.evidence[c.engagements[it.engagement].accounts[it.account].row]
}

// reached shows one authority: its ledger, its reach, and what is missing. Lines
// and held facts are put at the end of slabs that all authorities share.
func (c *course) reached(l *ledger, t *total, lines []Factor, held []*Held) (Reached, []Factor, []*Held) {
	authority := &c.rules.authorities[t.authority]
	r := Reached{Authority: authority.ID, Title: authority.Title, Nature: authority.Nature, Citation: authority.Citation,
		Reach: Indicator, Score: newScore(t.amount)}
	start := len(lines)
	best := int32(-1)
	for _, i := range t.tallies {
		tl := &l.tallies[i]
		for k := tl.from; k < tl.to; k++ {
			lines, held = c.factor(tl, &l.entries[k], lines, held)
		}
		lines = c.methodLine(tl, StepAccount, tl.account, lines)
		lines = c.methodLine(tl, StepCombine, tl.combine, lines)
		if reach := c.reachOf(authority, tl); reachRank(reach) > reachRank(r.Reach) {
			r.Reach, best = reach, i
		} else if best < 0 || reach == r.Reach && tl.total.point > l.tallies[best].total.point {
			best = i
		}
	}
	r.Factors = lines[start:len(lines):len(lines)]
	r.Aggravating = c.inRole(Aggravating, r.Factors)
	r.Mitigating = c.inRole(Mitigating, r.Factors)
	r.Missing = c.missing(authority, &l.tallies[best])
	return r, lines, held
}

// inRole names the rules of a role among the factors.
func (c *course) inRole(role Role, factors []Factor) []string {
	n := 0
	for i := range factors {
		if factors[i].Role == role {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	out := c.strings.take(n)[:0]
	for i := range factors {
		if factors[i].Role == role {
			out = appendNew(out, factors[i].Rule)
		}
	}
	return out
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// evidenceShown is all facts of scope evidence: an engagement's weight is shown
// with everything that was asked, not only with what its row asks.
var evidenceShown = func() (tests []test) {
	for i := range catalogue {
		if catalogue[i].Scope == ScopeEvidence {
			tests = append(tests, test{kind: catalogue[i].Type, slot: catalogue[i].slot, fact: i})
		}
	}
	return tests
}()

// method is the rows of what the ledger itself does.
var method = map[Step]*Row{
	StepClamp:   {Why: "points of one engagement stay between 0 and 100", Citation: "method: package documentation of risk"},
	StepAccount: {Why: "another account of the same engagement widens the bounds; it does not count twice", Citation: "method: package documentation of risk"},
	StepCombine: {Why: "engagements combine as 100·(1−∏(1−p/100)), strongest first; this is what stronger ones leave", Citation: "method: package documentation of risk"},
}

func (c *course) engagementID(it *item) string {
	if it.engagement < 0 {
		return ""
	}
	return c.engagements[it.engagement].id
}

func (c *course) methodLine(t *tally, step Step, amount triple, lines []Factor) []Factor {
	if amount == (triple{}) {
		return lines
	}
	return append(lines, Factor{Step: step, Engagement: c.engagementID(&c.items[t.item]), Points: newScore(amount), Row: method[step]})
}

// factor shows one line of the ledger, with the facts its rule rests on.
func (c *course) factor(t *tally, e *entry, lines []Factor, held []*Held) ([]Factor, []*Held) {
	if e.rule < 0 && e.step != atEvidence {
		return c.methodLine(t, steps[e.step], e.amount, lines), held
	}
	it := &c.items[t.item]
	f := Factor{Step: steps[e.step], Engagement: c.engagementID(it)}
	facts, from := it.sure, len(held)
	var tests []test
	switch e.step {
	case atRule:
		r := &c.rules.rules[e.rule]
		f.Row, tests = r.row, r.tests
		f.Points = Score{r.shown, r.shown, r.shown}
		if e.amount.point == 0 {
			f.Points.Low, f.Points.Point, facts = Points{}, Points{}, it.high
		}
		if e.amount.high == 0 {
			f.Points.High = Points{}
		}
	case atEvidence:
		w := c.evidenceRow(it)
		f.Row, tests, f.Points = w.row, evidenceShown, newScore(e.amount)
	default:
		f.Row, f.Points = c.rules.rules[e.rule].row, newScore(e.amount)
	}
	for i := range tests {
		held = append(held, c.held(&tests[i], facts, t.item))
	}
	f.Facts = held[from:len(held):len(held)]
	return append(lines, f), held
}

// held shows a fact that a test holds on. A fact of an item is shown once and
// shared by all factors that rest on it.
func (c *course) held(t *test, f *Facts, item int32) *Held {
	set := c.items[item].shown
	if f != c.items[item].sure {
		set++
	}
	at := &c.shown[set][t.fact]
	if *at == nil {
		if len(c.slab) == cap(c.slab) {
			c.slab = make([]Held, 0, 64)
		}
		fact := &catalogue[t.fact]
		c.slab = append(c.slab, Held{Fact: fact.Name, Value: f.show(fact), Sources: c.sources(fact, item)})
		*at = &c.slab[len(c.slab)-1]
	}
	return *at
}

// sources are the places a fact of an item was read from.
func (c *course) sources(fact *Fact, n int32) []sanctions.Source {
	it := &c.items[n]
	switch {
	case fact.Scope == ScopeFirm || it.engagement < 0:
		return c.firmSources()
	case strings.HasPrefix(fact.Name, "cp_now_"):
		if p := c.parties[n][1]; p >= 0 {
			return c.screened[p].sources
		}
	case strings.HasPrefix(fact.Name, "cp_"):
		if p := c.parties[n][0]; p >= 0 {
			return c.screened[p].sources
		}
	case fact.Name == "topic_class":
		return c.engagements[it.engagement].topicSources(c.subject.claims)
	}
	return c.engagements[it.engagement].accounts[it.account].sources
}

func (c *course) firmSources() []sanctions.Source {
	if c.firmPlaces == nil {
		c.firmPlaces = append([]sanctions.Source{c.subject.firm.Source}, standingSources(c.standing)...)
	}
	return c.firmPlaces
}
