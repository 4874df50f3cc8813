package match

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// Search returns the listed parties that the query may mean, the best first.
// The order is by score, then strength, then the order of the snapshot, cleared
// hits among the others. No hit means that nothing on the loaded lists scored
// the minimum, not that the party is clear: see [sanctions.Coverage].
func (x *Index) Search(q Query) []Hit {
	s := x.searchers.Get().(*searcher)
	defer x.searchers.Put(s)
	s.some = budget{}
	return s.search(&q, false)
}

// SearchSome is Search within a bound on time, for lists of many millions of names: of
// each text of the query, it looks at no more than so many names that are or may be persons'
// and so many others, those first that may score most. all reports that these were all
// that Search looks at, so that the answer is the same. Where it is not, hits may be
// missing, mostly of names with typos in short words.
//
// What is lost, by BenchmarkTenMillion over ten million names at the default threshold: of
// the parties that Search finds, SearchSome found .998 looking at 30,000 names, .965 at
// 10,000 and .784 at 3,000; of the best of each query .999, .991 and .956. A second of one
// core, others at work beside it, answered 234 queries in full, and 334, 455 and 758 so.
func (x *Index) SearchSome(q Query, names int) (hits []Hit, all bool) {
	s := x.searchers.Get().(*searcher)
	defer x.searchers.Put(s)
	s.some = budget{most: max(names, 1)}
	hits = s.search(&q, false)
	return hits, !s.some.partial
}

// Scan answers as Search does and compares the query with every name to do so.
// It is slow, and there to check Search against.
func (x *Index) Scan(q Query) []Hit {
	s := x.searchers.Get().(*searcher)
	defer x.searchers.Put(s)
	return s.search(&q, true)
}

// searcher holds the buffers of one search.
type searcher struct {
	x      *Index
	scorer similarity.Scorer
	asked  []names.Weighed
	listed []names.Weighed
	found  []finding
	seats  seats
	texts  []asking // of the query
	forms  []form   // of all texts
	// Buffers.
	variants []string
	tokens   []names.Token
	theirs   []form // of a listed name
	retriever
}

// finding is the nearest name of a party so far.
type finding struct {
	party    uint32
	name     uint32 // position in Index.listed
	asked    int32  // position among the query's texts
	score    sanctions.Similarity
	strength sanctions.Strength
}

func newSearcher(x *Index) *searcher { return &searcher{x: x, retriever: newRetriever(len(x.places))} }

// asking is one text of the query.
type asking struct {
	text   string
	kind   sanctions.Kind
	second bool // an alternative that the query's name holds in brackets
	forms  []form
}

// read makes a text ready for comparison in asked. A name of unknown kind that has a legal
// form is an entity's.
func (s *searcher) read(a *asking) {
	s.tokens = names.AppendTokens(s.tokens[:0], a.text, a.kind)
	if a.kind == sanctions.KindUnknown && slices.ContainsFunc(s.tokens, func(t names.Token) bool { return t.Class == names.LegalForm }) {
		a.kind = sanctions.KindEntity
	}
	s.asked = s.x.Weights().Append(s.asked[:0], names.Name{Text: a.text, Kind: a.kind, Tokens: s.tokens})
}

// ask takes the names of the query, each with its variants.
func (s *searcher) ask(q *Query) {
	s.texts, s.forms = s.texts[:0], s.forms[:0]
	s.askName(q, q.Name)
	for _, name := range q.Aliases {
		s.askName(q, name)
	}
}

func (s *searcher) askName(q *Query, name string) {
	if name == "" {
		return
	}
	s.variants = names.AppendVariants(s.variants[:0], name)
	for i, text := range s.variants {
		s.texts = append(s.texts, asking{text: text, kind: q.Kind, second: i > 0})
	}
}

// search finds the nearest name of every party among those that may score the minimum, or
// among all, and turns parties into hits.
func (s *searcher) search(q *Query, all bool) []Hit {
	least := q.min()
	s.ask(q)
	s.found = s.found[:0]
	s.seats.of(q.Countries)
	for k := range s.texts {
		text := &s.texts[k]
		s.read(text)
		if len(s.asked) == 0 {
			continue
		}
		s.seats.ask(s.asked)
		first := len(s.forms)
		s.forms = appendForms(s.forms, s.asked)
		text.forms = s.forms[first:len(s.forms):len(s.forms)]
		compare := func(rank uint32) { s.compare(k, rank, least) }
		if all {
			s.everyName(compare)
		} else {
			s.candidates(s.asked, least, compare)
		}
	}
	return s.hits(q)
}

