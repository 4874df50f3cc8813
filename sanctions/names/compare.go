package names

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions"
)

// DefaultThreshold is the score at and above which two names are taken to match,
// so that a reviewer must look. Below it lie names that share a word or two.
const DefaultThreshold sanctions.Similarity = 8000

// The other thresholds of strength; see [Comparison].
const (
	strongThreshold sanctions.Similarity = 9200
	weakThreshold   sanctions.Similarity = 5500
)

// What a difference leaves of a score, in ten-thousandths.
const (
	keepFormMissing   = 9900 // one name has a legal form, the other none
	keepFormDiffers   = 9600 // two legal forms that exclude each other
	keepNumberExtra   = 8000 // one name has a number, the other none
	keepNumberDiffers = 6500 // numbers that contradict each other
	keepPlaceExtra    = 9500 // one name has a country or region, the other none
	keepPlaceDiffers  = 6500 // countries or regions that contradict each other
	keepNameDiffers   = 8500 // persons of whom each has a name that the other has not
	keepThin          = 9000 // one word that tells is all they share, and a word is missing
	keepDivided       = 9600 // the same letters, divided into words otherwise
)

// thin is the weight in thousandths above which a missing word makes a match on
// a single other word doubtful: ADF is not ADF Foods, while MIRZA may be MIRZA
// COMPANY.
const thin = 150

// doubtful is the quality below which a typo alone makes no match, whatever
// common words agree with it.
const doubtful = 7000

// forgiven is the part of what typos cost, in hundredths, that another word which
// agrees and is not generic gives back.
const forgiven = 40

// Comparison is how alike two names are, and why.
//
// The score is the weight of the words that the two names share, each by the
// quality of its pairing, over the weight of all their words: a word that only
// one name has counts by half. Differences that tell parties apart lower it
// further: other numbers and other countries much, other legal forms little.
// It is symmetric, does not depend on the order of words, on letter case or on
// how a legal form is spelt, lies between 0 and 1, and is 1 for a name and
// itself.
//
// The strength puts the outcome in words:
//
//   - exact: every word of both names is the same but for spelling or script;
//     at most a particle or the legal form is missing from one.
//   - strong: the names say the same; they may translate or divide words
//     otherwise, lack a word that many companies bear, or differ in legal form.
//   - probable: at or above [DefaultThreshold]; a typo, an initial or a missing
//     word stands between them, or one names a country or number that the
//     other does not.
//   - weak: 0.55 or more, or an acronym that fits: some words in common.
//   - none: less.
type Comparison struct {
	Score    sanctions.Similarity
	Strength sanctions.Strength
	Parts    []Part // in the order of the first name, then what only the second has
}

// Part is what happened to one word, or one run of words.
type Part struct {
	Outcome Outcome
	A, B    string               // the words as the names have them; empty where one lacks it
	Quality sanctions.Similarity // how well one stands for the other
	Weight  int                  // in thousandths of a distinctive word
}

// String is such as `typo: "sbanz" for "sabnz"`.
func (p Part) String() string {
	switch {
	case p.A == "":
		return fmt.Sprintf("%s: only the second has %q", p.Outcome, p.B)
	case p.B == "":
		return fmt.Sprintf("%s: only the first has %q", p.Outcome, p.A)
	case p.Outcome == Same:
		return fmt.Sprintf("same: %q", p.A)
	}
	return fmt.Sprintf("%s: %q and %q", p.Outcome, p.A, p.B)
}

// Reasons are the parts in words, for a reviewer.
func (c *Comparison) Reasons() []string {
	out := make([]string, len(c.Parts))
	for i, p := range c.Parts {
		out[i] = p.String()
	}
	return out
}

// Compare tells how alike two names are and why, word by word. w may be nil.
func Compare(a, b Name, w *Weights) Comparison {
	var s Scorer
	return s.Explain(w.Append(nil, a), w.Append(nil, b))
}

// MaxWords is how many words of a name are compared; what follows is left out.
const MaxWords = 48

