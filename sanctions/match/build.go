package match

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"unsafe"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// builder takes in parties one by one.
type builder struct {
	x       *Index
	strings stringSet
	known   numbers  // of words, by their texts
	entries []word   // every different word, in the order in which they come
	senses  []uint32 // of a word, its sense as a string
	tallies []tally  // of a string
	words   []uint32 // the words of every name
	ends    []uint32 // where those of each name end
	wholes  []uint64 // the hashes of every name as a whole
	wholly  []uint32 // where those of each name end
	fetched uint32   // keeps what is only fetched from being optimised away
}

// tally counts the parties in whose names a sense stands.
type tally struct {
	holders uint32
	last    uint32 // the latest of them, plus one
}

func newBuilder(x *Index) *builder {
	return &builder{x: x, strings: newStringSet(x.snapshot.Len()), known: newNumbers(x.snapshot.Len())}
}

// parsed is what the names of some parties say, before words are numbered.
type parsed struct {
	names    []listed
	sorts    []names.Personal // of each name
	ends     []int            // where the tokens of each name end
	tokens   []names.Weighed  // not weighed yet
	hashes   []uint32         // of the texts of tokens
	wholes   []uint64         // the hashes of every name as a whole
	wholly   []int            // where those of each name end
	likely   []uint32         // of each token, a word that it likely is, or noEntry
	variants []string
	buffer   []names.Token
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
		left.names, left.sorts, left.ends, left.tokens, left.hashes = left.names[:0], left.sorts[:0], left.ends[:0], left.tokens[:0], left.hashes[:0]
		left.wholes, left.wholly = left.wholes[:0], left.wholly[:0]
		for i := part * together; i < min((part+1)*together, n); i++ {
			b.parse(left, uint32(i), s.At(i))
		}
		return left
	}, b.add)
}

func (b *builder) parse(p *parsed, i uint32, party *sanctions.Party) {
	for k := range party.Names {
		p.variants = names.AppendVariants(p.variants[:0], party.Names[k].Text)
		for v, text := range p.variants {
			begin := len(p.tokens)
			p.buffer = names.AppendTokens(p.buffer[:0], text, party.Kind)
			for t := range names.TakeApart(p.buffer) {
				t.Text, t.Key = clip(t.Text), clip(t.Key)
				p.tokens = append(p.tokens, names.Weighed{Token: t})
				p.hashes = append(p.hashes, b.strings.hash(t.Text))
			}
			p.names = append(p.names, listed{party: i, name: uint16(k), variant: uint16(v)})
			p.sorts = append(p.sorts, names.PersonalOf(party.Kind))
			p.ends = append(p.ends, len(p.tokens))
			p.wholes = appendWholes(p.wholes, p.tokens[begin:])
			p.wholly = append(p.wholly, len(p.wholes))
		}
	}
}

func (b *builder) add(p *parsed) {
	b.fetch(p)
	begin := 0
	for n, end := range p.ends {
		party := p.names[n].party
		for k := begin; k < end; k++ {
			id := b.word(&p.tokens[k].Token, p.hashes[k], p.sorts[n])
			b.words = append(b.words, id)
			if s := &b.tallies[b.senses[id]]; s.last != party+1 {
				s.last = party + 1
				s.holders++
			}
		}
		b.ends = append(b.ends, uint32(len(b.words)))
		begin = end
	}
	for _, end := range p.wholly {
		b.wholly = append(b.wholly, uint32(len(b.wholes)+end))
	}
	b.wholes = append(b.wholes, p.wholes...)
	b.x.listed = append(b.x.listed, p.names...)
}

// fetch looks up what numbering the words of some names will look at. It goes from one array
// to the next for all of them at a time, so that the processor waits for many places in memory
// at once.
func (b *builder) fetch(p *parsed) {
	p.likely = p.likely[:0]
	for _, hash := range p.hashes {
		p.likely = append(p.likely, b.known.guess(hash))
	}
	var sum uint32
	for k, id := range p.likely {
		if id != noEntry {
			sum ^= b.entries[id].text ^ b.senses[id]
		} else {
			sum ^= b.strings.guess(p.hashes[k])
		}
	}
	for _, id := range p.likely {
		if id != noEntry {
			sum ^= b.tallies[b.senses[id]].last
			if e := &b.entries[id]; e.textSize > 0 {
				sum ^= uint32(b.strings.letters[e.text])
			}
		}
	}
	b.fetched ^= sum
}

