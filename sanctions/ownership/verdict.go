package ownership

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// unknown is what is said of a party that no register mentions.
func (a *Analysis) unknown() []sanctions.Verdict {
	out := make([]sanctions.Verdict, len(a.regimes))
	for i := range a.regimes {
		out[i] = a.regimes[i].blank()
		out[i].Status = sanctions.OwnershipUnknown
		out[i].Share = sanctions.UnknownShare
		out[i].Conditions = []sanctions.Condition{sanctions.OwnershipIncomplete}
	}
	return out
}

// blank is a verdict without finding.
func (r *regime) blank() sanctions.Verdict {
	return sanctions.Verdict{Regime: r.rule.Regime, Status: sanctions.OwnershipNone,
		Threshold: r.rule.Threshold, Inclusive: r.rule.Inclusive, Rule: r.rule.id(), Citation: r.rule.Citation}
}

func (a *Analysis) verdicts(n uint32) []sanctions.Verdict {
	out := make([]sanctions.Verdict, len(a.regimes))
	book := a.book(n)
	tangle := a.tangle(n)
	for i := range a.regimes {
		out[i] = a.verdict(i, n, book, tangle)
	}
	return out
}

// finding is what a regime's solution says of a party before it is put in words.
type finding struct {
	outcome
	share     sanctions.ShareRange
	group     int  // under which the party fares worst, or -1 when all are added
	unsettled bool // owned only if holdings of several are added
	circular  bool // the greatest fixpoint is another
	left      bool // a listed owner that held enough has left
}

// find looks a party up in the solution.
func (r *regime) find(g *Graph, n uint32, asOf sanctions.Date) finding {
	whole := finding{group: -1}
	if r.together != nil {
		whole.outcome = r.together.strongest(n).outcome
	}
	whole.share = whole.bounds(g, n, asOf)
	if r.rule.Aggregate == AggregateAll {
		return whole
	}
	f := finding{group: -1}
	var low [2]amount // by layer
	if i := r.alone.find(n); i >= 0 {
		b := &r.alone.vals[i]
		f.outcome, f.group, low = b.outcome, int(b.group), b.low
		f.sum = sum{low: b.low[f.layer], most: b.most[f.layer]}
	}
	f.share = f.bounds(g, n, asOf)
	if r.rule.Aggregate == AggregateUnsettled {
		// Any one by itself is certain, together they are possible.
		switch {
		case whole.rank > f.rank:
			f = whole
			f.unsettled = true
			f.rank = min(f.rank, rankPossible)
			f.share.Low, f.share.LowOpen = low[f.layer].share(), low[f.layer].open()
		case whole.layer == f.layer:
			f.share.High, f.share.HighOpen = whole.share.High, whole.share.HighOpen
		}
	}
	return f
}

// bounds is the aggregate that an outcome stands on. Its upper end is capped at
// the whole, unless the lower end already lies above it: such a sum is a
// contradiction between sources, which is shown as it is.
func (o *outcome) bounds(g *Graph, n uint32, asOf sanctions.Date) sanctions.ShareRange {
	low, most := o.sum.least(), o.sum.within(o.sum.most, o.sum.taken)
	if g.treasury[o.layer].has(n) {
		most = outstanding(most, g.ownShare(int(o.layer), n, asOf))
	}
	r := sanctions.ShareRange{Low: low.share(), LowOpen: low.open(), High: most.share(), HighOpen: most.open()}
	if r.High > sanctions.Whole {
		r.High, r.HighOpen = max(r.Low, sanctions.Whole), false
	}
	if r.Low == r.High {
		r.LowOpen, r.HighOpen = false, false
	}
	return r
}

// view is a solution under one rule in which a party is looked at.
type view struct {
	least  *regime
	top    *regime // the greatest fixpoint, where it may be another
	tangle *tangle // in which that was found
	firms  int     // of how many the largest circle at or above the party is
	weak   bool    // the party may be listed itself
	itself bool    // and is taken for listed where it stands above itself
}

func (a *Analysis) verdict(number int, n uint32, book *book, tangle *tangle) sanctions.Verdict {
	r := &a.regimes[number]
	if r.rule.State == "" {
		v := r.blank()
		v.Conditions = append(v.Conditions, sanctions.RegimeNotInForce)
		if r.listed.get(n) == sanctions.Yes {
			v.Status = sanctions.ListedUnderRegime
		}
		return v
	}
	w := view{least: r}
	if tangle != nil && r.listed.get(n) != sanctions.Yes {
		w.top, w.tangle = tangle.top[number], tangle
		w.firms = int(tangle.firms[tangle.set[tangle.find(n)]])
	}
	if r.listed.get(n) == sanctions.Possible {
		return a.beside(number, n, book, w)
	}
	return a.say(n, book, w)
}

