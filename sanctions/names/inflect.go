package names

import (
	"strings"
	"unicode/utf8"
)

// The endings of Russian and Ukrainian adjectives, and of nouns in -ие and -ия.
const (
	adjective = "ый ий ой ая яя ое ее ые ие ого его ой ей ому ему ую юю ым им ых их ыми ими ом ем і а е"
	nounInI   = "ия ие ии ию ией ием ий иям иями иях"
)

// declension splits a Cyrillic word of the tables into its stem and all endings
// that it may have; the stem is empty if nothing is known of it. Only words of the
// tables are declined, so a form that does not exist does no harm.
func declension(text string) (stem, endings string) {
	cut := func(suffix string, least int) bool {
		var ok bool
		stem, ok = strings.CutSuffix(text, suffix)
		return ok && utf8.RuneCountInString(stem) >= least
	}
	switch {
	case cut("ый", 3), cut("ий", 3), cut("ой", 4), cut("ая", 4), cut("яя", 4), cut("ое", 4), cut("ее", 4), cut("ые", 4):
		return stem, adjective
	case cut("ия", 3), cut("ие", 3):
		return stem, nounInI
	case cut("ство", 3):
		return stem, "ство ства ству ством стве ств"
	case cut("а", 3):
		return stem, "а ы и е у ой ей ам ами ах"
	case cut("я", 3):
		return stem, "я и е ю ей"
	case cut("о", 3):
		return stem, "о а у ом е"
	case cut("ь", 3):
		return stem, "ь я ю ем и ей ям ью"
	}
	if r, _ := utf8.DecodeLastRuneInString(text); utf8.RuneCountInString(text) >= 4 && strings.ContainsRune("бвгджзклмнпрстфхцчшщ", r) {
		return text, "а у ом е ы и ов ам ами ах ей"
	}
	return "", ""
}

// abjadDeclension is declension for words in Arabic script: a noun, the adjective made
// of it, their feminines and plurals, and the Persian ezafe. key has no article.
func abjadDeclension(key string) (stem, endings string) {
	for _, ending := range [...]string{"يه", "ي", "ه"} {
		if stem, ok := strings.CutSuffix(key, ending); ok && utf8.RuneCountInString(stem) >= 3 {
			return stem, ending + " ي يه ه ات"
		}
	}
	if utf8.RuneCountInString(key) < 3 {
		return "", ""
	}
	return key, "ي يه ه ات ها هاي"
}

// hebrewPrefixes are the article, to, in and and, which Hebrew writes as one with a word.
var hebrewPrefixes = [...]string{"ה", "ל", "ב", "ו"}

// nominative takes the Russian genitive off the name that follows "named after":
// завод имени Дегтярева is the Degtyarev Plant.
func (p *parser) nominative() {
	for i := range p.parts {
		if p.parts[i].class != Particle || p.parts[i].term != "named_after" {
			continue
		}
		for j := i + 1; j < min(len(p.parts), i+6); j++ {
			t := &p.parts[j]
			if t.class == Initial || t.class == Particle {
				continue
			}
			if t.class == Word && t.term == "" && t.script == Latin {
				p.genitive(t)
			}
			break
		}
	}
}

// genitive turns the key of a surname in -ova, -eva, -ina or -skogo into that of
// its nominative.
func (p *parser) genitive(t *part) {
	key := t.key.of(p.buf)
	n := len(key)
	if n < 6 {
		return
	}
	switch {
	case string(key[n-3:]) == "ova", string(key[n-3:]) == "eva", string(key[n-3:]) == "ina":
		t.key.to--
	case string(key[n-4:]) == "kogo":
		from := int32(len(p.buf))
		p.buf = append(p.buf, key[:n-3]...)
		p.buf = append(p.buf, 'i')
		t.key = span{from, int32(len(p.buf))}
	}
}

// adjectival are the endings that the Slavic adjectives of proper names have in keys
// after sk or ck: Votkinskiy, -aya, -oye, -iye, -ogo.
var adjectival = [...]string{"i", "aia", "aja", "o", "oe", "e", "ie", "ogo", "oi", "im", "om", "ih"}

// shortestStem is how many letters of a word its stem has at least.
const shortestStem = 4

// Stem is what the key of a word in Latin letters has in common with the adjective
// that Slavic languages make of it and with its genitive: votki for Votkinsk and
// Votkinskiy, amur for Амур and Амурский. It is empty where too little is left.
func (t *Token) Stem() string {
	if t.Class != Word && t.Class != Qualifier || t.Script != Latin || len(t.Key) < shortestStem {
		return ""
	}
	stem, _ := stemOf(t.Key)
	return stem
}

// stemOf also tells whether the word is an adjective.
func stemOf(key string) (stem string, adjective bool) {
	for _, ending := range adjectival {
		if rest, ok := strings.CutSuffix(key, ending); ok && (strings.HasSuffix(rest, "sk") || strings.HasSuffix(rest, "ck")) {
			key, adjective = rest, true
			break
		}
	}
	switch {
	case strings.HasSuffix(key, "sk"): // Smolensk too
		key = key[:len(key)-2]
	case strings.HasSuffix(key, "ck"): // Donetsk
		key = key[:len(key)-1]
	}
	key = strings.TrimRight(key, "aeiou")
	if len(key) > shortestStem+1 {
		key = strings.TrimSuffix(strings.TrimSuffix(key, "en"), "n") // Dolgoprudny, Dolgoprudnenskiy
		key = strings.TrimRight(key, "aeiou")                        // Motovilikha, Motovilikhinskiy
	}
	if root, ok := strings.CutSuffix(key, "zh"); ok { // Onega, Onezhskiy
		key = root + "g"
	}
	if len(key) < shortestStem {
		return "", adjective
	}
	return key, adjective
}

// Inflected reports whether one of two words is an adjective of the other, or its
// genitive in Cyrillic letters. Persons are told apart by such endings.
func Inflected(x, y *Weighed) bool {
	if x.Class != Word && x.Class != Qualifier || y.Class != Word && y.Class != Qualifier || x.Class == Qualifier && y.Class == Qualifier ||
		x.Person == PersonalName || y.Person == PersonalName || len(x.Key) < shortestStem || len(y.Key) < shortestStem || x.Key[:shortestStem-1] != y.Key[:shortestStem-1] || x.Known() && y.Known() {
		return false
	}
	stem, adjective := stemOf(x.Key)
	if stem == "" {
		return false
	}
	other, also := stemOf(y.Key)
	return stem == other && (adjective || also || isGenitive(x, y) || isGenitive(y, x))
}

// isGenitive reports whether x, in Cyrillic letters, is y with a vowel put to it.
func isGenitive(x, y *Weighed) bool {
	return !ASCII(x.Text) && len(x.Key) == len(y.Key)+1 && x.Key[:len(y.Key)] == y.Key
}
