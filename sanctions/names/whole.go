package names

import "unicode/utf8"

// A careless hand may slip twice in one name. Where it slips in two short words, each
// of them alone is too far off to be told from another word, and the name as a whole
// is not: HMOE AND AGAY is HOME AND AWAY.

// fewestLetters is how many letters must carry a name for it to be taken as a whole:
// fewer are codes, which differ by a letter or two as a rule.
const fewestLetters = 8

// asWhole is how well one name stands for the other when the letters of all words
// that are misspelt, and of their own words that agree, are taken as one word. It is 0
// unless every word is paired, in the same order, and two or more are one edit apart
// each. What agrees and many names bear does not count.
func (s *Scorer) asWhole() int64 {
	edits, swaps, letters, last := 0, 0, 0, int32(-1)
	for i := range int32(len(s.a.words)) {
		j := s.a.to[i]
		if j < 0 { // a misspelt legal form, or a place told twice
			continue
		}
		if j < last {
			return 0
		}
		last = j
		x, y := s.a.word(i), s.b.word(j)
		switch {
		case s.a.how[i] == Typo:
			e, w := editsAndSwaps(x.Text, y.Text, 1)
			if e > 1 {
				e, w = editsAndSwaps(x.Key, y.Key, 1)
			}
			edits, swaps = edits+e, swaps+w
			letters += max(x.runes(), y.runes())
		case s.a.how[i] <= Joined && !x.common() && !y.common():
			letters += min(x.runes(), y.runes())
		}
	}
	if edits != 2 || letters < fewestLetters {
		return 0
	}
	return int64(qualitySame - (costOfEdits[edits]-giveBackForSwap*int32(swaps))/int32(letters))
}

func (w *Weighed) runes() int {
	if n := w.TextIs.runes(); n < sketchLongest {
		return n
	}
	return utf8.RuneCountInString(w.Text)
}
