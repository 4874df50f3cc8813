package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

func (c *course) searched() *assessment.Searched {
	n := len(c.engagements)
	return &assessment.Searched{Engagements: min(whatIfEngagements, n), Pairs: min(whatIfPairs, n), Of: n}
}

// whatIfLimit bounds the counterfactuals shown in each direction.
const whatIfLimit = 6

// The search tries so many engagements, one change at a time and two together.
const (
	whatIfEngagements = 24
	whatIfPairs       = 4
)

// trial is one possibility on one engagement, or on the firm itself.
type trial struct {
	engagement int32
	words, way string
	when       test
	kinds      uint64 // 0 is all
	set        []assignment
}

// concerns reports whether an item may come to what a trial says. Of several accounts
// of an engagement that may be some: who tells of a delivery does not come down to a
// contract.
func (t *trial) concerns(it *item) bool {
	if t.engagement < 0 {
		return true
	}
	// An unknown fact may turn out to be anything.
	return it.engagement == t.engagement && (t.kinds == 0 || it.sure.terms[slotKind]&t.kinds != 0) && t.when.holds(it.sure) != sanctions.No
}

// excludes reports whether two possibilities cannot both come about: they say
// different things of one fact of one engagement.
func (t *trial) excludes(o *trial) bool {
	return t.engagement == o.engagement && slices.ContainsFunc(t.set, func(a assignment) bool {
		return slices.ContainsFunc(o.set, func(b assignment) bool { return a.Fact == b.Fact && a.Test != b.Test })
	})
}

// assignment is a value for a fact, ready to be put.
type assignment struct {
	tables.Condition
	fact  *fact
	value Facts // in which only that fact is known
}

// assign makes a value of the table above, or of the catalogue; their names and
// terms are right: a test tries them all.
func assign(c tables.Condition) assignment {
	a := assignment{Condition: c, fact: &catalogue[factIndex(c.Fact)]}
	if err := a.value.Set(c.Fact, c.Test); err != nil {
		panic(err)
	}
	return a
}

func assignAll(conditions []tables.Condition) []assignment {
	out := make([]assignment, len(conditions))
	for i, c := range conditions {
		out[i] = assign(c)
	}
	return out
}

// put gives the fact the value. What lists say of a party is added to what they
// say already, unless it is that there is nothing.
func (a *assignment) put(f *Facts) {
	at := a.fact.slot
	switch a.fact.Type {
	case tables.FactTerms:
		v := a.value.terms[at]
		if isStanding(a.fact) && v != bitNone {
			v |= f.terms[at] &^ bitNone
		}
		f.terms[at] = v
	case tables.FactNumber:
		f.numbers[at] = a.value.numbers[at]
	case tables.FactWords:
		words := a.value.words[at]
		if len(words) > 0 {
			words = appendAll(slices.Clone(f.words[at]), words)
		}
		f.words[at] = words
	}
}

// isStanding tells a fact that lists and registers give of a party.
func isStanding(f *fact) bool { return f.Type == tables.FactTerms && len(f.Terms) == len(standings) }

func (c *course) search() []assessment.Counterfactual {
	present := c.outcome(c.items)
	up, down := c.try(c.trials(whatIfEngagements), present, 1)
	if len(up) == 0 || len(down) == 0 {
		up2, down2 := c.try(c.trials(whatIfPairs), present, 2)
		if len(up) == 0 {
			up = up2
		}
		if len(down) == 0 {
			down = down2
		}
	}
	return append(up, down...)
}

type outcome struct {
	point     int64
	strongest string
}

func (c *course) outcome(items []item) outcome {
	l := c.rules.score(items, &c.ledger)
	var o outcome
	best := -1
	for i := range l.totals {
		o.point = max(o.point, l.totals[i].amount.point)
		if best < 0 || c.rules.stronger(&l.totals[i], &l.totals[best]) {
			best = i
		}
	}
	if o.point > 0 {
		o.strongest = c.rules.authorities[l.totals[best].authority].ID
	}
	return o
}

func (c *course) trials(engagements int) []trial {
	var out []trial
	firm := c.firm().sure
	if slices.ContainsFunc(firm.terms[slotFirm:slotFirm+len(authoritySuffixes)], func(v uint64) bool { return v&^bitNone != 0 }) {
		t := trial{engagement: -1, words: "the firm's delisting and divestment"}
		for _, suffix := range authoritySuffixes {
			t.set = append(t.set, assign(tables.Condition{Fact: "firm_" + suffix, Test: "none"}))
		}
		t.set = append(t.set, assign(tables.Condition{Fact: "firm_programme", Test: "none"}), assign(tables.Condition{Fact: "firm_owner_share", Test: "0"}))
		out = append(out, t)
	}
	all := make([]trial, len(possibilities))
	for i := range possibilities {
		p, t := &possibilities[i], &all[i]
		var err error
		if t.when, err = compile(p.when); err != nil {
			panic(err) // as in assign
		}
		for _, k := range p.kinds {
			t.kinds |= bit(kinds, k)
		}
		if t.words, t.way, t.set = p.words, p.way, assignAll(p.set); p.set[0].Fact == "ended" {
			t.words += " before " + c.asOf.String()
		}
	}
	for _, e := range c.heaviest(engagements) {
		for _, t := range all {
			t.engagement = int32(e)
			if slices.ContainsFunc(c.items, func(it item) bool { return t.concerns(&it) }) {
				out = append(out, t)
			}
		}
	}
	return out
}

