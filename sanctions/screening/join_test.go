package screening_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/sanctions/screening"
)

// TestPartiesOfTheRegistersAreJoined: what registers say of one firm under several ids
// and names adds up, and firms that only look alike stay apart.
func TestPartiesOfTheRegistersAreJoined(t *testing.T) {
	const lei = "5493001KJTIIGC8Y1R12"
	firm := func(id string, identifiers ...sanctions.Identifier) sanctions.Party {
		return sanctions.Party{ID: id, Identifiers: identifiers}
	}
	for _, c := range []struct {
		rows  string
		known []sanctions.Party
		party string
		want  sanctions.OwnershipStatus
		share string
		why   string
	}{
		{"1,,firm-7,Kestrelby Works LLC,shares,30\n2,,lei:" + lei + ",Kestrelby Works LLC,shares,30\n",
			[]sanctions.Party{firm("firm-7", sanctions.NewIdentifier(sanctions.LEI, lei, ""))}, "firm-7", sanctions.Owned, "60",
			"the caller says that a firm has the LEI under which another register knows it: 30 and 30"},
		{"1,,firm-7,Kestrelby Works LLC,shares,30\n2,,lei:" + lei + ",Kestrelby Works LLC,shares,30\n",
			nil, "firm-7", sanctions.Minority, "30", "two ids and one name: nobody says that they are one"},
		{"1,,firm-7,Kestrelby Works LLC,shares,60\n,\"KESTRELBY WORKS, L.L.C.\",below,Below Ltd,shares,60\n",
			nil, "below", sanctions.Owned, "60", "a mention without id of exactly the name"},
		{"1,,firm-7,Kestrelby Works LLC,shares,60\n,Kestrelby Works GmbH,below,Below Ltd,shares,60\n",
			nil, "below", sanctions.OwnershipNone, "0", "another legal form is another firm"},
		{"1,,firm-7,Kestrelby Works LLC,shares,60\n9,,firm-8,Kestrelby Works LLC,shares,60\n,Kestrelby Works LLC,below,Below Ltd,shares,60\n",
			nil, "below", sanctions.OwnershipNone, "0", "two firms bear the name: which of them is meant is not certain"},
		{"1,,firm-7,Kestrelby Works LLC,shares,30\n,KESTRELBY Works L.L.C.,firm-7,Kestrelby Works LLC,shares,40\n",
			nil, "firm-7", sanctions.Minority, "30", "a parent of the same name: nobody owns itself"},
	} {
		world := fstest.MapFS{
			"manifest.csv": {Data: []byte("file,format,list\nl.csv,parties,us-ofac-sdn\ni.csv,interests,\n")},
			"l.csv":        {Data: []byte("party_id,kind,name,country\n1,entity,Zvezdalit Instrument Plant JSC,RU\n2,person,Orlan Vetchinkin,RU\n")},
			"i.csv":        {Data: []byte("owner_id,owner_name,owned_id,owned_name,kind,percent\n" + c.rows)},
		}
		s, _, err := screening.Open(world, today, screening.WithParties(c.known...))
		require.NoError(t, err, c.why)
		st, err := s.Screen(named(c.party, ""), today)
		require.NoError(t, err)
		v := verdict(st, "us-ofac")
		assert.Equal(t, c.want, v.Status, "%s: %+v", c.why, v)
		assert.Equal(t, c.share, v.Share.String(), c.why)
	}
}

// TestHavingLeftEndsBetweenTheDaysOfTheFiles: the day on which a regime stops looking
// back is none that any file names, and changes the answer all the same.
func TestHavingLeftEndsBetweenTheDaysOfTheFiles(t *testing.T) {
	world := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list\nl.csv,parties,eu-fsf\ni.csv,interests,\n")},
		"l.csv":        {Data: []byte("party_id,kind,name,country,listed_from\n1,entity,Zvezdalit Instrument Plant JSC,RU,2014-07-01\n")},
		"i.csv":        {Data: []byte("owner_id,owner_name,owned_id,owned_name,kind,percent,to\n1,,a,Arbalet Works,shares,60,2017-01-01\n")},
	}
	s, _, err := screening.Open(world, today)
	require.NoError(t, err)
	for day, want := range map[string]sanctions.OwnershipStatus{"2021-12-31": sanctions.ControlIndicated, "2022-01-01": sanctions.OwnershipNone} {
		st, err := s.Screen(named("a", ""), sanctions.MustParseDate(day))
		require.NoError(t, err)
		assert.Equal(t, want, verdict(st, "eu").Status, "%s: %+v", day, verdict(st, "eu"))
	}
}

// A number for the whole world is the same whether or not a register says in which
// country its firm sits.
func TestOneFirmOfTwoRegistersByItsLEI(t *testing.T) {
	world := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list\nl.csv,parties,us-ofac-sdn\ni.csv,interests,\nr.json,opensanctions-ftm,watch\n")},
		"l.csv":        {Data: []byte("party_id,name,identifiers,listed_from\n7,Kama Gunsight Works,,2022-02-24\n8,Don Fuse Works,inn:7707083893,2022-02-24\n")},
		"i.csv":        {Data: []byte("owner_id,owned_id,kind,percent\nus-ofac-sdn:7,lei:529900T8BM49AURSDO55,shares,30\n")},
		"r.json": {Data: []byte(`{"id":"own","schema":"Ownership","properties":{"owner":["o"],"asset":["c1"],"percentage":["20"]}}` + "\n" +
			`{"id":"o","schema":"Company","properties":{"name":["Fuses"],"innCode":["7707083893"]}}` + "\n" +
			`{"id":"c1","schema":"Company","properties":{"name":["Volga Pumps"],"leiCode":["529900T8BM49AURSDO55"],"jurisdiction":["cy"]}}` + "\n")},
	}
	s, _, err := screening.Open(world, today, screening.WithLists(lists.Accept(lists.TooFewRows)))
	require.NoError(t, err)
	for _, id := range []string{"c1", "lei:529900T8BM49AURSDO55"} {
		st, err := s.Screen(named(id, ""), today)
		require.NoError(t, err)
		assert.Equal(t, "50", verdict(st, "us-ofac").Share.String(), "30 in one register and 20 in the other: %s", id)
	}
}
