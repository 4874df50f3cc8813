package lists_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

func ExampleOpen() {
	snapshot, manifest, err := lists.Open(os.DirFS("testdata/ofac"),
		lists.AsOf(sanctions.MustParseDate("2026-11-10")))
	if err != nil {
		fmt.Println(err)
		return
	}
	party, _ := snapshot.Party("us-ofac-sdn:90001")
	fmt.Println(party.Name(), "stands at", party.Source)
	for _, d := range party.Designations {
		fmt.Println(d.List, d.Programmes, d.Measures, d.Period)
	}
	fmt.Println(manifest.Paths("ofac-sdn"))
	fmt.Println("not looked at:", snapshot.Coverage().Gaps[0].What)
	// Output:
	// ZVEZDNY PRIBOR AO stands at sdn.csv:1
	// us-ofac-cons [UKRAINE-EO13662] [sectoral_directive] [2014-03-20, )
	// us-ofac-sdn [RUSSIA-EO14024 UKRAINE-EO13662] [blocking sectoral_directive] [2022-06-28, )
	// [sdn.csv]
	// not looked at: CAATSA s.231 List of Specified Persons
}

func ExampleReadManifest() {
	folder := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list\nsdn.csv,ofac-sdm,us-ofac-sdn\n../secret.csv,parties,\n")},
		"sdn.csv":      {},
	}
	_, err := lists.ReadManifest(folder)
	for _, f := range sanctions.Faults(err) {
		fmt.Println(f.Source, f.Header, f.Value)
	}
	// Output:
	// manifest.csv:2:9 format ofac-sdm
	// manifest.csv:3:1 file ../secret.csv
	// manifest.csv:3:23 list
}

