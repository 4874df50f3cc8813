package names

import (
	"slices"
	"unicode/utf8"
)

// segment splits a word of a script that is written without spaces at the phrases
// that the tables know. It goes from the end, where such names have their form
// and their trade, and takes the longest phrase each time; what lies between
// phrases stays one token.
func (p *parser) segment(w *word) {
	first := len(p.parts)
	text := p.buf[w.text.from:w.text.to:w.text.to]
	rest := len(text) // end of the stretch that is not known
	flush := func(start int) {
		if start < rest {
			at := span{w.text.from + int32(start), w.text.from + int32(rest)}
			p.parts = append(p.parts, part{text: at, key: at, script: w.script, span: 1})
		}
	}
	for end := len(text); end > 0; {
		e, start := p.longestJoined(text[:end])
		if start == end {
			_, size := utf8.DecodeLastRune(text[:end])
			end -= size
			continue
		}
		flush(end)
		at := span{w.text.from + int32(start), w.text.from + int32(end)}
		t := part{text: at, key: at, script: w.script, span: 1, term: e.term, class: e.class, generic: e.generic}
		if e.class == Number {
			t.key.from = int32(len(p.buf))
			p.buf = append(p.buf, e.term...)
			t.key.to = int32(len(p.buf))
		}
		p.parts = append(p.parts, t)
		end, rest = start, start
	}
	flush(0)
	slices.Reverse(p.parts[first:])
}

// longestJoined gives the entry of the longest phrase that text ends with and
// where it starts; at len(text) if there is none.
func (p *parser) longestJoined(text []byte) (best entry, start int) {
	start = len(text)
	at := len(text)
	for range p.lex.longest {
		if at == 0 {
			break
		}
		_, size := utf8.DecodeLastRune(text[:at])
		at -= size
		node, ok := p.lex.joined[string(text[at:])]
		if !ok {
			continue
		}
		if e, ok := p.choose(p.lex.nodes[node], 0, len(p.words)); ok {
			best, start = e, at
		}
	}
	return best, start
}
