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
// more than half of the shares or votes. The error reports an unknown party or
// day.
func (g *Graph) Controls(party string, asOf sanctions.Date) ([]Controlled, error) {
	n, ok := g.find(party)
	if !ok {
		return nil, fmt.Errorf("no register mentions a party %q", party)
	}
	if asOf.IsZero() {
		return nil, errors.New("control is a question of a day; pass the date")
	}
	c := g.control(n, asOf)
	var out []Controlled
	for _, m := range c.nodes {
		if controlled, ok := c.controlled(m); ok && m != n {
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
	for _, owner := range g.above(n) {
		if controlled, ok := g.control(owner, asOf).controlled(n); ok {
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

// controlled describes a party that the cascade has reached.
func (c *cascade) controlled(n uint32) (Controlled, bool) {
	b := c.strongest(n)
	if b.rank < rankPossible {
		return Controlled{}, false
	}
	out := Controlled{Node: c.g.node(n), Answer: sanctions.Possible, Share: b.bounds(c.g, n, c.asOf), Votes: b.layer == voting}
	if b.rank == rankOwned {
		out.Answer = sanctions.Yes
	}
	return out, true
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
