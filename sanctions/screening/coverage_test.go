package screening_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/screening"
)

func openSmall(t *testing.T, world fstest.MapFS, opts ...screening.Option) *screening.Screener {
	t.Helper()
	s, _, err := screening.Open(world, today, opts...)
	require.NoError(t, err)
	return s
}

// Whatever the caller gives besides files is named by its digest, so that two answers
// under other tables or decisions cannot pass for one.
func TestCoverageNamesWhatTheCallerGave(t *testing.T) {
	plain := openSmall(t, small()).Coverage()
	assert.Equal(t, ownership.BuiltinRegimes().Digest(), plain.Regimes, "the table that ships")
	assert.Empty(t, plain.Decisions+plain.Known)

	table := ownership.BuiltinRegimes()
	table[0].Threshold--
	assert.NotEqual(t, plain.Regimes, openSmall(t, small(), screening.WithRegimes(table)).Coverage().Regimes, "a threshold one ten-millionth of a percent lower")

	a, b := match.Clearance{Subject: "a", PartyID: "us-ofac-sdn:7", Record: "r", Reason: "a namesake"}, match.Clearance{Subject: "b", PartyID: "us-ofac-sdn:7", Record: "r", Reason: "another"}
	decided := openSmall(t, small(), screening.WithClearances(a, b)).Coverage().Decisions
	assert.NotEmpty(t, decided)
	assert.Equal(t, decided, openSmall(t, small(), screening.WithClearances(b, a, b)).Coverage().Decisions, "in any order")
	assert.NotEqual(t, decided, openSmall(t, small(), screening.WithClearances(a)).Coverage().Decisions)
	a.Decided = today
	assert.NotEqual(t, decided, openSmall(t, small(), screening.WithClearances(a, b)).Coverage().Decisions, "of another day")

	p, q := named("c-1", "Oka Holding"), named("c-2", "Oka Parts")
	known := openSmall(t, small(), screening.WithParties(p, q)).Coverage().Known
	assert.NotEmpty(t, known)
	assert.Equal(t, known, openSmall(t, small(), screening.WithParties(q, p)).Coverage().Known, "in any order")
	p.Names[0].Source = sanctions.Source{File: "firms.csv", Line: 7}
	assert.Equal(t, known, openSmall(t, small(), screening.WithParties(p, q)).Coverage().Known, "wherever it stands")
	p.Names[0].Text = "Oka Holdings"
	assert.NotEqual(t, known, openSmall(t, small(), screening.WithParties(p, q)).Coverage().Known)
}

// A decision that no longer holds is told: nobody must think that it still does.
func TestDecisionReopened(t *testing.T) {
	namesake := named("customer-9", "Kama Gunsight Works")
	world := small()
	decision := func() match.Clearance {
		st, err := openSmall(t, world).Screen(namesake, today)
		require.NoError(t, err)
		return match.Clearance{Subject: "customer-9", PartyID: st.Listings[0].PartyID, Record: match.RecordDigest(st.Listings[0].Party), Reason: "a maker of camping gear",
			Decided: sanctions.MustParseDate("2025-06-30")}
	}()
	st, err := openSmall(t, world, screening.WithClearances(decision)).Screen(namesake, today)
	require.NoError(t, err)
	assert.Equal(t, []string{"a maker of camping gear", ""}, []string{st.Listings[0].Cleared, st.Listings[0].Reopened})
	assert.Equal(t, decision.Decided, st.Listings[0].Decided)
	assert.NotContains(t, st.Conditions, sanctions.DecisionReopened)

	world["list.csv"].Data = []byte("party_id,kind,name,country,listed_from,remarks\n7,entity,Kama Gunsight Works,RU,2024-02-23,also makes camping gear\n")
	st, err = openSmall(t, world, screening.WithClearances(decision)).Screen(namesake, today)
	require.NoError(t, err)
	assert.Equal(t, []string{"", "a maker of camping gear"}, []string{st.Listings[0].Cleared, st.Listings[0].Reopened})
	assert.Equal(t, decision.Decided, st.Listings[0].Decided)
	assert.Equal(t, sanctions.Yes, st.Listed(), "as if nobody had decided")
	assert.Contains(t, st.Conditions, sanctions.DecisionReopened)
}

// A weak alias alone is for a reviewer, and the standing says that there is no more.
func TestWeakAliasOnly(t *testing.T) {
	world := small()
	world["list.csv"].Data = []byte("party_id,kind,name,weak_aliases,country,listed_from\n7,entity,Kama Gunsight Works,Kamaglass,RU,2024-02-23\n")
	s := openSmall(t, world)
	for name, weak := range map[string]bool{"Kamaglass": true, "Kama Gunsight Works": false} {
		st, err := s.Screen(named("customer-9", name), today)
		require.NoError(t, err)
		require.Len(t, st.Listings, 1, name)
		assert.Equal(t, weak, slices.Contains(st.Conditions, sanctions.WeakAliasOnly), name)
		assert.Equal(t, weak, st.Listed() == sanctions.Possible, name)
	}
}

// Who may be a listed party, by a name that is alike, has not that party's place in the
// registers: its verdict is possible at most.
func TestAResemblanceIsNoPlaceInTheRegisters(t *testing.T) {
	world := small()
	world["interests.csv"].Data = []byte("owner_id,owner_name,owned_id,kind,percent\n7,,c-1,shares,60\nc-1,,c-2,shares,60\n")
	s := openSmall(t, world)
	for name, want := range map[string]sanctions.OwnershipStatus{"Kama Gunsight Works": sanctions.ListedUnderRegime, "Kama Gunsigth Works": sanctions.OwnershipUnknown} {
		st, err := s.Screen(named("customer-9", name), today)
		require.NoError(t, err)
		require.Len(t, st.Listings, 1, name)
		assert.Equal(t, want, verdict(st, "us-ofac").Status, name)
	}
}

// Registers know a party by what the caller knows of it; by a weak name only possibly.
func TestRegistersKnowWhatTheCallerKnows(t *testing.T) {
	world := small()
	world["interests.csv"].Data = []byte("owner_id,owner_name,owned_id,kind,percent\n7,,c-1,shares,60\n")
	known := named("c-1", "Oka Precision Tools")
	known.Names = append(known.Names, sanctions.Name{Text: "Okaprec", Type: sanctions.NameAlias, Weak: true})
	s := openSmall(t, world, screening.WithParties(known))
	for name, want := range map[string]sanctions.OwnershipStatus{"Oka Precision Tools": sanctions.Owned, "Okaprec": sanctions.PossiblyOwned, "Ob Tools": sanctions.OwnershipUnknown} {
		st, err := s.Screen(named("", name), today)
		require.NoError(t, err)
		assert.Equal(t, want, verdict(st, "us-ofac").Status, name)
	}
}
