package risk

import (
	"slices"
	"strings"
	"unicode"
)

// clauses takes text apart into its clauses, each as folded words: letters and
// digits, a point or comma between digits among them. What stands between full
// stops, semicolons or brackets is said by itself.
func clauses(text string) (out [][]string) {
	var words []string
	var word []rune
	runes := []rune(text)
	flush := func() {
		if len(word) > 0 {
			words, word = append(words, strings.ToLower(string(word))), word[:0]
		}
	}
	for i, r := range runes {
		inNumber := i > 0 && i+1 < len(runes) && unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1])
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), (r == '.' || r == ',') && inNumber:
			word = append(word, r)
		case r == '\'' || r == '’':
		case strings.ContainsRune(".;:!?()[]。；\n", r):
			flush()
			if len(words) > 0 {
				out, words = append(out, words), nil
			}
		default:
			flush()
		}
	}
	if flush(); len(words) > 0 {
		out = append(out, words)
	}
	return out
}

// pattern is words in a row, each of several, the last letters open where it ends
// in *; where ~ stands, up to four others may lie between.
type pattern []slot

type slot struct {
	words []string
	gap   int // words that may lie before it
}

// maxGap is how many words a ~ may stand for.
const maxGap = 4

func parsePattern(s string) pattern {
	var p pattern
	gap := 0
	for part := range strings.FieldsSeq(s) {
		if part == "~" {
			gap = maxGap
			continue
		}
		p = append(p, slot{strings.Split(part, "|"), gap})
		gap = 0
	}
	return p
}

func (s *slot) is(word string) bool {
	return slices.ContainsFunc(s.words, func(w string) bool {
		stem, open := strings.CutSuffix(w, "*")
		return word == stem || open && strings.HasPrefix(word, stem)
	})
}

// at tells whether the pattern begins at a word, and behind which it ends.
func (p pattern) at(words []string, from int) (end int, ok bool) {
	if from >= len(words) || !p[0].is(words[from]) {
		return 0, false
	}
	if len(p) == 1 {
		return from + 1, true
	}
	for skip := range p[1].gap + 1 {
		if end, ok := p[1:].at(words, from+1+skip); ok {
			return end, true
		}
	}
	return 0, false
}

// negations are words that take back what follows them.
var negations = []string{"no", "not", "never", "without", "neither", "nor", "cannot", "denied", "denies", "deny", "denying", "refused", "refuses", "isnt", "wasnt", "didnt", "нет", "не", "без"}

// negated tells whether what stands from one word to another is taken back: by a
// word among the three before it, or between.
func negated(words []string, from, end int) bool {
	return slices.ContainsFunc(words[max(0, from-3):end], func(w string) bool { return slices.Contains(negations, w) })
}