func ExampleManifest_Paths() {
	manifest, err := lists.ReadManifest(os.DirFS("testdata/parties"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(manifest.Paths("claims"), manifest.Paths("interests"))
	// Output:
	// [claims.csv] []
}

func ExampleFormats() {
	fmt.Println(strings.Join(lists.Formats(), " "))
	// Output:
	// ofac-sdn ofac-cons-prim ofac-alt ofac-cons-alt ofac-add ofac-cons-add ofac-comments ofac-cons-comments eu-fsf eu-journal uk-sanctions-list uk-conlist un-xml seco-xml parties csl opensanctions-simple opensanctions-ftm interests gleif-rr bods psc firms claims
}

// ExampleRefuse makes a warning fatal: a name of a party that is not there.
func ExampleRefuse() {
	_, _, err := lists.Open(os.DirFS("testdata/ofac"), lists.Refuse(lists.Dangling))
	fmt.Println(err)
	// Output:
	// alt.csv:4: "90099": dangling rows: rows of alt.csv belong to no party of the list
}

// ExampleAccept goes on with a list that is too old and says so.
func ExampleAccept() {
	folder := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list,published,max_age_days\nours.csv,parties,ours,2024-01-31,30\n")},
		"ours.csv":     {Data: []byte("party_id,name\n1,Example Trading\n")},
	}
	day := lists.AsOf(sanctions.MustParseDate("2024-03-02"))
	_, _, err := lists.Open(folder, day)
	fmt.Println(errors.Is(err, lists.Stale))
	snapshot, _, err := lists.Open(folder, day, lists.Accept(lists.Stale))
	fmt.Println(err, snapshot.Coverage().Lists[0].Warnings)
	// Output:
	// true
	// <nil> [stale: ours.csv is of 2024-01-31, 31 days before 2024-03-02, where 30 are allowed; fetch the current edition (manifest.csv:2)]
}

// world makes a folder of one parties file; m overrides cells of its manifest row.
func world(parties string, m map[string]string) fstest.MapFS {
	row := map[string]string{"file": "ours.csv", "format": "parties", "list": "ours"}
	for k, v := range m {
		row[k] = v
	}
	var header, cells []string
	for _, k := range []string{"file", "format", "list", "edition", "published", "retrieved", "sha256", "min_rows", "max_age_days"} {
		header, cells = append(header, k), append(cells, row[k])
	}
	return fstest.MapFS{
		"manifest.csv": {Data: []byte(strings.Join(header, ",") + "\n" + strings.Join(cells, ",") + "\n")},
		"ours.csv":     {Data: []byte(parties)},
	}
}

const twoParties = "party_id,name\n1,Example Trading\n2,Example Shipping\n"

// Each defect fails the load, says where and what to do, and is a warning once
// it is accepted.
func TestDefectsFailClosed(t *testing.T) {
	sum := sha256.Sum256([]byte(twoParties))
	digest := hex.EncodeToString(sum[:])
	for _, c := range []struct {
		why      string
		parties  string
		manifest map[string]string
		defect   lists.Defect
		rests    sanctions.Condition // what every result then rests on
	}{
		{"the digest is another file's", twoParties, map[string]string{"sha256": strings.Repeat("0", 64)}, lists.DigestMismatch, sanctions.ListUnverified},
		{"one row short of the floor", twoParties, map[string]string{"min_rows": "3"}, lists.TooFewRows, sanctions.ListIncomplete},
		{"31 days old where 30 are allowed", twoParties, map[string]string{"published": "2024-01-31", "max_age_days": "30"}, lists.Stale, sanctions.ListStale},
		{"an age limit and no date", twoParties, map[string]string{"max_age_days": "30"}, lists.Stale, sanctions.ListStale},
		{"cut inside a row", "party_id,name\n1,Example Trading\n2", nil, lists.Truncated, sanctions.ListIncomplete},
		{"cut inside quotes", "party_id,name\n1,Example Trading\n2,\"Exa", nil, lists.Truncated, sanctions.ListIncomplete},
	} {
		day := lists.AsOf(sanctions.MustParseDate("2024-03-02"))
		folder := world(c.parties, c.manifest)
		snapshot, _, err := lists.Open(folder, day)
		if assert.ErrorIs(t, err, c.defect, c.why) {
			assert.Nil(t, snapshot, c.why)
			assert.NotEmpty(t, sanctions.Faults(err), c.why)
		}
		snapshot, _, err = lists.Open(folder, day, lists.Accept(c.defect))
		if assert.NoError(t, err, c.why) {
			warnings := snapshot.Coverage().Lists[0].Warnings
			require.Len(t, warnings, 1, c.why)
			assert.True(t, strings.HasPrefix(warnings[0], string(c.defect)+": "), warnings[0])
			accepted := snapshot.Coverage().Accepted
			require.Len(t, accepted, 1, c.why)
			assert.Equal(t, c.rests, accepted[0].Condition, c.why)
		}
	}
	for why, m := range map[string]map[string]string{
		"the right digest, in capitals":        {"sha256": strings.ToUpper(digest)},
		"exactly at the floor":                 {"min_rows": "2"},
		"exactly as old as allowed":            {"published": "2024-02-01", "max_age_days": "30"},
		"old, but retrieved as current lately": {"published": "2020-01-01", "retrieved": "2024-03-01", "max_age_days": "30"},
	} {
		snapshot, _, err := lists.Open(world(twoParties, m), lists.AsOf(sanctions.MustParseDate("2024-03-02")))
		if assert.NoError(t, err, why) {
			assert.Empty(t, snapshot.Coverage().Lists[0].Warnings, why)
		}
	}
}

func TestWarningsThatAreNotErrors(t *testing.T) {
	for _, c := range []struct {
		why      string
		manifest map[string]string
		asOf     string
		defect   lists.Defect
	}{
		{"the edition is later than the day asked about", map[string]string{"published": "2024-05-01"}, "2024-03-02", lists.LaterEdition},
		{"an age limit and no day to hold it to", map[string]string{"published": "2024-05-01", "max_age_days": "3"}, "", lists.AgeUnchecked},
	} {
		day := lists.AsOf(sanctions.MustParseDate(c.asOf))
		folder := world(twoParties, c.manifest)
		snapshot, _, err := lists.Open(folder, day)
		require.NoError(t, err, c.why)
		require.Len(t, snapshot.Coverage().Lists[0].Warnings, 1, c.why)
		assert.Contains(t, snapshot.Coverage().Lists[0].Warnings[0], string(c.defect), c.why)
		_, _, err = lists.Open(folder, day, lists.Refuse(c.defect))
		assert.ErrorIs(t, err, c.defect, c.why)
	}
}

func TestDanglingRowsAreReportedOrFatal(t *testing.T) {
	snapshot, _, err := lists.Open(os.DirFS("testdata/ofac"))
	require.NoError(t, err)
	sdn := snapshot.Coverage().Lists[1]
	assert.Contains(t, strings.Join(sdn.Warnings, "\n"), `dangling rows: rows of alt.csv belong to no party of the list (alt.csv:4), such as "90099"`)
	_, _, err = lists.Open(os.DirFS("testdata/ofac"), lists.Refuse(lists.Dangling))
	require.ErrorIs(t, err, lists.Dangling)
	assert.Equal(t, "alt.csv:4", sanctions.Faults(err)[0].Source.String())
}

// Everything that is wrong is said at once, each with its place.
func TestEveryFaultOfAWorldAtOnce(t *testing.T) {
	folder := fstest.MapFS{
		"manifest.csv": {Data: []byte(`file,format,list,published,retrieved,sha256,min_rows
a.csv,parties,ours,2024-01-01,2023-01-01,,
gone.csv,parties,ours,,,,
a.csv,partys,ours,,,,
/etc/passwd,parties,ours,,,,
a.csv,parties,,,,,
a.csv,parties,o u r s,,,,
a.csv,parties,theirs,1.2.2024,,abc,-1
`)},
		"a.csv": {Data: []byte("party_id,name\n1,x\n")},
	}
	_, _, err := lists.Open(folder)
	var got []string
	for _, f := range sanctions.Faults(err) {
		got = append(got, fmt.Sprintf("%v %s=%s", f.Source, f.Header, f.Value))
	}
	assert.ElementsMatch(t, []string{
		"manifest.csv:2:31 retrieved=2023-01-01",
		"manifest.csv:3:1 file=gone.csv",
		"manifest.csv:4:7 format=partys",
		"manifest.csv:5:1 file=/etc/passwd",
		"manifest.csv:6:15 list=",
		"manifest.csv:7:15 list=o u r s",
		"manifest.csv:8:22 published=1.2.2024",
		"manifest.csv:8:32 sha256=abc",
		"manifest.csv:8:36 min_rows=-1",
	}, got)
}

func TestBadPartiesAreFaults(t *testing.T) {
	for why, c := range map[string]struct{ rows, want string }{
		"no id":                     {",Nobody,,,\n", "ours.csv:2:1: party_id = \"\": the row has no party_id"},
		"no name":                   {"7,,,,\n", "ours.csv:2:3: name = \"\": the party 7 has no name"},
		"unknown country":           {"7,X,Atlantis,,\n", `ours.csv:2:5: country = "Atlantis": "Atlantis" is no country that is known; write an ISO 3166-1 code such as RU`},
		"identifier without scheme": {"7,X,,7707083893,\n", `ours.csv:2:6: identifiers = "7707083893": "7707083893" is no identifier; write scheme:value, such as inn:7718852163`},
		"one id, two parties":       {"7,X,,,\n7,Y,,,\n", `ours.csv:3:1: party_id = "7": the id stands at ours.csv:2 for "X"; give each party its own`},
		"one listing twice":         {"7,X,,,\n7,X,,,\n", `ours.csv:3:1: party_id = "7": the same listing stands already at ours.csv:2`},
		"ends before it starts":     {"7,X,,,2020-01-01\n", `ours.csv:2:7: listed_to = "2020-01-01": the listing ends before it starts on 2021-01-01`},
	} {
		header := "party_id,name,country,identifiers,listed_to"
		rows := c.rows
		if strings.Contains(rows, "2020-01-01") {
			header, rows = header+",listed_from", strings.Replace(rows, "2020-01-01", "2020-01-01,2021-01-01", 1)
		}
		_, _, err := lists.Open(world(header+"\n"+rows, nil))
		assert.EqualError(t, err, c.want, why)
	}
}

// A bad cell at the end of a file without a line end is a bad cell, which nobody
// can accept away as a truncated file.
func TestBadLastCellIsNoTruncation(t *testing.T) {
	_, _, err := lists.Open(world("party_id,name,country\n1,X,RU\n2,Y,Atlantis", nil), lists.Accept(lists.Truncated))
	assert.ErrorContains(t, err, `ours.csv:3:5: country = "Atlantis"`)
	snapshot, _, err := lists.Open(world("party_id,name,country\n1,X,RU\n2,Y,IN", nil))
	require.NoError(t, err, "a file of one's own may end without a line end")
	assert.Equal(t, 2, snapshot.Len())
}

// A typo in a measure would make a party less than it is, so it is a fault.
func TestUnknownMeasureOfAPartiesFileIsAFault(t *testing.T) {
	_, _, err := lists.Open(world("party_id,name,measures\n7,X,watch; asset freze;capta;bloking\n", nil))
	require.Error(t, err)
	faults := sanctions.Faults(err)
	require.Len(t, faults, 1)
	assert.Equal(t, "ours.csv:2:5", faults[0].Source.String())
	for _, want := range []string{`unknown measure "asset freze"`, `unknown measure "bloking"`, "known are blocking, sectoral_directive"} {
		assert.ErrorContains(t, err, want)
	}
}

// A list that has one measure by its nature gives it to each of its parties,
// beside whatever the row states; a list of an authority with several does not.
func TestInherentMeasures(t *testing.T) {
	for list, want := range map[string][]sanctions.Measure{
		"us-bis-entity-list": {sanctions.Blocking, sanctions.ExportControl},
		"us-ofac-ssi":        {sanctions.Blocking, sanctions.SectoralDirective},
		"us-state-lsp":       {sanctions.Blocking, sanctions.SpecifiedPerson},
		"eu-833-annex-iv":    {sanctions.Blocking, sanctions.TradeRestriction},
		"uk-sanctions-list":  {sanctions.Blocking},
		"ours":               {sanctions.Blocking},
	} {
		snapshot, _, err := lists.Open(world("party_id,name,measures\n7,X,blocking\n", map[string]string{"list": list}))
		require.NoError(t, err)
		assert.Equal(t, want, snapshot.At(0).Designations[0].Measures, list)
	}
	snapshot, _, err := lists.Open(world("party_id,name,measures\n7,X,transport_ban\n", map[string]string{"list": "uk-sanctions-list"}))
	require.NoError(t, err)
	assert.Equal(t, []sanctions.Measure{sanctions.TransportBan}, snapshot.At(0).Designations[0].Measures, "not every UK row is a freeze")
}

// A fault of the manifest hides none of the files that it names rightly.
func TestFaultsOfManifestAndFilesAtOnce(t *testing.T) {
	folder := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list\ngone.csv,parties,a\nours.csv,parties,b\nours.csv,partys,c\nours.csv,parties,b\nempty.csv,parties,d\n")},
		"ours.csv":     {Data: []byte("party_id,name,country\n1,X,Atlantis\n,Y,\n")},
		"empty.csv":    {Data: []byte("party_id,name\n")},
	}
	_, _, err := lists.Open(folder)
	var got []string
	for _, f := range sanctions.Faults(err) {
		got = append(got, f.Source.String()+" "+f.Header)
	}
	assert.ElementsMatch(t, []string{"manifest.csv:2:1 file", "manifest.csv:4:10 format", "manifest.csv:5 file", "manifest.csv:6 ",
		"ours.csv:2:5 country", "ours.csv:3:1 party_id"}, got)
	assert.ErrorIs(t, err, lists.TooFewRows, "a list of nobody is no list")
	manifest, err := lists.ReadManifest(folder)
	assert.Error(t, err)
	assert.Equal(t, []string{"ours.csv", "empty.csv"}, manifest.Paths("parties"), "the rows that are whole")
}

