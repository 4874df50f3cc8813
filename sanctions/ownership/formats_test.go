package ownership_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// TestPartiesAreDescribedAnywhere: names and numbers may come after the interests, an
// indirect interest counts unless all its links are in the file, and a branch is its
// head office.
func TestPartiesAreDescribedAnywhere(t *testing.T) {
	read := func(format ownership.Format, data string) *ownership.Graph {
		g, err := ownership.Read(fstest.MapFS{"f": {Data: []byte(data)}}, ownership.File{Path: "f", Format: format})
		require.NoError(t, err)
		return g
	}
	share := func(g *ownership.Graph, status sanctions.OwnershipStatus, why string) {
		t.Helper()
		a, err := ownership.Solve(g, ownership.BuiltinRegimes(), []ownership.Seed{{Node: "p", Party: everywhere("p"), Answer: sanctions.Yes}}, lawDay)
		require.NoError(t, err)
		assert.Equal(t, status, verdict(t, a, "e", "us-ofac").Status, why)
	}
	after := `{"recordType":"person","recordId":"p","recordDetails":{"names":[{"fullName":"Jane Owner"},{"fullName":"J. Owner"}]}}
{"recordType":"entity","recordId":"e","recordDetails":{"name":"Target Ltd","alternateNames":["Target Limited"],"identifiers":[{"scheme":"GB-COH","id":"01234567"},{"scheme":"GB-XYZ","id":"5"},{"schemeName":"a register","id":"6"},{"schemeName":"LEI","id":"5493001KJTIIGC8Y1R12"}]}}`
	g := read(ownership.FormatBODS, bods(`"e"`, `"p"`, `{"type":"shareholding","share":{"exact":60}}`)+"\n"+after)
	assert.Equal(t, []string{"J. Owner", "Jane Owner"}, g.Described("p").Names)
	assert.Equal(t, []string{"Target Limited", "Target Ltd"}, g.Described("e").Names)
	assert.Equal(t, []sanctions.Identifier{{Scheme: sanctions.LEI, Value: "5493001KJTIIGC8Y1R12"}, {Scheme: sanctions.Registration, Value: "01234567", Country: "GB"}}, g.Described("e").Identifiers)
	share(g, sanctions.Owned, "60 %")

	indirect := func(components string) string {
		return fmt.Sprintf(`{"recordType":"person","recordId":"p","recordDetails":{"names":[{"fullName":"Jane Owner"}]}}
{"recordType":"relationship","recordId":"r","recordDetails":{"subject":"e","interestedParty":"p","componentRecords":[%s],"interests":[{"type":"shareholding","directOrIndirect":"indirect","share":{"exact":60}}]}}`, components)
	}
	link := `{"recordType":"relationship","recordId":"r1","recordDetails":{"subject":"e","interestedParty":"m","interests":[{"type":"shareholding","share":{"exact":60}}]}}` + "\n" +
		`{"recordType":"relationship","recordId":"r2","recordDetails":{"subject":"m","interestedParty":"p","interests":[{"type":"shareholding","share":{"exact":40}}]}}` + "\n"
	share(read(ownership.FormatBODS, indirect(`"r1","r2"`)), sanctions.OwnershipUnknown, "no link is in the file: what is held in the end is not known, and not nothing")
	g = read(ownership.FormatBODS, indirect(`"r1","r2"`)+"\n"+link)
	assert.Equal(t, 2, g.Interests(), "all links are in the file, and tell it all")
	share(g, sanctions.OwnershipNone, "40 % of m, which is not owned")
	share(read(ownership.FormatBODS, indirect(`"r1","r2","r3"`)+"\n"+link), sanctions.OwnershipUnknown, "one link is missing")

	g = read(ownership.FormatFollowTheMoney, `{"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":["e"],"percentage":["60"]}}
{"id":"p","schema":"Company","properties":{"name":["Primer","Primer Holding"],"innCode":["7707083893"],"jurisdiction":["ru"]}}`)
	assert.Equal(t, registers.Described{Names: []string{"Primer", "Primer Holding"}, Identifiers: []sanctions.Identifier{{Scheme: sanctions.INN, Value: "7707083893", Country: "RU"}}}, g.Described("p"))
	assert.Equal(t, []sanctions.Identifier{{Scheme: sanctions.LEI, Value: "5493001KJTIIGC8Y1R12"}}, read("", columns+"xi-lei:5493001KJTIIGC8Y1R12,,b,,shares,5,,,,,\n").Described("xi-lei:5493001KJTIIGC8Y1R12").Identifiers)

	g = read(ownership.FormatGLEIF, "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType\nTESTCHILD00000000062,TESTPARENT0000000020,IS_INTERNATIONAL_BRANCH_OF\n")
	a, err := ownership.Solve(g, ownership.BuiltinRegimes(), []ownership.Seed{{Node: "lei:TESTPARENT0000000020", Party: everywhere("bank"), Answer: sanctions.Yes}}, lawDay)
	require.NoError(t, err)
	assert.Equal(t, sanctions.Owned, verdict(t, a, "lei:TESTCHILD00000000062", "us-ofac").Status, "a branch of a listed bank is the bank")
}

