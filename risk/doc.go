// Package risk says how far a firm is exposed to secondary sanctions through reported
// engagements with Russia: under which authority, on what evidence, and what would
// change the answer.
//
// A [claims.Claim] is one source saying one thing. Claims about one dealing reduce to an
// engagement: independent roots are counted once, what retells a root adds nothing
// whatever grade it is given, a denial stands beside what it denies, and a correction
// stands in the dealing that it corrects and adds nothing to it. Each differing
// statement is an [assessment.Account]: as one source tells it, as it is when what
// others tell fills its blanks and nobody contradicts, and as far as two sources that
// differ agree, and each as far as it came at least. Sources corroborate each other only
// in what they both say, and an account weighs as the cell of it that is shown least. In
// Low and Point a blank counts for no more than what others state in its place: of the
// two the lesser counts. What does not charge the firm (an absence, a person in personal
// capacity, a trade body's members, a group, a state) is shown as [assessment.Context]
// with the reason. What it did about a dealing is a claim of kind remediation: shown
// with the dealing, and among the mitigating facts of the authorities that read it, it
// moves no score, since no source can say what it is worth to them. Counterparties are
// screened as of the last known day of the dealing and as of the date of the assessment;
// one that is inferred from equipment stays inferred and counts in the high score only.
// A listing that began and ended between the first and the last day of a dealing is not
// asked about: a [Screener] answers for a day and does not tell on which days its answer
// changes.
//
// Only columns are facts. What item, quote and note say in words is shown and not read:
// a claim without a sum of money says nothing of size, however many barrels or ships its
// note counts, and one whose note tells of false papers or of a licence says neither. A
// counterparty that is by its whole name the armed forces, the ministry of defence or a
// service of Russia, see bodies.csv, is in the sector, whether or not a list says so. A
// firm whose sector is trade, see traders.csv, sells what others make. A firm that
// itself tells of a dealing, by name or in a document, declares it: rules may take that
// as a sign of open business in the low and point scores, and the high score does not.
//
// A [Ruleset] is decision tables in CSV, and nothing about a firm, a list file or a
// weight is in code. Tables impute claims, weigh evidence, give points by authority,
// name what an authority requires, and cut the score into grades. Every row cites its
// source and says why. Conditions are unary tests of facts, see [tables.Condition] and
// [tables.Catalogue].
//
// A [Scorer] joins the two with whoever knows lists and ownership, a [Screener], into an
// [assessment.Assessment]. Within an engagement the points of an authority add up inside
// [0,100]; its evidence weighs them; engagements combine as 100·(1−∏(1−p/100)),
// strongest first, so that one contract told as six dealings weighs more than told as
// one (the ids of its claims say which it is); across authorities the strongest decides
// the grade and the others are listed. Every step is a line, in exact millionths of a
// point, so that the lines of an authority add up to its score.
//
// There are three scores: Low counts only what is confirmed, High everything reported
// and not withdrawn, with possible listings and ownership, inferred counterparties, a
// counterparty of whom nothing tells whether it is Russian, and the gravest value of
// what a source leaves blank (kind, stage, direction, class of goods, whether the firm
// is a bank), whatever another says in its place; it may be what is told of any dealing
// of the firm at the same event, since talk of one thing and a contract over another may
// be one affair. Point weighs the evidence. Between
// coarse dates the last day of a dealing may be the first or the last: Low and Point
// count what holds on both, High what holds on either. A value, a code or a counterparty
// that nobody mentions is not made up: rules that ask for it stay undecided, and the
// assessment says so. But every dealing has a value, and every blocking a ground, which
// lists do not give: where a basis asks for a threshold of value or for that ground and
// nobody tells, it holds in High, and the missing fact is named. A value in a currency
// without a rate, and one said to be more than so much, are open upwards in High. Low ≤
// Point ≤ High.
//
// An added denial never raises a score; an added independent affirmation never lowers
// High, and in the same words lowers no score; a reprint changes nothing; and a
// correction to less, of what it names, raises neither Point nor High where nobody
// denies. These laws hold without exception, and [Compile] refuses an evidence table
// under which they would not. A claim that carries the ids of two dealings says that
// they are one, and one dealing weighs less than two: Low and Point take its word, and
// High counts them apart.
//
// # Rooms
//
// What is reported comes in from package claims, and what it weighs from package tables.
// This package makes of both what package assessment shows. Package rules has the rule
// sets that are shipped, and risktest puts one under go test.
//
// # The way of a claim
//
// join.go puts what package claims reads together to a subject.go, in the terms of
// vocabulary.go, for which origin.go finds the roots. compile.go checks what package
// tables reads, holds.go asks its conditions of the facts of fact.go, and ruleset.go
// holds it. scorer.go asks: engagement.go reduces the claims, which group.go joins and
// strand.go keeps apart, to the accounts of accounts.go: what is said (statement.go, at
// the dates of dates.go), how well it is shown (evidence.go), what is certain of it
// (certain.go) and what else it may be (readings.go); remediation.go finds what was done
// about it. asking.go makes of each the facts that rules are asked about, with the
// standings (standing.go) of a counterparty.go, bodies.go for those that need no list,
// traders.go for firms that sell what others make, values in dollars.go, and trade.go
// and year.go for the dealings together. ledger.go asks all rules at once by bitset.go
// and calendar.go, tally.go adds up for each authority, and combine.go puts dealings
// together, in the memory of scratch.go.
// report.go writes what package assessment shows, in points.go, with lines.go, reach.go,
// caveats.go, show.go and reason.go, and method.go names the way it was reached.
// matter.go goes the same way from facts alone, and counterfactual.go goes it again
// for each of possibilities.go.
//
// Nothing here says that anybody will be sanctioned. A [tables.Reach] says how far the
// evidence carries an authority, and its missing elements what it leaves open.
package risk
