package names

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Variants takes a text that holds more than one name of a party apart, as
// journals and registers write them, and returns the names, the leading one first:
//
//	JSC Tactical Missiles Corporation (KTRV)   → the name, KTRV
//	PSB Bank (formerly PROMSVYAZBANK)          → the name, PROMSVYAZBANK
//	DOBROLET a.k.a. DOBROLYOT                  → both
//	Resort Nizhnyaya Oreanda Санаторий Нижняя Ореанда → the Latin and the Cyrillic name
//	Africa Resource Corporation - ARC   → the name, ARC
//	Al-Qa'ida/Islamic Army              → the text, Al-Qa'ida, Islamic Army
//	АО «Плазма» АО «Завод Плазма»       → АО «Плазма», АО «Завод Плазма»
//	MERIDIA NS.A.                       → the text, MERIDIAN S.A.
//
// A bracket is another name if it says so (formerly, also known as, ранее) or if it
// ends the text and holds a word that no table knows. A bracket of places, forms,
// numbers or terms, and one within the text, belongs to the name: ACE (HK)
// Electronics, Foo (P) Ltd, Алабуга (особая экономическая зона). After a dash
// with spaces around it stands another name if it begins with a legal form or is the
// acronym of what stands before. So does one after a quote or a comma if both begin with a
// legal form. That the firm manages a holding is no part of its
// name. A slash without spaces may divide names or words, so the text as a whole stays
// the leading name: names are divided where either side is one word of its own, or has
// several and one of them tells. A letter on the wrong side of the space before a legal
// form is also put back. A text with one name, or of more than 4 KiB, comes back as it is.
// Variants is for names of entities.
func Variants(text string) []string { return AppendVariants(nil, text) }

// Variants are the name as a whole and the others that its text holds, read.
func (n Name) Variants() []Name {
	out := []Name{n}
	if n.Kind == sanctions.KindEntity || n.Kind == sanctions.KindUnknown {
		for _, text := range Variants(n.Text) {
			if text != n.Text {
				out = append(out, Parse(text, n.Kind))
			}
		}
	}
	return out
}

// AppendVariants appends the [Variants] of a text to dst.
func AppendVariants(dst []string, text string) []string {
	if single(text) {
		dst = append(dst, text)
	} else {
		dst = append(dst, takeApart(text)...)
	}
	if slid := slideBack(text); slid != "" {
		dst = append(dst, slid)
	}
	return dst
}

// single reports that a text surely holds one name: plain letters, no bracket, no
// slash and no marker, and nothing to trim off its ends.
func single(text string) bool {
	if text == "" || !isAlphanumeric(text[0]) || !isAlphanumeric(text[len(text)-1]) {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c >= utf8.RuneSelf || c == '(' || c == '[' || c == '/', c == '-' && text[i-1] == ' ':
			return false
		case i == 0 || isAlphanumeric(text[i-1]) || !isAlphanumeric(c):
		case mayMark(text[i:]) && marker(text[i:]) > 0:
			return false
		}
	}
	return true
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// mayMark reports whether a text begins as some marker does.
func mayMark(text string) bool {
	if len(text) < 3 {
		return false
	}
	start := startOf(text)
	return markerStarts()[start/64]>>(start%64)&1 != 0
}

// startOf numbers three bytes: letters of whatever case each, all else as one.
func startOf(text string) (start uint) {
	for i := range 3 {
		letter := uint(text[i]|0x20) - 'a' + 1
		if letter > 26 {
			letter = 0
		}
		start = start<<5 | letter
	}
	return start
}

// markerStarts are the first three bytes of the markers.
var markerStarts = sync.OnceValue(func() *[1 << 15 / 64]uint64 {
	var out [1 << 15 / 64]uint64
	for _, m := range markers {
		start := startOf(m)
		out[start/64] |= 1 << (start % 64)
	}
	return &out
})

func takeApart(text string) []string {
	if len(text) > 4096 { // nobody's names, but a hostile text
		return []string{text}
	}
	var out []string
	add := func(s string) {
		for _, part := range cutDash(trimName(s)) {
			for _, name := range cutForms(part) {
				if hasLetter(name) && !slices.Contains(out, name) {
					out = append(out, name)
				}
				for _, half := range cutSlash(name) {
					if !slices.Contains(out, half) {
						out = append(out, half)
					}
				}
			}
		}
	}
	main, brackets := cutBrackets(text)
	for _, part := range cutMarkers(main, false) {
		for _, half := range cutScript(part) {
			add(half)
		}
	}
	for _, b := range brackets {
		for _, part := range cutMarkers(b, true) {
			for _, half := range cutScript(part) {
				add(half)
			}
		}
	}
	if len(out) == 0 {
		return []string{text}
	}
	return out
}

