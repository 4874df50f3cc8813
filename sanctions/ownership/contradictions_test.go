package ownership_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

func TestContradictions(t *testing.T) {
	const header = "owner_id,owned_id,kind,percent,from,to\n"
	for _, c := range []struct {
		rows string
		want []string
		why  string
	}{
		{"a,b,shares,60,,\nc,b,shares,40,,\n", nil, "the whole and no more"},
		{"a,b,shares,60,,\nc,b,shares,40.0000001,,\n",
			[]string{"i.csv:3: owners hold more than the whole: those of b hold at least 100.0000001 % on 2026-01-01; close the rows that ended, or say from when each holds"}, "a ten-millionth more"},
		{"a,b,shares,60,2020-01-01,2025-01-01\nc,b,shares,60,2025-01-01,\n", nil, "sold on: never both"},
		{"a,b,shares,60,,\nc,b,votes,60,,\n", nil, "votes are no capital"},
		{"a,b,shares,60,,\na,b,shares,55,,\n", nil, "two statements on one holding are not two holdings"},
		{"a,b,shares,30,,\nb,c,shares,5,,\nc,a,shares,5,,\n",
			[]string{"i.csv:2: circular holding: a, b, c hold each other on 2026-01-01; verdicts on them show both fixpoints"}, "a circle of three"},
		{"a,b,shares,30,,\nb,a,shares,5,,2026-01-01\n", nil, "the circle was opened on the day"},
		{"a,b,shares,30,,\nb,a,control,,,\n", nil, "control is no holding"},
		{"a,a,shares,5,,\n",
			[]string{"i.csv:2: circular holding: a holds itself; treasury shares count for nobody"}, "treasury shares"},
		{"d,c,shares,1,,\nc,d,shares,1,,\na,b,shares,1,,\nb,a,shares,1,,\n",
			[]string{"i.csv:4: circular holding: a, b hold each other on 2026-01-01; verdicts on them show both fixpoints",
				"i.csv:3: circular holding: c, d hold each other on 2026-01-01; verdicts on them show both fixpoints"}, "two circles, by id and not by row"},
	} {
		b := ownership.NewBuilder()
		require.NoError(t, b.ReadFrom(registers.Interests(strings.NewReader(header+c.rows), "i.csv")))
		errs := b.Graph().Contradictions(sanctions.MustParseDate("2026-01-01"))
		var got []string
		for _, err := range errs {
			got = append(got, err.Error())
			assert.Len(t, sanctions.Faults(err), 1)
		}
		assert.Equal(t, c.want, got, c.why)
	}
}

// TestSourcesResolveConflicts: where dates do not tell which of two contradicting
// statements is the later, the later published source stands; where that is not known
// either, both readings are kept. The conflict is told in any case.
func TestSourcesResolveConflicts(t *testing.T) {
	const header = "owner_id,owned_id,kind,percent,from\n"
	for _, c := range []struct {
		old, new   string // rows of a file of 2024 and of one of 2025
		undated    bool   // the files do not say when they were published
		status     sanctions.OwnershipStatus
		share, why string
	}{
		{"L,A,shares,60,", "L,A,shares,40,", false, sanctions.Minority, "40", "one holding, restated later"},
		{"L,A,shares,40,", "L,A,shares,60,", false, sanctions.Owned, "60", "the other way about"},
		{"L,A,shares,40,", "L,A,shares,60,", true, sanctions.PossiblyOwned, "[40,60]", "nobody knows which is later"},
		{"L,A,shares,60,2025-06-01", "L,A,shares,40,2024-06-01", false, sanctions.Owned, "60", "dates come first"},
		{"U,A,shares,90,", "L,A,shares,60,", false, sanctions.Owned, "60", "the owner that the later source names stands"},
		{"L,A,shares,60,", "U,A,shares,90,", false, sanctions.PossiblyOwned, "[10,60]", "the owner that the later source does not know may have sold"},
		{"U,A,shares,90,", "L,A,shares,60,", true, sanctions.PossiblyOwned, "[10,60]", "nobody knows which is later"},
		{"L,A,shares,60,2025-06-01", "U,A,shares,90,2024-06-01", false, sanctions.Owned, "60", "dates come first"},
	} {
		files := []ownership.File{{Path: "old.csv", Published: sanctions.MustParseDate("2024-12-31")}, {Path: "new.csv", Published: sanctions.MustParseDate("2025-12-31")}}
		if c.undated {
			files[0].Published, files[1].Published = sanctions.Date{}, sanctions.Date{}
		}
		for range 2 {
			g, err := ownership.Read(fstest.MapFS{"old.csv": {Data: []byte(header + c.old + "\n")}, "new.csv": {Data: []byte(header + c.new + "\n")}}, files...)
			require.NoError(t, err)
			a, err := ownership.Solve(g, ownership.BuiltinRegimes(), seedsOf(g, isListed), lawDay)
			require.NoError(t, err)
			v := verdict(t, a, "A", "us-ofac")
			assert.Equal(t, c.status, v.Status, c.why)
			assert.Equal(t, c.share, v.Share.String(), c.why)
			assert.Equal(t, c.why != "dates come first" || strings.Contains(c.new, "U"), slices.Contains(v.Conditions, sanctions.ConflictingSources), c.why)
			slices.Reverse(files)
		}
	}
}

