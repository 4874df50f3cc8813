package match

import (
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// Index finds the parties of a snapshot by name and identifier. It is safe for
// concurrent use and never changes what it answers; it remembers what the words
// it was asked for lead to.
type Index struct {
	snapshot   *sanctions.Snapshot
	vocabulary vocabulary
	listed     []listed
	places     []place  // of every name, the lightest first; the place of a name among them is its rank
	burdens    []uint16 // by rank, what the words of a name weigh that count against it unless the query covers them
	ranked     []uint32 // by rank, the position of a name in listed
	words      []uint32 // the words of every name, in the order of the ranks, as entries of the vocabulary
	wholes     table    // letters of a name, whatever its words → ranks
	codes      table    // strong identifiers → parties
	cleared    clearances
	leads      []atomic.Pointer[leads] // of each entry, once it was asked for
	remembered atomic.Int64            // how much they hold
	searchers  sync.Pool
}

// listed is one name of one party; a name that holds an alternative in brackets
// is two.
type listed struct {
	party   uint32 // position in the snapshot
	rank    uint32
	name    uint16 // position in the party's names
	variant uint16 // position in names.Variants of the text
}

// place tells where the words of a name lie that are compared, and what they weigh,
// particles and honorifics apart.
type place struct {
	begin  uint32
	weight uint16
	size   uint8
	_      uint8
}

// Option sets up an index.
type Option func(*Index)

// WithClearances gives the index earlier decisions, which hits then carry.
func WithClearances(decisions ...Clearance) Option {
	return func(x *Index) {
		for i := range decisions {
			x.cleared[[2]string{decisions[i].Subject, decisions[i].PartyID}] = &decisions[i]
		}
	}
}

// NewIndex indexes all names and identifiers of a snapshot.
func NewIndex(snapshot *sanctions.Snapshot, opts ...Option) *Index {
	x := newIndex(snapshot, opts)
	b := newBuilder(x)
	for i, p := range snapshot.All() {
		b.add(uint32(i), p)
	}
	b.finish()
	return x
}

func newIndex(snapshot *sanctions.Snapshot, opts []Option) *Index {
	x := &Index{snapshot: snapshot, cleared: clearances{}}
	for _, opt := range opts {
		opt(x)
	}
	x.searchers.New = func() any { return newSearcher(x) }
	return x
}

// Snapshot is what the index was made of.
func (x *Index) Snapshot() *sanctions.Snapshot { return x.snapshot }

// Names is how many names the index holds.
func (x *Index) Names() int { return len(x.listed) }

// Weights are those of the words in this snapshot, counted by party.
func (x *Index) Weights() *names.Weights {
	return names.NewWeights(x.snapshot.Len(), x.vocabulary.count)
}

// wordsOf gives the words of the name of a rank that are compared.
func (x *Index) wordsOf(rank uint32) []uint32 {
	p := &x.places[rank]
	return x.words[p.begin:][:p.size]
}

// appendWords makes the name of a rank ready for comparison.
func (x *Index) appendWords(dst []names.Weighed, rank uint32) []names.Weighed {
	for _, id := range x.wordsOf(rank) {
		dst = append(dst, x.vocabulary.word(id))
	}
	return dst
}

// remembers reports whether there is room to remember what a word leads to: for four
// numbers a name in all.
func (x *Index) remembers(l *leads) bool {
	const least, each = 1 << 20, 4
	size := int64(l.size())
	if x.remembered.Add(size) <= least+each*int64(len(x.places)) {
		return true
	}
	x.remembered.Add(-size)
	return false
}

// builder takes in parties one by one.
type builder struct {
	x       *Index
	byText  map[string]uint32 // the first word with a text
	words   []builtWord
	letters map[string]uint32 // where a string lies in the vocabulary's letters
	blob    []byte
	senses  map[string]uint32
	ids     []uint32 // the words of every name
	ends    []uint32 // where those of each name end
	holders []uint32 // of a sense, the parties in whose names it stands
	last    []uint32 // of a sense, the latest of them, plus one
	tokens  []names.Token
}

// builtWord is a word of the vocabulary to be.
type builtWord struct {
	names.Token
	person names.Personal
	sense  uint32
	next   uint32 // another word with the same text, or 0
}

func newBuilder(x *Index) *builder {
	return &builder{x: x, byText: map[string]uint32{}, letters: map[string]uint32{}, senses: map[string]uint32{}}
}

func (b *builder) add(i uint32, p *sanctions.Party) {
	person := names.PersonalOf(p.Kind)
	for k := range p.Names {
		for v, text := range names.Variants(p.Names[k].Text) {
			b.tokens = names.AppendTokens(b.tokens[:0], text, p.Kind)
			for t := range names.TakeApart(b.tokens) {
				id := b.word(t, person)
				b.ids = append(b.ids, id)
				if s := b.words[id].sense; b.last[s] != i+1 {
					b.last[s] = i + 1
					b.holders[s]++
				}
			}
			b.ends = append(b.ends, uint32(len(b.ids)))
			b.x.listed = append(b.x.listed, listed{party: i, name: uint16(k), variant: uint16(v)})
		}
	}
}

// word gives the place of a word in the vocabulary, and makes one if it is new.
func (b *builder) word(t names.Token, person names.Personal) uint32 {
	t.Text, t.Key = clip(t.Text), clip(t.Key)
	first, known := b.byText[t.Text]
	for id := first; known; id = b.words[id].next {
		if w := &b.words[id]; w.Token == t && w.person == person {
			return id
		} else if w.next == 0 {
			break
		}
	}
	id := uint32(len(b.words))
	w := builtWord{Token: t, person: person, sense: b.sense(t.Sense())}
	if known {
		w.next, b.words[first].next = b.words[first].next, id
	} else {
		b.byText[t.Text] = id
	}
	b.words = append(b.words, w)
	e := entry{text: b.put(t.Text), key: b.put(t.Key), term: b.put(t.Term),
		textSize: uint16(len(t.Text)), keySize: uint16(len(t.Key)), termSize: uint16(len(t.Term)),
		class: uint8(t.Class), script: uint8(t.Script), span: uint8(min(t.Span, 255))}
	if t.Generic {
		e.flags |= flagGeneric
	}
	if t.Mixed {
		e.flags |= flagMixed
	}
	switch person {
	case names.PersonalName:
		e.flags |= flagPerson
	case names.MaybePerson:
		e.flags |= flagMaybePerson
	}
	b.x.vocabulary.entries = append(b.x.vocabulary.entries, e)
	return id
}

// clip cuts a word to what the size of an entry's string can hold.
func clip(s string) string {
	if len(s) <= math.MaxUint16 {
		return s
	}
	return strings.ToValidUTF8(s[:math.MaxUint16], "")
}

func (b *builder) sense(text string) uint32 {
	s, known := b.senses[text]
	if !known {
		s = uint32(len(b.holders))
		b.senses[text] = s
		b.holders, b.last = append(b.holders, 0), append(b.last, 0)
	}
	return s
}

// put stores a string among the letters, once.
func (b *builder) put(s string) uint32 {
	at, known := b.letters[s]
	if !known {
		at = uint32(len(b.blob))
		b.blob = append(b.blob, s...)
		b.letters[s] = at
	}
	return at
}

// finish turns what was taken in into what is searched.
func (b *builder) finish() {
	x, v := b.x, &b.x.vocabulary
	v.letters = string(b.blob)
	v.weights = make([]uint16, len(v.entries))
	v.looks = make([]look, len(v.entries))
	w := names.NewWeights(x.snapshot.Len(), func(s string) int { return int(b.holders[b.senses[s]]) })
	for i := range v.entries {
		e := &v.entries[i]
		t := v.token(e)
		e.holders = b.holders[b.words[i].sense]
		v.weights[i] = uint16(w.Weight(&t))
		v.foreign = v.foreign || t.Script != names.Latin
		if t.Class != names.LegalForm {
			v.looks[i] = lookOf(&t)
		}
	}
	v.near = makeTable(32*len(v.entries), len(v.entries), v.spellings)
	b.rank()
	v.post(x)
	x.leads = make([]atomic.Pointer[leads], len(v.entries))
	x.codes = makeTable(x.snapshot.Len(), x.snapshot.Len(), x.identifiers)
	x.wholes = makeTable(2*len(x.listed), len(x.listed), x.letters)
}

// spellings gives the hashes under which every entry is found.
func (v *vocabulary) spellings(yield func(hash uint64, id uint32)) {
	var hashes []uint64
	var skeleton []byte
	var lately [256]uint64
	for i := range v.entries {
		e := &v.entries[i]
		hashes = hashes[:0]
		if names.Class(e.class) == names.LegalForm { // by each of its words, for a misspelt one
			for part := range splitWords(v.text(e)) {
				hashes = appendHashes(hashes, part)
			}
		} else {
			hashes = appendHashes(hashes, v.text(e))
			if e.key != e.text {
				hashes = appendHashes(hashes, v.key(e))
			}
			if e.termSize > 0 {
				hashes = append(hashes, hashTerm(v.term(e)))
			}
			if t := v.token(e); t.Sounded() {
				if skeleton = names.AppendSkeleton(skeleton[:0], &t); len(skeleton) > 0 {
					hashes = append(hashes, hashSkeleton(skeleton))
				}
				if stem := t.Stem(); stem != "" {
					hashes = append(hashes, hashStem(stem))
				}
			}
		}
		for _, h := range hashes {
			if slot := &lately[h>>56]; *slot != h^uint64(i) { // text and key have many hashes in common
				*slot = h ^ uint64(i)
				yield(h, uint32(i))
			}
		}
	}
}

// rank sums up the burden of every name, ranks names by it and lays out their words in
// the order of the ranks.
func (b *builder) rank() {
	x, v := b.x, &b.x.vocabulary
	counts, weights := make([]uint16, len(v.entries)), make([]uint16, len(v.entries))
	for id := range counts {
		counts[id] = v.burden(uint32(id))
		if !v.slight(uint32(id)) {
			weights[id] = v.weights[id]
		}
	}
	spans, begin := make([][]uint32, len(x.listed)), uint32(0)
	burdens := make([]uint16, len(x.listed))
	first := make([]uint32, math.MaxUint16+2) // of a burden, the rank of the first name that has it
	for n, end := range b.ends {
		words := b.ids[begin:end]
		words = words[:min(len(words), names.MaxWords)]
		for _, id := range words {
			burdens[n] += counts[id] // even the weightiest words do not overflow it
		}
		first[int(burdens[n])+1]++
		spans[n], begin = words, end
	}
	for i := 1; i < len(first); i++ {
		first[i] += first[i-1]
	}
	x.ranked, x.burdens, x.places = make([]uint32, len(burdens)), make([]uint16, len(burdens)), make([]place, len(burdens))
	for n, burden := range burdens {
		rank := first[burden]
		first[burden]++
		x.ranked[rank], x.burdens[rank], x.listed[n].rank = uint32(n), burden, rank
	}
	x.words = make([]uint32, 0, len(b.ids))
	for rank, n := range x.ranked {
		p := &x.places[rank]
		p.begin, p.size = uint32(len(x.words)), uint8(len(spans[n]))
		for _, id := range spans[n] {
			p.weight += weights[id]
		}
		x.words = append(x.words, spans[n]...)
	}
}

// post lists the ranks of the names that hold each word.
func (v *vocabulary) post(x *Index) {
	v.first = make([]uint32, len(v.entries)+1)
	each := func(yield func(id, rank uint32)) {
		for rank := range uint32(len(x.places)) {
			words := x.wordsOf(rank)
			for k, id := range words {
				if !slices.Contains(words[:k], id) {
					yield(id, rank)
				}
			}
		}
	}
	each(func(id, _ uint32) { v.first[id+1]++ })
	for i := 1; i < len(v.first); i++ {
		v.first[i] += v.first[i-1]
	}
	v.ranks = make([]uint32, v.first[len(v.entries)])
	next := slices.Clone(v.first)
	each(func(id, rank uint32) {
		v.ranks[next[id]] = rank
		next[id]++
	})
}

// letters gives the hashes of every name as a whole.
func (x *Index) letters(yield func(hash uint64, id uint32)) {
	var words []names.Weighed
	var initials []byte
	for rank := range uint32(len(x.places)) {
		words = x.appendWords(words[:0], rank)
		plain, formed := hashWhole(words, false), hashWhole(words, true)
		yield(plain, rank)
		if formed != plain {
			yield(formed, rank)
		}
		for _, forms := range [2]bool{false, true} {
			if forms && formed == plain {
				break
			}
			if initials = names.Initials(initials[:0], words, forms); initials != nil {
				yield(hashAcronym(initials), rank)
			}
		}
	}
}
