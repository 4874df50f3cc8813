package screening_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/screening"
)

// TestPartiesOfTheRegistersAreJoined: what registers say of one firm under several ids
// and names adds up, and firms that only look alike stay apart.
func TestPartiesOfTheRegistersAreJoined(t *testing.T) {
	const lei = "5493001KJTIIGC8Y1R12"
	hrb := sanctions.NewIdentifier(sanctions.Registration, "HRB 12345", "DE")
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
			nil, "firm-7", sanctions.PossiblyOwned, "[30,60]", "ids of two registers and one name: nobody says that they are one, or that they are two"},
		{"1,,firm-7,Kestrelby Works LLC,shares,30\n2,,firm-8,Kestrelby Works LLC,shares,30\n",
			nil, "firm-7", sanctions.Minority, "30", "two ids of one register are two firms"},
		{"1,,firm-7,Kestrelby Works LLC,shares,60\n,\"KESTRELBY WORKS, L.L.C.\",below,Below Ltd,shares,60\n",
			nil, "below", sanctions.Owned, "60", "a mention without id of exactly the name"},
		{"1,,firm-7,Kestrelby Works LLC,shares,60\n,Kestrelby Works GmbH,below,Below Ltd,shares,60\n",
			nil, "below", sanctions.PossiblyOwned, "[0,60]", "another legal form is another firm, or a slip"},
		{"1,,firm-7,Kestrelby Works LLC,shares,60\n,Kestrelby Wroks LLC,below,Below Ltd,shares,60\n",
			nil, "below", sanctions.PossiblyOwned, "[0,60]", "a slip in a common word"},
		{"1,,firm-7,Kestrelby Works LLC,shares,60\n,Sandpiper Works LLC,below,Below Ltd,shares,60\n",
			nil, "below", sanctions.OwnershipNone, "0", "another name"},
		{"1,,firm-7,Kestrelby Works LLC,shares,30\n2,,,Kestrelby Wroks LLC,shares,30\n",
			nil, "firm-7", sanctions.PossiblyOwned, "[30,60]", "a mention that is owned"},
		{"1,,,Kestrelby Works LLC,shares,30\n2,,,KESTRELBY WORKS L.L.C.,shares,30\n",
			nil, "Kestrelby Works LLC", sanctions.Owned, "60", "two mentions of exactly one name"},
		{"1,,,Kestrelby Works LLC,shares,30\n2,,,Kestrelby Wroks LLC,shares,30\n",
			nil, "Kestrelby Works LLC", sanctions.PossiblyOwned, "[30,60]", "two mentions that are alike"},
		{"1,,,Kestrelby Works LLC,shares,30\n2,,,Kestrelby Works,shares,30\n9,,,Kestrelby Works JSC,shares,30\n",
			nil, "Kestrelby Works LLC", sanctions.PossiblyOwned, "[30,60]", "the one without a form may be either of the others"},
		{"1,,firm-7,Kestrelby Works LLC,shares,60\n9,,firm-8,Kestrelby Works LLC,shares,60\n,Kestrelby Works LLC,below,Below Ltd,shares,60\n",
			nil, "below", sanctions.PossiblyOwned, "[0,60]", "two firms bear the name: which of them is meant is not certain"},
		{"1,,firm-7,Kestrelby Works LLC,shares,60\n9,,firm-8,Kestrelby Works LLC,shares,60\n,Kestrelby Works LLC,below,Below Ltd,shares,60\n",
			nil, "firm-8", sanctions.OwnershipNone, "0", "and neither is the other"},
		{"1,,firm-7,Kestrelby Works LLC,shares,30\n2,,other-9,Kestrelby Mill,shares,30\n",
			[]sanctions.Party{firm("firm-7", sanctions.NewIdentifier(sanctions.LEI, lei, "")), firm("other-9", sanctions.NewIdentifier(sanctions.LEI, lei, ""))},
			"firm-7", sanctions.Owned, "60", "one LEI, whatever the names"},
		{"1,,m-1,Kestrelby Works GmbH,shares,30\n2,,h-2,Sandpiper Mill GmbH,shares,30\n",
			[]sanctions.Party{firm("m-1", hrb), firm("h-2", hrb)}, "m-1", sanctions.PossiblyOwned, "[30,60]", "HRB 12345 is a firm in Munich and another in Hamburg"},
		{"1,,m-1,Kestrelby Works GmbH,shares,30\n2,,h-2,Kestrelby Works GmbH,shares,30\n",
			[]sanctions.Party{firm("m-1", hrb), firm("h-2", hrb)}, "m-1", sanctions.Owned, "60", "one number and one name"},
		{"1,,gb-coh:01234567,Kestrelby Works GmbH,shares,30\n2,,h-2,Kestrelby Works GmbH,shares,30\n",
			[]sanctions.Party{firm("gb-coh:01234567", sanctions.NewIdentifier(sanctions.Registration, "HRB 777", "DE")), firm("h-2", hrb)},
			"h-2", sanctions.PossiblyOwned, "[30,60]", "one firm may stand in two registers of a country that has several"},
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

