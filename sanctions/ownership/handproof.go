package ownership

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// showHand adds the proof that owners whose holdings were chosen are in one hand.
func (p *prover) showHand(h *hand, chosen []candidate, before int32) {
	if p.least != nil {
		before = 0
	}
	place := make(map[uint32]int, len(h.parties))
	for i, n := range h.parties {
		place[n] = i
	}
	seen := make(map[uint32]bool)
	var join func(n uint32)
	join = func(n uint32) {
		at, ok := place[n]
		if !ok || seen[n] {
			return
		}
		seen[n] = true
		if at < h.heads {
			p.showOwner(n, p.strongest(n, counted, before))
			return
		}
		earlier := func(c candidate) bool { i, ok := place[c.owner]; return ok && i < at }
		for _, c := range p.membership(n, before, earlier) {
			join(c.owner)
			p.add(n, c)
		}
	}
	for _, c := range chosen {
		join(c.owner)
	}
}

// membership finds the holdings by which a party is in the hand of earlier ones.
func (p *prover) membership(n uint32, before int32, earlier func(c candidate) bool) []candidate {
	all := p.candidates(n, counted, before)
	for layer := capital; layer <= voting && p.r.rule.tests(layer); layer++ {
		var sum amount
		var out []candidate
		for _, c := range all {
			if c.layer == layer && earlier(c) {
				out = append(out, c)
				if sum = sum.plus(c.amount, c.open); p.r.rule.owns(sum) {
					return out
				}
			}
		}
	}
	for _, c := range p.controllers(n, controlled, before) {
		if earlier(c) {
			return []candidate{c}
		}
	}
	return nil
}

// before gives the marks that a party had before a round, 0 for any round.
func (p *prover) before(round int32) func(n uint32) marks {
	return func(n uint32) (m marks) {
		for i := range markCount {
			if p.had(n, 1<<i, round) {
				m |= 1 << i
			}
		}
		return m
	}
}

// ofHand takes the holdings of a hand, largest first, until they indicate control.
func (p *prover) ofHand(n uint32, h *hand, round int32) (out []candidate) {
	var low amount
	have := p.before(round)
	var is marks
	for _, head := range h.parties[:h.heads] {
		is |= have(head)
	}
	for _, c := range p.candidates(n, counted, round) {
		if c.layer != h.layer || !slices.Contains(h.parties, c.owner) {
			continue
		}
		out, low = append(out, c), low.plus(c.amount, c.open)
		if p.r.rule.dominates(h.layer, is, sanctions.ShareRange{Low: low.share(), LowOpen: low.open()}) {
			break
		}
	}
	return out
}
