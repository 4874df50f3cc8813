package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
)

// findRemedies finds for each engagement the claims of what the firm did about it.
// They are context, charge nothing and weigh nothing; a dealing that somebody says
// was not remedied has none.
func (r *reduction) findRemedies(all []relatedClaim) {
	var told, against []int
	for _, x := range r.context {
		switch m := &all[x.claim]; {
		case m.Kind != claims.Remediation || !m.ofFirm():
		case m.denies():
			against = append(against, x.claim)
		case m.Polarity != claims.Opinion && !m.replaced:
			told = append(told, x.claim)
		}
	}
	if len(told) == 0 {
		return
	}
	r.remedies = make([][]int, len(r.engagements))
	for e := range r.engagements {
		concerns := func(i int) bool { return all[i].concerns(&r.engagements[e], all) }
		if slices.ContainsFunc(against, concerns) {
			continue
		}
		for _, i := range told {
			if concerns(i) {
				r.remedies[e] = append(r.remedies[e], i)
			}
		}
	}
}

// concerns tells whether a claim of remediation is about a dealing: by the id that
// it gives, or, giving none, since it is about all that the firm does.
func (c *relatedClaim) concerns(e *engagement, all []relatedClaim) bool {
	switch {
	case c.EngagementID != "":
		return slices.ContainsFunc(e.claims, func(i int) bool { return all[i].EngagementID == c.EngagementID })
	case c.EventID != "":
		return e.at(all, c.EventID)
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

// remediesOf are the claims of remediation of an engagement.
func (r *reduction) remediesOf(engagement int) []int {
	if r.remedies == nil {
		return nil
	}
	return r.remedies[engagement]
}
