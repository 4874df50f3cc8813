package risk

import (
	"strings"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

type compiledRule struct {
	*tables.Rule
	points     int64
	floor, cap int64 // -1 is none
	authority  int32
	list       int32 // of the facts that tests ask, in their order
	basis      bool
	aggravates bool
	row        *assessment.Row // as factors show it
	asks       factSet         // facts that tests ask
	tests      []test
	shown      [3]assessment.Score // of a line: fires in all scores, on what is certain only, in the high score only
}

func (r *compiledRule) mitigates() bool { return !r.basis && !r.aggravates }

type compiledAuthority struct {
	*tables.Authority
	elements []compiledElement
	rules    span
	own      bool // of nature Own
}

// compiledElement is an element of an authority, which any of its rows may show.
type compiledElement struct {
	*assessment.Requirement
	rows [][]test
}

type compiledRow struct {
	tests            []test
	low, point, high int64
	reach            int // rank
	row              *assessment.Row
	weight           assessment.Score
	status           tables.Status
}

// span is some in a row: rules, or tallies of an authority.
type span struct{ from, to int32 }

// mask is the part of the span in a word.
func (s span) mask(w int32) uint64 {
	mask := ^uint64(0)
	if first := s.from - 64*w; first > 0 {
		mask <<= first
	}
	if last := s.to - 64*w; last < 64 {
		mask &= 1<<last - 1
	}
	return mask
}

// when are the days of an item.
type when struct {
	since   sanctions.Date // first day of the dealing, unknown if no source says
	started sanctions.Date // the last that may be the first, where dates are coarse
	conduct sanctions.Date // last known day
	early   sanctions.Date // the first that may be the last
	asOf    sanctions.Date // the day of the assessment
}

// reaches tells whether the rule applies to conduct of that time, for certain and
// perhaps, where dates are coarse: its last known day lies in the rule's period. A
// mitigating rule with an end, a licence say, covers only a dealing that is known
// to have started inside it; how long it may last is a condition (lasted_days). A rule
// that begins after the day of the assessment reaches nothing: on that day it is no law,
// even for a dealing that is announced for a later one. A dealing of a day that nobody
// tells is asked about under the law of the day of the assessment.
func (r *compiledRule) reaches(it *when) (surely, maybe bool) {
	if r.Effective.From.After(it.asOf) {
		return false, false
	}
	if r.asksForStart() {
		surely = r.Effective.Contains(it.since)
		if it.started != it.since {
			in := r.Effective.Contains(it.started)
			return surely && in, surely || in
		}
		return surely, surely
	}
	if it.conduct.IsZero() {
		law := r.Effective.Contains(it.asOf) || it.asOf.IsZero() && r.Effective.To.IsZero()
		return law, law
	}
	surely = r.Effective.Contains(it.conduct)
	if it.early != it.conduct {
		in := r.Effective.Contains(it.early)
		return surely && in, surely || in
	}
	return surely, surely
}

// asksForStart reports whether the rule covers dealings by the day on which they
// started.
func (r *compiledRule) asksForStart() bool {
	return r.Role == tables.Mitigating && !r.Effective.To.IsZero()
}

func compareRules(a, b *compiledRule) int {
	if a.authority != b.authority {
		return int(a.authority - b.authority)
	}
	return strings.Compare(a.ID, b.ID)
}

// holds answers for an element, any of whose rows may show it.
func (e *compiledElement) holds(f *Facts) sanctions.Answer {
	answer := sanctions.No
	for _, tests := range e.rows {
		switch decide(tests, f) {
		case sanctions.Yes:
			return sanctions.Yes
		case sanctions.Unknown:
			answer = sanctions.Unknown
		}
	}
	return answer
}

// scale is the evidence table, by which accounts are weighed.
type scale struct {
	evidence []compiledRow // parallel to tables.Evidence
	weights  []int16       // row of evidence by position of the state
}

// imputed is what the imputation table says of claims of one sort.
type imputed struct {
	row     int
	charges bool // the firm
}
