package names

import (
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Parse reads a name of a party of the given kind. Legal forms and terms are
// looked for in the names of entities and of unknown kinds; a person's name has
// only honorifics and particles. It never fails: a text without a letter or digit
// gives a name without tokens.
func Parse(text string, kind sanctions.Kind) Name {
	return Name{Text: text, Tokens: AppendTokens(nil, text, kind)}
}

// AppendTokens appends the tokens that [Parse] finds in text to dst, so that a
// caller can use one slice for many names. The tokens stay valid.
func AppendTokens(dst []Token, text string, kind sanctions.Kind) []Token {
	p := parsers.Get().(*parser)
	defer p.release()
	p.lex, p.kind = shipped(), kind
	p.scan(text)
	p.join()
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
	p.buf, p.words, p.parts, p.tongue = p.buf[:0], p.words[:0], p.parts[:0], russian
	parsers.Put(p)
}

// parser turns the words of a scanner into parts.
type parser struct {
	scanner
	lex   *lexicon
	kind  sanctions.Kind
	parts []part
}

// part is a token before its strings are made.
type part struct {
	text, key span
	term      string
	class     Class
	script    Script
	generic   bool
	mixed     bool
	span      int
}

// join makes one word of letters that are written apart: S.A., P. J. S. C.,
// A/S. Letters with spaces or dots between them are joined if they spell a legal
// form; letters with only dots between them also if there are three or more.
func (p *parser) join() {
	if p.kind == sanctions.KindPerson {
		return
	}
	out := 0
	for i := 0; i < len(p.words); {
		n := p.joinable(i)
		if n < 2 {
			p.words[out] = p.words[i]
			out++
			i++
			continue
		}
		w := p.words[i]
		from := int32(len(p.buf))
		for _, l := range p.words[i : i+n] {
			p.buf = append(p.buf, l.text.of(p.buf)...)
			w.mixed = w.mixed || l.mixed
		}
		w.text = span{from, int32(len(p.buf))}
		w.letter = false
		w.tight = p.words[i+n-1].tight
		p.rekey(&w)
		p.words[out] = w
		out++
		i += n
	}
	p.words = p.words[:out]
}

// joinable says how many of the single letters from word i make one word.
func (p *parser) joinable(i int) int {
	run := i
	for run < len(p.words) && p.words[run].letter {
		run++
	}
	if run-i < 2 {
		return 1
	}
	tight := i
	for tight+1 < run && p.words[tight].tight {
		tight++
	}
	tight++ // the first word after those that only dots join
	var array [32]byte
	for end := min(run, i+8); end >= i+2; end-- {
		spelled := array[:0]
		for _, w := range p.words[i:end] {
			spelled = append(spelled, w.key.of(p.buf)...)
		}
		known := p.lex.knowsForm(spelled)
		if known && (end-i >= 3 || end <= tight || end == len(p.words)) {
			return end - i
		}
	}
	if n := tight - i; n >= 3 && !p.words[tight-1].tight {
		return n
	}
	return 1
}

// rekey writes the key of a word whose text has changed.
func (p *parser) rekey(w *word) {
	var alphabets alphabet
	for _, r := range string(w.text.of(p.buf)) {
		_, a := scriptOf(r)
		alphabets |= a
	}
	p.finish(w, alphabets)
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
		e, n := p.longest(i)
		if n == 0 {
			p.parts = append(p.parts, p.plain(i))
			i++
			continue
		}
		p.parts = append(p.parts, p.phrase(i, n, e))
		i += n
	}
}

// longest gives the entry of the longest phrase that starts at word i and how
// many words it takes.
func (p *parser) longest(i int) (best entry, n int) {
	at := int32(0)
	for j := i; j < len(p.words); j++ {
		w := &p.words[j]
		lemma, ok := p.lex.lemmas[string(w.key.of(p.buf))]
		if !ok {
			break
		}
		if at, ok = p.lex.next[uint64(at)<<32|uint64(lemma)]; !ok {
			break
		}
		node := &p.lex.nodes[at]
		if node.hasForm && p.takesForms() && p.inPlace(node.form.place, i, j+1) {
			best, n = node.form, j+1-i
		} else if node.hasTerm && p.takes(node.term.class) {
			best, n = node.term, j+1-i
		}
	}
	return best, n
}

func (p *parser) takesForms() bool {
	return p.kind == sanctions.KindEntity || p.kind == sanctions.KindUnknown
}

func (p *parser) takes(c Class) bool {
	if p.kind == sanctions.KindPerson {
		return c == Particle || c == Honorific
	}
	return true
}

// inPlace reports whether words [from, to) stand where a form of that place may.
func (p *parser) inPlace(pl place, from, to int) bool {
	switch pl {
	case atStart:
		return p.head()
	case atEnd:
		return p.tail(to)
	case atEdge:
		return p.head() || p.tail(to)
	}
	return true
}

// head reports whether nothing but forms has been seen.
func (p *parser) head() bool {
	for i := range p.parts {
		if p.parts[i].class != LegalForm && p.parts[i].class != Honorific {
			return false
		}
	}
	return true
}

// tail reports whether nothing but forms, places and numbers follows.
func (p *parser) tail(i int) bool {
	if i == 0 {
		return false
	}
	for i < len(p.words) {
		at, n := int32(0), 0
		for j := i; j < len(p.words); j++ {
			lemma, ok := p.lex.lemmas[string(p.words[j].key.of(p.buf))]
			if !ok {
				break
			}
			if at, ok = p.lex.next[uint64(at)<<32|uint64(lemma)]; !ok {
				break
			}
			if node := &p.lex.nodes[at]; node.hasForm || node.hasTerm && node.term.class == Qualifier {
				n = j + 1 - i
			}
		}
		if n == 0 && p.words[i].digits {
			n = 1
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
	t := part{text: w.text, key: w.key, script: w.script, mixed: w.mixed, span: 1}
	switch {
	case w.digits:
		t.class = Number
	case w.letter:
		t.class = Initial
	case i > 0 && w.script == Latin && p.kind != sanctions.KindPerson:
		if v := roman(w.text.of(p.buf)); v > 0 {
			t.class = Number
			t.key.from = int32(len(p.buf))
			if v >= 10 {
				p.buf = append(p.buf, '0'+byte(v/10))
			}
			p.buf = append(p.buf, '0'+byte(v%10))
			t.key.to = int32(len(p.buf))
		}
	}
	return t
}

// roman reads a roman numeral from ii to xxxix, of at least two letters; others
// give 0. Larger ones are too often words.
func roman(s []byte) int {
	if len(s) < 2 || len(s) > 7 {
		return 0
	}
	v := 0
	i := 0
	for i < len(s) && s[i] == 'x' && i < 3 {
		v += 10
		i++
	}
	switch rest := string(s[i:]); rest {
	case "":
	case "i", "ii", "iii":
		v += len(rest)
	case "iv":
		v += 4
	case "v", "vi", "vii", "viii":
		v += 4 + len(rest)
	case "ix":
		v += 9
	default:
		return 0
	}
	return v
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
		dst = append(dst, Token{
			Text: all[t.text.from:t.text.to], Key: all[t.key.from:t.key.to],
			Term: t.term, Class: t.class, Script: t.script, Generic: t.generic, Mixed: t.mixed, Span: t.span,
		})
	}
	return dst
}
