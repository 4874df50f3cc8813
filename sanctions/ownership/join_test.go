package ownership_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
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
			return slices.ContainsFunc(list, func(in registers.Interest) bool {
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

// TestPossiblyOneParty: what rests on two ids being one party is possible, and what
// rests on their being two is no more certain.
func TestPossiblyOneParty(t *testing.T) {
	for _, c := range []struct {
		rows   string
		links  []ownership.Link
		party  string
		status sanctions.OwnershipStatus
		share  string
		path   string
		flip   string
		why    string
	}{
		{"L 60 A; m 60 B", []ownership.Link{{A: "A", B: "m", Possible: true}}, "B", sanctions.PossiblyOwned, "[0,60]",
			"L 60% > A may be > m 60% > B", "owned if A is m; none if not", "the owner may be a firm that is owned"},
		{"L 60 A; m 60 B", []ownership.Link{{A: "A", B: "m", Possible: true}}, "A", sanctions.Owned, "60",
			"L 60% > A", "not owned if L held less than 50 of A (now 60)", "the firm is owned whoever the mention is"},
		{"L 60 A; m 60 B", []ownership.Link{{A: "A", B: "m", Possible: true}}, "m", sanctions.PossiblyOwned, "[0,60]",
			"L 60% > A may be > m", "owned if A is m; none if not", "and the mention may be"},
		{"L1 30 A; L2 30 m", []ownership.Link{{A: "m", B: "A", Possible: true}}, "A", sanctions.PossiblyOwned, "[30,60]",
			"L1 30% > A; L2 30% > m may be > A", "owned if m is A; minority if not", "stakes that may be in one firm may add up"},
		{"L1 60 A; L2 60 m; A 30 B; m 30 B", []ownership.Link{{A: "A", B: "m", Possible: true}}, "B", sanctions.PossiblyOwned, "[30,60]",
			"L1 60% > A 30% > B; L2 60% > m 30% > B", "minority if A is m; owned if not", "one stake told twice, or two: it is not certain that they add up"},
		{"L 60 A; A 30 B; m 30 B", []ownership.Link{{A: "A", B: "m", Possible: true}}, "B", sanctions.Minority, "30",
			"L 60% > A 30% > B", "owned if listed owners held at least 20 more of B; owned if m, which holds 30, were listed", "the mention counts only if it is the firm, and then its stake is the firm's"},
		{"L 60 A1; X 60 A2; m 60 B", []ownership.Link{{A: "A1", B: "m", Possible: true}, {A: "A2", B: "m", Possible: true}}, "B", sanctions.PossiblyOwned, "[0,60]",
			"L 60% > A1 may be > m 60% > B", "owned if A1 is m; none if not", "of two firms that it may be, one is owned"},
		{"L 60 A1; X 60 A2; m 60 B", []ownership.Link{{A: "A1", B: "m", Possible: true}, {A: "A2", B: "m", Possible: true}}, "A2", sanctions.OwnershipNone, "0",
			"A2", "owned if X, which holds 60, were listed", "the other firm is not thereby the first"},
		{"m 60 B; L 10 C", []ownership.Link{{A: "m", B: "L", Possible: true}}, "B", sanctions.PossiblyOwned, "[0,60]",
			"L may be > m 60% > B", "owned if L is m; none if not", "the owner may be a listed party"},
		{"m 60 B; L 10 C", []ownership.Link{{A: "m", B: "L", Possible: true}}, "m", sanctions.OwnershipUnknown, "0",
			"m", "listed if L is m; none if not", "and so may be listed itself"},
		{"L 60 A; A 60 m; m 60 B", []ownership.Link{{A: "A", B: "m", Possible: true}}, "B", sanctions.Owned, "60",
			"L 60% > A 60% > m 60% > B", "not owned if m held less than 50 of B (now 60)", "the one owns the other: they are two"},
		{"L 60 A; m 60 B; n 60 m", []ownership.Link{{A: "A", B: "n", Possible: true}}, "B", sanctions.PossiblyOwned, "[0,60]",
			"L 60% > A may be > n 60% > m 60% > B", "owned if A is n; none if not", "further down too"},
	} {
		for range 2 {
			g, _, err := graphOf(t, interests(t, c.rows)).Join(c.links...)
			require.NoError(t, err)
			a, err := ownership.Solve(g, ownership.BuiltinRegimes(), seedsOf(g, isListed), lawDay)
			require.NoError(t, err)
			v := verdict(t, a, c.party, "us-ofac")
			assert.Equal(t, c.status, v.Status, "%s: %s of %s: %+v", c.why, c.party, c.rows, v)
			assert.Equal(t, c.share, v.Share.String(), c.why)
			assert.Equal(t, c.flip, v.Flip, c.why)
			assert.Equal(t, c.path, ownership.Path(c.party, v.Proof), c.why)
			assert.Equal(t, v.Status == sanctions.PossiblyOwned || v.Status == sanctions.OwnershipUnknown, slices.Contains(v.Conditions, sanctions.WeakLink), c.why)
			slices.Reverse(c.links) // their order is irrelevant
		}
	}
}

// TestPossibleLinksLieOverBothReadings: whatever is said without a link and with it lies
// within what is said with a possible one, and nothing wider; so a possible link never
// raises a lower bound, lowers an upper one, or makes anything certain.
func TestPossibleLinksLieOverBothReadings(t *testing.T) {
	rules := plainRules()
	gravity := []sanctions.OwnershipStatus{sanctions.OwnershipNone, sanctions.Minority, sanctions.OwnershipUnknown,
		sanctions.ControlIndicated, sanctions.PossiblyOwned, sanctions.Owned, sanctions.ListedUnderRegime}
	rank := func(v *sanctions.Verdict) int { return slices.Index(gravity, v.Status) }
	rapid.Check(t, func(t *rapid.T) {
		list, listed := drawInterests(t), drawListed(t)
		g := graphOfDrawn(t, list)
		links := []ownership.Link{{A: "A", B: rapid.SampledFrom([]string{"C", "D", "L1"}).Draw(t, "one")}}
		if rapid.Bool().Draw(t, "two links") {
			links = append(links, ownership.Link{A: "B", B: "E"})
		}
		links = slices.DeleteFunc(links, func(l ownership.Link) bool {
			_, ok := g.Node(l.A)
			_, ok2 := g.Node(l.B)
			return !ok || !ok2
		})
		joined, refuted, err := g.Join(links...)
		require.NoError(t, err)
		for i := range links {
			links[i].Possible = true
		}
		maybe, never, err := g.Join(links...)
		require.NoError(t, err)
		assert.Len(t, never, len(refuted), "who holds something of the other is another")
		solve := func(g *ownership.Graph) *ownership.Analysis {
			a, err := ownership.Solve(g, rules, seedsWith(g, listed), lawDay)
			require.NoError(t, err)
			return a
		}
		without, with, over := solve(g), solve(joined), solve(maybe)
		for n := range g.Nodes() {
			p, q, all := without.Verdicts(n.ID), with.Verdicts(n.ID), over.Verdicts(n.ID)
			for i, v := range all {
				at := fmt.Sprintf("%s under %s with %v:\n%v", n.ID, v.Regime, links, show(list))
				low, high := p[i].Share, p[i].Share
				if o := q[i].Share; o.Low < low.Low || o.Low == low.Low && !o.LowOpen {
					low = o
				}
				if o := q[i].Share; o.High > high.High || o.High == high.High && !o.HighOpen {
					high = o
				}
				assert.Equal(t, sanctions.ShareRange{Low: low.Low, LowOpen: low.LowOpen, High: high.High, HighOpen: high.HighOpen}, v.Share, at)
				least, most := min(rank(&p[i]), rank(&q[i])), max(rank(&p[i]), rank(&q[i]))
				if least == most {
					assert.Equal(t, p[i].Status, v.Status, at)
					continue
				}
				assert.GreaterOrEqual(t, rank(&v), least, at)
				assert.LessOrEqual(t, rank(&v), most, at)
				assert.True(t, rank(&v) < slices.Index(gravity, sanctions.Owned) || rank(&v) == least, "%s is certain: %s", v.Status, at)
				assert.NotEqual(t, sanctions.OwnershipNone, v.Status, at)
				assert.Contains(t, v.Conditions, sanctions.WeakLink, at)
				assert.NotEmpty(t, v.Flip, at)
			}
		}
		var said, added []string // the same whatever is told first
		for n, v := range over.All() {
			said = append(said, fmt.Sprint(n, v))
		}
		seeds := seedsWith(maybe, listed)
		one, err := ownership.Solve(maybe, rules, seeds[:len(seeds)/2], lawDay)
		require.NoError(t, err)
		require.NoError(t, one.Add(seeds[len(seeds)/2:]...))
		for n, v := range one.All() {
			added = append(added, fmt.Sprint(n, v))
		}
		assert.Equal(t, said, added)
	})
}

func graphOfDrawn(t require.TestingT, list []registers.Interest) *ownership.Graph {
	b := ownership.NewBuilder()
	for _, in := range list {
		require.NoError(t, b.Add(in))
	}
	return b.Graph()
}

func seedsWith(g *ownership.Graph, answers map[string]sanctions.Answer) (seeds []ownership.Seed) {
	for _, id := range slices.Sorted(maps.Keys(answers)) {
		if _, ok := g.Node(id); ok {
			seeds = append(seeds, ownership.Seed{Node: id, Party: everywhere(id), Answer: answers[id]})
		}
	}
	return seeds
}

// TestRestrictionsOfEitherReading: under a regime by which the most restrictive owner
// governs, an owner whom only a possible link gives is among them.
func TestRestrictionsOfEitherReading(t *testing.T) {
	g, _, err := graphOf(t, interests(t, "L1 60 A; L2 60 m; A 60 B")).Join(ownership.Link{A: "A", B: "m", Possible: true})
	require.NoError(t, err)
	a, err := ownership.Solve(g, ownership.BuiltinRegimes(), seedsOf(g, isListed), sanctions.MustParseDate("2025-10-15"))
	require.NoError(t, err)
	v := verdict(t, a, "B", "us-bis")
	var parties []string
	for _, r := range v.Restrictions {
		if !slices.Contains(parties, r.Party) {
			parties = append(parties, r.Party)
		}
	}
	assert.Equal(t, []string{"all:L1", "all:L2"}, parties, "%+v", v)
}
