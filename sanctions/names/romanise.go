package names

import "unicode/utf8"

// tongue says whose habits the letters of a name show. Most letters sound alike
// in all Cyrillic alphabets; these are the ones that do not.
type tongue uint8

const (
	russian   tongue = iota // and whatever else shows no letter of its own
	ukrainian               // і ї є ґ: г is h, и is y
	belarusian
	bulgarian // ъ before a consonant: it is a vowel, and щ is sht
	serbian   // ђ ј љ њ ћ џ, Macedonian too: ж, ч and ш lose their marks in Latin
)

// tongueOf looks at the letters of a whole name.
func tongueOf(text string) tongue {
	t := russian
	var prev rune
	for _, r := range text {
		switch r {
		case 'і', 'ї', 'є', 'ґ', 'І', 'Ї', 'Є', 'Ґ':
			if t == russian {
				t = ukrainian
			}
		case 'ў', 'Ў':
			return belarusian
		case 'ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'Ә', 'Ғ', 'Қ', 'Ң', 'Ө', 'Ұ', 'Ү', 'Һ':
			return russian // Kazakh і is i, and its г is g
		case 'ђ', 'ј', 'љ', 'њ', 'ћ', 'џ', 'ѓ', 'ќ', 'ѕ', 'Ђ', 'Ј', 'Љ', 'Њ', 'Ћ', 'Џ', 'Ѓ', 'Ќ', 'Ѕ':
			return serbian
		}
		if prev == 'ъ' || prev == 'Ъ' {
			switch r {
			case 'е', 'ё', 'ю', 'я', 'и', 'Е', 'Ё', 'Ю', 'Я', 'И':
			default:
				if _, a := scriptOf(r); a == cyrillicLetters && t == russian {
					t = bulgarian
				}
			}
		}
		prev = r
	}
	return t
}

// cyrillic romanises as BGN/PCGN do, written so that [appendKey] meets the other
// systems: ISO 9, GOST 7.79 and 52535, ICAO 9303 (passports).
var cyrillic = [...]string{
	'а' - 0x400: "a", 'б' - 0x400: "b", 'в' - 0x400: "v", 'г' - 0x400: "g", 'д' - 0x400: "d", 'е' - 0x400: "e", 'ё' - 0x400: "e", 'ж' - 0x400: "zh", 'з' - 0x400: "z", 'и' - 0x400: "i", 'й' - 0x400: "y",
	'к' - 0x400: "k", 'л' - 0x400: "l", 'м' - 0x400: "m", 'н' - 0x400: "n", 'о' - 0x400: "o", 'п' - 0x400: "p", 'р' - 0x400: "r", 'с' - 0x400: "s", 'т' - 0x400: "t", 'у' - 0x400: "u", 'ф' - 0x400: "f",
	'х' - 0x400: "kh", 'ц' - 0x400: "ts", 'ч' - 0x400: "ch", 'ш' - 0x400: "sh", 'щ' - 0x400: "shch", 'ъ' - 0x400: "", 'ы' - 0x400: "y", 'ь' - 0x400: "", 'э' - 0x400: "e", 'ю' - 0x400: "yu", 'я' - 0x400: "ya",
	// Ukrainian, Belarusian
	'і' - 0x400: "i", 'ї' - 0x400: "yi", 'є' - 0x400: "ye", 'ґ' - 0x400: "g", 'ў' - 0x400: "u",
	// Kazakh, Tatar, Bashkir, Kyrgyz, Uzbek, Tajik
	'ә' - 0x400: "a", 'ғ' - 0x400: "gh", 'қ' - 0x400: "q", 'ң' - 0x400: "ng", 'ө' - 0x400: "o", 'ұ' - 0x400: "u", 'ү' - 0x400: "u", 'һ' - 0x400: "h", 'җ' - 0x400: "j", 'ҳ' - 0x400: "h", 'ҷ' - 0x400: "j",
	'ӣ' - 0x400: "i", 'ӯ' - 0x400: "u", 'ҙ' - 0x400: "z", 'ҫ' - 0x400: "s", 'ҡ' - 0x400: "q", 'ҥ' - 0x400: "ng", 'ӊ' - 0x400: "ng",
	// Serbian, Macedonian
	'ђ' - 0x400: "dj", 'ј' - 0x400: "j", 'љ' - 0x400: "lj", 'њ' - 0x400: "nj", 'ћ' - 0x400: "c", 'џ' - 0x400: "dz", 'ѓ' - 0x400: "gj", 'ќ' - 0x400: "kj", 'ѕ' - 0x400: "dz",
	// before 1918, Church Slavonic
	'ѣ' - 0x400: "e", 'ѳ' - 0x400: "f", 'ѵ' - 0x400: "i", 'ѐ' - 0x400: "e", 'ѝ' - 0x400: "i",
}

