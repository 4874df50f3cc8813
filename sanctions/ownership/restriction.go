package ownership

import (
	"cmp"
	"iter"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// restrictions are the designations of all listed owners of an owned party, directly
// and through what they own, the most restrictive first. It is irrelevant how much each
// of them holds, and whether the others would suffice: whoever is one of the owners
// counts.
//
// Source: 15 CFR part 744, Supplement No. 8.
func (a *Analysis) restrictions(r *regime, n uint32, f finding) (out []sanctions.Restriction) {
	need := certain
	if f.rank < rankOwned {
		need = possible
	}
	owners, known := r.above(a, n, need)
	if known != nil {
		return known.restrictions(a, r, n)
	}
	return a.subject(r, owners, need)
}

// subject is what is owned by some listed parties is subject to.
func (a *Analysis) subject(r *regime, owners []uint32, need marks) (out []sanctions.Restriction) {
	for _, owner := range owners {
		out = append(out, a.restricts(r, owner, need)...)
	}
	slices.SortFunc(out, func(x, y sanctions.Restriction) int {
		return cmp.Or(cmp.Compare(x.Rank, y.Rank), cmp.Compare(x.Party, y.Party), cmp.Compare(x.Text, y.Text))
	})
	out = slices.CompactFunc(out, func(x, y sanctions.Restriction) bool {
		return x.Rank == y.Rank && x.Party == y.Party && x.Text == y.Text
	})
	rank, was := 0, 0
	for i := range out { // from places in the table to ranks among these
		if out[i].Rank != was {
			rank, was = rank+1, out[i].Rank
		}
		out[i].Rank = rank
	}
	return out
}

// proprietors ranges over those who hold something of a party that the regime tests, and
// have one of the marks that are needed; over one with shares and votes twice.
func (r *regime) proprietors(a *Analysis, firm uint32, need marks) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for layer := capital; layer <= voting && r.rule.tests(layer); layer++ {
			for owner, h := range a.g.holders(layer, firm, a.asOf) {
				if owner != firm && h.held && h.share.High > 0 && r.marks(owner)&need != 0 && !yield(owner) {
					return
				}
			}
		}
	}
}

// restricts reports whether what a party is listed for matters for those of whom it is
// needed.
func (r *regime) restricts(n uint32, need marks) bool {
	answer := r.listed.get(n)
	return answer == sanctions.Yes || answer == sanctions.Possible && need == possible
}

// restricts is the designations that make a party a listed owner.
func (a *Analysis) restricts(r *regime, n uint32, need marks) (out []sanctions.Restriction) {
	for s := range a.seedsOf(n) {
		for i := range s.Party.Designations {
			d := &s.Party.Designations[i]
			if !d.Period.Contains(a.asOf) {
				continue
			}
			for place, by := range r.rule.ListedBy {
				if by.Selects(d) || need == possible && by.maySelect(d) {
					out = append(out, sanctions.Restriction{Party: s.Party.ID, Name: s.Party.Name(), Authority: d.Authority, Measure: by.Measure,
						Programmes: d.Programmes, Text: d.Text, Rank: place + 1})
				}
			}
		}
	}
	return out
}

// owned is what a party is by its owners and not by its listing.
func (r *regime) owned(n uint32) marks {
	alone := r.alone.get(n)
	m := alone.owned()
	if r.together != nil {
		m |= r.together.shares.get(n).given
	}
	return m
}

// owned is the marks that an outcome stands for.
func (o *outcome) owned() marks {
	switch o.rank {
	case rankOwned:
		return certain | possible
	case rankPossible:
		return possible
	}
	return 0
}