// TestRecognisedByNameAlone: a party of a register that has exactly a listed name is
// listed for certain; one with a slip, a translation or another form is so possibly, be
// it owner, owned or asked about.
func TestRecognisedByNameAlone(t *testing.T) {
	const exact, maybe = sanctions.Yes, sanctions.Possible
	for _, c := range []struct {
		name string
		want sanctions.Answer
		why  string
	}{
		{"Zvezdalit Instrument Plant JSC", exact, "the very name"},
		{"ZVEZDALIT INSTRUMENT PLANT, J.S.C.", exact, "letter case and points"},
		{"Zvezdalit Instrument Plant", exact, "without the form"},
		{"AO Zvezdalit Instrument Plant", exact, "the form in another language"},
		{"Zvezdalit Instrumnet Plant JSC", maybe, "a slip in a common word"},
		{"Zvezdalit Instrument Plnt JSC", maybe, "in the most common one"},
		{"Zvezdalid Instrument Plant JSC", maybe, "in the name's own"},
		{"Zvezdalit Instrument Plant LLC", maybe, "another legal form"},
		{"Zvezdalit Instrument Plant Group JSC", maybe, "a word that many companies bear is more"},
		{"Приборостроительный завод Звездалит АО", maybe, "translated"},
		{"Rassvet Instrument Plant JSC", sanctions.No, "another name"},
		{"Orlan Vetchinkin", exact, "a name on two lists"},
	} {
		world := fstest.MapFS{
			"manifest.csv": {Data: []byte("file,format,list\nus.csv,parties,us-ofac-sdn\neu.csv,parties,eu-fsf\ni.csv,interests,\n")},
			"us.csv":       {Data: []byte("party_id,kind,name\n1,entity,Zvezdalit Instrument Plant JSC\n2,person,Orlan Vetchinkin\n")},
			"eu.csv":       {Data: []byte("party_id,kind,name\n7,person,Orlan Vetchinkin\n")},
			"i.csv":        {Data: []byte("owner_id,owner_name,owned_id,owned_name,kind,percent\n,\"" + c.name + "\",below,Below Ltd,shares,60\nsomebody,,held,\"" + c.name + "\",shares,60\n")},
		}
		s, _, err := screening.Open(world, today)
		require.NoError(t, err)
		status := func(party sanctions.Party) string {
			st, err := s.Screen(party, today)
			require.NoError(t, err)
			return string(verdict(st, "us-ofac").Status)
		}
		owned := map[sanctions.Answer]string{exact: "owned", maybe: "possibly_owned", sanctions.No: "none"}
		listed := map[sanctions.Answer]string{exact: "listed", maybe: "unknown", sanctions.No: "none"}
		assert.Equal(t, owned[c.want], status(named("below", "")), "as an owner: %s: %s", c.name, c.why)
		assert.Equal(t, listed[c.want], status(named("held", "")), "as what is owned: %s: %s", c.name, c.why)
		st, err := s.Screen(named("", c.name), today)
		require.NoError(t, err)
		assert.Equal(t, c.want, st.Listed(), "asked about: %s: %s", c.name, c.why)
		if c.name == "Orlan Vetchinkin" {
			assert.Len(t, st.Listings, 2)
			assert.Equal(t, sanctions.Owned, func() sanctions.OwnershipStatus {
				st, err := s.Screen(named("below", ""), today)
				require.NoError(t, err)
				return verdict(st, "eu").Status
			}(), "each list's party is a link of its own")
		}
	}
}