// say puts what a solution makes of a party in words.
func (a *Analysis) say(n uint32, book *book, w view) sanctions.Verdict {
	r, v := w.least, w.least.blank()
	f := r.find(a.g, n, a.asOf)
	least := f.rank
	circle := &proof{}
	if w.top != nil {
		if most := w.top.find(a.g, n, a.asOf); most.rank > f.rank || most.share != f.share {
			f.circular = true
			circle = w.tangle.prove(r, w.top, n, most)
			v.Circle = sanctions.Circle{Status: r.status(most, book), Share: most.share, Firms: w.firms, Proof: circle.stakes}
			if r.rule.Control == ControlHypothetical && most.rank > rankMinority {
				f.rank = max(f.rank, min(most.rank, rankControl))
			}
		}
	}
	if f.rank < rankControl && r.rule.Control != ControlIgnored && book.left(r) {
		f.rank, f.left = rankControl, true
	}
	v.Share = f.share
	v.Status = r.status(f, book)
	if r.listed.get(n) == sanctions.Yes {
		v.Status = sanctions.ListedUnderRegime
		v.Conditions = r.conditions(f, book, &proof{})
		return v
	}
	p := &proof{}
	switch {
	case f.rank > least && !f.left:
		p = circle
		v.Proof = p.stakes
	case f.left:
		v.Proof = book.leaving(a.g, r)
	case f.rank > rankNone && w.itself: // which of its stakes came first is not to be told
		p = w.tangle.prove(r, w.top, n, f)
		v.Proof = p.stakes
	case f.rank > rankNone:
		p = a.prove(r, n, f)
		v.Proof = p.stakes
	}
	if p.weak = p.weak || w.weak; w.weak && (v.Status == sanctions.OwnershipNone || v.Status == sanctions.Minority) {
		v.Status = sanctions.OwnershipUnknown // it may be listed itself
	}
	v.Conditions = r.conditions(f, book, p)
	if f.share.High > 0 {
		v.Margin = margin(f.share, r.rule.Threshold, r.rule.Inclusive)
	}
	if r.rule.MostRestrictive && f.rank >= rankPossible {
		v.Restrictions = a.restrictions(r, n, f)
	}
	v.Flip = a.flip(r, n, f)
	return v
}

// status puts a finding into the vocabulary.
func (r *regime) status(f finding, book *book) sanctions.OwnershipStatus {
	rank := f.rank
	switch r.rule.State {
	case Unsure:
		rank = min(rank, rankPossible)
	case Stayed: // ownership by a listed party is then a warning sign and no more
		if rank >= rankPossible {
			rank = rankControl
		}
	}
	switch rank {
	case rankOwned:
		return sanctions.Owned
	case rankPossible:
		return sanctions.PossiblyOwned
	case rankControl:
		return sanctions.ControlIndicated
	case rankUnknown:
		return sanctions.OwnershipUnknown
	case rankMinority:
		return sanctions.Minority
	}
	if len(book.unnamed) > 0 && len(book.owners) == 0 {
		return sanctions.OwnershipUnknown
	}
	return sanctions.OwnershipNone
}

// conditions lists what a verdict rests on, in the order of the vocabulary.
func (r *regime) conditions(f finding, book *book, p *proof) []sanctions.Condition {
	var out []sanctions.Condition
	add := func(when bool, c sanctions.Condition) {
		if when {
			out = append(out, c)
		}
	}
	add(book.total < sanctions.Whole, sanctions.OwnershipIncomplete)
	add(f.circular, sanctions.CircularHolding)
	add(book.conflict, sanctions.ConflictingSources)
	add(book.treasury, sanctions.TreasuryShares)
	add(p.weak, sanctions.WeakLink)
	add(slices.ContainsFunc(book.owners, func(e entry) bool { return e.gone() && r.holds(e.owner) }), sanctions.Divested)
	add(f.group >= 0 && f.rank > rankNone && r.groups.all[f.group].joint, sanctions.JointArrangement)
	uncertain := f.unsettled || r.rule.State == Unsure
	add(uncertain && f.rank > rankMinority, sanctions.RegimeUncertain)
	add(r.rule.State == Stayed && f.rank > rankMinority, sanctions.RegimeNotInForce)
	add(r.rule.Control != ControlIgnored && p.hint, sanctions.ControlHint)
	return out
}

// holds reports whether a party is listed or owned under the regime.
func (r *regime) holds(n uint32) bool {
	return r.listed.get(n) == sanctions.Yes || r.marks(n)&certain != 0
}

// marks are what a party is under the regime, in the eyes of any group.
func (r *regime) marks(n uint32) marks {
	m := r.alone.get(n).have
	if r.together != nil {
		m |= r.together.shares.marks(n)
	}
	return m
}