// cyrillicIn gives the letters that a tongue romanises in its own way.
func cyrillicIn(t tongue, r rune) (string, bool) {
	switch t {
	case ukrainian:
		switch r {
		case 'г':
			return "h", true
		case 'и':
			return "y", true
		}
	case belarusian:
		if r == 'г' {
			return "h", true
		}
	case bulgarian:
		switch r {
		case 'ъ':
			return "a", true
		case 'щ':
			return "sht", true
		}
	case serbian:
		switch r {
		case 'ж':
			return "z", true
		case 'ч', 'ц':
			return "c", true
		case 'ш':
			return "s", true
		case 'х':
			return "h", true
		}
	}
	return "", false
}

// letterIn looks a letter up in a table that starts at base. Letters that the
// table lacks, and those that have no sound, give "".
func letterIn(table []string, base, r rune) string {
	if i := int(r - base); i >= 0 && i < len(table) {
		return table[i]
	}
	return ""
}

// greek follows ELOT 743 (ISO 843); accents are gone before it is read.
var greek = [...]string{
	'α' - 0x370: "a", 'β' - 0x370: "v", 'γ' - 0x370: "g", 'δ' - 0x370: "d", 'ε' - 0x370: "e", 'ζ' - 0x370: "z", 'η' - 0x370: "i", 'θ' - 0x370: "th", 'ι' - 0x370: "i", 'κ' - 0x370: "k", 'λ' - 0x370: "l",
	'μ' - 0x370: "m", 'ν' - 0x370: "n", 'ξ' - 0x370: "x", 'ο' - 0x370: "o", 'π' - 0x370: "p", 'ρ' - 0x370: "r", 'σ' - 0x370: "s", 'ς' - 0x370: "s", 'τ' - 0x370: "t", 'υ' - 0x370: "y", 'φ' - 0x370: "f",
	'χ' - 0x370: "ch", 'ψ' - 0x370: "ps", 'ω' - 0x370: "o",
}

// armenian follows BGN/PCGN for Eastern Armenian.
var armenian = [...]string{
	'ա' - 0x530: "a", 'բ' - 0x530: "b", 'գ' - 0x530: "g", 'դ' - 0x530: "d", 'ե' - 0x530: "e", 'զ' - 0x530: "z", 'է' - 0x530: "e", 'ը' - 0x530: "y", 'թ' - 0x530: "t", 'ժ' - 0x530: "zh", 'ի' - 0x530: "i",
	'լ' - 0x530: "l", 'խ' - 0x530: "kh", 'ծ' - 0x530: "ts", 'կ' - 0x530: "k", 'հ' - 0x530: "h", 'ձ' - 0x530: "dz", 'ղ' - 0x530: "gh", 'ճ' - 0x530: "ch", 'մ' - 0x530: "m", 'յ' - 0x530: "y", 'ն' - 0x530: "n",
	'շ' - 0x530: "sh", 'ո' - 0x530: "o", 'չ' - 0x530: "ch", 'պ' - 0x530: "p", 'ջ' - 0x530: "j", 'ռ' - 0x530: "r", 'ս' - 0x530: "s", 'վ' - 0x530: "v", 'տ' - 0x530: "t", 'ր' - 0x530: "r", 'ց' - 0x530: "ts",
	'ւ' - 0x530: "v", 'փ' - 0x530: "p", 'ք' - 0x530: "k", 'և' - 0x530: "ev", 'օ' - 0x530: "o", 'ֆ' - 0x530: "f",
}

