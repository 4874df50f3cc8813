package ownership_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// TestOneHand: half of a firm indicates control when one owner holds it, in however
// many vehicles it lies, and not when it is put together of several owners' parts.
func TestOneHand(t *testing.T) {
	for _, c := range []struct {
		interests, ch, uk, path, why string
	}{
		{"L 50 A", "control_indicated", "control_indicated", "L 50% > A", "one holding"},
		{"L1 25 A; L2 25 A", "minority", "minority", "L1 25% > A; L2 25% > A", "two owners, and no more than half"},
		{"L 100 V1; L 100 V2; V1 25 A; V2 25 A", "control_indicated", "control_indicated", "L 100% > V1 25% > A; L 100% > V2 25% > A", "two vehicles of one owner"},
		{"L 25 A; L 100 V; V 25 A", "control_indicated", "control_indicated", "L 25% > A; L 100% > V 25% > A", "the owner and its vehicle"},
		{"L 100 V; V 60 W; V 25 A; W 25 A", "control_indicated", "control_indicated", "L 100% > V 25% > A; L 100% > V 60% > W 25% > A", "a vehicle of a vehicle"},
		{"L 30 W; L 100 V; V 30 W; V 20 A; W 30 A", "control_indicated", "control_indicated", "L 30% > W 30% > A; L 100% > V 30% > W 30% > A; L 100% > V 20% > A", "a vehicle that is owned through another"},
		{"L1 100 V1; L2 100 V2; V1 25 A; V2 25 A", "minority", "minority", "L1 100% > V1 25% > A; L2 100% > V2 25% > A", "a vehicle each"},
		{"L 50 V; L 25 A; V 25 A", "minority", "minority", "L 25% > A", "a firm that is held, and not owned, is nobody's vehicle"},
		{"L control V; L 25 A; V 25 A", "minority", "control_indicated", "L 25% > A", "what a controlled firm holds counts only where control in fact does"},
		{"L 100 V1; L 100 V2; V1 votes 25 A; V2 votes 25 A", "control_indicated", "control_indicated", "L 100% > V1 votes 25% > A; L 100% > V2 votes 25% > A", "votes, whether the rule tests them as ownership or not"},
		{"L 100 V1; L 100 V2; V1 25 A; V2 votes 25 A", "minority", "minority", "L 100% > V1 25% > A; L 100% > V2 votes 25% > A", "votes and shares are two measures"},
		{"L1 30 V; L2 30 V; V 100 V1; V 100 V2; V1 25 A; V2 25 A", "control_indicated", "none", "L1 30% > V 100% > V1 25% > A; L2 30% > V 100% > V1 25% > A; L1 30% > V 100% > V2 25% > A; L2 30% > V 100% > V2 25% > A", "a firm of two listed owners has a hand, too, where it counts as owned"},
		{"L 100 L1; L 100 L2; L1 25 A; L2 25 A", "control_indicated", "control_indicated", "L 100% > L1 25% > A; L 100% > L2 25% > A", "the vehicles are listed themselves"},
		{"L [50,60] V; V 50 A", "control_indicated", "control_indicated", "L [50,60]% > V 50% > A", "a firm that is possibly owned holds half"},
		{"L [50,60] V; V 100 V1; V 100 V2; V1 25 A; V2 25 A", "control_indicated", "control_indicated", "L [50,60]% > V 100% > V1 25% > A; L [50,60]% > V 100% > V2 25% > A", "and so in two vehicles"},
		{"L 100 V1; L 100 V2; V1 [24,26] A; V2 26 A", "possibly_owned", "possibly_owned", "L 100% > V1 [24,26]% > A; L 100% > V2 26% > A", "at least half, in two vehicles, and perhaps more"},
	} {
		list := interests(t, c.interests)
		a := solve(t, list, "2026-06-01")
		v := verdict(t, a, "A", "ch")
		assert.Equal(t, c.ch, string(v.Status), "%s under ch: %s", c.interests, c.why)
		assert.Equal(t, c.uk, string(verdict(t, a, "A", "uk").Status), "%s under uk: %s", c.interests, c.why)
		assert.Equal(t, c.path, ownership.Path("A", v.Proof), "%s: %s", c.interests, c.why)
		listed := make(map[string]sanctions.Answer)
		for _, in := range list {
			for _, id := range []string{in.OwnerID, in.OwnedID} {
				if isListed(id) {
					listed[id] = sanctions.Yes
				}
			}
		}
		agree(t, list, houseRules(), listed)
		for _, first := range slices.Sorted(maps.Keys(listed)) { // and when they are listed one after another, in any order
			g := graphOf(t, list)
			b, err := ownership.Solve(g, ownership.BuiltinRegimes(), []ownership.Seed{{Node: first, Party: everywhere(first), Answer: sanctions.Yes}}, lawDay)
			require.NoError(t, err)
			for _, id := range slices.Backward(slices.Sorted(maps.Keys(listed))) {
				if id != first {
					require.NoError(t, b.Add(ownership.Seed{Node: id, Party: everywhere(id), Answer: sanctions.Yes}))
				}
			}
			assert.Equal(t, a.Verdicts("A"), b.Verdicts("A"), "%s, %s first", c.interests, first)
		}
		for id := range listed {
			listed[id] = sanctions.Possible
		}
		agree(t, list, houseRules(), listed)
	}
}

// TestHandOfTwins: a listed party that registers know by two ids has one hand.
func TestHandOfTwins(t *testing.T) {
	g := graphOf(t, interests(t, "L1 100 V1; L2 100 V2; V1 25 A; V2 25 A"))
	one := everywhere("L")
	for _, second := range []struct {
		party *sanctions.Party
		want  sanctions.OwnershipStatus
	}{{one, sanctions.ControlIndicated}, {everywhere("another"), sanctions.Minority}} {
		a, err := ownership.Solve(g, ownership.BuiltinRegimes(), []ownership.Seed{{Node: "L1", Party: one, Answer: sanctions.Yes}}, lawDay)
		require.NoError(t, err)
		require.NoError(t, a.Add(ownership.Seed{Node: "L2", Party: second.party, Answer: sanctions.Yes}))
		for _, regime := range []string{"ch", "uk"} {
			assert.Equal(t, second.want, verdict(t, a, "A", regime).Status, regime)
		}
	}
}

// TestPartnersOfAPartyThatMayBeListed: whoever is judged, those who jointly control a
// party that may be listed are not thereby in a joint arrangement with each other when
// that party itself is in question, and through another party they still are.
func TestPartnersOfAPartyThatMayBeListed(t *testing.T) {
	for _, c := range []struct {
		interests string
		want      sanctions.OwnershipStatus
		why       string
	}{
		{"L1 control L9; L2 control L9; L1 26 L9; L2 25 L9", sanctions.ControlIndicated, "they control it, and what makes them partners is in question"},
		{"L1 control L3; L2 control L3; L1 26 L9; L2 25 L9", sanctions.Owned, "partners in a third party, which has no part in this one"},
	} {
		g := graphOf(t, interests(t, c.interests))
		seeds := seedsOf(g, isListed)
		for i := range seeds {
			if seeds[i].Node == "L9" {
				seeds[i].Answer = sanctions.Possible
			}
		}
		a, err := ownership.Solve(g, ownership.BuiltinRegimes(), seeds, lawDay)
		require.NoError(t, err)
		assert.Equal(t, c.want, verdict(t, a, "L9", "uk").Status, c.why)
	}
}
