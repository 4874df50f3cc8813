package risk

import (
	"cmp"
	"slices"
)

// tally adds up fired rules: what they give, at most a hundred, less what the
// mitigating ones take, so that these count at the ceiling too, those last that leave
// something; then floor, cap and evidence.
func (l *ledger) tally(rs *Ruleset, it *item, n, authority int32, hits []firing, basisSure bool) {
	from := int32(len(l.entries))
	var gain, loss triple
	floor, limit := triple{}, triple{full, full, full}
	nobody := decider{-1, -1}
	floorRule, capRule := nobody, nobody
	for i := range hits {
		f := &hits[i]
		r := &rs.rules[f.rule]
		f.sure = f.sure && basisSure
		if f.sure {
			if r.floor > floor.point && !r.mitigates() {
				floor.low, floor.point, floorRule.sure = r.floor, r.floor, f.rule
			}
			if r.cap >= 0 && r.cap < limit.point {
				limit.low, limit.point, capRule.sure = r.cap, r.cap, f.rule
			}
		}
		if f.high {
			if r.floor > floor.high && !r.mitigates() {
				floor.high, floorRule.high = r.floor, f.rule
			}
			if r.cap >= 0 && r.cap < limit.high {
				limit.high, capRule.high = r.cap, f.rule
			}
		}
		if r.points > 0 {
			gain = gain.plus(l.fire(*f, r.points))
		}
	}
	capped := triple{min(gain.low, full), min(gain.point, full), min(gain.high, full)}
	l.step(atClamp, nobody, gain, capped)
	for _, f := range hits {
		if r := &rs.rules[f.rule]; r.points < 0 && r.floor < 0 {
			loss = loss.plus(l.fire(f, r.points))
		}
	}
	lessened := capped.plus(loss)
	clamped := triple{max(lessened.low, 0), max(lessened.point, 0), max(lessened.high, 0)}
	l.step(atClamp, nobody, lessened, clamped)
	left := clamped
	for _, f := range hits {
		if r := &rs.rules[f.rule]; r.points < 0 && r.floor >= 0 {
			left = l.leave(f, r, left)
		}
	}
	floored := triple{max(left.low, floor.low), max(left.point, floor.point), max(left.high, floor.high)}
	limited := triple{min(floored.low, limit.low), min(floored.point, limit.point), min(floored.high, limit.high)}
	weighed := triple{limited.low * it.weight.low / million, limited.point * it.weight.point / million, limited.high * it.weight.high / million}
	l.step(atFloor, floorRule, left, floored)
	l.step(atCap, capRule, floored, limited)
	l.step(atEvidence, nobody, limited, weighed)
	l.tallies = append(l.tallies, tally{authority: authority, item: n, from: from, to: int32(len(l.entries)), total: weighed, basis: basisSure, talk: it.talk})
	l.spread(&l.tallies[len(l.tallies)-1], it, limited.high)
}

// spread notes what an item gives in the high score to each strand that tells of it.
func (l *ledger) spread(t *tally, it *item, high int64) {
	switch len(it.strands) {
	case 0:
		t.strand = it.engagement + 1
	case 1:
		t.strand = it.strands[0].strand
	default:
		from := len(l.apart)
		for _, in := range it.strands {
			l.apart = append(l.apart, strandHigh{in.strand, high * in.weight / million})
		}
		t.apart = span{int32(from), int32(len(l.apart))}
	}
}

// widen takes in what another account gives to strands.
func (l *ledger) widen(t, o *tally) {
	if t.apart.to == 0 && o.apart.to == 0 && t.strand == o.strand {
		return // the greater of the totals
	}
	from := len(l.apart)
	for _, x := range [...]*tally{t, o} {
		if x.apart.to == 0 {
			l.addTo(from, strandHigh{x.strand, x.total.high})
		}
		for i := x.apart.from; i < x.apart.to; i++ {
			l.addTo(from, l.apart[i])
		}
	}
	t.apart = span{int32(from), int32(len(l.apart))}
}

// addTo takes a strand to those from a position on: the greater of what it gives counts.
func (l *ledger) addTo(from int, s strandHigh) {
	if at := slices.IndexFunc(l.apart[from:], func(x strandHigh) bool { return x.strand == s.strand }); at >= 0 {
		l.apart[from+at].high = max(l.apart[from+at].high, s.high)
	} else {
		l.apart = append(l.apart, s)
	}
}

// fire writes the line of a rule.
func (l *ledger) fire(f firing, points int64) (p triple) {
	if f.sure {
		p.low, p.point = points, points
	}
	if f.high {
		p.high = points
	}
	l.write(atRule, f.rule, p)
	return p
}

// leave takes the points of a mitigating rule, down to its floor: that much it leaves of
// what there is, and it adds nothing to what is less.
func (l *ledger) leave(f firing, r *compiledRule, of triple) triple {
	less := of.plus(l.fire(f, r.points))
	left := triple{max(less.low, min(r.floor, of.low)), max(less.point, min(r.floor, of.point)), max(less.high, min(r.floor, of.high))}
	l.step(atFloor, decider{f.rule, f.rule}, less, left)
	return left
}

// least keeps for each authority the lesser of what two readings of one account give,
// and nothing where one of them gives nothing. Tallies of an item are in the order of
// their authorities.
func (l *ledger) least(from, to int) {
	one, other := l.tallies[from:to], l.tallies[to:]
	kept := l.tallies[:from]
	for _, t := range one {
		for len(other) > 0 && other[0].authority < t.authority {
			other = other[1:]
		}
		if len(other) == 0 || other[0].authority > t.authority {
			continue
		}
		if cmp.Compare(other[0].total.point, t.total.point) < 0 {
			t = other[0]
		}
		kept = append(kept, t)
	}
	l.tallies = kept
}

// contend lets another account of an engagement contend with the earlier ones:
// for each authority the account with the greatest point score stays (then the
// greater high, then the first), and the others only widen its bounds.
func (l *ledger) contend(engagement int32, items []item, from int) {
	kept := l.tallies[:from]
	for _, t := range l.tallies[from:] {
		at := -1
		for i := len(kept) - 1; i >= 0 && items[kept[i].item].engagement == engagement; i-- {
			if kept[i].authority == t.authority {
				at = i
			}
		}
		if at < 0 {
			kept = append(kept, t)
			continue
		}
		stay := &kept[at]
		if cmp.Or(cmp.Compare(t.total.point, stay.total.point), cmp.Compare(t.total.high, stay.total.high)) > 0 {
			*stay, t = t, *stay
		}
		l.widen(stay, &t)
		wider := triple{max(stay.total.low, t.total.low), stay.total.point, max(stay.total.high, t.total.high)}
		stay.account = stay.account.plus(wider.minus(stay.total))
		stay.total = wider
		stay.basis = stay.basis || t.basis
	}
	l.tallies = kept
}
