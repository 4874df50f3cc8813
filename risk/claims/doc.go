// Package claims is what people report: firms, who said what about their dealings
// with Russia, and what currencies were worth. It reads and writes these files and
// judges nothing.
//
// A [Claim] is one source saying one thing. Its columns are the facts; item, quote and
// note are shown and never read. A denial, a correction and an opinion are claims of
// their own, so that nothing is overwritten. Vocabularies are closed, see [Terms], and
// a word that stands for a term is in synonyms.csv; an empty cell is unknown. Columns
// are matched by header in any order. Every bad cell is a [sanctions.Fault] with its
// place, and on any fault nothing is read.
//
// firm.go and claim.go have the rows, in the terms of vocabulary.go and synonyms.go,
// and rates.go the exchange rates at which amounts can be compared. Package risk joins
// firms and claims.
package claims
