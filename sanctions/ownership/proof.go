package ownership

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// proof is the stakes that a finding rests on.
type proof struct {
	stakes []sanctions.Stake // an owner's own proof stands before its stake
	weak   bool              // some listed party was recognised by an uncertain name
	hint   bool              // some interest is of unstated nature
}

// mostStakes is after how many stakes a proof is cut.
const mostStakes = 100

// prover finds a proof by the rounds in which a cascade reached each party: an owner
// proves something only if it was reached before.
type prover struct {
	a     *Analysis
	r     *regime
	c     *cascade
	done  map[uint32]marks
	least *regime // in the proof of a circle, what holds without it; else nil
	near  bool    // the stakes nearest to the party are shown, so many as there is room for
	later []claim // and these, what is to be shown next
	added map[shownStake]bool
	proof proof
}

// claim is that a party has a mark.
type claim struct {
	party uint32
	mark  marks
}

// prove finds the stakes that show a finding: for an owned party the fewest that
// suffice, largest first, and for a minority all. What lies upstream of the party is
// solved again, or where that is much, everything, once for all such parties.
func (a *Analysis) prove(r *regime, n uint32, f finding) *proof {
	p := &prover{a: a, r: r}
	if r.within == nil && r.listed.except == 0 {
		p.c = a.last.history(a, r, f.group, false)
	}
	if p.c == nil {
		if within := r.upstream(a, n, f.group, a.mostSolved); within != nil {
			p.c = r.again(a, within, f.group, new(trace))
		} else {
			p.c = a.last.history(a, r, f.group, true)
		}
	}
	p.begin()
	if p.show(n, wanted(f.rank)); p.full() {
		p.nearest(n, wanted(f.rank))
		p.proof.weak = p.proof.weak || f.rank < rankOwned && r.listed.doubtful
	}
	return &p.proof
}

// again is a cascade among some parties for the listed ones among them.
func (r *regime) again(a *Analysis, within map[uint32]bool, group int, t *trace) *cascade {
	c := newCascade(a.g, &r.rule, a.asOf, a.twins, &r.listed, nil)
	c.single, c.within, c.trace = group >= 0, within, t
	var seeds []uint32
	for m := range within {
		if r.starts(m, group) {
			seeds = append(seeds, m)
		}
	}
	slices.SortFunc(seeds, a.g.ids.compare)
	r.start(c, seeds)
	c.run()
	return c
}

func (p *prover) begin() {
	p.done, p.added, p.proof = make(map[uint32]marks), make(map[shownStake]bool), proof{}
}

// full reports whether more is to be shown than there is room for. Of each party that
// is shown to be something there is a stake.
func (p *prover) full() bool {
	return !p.near && (len(p.proof.stakes) > mostStakes || len(p.done) > mostStakes+1)
}

// nearest shows that a party has a mark by its own stakes first, then its owners', and
// so on, until there are enough; they are told the other way about.
func (p *prover) nearest(n uint32, m marks) {
	p.begin()
	p.near = true
	var steps [][]sanctions.Stake
	var claims []claim
	p.later = []claim{{n, m}}
	for total := 0; len(p.later) > 0 && total < mostStakes; {
		now := p.later
		p.later = nil
		p.proof.stakes = nil
		for _, c := range now {
			if total+len(p.proof.stakes) < mostStakes {
				p.show(c.party, c.mark)
			}
		}
		p.proof.stakes = p.proof.stakes[:min(len(p.proof.stakes), mostStakes-total)]
		total += len(p.proof.stakes)
		steps = append(steps, p.proof.stakes)
		claims = append(claims, p.later...)
	}
	slices.Reverse(steps)
	p.proof.stakes = slices.Concat(steps...)
	if p.least == nil {
		p.tellCut(claims)
	}
}

const notShown = " stakes that is not shown"

// tellCut says of owners that are claimed to be something, and not shown to be, how far
// below the listed they stand.
func (p *prover) tellCut(claims []claim) {
	cut := make(map[string]int32)
	for _, c := range claims {
		cut[p.a.g.ids.id(c.party)] = max(cut[p.a.g.ids.id(c.party)], p.round(c.party, markIndex(c.mark))-1)
	}
	for _, s := range p.proof.stakes {
		delete(cut, s.OwnedID)
	}
	for i := range p.proof.stakes {
		if s := &p.proof.stakes[i]; cut[s.OwnerID] > 0 {
			s.Why += fmt.Sprintf(", by a chain of %d%s", cut[s.OwnerID], notShown)
		}
	}
}

// wanted is the mark that shows a rank; none means that every holding is shown.
func wanted(rank int8) marks {
	switch rank {
	case rankOwned:
		return certain
	case rankPossible:
		return possible
	case rankControl:
		return controlled
	case rankUnknown:
		return vague
	}
	return 0
}

