package ownership

import "slices"

// cutLoose takes marks from firms of a circle to which no chain of stakes leads from
// a listed party, each stake a part of what gives the next firm the mark; it tells
// whether there were any.
func (s *sweep) cutLoose(set []uint32) (any bool) {
	kept := make(map[uint32]bool, len(set))
	for _, m := range []marks{certain, possible, open, controlled, vague} {
		clear(kept)
		var chain []uint32
		keep := func(p uint32) {
			if *s.have(p)&(m|implied(m)) != 0 && !kept[p] {
				kept[p] = true
				chain = append(chain, p)
			}
		}
		for _, p := range set {
			if s.listed[p]&m != 0 || *s.have(p)&implied(m) != 0 {
				keep(p)
				continue
			}
			for _, k := range s.t.into[s.t.in[p]:s.t.in[p+1]] {
				if l := &s.t.links[k]; s.t.set[l.owner] != s.t.set[p] && s.supports(l, m) {
					keep(p)
					break
				}
			}
		}
		for i := 0; i < len(chain); i++ {
			for l := range s.links(chain[i]) {
				if s.t.set[l.owned] == s.t.set[chain[i]] && !kept[l.owned] && s.supports(l, m) {
					keep(l.owned)
				}
			}
		}
		for _, p := range set {
			if *s.have(p)&m != 0 && !kept[p] {
				s.become(p, *s.have(p)&^m)
				s.check(p)
				any = true
			}
		}
	}
	return any
}

// implied is the marks that imply a mark, and that a chain to a party with it may go
// through.
func implied(m marks) marks {
	switch m {
	case controlled:
		return possible
	case vague:
		return open | controlled
	}
	return 0
}

// supports tells whether a link is a part of what gives a party a mark.
func (s *sweep) supports(l *link, m marks) bool {
	has := *s.have(l.owner)
	if s.hands(l, has)&m != 0 {
		return true
	}
	if l.layer == control {
		return false
	}
	if m&(controlled|vague) != 0 && amountOf(l.share.Low, l.share.LowOpen) > 0 && slices.Contains(s.grips[l.owned], l.owner) {
		return true
	}
	if !s.r.rule.tests(int(l.layer)) {
		return false
	}
	r, weighs, counts := l.share, s.weighs(has), false
	switch m {
	case certain:
		counts = weighs&certain != 0 && amountOf(r.Low, r.LowOpen) > 0
	case controlled:
		counts = weighs&counted != 0 && amountOf(r.Low, r.LowOpen) > 0
	case possible:
		counts = weighs&possible != 0 && stated(r) && r.High > 0
	default:
		counts = weighs&m != 0 && r.High > 0
	}
	return counts && s.earns[l.layer][l.owned]&m != 0
}
