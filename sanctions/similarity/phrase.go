package similarity

// pairPhrases pairs phrases with the words or phrases that mean the same. Words
// of them that are paired with each other already stay so, and the others are
// covered by the meaning.
func (s *Scorer) pairPhrases() {
	for i := range int32(len(s.a.words)) {
		x := s.a.word(i)
		if x.Term == "" {
			continue
		}
		for j := range int32(len(s.b.words)) {
			y := s.b.word(j)
			if x.Term != y.Term && !akinPhrases(x, y) || x.Class != y.Class || x.Span == 1 && y.Span == 1 {
				continue
			}
			inA, within := s.a.inside(i, j, s.b.length(j))
			inB, back := s.b.inside(j, i, s.a.length(i))
			if !within || !back {
				continue
			}
			if inA == s.a.length(i) && inB == s.b.length(j) {
				s.translate(i)
				continue
			}
			w := min(s.a.weigh(i), s.b.weigh(j))
			if inA > 0 {
				w = 0 // counted with the words that are paired
			}
			s.a.take(i, j, w)
			s.b.take(j, i, w)
			break
		}
	}
}

// translate takes back the typos between the words of two phrases that mean the same:
// banque centrale is no misspelt central bank, and midle east is another spelling.
func (s *Scorer) translate(i int32) {
	for k := range s.a.length(i) {
		if s.a.how[i+k] != Typo {
			continue
		}
		if x, y := s.a.word(i+k), s.b.word(s.a.to[i+k]); x.Key == y.Key {
			s.pair(i+k, s.a.to[i+k], qualityVariant, Variant)
		} else {
			s.pair(i+k, s.a.to[i+k], qualityTranslation, Translation)
		}
	}
}

// inside counts the words of the phrase at i that are paired, and reports
// whether all of them are with words of the phrase of length n at j.
func (s *side) inside(i, j, n int32) (paired int32, all bool) {
	for k := range s.length(i) {
		to := s.to[i+k]
		if to < 0 {
			continue
		}
		if paired++; to < j || to >= j+n || s.used[i+k] == 0 {
			return paired, false
		}
	}
	return paired, true
}

// length is how many words the phrase at i has among those that are compared.
func (s *side) length(i int32) int32 {
	return min(int32(max(s.word(i).Span, 1)), int32(len(s.words))-i)
}

// weigh is the weight of the phrase at i.
func (s *side) weigh(i int32) int32 {
	var w int32
	for k := range s.length(i) {
		w += s.word(i + k).Weight
	}
	return w
}

// take pairs what is left over of the phrase at i with the one at j of the other
// side. The first word counts for all.
func (s *side) take(i, j, weight int32) {
	for k := range s.length(i) {
		if s.to[i+k] < 0 {
			s.to[i+k], s.how[i+k], s.qual[i+k], s.used[i+k] = j, Translation, qualityTranslation, weight
			weight = 0
		}
	}
}
