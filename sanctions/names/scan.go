package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// span is a stretch of the scanner's buffer.
type span struct{ from, to int32 }

func (s span) of(b []byte) []byte { return b[s.from:s.to] }

// word is a run of letters or a run of digits.
type word struct {
	text, key span
	script    Script
	letter    bool // a single letter
	short     bool // of three letters or fewer
	dotted    bool // a dot follows it
	digits    bool
	mixed     bool
	native    bool // romanised
	tight     bool // only a dot or a slash stands between it and the next word
	ordinal   bool // digits that had an ending: 2nd
}

// scanner splits a name into words.
type scanner struct {
	buf    []byte
	words  []word
	tongue tongue
	iso9   bool // the name is Cyrillic written by ISO 9
}

// What a byte below 0x80 is.
const (
	separator = iota
	letter
	digit
	joiner // dropped between letters: ob'edinenie, Lloyd's
)

// ascii classes the bytes below 0x80.
const ascii = "" +

	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
	"\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00\x00\x00" + // '
	"\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x00\x00\x00\x00\x00\x00" + // 0-9
	"\x00\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01" + // A-O
	"\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x00\x00\x00\x00\x00" + // P-Z
	"\x03\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01" + // `, a-o
	"\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x00\x00\x00\x00\x00" // p-z

func isJoiner(r rune) bool {
	switch r {
	case '\'', '`', '´', '’', '‘', 'ʼ', 'ʻ', 'ʹ', 'ʺ', '′', 'ʾ', 'ʿ', '·', '\u00AD', '\u200C', '\u200D', '\u200B', '\u2060', '\uFEFF':
		return true
	}
	return false
}

// scan fills words. Unicode compatibility forms (full-width letters, ligatures,
// Arabic presentation forms, roman numerals) are resolved first.
func (s *scanner) scan(text string) {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			if !isStable(text[i:]) {
				text = norm.NFKC.String(dropSigns(text))
			}
			s.tongue, s.iso9 = tongueOf(text), isISO9(text)
			break
		}
	}
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			switch ascii[c] {
			case letter:
				i = s.letters(text, i)
			case digit:
				i = s.digits(text, i)
			default:
				if c == '&' {
					s.add(word{}, "and")
				}
				i++
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r) && !isJoiner(r), unicode.Is(unicode.Mn, r), unicode.Is(unicode.Mc, r):
			i = s.letters(text, i)
		case unicode.IsDigit(r):
			i = s.digits(text, i)
		default:
			i += n
		}
	}
}

// isStable reports whether NFKC leaves the text alone for certain. It knows the
// common letters only, which spares most names the general way.
func isStable(text string) bool {
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf, r >= 0x400 && r <= 0x45F, r >= 0x4E00 && r <= 0x9FFF,
			r >= 0xC0 && r <= 0x131, r >= 0x134 && r <= 0x13E, r >= 0x141 && r <= 0x148, r >= 0x14A && r <= 0x17E,
			r >= 0x620 && r <= 0x64A, r >= 0x660 && r <= 0x669, r >= 0x679 && r <= 0x6D3, r >= 0xAC00 && r <= 0xD7A3,
			r >= 0x2018 && r <= 0x201F, r == '«', r == '»', r == '–', r == '—', r == '\u200C':
		default:
			return false
		}
	}
	return true
}

// dropSigns takes out the signs that NFKC would turn into letters: Fosroc™ is
// not fosroctm.
func dropSigns(text string) string {
	if !strings.ContainsAny(text, "™®©℠℗") {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '™', '®', '©', '℠', '℗':
			return ' '
		}
		return r
	}, text)
}

// add closes a word whose text is given, for words that are not read letter by
// letter.
func (s *scanner) add(w word, text string) {
	w.text.from = int32(len(s.buf))
	s.buf = append(s.buf, text...)
	w.text.to = int32(len(s.buf))
	w.key = w.text
	s.words = append(s.words, w)
}

