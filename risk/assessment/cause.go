package assessment

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// because finds what lies behind a line: the causes on its engagement, or on the
// firm for a line about the firm, else the other lines, the rules or the date.
func because(m *Moved, why []Cause, before, after *Assessment) []string {
	var out []string
	for _, c := range why {
		switch {
		case c.What == "date" || c.What == "coverage":
		case c.What == "rules":
			if c.rule != "" && c.rule == m.Rule {
				out = append(out, c.Text)
			}
		case c.Engagement == m.Engagement, c.What == "firm", c.What == "rates" && m.Engagement != "":
			out = append(out, c.Text)
		}
	}
	// A rule that counts in one of them only may do so since it is another rule.
	if oneSided := m.Before.IsZero() != m.After.IsZero(); oneSided && m.Rule != "" && m.Step != StepEvidence && before.Strongest == after.Strongest && before.Inputs.Rules != after.Inputs.Rules {
		out = append(out, "the rule set changed")
	}
	if before.Strongest != after.Strongest && len(out) == 0 {
		out = append(out, fmt.Sprintf("%s decides, not %s", cmp.Or(after.Strongest, "no authority"), cmp.Or(before.Strongest, "none")))
	}
	if m.Step == StepCombine {
		out = append(out, "what stronger engagements leave has changed")
	}
	if before.Inputs.Rules != after.Inputs.Rules && len(out) == 0 {
		out = append(out, "the rule set changed")
	}
	if before.Inputs.Method != after.Inputs.Method && len(out) == 0 {
		out = append(out, "the method changed")
	}
	if before.AsOf != after.AsOf && len(out) == 0 {
		out = append(out, "the date of the assessment changed")
	}
	return out
}

// causes lists what is otherwise in the second assessment.
func causes(before, after *Assessment) []Cause {
	var out []Cause
	if before.AsOf != after.AsOf {
		out = append(out, Cause{What: "date", Text: fmt.Sprintf("as of %v, was %v", after.AsOf, before.AsOf)})
	}
	if before.Inputs.Method != after.Inputs.Method {
		out = append(out, Cause{What: "method", Text: fmt.Sprintf("assessed by %s, was by %s", cmp.Or(after.Inputs.Method, "an earlier method"), cmp.Or(before.Inputs.Method, "an earlier method"))})
	}
	if before.Inputs.Rules != after.Inputs.Rules {
		out = append(out, Cause{What: "rules", Text: "another rule set: " + short(after.Inputs.Rules) + ", was " + short(before.Inputs.Rules)})
	}
	out = append(out, ruleCauses(before, after)...)
	if before.Inputs.Rates != after.Inputs.Rates {
		out = append(out, Cause{What: "rates", Text: "another table of exchange rates"})
	}
	out = append(out, firmCauses(&before.Firm, &after.Firm)...)
	out = append(out, standingCauses("", before.Standing, after.Standing)...)
	out = append(out, coverageCauses(&before.Coverage, &after.Coverage)...)
	for i := range after.Engagements {
		e := &after.Engagements[i]
		if was := engagementOf(before, e.ID); was == nil {
			out = append(out, Cause{What: "claim", Engagement: e.ID, Text: "engagement is new", Source: first(e)})
		} else {
			out = append(out, engagementCauses(was, e)...)
		}
	}
	for i := range before.Engagements {
		if e := &before.Engagements[i]; engagementOf(after, e.ID) == nil {
			out = append(out, Cause{What: "claim", Engagement: e.ID, Text: "engagement is gone", Source: first(e)})
		}
	}
	return out
}

// firmCauses compares the cells of the firm that rules ask about.
func firmCauses(was, is *FirmRef) []Cause {
	var out []Cause
	add := func(what, a, b string) {
		if a != b {
			out = append(out, Cause{What: "firm", Text: fmt.Sprintf("%s %s, was %s", what, cmp.Or(b, "unknown"), cmp.Or(a, "unknown")), Source: is.Source})
		}
	}
	add("country", was.Country, is.Country)
	add("sector", was.Sector, is.Sector)
	add("financial institution:", was.FinancialInstitution.String(), is.FinancialInstitution.String())
	return out
}

