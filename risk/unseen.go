package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/sanctions"
)

// caveatList is caveats, each once. Those of one dealing stand together and are like no
// other's, so that they are compared with each other only.
type caveatList struct {
	all   []assessment.Caveat
	from  int                        // where those begin that are compared
	known map[assessment.Caveat]bool // the same, where they are many
}

// next begins with those of another dealing.
func (l *caveatList) next() { l.from, l.known = len(l.all), nil }

func (l *caveatList) add(condition sanctions.Condition, engagement, detail string) {
	cv := assessment.Caveat{Condition: condition, Detail: detail, Engagement: engagement}
	among := l.all[l.from:]
	switch {
	case l.known != nil:
		if l.known[cv] {
			return
		}
		l.known[cv] = true
	case slices.Contains(among, cv):
		return
	case len(among) == 16:
		l.known = map[assessment.Caveat]bool{cv: true}
		for _, x := range among {
			l.known[x] = true
		}
	}
	l.all = append(l.all, cv)
}

// unseen is what a coverage leaves open, as caveats: a portfolio is assessed under one.
type unseen struct {
	gaps     []sanctions.Gap
	accepted []sanctions.Accepted
	lists    bool // there are some
	caveats  []assessment.Caveat
}

func (u *unseen) of(c *sanctions.Coverage) []assessment.Caveat {
	if u.caveats != nil && u.lists == (len(c.Lists) > 0) && slices.Equal(u.gaps, c.Gaps) && slices.Equal(u.accepted, c.Accepted) {
		return u.caveats
	}
	found := caveatList{all: []assessment.Caveat{}}
	for _, g := range c.Gaps {
		found.add(sanctions.CoverageGap, "", "not looked at: "+g.What)
	}
	for _, x := range c.Accepted {
		found.add(x.Condition, "", "accepted: "+x.What)
	}
	if len(c.Lists) == 0 {
		found.add(sanctions.CoverageGap, "", "no list was loaded")
	}
	*u = unseen{slices.Clone(c.Gaps), slices.Clone(c.Accepted), len(c.Lists) > 0, found.all}
	return u.caveats
}
