// Package exposure is the map of a library that answers one question about a
// firm, with evidence: given these sanctions lists, these ownership registers
// and these reported engagements with Russia, as of this date, is the firm
// listed, is it owned by someone listed, and how far is it exposed to secondary
// sanctions, under which authority, and what would change the answer?
//
// It holds no code. Data moves once, from left to right:
//
//	manifest.csv ──lists.Open──▶ sanctions.Snapshot ─┐
//	                                                 ├─▶ screening.Screener ─▶ sanctions.Standing
//	interests.csv ─ownership.Read─▶ ownership.Graph ─┘                          │ facts, no weights
//	firms.csv, claims.csv ──▶ claims.Claim ──▶ risk.Subject ──▶ risk.Scorer ◀───┘
//	rules/*.csv ──▶ tables.Set ──▶ risk.Ruleset ────────────────────▲   │
//	                                                                    ▼
//	                                                         assessment.Assessment
//
// # Rooms
//
//   - sanctions: the vocabulary. Parties, names, designations, dates, exact
//     shares, and the source of every fact.
//   - sanctions/names: one name to words, each with what it is and what it weighs.
//   - sanctions/similarity: two names to a similarity, with reasons.
//   - sanctions/match: many names; an index over a snapshot that finds what an
//     exhaustive scan would.
//   - sanctions/lists: published list formats to parties, and the manifest that
//     says what was loaded.
//   - sanctions/registers: registers of who owns what, in five formats, to interests.
//   - sanctions/ownership: interests to a graph, and a verdict per regime and date.
//   - sanctions/screening: joins lists, match and ownership into one standing.
//   - risk/claims: what is reported. Firms, claims, exchange rates.
//   - risk/tables: what it weighs. Decision tables, facts, conditions.
//   - risk: claims to engagements, and with the tables to an assessment.
//   - risk/assessment: the answer, its JSON form, and what moved it.
//   - risk/rules: the embedded rule sets, as CSV.
//   - risk/risktest: a rule set under go test: cases, coverage, mutants, portfolios.
//   - examples: programs. screen scores a world, match and ownership ask one room of
//     it, tune shows what a change of rules does.
//   - testdata/worlds: the embedded world, with what is fact in it and what invented.
//   - internal: reading CSV with the place of every cell; exact numbers; mapping a
//     file into memory.
//
// To follow one firm through the house, start at examples/internal/world, which opens
// a folder as every program does, and read the package comments from left to right:
// each says what its files do, in the order in which data passes through them.
//
// # Glossary
//
//   - Party: anyone who can be named; a firm, a person, a ship, a state body.
//   - Designation: one act of one authority against one party, on one list.
//   - Measure: what a designation does. Not every designation blocks.
//   - Programme: the label under which an authority lists (RUSSIA-EO14024).
//   - Interest: a holding of one party in another: shares, votes, control.
//   - Regime: one authority's ownership rule: threshold, aggregation, dates.
//   - Standing: what lists and registers say of a party on a date.
//   - Claim: one source saying one thing, with all that is known of who said it.
//   - Root source: the origin a claim goes back to; reprints share one.
//   - Engagement: what claims about one event reduce to, affirmed and denied.
//   - Authority: a legal power to sanction (CAATSA s.231, E.O. 14024).
//   - Reach: how far an authority reaches a firm on the evidence: not reached,
//     indicator, plausible or strong. Never "will be sanctioned".
//   - Assessment: score with bounds, grade, factors with their facts and
//     citations, conditions, and what would change it.
//
// # The three lines
//
//	screener, manifest, err := screening.Open(os.DirFS("world"), asOf)
//	subjects, err := risk.ReadSubjects(os.DirFS("world"), manifest.Paths("firms"), manifest.Paths("claims"))
//	assessment, err := risk.NewScorer(rules.Baseline(), screener).Assess(subjects[0], asOf)
//
// They take ids as the files write them. Who the firms are is worth telling the
// screener too (screening.WithParties), and how their names are spelt the reading of
// claims (risk.WithResolver), for registers and claims that give a name and no id.
//
// Everything takes the date as a parameter; no package reads a clock, the
// environment or the network. Values are safe for concurrent reading, and the
// types that do work say so themselves. Nothing here is legal advice.
package exposure