// ruleCauses names the rules that give otherwise than before where they fire in
// both, and those that one of the rule sets words otherwise.
func ruleCauses(before, after *Assessment) []Cause {
	if before.Inputs.Rules == after.Inputs.Rules {
		return nil
	}
	var out []Cause
	had := map[string]*Factor{}
	each := func(a *Assessment, do func(*Factor)) {
		for i := range a.Authorities {
			for k := range a.Authorities[i].Factors {
				if f := &a.Authorities[i].Factors[k]; f.Step == StepRule && !f.Points.Point.IsZero() {
					do(f)
				}
			}
		}
	}
	each(before, func(f *Factor) { had[f.Rule] = f })
	each(after, func(f *Factor) {
		was := had[f.Rule]
		if was == nil || slices.ContainsFunc(out, func(c Cause) bool { return c.rule == f.Rule }) {
			return
		}
		c := Cause{What: "rules", Source: f.Row.Row, rule: f.Rule}
		switch {
		case !was.Points.Point.Equal(f.Points.Point.Decimal):
			c.Text = fmt.Sprintf("rule %s gives %s, was %s", f.Rule, f.Points.Point, was.Points.Point)
		case was.Why != f.Why || was.Citation != f.Citation:
			c.Text = fmt.Sprintf("rule %s is worded otherwise", f.Rule)
		default:
			return
		}
		out = append(out, c)
	})
	return out
}

func short(digest string) string { return digest[:min(len(digest), 12)] }

func engagementOf(a *Assessment, id string) *Engagement {
	for i := range a.Engagements {
		if a.Engagements[i].ID == id {
			return &a.Engagements[i]
		}
	}
	return nil
}

func first(e *Engagement) sanctions.Source {
	if refs := e.Accounts[0].Evidence.Affirm; len(refs) > 0 {
		return refs[0].Source
	}
	return sanctions.Source{}
}

