package screening_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/sanctions/match"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/screening"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

var today = sanctions.MustParseDate("2026-03-31")

func open(t testing.TB, opts ...screening.Option) *screening.Screener {
	t.Helper()
	s, _, err := screening.Open(worlds.MoscowTalks(), today, opts...)
	require.NoError(t, err)
	return s
}

func named(id, name string) sanctions.Party {
	p := sanctions.Party{ID: id}
	if name != "" {
		p.Names = []sanctions.Name{{Text: name, Type: sanctions.NamePrimary}}
	}
	return p
}

func verdict(st sanctions.Standing, regime string) sanctions.Verdict {
	for _, v := range st.Verdicts {
		if v.Regime == regime {
			return v
		}
	}
	return sanctions.Verdict{}
}

func TestWhereThePartiesOfTheWorldStand(t *testing.T) {
	s := open(t)
	for _, c := range []struct {
		id, name string
		asOf     string
		listed   sanctions.Answer
		ofac, eu sanctions.OwnershipStatus
		why      string
	}{
		{"us-ofac-sdn:18782", "", "2026-03-31", sanctions.Yes, sanctions.ListedUnderRegime, sanctions.ListedUnderRegime, "a list's number, in full"},
		{"rosoboronexport", "", "2026-03-31", sanctions.Yes, sanctions.ListedUnderRegime, sanctions.ListedUnderRegime, "as the parties file writes it; OFAC's entry by tax number"},
		{"", "Рособоронэкспорт", "2026-03-31", sanctions.Yes, sanctions.ListedUnderRegime, sanctions.ListedUnderRegime, "by name in its own script"},
		{"adani-defence", "Adani Defence Systems and Technologies Limited", "2026-03-31", sanctions.No, sanctions.OwnershipNone, sanctions.OwnershipNone, "on no list, owners known"},
		{"bel", "Bharat Electronics Limited", "2026-03-31", sanctions.No, sanctions.OwnershipNone, sanctions.OwnershipNone, "not Bharat Forge, not Bharat Dynamics"},
		{"nayara", "Nayara Energy Limited", "2026-03-31", sanctions.Yes, sanctions.Minority, sanctions.ListedUnderRegime, "49.13 % owned and listed by name by the EU: the listing wins there, and only there"},
		{"nayara", "Nayara Energy Limited", "2025-07-18", sanctions.No, sanctions.OwnershipNone, sanctions.OwnershipNone, "the day before the EU listed it; Rosneft, its owner, was blocked in October"},
		{"fict-fifty", "Fictional Fifty Aerospace Parts FZE (invented)", "2026-03-31", sanctions.No, sanctions.Owned, sanctions.Minority, "exactly 50 % in the aggregate"},
		{"fict-below", "Fictional Just Below Trading FZE (invented)", "2026-03-31", sanctions.No, sanctions.Minority, sanctions.Minority, "49.99 % in the aggregate"},
		{"fict-chain", "Fictional Chain Components Ltd (invented)", "2026-03-31", sanctions.No, sanctions.Owned, sanctions.OwnershipNone, "50 % held by a firm that is itself blocked"},
		{"fict-sold", "Fictional Divested Avionics LLC (invented)", "2026-02-28", sanctions.No, sanctions.Owned, sanctions.Owned, "the day before the listed owner sold"},
		{"fict-sold", "Fictional Divested Avionics LLC (invented)", "2026-03-01", sanctions.No, sanctions.OwnershipNone, sanctions.ControlIndicated, "the day of the sale: [from, to); the EU asks whether the owner has truly left"},
		{"ssb", "Presidency of Defense Industries", "2026-03-31", sanctions.Yes, sanctions.OwnershipUnknown, sanctions.OwnershipUnknown, "a menu of s.235 items is a listing and blocks nothing; no register knows its owners"},
		{"", "Acme Bicycle Repairs of Nowhere", "2026-03-31", sanctions.No, sanctions.OwnershipUnknown, sanctions.OwnershipUnknown, "nothing found, and nothing known of its owners: not none"},
	} {
		st, err := s.Screen(named(c.id, c.name), sanctions.MustParseDate(c.asOf))
		require.NoError(t, err, c.why)
		assert.Equal(t, c.listed, st.Listed(), "%s %s: %s", c.id, c.name, c.why)
		assert.Equal(t, c.ofac, verdict(st, "us-ofac").Status, "us-ofac, %s %s: %s", c.id, c.name, c.why)
		assert.Equal(t, c.eu, verdict(st, "eu").Status, "eu, %s %s: %s", c.id, c.name, c.why)
	}
}

