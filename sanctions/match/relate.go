package match

import (
	"slices"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// relation is an entry that a word leads to.
type relation struct {
	id      uint32
	held    span   // by these names
	quality uint16 // of the pairing with the word
	weight  uint16
	burden  uint16 // what of the weight is part of a burden
	sort    uint16
}

// Sorts of entries.
const (
	sortSlight   = 1 << iota // a particle or honorific
	sortHeavy                // it begins a phrase
	sortPersonal             // of names that are or may be persons'
)

func (r relation) personal() bool { return r.sort&sortPersonal != 0 }

func (v *vocabulary) relation(id uint32, quality int32) relation {
	e := &v.entries[id]
	r := relation{id: id, held: e.held, quality: uint16(quality), weight: e.weight, burden: e.burden}
	if e.slight() {
		r.sort |= sortSlight
	}
	if e.span > 1 {
		r.sort |= sortHeavy
	}
	if e.personal() {
		r.sort |= sortPersonal
	}
	return r
}

// leads is what a word leads to by its own letters.
type leads struct {
	among [2]led // names of no persons, and names that are or may be persons'
	of    names.Personal
	next  *leads // what the same word leads to in another sort of name
}

// led is the part of it in names of one sort.
type led struct {
	related []relation // entries that relate to the word
	sounds  []relation // entries in other scripts whose sound is a part of its sound
	halves  []relation // entries whose letters are a part of its letters
	divided []uint32   // ranks of the names that hold two neighbours which make its letters
	forms   []relation // legal forms that it names or of which it may be a misspelling
}

func (l *leads) reset() {
	for i := range l.among {
		l := &l.among[i]
		l.related, l.sounds, l.halves, l.divided, l.forms = l.related[:0], l.sounds[:0], l.halves[:0], l.divided[:0], l.forms[:0]
	}
}

// clone copies leads to keep them. The same word may lead from other names to others.
func (l *leads) clone(of names.Personal, next *leads) *leads {
	c := &leads{of: of, next: next}
	for i, l := range l.among {
		c.among[i] = led{slices.Clone(l.related), slices.Clone(l.sounds), slices.Clone(l.halves), slices.Clone(l.divided), slices.Clone(l.forms)}
	}
	return c
}

// size is about how many numbers the leads hold.
func (l *leads) size() int {
	size := 64
	for _, l := range l.among {
		size += 5*(len(l.related)+len(l.sounds)+len(l.halves)+len(l.forms)) + len(l.divided)
	}
	return size
}

// to is where what leads to an entry belongs.
func (l *leads) to(r relation) *led {
	if r.personal() {
		return &l.among[1]
	}
	return &l.among[0]
}

// leadsOf gives what a word leads to, in a buffer if it is not kept. What a word of the
// vocabulary leads to is kept, since most words of most queries are known.
func (s *searcher) leadsOf(x *names.Weighed, buffer *leads) *leads {
	id, known := s.x.vocabulary.find(&x.Token)
	var first *leads
	if known {
		first = s.x.leads[id].Load()
		for kept := first; kept != nil; kept = kept.next {
			if kept.of == x.Person {
				return kept
			}
		}
	}
	s.related = buffer
	s.related.reset()
	if x.Class == names.LegalForm {
		s.relateForm(x)
	} else {
		s.relate(x)
	}
	if known && s.x.remembers(buffer) {
		s.x.leads[id].CompareAndSwap(first, buffer.clone(x.Person, first))
	}
	return buffer
}

// relate looks up what a word leads to.
func (s *searcher) relate(x *names.Weighed) {
	v := &s.x.vocabulary
	s.spellings = appendSpellings(s.spellings[:0], x.Text)
	if x.Key != x.Text {
		s.spellings = appendSpellings(s.spellings, x.Key)
	}
	s.lookUp()
	look := lookOf(&x.Token)
	n := 0
	for some := range slices.Chunk(s.near, atOnce) {
		for _, id := range some {
			s.fetched ^= v.entries[id].holders
		}
		for _, id := range some {
			if !v.entries[id].far(&look) {
				s.near[n] = id
				n++
			}
		}
	}
	s.near = s.near[:n]
	if x.Person != names.Impersonal && x.Class == names.Word {
		_, size := utf8.DecodeRuneInString(x.Key)
		for id := range v.under(hashSpelling(x.Key[:size])) {
			s.near = append(s.near, id)
		}
	}
	if stem := x.Stem(); stem != "" {
		for id := range v.under(hashStem(stem)) {
			s.near = append(s.near, id)
		}
	}
	for _, term := range names.Akin(x.Term) {
		for id := range v.under(hashTerm(term)) {
			s.near = append(s.near, id)
		}
	}
	if x.Term != "" && x.Class == names.Word {
		for id := range v.under(hashTerm(x.Term)) {
			if names.Class(v.entries[id].class) == names.LegalForm {
				s.near = append(s.near, id)
			}
		}
	}
	s.relateSounds(x)
	slices.Sort(s.near)
	s.near = slices.Compact(s.near)
	s.fetchEntries()
	for _, id := range s.near {
		y := v.weighed(id)
		if y.Class == names.LegalForm {
			if similarity.NamesForm(x, &y) || x.Class == names.Word && similarity.LooksLikeForm(x, &y, true) {
				r := v.relation(id, 0)
				to := s.related.to(r)
				to.forms = append(to.forms, r)
			}
		} else if quality, _ := similarity.Relate(x, &y); quality > 0 {
			r := v.relation(id, quality)
			to := s.related.to(r)
			to.related = append(to.related, r)
		}
	}
	s.relateHalves(x)
}

// lookUp finds the entries that have one of the spellings with a compatible trace. It goes
// from one array to the next for all spellings at a time, so that the processor waits for
// many places in memory at once.
func (s *searcher) lookUp() {
	v := &s.x.vocabulary
	t, traced, compatible := &v.near, v.tracing < untraced, compatible()
	s.buckets = s.buckets[:0]
	for i := range s.spellings {
		s.buckets = append(s.buckets, t.bucket(s.spellings[i].hash))
	}
	s.fetchCells()
	s.near = s.near[:0]
	clear(s.lately[:])
	for i, b := range s.buckets {
		sp := &s.spellings[i]
		allowed := compatible.with(sp)
		for _, cell := range t.cells[b.begin:b.end] {
			entry, ok := t.of(sp.hash, cell)
			if !ok || traced && !allowed.has(trace(entry>>v.tracing)) {
				continue
			}
			id := v.untrace(entry)
			if slot := &s.lately[id*0x9e3779b1>>(32-latelyBits)]; *slot != id+1 {
				*slot = id + 1
				s.near = append(s.near, id)
			}
		}
	}
}

// latelyBits are those by which it is told that an entry was found just before, as most are
// that are near.
const latelyBits = 10

// fetchEntries looks up what is needed of the entries in near.
func (s *searcher) fetchEntries() {
	v := &s.x.vocabulary
	var sum uint32
	for _, id := range s.near {
		if e := &v.entries[id]; e.textSize > 0 {
			sum ^= uint32(v.letters[e.text])
		}
	}
	s.fetched ^= sum
}

// relateSounds finds the words in other scripts that have the skeleton of a word,
// or two of whose skeletons make it.
func (s *searcher) relateSounds(x *names.Weighed) {
	v := &s.x.vocabulary
	if !x.Sounded() || x.Script == names.Latin && !v.foreign {
		return // all other words are Latin
	}
	other := func(id uint32) bool { return v.entries[id].script != uint8(x.Script) }
	for skeleton := range names.Skeletons(&x.Token) {
		for id := range v.under(hashSkeleton(skeleton)) {
			if other(id) {
				s.near = append(s.near, id)
			}
		}
	}
	s.skeleton = names.AppendSkeleton(s.skeleton[:0], &x.Token)
	for cut := 1; cut < len(s.skeleton); cut++ {
		for _, tail := range [2][]byte{s.skeleton[cut:], s.skeleton[cut-1:]} { // a letter may belong to both
			heads, tails := false, false
			for range v.under(hashSkeleton(s.skeleton[:cut])) {
				heads = true
			}
			for range v.under(hashSkeleton(tail)) {
				tails = true
			}
			if !heads || !tails {
				continue
			}
			for _, half := range [2][]byte{s.skeleton[:cut], tail} {
				for id := range v.under(hashSkeleton(half)) {
					if other(id) {
						r := v.relation(id, 0)
						to := s.related.to(r)
						to.sounds = append(to.sounds, r)
					}
				}
			}
		}
	}
}

// relateHalves finds the pairs of neighbours into which a word falls, by its key or by its
// text, and the names that hold them.
func (s *searcher) relateHalves(x *names.Weighed) {
	v := &s.x.vocabulary
	s.fetchHalves(x.Key, hashKey)
	for cut := 1; cut < len(x.Key); cut++ {
		s.entries = v.appendKeyed(s.entries[:0], x.Key[:cut])
		if heads := len(s.entries); heads > 0 {
			s.entries = v.appendKeyed(s.entries, x.Key[cut:])
			s.relatePairs(heads, func(_, _ uint32) bool { return false })
		}
	}
	if x.Text == x.Key {
		return
	}
	byKey := func(a, b uint32) bool { return isBoth(x.Key, v.key(&v.entries[a].word), v.key(&v.entries[b].word)) }
	s.fetchHalves(x.Text, hashSpelling)
	for cut := 1; cut < len(x.Text); cut++ {
		s.entries = v.appendWritten(s.entries[:0], x.Text[:cut])
		if heads := len(s.entries); heads > 0 {
			s.entries = v.appendWritten(s.entries, x.Text[cut:])
			s.relatePairs(heads, byKey)
		}
	}
}

// fetchHalves looks up where the halves of a word are found, for all its halves at once.
func (s *searcher) fetchHalves(word string, hash func(string) uint64) {
	t := &s.x.vocabulary.near
	s.buckets = s.buckets[:0]
	for cut := 1; cut < len(word); cut++ {
		s.buckets = append(s.buckets, t.bucket(hash(word[:cut])), t.bucket(hash(word[cut:])))
	}
	s.fetchCells()
}

// fetchCells looks up the first cells of the buckets.
func (s *searcher) fetchCells() {
	cells := s.x.vocabulary.near.cells
	for _, b := range s.buckets {
		if b.size() > 0 {
			s.fetched ^= cells[b.begin]
		}
	}
}

// relatePairs finds the names that hold one of the first entries, heads, and one of the
// others behind it, unless the two are known.
func (s *searcher) relatePairs(heads int, known func(a, b uint32) bool) {
	found := false
	for _, a := range s.entries[:heads] {
		for _, b := range s.entries[heads:] {
			found = !known(a.id, b.id) && s.relateNeighbours(a, b) || found
		}
	}
	if !found {
		return
	}
	for _, r := range s.entries {
		to := s.related.to(r)
		to.halves = append(to.halves, r)
	}
}

// isBoth reports whether a text is two others, one behind the other.
func isBoth(text, head, tail string) bool {
	return len(text) == len(head)+len(tail) && text[:len(head)] == head && text[len(head):] == tail
}

// relateNeighbours finds the names in which one word follows the other, and reports whether
// there are any.
func (s *searcher) relateNeighbours(a, b relation) bool {
	v := &s.x.vocabulary
	if v.entries[a.id].particle() && v.entries[b.id].particle() || a.personal() != b.personal() {
		return false
	}
	to := s.related.to(a)
	found := len(to.divided)
	s.holdBoth(v.in(a.held), v.in(b.held))
	for some := range slices.Chunk(s.both, atOnce) {
		s.fetch(some)
		for i, rank := range some {
			if s.x.follows(s.places[i], a.id, b.id) {
				to.divided = append(to.divided, rank)
			}
		}
	}
	return len(to.divided) > found
}

// holdBoth finds the ranks that are in both of two lists, and a few that are in the longer one
// only. Where the shorter one is long and not much the shorter, it is put into the sieve.
func (s *searcher) holdBoth(few, many []uint32) {
	const long, much = 128, 16
	if len(few) > len(many) {
		few, many = many, few
	}
	s.both = s.both[:0]
	if len(few) < long || len(few)*much < len(many) {
		for _, rank := range few {
			step := 1 // to the names near by first
			for step < len(many) && many[step] < rank {
				step *= 2
			}
			n, held := slices.BinarySearch(many[:min(step+1, len(many))], rank)
			if many = many[n:]; held {
				s.both = append(s.both, rank)
			}
		}
		return
	}
	s.sieve.clear()
	for _, rank := range few {
		s.sieve.put(rank)
	}
	for _, rank := range many {
		if s.sieve.may(rank) {
			s.both = append(s.both, rank)
		}
	}
}

// follows reports whether a name has one word after the other, legal forms left out.
func (x *Index) follows(p place, a, b uint32) bool {
	before := uint32(noEntry)
	for _, id := range x.words[p.begin:][:p.size] {
		if id == b && before == a {
			return true
		}
		if names.Class(x.vocabulary.entries[id].class) != names.LegalForm {
			before = id
		}
	}
	return false
}

// relateForm finds the entries that name a legal form, or may be a misspelling of it or a
// piece of it.
func (s *searcher) relateForm(form *names.Weighed) {
	v := &s.x.vocabulary
	s.spellings = s.spellings[:0]
	for part := range splitWords(form.Text) {
		s.spellings = appendSpellings(s.spellings, part)
	}
	s.lookUp()
	for id := range v.under(hashTerm(form.Term)) {
		s.near = append(s.near, id)
	}
	for _, term := range names.Akin(form.Term) {
		for id := range v.under(hashTerm(term)) {
			s.near = append(s.near, id)
		}
	}
	slices.Sort(s.near)
	for _, id := range slices.Compact(s.near) {
		if names.Class(v.entries[id].class) != names.Word {
			continue
		}
		if y := v.weighed(id); similarity.NamesForm(&y, form) || similarity.LooksLikeForm(&y, form, true) {
			r := v.relation(id, 0)
			to := s.related.to(r)
			to.related = append(to.related, r)
		}
	}
	s.relateSplinters(form)
}

// relateSplinters finds the entries that may be a piece of a legal form.
func (s *searcher) relateSplinters(form *names.Weighed) {
	v := &s.x.vocabulary
	find := func(text string) {
		for id := range v.under(hashSpelling(text)) {
			if names.Class(v.entries[id].class) == names.LegalForm || v.text(&v.entries[id].word) != text {
				continue
			}
			if y := v.weighed(id); similarity.Splinter(&y) && similarity.MadeOf(&y, form) {
				r := v.relation(id, 0)
				to := s.related.to(r)
				to.halves = append(to.halves, r)
			}
		}
	}
	if !similarity.MadeOf(&names.Weighed{}, form) {
		return // too long a form
	}
	for _, a := range form.Text {
		if a == ' ' {
			continue
		}
		find(string(a))
		for _, b := range form.Text {
			if b != ' ' {
				find(string([]rune{a, b}))
			}
		}
	}
}
