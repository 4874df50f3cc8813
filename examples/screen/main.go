// Command screen scores every firm of a world: is it listed, is it owned by
// someone listed, how far is it exposed to secondary sanctions because of its
// reported engagements with Russia, under which authority and why.
//
//	go run ./examples/screen                       # the embedded world, as a table
//	go run ./examples/screen -format json          # every factor with its facts, file:line and citation
//	go run ./examples/screen -world DIR -as-of 2024-06-30 -rules DIR -o out.csv -format csv
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

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/screening"
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
	format string
	out    string
	accept []string
}

// contradictions are the defects of registers that -accept knows, beside those of
// lists.
var contradictions = map[string]error{"circular": ownership.ErrCircular, "over-whole": ownership.ErrOverWhole}

func run(args []string, stdout, stderr io.Writer) int {
	a, err := parse(args, stderr)
	if err != nil {
		if err != flag.ErrHelp {
			fmt.Fprintln(stderr, "screen:", err)
		}
		return exitUsage
	}
	assessments, notes, err := assess(a)
	if err != nil {
		fmt.Fprintf(stderr, "screen: the input is not whole:\n%v\n", err)
		return exitInput
	}
	for _, note := range notes {
		fmt.Fprintln(stderr, "screen: note:", note)
	}
	var page bytes.Buffer
	if err := formats[a.format](&page, assessments); err != nil {
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
	world := flags.String("world", "", "`folder` with a manifest.csv; without it, the embedded world")
	asOf := flags.String("as-of", "", "`date` YYYY-MM-DD of the assessment; without it, the newest of the manifest")
	ruleset := flags.String("rules", "", "`folder` of rule tables; without it, the embedded baseline")
	flags.StringVar(&a.rates, "rates", "", "`file` of exchange rates to the dollar, with dates")
	flags.StringVar(&a.format, "format", "table", "one of "+strings.Join(formatNames, ", "))
	flags.StringVar(&a.out, "o", "", "`file` to write to; without it, standard output")
	accept := flags.String("accept", "", "comma-separated `defects` to go on with: circular, over-whole, or of lists: "+strings.Join(defectNames(), ", "))
	if err := flags.Parse(args); err != nil {
		return a, flag.ErrHelp // already reported by the flag set
	}
	if flags.NArg() > 0 {
		return a, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if _, ok := formats[a.format]; !ok {
		return a, fmt.Errorf("unknown format %q; known are %s", a.format, strings.Join(formatNames, ", "))
	}
	for name := range strings.SplitSeq(*accept, ",") {
		if name == "" {
			continue
		}
		if contradictions[name] == nil && !slices.Contains(defectNames(), name) {
			return a, fmt.Errorf("-accept: unknown defect %q", name)
		}
		a.accept = append(a.accept, name)
	}
	var err error
	if a.asOf, err = sanctions.ParseDate(*asOf); err != nil {
		return a, fmt.Errorf("-as-of: %w", err)
	}
	if *world != "" {
		a.world = os.DirFS(*world)
	}
	if *ruleset != "" {
		a.rules = os.DirFS(*ruleset)
	}
	return a, nil
}

// assess is the main job: read everything, report all that is wrong with any of
// it, and assess each firm. The notes are what a reader should know of the input
// besides: claims that concern none of the firms.
func assess(a arguments) (assessments []risk.Assessment, notes []string, err error) {
	manifest, err := lists.ReadManifest(a.world)
	if manifest == nil {
		return nil, nil, err
	}
	if a.asOf.IsZero() {
		if a.asOf = newest(manifest); a.asOf.IsZero() {
			return nil, nil, fmt.Errorf("%s states no date in retrieved or published; pass -as-of", lists.ManifestName)
		}
	}
	parties := readParties(a.world, manifest.Paths("firms"))
	subjects, subjectsErr := risk.ReadSubjects(a.world, manifest.Paths("firms"), manifest.Paths("claims"),
		risk.WithResolver(screening.NewDirectory(parties).Find),
		risk.WithUnresolved(func(c risk.Claim) {
			if c.SubjectType == risk.SubjectFirm || c.SubjectType == risk.SubjectBody {
				notes = append(notes, fmt.Sprintf("%v: the claim on %q concerns none of the firms", c.Source, cmp.Or(c.SubjectName, c.SubjectID)))
			}
		}))
	var accepted []lists.Defect
	for _, d := range lists.FatalDefects() {
		if slices.Contains(a.accept, defectName(d)) {
			accepted = append(accepted, d)
		}
	}
	var refused []error
	for name, contradiction := range contradictions {
		if !slices.Contains(a.accept, name) {
			refused = append(refused, contradiction)
		}
	}
	screener, _, screenerErr := screening.Open(a.world, a.asOf, screening.WithParties(parties...),
		screening.WithLists(lists.Accept(accepted...)), screening.Refuse(refused...))
	ruleset, rulesErr := readRules(a.rules)
	rates, ratesErr := readRates(a.rates)
	if err := sanctions.JoinFaults([]error{subjectsErr, screenerErr, rulesErr, ratesErr}); err != nil {
		return nil, nil, err
	}
	slices.SortFunc(subjects, func(a, b *risk.Subject) int { return strings.Compare(a.Firm().ID, b.Firm().ID) })
	scorer := risk.NewScorer(ruleset, screener, risk.WithRates(rates), risk.WithWhatIf())
	assessments = make([]risk.Assessment, len(subjects))
	for i, subject := range subjects {
		if assessments[i], err = scorer.Assess(subject, a.asOf); err != nil {
			return nil, nil, err
		}
	}
	return assessments, notes, nil
}

// readParties reads who the firms are, for others to be recognised by. What is
// wrong with the files is reported by those who read them for their own sake.
func readParties(fsys fs.FS, paths []string) []sanctions.Party {
	var parties []sanctions.Party
	for _, path := range paths {
		f, err := fsys.Open(path)
		if err != nil {
			continue
		}
		firms, _ := risk.ReadFirms(f, path)
		f.Close()
		for i := range firms {
			parties = append(parties, firms[i].Party())
		}
	}
	return parties
}

// defectName is a defect as the command line writes it: too-few-rows.
func defectName(d lists.Defect) string { return strings.ReplaceAll(string(d), " ", "-") }

func defectNames() []string {
	var names []string
	for _, d := range lists.FatalDefects() {
		names = append(names, defectName(d))
	}
	return names
}

func readRules(fsys fs.FS) (*risk.Ruleset, error) {
	if fsys == nil {
		return rules.Baseline(), nil
	}
	return risk.ReadRules(fsys)
}

func readRates(path string) (*risk.Rates, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return risk.ReadRates(f, path)
}

// newest is the date of a world: the latest day on which one of its files was
// retrieved, or, where none says, published.
func newest(m *lists.Manifest) sanctions.Date {
	var retrieved, published sanctions.Date
	for _, f := range m.Files {
		if retrieved.Compare(f.Retrieved) < 0 {
			retrieved = f.Retrieved
		}
		if published.Compare(f.Published) < 0 {
			published = f.Published
		}
	}
	if retrieved.IsZero() {
		return published
	}
	return retrieved
}
