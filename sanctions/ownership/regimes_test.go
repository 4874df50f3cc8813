package ownership_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// TestBuiltinRegimes: the table that ships is whole, in the order of the contract.
func TestBuiltinRegimes(t *testing.T) {
	table := ownership.BuiltinRegimes()
	var names []string
	for _, r := range table.InForce(lawDay) {
		names = append(names, r.Regime)
	}
	assert.Equal(t, []string{"us-ofac", "us-ofac-ssi", "us-bis", "eu", "uk", "ch", "ca", "au"}, names)
	for _, r := range table {
		assert.NotEmpty(t, r.Citation, "%v", r.Source)
		assert.NotEmpty(t, r.Why, "%v", r.Source)
	}
	table[0].Threshold = 1
	assert.NotEqual(t, table[0].Threshold, ownership.BuiltinRegimes()[0].Threshold, "callers get a copy")
}

// TestRulesOverTime: the same facts on the days around a change of the rule.
func TestRulesOverTime(t *testing.T) {
	for _, c := range []struct {
		interests, regime, day string
		status                 sanctions.OwnershipStatus
		conditions             []sanctions.Condition
		why                    string
	}{
		{"L 60 A; U 40 A", "us-bis", "2025-09-28", sanctions.OwnershipNone, []sanctions.Condition{sanctions.RegimeNotInForce}, "before the Affiliates Rule"},
		{"L 60 A; U 40 A", "us-bis", "2025-09-29", sanctions.Owned, nil, "its first day"},
		{"L 60 A; U 40 A", "us-bis", "2025-11-09", sanctions.Owned, nil, "its last day before the stay"},
		{"L 60 A; U 40 A", "us-bis", "2025-11-10", sanctions.ControlIndicated, []sanctions.Condition{sanctions.RegimeNotInForce}, "stayed: a red flag and no more"},
		{"L 60 A; U 40 A", "us-bis", "2026-11-09", sanctions.ControlIndicated, []sanctions.Condition{sanctions.RegimeNotInForce}, "the stay's last day"},
		{"L 60 A; U 40 A", "us-bis", "2026-11-10", sanctions.PossiblyOwned, []sanctions.Condition{sanctions.RegimeUncertain}, "whether the stay was extended is not known"},
		{"L 40 A; U 60 A", "us-bis", "2026-11-10", sanctions.Minority, nil, "below half the doubt does not matter"},
		{"L ? A", "us-bis", "2025-10-15", sanctions.OwnershipUnknown, []sanctions.Condition{sanctions.OwnershipIncomplete}, "a known listed owner of unknown share: Red Flag 29"},
		{"L1 25 A; L2 25 A; U 50 A", "us-ofac", "2014-08-12", sanctions.Minority, nil, "under the guidance of 2008 holdings were not added"},
		{"L1 25 A; L2 25 A; U 50 A", "us-ofac", "2014-08-13", sanctions.Owned, nil, "under that of 2014 they are"},
		{"L 50 A; U 50 A", "eu", "2024-07-02", sanctions.ControlIndicated, nil, "more than half was asked for"},
		{"L 50 A; U 50 A", "eu", "2024-07-03", sanctions.Owned, nil, "half suffices"},
		{"L 100 A", "ca", "2023-06-21", sanctions.OwnershipNone, []sanctions.Condition{sanctions.RegimeNotInForce}, "before s. 2.1 of the Act"},
		{"L 100 A", "ca", "2023-06-22", sanctions.Owned, nil, "its first day"},
		{"L 100 A", "au", "2026-06-01", sanctions.ControlIndicated, nil, "no percentage in the text: even the whole is a question of fact"},
		{"L 40 A; U 60 A", "au", "2026-06-01", sanctions.Minority, nil, "and less than half no indication"},
	} {
		v := verdict(t, solve(t, interests(t, c.interests), c.day), "A", c.regime)
		assert.Equal(t, c.status, v.Status, "%s under %s on %s: %s", c.interests, c.regime, c.day, c.why)
		assert.Equal(t, c.conditions, v.Conditions, "%s under %s on %s: %s", c.interests, c.regime, c.day, c.why)
	}
	listed := verdict(t, solve(t, interests(t, "L 100 A"), "2020-01-01"), "L", "ca")
	assert.Equal(t, sanctions.ListedUnderRegime, listed.Status, "a listing needs no ownership rule")
}

