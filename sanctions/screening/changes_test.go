package screening_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
	"github.com/sanctionrisk/exposure/sanctions/screening"
)

// A standing says until when it holds: by the listings of whoever the party may be, and by
// those of the owners above it; not by what happens to others.
func TestStandingsSayHowLongTheyHold(t *testing.T) {
	world := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list,published\nl.csv,parties,us-ofac-sdn,2025-01-01\ne.csv,parties,eu-fsf,2025-01-01\ni.csv,interests,,\n")},
		"l.csv": {Data: []byte("party_id,kind,name,country,identifiers,listed_from,listed_to\n1,entity,Zvezdalit Instrument Plant JSC,RU,inn:7707083893,2018-04-06,2019-01-28\n" +
			"2,entity,Kama Gunsight Works,RU,,2022-02-24,\n3,entity,Don Fuse Works,RU,,,\n")},
		"e.csv": {Data: []byte("party_id,kind,name,country,identifiers,listed_from,listed_to\n9,entity,Zvezdalit Instrument Plant,RU,inn:7707083893,2018-09-01,2023-01-01\n")},
		"i.csv": {Data: []byte("owner_id,owner_name,owned_id,owned_name,kind,percent,from,to\n" +
			"1,,sub,Arbalet Works,shares,60,2017-01-01,2018-12-01\nother,Linnet Holding,sub,Arbalet Works,shares,40,2016-05-01,\nother,Linnet Holding,free,Linnet Foods,shares,80,2015-01-01,2019-01-01\n")},
	}
	s := openSmall(t, world)
	for _, c := range []struct{ party, day, want, why string }{
		{"1", "2017-06-01", "[2014-08-13, 2018-04-06)", "before the first listing, under the rule of ownership of the time"},
		{"1", "2018-04-06", "[2018-04-06, 2018-09-01)", "on the day of the listing, until the EU lists it too"},
		{"1", "2018-12-31", "[2018-09-01, 2019-01-28)", "until OFAC delists it"},
		{"1", "2022-12-31", "[2019-01-28, 2023-01-01)", "the last day on the EU's list"},
		{"1", "2023-01-01", "[2023-01-01, 2023-06-22)", "until Canada has a rule of its own, which may read on what it owns"},
		{"2", "2020-01-01", "[, 2022-02-24)", "listed later: nothing above it ever changes"},
		{"3", "2020-01-01", "[, 2025-01-01)", "no list tells since when; its edition is the first day on which it is sure"},
		{"free", "2020-01-01", "[, )", "nobody listed stands above it, whatever its owners do"},
		{"nobody", "2020-01-01", "[, )", "whom no list and no register knows"},
	} {
		st, err := s.Screen(named(c.party, ""), sanctions.MustParseDate(c.day))
		require.NoError(t, err)
		assert.Equal(t, c.want, st.Holds.String(), "%s on %s: %s", c.party, c.day, c.why)
	}
	st, err := s.Screen(named("sub", ""), sanctions.MustParseDate("2018-06-01"))
	require.NoError(t, err)
	assert.Equal(t, "[2018-04-06, 2018-09-01)", st.Holds.String(), "its owner's listing here, and there")
	assert.Equal(t, sanctions.Owned, verdict(st, "us-ofac").Status)
	st, err = s.Screen(named("sub", ""), sanctions.MustParseDate("2018-11-30"))
	require.NoError(t, err)
	assert.Equal(t, "[2018-09-01, 2018-12-01)", st.Holds.String(), "until the owner sells")
}

