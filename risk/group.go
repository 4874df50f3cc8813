package risk

import (
	"slices"
)

// grouping is claims put together by dealing.
type grouping struct {
	groups   [][]int // claims, by position in the subject
	strays   []int
	strands  []int32 // by claim
	attached []int   // by claim: the set, from 1, of an end that no id ties to its dealing
	ends     []int   // all ends that are affirmed
}

// group joins the claims that speak of one dealing: a shared engagement id, or a
// shared event and kind; and what a claim replaces or corrects. Denials join whatever they deny and never tie two
// dealings together; one that finds nothing to deny is a stray. It tells besides of
// which strand each claim is.
func group(all []relatedClaim, charged []int, room *scratch) grouping {
	var strays []int
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
	attachEnds(all, members, attached)
	for _, i := range charged {
		c := &all[i]
		if !c.denies() {
			continue
		}
		found := false
		for r, m := range members {
			if len(m) > 0 && c.meets(all, m) {
				members[r] = append(m, i)
				found = true
			}
		}
		if !found {
			strays = append(strays, i)
		}
	}
	groups := slices.DeleteFunc(members, func(m []int) bool {
		slices.Sort(m)
		return len(m) == 0
	})
	ends := room.ints.take(len(charged))[:0]
	for _, i := range charged {
		if c := &all[i]; c.rank >= endStages && !c.denies() {
			ends = append(ends, i)
		}
	}
	return grouping{groups, strays, strandsOf(all, charged, parent, room), attached, ends}
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
// claim has five at most.
func numbers(all []relatedClaim) int { return 5*len(all) + 1 }

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
func attachEnds(all []relatedClaim, members [][]int, attached []int) {
	for g, ends := range members {
		if len(ends) == 0 || slices.ContainsFunc(ends, func(i int) bool { return all[i].rank < endStages }) {
			continue
		}
		found := false
		for h, m := range members {
			if h != g && slices.ContainsFunc(m, func(i int) bool { return all[i].rank < endStages && all[ends[0]].ends(&all[i]) }) {
				members[h] = append(m, ends...)
				found = true
			}
		}
		if found {
			for _, i := range ends {
				attached[i] = g + 1
			}
			members[g] = nil
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

// meets tells whether a denial is about one of the claims that are no denials: the same
// engagement, or the same event and, where the denial names one, the same kind.
func (c *relatedClaim) meets(all []relatedClaim, members []int) bool {
	return slices.ContainsFunc(members, func(i int) bool { return !all[i].denies() && c.reaches(&all[i]) })
}

// reaches is meets for one claim.
func (c *relatedClaim) reaches(m *relatedClaim) bool {
	return c.EngagementID != "" && c.EngagementID == m.EngagementID || c.SupersedesID != "" && c.SupersedesID == m.EngagementID ||
		c.EventID != "" && c.EventID == m.EventID && (c.Kind == "" || m.Kind == "" || c.Kind == m.Kind || isTalk(c.Kind, c.Stage) && isTalk(m.Kind, m.Stage))
}