// A list's name decides what a listing does where its file does not say so.
func TestListNamesImplyTheMeasure(t *testing.T) {
	for _, c := range []struct {
		list      string
		authority sanctions.Authority
		measure   sanctions.Measure
		why       string
	}{
		{"us-ofac-sdn", "us-ofac", sanctions.Blocking, "SDN"},
		{"us-ofac-ssi", "us-ofac", sanctions.SectoralDirective, "directives and no blocking"},
		{"us-ofac-capta", "us-ofac", sanctions.CAPTA, ""},
		{"us-ofac-ns-mbs", "us-ofac", sanctions.MenuBased, ""},
		{"us-bis-entity-list", "us-bis", sanctions.ExportControl, ""},
		{"us-bis-meu", "us-bis", sanctions.MilitaryEndUser, ""},
		{"us-bis-uvl", "us-bis", sanctions.Unverified, ""},
		{"us-state-caatsa-231", "us-state", sanctions.SpecifiedPerson, "itself no sanction"},
		{"us-state-lsp", "us-state", sanctions.SpecifiedPerson, ""},
		{"eu-833-annex-iv", "eu", sanctions.TradeRestriction, "no freeze"},
		{"eu-833-annex-xlv", "eu", sanctions.TransactionBan, ""},
		{"eu-833-annex-xlii", "eu", sanctions.VesselBan, ""},
		{"eu-269", "eu", sanctions.Blocking, ""},
		{"uk-sanctions-list", "uk", sanctions.Blocking, ""},
		{"uk-investment-ban", "uk", sanctions.InvestmentBan, ""},
		{"un", "un", sanctions.Blocking, ""},
		{"ch-seco", "ch", sanctions.Blocking, ""},
		{"ua-war-and-sanctions", "ua", sanctions.Watch, "advocacy without legal effect"},
		{"unicorn-list", "", sanctions.Watch, "starts like un and is in-house"},
		{"auditors", "", sanctions.Watch, "starts like au and is in-house"},
		{"our-watchlist", "", sanctions.Watch, "binds nobody by law"},
	} {
		snapshot, _, err := lists.Open(world(twoParties, map[string]string{"list": c.list}))
		require.NoError(t, err, c.list)
		d := snapshot.At(0).Designations[0]
		assert.Equal(t, c.authority, d.Authority, "%s %s", c.list, c.why)
		assert.Equal(t, []sanctions.Measure{c.measure}, d.Measures, "%s %s", c.list, c.why)
		assert.Equal(t, c.authority, snapshot.Coverage().Lists[0].Authority, c.list)
	}
}

