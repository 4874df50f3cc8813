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
var cyrillic = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f",
	'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	// Ukrainian, Belarusian
	'і': "i", 'ї': "yi", 'є': "ye", 'ґ': "g", 'ў': "u",
	// Kazakh, Tatar, Bashkir, Kyrgyz, Uzbek, Tajik
	'ә': "a", 'ғ': "gh", 'қ': "q", 'ң': "ng", 'ө': "o", 'ұ': "u", 'ү': "u", 'һ': "h", 'җ': "j", 'ҳ': "h", 'ҷ': "j",
	'ӣ': "i", 'ӯ': "u", 'ҙ': "z", 'ҫ': "s", 'ҡ': "q", 'ҥ': "ng", 'ӊ': "ng",
	// Serbian, Macedonian
	'ђ': "dj", 'ј': "j", 'љ': "lj", 'њ': "nj", 'ћ': "c", 'џ': "dz", 'ѓ': "gj", 'ќ': "kj", 'ѕ': "dz",
	// before 1918, Church Slavonic
	'ѣ': "e", 'ѳ': "f", 'ѵ': "i", 'ѐ': "e", 'ѝ': "i",
}

var cyrillicIn = [...]map[rune]string{
	ukrainian:  {'г': "h", 'и': "y"},
	belarusian: {'г': "h"},
	bulgarian:  {'ъ': "a", 'щ': "sht"},
	serbian:    {'ж': "z", 'ч': "c", 'ш': "s", 'х': "h", 'ц': "c"},
}

// greek follows ELOT 743 (ISO 843); accents are gone before it is read.
var greek = map[rune]string{
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l",
	'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'υ': "y", 'φ': "f",
	'χ': "ch", 'ψ': "ps", 'ω': "o",
}

// armenian follows BGN/PCGN for Eastern Armenian.
var armenian = map[rune]string{
	'ա': "a", 'բ': "b", 'գ': "g", 'դ': "d", 'ե': "e", 'զ': "z", 'է': "e", 'ը': "y", 'թ': "t", 'ժ': "zh", 'ի': "i",
	'լ': "l", 'խ': "kh", 'ծ': "ts", 'կ': "k", 'հ': "h", 'ձ': "dz", 'ղ': "gh", 'ճ': "ch", 'մ': "m", 'յ': "y", 'ն': "n",
	'շ': "sh", 'ո': "o", 'չ': "ch", 'պ': "p", 'ջ': "j", 'ռ': "r", 'ս': "s", 'վ': "v", 'տ': "t", 'ր': "r", 'ց': "ts",
	'ւ': "v", 'փ': "p", 'ք': "k", 'և': "ev", 'օ': "o", 'ֆ': "f",
}

// georgian follows the national system of 2002, without its apostrophes.
var georgian = map[rune]string{
	'ა': "a", 'ბ': "b", 'გ': "g", 'დ': "d", 'ე': "e", 'ვ': "v", 'ზ': "z", 'თ': "t", 'ი': "i", 'კ': "k", 'ლ': "l",
	'მ': "m", 'ნ': "n", 'ო': "o", 'პ': "p", 'ჟ': "zh", 'რ': "r", 'ს': "s", 'ტ': "t", 'უ': "u", 'ფ': "p", 'ქ': "k",
	'ღ': "gh", 'ყ': "q", 'შ': "sh", 'ჩ': "ch", 'ც': "ts", 'ძ': "dz", 'წ': "ts", 'ჭ': "ch", 'ხ': "kh", 'ჯ': "j", 'ჰ': "h",
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
			to, ok := cyrillicIn[t][r]
			if !ok {
				to, ok = cyrillic[r]
			}
			if !ok {
				dst = utf8.AppendRune(dst, r)
			}
			dst = append(dst, to...)
		case r >= 0x370 && r <= 0x3FF:
			to := greek[r]
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
				dst = append(dst, armenian[r]...)
			}
		case r >= 0x10D0 && r <= 0x10FF:
			dst = append(dst, georgian[r]...)
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
