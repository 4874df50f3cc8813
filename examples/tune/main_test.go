package main

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/risktest"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

// files is a folder in memory, so that the analyst of the story can edit it.
func files(t *testing.T, from fs.FS) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	names, err := fs.Glob(from, "*.csv")
	require.NoError(t, err)
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
		require.NoError(t, err)
		out[name] = &fstest.MapFile{Data: data}
	}
	return out
}

// The story of a change. An analyst wants a licence to produce Russian arms to
// weigh more while it runs, because royalties are paid year after year.
func TestStoryOfAChange(t *testing.T) {
	desk := files(t, folder(false))
	before, err := risk.ReadRules(desk)
	require.NoError(t, err)

	t.Log("The desk's rules as they are: every case passes and nothing is unchecked.")
	risktest.Run(t, before, desk)

	t.Log("The analyst adds one rule. A case breaks, and the failure names the rule.")
	desk["rules.csv"] = files(t, folder(true))["rules.csv"]
	after, err := risk.ReadRules(desk)
	require.NoError(t, err)
	report, err := risktest.Check(after, desk)
	require.ErrorContains(t, err, "cases.csv:13: licence-running\n  grade: got high, want low\n  score: got 50, want 30")
	require.ErrorContains(t, err, "+20     licence-running          kind licensed_production, stage operating")
	assert.Equal(t, 1, report.Failed())

	t.Log("Was the case wrong, or the rule? The analyst decides that this is what the rule is for, and says so.")
	edited := strings.Replace(string(desk["cases.csv"].Data),
		"none,low,30,strong,co-production,A licence that runs", "none,high,50,strong,licence-running,A licence that runs pays year after year", 1)
	desk["cases.csv"] = &fstest.MapFile{Data: []byte(edited)}

	t.Log("Now the cases pass, but parts of the new rule are unchecked. Each comes with a case whose verdict is open.")
	report, err = risktest.Check(after, desk)
	require.NoError(t, err)
	require.NotEmpty(t, report.Mutants.Lived)
	first := report.Mutants.Lived[0]
	assert.Equal(t, "kind: condition dropped", first.Change, "does it matter that it is a licence?")
	assert.Contains(t, first.Suggest.Row, "?")

	t.Log("The analyst looks at each, finds what the rules say now to be right, and takes the question marks away.")
	for range 5 {
		for i, m := range report.Mutants.Lived {
			require.NotNil(t, m.Suggest, "%v", m)
			row := m.Suggest.Header + "\n" + strings.ReplaceAll(m.Suggest.Row, "?", "") + "\n"
			if i == 0 {
				desk["cases-"+strings.ReplaceAll(m.Row+"-"+m.Change, " ", "-")+".csv"] = &fstest.MapFile{Data: []byte(row)}
			}
		}
		report, err = risktest.Check(after, desk)
		require.NoError(t, err)
		if len(report.Mutants.Lived) == 0 {
			break
		}
	}
	assert.Empty(t, report.Mutants.Lived)
	assert.Empty(t, report.Lint)
	assert.Empty(t, report.Coverage.Gaps)

	t.Log("What would it do to the portfolio? One firm moves, and the reason sums to the change.")
	comparison, err := compare(before, after, arguments{world: worlds.MoscowTalks(), asOf: sanctions.MustParseDate("2026-03-31")})
	require.NoError(t, err)
	require.Len(t, comparison.Moves, 1)
	assert.Equal(t, "irrpl: high → severe, 50 → 70 (+20)\n  +20      caatsa-231 licence-running in x-irrpl-delivery (was 0)", comparison.Moves[0].String())

	t.Log("Nobody has approved it, so it fails; a row in moves.csv with a reason lets it pass.")
	require.ErrorContains(t, comparison.Check(desk, 0), `approve it in moves.csv: irrpl,high,severe,…`)
	desk["moves.csv"] = &fstest.MapFile{Data: []byte("firm_id,before,after,why\nirrpl,high,severe,Its licence runs and it delivers every year\n")}
	require.NoError(t, comparison.Check(desk, 0))
}

// The program tells the same without the decisions.
func TestProgram(t *testing.T) {
	var out, errs bytes.Buffer
	assert.Equal(t, 1, run(nil, &out, &errs), "a case fails and a grade moves")
	want, err := os.ReadFile("testdata/story.txt")
	if os.Getenv("RISKTEST") == "update" {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		want, err = append(out.Bytes(), errs.Bytes()...), nil
		require.NoError(t, os.WriteFile("testdata/story.txt", want, 0o644))
	}
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String()+errs.String())

	out.Reset()
	assert.Equal(t, 0, run([]string{"-after", "desk", "-before", "desk"}, &out, &errs), "no change")
	assert.Contains(t, out.String(), "0 change score")
	assert.Equal(t, 2, run([]string{"-as-of", "tomorrow"}, &out, &errs))
	assert.Equal(t, 1, run([]string{"-after", "nowhere"}, &out, &errs))
	errs.Reset()
	assert.Equal(t, 1, run([]string{"-after", "desk", "-before", "desk", "-rates", "nowhere.csv", "-world", "nowhere"}, &out, &errs))
	assert.Contains(t, errs.String(), "nowhere.csv")
	assert.Contains(t, errs.String(), "manifest.csv", "both at once")
}
