package risk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk/rules"
)

// The held-out backtest asks the question of [TestBacktest] of cases that had no
// part in making the rules: they were written, and committed, by a hand that had
// not seen the rule tables, the scoring code or a score.
//
// It is reported and not defended. The floors are sanity, far under what was
// measured: a floor at the measure would invite tuning to it, and a rule that is
// changed because of a row of testdata/heldout ends the use of all of them. Its
// README says what was measured when it was first run, and what the misses show.
func TestHeldOut(t *testing.T) {
	all := backtest(t, "../testdata/heldout", rules.Baseline())
	report(t, all)
	known := map[string]bool{}
	for _, o := range backtest(t, "../testdata/backtest", rules.Baseline()) {
		known[o.Firm.ID], known[o.Firm.Name] = true, true
	}
	for _, o := range all {
		assert.Zero(t, o.Inputs.Unknown, "%s: a claim that became known after the date", o.Firm.ID)
		assert.False(t, known[o.Firm.ID] || known[o.Firm.Name], "%s is a case that the rules knew", o.Firm.ID)
	}
	require.GreaterOrEqual(t, len(only(all, wasDesignated)), 25)
	require.GreaterOrEqual(t, len(all)-len(only(all, wasDesignated)), 25)
	won, pairs := auc(ordinary(all))
	require.Greater(t, won*2, pairs, "AUC of the ordinary firms: no better than a coin")
}
