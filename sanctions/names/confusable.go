package names

import "unicode/utf8"

// latinLike and cyrillicLike are pairs of lower-case letters that look alike: a
// letter, and the Latin or Cyrillic one it is taken for.
// Source: Unicode UTS 39, confusables, restricted to letters that names use.
const (
	latinLike    = "аaвbеeёeкkмmнhоoрpсcтtуyхxіiїiјjѕsһhԁdԛqԝwүyьbαaβbεeζzηhιiκkμmνnοoρpτtυyχx"
	cyrillicLike = "aаbвeеkкmмhнoоpрcсtтyуxхiіjјsѕ"
)

// lookAlike gives the letter that r is taken for.
func lookAlike(pairs string, r rune) (rune, bool) {
	for len(pairs) > 0 {
		from, n := utf8.DecodeRuneInString(pairs)
		to, m := utf8.DecodeRuneInString(pairs[n:])
		if from == r {
			return to, true
		}
		pairs = pairs[n+m:]
	}
	return r, false
}

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
			if _, ok := lookAlike(cyrillicLike, r); !ok {
				toCyrillic = false
			}
		default:
			if a == cyrillicLetters {
				cyrillic++
			} else {
				toCyrillic = false
			}
			if _, ok := lookAlike(latinLike, r); !ok {
				toLatin = false
			}
		}
	}
	var like string
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
		r, _ = lookAlike(like, r)
		out = utf8.AppendRune(out, r)
	}
	s.buf = append(s.buf[:w.text.from], out...)
	w.text.to = int32(len(s.buf))
	return target
}

// adopt takes a single Latin letter that stands between two Cyrillic words for the
// Cyrillic one it looks like: общество c ограниченной ответственностью.
func (s *scanner) adopt() {
	for i := 1; i+1 < len(s.words); i++ {
		w := &s.words[i]
		if !w.letter || w.native || !s.words[i-1].native || !s.words[i+1].native {
			continue
		}
		r, _ := utf8.DecodeRune(w.text.of(s.buf))
		if to, ok := lookAlike(cyrillicLike, r); ok {
			w.text.from = int32(len(s.buf))
			s.buf = utf8.AppendRune(s.buf, to)
			w.text.to = int32(len(s.buf))
			w.mixed = true
			s.finish(w, cyrillicLetters)
		}
	}
}