// word gives the number of a word, a new one if it is new.
func (b *builder) word(t *names.Token, hash uint32, person names.Personal) uint32 {
	e := wordOf(t, person)
	id, slot := b.known.find(hash, func(id uint32) bool {
		o := &b.entries[id]
		return o.sameAs(&e) && b.strings.at(o.text, o.textSize) == t.Text && b.strings.at(o.key, o.keySize) == t.Key && b.strings.at(o.term, o.termSize) == t.Term
	})
	if id != noEntry {
		return id
	}
	text := b.string(t.Text, hash)
	key := text
	if t.Key != t.Text {
		key = b.string(t.Key, b.strings.hash(t.Key))
	}
	sense := key
	e.text, e.key = b.strings.begin(text), b.strings.begin(key)
	if t.Term != "" {
		sense = b.string(t.Term, b.strings.hash(t.Term))
		e.term = b.strings.begin(sense)
	}
	b.entries, b.senses = append(b.entries, e), append(b.senses, sense)
	return b.known.put(slot, hash)
}

// string gives the number of a string.
func (b *builder) string(s string, hash uint32) uint32 {
	id := b.strings.put(s, hash)
	if int(id) == len(b.tallies) {
		b.tallies = append(b.tallies, tally{})
	}
	return id
}

// wordOf is the word of a token without the places of its strings.
func wordOf(t *names.Token, person names.Personal) word {
	e := word{textSize: uint16(len(t.Text)), keySize: uint16(len(t.Key)), termSize: uint16(len(t.Term)),
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

// sameAs compares words but for their strings.
func (e word) sameAs(o *word) bool {
	e.text, e.key, e.term = o.text, o.key, o.term
	return e == *o
}

// clip cuts a word to what the size of an entry's string can hold.
func clip(s string) string {
	if len(s) <= math.MaxUint16 {
		return s
	}
	return strings.ToValidUTF8(s[:math.MaxUint16], "")
}

// finish turns what was taken in into what is searched.
func (b *builder) finish() {
	x, v := b.x, &b.x.vocabulary
	order := b.order()
	b.enter(order)
	v.trace()
	v.near = makeTable(32*len(v.entries), v.nearLimit(), len(v.entries), v.spellings)
	b.renumber(order)
	b.rank()
	v.post(x)
	v.seat(x)
	x.leads = make([]atomic.Pointer[leads], len(v.entries))
	x.codes = makeTable(x.snapshot.Len(), x.snapshot.Len(), x.snapshot.Len(), x.identifiers)
	x.wholes = makeTable(2*len(x.listed), len(x.listed), len(x.listed), b.letters)
}

// order gives the words in the order of the entries: by length, and then as the alphabet has
// them.
func (b *builder) order() []uint32 {
	type keyed struct {
		begins uint64 // the first letters
		id     uint32
	}
	const lengths = 32 // or longer
	var first [lengths + 1]int
	for i := range b.entries {
		first[min(b.entries[i].textSize, lengths-1)+1]++
	}
	for i := range lengths {
		first[i+1] += first[i]
	}
	sorted, next := make([]keyed, len(b.entries)), first
	for i := range b.entries {
		at := &next[min(b.entries[i].textSize, lengths-1)]
		sorted[*at] = keyed{begins(b.text(uint32(i))), uint32(i)}
		*at++
	}
	each(lengths, func(part int) {
		slices.SortFunc(sorted[first[part]:first[part+1]], func(a, c keyed) int {
			if a.begins != c.begins {
				return cmp.Compare(a.begins, c.begins)
			}
			return cmp.Or(strings.Compare(b.text(a.id), b.text(c.id)), cmp.Compare(a.id, c.id))
		})
	})
	order := make([]uint32, len(sorted))
	for i := range sorted {
		order[i] = sorted[i].id
	}
	return order
}

// begins is the first eight bytes of a text as a number that has the order of the alphabet.
func begins(text string) (n uint64) {
	for i := range 8 {
		n <<= 8
		if i < len(text) {
			n |= uint64(text[i])
		}
	}
	return n
}

func (b *builder) text(id uint32) string {
	return b.strings.at(b.entries[id].text, b.entries[id].textSize)
}

// enter makes the entries of the vocabulary, with letters that lie in their order behind those
// of all terms.
func (b *builder) enter(order []uint32) {
	v := &b.x.vocabulary
	var letters []byte
	terms := map[uint32]uint32{}
	for i := range b.entries {
		w := &b.entries[i]
		if _, known := terms[w.term]; w.termSize > 0 && !known {
			terms[w.term], letters = uint32(len(letters)), append(letters, b.strings.at(w.term, w.termSize)...)
		}
		v.foreign = v.foreign || names.Script(w.script) != names.Latin
		v.persons = v.persons || w.personal()
		v.maybe = v.maybe || w.flags&flagMaybePerson != 0
	}
	behind := len(letters)
	v.entries = make([]entry, len(order))
	shares(len(order), func(_, from, to int) {
		for i, id := range order[from:to] {
			e := &v.entries[from+i]
			e.word, e.holders = b.entries[id], b.tallies[b.senses[id]].holders
		}
	})
	layOut(len(v.entries), func(i int) int {
		e := &v.entries[i]
		if e.word.keyed() {
			return int(e.textSize) + int(e.keySize)
		}
		return int(e.textSize)
	}, func(total int) {
		letters = append(letters, make([]byte, total)...)
	}, func(i, begin int) {
		e := &v.entries[i]
		w := e.word
		begin += behind
		e.text, e.key, e.term = uint32(begin), uint32(begin), terms[w.term]
		begin += copy(letters[begin:], b.strings.at(w.text, w.textSize))
		if w.keyed() {
			e.key = uint32(begin)
			copy(letters[begin:], b.strings.at(w.key, w.keySize))
		}
	})
	v.letters = unsafe.String(unsafe.SliceData(letters), len(letters))
	shares(len(v.entries), func(_, from, to int) {
		holders := uint32(0)
		weights := names.NewWeights(b.x.snapshot.Len(), func(string) int { return int(holders) })
		for i := from; i < to; i++ {
			e := &v.entries[i]
			t := v.token(&e.word)
			holders = e.holders
			e.weight = uint16(weights.Weight(&t))
			e.burden = burdenOf(&t, e.weight)
			if t.Class != names.LegalForm {
				e.look = lookOf(&t)
			}
		}
	})
}

// keyed reports whether the key is another string than the text.
func (w *word) keyed() bool { return w.key != w.text || w.keySize != w.textSize }

// renumber makes the words of every name entries.
func (b *builder) renumber(order []uint32) {
	entries := make([]uint32, len(order)) // of the words
	for i, id := range order {
		entries[id] = uint32(i)
	}
	shares(len(b.words), func(_, from, to int) {
		for i := from; i < to; i++ {
			b.words[i] = entries[b.words[i]]
		}
	})
}

// letters gives the hashes of every name as a whole.
func (b *builder) letters(from, to int, yield func(hash uint64, rank uint32)) {
	begin := uint32(0)
	if from > 0 {
		begin = b.wholly[from-1]
	}
	for n := from; n < to; n++ {
		for _, hash := range b.wholes[begin:b.wholly[n]] {
			yield(hash, b.x.listed[n].rank)
		}
		begin = b.wholly[n]
	}
}

// rank sums up the burden of every name, ranks names by it and lays out their words in
// the order of the ranks.
func (b *builder) rank() {
	x, v := b.x, &b.x.vocabulary
	counts, weights := make([]uint16, len(v.entries)), make([]uint16, len(v.entries))
	for id := range v.entries {
		e := &v.entries[id]
		if counts[id] = e.burden; !e.slight() {
			weights[id] = e.weight
		}
	}
	burdens, places := make([]uint16, len(x.listed)), make([]place, len(x.listed)) // of a name
	shares(len(places), func(_, from, to int) {
		for n := from; n < to; n++ {
			p := &places[n]
			if n > 0 {
				p.begin = b.ends[n-1]
			}
			p.size = uint8(min(b.ends[n]-p.begin, similarity.MaxWords))
			for _, id := range b.words[p.begin:][:p.size] {
				burdens[n] += counts[id] // even the weightiest words do not overflow it
				p.weight += weights[id]
			}
			p.personal = p.size > 0 && v.entries[b.words[p.begin]].personal()
		}
	})
	first := make([]uint32, math.MaxUint16+2) // of a burden, the rank of the first name that has it
	for _, burden := range burdens {
		first[int(burden)+1]++
	}
	for i := 1; i < len(first); i++ {
		first[i] += first[i-1]
	}
	x.ranked, x.burdens, x.places = make([]uint32, len(burdens)), make([]uint16, len(burdens)), make([]place, len(burdens))
	for n, burden := range burdens {
		rank := first[burden]
		first[burden]++
		x.ranked[rank], x.burdens[rank], x.places[rank], x.listed[n].rank = uint32(n), burden, places[n], rank
	}
	layOut(len(x.places), func(rank int) int { return int(x.places[rank].size) }, func(total int) {
		x.words = make([]uint32, total)
	}, func(rank, begin int) {
		p := &x.places[rank]
		copy(x.words[begin:], b.words[p.begin:][:p.size])
		p.begin = uint32(begin)
	})
}
