package names

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions"
)

// romanAt gives the value of a roman numeral at word i. A name does not begin
// with one, VI and XI are syllables unless they end it, and a person's name has
// only those that are none.
func (p *parser) romanAt(i int) int {
	w := &p.words[i]
	if i == 0 || w.script != Latin || w.letter || w.digits {
		return 0
	}
	v := roman(w.text.of(p.buf))
	switch {
	case p.kind == sanctions.KindPerson && (v > 3 && v != 8 || i < len(p.words)-1):
		return 0
	case (v == 6 || v == 11) && !p.tail(i+1):
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
		next := i + 1
		for next < len(p.parts) && p.parts[next].class == LegalForm {
			next++
		}
		switch {
		case next == len(p.parts):
			if v := strings.Index("i   v    x", string(t.text.of(p.buf))) + 1; v > 0 {
				*t = p.number(t, v)
			}
		case p.parts[i+1].class != Initial && p.parts[i+1].class != Number:
			if term, ok := littleWord(string(t.key.of(p.buf))); ok {
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

// InLetters reports whether a number is written as a word: fourth, but not 4 or IV.
func (t *Token) InLetters() bool {
	return t.Text[0] >= 'a' && utf8.RuneCountInString(t.Text) > 3 && roman([]byte(t.Text)) == 0
}
