package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Matter is a firm and its dealings as facts: what a [Ruleset] sees of a
// [Subject] once claims are weighed and parties are screened. Rules are tried on
// matters, by package risktest for one, where no claims, lists or screener are at
// hand. The zero Facts knows nothing; see [Facts.Set].
type Matter struct {
	AsOf     sanctions.Date
	Firm     Facts  // what is certain of the firm
	Possible *Facts // that and what may be besides; nil is the same as Firm
	Dealings []Dealing
}

// Dealing is one engagement as facts, those of the firm included. Its facts of
// scope evidence choose the row of evidence.csv that weighs it. Where it has
// facts of scope claim, imputation.csv is asked first whether it charges the
// firm.
type Dealing struct {
	ID         string
	Facts      Facts
	Possible   *Facts         // that and what may be besides; nil is the same as Facts
	From, Last sanctions.Date // first and last known day; unknown if no source says
}

// Outcome is what rules make of a matter, in short.
type Outcome struct {
	Score       assessment.Score
	Grade       assessment.Grades
	Strongest   string             // empty when nothing counts
	Authorities []AuthorityOutcome // those that a basis rule brings in, strongest first
	Fired       []string           // rules that count for certain in some dealing, sorted
	Rows        []DealingRows      // one a dealing
}

// AuthorityOutcome is one authority's part of an [Outcome].
type AuthorityOutcome struct {
	Authority string
	Reach     tables.Reach
	Score     assessment.Score
}

// DealingRows are the rows of the first-row-that-holds tables that decided about
// a dealing; empty where a table was not asked.
type DealingRows struct{ Imputation, Evidence string }

// Explain puts a matter to the rules: the same evaluation as [Scorer.Assess], with
// the facts taken as given. The assessment has no firm, standing, coverage and
// inputs, and names no sources.
func (rs *Ruleset) Explain(m *Matter) assessment.Assessment {
	s := rs.borrow()
	defer rs.giveBack(s)
	c, _ := rs.try(m, s)
	return c.report(rs.score(c.items, &s.ledger))
}

// Outcome is the short form of [Ruleset.Explain], for trying many rule sets on many
// matters.
func (rs *Ruleset) Outcome(m *Matter) Outcome {
	s := rs.borrow()
	defer rs.giveBack(s)
	c, rows := rs.try(m, s)
	l := rs.score(c.items, &s.ledger)
	o := Outcome{Fired: rs.fired(c.items), Rows: rows, Authorities: make([]AuthorityOutcome, 0, len(l.totals))}
	rs.sort(l.totals)
	var most triple
	for i := range l.totals {
		t := &l.totals[i]
		a := &rs.authorities[t.authority]
		most = triple{max(most.low, t.amount.low), max(most.point, t.amount.point), max(most.high, t.amount.high)}
		reach := rankIndicator
		for _, k := range l.of(t) {
			tl := &l.tallies[k]
			reach = max(reach, c.reachOf(a, tl, c.reachLimit(tl)))
		}
		o.Authorities = append(o.Authorities, AuthorityOutcome{a.ID, reaches[reach], newScore(t.amount)})
	}
	o.Score, o.Grade = newScore(most), rs.grades(most)
	if most.point > 0 {
		o.Strongest = o.Authorities[0].Authority
	}
	return o
}

// try makes items of a matter, and names the rows that imputed and weighed each
// dealing.
func (rs *Ruleset) try(m *Matter, s *scratch) (*course, []DealingRows) {
	c := &course{rules: rs, scratch: s, asOf: m.AsOf, subject: &Subject{}, standing: &sanctions.Standing{}, single: &single{}, firmPlaces: []sanctions.Source{}}
	c.items = make([]item, 0, 2+len(m.Dealings))
	c.engagements = make([]engagement, 0, len(m.Dealings))
	c.parties = make([][2]int, 0, 2+len(m.Dealings))
	or := func(possible, sure *Facts) *Facts {
		if possible != nil {
			return possible
		}
		return sure
	}
	c.addFirmFacts(&m.Firm, or(m.Possible, &m.Firm))
	rows := make([]DealingRows, len(m.Dealings))
	for i := range m.Dealings {
		d := &m.Dealings[i]
		if d.Facts.ofClaim() {
			row := &rs.tables.Imputation[rs.impute(&d.Facts)]
			if rows[i].Imputation = row.ID; row.Impute != sanctions.Yes {
				continue
			}
		}
		row := rs.weightOf(&d.Facts)
		if row < 0 { // Compile demands a last row without conditions
			row = len(rs.evidence) - 1
		}
		rows[i].Evidence = rs.tables.Evidence[row].ID
		w := &rs.evidence[row]
		c.add(item{sure: &d.Facts, high: or(d.Possible, &d.Facts), when: when{d.From, d.From, d.Last, d.Last, m.AsOf},
			weight: triple{w.low, w.point, w.high}, engagement: int32(len(c.engagements))}, [2]int{-1, -1})
		c.engagements = append(c.engagements, engagement{id: d.ID, accounts: []account{{reading: reading{conduct: d.Last}, asked: len(c.items) - 1, evidence: evidence{row: row}}}})
	}
	return c, rows
}

// ofClaim reports whether any fact of scope claim is known.
func (f *Facts) ofClaim() bool {
	for _, slot := range [...]int{slotRelation, slotSubjectType, slotCapacity, slotParticipation, slotPolarity} {
		if f.terms[slot] != 0 {
			return true
		}
	}
	return false
}

// fired lists the rules that count for certain: their conditions hold, the
// conduct lies in their dates, and a basis rule of their authority has fired on
// the same item.
func (rs *Ruleset) fired(items []item) []string {
	var out []string
	for i := range items {
		it := &items[i]
		for from := 0; from < len(rs.rules); {
			authority, start, basis := rs.rules[from].authority, len(out), false
			for ; from < len(rs.rules) && rs.rules[from].authority == authority; from++ {
				r := &rs.rules[from]
				surely, _ := r.reaches(&it.when)
				if surely && (r.Scope == tables.ScopeFirm) == (it.engagement < 0) && decide(r.tests, it.sure) == sanctions.Yes {
					out = append(out, r.ID)
					basis = basis || r.Role == tables.Basis
				}
			}
			if !basis {
				out = out[:start]
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Applies tells whether a rule applies, on the date of an assessment, to a dealing of
// that time, of which the days may be unknown: see [tables.Rule].
func Applies(r *tables.Rule, from, last, asOf sanctions.Date) bool {
	c := compiledRule{Rule: r}
	surely, _ := c.reaches(&when{from, from, last, last, asOf})
	return surely
}
