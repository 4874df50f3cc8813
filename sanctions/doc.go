// Package sanctions is the vocabulary of the library: what a party, a name, an
// identifier, a designation, a share and a date are, and what it means for a
// party to stand somewhere on a list. It holds values and no input or output;
// every other package speaks in these terms.
//
// A [Party] is anyone who can be named: a firm under review, the body it dealt
// with, a ship, a listed person. A listed party carries [Designation] values:
// who listed it, under which programme, with which [Measure] (a listing is not
// always blocking) and for which [Period]. A [Snapshot] is all listed parties
// that were loaded, immutable, together with its [Coverage]: which lists were
// read, in which edition, and which were not. A [Standing] is what a snapshot
// and the ownership registers say of one party as of one date. It states facts
// with their evidence and gives no points: weights live in package risk.
//
// Every fact carries the [Source] (file, line, column) that it was read from,
// and every unknown is said: an empty [Date] is unknown, an unknown percentage
// is the range from 0 to 100, an answer may be [Possible].
//
// Read source.go and date.go first: where a fact was read, and when it holds. Then
// who somebody is (party.go, identifier.go with validate.go, country.go) and what
// was done to them (designation.go), all of it together in snapshot.go. What a share
// is stands in share.go, how alike names are in similarity.go; answer.go,
// condition.go and verdict.go are the words in which standing.go answers. term.go
// reads closed vocabularies.
//
// All values are plain data. They are safe for concurrent reading; whoever
// changes one owns it. A Snapshot never changes once made.
package sanctions
