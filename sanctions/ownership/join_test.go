package ownership_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// TestJoin: what registers say of one firm under several ids is said of one firm.
func TestJoin(t *testing.T) {
	g := graphOf(t, interests(t, "L1 30 coh:7; L2 30 lei:A; lei:A 100 B; X 20 Alpha"))
	joined, refuted, err := g.Join(ownership.Link{A: "lei:A", B: "coh:7"}, ownership.Link{A: "Alpha", B: "coh:7"})
	require.NoError(t, err)
	assert.Empty(t, refuted)
	a, err := ownership.Solve(joined, ownership.BuiltinRegimes(), seedsOf(joined, isListed), lawDay)
	require.NoError(t, err)
	for _, id := range []string{"lei:A", "coh:7", "Alpha"} {
		n, ok := joined.Node(id)
		assert.True(t, ok)
		assert.Equal(t, "Alpha", n.ID, "every id answers for the one party")
		v := verdict(t, a, id, "us-ofac")
		assert.Equal(t, sanctions.Owned, v.Status, "30 under one id and 30 under another: %+v", v)
		assert.Equal(t, "60", v.Share.String())
	}
	assert.Equal(t, sanctions.Owned, verdict(t, a, "B", "us-ofac").Status)
	before, err := ownership.Solve(g, ownership.BuiltinRegimes(), seedsOf(g, isListed), lawDay)
	require.NoError(t, err)
	assert.Equal(t, sanctions.Minority, verdict(t, before, "lei:A", "us-ofac").Status, "the graph itself is as it was")

	joined, refuted, err = g.Join(ownership.Link{A: "lei:A", B: "B"})
	require.NoError(t, err)
	assert.Equal(t, []ownership.Link{{A: "lei:A", B: "B"}}, refuted, "the one owns the other")
	assert.Same(t, g, joined)
	_, _, err = g.Join(ownership.Link{A: "lei:A", B: "nobody"})
	assert.ErrorContains(t, err, `"nobody"`)
}

// TestJoiningIsRewriting: joining two ids is writing one for the other in the rows.
func TestJoiningIsRewriting(t *testing.T) {
	rules := plainRules()
	rapid.Check(t, func(t *rapid.T) {
		list, listed := drawInterests(t), drawListed(t)
		for i := range list { // so that joined statements come from several sources and days
			if rapid.Bool().Draw(t, "dated") {
				list[i].Period.From = lawDay.AddDays(-rapid.IntRange(1, 3).Draw(t, "days"))
			}
		}
		holds := func(x, y string) bool {
			return slices.ContainsFunc(list, func(in ownership.Interest) bool {
				return in.OwnerID == x && in.OwnedID == y || in.OwnerID == y && in.OwnedID == x
			})
		}
		g, _ := solveWith(t, list, rules, listed)
		into, from := rapid.SampledFrom([]string{"A", "B"}).Draw(t, "into"), rapid.SampledFrom([]string{"C", "D"}).Draw(t, "from")
		_, ok := g.Node(into)
		_, ok2 := g.Node(from)
		if !ok || !ok2 || holds(into, from) {
			t.Skip()
		}
		links := rapid.Permutation([]ownership.Link{{A: into, B: from}, {A: from, B: into}}).Draw(t, "links")
		joined, refuted, err := g.Join(links[:1]...)
		require.NoError(t, err)
		require.Empty(t, refuted)
		rewritten := slices.Clone(list)
		for i := range rewritten {
			for _, id := range []*string{&rewritten[i].OwnerID, &rewritten[i].OwnedID} {
				if *id == from {
					*id = into
				}
			}
		}
		_, want := solveWith(t, rewritten, rules, listed)
		var seeds []ownership.Seed
		for n := range joined.Nodes() {
			if a, ok := listed[n.ID]; ok {
				seeds = append(seeds, ownership.Seed{Node: n.ID, Party: everywhere(n.ID), Answer: a})
			}
		}
		got, err := ownership.Solve(joined, rules, seeds, lawDay)
		require.NoError(t, err)
		assert.Equal(t, fmt.Sprint(everything(want)), fmt.Sprint(everything(got)))
		assert.Equal(t, got.Verdicts(into), got.Verdicts(from))
	})
}
