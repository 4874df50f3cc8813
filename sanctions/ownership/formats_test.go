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
)

// lines writes interests one a line: place, owner, kind, share, owned, period and
// what the source says.
func lines(t *testing.T, file string, format ownership.Format) string {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	require.NoError(t, err)
	defer f.Close()
	var b strings.Builder
	b.WriteString("\n")
	for in, err := range readerOf(format)(f, file) {
		if err != nil {
			fmt.Fprintln(&b, err)
			continue
		}
		fmt.Fprintf(&b, "%v: %s(%s) %v %v %s(%s) %v %s\n", in.Source, in.OwnerID, in.OwnerName, in.Kind, in.Share, in.OwnedID, in.OwnedName, in.Period, in.Stated)
	}
	return b.String()
}

func TestGLEIF(t *testing.T) {
	assert.Equal(t, `
gleif-rr.csv:2: lei:TESTPARENT0000000020() unknown [0,100] lei:TESTCHILD00000000062() [2020-04-01, ) GLEIF IS_DIRECTLY_CONSOLIDATED_BY
gleif-rr.csv:3: lei:TESTPARENT0000000020() unknown [0,100] lei:TESTCHILD00000000062() [2019-04-01, 2023-06-30) GLEIF IS_ULTIMATELY_CONSOLIDATED_BY
gleif-rr.csv:4: lei:TESTPARENT0000000020() control [0,100] lei:TESTFUND000000000065() [, ) GLEIF IS_FUND-MANAGED_BY
gleif-rr.csv:5: lei:TESTFUND000000000065() unknown [0,100] lei:TESTCHILD00000000062() [, ) GLEIF IS_FEEDER_TO
`, lines(t, "gleif-rr.csv", ownership.FormatGLEIF))
	assert.Equal(t, `
gleif-repex.csv:2: () unknown [0,100] lei:TESTPARENT0000000020() [, ) ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT: NATURAL_PERSONS
`, lines(t, "gleif-repex.csv", ownership.FormatGLEIF))
}

func TestPSC(t *testing.T) {
	assert.Equal(t, `
psc.jsonl:1: company/01234567/persons-with-significant-control/individual/abc(Mr John Example) shares (25,50] gb-coh:01234567() [2016-04-06, ) PSC register: ownership-of-shares-25-to-50-percent
psc.jsonl:1: company/01234567/persons-with-significant-control/individual/abc(Mr John Example) votes (25,50] gb-coh:01234567() [2016-04-06, ) PSC register: voting-rights-25-to-50-percent
psc.jsonl:1: company/01234567/persons-with-significant-control/individual/abc(Mr John Example) board (50,100] gb-coh:01234567() [2016-04-06, ) PSC register: right-to-appoint-and-remove-directors
psc.jsonl:2: gb-coh:01234567(Example Holdings Limited) shares [75,100] gb-coh:SC123456() [2018-01-10, 2022-03-01) PSC register: ownership-of-shares-75-to-100-percent-as-trust
psc.jsonl:3: company/SC123456/persons-with-significant-control/legal-person/ghi(Ministry) control [0,100] gb-coh:SC123456() [2022-03-01, ) PSC register: significant-influence-or-control
psc.jsonl:3: company/SC123456/persons-with-significant-control/legal-person/ghi(Ministry) shares (50,75) gb-coh:SC123456() [2022-03-01, ) PSC register: ownership-of-shares-50-to-75-percent
psc.jsonl:4: () unknown [0,100] gb-coh:09999999() [, ) PSC register: a protected person
psc.jsonl:5: () unknown [0,100] gb-coh:08888888() [2017-01-01, ) PSC register: psc-exists-but-not-identified
`, lines(t, "psc.jsonl", ownership.FormatPSC))
}

