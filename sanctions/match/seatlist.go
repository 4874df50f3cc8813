package match

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// A country in a query costs a name nothing whose party sits there, and nothing else of a
// name tells. So the names of those parties are listed by country behind the lists of the
// words' names, and a country leads to them as a word leads to what relates to it.

// seatKeys are the countries, by their codes' letters, each for names of no persons and for
// those that are or may be persons'.
const seatKeys = 2 * 26 * 26

// seatKey numbers a country and a sort of name.
func seatKey(code string, personal bool) (key uint32, ok bool) {
	if len(code) != 2 {
		return 0, false
	}
	a, b := uint32(code[0])-'A', uint32(code[1])-'A'
	key = 2 * (26*a + b)
	if personal {
		key++
	}
	return key, a < 26 && b < 26
}

// eachSeat gives the codes of the countries where a party sits, some perhaps twice.
func eachSeat(p *sanctions.Party, yield func(code string)) {
	for _, code := range p.Countries {
		yield(code)
	}
	for i := range p.Addresses {
		yield(p.Addresses[i].Country)
	}
}

// seat lists the names by country.
func (v *vocabulary) seat(x *Index) {
	var keys []uint32 // of every party, as of no persons
	ends := make([]uint32, x.snapshot.Len())
	for i := range ends {
		begin := len(keys)
		eachSeat(x.snapshot.At(i), func(code string) {
			if key, ok := seatKey(code, false); ok && !slices.Contains(keys[begin:], key) {
				keys = append(keys, key)
			}
		})
		ends[i] = uint32(len(keys))
	}
	v.seats = make([]uint32, seatKeys+1)
	each := func(yield func(key, rank uint32)) {
		for rank, n := range x.ranked {
			party, begin := x.listed[n].party, uint32(0)
			if party > 0 {
				begin = ends[party-1]
			}
			for _, key := range keys[begin:ends[party]] {
				if x.places[rank].personal {
					key++
				}
				yield(key, uint32(rank))
			}
		}
	}
	each(func(key, _ uint32) { v.seats[key+1]++ })
	v.seats[0] = uint32(len(v.ranks))
	for key := range seatKeys {
		v.seats[key+1] += v.seats[key]
	}
	next := slices.Clone(v.seats)
	v.ranks = append(v.ranks, make([]uint32, v.seats[seatKeys]-v.seats[0])...)
	each(func(key, rank uint32) {
		v.ranks[next[key]] = rank
		next[key]++
	})
}

// seated are the names of one sort whose parties sit in a country.
func (v *vocabulary) seated(code string, personal bool) span {
	key, ok := seatKey(code, personal)
	if !ok {
		return span{}
	}
	return span{v.seats[key], v.seats[key+1]}
}
