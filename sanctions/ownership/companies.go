package ownership

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Control analysis as economists define it, beside the legal regimes: a party
// controls a company when it holds, itself and jointly with the companies that it
// controls, more than half of the shares or of the votes. It knows no lists.
//
// Source: S. Ceri, G. Gottlob, L. Tanca, Logic Programming and Databases (1990),
// on company control; the control reviews of EU Best Practices para. 63 and of
// Russia Regulations 2019 Sch. 1 para. 9 start from the same question.
var companyControl = Rule{Regime: "company-control", Threshold: half, Cascade: true, Votes: true,
	Aggregate: AggregateNone, Control: ControlIgnored, State: InForce}

// Controlled is a company, and what one party holds of it together with the other
// companies that it controls.
type Controlled struct {
	Node
	// Answer is Yes when the holdings come to more than half on what is certain,
	// and Possible when they do on upper bounds only.
	Answer sanctions.Answer
	Share  sanctions.ShareRange
	Votes  bool // Share is of the votes
}

// Controls lists, by id, the companies that a party controls on a day, as
// economists define control: those of which it and what it controls jointly hold
// more than half of the shares or votes. What is so only if parties are one that
// possibly are, or only if they are not, is Possible, and its share lies over both.
// The error reports an unknown party or day.
func (g *Graph) Controls(party string, asOf sanctions.Date) ([]Controlled, error) {
	n, ok := g.find(party)
	if !ok {
		return nil, fmt.Errorf("no register mentions a party %q", party)
	}
	if asOf.IsZero() {
		return nil, errors.New("control is a question of a day; pass the date")
	}
	said := g.controlReadings(n, asOf)
	seen := make(map[uint32]bool)
	for _, in := range said {
		for _, one := range in.nodes {
			for _, m := range in.all(one) {
				seen[m] = true
			}
		}
	}
	var out []Controlled
	for m := range seen {
		if controlled, ok := said.of(m); ok {
			controlled.Node = g.node(m)
			out = append(out, controlled)
		}
	}
	slices.SortFunc(out, func(a, b Controlled) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}

// Controllers lists, by id, the parties that control a company on a day in the
// sense of [Graph.Controls], each with what it holds of it through all that it
// controls. It asks each of the owners, owners' owners and so on what it controls, and
// so costs what all these hold.
func (g *Graph) Controllers(company string, asOf sanctions.Date) ([]Controlled, error) {
	n, ok := g.find(company)
	if !ok {
		return nil, fmt.Errorf("no register mentions a party %q", company)
	}
	if asOf.IsZero() {
		return nil, errors.New("control is a question of a day; pass the date")
	}
	var out []Controlled
	seen := make(map[uint32]bool)
	for _, in := range g.all() {
		for _, one := range in.above(in.lead(n)) {
			for _, owner := range in.all(one) {
				seen[owner] = true
			}
		}
	}
	for owner := range seen {
		if controlled, ok := g.controlReadings(owner, asOf).of(n); ok {
			controlled.Node = g.node(owner)
			out = append(out, controlled)
		}
	}
	slices.SortFunc(out, func(a, b Controlled) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}

func (g *Graph) control(n uint32, asOf sanctions.Date) *cascade {
	c := newCascade(g, &companyControl, asOf, nil, nil, nil)
	c.single = true
	c.mark(c.shares.at(n), beyondDoubt)
	c.run()
	return c
}

// controlReading is what a party controls in a reading of the graph.
type controlReading struct {
	*cascade
	reading
	self uint32
}

type controlReadings []controlReading

// controlReadings is what a party controls in every reading, that without links first.
func (g *Graph) controlReadings(n uint32, asOf sanctions.Date) (out controlReadings) {
	for _, in := range g.all() {
		self := in.lead(n)
		out = append(out, controlReading{in.control(self, asOf), in, self})
	}
	return out
}

// of tells whether a company is controlled: for certain if it is in every reading. The
// bounds hold those of each.
func (all controlReadings) of(n uint32) (out Controlled, any bool) {
	for i, in := range all {
		m := in.lead(n)
		if m == in.self {
			out.Answer = min(out.Answer, sanctions.Possible) // nobody controls itself
			if i == 0 {
				return out, false
			}
			continue
		}
		b := in.strongest(m)
		share, answer := b.bounds(in.Graph, m, in.asOf), sanctions.No
		switch b.rank {
		case rankOwned:
			answer = sanctions.Yes
		case rankPossible:
			answer = sanctions.Possible
		}
		any = any || answer >= sanctions.Possible
		switch {
		case i == 0:
			out.Answer, out.Share, out.Votes = answer, share, b.layer == voting
			continue
		case answer > out.Answer:
			out.Votes = b.layer == voting
		}
		if answer != out.Answer {
			out.Answer = sanctions.Possible
		}
		out.Share = out.Share.Hull(share)
	}
	return out, any
}

// above is every party that stands above another by shares or votes on any date,
// nearest first.
func (g *Graph) above(n uint32) []uint32 {
	seen := map[uint32]bool{n: true}
	order := []uint32{n}
	for i := 0; i < len(order); i++ {
		for _, number := range []int{capital, voting} {
			l := &g.layers[number]
			for _, e := range l.back[l.in[order[i]]:l.in[order[i]+1]] {
				if o := l.owner(e); !seen[o] {
					seen[o] = true
					order = append(order, o)
				}
			}
		}
	}
	return order[1:]
}
