package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/internal/exact"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// The orders of the vocabularies of evidence, worst first, in which a fact can
// only get better by an affirmation.
var (
	reliabilityTerms = catalogue[factIndex("reliability")].Terms // a, b, c, f, d, e: best first
	credibilityTerms = catalogue[factIndex("credibility")].Terms

	ungraded, unjudged = slices.Index(reliabilityTerms, "f"), slices.Index(credibilityTerms, "6")
)

// evidenceState is the facts of scope evidence in short: positions in their
// vocabularies, of naming from the worst, of the others from the best.
type evidenceState struct {
	roots                                    int
	own, official                            bool
	naming, reliability, credibility, denial int
}

// put writes the state as facts.
func (e evidenceState) put(f *Facts) {
	f.numbers[slotRoots] = numeral{int64(e.roots) * million, true}
	f.terms[slotOwn] = truth(e.own)
	f.terms[slotOfficial] = truth(e.official)
	f.terms[slotNaming] = bit(namings, [...]claims.SourceNaming{claims.Anonymous, claims.Named, claims.Document}[e.naming])
	f.terms[slotReliability] = 1 << e.reliability
	f.terms[slotCredibility] = 1 << e.credibility
	f.terms[slotDenial] = 1 << e.denial
}

// evidenceSize is the number of values of each part of an [evidenceState], roots
// from 1: what [Compile] tries all of.
var evidenceSize = [...]int{maxRoots, 2, 2, 3, 6, 6, 4}

// maxRoots is the number of independent roots up to which an evidence table is
// checked and looked up. One that looks further is beyond what can be checked and
// beyond what anybody has.
const maxRoots = 6

// position numbers the states; -1 for one with more roots than are looked up.
func (e evidenceState) position() int {
	if e.roots < 1 || e.roots > maxRoots {
		return -1
	}
	n := e.denial
	for i, v := range [...]int{e.credibility, e.reliability, e.naming, oneIf(e.official), oneIf(e.own), e.roots - 1} {
		n = n*evidenceSize[len(evidenceSize)-2-i] + v
	}
	return n
}

// imputeAll finds the row for each sort of claim.
func (rs *Ruleset) imputeAll(sorts []Facts, room *slab[imputed]) []imputed {
	out := room.take(len(sorts))
	for n := range sorts {
		row := rs.impute(&sorts[n])
		out[n] = imputed{row, rs.tables.Imputation[row].Impute == sanctions.Yes}
	}
	return out
}

// impute finds the first row that holds.
func (rs *Ruleset) impute(f *Facts) int {
	for i := range rs.imputation {
		if decide(rs.imputation[i].tests, f) == sanctions.Yes {
			return i
		}
	}
	return len(rs.imputation) - 1 // Compile demands a last row without conditions
}

// weightRow finds the first row of the evidence table that holds; -1 if none.
func (s *scale) weightRow(e evidenceState) int {
	if n := e.position(); n >= 0 && s.weights != nil {
		return int(s.weights[n])
	}
	var f Facts
	e.put(&f)
	return s.weightOf(&f)
}

// weightOf is weightRow for facts.
func (s *scale) weightOf(f *Facts) int {
	for i := range s.evidence {
		if decide(s.evidence[i].tests, f) == sanctions.Yes {
			return i
		}
	}
	return -1
}

// weighsMore compares rows of the evidence table.
func (s *scale) weighsMore(a, b int) bool {
	x, y := &s.evidence[a], &s.evidence[b]
	return cmp.Or(cmp.Compare(x.point, y.point), cmp.Compare(x.high, y.high), cmp.Compare(x.low, y.low)) > 0
}

func (rs *Ruleset) compileEvidence(faults *faultList) {
	for i := range rs.tables.Evidence {
		w := &rs.tables.Evidence[i]
		faults.documented(w.Source, w.ID, w.Citation, w.Why, timeless)
		tests, err := compileAll(w.When)
		if err != nil {
			faults.add(w.Source, "", "", "%w", err)
		}
		row := compiledRow{tests: tests, status: w.Status, reach: reachRank(w.Reach), low: exact.Millionths(w.Low.Decimal), point: exact.Millionths(w.Point.Decimal), high: exact.Millionths(w.High.Decimal)}
		switch {
		case w.Status == "" || w.Reach == "":
			faults.add(w.Source, "status", string(w.Status), "an evidence row needs status and reach")
		case !w.Low.Valid || !w.Point.Valid || !w.High.Valid:
			faults.add(w.Source, "low", "", "give low, point and high")
		case row.low < 0 || row.low > row.point || row.point > row.high || row.high > million:
			faults.add(w.Source, "low", w.Low.Decimal.String(), "weights must be 0 <= low <= point <= high <= 1")
		}
		row.weight = newScore(triple{row.low, row.point, row.high})
		row.row = &assessment.Row{Rule: w.ID, Why: w.Why, Citation: w.Citation, Row: w.Source}
		rs.evidence = append(rs.evidence, row)
	}
	if n := len(rs.evidence); n == 0 || len(rs.evidence[n-1].tests) > 0 {
		faults.add(sanctions.Source{File: "evidence.csv"}, "", "", "the last row must have no condition, so that every engagement has a weight")
		return
	}
	if faults.errs == nil {
		rs.checkEvidence(faults)
	}
}

// checkEvidence walks all states of the evidence and, from each, one step of
// further affirmation and one of further denial: the first must not lower a
// weight and the second must not raise one. The rows found are kept: an
// assessment looks them up.
func (rs *Ruleset) checkEvidence(faults *faultList) {
	const worseUp = 4 // from reliability on a greater number is worse
	rows := make([]int16, maxRoots*2*2*3*6*6*4)
	for n := range rows {
		var s [len(evidenceSize)]int
		rest := n
		for i := range s {
			s[i], rest = rest%evidenceSize[i], rest/evidenceSize[i]
		}
		rows[n] = int16(rs.weightRow(evidenceState{s[0] + 1, s[1] == 1, s[2] == 1, s[3], s[4], s[5], s[6]}))
	}
	rs.weights = rows
	reported := map[[2]int]bool{}
	for n := range rows {
		step := 1
		for i, most := range evidenceSize {
			at := n / step % most
			worse := -1
			switch {
			case i < worseUp && at > 0:
				worse = n - step
			case i >= worseUp && at+1 < most:
				worse = n + step
			}
			step *= most
			if worse < 0 {
				continue
			}
			better, worse := int(rows[n]), int(rows[worse])
			a, b := &rs.evidence[better], &rs.evidence[worse]
			if (a.low < b.low || a.point < b.point || a.high < b.high) && !reported[[2]int{better, worse}] {
				reported[[2]int{better, worse}] = true
				w := &rs.tables.Evidence[worse]
				faults.add(w.Source, "high", w.High.Decimal.String(),
					"%s weighs more than %s, which is better shown or less denied: a further denial would raise the score or a further source lower it",
					w.ID, rs.tables.Evidence[better].ID)
			}
		}
	}
}
