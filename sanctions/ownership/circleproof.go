package ownership

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// solution is a greatest fixpoint with the marks of every party at hand.
type solution struct {
	top   *regime
	group int // whose, or -1 for that of all listed parties
	c     *cascade
}

// ofGroup solves again for the group of a finding, or for all listed parties. What was
// solved last is kept: who asks for one firm of a circle is likely to ask for another.
func (t *tangle) ofGroup(top *regime, group int) *cascade {
	if group < 0 {
		return top.together
	}
	t.Lock()
	defer t.Unlock()
	if i := slices.IndexFunc(t.solved, func(s solution) bool { return s.top == top && s.group == group }); i >= 0 {
		return t.solved[i].c
	}
	var listed []uint32
	for p, n := range t.nodes {
		if top.listed.get(n) != sanctions.Unknown && top.starts(n, group) {
			listed = append(listed, uint32(p))
		}
	}
	s := solution{top, group, newSweep(t, top).run(listed, true)}
	if len(t.solved) == 2*len(t.a.regimes) {
		t.solved = t.solved[1:]
	}
	t.solved = append(t.solved, s)
	return s.c
}

// prove shows what a party is at the greatest fixpoint: of every party that counts, all
// the stakes that make it count, since in a circle none comes first.
func (t *tangle) prove(least, top *regime, n uint32, f finding) *proof {
	p := &prover{a: t.a, r: top, least: least, c: t.ofGroup(top, f.group)}
	p.nearest(n, wanted(f.rank))
	return &p.proof
}

// round is when a party got a mark, 0 for never: the listed in the first round. In a
// circle there is no order in which the others did.
func (p *prover) round(n uint32, i int) int32 {
	if p.least == nil {
		return p.c.trace.round(p.c.find(n), i)
	}
	switch t := p.c.shares.get(n); {
	case t.have&(1<<i) == 0:
		return 0
	case t.given&(1<<i) == 0: // and so by its listing
		return 1
	}
	return 2
}

// support finds all holdings that give a party a mark.
func (p *prover) support(n uint32, m marks) (out []candidate, hands []*hand) {
	need := m
	if m == controlled {
		need = counted
	}
	all := p.candidates(n, need, 0)
	for _, layer := range []int{capital, voting} {
		earns := p.c.shares.get(n).earned
		if layer == voting {
			earns = p.c.votes.get(n).earned
		}
		for _, c := range all {
			if c.layer != layer {
				continue
			}
			if earns&m != 0 || m&(controlled|vague) != 0 && p.r.rule.dominates(layer, c.mark.whole(), c.share) {
				out = append(out, c)
			}
		}
	}
	if m&(controlled|vague) != 0 {
		out = append(out, p.controllers(n, m, 0)...)
	}
	if m == controlled && len(out) == 0 {
		for h := range p.c.newGrasp(n, p.before(0)).hands {
			hands = append(hands, h)
			for _, c := range all {
				if c.layer == h.layer && slices.Contains(h.parties, c.owner) {
					out = append(out, c)
				}
			}
		}
	}
	return out, hands
}