// TestUnnamedOwnersAreUnknown: a reporting exception is not "nobody".
func TestUnnamedOwnersAreUnknown(t *testing.T) {
	g, err := ownership.Read(os.DirFS("../registers/testdata"), ownership.File{Path: "gleif-repex.csv", Format: ownership.FormatGLEIF}, ownership.File{Path: "psc.jsonl", Format: ownership.FormatPSC})
	require.NoError(t, err)
	a, err := ownership.Solve(g, ownership.BuiltinRegimes(), nil, lawDay)
	require.NoError(t, err)
	for _, id := range []string{"lei:TESTPARENT0000000020", "gb-coh:09999999"} {
		v := verdict(t, a, id, "us-ofac")
		assert.Equal(t, sanctions.OwnershipUnknown, v.Status)
		assert.Contains(t, v.Conditions, sanctions.OwnershipIncomplete)
	}
}

// faulty is a bad file and all its faults: file:line:column, header and value, and
// something of what is wrong. @text@ is the place of the text.
type faulty struct {
	format ownership.Format
	data   string
	want   []string
	why    string
}

// columns is the header of the canonical file in these tests.
const columns = "owner_id,owner_name,owned_id,owned_name,kind,percent,percent_min,percent_max,from,to,source\n"

var faultyFiles = []faulty{
	{"", columns + "a,,b,,shares,\"1,234\",,,,,\n", []string{`f:2:14: percent = "1,234": "1,234" is not a percentage`}, "a thousands separator is no decimal point"},
	{"", columns + "a,,b,,shares,NaN,,,,,\n", []string{`f:2:14: percent = "NaN"`}, "not a number"},
	{"", columns + "a,,b,,shares,-1,,,,,\n", []string{`f:2:14: percent = "-1"`}, "below nothing"},
	{"", columns + "a,,b,,shares,101,,,,,\n", []string{`f:2:14: percent = "101": "101" is more than 100 %`}, "more than the whole"},
	{"", columns + "a,,b,,shares,100.00000001,,,,,\n", []string{`f:2:14: percent = "100.00000001": `}, "more than the whole by less than a share"},
	{"", columns + "a,,b,,shares,1e1,,,,,\n", []string{`f:2:14: percent = "1e1"`}, "no exponents"},
	{"", columns + "a,,b,,shares,,60,50,,,\n", []string{`f:2:15: percent_min = "60": percent_min lies above percent_max`}, "no share lies between"},
	{"", columns + "a,,b,,shares,,>50,50,,,\n", []string{`f:2:15: percent_min = "50": `}, "more than 50 and at most 50 is nothing"},
	{"", columns + "a,,b,,shares,60,,50,,,\n", []string{`f:2:14: percent = "60": percent 60 lies outside`}, "outside its own band"},
	{"", columns + "a,,b,,shares,5,,,2025-01-02,2025-01-01,\n", []string{`f:2:29: to = "2025-01-01": the interest ends before it starts on 2025-01-02`}, "ends before it starts"},
	{"", columns + "a,,b,,shares,5,,,02/01/2025,,\n", []string{`f:2:18: from = "02/01/2025"`}, "which of the two days is it"},
	{"", columns + "a,,b,,stock,5,,,,,\n", []string{`f:2:7: kind = "stock": unknown kind; known are shares, votes`}, "the vocabulary is closed"},
	{"", columns + ",,b,,shares,5,,,,,\na,,,,shares,5,,,,,\n", []string{`f:2:1: owner_id = "": nobody owns`, `f:3:4: owned_id = "": nobody is owned`}, "both ends are needed"},
	{"", "owner_id,owned_id,procent\na,b,5\n", []string{`f:1:19: header = "procent": unknown column; is percent meant? known are owner_id`}, "unknown columns are told, with the known ones"},
	{"", columns + "a,,b,,shares,x,,y,z,,\nc,,d,,shares,200,,,,,\n", []string{`f:2:14: percent`, `f:2:17: percent_max`, `f:2:19: from`, `f:3:14: percent`}, "all faults at once"},

	{"", columns + "a,,a,,shares,50,,,,,\n", []string{`f:2:1: owner_id = "a": an owner cannot own itself; a firm's own (treasury) shares are written as kind shares`}, "half of itself is more than treasury shares can be"},
	{"", columns + "a,,a,,shares,100,,,,,\n", []string{`f:2:1: owner_id = "a": an owner cannot own itself`}, "nobody owns itself"},
	{"", columns + "a,,a,,shares,,,,,,\n", []string{`f:2:1: owner_id = "a": an owner`}, "treasury shares state how many"},
	{"", columns + "a,,a,,shares,,5,,,,\n", []string{`f:2:1: owner_id = "a": an owner`}, "five at least may be all"},
	{"", columns + "a,,a,,,5,,,,,\na,,a,,ownership,5,,,,,\na,,a,,trust,5,,,,,\na,,a,,votes,5,,,,,\na,,a,,control,,,,,,\na,,a,,board,5,,,,,\n",
		[]string{"f:2:1: owner_id", "f:3:1: owner_id", "f:4:1: owner_id", "f:5:1: owner_id", "f:6:1: owner_id", "f:7:1: owner_id"}, "only shares can be treasury shares"},
	{"", columns + ",Alpha Ltd,,Alpha Ltd,shares,60,,,,,\n", []string{`f:2:1: owner_id = "Alpha Ltd": an owner cannot own itself`}, "by name"},
	{"", columns + "alpha,Alpha Ltd,,Alpha Ltd,shares,60,,,,,\n,Alpha Ltd,alpha,Alpha Ltd,votes,6,,,,,\n", []string{`f:2:1: owner_id = "alpha": an owner`, `f:3:1: owner_id = "alpha": an owner`}, "one end by id and name, the other by name"},

	{"", columns + "lai:5493001KJTIIGC8Y1R12,,b,,shares,5,,,,,\n", []string{`f:2:1: owner_id = "lai:5493001KJTIIGC8Y1R12": unknown scheme "lai"; known are lei, inn, ogrn`}, "a slip in the scheme would cut the owner off"},
	{"", columns + "a,,\"foo: 12\",,shares,5,,,,,\n", []string{`f:2:4: owned_id = "foo: 12": unknown scheme "foo"`}, "of the owned too"},
	{"", columns + "lei:5493001KJTIIGC8Y1R13,,inn:7707083894,,shares,5,,,,,\n", []string{`f:2:1: owner_id = "lei:5493001KJTIIGC8Y1R13": lei: "5493001KJTIIGC8Y1R13": the check digit is wrong`, `f:2:27: owned_id = "inn:7707083894": inn: `}, "wrong check digits"},
	{"", columns + "ru-inn:7707083894,,xi-lei:x,,shares,5,,,,,\n", []string{`f:2:1: owner_id = "ru-inn:7707083894": inn: `, `f:2:20: owned_id = "xi-lei:x": lei: `}, "org-id.guide has codes for these schemes"},
	{"", columns + "inn:,,b,,shares,5,,,,,\n", []string{`f:2:1: owner_id = "inn:": nothing stands after the colon`}, "a scheme without value"},
	{"", columns + "zz_top:5,,b,,shares,500,,,,,\n", []string{`f:2:21: percent = "500"`, `f:2:1: owner_id = "zz_top:5": unknown scheme`}, "beside a bad cell of the same row"},

	{ownership.FormatGLEIF, "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType\nTESTCHILD00000000044,TESTPARENT0000000053,IS_OWNED_BY\n",
		[]string{`f:2:1: Relationship.StartNode.NodeID = "TESTCHILD00000000044": this is no LEI`, `f:2:22: Relationship.EndNode.NodeID`, `f:2:43: Relationship.RelationshipType = "IS_OWNED_BY": unknown type`}, "a wrong check digit, and an unknown relationship"},
	{ownership.FormatGLEIF, "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType\nTESTCHILD00000000062,TESTCHILD00000000062,IS_DIRECTLY_CONSOLIDATED_BY\n",
		[]string{`f:2:22: Relationship.EndNode.NodeID = "lei:TESTCHILD00000000062": an owner cannot own itself`}, "its own parent"},
	{ownership.FormatGLEIF, "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType,Relationship.Period.1.startDate,Relationship.Period.1.endDate,Relationship.Period.1.periodType\n" +
		"TESTCHILD00000000062,TESTPARENT0000000020,IS_DIRECTLY_CONSOLIDATED_BY,2024-01-02T00:00:00Z,2023-01-02T00:00:00Z,ACCOUNTING_PERIOD\n" +
		"TESTCHILD00000000062,TESTPARENT0000000020,IS_DIRECTLY_CONSOLIDATED_BY,2024-01-02T00:00:00Z,2023-01-02T00:00:00Z,RELATIONSHIP_PERIOD\n",
		[]string{`f:3:92: Relationship.Period.1.endDate = "2023-01-02": the interest ends before it starts on 2024-01-02`}, "the relationship's own period"},

	{ownership.FormatPSC, "{\"company_number\":\"1\",\"data\":{\"kind\":\"individual-person-with-significant-control\",\"name\":\"x\",\"natures_of_control\":[\"ownership-of-everything\"]}}\n  {bad\n",
		[]string{`@"ownership-of-everything"@: data.natures_of_control[0] = "ownership-of-everything": unknown nature of control`, `f:2:4: invalid character 'b'`}, "an unknown nature; broken JSON"},
	{ownership.FormatPSC, `{"company_number":"1","data":{"kind":"individual-person-with-significant-control","name":"x","notified_on":"2020-01-02","ceased_on":"2019-01-01"}}`,
		[]string{`@"2019-01-01"@: data.ceased_on = "2019-01-01": the interest ends before it starts on 2020-01-02`}, "ceased before it was notified"},
	{ownership.FormatPSC, `{"company_number":"1","data":{"kind":"corporate-entity-person-with-significant-control","name":"x","identification":{"registration_number":"00000001","country_registered":"England"},"natures_of_control":["voting-rights-75-to-100-percent"]}}`,
		[]string{`@"00000001"@: data.identification.registration_number = "gb-coh:00000001": an owner cannot own itself`}, "a company that is its own person with significant control"},
	{ownership.FormatPSC, `{"company_number":12,"data":{}}`, []string{`@12,@: company_number = "number": expected string`}, "a number that is none"},

	{ownership.FormatBODS, "[\n{\"recordType\":\"relationship\",\"recordId\":\"r\",\"recordDetails\":{\"subject\":\"e\",\"interestedParty\":\"p\",\"interests\":[{\"type\":\"shareholding\",\"share\":{\"exact\":1e2}}]}},\n {\"recordType\":\"thing\"}\n]",
		[]string{`@1e2@: recordDetails.interests[0].share.exact = "1e2": "1e2" is not a percentage`, `@"thing"@: recordType = "thing": known are entity`}, "exponents are not written shares; unknown record types"},
	{ownership.FormatBODS, bods(`"e"`, `"p"`, `{"type":"shareholding"},{"type":"shareholding","share":{"minimum":-1}}`),
		[]string{`@-1@: recordDetails.interests[1].share.minimum = "-1"`}, "below nothing, in the second interest"},
	{ownership.FormatBODS, bods(`"e"`, `"p"`, `{"type":"shareholding","share":{"minimum":60,"maximum":50}}`),
		[]string{`@50}@: recordDetails.interests[0].share.maximum = "50": no share lies in [60,50]`}, "no share lies between"},
	{ownership.FormatBODS, bods(`"e"`, `"p"`, `{"type":"shareholding","share":{"exact":49.99999999,"minimum":50}}`),
		[]string{`@49.99999999@: recordDetails.interests[0].share.exact = "49.99999999": (49.9999999,50) lies outside`}, "outside its own band"},
	{ownership.FormatBODS, bods(`"e"`, `"p"`, `{"type":"shareholding","share":{"exact":"NaN"}}`), []string{`@"NaN"@: recordDetails.interests[0].share.exact = "NaN"`}, "not a number"},
	{ownership.FormatBODS, bods(`"e"`, `"p"`, `{"type":"shareholding","startDate":"2021-01-02","endDate":"2021-01-01"}`),
		[]string{`@"2021-01-01"@: recordDetails.interests[0].endDate = "2021-01-01": the interest ends before`}, "ends before it starts"},
	{ownership.FormatBODS, bods(`"e"`, `"e"`, `{"type":"shareholding","share":{"exact":60}}`), []string{`@"e","interests@: recordDetails.interestedParty = "e": an owner cannot own itself`}, "nobody owns itself"},
	{ownership.FormatBODS, bods(`{}`, `"p"`, ``), []string{`@{},"interestedParty@: recordDetails.subject = "": the relationship has no subject`}, "nobody is owned"},
	{ownership.FormatBODS, bods(`"e"`, `{}`, ``), []string{`@{},"interests"@: recordDetails.interestedParty = "": the relationship names neither`}, "nobody owns, and no reason"},
	{ownership.FormatBODS, bods(`"e"`, `"p"`, `{"type":"friendship"}`), []string{`@"friendship"@: recordDetails.interests[0].type = "friendship": unknown type of interest`}, "the vocabulary is closed"},
	{ownership.FormatBODS, "[\n{\"recordType\":", []string{"f:2:1: the file ends or breaks here"}, "a truncated file"},

	{ownership.FormatFollowTheMoney, "{\"id\":\"x\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"a\"]}}\n", []string{`@{"owner"@: properties.asset = "": the entity joins no two parties`}, "joins no two parties"},
	{ownership.FormatFollowTheMoney, `{"id":"x","schema":"Ownership","properties":{"owner":["a"],"asset":["b"],"startDate":["2021-13"]}}`, []string{`@"2021-13"@: properties.startDate[0] = "2021-13"`}, "no such month"},
	{ownership.FormatFollowTheMoney, `{"id":"x","schema":"Ownership","properties":{"owner":["a"],"asset":["b"],"startDate":["2021"],"endDate":["2019"]}}`,
		[]string{`@"2019"@: properties.endDate[0] = "2020-01-01": the interest ends before it starts`}, "ends before it starts"},
	{ownership.FormatFollowTheMoney, `{"id":"x","schema":"Ownership","properties":{"owner":["a"],"asset":["a"],"percentage":["51"]}}`, []string{`@["a"],"asset"@: properties.owner = "a": an owner cannot own itself`}, "nobody owns itself"},
	{"csv", "", []string{"f: unknown format"}, "formats are named"},
	{"", "\x1f\x8b\x08\x00\x00\"", []string{"f: the file is compressed (gzip); unpack it"}, "compressed"},
	{ownership.FormatPSC, "PK\x03\x04\x14\x00", []string{"f: the file is compressed (zip); unpack it"}, "as Companies House publishes it"},
}

