// Package registers reads registers of who holds what of whom: the library's own file
// ([Interests]), GLEIF's relationships and reporting exceptions ([GLEIF]), the Beneficial
// Ownership Data Standard ([BODS]), the British register of persons with significant
// control ([PSC]) and entities of OpenSanctions ([FollowTheMoney]).
//
// Each yields a stream of [Interest]: one source saying that one party holds something in
// another, with its place in the file. Nothing is resolved while reading, neither what
// contradicts nor who is whom; package ownership makes a graph of it and judges.
//
// # Shapes and units
//
// A share is an exact range of the whole ([sanctions.ShareRange]): a band of a register
// keeps its open ends, and a percentage that is not stated is [0,100], never zero. A
// period is half-open, [from, to). An owner whom a register withholds, or does not know, is
// an interest without one, and Stated says why.
//
// An id is one of its author's own, or has a prefix that says who gave it (lei:…,
// gb-coh:…); of one that names an identifier, check digits are judged ([Prefixes],
// [IdentifierOf]).
//
// # Errors and concurrency
//
// A row or record that cannot be read is yielded as a [*sanctions.Fault] with file, line
// and column, and the stream goes on. A reader holds no state and reads while it is ranged
// over: several may be at work at once, each on an [io.Reader] of its own. GLEIF, PSC and
// the library's own file are streamed; of BODS and FollowTheMoney what is said of parties
// is kept to the end, since it may follow the interests.
//
// # The way of a row
//
// interest.go and party.go say what is yielded. canonical.go and gleif.go read CSV, by
// rows; bods.go, psc.go and ftm.go JSON, which records.go takes apart and of which
// position.go finds the place of a fault. prefix.go judges ids.
package registers