func TestBoundaryShowsPathAndDistance(t *testing.T) {
	s := open(t)
	st, err := s.Screen(named("fict-fifty", ""), today)
	require.NoError(t, err)
	v := verdict(st, "us-ofac")
	require.Len(t, v.Proof, 2, "both stakes, each with its line")
	for _, stake := range v.Proof {
		assert.Equal(t, "interests.csv", stake.Source.File)
		assert.Positive(t, stake.Source.Line)
		assert.Contains(t, stake.Why, "listed")
	}
	assert.Equal(t, "exactly 50, which suffices", v.Margin)
	assert.Equal(t, sanctions.Yes, st.Owned())

	st, err = s.Screen(named("fict-below", ""), today)
	require.NoError(t, err)
	assert.Equal(t, "0.01 short of 50", verdict(st, "us-ofac").Margin)
	assert.Equal(t, sanctions.No, st.Owned())
}

func TestUncertainNameMakesOwnershipPossible(t *testing.T) {
	world := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list\nl.csv,parties,us-ofac-sdn\ni.csv,interests,\n")},
		"l.csv":        {Data: []byte("party_id,kind,name,country\n1,entity,Zvezdalit Instrument Plant JSC,RU\n")},
		"i.csv": {Data: []byte("owner_id,owner_name,owned_id,owned_name,kind,percent\n" +
			"a,Zvezdalit Instrument Plant,f1,First,shares,60\n" +
			"b,Zvezdarit Instrument Plant,f2,Second,shares,60\n" +
			"1,,f3,Third,shares,60\n")},
	}
	s, _, err := screening.Open(world, today)
	require.NoError(t, err)
	for _, c := range []struct {
		id   string
		want sanctions.OwnershipStatus
		why  string
	}{
		{"f1", sanctions.Owned, "the same name but for the legal form"},
		{"f2", sanctions.PossiblyOwned, "a typing error in the owner's name: somebody must look"},
		{"f3", sanctions.Owned, "the list's own number"},
	} {
		st, err := s.Screen(named(c.id, ""), today)
		require.NoError(t, err)
		v := verdict(st, "us-ofac")
		assert.Equal(t, c.want, v.Status, c.why)
		assert.Equal(t, c.want == sanctions.PossiblyOwned, contains(v.Conditions, sanctions.WeakLink), c.why)
	}
}

func contains[T comparable](s []T, want T) bool {
	for _, x := range s {
		if x == want {
			return true
		}
	}
	return false
}

func TestClearanceIsGivenBack(t *testing.T) {
	plain := open(t)
	subject := named("customer-7", "Rosoboronexport")
	st, err := plain.Screen(subject, today)
	require.NoError(t, err)
	var cleared []match.Clearance
	for _, l := range st.Listings {
		cleared = append(cleared, match.Clearance{Subject: subject.ID, PartyID: l.PartyID, Record: match.RecordDigest(l.Party), Reason: "a namesake in Oslo"})
	}
	require.NotEmpty(t, cleared)
	st, err = open(t, screening.WithClearances(cleared...)).Screen(subject, today)
	require.NoError(t, err)
	assert.Equal(t, sanctions.No, st.Listed(), "every hit was decided on")
	assert.Len(t, st.Listings, len(cleared), "a cleared hit is shown, with its reason")
	assert.Equal(t, "a namesake in Oslo", st.Listings[0].Cleared)
}

func TestRefusals(t *testing.T) {
	s := open(t)
	_, err := s.Screen(sanctions.Party{}, today)
	assert.ErrorContains(t, err, "nothing to screen")
	_, err = s.Screen(named("x", "x"), sanctions.Date{})
	assert.ErrorContains(t, err, "date")
	_, err = screening.New(nil, nil)
	assert.ErrorContains(t, err, "snapshot")

	_, _, err = screening.Open(os.DirFS(t.TempDir()), today)
	assert.ErrorContains(t, err, "manifest")

	broken := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list,max_age_days,published\nl.csv,parties,us-ofac-sdn,7,2026-01-01\ni.csv,interests,,,\n")},
		"l.csv":        {Data: []byte("party_id,name,listed_from\n1,Somebody,01/02/2025\n")},
		"i.csv":        {Data: []byte("owner_id,owned_id,kind,percent\na,b,shares,101\n")},
	}
	_, _, err = screening.Open(broken, today)
	require.Error(t, err)
	for _, want := range []string{"l.csv:2:12: listed_from", "i.csv:2:12: percent"} {
		assert.ErrorContains(t, err, want, "every fault of every file, at once")
	}
	assert.ErrorIs(t, err, lists.Stale)
}

