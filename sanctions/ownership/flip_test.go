package ownership_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

func TestFlip(t *testing.T) {
	for _, c := range []struct{ interests, party, regime, want, why string }{
		{"L 50 A", "A", "us-ofac", "not owned if L held less than 50 of A (now 50)", "exactly at the threshold, any sale would do"},
		{"L 80 A", "A", "us-ofac", "not owned if L held less than 50 of A (now 80)", "the whole margin"},
		{"L 51 A", "A", "uk", "not owned if L held no more than 50 of A (now 51)", "where more than half is needed, half is not owned"},
		{"L 50.01 A; A 90 B", "B", "us-ofac", "not owned if L held less than 50 of A (now 50.01)", "the weak link is one firm up"},
		{"L1 30 A; L2 30 A", "A", "us-ofac", "not owned if L1 held less than 20 of A (now 30)", "either owner would do; the first by id"},
		{"L 49.99 A", "A", "us-ofac", "owned if listed owners held at least 0.01 more of A", "so near"},
		{"L 50 A", "A", "ch", "owned if listed owners held more than 0 more of A", "half is not enough"},
		{"L 49 A; A 60 B; L 5 B", "B", "us-ofac", "owned if listed owners held at least 1 more of A; owned if A, which holds 60, were listed", "one more of A carries B over"},
		{"U 70 A; U2 30 A", "A", "us-ofac", "owned if U, which holds 70, were listed", "no listed owner, one majority owner"},
		{"U 40 A; U2 40 A", "A", "us-ofac", "", "no single change of a holding or a list"},
		{"L 60 B; L 60 E; E 75 D; B 50 D", "D", "us-ofac", "", "either of two firms suffices without the other: no single change turns it"},
		{"L 40 A", "A", "au", "", "no share decides"},
	} {
		v := verdict(t, solve(t, interests(t, c.interests), "2026-06-01"), c.party, c.regime)
		assert.Equal(t, c.want, v.Flip, "%s under %s: %s", c.interests, c.regime, c.why)
	}
}

var (
	rises = regexp.MustCompile(`^owned if listed owners held at least (\S+) more of (\S+?)(;|$)`)
	falls = regexp.MustCompile(`^not owned if (\S+) held less than (\S+) of (\S+) \(now`)
)

// fixed is the least that all owners of a firm hold of its capital.
func fixed(list []registers.Interest, firm string) (total sanctions.Share) {
	for _, in := range list {
		if in.OwnedID == firm && (in.Kind == registers.Shares || in.Kind == registers.Trust) {
			total += in.Share.Low
		}
	}
	return total
}

// TestFlipTurnsTheVerdict: the change that a verdict names turns it, and a
// ten-millionth of a percent less does not.
func TestFlipTurnsTheVerdict(t *testing.T) {
	rules := plainRules().Only("us-ofac")
	rapid.Check(t, func(t *rapid.T) {
		list, listed := drawInterests(t), map[string]sanctions.Answer{"L1": sanctions.Yes, "L2": sanctions.Yes}
		g, a := solveWith(t, list, rules, listed)
		for n := range g.Nodes() {
			v := a.Verdicts(n.ID)[0]
			status := func(list []registers.Interest) sanctions.OwnershipStatus {
				_, a := solveWith(t, list, rules, map[string]sanctions.Answer{"L1": sanctions.Yes, "L2": sanctions.Yes, "L3": sanctions.Yes})
				return a.Verdicts(n.ID)[0].Status
			}
			if m := rises.FindStringSubmatch(v.Flip); m != nil {
				more, err := sanctions.ParsePercent(m[1])
				require.NoError(t, err)
				if fixed(list, m[2])+more.Low > sanctions.Whole {
					continue // somebody would have to sell
				}
				with := func(s sanctions.Share) []registers.Interest {
					return append(list[:len(list):len(list)], registers.Interest{OwnerID: "L3", OwnedID: m[2], Kind: registers.Shares, Share: sanctions.ExactShare(s)})
				}
				assert.Equal(t, sanctions.Owned, status(with(more.Low)), "%s: %s\n%v", n.ID, v.Flip, show(list))
				assert.NotEqual(t, sanctions.Owned, status(with(more.Low-1)), "%s: %s\n%v", n.ID, v.Flip, show(list))
			}
			if m := falls.FindStringSubmatch(v.Flip); m != nil {
				left, err := sanctions.ParsePercent(m[2])
				require.NoError(t, err)
				with := func(s sanctions.Share) []registers.Interest {
					out := append([]registers.Interest(nil), list...)
					for i := range out {
						if out[i].OwnerID == m[1] && out[i].OwnedID == m[3] && (out[i].Kind == registers.Shares || out[i].Kind == registers.Trust) {
							out[i].Share = sanctions.ExactShare(s)
						}
					}
					return out
				}
				assert.Equal(t, sanctions.Owned, status(with(left.Low)), "%s: %s\n%v", n.ID, v.Flip, show(list))
				if left.Low > 0 {
					assert.NotEqual(t, sanctions.Owned, status(with(left.Low-1)), "%s: %s\n%v", n.ID, v.Flip, show(list))
				}
			}
		}
	})
}
