package similarity

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// MaxWords is how many words of a name are compared; what follows is left out.
const MaxWords = 48

// Scorer compares names whose words are ready. It keeps its buffers between
// calls and must not be used by two goroutines at once. The zero Scorer is
// ready.
type Scorer struct {
	a, b   side
	pairs  []pairing
	form   Outcome
	form1  bool // some legal form stands on either side
	excess bool // they share a legal form, and one has another besides
	body   bool // one has a legal form, and a word of the other says that it is another sort of body
	nasab  bool // father and son change places
	acro   bool
	whole  bool                 // the same letters, divided otherwise
	joined [2][]rune            // buffers
	slips  sanctions.Similarity // of the names as a whole, if it decides
}

// side is one of the two names during a comparison.
type side struct {
	all   []names.Weighed
	words []int32 // positions in all of what is no legal form
	forms []int32 // positions of the legal forms
	to    []int32 // of each word, the word of the other side it is paired with, or -1
	how   []Outcome
	qual  []int32
	used  []int32 // the weight at which it counts
}

type pairing struct {
	i, j    int32
	quality int32
	gain    int32
	how     Outcome
}

func (s *side) load(all []names.Weighed) {
	s.all = all[:min(len(all), MaxWords)]
	s.words, s.forms = s.words[:0], s.forms[:0]
	for i := range s.all {
		if s.all[i].Class == names.LegalForm {
			s.forms = append(s.forms, int32(i))
		} else {
			s.words = append(s.words, int32(i))
		}
	}
	n := len(s.words)
	s.to = slices.Grow(s.to[:0], n)[:n]
	s.how = slices.Grow(s.how[:0], n)[:n]
	s.qual = slices.Grow(s.qual[:0], n)[:n]
	s.used = slices.Grow(s.used[:0], n)[:n]
	for i := range n {
		s.to[i], s.how[i], s.qual[i] = -1, Missing, 0
	}
}

func (s *side) word(i int32) *names.Weighed { return &s.all[s.words[i]] }

// Score is the score and strength of [Compare] without the parts.
func (s *Scorer) Score(a, b []names.Weighed) (sanctions.Similarity, sanctions.Strength) {
	if less(b, a) { // one orientation for both orders, so that ties fall alike
		a, b = b, a
	}
	s.align(a, b)
	return s.judge()
}

// Explain is Score with the parts.
func (s *Scorer) Explain(a, b []names.Weighed) Comparison {
	swapped := less(b, a)
	if swapped {
		a, b = b, a
	}
	s.align(a, b)
	var c Comparison
	c.Score, c.Strength = s.judge()
	c.Parts = s.parts(swapped)
	return c
}

func less(a, b []names.Weighed) bool {
	if c := cmp.Compare(len(a), len(b)); c != 0 {
		return c < 0
	}
	for i := range a {
		if c := strings.Compare(a[i].Text, b[i].Text); c != 0 {
			return c < 0
		}
	}
	return false
}

// align pairs the words of the two names: equal ones first, then words divided
// otherwise, then the best of what resembles each other, then what phrases leave
// over that mean the same, then what looks like the other's legal form.
func (s *Scorer) align(a, b []names.Weighed) {
	s.a.load(a)
	s.b.load(b)
	s.whole, s.acro, s.slips, s.excess, s.body, s.nasab = false, false, 0, false, false, false
	s.pairEqual()
	s.pairJoined(&s.a, &s.b)
	s.pairJoined(&s.b, &s.a)
	s.pairAlike()
	if !s.nearWhole() {
		s.dropWild()
	}
	s.pairPhrases()
	s.pairForms()
}

func (s *Scorer) pair(i, j, quality int32, how Outcome) {
	s.a.to[i], s.b.to[j] = j, i
	s.a.how[i], s.b.how[j] = how, how
	s.a.qual[i], s.b.qual[j] = quality, quality
	w := min(s.a.word(i).Weight, s.b.word(j).Weight)
	s.a.used[i], s.b.used[j] = w, w
}

