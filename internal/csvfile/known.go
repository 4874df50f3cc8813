package csvfile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// many is how many words a reader looks through: of more, only the nearest are told.
const many = 100

// Known says which words there are, for a fault of one that is none of them: those that
// are spelt like it first, as what may be meant, and then all if they are not many.
func Known(word string, known []string) string {
	near := slices.Clone(known)
	near = slices.DeleteFunc(near, func(k string) bool { return edits(word, k) > len(word)/3 })
	slices.SortStableFunc(near, func(a, b string) int { return cmp.Compare(edits(word, a), edits(word, b)) })
	near = near[:min(len(near), 3)]
	var out []string
	if len(near) > 0 {
		out = append(out, fmt.Sprintf("is %s meant?", strings.Join(near, " or ")))
	}
	switch {
	case len(known) == 0:
		out = append(out, "none is known")
	case len(known) <= many:
		out = append(out, "known are "+strings.Join(known, ", "))
	default:
		out = append(out, fmt.Sprintf("known are %d, such as %s", len(known), strings.Join(known[:3], ", ")))
	}
	return strings.Join(out, " ")
}

// edits is how many bytes must be put in, left out or changed to make one of the other.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
