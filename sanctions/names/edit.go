package names

import "unicode/utf8"

// Edits is the number of single-letter insertions, deletions, substitutions and
// swaps of neighbours that turn one string into the other, counted up to limit:
// a greater number is returned as limit+1. No letter is edited twice, which
// makes it the optimal string alignment distance. It counts runes, is symmetric
// and allocates nothing for strings of up to 64 runes.
func Edits(a, b string, limit int) int {
	if a == b {
		return 0
	}
	a, b = trimCommon(a, b)
	if isASCII(a) && isASCII(b) {
		return editsBytes(a, b, limit)
	}
	var bufA, bufB [64]rune
	return editsTable(appendRunes(bufA[:0], a), appendRunes(bufB[:0], b), limit)
}

// trimCommon drops the common prefix and suffix, at rune boundaries. The
// distance does not change.
func trimCommon(a, b string) (string, string) {
	n := min(len(a), len(b))
	i := 0
	for i < n && a[i] == b[i] {
		i++
	}
	for i > 0 && i < len(a) && !utf8.RuneStart(a[i]) || i > 0 && i < len(b) && !utf8.RuneStart(b[i]) {
		i--
	}
	a, b = a[i:], b[i:]
	n, i = min(len(a), len(b)), 0
	for i < n && a[len(a)-1-i] == b[len(b)-1-i] {
		i++
	}
	for i > 0 && !utf8.RuneStart(a[len(a)-i]) {
		i--
	}
	return a[:len(a)-i], b[:len(b)-i]
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func appendRunes(dst []rune, s string) []rune {
	for _, r := range s {
		dst = append(dst, r)
	}
	return dst
}

// editsBytes is the bit-parallel form for ASCII strings of which the shorter
// has at most 64 letters. Source: H. Hyyrö, "A bit-vector algorithm for
// computing Levenshtein and Damerau edit distances", Nordic Journal of
// Computing 10 (2003).
func editsBytes(a, b string, limit int) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > limit {
		return limit + 1
	}
	switch {
	case len(a) == 0:
		return len(b)
	case len(b) == 1:
		return min(1, limit+1)
	case len(a) > 64:
		return editsTable([]rune(a), []rune(b), limit)
	}
	var where [128]uint64 // where[c] has bit i set when a[i] is c
	for i := range len(a) {
		where[a[i]] |= 1 << i
	}
	var (
		positive = ^uint64(0) // cells one more than the cell above
		negative = uint64(0)  // cells one less
		diagonal = uint64(0)  // cells equal to the one up and left
		before   = uint64(0)  // where of the previous letter of b
		last     = uint64(1) << (len(a) - 1)
		distance = len(a)
	)
	for i := range len(b) {
		here := where[b[i]]
		swap := (^diagonal & here) << 1 & before
		diagonal = ((here & positive) + positive) ^ positive | here | negative | swap
		right := negative | ^(diagonal | positive)
		left := diagonal & positive
		if right&last != 0 {
			distance++
		}
		if left&last != 0 {
			distance--
		}
		right = right<<1 | 1
		left <<= 1
		positive = left | ^(diagonal | right)
		negative = right & diagonal
		before = here
	}
	return min(distance, limit+1)
}

// editsTable is the plain dynamic programme.
func editsTable(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var rows [3][65]int
	above2, above, row := rows[0][:], rows[1][:], rows[2][:]
	if len(b) >= len(row) {
		above2, above, row = make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	}
	for j := range len(b) + 1 {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], above2[j-2]+1)
			}
		}
		above2, above, row = above, row, above2
	}
	return min(above[len(b)], limit+1)
}
