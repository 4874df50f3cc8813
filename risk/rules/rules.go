// Package rules holds the rule sets that the library ships, as CSV files in
// folders. A rule set is data: read it, copy the folder, change a cell, and give
// it to [risk.ReadRules]. The baseline has no privilege: it is read the same way.
//
// A rule set is eight files. Columns may stand in any order; those that are not
// used may be left out; every row cites its source and says why.
//
//   - authorities.csv: the legal powers, each with its nature (mandatory,
//     discretionary, listing, primary, own) and the dates between which it holds.
//   - rules.csv: what counts under which authority. Scope is engagement or firm;
//     a basis row brings the authority in, aggravating and mitigating rows count
//     only beside one; points, floor and cap are numbers from 0 to 100, points of
//     mitigating rows below zero. Each further column is a fact with a unary test,
//     see [tables.Condition]; [tables.Catalogue] lists the facts and their values.
//   - elements.csv: what an authority requires. Rows of one name are alternatives;
//     a determination is what no data can show.
//   - evidence.csv: the first row that holds says what an engagement so shown
//     weighs, from 0 to 1, in the low, the point and the high score.
//   - imputation.csv: the first row that holds says whether a claim charges the
//     firm, and if not, why.
//   - bands.csv: the grades and the scores from which they hold.
//   - hs6.csv: the Common High Priority List, by dates.
//   - programmes.csv: which programmes of the lists concern Russia.
//
// Beside them stand the cases that hold the baseline to its word (cases*.csv,
// worlds.csv), the mutants accepted with a reason and the ledger of what each case
// came to, all for package risktest, and acts.csv, the acts that citations name, with
// their first days and where that was found; they are not embedded.
//
// In the baseline a rule's points are a judgement, ordered by what the law calls
// grave and by what authorities have acted on; the backtest in package risk shows
// how that orders firms with a known outcome, and what it cannot show. The points
// are no probability. Dates before which a rule does not hold are those of the
// act that the row cites.
package rules

import (
	"embed"
	"io/fs"
	"sync"

	"github.com/sanctionrisk/exposure/risk"
)

//go:embed baseline/authorities.csv baseline/bands.csv baseline/elements.csv baseline/evidence.csv
//go:embed baseline/hs6.csv baseline/imputation.csv baseline/programmes.csv baseline/rules.csv
var files embed.FS

// FS is the folder of the baseline rule set, for tools that read or copy it.
func FS() fs.FS {
	sub, err := fs.Sub(files, "baseline")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// Baseline is the rule set that the library ships: the authorities, decision
// tables, elements and evidence weights described in its files, each row with
// citation, date and reason. It is read once and is safe for concurrent use.
func Baseline() *risk.Ruleset { return baseline() }

var baseline = sync.OnceValue(func() *risk.Ruleset {
	rules, err := risk.ReadRules(FS())
	if err != nil {
		panic(err) // a test reads it, so it cannot be shipped broken
	}
	return rules
})