// bods is one relationship.
func bods(subject, party, interests string) string {
	return fmt.Sprintf(`{"recordType":"relationship","recordId":"r","recordDetails":{"subject":%s,"interestedParty":%s,"interests":[%s]}}`, subject, party, interests)
}

// placed replaces what stands between two @ at the start by its place in the data.
func placed(t *testing.T, data, want string) string {
	token, rest, ok := strings.Cut(strings.TrimPrefix(want, "@"), "@")
	if !ok || !strings.HasPrefix(want, "@") {
		return want
	}
	i := strings.LastIndex(data, token)
	require.GreaterOrEqual(t, i, 0, token)
	return fmt.Sprintf("f:%d:%d%s", 1+strings.Count(data[:i], "\n"), i-strings.LastIndex(data[:i], "\n"), rest)
}

// TestFaultsArePositioned: whatever is wrong with a file is told with its place,
// header and value, all of it and nothing else; then there is no graph.
func TestFaultsArePositioned(t *testing.T) {
	for _, c := range faultyFiles {
		g, err := ownership.Read(fstest.MapFS{"f": {Data: []byte(c.data)}}, ownership.File{Path: "f", Format: c.format})
		require.Error(t, err, c.why)
		assert.Nil(t, g, c.why)
		faults := sanctions.Faults(err)
		if assert.Len(t, faults, len(c.want), "%s: %v", c.why, err) {
			for i, want := range c.want {
				assert.Contains(t, faults[i].Error(), placed(t, c.data, want), c.why)
			}
		}
	}
	_, err := ownership.Read(fstest.MapFS{}, ownership.File{Path: "missing.csv"})
	assert.ErrorContains(t, err, "missing.csv")
}

