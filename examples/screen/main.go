// Command screen scores every firm of a world: is it listed, is it owned by
// someone listed, how far is it exposed to secondary sanctions because of its
// reported engagements with Russia, under which authority and why.
//
//	go run ./examples/screen                       # the embedded world, as a table
//	go run ./examples/screen -format json          # every factor with its facts, file:line and citation
//	go run ./examples/screen -world DIR -as-of 2024-06-30 -rules DIR -o out.csv -format csv
//
// The formats: table for a look; csv with a row a firm (firm_id, firm_name, country,
// as_of, listed, owned, finding, grade, score, low, high, grade_low, grade_high,
// authority, nature, reach, reason, authority_score); json, one object with the array
// assessments, and jsonl, one assessment a line, both as the schema of package risk
// describes an assessment; html, one page to read and print that needs nothing else.
//
// A world is a folder with a manifest.csv. Without -as-of, the date is the newest
// "retrieved" (or else "published") of the manifest. Amounts in other currencies
// than dollars count where -rates gives a table of rates
// (currency,usd,effective_from,effective_to,citation). Registers that contradict
// themselves (owners who hold more than the whole, firms that hold each other in
// a circle) and lists that are stale, truncated or too short are errors; -accept
// names those to go on with, which the assessments then say. The exit status is 0 when
// every firm was assessed, 1 for bad input, all of it listed on standard error,
// and 2 for a wrong command line.
package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/examples/internal/progress"
	"github.com/sanctionrisk/exposure/examples/internal/world"
	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

// The exit statuses.
const (
	exitDone  = 0
	exitInput = 1
	exitUsage = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// arguments is the command line, read.
type arguments struct {
	world  fs.FS
	rules  fs.FS  // nil is the embedded baseline
	rates  string // a file, or empty
	asOf   sanctions.Date
	format format
	out    string
	accept world.Accept
}

func run(args []string, stdout, stderr io.Writer) int {
	a, err := parse(args, stderr)
	if err != nil {
		if err != flag.ErrHelp {
			fmt.Fprintln(stderr, "screen:", err)
		}
		return exitUsage
	}
	result, notes, err := assess(a)
	if err != nil {
		fmt.Fprintf(stderr, "screen: the input is not whole:\n%v\n", err)
		return exitInput
	}
	for _, note := range notes {
		fmt.Fprintln(stderr, "screen: note:", note)
	}
	var page bytes.Buffer
	if err := a.format.write(&page, result); err != nil {
		fmt.Fprintln(stderr, "screen:", err)
		return exitInput
	}
	if a.out == "" {
		_, err = stdout.Write(page.Bytes())
	} else {
		err = os.WriteFile(a.out, page.Bytes(), 0o644)
	}
	if err != nil {
		fmt.Fprintln(stderr, "screen:", err)
		return exitInput
	}
	return exitDone
}

func parse(args []string, stderr io.Writer) (arguments, error) {
	a := arguments{world: worlds.MoscowTalks()}
	flags := flag.NewFlagSet("screen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	folder := flags.String("world", "", "`folder` with a manifest.csv; without it, the embedded world")
	asOf := flags.String("as-of", "", "`date` YYYY-MM-DD of the assessment; without it, the newest of the manifest")
	ruleset := flags.String("rules", "", "`folder` of rule tables; without it, the embedded baseline")
	flags.StringVar(&a.rates, "rates", "", "`file` of exchange rates to the dollar, with dates")
	name := flags.String("format", "table", "one of "+strings.Join(formatNames(), ", "))
	flags.StringVar(&a.out, "o", "", "`file` to write to; without it, standard output")
	flags.Var(&a.accept, "accept", world.AcceptUsage())
	if err := flags.Parse(args); err != nil {
		return a, flag.ErrHelp // already reported by the flag set
	}
	if flags.NArg() > 0 {
		return a, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	i := slices.IndexFunc(formats, func(f format) bool { return f.name == *name })
	if i < 0 {
		return a, fmt.Errorf("unknown format %q; known are %s", *name, strings.Join(formatNames(), ", "))
	}
	a.format = formats[i]
	var err error
	if a.asOf, err = sanctions.ParseDate(*asOf); err != nil {
		return a, fmt.Errorf("-as-of: %w", err)
	}
	if *folder != "" {
		a.world = progress.Files(os.DirFS(*folder), stderr)
	}
	if *ruleset != "" {
		a.rules = os.DirFS(*ruleset)
	}
	return a, nil
}

// assess is the main job: read everything, report all that is wrong with any of
// it, and assess each firm. The notes are what a reader should know of the input
// besides: claims that concern none of the firms, or that there is none.
func assess(a arguments) (r *result, notes []string, err error) {
	w, worldErr := world.Open(a.world, a.asOf, a.accept)
	ruleset, rulesErr := readRules(a.rules)
	rates, ratesErr := world.Rates(a.rates)
	if err := sanctions.JoinFaults([]error{worldErr, rulesErr, ratesErr}); err != nil {
		return nil, nil, err
	}
	if len(w.Subjects) == 0 {
		notes = append(notes, "the world has no firms")
	}
	for _, c := range w.Strays {
		notes = append(notes, fmt.Sprintf("%v: the claim on %q concerns none of the firms", c.Source, cmp.Or(c.SubjectName, c.SubjectID)))
	}
	scorer := risk.NewScorer(ruleset, w.Screener, risk.WithRates(rates), risk.WithWhatIf())
	r = &result{AsOf: w.AsOf, Coverage: w.Screener.Coverage(), Assessments: make([]assessment.Assessment, len(w.Subjects))}
	for i, subject := range w.Subjects {
		if r.Assessments[i], err = scorer.Assess(subject, w.AsOf); err != nil {
			return nil, nil, err
		}
	}
	return r, notes, nil
}

func readRules(fsys fs.FS) (*risk.Ruleset, error) {
	if fsys == nil {
		return rules.Baseline(), nil
	}
	return risk.ReadRules(fsys)
}