// TestWhoIsListed: which designations make a listed owner, and from when.
func TestWhoIsListed(t *testing.T) {
	party := func(a sanctions.Authority, programme string, m sanctions.Measure, from, to string) *sanctions.Party {
		return &sanctions.Party{ID: "x:L", Names: []sanctions.Name{{Text: "L"}}, Designations: []sanctions.Designation{{Authority: a, Measures: []sanctions.Measure{m},
			Programmes: []string{programme}, Period: sanctions.Period{From: sanctions.MustParseDate(from), To: sanctions.MustParseDate(to)}}}}
	}
	g := graphOf(t, interests(t, "L 60 A; U 40 A"))
	for _, c := range []struct {
		party *sanctions.Party
		owned string
		why   string
	}{
		{party(sanctions.AuthorityOFAC, "RUSSIA-EO14024", sanctions.Blocking, "", ""), "us-ofac us-bis", "an SDN under a programme of 15 CFR 744.8 counts for BIS too"},
		{party(sanctions.AuthorityOFAC, "VENEZUELA-EO13850", sanctions.Blocking, "", ""), "us-ofac", "under another programme it does not"},
		{party(sanctions.AuthorityOFAC, "", sanctions.SectoralDirective, "", ""), "us-ofac-ssi", "a sectoral listing does not block"},
		{party(sanctions.AuthorityOFAC, "", sanctions.CAPTA, "", ""), "", "nor does CAPTA"},
		{party(sanctions.AuthorityBIS, "", sanctions.ExportControl, "", ""), "us-bis", "Entity List"},
		{party(sanctions.AuthorityBIS, "", sanctions.MilitaryEndUser, "", ""), "us-bis", "Military End User List"},
		{party(sanctions.AuthorityBIS, "", sanctions.Unverified, "", ""), "", "the Unverified List has no affiliates rule"},
		{party(sanctions.AuthorityEU, "", sanctions.Blocking, "", ""), "eu", "a freeze"},
		{party(sanctions.AuthorityEU, "", sanctions.TradeRestriction, "", ""), "", "Annex IV is no freeze"},
		{party(sanctions.AuthorityUK, "", sanctions.Blocking, "", ""), "uk", "a freeze"},
		{party(sanctions.AuthorityUK, "", sanctions.TransportBan, "", ""), "", "a transport ban is none"},
		{party(sanctions.AuthorityUN, "", sanctions.Blocking, "", ""), "", "the UN has no ownership rule"},
		{party(sanctions.AuthorityEU, "", sanctions.Blocking, "2025-10-16", ""), "", "listed the day after"},
		{party(sanctions.AuthorityEU, "", sanctions.Blocking, "2025-10-15", ""), "eu", "listed on the day"},
		{party(sanctions.AuthorityEU, "", sanctions.Blocking, "", "2025-10-15"), "", "delisted on the day"},
	} {
		a, err := ownership.Solve(g, ownership.BuiltinRegimes(), []ownership.Seed{{Node: "L", Party: c.party, Answer: sanctions.Yes}}, sanctions.MustParseDate("2025-10-15"))
		require.NoError(t, err)
		var owned []string
		for _, v := range a.Verdicts("A") {
			if v.Status == sanctions.Owned {
				owned = append(owned, v.Regime)
			}
		}
		assert.Equal(t, c.owned, strings.Join(owned, " "), c.why)
	}
	bare := party(sanctions.AuthorityOFAC, "", sanctions.Blocking, "", "")
	bare.Designations[0].Programmes = nil
	a, err := ownership.Solve(g, ownership.BuiltinRegimes(), []ownership.Seed{{Node: "L", Party: bare, Answer: sanctions.Yes}}, sanctions.MustParseDate("2025-10-15"))
	require.NoError(t, err)
	assert.Equal(t, sanctions.Owned, verdict(t, a, "A", "us-ofac").Status)
	assert.Equal(t, sanctions.PossiblyOwned, verdict(t, a, "A", "us-bis").Status, "a programme that is not stated may be one of 15 CFR 744.8")
}