// cutBrackets takes the brackets that hold other names out of a text. A bracket
// that is never closed ends with the text.
func cutBrackets(text string) (main string, inside []string) {
	var b strings.Builder
	for {
		open := strings.IndexAny(text, "([（")
		if open < 0 {
			break
		}
		_, n := utf8.DecodeRuneInString(text[open:])
		depth, end, after := 1, len(text), len(text)
		for i, r := range text[open+n:] {
			switch r {
			case '(', '[', '（':
				depth++
			case ')', ']', '）':
				depth--
			}
			if depth == 0 {
				end = open + n + i
				after = end + utf8.RuneLen(r)
				break
			}
		}
		content := text[open+n : end]
		if isOtherName(b.String()+text[:open], content, text[after:]) {
			b.WriteString(text[:open])
			b.WriteByte(' ')
			inside = append(inside, strings.Trim(content, "()[]（） "))
		} else {
			b.WriteString(text[:after])
		}
		text = text[after:]
	}
	b.WriteString(text)
	return b.String(), inside
}

// isOtherName reports whether a bracket holds another name. before and after are
// the text around it.
func isOtherName(before, content, after string) bool {
	if marker(content) > 0 {
		return true
	}
	for after = strings.TrimSpace(after); after != ""; { // only brackets and quotes may follow
		r, n := utf8.DecodeRuneInString(after)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return false
		}
		if r == '(' || r == '[' || r == '（' {
			break
		}
		after = after[n:]
	}
	tokens := Parse(content, sanctions.KindEntity).Tokens
	for _, t := range tokens {
		if t.Class == Word && t.Term == "" && !t.Generic {
			return true
		}
	}
	// All its words are known. It is a name of its own if it has a legal form,
	// is written otherwise or says again what stands before it.
	if len(tokens) < 2 {
		return false
	}
	return tokens[0].Class == LegalForm || firstWriting(content) != firstWriting(before) || repeats(before, tokens)
}

func firstWriting(s string) int {
	for _, r := range s {
		if w := writing(r); w != 0 {
			return w
		}
	}
	return 0
}

// repeats reports whether each term of the tokens occurs in the text.
func repeats(text string, tokens []Token) bool {
	terms := map[string]bool{}
	for _, t := range Parse(text, sanctions.KindEntity).Tokens {
		terms[t.Term] = true
	}
	for _, t := range tokens {
		if t.Class != Particle && !terms[t.Term] {
			return false
		}
	}
	return true
}

// markers are the words that announce another name, in lower case.
var markers = [...]string{
	"formerly known as", "formerly called", "formerly named", "formerly registered as", "formerly", "previously known as", "previously",
	"also known under the name", "also known as", "better known as", "also called", "now known as", "trading as", "operating as", "doing business as",
	"a.k.a.", "a.k.a", "aka", "a/k/a", "f.k.a.", "f.k.a", "fka", "f/k/a", "n.k.a.", "nka", "n/k/a", "d/b/a", "d.b.a.", "dba", "t/a",
	"прежнее название", "прежнее наименование", "также известное как", "также известная как", "также известен как", "ранее", "бывшее", "бывший", "бывшая",
	"раніше", "також відомий як", "anciennement", "vormals", "ehemals", "antes", "anteriormente", "eski adıyla",
	"russian:", "ukrainian:", "belarusian:", "chinese:", "arabic:", "persian:", "farsi:", "korean:", "english:",
}

// marker gives the length of the marker that a text starts with, with the
// punctuation around it, or 0.
func marker(text string) int {
	trimmed := strings.TrimLeft(text, " ,;:-–—‘'\"“”")
	lead := len(text) - len(trimmed)
	for _, m := range markers {
		if len(trimmed) >= len(m) && strings.EqualFold(trimmed[:len(m)], m) {
			if strings.HasSuffix(m, ".") || strings.HasSuffix(m, ":") || !letterFollows(trimmed[len(m):]) {
				rest := strings.TrimLeft(trimmed[len(m):], " .:,")
				return lead + len(trimmed) - len(rest)
			}
		}
	}
	return 0
}

// cutMarkers splits a text at the markers in it, and at a slash with spaces
// around it. Unless leading is set, a marker at the very start is part of a name.
func cutMarkers(text string, leading bool) []string {
	var out []string
	start := 0
	for i := 0; i < len(text); {
		boundary := i == 0 && leading || i > 0 && !letterFollows(lastRune(text[:i])) && (text[i-1] == ' ' || text[i-1] == '(' || text[i-1] == ',' || text[i-1] == ';')
		if boundary && text[i] != ' ' {
			if n := marker(text[i:]); n > 0 {
				out = append(out, text[start:i])
				i += n
				start = i
				continue
			}
			if strings.HasPrefix(text[i:], "/ ") {
				out = append(out, text[start:i])
				i += 2
				start = i
				continue
			}
		}
		_, n := utf8.DecodeRuneInString(text[i:])
		i += n
	}
	return append(out, text[start:])
}

