package risk

import (
	"math/bits"
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Most of an answer is lines, some thirty a dealing, so that what lines have in common
// they share: the place of one step of a dealing, the row of a rule, which the rule set
// has for all assessments, and the facts that rules ask alike of one set.

// room makes room for the lines, and shows the facts that they rest on.
func (c *course) room(l *ledger) {
	c.shown = slices.Grow(c.shown[:0], int(c.counted))[:c.counted]
	clear(c.shown)
	c.latest = slices.Grow(c.latest[:0], len(c.rules.lists))[:len(c.rules.lists)]
	clear(c.latest)
	c.grounds = append(c.grounds[:0], ground{}) // of what rests on nothing
	c.placed = slices.Grow(c.placed[:0], 1+len(c.engagements))[:1+len(c.engagements)]
	clear(c.placed)
	lines, holds, facts := 0, 0, 0
	for i := range l.tallies {
		t := &l.tallies[i]
		it := &c.items[t.item]
		at := &c.placed[it.engagement+1]
		for k := t.from; k < t.to; k++ {
			e := &l.entries[k]
			lines++
			at.steps |= 1 << e.step
			list, set := int32(0), it.shown
			switch {
			case e.rule >= 0:
				list, set = c.rules.rules[e.rule].list, it.shown+c.possible(e, it)
			case e.step != atEvidence || it.engagement < 0:
				continue
			}
			latest := &c.latest[list]
			if *latest == 0 || c.grounds[*latest].set != set {
				*latest = int32(len(c.grounds))
				c.grounds = append(c.grounds, ground{list: list, set: set})
				holds += len(c.rules.lists[list])
				c.shown[set].named.put(c.rules.lists[list])
			}
			e.ground = *latest
		}
		if t.account != (triple{}) {
			lines++
			at.steps |= 1 << atAccount
		}
		if t.combine != (triple{}) {
			lines++
			at.steps |= 1 << atCombine
		}
	}
	for i := range c.shown {
		c.shown[i].first = facts
		facts += c.shown[i].named.count()
	}
	c.lines, c.heldFacts = make([]assessment.Factor, 0, lines), make([]assessment.Held, facts)
	c.place()
	for n := range c.items {
		it := &c.items[n]
		c.show(it.sure, int32(n), &c.shown[it.shown])
		if it.high != it.sure {
			c.show(it.high, int32(n), &c.shown[it.shown+1])
		}
	}
	held := make([]*assessment.Held, 0, holds)
	for i := range c.grounds {
		g := &c.grounds[i]
		from, of := len(held), &c.shown[g.set]
		if i > 0 {
			for _, n := range c.rules.lists[g.list] {
				held = append(held, &c.heldFacts[of.first+of.named.before(n)])
			}
		}
		g.facts = slices.Clip(held[from:])
	}
}

// place names the places of lines.
func (c *course) place() {
	n := 0
	for i := range c.placed {
		c.placed[i].first = int32(n)
		n += bits.OnesCount8(c.placed[i].steps)
	}
	c.places = make([]assessment.Place, 0, n)
	for i := range c.placed {
		id := ""
		if i > 0 {
			id = c.engagements[i-1].id
		}
		for rest := c.placed[i].steps; rest != 0; rest &= rest - 1 {
			c.places = append(c.places, assessment.Place{Step: steps[bits.TrailingZeros8(rest)], Engagement: id})
		}
	}
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

// show shows the facts of a set of an item that lines rest on.
func (c *course) show(f *Facts, item int32, as *shown) {
	at := as.first
	for w, rest := range as.named {
		for ; rest != 0; rest &= rest - 1 {
			fact, h := &catalogue[64*w+bits.TrailingZeros64(rest)], &c.heldFacts[at]
			at++
			h.Fact, h.Sources = fact.Name, c.sources(fact, item)
			if fact.Type == tables.FactNumber {
				c.write(f.numbers[fact.slot], &h.Value)
			} else {
				h.Value = f.show(fact)
			}
		}
	}
}

// method is the rows of what the ledger itself does.
var method = [...]*assessment.Row{
	atClamp:    {Why: "points of one engagement stay between 0 and 100", Citation: "method: package documentation of risk"},
	atEvidence: {Why: "ownership or control that is only possible does not count in the low score", Citation: "method: package documentation of risk"},
	atAccount:  {Why: "another account of the same engagement widens the bounds; it does not count twice", Citation: "method: package documentation of risk"},
	atCombine:  {Why: "engagements combine as 100·(1−∏(1−p/100)), strongest first; this is what stronger ones leave", Citation: "method: package documentation of risk"},
}

// newLine is a line at the end of the lines, which have room for it.
func (c *course) newLine(it *item, step uint8) *assessment.Factor {
	at := &c.placed[it.engagement+1]
	c.lines = c.lines[:len(c.lines)+1]
	f := &c.lines[len(c.lines)-1]
	f.Place = &c.places[int(at.first)+bits.OnesCount8(at.steps&(1<<step-1))]
	return f
}

func (c *course) methodLine(it *item, step uint8, amount triple) {
	if amount != (triple{}) {
		f := c.newLine(it, step)
		f.Points, f.Row = c.points.score(amount), method[step]
	}
}

// line shows one line of the ledger, with the facts that it rests on.
func (c *course) line(it *item, e *entry) {
	if e.ground == 0 {
		c.methodLine(it, e.step, e.amount)
		return
	}
	f := c.newLine(it, e.step)
	f.Facts = c.grounds[e.ground].facts
	if e.step == atEvidence {
		f.Row, f.Points = c.rules.evidence[c.engagements[it.engagement].accounts[it.account].row].row, c.points.score(e.amount)
		return
	}
	r := &c.rules.rules[e.rule]
	f.Row = r.row
	if word, bit := e.rule/64, uint64(1)<<(e.rule%64); !r.basis && c.noted[word]&bit == 0 {
		c.noted[word] |= bit
		if r.aggravates {
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
