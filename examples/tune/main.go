// Command tune shows what a change of rules does before anybody makes it: it runs
// the cases of the changed rule set, examines it, and compares the two over the
// firms of a world.
//
//	go run ./examples/tune                                  # the embedded change over the embedded world
//	go run ./examples/tune -before DIR -after DIR -world DIR -as-of 2026-03-31 -budget 0
//
// Without -as-of the date is the newest of the world's manifest; -accept names what of
// its lists and registers to go on with, and -rates gives exchange rates, as for screen.
//
// A rule set is a folder of tables with cases beside them, see package risktest.
// The embedded one is a desk's own small set; the change adds a rule to it. The
// test beside this file is the story of that change: the rule breaks a case, the
// analyst decides, adds the case that the harness suggests, sees the portfolio
// move and has the move approved.
//
// The exit status is 0 when all cases pass and every change of grade is within the
// budget or approved in moves.csv beside the changed rules, 1 when not or when the
// input is bad, and 2 for a wrong command line.
package main

import (
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/sanctionrisk/exposure/examples/internal/progress"
	"github.com/sanctionrisk/exposure/examples/internal/world"
	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/risktest"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

//go:embed desk change
var embedded embed.FS

// folder is one of the embedded rule sets: desk as it is, or with the change laid
// over it.
func folder(changed bool) fs.FS {
	desk, err := fs.Sub(embedded, "desk")
	if err != nil {
		panic(err) // it is embedded
	}
	if !changed {
		return desk
	}
	change, err := fs.Sub(embedded, "change")
	if err != nil {
		panic(err) // it is embedded
	}
	return overlay{change, desk}
}

// overlay is a folder whose files hide those of another of the same name.
type overlay struct{ above, below fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	if file, err := o.above.Open(name); name != "." && !errors.Is(err, fs.ErrNotExist) {
		return file, err
	}
	return o.below.Open(name)
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// arguments is the command line, read.
type arguments struct {
	before, after, world fs.FS
	asOf                 sanctions.Date
	accept               world.Accept
	rates                string // a file, or empty
	budget, largest      int
}

func run(args []string, stdout, stderr io.Writer) int {
	a, err := parse(args, stderr)
	if err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(stderr, "tune:", err)
		}
		return 2
	}
	if err := tune(stdout, a); err != nil {
		fmt.Fprintln(stderr, "tune:", err)
		return 1
	}
	return 0
}

func parse(args []string, stderr io.Writer) (arguments, error) {
	var a arguments
	flags := flag.NewFlagSet("tune", flag.ContinueOnError)
	flags.SetOutput(stderr)
	before := flags.String("before", "", "`folder` of the rules as they are; without it, the embedded desk")
	after := flags.String("after", "", "`folder` of the changed rules; without it, the embedded change")
	portfolio := flags.String("world", "", "`folder` with a manifest.csv; without it, the embedded world")
	day := flags.String("as-of", "", "`date` YYYY-MM-DD of the comparison; without it, the newest of the manifest")
	flags.StringVar(&a.rates, "rates", "", "`file` of exchange rates to the dollar, with dates")
	flags.Var(&a.accept, "accept", world.AcceptUsage())
	flags.IntVar(&a.budget, "budget", 0, "changes of grade that need no approval")
	flags.IntVar(&a.largest, "largest", 10, "how many moves to show")
	if err := flags.Parse(args); err != nil {
		return a, flag.ErrHelp // already reported by the flag set
	}
	if flags.NArg() > 0 {
		return a, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	var err error
	if a.asOf, err = sanctions.ParseDate(*day); err != nil {
		return a, fmt.Errorf("-as-of: %w", err)
	}
	pick := func(path string, otherwise fs.FS) fs.FS {
		if path == "" {
			return otherwise
		}
		return os.DirFS(path)
	}
	a.before, a.after = pick(*before, folder(false)), pick(*after, folder(true))
	a.world = progress.Files(pick(*portfolio, worlds.MoscowTalks()), stderr)
	return a, nil
}

// tune tells what is wrong with the changed rules and what they move.
func tune(w io.Writer, a arguments) error {
	old, oldErr := risk.ReadRules(a.before)
	changed, changedErr := risk.ReadRules(a.after)
	if err := sanctions.JoinFaults([]error{oldErr, changedErr}); err != nil {
		return err
	}
	report, casesErr := risktest.Check(changed, a.after)
	if report == nil {
		return casesErr
	}
	fmt.Fprintf(w, "%d of %d cases fail; %d gaps, %d findings; of %d mutants %d live\n",
		report.Failed(), len(report.Results), len(report.Coverage.Gaps), len(report.Lint), report.Mutants.Tried, len(report.Mutants.Lived))
	for _, list := range [][]risktest.Finding{report.Lint, report.Coverage.Gaps} {
		for _, f := range list {
			fmt.Fprintln(w, f)
		}
	}
	for _, m := range report.Mutants.Lived {
		fmt.Fprintln(w, m)
	}
	comparison, err := compare(old, changed, a)
	if err != nil {
		return errors.Join(casesErr, err)
	}
	fmt.Fprintln(w)
	return errors.Join(casesErr, comparison.Write(w, a.largest), comparison.Check(a.after, a.budget))
}

// compare scores the firms of a world under both rule sets.
func compare(old, changed *risk.Ruleset, a arguments) (*risktest.Comparison, error) {
	w, worldErr := world.Open(a.world, a.asOf, a.accept)
	rates, ratesErr := world.Rates(a.rates)
	if err := sanctions.JoinFaults([]error{worldErr, ratesErr}); err != nil {
		return nil, err
	}
	return risktest.Compare(old, changed, w.Screener, risktest.Subjects(w.Subjects), w.AsOf, risk.WithRates(rates))
}
