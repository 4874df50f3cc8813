package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

func (e *engagement) topicSources(all []relatedClaim) []sanctions.Source {
	topics := e.topics
	if len(e.heard) > len(topics) {
		topics = e.heard
	}
	out := make([]sanctions.Source, len(topics))
	for i, t := range topics {
		out[i] = all[t].Source
	}
	return out
}

// showEngagements lists the engagements in canonical order, in each the account
// first that weighs most with the strongest authority that counts it.
func (c *course) showEngagements(l *ledger) []assessment.Engagement {
	out := make([]assessment.Engagement, len(c.engagements))
	accounts, names, refs, amounts, parties := 0, 0, 0, 0, 0
	for i := range c.engagements {
		e := &c.engagements[i]
		accounts += len(e.accounts)
		refs += len(e.ends) + len(e.relays) + len(e.replaced) + len(c.remediesOf(i))
		for k := range e.accounts {
			a := &e.accounts[k]
			if refs += len(a.affirm) + len(a.against); len(a.affirm) > 1 {
				names += len(a.affirm)
			}
			names += len(c.codesOf(a.hs6))
			amounts += oneIf(a.amount != "")
			parties += oneIf(c.parties[a.asked][0] >= 0)
		}
	}
	c.strings.grow(names + len(c.ruleNames))
	c.shownAccounts.grow(accounts)
	c.claimRefs.grow(refs)
	c.amounts.grow(amounts)
	c.others.grow(parties)
	c.lead = slices.Grow(c.lead[:0], len(c.engagements))[:len(c.engagements)]
	clear(c.lead)
	for i := range l.tallies {
		t := &l.tallies[i]
		it := &c.items[t.item]
		if it.engagement < 0 {
			continue
		}
		if m := &c.lead[it.engagement]; t.total.point > m.point || t.total.point == m.point && t.total.high > m.high {
			*m = leading{t.total.point, t.total.high, it.account}
		}
	}
	for i := range c.engagements {
		e := &c.engagements[i]
		o := &out[i]
		*o = assessment.Engagement{ID: e.id, Ended: e.ended, EndedAs: e.endAs, Ends: c.refs(e.ends), Relays: c.refs(e.relays), Replaced: c.refs(e.replaced),
			Remediation: c.refs(c.remediesOf(i))}
		o.Accounts = c.shownAccounts.take(len(e.accounts))
		lead := int(c.lead[i].account)
		c.showAccount(&o.Accounts[0], &e.accounts[lead])
		at := 1
		for k := range e.accounts {
			if k != lead {
				c.showAccount(&o.Accounts[at], &e.accounts[k])
				at++
			}
		}
		for _, t := range e.topics {
			m := &c.subject.claims[t]
			o.Topics = append(o.Topics, assessment.Topic{Item: m.Item, ItemClass: m.ItemClass, Kind: m.Kind, Stage: m.Stage, Direction: m.Direction,
				Counterparty: cmp.Or(m.CounterpartyName, m.CounterpartyID), Basis: m.CounterpartyBasis, Source: m.Source})
		}
	}
	return out
}

// asGiven is the weight of a case whose facts say nothing of evidence.
var asGiven = &tables.Weight{ID: "as given", Status: tables.NotKnown, Reach: tables.Strong}

func (c *course) weight(a *account) (*tables.Weight, *compiledRow) {
	if a.row < 0 {
		return asGiven, &compiledRow{weight: newScore(triple{million, million, million})}
	}
	return &c.rules.tables.Evidence[a.row], &c.rules.evidence[a.row]
}

func (c *course) showAccount(o *assessment.Account, a *account) {
	w, row := c.weight(a)
	*o = assessment.Account{Kind: a.kind, Stage: a.stage, Item: a.item, ItemClass: a.itemClass, HS6: c.showCodes(a.hs6), Direction: a.direction,
		From: a.from, To: a.to, LastKnown: a.conduct,
		Evidence: assessment.Evidence{Status: w.Status, Row: w.ID, Weight: row.weight, Roots: c.showRoots(a),
			Affirm: c.refs(a.affirm), Against: c.refs(a.against)}}
	if a.early != a.conduct {
		o.Earliest = a.early
	}
	if a.amount != "" {
		o.Amount = &c.amounts.take(1)[0]
		*o.Amount = assessment.Amount{Value: a.amount, Currency: a.currency, Qualifier: a.qualifier}
		c.write(a.usd, &o.Amount.USD)
	}
	if p := c.parties[a.asked]; p[0] >= 0 && a.counterparty != (otherSide{}) {
		o.Counterparty = &c.others.take(1)[0]
		*o.Counterparty = assessment.Counterparty{ID: a.counterparty.id, Name: a.counterparty.name, Basis: a.counterparty.basis,
			Then: c.screened[p[0]].standing, Now: c.screened[p[1]].standing}
		for _, at := range slices.Backward(a.met) {
			o.Counterparty.During = append(o.Counterparty.During, c.screened[at].standing)
		}
	}
}

// rootsOf names the independent origins of an account, sorted; that of claims that name
// none only where there is no other. They stand until it is asked again.
func (c *course) rootsOf(a *account) []string {
	switch {
	case a.affirm == nil: // told by facts alone
		return nil
	case len(a.affirm) == 0:
		return []string{}
	case len(a.affirm) == 1:
		return c.subject.claims[a.affirm[0]].roots
	}
	out := c.rootNames[:0]
	for _, i := range a.affirm {
		out = append(out, c.subject.claims[i].root)
	}
	c.rootNames = out // grown
	slices.Sort(out)
	if out = slices.Compact(out); len(out) > 1 && out[0] == "" {
		out = out[1:]
	}
	return out
}

// showRoots hands out what rootsOf names, which is the subject's where one claim tells it.
func (c *course) showRoots(a *account) []string {
	if len(a.affirm) < 2 {
		return c.rootsOf(a)
	}
	return c.handOut(c.rootsOf(a))
}

func (c *course) showCodes(joined string) []string { return c.handOut(c.codesOf(joined)) }

func (c *course) refs(claims []int) []*assessment.ClaimRef {
	if len(claims) == 0 {
		return nil
	}
	out := c.claimRefs.take(len(claims))
	for i, n := range claims {
		out[i] = c.subject.claims[n].ref
	}
	return out
}

func (c *course) showContext() []assessment.Context {
	var out []assessment.Context
	for _, x := range c.context {
		o := assessment.Context{Claim: c.subject.claims[x.claim].ref, Reason: x.reason}
		if x.imputation >= 0 {
			m := &c.rules.tables.Imputation[x.imputation]
			o.Reason, o.Imputation, o.Citation = m.Reason, m.ID, m.Citation
		}
		out = append(out, o)
	}
	return out
}
