// Package risk says how far a firm is exposed to secondary sanctions through
// reported engagements with Russia: under which authority, on what evidence, and
// what would change the answer.
//
// A [Claim] is one source saying one thing. Claims about one dealing reduce to an
// engagement: independent roots are counted once, reprints add nothing, a denial
// stands beside what it denies. What does not charge the firm (an absence, a
// person in personal capacity, a trade body's members, a group, a state) is shown
// as [Context] with the reason. Counterparties are screened as of the last known
// day of the dealing and as of the date of the assessment; one that is inferred
// from equipment stays inferred and counts in the high score only.
//
// A [Ruleset] is decision tables in CSV, and nothing about a firm, a list file or
// a weight is in code. Tables impute claims, weigh evidence, give points by
// authority, name what an authority requires, and cut the score into grades.
// Every row cites its source and says why. Conditions are unary tests of facts,
// see [Condition] and [Catalogue].
//
// A [Scorer] joins the two with whoever knows lists and ownership, a [Screener],
// into an [Assessment]. Within an engagement the points of an authority add up
// inside [0,100]; its evidence weighs them; engagements combine as
// 100·(1−∏(1−p/100)), strongest first; across authorities the strongest decides
// the grade and the others are listed. Every step is a line, in exact millionths
// of a point, so that the lines of an authority add up to its score.
//
// There are three scores: Low counts only what is confirmed, High everything
// reported and not withdrawn, with possible listings and ownership, inferred
// counterparties, the gravest value of what a report leaves blank (kind, stage,
// direction, class of goods, whether the firm is a bank or the other side Russian)
// and what holds on one of the days that coarse dates leave open, and Point weighs
// the evidence. A value or a counterparty that nobody mentions is not made up: rules
// that ask for it stay undecided, and the assessment says so. Low ≤ Point ≤ High.
//
// An added denial never raises a score. An added affirmation of an independent
// source never lowers one if it says the same; if it says more, civilian goods where
// a first source left them blank, it may lower the point score and not the high
// one. [Compile] refuses an evidence table under which it would be otherwise.
//
// Nothing here says that anybody will be sanctioned. A [Reach] says how far the
// evidence carries an authority, and its missing elements what it leaves open.
package risk