// TestHavingLeftIsAQuestionForAWhile: that a listed owner has left is no question for
// ever; how long it is one is a column.
func TestHavingLeftIsAQuestionForAWhile(t *testing.T) {
	list := interests(t, "L 60 A until 2024-01-01")
	for day, want := range map[string]sanctions.OwnershipStatus{
		"2023-12-31": sanctions.Owned, "2024-01-01": sanctions.ControlIndicated,
		"2028-12-30": sanctions.ControlIndicated, "2028-12-31": sanctions.OwnershipNone, "2060-01-01": sanctions.OwnershipNone,
	} {
		a := solve(t, list, day)
		for _, regime := range []string{"eu", "ch", "ca", "uk"} {
			v := verdict(t, a, "A", regime)
			assert.Contains(t, []sanctions.OwnershipStatus{want}, v.Status, "%s on %s: %+v", regime, day, v)
			if day > "2024" {
				assert.Contains(t, v.Conditions, sanctions.Divested, "what was held stays said")
			}
		}
	}
	table := ownership.BuiltinRegimes().Only("eu")
	for i := range table {
		table[i].LookBack = 0
	}
	g := graphOf(t, list)
	a, err := ownership.Solve(g, table, seedsOf(g, isListed), sanctions.MustParseDate("2060-01-01"))
	require.NoError(t, err)
	assert.Equal(t, sanctions.ControlIndicated, a.Verdicts("A")[0].Status, "a house that looks back without end")

	const head = "regime,listed_by,threshold,inclusive,aggregate,indirect,tests,control,look_back,state,from,to,citation,why\n"
	for _, bad := range []string{"-1", "five", "0", "99999"} {
		_, err := ownership.ReadRegimes(strings.NewReader(head+"x,eu:blocking,50,yes,yes,cascade,shares,presumed,"+bad+",in_force,,,c,why\n"), "house.csv")
		assert.ErrorContains(t, err, "look_back = \""+bad)
	}
}

// TestMarginAtOpenEnds: an end of a band that is open lies beside the threshold.
func TestMarginAtOpenEnds(t *testing.T) {
	for _, c := range []struct{ interests, regime, want string }{
		{"L [25,50) A", "us-ofac", "between 25 short of 50 and just short of 50"},
		{"L [25,50] A", "us-ofac", "between 25 short of 50 and exactly 50, which suffices"},
		{"L (50,75) A", "uk", "between just above 50 and 25 above 50"},
		{"L [50,75) A", "uk", "between exactly 50, where more is needed and 25 above 50"},
	} {
		assert.Equal(t, c.want, verdict(t, solve(t, interests(t, c.interests), "2026-06-01"), "A", c.regime).Margin, c.interests)
	}
}

// TestARegimeIsARow: adding a regime, ending one, and an analyst's own threshold
// need no code.
func TestARegimeIsARow(t *testing.T) {
	const header = "regime,listed_by,threshold,inclusive,aggregate,indirect,tests,control,state,from,to,citation,why\n"
	table, err := ownership.ReadRegimes(strings.NewReader(header+
		"jp,eu:blocking,25,yes,yes,direct,shares,no,in_force,2024-01-01,2025-01-01,house rule,a test\n"), "house.csv")
	require.NoError(t, err)
	g := graphOf(t, interests(t, "L 30 A; A 90 B"))
	for day, want := range map[string]sanctions.OwnershipStatus{"2023-12-31": sanctions.OwnershipNone, "2024-12-31": sanctions.Owned, "2025-01-01": sanctions.OwnershipNone} {
		a, err := ownership.Solve(g, table, seedsOf(g, isListed), sanctions.MustParseDate(day))
		require.NoError(t, err)
		assert.Equal(t, want, a.Verdicts("A")[0].Status, day)
		assert.Equal(t, sanctions.OwnershipNone, a.Verdicts("B")[0].Status, "direct: nothing is passed on")
	}
	for bad, want := range map[string]string{
		"x,eu:blocking,50,yes,yes,cascade,shares,no,in_force,,,,why\n":                                                                                   "house.csv:2:55: citation = \"\": a rule needs regime, citation, why, aggregate, control and state",
		"x,eu,50,yes,yes,cascade,shares,no,in_force,,,c,why\n":                                                                                           "house.csv:2:3: listed_by",
		"x,eu:fishing,50,yes,yes,cascade,shares,no,in_force,,,c,why\n":                                                                                   "house.csv:2:3: listed_by",
		"x,eu:blocking,fifty,yes,yes,cascade,shares,no,in_force,,,c,why\n":                                                                               "house.csv:2:15: threshold",
		"x,eu:blocking,50,maybe,yes,cascade,shares,no,in_force,,,c,why\n":                                                                                "house.csv:2:18: inclusive",
		"x,eu:blocking,50,yes,some,cascade,shares,no,in_force,,,c,why\n":                                                                                 "house.csv:2:22: aggregate",
		"x,eu:blocking,50,yes,yes,cascade,shares,no,asleep,,,c,why\n":                                                                                    "state = \"asleep\"",
		"x,eu:blocking,50,yes,yes,cascade,shares,no,in_force,2025-01-01,2024-01-01,c,why\n":                                                              "ends before it starts",
		"x,eu:blocking,,yes,yes,cascade,shares,no,in_force,,,c,why\n":                                                                                    "a threshold or a test of control",
		"x,eu:blocking,50,yes,yes,cascade,shares,no,in_force,,2025-01-02,c,why\nx,eu:blocking,50,yes,yes,cascade,shares,no,in_force,2025-01-01,,c,why\n": "house.csv:3:1: regime = \"x\": the rule of line 2 holds on some of the same days",
	} {
		_, err := ownership.ReadRegimes(strings.NewReader(header+bad), "house.csv")
		assert.ErrorContains(t, err, want)
	}
}

