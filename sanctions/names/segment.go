package names

import "unicode/utf8"

// segment splits a word of a script that is written without spaces at the
// phrases that the tables know, the longest first; what lies between them stays
// one token.
func (p *parser) segment(w *word) {
	text := p.buf[w.text.from:w.text.to:w.text.to]
	rest := 0 // start of the stretch that is not known
	flush := func(end int) {
		if end > rest {
			at := span{w.text.from + int32(rest), w.text.from + int32(end)}
			p.parts = append(p.parts, part{text: at, key: at, script: w.script, span: 1})
		}
	}
	for i := 0; i < len(text); {
		e, n := p.longestJoined(text[i:])
		if n == 0 {
			_, size := utf8.DecodeRune(text[i:])
			i += size
			continue
		}
		flush(i)
		at := span{w.text.from + int32(i), w.text.from + int32(i+n)}
		t := part{text: at, key: at, script: w.script, span: 1, term: e.term, class: e.class, generic: e.generic}
		if e.class == Number {
			t.key.from = int32(len(p.buf))
			p.buf = append(p.buf, e.term...)
			t.key.to = int32(len(p.buf))
		}
		p.parts = append(p.parts, t)
		i += n
		rest = i
	}
	flush(len(text))
}

// longestJoined gives the entry of the longest phrase that text starts with and
// its length in bytes.
func (p *parser) longestJoined(text []byte) (best entry, n int) {
	end := 0
	for range p.lex.longest {
		if end >= len(text) {
			break
		}
		_, size := utf8.DecodeRune(text[end:])
		end += size
		at, ok := p.lex.joined[string(text[:end])]
		if !ok {
			continue
		}
		switch node := &p.lex.nodes[at]; {
		case node.hasForm && p.takesForms():
			best, n = node.form, end
		case node.hasTerm && p.takes(node.term.class):
			best, n = node.term, end
		}
	}
	return best, n
}
