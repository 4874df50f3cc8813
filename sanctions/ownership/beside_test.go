package ownership_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// drawSuspects draws who is listed, many of them perhaps.
func drawSuspects(t *rapid.T) map[string]sanctions.Answer {
	listed := make(map[string]sanctions.Answer)
	for _, id := range []string{"L1", "L2", "A", "B"} {
		if rapid.Bool().Draw(t, "listed") || id == "L2" {
			listed[id] = rapid.SampledFrom([]sanctions.Answer{sanctions.Possible, sanctions.Yes}).Draw(t, "as")
		}
	}
	return listed
}

// notJoint leaves out what makes listed parties one arrangement, which ends when one of
// them is looked at as if it were not listed.
func notJoint(list []registers.Interest, listed map[string]sanctions.Answer) []registers.Interest {
	return slices.DeleteFunc(list, func(in registers.Interest) bool {
		_, owner := listed[in.OwnerID]
		_, owned := listed[in.OwnedID]
		return owner && owned && in.Kind != registers.Shares && in.Kind != registers.Votes
	})
}

// unsuspected is the verdicts on a party that may be listed, by solving again without
// it.
func unsuspected(t require.TestingT, list []registers.Interest, rules ownership.Regimes, listed map[string]sanctions.Answer, party string) []sanctions.Verdict {
	others := maps.Clone(listed)
	delete(others, party)
	_, a := solveWith(t, list, rules, others)
	verdicts := a.Verdicts(party)
	for i := range verdicts {
		v := &verdicts[i]
		if v.Status == sanctions.OwnershipNone || v.Status == sanctions.Minority {
			v.Status = sanctions.OwnershipUnknown // it may be listed
		}
		if !slices.Contains(v.Conditions, sanctions.WeakLink) {
			v.Conditions = append(v.Conditions, sanctions.WeakLink)
		}
		slices.Sort(v.Conditions)
	}
	return verdicts
}

// TestSuspectIsNotItsOwnOwner: what is said of a party that may be listed is what is
// said when it is not among the listed, to the last stake of the proof.
func TestSuspectIsNotItsOwnOwner(t *testing.T) {
	rules := houseRules()
	rapid.Check(t, func(t *rapid.T) {
		listed := drawSuspects(t)
		list := notJoint(drawInterests(t), listed)
		g, a := solveWith(t, list, rules, listed)
		for n := range g.Nodes() {
			if listed[n.ID] != sanctions.Possible {
				continue
			}
			got := a.Verdicts(n.ID)
			for i, want := range unsuspected(t, list, rules, listed, n.ID) {
				slices.Sort(got[i].Conditions)
				assert.Equal(t, want, got[i], "%s under %s of %v\n%v", n.ID, want.Regime, listed, show(list))
			}
		}
	})
}

// TestSuspectInALargeCircle: where too many stand above a party that may be listed, the
// bounds hold what solving again would give, and where they are wider that is said.
func TestSuspectInALargeCircle(t *testing.T) {
	rules := houseRules()
	rapid.Check(t, func(t *rapid.T) {
		listed := drawSuspects(t)
		list := notJoint(drawInterests(t), listed)
		g, a := solveWith(t, list, rules, listed)
		a.Hurry(rapid.IntRange(0, 2).Draw(t, "most"))
		for n := range g.Nodes() {
			if listed[n.ID] != sanctions.Possible {
				continue
			}
			got := a.Verdicts(n.ID)
			for i, want := range unsuspected(t, list, rules, listed, n.ID) {
				v := got[i]
				what := []any{"%s under %s of %v\n%v", n.ID, want.Regime, listed, show(list)}
				if !slices.Contains(v.Conditions, sanctions.CircleUnsettled) {
					assert.Equal(t, want.Status, v.Status, what...)
					assert.Equal(t, want.Share, v.Share, what...)
					assert.Equal(t, want.Circle.Status, v.Circle.Status, what...)
					assert.Equal(t, want.Circle.Share, v.Circle.Share, what...)
					continue
				}
				assert.GreaterOrEqual(t, grave(v.Status), min(grave(want.Status), grave(sanctions.PossiblyOwned)), what...)
				if v.Status == sanctions.Owned || v.Status == sanctions.ListedUnderRegime {
					assert.Equal(t, want.Status, v.Status, what...)
				}
				if v.Circle.Status == "" { // nothing else comes of it at the greatest fixpoint
					v.Circle.Status, v.Circle.Share = v.Status, v.Share
				}
				if !rules[i].Votes { // else the one may be of shares and the other of votes
					assert.True(t, holds(v.Share, want.Share), what...)
					if want.Circle.Status != "" {
						assert.True(t, holds(v.Circle.Share, want.Circle.Share), what...)
					}
				}
				if want.Circle.Status != "" {
					assert.GreaterOrEqual(t, grave(v.Circle.Status), min(grave(want.Circle.Status), grave(sanctions.PossiblyOwned)), what...)
				}
			}
		}
	})
}

