package match

import (
	"hash/maphash"
	"math"
	"strings"
	"sync/atomic"
	"unsafe"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// builder takes in parties one by one.
type builder struct {
	x       *Index
	strings stringSet
	first   []uint32 // of a string, the first entry with that text, plus one
	next    []uint32 // of an entry, another one with the same text, plus one
	senses  []uint32 // of an entry, its sense as a string
	holders []uint32 // of a sense, the parties in whose names it stands
	last    []uint32 // of a sense, the latest of them, plus one
	words   []uint32 // the words of every name
	ends    []uint32 // where those of each name end
}

func newBuilder(x *Index) *builder {
	return &builder{x: x, strings: newStringSet(x.snapshot.Len())}
}

// parsed is what the names of some parties say, before words are numbered.
type parsed struct {
	names  []listed
	sorts  []names.Personal // of each name
	ends   []int            // where the tokens of each name end
	tokens []names.Token
	buffer []names.Token
}

// addAll takes in all parties. Names are parsed on several processors; to number their words
// is left to one.
func (b *builder) addAll(s *sanctions.Snapshot) {
	const together = 32 // parties
	n := s.Len()
	inOrder((n+together-1)/together, func(part int, left *parsed) *parsed {
		if left == nil {
			left = new(parsed)
		}
		left.names, left.sorts, left.ends, left.tokens = left.names[:0], left.sorts[:0], left.ends[:0], left.tokens[:0]
		for i := part * together; i < min((part+1)*together, n); i++ {
			left.add(uint32(i), s.At(i))
		}
		return left
	}, b.add)
}

func (p *parsed) add(i uint32, party *sanctions.Party) {
	for k := range party.Names {
		for v, text := range names.Variants(party.Names[k].Text) {
			p.buffer = names.AppendTokens(p.buffer[:0], text, party.Kind)
			for t := range names.TakeApart(p.buffer) {
				p.tokens = append(p.tokens, t)
			}
			p.names = append(p.names, listed{party: i, name: uint16(k), variant: uint16(v)})
			p.sorts = append(p.sorts, names.PersonalOf(party.Kind))
			p.ends = append(p.ends, len(p.tokens))
		}
	}
}

func (b *builder) add(p *parsed) {
	begin := 0
	for n, end := range p.ends {
		party := p.names[n].party
		for k := begin; k < end; k++ {
			id := b.word(&p.tokens[k], p.sorts[n])
			b.words = append(b.words, id)
			if s := b.senses[id]; b.last[s] != party+1 {
				b.last[s] = party + 1
				b.holders[s]++
			}
		}
		b.ends = append(b.ends, uint32(len(b.words)))
		begin = end
	}
	b.x.listed = append(b.x.listed, p.names...)
}

// word gives the place of a word in the vocabulary, and makes one if it is new.
func (b *builder) word(t *names.Token, person names.Personal) uint32 {
	v := &b.x.vocabulary
	t.Text, t.Key = clip(t.Text), clip(t.Key)
	e := entryOf(t, person)
	text := b.string(t.Text)
	for at := b.first[text]; at != 0; at = b.next[at-1] {
		o := v.entries[at-1]
		if o.sameAs(&e) && b.strings.at(o.key, o.keySize) == t.Key && b.strings.at(o.term, o.termSize) == t.Term {
			return at - 1
		}
	}
	key, term := text, uint32(0)
	if t.Key != t.Text {
		key = b.string(t.Key)
	}
	sense := key
	e.text, e.key = b.strings.begin(text), b.strings.begin(key)
	if t.Term != "" {
		term = b.string(t.Term)
		sense, e.term = term, b.strings.begin(term)
	}
	id := uint32(len(v.entries))
	v.entries, b.senses = append(v.entries, e), append(b.senses, sense)
	b.next, b.first[text] = append(b.next, b.first[text]), id+1
	return id
}

// entryOf is the entry of a word without the places of its strings.
func entryOf(t *names.Token, person names.Personal) entry {
	e := entry{textSize: uint16(len(t.Text)), keySize: uint16(len(t.Key)), termSize: uint16(len(t.Term)),
		class: uint8(t.Class), script: uint8(t.Script), span: uint8(min(t.Span, math.MaxUint8))}
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
	return e
}

// sameAs compares entries but for their strings.
func (e entry) sameAs(o *entry) bool {
	e.text, e.key, e.term, e.holders = o.text, o.key, o.term, o.holders
	return e == *o
}

// clip cuts a word to what the size of an entry's string can hold.
func clip(s string) string {
	if len(s) <= math.MaxUint16 {
		return s
	}
	return strings.ToValidUTF8(s[:math.MaxUint16], "")
}

// string gives the number of a string.
func (b *builder) string(s string) uint32 {
	id := b.strings.put(s)
	if int(id) == len(b.first) {
		b.first, b.holders, b.last = append(b.first, 0), append(b.holders, 0), append(b.last, 0)
	}
	return id
}

// stringSet numbers strings in the order in which they come. It holds no pointers, and
// looks at a string only where its hash says that it is the same.
type stringSet struct {
	seed    maphash.Seed
	slots   []uint64 // the hash of a string, and below it its number plus one
	ends    []uint32 // of a string, its end among the letters; it begins where the one before ends
	letters []byte
}

func newStringSet(size int) stringSet {
	n := 1 << 8
	for n < 2*size {
		n *= 2
	}
	return stringSet{seed: maphash.MakeSeed(), slots: make([]uint64, n)}
}

func (s *stringSet) begin(id uint32) uint32 {
	if id == 0 {
		return 0
	}
	return s.ends[id-1]
}

// at is the string at a place among the letters.
func (s *stringSet) at(begin uint32, size uint16) string {
	return unsafe.String(unsafe.SliceData(s.letters[begin:]), int(size))
}

func (s *stringSet) is(id uint32, text string) bool {
	return string(s.letters[s.begin(id):s.ends[id]]) == text
}

// find gives the number of a string, or the slot for it.
func (s *stringSet) find(text string) (id uint32, slot int, hash uint64, known bool) {
	hash = maphash.String(s.seed, text) >> 32
	mask := len(s.slots) - 1
	for slot = int(hash) & mask; s.slots[slot] != 0; slot = (slot + 1) & mask {
		if v := s.slots[slot]; v>>32 == hash && s.is(uint32(v)-1, text) {
			return uint32(v) - 1, slot, hash, true
		}
	}
	return 0, slot, hash, false
}

func (s *stringSet) put(text string) uint32 {
	id, slot, hash, known := s.find(text)
	if known {
		return id
	}
	id = uint32(len(s.ends))
	s.letters = append(s.letters, text...)
	s.ends = append(s.ends, uint32(len(s.letters)))
	s.slots[slot] = hash<<32 | uint64(id+1)
	if 2*len(s.ends) > len(s.slots) {
		s.grow()
	}
	return id
}

func (s *stringSet) grow() {
	slots := make([]uint64, 2*len(s.slots))
	mask := len(slots) - 1
	for _, v := range s.slots {
		if v == 0 {
			continue
		}
		slot := int(v>>32) & mask
		for slots[slot] != 0 {
			slot = (slot + 1) & mask
		}
		slots[slot] = v
	}
	s.slots = slots
}

// finish turns what was taken in into what is searched.
func (b *builder) finish() {
	x, v := b.x, &b.x.vocabulary
	v.letters = string(b.strings.letters)
	v.weights = make([]uint16, len(v.entries))
	v.looks = make([]look, len(v.entries))
	w := names.NewWeights(x.snapshot.Len(), func(sense string) int {
		id, _, _, known := b.strings.find(sense)
		if !known {
			return 0
		}
		return int(b.holders[id])
	})
	for i := range v.entries {
		e := &v.entries[i]
		e.holders = b.holders[b.senses[i]]
		v.foreign = v.foreign || names.Script(e.script) != names.Latin
		v.persons = v.persons || v.personal(uint32(i))
		v.maybe = v.maybe || e.flags&flagMaybePerson != 0
	}
	shares(len(v.entries), func(_, from, to int) {
		for i := from; i < to; i++ {
			t := v.token(&v.entries[i])
			v.weights[i] = uint16(w.Weight(&t))
			if t.Class != names.LegalForm {
				v.looks[i] = lookOf(&t)
			}
		}
	})
	v.trace()
	v.near = makeTable(32*len(v.entries), v.nearLimit(), len(v.entries), v.spellings)
	b.rank()
	v.post(x)
	x.leads = make([]atomic.Pointer[leads], len(v.entries))
	x.codes = makeTable(x.snapshot.Len(), x.snapshot.Len(), x.snapshot.Len(), x.identifiers)
	x.wholes = makeTable(2*len(x.listed), len(x.listed), len(x.places), x.letters)
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
		words := b.words[begin:end]
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
	x.words = make([]uint32, 0, len(b.words))
	for rank, n := range x.ranked {
		p := &x.places[rank]
		p.begin, p.size = uint32(len(x.words)), uint8(len(spans[n]))
		for _, id := range spans[n] {
			p.weight += weights[id]
		}
		if p.size > 0 {
			p.personal = v.personal(spans[n][0])
		}
		x.words = append(x.words, spans[n]...)
	}
}
