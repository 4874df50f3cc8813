package names

import (
	"slices"
	"strings"
)

// A hand that is a key too early or too late puts the space on the other side of a letter:
// CRET AS.A. is Creta S.A., and CRETAS .A. too. Two words are damaged then, and one of them
// was all that told what the other is. Where it was a legal form, which a table knows, the
// letter can be put back.

// slides reports whether letters are a legal form that a slipped space damages without
// doubt: casa is a word sooner than ASA with a letter before it, but none ends in LTD, and
// none is written AS.A.
func slides(form []byte, dotted bool) bool {
	const long = 4
	return (dotted || len(form) >= long || !slices.ContainsFunc(form, isVowel)) && shipped().isForm(form)
}

// slideBack gives the text with the letter put back where the last space of it stands on
// the wrong side of a letter, or "".
func slideBack(text string) string {
	at := strings.LastIndexByte(text, ' ')
	if at <= 0 || !isLetter(text[at-1]) {
		return ""
	}
	head, tail := text[:at], text[at+1:]
	var array [8]byte
	letters := array[:0]
	letters = append(letters, head[at-1]|0x20)
	for i := range len(tail) {
		switch c := tail[i]; {
		case isLetter(c) && len(letters) < cap(letters):
			letters = append(letters, c|0x20)
		case c != '.':
			return ""
		}
	}
	dotted := strings.IndexByte(tail, '.') >= 0
	switch n := len(letters); {
	case n < 2 || !endsWord(head, 3) || shipped().isForm(letters[1:]):
		return ""
	case n > 3 && isLetter(tail[0]) && slides(letters[2:], dotted):
		return head + tail[:1] + " " + strings.TrimLeft(tail[1:], ".")
	case slides(letters, dotted):
		return head[:at-1] + " " + head[at-1:] + tail
	}
	return ""
}

// endsWord reports whether a text ends with so many letters.
func endsWord(text string, letters int) bool {
	for i := range letters {
		if len(text) <= i || !isLetter(text[len(text)-1-i]) {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
