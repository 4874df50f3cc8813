package similarity

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// Words of two scripts are compared letter by letter where the scripts tell enough. An
// Arabic or Hebrew word writes its consonants and its long vowels: each must stand in
// the Latin word too, in this order, and what the Latin word has beside them must be
// vowels. So حسن is Hassan and حسين is not. A word in Han, Kana or Hangul is compared
// as it is read.

// relateSounds relates words of different scripts that have one skeleton.
func relateSounds(x, y *names.Weighed) (int32, Outcome) {
	if !x.Sounded() || !y.Sounded() || x.Span == 1 && y.Span == 1 && x.Term != "" && y.Term != "" {
		return 0, Missing // two words that tables know and tell apart: Hassan and حسين
	}
	same, short := names.Meet(&x.Token, &y.Token)
	if !same {
		return 0, Missing
	}
	quality := soundsAs(&x.Token, &y.Token, short)
	if short && quality < qualitySounds {
		return 0, Missing
	}
	return quality, Sounds
}

// soundsAs is how well one of two words that have one skeleton stands for the other.
func soundsAs(x, y *names.Token, short bool) int32 {
	if x.Script == names.Latin {
		x, y = y, x
	}
	if y.Script != names.Latin {
		return qualitySounds
	}
	switch x.Script {
	case names.Arabic, names.Hebrew:
		n := utf8.RuneCountInString(x.Key)
		if name := names.Unarticled(y); name != "" && strings.HasPrefix(x.Text, "ال") && x.Key != x.Text {
			y = &names.Token{Text: name, Key: name, Script: names.Latin}
		}
		switch {
		case n < names.FewestSounds || !spells(x, y, short):
			return qualityFaint
		case n == names.FewestSounds:
			return qualitySounds
		}
		return qualitySpelt
	case names.Han, names.Kana, names.Hangul:
		return readsAs(x, y)
	}
	return qualitySounds
}

// readsAs is how well a word in Han, Kana or Hangul is read as the Latin one is written:
// 华坤 is Huakun, not Haokun.
func readsAs(x, y *names.Token) int32 {
	var array [64]byte
	reading := names.AppendReading(array[:0], x)
	allowed := 1
	if x.Script == names.Hangul { // eo is u or o as often: Samsung
		allowed = 2
	}
	n := edits(string(reading), y.Key, allowed)
	if x.Script == names.Hangul && names.Customary(x, y) {
		n = min(n, allowed)
	}
	switch {
	case n == 0 && len(reading) > names.FewestSounds:
		return qualitySpelt
	case n <= allowed && len(reading) > names.FewestSounds+1:
		return qualitySounds
	}
	return qualityFaint
}

// spells reports whether the Latin word y has the letters of x, in Arabic or Hebrew
// script, and besides them only vowels. A vowel that begins a word is always written;
// one that ends it is unless the word has consonants enough to be known without (short).
func spells(x, y *names.Token, short bool) bool {
	var array [48]byte
	spoken := appendSpoken(array[:0], y.Spelling())
	if len(spoken) == 0 || len(spoken) > longestSpoken {
		return false
	}
	r, _ := utf8.DecodeRuneInString(x.Key)
	if isVowelSound(spoken[0]) && !strings.ContainsRune("اويعאויע", r) {
		return false
	}
	return follows(x.Key, spoken, short)
}

// longestSpoken is how many sounds a word has at most, a bit each.
const longestSpoken = 63

// follows reports whether what is written stands in what is spoken, in order, with
// nothing but vowels besides. It goes through the letters with the set of all places in
// what is spoken that those before may have reached.
func follows(written string, spoken []byte, short bool) bool {
	reached := uint64(1)
	for i, r := range written {
		rest := written[i+utf8.RuneLen(r):]
		next, _ := utf8.DecodeRuneInString(rest)
		sounds := soundsOf[r]
		from := passVowels(reached, spoken)
		reached = 0
		switch {
		case sounds == "", // a glottal letter, which Latin writes as a vowel or not at all
			next == r, // الله: Allah
			sounds == "A" && (soundsOf[next] == "I" || soundsOf[next] == "U"): // only carries the vowel after it: ایران, تایدواتر
			reached = from
		case rest == "" && (r == 'ه' || r == 'ה'): // for a or e, or not spoken
			return endsWith(from, spoken, "", "h", "A", "I", "AI", "Ah", "Ih")
		case rest == "" && r == 'ي' && endsWith(from, spoken, "A"): // الأقصى: Aqsa
			return true
		}
		for set := from; set != 0; set &= set - 1 {
			at := bits.TrailingZeros64(set)
			if at < len(spoken) && (strings.IndexByte(sounds, spoken[at]) >= 0 || i == 0 && at == 0 && sounds == "A" && isVowelSound(spoken[0])) {
				reached |= 1 << (at + 1)
			}
		}
	}
	return endsWith(reached, spoken, "") || !short && endsWith(reached, spoken, "A", "I")
}

