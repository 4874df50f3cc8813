package risktest_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/risktest"
	"github.com/sanctionrisk/exposure/sanctions"
)

// unlisted is a screener to whom nobody is listed or owned.
type unlisted struct{}

func (unlisted) Screen(p sanctions.Party, asOf sanctions.Date) (sanctions.Standing, error) {
	return sanctions.Standing{Party: p, AsOf: asOf}, nil
}
func (unlisted) Coverage() sanctions.Coverage { return sanctions.Coverage{} }

var portfolioDate = sanctions.MustParseDate("2024-01-01")

// portfolio is three firms: one talks, one supplies, one has nothing.
func portfolio(t require.TestingT) []*risk.Subject {
	firms, err := claims.ReadFirms(strings.NewReader("firm_id,name\ntalker,Talker Ltd\nsupplier,Supplier Ltd\nquiet,Quiet Ltd\n"), "firms.csv")
	require.NoError(t, err)
	claims, err := claims.Read(strings.NewReader(`engagement_id,subject_id,subject_type,kind,stage,item_class,direction,date_from,date_to,amount,currency,claim_polarity,statement_by,source_naming,root_source_id
t1,talker,firm,meeting,discussed,arms,none,2023-01-01,2023-01-02,,,affirm,Talker Ltd,named,press
s1,supplier,firm,arms_supply,completed,arms,X→RU,2023-01-01,2023-01-02,6000000,USD,affirm,Supplier Ltd,named,filing
`), "claims.csv")
	require.NoError(t, err)
	return risk.Subjects(firms, claims)
}

// changedRules is the small rule set with one text of one file replaced.
func changedRules(t testing.TB, file, old, replacement string) *risk.Ruleset {
	t.Helper()
	f := small(t)
	if old != "" {
		edit(t, f, file, old, replacement)
	}
	set, err := risk.ReadRules(f)
	require.NoError(t, err)
	return set
}

func TestCompare(t *testing.T) {
	before := changedRules(t, "", "", "")
	after := changedRules(t, "rules.csv", "arms,,,18,", "arms,,,41,")
	same, err := risktest.Compare(before, before, unlisted{}, risktest.Subjects(portfolio(t)), portfolioDate)
	require.NoError(t, err)
	assert.Equal(t, 3, same.Firms)
	assert.Empty(t, same.Moves)
	assert.NoError(t, same.Check(fstest.MapFS{}, 0))

	// Talks are capped, so the change of 23 points comes to 2.
	c, err := risktest.Compare(before, after, unlisted{}, risktest.Subjects(portfolio(t)), portfolioDate)
	require.NoError(t, err)
	require.Len(t, c.Moves, 1)
	sum := assessment.Points{}
	for _, l := range c.Moves[0].Lines {
		sum.Decimal = sum.Add(l.Delta.Decimal)
	}
	assert.True(t, sum.Equal(c.Moves[0].Change.Decimal), "the lines sum to the change: %v, %v", sum, c.Moves[0].Change)

	// Without the cap the grade moves, which somebody has to approve.
	uncapped := changedRules(t, "rules.csv", "discussed,,,,,,,20", "discussed,,,,,,,60")
	tables := uncapped.Tables()
	require.NoError(t, risktest.Number{Table: "rules", Row: "talks", Column: "points"}.Set(&tables, decimal.New(41, 0)))
	after, err = risk.Compile(tables)
	require.NoError(t, err)
	c, err = risktest.Compare(before, after, unlisted{}, risktest.Subjects(portfolio(t)), portfolioDate)
	require.NoError(t, err)
	var out strings.Builder
	require.NoError(t, c.Write(&out, 10))
	golden(t, "compare.txt", out.String())
	assert.Equal(t, 1, c.GradeMoves())

	err = c.Check(fstest.MapFS{}, 0)
	move, ok := errors.AsType[*risktest.MoveError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, "talker", move.Move.Firm)
	assert.NoError(t, c.Check(fstest.MapFS{}, 1), "within the budget")
	approved := fstest.MapFS{"moves.csv": {Data: []byte("firm_id,before,after,why\ntalker,low,high,It talked about arms\n")}}
	assert.NoError(t, c.Check(approved, 0))
	assert.ErrorContains(t, same.Check(approved, 0), "it does not move from low to high; remove the row")
	approved["moves.csv"].Data = []byte("firm_id,before,after,why\ntalker,low,high,\n")
	assert.ErrorContains(t, c.Check(approved, 0), "a move is approved for a reason")
}

