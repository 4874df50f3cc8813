package risk

import "slices"

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
func group(all []relatedClaim, charged []int, room *chains) grouping {
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
func eventsOf(all []relatedClaim, charged []int, dealings forest, room *chains) []int {
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
func (g *grouping) gatherEnds(all []relatedClaim, charged []int, room *chains) {
	for _, i := range charged {
		if c := &all[i]; c.rank >= endStages && !c.denies() && !c.replaced {
			if !g.ended {
				g.ended, g.ends = true, room.tied(all, 0)
			}
			g.ends.add(c.course, i, 0)
		}
	}
}

// attachEnds takes an end that is told as a dealing of its own to the dealings
// that it ends: those of the same kind and counterparty that started before it.
func attachEnds(all []relatedClaim, members [][]int, attached []int, room *chains) {
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
func attachDenials(all []relatedClaim, members [][]int, denials []int, room *chains) (strays []int) {
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
