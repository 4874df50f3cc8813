package match

import (
	"slices"
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
	begin    uint32
	weight   uint16
	size     uint8
	personal bool // it is or may be a person's name
}

// Option sets up an index.
type Option func(*Index)

// WithClearances gives the index earlier decisions, which hits then carry.
func WithClearances(decisions ...Clearance) Option {
	return func(x *Index) {
		for i := range decisions {
			x.cleared.add(&decisions[i])
		}
	}
}

// NewIndex indexes all names and identifiers of a snapshot.
func NewIndex(snapshot *sanctions.Snapshot, opts ...Option) *Index {
	x := newIndex(snapshot, opts)
	b := newBuilder(x)
	b.addAll(snapshot)
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
		dst = append(dst, x.vocabulary.weighed(id))
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

// spellings gives the hashes under which every entry is found, and the entry with its trace.
func (v *vocabulary) spellings(from, to int, yield func(hash uint64, entry uint32)) {
	var spellings []spelling
	var skeleton []byte
	var lately [256]uint64
	for i := from; i < to; i++ {
		e := &v.entries[i]
		under := func(hash uint64) { spellings = append(spellings, spelling{hash: hash}) }
		spellings = spellings[:0]
		under(hashKey(v.key(&e.word)))
		if names.Class(e.class) == names.LegalForm { // by each of its words, for a misspelt one
			for part := range splitWords(v.text(&e.word)) {
				spellings = appendSpellings(spellings, part)
			}
			under(hashTerm(v.term(&e.word))) // for a word that names it
		} else {
			spellings = appendSpellings(spellings, v.text(&e.word))
			if e.key != e.text {
				spellings = appendSpellings(spellings, v.key(&e.word))
			}
			if e.termSize > 0 {
				under(hashTerm(v.term(&e.word)))
			}
			if t := v.token(&e.word); t.Sounded() {
				for skeleton := range names.Skeletons(&t) {
					under(hashSkeleton(skeleton))
				}
				if skeleton = names.AppendSkeleton(skeleton[:0], &t); len(skeleton) == 1 { // for a half of a word
					under(hashSkeleton(skeleton))
				}
				if stem := t.Stem(); stem != "" {
					under(hashStem(stem))
				}
			}
		}
		for k := range spellings {
			s := &spellings[k]
			entry := v.traced(uint32(i), s.trace())
			if slot := &lately[s.hash>>56]; *slot != s.hash^uint64(entry) { // text and key have many spellings in common
				*slot = s.hash ^ uint64(entry)
				yield(s.hash, entry)
			}
		}
	}
}

// post lists the ranks of the names that hold each word.
func (v *vocabulary) post(x *Index) {
	next := make([]uint32, len(v.entries)+1) // of an entry, where the next rank of its list goes
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
	each(func(id, _ uint32) { next[id+1]++ })
	for i := range v.entries {
		next[i+1] += next[i]
		v.entries[i].held = span{next[i], next[i+1]}
	}
	v.ranks = make([]uint32, next[len(v.entries)])
	each(func(id, rank uint32) {
		v.ranks[next[id]] = rank
		next[id]++
	})
}
