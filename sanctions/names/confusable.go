package names

import "unicode/utf8"

// latinLike and cyrillicLike pair the lower-case letters that look alike.
// Source: Unicode UTS 39, confusables, restricted to letters that names use.
var (
	latinLike = map[rune]rune{
		'а': 'a', 'в': 'b', 'е': 'e', 'ё': 'e', 'к': 'k', 'м': 'm', 'н': 'h', 'о': 'o', 'р': 'p', 'с': 'c', 'т': 't',
		'у': 'y', 'х': 'x', 'і': 'i', 'ї': 'i', 'ј': 'j', 'ѕ': 's', 'һ': 'h', 'ԁ': 'd', 'ԛ': 'q', 'ԝ': 'w', 'ү': 'y', 'ь': 'b',
		'α': 'a', 'β': 'b', 'ε': 'e', 'ζ': 'z', 'η': 'h', 'ι': 'i', 'κ': 'k', 'μ': 'm', 'ν': 'n', 'ο': 'o', 'ρ': 'p',
		'τ': 't', 'υ': 'y', 'χ': 'x',
	}
	cyrillicLike = map[rune]rune{
		'a': 'а', 'b': 'в', 'e': 'е', 'k': 'к', 'm': 'м', 'h': 'н', 'o': 'о', 'p': 'р', 'c': 'с', 't': 'т', 'y': 'у',
		'x': 'х', 'i': 'і', 'j': 'ј', 's': 'ѕ',
	}
)

// unmix rewrites a word that mixes alphabets in the one that most of its letters
// belong to, where look-alikes allow, and says in which alphabets it is then
// written.
func (s *scanner) unmix(w *word) alphabet {
	text := w.text.of(s.buf)
	var latin, cyrillic int
	toLatin, toCyrillic := true, true
	for rest := text; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		rest = rest[n:]
		switch _, a := scriptOf(r); a {
		case latinLetters:
			latin++
			if _, ok := cyrillicLike[r]; !ok {
				toCyrillic = false
			}
		default:
			if a == cyrillicLetters {
				cyrillic++
			} else {
				toCyrillic = false
			}
			if _, ok := latinLike[r]; !ok {
				toLatin = false
			}
		}
	}
	var like map[rune]rune
	target := latinLetters
	switch {
	case toLatin && (!toCyrillic || latin >= cyrillic):
		like = latinLike
	case toCyrillic:
		like, target = cyrillicLike, cyrillicLetters
	default:
		return latinLetters | cyrillicLetters | greekLetters
	}
	w.mixed = true
	var array [64]byte
	out := array[:0]
	for rest := text; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		rest = rest[n:]
		if to, ok := like[r]; ok {
			r = to
		}
		out = utf8.AppendRune(out, r)
	}
	s.buf = append(s.buf[:w.text.from], out...)
	w.text.to = int32(len(s.buf))
	return target
}