// letters reads a word from text[i:] and returns where it ends.
func (s *scanner) letters(text string, i int) int {
	from := len(s.buf)
	runes := 0
	var script Script
	var alphabets alphabet
	began := i
loop:
	for i < len(text) {
		c := text[i]
		if c < utf8.RuneSelf {
			switch ascii[c] {
			case letter:
				if runes > 0 && script != Latin {
					break loop
				}
				if s.iso9 {
					s.buf = appendISO9(s.buf, rune(c|0x20))
				} else {
					s.buf = append(s.buf, c|0x20)
				}
				alphabets |= latinLetters
				runes++
				i++
				continue
			case joiner:
				if i > began && letterFollows(text[i+1:]) {
					i++
					continue
				}
			}
			if c == '"' && hardSign(s.buf[from:], text[i+1:]) {
				i++
				continue
			}
			if strings.HasPrefix(text[i:], "''") && hardSign(s.buf[from:], text[i+2:]) {
				i += 2
				continue
			}
			break
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if r >= 'А' && r <= 'я' && (runes == 0 || script == Latin) { // the common case, by the shortest way
			if r < 'а' {
				r += 'а' - 'А'
			}
			s.buf = append(s.buf, byte(0xC0|r>>6), byte(0x80|r&0x3F))
			script = Latin
			alphabets |= cyrillicLetters
			runes++
			i += n
			continue
		}
		if isJoiner(r) {
			if i > began && letterFollows(text[i+n:]) {
				i += n
				continue
			}
			break
		}
		if r == '”' && hardSign(s.buf[from:], text[i+n:]) {
			i += n
			continue
		}
		r = unicode.ToLower(r)
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r) {
			if runes > 0 && script != Latin && !dropsMark(script, r) {
				s.buf = utf8.AppendRune(s.buf, r)
			}
			i += n
			continue
		}
		if !unicode.IsLetter(r) {
			break
		}
		sc, a := scriptOf(r)
		if runes > 0 && sc != script {
			break
		}
		script = sc
		alphabets |= a
		switch {
		case a == latinLetters && s.iso9:
			s.buf = appendISO9(s.buf, r)
		case a == latinLetters:
			s.buf = appendLatin(s.buf, r)
		case a == greekLetters:
			s.buf = utf8.AppendRune(s.buf, withoutAccent(r))
		case sc == Latin:
			s.buf = utf8.AppendRune(s.buf, r)
		default:
			s.buf = appendNative(s.buf, sc, r)
		}
		runes++
		i += n
	}
	if len(s.buf) > from {
		w := word{text: span{int32(from), int32(len(s.buf))}, script: script, letter: runes == 1 && script == Latin}
		w.short = runes <= 3
		s.finish(&w, alphabets)
		s.words = append(s.words, w)
	}
	s.noteBehind(text[i:])
	return max(i, began+1)
}

// noteBehind notes on the last word what stands behind it.
func (s *scanner) noteBehind(rest string) {
	if len(s.words) == 0 || rest == "" {
		return
	}
	w := &s.words[len(s.words)-1]
	if rest[0] == '.' {
		w.dotted = true
	}
	if (rest[0] == '.' || rest[0] == '/') && letterFollows(rest[1:]) {
		w.tight = true
	}
}

// finish folds look-alikes and writes the key of a word.
func (s *scanner) finish(w *word, alphabets alphabet) {
	if w.script != Latin {
		w.key = w.text
		if w.script == Arabic {
			w.key = stem(s.buf, w.key)
		}
		return
	}
	if alphabets&(alphabets-1) != 0 { // letters of more than one alphabet
		alphabets = s.unmix(w)
	}
	if w.letter && alphabets == latinLetters { // nothing to fold
		w.key = w.text
		return
	}
	key := int32(len(s.buf))
	if alphabets == latinLetters {
		s.buf = appendKey(s.buf, w.text.of(s.buf), w.short)
	} else {
		var array [64]byte
		roman := appendRoman(array[:0], w.text.of(s.buf), s.tongue)
		s.buf = appendKey(s.buf, roman, w.short)
		w.native = true
	}
	w.key = span{key, int32(len(s.buf))}
	if w.key.from == w.key.to { // a word of soft signs
		w.key = w.text
	}
}

// hardSign reports whether a double quote between the two parts of a word stands
// for ъ, as BGN/PCGN write it: ob"edinenie. It does after a prefix only.
func hardSign(before []byte, after string) bool {
	if after == "" {
		return false
	}
	switch after[0] | 0x20 {
	case 'e', 'y', 'i', 'j':
	default:
		return false
	}
	switch string(before) {
	case "ob", "pod", "ot", "raz", "iz", "pred", "sub", "ad", "kon", "in", "trans", "s", "v":
		return true
	}
	return false
}

func letterFollows(text string) bool {
	if text == "" {
		return false
	}
	if text[0] < utf8.RuneSelf {
		return ascii[text[0]] == letter
	}
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) && !isJoiner(r)
}
