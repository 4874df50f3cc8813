// Package ownership turns interests, as package registers reads them, into verdicts: per
// regime and date, whether a party is owned by listed parties, within which bounds, on
// which proof, and how far from the threshold.
//
// # Method
//
// Interests are read as their sources state them ([registers.Interest]) into a [Graph]. A
// percentage is an exact range on integers; a missing one is [0,100], a register's band
// keeps its open ends. Nothing is resolved while reading. For a date, the statements of
// one owner about one firm become one holding: a later one replaces an earlier one,
// agreeing ones sharpen each other; of contradicting ones that of the later published file
// stands, and where that is not known they leave the range between them. Interests of
// several kinds (shares, rights to profits, …) measure one stake, of which the greatest
// counts. What one listed party is said to hold in one firm under two ids is one holding.
//
// Owners who together hold more than the whole are a conflict of sources; nothing is
// rescaled. A stake that surely began later stands against an earlier one, and where
// dates do not tell, that of the later published file does. Otherwise both readings are
// kept: the upper bound is what is said, the lower what the others leave. Other listed
// owners take nothing away, so that one more of them never lowers a verdict: a firm is
// owned if either row stands. Where the holdings of all listed owners are added, an
// upper bound of stated shares is also what other owners certainly leave; what nobody
// states may be held through them.
//
// [Solve] starts from the listed parties and adds what must be: a party is owned when
// the holdings of listed and owned parties reach the regime's threshold, and then
// passes its own holdings on whole, without multiplying (OFAC FAQ 401). This least
// fixpoint on lower bounds is certain; the same on upper bounds is possible; between
// them lies what better data would settle. Firms that hold each other in a circle do
// not make one another owned. Where taking them for owned, and what is below them,
// would bear itself out, at the greatest fixpoint of shares, votes or control and on
// lower or upper bounds, the verdict says circular_holding and shows both: itself is
// the least fixpoint, its Circle the greatest, also where they differ in nothing but
// the share. A circle counts only as far as chains of stakes lead into it from a listed
// party. Nothing flows to owners or to sister companies, and a director is not an
// owner. A proof shows the hundred stakes that are nearest to the party; where a chain
// goes on, its first stake says how far.
//
// A party that may be listed is judged as if it were not, since nobody is its own owner.
// Where more than five hundred stand above it, in circles with it, it is not solved for
// by itself: its upper bounds are then of all who may be listed, it among them, its lower
// of those who are, and where these differ the verdict says circle_unsettled.
//
// Registers know one firm by several ids. What is said of each stays apart until
// [Graph.Join] is told that they are one: then it adds up. Where they are only possibly
// one, the graph is solved as if they were and as if they were not, and a verdict lies
// over both, with the condition weak_link where they differ. Several doubtful links are
// taken for true together as far as they can be; that one of them holds and another
// does not is looked at only where they exclude each other.
//
// # The way of a row
//
// read.go reads files by the formats of package registers; described.go keeps what they say
// of parties. builder.go makes the graph of graph.go and components.go of them, over the
// ids of ids.go, in memory, and buildfile.go by spill.go on disk, for file.go to map. join.go and
// readings.go make other graphs of one; contradictions.go lists what cannot be so.
//
// holding.go resolves statements for a day, with share.go and twins.go. analysis.go
// takes regime.go's table (regimes.csv) and the listed parties of seed.go, kept in
// roster.go, and starts a cascade for all, or for each of the groups of group.go:
// cascade.go goes in rounds, flow.go passes holdings on into the sums of tally.go, over
// the parties of sparse.go; surplus.go says what others leave, threshold.go which marks
// a sum earns, hand.go what lies in one hand. For the greatest fixpoint circle.go tells
// who is in a circle, tangle.go gathers what decides there, and sweep.go takes away
// what nothing holds up, with totals.go and support.go.
//
// verdict.go puts a party's standing in words, with the registers' book of its owners
// (book.go), proof (upstream.go, proof.go, handproof.go, circleproof.go, and recent.go
// for what was solved last), flip.go, what governs (restriction.go, lineage.go), beside.go for a
// party that may be listed, and doubt.go where parties may be one. path.go and chart.go
// write proofs down. companies.go asks the economists' question of the same graph.
//
// # Regimes
//
// The rules are rows of a table ([BuiltinRegimes], [ReadRegimes]): threshold,
// whether it suffices to be at it, whether the holdings of several listed owners
// are added, votes, control, dates, citation. Where they are not added, each
// listed party is followed by itself, with two exceptions: the same party under
// two ids, and a joint arrangement, which interests express as a control interest
// between its members. A rule that is stayed makes nobody owned: where it would
// have, the verdict says control_indicated and regime_not_in_force. Of a rule of
// which it is not known whether it is in force, owned becomes possibly_owned. Where of
// several owners the one with the most restrictive designation governs (BIS), a verdict
// names what all of them are listed for, that one first.
//
// # Statuses
//
//   - listed: itself listed under the regime on the day; always wins.
//   - owned: the threshold is reached on what is certain.
//   - possibly_owned: it is reached only on upper bounds of stated shares, or
//     through an owner who may be listed, or if a disputed reading of the rule or
//     of its being in force is right.
//   - control_indicated: not owned, but listed, owned or so controlled parties
//     control it, appoint more than half of its board, hold half of its shares or
//     votes in one hand (one owner's with all that it owns), control it at the
//     greatest fixpoint of a circle (see [ControlTest]), or held enough and have
//     left, no longer ago than the rule looks back: whether they truly have is part
//     of the question. Control is a question for a reviewer; it is never concluded
//     from a directorship.
//   - unknown: a listed owner's share is not stated, so that the threshold can
//     neither be shown nor excluded, nor what part of the board it appoints; or the
//     registers say that there are owners and name none; or the
//     party may be listed itself.
//   - minority: listed owners hold something, and less than the threshold.
//   - none: no listed owner is known. The condition ownership_incomplete says
//     when the recorded owners do not add up to the whole.
//
// Shares bound the aggregate that the regime counts. A sum above 100 that
// neither dates nor sources resolve is shown as it is, with conflicting_sources, and
// never rescaled. A holding in itself (treasury shares) carries no rights: the lower
// bound is of the issued capital and the upper of the rest.
//
// # Speed
//
// Solving costs what listed parties hold, directly and through what they own, and
// not the size of the graph: see BenchmarkSolve. An interest takes 12 bytes for
// the solver, 16 where interests have dates, so that a billion take 12 to 16 GB; a
// register that does not fit memory is built to a file and mapped ([BuildFile],
// [OpenFile]), some 30 bytes an interest with the ids of half as many parties.
package ownership
