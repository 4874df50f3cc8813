// Package risktest makes a rule set a thing to test-drive. An analyst edits the
// CSV tables of a rule set and runs go test; what comes back says what is wrong,
// what nothing checks, and what a change would do to a portfolio.
//
//	func TestRules(t *testing.T) {
//		folder := os.DirFS("myrules")
//		rules, err := risk.ReadRules(folder)
//		if err != nil {
//			t.Fatal(err)
//		}
//		risktest.Run(t, rules, folder)
//	}
//
// The cases live beside the rules, in files cases*.csv of facts and what they
// must come to, see [CaseColumns], and in worlds*.csv, which name a firm of a
// [World] and pin an end-to-end story, see [WorldColumns]: the test gives the world,
// with [WithWorld]. [Run] makes each a subtest and then asks more of the rules than
// the cases do:
//
//   - Coverage: rules that never count or decide nothing, conditions that are
//     never true or never false, bands never reached, authorities without a case.
//   - Lint: rows that overlap, are shadowed or cannot be reached, and the like.
//   - Mutants: the rule set with one thing changed, for thousands of things. One
//     under which every case still passes lives: nothing checks that thing. It
//     comes with a case that would kill it, whose verdict is left to the analyst,
//     or is accepted with a reason in accepted.csv.
//   - Slack: for each number the interval in which every case still passes.
//
// [Check] does the same for tools. [Compare] tells what a change does to a
// portfolio, and [Sweep] what a number does to precision and recall where outcomes
// are known.
//
// check.go reads case.go, want.go and world.go, judges every case and tells of those
// that fail in failure.go, with what moved since ledger.go was written. On the bench
// (bench.go) coverage.go counts, lint.go looks at the tables alone (span.go takes
// their tests apart), mutant.go changes one thing after the other, suggest.go finds
// the draft.go of a case that would tell, slack.go moves number.go up and down, and
// accepted.go lets stand what has a reason. run.go makes tests of it. portfolio.go
// compares two rule sets, sweep.go and plot.go draw what a number does.
//
// What a case wants is never rewritten. The ledger, ledger.csv, holds what each
// case came to when it was last accepted, so that a failure can say what moved; it
// is rewritten by Run with the option [UpdateIn], which a test gives when somebody
// asks for it:
//
//	if *rewrite { // a flag or an environment variable of the test
//		opts = append(opts, risktest.UpdateIn("myrules"))
//	}
//
// This package reads no environment. Everything returned is plain data and
// deterministic; nothing is safe to change while another goroutine reads it.
package risktest
