package risktest_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/risktest"
)

// BenchmarkMutants tries every mutant of the rules of the baseline, its rules four
// times over under other names so that there are ten thousand, against two
// hundred cases. What is timed is a whole check less the reading of the cases.
//
//	go test -run '^$' -bench Mutants -cpu 1 ./risk/risktest
func BenchmarkMutants(b *testing.B) {
	set, err := risk.ReadRules(os.DirFS("../rules/baseline"))
	require.NoError(b, err)
	t := set.Tables()
	authorities, all := slices.Clone(t.Authorities), slices.Clone(t.Rules)
	elements := slices.Clone(t.Elements)
	for copyOf := 2; copyOf <= 4; copyOf++ {
		again := func(s string) string { return fmt.Sprintf("%s-again-%d", s, copyOf) }
		for _, a := range authorities {
			a.ID = again(a.ID)
			t.Authorities = append(t.Authorities, a)
		}
		for _, r := range all {
			r.ID, r.Authority = again(r.ID), again(r.Authority)
			t.Rules = append(t.Rules, r)
		}
		for _, e := range elements {
			e.Authority = again(e.Authority)
			t.Elements = append(t.Elements, e)
		}
	}
	set, err = risk.Compile(t)
	require.NoError(b, err)
	data, err := os.ReadFile("../rules/baseline/cases-edges.csv")
	require.NoError(b, err)
	lines := strings.SplitAfter(string(data), "\n")
	require.Greater(b, len(lines), 200)
	cases := fstest.MapFS{"cases.csv": {Data: []byte(lines[0])}}
	for i := 1; i <= 200; i++ { // spread over the whole file
		cases["cases.csv"].Data = append(cases["cases.csv"].Data, lines[1+(i-1)*(len(lines)-2)/200]...)
	}
	var tried int
	for b.Loop() {
		r, err := risktest.Check(set, cases, risktest.RuleMutantsOnly())
		require.NotNil(b, r, "%v", err) // that a case fails does not matter here
		tried = r.Mutants.Tried
	}
	b.ReportMetric(float64(tried), "mutants")
	b.ReportMetric(float64(tried)*float64(b.N)/b.Elapsed().Seconds(), "mutants/s")
}