// Law: an analysis shared between days without change gives what a fresh one
// gives, and concurrent callers see the same.
func TestSharedAnalysesAndConcurrency(t *testing.T) {
	shared := open(t)
	days := []string{"2018-06-01", "2021-12-31", "2022-03-01", "2024-07-02", "2024-07-03", "2025-09-29", "2025-11-10", "2026-02-28", "2026-03-01", "2026-03-31"}
	ids := []string{"fict-fifty", "fict-below", "fict-sold", "fict-chain", "nayara", "irrpl", "brahmos", "rosoboronexport"}
	var wg sync.WaitGroup
	for _, day := range days {
		wg.Go(func() {
			asOf := sanctions.MustParseDate(day)
			fresh := open(t)
			for _, id := range ids {
				for _, d := range []int{0, 1} {
					a, err := shared.Screen(named(id, ""), asOf.AddDays(d))
					assert.NoError(t, err)
					b, err := fresh.Screen(named(id, ""), asOf.AddDays(d))
					assert.NoError(t, err)
					assert.Equal(t, b.Verdicts, a.Verdicts, "%s on %s + %d", id, day, d)
				}
			}
		})
	}
	wg.Wait()
}

// Law: what was asked before changes no answer, however alike the questions are.
func TestAnswersDoNotDependOnWhatWasAskedBefore(t *testing.T) {
	world := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list\nl.csv,parties,in-house\ni.csv,interests,\n")},
		"l.csv":        {Data: []byte("party_id,kind,name,country\n1,entity,Zvezdalit,RU\n")},
		"i.csv":        {Data: []byte("owner_id,owned_id,owned_name,kind,percent\n1,x,Holder of Pumps,shares,60\n")},
	}
	type parties []sanctions.Party
	asked := parties{
		{ID: "Zvezdalit"},
		{ID: "Zvezdalit", Names: []sanctions.Name{{Text: "Zvezdalit"}}},
		{ID: "Zvezdalit", Names: []sanctions.Name{{Text: "Zvezdalit"}}, Kind: sanctions.KindPerson},
		{ID: "Zvezdalit", Names: []sanctions.Name{{Text: "Zvezdalit"}}, Countries: []string{"NO"}},
		{ID: "Zvezdalit", Identifiers: []sanctions.Identifier{sanctions.NewIdentifier(sanctions.INN, "7707083893", "")}},
		{Names: []sanctions.Name{{Text: "Holder of Pumps"}}},
		{Names: []sanctions.Name{{Text: "Holder of Pumps", Weak: true}}},
		{Names: []sanctions.Name{{Text: "Holder of Pumps"}, {Text: "Zvezdalit"}}},
	}
	answer := func(s *screening.Screener, p sanctions.Party) sanctions.Standing {
		st, err := s.Screen(p, today)
		require.NoError(t, err)
		st.Listings = slices.Clone(st.Listings)
		for i := range st.Listings { // of another screener's snapshot
			st.Listings[i].Party = nil
		}
		return st
	}
	var fresh []sanctions.Standing
	for _, p := range asked {
		s, _, err := screening.Open(world, today)
		require.NoError(t, err)
		fresh = append(fresh, answer(s, p))
	}
	shared, _, err := screening.Open(world, today)
	require.NoError(t, err)
	for range 2 {
		for i, p := range asked {
			assert.Equal(t, fresh[i], answer(shared, p), "%+v", p)
		}
	}
}

// Law: more days than a screener keeps analyses of are answered as the first was,
// whatever is asked in between.
func TestManyDays(t *testing.T) {
	const firms = screening.AnalysesSize + 20
	interests := []byte("owner_id,owned_id,kind,percent,from\n")
	first := sanctions.MustParseDate("2024-01-01")
	for i := range firms {
		interests = fmt.Appendf(interests, "1,f%d,shares,60,%v\n", i, first.AddDays(i))
	}
	s, _, err := screening.Open(fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list\nl.csv,parties,us-ofac-sdn\ni.csv,interests,\n")},
		"l.csv":        {Data: []byte("party_id,name,listed_from\n1,Zvezdalit,2022-02-24\n")}, "i.csv": {Data: interests},
	}, today)
	require.NoError(t, err)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for i := range firms {
				for d, want := range map[int]sanctions.Answer{-1: sanctions.No, 0: sanctions.Yes} {
					st, err := s.Screen(named(fmt.Sprintf("f%d", i), ""), first.AddDays(i+d))
					assert.NoError(t, err)
					assert.Equal(t, want, st.Owned(), "f%d, %d days after it was bought", i, d)
				}
			}
		})
	}
	wg.Wait()
}