func (s *Scorer) pairEqual() {
	for i := range int32(len(s.a.words)) {
		if s.a.to[i] >= 0 {
			continue
		}
		x := s.a.word(i)
		found := int32(-1)
		for j := range int32(len(s.b.words)) {
			y := s.b.word(j)
			if s.b.to[j] >= 0 || x.Key != y.Key || x.Script != y.Script {
				continue
			}
			if q, _ := Relate(x, y); q == 0 {
				continue
			}
			if found = j; x.Text == y.Text {
				break
			}
		}
		if found >= 0 {
			quality, how := Relate(x, s.b.word(found))
			s.pair(i, found, quality, how)
		}
	}
}

// pairJoined finds two neighbours of one side that are one word of the other.
func (s *Scorer) pairJoined(two, one *side) {
	for i := range int32(len(two.words)) - 1 {
		if two.to[i] >= 0 || two.to[i+1] >= 0 {
			continue
		}
		x, y := two.word(i), two.word(i+1)
		for j := range int32(len(one.words)) {
			z := one.word(j)
			if one.to[j] >= 0 {
				continue
			}
			quality, how := relateJoined(x, y, z)
			if quality == 0 {
				continue
			}
			w := min(x.Weight+y.Weight, z.Weight)
			two.to[i], two.to[i+1], one.to[j] = j, j, i
			two.how[i], two.how[i+1], one.how[j] = how, how, how
			two.qual[i], two.qual[i+1], one.qual[j] = quality, quality, quality
			two.used[i], two.used[i+1], one.used[j] = 0, w, w
			break
		}
	}
}

// relateJoined tells how well the word z stands for x and y written as one.
func relateJoined(x, y, z *names.Weighed) (quality int32, how Outcome) {
	switch {
	case x.Class == names.Particle && y.Class == names.Particle || x.Script != y.Script:
	case x.Script == z.Script:
		if isBoth(z.Text, x.Text, y.Text) || isBoth(z.Key, x.Key, y.Key) {
			return qualityJoined, Joined
		}
	case x.Class == names.Word && y.Class == names.Word && z.Class == names.Word:
		if soundsJoined(x, y, z) {
			both := names.Token{Text: x.Text + y.Text, Key: x.Key + y.Key, Script: x.Script}
			return soundsAs(&both, &z.Token, false), Sounds
		}
	}
	return 0, Missing
}

// isBoth reports whether a text is two others, one behind the other.
func isBoth(text, head, tail string) bool {
	return len(text) == len(head)+len(tail) && text[:len(head)] == head && text[len(head):] == tail
}

// soundsJoined reports whether the skeletons of x and y make that of z. A letter
// that ends the one and begins the other counts once; x alone does not make it.
func soundsJoined(x, y, z *names.Weighed) bool {
	var a, b, c [48]byte
	s, t, whole := names.AppendSkeleton(a[:0], &x.Token), names.AppendSkeleton(b[:0], &y.Token), names.AppendSkeleton(c[:0], &z.Token)
	if len(s) == 0 || len(t) == 0 || len(whole) <= names.ShortestSkeleton {
		return false
	}
	if s[len(s)-1] == t[0] {
		t = t[1:]
	}
	return len(t) > 0 && len(s)+len(t) == len(whole) && string(whole[:len(s)]) == string(s) && string(whole[len(s):]) == string(t)
}

// pairAlike pairs what is left, the greatest gain first.
func (s *Scorer) pairAlike() {
	s.pairs = s.pairs[:0]
	for i := range int32(len(s.a.words)) {
		if s.a.to[i] >= 0 {
			continue
		}
		x := s.a.word(i)
		for j := range int32(len(s.b.words)) {
			if s.b.to[j] >= 0 {
				continue
			}
			y := s.b.word(j)
			if quality, how := Relate(x, y); quality > 0 {
				s.pairs = append(s.pairs, pairing{i, j, quality, quality * min(x.Weight, y.Weight), how})
			}
		}
	}
	if len(s.pairs) > 1 {
		slices.SortFunc(s.pairs, func(p, q pairing) int {
			return cmp.Or(cmp.Compare(q.gain, p.gain), cmp.Compare(p.i, q.i), cmp.Compare(p.j, q.j))
		})
	}
	for _, p := range s.pairs {
		if s.a.to[p.i] < 0 && s.b.to[p.j] < 0 {
			s.pair(p.i, p.j, p.quality, p.how)
		}
	}
}