// georgian follows the national system of 2002, without its apostrophes.
var georgian = [...]string{
	'ა' - 0x10D0: "a", 'ბ' - 0x10D0: "b", 'გ' - 0x10D0: "g", 'დ' - 0x10D0: "d", 'ე' - 0x10D0: "e", 'ვ' - 0x10D0: "v", 'ზ' - 0x10D0: "z", 'თ' - 0x10D0: "t", 'ი' - 0x10D0: "i", 'კ' - 0x10D0: "k", 'ლ' - 0x10D0: "l",
	'მ' - 0x10D0: "m", 'ნ' - 0x10D0: "n", 'ო' - 0x10D0: "o", 'პ' - 0x10D0: "p", 'ჟ' - 0x10D0: "zh", 'რ' - 0x10D0: "r", 'ს' - 0x10D0: "s", 'ტ' - 0x10D0: "t", 'უ' - 0x10D0: "u", 'ფ' - 0x10D0: "p", 'ქ' - 0x10D0: "k",
	'ღ' - 0x10D0: "gh", 'ყ' - 0x10D0: "q", 'შ' - 0x10D0: "sh", 'ჩ' - 0x10D0: "ch", 'ც' - 0x10D0: "ts", 'ძ' - 0x10D0: "dz", 'წ' - 0x10D0: "ts", 'ჭ' - 0x10D0: "ch", 'ხ' - 0x10D0: "kh", 'ჯ' - 0x10D0: "j", 'ჰ' - 0x10D0: "h",
}

// appendRoman appends a lower-case word of romanised letters in Latin ones.
func appendRoman(dst, s []byte, t tongue) []byte {
	var prev rune
	for len(s) > 0 {
		r, n := utf8.DecodeRune(s)
		s = s[n:]
		next, _ := utf8.DecodeRune(s)
		switch {
		case r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		case r >= 0x400 && r <= 0x52F:
			to, ok := cyrillicIn(t, r)
			if !ok {
				to = letterIn(cyrillic[:], 0x400, r)
			}
			dst = append(dst, to...)
		case r >= 0x370 && r <= 0x3FF:
			to := letterIn(greek[:], 0x370, r)
			switch {
			case r == 'υ' && (prev == 'α' || prev == 'ε' || prev == 'η'): // αυ, ευ
				to = "v"
				if isVoiceless(next) {
					to = "f"
				}
			case r == 'υ' && prev == 'ο':
				to = "u"
			case r == 'π' && prev == 'μ' && len(dst) == 1: // initial μπ
				dst, to = dst[:0], "b"
			case r == 'γ' && (next == 'γ' || next == 'ξ' || next == 'χ'):
				to = "n"
			}
			dst = append(dst, to...)
		case r >= 0x530 && r <= 0x58F:
			if r == 'ւ' && prev == 'ո' { // ու
				dst = append(dst[:len(dst)-1], 'u')
			} else {
				dst = append(dst, letterIn(armenian[:], 0x530, r)...)
			}
		case r >= 0x10D0 && r <= 0x10FF:
			dst = append(dst, letterIn(georgian[:], 0x10D0, r)...)
		default:
			dst = utf8.AppendRune(dst, r)
		}
		prev = r
	}
	return dst
}

// isVoiceless reports whether αυ and ευ before the Greek letter end in f; the
// end of a word counts as one.
func isVoiceless(r rune) bool {
	switch r {
	case 'θ', 'κ', 'ξ', 'π', 'σ', 'ς', 'τ', 'φ', 'χ', 'ψ', utf8.RuneError:
		return true
	}
	return false
}

// isISO9 reports whether a Latin name is Cyrillic romanised by ISO 9:1995, which
// writes one letter with a mark for each. The carons alone do not tell: Czech,
// Croatian and Lithuanian have them, and OFAC drops them there.
func isISO9(text string) bool {
	caron, sure := false, false
	for _, r := range text {
		switch r {
		case 'č', 'š', 'ž', 'Č', 'Š', 'Ž':
			caron = true
		case 'û', 'â', 'è', 'ë', 'ʹ', 'ʺ', 'Û', 'Â', 'È', 'Ë':
			sure = true
		case 'ŝ', 'Ŝ':
			return true
		}
	}
	return caron && sure
}

// appendISO9 appends a lower-case letter of ISO 9 as BGN/PCGN write it.
func appendISO9(dst []byte, r rune) []byte {
	switch r {
	case 'č':
		return append(dst, "ch"...)
	case 'š':
		return append(dst, "sh"...)
	case 'ŝ':
		return append(dst, "shch"...)
	case 'ž':
		return append(dst, "zh"...)
	case 'û':
		return append(dst, "yu"...)
	case 'â':
		return append(dst, "ya"...)
	case 'c':
		return append(dst, "ts"...)
	case 'j':
		return append(dst, 'y')
	}
	return appendLatin(dst, r)
}