// holds reports whether a range holds another.
func holds(r, o sanctions.ShareRange) bool {
	return (r.Low < o.Low || r.Low == o.Low && (!r.LowOpen || o.LowOpen)) && (r.High > o.High || r.High == o.High && (!r.HighOpen || o.HighOpen))
}

// TestHistoriesProveTheSame: proofs out of what was solved once for all are those out of
// what was solved again for each party.
func TestHistoriesProveTheSame(t *testing.T) {
	rules := houseRules()
	rapid.Check(t, func(t *rapid.T) {
		list := drawInterests(t)
		listed := map[string]sanctions.Answer{"L1": sanctions.Yes, "L2": sanctions.Yes}
		g, a := solveWith(t, list, rules, listed)
		_, b := solveWith(t, list, rules, listed)
		b.Hurry(0)
		for n := range g.Nodes() {
			assert.Equal(t, a.Verdicts(n.ID), b.Verdicts(n.ID), show(list))
		}
	})
}

// TestSuspectTakesNothingAway: of a firm more than the whole of which is given away
// nobody knows what is left, whether one of its owners may be listed or not.
func TestSuspectTakesNothingAway(t *testing.T) {
	list := interests(t, "A 100 F; B 40 F; L (0,100] F")
	for _, listed := range []map[string]sanctions.Answer{
		{"L": sanctions.Yes},
		{"L": sanctions.Yes, "B": sanctions.Possible},
		{"L": sanctions.Yes, "B": sanctions.Yes},
	} {
		_, a := solveWith(t, list, plainRules(), listed)
		v := verdict(t, a, "F", "us-ofac")
		assert.Equal(t, sanctions.PossiblyOwned, v.Status, "%v: %+v", listed, v)
		assert.Contains(t, v.Conditions, sanctions.ConflictingSources)
	}
}

// TestLongChain: of a chain that is longer than a proof may be the nearest stakes are
// shown, and how many are not; an ordinary one is shown to its end.
func TestLongChain(t *testing.T) {
	hold := func(owner, owned string) registers.Interest {
		return registers.Interest{OwnerID: owner, OwnedID: owned, Kind: registers.Shares, Share: sanctions.ExactShare(60 * sanctions.Percent)}
	}
	list := []registers.Interest{hold("L", "F1")}
	for i := range 1500 {
		list = append(list, hold(fmt.Sprint("F", i+1), fmt.Sprint("F", i+2)))
	}
	a := solve(t, list, "2026-06-01")
	for _, at := range []int{1, 99, 100, 101, 300, 700, 1500} {
		party := fmt.Sprint("F", at)
		for _, regime := range []string{"us-ofac", "uk"} {
			v := verdict(t, a, party, regime)
			assert.Equal(t, sanctions.Owned, v.Status)
			require.Len(t, v.Proof, min(at, 100), party)
			assert.Equal(t, party, v.Proof[len(v.Proof)-1].OwnedID)
			assert.NotContains(t, v.Conditions, sanctions.WeakLink)
			first, path := v.Proof[0], ownership.Path(party, v.Proof)
			if at <= 100 {
				assert.Equal(t, "L", first.OwnerID)
				assert.True(t, strings.HasPrefix(path, "L 60% > F1"), path)
				continue
			}
			assert.Equal(t, fmt.Sprint("F", at-100), first.OwnerID)
			assert.Equal(t, fmt.Sprintf("owner is itself owned, by a chain of %d stakes that is not shown", at-100), first.Why, regime)
			assert.True(t, strings.HasPrefix(path, "… "+first.OwnerID+" 60% > "), path)
		}
	}
}
