package ownership

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// over is what all readings of the graph say of a party, in one verdict a regime: its
// bounds hold those of every reading, and what not all of them say is possible.
func (a *Analysis) over(n uint32) []sanctions.Verdict {
	out := a.verdicts(n)
	if !a.g.hanging.has(n) {
		return out
	}
	said := make([][]sanctions.Verdict, len(a.readings))
	for k, in := range a.readings {
		said[k] = in.verdicts(in.g.lead(n))
	}
	for i := range out {
		apart := out[i]
		for k := range said {
			if in := &said[k][i]; !agree(in, &apart) {
				t := trail{a: a, in: &a.g.readings[k], regime: &a.regimes[i], party: n}
				t.widen(&out[i], in, apart.Status)
			}
		}
	}
	return out
}

// addReadings adds the parties that are worth a verdict in some reading only, and makes
// ready in each the circles of all of them at once.
func (a *Analysis) addReadings(seen map[uint32]bool) {
	for k, in := range a.readings {
		for _, one := range in.touched() {
			for _, n := range a.g.readings[k].all(one) {
				seen[n] = true
			}
		}
	}
	for _, in := range a.readings {
		leads := make(map[uint32]bool, len(seen))
		for n := range seen {
			leads[in.g.lead(n)] = true
		}
		in.addCircles(leads)
	}
	a.addCircles(seen)
}

// trail tells in the words of the graph what one of its readings says of a party.
type trail struct {
	a      *Analysis
	in     *reading
	regime *regime
	party  uint32
	links  []pair // that were followed
}

// widen lets a verdict lie over what the reading says too. apart is the status where
// no link is true.
func (t *trail) widen(v, in *sanctions.Verdict, apart sanctions.OwnershipStatus) {
	told := *in
	told.Proof = t.tell(in.Proof)
	if in.Status != apart && (in.Status.Compare(v.Status) > 0 || v.Status == apart) {
		told.Flip = t.question(in.Status, apart)
		v.Flip = told.Flip
	}
	told.Circle.Proof = t.tell(in.Circle.Proof)
	*v = Either(*v, told)
}

// Either is the verdict under one regime on a party of which two things are said and
// nobody knows which is true, as where it may be one of two parties. Its bounds hold
// the bounds of both, it is certain only if both are, and where they differ it has the
// condition weak_link. Proof, Flip and Restrictions are those of the graver.
func Either(v, o sanctions.Verdict) sanctions.Verdict {
	if agree(&v, &o) {
		return v
	}
	if o.Status.Compare(v.Status) > 0 {
		v.Proof, v.Flip, v.Restrictions = o.Proof, o.Flip, o.Restrictions
	}
	v.Status = doubtful(v.Status, o.Status)
	v.Share = v.Share.Hull(o.Share)
	if v.Share.High > 0 {
		v.Margin = margin(v.Share, v.Threshold, v.Inclusive)
	}
	if v.Circle.Status == "" {
		v.Circle = o.Circle
	}
	v.Restrictions = eitherRestrictions(v.Restrictions, o.Restrictions)
	v.Conditions = slices.Concat(v.Conditions, o.Conditions, []sanctions.Condition{sanctions.WeakLink})
	inOrder(v.Conditions)
	v.Conditions = slices.Compact(v.Conditions)
	return v
}

func inOrder(conditions []sanctions.Condition) {
	slices.SortFunc(conditions, func(x, y sanctions.Condition) int {
		return cmp.Compare(slices.Index(conditionOrder, x), slices.Index(conditionOrder, y))
	})
}

// agree reports whether two verdicts say the same of a party, on whatever proof.
func agree(a, b *sanctions.Verdict) bool {
	return a.Status == b.Status && a.Share == b.Share && slices.EqualFunc(a.Restrictions, b.Restrictions, sameRestriction)
}