func TestBODS(t *testing.T) {
	assert.Equal(t, `
bods.json:4: p1(Jane Owner) shares 49.99 e1(Target Ltd) [2020-06-01, 2025-02-01) BODS shareholding
bods.json:4: p1(Jane Owner) votes [25,50) e1(Target Ltd) [, 2025-02-01) BODS votingRights
bods.json:4: p1(Jane Owner) board [0,100] e1(Target Ltd) [, 2025-02-01) BODS appointmentOfBoard
bods.json:4: p1(Jane Owner) board [0,50] e1(Target Ltd) [, 2025-02-01) BODS boardChair
bods.json:9: p2() shares [0,100] e1(Target Ltd) [, 2025-03-01) BODS shareholding, indirect
bods.json:9: p2() control [0,100] e1(Target Ltd) [, 2025-03-01) BODS controlByLegalFramework, indirect
bods.json:15: p1(Jane Owner) shares 50 e1(Target Ltd) [2025-01-15, ) BODS shareholding
bods.json:14: () unknown [0,100] e1(Target Ltd) [, ) BODS: informationUnknownToPublisher
`, lines(t, "bods.json", ownership.FormatBODS))
}

func TestFollowTheMoney(t *testing.T) {
	assert.Equal(t, `
entities.ftm.json:3: ru-p(Ivan Primerov) shares 50 ru-co(OOO Primer) [2021-01-01, 2024-03-01) FollowTheMoney own-1
entities.ftm.json:4: ru-q() shares [25,50] ru-co(OOO Primer) [, ) FollowTheMoney own-2
entities.ftm.json:5: ru-r() shares [0,100] ru-co(OOO Primer) [, ) FollowTheMoney own-3: контрольный пакет
entities.ftm.json:6: ru-s() shares [0,100] ru-co(OOO Primer) [, ) FollowTheMoney own-4
entities.ftm.json:7: ru-p(Ivan Primerov) board [0,50] ru-co(OOO Primer) [, ) FollowTheMoney dir-1
`, lines(t, "entities.ftm.json", ownership.FormatFollowTheMoney))
}

// TestUnnamedOwnersAreUnknown: a reporting exception is not "nobody".
func TestUnnamedOwnersAreUnknown(t *testing.T) {
	g, err := ownership.Read(os.DirFS("testdata"), ownership.File{Path: "gleif-repex.csv", Format: ownership.FormatGLEIF}, ownership.File{Path: "psc.jsonl", Format: ownership.FormatPSC})
	require.NoError(t, err)
	a, err := ownership.Solve(g, ownership.BuiltinRegimes(), nil, lawDay)
	require.NoError(t, err)
	for _, id := range []string{"lei:TESTPARENT0000000020", "gb-coh:09999999"} {
		v := verdict(t, a, id, "us-ofac")
		assert.Equal(t, sanctions.OwnershipUnknown, v.Status)
		assert.Contains(t, v.Conditions, sanctions.OwnershipIncomplete)
	}
}

