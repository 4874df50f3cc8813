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
	if len(c.engagements) <= whatIfPairs {
		return nil
	}
	return &assessment.Searched{Engagements: min(whatIfEngagements, len(c.engagements)), Pairs: whatIfPairs, Of: len(c.engagements)}
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
	words      string
	set        []assignment
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
	when, sets := make([]test, len(possibilities)), make([][]assignment, len(possibilities))
	for i := range possibilities {
		var err error
		if when[i], err = compile(possibilities[i].when); err != nil {
			panic(err) // as in assign
		}
		sets[i] = assignAll(possibilities[i].set)
	}
	for _, e := range c.heaviest(engagements) {
		for i := range possibilities {
			p := &possibilities[i]
			for n := range c.items {
				if c.items[n].engagement != int32(e) {
					continue
				}
				if kind := c.items[n].sure.terms[slotKind]; len(p.kinds) > 0 && !slices.ContainsFunc(p.kinds, func(k claims.Kind) bool { return kind&bit(kinds, k) != 0 }) {
					continue
				}
				// An unknown fact may turn out to be anything.
				if when[i].holds(c.items[n].sure) != sanctions.No {
					words := p.words
					if sets[i][0].Fact == "ended" {
						words += " before " + c.asOf.String()
					}
					out = append(out, trial{int32(e), words, sets[i]})
					break
				}
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

// try makes n trials at a time and gathers those that move the grade.
func (c *course) try(trials []trial, present outcome, n int) (up, down []assessment.Counterfactual) {
	band := c.rules.band(present.point)
	items := make([]item, len(c.items))
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

// apply sets a trial's facts on all items of its engagement, or on the firm and
// with it everywhere.
func (c *course) apply(items []item, t *trial) {
	for i := range items {
		it := &items[i]
		if it.engagement != t.engagement && t.engagement >= 0 {
			continue
		}
		sure := *it.sure
		high := sure
		if it.high != it.sure {
			high = *it.high
		}
		for k := range t.set {
			t.set[k].put(&sure)
			t.set[k].put(&high)
		}
		same := it.high == it.sure
		it.sure = &sure
		if it.high = &high; same {
			it.high = it.sure
		}
		if it.engagement >= 0 {
			if row := c.rules.weightOf(it.sure); row >= 0 {
				w := &c.rules.evidence[row]
				it.weight = triple{w.low, w.point, w.high}
			}
		}
	}
}

func (c *course) changes(t *trial) []assessment.Change {
	var out []assessment.Change
	for _, x := range t.set {
		for i := range c.items {
			if c.items[i].engagement != t.engagement {
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
