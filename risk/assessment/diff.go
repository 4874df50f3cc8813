package assessment

import (
	"cmp"
	"slices"

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
	Parts    []Part         `json:"parts,omitempty"` // the lines by what is behind them: they sum to Change
	Causes   []Cause        `json:"causes,omitempty"`
	// Authorities are all whose score or bounds moved, the deciding ones among them.
	Authorities []MovedAuthority `json:"authorities,omitempty"`
}

// Part is what causes that act together moved the score by.
type Part struct {
	Because []string `json:"because,omitempty"`
	Points  Points   `json:"points"`
}

// MovedAuthority is an authority whose score or bounds are otherwise; zero where it
// is not reached.
type MovedAuthority struct {
	Authority string `json:"authority"`
	Before    Score  `json:"before"`
	After     Score  `json:"after"`
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
	What       string           `json:"what"` // claim, firm, listing, ownership, interest, coverage, method, rules, rates, date
	Engagement string           `json:"engagement,omitzero"`
	Text       string           `json:"text"`
	Source     sanctions.Source `json:"source,omitzero"`

	rule string // of a cause that is one rule
}

// Diff explains the way from one assessment of a firm to another.
func Diff(before, after *Assessment) Difference {
	d := Difference{Firm: after.Firm.ID, From: before.AsOf, To: after.AsOf,
		Grades: [2]string{before.Grade.Point, after.Grade.Point}, Scores: [2]Points{before.Score.Point, after.Score.Point},
		Change: after.Score.Point.minus(before.Score.Point), Strength: [2]string{before.Strongest, after.Strongest}}
	d.Causes = causes(before, after)
	d.Lines = moved(before, after, d.Causes)
	d.Parts = parts(d.Lines)
	d.Authorities = movedAuthorities(before, after)
	return d
}

// parts adds up the lines that have the same causes.
func parts(lines []Moved) []Part {
	var out []Part
	for _, m := range lines {
		at := slices.IndexFunc(out, func(p Part) bool { return slices.Equal(p.Because, m.Because) })
		if at < 0 {
			at, out = len(out), append(out, Part{Because: m.Because})
		}
		out[at].Points = out[at].Points.plus(m.Delta)
	}
	return out
}

func movedAuthorities(before, after *Assessment) []MovedAuthority {
	var out []MovedAuthority
	score := func(a *Assessment, id string) Score {
		for i := range a.Authorities {
			if a.Authorities[i].Authority == id {
				return a.Authorities[i].Score
			}
		}
		return Score{}
	}
	add := func(id string) {
		m := MovedAuthority{id, score(before, id), score(after, id)}
		same := m.Before.Low.Equal(m.After.Low.Decimal) && m.Before.Point.Equal(m.After.Point.Decimal) && m.Before.High.Equal(m.After.High.Decimal)
		if !same && !slices.ContainsFunc(out, func(o MovedAuthority) bool { return o.Authority == id }) {
			out = append(out, m)
		}
	}
	for _, a := range [...]*Assessment{after, before} {
		for i := range a.Authorities {
			add(a.Authorities[i].Authority)
		}
	}
	return out
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