// engagementCauses compares two states of one engagement: its claims, how it
// stands, and what lists say of its counterparty.
func engagementCauses(was, is *Engagement) []Cause {
	var out []Cause
	add := func(what, format string, args ...any) {
		out = append(out, Cause{What: what, Engagement: is.ID, Text: fmt.Sprintf(format, args...)})
	}
	had, have := claimsOf(was), claimsOf(is)
	for _, c := range have {
		if !slices.ContainsFunc(had, func(o *ClaimRef) bool { return sameClaim(o, c) }) {
			out = append(out, Cause{What: "claim", Engagement: is.ID, Text: "new claim: " + c.words(), Source: c.Source})
		}
	}
	for _, c := range had {
		if !slices.ContainsFunc(have, func(o *ClaimRef) bool { return sameClaim(o, c) }) {
			out = append(out, Cause{What: "claim", Engagement: is.ID, Text: "claim is gone: " + c.words(), Source: c.Source})
		}
	}
	a, b := &was.Accounts[0], &is.Accounts[0]
	if a.Kind != b.Kind {
		add("claim", "kind %s, was %s", b.Kind, a.Kind)
	}
	if a.Stage != b.Stage {
		add("claim", "stage %s, was %s", cmp.Or(b.Stage, "unknown"), cmp.Or(a.Stage, "unknown"))
	}
	if was.Ended != is.Ended {
		add("claim", "ended: %s, was %s", cmp.Or(is.Ended, "no"), cmp.Or(was.Ended, "no"))
	}
	if a.Evidence.Status != b.Evidence.Status {
		add("claim", "evidence %s, was %s", b.Evidence.Status, a.Evidence.Status)
	}
	if a.Evidence.Status == b.Evidence.Status && a.Evidence.Row != b.Evidence.Row {
		add("claim", "evidence weighs as %s, was %s", b.Evidence.Row, a.Evidence.Row)
	}
	differ := func(what, x, y string) {
		if x != y {
			add("claim", "%s %s, was %s", what, cmp.Or(y, "unknown"), cmp.Or(x, "unknown"))
		}
	}
	differ("goods", string(a.ItemClass), string(b.ItemClass))
	differ("codes", strings.Join(a.HS6, ";"), strings.Join(b.HS6, ";"))
	differ("direction", string(a.Direction), string(b.Direction))
	differ("amount", a.Amount.words(), b.Amount.words())
	differ("other side", a.Counterparty.words(), b.Counterparty.words())
	if a.From != b.From {
		add("claim", "first day %v, was %v", b.From, a.From)
	}
	if a.LastKnown != b.LastKnown {
		add("claim", "last known day %v, was %v", b.LastKnown, a.LastKnown)
	}
	if a.Counterparty != nil && b.Counterparty != nil {
		out = append(out, standingCauses(is.ID, a.Counterparty.Then, b.Counterparty.Then)...)
		more := standingCauses(is.ID, a.Counterparty.Now, b.Counterparty.Now)
		for _, st := range b.Counterparty.During {
			more = append(more, standingCauses(is.ID, a.Counterparty.within(st), st)...)
		}
		for _, st := range a.Counterparty.During {
			more = append(more, standingCauses(is.ID, st, b.Counterparty.within(st))...)
		}
		for _, c := range more {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

func (a *Amount) words() string {
	if a == nil {
		return ""
	}
	words := strings.TrimSpace(string(a.Qualifier) + " " + a.Value + " " + a.Currency)
	if a.USD != "" && a.Currency != claims.Dollar {
		words += " (USD " + a.USD + ")"
	}
	return words
}

func (p *Counterparty) words() string {
	if p == nil {
		return ""
	}
	return cmp.Or(p.Name, p.ID) + " (" + string(p.Basis) + ")"
}

// within is where the other side stood within the dealing when it stood as in another
// assessment; the zero Standing where nothing is said of that time.
func (p *Counterparty) within(o *sanctions.Standing) *sanctions.Standing {
	for _, st := range p.During {
		if st.Holds.Overlaps(o.Holds) {
			return st
		}
	}
	return &sanctions.Standing{}
}

func claimsOf(e *Engagement) []*ClaimRef {
	var out []*ClaimRef
	for i := range e.Accounts {
		out = append(out, e.Accounts[i].Evidence.Affirm...)
		out = append(out, e.Accounts[i].Evidence.Against...)
	}
	out = append(out, e.Ends...)
	return out
}

func sameClaim(a, b *ClaimRef) bool {
	x, y := *a, *b
	x.Source, y.Source = sanctions.Source{}, sanctions.Source{} // lines move when rows are added
	return x == y
}

func (c *ClaimRef) words() string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s by %s", c.Polarity, c.Kind, c.Stage, cmp.Or(c.StatementBy, c.Publisher, c.Root, "an unnamed source")))
}

// standingCauses compares what lists and registers say of one party.
func standingCauses(engagement string, was, is *sanctions.Standing) []Cause {
	if was == nil || is == nil {
		return nil
	}
	var out []Cause
	had, have := designations(was), designations(is)
	add := func(d *sanctions.Designation, text string) {
		c := Cause{What: "listing", Engagement: engagement, Text: text}
		if len(d.Sources) > 0 {
			c.Source = d.Sources[0]
		}
		out = append(out, c)
	}
	for key, d := range have {
		o := had[key]
		if o == nil {
			add(d, "listed: "+key)
			continue
		}
		if a, b := strings.Join(o.Programmes, " "), strings.Join(d.Programmes, " "); a != b {
			add(d, fmt.Sprintf("listed under %s, was %s: %s", cmp.Or(b, "no programme"), cmp.Or(a, "no programme"), key))
		}
		if o.Period != d.Period {
			add(d, fmt.Sprintf("listed %v, was %v: %s", d.Period, o.Period, key))
		}
	}
	for key, d := range had {
		if have[key] == nil {
			add(d, "no longer listed: "+key)
		}
	}
	old := map[string]*sanctions.Verdict{}
	for i := range was.Verdicts {
		old[was.Verdicts[i].Regime] = &was.Verdicts[i]
	}
	nothing := sanctions.Verdict{Status: sanctions.OwnershipUnknown}
	for i := range is.Verdicts {
		v := &is.Verdicts[i]
		o := cmp.Or(old[v.Regime], &nothing)
		c := Cause{What: "ownership", Engagement: engagement}
		switch {
		case o.Status != v.Status:
			c.Text = fmt.Sprintf("%s under %s, was %s", v.Status, v.Regime, o.Status)
		case o.Share != v.Share:
			c.Text = fmt.Sprintf("listed owners hold %v %% under %s, was %v %%", v.Share, v.Regime, o.Share)
		default:
			continue
		}
		moved := stakeCauses(engagement, o.Proof, v.Proof)
		if len(moved) > 0 {
			c.Source = moved[0].Source
		} else if len(v.Proof) > 0 {
			c.Source = v.Proof[0].Source
		}
		out = append(out, c)
		for _, m := range moved {
			if !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	slices.SortFunc(out, func(a, b Cause) int { return cmp.Or(cmp.Compare(a.What, b.What), cmp.Compare(a.Text, b.Text)) })
	return out
}

// stakeCauses names the stakes that one of two proofs of a verdict rests on and the other
// does not, or at another share: rows of a register that are otherwise or no longer count.
func stakeCauses(engagement string, was, is []sanctions.Stake) []Cause {
	var out []Cause
	add := func(s *sanctions.Stake, format string, args ...any) {
		text := fmt.Sprintf("%s of %s: ", cmp.Or(s.OwnerName, s.OwnerID), cmp.Or(s.OwnedName, s.OwnedID)) + fmt.Sprintf(format, args...)
		out = append(out, Cause{What: "interest", Engagement: engagement, Text: text, Source: s.Source})
	}
	find := func(in []sanctions.Stake, s *sanctions.Stake) *sanctions.Stake {
		at := slices.IndexFunc(in, func(o sanctions.Stake) bool {
			return o.OwnerID == s.OwnerID && o.OwnedID == s.OwnedID && o.Kind == s.Kind && o.Period == s.Period
		})
		if at < 0 {
			return nil
		}
		return &in[at]
	}
	for i := range is {
		s := &is[i]
		switch o := find(was, s); {
		case o == nil:
			add(s, "%v %% %s, not counted before: %s", s.Share, s.Kind, s.Why)
		case o.Share != s.Share:
			add(s, "%v %% %s, was %v %%", s.Share, s.Kind, o.Share)
		}
	}
	for i := range was {
		if s := &was[i]; find(is, s) == nil {
			add(s, "%v %% %s, counted no longer, as it was: %s", s.Share, s.Kind, s.Why)
		}
	}
	return out
}

func designations(st *sanctions.Standing) map[string]*sanctions.Designation {
	out := map[string]*sanctions.Designation{}
	for i := range st.Listings {
		l := &st.Listings[i]
		for j := range l.Designations {
			d := &l.Designations[j]
			measures := make([]string, len(d.Measures))
			for k, m := range d.Measures {
				measures[k] = string(m)
			}
			out[fmt.Sprintf("%s %s (%s, %s)", d.List, d.Entry, strings.Join(measures, " "), l.Answer())] = d
		}
	}
	return out
}

func coverageCauses(was, is *sanctions.Coverage) []Cause {
	var out []Cause
	editions := func(c *sanctions.Coverage) map[string]string {
		m := map[string]string{}
		for _, l := range c.Lists {
			m[l.List] = cmp.Or(l.Edition, l.Published.String(), "loaded")
		}
		return m
	}
	had, have := editions(was), editions(is)
	for list, edition := range have {
		if old, ok := had[list]; !ok {
			out = append(out, Cause{What: "coverage", Text: "list is now loaded: " + list})
		} else if old != edition {
			out = append(out, Cause{What: "coverage", Text: fmt.Sprintf("list %s is of %s, was of %s", list, edition, old)})
		}
	}
	for list := range had {
		if _, ok := have[list]; !ok {
			out = append(out, Cause{What: "coverage", Text: "list is no longer loaded: " + list})
		}
	}
	for _, x := range []struct{ was, is, what string }{
		{was.Regimes, is.Regimes, "the table of ownership regimes is another"},
		{was.Decisions, is.Decisions, "the earlier decisions on listed parties are others"},
		{was.Known, is.Known, "what the caller knows of parties of the registers is otherwise"},
	} {
		if x.was != x.is {
			out = append(out, Cause{What: "coverage", Text: x.what})
		}
	}
	slices.SortFunc(out, func(a, b Cause) int { return cmp.Compare(a.Text, b.Text) })
	return out
}
