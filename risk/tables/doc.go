// Package tables is what an analyst writes: the decision tables of a rule set, the
// facts that their conditions can ask about, and the notation of conditions. It says
// what a table means and refuses what means nothing; whether tables are sound together,
// and what they make of a firm, is for package risk.
//
// catalogue.go lists the facts. condition.go is one cell, a test of one fact, and takes
// it apart for whoever asks it, draws it or changes it. vocabulary.go has the terms in
// which tables speak of powers and evidence. tables.go is the rows: the
// [Authority] a power rests on, the [Rule] that gives points, the [Element] that a power
// requires, the [Weight] of evidence, the [Imputation] of a claim, the [Band] of a
// score, and the lists of goods and programmes. All weights are here, and none is in
// code.
package tables
