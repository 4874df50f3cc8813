package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
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
func (rs *Ruleset) weigh(all []relatedClaim, affirm, against []int, room *scratch) evidence {
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
		e.row, e.state = rs.weightRow(state), state
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
			row := rs.weightRow(try)
			if e.row < 0 || rs.weighsMore(row, e.row) || row == e.row && cmp.Or(cmp.Compare(try.naming, e.state.naming), cmp.Compare(try.roots, e.state.roots)) > 0 {
				e.row, e.state = row, try
			}
		}
	}
	return e
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

// rootMark is what is known of a root while roots are gathered.
type rootMark struct {
	place     int32 // among them, from 1
	anonymous bool  // some claim has it of anonymous sources
}

// marksFor is room to mark the roots of claims. It is clear, and is left so.
func (s *scratch) marksFor(all []relatedClaim) []rootMark {
	if len(s.marks) < len(all) {
		s.marks = make([]rootMark, len(all))
	}
	return s.marks
}

// rootsOf gathers the roots of claims in the order in which they come first.
func (s *scratch) rootsOf(all []relatedClaim, affirm []int) []rootStanding {
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

// standing is how well one claim is sourced: positions as in [evidenceState], and
// the day on which it became known, far ahead where nobody says.
type standing struct {
	naming, reliability, credibility int
	official                         bool
	origin                           sanctions.Date
}

// sourcing is how well the claim is sourced by itself. A publisher that affirms what
// it had of anonymous sources is named, and they are not: see rootsOf.
func (c *relatedClaim) sourcing() standing {
	s := standing{reliability: c.reliability, credibility: c.credibility, official: c.official(), origin: c.known()}
	if s.origin.IsZero() {
		s.origin = sanctions.NewDate(9999, 12, 31)
	}
	switch c.SourceNaming {
	case claims.Document:
		s.naming = 2
	case claims.Named:
		s.naming = 1
	}
	return s
}

// sameAs reports whether both are named and graded alike.
func (s *standing) sameAs(o *standing) bool {
	return s.naming == o.naming && s.reliability == o.reliability && s.credibility == o.credibility
}

// least is what both are at least.
func (s standing) least(o *standing) standing {
	s.naming, s.reliability, s.credibility = min(s.naming, o.naming), max(s.reliability, o.reliability), max(s.credibility, o.credibility)
	return s
}

// atLeast reports whether s is no worse than o in anything.
func (s *standing) atLeast(o *standing) bool {
	return s.naming >= o.naming && s.reliability <= o.reliability && s.credibility <= o.credibility
}

// precedes tells of two claims of one root which is the origin: the one that was known
// first. Of one day it is a document of an authority, court or register, which is its own
// origin: whoever tells the same of it, anonymously or in the press, has it from there. Of
// others which it is cannot be told, and the least is taken, lest a retelling of the day
// in better words add to it.
func (s *standing) precedes(o *standing) bool {
	switch {
	case s.origin != o.origin:
		return s.origin.Before(o.origin)
	case s.official != o.official:
		return s.official
	}
	return s.weaker(o)
}

// weaker tells which is sourced worse, the official apart.
func (s *standing) weaker(o *standing) bool {
	return cmp.Or(cmp.Compare(s.reliability, o.reliability), cmp.Compare(s.credibility, o.credibility), cmp.Compare(o.naming, s.naming)) > 0
}

// official reports whether the claim is a document of an authority, court or
// register: one that is completely reliable, and not the firm's own. What the
// press reads in a document is a report of it.
func (c *relatedClaim) official() bool {
	return c.SourceNaming == claims.Document && !c.byFirm && c.Reliability == 'A'
}
