package risk

import (
	"cmp"

	"github.com/sanctionrisk/exposure/sanctions"
)

// standing is how well one claim is sourced: positions as in [evidenceState], and
// the day on which it became known, far ahead where nobody says.
type standing struct {
	naming, reliability, credibility int
	official                         bool
	origin                           sanctions.Date
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
