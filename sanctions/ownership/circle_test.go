package ownership_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// TestCircles: where the fixpoints differ, both are shown.
func TestCircles(t *testing.T) {
	for _, c := range []struct {
		interests, party, regime string
		status, circle           sanctions.OwnershipStatus
		share, most              string
		why                      string
	}{
		{"L 30 A; A 50 B; B 20 A", "A", "us-ofac", "minority", "owned", "30", "50", "worked example 8"},
		{"L 30 A; A 50 B; B 20 A", "B", "us-ofac", "none", "owned", "0", "50", "its other firm"},
		{"L 30 A; A 50 B; B 20 A", "B", "ca", "control_indicated", "owned", "0", "50", "where control in fact counts, a circle is a question"},
		{"L 30 A; A 50 B; B 20 A; B 10 C", "C", "us-ofac", "none", "minority", "0", "10", "a minority stake of a firm of the circle"},
		{"L 1 A; A 100 B; B 99 A", "B", "us-ofac", "none", "owned", "0", "100", "the only owner outside the circle is listed"},
		{"A 100 B; B 100 A; L 60 C", "A", "us-ofac", "none", "", "0", "", "nobody listed has a part in this one"},
		{"L 1 X; X 1 A; A 100 B; B 99 A", "A", "us-ofac", "none", "", "0", "", "a listed owner of a hundredth of what holds a hundredth has no part in it"},
		{"L 30 A; A [25,75] B; B [10,40] A", "A", "us-ofac", "minority", "possibly_owned", "30", "[30,70]", "through bands"},
		{"L 30 A; A [25,75] B; B [10,40] A", "B", "uk", "control_indicated", "possibly_owned", "0", "[0,75]", "through bands"},
		{"L 30 A; A [25,45] B; B [10,40] A", "A", "us-ofac", "minority", "", "30", "", "no bound of these bands makes a circle"},
		{"L 30 A; A ? B; B ? A", "A", "us-ofac", "minority", "unknown", "30", "[30,100]", "through unknown shares"},
		{"L 30 A; A ? B; B ? A", "B", "uk", "unknown", "unknown", "0", "[0,100]", "through unknown shares"},
		{"L votes 30 A; A votes 60 B; B votes 25 A", "A", "uk", "control_indicated", "owned", "30", "55", "votes, where they are tested"},
		{"L votes 30 A; A votes 60 B; B votes 25 A", "A", "us-ofac", "none", "", "0", "", "votes, where they are not"},
		{"L 30 A; A control B; B 20 A", "A", "ca", "control_indicated", "control_indicated", "30", "30", "through control"},
		{"L 30 A; A control B; B 20 A", "A", "us-ofac", "minority", "", "30", "", "control is no ownership under OFAC"},
		{"L 1 A; A control B; B control A", "A", "uk", "minority", "", "1", "", "they control each other whatever the listed owner holds"},
		{"L1 30 A; L2 30 A; A 60 B; B 15 A", "A", "uk", "minority", "", "30", "", "no one listed owner bears it out: 30 and 15"},
		{"L1 30 A; L2 30 A; A 60 B; B 21 A", "A", "uk", "control_indicated", "owned", "30", "51", "either does: 30 and 21"},
		{"L 60 A; A 30 B; B 40 A", "A", "us-ofac", "owned", "", "60", "", "owned without the circle, and B is not owned with it"},
		{"L 30 H; B 30 H; H 60 B; H 100 V1; H 100 V2; V1 25 A; V2 25 A", "A", "ch", "none", "control_indicated", "0", "50", "half in the hand of a firm of the circle"},
		{"L 30 V1; H 60 V1; H 100 V2; V1 25 A; V2 25 A; A control H", "H", "uk", "control_indicated", "control_indicated", "0", "0", "a hand within the circle"},
		{"H 100 V1; H 100 V2; V1 25 A; V2 25 A; A control H; L 60 C", "H", "uk", "none", "", "0", "", "a hand that nobody listed has a part in"},
		{"H 100 L1; H 100 L2; L1 25 A; L2 25 A; A 60 H", "A", "ch", "minority", "", "50", "", "a hand whose head nothing makes owned"},
		{"L (40,60) A; A 60 B; B 20 A", "A", "us-ofac", "possibly_owned", "owned", "(40,80)", "(60,80)", "possible becomes certain"},
	} {
		v := verdict(t, solve(t, interests(t, c.interests), "2026-06-01"), c.party, c.regime)
		assert.Equal(t, c.status, v.Status, "%s: %s under %s: %s: %+v", c.interests, c.party, c.regime, c.why, v)
		assert.Equal(t, c.circle, v.Circle.Status, "%s: %s under %s: %s: %+v", c.interests, c.party, c.regime, c.why, v)
		assert.Equal(t, c.share, v.Share.String(), "%s: %s under %s: %s", c.interests, c.party, c.regime, c.why)
		if c.circle != "" {
			assert.Equal(t, c.most, v.Circle.Share.String(), "%s: %s under %s: %s", c.interests, c.party, c.regime, c.why)
		}
		assert.Equal(t, c.circle != "", slices.Contains(v.Conditions, sanctions.CircularHolding))
	}
}

