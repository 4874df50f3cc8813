package ownership

import (
	"slices"
	"sync"
)

// recent is what was solved for the verdicts that were asked for last: who asks for one
// firm of a circle or a chain is likely to ask for another.
type recent struct {
	sync.Mutex
	*tangle
	sure      []*regime // the solution for those who are listed for certain, by regime
	histories []history
	lineages  []*lineage
}

// history is a cascade with the rounds in which it reached whom, for the proofs of
// parties above which too many stand to solve again for each.
type history struct {
	listed roster
	group  int // of listed parties, or -1 for all
	*cascade
}

// mostRemembered bounds how many parties the histories have reached that are kept.
const mostRemembered = 1 << 20

// forget is for when more is listed.
func (l *recent) forget() { l.tangle, l.sure, l.histories, l.lineages = nil, nil, nil, nil }

// history is the cascade of a group, or of all the listed; nil where it is not known and
// need not be.
func (l *recent) history(a *Analysis, r *regime, group int, needed bool) *cascade {
	l.Lock()
	defer l.Unlock()
	listed := r.listed
	listed.except = 0 // it stands above nobody who is asked for
	if i := slices.IndexFunc(l.histories, func(h history) bool { return h.listed == listed && h.group == group }); i >= 0 {
		return l.histories[i].cascade
	}
	if !needed {
		return nil
	}
	c := newCascade(a.g, &r.rule, a.asOf, a.twins, &listed, nil)
	c.single, c.trace = group >= 0, new(trace)
	c.group = slices.Collect(listed.nodes())
	if group >= 0 {
		c.group = r.groups.all[group].nodes
	}
	for _, n := range c.group {
		c.list(c.at(n), listed.get(n))
	}
	c.run()
	l.histories = append(l.histories, history{listed, group, c})
	reached := 0
	for i := len(l.histories) - 1; i >= 0; i-- {
		if reached += len(l.histories[i].nodes); reached > mostRemembered {
			l.histories = slices.Clone(l.histories[min(i+1, len(l.histories)-1):])
			break
		}
	}
	return c
}

// lineage is who stands above whom; nil where it is not known and need not be.
func (l *recent) lineage(a *Analysis, r *regime, need marks, needed bool) *lineage {
	l.Lock()
	defer l.Unlock()
	listed := r.listed
	listed.except = 0
	if i := slices.IndexFunc(l.lineages, func(g *lineage) bool { return g.among == listed && g.need == need }); i >= 0 {
		return l.lineages[i]
	}
	if !needed {
		return nil
	}
	whole := *r
	whole.listed = listed
	g := whole.newLineage(a, need)
	l.lineages = append(l.lineages, g)
	return g
}

// certain is what a regime is, at both fixpoints, if nobody is listed who only may be.
func (l *recent) certain(a *Analysis, number int, t *tangle) (least, top *regime) {
	l.Lock()
	defer l.Unlock()
	if l.sure == nil {
		l.sure = make([]*regime, len(a.regimes))
	}
	if l.sure[number] == nil {
		r := &a.regimes[number]
		sure := &regime{rule: r.rule, listed: r.listed}
		sure.listed.sure, sure.listed.doubtful = true, false
		var listed []int32
		for n := range sure.listed.nodes() {
			listed = append(listed, int32(a.listed.find(n)))
		}
		sure.add(a, listed)
		l.sure[number] = sure
	}
	if t == nil {
		return l.sure[number], nil
	}
	t.Lock()
	defer t.Unlock()
	if t.sure == nil {
		t.sure = make([]*regime, len(a.regimes))
	}
	if t.sure[number] == nil {
		t.sure[number] = t.greatest(l.sure[number])
	}
	return l.sure[number], t.sure[number]
}