func markIndex(m marks) int {
	for i := range markCount {
		if m == 1<<i {
			return i
		}
	}
	return -1
}

const shown marks = 1 << 7 // whatever the mark

// candidate is a holding that may be part of a proof.
type candidate struct {
	owner uint32
	layer int
	holding
	mark   marks // the strongest of its owner's that was there in time
	amount sanctions.Share
	open   bool
}

// show adds the proof that a party has a mark.
func (p *prover) show(n uint32, m marks) {
	if p.done[n]&m != 0 || m == 0 && p.done[n] != 0 || p.full() {
		return
	}
	p.done[n] |= m | shown
	var chosen []candidate
	var hands []*hand
	if m == 0 {
		need := open
		if p.r.rule.Threshold == 0 {
			need = vague
		}
		chosen = p.candidates(n, need, 0) // all of them
	} else if round := p.round(n, markIndex(m)); round > 1 || p.r.listed.get(n) == sanctions.Unknown {
		if p.c.within == nil && n+1 == p.r.listed.except {
			round = 0 // it may be among those that were listed; nothing above it rests on it
		}
		if p.least != nil {
			chosen, hands = p.support(n, m)
		} else {
			chosen, hands = p.choose(n, m, round)
		}
		for _, h := range hands {
			p.showHand(h, chosen, round)
		}
	}
	for _, c := range chosen {
		if p.full() {
			return
		}
		if p.least != nil || !slices.ContainsFunc(hands, func(h *hand) bool { return slices.Contains(h.parties, c.owner) }) {
			p.showOwner(c.owner, c.mark)
		}
		p.add(n, c)
	}
}

// showOwner adds the proof that an owner has a mark, if it does not by its listing.
func (p *prover) showOwner(n uint32, m marks) {
	if p.r.listed.get(n) == sanctions.Unknown || p.round(n, markIndex(m)) > 1 {
		if p.near {
			p.later = append(p.later, claim{n, m})
			return
		}
		p.show(n, m)
	}
}

// candidates are the holdings in a party whose owners had the mark before a
// round, 0 for any round, the largest first.
func (p *prover) candidates(n uint32, m marks, before int32) []candidate {
	var out []candidate
	layers := []int{capital}
	if p.r.rule.Votes || p.r.rule.Control != ControlIgnored {
		layers = append(layers, voting)
	}
	for _, layer := range layers {
		for owner, h := range p.a.g.owners(layer, n, p.a.asOf) {
			if !h.held || owner == n || !p.had(owner, m, before) {
				continue
			}
			h, ok := p.a.twins.holding(p.a.g, layer, owner, n, h, p.a.asOf)
			if !ok {
				continue
			}
			c := candidate{owner: owner, layer: layer, holding: h, mark: p.strongest(owner, m, before)}
			switch m {
			case certain, controlled, counted:
				c.amount, c.open = h.share.Low, h.share.LowOpen
			case possible:
				c.amount, c.open = h.share.Low, false
				if stated(h.share) {
					c.amount, c.open = h.share.High, h.share.HighOpen
				}
			case open, vague:
				c.amount, c.open = h.share.High, h.share.HighOpen
			}
			if c.amount > 0 || c.open {
				out = append(out, c)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.amount, a.amount), p.a.g.ids.compare(a.owner, b.owner))
	})
	return out
}

func (p *prover) had(n uint32, m marks, before int32) bool {
	for i := range markCount {
		if m&(1<<i) == 0 {
			continue
		}
		if round := p.round(n, i); round > 0 && (before == 0 || round < before) {
			return true
		}
	}
	return false
}

// strongest is the best mark that a party had before a round; for ownership,
// control does not do.
func (p *prover) strongest(n uint32, need marks, before int32) marks {
	for _, m := range []marks{certain, possible, controlled, open} {
		if m == controlled && need&(certain|possible|open) != 0 && need != counted {
			continue
		}
		if p.had(n, m, before) {
			return m
		}
	}
	return vague
}

// choose finds the holdings that gave a party a mark in a round: control, or one
// hand that holds half, or the fewest stakes that add up.
func (p *prover) choose(n uint32, m marks, round int32) ([]candidate, []*hand) {
	need := m
	switch m {
	case controlled, vague:
		if all := p.controllers(n, m, round); len(all) > 0 {
			return all[:1], nil
		}
	}
	if m == controlled {
		need = counted
		for _, c := range p.candidates(n, counted, round) {
			if p.r.rule.dominates(c.layer, c.mark.whole(), c.share) {
				return []candidate{c}, nil
			}
		}
	}
	if chosen := p.addUp(n, need, round, func(t *sum, own sanctions.ShareRange) bool { return t.test(&p.r.rule, own)&m != 0 }); chosen != nil {
		return chosen, nil
	}
	if m == controlled {
		for h := range p.c.newGrasp(n, p.before(round)).hands {
			return p.ofHand(n, h, round), []*hand{h}
		}
	}
	return p.candidates(n, need, round), nil
}