func TestFaultsArePositioned(t *testing.T) {
	const header = "owner_id,owned_id,kind,percent,percent_min,percent_max,from,to\n"
	for _, c := range []struct {
		format ownership.Format
		data   string
		want   []string
		why    string
	}{
		{"", header + "a,b,shares,\"1,234\",,,,\n", []string{`f:2:12: percent = "1,234"`}, "a thousands separator is no decimal point"},
		{"", header + "a,b,shares,NaN,,,,\n", []string{`f:2:12: percent = "NaN"`}, "not a number"},
		{"", header + "a,b,shares,-1,,,,\n", []string{`f:2:12: percent = "-1"`}, "below nothing"},
		{"", header + "a,b,shares,101,,,,\n", []string{`f:2:12: percent = "101"`}, "more than the whole"},
		{"", header + "a,b,shares,1e1,,,,\n", []string{`f:2:12: percent = "1e1"`}, "no exponents"},
		{"", header + "a,a,shares,,,,,\n", []string{`f:2: owner_id = "a"`}, "nobody owns itself"},
		{"", header + "a,a,control,,,,,\n", []string{`f:2: owner_id = "a"`}, "nor controls itself"},
		{"", header + "a,b,shares,5,,,2025-01-02,2025-01-01\n", []string{`f:2: to = "2025-01-01"`}, "ends before it starts"},
		{"", header + "a,b,shares,5,,,02/01/2025,\n", []string{`f:2:16: from = "02/01/2025"`}, "which of the two days is it"},
		{"", header + "a,b,stock,5,,,,\n", []string{`f:2:5: kind = "stock"`}, "the vocabulary is closed"},
		{"", header + "a,b,shares,60,,50,,\n", []string{`f:2: percent = "60"`}, "outside its own band"},
		{"", header + "a,b,shares,,60,50,,\n", []string{`f:2: percent_min = "60"`}, "no share lies between"},
		{"", header + ",b,shares,5,,,,\na,,shares,5,,,,\n", []string{"f:2: owner_id", "f:3: owned_id"}, "both ends are needed"},
		{"", "owner_id,owned_id,procent\na,b,5\n", []string{"f:1:19", "known are owner_id"}, "unknown columns are told, with the known ones"},
		{"", header + "a,b,shares,x,,y,z,\nc,d,shares,200,,,,\n", []string{"f:2:12", "f:2:15", "f:2:17", "f:3:12"}, "all faults at once"},
		{ownership.FormatGLEIF, "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType\nTESTCHILD00000000044,TESTPARENT0000000053,IS_OWNED_BY\n", []string{"f:2:1", "f:2:43"}, "a wrong check digit, and an unknown relationship"},
		{ownership.FormatPSC, "{\"company_number\":\"1\",\"data\":{\"kind\":\"individual-person-with-significant-control\",\"name\":\"x\",\"natures_of_control\":[\"ownership-of-everything\"]}}\n{bad\n", []string{"f:1: natures_of_control", "f:2:"}, "an unknown nature; broken JSON"},
		{ownership.FormatBODS, "[\n{\"recordType\":\"relationship\",\"recordId\":\"r\",\"recordDetails\":{\"subject\":\"e\",\"interestedParty\":\"p\",\"interests\":[{\"type\":\"shareholding\",\"share\":{\"exact\":1e2}}]}},\n{\"recordType\":\"thing\"}\n]", []string{"f:2: interests[0].share", "f:3: recordType"}, "exponents are not written shares; unknown record types"},
		{ownership.FormatBODS, "[\n{\"recordType\":", []string{"f:"}, "a truncated file"},
		{ownership.FormatFollowTheMoney, "{\"id\":\"x\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"a\"]}}\n", []string{"f:1: owner"}, "joins no two parties"},
		{"csv", "", []string{"f: unknown format"}, "formats are named"},
	} {
		g, err := ownership.Read(fstest.MapFS{"f": {Data: []byte(c.data)}}, ownership.File{Path: "f", Format: c.format})
		require.Error(t, err, c.why)
		assert.Nil(t, g, c.why)
		assert.NotEmpty(t, sanctions.Faults(err), c.why)
		for _, want := range c.want {
			assert.Contains(t, err.Error(), want, c.why)
		}
	}
	_, err := ownership.Read(fstest.MapFS{}, ownership.File{Path: "missing.csv"})
	assert.ErrorContains(t, err, "missing.csv")
}

func readerOf(f ownership.Format) func(r *os.File, file string) func(func(ownership.Interest, error) bool) {
	return func(r *os.File, file string) func(func(ownership.Interest, error) bool) {
		switch f {
		case ownership.FormatGLEIF:
			return ownership.GLEIF(r, file)
		case ownership.FormatBODS:
			return ownership.BODS(r, file)
		case ownership.FormatPSC:
			return ownership.PSC(r, file)
		case ownership.FormatFollowTheMoney:
			return ownership.FollowTheMoney(r, file)
		}
		return ownership.Interests(r, file)
	}
}

// FuzzReaders: whatever the bytes, every reader ends without panic, and what it
// takes makes a graph that can be solved.
func FuzzReaders(f *testing.F) {
	for i, file := range []string{"", "gleif-rr.csv", "bods.json", "psc.jsonl", "entities.ftm.json"} {
		data := []byte(register)
		if file != "" {
			var err error
			data, err = os.ReadFile("testdata/" + file)
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