// Law: through the days for which a standing holds the same is listed, and listed parties
// own the same; and whoever asks again where it ends meets every day on which it does not.
func TestNothingChangesWhileAStandingHolds(t *testing.T) {
	first := sanctions.MustParseDate("2017-01-01")
	rapid.Check(t, func(t *rapid.T) {
		day := func(what string) string {
			if n := rapid.IntRange(-1, 9).Draw(t, what); n >= 0 {
				return first.AddDays(160 * n).String()
			}
			return ""
		}
		period := func(what string) string {
			from, to := day(what+" from"), day(what+" to")
			if to != "" && from > to {
				from, to = to, from
			}
			return from + "," + to
		}
		lists, interests := []string{"party_id,kind,name,country,listed_from,listed_to"}, []string{"owner_id,owned_id,kind,percent,from,to"}
		for _, row := range []string{"1,entity,Zvezdalit Instrument Plant,RU", "2,entity,Kama Gunsight Works,RU", "3,entity,Arbalet Pump Works,RU"} {
			lists = append(lists, row+","+period(row))
		}
		ids := []string{"1", "2", "a", "b", "Arbalet Pump Works", "c"}
		for n := range rapid.IntRange(0, 7).Draw(t, "interests") {
			owner, owned := rapid.IntRange(0, 5).Draw(t, "owner"), rapid.IntRange(0, 5).Draw(t, "owned")
			if owner == owned {
				continue
			}
			interests = append(interests, fmt.Sprintf("%s,%s,%s,%d,%s", ids[owner], ids[owned], rapid.SampledFrom([]string{"shares", "votes", "control"}).Draw(t, "kind"),
				rapid.SampledFrom([]int{20, 30, 50, 60}).Draw(t, "percent"), period(fmt.Sprint(n))))
		}
		s, _, err := screening.Open(fstest.MapFS{
			"manifest.csv": {Data: []byte("file,format,list,published\nl.csv,parties,eu-fsf,2019-06-01\ni.csv,interests,,\n")},
			"l.csv":        {Data: []byte(strings.Join(lists, "\n") + "\n")},
			"i.csv":        {Data: []byte(strings.Join(interests, "\n") + "\n")},
		}, today)
		require.NoError(t, err)
		for _, party := range []sanctions.Party{named("1", ""), named("a", ""), named("b", ""), named("", "Arbalet Pump Works"), named("", "Arbalet Pump Works JSC"), named("c", "")} {
			var last sanctions.Standing
			for n := range 60 {
				st, err := s.Screen(party, first.AddDays(80*n-800))
				require.NoError(t, err)
				require.True(t, st.Holds.Contains(st.AsOf), "%v on %v", st.Holds, st.AsOf)
				if n > 0 && last.Holds.Contains(st.AsOf) {
					require.Equal(t, last.Holds, st.Holds)
					require.Equal(t, told(&last), told(&st), "%v: %v and %v, which %v holds", party.Name(), last.AsOf, st.AsOf, last.Holds)
				}
				last = st
			}
		}
	})
}

// told is what a standing says of listed parties.
func told(st *sanctions.Standing) (out []string) {
	for _, l := range st.Listings {
		out = append(out, fmt.Sprint(l.PartyID, l.Answer(), l.Designations))
	}
	for _, v := range st.Verdicts {
		if len(v.Proof) > 0 {
			out = append(out, fmt.Sprint(v.Regime, v.Status, v.Share))
		}
	}
	return out
}

// The day on which a stake of somebody whom no register names begins or ends is one on
// which a verdict may change, whichever day was asked about before.
func TestUnnamedOwnersComeAndGoOnTheirDay(t *testing.T) {
	snapshot, err := sanctions.NewSnapshot(nil, sanctions.Coverage{})
	require.NoError(t, err)
	b := ownership.NewBuilder()
	require.NoError(t, b.Add(registers.Interest{OwnedID: "free", Kind: registers.Unknown, Share: sanctions.UnknownShare,
		Period: sanctions.Period{From: sanctions.MustParseDate("2020-01-01"), To: sanctions.MustParseDate("2021-01-01")}}))
	graph := b.Graph()
	for _, days := range [][]string{{"2019-12-31", "2020-01-01", "2021-01-01"}, {"2020-01-01", "2021-01-01", "2019-12-31"}} {
		s, err := screening.New(snapshot, graph)
		require.NoError(t, err)
		for _, day := range days {
			st, err := s.Screen(named("free", ""), sanctions.MustParseDate(day))
			require.NoError(t, err)
			want := sanctions.OwnershipNone
			if day == "2020-01-01" {
				want = sanctions.OwnershipUnknown
			}
			assert.Equal(t, want, verdict(st, "us-ofac").Status, "%s, asked in the order %v", day, days)
		}
	}
}