// compare holds a text of the query against a name, and notes what it finds.
func (s *searcher) compare(k int, rank uint32, least sanctions.Similarity) {
	x, text := s.x, &s.texts[k]
	name := x.ranked[rank]
	l := &x.listed[name]
	score, strength := s.score(rank, l.party)
	if score < least {
		return
	}
	if l.variant > 0 && text.second {
		return // a bracket of each, such as (OFF-SHORE), says nothing of the names before them
	}
	p := x.snapshot.At(int(l.party))
	agree := kindsAgree(text.kind, p.Kind)
	if agree == kindsExclude || agree == kindsDoubtful && (strength < sanctions.StrengthExact || score < veryName) {
		return
	}
	if p.Names[l.name].Weak || agree == kindsDoubtful {
		strength = min(strength, sanctions.StrengthProbable)
	}
	s.found = append(s.found, finding{l.party, name, int32(k), score, strength})
}

// score compares the words asked with a name of a party.
func (s *searcher) score(rank, party uint32) (sanctions.Similarity, sanctions.Strength) {
	s.listed = s.x.appendWords(s.listed[:0], rank)
	if s.seats.any() {
		s.seats.settle(s.x.snapshot.At(int(party)), s.asked, s.listed)
	}
	return s.scorer.Score(s.asked, s.listed)
}

// veryName is the score from which a person and an entity bear the very same name.
const veryName = sanctions.Similarity(9500)

// everyName is the candidate generator of Scan.
func (s *searcher) everyName(yield func(rank uint32)) {
	for rank := range s.x.places {
		yield(uint32(rank))
	}
}

// hits keeps the best finding of each party, adds the parties that an identifier
// names, weighs what contradicts, and sorts.
func (s *searcher) hits(q *Query) []Hit {
	x := s.x
	slices.SortFunc(s.found, func(a, b finding) int {
		if a.party != b.party { // as nearly always
			return cmp.Compare(a.party, b.party)
		}
		return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(b.score, a.score),
			cmp.Compare(a.name, b.name), cmp.Compare(a.asked, b.asked))
	})
	s.found = slices.CompactFunc(s.found, func(a, b finding) bool { return a.party == b.party })
	byCode := x.identified(nil, q)
	if len(s.found)+len(byCode) == 0 {
		return nil
	}
	most := len(s.found) + len(byCode)
	if q.Limit > 0 {
		most = min(most, q.Limit)
	}
	hits := make([]Hit, 0, most)
	for _, party := range byCode {
		at, found := slices.BinarySearchFunc(s.found, party, func(f finding, p uint32) int { return cmp.Compare(f.party, p) })
		if !found {
			hits = append(hits, s.hit(q, s.nearest(party)))
		} else {
			hits = append(hits, s.hit(q, s.found[at]))
			s.found = slices.Delete(s.found, at, at+1)
		}
	}
	hits = s.hitsByName(q, hits, most)
	for i := range hits {
		x.cleared.apply(q.Subject, &hits[i])
	}
	return hits
}

// hitsByName adds hits of parties that a name found, sorts, and keeps the best ones. What
// contradicts such a hit only lowers it, so that hits are made of the best findings first, until
// none that is left can precede those that there are.
func (s *searcher) hitsByName(q *Query, hits []Hit, most int) []Hit {
	slices.SortFunc(s.found, func(a, b finding) int {
		return order(a.score, b.score, a.strength, b.strength, a.party, b.party)
	})
	for left := s.found; ; {
		slices.SortFunc(hits, func(a, b Hit) int {
			return order(a.Score, b.Score, a.Strength, b.Strength, a.position, b.position)
		})
		some := left
		if len(hits) >= most {
			hits = slices.Delete(hits, most, len(hits))
			last := &hits[most-1]
			n, _ := slices.BinarySearchFunc(left, last, func(f finding, h *Hit) int {
				return order(f.score, h.Score, f.strength, h.Strength, f.party, h.position)
			})
			some = left[:n]
		}
		if len(some) == 0 {
			return hits
		}
		some = some[:min(len(some), most)]
		for _, f := range some {
			hits = append(hits, s.hit(q, f))
		}
		left = left[len(some):]
	}
}

// order is by score, then strength, then the order of the snapshot.
func order(a, b sanctions.Similarity, strong, stronger sanctions.Strength, party, other uint32) int {
	switch {
	case a != b:
		return cmp.Compare(b, a)
	case strong != stronger:
		return cmp.Compare(stronger, strong)
	}
	return cmp.Compare(party, other)
}

// noName marks a finding of a query without a name.
const noName = ^uint32(0)