// passVowels adds the places that vowels lead to.
func passVowels(reached uint64, spoken []byte) uint64 {
	for at, c := range spoken {
		if isVowelSound(c) && reached>>at&1 != 0 {
			reached |= 1 << (at + 1)
		}
	}
	return reached
}

// endsWith reports whether what is spoken after some place reached is one of the ends.
func endsWith(reached uint64, spoken []byte, ends ...string) bool {
	return slices.ContainsFunc(ends, func(end string) bool {
		at := len(spoken) - len(end)
		return at >= 0 && reached>>at&1 != 0 && string(spoken[at:]) == end
	})
}

func isVowelSound(c byte) bool { return c == 'A' || c == 'I' || c == 'U' }

// soundsOf gives the sounds that a letter may have in Latin, as [appendSpoken] writes
// them; the glottal letters have none.
var soundsOf = map[rune]string{
	'ا': "A", 'ي': "I", 'و': "U", 'ب': "bp", 'پ': "p", 'ت': "tT", 'ٹ': "t", 'ط': "t", 'د': "dD", 'ڈ': "d", 'ث': "Tts", 'س': "s", 'ص': "s", 'ج': "jg", 'چ': "C",
	'ژ': "Zjz", 'ح': "hH", 'خ': "Hh", 'ه': "h", 'ر': "r", 'ڑ': "r", 'ز': "z", 'ذ': "Ddz", 'ض': "Ddz", 'ظ': "Ddz", 'ش': "x", 'غ': "Gg", 'ق': "qkgG", 'ك': "k", 'ڪ': "k",
	'گ': "gG", 'ف': "f", 'ڤ': "U", 'ل': "l", 'م': "m", 'ن': "n", 'ں': "n",
	'א': "A", 'י': "I", 'ו': "U", 'ב': "bU", 'ג': "g", 'ד': "d", 'ה': "h", 'ז': "z", 'ח': "hHC", 'ט': "t", 'כ': "kHC", 'ל': "l", 'מ': "m", 'נ': "n", 'ס': "s", 'פ': "pf",
	'צ': "sz", 'ק': "kq", 'ר': "r", 'ש': "xs", 'ת': "tT",
}

// appendSpoken appends the sounds of a Latin word, one letter each: the vowels A, I (e
// and y too) and U (o, v and w too), C for ch, D for dh, G for gh, H for kh, T for th, Z
// for zh, x for sh. A doubled consonant is one.
func appendSpoken(dst []byte, text string) []byte {
	const plain, before = "aeiyouvwkgcztdspfqbhjlmnrx", "AIIIUUUUkgkztdspfqbhjlmnrk"
	start := len(dst)
	for i := 0; i < len(text); i++ {
		c := byte(0)
		if at := strings.IndexByte(plain, text[i]); at >= 0 {
			c = before[at]
		}
		next := byte(0)
		if i+1 < len(text) {
			next = text[i+1]
		}
		switch {
		case next == 'h' && strings.IndexByte("kgcztdsp", text[i]) >= 0:
			c = "HGCZTDxf"[strings.IndexByte("kgcztdsp", text[i])]
			i++
		case text[i] == 'c' && (next == 'e' || next == 'i'):
			c = 's'
		case text[i] == 'd' && next == 'j', text[i] == 't' && next == 'c':
			continue // dj and tch
		case text[i] == 'x':
			dst = append(dst, 'k')
			c = 's'
		}
		if n := len(dst); c != 0 && (n == start || dst[n-1] != c || isVowelSound(c)) {
			dst = append(dst, c)
		}
	}
	return dst
}
