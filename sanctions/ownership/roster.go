package ownership

import (
	"iter"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// masks are regimes, as bits by their number: those under which a designation
// makes a listed owner, and those under which it may, which are at least the same.
type masks struct{ sure, may uint64 }

// listing is what a party of the graph is listed as.
type listing struct {
	masks
	seed int32 // the last of its seeds, plus one; the others follow in next
}

// roster is who is listed under one regime on the day, of all that are listed.
type roster struct {
	all    *sparse[listing]
	bit    uint64
	except uint32 // a party that is taken for not listed, plus one

	sure     bool // parties that may be listed are taken for not listed
	doubtful bool // some party may be listed only
}

// get tells whether a party is listed: Yes, Possible, or Unknown when it is not.
func (r *roster) get(n uint32) sanctions.Answer {
	if n+1 == r.except {
		return sanctions.Unknown
	}
	answer := r.all.get(n).answer(r.bit)
	if r.sure && answer != sanctions.Yes {
		return sanctions.Unknown
	}
	return answer
}

func (m masks) answer(bit uint64) sanctions.Answer {
	switch {
	case m.sure&bit != 0:
		return sanctions.Yes
	case m.may&bit != 0:
		return sanctions.Possible
	}
	return sanctions.Unknown
}

// nodes ranges over the parties that are or may be listed.
func (r *roster) nodes() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i := range r.all.vals {
			if n := r.all.nodes[i]; r.get(n) != sanctions.Unknown && !yield(n) {
				return
			}
		}
	}
}

// judge tells under which regimes seeds are listed on the day. The answer comes
// one seed after another, since seeds of one docket follow each other.
func (a *Analysis) judge() func(s *Seed) masks {
	var d *docket
	var classes []masks // what each class of d's acts counts for
	return func(s *Seed) (m masks) {
		switch {
		case s.Answer < sanctions.Possible:
			return masks{}
		case s.docket == nil:
			for k := range s.Party.Designations {
				if g := &s.Party.Designations[k]; g.Period.Contains(a.asOf) {
					m = m.or(a.selects(g))
				}
			}
		default:
			if s.docket != d {
				d, classes = s.docket, classes[:0]
				for _, g := range d.classes {
					classes = append(classes, a.selects(g))
				}
			}
			for _, act := range d.acts[s.first:s.last] {
				if c := classes[act.class]; c.may != 0 && act.period.Contains(a.asOf) {
					m = m.or(c)
				}
			}
		}
		if s.Answer != sanctions.Yes {
			m.sure = 0
		}
		return m
	}
}

func (m masks) or(o masks) masks { return masks{m.sure | o.sure, m.may | o.may} }

// selects tells under which regimes a designation makes a listed owner.
func (a *Analysis) selects(d *sanctions.Designation) (m masks) {
	for i := range a.regimes {
		for _, by := range a.regimes[i].rule.ListedBy {
			switch {
			case by.Selects(d):
				m = m.or(masks{1 << i, 1 << i})
			case by.maySelect(d):
				m.may |= 1 << i
			}
		}
	}
	return m
}

// seed is the i-th seed, of those that Solve was given and those that were added.
func (a *Analysis) seed(i int32) *Seed {
	if int(i) < len(a.given) {
		return &a.given[i]
	}
	return &a.added[int(i)-len(a.given)]
}

// seedsOf ranges over what a party of the graph is listed as, in the order of the
// list ids.
func (a *Analysis) seedsOf(n uint32) iter.Seq[Seed] {
	return func(yield func(Seed) bool) {
		var seeds []Seed
		for i := a.listed.get(n).seed - 1; i >= 0; i = a.next[i] {
			seeds = append(seeds, *a.seed(i))
		}
		slices.SortFunc(seeds, compareSeeds)
		for _, s := range seeds {
			if !yield(s) {
				return
			}
		}
	}
}