func TestEmptyGraph(t *testing.T) {
	snapshot, _, err := lists.Open(worlds.MoscowTalks(), lists.AsOf(today))
	require.NoError(t, err)
	s, err := screening.New(snapshot, ownership.NewBuilder().Graph())
	require.NoError(t, err)
	st, err := s.Screen(named("", "Rosoboronexport"), today)
	require.NoError(t, err)
	assert.Equal(t, sanctions.Yes, st.Listed())
	assert.Equal(t, sanctions.ListedUnderRegime, verdict(st, "us-ofac").Status)
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		open(b)
	}
}

func BenchmarkScreen(b *testing.B) {
	s := open(b)
	b.Run("new", func(b *testing.B) {
		i := 0
		for b.Loop() {
			i++
			if _, err := s.Screen(named("fict-fifty", "Fictional Fifty Aerospace Parts FZE (invented)"), today.AddDays(-i%200)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("kept", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Screen(named("rosoboronexport", "Rosoboronexport"), today); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// TestListingsWithoutADay: OFAC's own files say who is listed and not since when.
func TestListingsWithoutADay(t *testing.T) {
	world := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list,edition,published\n" +
			"sdn.csv,ofac-sdn,us-ofac-sdn,1,2026-03-31\n" +
			"dates.csv,parties,us-ofac-sdn,1,2026-03-31\n" +
			"interests.csv,interests,,,\n")},
		"interests.csv": {Data: []byte("owner_id,owned_id,kind,percent\nus-ofac-sdn:1,alpha,shares,60\nus-ofac-sdn:2,beta,shares,60\n")},
		"sdn.csv": {Data: []byte(`1,"KAMA GUNSIGHT WORKS AO","-0- ","RUSSIA-EO14024","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- "` + "\r\n" +
			`2,"DON FUSE WORKS AO","-0- ","RUSSIA-EO14024","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- "` + "\r\n")},
		"dates.csv": {Data: []byte("party_id,name,listed_from\n2,DON FUSE WORKS AO,2023-05-19\n")},
	}
	s, _, err := screening.Open(world, today)
	require.NoError(t, err)
	for _, c := range []struct {
		id, day string
		listed  sanctions.Answer
		undated bool
		why     string
	}{
		{"us-ofac-sdn:1", "2026-03-31", sanctions.Yes, false, "in the edition of the day"},
		{"us-ofac-sdn:1", "2026-03-30", sanctions.Possible, true, "the day before the edition: nothing says that it was listed already"},
		{"us-ofac-sdn:1", "2021-04-15", sanctions.Possible, true, "the first day of E.O. 14024"},
		{"us-ofac-sdn:1", "2021-04-14", sanctions.No, false, "nobody was listed under an order that was not yet made"},
		{"us-ofac-sdn:2", "2023-05-19", sanctions.Yes, false, "a parties file of the same list dates it"},
		{"us-ofac-sdn:2", "2023-05-18", sanctions.No, false, "the day before"},
	} {
		st, err := s.Screen(named(c.id, ""), sanctions.MustParseDate(c.day))
		require.NoError(t, err)
		assert.Equal(t, c.listed, st.Listed(), "%s on %s: %s", c.id, c.day, c.why)
		assert.Equal(t, c.undated, slices.Contains(st.Conditions, sanctions.ListingUndated), "%s on %s: %s", c.id, c.day, c.why)
	}
	for _, c := range []struct {
		id, day string
		status  sanctions.OwnershipStatus
		why     string
	}{
		{"alpha", "2026-03-31", sanctions.Owned, "its owner is in the edition of the day"},
		{"alpha", "2026-03-30", sanctions.PossiblyOwned, "its owner may have been listed already"},
		{"alpha", "2021-04-14", sanctions.OwnershipNone, "nobody was listed under the order yet"},
		{"beta", "2023-05-19", sanctions.Owned, "its owner's day is known"},
		{"beta", "2023-05-18", sanctions.OwnershipNone, "the day before"},
	} {
		st, err := s.Screen(named(c.id, ""), sanctions.MustParseDate(c.day))
		require.NoError(t, err)
		assert.Equal(t, c.status, verdict(st, "us-ofac").Status, "%s on %s: %s", c.id, c.day, c.why)
	}

	retrieved := maps.Clone(world)
	retrieved["manifest.csv"] = &fstest.MapFile{Data: bytes.Replace(world["manifest.csv"].Data, []byte("published"), []byte("retrieved"), 1)}
	s, _, err = screening.Open(retrieved, today)
	require.NoError(t, err)
	for day, want := range map[string]sanctions.Answer{"2026-03-31": sanctions.Yes, "2026-03-30": sanctions.Possible} {
		st, err := s.Screen(named("us-ofac-sdn:1", ""), sanctions.MustParseDate(day))
		require.NoError(t, err)
		assert.Equal(t, want, st.Listed(), "%s: a list without a day of its own is of the day on which it was fetched", day)
	}
}
