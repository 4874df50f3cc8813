// Command match looks up names on the lists of a world, or compares pairs of
// names, and writes CSV.
//
//	go run ./examples/match -world DIR -queries FILE   # query_id,rank,score,strength,list,party_id,party_name,matched_name
//	go run ./examples/match -pairs FILE                # case_id,score,match
//
// A queries file has the columns query_id and name, and optionally kind, country
// and identifiers (scheme:value, separated by semicolons). A pairs file has
// case_id, schema, name1 and name2; two names match when they score the default
// threshold, 0.80. FILE may be "-" for standard input. Rows are read, answered
// and written as a stream.
//
// A world is a folder with a manifest.csv; what its lists lack is an error unless
// -accept names it. The exit status is 0 when every row
// was answered, 1 for bad input, all of it listed on standard error (the good
// rows are answered all the same), and 2 for a wrong command line.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/sanctionrisk/exposure/examples/internal/progress"
	"github.com/sanctionrisk/exposure/examples/internal/world"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/sanctions/match"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

// The exit statuses.
const (
	exitDone  = 0
	exitInput = 1
	exitUsage = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// arguments is the command line, read.
type arguments struct {
	world          string
	queries, pairs string
	limit          int
	min            sanctions.Similarity
	accept         world.Accept
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a, err := parse(args, stderr)
	if err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(stderr, "match:", err)
		}
		return exitUsage
	}
	if err := answer(a, stdin, stdout, stderr); err != nil {
		fmt.Fprintf(stderr, "match: the input is not whole:\n%v\n", err)
		return exitInput
	}
	return exitDone
}

func parse(args []string, stderr io.Writer) (arguments, error) {
	a := arguments{min: similarity.DefaultThreshold}
	flags := flag.NewFlagSet("match", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&a.world, "world", "", "`folder` with a manifest.csv; without it, the embedded world")
	flags.StringVar(&a.queries, "queries", "", "`file` of names to look up")
	flags.StringVar(&a.pairs, "pairs", "", "`file` of pairs of names to compare")
	flags.IntVar(&a.limit, "limit", 10, "most hits a query; 0 is all")
	flags.Var(&a.accept, "accept", world.AcceptUsage())
	flags.Func("min", "least `score` of a hit, 0 to 1 (default "+similarity.DefaultThreshold.String()+")", func(s string) (err error) {
		a.min, err = parseScore(s)
		return err
	})
	if err := flags.Parse(args); err != nil {
		return a, flag.ErrHelp // already reported by the flag set
	}
	switch {
	case flags.NArg() > 0:
		return a, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	case (a.queries == "") == (a.pairs == ""):
		return a, errors.New("pass either -queries or -pairs")
	case a.limit < 0:
		return a, errors.New("-limit is below zero")
	}
	return a, nil
}

// parseScore reads a number above 0 and up to 1 with at most four decimals.
func parseScore(s string) (sanctions.Similarity, error) {
	whole, decimals, _ := strings.Cut(s, ".")
	var score sanctions.Similarity
	digits := decimals + strings.Repeat("0", max(0, 4-len(decimals)))
	if len(digits) == 4 && (whole == "0" || whole == "1" || whole == "") {
		for _, d := range []byte(whole + digits) {
			if d < '0' || d > '9' {
				return 0, fmt.Errorf("%q is no score", s)
			}
			score = score*10 + sanctions.Similarity(d-'0')
		}
		if score > 0 && score <= sanctions.SimilarityOne {
			return score, nil
		}
	}
	return 0, fmt.Errorf("%q is no score; write a number above 0 and up to 1 with at most four decimals, such as 0.85", s)
}

// answer opens what is asked for and streams rows through it.
func answer(a arguments, stdin io.Reader, stdout, stderr io.Writer) error {
	path := a.queries + a.pairs
	in, size, err := open(path, stdin)
	if err != nil {
		return err
	}
	defer in.Close()
	bar := progress.NewBar(in, path, size, stderr)
	defer bar.Done()
	switch {
	case a.pairs != "" && a.world == "":
		err = comparePairs(nil, bar, path, stdout)
	default:
		var index *match.Index
		if index, err = openIndex(a, stderr); err != nil {
			break
		}
		if a.pairs != "" {
			err = comparePairs(index.Weights(), bar, path, stdout)
		} else {
			err = lookUp(index, a, bar, path, stdout)
		}
	}
	return err
}

// open opens a file, or standard input for "-". A size of 0 is unknown.
func open(path string, stdin io.Reader) (io.ReadCloser, int64, error) {
	if path == "-" {
		return io.NopCloser(stdin), 0, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

func openIndex(a arguments, stderr io.Writer) (*match.Index, error) {
	folder := worlds.MoscowTalks()
	if a.world != "" {
		folder = progress.Files(os.DirFS(a.world), stderr)
	}
	snapshot, _, err := lists.Open(folder, a.accept.Lists())
	if err != nil {
		return nil, err
	}
	return match.NewIndex(snapshot), nil
}
