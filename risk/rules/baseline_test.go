package rules_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/risktest"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/screening"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

// The shipped rules pass their own harness. With RISKTEST=update in the
// environment the ledger is rewritten, never a case.
func TestBaseline(t *testing.T) {
	opts := []risktest.Option{risktest.WithWorld("moscow-talks", moscowTalks(t))}
	if os.Getenv("RISKTEST") == "update" {
		opts = append(opts, risktest.UpdateIn("baseline"))
	}
	risktest.Run(t, rules.Baseline(), os.DirFS("baseline"), opts...)
}

// moscowTalks is the world of the reported Moscow talks, screened.
func moscowTalks(t *testing.T) risktest.World {
	t.Helper()
	world := worlds.MoscowTalks()
	subjects, err := risk.ReadSubjects(world, []string{"firms.csv"}, []string{"claims.csv"})
	require.NoError(t, err)
	parties := make([]sanctions.Party, len(subjects))
	for i, s := range subjects {
		firm := s.Firm()
		parties[i] = firm.Party()
	}
	screener, _, err := screening.Open(world, sanctions.MustParseDate("2026-03-31"), screening.WithParties(parties...))
	require.NoError(t, err)
	return risktest.World{Subjects: subjects, Screener: screener}
}
