package names

import (
	"strconv"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Parse reads a name of a party of the given kind. Legal forms and terms are
// looked for in the names of entities and of unknown kinds; a person's name has
// only honorifics and particles. It never fails: a text without a letter or digit
// gives a name without tokens.
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

// nominative takes the Russian genitive off the name that follows "named after":
// завод имени Дегтярева is the Degtyarev Plant.
func (p *parser) nominative() {
	for i := range p.parts {
		if p.parts[i].class != Particle || p.parts[i].term != "named_after" {
			continue
		}
		for j := i + 1; j < len(p.parts); j++ {
			t := &p.parts[j]
			if t.class == Initial || t.class == Particle {
				continue
			}
			if t.class == Word && t.term == "" && t.script == Latin {
				p.genitive(t)
			}
			break
		}
	}
}

// genitive turns the key of a surname in -ova, -eva, -ina or -skogo into that of
// its nominative.
func (p *parser) genitive(t *part) {
	key := t.key.of(p.buf)
	n := len(key)
	if n < 6 {
		return
	}
	switch {
	case string(key[n-3:]) == "ova", string(key[n-3:]) == "eva", string(key[n-3:]) == "ina":
		t.key.to--
	case string(key[n-4:]) == "kogo":
		from := int32(len(p.buf))
		p.buf = append(p.buf, key[:n-3]...)
		p.buf = append(p.buf, 'i')
		t.key = span{from, int32(len(p.buf))}
	}
}

// addNumbers makes one number of tens in words and units: forty-four, twenty
// first.
func (p *parser) addNumbers() {
	out := 0
	for i := 0; i < len(p.parts); i++ {
		t := p.parts[i]
		if i+1 < len(p.parts) && t.class == Number && t.term != "" {
			next := p.parts[i+1]
			unit := next.key.of(p.buf)
			if next.class == Number && len(unit) == 1 && unit[0] > '0' && len(t.term) == 2 && t.term[0] > '1' && t.term[1] == '0' {
				text := span{from: int32(len(p.buf))}
				p.buf = append(p.buf, t.text.of(p.buf)...)
				p.buf = append(p.buf, ' ')
				p.buf = append(p.buf, next.text.of(p.buf)...)
				text.to = int32(len(p.buf))
				key := span{from: text.to, to: text.to + 2}
				p.buf = append(p.buf, t.term[0], unit[0])
				t = part{text: text, key: key, class: Number, span: t.span + next.span}
				i++
			}
		}
		p.parts[out] = t
		out++
	}
	p.parts = p.parts[:out]
}

// loneLetters looks again at single letters of a name that is no person's. Between
// words, without a dot, some are little words of Russian, Spanish or Persian (i, v,
// s, y, e); at the end, I, V and X are numerals: Ocean V Ltd.
func (p *parser) loneLetters() {
	if p.kind == sanctions.KindPerson {
		return
	}
	for i := 1; i < len(p.parts); i++ {
		t := &p.parts[i]
		if t.class != Initial || t.dotted || p.parts[i-1].class == Initial {
			continue
		}
		last := true
		for _, after := range p.parts[i+1:] {
			last = last && after.class == LegalForm
		}
		letter := string(t.key.of(p.buf))
		switch {
		case last:
			if v := strings.Index("i   v    x", string(t.text.of(p.buf))) + 1; v > 0 {
				*t = p.number(t, v)
			}
		case p.parts[i+1].class != Initial && p.parts[i+1].class != Number:
			if term, ok := littleWord(letter); ok {
				t.class, t.term = Particle, term
			}
		}
	}
}

// littleWord gives the term of a word of one letter: Russian и, в, с, к, о, у,
// Ukrainian з, Spanish y, e, o and a, the Persian ezafe.
func littleWord(letter string) (term string, ok bool) {
	switch letter {
	case "i", "y", "e":
		return "and", true
	case "v":
		return "in", true
	case "s", "z":
		return "with", true
	case "k":
		return "to", true
	case "o", "u", "a":
		return "", true
	}
	return "", false
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
			if e.class != Particle && e.class != Honorific && e.place != ofPerson {
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
		if e.spelled && to-from == 1 && !p.lex.spelled[string(p.words[from].text.of(p.buf))] {
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
	case ofPerson:
		return p.kind == sanctions.KindPerson
	case ofShip:
		return p.kind == sanctions.KindVessel || p.kind == sanctions.KindAircraft
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

// romanAt gives the value of a roman numeral at word i. A name does not begin
// with one, and a person's name has only those that are no syllable.
func (p *parser) romanAt(i int) int {
	w := &p.words[i]
	if i == 0 || w.script != Latin || w.letter || w.digits {
		return 0
	}
	v := roman(w.text.of(p.buf))
	if p.kind == sanctions.KindPerson && (v > 3 && v != 8 || i < len(p.words)-1) {
		return 0
	}
	return v
}

// number makes a part of a numeral.
func (p *parser) number(of *part, v int) part {
	t := part{text: of.text, class: Number, mixed: of.mixed, span: 1}
	t.key.from = int32(len(p.buf))
	p.buf = strconv.AppendInt(p.buf, int64(v), 10)
	t.key.to = int32(len(p.buf))
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
