package similarity

import "github.com/sanctionrisk/exposure/sanctions/names"

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
		if j := s.a.to[i]; j >= 0 && s.a.how[i] < Typo && (s.a.word(i).Own() || !s.a.word(i).Common()) && (s.b.word(j).Own() || !s.b.word(j).Common()) {
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
		if s.a.to[i] >= 0 && s.a.how[i] < Typo && s.a.word(i).Class == names.Word {
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

// The least quality of a typo that leaves a person's name that name: one edit in four
// letters, two in six.
const (
	qualitySlip  = 7500
	qualitySlips = 7600
)

// stranger reports whether a typo of that quality makes it another person's name.
func stranger(x, y *names.Weighed, quality int32) bool {
	if edits(x.Text, y.Text, 1) <= 1 || edits(x.Key, y.Key, 1) <= 1 {
		return quality < qualitySlip
	}
	return quality < qualitySlips
}

// ofParticle reports whether the word x can be a typo of a particle, or a scrap.
func ofParticle(x, y *names.Weighed) bool {
	return x.Class == names.Word && y.Class == names.Particle || scrap(x, y)
}

// wild reports whether a typo of that quality turns a name's own word into a
// common one and is too bad for that.
func wild(x, y *names.Weighed, quality int32) bool {
	return quality < qualityIntoCommon && x.Common() != y.Common()
}
