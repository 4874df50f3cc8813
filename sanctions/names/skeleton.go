package names

import (
	"bytes"
	_ "embed"
	"iter"
	"strings"
	"sync"
	"unicode/utf8"
)

// Skeleton reduces a token to the consonants that survive a change of script, so
// that بنك سامان and Bank Saman meet. Vowels, v and w go; letters that one script
// does not tell apart become one: b and p, d and t, g, k and q, ch, j and zh. It
// finds candidates; it is no evidence that two words are one. It may be empty, and
// [Skeletons] gives the others that a word may have.
//
// Han is read as Mandarin, Hangul and Kana by their letters: see [Token.Reading].
func (t *Token) Skeleton() string { return string(AppendSkeleton(nil, t)) }

// AppendSkeleton appends the skeleton of the token to dst.
func AppendSkeleton(dst []byte, t *Token) []byte {
	switch t.Script {
	case Latin:
		start := len(dst)
		dst = appendLatinSkeleton(dst, t.Key)
		if n := len(dst); strings.HasSuffix(t.Text, "j") && n > start && dst[n-1] != 'j' { // Basij, Meraj: the key takes it for a Slavic ending
			dst = append(dst, 'j')
		}
		return dst
	case Han, Kana, Hangul:
		var array [64]byte
		return appendLatinSkeleton(dst, string(AppendReading(array[:0], t)))
	}
	return appendAbjad(dst, t.Key, t.Script)
}

// Reading is a Latin key of how a word in Han, Kana or Hangul may be read aloud:
// in Mandarin (pinyin), by Hepburn, by the Revised Romanization. A character may
// have other readings (重庆 is Chongqing), and Japanese and Cantonese have their
// own for Han, so equal readings say less than equal keys. For a Latin token it is
// the key; for scripts that leave vowels out it is empty.
func (t *Token) Reading() string {
	switch t.Script {
	case Latin:
		return t.Key
	case Han, Kana, Hangul:
		var array [64]byte
		return string(AppendReading(array[:0], t))
	}
	return ""
}

// AppendReading appends the [Token.Reading] of a word in Han, Kana or Hangul to dst.
func AppendReading(dst []byte, t *Token) []byte {
	var array [96]byte
	raw := array[:0]
	switch t.Script {
	case Han:
		readings := mandarin()
		for _, r := range t.Key {
			raw = append(raw, readings[r]...)
		}
	case Kana:
		raw = appendHepburn(raw, t.Key)
	case Hangul:
		raw = appendRevised(raw, t.Key)
	}
	return appendKey(dst, raw, len(raw) <= 3)
}

// appendLatinSkeleton works on a folded key, where kh is h and ts is c.
func appendLatinSkeleton(dst []byte, key string) []byte {
	start := len(dst)
	for i := 0; i < len(key); i++ {
		c := key[i]
		next := byte(0)
		if i+1 < len(key) {
			next = key[i+1]
		}
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'v', 'w':
			continue
		case 'p':
			c = 'b'
		case 'd':
			c = 't'
		case 'q':
			c = 'k'
		case 'g':
			c = 'k'
			if i > 0 && key[i-1] == 'n' && next != 0 && !isVowel(next) || i > 0 && key[i-1] == 'n' && next == 0 {
				continue // ng is one sound
			}
		case 'c':
			if next == 'h' {
				c = 'j'
				i++
			} else {
				c = 's'
			}
		case 'z':
			if next == 'h' {
				c = 'j'
				i++
			}
		case 's':
			if next == 'h' {
				c = 'x'
				i++
			}
		case 'h':
			if next == 0 || i > 0 && strings.IndexByte("bdgjkpt", key[i-1]) >= 0 { // final or aspirate
				continue
			}
		case ' ':
			continue
		default:
			if c >= utf8.RuneSelf {
				continue
			}
		}
		if n := len(dst); n == start || dst[n-1] != c {
			dst = append(dst, c)
		}
	}
	return dst
}

// abjads gives the skeleton letter of each consonant of a script whose words are
// not romanised. Letters that are not listed are vowels or as good as that.
var abjads = sync.OnceValue(func() map[Script]map[rune]byte {
	return map[Script]map[rune]byte{
		Arabic:     consonants("b:بپ t:تطدڈٹ s:ثسص j:جچژ h:حخه z:ذزضظ r:رڑ x:ش k:غقكگڪ f:فڤ l:ل m:م n:نں"),
		Hebrew:     consonants("b:ב k:גכק t:דטת h:הח z:ז l:ל m:מ n:נ s:סצ f:פ r:ר x:ש"),
		Devanagari: consonants("k:कगघ h:खह j:चछजझ t:टठडढतथदध n:णनङञंँ b:पबभ f:फ m:म r:रऱ l:लळ x:शष s:स"),
		Thai:       consonants("k:ก h:ขฃคฅฆหฮ n:งนณ j:จฉชฌ s:ซศษส t:ดฎตฏทธฑฒถฐ b:บป f:ผพภฝฟ m:ม r:ร l:ลฬ"),
	}
})

