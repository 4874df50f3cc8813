package match

import (
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// Index finds the parties of a snapshot by name and identifier. It is immutable
// and safe for concurrent use.
type Index struct {
	snapshot   *sanctions.Snapshot
	vocabulary *vocabulary
	listed     []listed
	words      []uint32 // the words of every name, name after name, as positions in the vocabulary
	codes      codes
	cleared    clearances
	searchers  sync.Pool
}

// listed is one name of one party; a name that holds an alternative in brackets
// is two.
type listed struct {
	party   uint32 // position in the snapshot
	end     uint32 // end of its words; they begin where those of the name before end
	name    uint16 // position in the party's names
	variant uint16 // position in names.Variants of the text
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
	x := &Index{snapshot: snapshot, cleared: clearances{}}
	for _, opt := range opts {
		opt(x)
	}
	b := newBuilder(x)
	for i, p := range snapshot.All() {
		b.add(uint32(i), p)
	}
	b.finish()
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

// span gives the words of the n-th name.
func (x *Index) span(n uint32) []uint32 {
	begin := uint32(0)
	if n > 0 {
		begin = x.listed[n-1].end
	}
	return x.words[begin:x.listed[n].end]
}

// appendWords makes the n-th name ready for comparison.
func (x *Index) appendWords(dst []names.Weighed, n uint32) []names.Weighed {
	for _, id := range x.span(n) {
		dst = append(dst, x.vocabulary.words[id])
	}
	return dst
}

// builder takes in parties one by one.
type builder struct {
	x      *Index
	senses map[string]int32 // in how many parties a sense stands
	seen   map[string]uint32
	tokens []names.Token
	ids    map[names.Token]uint32
}

func newBuilder(x *Index) *builder {
	return &builder{x: x, senses: map[string]int32{}, seen: map[string]uint32{}, ids: map[names.Token]uint32{}}
}

func (b *builder) add(i uint32, p *sanctions.Party) {
	for k := range p.Names {
		for v, text := range variants(p.Names[k].Text) {
			for _, t := range names.Parse(text, p.Kind).Tokens {
				id, known := b.ids[t]
				if !known {
					id = uint32(len(b.tokens))
					b.ids[t] = id
					b.tokens = append(b.tokens, t)
				}
				b.x.words = append(b.x.words, id)
				if sense := t.Sense(); b.seen[sense] != i+1 {
					b.seen[sense] = i + 1
					b.senses[sense]++
				}
			}
			b.x.listed = append(b.x.listed, listed{party: i, end: uint32(len(b.x.words)), name: uint16(k), variant: uint16(v)})
		}
	}
	b.x.codes.add(i, p)
}

func (b *builder) finish() {
	b.x.vocabulary = &vocabulary{senses: b.senses}
	w := b.x.Weights()
	for i := range b.tokens {
		b.x.vocabulary.words = append(b.x.vocabulary.words, names.Weigh(b.tokens[i], w.Weight(&b.tokens[i])))
	}
}

// vocabulary is every different word of the indexed names.
type vocabulary struct {
	words  []names.Weighed
	senses map[string]int32
}

func (v *vocabulary) count(sense string) int { return int(v.senses[sense]) }
