package risk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Difference explains what moved an assessment: the lines of the ledger whose
// amounts sum exactly to the change of the score, and for each what lies behind
// it among claims, listings, ownership and rules.
type Difference struct {
	Firm     string         `json:"firm"`
	From     sanctions.Date `json:"from"` // dates of the two assessments
	To       sanctions.Date `json:"to"`
	Grades   [2]string      `json:"grades"`
	Scores   [2]Points      `json:"scores"`
	Change   Points         `json:"change"`
	Strength [2]string      `json:"strongest"` // the authorities that decide, before and after
	Lines    []Moved        `json:"lines,omitempty"`
	Causes   []Cause        `json:"causes,omitempty"`
}

// Moved is a line of the ledger that changed. Where another authority decides
// after than before, the lines of both are there, those of the first taken away.
type Moved struct {
	Authority  string   `json:"authority"`
	Engagement string   `json:"engagement,omitzero"`
	Step       Step     `json:"step"`
	Rule       string   `json:"rule,omitzero"`
	Before     Points   `json:"before"`
	After      Points   `json:"after"`
	Delta      Points   `json:"delta"`
	Because    []string `json:"because,omitempty"`
}

// Cause is one thing that is otherwise in the second assessment.
type Cause struct {
	What       string           `json:"what"` // claim, listing, ownership, coverage, rules, date
	Engagement string           `json:"engagement,omitzero"`
	Text       string           `json:"text"`
	Source     sanctions.Source `json:"source,omitzero"`
}

// Diff explains the way from one assessment of a firm to another.
func Diff(before, after *Assessment) Difference {
	d := Difference{Firm: after.Firm.ID, From: before.AsOf, To: after.AsOf,
		Grades: [2]string{before.Grade.Point, after.Grade.Point}, Scores: [2]Points{before.Score.Point, after.Score.Point},
		Change: after.Score.Point.minus(before.Score.Point), Strength: [2]string{before.Strongest, after.Strongest}}
	d.Causes = causes(before, after)
	d.Lines = moved(before, after, d.Causes)
	return d
}

type lineKey struct {
	authority, engagement, rule string
	step                        Step
}

// moved lists the lines of the deciding authorities that differ.
func moved(before, after *Assessment, why []Cause) []Moved {
	lines := map[lineKey]*Moved{}
	var order []lineKey
	take := func(a *Assessment, put func(*Moved, Points)) {
		for i := range a.Authorities {
			r := &a.Authorities[i]
			if r.Authority != a.Strongest {
				continue
			}
			for _, f := range r.Factors {
				key := lineKey{r.Authority, f.Engagement, f.Rule, f.Step}
				m := lines[key]
				if m == nil {
					m = &Moved{Authority: r.Authority, Engagement: f.Engagement, Step: f.Step, Rule: f.Rule}
					lines[key] = m
					order = append(order, key)
				}
				put(m, f.Points.Point)
			}
		}
	}
	take(before, func(m *Moved, p Points) { m.Before = m.Before.plus(p) })
	take(after, func(m *Moved, p Points) { m.After = m.After.plus(p) })
	var out []Moved
	for _, key := range order {
		m := lines[key]
		if m.Delta = m.After.minus(m.Before); m.Delta.IsZero() {
			continue
		}
		m.Because = because(m, why, before, after)
		out = append(out, *m)
	}
	slices.SortStableFunc(out, func(a, b Moved) int {
		return cmp.Or(b.Delta.Abs().Cmp(a.Delta.Abs()), cmp.Compare(a.Authority, b.Authority), cmp.Compare(a.Engagement, b.Engagement),
			cmp.Compare(a.Step, b.Step), cmp.Compare(a.Rule, b.Rule))
	})
	return out
}

// because finds what lies behind a line: the causes on its engagement, or on the
// firm for a line about the firm, else the other lines, the rules or the date.
func because(m *Moved, why []Cause, before, after *Assessment) []string {
	var out []string
	for _, c := range why {
		if c.Engagement == m.Engagement && c.What != "rules" && c.What != "date" {
			out = append(out, c.Text)
		}
	}
	if before.Strongest != after.Strongest {
		out = append(out, fmt.Sprintf("%s decides, not %s", cmp.Or(after.Strongest, "no authority"), cmp.Or(before.Strongest, "none")))
	}
	if m.Step == StepCombine {
		out = append(out, "what stronger engagements leave has changed")
	}
	if before.Inputs.Rules != after.Inputs.Rules && len(out) == 0 {
		out = append(out, "the rule set changed")
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
	if before.Inputs.Rules != after.Inputs.Rules {
		out = append(out, Cause{What: "rules", Text: "another rule set: " + short(after.Inputs.Rules) + ", was " + short(before.Inputs.Rules)})
	}
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
	if a.LastKnown != b.LastKnown {
		add("claim", "last known day %v, was %v", b.LastKnown, a.LastKnown)
	}
	if a.Counterparty != nil && b.Counterparty != nil {
		out = append(out, standingCauses(is.ID, a.Counterparty.Then, b.Counterparty.Then)...)
		for _, c := range standingCauses(is.ID, a.Counterparty.Now, b.Counterparty.Now) {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
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
	for key, d := range have {
		if _, ok := had[key]; !ok {
			out = append(out, Cause{"listing", engagement, "listed: " + key, d})
		}
	}
	for key, d := range had {
		if _, ok := have[key]; !ok {
			out = append(out, Cause{"listing", engagement, "no longer listed: " + key, d})
		}
	}
	status := map[string]sanctions.OwnershipStatus{}
	for i := range was.Verdicts {
		status[was.Verdicts[i].Regime] = was.Verdicts[i].Status
	}
	for i := range is.Verdicts {
		v := &is.Verdicts[i]
		if old := cmp.Or(status[v.Regime], sanctions.OwnershipUnknown); old != v.Status {
			c := Cause{What: "ownership", Engagement: engagement, Text: fmt.Sprintf("%s under %s, was %s", v.Status, v.Regime, old)}
			if len(v.Proof) > 0 {
				c.Source = v.Proof[0].Source
			}
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Cause) int { return cmp.Or(cmp.Compare(a.What, b.What), cmp.Compare(a.Text, b.Text)) })
	return out
}

func designations(st *sanctions.Standing) map[string]sanctions.Source {
	out := map[string]sanctions.Source{}
	for i := range st.Listings {
		l := &st.Listings[i]
		for j := range l.Designations {
			d := &l.Designations[j]
			var source sanctions.Source
			if len(d.Sources) > 0 {
				source = d.Sources[0]
			}
			measures := make([]string, len(d.Measures))
			for k, m := range d.Measures {
				measures[k] = string(m)
			}
			out[fmt.Sprintf("%s %s (%s, %s)", d.List, d.Entry, strings.Join(measures, " "), l.Answer())] = source
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
	slices.SortFunc(out, func(a, b Cause) int { return cmp.Compare(a.Text, b.Text) })
	return out
}