// addUp takes stakes, largest first, until they are enough in some layer.
func (p *prover) addUp(n uint32, need marks, round int32, enough func(t *sum, own sanctions.ShareRange) bool) []candidate {
	all := p.candidates(n, need, round)
	for _, layer := range []int{capital, voting} {
		if layer == voting && !p.r.rule.Votes {
			continue
		}
		own := p.a.g.ownShare(layer, n, p.a.asOf)
		var total sum
		var chosen []candidate
		for _, c := range all {
			if c.layer != layer {
				continue
			}
			total.add(c.share, 0, need)
			if chosen = append(chosen, c); enough(&total, own) {
				return chosen
			}
		}
	}
	return nil
}

// controllers finds who controls a party by something other than a holding, ordered
// by id.
func (p *prover) controllers(n uint32, m marks, round int32) []candidate {
	if p.r.rule.Control == ControlIgnored {
		return nil
	}
	need, least := counted, sanctions.Yes
	if m == vague {
		need, least = vague, sanctions.Possible
	}
	l := &p.a.g.layers[control]
	var found []candidate
	for _, e := range l.back[l.in[n]:l.in[n+1]] {
		owner := l.owner(e)
		if _, answer := p.a.g.controls(l, e, e+1, p.a.asOf); answer >= least && p.had(owner, need, round) {
			h := holding{share: p.a.g.rangeOf(l.share[e]), edge: e, held: true}
			found = append(found, candidate{owner: owner, layer: control, holding: h, mark: p.strongest(owner, need, round)})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return p.a.g.ids.compare(a.owner, b.owner) })
	return found
}

// shownStake is a holding that a proof shows already: a party may be shown to be several
// things, or to be in a hand besides.
type shownStake struct {
	owner, owned uint32
	layer        int
}

// add puts a holding into the proof.
func (p *prover) add(n uint32, c candidate) {
	key := shownStake{c.owner, n, c.layer}
	if p.added[key] {
		return
	}
	p.added[key] = true
	s := p.a.g.stake(n, c)
	s.Why = p.why(c)
	p.proof.weak = p.proof.weak || p.r.listed.get(c.owner) == sanctions.Possible
	p.proof.hint = p.proof.hint || s.Kind == registers.Unknown.String()
	p.proof.stakes = append(p.proof.stakes, s)
}

const ownerIsListed = "owner is listed"

// why says what makes the owner count.
func (p *prover) why(c candidate) string {
	if answer := p.r.listed.get(c.owner); answer != sanctions.Unknown {
		var ids []string
		for s := range p.a.seedsOf(c.owner) {
			if p.r.rule.lists(s.Party, p.a.asOf) {
				ids = append(ids, s.Party.ID)
			}
		}
		ids = slices.Compact(ids)
		if answer == sanctions.Yes {
			return ownerIsListed + " (" + strings.Join(ids, ", ") + ")"
		}
		return "owner may be listed (" + strings.Join(ids, ", ") + ")"
	}
	if p.least != nil && p.least.marks(c.owner)&c.mark == 0 {
		return "owner is in a circle of holdings or below one"
	}
	switch c.mark {
	case certain:
		return "owner is itself owned"
	case possible:
		return "owner is possibly owned"
	case controlled:
		return "control of the owner is indicated"
	}
	return "the owner's own owners are not known well enough"
}

// stake describes a holding with its source.
func (g *Graph) stake(owned uint32, c candidate) sanctions.Stake {
	l := &g.layers[c.layer]
	s := sanctions.Stake{
		OwnerID: g.ids.id(c.owner), OwnerName: g.name(c.owner), OwnedID: g.ids.id(owned), OwnedName: g.name(owned),
		Share: c.share, Period: g.period(l, c.edge),
	}
	s.Kind, s.Stated, s.Source = g.cited(c.layer, c.edge)
	return s
}

// cited is the kind of an interest, its register's own source and where it was read.
func (g *Graph) cited(layer int, e uint32) (kind, stated string, source sanctions.Source) {
	rows := g.layers[layer].rows
	if rows == nil {
		return usualKind[layer].String(), "", source
	}
	r := rows[e]
	return r.kind.String(), g.texts[r.stated], sanctions.Source{File: g.texts[r.file], Line: int(r.line)}
}