func consonants(spec string) map[rune]byte {
	m := map[rune]byte{}
	for field := range strings.FieldsSeq(spec) {
		for _, r := range field[2:] {
			m[r] = field[0]
		}
	}
	return m
}

func appendAbjad(dst []byte, key string, script Script) []byte {
	start := len(dst)
	m := abjads()[script]
	var prev rune
	for i, r := range key {
		c, ok := m[r]
		switch {
		case !ok:
			prev = r
			continue
		case c == 'h' && i+utf8.RuneLen(r) == len(key): // final
			continue
		case r == 'گ' && prev == 'ن':
			continue
		}
		prev = r
		if n := len(dst); n == start || dst[n-1] != c {
			dst = append(dst, c)
		}
	}
	return dst
}

//go:embed pinyin.txt
var pinyinFile []byte

// rowsOf ranges over the lines of a table of characters, comments left out.
func rowsOf(file []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range bytes.Lines(file) {
			if line[0] != '#' && !yield(strings.TrimSpace(string(line))) {
				return
			}
		}
	}
}

// mandarin maps a character to its first Mandarin reading.
var mandarin = sync.OnceValue(func() map[rune]string {
	m := make(map[rune]string, 7000)
	for row := range rowsOf(pinyinFile) {
		syllable, chars, _ := strings.Cut(row, " ")
		syllable = strings.Replace(syllable, "v", "u", 1)
		for _, r := range chars {
			m[r] = syllable
		}
	}
	return m
})

//go:embed simplified.txt
var simplifiedFile []byte

// simplified maps a traditional character to its simplified form.
var simplified = sync.OnceValue(func() map[rune]rune {
	m := make(map[rune]rune, 2700)
	for row := range rowsOf(simplifiedFile) {
		pairs := []rune(row)
		for i := 0; i+1 < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
	}
	return m
})

// Revised Romanization of Korean (2000), letter by letter.
var (
	revisedInitial = [...]string{"g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"}
	revisedMedial  = [...]string{"a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"}
	revisedFinal   = [...]string{"", "k", "k", "ks", "n", "nj", "nh", "t", "l", "lk", "lm", "lb", "ls", "lt", "lp", "lh", "m", "p", "ps", "t", "t", "ng", "t", "t", "k", "t", "p", "t"}
)

func appendRevised(dst []byte, s string) []byte {
	for _, r := range s {
		if r < 0xAC00 || r > 0xD7A3 {
			continue
		}
		n := int(r - 0xAC00)
		dst = append(dst, revisedInitial[n/588]...)
		dst = append(dst, revisedMedial[n%588/28]...)
		dst = append(dst, revisedFinal[n%28]...)
	}
	return dst
}

// hepburn romanises Katakana and Hiragana, by rows of the syllabary.
var hepburn = sync.OnceValue(func() map[rune]string {
	m := map[rune]string{}
	rows := strings.Fields("アa イi ウu エe オo カka キki クku ケke コko サsa シshi スsu セse ソso タta チchi ツtsu テte トto " +
		"ナna ニni ヌnu ネne ノno ハha ヒhi フfu ヘhe ホho マma ミmi ムmu メme モmo ヤya ユyu ヨyo ラra リri ルru レre ロro " +
		"ワwa ヲo ンn ガga ギgi グgu ゲge ゴgo ザza ジji ズzu ゼze ゾzo ダda ヂji ヅzu デde ドdo バba ビbi ブbu ベbe ボbo " +
		"パpa ピpi プpu ペpe ポpo ヴvu ャya ュyu ョyo ァa ィi ゥu ェe ォo")
	for _, f := range rows {
		r, n := utf8.DecodeRuneInString(f)
		m[r] = f[n:]
		if r >= 'ァ' && r <= 'ヶ' { // hiragana stand at the same distance
			m[r-0x60] = f[n:]
		}
	}
	return m
})

// appendHepburn romanises a word; a small vowel sign joins its syllable.
func appendHepburn(dst []byte, s string) []byte {
	syllables := hepburn()
	for _, r := range s {
		switch r {
		case 'ャ', 'ュ', 'ョ', 'ゃ', 'ゅ', 'ょ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ': // kya, shu, fa
			if n := len(dst); n > 0 && isVowel(dst[n-1]) {
				dst = dst[:n-1]
				if part := syllables[r]; n >= 3 && (dst[n-2] == 'h' || dst[n-2] == 'j') { // sha, cho, ju
					dst = append(dst, part[len(part)-1])
					continue
				}
			}
			dst = append(dst, syllables[r]...)
		default:
			dst = append(dst, syllables[r]...)
		}
	}
	return dst
}
