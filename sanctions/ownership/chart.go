package ownership

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Charted is a party with the verdict whose proof is drawn.
type Charted struct {
	Node
	Verdict sanctions.Verdict
}

// DOT draws the proofs of verdicts as one Graphviz digraph, owners above what they
// own; the parties that they are about have two lines, the listed are filled. Stakes
// that count only if a circle of holdings is taken to bear itself out are dashed.
// Names and ids come from registers and are quoted.
func DOT(charted ...Charted) string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph proof {\n\tlabel=%s\n\tnode [shape=box]\n", dotQuote(captions(charted)))
	draw(charted, func(n chartNode) {
		style := ""
		if n.subject {
			style += ", peripheries=2"
		}
		if n.listed {
			style += ", style=filled, fillcolor=\"#f4cccc\""
		}
		fmt.Fprintf(&b, "\tn%d [label=%s%s]\n", n.number, dotQuote(n.label()), style)
	}, func(from, to int, s sanctions.Stake, circle bool) {
		style := ""
		if circle {
			style = ", style=dashed"
		}
		fmt.Fprintf(&b, "\tn%d -> n%d [label=%s, tooltip=%s%s]\n", from, to, dotQuote(held(s)), dotQuote(strings.TrimSpace(s.Stated+" "+s.Source.String())), style)
	})
	b.WriteString("}\n")
	return b.String()
}

// Mermaid draws the proofs of verdicts as one Mermaid flowchart, as [DOT] does.
func Mermaid(charted ...Charted) string {
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	for _, line := range strings.Split(captions(charted), "\n") {
		fmt.Fprintf(&b, "\t%%%% %s\n", strings.ReplaceAll(line, "\r", " "))
	}
	listed := ""
	draw(charted, func(n chartNode) {
		open, closing := "[", "]"
		if n.subject {
			open, closing = "[[", "]]"
		}
		fmt.Fprintf(&b, "\tn%d%s%s%s\n", n.number, open, mermaidQuote(n.label()), closing)
		if n.listed {
			listed += fmt.Sprintf("\tclass n%d listed\n", n.number)
		}
	}, func(from, to int, s sanctions.Stake, circle bool) {
		arrow := "-->"
		if circle {
			arrow = "-.->"
		}
		fmt.Fprintf(&b, "\tn%d %s|%s| n%d\n", from, arrow, mermaidQuote(held(s)), to)
	})
	b.WriteString("\tclassDef listed fill:#f4cccc\n" + listed)
	return b.String()
}

// captions say what is drawn, a line a verdict.
func captions(charted []Charted) string {
	lines := make([]string, len(charted))
	for i, c := range charted {
		v := &c.Verdict
		lines[i] = strings.ReplaceAll(fmt.Sprintf("%s: %s under %s, %v%%", c.ID, v.Status, v.Regime, v.Share), "\n", " ")
		if v.Margin != "" {
			lines[i] += ", " + v.Margin
		}
		if len(v.Restrictions) > 0 {
			most := v.Restrictions[0]
			lines[i] += fmt.Sprintf("; %s of %s governs", most.Measure, most.Party)
		}
		if v.Circle.Status != "" {
			lines[i] += fmt.Sprintf("; %s, %v%% if the circle bears itself out", v.Circle.Status, v.Circle.Share)
		}
	}
	return strings.Join(lines, "\n")
}

type chartNode struct {
	Node
	number          int
	listed, subject bool
}

func (n *chartNode) label() string {
	if n.Name == "" {
		return n.ID
	}
	return n.Name + "\n" + n.ID
}

// draw walks the parties of the proofs, and then the stakes between them, each
// once: those of the verdicts, and then those of circles.
func draw(charted []Charted, node func(chartNode), edge func(from, to int, s sanctions.Stake, circle bool)) {
	stakes := func(c *Charted) []sanctions.Stake { return slices.Concat(c.Verdict.Proof, c.Verdict.Circle.Proof) }
	subject, listed := make(map[string]bool), make(map[string]bool)
	for _, c := range charted {
		subject[c.ID] = true
		listed[c.ID] = listed[c.ID] || c.Verdict.Status == sanctions.ListedUnderRegime
		for _, s := range stakes(&c) {
			listed[s.OwnerID] = listed[s.OwnerID] || strings.HasPrefix(s.Why, ownerIsListed)
		}
	}
	number := make(map[string]int)
	party := func(n Node) {
		if number[n.ID] == 0 {
			number[n.ID] = len(number) + 1
			node(chartNode{n, number[n.ID], listed[n.ID], subject[n.ID]})
		}
	}
	for _, c := range charted {
		for _, s := range stakes(&c) {
			party(Node{s.OwnerID, s.OwnerName})
		}
		for _, s := range stakes(&c) {
			party(Node{s.OwnedID, s.OwnedName})
		}
		party(c.Node)
	}
	drawn := make(map[sanctions.Stake]bool)
	for _, circle := range []bool{false, true} {
		for _, c := range charted {
			proof := c.Verdict.Proof
			if circle {
				proof = c.Verdict.Circle.Proof
			}
			for _, s := range proof {
				if s.Why = ""; !drawn[s] {
					drawn[s] = true
					edge(number[s.OwnerID], number[s.OwnedID], s, circle)
				}
			}
		}
	}
}

func dotQuote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", " ").Replace(s) + `"`
}

func mermaidQuote(s string) string {
	return `"` + strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;", "\n", "<br/>", "\r", " ").Replace(s) + `"`
}