// TestListedTwiceOverACrowdedListedFirm: an owner that is two listed parties, of a firm
// that is listed itself and whose owners hold more than the whole: what no regime has
// added up yet has nothing to be looked at again.
func TestListedTwiceOverACrowdedListedFirm(t *testing.T) {
	g := graphOf(t, interests(t, "L 60 F; X 60 F; L 60 A; X 60 A"))
	var seeds []ownership.Seed
	for _, s := range []struct{ node, party string }{{"L", "one"}, {"L", "two"}, {"F", "three"}} {
		seeds = append(seeds, ownership.Seed{Node: s.node, Party: everywhere(s.party), Answer: sanctions.Yes})
	}
	a, err := ownership.Solve(g, ownership.BuiltinRegimes(), seeds, lawDay)
	require.NoError(t, err)
	assert.Equal(t, sanctions.ListedUnderRegime, verdict(t, a, "F", "us-ofac").Status)
	assert.Equal(t, sanctions.PossiblyOwned, verdict(t, a, "A", "us-ofac").Status, "owners of 120 contradict each other")
}

// TestStatementsOfOneHolding: what several statements come to depends on what they say,
// and not on how many say it or in which order they are read.
func TestStatementsOfOneHolding(t *testing.T) {
	for _, c := range []struct{ interests, regime, status, share, why string }{
		{"L 60 A (a); L 60 A (b); L 40 A (c)", "us-ofac", "possibly_owned", "[40,60]", "two against one is still a contradiction"},
		{"L 40 A (a); L 40 A (b); L 60 A (c)", "us-ofac", "possibly_owned", "[40,60]", "the other way about"},
		{"L [40,60] A (a); L [55,70] A (b); L 58 A (c)", "us-ofac", "owned", "58", "what all have in common"},
		{"L [50,60] A from 2026-01-01; U 55 A from 2024-01-01", "ch", "possibly_owned", "[50,60]", "an earlier statement of another owner that cannot be so as well leaves no bound"},
		{"L (40,75] A; A 24 A; U 50 A", "us-ofac", "possibly_owned", "(40,98.6842106)", "more than the whole with the firm's own shares: nothing says how much is left"},
	} {
		v := verdict(t, solve(t, interests(t, c.interests), "2026-06-01"), "A", c.regime)
		assert.Equal(t, c.status, string(v.Status), "%s: %s", c.interests, c.why)
		assert.Equal(t, c.share, v.Share.String(), "%s: %s", c.interests, c.why)
		assert.Equal(t, c.share != "58", slices.Contains(v.Conditions, sanctions.ConflictingSources), c.interests)
	}
}
