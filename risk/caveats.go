package risk

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// caveats gathers what the result rests on.
func (c *course) caveats(l *ledger) []assessment.Caveat {
	found := caveatList{all: c.found[:0]}
	for _, x := range c.standing.Conditions {
		found.add(x, "", "of the firm's own standing")
	}
	for i := range c.standing.Verdicts {
		for _, x := range c.standing.Verdicts[i].Conditions {
			if !slices.Contains(c.standing.Conditions, x) {
				found.add(x, "", "of its ownership under "+c.standing.Verdicts[i].Regime)
			}
		}
	}
	found.all = append(found.all, c.unseen.of(&c.coverage)...)
	for i := range c.engagements {
		e := &c.engagements[i]
		found.next()
		for k := range e.accounts {
			a := &e.accounts[k]
			if len(a.against) > 0 {
				found.add(sanctions.DisputedEvidence, e.id, "denied or contradicted")
			}
			p := c.parties[a.asked]
			switch {
			case p[0] < 0 || a.counterparty == (otherSide{}):
				if mayTrade(a.kind) {
					found.add(sanctions.CounterpartyUnknown, e.id, "no source names the other side")
				}
			case a.counterparty.basis != claims.CounterpartyStated:
				found.add(sanctions.CounterpartyInferred, e.id, "no source names the other side; inferred: "+cmp.Or(a.counterparty.name, a.counterparty.id))
			}
			if p[0] >= 0 {
				for _, days := range [...][]int{p[:], a.met} {
					for _, which := range days {
						for _, x := range c.screened[which].standing.Conditions {
							found.add(x, e.id, readOnce(c.asOfDays, c.screened[which].day, standingInWords))
						}
					}
				}
			}
		}
	}
	c.missingFacts(l, &found)
	c.found = found.all // grown
	if len(found.all) == 0 {
		return nil
	}
	return slices.Clone(found.all)
}

func standingInWords(day sanctions.Date) string {
	return "of the counterparty's standing as of " + day.String()
}

// mayTrade reports whether a kind of engagement has another side at all.
func mayTrade(k claims.Kind) bool {
	switch k {
	case claims.PersonalPresence, claims.AssociationRepresentation, claims.Delegation, "":
		return false
	}
	return true
}

// missingFacts names, for each engagement, the facts for want of which basis
// rules could not be decided.
func (c *course) missingFacts(l *ledger, found *caveatList) {
	engagement := int32(-2)
	for from := 0; from < len(l.undecided); {
		n := l.undecided[from].item
		var wanted factSet
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
		if e := c.items[n].engagement; e != engagement {
			engagement = e
			found.next()
		}
		found.add(sanctions.FactsMissing, c.engagementID(&c.items[n]), readOnce(c.wanted, wanted, missingInWords))
	}
}

func missingInWords(facts factSet) string {
	var b strings.Builder
	b.WriteString("not known: ")
	comma := ""
	for w, mask := range facts {
		for ; mask != 0; mask &= mask - 1 {
			b.WriteString(comma)
			b.WriteString(catalogue[64*w+bits.TrailingZeros64(mask)].Name)
			comma = ", "
		}
	}
	return b.String()
}

// findingOf is the first finding that applies.
func findingOf(a *assessment.Assessment) assessment.Finding {
	switch {
	case a.Listed == sanctions.Yes:
		return assessment.FindingListed
	case a.Owned == sanctions.Yes:
		return assessment.FindingOwned
	case a.Listed == sanctions.Possible:
		return assessment.FindingPossiblyListed
	case a.Owned == sanctions.Possible:
		return assessment.FindingPossiblyOwned
	case !a.Score.High.IsZero():
		return assessment.FindingExposed
	case len(a.Context) > 0 || len(a.Engagements) > 0:
		return assessment.FindingContext
	}
	return assessment.FindingNone
}