// Every measure of the vocabulary reads as itself, whatever list it stands on
// and whatever publishers mean by like words.
func TestMeasuresOfTheVocabularyReadAsThemselves(t *testing.T) {
	for _, list := range []string{"us-bis-entity-list", "eu-833-annex-iv", "ours"} {
		for _, m := range sanctions.Measures() {
			snapshot, _, err := lists.Open(world("party_id,name,measures,listed_from\n1,Example Trading,"+string(m)+",2024-01-01\n", map[string]string{"list": list}))
			require.NoError(t, err)
			assert.Contains(t, snapshot.At(0).Designations[0].Measures, m, list)
			if list == "ours" {
				assert.Len(t, snapshot.At(0).Designations[0].Measures, 1)
			}
			assert.Empty(t, snapshot.Coverage().Lists[0].Warnings)
		}
	}
}

// The world of the examples loads without a word that nobody knows, and each of
// its lists does what its authority says.
func TestExampleWorldLoads(t *testing.T) {
	snapshot, manifest, err := lists.Open(os.DirFS("../../testdata/worlds/moscow-talks"))
	require.NoError(t, err)
	for list, measure := range map[string]sanctions.Measure{
		"us-ofac-sdn": sanctions.Blocking, "us-state-caatsa-231": sanctions.SpecifiedPerson, "us-bis-entity-list": sanctions.ExportControl,
		"eu-269": sanctions.Blocking, "eu-833-annex-iv": sanctions.TradeRestriction, "uk-sanctions-list": sanctions.Blocking,
	} {
		n := 0
		for _, p := range snapshot.All() {
			for _, d := range p.Designations {
				if d.List == list {
					n++
					assert.Contains(t, d.Measures, measure, "%s: %s", p.ID, p.Name())
				}
			}
		}
		assert.Positive(t, n, list)
	}
	assert.Len(t, manifest.Paths("claims"), 1)
}