func sameRestriction(a, b sanctions.Restriction) bool {
	return a.Party == b.Party && a.Text == b.Text && a.Measure == b.Measure && a.Authority == b.Authority && slices.Equal(a.Programmes, b.Programmes)
}

// eitherRestrictions is what the owners of one of two parties are subject to, each as
// restrictive as it is among those of the party where it is most: what governs there may
// govern.
func eitherRestrictions(a, b []sanctions.Restriction) []sanctions.Restriction {
	if slices.EqualFunc(a, b, func(x, y sanctions.Restriction) bool { return x.Rank == y.Rank && sameRestriction(x, y) }) {
		return a
	}
	type key struct{ party, text, measure, authority, programmes string }
	var out []sanctions.Restriction
	at := make(map[key]int, len(a))
	for _, r := range slices.Concat(a, b) {
		k := key{r.Party, r.Text, string(r.Measure), string(r.Authority), strings.Join(r.Programmes, "\x00")}
		switch i, ok := at[k]; {
		case !ok:
			at[k] = len(out)
			out = append(out, r)
		case r.Rank < out[i].Rank:
			out[i] = r
		}
	}
	slices.SortFunc(out, func(x, y sanctions.Restriction) int {
		return cmp.Or(cmp.Compare(x.Rank, y.Rank), cmp.Compare(x.Party, y.Party), cmp.Compare(x.Text, y.Text), cmp.Compare(x.Measure, y.Measure))
	})
	return out
}

// conditionOrder is that in which a verdict lists its conditions.
var conditionOrder = []sanctions.Condition{sanctions.OwnershipIncomplete, sanctions.CircularHolding, sanctions.CircleUnsettled, sanctions.ConflictingSources,
	sanctions.TreasuryShares, sanctions.WeakLink, sanctions.Divested, sanctions.JointArrangement, sanctions.RegimeUncertain,
	sanctions.RegimeNotInForce, sanctions.ControlHint}

// doubtful is the status of a party that has one of two, as a link is true or not: the
// graver of them, as far as that can be said of what is uncertain.
func doubtful(a, b sanctions.OwnershipStatus) sanctions.OwnershipStatus {
	least, most := a, b
	if least.Compare(most) > 0 {
		least, most = most, least
	}
	switch {
	case least == most:
	case most == sanctions.ListedUnderRegime && least.Compare(sanctions.OwnershipUnknown) < 0:
		return sanctions.OwnershipUnknown // it may be listed itself
	case most == sanctions.ListedUnderRegime:
		return least
	case most == sanctions.Owned:
		return sanctions.PossiblyOwned
	}
	return most
}

// question says on what a status hangs.
func (t *trail) question(joined, apart sanctions.OwnershipStatus) string {
	links := t.links
	if len(links) == 0 { // what makes them one takes stakes away, so that the proof shows none
		links = t.above()
	}
	const most = 3
	var said []string
	for _, p := range links[:min(len(links), most)] {
		said = append(said, t.a.g.ids.id(p.a)+" is "+t.a.g.ids.id(p.b))
	}
	if len(links) > most {
		said = append(said, "…")
	}
	return fmt.Sprintf("%s if %s; %s if not", joined, strings.Join(said, ", "), apart)
}

// above is the links on which what is said of the party may rest, as far up as there are
// not too many parties to look at.
func (t *trail) above() (links []pair) {
	seen := places{}
	seen.at(t.in.lead(t.party))
	for from := 0; from < len(seen.nodes) && len(seen.nodes) <= mostSolved; { // all that are as far up
		level := seen.nodes[from:]
		from = len(seen.nodes)
		for _, n := range level {
			for _, m := range t.in.all(n)[1:] {
				links = append(links, pair{t.in.all(n)[0], m})
			}
			for i := range layerCount {
				l := &t.in.layers[i]
				for _, e := range l.back[l.in[n]:l.in[n+1]] {
					seen.at(l.owner(e))
				}
			}
		}
	}
	slices.SortFunc(links, func(x, y pair) int { return cmp.Or(t.a.g.ids.compare(x.a, y.a), t.a.g.ids.compare(x.b, y.b)) })
	return links
}