// TestIdsThatStand: ordinary ids, those of known schemes, registers and lists, and
// treasury shares are no faults.
func TestIdsThatStand(t *testing.T) {
	ids := []string{"alpha", "ru-state", "NK-abc", "https://example.org/party/7", "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
		"lei:5493001KJTIIGC8Y1R12", "LEI:5493001KJTIIGC8Y1R12", "inn:7707083893", "reg:12345", "swift:DEUTDEFF",
		"gb-coh:01234567", "GB-COH:01234567", "RU-INN:7707083893", "XI-LEI:5493001KJTIIGC8Y1R12", "in-mca:L17110MH1973PLC019786", "us-ofac-sdn:18782", "somebodys-list:4"}
	data := columns + "a,,a,,shares,5,,,,,\na,,a,,shares,,,49.9999999,,,\na,Alpha Ltd,b,Alpha Ltd,shares,60,,,,,\n"
	for _, id := range ids {
		data += id + ",,firm,,shares,1,,,,,\n"
	}
	read := func(b *ownership.Builder, data string) error {
		return b.Read(fstest.MapFS{"f": {Data: []byte(data)}}, ownership.File{Path: "f"})
	}
	assert.NoError(t, read(ownership.NewBuilder(), data))

	// With lists to judge by, a prefix is one of them, or known otherwise, or a slip.
	b := ownership.NewBuilder()
	b.Expect([]string{"us-ofac-sdn", "in-house"}, func(id string) bool { return id == "case:7" })
	data = columns + "us-ofac-sdn:1,,in-house:2,,shares,1,,,,,\ncase:7,,gb-coh:1,,shares,1,,,,,\n"
	require.NoError(t, read(b, data))
	err := read(b, columns+"us-ofac-xxx:L1,,case:8,,shares,1,,,,,\n")
	assert.ErrorContains(t, err, `f:2:1: owner_id = "us-ofac-xxx:L1": unknown scheme "us-ofac-xxx"; known are lei`)
	assert.ErrorContains(t, err, "and the lists us-ofac-sdn, in-house; an id of your own has no colon")
	assert.ErrorContains(t, err, `f:2:17: owned_id = "case:8": unknown scheme "case"`)
}