// Scorer compares names whose words are ready. It keeps its buffers between
// calls and must not be used by two goroutines at once. The zero Scorer is
// ready.
type Scorer struct {
	a, b  side
	pairs []pairing
	form  Outcome
	form1 bool // some legal form stands on either side
	acro  bool
	whole bool // the same letters, divided otherwise
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
	s.whole, s.acro = false, false
	s.pairEqual()
	s.pairJoined(&s.a, &s.b)
	s.pairJoined(&s.b, &s.a)
	s.pairAlike()
	s.dropWild()
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
// not Iran because both make aluminium.
func (s *Scorer) dropWild() {
	for i := range int32(len(s.a.words)) {
		if j := s.a.to[i]; j >= 0 && s.a.how[i] < Typo && !s.a.word(i).common() && !s.b.word(j).common() {
			return
		}
	}
	for i := range int32(len(s.a.words)) {
		if j := s.a.to[i]; j >= 0 && s.a.how[i] == Typo && wild(s.a.word(i), s.b.word(j), s.a.qual[i]) {
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
			if !within || !back || inA == s.a.length(i) && inB == s.b.length(j) {
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
			return qualitySounds, Sounds
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
		for _, i := range s.a.forms {
			for _, j := range s.b.forms {
				if s.a.all[i].Term == s.b.all[j].Term {
					s.form = FormSame
				}
			}
		}
	}
}

func (s *Scorer) misspelt(of, other *side) bool {
	found := false
	for i := range int32(len(of.words)) {
		if of.to[i] >= 0 || of.word(i).Class != Word {
			continue
		}
		for _, j := range other.forms {
			if LooksLikeForm(of.word(i), &other.all[j]) {
				of.how[i], found = FormSpelled, true
				break
			}
		}
	}
	return found
}

// LooksLikeForm reports whether a word may be a misspelling of a word of the
// legal form, as LIMITEC is of limited: by one edit, or two from six letters on.
func LooksLikeForm(word, form *Weighed) bool {
	rest := form.Text
	for rest != "" {
		var part string
		part, rest, _ = strings.Cut(rest, " ")
		reach := 1
		switch short := min(word.TextIs.runes(), utf8.RuneCountInString(part)); {
		case short < 3:
			reach = 0
		case short > 5:
			reach = 2
		}
		if Edits(word.Text, part, reach) <= reach {
			return true
		}
	}
	return false
}

// tally is what the pairing of two names comes to.
type tally struct {
	// Weights in thousandths, and weights times qualities.
	shared, sharedAt     int64 // what the names share
	alone                int64 // what only one of them has
	misspelt, misspeltAt int64 // of what they share, the words of their own with typos
	typos                int64 // what typos take from the quality of all that is shared
	lacking              int32 // the weightiest word, place or number aside, that only one has

	solid   int // words other than particles that are paired
	pairs   int // words that are paired
	telling int // of these, words of their own that agree
	halves  int // and those with typos

	exact, strong bool
	first, second leftover
}

// leftover counts what only one name has.
type leftover struct{ words, numbers, places int }

func (s *Scorer) tally() tally {
	t := tally{exact: true, strong: true}
	for i := range int32(len(s.a.words)) {
		if j := s.a.to[i]; j >= 0 && s.a.used[i] > 0 { // else alone, or not the first of several words that are paired as one
			t.pair(s.a.word(i), s.b.word(j), s.a.how[i], int64(s.a.used[i]), int64(s.a.qual[i]))
		}
	}
	t.first, t.second = t.left(&s.a, &s.b), t.left(&s.b, &s.a)
	return t
}

func (t *tally) pair(x, y *Weighed, how Outcome, weight, quality int64) {
	t.shared += weight
	t.sharedAt += weight * quality
	switch how {
	case Same, Variant:
	case Translation, Joined:
		t.exact = false
	case InitialFor:
		t.exact, t.strong = false, false
	default:
		t.exact = false
		t.strong = t.strong && x.Class != Word
	}
	if how == Typo {
		t.typos += weight * (int64(qualitySame) - quality)
	}
	if x.Class != Particle && x.Class != Honorific || y.Class != Particle && y.Class != Honorific {
		t.solid++
	}
	if x.Class != Word {
		return
	}
	t.pairs++
	switch {
	case x.common() || y.common():
	case how == Typo:
		t.halves++
		t.misspelt += weight
		t.misspeltAt += weight * quality
	default:
		t.telling++
	}
}

func (t *tally) left(of, other *side) (l leftover) {
	for i := range of.words {
		if of.to[i] >= 0 || of.how[i] == FormSpelled {
			continue
		}
		x := of.word(int32(i))
		if x.Class == Qualifier && other.holds(x) { // the Crimean Sea Ports of the Crimean Republic
			continue
		}
		t.alone += int64(x.Weight)
		switch x.Class {
		case Particle, Honorific:
		case Number:
			l.numbers++
			t.exact, t.strong = false, false
		case Qualifier:
			l.places++
			t.exact, t.strong = false, false
		case Initial:
			t.exact = false
		default:
			l.words++
			t.exact = false
			t.strong = t.strong && x.Generic
			t.lacking = max(t.lacking, x.Weight)
		}
	}
	return l
}

// solid reports whether a name has more than particles.
func (s *side) solid() bool {
	return slices.ContainsFunc(s.words, func(i int32) bool { return s.all[i].Class != Particle && s.all[i].Class != Honorific })
}

// holds reports whether the name has the place of x.
func (s *side) holds(x *Weighed) bool {
	return slices.ContainsFunc(s.words, func(i int32) bool {
		y := &s.all[i]
		return y.Class == Qualifier && (x.Term != "" && x.Term == y.Term || x.Key == y.Key && x.Script == y.Script)
	})
}

// judge computes score and strength from the pairing.
func (s *Scorer) judge() (sanctions.Similarity, sanctions.Strength) {
	if len(s.a.words) == 0 || len(s.b.words) == 0 {
		return s.judgeForms()
	}
	t := s.tally()
	persons := s.persons()
	score := t.score(persons)
	if t.solid == 0 && (s.a.solid() || s.b.solid()) { // particles alone make no match
		score = 0
	}
	if score < keepDivided && s.divided() {
		s.whole = true
		return keepDivided, sanctions.StrengthStrong
	}
	if score < int64(weakThreshold) && s.acronym() {
		s.acro = true
		return weakThreshold, sanctions.StrengthWeak
	}
	if score == 0 {
		return 0, sanctions.StrengthNone
	}
	keep := func(part int64) { score = score * part / int64(sanctions.SimilarityOne) }
	switch {
	case t.first.numbers > 0 && t.second.numbers > 0:
		keep(keepNumberDiffers)
	case t.first.numbers+t.second.numbers > 0:
		keep(keepNumberExtra)
	}
	switch {
	case t.first.places > 0 && t.second.places > 0:
		keep(keepPlaceDiffers)
	case t.first.places+t.second.places > 0:
		keep(keepPlaceExtra)
	}
	switch {
	case persons && t.first.words > 0 && t.second.words > 0:
		keep(keepNameDiffers)
	case !persons && t.telling+t.halves == 1 && t.lacking > thin:
		keep(keepThin)
	}
	switch s.form {
	case FormMissing:
		keep(keepFormMissing)
	case FormSpelled:
		t.exact, t.strong = false, false
	case FormDiffers:
		t.exact = false
		keep(keepFormDiffers)
	}
	return sanctions.Similarity(score), strengthOf(sanctions.Similarity(score), t.exact, t.strong)
}

// score is the share of the weight that the names share, before what tells them
// apart.
func (t *tally) score(persons bool) int64 {
	alone, sharedAt := t.alone, t.sharedAt
	if persons && t.pairs > 1 && (t.first.words == 0 || t.second.words == 0) {
		alone /= 2
	}
	if t.telling > 0 || t.halves > 1 {
		sharedAt += t.typos * forgiven / 100
	}
	score := 2 * sharedAt / max(2*t.shared+alone, 1)
	if t.telling == 0 && t.halves == 1 && t.misspeltAt < doubtful*t.misspelt { // common words make no bad typo better
		score = min(score, t.misspeltAt/t.misspelt)
	}
	return score
}

// persons reports whether one name is a person's and the other is or may be one.
func (s *Scorer) persons() bool {
	a, b := s.a.all[0].Person, s.b.all[0].Person
	return a > Impersonal && b > Impersonal && a+b > 2*MaybePerson
}

func strengthOf(score sanctions.Similarity, exact, strong bool) sanctions.Strength {
	switch {
	case exact:
		return sanctions.StrengthExact
	case strong && score >= strongThreshold:
		return sanctions.StrengthStrong
	case score >= DefaultThreshold:
		return sanctions.StrengthProbable
	case score >= weakThreshold:
		return sanctions.StrengthWeak
	}
	return sanctions.StrengthNone
}

// acronym reports whether one name is a single word made of the first letters of
// the other's.
func (s *Scorer) acronym() bool {
	return isAcronym(s.a.all, s.b.all) || isAcronym(s.b.all, s.a.all)
}

func isAcronym(short, long []Weighed) bool {
	var array [16]byte
	initials := Initials(array[:0], long)
	if initials == nil {
		return false
	}
	found := false
	for i := range short {
		switch short[i].Class {
		case LegalForm, Particle, Honorific:
			continue
		}
		if found || short[i].Key != string(initials) {
			return false
		}
		found = true
	}
	return found
}

// The lengths that acronyms have.
const (
	shortestAcronym = 3
	longestAcronym  = 8
)

// Initials appends the first letters of the keys of a name's words, legal forms
// and particles left out, and returns nil where they make no acronym: fewer than
// three or more than eight, or words that are not Latin.
func Initials(dst []byte, words []Weighed) []byte {
	start := len(dst)
	for i := range words {
		switch w := &words[i]; {
		case w.Class == LegalForm || w.Class == Particle || w.Class == Honorific:
		case w.Script != Latin || w.Key == "" || w.Key[0] >= utf8.RuneSelf || len(dst)-start == longestAcronym:
			return nil
		default:
			dst = append(dst, w.Key[0])
		}
	}
	if len(dst)-start < shortestAcronym {
		return nil
	}
	return dst
}

// judgeForms judges names of which one consists of nothing but legal forms: they
// have the same letters or nothing in common.
func (s *Scorer) judgeForms() (sanctions.Similarity, sanctions.Strength) {
	if len(s.a.words) == 0 && len(s.b.words) == 0 && len(s.a.all) > 0 && sameLetters(s.a.all, s.b.all, true, true) {
		return sanctions.SimilarityOne, sanctions.StrengthExact
	}
	return 0, sanctions.StrengthNone
}

// divided reports whether the two names have the same letters in the same order
// and only divide them into words otherwise, with or without the legal form.
func (s *Scorer) divided() bool {
	for _, formsA := range [2]bool{false, true} {
		if formsA && len(s.a.forms) == 0 {
			continue
		}
		for _, formsB := range [2]bool{false, true} {
			if formsB && len(s.b.forms) == 0 {
				continue
			}
			if sameLetters(s.a.all, s.b.all, formsA, formsB) {
				return true
			}
		}
	}
	return false
}

func sameLetters(a, b []Weighed, formsA, formsB bool) bool {
	x, y := letters{all: a, forms: formsA}, letters{all: b, forms: formsB}
	for {
		c, d := x.next(), y.next()
		if c != d {
			return false
		}
		if c == 0 {
			return true
		}
	}
}

// letters reads the keys of a name as one string.
type letters struct {
	all   []Weighed
	forms bool
	i, k  int
}

func (l *letters) next() byte {
	for l.i < len(l.all) {
		t := &l.all[l.i]
		if t.Class == LegalForm && !l.forms || l.k >= len(t.Key) {
			l.i++
			l.k = 0
			continue
		}
		c := t.Key[l.k]
		l.k++
		if c != ' ' {
			return c
		}
	}
	return 0
}

// parts lists what happened, in the order of the caller's first name.
func (s *Scorer) parts(swapped bool) []Part {
	first, second := &s.a, &s.b
	if swapped {
		first, second = second, first
	}
	if s.whole {
		return []Part{{Outcome: Joined, A: text(first.all), B: text(second.all), Quality: qualityJoined, Weight: weightOne}}
	}
	if s.acro {
		return []Part{{Outcome: AcronymFor, A: text(first.all), B: text(second.all), Quality: weakThreshold, Weight: weightOne}}
	}
	var out []Part
	numbers := s.leftover(Number)
	places := s.leftover(Qualifier)
	alone := func(x *Weighed, how Outcome) Outcome {
		if x.Class == Number && numbers || x.Class == Qualifier && places {
			return Contradiction
		}
		return how
	}
	for i := range int32(len(first.words)) {
		x := first.word(i)
		j := first.to[i]
		if j < 0 {
			out = append(out, Part{Outcome: alone(x, first.how[i]), A: x.Text, Weight: int(x.Weight)})
			continue
		}
		p := Part{Outcome: first.how[i], A: x.Text, B: second.word(j).Text,
			Quality: sanctions.Similarity(first.qual[i]), Weight: int(first.used[i])}
		if p.Outcome == Translation {
			if i > 0 && first.to[i-1] == j {
				continue // told with the first word of the phrase
			}
			p.A, p.B = first.text(i), second.text(j)
		}
		if p.Outcome == Joined || p.Outcome == Sounds {
			switch {
			case i > 0 && first.to[i-1] == j: // second of two
				continue
			case int(i)+1 < len(first.words) && first.to[i+1] == j:
				p.A += " " + first.word(i+1).Text
				p.Weight = int(first.used[i+1])
			case int(j)+1 < len(second.words) && second.to[j+1] == i:
				p.B += " " + second.word(j+1).Text
			}
		}
		out = append(out, p)
	}
	for j := range int32(len(second.words)) {
		if y := second.word(j); second.to[j] < 0 {
			out = append(out, Part{Outcome: alone(y, second.how[j]), B: y.Text, Weight: int(y.Weight)})
		}
	}
	if s.form1 {
		out = append(out, Part{Outcome: s.form, A: formText(first), B: formText(second)})
	}
	return out
}

// text is the phrase at i.
func (s *side) text(i int32) string {
	out := s.word(i).Text
	for k := int32(1); k < s.length(i); k++ {
		out += " " + s.word(i+k).Text
	}
	return out
}

// leftover reports whether both names have a word of the class to themselves.
func (s *Scorer) leftover(c Class) bool {
	left := func(of *side) bool {
		for i := range int32(len(of.words)) {
			if of.to[i] < 0 && of.word(i).Class == c {
				return true
			}
		}
		return false
	}
	return left(&s.a) && left(&s.b)
}

func text(all []Weighed) string {
	var b strings.Builder
	for i := range all {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(all[i].Text)
	}
	return b.String()
}

func formText(of *side) string {
	var out []string
	for _, i := range of.forms {
		out = append(out, of.all[i].Text)
	}
	return strings.Join(out, " ")
}
