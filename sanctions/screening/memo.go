package screening

import (
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// memoKey is everything of a party that a standing depends on, and the day.
type memoKey struct {
	party string
	day   sanctions.Date
}

func keyOf(p *sanctions.Party, day sanctions.Date) memoKey {
	if len(p.Names) == 1 && !p.Names[0].Weak && len(p.Countries)+len(p.Identifiers)+len(p.Births) == 0 && p.Kind == "" {
		return memoKey{"\x01" + p.ID + "\x00" + p.Names[0].Text, day} // a counterparty as a claim names it
	}
	var b strings.Builder
	put := func(s string) { b.WriteString(s); b.WriteByte(0) }
	put(p.ID)
	put(string(p.Kind))
	for _, n := range p.Names {
		if n.Weak {
			b.WriteByte(2)
		}
		put(n.Text)
	}
	b.WriteByte(1)
	for _, c := range p.Countries {
		put(c)
	}
	b.WriteByte(1)
	for _, id := range p.Identifiers {
		put(id.Country)
		put(id.String())
	}
	b.WriteByte(1)
	for _, d := range p.Births {
		put(d.From.String())
		put(d.To.String())
	}
	return memoKey{b.String(), day}
}
