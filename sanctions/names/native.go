package names

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// stem takes what Arabic writes as one with a word off its key, the article and "for
// the" and "and the", and the Persian ezafe after a long a.
func stem(buf []byte, key span) span {
	const letter = len("ا")
	for _, p := range [...]struct {
		prefix string
		least  int // letters of the whole
	}{{"وال", 6}, {"لل", 6}, {"ال", 5}} {
		if word := key.of(buf); len(word) >= p.least*letter && strings.HasPrefix(string(word), p.prefix) {
			key.from += int32(len(p.prefix))
			break
		}
	}
	if word := key.of(buf); len(word) >= 5*letter && strings.HasSuffix(string(word), "اي") {
		key.to -= int32(letter)
	}
	return key
}

// withoutAccent gives the base of an accented Greek letter.
func withoutAccent(r rune) rune {
	var in [utf8.UTFMax]byte
	if d := norm.NFD.Properties(in[:utf8.EncodeRune(in[:], r)]).Decomposition(); len(d) > 0 {
		r, _ = utf8.DecodeRune(d)
	}
	if r == 'ς' {
		r = 'σ'
	}
	return r
}

// dropsMark reports whether words of the script can do without the mark:
// Arabic and Hebrew vowel points, the Devanagari nukta. Other marks are vowels.
func dropsMark(s Script, r rune) bool {
	return s == Arabic || s == Hebrew || r == '\u093C'
}

// appendNative appends a letter of a script that is not romanised, with the
// variants of one letter made one.
func appendNative(dst []byte, s Script, r rune) []byte {
	switch s {
	case Arabic:
		switch r {
		case 'ـ':
			return dst
		case 'أ', 'إ', 'آ', 'ٱ':
			r = 'ا'
		case 'ى', 'ی', 'ئ', 'ې':
			r = 'ي'
		case 'ؤ':
			r = 'و'
		case 'ة', 'ہ', 'ە', 'ۀ', 'ھ':
			r = 'ه'
		case 'ک':
			r = 'ك'
		}
	case Han:
		if to, ok := simplified()[r]; ok {
			r = to
		}
	case Hebrew:
		switch r {
		case 'ך':
			r = 'כ'
		case 'ם':
			r = 'מ'
		case 'ן':
			r = 'נ'
		case 'ף':
			r = 'פ'
		case 'ץ':
			r = 'צ'
		}
	}
	return utf8.AppendRune(dst, r)
}
