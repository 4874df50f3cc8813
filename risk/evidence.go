package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
)

// evidence is what the claims of one account of an engagement show.
type evidence struct {
	state   evidenceState
	row     int   // of the evidence table
	affirm  []int // claims, by position in the subject
	against []int // denials and others' corrections
}

// weigh gathers what speaks for and against and finds the row that holds.
//
// A root is as good as its origin, the claim of it that was known first: who retells
// it under a better grade adds nothing. Grades are never mixed: each root stands
// with the naming and grades of one claim, beside as many roots as stand at least
// as well as it, or as the worse of it and another in each; the state that weighs
// most is taken.
func (s *scale) weigh(all []relatedClaim, affirm, against []int, room *weighing) evidence {
	e := evidence{affirm: affirm, against: against, row: -1}
	var state evidenceState
	for _, i := range against {
		c := &all[i]
		switch {
		case c.byFirm:
			state.denial = max(state.denial, 2)
		case c.sourced.official:
			state.denial = max(state.denial, 3)
		default:
			state.denial = max(state.denial, 1)
		}
	}
	for _, i := range affirm {
		state.own = state.own || all[i].byFirm && all[i].SourceNaming != claims.Anonymous
	}
	roots := room.rootsOf(all, affirm)
	sorts := room.sorts[:0]
	for _, root := range roots {
		state.official = state.official || root.official
		at := slices.IndexFunc(sorts, func(s sortOfRoot) bool { return s.sameAs(&root.standing) })
		if at < 0 {
			at, sorts = len(sorts), append(sorts, sortOfRoot{standing: root.standing})
		}
		// One root that names no origin shows no independence.
		sorts[at].roots += oneIf(root.named || len(roots) == 1)
	}
	room.sorts = sorts   // grown
	if len(roots) == 0 { // nothing says so in these words
		state.roots, state.reliability, state.credibility = 0, ungraded, unjudged
		e.row, e.state = s.weightRow(state), state
	}
	for at := range sorts {
		for other := range at + 1 { // each by itself, and what two of them are at least
			try, least := state, sorts[at].least(&sorts[other].standing)
			try.naming, try.reliability, try.credibility = least.naming, least.reliability, least.credibility
			try.roots = 0
			for k := range sorts {
				if sorts[k].atLeast(&least) {
					try.roots += sorts[k].roots
				}
			}
			try.roots = max(try.roots, 1)
			row := s.weightRow(try)
			if e.row < 0 || s.weighsMore(row, e.row) || row == e.row && cmp.Or(cmp.Compare(try.naming, e.state.naming), cmp.Compare(try.roots, e.state.roots)) > 0 {
				e.row, e.state = row, try
			}
		}
	}
	return e
}

// weighing is the memory of weighing.
type weighing struct {
	chains
	roots []rootStanding
	sorts []sortOfRoot
}

// rootStanding is a root that affirms, as its origin is sourced.
type rootStanding struct {
	standing
	named bool
}

// sortOfRoot is the roots that are named and graded alike.
type sortOfRoot struct {
	standing
	roots int // that show independence
}

// rootsOf gathers the roots of claims in the order in which they come first.
func (s *weighing) rootsOf(all []relatedClaim, affirm []int) []rootStanding {
	roots := s.roots[:0]
	if len(affirm) == 1 {
		c := &all[affirm[0]]
		s.roots = append(roots, rootStanding{c.sourced, c.root != ""})
		return s.roots
	}
	marks := s.marksFor(all)
	for _, i := range affirm {
		if c := &all[i]; c.SourceNaming == claims.Anonymous {
			marks[c.origin].anonymous = true
		}
	}
	for _, i := range affirm {
		c := &all[i]
		mark, sourced := &marks[c.origin], c.sourced
		if c.SourceNaming == claims.Named && c.byPublisher && mark.anonymous {
			sourced.naming = 0
		}
		if mark.place == 0 {
			roots = append(roots, rootStanding{sourced, c.root != ""})
			mark.place = int32(len(roots))
		} else if best := &roots[mark.place-1]; sourced.precedes(&best.standing) {
			best.standing = sourced
		}
	}
	for _, i := range affirm {
		marks[all[i].origin] = rootMark{}
	}
	s.roots = roots // grown
	return roots
}

// endStatus tells how well an end is shown by those among the claims that tell of one.
func (s *scale) endStatus(all []relatedClaim, affirm, against []int, i int, room *weighing) tables.Status {
	c := &all[i]
	var forIt, againstIt []int
	for _, j := range affirm {
		if all[j].rank >= c.rank {
			forIt = append(forIt, j)
		}
	}
	for _, j := range against {
		if all[j].Stage == c.Stage {
			againstIt = append(againstIt, j)
		}
	}
	return s.evidence[s.weigh(all, forIt, againstIt, room).row].status
}