// TestFoundInTheRegistersByName: a party whose ids no register has is the one that
// bears exactly its name; where several do, or it is only alike, it may be.
func TestFoundInTheRegistersByName(t *testing.T) {
	world := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list\nl.csv,parties,us-ofac-sdn\ni.csv,interests,\n")},
		"l.csv":        {Data: []byte("party_id,kind,name\n1,entity,Zvezdalit Instrument Plant JSC\n2,person,Orlan Vetchinkin\n")},
		"i.csv": {Data: []byte("owner_id,owned_id,owned_name,kind,percent\n" +
			"1,k-1,Kestrelby Works LLC,shares,60\n" +
			"1,t-1,Tamarisk Mills Ltd,shares,60\nsomebody,t-2,Tamarisk Mills Ltd,shares,100\n" +
			"1,gb-coh:00000007,Sorrel Foundry Ltd,shares,30\n2,lei:5493001KJTIIGC8Y1R12,Sorrel Castings Ltd,shares,10\n" +
			"1,o-1,Osprey Lathes Ltd,shares,10\n")},
	}
	s, _, err := screening.Open(world, today)
	require.NoError(t, err)
	for _, c := range []struct {
		name   string
		status sanctions.OwnershipStatus
		share  string
		weak   bool
		path   string
		why    string
	}{
		{"KESTRELBY WORKS L.L.C.", sanctions.Owned, "60", false, "k-1", "the very name"},
		{"Kestrelby Works GmbH", sanctions.PossiblyOwned, "[0,100]", true, "1 60% > k-1 may be > Kestrelby Works GmbH", "another form: if it is another firm, nobody knows its owners"},
		{"Kestrelby Wroks LLC", sanctions.PossiblyOwned, "[0,100]", true, "1 60% > k-1 may be > Kestrelby Wroks LLC", "a slip"},
		{"Tamarisk Mills Ltd", sanctions.PossiblyOwned, "[0,60]", true, "t-1", "one of two firms"},
		{"Osprey Lathes", sanctions.Minority, "10", false, "o-1", "without the form"},
		{"Osprey Lahtes", sanctions.OwnershipUnknown, "[0,100]", true, "", "what is little of the one may be all of the other"},
		{"Rassvet", sanctions.OwnershipUnknown, "[0,100]", false, "", "in no register"},
	} {
		st, err := s.Screen(named("", c.name), today)
		require.NoError(t, err)
		v := verdict(st, "us-ofac")
		assert.Equal(t, c.status, v.Status, "%s: %s: %+v", c.name, c.why, v)
		assert.Equal(t, c.share, v.Share.String(), "%s: %s", c.name, c.why)
		assert.Equal(t, c.weak, slices.Contains(v.Conditions, sanctions.WeakLink), "%s: %s", c.name, c.why)
		if c.weak && c.path != "" && c.path != "t-1" {
			assert.Equal(t, c.path, ownership.Path(c.name, v.Proof), c.why)
		}
	}
	st, err := s.Screen(sanctions.Party{Names: []sanctions.Name{{Text: "Sorrel"}}, Identifiers: []sanctions.Identifier{
		sanctions.NewIdentifier(sanctions.LEI, "5493001KJTIIGC8Y1R12", ""), sanctions.NewIdentifier(sanctions.Registration, "00000007", "GB")}}, today)
	require.NoError(t, err)
	assert.Equal(t, "40", verdict(st, "us-ofac").Share.String(), "what it holds under one number in one register and another in another adds up")
}

// TestANumberOfALocalRegister finds a party, and with another name does not prove it.
func TestANumberOfALocalRegister(t *testing.T) {
	world := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list\nl.csv,parties,us-ofac-sdn\ni.csv,interests,\n")},
		"l.csv":        {Data: []byte("party_id,kind,name\n1,entity,Zvezdalit Instrument Plant JSC\n")},
		"i.csv":        {Data: []byte("owner_id,owned_id,owned_name,kind,percent\n1,m-1,Kestrelby Works GmbH,shares,60\n")},
	}
	hrb := sanctions.NewIdentifier(sanctions.Registration, "HRB 12345", "DE")
	s, _, err := screening.Open(world, today, screening.WithParties(sanctions.Party{ID: "m-1", Identifiers: []sanctions.Identifier{hrb}}))
	require.NoError(t, err)
	for name, want := range map[string]sanctions.OwnershipStatus{"Kestrelby Works": sanctions.Owned, "Sandpiper Mill GmbH": sanctions.PossiblyOwned} {
		st, err := s.Screen(sanctions.Party{Names: []sanctions.Name{{Text: name}}, Identifiers: []sanctions.Identifier{hrb}}, today)
		require.NoError(t, err)
		assert.Equal(t, want, verdict(st, "us-ofac").Status, name)
	}
}