// ring is n firms that own each other in a circle, a listed party with 30 % of the
// first, and a chain of as many firms below the last.
func ring(n int) []registers.Interest {
	hold := func(owner, owned string, percent sanctions.Share) registers.Interest {
		return registers.Interest{OwnerID: owner, OwnedID: owned, Kind: registers.Shares, Share: sanctions.ExactShare(percent * sanctions.Percent)}
	}
	list := []registers.Interest{hold("L", "ring1", 30), hold(fmt.Sprint("ring", n), "ring1", 20), hold(fmt.Sprint("ring", n), "below1", 60)}
	for i := 1; i < n; i++ {
		list = append(list, hold(fmt.Sprint("ring", i), fmt.Sprint("ring", i+1), 100), hold(fmt.Sprint("below", i), fmt.Sprint("below", i+1), 60))
	}
	return list
}

// TestCirclesOfAnySize: neither how many firms a circle has nor how deep below it a
// firm lies is bounded.
func TestCirclesOfAnySize(t *testing.T) {
	for _, n := range []int{2, 3, 64, 65, 1000} {
		a := solve(t, ring(n), "2026-06-01")
		for _, party := range []string{"ring1", fmt.Sprint("ring", n), "below1", fmt.Sprint("below", n)} {
			for _, regime := range []string{"us-ofac", "ca"} {
				v := verdict(t, a, party, regime)
				assert.Contains(t, v.Conditions, sanctions.CircularHolding, "%s of %d", party, n)
				assert.Equal(t, sanctions.Owned, v.Circle.Status)
				assert.Equal(t, n, v.Circle.Firms)
				all := map[bool]int{true: n + 1, false: 0}[strings.HasPrefix(party, "ring")] + map[string]int{"below1": n + 2, fmt.Sprint("below", n): 2*n + 1}[party]
				assert.Len(t, v.Circle.Proof, min(100, all), "%s of %d: a proof is cut after a hundred stakes", party, n)
				assert.Equal(t, party, v.Circle.Proof[min(100, all)-1].OwnedID, "the party's own stakes are told")
			}
		}
		found := 0
		for _, verdicts := range a.All() {
			if slices.ContainsFunc(verdicts, func(v sanctions.Verdict) bool { return v.Circle.Status != "" }) {
				found++
			}
		}
		assert.Equal(t, 2*n, found, "all are among those that are worth a verdict")
	}
}

// TestCircleIsDrawn: a chart of a firm of a circle shows the circle.
func TestCircleIsDrawn(t *testing.T) {
	a := solve(t, interests(t, "L 30 A; A 50 B; B 20 A"), "2026-06-01")
	node := ownership.Node{ID: "B"}
	assert.Equal(t, `flowchart TD
	%% B: none under us-ofac, 0%; owned, 50% if the circle bears itself out
	n1["L"]
	n2[["B"]]
	n3["A"]
	n1 -.->|"30%"| n3
	n2 -.->|"20%"| n3
	n3 -.->|"50%"| n2
	classDef listed fill:#f4cccc
	class n1 listed
`, ownership.Mermaid(ownership.Charted{Node: node, Verdict: verdict(t, a, "B", "us-ofac")}))
	v := verdict(t, a, "B", "ca")
	require.Equal(t, sanctions.ControlIndicated, v.Status)
	assert.Equal(t, "L 30% > A 50% > B; B 20% > A 50% > B", ownership.Path("B", v.Proof))
}

// TestPossiblyListedInACircle: a party that may be listed and holds part of its own
// owner is judged by those above it as if it were not listed, and these are also
// those whom only the greatest fixpoint of the circle reaches.
func TestPossiblyListedInACircle(t *testing.T) {
	listed := map[string]sanctions.Answer{"L1": sanctions.Yes, "L2": sanctions.Possible}
	list := interests(t, "L2 (10,50) E; E 100 L2; L1 25 E")
	agree(t, list, houseRules(), listed)
	_, a := solveWith(t, list, houseRules(), listed)
	uk := verdict(t, a, "L2", "uk")
	assert.Equal(t, sanctions.ControlIndicated, uk.Status)
	assert.Equal(t, sanctions.PossiblyOwned, uk.Circle.Status)
	assert.Contains(t, uk.Conditions, sanctions.CircularHolding)
}

// TestHandThatLetsGo: half of a firm lies in the hand of one that a circle holds up, and
// that is let go of only after the firm was looked at: what the hand holds stays what it
// was, being another's too, and the firm is looked at again all the same.
func TestHandThatLetsGo(t *testing.T) {
	list := interests(t, "L1 60 V1; L2 60 V2; H votes 60 V1; H votes 60 V2; V1 25 A; V2 25 A; A 60 B; A 10 Z3; Z3 60 Z2; Z2 60 Z1; Z1 60 H")
	listed := map[string]sanctions.Answer{"L1": sanctions.Yes, "L2": sanctions.Yes}
	agree(t, list, houseRules(), listed)
	for _, first := range []string{"A", "B", "H", "V1", "V2", "Z1", "Z2", "Z3"} { // from which the circle is gone through
		_, a := solveWith(t, list, houseRules(), listed)
		a.Verdicts(first)
		v := verdict(t, a, "B", "half-votes")
		assert.Equal(t, sanctions.OwnershipNone, v.Status, first)
		assert.Empty(t, v.Circle, first)
		assert.Equal(t, sanctions.Minority, verdict(t, a, "A", "half-votes").Status, first)
	}
}