func TestSeeds(t *testing.T) {
	list := func(id string) sanctions.Party {
		return sanctions.Party{ID: id, Names: []sanctions.Name{{Text: id}}, Designations: []sanctions.Designation{{Authority: sanctions.AuthorityOFAC, Measures: []sanctions.Measure{sanctions.Blocking}}}}
	}
	snapshot, err := sanctions.NewSnapshot([]sanctions.Party{list("us-ofac-sdn:18782"), list("house:L1"), list("other:L1"), list("house:L:2"), list("eu-fsf:nobody")},
		sanctions.Coverage{Lists: []sanctions.LoadedList{{List: "us-ofac-sdn", Files: []sanctions.LoadedFile{{Format: "ofac-sdn"}, {Format: "ofac-alt"}}}, {List: "house", Files: []sanctions.LoadedFile{{Format: "parties"}}}}})
	require.NoError(t, err)
	g := graphOf(t, interests(t, "us-ofac-sdn:18782 50 A; 18782 50 B; L1 50 C; L:2 50 D; house:L1 10 E"))
	var got []string
	for _, s := range ownership.SeedsByID(snapshot, g) {
		got = append(got, s.Node+"="+s.Party.ID)
	}
	assert.Equal(t, []string{"L1=house:L1", "L1=other:L1", "L:2=house:L:2", "house:L1=house:L1", "us-ofac-sdn:18782=us-ofac-sdn:18782"}, got,
		"in full, or as a parties file writes it; 18782 alone is anybody's number")
	_, err = ownership.Solve(g, ownership.BuiltinRegimes(), []ownership.Seed{{Node: "nobody", Party: everywhere("x")}}, lawDay)
	assert.ErrorContains(t, err, `seed "nobody" is no party of the graph`)
	_, err = ownership.Solve(g, ownership.BuiltinRegimes(), nil, sanctions.Date{})
	assert.ErrorContains(t, err, "question of a day")
	a, err := ownership.Solve(g, ownership.BuiltinRegimes(), nil, lawDay)
	require.NoError(t, err)
	for _, v := range a.Verdicts("never mentioned") {
		assert.Equal(t, sanctions.OwnershipUnknown, v.Status)
		assert.Equal(t, sanctions.UnknownShare, v.Share, "nothing unknown renders as clear")
		assert.Contains(t, v.Conditions, sanctions.OwnershipIncomplete)
	}
}

// TestConditions: what a verdict rests on is said.
func TestConditions(t *testing.T) {
	has := func(facts, regime string, c sanctions.Condition, why string) {
		t.Helper()
		assert.Contains(t, verdict(t, solve(t, interests(t, facts), "2026-06-01"), "A", regime).Conditions, c, why)
	}
	has("L 50 A; U 49 A", "us-ofac", sanctions.OwnershipIncomplete, "99 is not the whole")
	has("L 60 A; U 55 A", "us-ofac", sanctions.ConflictingSources, "115 is more than the whole")
	has("L 30 A; A 50 B; B 20 A", "us-ofac", sanctions.CircularHolding, "the circle")
	has("L 48 A; A 5 A", "us-ofac", sanctions.TreasuryShares, "own shares")
	has("L 60 A until 2026-05-01", "us-ofac", sanctions.Divested, "a listed owner left")
	has("L1 26 A; L2 25 A; L1 control L2", "uk", sanctions.JointArrangement, "one controls the other's rights")
	has("L1 25 A; L2 25 A", "ca", sanctions.RegimeUncertain, "whether holdings add up is unsettled")
	has("L unknown ? A", "uk", sanctions.ControlHint, "a consolidated account")
	assert.NotContains(t, verdict(t, solve(t, interests(t, "L unknown ? A"), "2026-06-01"), "A", "us-ofac").Conditions, sanctions.ControlHint, "OFAC does not look at control")

	g := graphOf(t, interests(t, "L 60 A; A 60 B"))
	a, err := ownership.Solve(g, ownership.BuiltinRegimes(), []ownership.Seed{{Node: "L", Party: everywhere("L"), Answer: sanctions.Possible}}, lawDay)
	require.NoError(t, err)
	for party, want := range map[string]sanctions.OwnershipStatus{"A": sanctions.PossiblyOwned, "B": sanctions.PossiblyOwned, "L": sanctions.OwnershipUnknown} {
		v := verdict(t, a, party, "us-ofac")
		assert.Equal(t, want, v.Status, "an uncertain link makes an uncertain verdict: %s", party)
		assert.Contains(t, v.Conditions, sanctions.WeakLink)
	}
	require.NoError(t, a.Add(ownership.Seed{Node: "L", Party: everywhere("L"), Answer: sanctions.Yes}))
	assert.Equal(t, sanctions.Owned, verdict(t, a, "B", "us-ofac").Status, "once it is certain, so is what follows")
}

