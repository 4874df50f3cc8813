package sanctions

import (
	"fmt"
	"strings"
)

// parseTerm finds s among the terms of a closed vocabulary. Case, surrounding
// space and the choice between space, hyphen and underscore do not count.
func parseTerm[T ~string](what, s string, terms []T) (T, error) {
	key := termKey(s)
	for _, t := range terms {
		if termKey(string(t)) == key {
			return t, nil
		}
	}
	known := make([]string, len(terms))
	for i, t := range terms {
		known[i] = string(t)
	}
	return "", fmt.Errorf("unknown %s %q; known are %s", what, s, strings.Join(known, ", "))
}

func termKey(s string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(s)))
}
