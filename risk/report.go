package risk

import (
	"cmp"
	"math/bits"
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

func reachRank(r Reach) int { return slices.Index(reaches, r) }

// element answers for an element, any of whose rows may show it.
func elementHolds(rows []compiledElement, f *Facts) sanctions.Answer {
	answer := sanctions.No
	for i := range rows {
		switch decide(rows[i].tests, f) {
		case sanctions.Yes:
			return sanctions.Yes
		case sanctions.Unknown:
			answer = sanctions.Unknown
		}
	}
	return answer
}

// eachElement calls f with the rows of each element of an authority.
func (a *compiledAuthority) eachElement(f func(rows []compiledElement)) {
	for from := 0; from < len(a.elements); {
		to := from + 1
		for to < len(a.elements) && a.elements[to].ID == a.elements[from].ID {
			to++
		}
		f(a.elements[from:to])
		from = to
	}
}

// reachOf tells how far an engagement carries an authority: as far as its
// evidence allows where all elements are shown; at most plausible where they are
// only possible; an indicator where one is missing.
func (c *course) reachOf(a *compiledAuthority, t *tally) Reach {
	it := &c.items[t.item]
	limit := Strong
	if it.engagement >= 0 {
		if row := c.engagements[it.engagement].accounts[it.account].row; row >= 0 {
			limit = c.rules.tables.Evidence[row].Reach
		}
	}
	if t.total.high == 0 {
		return Indicator // suppressed, by a licence or otherwise
	}
	if it.engagement < 0 {
		limit = ownReach(it.sure)
	}
	if !t.basis {
		limit = reaches[min(reachRank(limit), reachRank(Plausible))]
	}
	a.eachElement(func(rows []compiledElement) {
		if rows[0].Determination || elementHolds(rows, it.sure) == sanctions.Yes {
			return
		}
		if elementHolds(rows, it.high) == sanctions.Yes {
			limit = reaches[min(reachRank(limit), reachRank(Plausible))]
		} else {
			limit = Indicator
		}
	})
	return limit
}

// ownReach says how sure the firm's own listing or ownership is: a minority of
// listed owners is an indicator and no more.
func ownReach(f *Facts) Reach {
	var all uint64
	for _, v := range f.terms[slotFirm : slotFirm+len(authoritySuffixes)] {
		all |= v
	}
	switch {
	case all&^(bitNone|bitMinority|bitPossiblyOwned|bitControl) != 0:
		return Strong
	case all&(bitPossiblyOwned|bitControl) != 0:
		return Plausible
	}
	return Indicator
}

func (c *course) missing(a *compiledAuthority, t *tally) []Gap {
	if len(a.elements) == 0 {
		return nil
	}
	out := c.gaps.take(len(a.elements))[:0]
	it := &c.items[t.item]
	a.eachElement(func(rows []compiledElement) {
		g := Gap{Requirement: rows[0].row}
		if !g.Determination {
			if g.State = elementHolds(rows, it.sure); g.State == sanctions.Yes {
				return
			}
			if elementHolds(rows, it.high) == sanctions.Yes {
				g.State = sanctions.Possible
			}
		}
		out = append(out, g)
	})
	return out
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

func (e *engagement) topicSources(claims []relatedClaim) []sanctions.Source {
	out := make([]sanctions.Source, len(e.topics))
	for i, t := range e.topics {
		out[i] = claims[t].Source
	}
	return out
}

// showEngagements lists the engagements in canonical order, in each the account
// first that weighs most with the strongest authority that counts it.
func (c *course) showEngagements(l *ledger) []Engagement {
	out := make([]Engagement, len(c.engagements))
	lead := make([]int32, len(c.engagements))
	most := make([]triple, len(c.engagements))
	for i := range l.tallies {
		t := &l.tallies[i]
		it := &c.items[t.item]
		if it.engagement < 0 {
			continue
		}
		if m := &most[it.engagement]; cmp.Or(cmp.Compare(t.total.point, m.point), cmp.Compare(t.total.high, m.high)) > 0 {
			*m, lead[it.engagement] = t.total, it.account
		}
	}
	for i := range c.engagements {
		e := &c.engagements[i]
		o := Engagement{ID: e.id, Ended: e.ended, Ends: c.refs(e.ends), Relays: c.refs(e.relays), Replaced: c.refs(e.replaced)}
		o.Accounts = c.shownAccounts.take(len(e.accounts))[:0]
		o.Accounts = append(o.Accounts, c.showAccount(&e.accounts[lead[i]]))
		for k := range e.accounts {
			if k != int(lead[i]) {
				o.Accounts = append(o.Accounts, c.showAccount(&e.accounts[k]))
			}
		}
		for _, t := range e.topics {
			m := &c.subject.claims[t]
			o.Topics = append(o.Topics, Topic{m.Item, m.ItemClass, m.Kind, m.Stage, m.Direction,
				cmp.Or(m.CounterpartyName, m.CounterpartyID), m.CounterpartyBasis, m.Source})
		}
		out[i] = o
	}
	return out
}

// asGiven is the weight of a case whose facts say nothing of evidence.
var asGiven = &Weight{ID: "as given", Status: NotKnown, Reach: Strong}

func (c *course) weight(a *account) (*Weight, *compiledRow) {
	if a.row < 0 {
		return asGiven, &compiledRow{weight: newScore(triple{million, million, million})}
	}
	return &c.rules.tables.Evidence[a.row], &c.rules.evidence[a.row]
}

func (c *course) showAccount(a *account) Account {
	w, row := c.weight(a)
	o := Account{Kind: a.kind, Stage: a.stage, Item: a.item, ItemClass: a.itemClass, HS6: splitCodes(a.hs6), Direction: a.direction,
		From: a.from, To: a.to, LastKnown: a.conduct,
		Evidence: Evidence{Status: w.Status, Row: w.ID, Weight: row.weight, Roots: a.roots,
			Affirm: c.refs(a.affirm), Against: c.refs(a.against)}}
	if a.amount != "" {
		o.Amount = &Amount{Value: a.amount, Currency: a.currency, Qualifier: a.qualifier}
		if a.usd.known {
			o.Amount.USD = a.usd.String()
		}
	}
	if p := c.parties[a.asked]; p[0] >= 0 {
		o.Counterparty = &Counterparty{ID: a.counterparty.id, Name: a.counterparty.name, Basis: a.counterparty.basis,
			Then: &c.screened[p[0]].standing, Now: &c.screened[p[1]].standing}
	}
	return o
}

func (c *course) refs(claims []int) []*ClaimRef {
	if len(claims) == 0 {
		return nil
	}
	out := c.claimRefs.take(len(claims))
	for i, n := range claims {
		out[i] = c.subject.claims[n].ref
	}
	return out
}

func newRef(c *Claim, root string) *ClaimRef {
	return &ClaimRef{EngagementID: c.EngagementID, Polarity: c.Polarity, Subject: cmp.Or(c.SubjectName, c.SubjectID), Kind: c.Kind,
		Stage: c.Stage, StatementBy: c.StatementBy, Publisher: c.Publisher, Root: root, Naming: c.SourceNaming,
		Known: orElse(c.AsKnownAt, c.StatementDate), Quote: c.Quote, Source: c.Source}
}

func (c *course) showContext() []Context {
	var out []Context
	for _, x := range c.context {
		o := Context{Claim: c.subject.claims[x.claim].ref, Reason: x.reason}
		if x.imputation >= 0 {
			m := &c.rules.tables.Imputation[x.imputation]
			o.Reason, o.Imputation, o.Citation = m.Reason, m.ID, m.Citation
		}
		out = append(out, o)
	}
	return out
}

// caveats gathers what the result rests on.
func (c *course) caveats(l *ledger) []Caveat {
	var out []Caveat
	add := func(condition sanctions.Condition, engagement, detail string) {
		cv := Caveat{condition, detail, engagement}
		if !slices.Contains(out, cv) {
			out = append(out, cv)
		}
	}
	for _, x := range c.standing.Conditions {
		add(x, "", "of the firm's own standing")
	}
	for i := range c.standing.Verdicts {
		for _, x := range c.standing.Verdicts[i].Conditions {
			if !slices.Contains(c.standing.Conditions, x) {
				add(x, "", "of its ownership under "+c.standing.Verdicts[i].Regime)
			}
		}
	}
	for _, g := range c.coverage.Gaps {
		add(sanctions.CoverageGap, "", "not looked at: "+g.What)
	}
	if len(c.coverage.Lists) == 0 {
		add(sanctions.CoverageGap, "", "no list was loaded")
	}
	for i := range c.engagements {
		e := &c.engagements[i]
		for k := range e.accounts {
			a := &e.accounts[k]
			if len(a.against) > 0 {
				add(sanctions.DisputedEvidence, e.id, "denied or contradicted")
			}
			p := c.parties[a.asked]
			switch {
			case p[0] < 0:
				if mayTrade(a.kind) {
					add(sanctions.CounterpartyUnknown, e.id, "no source names the other side")
				}
			case a.counterparty.basis != CounterpartyStated:
				add(sanctions.CounterpartyInferred, e.id, "no source names the other side; inferred: "+cmp.Or(a.counterparty.name, a.counterparty.id))
			}
			if p[0] >= 0 {
				for _, which := range p {
					for _, x := range c.screened[which].standing.Conditions {
						add(x, e.id, "of the counterparty's standing as of "+c.screened[which].day.String())
					}
				}
			}
		}
	}
	c.missingFacts(l, add)
	return out
}

// mayTrade reports whether a kind of engagement has another side at all.
func mayTrade(k Kind) bool {
	switch k {
	case PersonalPresence, AssociationRepresentation, Delegation, "":
		return false
	}
	return true
}

// missingFacts names, for each engagement, the facts for want of which basis
// rules could not be decided.
func (c *course) missingFacts(l *ledger, add func(sanctions.Condition, string, string)) {
	for from := 0; from < len(l.undecided); {
		n := l.undecided[from].item
		var wanted [2]uint64
		to := from
		for ; to < len(l.undecided) && l.undecided[to].item == n; to++ {
			tests := c.rules.rules[l.undecided[to].rule].tests
			for i := range tests {
				if tests[i].holds(c.items[n].sure) == sanctions.Unknown {
					wanted[tests[i].fact/64] |= 1 << (tests[i].fact % 64)
				}
			}
		}
		from = to
		var b strings.Builder
		b.WriteString("not known: ")
		comma := ""
		for w, mask := range wanted {
			for ; mask != 0; mask &= mask - 1 {
				b.WriteString(comma)
				b.WriteString(catalogue[64*w+bits.TrailingZeros64(mask)].Name)
				comma = ", "
			}
		}
		id := ""
		if e := c.items[n].engagement; e >= 0 {
			id = c.engagements[e].id
		}
		add(sanctions.FactsMissing, id, b.String())
	}
}

func (a *Assessment) finding() Finding {
	switch {
	case a.Listed == sanctions.Yes:
		return FindingListed
	case a.Owned == sanctions.Yes:
		return FindingOwned
	case a.Listed == sanctions.Possible:
		return FindingPossiblyListed
	case a.Owned == sanctions.Possible:
		return FindingPossiblyOwned
	case !a.Score.High.IsZero():
		return FindingExposed
	case len(a.Context) > 0 || len(a.Engagements) > 0:
		return FindingContext
	}
	return FindingNone
}
