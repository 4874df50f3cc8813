package similarity

import (
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// edits is the number of single-letter insertions, deletions, substitutions and
// swaps of neighbours that turn one string into the other, counted up to limit:
// a greater number is returned as limit+1. Two swapped letters may also have one
// letter put or lost between them, so up to two edits it is Damerau's distance;
// beyond, no letter is edited otherwise twice. It counts runes, is symmetric and
// allocates nothing for strings of up to 64 runes.
func edits(a, b string, limit int) int {
	if a == b {
		return 0
	}
	if limit <= 2 {
		edits, _ := editsAndSwaps(a, b, limit)
		return edits
	}
	a, b = trimCommon(a, b)
	var bufA, bufB [64]rune
	return editsTable(appendRunes(bufA[:0], a), appendRunes(bufB[:0], b), limit, true)
}

// editsAndSwaps also tells how many of the edits are swaps, the most that so few
// edits can have.
func editsAndSwaps(a, b string, limit int) (edits, swaps int) {
	if a == b {
		return 0, 0
	}
	if limit <= 2 {
		if x, y := trimASCII(a, b); names.ASCII(x) && names.ASCII(y) {
			return editsFew(x, y, limit)
		}
	}
	a, b = trimCommon(a, b)
	var bufA, bufB [64]rune
	return editsOfRunes(appendRunes(bufA[:0], a), appendRunes(bufB[:0], b), limit)
}

func editsOfRunes(a, b []rune, limit int) (edits, swaps int) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if edits = editsTable(a, b, limit, true); edits > limit {
		return edits, 0
	}
	return edits, min(editsTable(a, b, 2*edits, false)-edits, edits)
}

// editsFew counts up to two edits of ASCII strings that differ in their first
// and last letters. The first letters take part in an edit then, of four kinds,
// and what is left must be at most one edit apart.
func editsFew(a, b string, limit int) (edits, swaps int) {
	if limit <= 0 {
		return limit + 1, 0
	}
	if one, swap := oneEdit(a, b); one {
		return 1, swap
	}
	switch {
	case limit == 1:
		return 2, 0
	case len(a) == 0 || len(b) == 0:
		return min(len(a)+len(b), 3), 0
	case len(a) == 3 && len(b) == 2 && a[0] == b[1] && a[2] == b[0], len(a) == 2 && len(b) == 3 && a[0] == b[2] && a[1] == b[0]:
		return 2, 1 // swapped, with a letter between
	}
	edits = 3
	try := func(a, b string, first int) {
		if d := len(a) - len(b); d > 1 || d < -1 {
			return
		}
		a, b = trimASCII(a, b)
		if one, swap := oneEdit(a, b); one || a == b {
			edits, swaps = 2, max(swaps, first+swap)
		}
	}
	try(a[1:], b[1:], 0)
	try(a[1:], b, 0)
	try(a, b[1:], 0)
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		try(a[2:], b[2:], 1)
	}
	return edits, swaps
}

// oneEdit reports whether one edit turns a into b, given that they differ in
// their first and last letters, and whether it is a swap.
func oneEdit(a, b string) (one bool, swaps int) {
	switch len(a) + len(b) {
	case 1:
		return true, 0
	case 2:
		return len(a) == 1, 0
	case 4:
		if len(a) == 2 && a[0] == b[1] && a[1] == b[0] {
			return true, 1
		}
	}
	return false, 0
}

func trimASCII(a, b string) (string, string) {
	n, i := min(len(a), len(b)), 0
	for i < n && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	n, i = n-i, 0
	for i < n && a[len(a)-1-i] == b[len(b)-1-i] {
		i++
	}
	return a[:len(a)-i], b[:len(b)-i]
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

func appendRunes(dst []rune, s string) []rune {
	for _, r := range s {
		dst = append(dst, r)
	}
	return dst
}

// editsTable is the dynamic programme, with or without swaps, in the band of cells that
// limit can reach: a cell that is further from the diagonal costs more by the difference of
// lengths alone. Beside the band stands a number over the limit.
func editsTable(a, b []rune, limit int, swaps bool) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	over := int16(limit + 1)
	var rows [4][66]int16
	above3, above2, above, row := rows[0][:], rows[1][:], rows[2][:], rows[3][:]
	if n := len(b) + 2; n > len(row) {
		above3, above2, above, row = make([]int16, n), make([]int16, n), make([]int16, n), make([]int16, n)
	}
	for j := range min(len(b), limit) + 2 {
		above[j] = int16(j)
	}
	for i := 1; i <= len(a); i++ {
		from, to := max(1, i-limit), min(len(b), i+limit)
		row[from-1], row[to+1] = over, over
		if i <= limit {
			row[0] = int16(i)
		}
		for j := from; j <= to; j++ {
			cost := int16(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if !swaps || i < 2 || j < 2 {
				continue
			}
			if a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], above2[j-2]+1)
			}
			if i > 2 && a[i-1] == b[j-2] && a[i-3] == b[j-1] {
				row[j] = min(row[j], above3[j-2]+2)
			}
			if j > 2 && a[i-1] == b[j-3] && a[i-2] == b[j-1] {
				row[j] = min(row[j], above2[j-3]+2)
			}
		}
		above3, above2, above, row = above2, above, row, above3
	}
	return min(int(above[len(b)]), limit+1)
}