// A portfolio that cannot be read to the end gives no comparison.
func TestCompareStopsAtAnError(t *testing.T) {
	set := changedRules(t, "", "", "")
	broken := errors.New("line 7 is broken")
	_, err := risktest.Compare(set, set, unlisted{}, func(yield func(*risk.Subject, error) bool) {
		if yield(portfolio(t)[0], nil) {
			yield(nil, broken)
		}
	}, portfolioDate)
	assert.ErrorIs(t, err, broken)
}

func labelled(t testing.TB) []risktest.Labelled {
	p := portfolio(t)
	return []risktest.Labelled{{Subject: p[0], AsOf: portfolioDate}, {Subject: p[1], AsOf: portfolioDate, Happened: true}, {Subject: p[2], AsOf: portfolioDate}}
}

func TestSweep(t *testing.T) {
	set := changedRules(t, "", "", "")
	n := risktest.Number{Table: "bands", Row: "high", Column: "from"}
	var values []decimal.Decimal
	for v := int64(10); v <= 90; v += 10 {
		values = append(values, decimal.New(v, 0))
	}
	c, err := risktest.Sweep(set, n, values, "high", unlisted{}, labelled(t))
	require.NoError(t, err)
	var csv, svg strings.Builder
	require.NoError(t, c.WriteCSV(&csv))
	require.NoError(t, c.WriteSVG(&svg))
	golden(t, "sweep.csv", csv.String())
	golden(t, "sweep.svg", svg.String())

	// By hand: the supplier scores 75, the talker 18, the quiet 0. So above 18
	// only the supplier is flagged, above 75 nobody, and the ranking is perfect.
	assert.Equal(t, 2, c.Points[0].Flagged)
	assert.Equal(t, "0.5", c.Points[0].Precision.Decimal.String())
	assert.Equal(t, 1, c.Points[1].Flagged)
	assert.Equal(t, 0, c.Points[8].Flagged)
	assert.False(t, c.Points[8].Precision.Valid, "nothing flagged, so precision is unknown, not zero")
	assert.Equal(t, 1, c.Points[8].Missed)
	for _, p := range c.Points {
		assert.True(t, p.AUC.Decimal.Equal(decimal.New(1, 0)))
	}

	// Equal scores count half.
	points := risktest.Number{Table: "rules", Row: "supply", Column: "points"}
	flat := []risktest.Labelled{{Subject: portfolio(t)[2], AsOf: portfolioDate, Happened: true}, {Subject: portfolio(t)[2], AsOf: portfolioDate}}
	c, err = risktest.Sweep(set, points, values[:1], "low", unlisted{}, flat)
	require.NoError(t, err)
	assert.Equal(t, "0.5", c.Points[0].AUC.Decimal.String())

	_, err = risktest.Sweep(set, risktest.Number{Table: "rules", Row: "no", Column: "points"}, values, "high", unlisted{}, nil)
	assert.ErrorContains(t, err, "no number rules no points")
	_, err = risktest.Sweep(set, n, []decimal.Decimal{decimal.New(101, 0)}, "high", unlisted{}, nil)
	assert.ErrorContains(t, err, "bands high from at 101")
	_, err = risktest.Sweep(set, n, values, "grave", unlisted{}, nil)
	assert.ErrorContains(t, err, `no grade "grave"`)
}

// Every number can be read, set and read again, and nothing else changes.
func TestNumbers(t *testing.T) {
	for _, folder := range []string{"testdata/small", "../rules/baseline"} {
		set, err := risk.ReadRules(os.DirFS(folder))
		require.NoError(t, err)
		numbers := risktest.Numbers(set.Tables())
		assert.NotEmpty(t, numbers)
		for _, n := range numbers {
			tables := set.Tables()
			was, err := n.Get(tables)
			require.NoError(t, err, n)
			require.NoError(t, n.Set(&tables, decimal.New(7, 0)))
			is, err := n.Get(tables)
			require.NoError(t, err)
			assert.True(t, is.Equal(decimal.New(7, 0)), "%v is %v", n, is)
			for _, other := range numbers {
				if other != n {
					a, _ := other.Get(tables)
					b, _ := other.Get(set.Tables())
					if !a.Equal(b) {
						t.Fatalf("setting %v changed %v", n, other)
					}
				}
			}
			require.NoError(t, n.Set(&tables, was))
			assert.Error(t, risktest.Number{Table: n.Table, Row: n.Row, Column: "nothing"}.Set(&tables, was))
			if folder != "testdata/small" {
				break
			}
		}
	}
}

