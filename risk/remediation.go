package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
)

// findRemedies finds for each engagement the claims of what the firm did about it.
// They are context, charge nothing and weigh nothing; a dealing that somebody says
// was not remedied has none.
func (c *course) findRemedies() {
	var told, against []int
	for _, x := range c.context {
		switch m := &c.subject.claims[x.claim]; {
		case m.Kind != claims.Remediation || !m.ofFirm():
		case m.denies():
			against = append(against, x.claim)
		case m.Polarity != claims.Opinion:
			told = append(told, x.claim)
		}
	}
	if len(told) == 0 {
		return
	}
	all := slices.Concat(told, against)
	told = slices.DeleteFunc(told, func(i int) bool { // withdrawn by who told it
		m := &c.subject.claims[i]
		return slices.ContainsFunc(all, func(j int) bool {
			n := &c.subject.claims[j]
			return i != j && n.SupersedesID != "" && n.SupersedesID == m.EngagementID && n.root == m.root && n.canSupersede(m)
		})
	})
	c.remedies = make([][]int, len(c.engagements))
	for e := range c.engagements {
		concerns := func(i int) bool { return c.concerns(i, &c.engagements[e]) }
		if slices.ContainsFunc(against, concerns) {
			continue
		}
		for _, i := range told {
			if concerns(i) {
				c.remedies[e] = append(c.remedies[e], i)
			}
		}
	}
}

// concerns tells whether a claim of remediation is about a dealing: by the id that
// it gives, or, giving none, since it is about all that the firm does.
func (c *course) concerns(claim int, e *engagement) bool {
	switch m := &c.subject.claims[claim]; {
	case m.EngagementID != "":
		return slices.ContainsFunc(e.claims, func(i int) bool { return c.subject.claims[i].EngagementID == m.EngagementID })
	case m.EventID != "":
		return e.at(c.subject.claims, m.EventID)
	}
	return true
}

// ofFirm reports whether the claim is about the firm or somebody who acts for it.
func (c *relatedClaim) ofFirm() bool {
	switch c.relation {
	case relationOwn:
		return c.Capacity != claims.Personal
	case relationAffiliated:
		return c.Capacity == claims.Official || c.Capacity == claims.Representative
	}
	return false
}

func (c *course) remediesOf(engagement int) []int {
	if c.remedies == nil {
		return nil
	}
	return c.remedies[engagement]
}
