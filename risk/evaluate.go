package risk

import (
	"github.com/sanctionrisk/exposure/sanctions"
)

// Case is one engagement of one firm given as facts, for asking a rule set
// without claims or lists: rule tests, what-ifs, teaching.
//
// Facts about the firm are asked of the rules of scope firm, the others of those
// of scope engagement; a case without a kind has no engagement. Facts of scope
// evidence weigh it; where roots is unknown the facts are taken as confirmed.
type Case struct {
	Facts   Facts
	Since   sanctions.Date // first day of the dealing, if known
	Conduct sanctions.Date // last day of it, if known
	AsOf    sanctions.Date
}

// Verdict is what a rule set says of a [Case], in brief: see
// [Ruleset.Evaluate] for the account.
type Verdict struct {
	Grade            string
	Strongest        string // empty when no authority gives points
	Low, Point, High int64  // in millionths of a point
}

// Judge answers for a case without explaining it.
func (rs *Ruleset) Judge(c *Case) Verdict {
	s := rs.borrow()
	defer rs.giveBack(s)
	items, _ := rs.caseItems(c, s.items[:0])
	s.items = items
	l := rs.score(items, s)
	var v Verdict
	best := -1
	for i := range l.totals {
		t := &l.totals[i].amount
		v.Low, v.Point, v.High = max(v.Low, t.low), max(v.Point, t.point), max(v.High, t.high)
		if best < 0 || rs.compareTotals(&l.totals[i], &l.totals[best]) < 0 {
			best = i
		}
	}
	if v.Point > 0 {
		v.Strongest = rs.authorities[l.totals[best].authority].ID
	}
	v.Grade = rs.tables.Bands[rs.band(v.Point)].ID
	return v
}

// Evaluate answers for a case with the whole account: factors, reach, missing
// elements, undecided facts. Sources are those of the rules; the case has none.
func (rs *Ruleset) Evaluate(c *Case) Assessment {
	items, row := rs.caseItems(c, nil)
	s := rs.borrow()
	defer rs.giveBack(s)
	run := &course{Scorer: &Scorer{rules: rs}, scratch: s, subject: &Subject{}, standing: &sanctions.Standing{}, asOf: c.AsOf}
	run.items, run.parties = s.items[:0], s.parties[:0]
	for _, it := range items {
		run.add(it)
		run.parties = append(run.parties, [2]int{-1, -1})
	}
	if len(items) > 1 {
		f := &c.Facts
		acc := account{conduct: c.Conduct, asked: 1}
		acc.row = row
		acc.kind = Kind(one(names(kinds), f.terms[slotKind]))
		acc.stage = Stage(one(names(stages), f.terms[slotStage]))
		acc.itemClass = ItemClass(one(names(itemClasses), f.terms[slotItem]))
		acc.direction = Direction(one(names(directions), f.terms[slotDirection]))
		acc.counterparty.basis = CounterpartyBasis(one(names(bases), f.terms[slotBasis]))
		run.engagements = []engagement{{id: "case", accounts: []account{acc}}}
	}
	return run.report(rs.score(run.items, s))
}

// one is the first term of a mask, or empty.
func one(terms []string, mask uint64) string {
	for i, t := range terms {
		if mask&(1<<i) != 0 {
			return t
		}
	}
	return ""
}

// caseItems turns a case into items and finds its row of the evidence table.
func (rs *Ruleset) caseItems(c *Case, items []item) ([]item, int) {
	sure := triple{million, million, million}
	items = append(items, item{sure: &c.Facts, high: &c.Facts, since: c.AsOf, conduct: c.AsOf, weight: sure, engagement: -1})
	if c.Facts.terms[slotKind] == 0 {
		return items, -1
	}
	row := -1
	if c.Facts.numbers[slotRoots].known {
		row = rs.weightOf(&c.Facts)
	}
	if row >= 0 {
		w := &rs.evidence[row]
		sure = triple{w.low, w.point, w.high}
	}
	return append(items, item{sure: &c.Facts, high: &c.Facts, since: c.Since, conduct: c.Conduct, weight: sure}), row
}
