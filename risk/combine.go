package risk

import (
	"cmp"
	"slices"
)

// combine gives each tally what stronger ones leave of a hundred, in each score
// on its own: 100·(1−∏(1−pᵢ/100)), strongest first. Every contribution is rounded
// down to a millionth, so that the lines sum exactly. Rounding down keeps the
// three scores in their order, since what is left is then never smaller for a
// smaller tally; and the sum does not fall where one of them rises or another comes:
// it rises past the next in steps, and two that are equal may change places.
//
// Talk at one event counts once, whatever it is about: dealings of which nobody tells more
// than talk there are one affair told in several ways, and the strongest stands for them.
//
// The high score combines strands; see [strandWeight]. One that several tallies tell
// of counts once.
func (l *ledger) combine(t *total) (sum triple) {
	tallies := l.of(t)
	if len(tallies) == 1 && l.tallies[tallies[0]].apart.to == 0 {
		return l.tallies[tallies[0]].total
	}
	for column := range 2 {
		l.order = l.order[:0]
		for _, i := range tallies {
			if *l.tallies[i].total.at(column) != 0 { // what gives nothing takes nothing
				l.order = append(l.order, i)
			}
		}
		slices.SortFunc(l.order, func(a, b int32) int {
			if c := cmp.Compare(*l.tallies[b].total.at(column), *l.tallies[a].total.at(column)); c != 0 {
				return c
			}
			return cmp.Compare(a, b)
		})
		left := int64(full)
		l.talks = l.talks[:0]
		for _, i := range l.order {
			c := left * *l.tallies[i].total.at(column) / full
			if talk := l.tallies[i].talk; talk != 0 {
				if slices.Contains(l.talks, talk) {
					c = 0
				}
				l.talks = append(l.talks, talk)
			}
			*l.tallies[i].combine.at(column) = c - *l.tallies[i].total.at(column)
			left -= c
		}
		*sum.at(column) = full - left
	}
	sum.high = l.combineHigh(tallies, t.authority+1)
	for _, i := range tallies {
		l.tallies[i].total = l.tallies[i].total.plus(l.tallies[i].combine)
	}
	return sum
}

func (l *ledger) combineHigh(tallies []int32, authority int32) int64 {
	l.highs = l.highs[:0]
	most := int32(0)
	for _, i := range tallies {
		t := &l.tallies[i]
		from := len(l.highs)
		if t.apart.to == 0 {
			l.highs = append(l.highs, share{strandHigh{t.strand, t.total.high}, i})
		} else {
			for _, s := range l.apart[t.apart.from:t.apart.to] {
				l.highs = append(l.highs, share{s, i})
			}
			slices.SortFunc(l.highs[from:], func(a, b share) int { return cmp.Or(cmp.Compare(b.high, a.high), cmp.Compare(a.strand, b.strand)) })
			left := int64(full)
			for _, s := range l.highs[from:] {
				left -= left * s.high / full
			}
			t.account.high += full - left - t.total.high
			t.total.high = full - left
		}
		t.combine.high = -t.total.high
		for _, s := range l.highs[from:] {
			most = max(most, s.strand)
		}
	}
	if n := int(most) + 1; len(l.stamps) < n {
		l.stamps = append(l.stamps, make([]int32, n-len(l.stamps))...)
	}
	slices.SortFunc(l.highs, func(a, b share) int {
		return cmp.Or(cmp.Compare(b.high, a.high), cmp.Compare(a.tally, b.tally), cmp.Compare(a.strand, b.strand))
	})
	left := int64(full)
	for _, s := range l.highs {
		if l.stamps[s.strand] == authority {
			continue
		}
		l.stamps[s.strand] = authority
		c := left * s.high / full
		l.tallies[s.tally].combine.high += c
		left -= c
	}
	return full - left
}

// sort puts the strongest first: by point score, then by the high; at equal scores what
// the firm does comes before what it is, then the names decide. Authorities are few.
func (rs *Ruleset) sort(totals []total) {
	for i, t := range totals {
		for ; i > 0 && rs.stronger(&t, &totals[i-1]); i-- {
			totals[i] = totals[i-1]
		}
		totals[i] = t
	}
}

// stronger compares a total with that of an authority before it by name.
func (rs *Ruleset) stronger(a, b *total) bool {
	if a.amount.point != b.amount.point {
		return a.amount.point > b.amount.point
	}
	if own := rs.authorities[a.authority].own; own != rs.authorities[b.authority].own {
		return !own
	}
	return a.amount.high > b.amount.high
}
