package names

import "unicode/utf8"

// What a division of a word costs. A token costs, and what no table knows costs more, by
// the letter. A phrase of one letter is a word at the end of a name (厂, 성), and else
// mostly part of another; so is a rest of one letter.
const (
	costOfToken   = 2
	costOfUnknown = 3
	costOfLetter  = 3 // each, of what no table knows
	costOfPhrase1 = 6 // of a phrase of one letter within the word
	costOfRest1   = 2 // of one unknown letter by itself
)

// division is the cheapest way to divide a word from some letter on.
type division struct {
	cost  int32
	next  int32 // where the token that starts here ends
	e     entry
	known bool
	// inside is the cost if the letter is not the first of an unknown token.
	inside int32
	end    int32 // where that token ends
}

// segment splits a word of a script that is written without spaces at the phrases that
// the tables know, in the cheapest way; what lies between phrases stays one token.
func (p *parser) segment(w *word) {
	text := p.buf[w.text.from:w.text.to:w.text.to]
	p.divide(text)
	for at := int32(0); at < int32(len(text)); {
		d := &p.divisions[at]
		of := span{w.text.from + at, w.text.from + d.next}
		t := part{text: of, key: of, script: w.script, span: 1, term: d.e.term, class: d.e.class, generic: d.e.generic}
		if d.known && d.e.class == Number {
			t.key.from = int32(len(p.buf))
			p.buf = append(p.buf, d.e.term...)
			t.key.to = int32(len(p.buf))
		}
		if d.known && d.e.reading != "" { // as if it had been romanised
			t.key.from = int32(len(p.buf))
			p.buf = append(p.buf, d.e.reading...)
			t.key.to = int32(len(p.buf))
			t.script = Latin
		}
		p.parts = append(p.parts, t)
		at = d.next
	}
}

// divide fills divisions from the end of the text to its start.
func (p *parser) divide(text []byte) {
	n := int32(len(text))
	p.divisions = append(p.divisions[:0], make([]division, n+1)...)
	p.divisions[n].inside = 1 << 30 // no letter follows
	for from := n - 1; from >= 0; from-- {
		if !utf8.RuneStart(text[from]) {
			continue
		}
		_, size := utf8.DecodeRune(text[from:])
		after := p.divisions[from+int32(size)]
		d := &p.divisions[from]
		d.inside, d.end = costOfLetter+after.cost, from+int32(size)
		if costOfLetter+after.inside < d.inside {
			d.inside, d.end = costOfLetter+after.inside, after.end
		}
		*d = p.known(text, from, division{inside: d.inside, end: d.end, cost: 1 << 30})
		cost, next := costOfToken+costOfUnknown+d.inside, d.end
		if next == from+int32(size) {
			cost += costOfRest1
		}
		if cost < d.cost {
			d.cost, d.next, d.e, d.known = cost, next, entry{}, false
		}
	}
}

// known finds the cheapest division that begins with a phrase.
func (p *parser) known(text []byte, from int32, best division) division {
	to := int(from)
	for runes := 1; runes <= p.lex.longest && to < len(text); runes++ {
		_, size := utf8.DecodeRune(text[to:])
		to += size
		node, ok := p.lex.joined[string(text[from:to])]
		if !ok {
			continue
		}
		cost := costOfToken + p.divisions[to].cost
		if runes == 1 && to < len(text) {
			cost += costOfPhrase1
		}
		if cost > best.cost {
			continue
		}
		if e, ok := p.choose(p.lex.nodes[node], 0, len(p.words)); ok {
			best.cost, best.next, best.e, best.known = cost, int32(to), e, true
		}
	}
	return best
}
