package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

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
