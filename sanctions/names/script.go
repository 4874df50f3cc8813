package names

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// alphabet is the set of letters a word is written in, before romanisation.
type alphabet uint8

const (
	latinLetters alphabet = 1 << iota
	cyrillicLetters
	greekLetters
	armenianLetters
	georgianLetters
)

// scriptOf gives the comparison script of a letter that is not romanised, and
// the alphabet of one that is.
func scriptOf(r rune) (Script, alphabet) {
	switch {
	case r < 0x250, r >= 0x1E00 && r <= 0x1EFF:
		return Latin, latinLetters
	case r >= 0x400 && r <= 0x52F:
		return Latin, cyrillicLetters
	case r >= 0x370 && r <= 0x3FF, r >= 0x1F00 && r <= 0x1FFF:
		return Latin, greekLetters
	case r >= 0x530 && r <= 0x58F, r >= 0xFB13 && r <= 0xFB17:
		return Latin, armenianLetters
	case r >= 0x10A0 && r <= 0x10FF, r >= 0x1C90 && r <= 0x1CBF, r >= 0x2D00 && r <= 0x2D2F:
		return Latin, georgianLetters
	case r >= 0x600 && r <= 0x6FF, r >= 0x750 && r <= 0x77F, r >= 0x8A0 && r <= 0x8FF, r >= 0xFB50 && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFF:
		return Arabic, 0
	case r >= 0x590 && r <= 0x5FF:
		return Hebrew, 0
	case r >= 0x900 && r <= 0x97F:
		return Devanagari, 0
	case r >= 0x3040 && r <= 0x30FF:
		return Kana, 0
	case r >= 0xAC00 && r <= 0xD7AF, r >= 0x1100 && r <= 0x11FF:
		return Hangul, 0
	case r >= 0xE00 && r <= 0xE7F:
		return Thai, 0
	case unicode.Is(unicode.Han, r):
		return Han, 0
	case unicode.Is(unicode.Latin, r):
		return Latin, latinLetters
	}
	return Other, 0
}

// latinFold gives the plain letters of a Latin letter that no decomposition takes
// apart.
func latinFold(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø', 'ɔ':
		return "o"
	case 'đ', 'ð', 'ɗ':
		return "d"
	case 'þ':
		return "th"
	case 'ł':
		return "l"
	case 'ı':
		return "i"
	case 'ħ':
		return "h"
	case 'ŋ':
		return "ng"
	case 'ŧ':
		return "t"
	case 'ə', 'ǝ', 'ɛ':
		return "e"
	case 'ƙ', 'ĸ':
		return "k"
	case 'ɓ':
		return "b"
	case 'ƴ':
		return "y"
	case 'ſ':
		return "s"
	}
	return ""
}

// appendLatin appends the plain letters of a lower-case Latin letter.
func appendLatin(dst []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		return append(dst, byte(r))
	}
	if s := latinFold(r); s != "" {
		return append(dst, s...)
	}
	var in [utf8.UTFMax]byte
	d := norm.NFD.Properties(in[:utf8.EncodeRune(in[:], r)]).Decomposition()
	if len(d) == 0 {
		return utf8.AppendRune(dst, r)
	}
	for len(d) > 0 {
		q, n := utf8.DecodeRune(d)
		d = d[n:]
		if !unicode.Is(unicode.Mn, q) {
			if q < utf8.RuneSelf {
				dst = append(dst, byte(q))
			} else {
				dst = appendLatin(dst, q)
			}
		}
	}
	return dst
}

// ASCII reports whether a text is written in plain Latin letters, so that its bytes are its
// letters.
func ASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
