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
	if i < len(text) && text[i] == '.' && len(s.words) > 0 {
		s.words[len(s.words)-1].dotted = true
	}
	if i+1 < len(text) && (text[i] == '.' || text[i] == '/') && letterFollows(text[i+1:]) && len(s.words) > 0 {
		s.words[len(s.words)-1].tight = true
	}
	return max(i, began+1)
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