// PossiblySame is the kind of a [sanctions.Stake] that is none: the owner and the
// owned may be one party, so that what makes the one an owner makes the other one.
const PossiblySame = "possibly_same_as"

// tell gives a proof the ids that its rows have, and puts the links between them that
// it follows.
func (t *trail) tell(proof []sanctions.Stake) (out []sanctions.Stake) {
	ends := make([]pair, len(proof))  // owner and owned
	come := make(map[uint32][]uint32) // by party of the reading, as what it is listed or held
	arrive := func(one, n uint32) {
		if !slices.Contains(come[one], n) {
			come[one] = append(come[one], n)
		}
	}
	for i := range proof {
		owner, _ := t.in.find(proof[i].OwnerID)
		owned, _ := t.in.find(proof[i].OwnedID)
		ends[i] = t.row(owner, owned, &proof[i])
		for _, n := range t.in.all(owner) {
			if t.regime.listed.get(n) != sanctions.Unknown {
				arrive(owner, n)
			}
		}
		arrive(owned, ends[i].b)
	}
	told := make(map[pair]bool)
	follow := func(to uint32) {
		for _, from := range come[t.in.lead(to)] {
			if p := (pair{from, to}); from != to && !told[p] {
				told[p] = true
				t.links = append(t.links, p)
				out = append(out, t.link(p))
			}
		}
	}
	for i, s := range proof {
		follow(ends[i].a)
		owner, owned := t.a.g.node(ends[i].a), t.a.g.node(ends[i].b)
		s.OwnerID, s.OwnerName, s.OwnedID, s.OwnedName = owner.ID, owner.Name, owned.ID, owned.Name
		out = append(out, s)
	}
	if len(proof) > 0 {
		follow(t.party)
	}
	return out
}

// row finds the parties that the row of a stake between two parties of the reading
// names.
func (t *trail) row(owner, owned uint32, s *sanctions.Stake) pair {
	g := t.a.g
	for _, from := range t.in.all(owner) {
		for _, to := range t.in.all(owned) {
			for i := range g.layers {
				l := &g.layers[i]
				for e, end := l.out[from], l.out[from+1]; e < end; e++ {
					if l.to[e] == to && g.states(i, e, s) {
						return pair{from, to}
					}
				}
			}
		}
	}
	return pair{owner, owned}
}

// states reports whether a stake rests on the e-th interest of a layer.
func (g *Graph) states(layer int, e uint32, s *sanctions.Stake) bool {
	kind, stated, source := g.cited(layer, e)
	return s.Kind == kind && s.Stated == stated && s.Source == source && s.Period == g.period(&g.layers[layer], e)
}

// link is the stake that stands for a link.
func (t *trail) link(p pair) sanctions.Stake {
	g := t.a.g
	from, to := g.node(p.a), g.node(p.b)
	return sanctions.Stake{OwnerID: from.ID, OwnerName: from.Name, OwnedID: to.ID, OwnedName: to.Name,
		Kind: PossiblySame, Share: sanctions.UnknownShare, Source: g.mention(p), Why: "by their names or numbers they may be one party"}
}

// mention is where the one of two parties is named that has no id of its own, or the
// second.
func (g *Graph) mention(p pair) (source sanctions.Source) {
	n := p.b
	if node := g.node(p.a); node.ID == node.Name {
		n = p.a
	}
	for i := range g.layers {
		l := &g.layers[i]
		if len(l.to) == 0 {
			continue
		}
		rows := l.back[l.in[n]:l.in[n+1]]
		if l.out[n] < l.out[n+1] {
			rows = []uint32{l.out[n]}
		}
		if len(rows) > 0 {
			_, _, source = g.cited(i, rows[0])
			return source
		}
	}
	return source
}