// cutDash splits a name at a dash with spaces around it, if another name follows.
func cutDash(name string) []string {
	for _, dash := range [...]string{" - ", " – ", " — "} {
		before, after, ok := strings.Cut(name, dash)
		if !ok || !hasLetter(before) {
			continue
		}
		first, second := Parse(before, sanctions.KindEntity).Tokens, Parse(after, sanctions.KindEntity).Tokens
		if len(first) == 0 || len(second) == 0 {
			continue
		}
		w := (*Weights)(nil)
		switch {
		case len(second) > 1 && second[0].Class == LegalForm && tells(second),
			IsAcronym(w.Append(nil, Name{Tokens: second}), w.Append(nil, Name{Tokens: first})):
			return []string{trimName(before), trimName(after)}
		case second[0].Term == "management" && len(second) > 2 && tells(first):
			return []string{name, trimName(before)}
		}
	}
	return []string{name}
}

// cutForms splits a text that begins with a legal form behind a quote or a comma, where
// another name begins with one. It looks at a few such places only.
func cutForms(text string) (out []string) {
	const most = 12
	start := 0
	for i, tried := 0, 0; i < len(text) && tried < most; i++ {
		if text[i] != ' ' || !strings.ContainsRune("’”»\"',;", lastLetter(text[:i])) {
			continue
		}
		tried++
		first, second := Parse(text[start:i], sanctions.KindEntity).Tokens, Parse(text[i:], sanctions.KindEntity).Tokens
		if len(first) == 0 || first[0].Class != LegalForm {
			break
		}
		if len(second) > 0 && second[0].Class == LegalForm && tells(first) && tells(second) {
			out = append(out, trimName(text[start:i]))
			start = i
		}
	}
	return append(out, trimName(text[start:]))
}

// cutSlash gives the names on either side of a slash without spaces.
func cutSlash(name string) []string {
	before, after, ok := strings.Cut(name, "/")
	if !ok || strings.Contains(after, "/") || before == "" || !letterFollows(after) || !unicode.IsLetter(lastLetter(before)) {
		return nil
	}
	first, second := Parse(before, sanctions.KindEntity).Tokens, Parse(after, sanctions.KindEntity).Tokens
	if !tells(first) || !tells(second) || (len(first) > 1) != (len(second) > 1) {
		return nil
	}
	return []string{trimName(before), trimName(after)}
}

// tells reports whether some word is not generic and longer than a letter.
func tells(tokens []Token) bool {
	return slices.ContainsFunc(tokens, func(t Token) bool { return t.Class == Word && !t.Generic && len(t.Text) > 1 })
}

func lastLetter(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

// cutScript splits a text whose first words are in one script and whose last words
// are in another, if there are at least two words, one of them no legal form, on
// either side.
func cutScript(text string) []string {
	at, first := -1, 0
	for i, r := range text {
		kind := writing(r)
		switch {
		case kind == 0:
		case first == 0:
			first = kind
		case kind != first && at < 0:
			at = i
		case kind == first && at >= 0: // back again: a mixture
			return []string{text}
		}
	}
	if at <= 0 || letterFollows(lastRune(text[:at])) || strings.HasSuffix(text[:at], "(") {
		return []string{text}
	}
	for _, half := range []string{text[:at], text[at:]} {
		words, telling := 0, false
		for _, t := range Parse(half, sanctions.KindEntity).Tokens {
			words += t.Span
			telling = telling || t.Class != LegalForm
		}
		if words < 2 || !telling {
			return []string{text}
		}
	}
	return []string{text[:at], text[at:]}
}

// writing tells the writing systems apart in which one name may stand beside
// another; 0 is none.
func writing(r rune) int {
	if !unicode.IsLetter(r) {
		return 0
	}
	s, a := scriptOf(r)
	return 1 + int(s)<<8 | int(a)
}

// trimName takes punctuation off both ends, but no quote that has its partner.
func trimName(s string) string {
	s = strings.Trim(s, " \t,;:-–—/")
	for _, pair := range []string{"‘’", "“”", "\"\"", "''", "«»"} {
		open, n := utf8.DecodeRuneInString(pair)
		closing, _ := utf8.DecodeRuneInString(pair[n:])
		if inner, ok := strings.CutPrefix(s, string(open)); ok {
			if whole, ok := strings.CutSuffix(inner, string(closing)); ok && !strings.ContainsRune(whole, closing) {
				s = whole // the quotes hold all of it
			} else if !strings.ContainsRune(inner, closing) {
				s = inner // never closed
			}
		} else if inner, ok := strings.CutSuffix(s, string(closing)); ok && !strings.ContainsRune(inner, open) {
			s = inner // never opened
		}
	}
	return strings.TrimSpace(s)
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
