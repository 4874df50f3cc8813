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
	out := c.found[:0]
	var known map[assessment.Caveat]bool // where there are many
	add := func(condition sanctions.Condition, engagement, detail string) {
		cv := assessment.Caveat{Condition: condition, Detail: detail, Engagement: engagement}
		switch {
		case known != nil:
			if known[cv] {
				return
			}
			known[cv] = true
		case slices.Contains(out, cv):
			return
		case len(out) == 16:
			known = map[assessment.Caveat]bool{cv: true}
			for _, x := range out {
				known[x] = true
			}
		}
		out = append(out, cv)
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
	for _, x := range c.coverage.Accepted {
		add(x.Condition, "", "accepted: "+x.What)
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
			case p[0] < 0 || a.counterparty == (otherSide{}):
				if mayTrade(a.kind) {
					add(sanctions.CounterpartyUnknown, e.id, "no source names the other side")
				}
			case a.counterparty.basis != claims.CounterpartyStated:
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
	c.found = out // grown
	if len(out) == 0 {
		return nil
	}
	return slices.Clone(out)
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
func (c *course) missingFacts(l *ledger, add func(sanctions.Condition, string, string)) {
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
		id := ""
		if e := c.items[n].engagement; e >= 0 {
			id = c.engagements[e].id
		}
		add(sanctions.FactsMissing, id, readOnce(c.wanted, wanted, missingInWords))
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
