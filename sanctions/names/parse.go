package names

import (
	"slices"
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Parse reads a name of a party of the given kind. Legal forms are looked for in
// the names of entities and of unknown kinds, terms in those of ships too; a
// person's name has given names, honorifics and particles. It never fails: a text
// without a letter or digit gives a name without tokens. It is safe for concurrent
// use and takes time in proportion to the text.
func Parse(text string, kind sanctions.Kind) Name {
	return Name{Text: text, Kind: kind, Tokens: AppendTokens(nil, text, kind)}
}

// AppendTokens appends the tokens that [Parse] finds in text to dst, so that a
// caller can use one slice for many names. The tokens stay valid.
func AppendTokens(dst []Token, text string, kind sanctions.Kind) []Token {
	p := parsers.Get().(*parser)
	defer p.release()
	p.lex, p.kind = shipped(), kind
	p.scan(text)
	if kind != sanctions.KindPerson {
		p.adopt()
		p.join(p.joinable)
	}
	p.find()
	return p.tokens(dst)
}

// parsers lends out the buffers of past calls; nothing else outlives a call.
var parsers = sync.Pool{New: func() any { return new(parser) }}

// release gives a parser back, unless a huge name has blown up its buffers.
func (p *parser) release() {
	if cap(p.buf) > 1<<16 {
		return
	}
	p.buf, p.words, p.parts, p.tongue, p.iso9 = p.buf[:0], p.words[:0], p.parts[:0], russian, false
	parsers.Put(p)
}

// parser turns the words of a scanner into parts.
type parser struct {
	scanner
	lex       *lexicon
	kind      sanctions.Kind
	parts     []part
	divisions []division
}

// part is a token before its strings are made.
type part struct {
	text, key span
	term      string
	class     Class
	script    Script
	generic   bool
	mixed     bool
	dotted    bool // a dot follows it
	span      int
}

// find goes through the words and takes the longest phrase that a table knows.
func (p *parser) find() {
	for i := 0; i < len(p.words); {
		w := &p.words[i]
		if isJoinedScript(w.script) {
			p.segment(w)
			i++
			continue
		}
		if v := p.romanAt(i); v > 0 {
			p.parts = append(p.parts, p.number(&part{text: w.text, mixed: w.mixed}, v))
			i++
			continue
		}
		p.reunite(i)
		e, n := p.longest(i)
		if n == 0 {
			p.parts = append(p.parts, p.plain(i))
			i++
			continue
		}
		p.parts = append(p.parts, p.phrase(i, n, e))
		i += n
	}
	p.loneLetters()
	p.addNumbers()
	p.nominative()
}

// reunite puts the adjective of an Arabic phrase beside its noun where a place stands
// between them: مصرف سورية المركزي is the central bank of Syria.
func (p *parser) reunite(i int) {
	if p.words[i].script != Arabic || i+2 >= len(p.words) || p.isPhrase(i, i+1) || !p.isPlace(i+1) || !p.isPhrase(i, i+2) {
		return
	}
	p.words[i+1], p.words[i+2] = p.words[i+2], p.words[i+1]
}

// isPhrase reports whether word i and word j make a phrase.
func (p *parser) isPhrase(i, j int) (known bool) {
	try := func(at int32) {
		exact, inflected := p.lex.steps(at, p.words[j].key.of(p.buf), false)
		known = known || len(p.lex.nodes[exact])+len(p.lex.nodes[inflected]) > 0
	}
	exact, inflected := p.lex.steps(0, p.words[i].key.of(p.buf), false)
	if exact != 0 {
		try(exact)
	}
	if inflected != 0 {
		try(inflected)
	}
	return known
}

// isPlace reports whether word i is a place by itself.
func (p *parser) isPlace(i int) bool {
	at, _ := p.lex.steps(0, p.words[i].key.of(p.buf), false)
	return slices.ContainsFunc(p.lex.nodes[at], func(e entry) bool { return e.class == Qualifier })
}

// longest gives the entry of the longest phrase that starts at word i and how
// many words it takes.
func (p *parser) longest(i int) (best entry, n int) {
	p.follow(0, i, func(at int32, to int) {
		if to-i > n {
			if e, ok := p.choose(p.lex.nodes[at], i, to); ok {
				best, n = e, to-i
			}
		}
	})
	return best, n
}

// follow visits the nodes that the words from i on lead to from a node, with the
// position after the last word.
func (p *parser) follow(at int32, i int, visit func(at int32, to int)) {
	if i == len(p.words) {
		return
	}
	w := &p.words[i]
	exact, inflected := p.lex.steps(at, w.key.of(p.buf), w.native)
	if exact != 0 {
		visit(exact, i+1)
		p.follow(exact, i+1, visit)
	}
	if inflected != 0 && inflected != exact {
		visit(inflected, i+1)
		p.follow(inflected, i+1, visit)
	}
}

// choose gives the first entry that a name of this kind may have where the words
// [from, to) stand.
func (p *parser) choose(entries []entry, from, to int) (entry, bool) {
	for i := range entries {
		e := &entries[i]
		switch p.kind {
		case sanctions.KindPerson:
			if e.class != Particle && e.class != Honorific && e.place != ofPerson && e.reading == "" {
				continue
			}
		case sanctions.KindVessel, sanctions.KindAircraft:
			if e.class == LegalForm {
				continue
			}
		}
		if e.class == Honorific && p.kind != sanctions.KindPerson && !p.head() {
			continue
		}
		if e.spelled && to-from == 1 && !p.lex.spells(e.term, p.words[from].text.of(p.buf)) {
			continue
		}
		if p.inPlace(e.place, from, to) {
			return *e, true
		}
	}
	return entry{}, false
}

// inPlace reports whether words [from, to) stand where an entry of that place may.
func (p *parser) inPlace(pl place, from, to int) bool {
	switch pl {
	case atStart:
		return p.head()
	case atEnd:
		return p.tail(to)
	case atEdge:
		return p.head() || p.tail(to)
	case afterForm:
		return len(p.parts) > 0 && p.parts[len(p.parts)-1].class == LegalForm
	case beside:
		if n := len(p.parts); n > 0 && (p.parts[n-1].class == LegalForm || p.parts[n-1].class == Word && p.parts[n-1].term != "") {
			return true
		}
		return p.termAt(to)
	case ofPerson:
		return p.kind == sanctions.KindPerson
	case ofShip:
		ship := p.kind == sanctions.KindVessel || p.kind == sanctions.KindAircraft
		return ship || p.kind == sanctions.KindUnknown && from == 0 && to < len(p.words) && !p.termAt(to) && !p.tail(to)
	}
	return true
}

// termAt reports whether word i is a term by itself.
func (p *parser) termAt(i int) bool {
	if i >= len(p.words) {
		return false
	}
	at, _ := p.lex.steps(0, p.words[i].key.of(p.buf), p.words[i].native)
	return slices.ContainsFunc(p.lex.nodes[at], func(e entry) bool {
		return e.class == Word && e.term != "" && e.place == anywhere && (!e.spelled || p.lex.spells(e.term, p.words[i].text.of(p.buf)))
	})
}

// edgeLength bounds the forms at either end of a name. None has so many; a hostile
// text may.
const edgeLength = 12

// head reports whether nothing but forms has been seen.
func (p *parser) head() bool {
	if len(p.parts) > edgeLength {
		return false
	}
	for i := range p.parts {
		if p.parts[i].class != LegalForm && p.parts[i].class != Honorific {
			return false
		}
	}
	return true
}

// tail reports whether nothing but forms, places and numbers follows, and at most
// one scrap of a form with a typing error in it: S.A. ed C.V.
func (p *parser) tail(i int) bool {
	if i == 0 || len(p.words)-i > edgeLength {
		return false
	}
	scrap := false
	for i < len(p.words) {
		n := 0
		p.follow(0, i, func(at int32, to int) {
			for _, e := range p.lex.nodes[at] {
				if e.class == LegalForm || e.class == Qualifier {
					n = max(n, to-i)
				}
			}
		})
		if n == 0 && p.words[i].digits {
			n = 1
		}
		if n == 0 && !scrap && p.words[i].text.to-p.words[i].text.from <= 2 && i+1 < len(p.words) {
			n, scrap = 1, true
		}
		if n == 0 {
			return false
		}
		i += n
	}
	return true
}

// plain makes a part of a word that no table knows.
func (p *parser) plain(i int) part {
	w := &p.words[i]
	t := part{text: w.text, key: w.key, script: w.script, mixed: w.mixed, dotted: w.dotted, span: 1}
	switch {
	case w.digits:
		t.class = Number
	case w.letter:
		t.class = Initial
	}
	return t
}

// phrase makes one part of n words from word i.
func (p *parser) phrase(i, n int, e entry) part {
	w := &p.words[i]
	t := part{text: w.text, key: w.key, script: w.script, mixed: w.mixed, span: n,
		term: e.term, class: e.class, generic: e.generic}
	if n > 1 {
		t.text.from = int32(len(p.buf))
		for j := i; j < i+n; j++ {
			if j > i {
				p.buf = append(p.buf, ' ')
			}
			p.buf = append(p.buf, p.words[j].text.of(p.buf)...)
			t.mixed = t.mixed || p.words[j].mixed
		}
		t.text.to = int32(len(p.buf))
		t.key.from = t.text.to
		for j := i; j < i+n; j++ {
			if j > i {
				p.buf = append(p.buf, ' ')
			}
			p.buf = append(p.buf, p.words[j].key.of(p.buf)...)
		}
		t.key.to = int32(len(p.buf))
	}
	if e.class == Number { // "second" is 2
		t.key.from = int32(len(p.buf))
		p.buf = append(p.buf, e.term...)
		t.key.to = int32(len(p.buf))
	}
	return t
}

// tokens makes the strings of all parts in one allocation.
func (p *parser) tokens(dst []Token) []Token {
	all := string(p.buf)
	if dst == nil && len(p.parts) > 0 {
		dst = make([]Token, 0, len(p.parts))
	}
	for i := range p.parts {
		t := &p.parts[i]
		if t.class == Number { // the key says it
			t.term = ""
		}
		dst = append(dst, Token{
			Text: all[t.text.from:t.text.to], Key: all[t.key.from:t.key.to],
			Term: t.term, Class: t.class, Script: t.script, Generic: t.generic, Mixed: t.mixed, Span: t.span,
		})
	}
	return dst
}
