package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// supersede notes which claims a later one of the same root replaces, whatever that says
// and whether or not it charges the firm. Another source cannot withdraw a claim; it can
// only contradict.
//
// Where nobody can tell which of two came first, the one that says so replaces the other,
// unless the other replaces it in turn, itself or through more: all claims of such a circle
// stand.
func supersede(all []relatedClaim) {
	s := supersession{all: all, by: map[string][]int{}}
	for i := range all {
		c := &all[i]
		c.replaced = false
		if c.SupersedesID != "" && c.Polarity != claims.Opinion { // a judgement tells nothing in place of a fact
			s.by[c.SupersedesID] = append(s.by[c.SupersedesID], i)
		}
	}
	if len(s.by) == 0 {
		return
	}
	s.met, s.circle = make([]int, len(all)), make([]int, len(all))
	for i := range all {
		if s.met[i] == 0 {
			s.visit(i)
		}
	}
	for i := range all {
		c := &all[i]
		c.replaced = slices.ContainsFunc(s.by[c.EngagementID], func(j int) bool {
			m := &all[j]
			return m.mayReplace(c) && (s.circle[j] != s.circle[i] || m.cameAfter(c) == sanctions.Yes)
		})
	}
}

// supersession is who replaces whom, with the circles in it: sets of claims each of which
// replaces each other, directly or through others.
type supersession struct {
	all    []relatedClaim
	by     map[string][]int // claims, by what they supersede
	met    []int            // by claim: when it was met, from 1
	circle []int            // by claim: its number, 0 while it is open
	open   []int            // claims met whose circle is not known yet
	count  int
}

// visit finds the circles of a claim and of all that may replace it, and tells the first
// claim met that is in one circle with it, by when it was met.
func (s *supersession) visit(i int) (first int) {
	s.count++
	s.met[i], first = s.count, s.count
	from := len(s.open)
	s.open = append(s.open, i)
	for _, j := range s.by[s.all[i].EngagementID] {
		switch {
		case s.circle[j] != 0 || !s.all[j].mayReplace(&s.all[i]):
		case s.met[j] == 0:
			first = min(first, s.visit(j))
		default:
			first = min(first, s.met[j])
		}
	}
	if first == s.met[i] { // nobody met before is in it
		for _, j := range s.open[from:] {
			s.circle[j] = first
		}
		s.open = s.open[:from]
	}
	return first
}

// mayReplace tells whether a claim says that it replaces another and did not become known
// before it. What was done about a dealing does not undo it, nor the dealing that; and who
// speaks of others at an event replaces what was told of that event. Of one engagement id a
// claim replaces only what surely came before it.
func (m *relatedClaim) mayReplace(c *relatedClaim) bool {
	if m.SupersedesID != c.EngagementID || m.root != c.root || (m.Kind == claims.Remediation) != (c.Kind == claims.Remediation) ||
		m.relation == relationEvent && !m.meets(c) {
		return false
	}
	after := m.cameAfter(c)
	return after == sanctions.Yes || after == sanctions.Unknown && m.EngagementID != c.EngagementID
}

// meets tells whether two claims are about one event.
func (m *relatedClaim) meets(c *relatedClaim) bool {
	at := func(event string) bool { return event != "" && (event == c.EventID || event == c.ParentEventID) }
	return at(m.EventID) || at(m.ParentEventID)
}

// cameAfter tells whether a claim came after another: it became known later, or, where
// their days are one or unknown, it is a correction and the other is not.
func (m *relatedClaim) cameAfter(c *relatedClaim) sanctions.Answer {
	mine, theirs := m.known(), c.known()
	switch {
	case !mine.IsZero() && !theirs.IsZero() && mine != theirs:
		if mine.Before(theirs) {
			return sanctions.No
		}
		return sanctions.Yes
	case m.Polarity == claims.Correct && c.Polarity != claims.Correct:
		return sanctions.Yes
	}
	return sanctions.Unknown
}