// TestJointArrangement: one party under two ids is one owner, and so are parties
// that a control interest joins; others are not.
func TestJointArrangement(t *testing.T) {
	list := interests(t, "L1 26 A; L2 25 A")
	g := graphOf(t, list)
	one := everywhere("L")
	for _, c := range []struct {
		second *sanctions.Party
		want   sanctions.OwnershipStatus
		why    string
	}{
		{one, sanctions.Minority, "the same listed party under two ids of the registers: one stake told twice"},
		{everywhere("other"), sanctions.Minority, "two listed parties"},
	} {
		a, err := ownership.Solve(g, ownership.BuiltinRegimes(), nil, lawDay)
		require.NoError(t, err)
		require.NoError(t, a.Add(ownership.Seed{Node: "L1", Party: one, Answer: sanctions.Yes}))
		require.NoError(t, a.Add(ownership.Seed{Node: "L2", Party: c.second, Answer: sanctions.Yes}))
		assert.Equal(t, c.want, verdict(t, a, "A", "uk").Status, c.why)
	}
	// What one party is said to hold in one firm under two ids is one stake.
	for facts, want := range map[string]string{"L1 30 A; L2 30 A": "30", "L1 30 A; L2 25 A": "[25,30]", "L1 60 A; L2 (50,75] A": "60"} {
		g := graphOf(t, interests(t, facts))
		a, err := ownership.Solve(g, ownership.BuiltinRegimes(), []ownership.Seed{{Node: "L1", Party: one, Answer: sanctions.Yes}}, lawDay)
		require.NoError(t, err)
		require.NoError(t, a.Add(ownership.Seed{Node: "L2", Party: one, Answer: sanctions.Possible}))
		for _, regime := range []string{"us-ofac", "uk"} {
			assert.Equal(t, want, verdict(t, a, "A", regime).Share.String(), "%s under %s", facts, regime)
		}
	}
	before := solve(t, interests(t, "L1 26 A; L2 25 A; L1 control L2 from 2026-07-01"), "2026-06-30")
	assert.Equal(t, sanctions.Minority, verdict(t, before, "A", "uk").Status, "the arrangement has dates too")
}

// TestNoFloats: shares are exact; not even the source of the package knows floats.
func TestNoFloats(t *testing.T) {
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") {
			text, err := os.ReadFile(f.Name())
			require.NoError(t, err)
			assert.False(t, slices.ContainsFunc(strings.Split(string(text), "\n"), func(line string) bool {
				return strings.Contains(line, "float"+"64") || strings.Contains(line, "float"+"32")
			}), f.Name())
		}
	}
}

// FuzzReadRegimes: whatever the bytes, a table is read whole or refused with
// places, and a table that is read can be used.
func FuzzReadRegimes(f *testing.F) {
	table, err := os.ReadFile("regimes.csv")
	require.NoError(f, err)
	f.Add(table)
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := ownership.ReadRegimes(bytes.NewReader(data), "regimes.csv")
		if err != nil {
			assert.NotEmpty(t, sanctions.Faults(err))
			return
		}
		if len(table.InForce(lawDay)) > 64 {
			return
		}
		g := graphOf(t, interests(t, "L 50 A; A 50 B; B (10,20] A"))
		b, err := ownership.Solve(g, table, seedsOf(g, isListed), lawDay)
		require.NoError(t, err)
		for range b.All() {
		}
	})
}

// A table is known by its digest, wherever it was read.
func TestDigestOfATable(t *testing.T) {
	table := ownership.BuiltinRegimes()
	want := table.Digest()
	for i := range table {
		table[i].Source = sanctions.Source{File: "copy.csv", Line: 100 + i}
	}
	assert.Equal(t, want, table.Digest(), "of another file")
	for i := range table {
		table = ownership.BuiltinRegimes()
		table[i].Citation += "."
		assert.NotEqual(t, want, table.Digest(), "row %d", i)
	}
}
