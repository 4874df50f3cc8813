package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// digits reads a number with its ordinal ending.
func (s *scanner) digits(text string, i int) int {
	from := len(s.buf)
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		v := digitValue(r)
		if v < 0 {
			break
		}
		s.buf = append(s.buf, '0'+byte(v))
		i += n
	}
	if from == len(s.buf) { // a digit of a script without a known zero
		_, n := utf8.DecodeRuneInString(text[i:])
		return i + n
	}
	w := word{text: span{int32(from), int32(len(s.buf))}, digits: true}
	w.key = w.text
	for w.key.to-w.key.from > 1 && s.buf[w.key.from] == '0' {
		w.key.from++
	}
	if n := russianEnding(text[i:]); n > 0 {
		i += n
		w.ordinal = true
	} else if i+2 <= len(text) && (i+2 == len(text) || !letterFollows(text[i+2:])) {
		switch strings.ToLower(text[i : i+2]) {
		case "st", "nd", "rd", "th":
			i += 2
			w.ordinal = true
		}
	}
	s.words = append(s.words, w)
	return i
}

// russianEnding gives the length of the ending of a Russian ordinal at the start
// of text: -й, -я, -го.
func russianEnding(text string) int {
	ending := strings.TrimPrefix(text, "-")
	for _, e := range [...]string{"й", "я", "е", "го", "му", "ый", "ий", "ой", "ая", "ое"} {
		if strings.HasPrefix(ending, e) && !letterFollows(ending[len(e):]) {
			return len(text) - len(ending) + len(e)
		}
	}
	return 0
}

// digitValue gives the value of a decimal digit in any script, else -1.
func digitValue(r rune) int {
	if r >= '0' && r <= '9' {
		return int(r - '0')
	}
	if r < utf8.RuneSelf || !unicode.Is(unicode.Nd, r) {
		return -1
	}
	// Decimal digits come in runs of ten that start at a zero.
	zero := r
	for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
		zero--
	}
	return int(r-zero) % 10
}