func ExampleCheck() {
	folder := os.DirFS("testdata/small")
	set, err := risk.ReadRules(folder)
	if err != nil {
		panic(err)
	}
	report, err := risktest.Check(set, folder)
	if err != nil {
		panic(err)
	}
	fmt.Println(report.Failed(), "of", len(report.Results), "cases fail")
	fmt.Println(len(report.Coverage.Gaps), "gaps,", len(report.Lint), "findings,", len(report.Mutants.Lived), "mutants live")
	// Output:
	// 0 of 28 cases fail
	// 0 gaps, 0 findings, 0 mutants live
}

// A change of the rules fails a case, and the failure says how it came about.
func ExampleCaseError() {
	folder := os.DirFS("testdata/small")
	set, err := risk.ReadRules(folder)
	if err != nil {
		panic(err)
	}
	_, err = risktest.Check(set.WithoutRule("huge"), fstest.MapFS{"cases.csv": {Data: []byte(
		`case,as_of,last,kind,amount_usd,own_statement,want_grade,want_score,why
six-millions,2024-01-01,2023-06-01,arms_supply,6000000,yes,high,50,Five millions and more are huge
`)}}, risktest.CasesOnly())
	fmt.Println(err)
	// Output:
	// cases.csv:2: six-millions
	//   score: got 40, want 50
	//   why    Five millions and more are huge
	//   arms-act strong 40
	//     +40     supply                   kind arms_supply
	//   score  40 is high; low begins 0.000001 below
	//   near   large (+5): amount_usd must be [1000000..5000000), is 6000000
	//   near   completed (+25): stage must be completed, is unknown
}

// must stops an example that cannot go on.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// halt is the testing of examples: what fails stops them.
type halt struct{}

func (halt) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (halt) FailNow()                          { panic("stopped") }

func ExampleCompare() {
	before := must(risk.ReadRules(os.DirFS("testdata/small")))
	c := must(risktest.Compare(before, before.WithoutRule("huge"), unlisted{}, risktest.Subjects(portfolio(halt{})), portfolioDate))
	if err := c.Write(os.Stdout, 10); err != nil {
		panic(err)
	}
	// Output:
	// 3 firms, 1 change score, 0 change grade
	//
	// before \ after   none    low   high
	// none                1      ·      ·
	// low                 ·      1      ·
	// high                ·      ·      1
	//
	// supplier: high → high, 75 → 65 (-10)
	//   -10      arms-act huge in s1 (was 10)
}

func ExampleSweep() {
	rules := must(risk.ReadRules(os.DirFS("testdata/small")))
	firms := portfolio(halt{})
	labelled := []risktest.Labelled{{Subject: firms[0], AsOf: portfolioDate}, {Subject: firms[1], AsOf: portfolioDate, Happened: true}}
	number := risktest.Number{Table: "bands", Row: "high", Column: "from"}
	c := must(risktest.Sweep(rules, number, []decimal.Decimal{decimal.New(10, 0), decimal.New(40, 0), decimal.New(80, 0)}, "high", unlisted{}, labelled))
	if err := c.WriteCSV(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// number,value,flagged,right,missed,precision,recall,auc
	// bands high from,10,2,1,0,0.5000,1.0000,1.0000
	// bands high from,40,1,1,0,1.0000,1.0000,1.0000
	// bands high from,80,0,0,1,,0.0000,1.0000
}

func ExampleNumbers() {
	tables := must(risk.ReadRules(os.DirFS("testdata/small"))).Tables()
	for _, n := range risktest.Numbers(tables)[:4] {
		fmt.Println(n, "=", must(n.Get(tables)))
	}
	// Output:
	// rules talks points = 18
	// rules supply points = 40
	// rules large points = 5
	// rules large amount_usd.from = 1000000
}
