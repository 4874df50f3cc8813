package risk_test

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/screening"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

// What firms of the embedded world come to under a small rule set that nobody tunes is
// pinned with the method and the inputs: the same method and inputs, the same answer,
// forever. With RISK_METHOD=update in the environment the pins are written anew.
func TestMethod(t *testing.T) {
	const pins = "testdata/method/pinned.csv"
	header := []string{"firm", "as_of", "method", "inputs", "low", "point", "high", "lines"}
	got := [][]string{header}
	for _, a := range byPlainRules(t) {
		got = append(got, []string{a.Firm.ID, a.AsOf.String(), a.Inputs.Method, inputsOf(t, a), a.Score.Low.String(), a.Score.Point.String(), a.Score.High.String(), answerOf(t, a)})
	}
	if os.Getenv("RISK_METHOD") == "update" {
		f, err := os.Create(pins)
		require.NoError(t, err)
		require.NoError(t, csv.NewWriter(f).WriteAll(got))
		require.NoError(t, f.Close())
	}
	f, err := os.Open(pins)
	require.NoError(t, err)
	defer f.Close()
	want, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Len(t, want, len(got), "the world has other firms; RISK_METHOD=update")
	for i := range got {
		firm := got[i][0] + " as of " + got[i][1]
		if want[i][2] == got[i][2] && want[i][3] == got[i][3] {
			assert.Equal(t, want[i][4:], got[i][4:], "%s: the same inputs come to something else: a mistake, or else a new method: raise risk.Method, say so in the CHANGELOG, and RISK_METHOD=update", firm)
		} else {
			assert.Equal(t, want[i], got[i], "%s: its inputs or the method are new; RISK_METHOD=update", firm)
		}
	}
}

// byPlainRules assesses the firms of the embedded world, at three dates, by the rule set in
// testdata/method.
func byPlainRules(t *testing.T) (out []assessment.Assessment) {
	rules, err := risk.ReadRules(os.DirFS("testdata/method"))
	require.NoError(t, err)
	world, newest := worlds.MoscowTalks(), sanctions.MustParseDate("2026-03-31")
	screener, manifest, err := screening.Open(world, newest)
	require.NoError(t, err)
	subjects, err := risk.ReadSubjects(world, manifest.Paths("firms"), manifest.Paths("claims"))
	require.NoError(t, err)
	for _, s := range subjects {
		for _, day := range []sanctions.Date{sanctions.MustParseDate("2019-06-30"), sanctions.MustParseDate("2024-12-31"), newest} {
			a, err := risk.NewScorer(rules, screener).Assess(s, day)
			require.NoError(t, err)
			out = append(out, a)
		}
	}
	return out
}

// inputsOf is what an assessment says that it was made of, but for the method.
func inputsOf(t *testing.T, a assessment.Assessment) string {
	a.Inputs.Method = ""
	return shortHash(t, []any{a.Inputs, a.Coverage})
}

// answerOf is what it comes to, without words and places.
func answerOf(t *testing.T, a assessment.Assessment) string {
	type line struct {
		Step       assessment.Step
		Engagement string
		Rule       string
		Points     *assessment.Score
	}
	type reached struct {
		Authority string
		Reach     tables.Reach
		Score     assessment.Score
		Lines     []line
	}
	all := make([]reached, len(a.Authorities))
	for i, r := range a.Authorities {
		all[i] = reached{Authority: r.Authority, Reach: r.Reach, Score: r.Score}
		for _, f := range r.Factors {
			all[i].Lines = append(all[i].Lines, line{f.Step, f.Engagement, f.Rule, f.Points})
		}
	}
	return shortHash(t, []any{a.Finding, a.Grade, a.Listed, a.Owned, all})
}

func shortHash(t *testing.T, v any) string {
	text, err := json.Marshal(v)
	require.NoError(t, err)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
