package names

// runLength bounds the letters that are looked at together.
const runLength = 16

// join makes one word of single letters that are written apart: S.A., A/S,
// P. J. S. C. take is asked of every run of letters [i, run), of which those
// before tight have only dots or slashes between them, how many of them make a
// word.
func (s *scanner) join(take func(i, tight, run int) int) {
	out := 0
	for i := 0; i < len(s.words); {
		n := 1
		if s.words[i].letter {
			run, tight := i+1, i
			for run < min(len(s.words), i+runLength) && s.words[run].letter {
				run++
			}
			for tight+1 < run && s.words[tight].tight {
				tight++
			}
			if run-i >= 2 {
				n = max(1, take(i, tight+1, run))
			}
		}
		w := s.words[i]
		if n > 1 {
			from := int32(len(s.buf))
			for _, l := range s.words[i : i+n] {
				s.buf = append(s.buf, l.text.of(s.buf)...)
				w.mixed = w.mixed || l.mixed
			}
			w.text = span{from, int32(len(s.buf))}
			w.letter, w.short = false, n <= 3
			w.tight, w.dotted = s.words[i+n-1].tight, s.words[i+n-1].dotted
			s.rekey(&w)
		}
		s.words[out] = w
		out++
		i += n
	}
	s.words = s.words[:out]
}

// rekey writes the key of a word whose text has changed.
func (s *scanner) rekey(w *word) {
	var alphabets alphabet
	for _, r := range string(w.text.of(s.buf)) {
		_, a := scriptOf(r)
		alphabets |= a
	}
	s.finish(w, alphabets)
}

// joinable is what a name asks of [scanner.join]. Letters are one word if they
// spell a legal form: of three letters or more, or of two that end the name, that
// a slash joins, that are a form bound to the start (P.T. Adaro) or after which
// the form goes on (S.A. de C.V.). Two letters before
// a name are initials (A.S. Popov). Three letters or more with only dots between
// them are one word in any case (I.R.I.S.L.), unless a word is joined to them as
// it is to initials (I.V.Kurchatov).
func (p *parser) joinable(i, tight, run int) int {
	var array [32]byte
	for end := min(run, i+8); end >= i+2; end-- {
		if p.words[end-1].tight && end < len(p.words) && p.words[end].letter {
			continue // would tear letters apart that only a dot joins
		}
		spelled := array[:0]
		for _, w := range p.words[i:end] {
			spelled = append(spelled, w.text.of(p.buf)...)
		}
		known, leads := p.lex.knowsForm(spelled)
		switch {
		case !known:
		case end-i >= 3, end == len(p.words), end <= tight && !p.words[i].dotted, i == 0 && leads && end <= tight,
			end <= tight && i > 0 && p.scraps(end), p.lex.formWords[p.lex.lemmas[string(p.words[end].key.of(p.buf))].own]:
			return end - i
		}
	}
	if n := tight - i; n >= 3 && !p.words[tight-1].tight {
		return n
	}
	return 1
}

// scraps reports whether the words from i on are a few of at most two letters, as
// the rest of a form is, also one with a typing error: S.A. ed C.V.
func (p *parser) scraps(i int) bool {
	for _, w := range p.words[i:min(len(p.words), i+5)] {
		if w.text.to-w.text.from > 2 || w.script != Latin {
			return false
		}
	}
	return len(p.words)-i <= 4
}
