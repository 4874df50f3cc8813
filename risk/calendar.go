package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// calendar tells for any day which rules are in force, one bit a rule: the form of
// [compiledRule.reaches] for all rules at once.
type calendar struct {
	words   int
	edges   []sanctions.Date // the days on which a rule comes or goes
	conduct []uint64         // per stretch between them: rules that ask for the last day of a dealing
	start   []uint64         // per stretch: those that ask for the first
	begun   []uint64         // per stretch: those that have begun by then
	none    []uint64
}

func newCalendar(rules []compiledRule) *calendar {
	c := &calendar{words: (len(rules) + 63) / 64}
	for i := range rules {
		c.edges = append(c.edges, rules[i].Effective.From, rules[i].Effective.To)
	}
	slices.SortFunc(c.edges, sanctions.Date.Compare)
	c.edges = slices.DeleteFunc(slices.Compact(c.edges), sanctions.Date.IsZero)
	n := (len(c.edges) + 1) * c.words
	sets := make([]uint64, 3*n+c.words)
	c.conduct, c.start, c.begun, c.none = sets[:n], sets[n:2*n], sets[2*n:3*n], sets[3*n:]
	for i := range rules {
		r := &rules[i]
		word, mask := i/64, uint64(1)<<(i%64)
		into := c.conduct
		if r.asksForStart() {
			into = c.start
		}
		if from, to := r.Effective.From, r.Effective.To; from != to { // none is in force before the first edge: each has a day from which it holds
			into[c.stretch(from)*c.words+word] ^= mask
			c.begun[c.stretch(from)*c.words+word] |= mask
			if !to.IsZero() {
				into[c.stretch(to)*c.words+word] ^= mask
			}
		}
	}
	for at := c.words; at < n; at++ { // who came is in force until it goes
		c.conduct[at] ^= c.conduct[at-c.words]
		c.start[at] ^= c.start[at-c.words]
		c.begun[at] |= c.begun[at-c.words]
	}
	return c
}

// inForce finds the rules that reach an item for certain, and those that perhaps do.
func (c *calendar) inForce(it *when, surely, maybe []uint64) {
	since, conduct := c.on(c.start, it.since), c.now(c.conduct, orElse(it.conduct, it.asOf))
	started, early := since, conduct
	if it.started != it.since {
		started = c.on(c.start, it.started)
	}
	if !it.conduct.IsZero() && it.early != it.conduct {
		early = c.on(c.conduct, it.early)
	}
	begun := c.now(c.begun, it.asOf)
	for w := range surely {
		surely[w] = (since[w]&started[w] | conduct[w]&early[w]) & begun[w]
		maybe[w] = (since[w] | started[w] | conduct[w] | early[w]) & begun[w]
	}
}

// on is the set of the stretch in which a day lies; the unknown day lies in none.
func (c *calendar) on(sets []uint64, day sanctions.Date) []uint64 {
	if day.IsZero() {
		return c.none
	}
	return sets[c.stretch(day)*c.words:][:c.words]
}

// now is the set of the stretch in which a day lies; without a day, of the last.
func (c *calendar) now(sets []uint64, day sanctions.Date) []uint64 {
	if day.IsZero() {
		return sets[len(sets)-c.words:]
	}
	return c.on(sets, day)
}

// until is the days up to one on which a rule comes or goes.
func (c *calendar) until(day sanctions.Date) []sanctions.Date { return c.edges[:c.stretch(day)] }

// stretch is that in which a day lies: as many as there are edges up to it.
func (c *calendar) stretch(day sanctions.Date) int {
	at, found := slices.BinarySearchFunc(c.edges, day, sanctions.Date.Compare)
	return at + oneIf(found)
}
