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