// heaviest lists the engagements that weigh most with any authority.
func (c *course) heaviest(n int) []int {
	l := c.rules.score(c.items, &c.ledger)
	weights := make([]triple, len(c.engagements))
	order := make([]int, len(c.engagements))
	for i := range order {
		order[i] = i
	}
	for i := range l.tallies {
		t := &l.tallies[i]
		if e := c.items[t.item].engagement; e >= 0 {
			w := &weights[e]
			w.point, w.high = max(w.point, t.total.point), max(w.high, t.total.high)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(weights[b].point, weights[a].point), cmp.Compare(weights[b].high, weights[a].high))
	})
	order = order[:min(len(order), n)]
	slices.Sort(order)
	return order
}

// try makes n trials at a time and gathers those that move the grade. What goes further
// on the way of one that moves it is left out.
func (c *course) try(trials []trial, present outcome, n int) (up, down []assessment.Counterfactual) {
	band := c.rules.band(present.point)
	items := make([]item, len(c.items))
	type step struct {
		engagement int32
		way        string
	}
	type ways struct {
		up   bool
		a, b step
	}
	gone := map[ways]bool{}
	stepOf := func(t *trial) step { return step{t.engagement, cmp.Or(t.way, t.words)} }
	for i := range trials {
		rest := trials[i+1:]
		if n == 1 {
			rest = trials[:1] // once, without a second
		}
		for k := range rest {
			if n == 2 && trials[i].excludes(&rest[k]) {
				continue
			}
			copy(items, c.items)
			c.apply(items, &trials[i])
			if n == 2 {
				c.apply(items, &rest[k])
			}
			o := c.outcome(items)
			at := c.rules.band(o.point)
			if at == band {
				continue
			}
			way := ways{up: at > band, a: stepOf(&trials[i])}
			if n == 2 {
				way.b = stepOf(&rest[k])
			}
			if gone[way] {
				continue
			}
			gone[way] = true
			cf := assessment.Counterfactual{Grade: c.rules.tables.Bands[at].ID, Score: assessment.PointsOf(o.point), Strongest: o.strongest, Changes: c.changes(&trials[i])}
			if n == 2 {
				cf.Changes = append(cf.Changes, c.changes(&rest[k])...)
			}
			if cf.Direction = "up"; at < band {
				cf.Direction = "down"
				down = append(down, cf)
			} else {
				up = append(up, cf)
			}
		}
	}
	order := func(sign int) func(a, b assessment.Counterfactual) int {
		return func(a, b assessment.Counterfactual) int {
			return cmp.Or(sign*a.Score.Cmp(b.Score.Decimal), cmp.Compare(a.String(), b.String()), cmp.Compare(a.Changes[0].Engagement, b.Changes[0].Engagement))
		}
	}
	slices.SortFunc(up, order(-1))
	slices.SortFunc(down, order(+1))
	return up[:min(len(up), whatIfLimit)], down[:min(len(down), whatIfLimit)]
}

// apply sets a trial's facts on the items that it concerns: of its engagement, or, of the
// firm, on all. What they say of the other side may make it Russian.
func (c *course) apply(items []item, t *trial) {
	for i := range items {
		it := &items[i]
		if !t.concerns(&c.items[i]) {
			continue
		}
		sure, high := it.sure, it.high
		it.sure = c.under(t, sure)
		if it.high = it.sure; high != sure {
			it.high = c.under(t, high)
		}
		if it.engagement >= 0 && t.set[0].fact.Scope == tables.ScopeEvidence {
			it.weight.point = c.weightUnder(it.weight.point, sure, it.sure)
		}
		if it.talk != 0 && !talkFacts(it.sure) { // what comes of talk is none
			for k := range items {
				if items[k].engagement == it.engagement {
					items[k].talk = 0
				}
			}
		}
	}
}

// talkFacts is isTalk of facts.
func talkFacts(f *Facts) bool {
	return f.terms[slotKind]&(bit(kinds, claims.Meeting)|bit(kinds, claims.Delegation)) != 0 ||
		f.terms[slotStage]&(bit(stages, claims.Rumoured)|bit(stages, claims.Discussed)) != 0
}

// weightUnder is what an account weighs in the point score where its evidence is otherwise.
// What weighs as another account is shown, as a correction does, may lose by it and
// does not gain.
func (c *course) weightUnder(weight int64, was, is *Facts) int64 {
	point := func(f *Facts) int64 {
		row := c.rules.weightOf(f)
		if row < 0 {
			return weight
		}
		return c.rules.evidence[row].point
	}
	if point(was) != weight {
		return min(weight, point(is))
	}
	return point(is)
}

// under is facts as a trial has them.
func (c *course) under(t *trial, facts *Facts) *Facts {
	f := *facts
	for k := range t.set {
		t.set[k].put(&f)
	}
	if c.rules.nexus(facts) != yes && c.rules.nexus(&f) == yes {
		f.terms[slotRussia] = yes
	}
	return &f
}

func (c *course) changes(t *trial) []assessment.Change {
	var out []assessment.Change
	for _, x := range t.set {
		for i := range c.items {
			if c.items[i].engagement != t.engagement || !t.concerns(&c.items[i]) {
				continue
			}
			after := *c.items[i].sure
			x.put(&after)
			if from, to := c.items[i].sure.show(x.fact), after.show(x.fact); from != to {
				ch := assessment.Change{Fact: x.Fact, From: from, To: to, Words: t.words}
				if t.engagement >= 0 {
					ch.Engagement = c.engagements[t.engagement].id
				}
				out = append(out, ch)
				break
			}
		}
	}
	return out
}