// nearest compares the query's names with all names of one party, however far
// apart they are.
func (s *searcher) nearest(party uint32) finding {
	x := s.x
	best := finding{party: party, name: noName}
	first, _ := slices.BinarySearchFunc(x.listed, party, func(l listed, p uint32) int { return cmp.Compare(l.party, p) })
	for k := range s.texts {
		s.read(&s.texts[k])
		s.seats.ask(s.asked)
		for n := first; n < len(x.listed) && x.listed[n].party == party; n++ {
			score, strength := s.score(x.listed[n].rank, party)
			if best.name == noName || score > best.score {
				best = finding{party, uint32(n), int32(k), score, strength}
			}
		}
	}
	return best
}

// Scores of a party that an identifier found, by what the names say.
const (
	scoreIdentifierAlone = sanctions.Similarity(9500) // no name given
	scoreIdentifierOnly  = sanctions.Similarity(9000) // the names differ
	keepConflict         = 6                          // tenths that an identifier conflict leaves
)

// hit turns a finding into a hit.
func (s *searcher) hit(q *Query, f finding) Hit {
	x := s.x
	p := x.snapshot.At(int(f.party))
	h := Hit{Party: p, Basis: sanctions.ByName, Strength: f.strength, Score: f.score, index: x, position: f.party, countries: q.Countries}
	if f.name != noName {
		l := x.listed[f.name]
		h.Matched = p.Names[l.name]
		h.Asked, h.kind = s.texts[f.asked].text, s.texts[f.asked].kind
		h.variant = h.Matched.Text
		if l.variant > 0 {
			s.variants = names.AppendVariants(s.variants[:0], h.Matched.Text)
			h.variant = s.variants[l.variant]
		}
	}
	id, local, same := shared(q, p)
	if same {
		h.Basis, h.Identifier = sanctions.ByIdentifier, id
		switch {
		case f.name == noName:
			h.Matched = p.Names[0]
			h.Strength, h.Score = sanctions.StrengthExact, scoreIdentifierAlone
		case f.score >= similarity.DefaultThreshold:
			h.Strength, h.Score = sanctions.StrengthExact, sanctions.SimilarityOne
		default:
			h.Strength, h.Score = sanctions.StrengthStrong, max(f.score, scoreIdentifierOnly)
			h.Contradicts = append(h.Contradicts, "name: the identifier is the same, but no name is")
		}
		if local && (f.name == noName || f.score < similarity.DefaultThreshold) {
			h.Strength = sanctions.StrengthProbable
			h.Contradicts = append(h.Contradicts, "identifier: of a local register; another one of the country may have given the same number")
		}
	}
	if f.name != noName && (h.Basis == sanctions.ByName || f.score >= similarity.DefaultThreshold) {
		s.listed = x.appendWords(s.listed[:0], x.listed[f.name].rank)
		s.theirs = appendForms(s.theirs[:0], s.listed)
		if why, apart := formsApart(s.texts[f.asked].forms, s.theirs); apart {
			h.Contradicts = append(h.Contradicts, why)
		}
	}
	s.contradict(q, p, &h)
	return h
}

// contradict adds what speaks against a hit and lowers it accordingly.
func (s *searcher) contradict(q *Query, p *sanctions.Party, h *Hit) {
	lower := func(floor sanctions.Strength) {
		if h.Strength > floor {
			h.Strength--
		}
	}
	if disjoint(q.Countries, p.Countries) {
		h.Contradicts = append(h.Contradicts, "country: "+list(q.Countries)+", but the listed party has "+list(p.Countries))
		lower(sanctions.StrengthProbable)
	}
	if q.Kind != "" && p.Kind != "" && q.Kind != p.Kind {
		h.Contradicts = append(h.Contradicts, "kind: "+string(q.Kind)+", but the listed party is a "+string(p.Kind))
		if h.Basis == sanctions.ByIdentifier {
			lower(sanctions.StrengthProbable)
		}
	}
	if why, apart := birthsApart(q.Births, p.Births); apart {
		h.Contradicts = append(h.Contradicts, why)
		h.Strength = min(h.Strength, sanctions.StrengthWeak)
		h.Score = h.Score * keepConflict / 10
	}
	if why, conflicts := conflict(q, p); conflicts {
		h.Contradicts = append(h.Contradicts, why)
		if h.Basis == sanctions.ByIdentifier {
			lower(sanctions.StrengthProbable)
		} else {
			h.Strength = min(h.Strength, sanctions.StrengthWeak)
			h.Score = h.Score * keepConflict / 10
		}
	}
}
