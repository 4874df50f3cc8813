package risk

import (
	"slices"
)

// group joins the claims that speak of one dealing: a shared engagement id, or a
// shared event and kind; and what a claim replaces or corrects. Denials join whatever they deny and never tie two
// dealings together; one that finds nothing to deny is a stray.
func group(claims []relatedClaim, charged []int, room *scratch) (groups [][]int, strays []int) {
	parent := room.ints.take(len(charged))
	first := room.ints.take(4*len(claims) + 1) // by number of dealing or occasion: position in charged, from 1
	find := func(x int) int {
		for parent[x] != x {
			parent[x] = parent[parent[x]]
			x = parent[x]
		}
		return x
	}
	join := func(n int, key int32) {
		if key == 0 {
			return
		}
		if first[key] == 0 {
			first[key] = n + 1
			return
		}
		a, b := find(first[key]-1), find(n)
		parent[max(a, b)] = min(a, b)
	}
	loose := room.ints.take(len(charged))[:0]
	for n, i := range charged {
		parent[n] = n
		c := &claims[i]
		switch {
		case c.denies():
		case c.EngagementID == "" && c.EventID == "" && c.amends == 0:
			for _, m := range loose {
				if c.reprints(&claims[charged[m]]) {
					a, b := find(m), find(n)
					parent[max(a, b)] = min(a, b)
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
	members := slices.Grow(room.groups[:0], len(charged))[:len(charged)]
	clear(members)
	room.groups = members
	for n, i := range charged {
		if !claims[i].denies() {
			r := find(n)
			members[r] = append(members[r], i)
		}
	}
	attachEnds(claims, members)
	for _, i := range charged {
		c := &claims[i]
		if !c.denies() {
			continue
		}
		found := false
		for r, m := range members {
			if len(m) > 0 && c.meets(claims, m) {
				members[r] = append(m, i)
				found = true
			}
		}
		if !found {
			strays = append(strays, i)
		}
	}
	return slices.DeleteFunc(members, func(m []int) bool {
		slices.Sort(m)
		return len(m) == 0
	}), strays
}

// reprints tells whether two claims that name neither engagement nor event are one
// story: the same root, kind and counterparty, at times that overlap. Nobody knows
// more of them, and two sources that say the same stay two.
func (c *relatedClaim) reprints(m *relatedClaim) bool {
	same := func(a, b string) bool { return a == b || a == "" || b == "" }
	return c.root == m.root && c.Kind == m.Kind && c.Direction == m.Direction &&
		same(c.CounterpartyID, m.CounterpartyID) && (c.CounterpartyID != "" && m.CounterpartyID != "" || same(c.CounterpartyName, m.CounterpartyName)) &&
		(c.From.IsZero() || m.From.IsZero() || overlap(c.dates().span(""), m.dates().span("")))
}

// attachEnds takes an end that is told as a dealing of its own to the dealings
// that it ends: those of the same kind and counterparty that started before it.
func attachEnds(claims []relatedClaim, members [][]int) {
	for g, ends := range members {
		if len(ends) == 0 || slices.ContainsFunc(ends, func(i int) bool { return claims[i].rank < endStages }) {
			continue
		}
		found := false
		for h, m := range members {
			if h != g && slices.ContainsFunc(m, func(i int) bool { return claims[i].rank < endStages && claims[ends[0]].ends(&claims[i]) }) {
				members[h] = append(m, ends...)
				found = true
			}
		}
		if found {
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

// meets tells whether a denial is about one of the claims: the same engagement,
// or the same event and, where the denial names one, the same kind.
func (c *Claim) meets(claims []relatedClaim, members []int) bool {
	return slices.ContainsFunc(members, func(i int) bool {
		m := &claims[i]
		return c.EngagementID != "" && c.EngagementID == m.EngagementID || c.SupersedesID != "" && c.SupersedesID == m.EngagementID ||
			c.EventID != "" && c.EventID == m.EventID && (c.Kind == "" || m.Kind == "" || c.Kind == m.Kind || isTalk(c.Kind, c.Stage) && isTalk(m.Kind, m.Stage))
	})
}
