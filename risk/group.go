package risk

import (
	"iter"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// grouping is claims put together by dealing.
type grouping struct {
	groups   [][]int // claims, by position in the subject
	strays   []int
	strands  []int32 // by claim
	attached []int   // by claim: the set, from 1, of an end that no id ties to its dealing
	ends     tied    // all ends that are affirmed, by what they can end
	ended    bool    // there are some
	events   []int   // by claim: what is told at the same events, from 1; nil where no event has several dealings
}

// group joins the claims that speak of one dealing: a shared engagement id, or a
// shared event and kind; and what a claim replaces or corrects. Denials join whatever they deny and never tie two
// dealings together; one that finds nothing to deny is a stray. It tells besides of
// which strand each claim is.
func group(all []relatedClaim, charged []int, room *scratch) grouping {
	attached := room.ints.take(len(all))
	parent := forest(room.ints.take(len(charged)))
	first := room.ints.take(numbers(all)) // by number of dealing or occasion: position in charged, from 1
	join := func(n int, key int32) {
		if key == 0 {
			return
		}
		if first[key] == 0 {
			first[key] = n + 1
			return
		}
		parent.join(first[key]-1, n)
	}
	loose := room.ints.take(len(charged))[:0]
	for n := range parent {
		parent[n] = n
	}
	for n, i := range charged {
		c := &all[i]
		switch {
		case c.denies():
		case c.EngagementID == "" && c.EventID == "" && c.amends == 0:
			for _, m := range loose {
				if c.reprints(&all[charged[m]]) {
					parent.join(m, n)
				}
			}
			loose = append(loose, n)
		default:
			join(n, c.dealing)
			join(n, c.amends)
			join(n, c.occasion)
			join(n, c.whole)
			join(n, c.story)
		}
	}
	events := eventsOf(all, charged, parent, room)
	members := slices.Grow(room.groups[:0], len(charged))[:len(charged)]
	clear(members)
	room.groups = members
	sizes := room.ints.take(len(charged))
	for n := range charged {
		sizes[parent.root(n)]++
	}
	for r, size := range sizes {
		if size > 0 {
			members[r] = room.ints.take(size)[:0]
		}
	}
	for n, i := range charged {
		if !all[i].denies() {
			r := parent.root(n)
			members[r] = append(members[r], i)
		}
	}
	attachEnds(all, members, attached, room)
	denials := room.ints.take(len(charged))[:0]
	for _, i := range charged {
		if all[i].denies() {
			denials = append(denials, i)
		}
	}
	strays := attachDenials(all, members, denials, room)
	groups := slices.DeleteFunc(members, func(m []int) bool {
		slices.Sort(m)
		return len(m) == 0
	})
	return grouping{groups: groups, strays: strays, strands: strandsOf(all, charged, parent, room), attached: attached, events: events}
}

// eventsOf puts together, by claim, what is told at the same events, be it of several
// dealings.
func eventsOf(all []relatedClaim, charged []int, dealings forest, room *scratch) []int {
	var joined forest
	var first []int // by number of event: position in charged, from 1
	for n, i := range charged {
		c := &all[i]
		if c.event == 0 || c.occasion == 0 || c.denies() {
			continue
		}
		if first == nil {
			joined, first = room.ints.take(len(charged)), room.ints.take(numbers(all))
			copy(joined, dealings)
		}
		if first[c.event] == 0 {
			first[c.event] = n + 1
		}
		joined.join(first[c.event]-1, n)
	}
	apart := false
	for n := range joined {
		apart = apart || joined.root(n) != dealings.root(n)
	}
	if !apart {
		return nil
	}
	out := room.ints.take(len(all))
	for n, i := range charged {
		out[i] = joined.root(n) + 1
	}
	return out
}

// gatherEnds finds the ends that are affirmed, and that nobody replaces.
func (g *grouping) gatherEnds(s *Subject, charged []int, asOf sanctions.Date, room *scratch) {
	for _, i := range charged {
		if c := &s.claims[i]; c.rank >= endStages && !c.denies() && !c.replaced(s, asOf) {
			if !g.ended {
				g.ended, g.ends = true, room.tied(s.claims, 0)
			}
			g.ends.add(c.course, i, 0)
		}
	}
}

// forest is sets that are joined, each with its least member as root.
type forest []int

func (f forest) root(x int) int {
	for f[x] != x {
		f[x] = f[f[x]]
		x = f[x]
	}
	return x
}

func (f forest) join(x, y int) {
	a, b := f.root(x), f.root(y)
	f[max(a, b)] = min(a, b)
}

// numbers bounds the numbers that a subject gives to what ties claims together: a
// claim has seven at most.
func numbers(all []relatedClaim) int { return 7*len(all) + 1 }

// reprints tells whether two claims that name neither engagement nor event are one
// story: the same root, kind and counterparty, at times that overlap. Nobody knows
// more of them, and two sources that say the same stay two.
func (c *relatedClaim) reprints(m *relatedClaim) bool {
	same := func(a, b string) bool { return a == b || a == "" || b == "" }
	return c.root == m.root && c.Kind == m.Kind && c.Direction == m.Direction &&
		same(c.CounterpartyID, m.CounterpartyID) && (c.CounterpartyID != "" && m.CounterpartyID != "" || same(c.CounterpartyName, m.CounterpartyName)) &&
		(c.From.IsZero() || m.From.IsZero() || c.dates().span("").Overlaps(m.dates().span("")))
}

// attachEnds takes an end that is told as a dealing of its own to the dealings
// that it ends: those of the same kind and counterparty that started before it.
func attachEnds(all []relatedClaim, members [][]int, attached []int, room *scratch) {
	only := room.ints.take(len(members))[:0] // groups that tell of nothing but an end
	for g, m := range members {
		if len(m) > 0 && !slices.ContainsFunc(m, func(i int) bool { return all[i].rank < endStages }) {
			only = append(only, g)
		}
	}
	if len(only) == 0 {
		return
	}
	courses := room.tied(all, len(members))
	for g, m := range members {
		for _, i := range m {
			if all[i].rank < endStages {
				courses.add(all[i].course, i, g)
			}
		}
	}
	for _, g := range only {
		ends := members[g]
		end := &all[ends[0]]
		found := false
		for h := range courses.groups(g, func(i int) bool { return end.ends(&all[i]) }, end.course) {
			members[h] = append(members[h], ends...)
			found = true
		}
		if found {
			for _, i := range ends {
				attached[i] = g + 1
			}
			members[g] = nil
		}
	}
}

// attachDenials takes each denial to the groups of which it denies something, and
// returns those that find none.
func attachDenials(all []relatedClaim, members [][]int, denials []int, room *scratch) (strays []int) {
	if len(denials) == 0 {
		return nil
	}
	told := room.tied(all, len(members))
	for g, m := range members {
		for _, i := range m {
			told.add(all[i].dealing, i, g)
			told.add(all[i].event, i, g)
		}
	}
	for n, i := range denials {
		c := &all[i]
		found := false
		for g := range told.groups(n, func(j int) bool { return c.reaches(&all[j]) }, c.dealing, c.amends, c.event) {
			members[g] = append(members[g], i)
			found = true
		}
		if !found {
			strays = append(strays, i)
		}
	}
	return strays
}

// tied finds claims, and the groups that they are of, by a number that they have: so
// that nobody compares what he speaks of with everything that there is.
type tied struct {
	*scratch
	last []int // by number: a link, from 1
	seen []int // by group: who found it last, from 1
}

// link is a claim that has a number, and the places of the link before and of the last
// one before that is of another group.
type link struct{ claim, group, before, apart int }

// tied is ready for the claims of some groups. Of one scratch there is one at a time.
func (s *scratch) tied(all []relatedClaim, groups int) tied {
	s.links = s.links[:0]
	return tied{s, s.ints.take(numbers(all)), s.ints.take(groups)}
}

func (t tied) add(number int32, claim, group int) {
	if number == 0 {
		return
	}
	before := t.last[number]
	apart := before
	if before > 0 && t.links[before-1].group == group {
		apart = t.links[before-1].apart
	}
	t.links = append(t.links, link{claim, group, before, apart})
	t.last[number] = len(t.links)
}

// claims are those with a number.
func (t tied) claims(number int32) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := t.last[number]; at > 0 && yield(t.links[at-1].claim); at = t.links[at-1].before {
		}
	}
}

