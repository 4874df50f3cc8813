// Package rules holds the rule sets that the library ships, as CSV files in
// folders. A rule set is data: read it, copy the folder, change a cell, and give
// it to [risk.ReadRules]. The baseline has no privilege: it is read the same way.
package rules

import (
	"embed"
	"io/fs"
	"sync"

	"github.com/sanctionrisk/exposure/risk"
)

//go:embed baseline/*.csv
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
