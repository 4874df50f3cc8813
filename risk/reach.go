package risk

import (
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// reachLimit is the rank of how far the evidence of a tally can carry an authority.
func (c *course) reachLimit(t *tally) int {
	it := &c.items[t.item]
	limit := rankStrong
	switch {
	case t.total.high == 0:
		return rankIndicator // suppressed, by a licence or otherwise
	case it.engagement < 0:
		limit = reachRank(ownReach(it.sure))
	default:
		if row := c.engagements[it.engagement].accounts[it.account].row; row >= 0 {
			limit = c.rules.evidence[row].reach
		}
	}
	if !t.basis {
		limit = min(limit, rankPlausible)
	}
	return limit
}

// reachOf tells the rank of how far an engagement carries an authority: as far as its
// evidence allows where all elements are shown; at most plausible where they are
// only possible; an indicator where one is missing.
func (c *course) reachOf(a *compiledAuthority, t *tally, limit int) int {
	if limit == rankIndicator {
		return limit
	}
	it := &c.items[t.item]
	for i := range a.elements {
		e := &a.elements[i]
		switch {
		case e.Determination || e.holds(it.sure) == sanctions.Yes:
		case it.high == it.sure || e.holds(it.high) != sanctions.Yes:
			return rankIndicator
		default:
			limit = min(limit, rankPlausible)
		}
	}
	return limit
}

// ownReach says how sure the firm's own listing or ownership is: a minority of
// listed owners is an indicator and no more.
func ownReach(f *Facts) tables.Reach {
	var all uint64
	for _, v := range f.terms[slotFirm : slotFirm+len(authoritySuffixes)] {
		all |= v
	}
	switch {
	case all&^(bitNone|bitMinority|bitPossiblyOwned|bitControl) != 0:
		return tables.Strong
	case all&(bitPossiblyOwned|bitControl) != 0:
		return tables.Plausible
	}
	return tables.Indicator
}

func (c *course) missing(a *compiledAuthority, t *tally) []assessment.Gap {
	if len(a.elements) == 0 {
		return nil
	}
	out := c.gaps.take(len(a.elements))[:0]
	it := &c.items[t.item]
	for i := range a.elements {
		e := &a.elements[i]
		g := assessment.Gap{Requirement: e.Requirement}
		if !g.Determination {
			if g.State = e.holds(it.sure); g.State == sanctions.Yes {
				continue
			}
			if it.high != it.sure && e.holds(it.high) == sanctions.Yes {
				g.State = sanctions.Possible
			}
		}
		out = append(out, g)
	}
	return out
}
