// Command ownership tells, for every party that a world's registers of interests
// mention, what each regime makes of its owners on a day.
//
//	go run ./examples/ownership -world DIR -as-of YYYY-MM-DD > verdicts.csv
//
// It writes party_id,party_name,regime,status,low,high,path for every party and
// regime that is not none; -all writes those too. low and high bound, in percent,
// the aggregate of listed owners that the regime counts. path is the proof, from
// the listed to the party: "L 60% > A 50% > B", several chains joined by "; ".
//
// With -dot or -mermaid it draws the proofs under one regime, that of -regime,
// instead: those of all parties that are owned, possibly owned, controlled or
// unknown, or of the one whose id -party gives.
//
// Listed parties are recognised in the registers by their list ids, else by a valid
// strong identifier, else by name; one recognised by a name that is only probably
// the same makes ownership possible. Registers that contradict themselves, and numbers
// in them that recognise nobody, are warned of on standard error; what lists lack is an
// error unless -accept names it. It exits with 0 when done, 1 for bad input, every fault
// of which is on standard error, and 2 for wrong usage.
package main

import (
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/sanctionrisk/exposure/examples/internal/progress"
	"github.com/sanctionrisk/exposure/examples/internal/sheet"
	"github.com/sanctionrisk/exposure/examples/internal/world"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/screening"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

type options struct {
	world, regime, party string
	asOf                 sanctions.Date
	all, dot, mermaid    bool
	accept               world.Accept
}

func run(args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("ownership", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.world, "world", "", "folder with a manifest.csv")
	flags.Func("as-of", "the day to answer for, YYYY-MM-DD", func(s string) (err error) {
		o.asOf, err = sanctions.ParseDate(s)
		return err
	})
	flags.Var(&o.accept, "accept", world.AcceptUsage())
	flags.BoolVar(&o.all, "all", false, "write parties that are none, too")
	flags.BoolVar(&o.dot, "dot", false, "draw the proofs as a Graphviz digraph")
	flags.BoolVar(&o.mermaid, "mermaid", false, "draw the proofs as a Mermaid flowchart")
	flags.StringVar(&o.regime, "regime", "us-ofac", "the regime whose proofs are drawn")
	flags.StringVar(&o.party, "party", "", "draw only the proof for the party with this id")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	chart, misplaced := o.dot || o.mermaid, false
	flags.Visit(func(f *flag.Flag) {
		misplaced = misplaced || !chart && (f.Name == "regime" || f.Name == "party") || chart && f.Name == "all"
	})
	if misplaced || o.world == "" || o.asOf.IsZero() || flags.NArg() > 0 || o.dot && o.mermaid || len(ownership.BuiltinRegimes().Only(o.regime)) == 0 {
		fmt.Fprintln(stderr, "usage: ownership -world DIR -as-of YYYY-MM-DD [-accept DEFECTS] [-all | (-dot | -mermaid) [-regime REGIME] [-party ID]]")
		return 2
	}
	if err := answer(o, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

func answer(o options, stdout, stderr io.Writer) error {
	analysis, graph, err := analyse(o, stderr)
	if err != nil {
		return err
	}
	if o.dot || o.mermaid {
		return draw(o, graph, analysis, stdout)
	}
	parties := analysis.All()
	if o.all {
		parties = every(graph, analysis)
	}
	return table(parties, o.all, stdout)
}

// analyse loads a world and solves it.
func analyse(o options, stderr io.Writer) (*ownership.Analysis, *ownership.Graph, error) {
	folder := progress.Files(os.DirFS(o.world), stderr)
	var firms []sanctions.Party
	var firmsErr error
	if manifest, _ := lists.ReadManifest(folder); manifest != nil { // what is wrong with it, the opening tells
		firms, firmsErr = world.Firms(folder, manifest)
	}
	screener, _, err := screening.Open(folder, o.asOf, screening.WithParties(firms...), screening.WithLists(o.accept.Lists()))
	if err := sanctions.JoinFaults([]error{err, firmsErr}); err != nil {
		return nil, nil, err
	}
	if warnings := sanctions.JoinFaults(append(screener.Graph().Contradictions(o.asOf), doubts(screener)...)); warnings != nil {
		fmt.Fprintln(stderr, "warning:", strings.ReplaceAll(warnings.Error(), "\n", "\nwarning: "))
	}
	analysis, err := screener.Ownership(o.asOf)
	return analysis, screener.Graph(), err
}

// doubts tells of parties that the registers name in a way that recognises nobody: by
// the number of a list at hand that has no such number, or by a number whose check
// digits are wrong, which a reader takes as it is published.
func doubts(s *screening.Screener) (out []error) {
	lists := make(map[string]bool)
	for _, l := range s.Coverage().Lists {
		lists[l.List] = true
	}
	for n := range s.Graph().Nodes() {
		if list, _, ok := strings.Cut(n.ID, ":"); ok && lists[list] {
			if _, found := s.Snapshot().Party(n.ID); !found {
				out = append(out, fmt.Errorf("%s: the list at hand has no such number; it may be mistyped, or of a party that has been delisted", n.ID))
			}
		}
		for _, id := range s.Graph().Described(n.ID).Identifiers {
			if err := id.Validate(); err != nil {
				out = append(out, fmt.Errorf("%s: nobody is recognised by %w", n.ID, err))
			}
		}
	}
	return out
}

func every(g *ownership.Graph, a *ownership.Analysis) iter.Seq2[ownership.Node, []sanctions.Verdict] {
	return func(yield func(ownership.Node, []sanctions.Verdict) bool) {
		for n := range g.Nodes() {
			if !yield(n, a.Verdicts(n.ID)) {
				return
			}
		}
	}
}

func table(parties iter.Seq2[ownership.Node, []sanctions.Verdict], all bool, w io.Writer) error {
	out := sheet.NewWriter(w, "party_id", "party_name", "regime", "status", "low", "high", "path")
	for party, verdicts := range parties {
		for _, v := range verdicts {
			if all || v.Status != sanctions.OwnershipNone {
				low, high := bounds(v)
				out.Row(party.ID, party.Name, v.Regime, string(v.Status), low, high, ownership.Path(party.ID, v.Proof))
			}
		}
	}
	return out.Flush()
}

// bounds writes the ends of a share in percent. An open end at the threshold would
// read as one that reaches it, and is written as the last share below.
func bounds(v sanctions.Verdict) (low, high string) {
	r := v.Share
	if r.HighOpen && r.High == v.Threshold {
		r.High--
	}
	return r.Low.String(), r.High.String()
}

// draw writes the proofs under one regime as a chart.
func draw(o options, g *ownership.Graph, a *ownership.Analysis, w io.Writer) error {
	var charted []ownership.Charted
	add := func(party ownership.Node, verdicts []sanctions.Verdict, always bool) {
		for _, v := range verdicts {
			if v.Regime == o.regime && (always || len(v.Proof) > 0 && v.Status != sanctions.Minority) {
				charted = append(charted, ownership.Charted{Node: party, Verdict: v})
			}
		}
	}
	if o.party != "" {
		party, ok := g.Node(o.party)
		if !ok {
			return fmt.Errorf("no register mentions a party %q", o.party)
		}
		add(party, a.Verdicts(o.party), true)
	} else {
		for party, verdicts := range a.All() {
			add(party, verdicts, false)
		}
	}
	chart := ownership.DOT
	if o.mermaid {
		chart = ownership.Mermaid
	}
	_, err := io.WriteString(w, chart(charted...))
	return err
}
