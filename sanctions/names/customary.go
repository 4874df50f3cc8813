package names

import "strings"

// Customary reports whether a word in Hangul is the Latin one in the vowels and consonants
// of which Korean firms make their names, rather than in those of the Revised Romanization:
// hyeondae is Hyundai, guk Kook.
func Customary(x, y *Token) bool {
	var a, b, c [64]byte
	return string(appendCustomary(a[:0], appendRevised(b[:0], x.Key))) == string(appendCustomary(c[:0], []byte(y.Text)))
}

// appendCustomary appends a word with one letter for those that are customary for one sound.
func appendCustomary(dst, word []byte) []byte {
	for i := 0; i < len(word); i++ {
		var next byte
		if i+1 < len(word) {
			next = word[i+1]
		}
		c := word[i]
		switch pair := [2]byte{c, next}; pair {
		case [2]byte{'e', 'o'}, [2]byte{'e', 'u'}, [2]byte{'o', 'o'}, [2]byte{'o', 'u'}, [2]byte{'u', 'u'}:
			c = 'u'
			i++
		case [2]byte{'a', 'e'}, [2]byte{'a', 'i'}, [2]byte{'a', 'y'}:
			c = 'a'
			i++
		case [2]byte{'s', 'h'}:
			i++
		default:
			if at := strings.IndexByte("gdbroi", c); at >= 0 {
				c = "ktpluy"[at]
			}
		}
		if n := len(dst); n == 0 || dst[n-1] != c {
			dst = append(dst, c)
		}
	}
	return dst
}
