package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions"
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
	nasab  bool // father and son change places
	acro   bool
	whole  bool                 // the same letters, divided otherwise
	joined [2][]rune            // buffers
	slips  sanctions.Similarity // of the names as a whole, if it decides
}

// side is one of the two names during a comparison.
type side struct {
	all   []Weighed
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

func (s *side) load(all []Weighed) {
	s.all = all[:min(len(all), MaxWords)]
	s.words, s.forms = s.words[:0], s.forms[:0]
	for i := range s.all {
		if s.all[i].Class == LegalForm {
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

func (s *side) word(i int32) *Weighed { return &s.all[s.words[i]] }

// Score is the score and strength of [Compare] without the parts.
func (s *Scorer) Score(a, b []Weighed) (sanctions.Similarity, sanctions.Strength) {
	if less(b, a) { // one orientation for both orders, so that ties fall alike
		a, b = b, a
	}
	s.align(a, b)
	return s.judge()
}

// Explain is Score with the parts.
func (s *Scorer) Explain(a, b []Weighed) Comparison {
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

func less(a, b []Weighed) bool {
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
func (s *Scorer) align(a, b []Weighed) {
	s.a.load(a)
	s.b.load(b)
	s.whole, s.acro, s.slips, s.excess, s.nasab = false, false, 0, false, false
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

// dropWild takes wild typos back where no word of the names' own agrees: MAAN is
// not Iran because both make aluminium. A misspelt particle is harmless unless it is all
// the name that there is. Of a person at least two names must agree for
// a third to be far off.
func (s *Scorer) dropWild() {
	if len(s.a.words) > 0 && len(s.b.words) > 0 && s.persons() {
		s.dropStrangers()
		return
	}
	for i := range int32(len(s.a.words)) {
		if j := s.a.to[i]; j >= 0 && s.a.how[i] < Typo && (s.a.word(i).own() || !s.a.word(i).common()) && (s.b.word(j).own() || !s.b.word(j).common()) {
			return
		}
	}
	ownA, ownB := s.a.own(), s.b.own()
	for i := range int32(len(s.a.words)) {
		j := s.a.to[i]
		if j < 0 || ownA > 1 && ofParticle(s.a.word(i), s.b.word(j)) || ownB > 1 && ofParticle(s.b.word(j), s.a.word(i)) {
			continue
		}
		if s.a.how[i] == Typo && wild(s.a.word(i), s.b.word(j), s.a.qual[i]) {
			s.a.to[i], s.a.how[i] = -1, Missing
			s.b.to[j], s.b.how[j] = -1, Missing
		}
	}
}

// dropStrangers takes typos back in the names of persons of whom fewer than two names
// agree: Castillo is not Castro.
func (s *Scorer) dropStrangers() {
	agree := 0
	for i := range int32(len(s.a.words)) {
		if s.a.to[i] >= 0 && s.a.how[i] < Typo && s.a.word(i).Class == Word {
			agree++
		}
	}
	if agree > 1 {
		return
	}
	for i := range int32(len(s.a.words)) {
		if j := s.a.to[i]; j >= 0 && s.a.how[i] == Typo && stranger(s.a.word(i), s.b.word(j), s.a.qual[i]) {
			s.a.to[i], s.a.how[i] = -1, Missing
			s.b.to[j], s.b.how[j] = -1, Missing
		}
	}
}

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
			if x.Term != y.Term || x.Class != y.Class || x.Span == 1 && y.Span == 1 {
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
// banque centrale is no misspelt central bank.
func (s *Scorer) translate(i int32) {
	for k := range s.a.length(i) {
		if s.a.how[i+k] == Typo {
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
func relateJoined(x, y, z *Weighed) (quality int32, how Outcome) {
	switch {
	case x.Class == Particle && y.Class == Particle || x.Script != y.Script:
	case x.Script == z.Script:
		if len(z.Key) == len(x.Key)+len(y.Key) && z.Key[:len(x.Key)] == x.Key && z.Key[len(x.Key):] == y.Key {
			return qualityJoined, Joined
		}
	case x.Class == Word && y.Class == Word && z.Class == Word:
		if soundsJoined(x, y, z) {
			both := Token{Text: x.Text + y.Text, Key: x.Key + y.Key, Script: x.Script}
			return soundsAs(&both, &z.Token, false), Sounds
		}
	}
	return 0, Missing
}

// soundsJoined reports whether the skeletons of x and y make that of z. A letter
// that ends the one and begins the other counts once.
func soundsJoined(x, y, z *Weighed) bool {
	var a, b, c [48]byte
	s, t, whole := AppendSkeleton(a[:0], &x.Token), AppendSkeleton(b[:0], &y.Token), AppendSkeleton(c[:0], &z.Token)
	if len(s) == 0 || len(t) == 0 || len(whole) <= shortestSkeleton {
		return false
	}
	if s[len(s)-1] == t[0] {
		t = t[1:]
	}
	return len(s)+len(t) == len(whole) && string(whole[:len(s)]) == string(s) && string(whole[len(s):]) == string(t)
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

// pairForms compares the legal forms, and takes words that are left over for a
// misspelt legal form where they look like the other name's.
func (s *Scorer) pairForms() {
	spelt := s.misspelt(&s.a, &s.b)
	spelt = s.misspelt(&s.b, &s.a) || spelt
	fa, fb := len(s.a.forms), len(s.b.forms)
	s.form1 = fa+fb > 0
	switch {
	case fa == 0 && fb == 0:
		s.form = FormSame
	case spelt:
		s.form = FormSpelled
	case fa == 0 || fb == 0:
		s.form = FormMissing
	default:
		s.form = FormDiffers
		common := s.a.formsIn(&s.b)
		if common > 0 {
			s.form = FormSame
		}
		s.excess = common > 0 && (common < fa || s.b.formsIn(&s.a) < fb)
	}
}

// formsIn counts the legal forms that the other name has too.
func (s *side) formsIn(other *side) (n int) {
	for _, i := range s.forms {
		if slices.ContainsFunc(other.forms, func(j int32) bool { return s.all[i].Term == other.all[j].Term }) {
			n++
		}
	}
	return n
}

// misspelt takes words that are left over in one name for misspelt legal forms of the
// other. One of up to three letters is none if it is the only word of its own, or if
// the form is told already. A word that tables know and that is spelt right is part of
// a misspelt form only beside a part that is not: Standard Bank is no chartered bank.
func (s *Scorer) misspelt(of, other *side) bool {
	loose := of.unpaired() == 1 && other.unpaired() == 0
	found := of.formsSpelled(other, loose, false)
	if found {
		of.formsSpelled(other, loose, true)
	}
	return found
}

// formsSpelled marks what is left over and looks like a legal form of the other name;
// right tells whether words that tables know and that are spelt right are looked at, or
// all others.
func (s *side) formsSpelled(other *side, loose, right bool) (found bool) {
	own := s.own()
	for i := range int32(len(s.words)) {
		x := s.word(i)
		short := x.runes() <= 3
		if s.to[i] >= 0 || s.how[i] == FormSpelled || x.Class != Word && x.Class != Initial || short && own == 1 && x.own() {
			continue
		}
		for _, j := range other.forms {
			form := &other.all[j]
			if short && s.hasForm(form.Term) || right != (x.known() && hasWord(form.Text, x.Text)) {
				continue
			}
			if x.Class == Word && LooksLikeForm(x, form, loose) || x.Splinter() && MadeOf(x, form) {
				s.how[i], found = FormSpelled, true
				break
			}
		}
	}
	return found
}

// hasWord reports whether a word is one of those of a phrase.
func hasWord(phrase, word string) bool {
	for part := range strings.SplitSeq(phrase, " ") {
		if part == word {
			return true
		}
	}
	return false
}

func (s *side) hasForm(term string) bool {
	return slices.ContainsFunc(s.forms, func(i int32) bool { return s.all[i].Term == term })
}

func (s *side) unpaired() (n int) {
	for i := range s.words {
		if s.to[i] < 0 {
			n++
		}
	}
	return n
}

// own counts the words of a name's own.
func (s *side) own() (n int) {
	for i := range s.words {
		if s.word(int32(i)).own() {
			n++
		}
	}
	return n
}

// own reports whether no table knows the word.
func (w *Weighed) own() bool { return w.Class == Word && w.Term == "" && !w.Generic }

// Splinter reports whether a word is so short that it may be a piece of a legal
// form written with dots: ED of S.A. ED C.V.
func (w *Weighed) Splinter() bool {
	return w.Class == Initial || w.Class == Word && w.TextIs.runes() <= 2
}

// longestDotted is how many letters a legal form has that is written with dots.
const longestDotted = 8

// MadeOf reports whether all letters of a splinter are in a short legal form.
func MadeOf(splinter, form *Weighed) bool {
	if len(form.Text)-strings.Count(form.Text, " ") > longestDotted {
		return false
	}
	for _, r := range splinter.Text {
		if !strings.ContainsRune(form.Text, r) {
			return false
		}
	}
	return true
}

// LooksLikeForm reports whether a word may be a misspelling of a word of the legal form,
// as LIMITEC is of limited: by one edit, or two from five letters on. A form of two
// letters may be misspelt in one or have one more, AQO for AO, by a word that no table
// knows. Where all other words agree (loose), a word of five or six letters may also be
// two edits from a form of four: OJCMS, of OJSC.
func LooksLikeForm(word, form *Weighed, loose bool) bool {
	rest := form.Text
	for rest != "" {
		var part string
		part, rest, _ = strings.Cut(rest, " ")
		a, b := word.TextIs.runes(), utf8.RuneCountInString(part)
		reach := 1
		switch short, long := min(a, b), max(a, b); {
		case short < 2 || short == 2 && (long > 3 || word.known()):
			reach = 0
		case short > 4 || loose && short == 4 && long > 4:
			reach = 2
		}
		if Edits(word.Text, part, reach) <= reach {
			return true
		}
	}
	return false
}
