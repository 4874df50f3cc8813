// Package match finds a party among many: an [Index] over a
// [sanctions.Snapshot], and a [Query] with name, kind, country and identifiers.
// Every [Hit] names the listed name that matched, says how surely and why, word
// by word, and what speaks against it.
//
// # What makes a hit
//
// A name, when [similarity.Compare] scores it at or above the query's minimum; or an
// identifier that names one party in the world or in its country (LEI, INN,
// OGRN, IMO and the like), when its checksum holds. Nothing else does: a shared
// country, telephone or website never makes a hit.
//
// # What holds it back
//
// A weak alias alone is never more than probable (OFAC FAQ 122-124). A valid
// identifier of the same scheme and country with another value contradicts: the
// hit drops to weak and says so. A legal form of another family (ООО, АО) is said
// too, and costs what [similarity.Compare] takes for it. Another country lowers the
// strength by a step and not below probable, since companies move and fronts sit
// offshore. Another kind of party rules a hit out unless a person and an entity
// bear exactly the same name. What is absent never contradicts.
//
// # Completeness
//
// [Index.Search] returns what [Index.Scan] returns, which compares the query with
// every name. Scan is the definition, Search the fast way to it, without a cap on
// candidates; how it gets there is told in retrieve.go. [Index.SearchSome] bounds
// the names looked at, for lists of many millions, and says when it left any out
// (some.go).
//
// # The way of a query
//
// An [Index] (index.go) is made by build.go, on all processors (parts.go): every word is
// numbered once (numbers.go), and the words are entered in the vocabulary (vocabulary.go), a
// line of memory each, by length and alphabet. They are found again through a table (table.go)
// by the hashes of their spellings (hash.go), beside which a trace tells which letters were
// left out (trace.go).
//
// A [Query] (query.go) is searched by search.go. Each of its words leads to the entries of
// the vocabulary that relate to it (relate.go, lead.go); bound.go says what these bring to a
// score and which words are essential; notes.go notes on names what they hold, where a sieve
// (sieve.go) says that they may come into question; retrieve.go gathers those that may score
// the minimum and bounds them once more by marks on their words (marks.go). What is left is
// compared in full, a place that is the other party's seat left out (seat.go), for which the
// names of a country's parties are listed (seatlist.go). Identifiers go their own way
// (identifier.go). Then legal forms (form.go) and all else that contradicts (contradict.go)
// are weighed, and earlier decisions are put beside the hits (clearance.go). file.go writes
// and opens an index.
//
// # Files
//
// [Index.WriteTo] writes an index and [Open] uses it where it lies, mapped into
// memory perhaps by [Map], so that many processes share one. An index belongs to
// its snapshot and is refused with any other.
//
// # Measuring
//
// With EXPOSURE_DATA naming a folder of real lists and queries,
//
//	go test -v -run 'Recall|Unlisted|EUNames|Scripts' ./sanctions/match
//	go test -v -run Pairs ./sanctions/similarity
//	go test -run '^$' -bench 'Search|Scan|JaroWinkler|NewIndex|Open|Million' -cpu 1 ./sanctions/match
//	go test -run '^$' -bench 'NewIndex|Million/load|Parallel' -cpu 2 ./sanctions/match
//	go test -run '^$' -bench TenMillion -benchtime 1000x -cpu 1 ./sanctions/match -ten-million
//
// print recall and false hits, the agreement with labelled pairs, and speed beside
// an exhaustive scan and plain Jaro-Winkler in the same run. What two processors
// bring needs a run of its own: under -cpu 1,2 a looping benchmark has two in both
// of its lines. Rates by processor time (q/cpu-s) are the ones to compare where
// others use the machine.
package match