func TestCoverageGapsClose(t *testing.T) {
	gap := func(list string) []string {
		snapshot, _, err := lists.Open(world(twoParties, map[string]string{"list": list}))
		require.NoError(t, err)
		var what []string
		for _, g := range snapshot.Coverage().Gaps {
			what = append(what, string(g.Authority)+" "+g.What)
			assert.NotEmpty(t, g.Why)
		}
		return what
	}
	all := gap("ours")
	for list, closed := range map[string]string{
		"us-state-caatsa-231": "us-state CAATSA s.231 List of Specified Persons",
		"eu-833-annex-iv":     "eu Regulation 833/2014 Annex IV",
		"us-bis-744.22":       "us-bis military-intelligence end users of 15 CFR 744.22",
		"uk-investment-ban":   "uk investment-ban list of the Russia Regulations",
		"us-bis-el":           "us-bis Entity List",
		"jp":                  "jp METI and MOF lists",
	} {
		require.Contains(t, all, closed)
		got := gap(list)
		assert.NotContains(t, got, closed, list)
		assert.Len(t, got, len(all)-1, "%s closes one gap and no other", list)
	}
}

// A file that another package reads is held to the manifest all the same.
func TestOtherFilesAreCheckedToo(t *testing.T) {
	folder := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list,min_rows\nours.csv,parties,ours,\nclaims.csv,claims,,2\nbods.json,bods,,3\npsc.txt,psc,,2\n")},
		"ours.csv":     {Data: []byte(twoParties)},
		"claims.csv":   {Data: []byte("\ufeffclaim,quote\r\n1,\"two\r\n\r\nlines\"\r\n\r\n2,x\r\n\x1a")},
		"bods.json":    {Data: []byte(`[{"a":1},{"a":[2,3]},{}]`)},
		"psc.txt":      {Data: []byte("{\"a\":1}\n{\"a\":2}\n")},
	}
	snapshot, manifest, err := lists.Open(folder)
	require.NoError(t, err)
	rows := map[string]int{}
	for _, f := range manifest.Files {
		rows[f.Path] = f.Rows
		assert.Len(t, f.SHA256, 64)
	}
	assert.Equal(t, map[string]int{"ours.csv": 2, "claims.csv": 2, "bods.json": 3, "psc.txt": 2}, rows)
	assert.Len(t, snapshot.Coverage().Inputs, 3)
	folder["claims.csv"].Data = []byte("claim,quote\n1,x\n")
	_, _, err = lists.Open(folder)
	assert.ErrorIs(t, err, lists.TooFewRows)
	folder["claims.csv"].Data = []byte("claim,quote\n1,x\n2,\"cut of")
	_, _, err = lists.Open(folder)
	assert.ErrorIs(t, err, lists.Truncated)
}

// A list that is older than its manifest allows is refused, until its age is accepted.
func ExampleAsOf() {
	folder := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list,published,max_age_days\nours.csv,parties,ours,2024-06-01,30\n")},
		"ours.csv":     {Data: []byte("party_id,name,measures\n1,Amber Trading,asset freeze\n")},
	}
	_, _, err := lists.Open(folder, lists.AsOf(sanctions.MustParseDate("2024-08-01")))
	fmt.Println(errors.Is(err, lists.Stale))
	snapshot, _, err := lists.Open(folder, lists.AsOf(sanctions.MustParseDate("2024-08-01")), lists.Accept(lists.Stale))
	fmt.Println(snapshot.Len(), err)
	// Output:
	// true
	// 1 <nil>
}
