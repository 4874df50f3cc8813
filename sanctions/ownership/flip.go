package ownership

import (
	"fmt"
	"iter"

	"github.com/sanctionrisk/exposure/sanctions"
)

// change is a change of one holding that would turn a verdict.
type change struct {
	firm  uint32
	owner uint32          // of the stake that would fall; unused for a rise
	by    sanctions.Share // how much more is needed, or how much of the stake would go
	stake sanctions.Share // what the owner holds now
	ok    bool
}

// flipper looks for the smallest change of one holding: of a party itself, or of a
// firm above it whose being owned, or not, decides.
type flipper struct {
	a     *Analysis
	r     *regime
	group int
	layer int
	seen  map[uint32]bool
}

// mostLooked bounds how many parties above one are looked at for a flip: of a party with
// more owned owners above it no change is named, since each may have to be solved
// without.
const mostLooked = 100

// flip names the smallest change of a single holding that would turn a verdict.
func (a *Analysis) flip(r *regime, n uint32, f finding) string {
	if r.rule.Threshold == 0 {
		return ""
	}
	p := &flipper{a: a, r: r, group: f.group, layer: int(f.layer), seen: make(map[uint32]bool)}
	if f.rank == rankOwned {
		if !r.few(a, n) {
			return ""
		}
		if c := p.fall(n); c.ok {
			left := c.stake - c.by
			than := "less than"
			if !r.rule.Inclusive {
				than = "no more than"
			}
			return fmt.Sprintf("not owned if %s held %s %v of %s (now %v)", a.g.ids.id(c.owner), than, left, a.g.ids.id(c.firm), c.stake)
		}
		return ""
	}
	if f.share.High == 0 {
		return p.designation(n, 0)
	}
	c := p.rise(n)
	if !c.ok || len(p.seen) > mostLooked {
		return ""
	}
	least := "at least"
	if !r.rule.Inclusive {
		least = "more than"
	}
	out := fmt.Sprintf("owned if listed owners held %s %v more of %s", least, c.by, a.g.ids.id(c.firm))
	if other := p.designation(n, p.low(n)); other != "" {
		out += "; " + other
	}
	return out
}

// owners ranges over who holds something in a party, each listed party once.
func (p *flipper) owners(n uint32) iter.Seq2[uint32, holding] {
	return func(yield func(uint32, holding) bool) {
		for owner, h := range p.a.g.owners(p.layer, n, p.a.asOf) {
			if h, ok := p.a.twins.holding(p.a.g, p.layer, owner, n, h, p.a.asOf); ok && !yield(owner, h) {
				return
			}
		}
	}
}

// counts reports whether a party's holdings are counted as certain.
func (p *flipper) counts(n uint32) bool {
	r, group := p.r, p.group
	if r.whole != nil && !r.within[n] { // it has no part in what the party is, and may have one in what would turn that
		if r = r.whole; group >= 0 {
			group = r.groups.member[p.r.groups.all[group].nodes[0]]
		}
	}
	if group < 0 {
		return r.together != nil && r.together.shares.marks(n)&certain != 0
	}
	if i, ok := r.groups.member[n]; ok && i == group {
		return r.listed.get(n) == sanctions.Yes
	}
	b := r.alone.get(n)
	return b.have&certain != 0 && int(b.group) == group
}

// low is what certain owners hold in a party.
func (p *flipper) low(n uint32) (total sanctions.Share) {
	for owner, h := range p.owners(n) {
		if h.held && owner != n && p.counts(owner) {
			total += h.share.Low
		}
	}
	return total
}

// standing are the parties above another that are certainly owned or listed
// whatever becomes of it and of those looked at before: a holding that rests on
// the party itself does not hold it up.
func (p *flipper) standing(n uint32) map[uint32]bool {
	p.seen[n] = true
	within := p.r.upstream(p.a, n, p.group, p.a.g.Len())
	for m := range p.seen {
		delete(within, m)
	}
	c := p.r.again(p.a, within, p.group, nil)
	out := make(map[uint32]bool)
	for m := range within {
		if c.shares.marks(m)&certain != 0 {
			out[m] = true
		}
	}
	return out
}

// fall finds the smallest fall of a holding after which an owned party is owned no
// more: of a stake in itself, or in an owned firm without which it would not be.
func (p *flipper) fall(n uint32) (best change) {
	if p.disputed(n) {
		return change{} // which of its owners' shares is to be believed comes first
	}
	stands := p.standing(n)
	var low sanctions.Share
	for owner, h := range p.owners(n) {
		if h.held && stands[owner] {
			low += h.share.Low
		}
	}
	spare := low - p.r.rule.Threshold
	for owner, h := range p.owners(n) {
		if !h.held || !stands[owner] || h.share.Low < spare || h.share.Low == spare && p.r.rule.Inclusive {
			continue // without it the others still suffice
		}
		c := change{firm: n, owner: owner, by: spare, stake: h.share.Low, ok: true}
		if !best.ok || c.by < best.by {
			best = c
		}
		if p.r.listed.get(owner) != sanctions.Yes && !p.seen[owner] {
			if c := p.fall(owner); c.ok && c.by < best.by {
				best = c
			}
		}
	}
	return best
}

// rise finds the smallest rise of listed owners' holdings after which a party is
// owned: in itself, or in a firm that would then be owned and carry it over.
func (p *flipper) rise(n uint32) (best change) {
	p.seen[n] = true
	if p.disputed(n) || len(p.seen) > mostLooked {
		return change{}
	}
	low := p.low(n)
	best = change{firm: n, by: p.r.rule.Threshold - low, ok: true}
	if best.by < 0 || best.by == 0 && p.r.rule.Inclusive {
		return change{}
	}
	for owner, h := range p.owners(n) {
		if !h.held || owner == n || p.seen[owner] || p.counts(owner) || !p.enough(low+h.share.Low) {
			continue
		}
		if c := p.rise(owner); c.ok && c.by < best.by {
			best = c
		}
	}
	return best
}

// disputed reports whether more than the whole of a party is given away.
func (p *flipper) disputed(n uint32) bool {
	if !p.a.g.crowded[p.layer].has(n) {
		return false
	}
	var total sanctions.Share
	for _, h := range p.owners(n) {
		if h.held {
			total += h.share.Low
		}
	}
	return total > sanctions.Whole
}

func (p *flipper) enough(s sanctions.Share) bool {
	return reaches(amountOf(s, false), p.r.rule.Threshold, p.r.rule.Inclusive)
}

// designation names the owner whose listing alone would make a party owned, the
// one that holds most.
func (p *flipper) designation(n uint32, low sanctions.Share) string {
	if p.r.rule.Aggregate == AggregateNone {
		low = 0 // a new listed owner is another owner
	}
	var most entry
	for owner, h := range p.owners(n) {
		if h.held && owner != n && !p.counts(owner) && p.r.listed.get(owner) != sanctions.Yes && p.enough(low+h.share.Low) && h.share.Low > most.share.Low {
			most = entry{owner, h}
		}
	}
	if !most.held {
		return ""
	}
	return fmt.Sprintf("owned if %s, which holds %v, were listed", p.a.g.ids.id(most.owner), most.share.Low)
}
