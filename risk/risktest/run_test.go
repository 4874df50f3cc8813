package risktest_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/risktest"
)

// TestRun runs the small rule set as a user's test would, or, when this binary is
// called by the tests below, a copy of it in a folder that they have broken.
func TestRun(t *testing.T) {
	folder := "testdata/small"
	var opts []risktest.Option
	if seeded := os.Getenv("RISKTEST_SEEDED"); seeded != "" {
		folder = seeded
		if os.Getenv("RISKTEST") == "update" {
			opts = append(opts, risktest.UpdateIn(folder))
		}
		if os.Getenv("RISKTEST") == "lenient" {
			opts = append(opts, risktest.Allow(risktest.Budget{Uncovered: 1000, Mutants: 1000, Lint: 1000}))
		}
	}
	fsys := os.DirFS(folder)
	set, err := risk.ReadRules(fsys)
	require.NoError(t, err)
	risktest.Run(t, set, fsys, opts...)
}

// rerun calls this test binary on a folder of rules.
func rerun(t *testing.T, files fstest.MapFS, env string, args ...string) (output string, failed bool, folder string) {
	t.Helper()
	folder = t.TempDir()
	for name, file := range files {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), file.Data, 0o600))
	}
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "RISKTEST_SEEDED="+folder, "RISKTEST="+env)
	out, err := cmd.CombinedOutput()
	return string(out), err != nil, folder
}

func TestRunUnderGoTest(t *testing.T) {
	if testing.Short() {
		t.Skip("runs this binary several times; not under -short")
	}
	broken := func() fstest.MapFS {
		f := small(t)
		edit(t, f, "cases.csv", "high,65,", "high,70..80,")
		edit(t, f, "cases.csv", "by so much,", "by so much,the floor is too low")
		edit(t, f, "cases.csv", "low,27,", "low,30,")
		return f
	}
	t.Run("a failing case fails its subtest and says why", func(t *testing.T) {
		out, failed, _ := rerun(t, broken(), "", "-test.run=^TestRun$")
		assert.True(t, failed)
		assert.Contains(t, out, "--- FAIL: TestRun/cases/delivered")
		assert.Contains(t, out, "score: got 65, want 70..80")
		assert.NotContains(t, out, "--- FAIL: TestRun/cases/supply")
		assert.Contains(t, out, "--- FAIL: TestRun/mutants", "a failing case checks nothing")
	})
	t.Run("a budget lets stand what nothing checks, and no failing case", func(t *testing.T) {
		bare := small(t)
		withoutCase(t, bare, "absent")
		out, failed, _ := rerun(t, bare, "", "-test.run=^TestRun$")
		assert.True(t, failed)
		assert.Contains(t, out, "the budget allows 0")
		assert.NotContains(t, out, "--- FAIL: TestRun/cases")
		out, failed, _ = rerun(t, bare, "lenient", "-test.run=^TestRun$")
		assert.False(t, failed, out)
		out, failed, _ = rerun(t, broken(), "lenient", "-test.run=^TestRun$")
		assert.True(t, failed)
		assert.Contains(t, out, "--- FAIL: TestRun/cases/delivered")
	})
	t.Run("-run picks a case", func(t *testing.T) {
		out, failed, _ := rerun(t, broken(), "", "-test.run=^TestRun$/^cases$/^supply$", "-test.v")
		assert.False(t, failed, out)
		assert.Contains(t, out, "--- PASS: TestRun/cases/supply ")
		assert.NotContains(t, out, "delivered")
	})
	t.Run("-short runs the cases alone", func(t *testing.T) {
		out, _, _ := rerun(t, broken(), "", "-test.run=^TestRun$", "-test.v", "-test.short")
		assert.Contains(t, out, "--- FAIL: TestRun/cases/delivered")
		assert.NotContains(t, out, "TestRun/mutants")
	})
	t.Run("-v tells slack and todo", func(t *testing.T) {
		out, _, _ := rerun(t, broken(), "", "-test.run=^TestRun$", "-test.v")
		assert.Contains(t, out, "rules completed points is 25 and could be from")
		assert.Contains(t, out, "todo: the floor is too low")
		assert.Contains(t, out, "=== ATTR  TestRun rules ")
	})
	t.Run("artifacts", func(t *testing.T) {
		into := t.TempDir()
		_, _, _ = rerun(t, small(t), "", "-test.run=^TestRun$", "-test.artifacts", "-test.outputdir="+into)
		var found []string
		require.NoError(t, filepath.WalkDir(into, func(path string, d os.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".csv") {
				found = append(found, filepath.Base(path))
			}
			return err
		}))
		assert.ElementsMatch(t, []string{"coverage.csv", "mutants.csv", "slack.csv"}, found)
	})
	t.Run("the ledger is written on request and the cases never", func(t *testing.T) {
		files := small(t)
		out, failed, folder := rerun(t, files, "update", "-test.run=^TestRun$", "-test.short")
		assert.False(t, failed, out)
		ledger, err := os.ReadFile(filepath.Join(folder, "ledger.csv"))
		require.NoError(t, err)
		assert.Contains(t, string(ledger), "supply,arms-act,strong,40,40,40,+40 supply")
		cases, err := os.ReadFile(filepath.Join(folder, "cases.csv"))
		require.NoError(t, err)
		assert.Equal(t, string(files["cases.csv"].Data), string(cases))

		_, _, folder = rerun(t, files, "", "-test.run=^TestRun$", "-test.short")
		assert.NoFileExists(t, filepath.Join(folder, "ledger.csv"), "not without being asked")
	})
	t.Run("-json", func(t *testing.T) {
		gotool, err := exec.LookPath("go")
		if err != nil {
			t.Skip("no go command here")
		}
		cmd := exec.Command(gotool, "tool", "test2json", os.Args[0], "-test.run=^TestRun$/cases", "-test.v=test2json", "-test.short")
		out, err := cmd.Output()
		require.NoError(t, err)
		passed := 0
		for line := range strings.Lines(string(out)) {
			var event struct{ Action, Test string }
			require.NoError(t, json.Unmarshal([]byte(line), &event))
			if event.Action == "pass" && strings.HasPrefix(event.Test, "TestRun/cases/") {
				passed++
			}
		}
		assert.Equal(t, 28, passed)
	})
}
