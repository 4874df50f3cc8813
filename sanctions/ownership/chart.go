package ownership

import (
	"fmt"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// DOT draws the proof of a party's verdict as a Graphviz digraph, owners above
// what they own. Names and ids come from registers and are quoted.
func DOT(party Node, v sanctions.Verdict) string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph proof {\n\tlabel=%s\n\tnode [shape=box]\n", dotQuote(caption(party, v)))
	chart(party, v, func(n chartNode) {
		style := ""
		switch {
		case n.listed:
			style = ", style=filled, fillcolor=\"#f4cccc\""
		case n.subject:
			style = ", peripheries=2"
		}
		fmt.Fprintf(&b, "\tn%d [label=%s%s]\n", n.number, dotQuote(n.label()), style)
	}, func(from, to int, s sanctions.Stake) {
		fmt.Fprintf(&b, "\tn%d -> n%d [label=%s, tooltip=%s]\n", from, to, dotQuote(held(s)), dotQuote(strings.TrimSpace(s.Stated+" "+s.Source.String())))
	})
	b.WriteString("}\n")
	return b.String()
}

// Mermaid draws the proof of a party's verdict as a Mermaid flowchart.
func Mermaid(party Node, v sanctions.Verdict) string {
	var b strings.Builder
	fmt.Fprintf(&b, "flowchart TD\n\t%%%% %s\n", strings.NewReplacer("\n", " ", "\r", " ").Replace(caption(party, v)))
	listed := ""
	chart(party, v, func(n chartNode) {
		open, closing := "[", "]"
		if n.subject {
			open, closing = "[[", "]]"
		}
		fmt.Fprintf(&b, "\tn%d%s%s%s\n", n.number, open, mermaidQuote(n.label()), closing)
		if n.listed {
			listed += fmt.Sprintf("\tclass n%d listed\n", n.number)
		}
	}, func(from, to int, s sanctions.Stake) {
		fmt.Fprintf(&b, "\tn%d -->|%s| n%d\n", from, mermaidQuote(held(s)), to)
	})
	b.WriteString("\tclassDef listed fill:#f4cccc\n" + listed)
	return b.String()
}

func caption(party Node, v sanctions.Verdict) string {
	s := fmt.Sprintf("%s: %s under %s, %v%%", party.ID, v.Status, v.Regime, v.Share)
	if v.Margin != "" {
		s += ", " + v.Margin
	}
	return s
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

// chart walks the parties of a proof, the party itself last, and then its stakes.
func chart(party Node, v sanctions.Verdict, node func(chartNode), edge func(from, to int, s sanctions.Stake)) {
	number := make(map[string]int)
	draw := func(n Node, listed bool) {
		if _, ok := number[n.ID]; !ok {
			number[n.ID] = len(number) + 1
			node(chartNode{n, number[n.ID], listed, n.ID == party.ID})
		}
	}
	for _, s := range v.Proof {
		if s.OwnerID != party.ID {
			draw(Node{s.OwnerID, s.OwnerName}, strings.HasPrefix(s.Why, ownerIsListed))
		}
	}
	for _, s := range v.Proof {
		if s.OwnedID != party.ID {
			draw(Node{s.OwnedID, s.OwnedName}, false)
		}
	}
	draw(party, v.Status == sanctions.ListedUnderRegime)
	for _, s := range v.Proof {
		edge(number[s.OwnerID], number[s.OwnedID], s)
	}
}

func dotQuote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", " ").Replace(s) + `"`
}

func mermaidQuote(s string) string {
	return `"` + strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;", "\n", "<br/>", "\r", " ").Replace(s) + `"`
}