// groups are those with a claim for which it is so, among claims with one of the
// numbers, each once for one who asks.
func (t tied) groups(who int, is func(claim int) bool, numbers ...int32) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, number := range numbers {
			if number == 0 {
				continue
			}
			for at := t.last[number]; at > 0; {
				l := t.links[at-1]
				switch {
				case t.seen[l.group] == who+1:
					at = l.apart
				case !is(l.claim):
					at = l.before
				default:
					if t.seen[l.group], at = who+1, l.apart; !yield(l.group) {
						return
					}
				}
			}
		}
	}
}

// ends tells whether the end that a claim reports can be that of the dealing of
// another.
func (c *relatedClaim) ends(m *relatedClaim) bool {
	same := c.CounterpartyID == m.CounterpartyID && (c.CounterpartyID != "" || sourceKey(c.CounterpartyName) == sourceKey(m.CounterpartyName))
	return !m.denies() && c.Kind == m.Kind && same && (c.Direction == m.Direction || c.Direction == "" || m.Direction == "") &&
		!c.when().Before(m.From)
}

// reaches tells whether a denial is about what another claims: the same engagement, or the
// same event and, where the denial names one, the same kind.
func (c *relatedClaim) reaches(m *relatedClaim) bool {
	return c.EngagementID != "" && c.EngagementID == m.EngagementID || c.SupersedesID != "" && c.SupersedesID == m.EngagementID ||
		c.EventID != "" && c.EventID == m.EventID && (c.Kind == "" || m.Kind == "" || c.Kind == m.Kind || isTalk(c.Kind, c.Stage) && isTalk(m.Kind, m.Stage))
}
