package ownership

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// book is what the registers record of a party's owners on a date.
type book struct {
	node     uint32
	asOf     sanctions.Date
	owners   []entry // by property, ordered by id
	total    sanctions.Share
	conflict bool // one owner's statements contradict each other, or all owners hold more than the whole
	treasury bool
	unnamed  []registers.Interest // owners whom no register names
}

type entry struct {
	owner uint32
	holding
}

// gone reports whether the owner has left.
func (e *entry) gone() bool { return e.ended && !e.held }

// left reports whether a listed owner has left that alone held enough to own the
// party, or half of it: whether it has truly left is then a question of control.
func (b *book) left(r *regime) bool {
	return slices.ContainsFunc(b.owners, func(e entry) bool { return b.matters(&e, r) })
}

// matters reports whether an owner's having left is a question under the regime: it
// held enough, and has not been gone for longer than the rule looks back.
func (b *book) matters(e *entry, r *regime) bool {
	days := r.rule.LookBack
	return e.gone() && r.holds(e.owner) && r.enough(e.was) && (days == 0 || b.asOf.Before(e.until.AddDays(days)))
}

func (r *regime) enough(was sanctions.ShareRange) bool {
	low := amountOf(was.Low, was.LowOpen)
	return r.rule.Threshold != 0 && reaches(low, r.rule.Threshold, r.rule.Inclusive) || reaches(low, half, true)
}

// leaving is the stakes of the listed owners that have left, as proof.
func (b *book) leaving(g *Graph, r *regime) (out []sanctions.Stake) {
	for _, e := range b.owners {
		if b.matters(&e, r) {
			h := e.holding
			h.share = e.was
			s := g.stake(b.node, candidate{owner: e.owner, layer: capital, holding: h})
			s.Why = "a listed owner has left"
			out = append(out, s)
		}
	}
	return out
}

func (a *Analysis) book(n uint32) *book {
	b := &book{node: n, asOf: a.asOf}
	g, asOf := a.g, a.asOf
	for owner, h := range g.owners(capital, n, asOf) {
		h, ok := a.twins.holding(g, capital, owner, n, h, asOf)
		if !ok {
			continue
		}
		if owner == n {
			b.treasury = b.treasury || h.held
		} else {
			b.owners = append(b.owners, entry{owner, h})
		}
		b.total += h.share.Low
		b.conflict = b.conflict || h.conflict
	}
	b.conflict = b.conflict || b.total > sanctions.Whole
	for _, in := range g.unnamed[n] {
		if in.Period.Contains(asOf) {
			b.unnamed = append(b.unnamed, in)
		}
	}
	return b
}
