// Package risk says how far a firm is exposed to secondary sanctions through reported
// engagements with Russia: under which authority, on what evidence, and what would
// change the answer.
//
// A [claims.Claim] is one source saying one thing. Claims about one dealing reduce to an
// engagement: independent roots are counted once, what retells a root adds nothing
// whatever grade it is given, a denial stands beside what it denies, and a correction
// stands in the dealing that it corrects and adds nothing to it. A later claim replaces
// what its own root said before, where it names that; claims that replace each other in a
// circle all stand, and an opinion replaces nothing. Each differing
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
// A dealing of years is asked about, too, as of the last day of each time within it when
// lists said more of the other side, as a [sanctions.Standing] tells by the days through
// which it holds: in High, and in all scores where the dealing is under way or completed
// and surely went on by then. The rules of that day read it, and what weighs most counts,
// once.
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
// be one affair. What a denial of a stage does not reach, short of it, stands there. Point
// weighs the evidence. Between coarse dates the last day of a dealing may be the first or
// the last: Low and Point count what holds on both, High what holds on either. A value, a code or a counterparty
// that nobody mentions is not made up: rules that ask for it stay undecided, and the
// assessment says so. But every dealing has a value, and every blocking a ground, which
// lists do not give: where a basis asks for a threshold of value or for that ground and
// nobody tells, it holds in High, and the missing fact is named. A value in a currency
// without a rate, and one said to be more than so much, are open upwards in High; one said
// to be about or nearly so much may be less, in Low and Point. Low ≤ Point ≤ High.
//
// What becomes known later changes nothing of what was known on a day: an assessment as of
// it counts the claims of later days and knows no more of them. An added denial never
// raises a score; an added independent affirmation never lowers High, but where it tells
// the time of what an undated correction names, and in the same words lowers no score; a
// reprint changes nothing; an opinion moves nothing; and a correction to less, of what it
// names, raises neither Point nor High where nobody denies. These laws hold without exception, and [Compile] refuses an evidence table
// under which they would not. A claim that carries the ids of two dealings says that
// they are one, and one dealing weighs less than two: Low and Point take its word, and
// High counts them apart. What is told of one kind at one event is one dealing, however far
// it came; and talk there counts once in Low and Point, whatever it is about. So a dated
// claim that goes from talk to a later stage, short of completed, lowers no High where
// nobody denies; nor Low and Point where it has a source of its own and a last day.
//
// # Rooms
//
// What is reported comes in from package claims, and what it weighs from package tables.
// This package makes of both what package assessment shows. Package rules has the rule
// sets that are shipped, and risktest puts one under go test.
//
// # The way of a claim
//
// The files stand in one line, in the order in which they are named here: each uses only
// those before it.
//
// Words and numbers: vocabulary.go has the terms of claims and tables, fact.go the facts
// that are made of them, holds.go the conditions of facts; points.go counts in the three
// scores, dollars.go values; slab.go is memory.
//
// Rules: what package tables reads is checked, with the faults of faults.go, and made the
// rows of rule.go, which bitset.go asks and calendar.go dates all at once. ruleset.go holds
// them, weights.go has the weights of evidence, and compile.go makes it all.
//
// Claims: what package claims reads has its root in origin.go, its days in dates.go, says
// what statement.go takes of it, and is as good as sourcing.go tells. related.go is a claim
// as it stands to the firm and to others, superseding.go tells what it replaces, ties.go
// what ties claims together, traders.go a firm that sells what others make. subject.go puts
// a firm together with its claims, all of them or those known on a day, and join.go many
// firms.
//
// Engagements: chains.go finds the claims that have something in common, strand.go keeps
// apart what group.go joins, and evidence.go weighs what is said in the same words.
// engagement.go is what is left of a group, of which dealing.go knows who tells what, and
// corroboration.go who bears it out; apart.go weighs it for each strand, readings.go finds
// what else it may be and certain.go what is certain of it. accounts.go goes that way,
// remediation.go finds what was done about it, and reduce.go takes all claims along.
//
// Questions: ledger.go has what rules are asked about and what they answer. standing.go
// and bodies.go say of a party what lists and its name do, trade.go and year.go what
// dealings are together. unseen.go is what was not looked at, scratch.go the memory of an
// assessment and course.go one under way, for which counterparty.go screens who is on the
// other side and asking.go puts the questions.
//
// Answers: tally.go adds up for an authority what one account gives, combine.go puts
// dealings together, and score.go asks all rules. reach.go says how far an authority is,
// caveats.go on what that rests; show.go shows the engagements and lines.go the lines,
// reason.go says it in words, method.go names the way, and report.go writes what package
// assessment shows.
//
// Doors: possibilities.go is what might turn out, for each of which counterfactual.go goes
// the way of the answers again; matter.go starts from facts alone, and scorer.go from a
// subject.
//
// Nothing here says that anybody will be sanctioned. A [tables.Reach] says how far the
// evidence carries an authority, and its missing elements what it leaves open.
package risk
