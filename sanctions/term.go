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

// termKey is the term in lower case with underscores. A term that is written so
// already, as in nearly every cell, costs nothing.
func termKey(s string) string {
	s = strings.TrimSpace(s)
	if strings.IndexFunc(s, func(r rune) bool { return r == ' ' || r == '-' || 'A' <= r && r <= 'Z' || r > 127 }) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return '_'
		}
		return r
	}, strings.ToLower(s))
}