// FuzzReaders: whatever the bytes, every reader ends without panic, and what it
// takes makes a graph that can be solved.
func FuzzReaders(f *testing.F) {
	for i, file := range []string{"", "gleif-rr.csv", "bods.json", "psc.jsonl", "entities.ftm.json"} {
		data := []byte(register)
		if file != "" {
			var err error
			data, err = os.ReadFile("../registers/testdata/" + file)
			require.NoError(f, err)
		}
		f.Add(uint8(i), data)
	}
	f.Fuzz(func(t *testing.T, format uint8, data []byte) {
		formats := ownership.Formats()
		b := ownership.NewBuilder()
		name := formats[int(format)%len(formats)]
		err := b.Read(fstest.MapFS{"f": {Data: data}}, ownership.File{Path: "f", Format: name})
		if err != nil && len(bytes.TrimSpace(data)) > 0 {
			assert.NotEmpty(t, sanctions.Faults(err), "%v", err)
		}
		g := b.Graph()
		a, err := ownership.Solve(g, ownership.BuiltinRegimes(), seedsOf(g, isListed), lawDay)
		require.NoError(t, err)
		for _, verdicts := range a.All() {
			for _, v := range verdicts {
				assert.LessOrEqual(t, v.Share.Low, v.Share.High)
			}
		}
	})
}
