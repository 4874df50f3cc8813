package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const manifest = `file,format,list
sdn.csv,parties,us-ofac-sdn
uk.csv,parties,uk-sanctions-list
interests.csv,interests,
`

const parties = `party_id,kind,name,programmes,measures,listed_from
L1,entity,First Listed,VENEZUELA-EO13850,blocking,2022-03-01
L2,entity,Second Listed,VENEZUELA-EO13850,blocking,
`

const interests = `owner_id,owner_name,owned_id,owned_name,kind,percent,source
L1,First Listed,hold,=Holding,shares,50,register
hold,,plant,Plant,shares,48,register
us-ofac-sdn:L2,Second Listed,plant,,shares,2,register
citizen,,shop,,shares,100,register
`

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

func TestTable(t *testing.T) {
	dir := folder(t, map[string]string{"manifest.csv": manifest, "sdn.csv": parties, "uk.csv": parties, "interests.csv": interests})
	var out, errs bytes.Buffer
	require.Equal(t, 0, run([]string{"-world", dir, "-as-of", "2026-06-01"}, &out, &errs), errs.String())
	assert.Equal(t, `party_id,party_name,regime,status,low,high,path
L1,First Listed,us-ofac,listed,0,0,L1
L1,First Listed,uk,listed,0,0,L1
hold,'=Holding,us-ofac,owned,50,50,L1 50% > hold
hold,'=Holding,uk,control_indicated,50,50,L1 50% > hold
plant,Plant,us-ofac,owned,50,50,L1 50% > hold 48% > plant; us-ofac-sdn:L2 2% > plant
plant,Plant,uk,minority,2,2,us-ofac-sdn:L2 2% > plant
us-ofac-sdn:L2,Second Listed,us-ofac,listed,0,0,us-ofac-sdn:L2
us-ofac-sdn:L2,Second Listed,uk,listed,0,0,us-ofac-sdn:L2
`, out.String())
}

func TestBadInputAndUsage(t *testing.T) {
	bad := "owner_id,owned_id,kind,percent,from,to\na,b,shares,101,,\nb,c,shares,-1,,\nc,d,shares,NaN,2025-13-01,\n"
	dir := folder(t, map[string]string{"manifest.csv": manifest, "sdn.csv": parties, "uk.csv": parties, "interests.csv": bad})
	var out, errs bytes.Buffer
	require.Equal(t, 1, run([]string{"-world", dir, "-as-of", "2026-06-01"}, &out, &errs))
	for _, place := range []string{"interests.csv:2:12", "interests.csv:3:12", "interests.csv:4:12", "interests.csv:4:16"} {
		assert.Contains(t, errs.String(), place)
	}
	assert.Empty(t, out.String())
	assert.Equal(t, 2, run([]string{"-world", dir}, &out, &errs))
	assert.Equal(t, 2, run([]string{"-world", dir, "-as-of", "2026-06-01", "-dot", "-regime", "zz"}, &out, &errs))
	assert.Equal(t, 2, run([]string{"-world", dir, "-as-of", "01/02/2026"}, &out, &errs))
	assert.Equal(t, 2, run([]string{"-world", dir, "-as-of", "2026-06-01", "-regime", "eu"}, &out, &errs), "a regime is chosen for a chart")
	assert.Equal(t, 2, run([]string{"-world", dir, "-as-of", "2026-06-01", "-party", "a"}, &out, &errs), "so is a party")
	assert.Equal(t, 2, run([]string{"-world", dir, "-as-of", "2026-06-01", "-dot", "-all"}, &out, &errs), "a chart has no rows")
}

// Every bad row of a world is told with file, line, column, header and value, those
// of ids by what the manifest and the lists know too.
func TestEveryFaultIsTold(t *testing.T) {
	header := "owner_id,owner_name,owned_id,owned_name,kind,percent,percent_min,percent_max,from,to,source\n"
	dir := folder(t, map[string]string{"manifest.csv": manifest, "sdn.csv": parties + "case:9,entity,Third Listed,,,\n", "uk.csv": parties, "interests.csv": header +
		"L1,,a,,shares,\"1,234\",,,,,\n" +
		"a,,a,,ownership,10,,,,,\n" +
		"us-ofac-sdm:L1,,a,,shares,10,,,,,\n" +
		"inn:7707083894,,a,,shares,10,,,,,\n" +
		"L1,,b,,shares,,50,40,,,\n" +
		"L1,,b,,shares,10,,,2025-01-01,2024-01-01,\n" +
		"us-ofac-sdn:L1,,case:9,,shares,10,,,,,\nlei:5493001KJTIIGC8Y1R12,,a,,shares,1,,,,,\na,,a,,shares,5,,,,,\n"})
	var out, errs bytes.Buffer
	require.Equal(t, 1, run([]string{"-world", dir, "-as-of", "2026-06-01"}, &out, &errs))
	lines := strings.Split(strings.TrimSpace(errs.String()), "\n")
	want := []string{`interests.csv:2:15: percent = "1,234": `, `interests.csv:3:1: owner_id = "a": an owner cannot own itself`,
		`interests.csv:4:1: owner_id = "us-ofac-sdm:L1": unknown scheme "us-ofac-sdm"; known are lei`, `interests.csv:5:1: owner_id = "inn:7707083894": inn: `,
		`interests.csv:6:16: percent_min = "50": `, `interests.csv:7:31: to = "2024-01-01": the interest ends before`}
	require.Len(t, lines, len(want), errs.String())
	for i := range want {
		assert.Contains(t, lines[i], want[i])
	}
	assert.Empty(t, out.String())
}

func TestCharts(t *testing.T) {
	dir := folder(t, map[string]string{"manifest.csv": manifest, "sdn.csv": parties, "uk.csv": parties, "interests.csv": interests})
	var out, errs bytes.Buffer
	require.Equal(t, 0, run([]string{"-world", dir, "-as-of", "2026-06-01", "-mermaid", "-party", "plant"}, &out, &errs), errs.String())
	assert.Equal(t, `flowchart TD
	%% plant: owned under us-ofac, 50%, exactly 50, which suffices
	n1["First Listed<br/>L1"]
	n2["=Holding<br/>hold"]
	n3["Second Listed<br/>us-ofac-sdn:L2"]
	n4[["Plant<br/>plant"]]
	n1 -->|"50%"| n2
	n2 -->|"48%"| n4
	n3 -->|"2%"| n4
	classDef listed fill:#f4cccc
	class n1 listed
	class n3 listed
`, out.String())
	out.Reset()
	require.Equal(t, 0, run([]string{"-world", dir, "-as-of", "2026-06-01", "-dot"}, &out, &errs))
	assert.Contains(t, out.String(), `n1 -> n2 [label="50%"`)
	assert.Equal(t, 1, run([]string{"-world", dir, "-as-of", "2026-06-01", "-dot", "-party", "nobody"}, &out, &errs))
}

// An owner that no list number names is recognised by identifier, else by name;
// a name that is only probably the same is no certainty.
func TestOwnersAreRecognised(t *testing.T) {
	dir := folder(t, map[string]string{
		"manifest.csv": "file,format,list\nsdn.csv,parties,us-ofac-sdn\ninterests.csv,interests,\n",
		"sdn.csv":      "party_id,kind,name,country,identifiers\n7,entity,Gazonaft Strategic Combine,RU,lei:5493001KJTIIGC8Y1R12\n",
		"interests.csv": "owner_id,owner_name,owned_id,kind,percent\n" +
			"lei:5493001KJTIIGC8Y1R12,,a,shares,60\nx,GAZONAFT STRATEGIC COMBINE,b,shares,60\n" +
			",Gazonaft Strategic Combine,c,shares,60\ny,Gazomaft Strategic Combine,d,shares,60\nz,Somebody Else,e,shares,60\n",
	})
	var out, errs bytes.Buffer
	require.Equal(t, 0, run([]string{"-world", dir, "-as-of", "2026-06-01"}, &out, &errs), errs.String())
	for _, want := range []string{"\na,,us-ofac,owned,", "\nb,,us-ofac,owned,", "\nc,,us-ofac,owned,", "\nd,,us-ofac,possibly_owned,"} {
		assert.Contains(t, out.String(), want)
	}
	assert.NotContains(t, out.String(), "\ne,")
}

// Parties are recognised by whatever the registers say of them: numbers that BODS,
// FollowTheMoney and the PSC register state beside the id, ids of registers that name a
// scheme, and any of the names that rows give to one id, wherever in a file it is given.
func TestWhatRegistersSayOfParties(t *testing.T) {
	const list = "party_id,kind,name,country,identifiers\n" +
		"7,entity,Gazonaft Strategic Combine,RU,lei:5493001KJTIIGC8Y1R12\n8,entity,Severny Optichesky Kontsern,RU,inn:7707083893\n9,entity,Zvezdny Pribor,RU,ogrn:1027700132195\n"
	for _, c := range []struct{ format, file, party, why string }{
		{"interests", "owner_id,owned_id,kind,percent\nru-inn:7707083893,a,shares,60\n", "a", "org-id.guide's code of the INN"},
		{"interests", "owner_id,owned_id,kind,percent\nXI-LEI:5493001KJTIIGC8Y1R12,a,shares,60\n", "a", "and of the LEI"},
		{"interests", "owner_id,owner_name,owned_id,kind,percent\nx1,Gazonaft Strategic Combine,a,shares,60\nx1,Alphabetically First,b,shares,60\n", "a", "one of two names"},
		{"interests", "owner_id,owner_name,owned_id,kind,percent\nx1,Alphabetically First,b,shares,60\nx1,Gazonaft Strategic Combine,a,shares,60\n", "b", "in whatever row it stands"},
		{"bods", `{"recordType":"entity","recordId":"o","recordDetails":{"name":"Somebody","identifiers":[{"scheme":"XI-LEI","id":"5493001KJTIIGC8Y1R12"}]}}` + "\n" + bodsRow, "a", "a number that BODS states"},
		{"bods", bodsRow + `{"recordType":"entity","recordId":"o","recordDetails":{"name":"Somebody","identifiers":[{"scheme":"RU-INN","id":"7707083893"}]}}`, "a", "after the relationship"},
		{"bods", bodsRow + `{"recordType":"entity","recordId":"o","recordDetails":{"name":"Somebody","alternateNames":["Gazonaft Strategic Combine"]}}`, "a", "another name that BODS states"},
		{"opensanctions-ftm", ftmRow + `{"id":"o","schema":"Company","caption":"Somebody","properties":{"innCode":["7707083893"]}}`, "a", "a number that FollowTheMoney states, after the interest"},
		{"opensanctions-ftm", ftmRow + `{"id":"o","schema":"Company","properties":{"name":["Gazonaft Strategic Combine"]}}`, "a", "a name after the interest"},
		{"opensanctions-ftm", ftmRow + `{"id":"o","schema":"Company","caption":"Somebody","properties":{"registrationNumber":["1027700132195"],"jurisdiction":["ru"]}}`, "a", "a Russian registration number is an OGRN"},
		{"psc", `{"company_number":"01234567","data":{"kind":"corporate-entity-person-with-significant-control","name":"Somebody","identification":{"country_registered":"Russian Federation","registration_number":"1027700132195"},"links":{"self":"/company/01234567/x"},"natures_of_control":["ownership-of-shares-75-to-100-percent"]}}`, "gb-coh:01234567", "a number that the PSC register states"},
	} {
		dir := folder(t, map[string]string{"manifest.csv": "file,format,list\nsdn.csv,parties,us-ofac-sdn\nregister," + c.format + "," + map[bool]string{true: "a-list"}[c.format == "opensanctions-ftm"] + "\n", "sdn.csv": list, "register": c.file})
		var out, errs bytes.Buffer
		require.Equal(t, 0, run([]string{"-world", dir, "-as-of", "2026-06-01"}, &out, &errs), errs.String())
		assert.Regexp(t, "(?m)^"+c.party+",[^,]*,us-ofac,owned,", out.String(), c.why)
	}
}

const (
	bodsRow = `{"recordType":"relationship","recordId":"r","recordDetails":{"subject":"a","interestedParty":"o","interests":[{"type":"shareholding","share":{"exact":60}}]}}` + "\n"
	ftmRow  = `{"id":"own","schema":"Ownership","properties":{"owner":["o"],"asset":["a"],"percentage":["60"]}}` + "\n"
)

// The id of a firm of the world stands as it is, whatever it looks like.
func TestFirmsStand(t *testing.T) {
	dir := folder(t, map[string]string{"manifest.csv": "file,format,list\nsdn.csv,parties,us-ofac-sdn\ninterests.csv,interests,\nfirms.csv,firms,\n", "sdn.csv": parties,
		"firms.csv": "firm_id,name\ncrm:7,Seventh\n", "interests.csv": "owner_id,owned_id,kind,percent\nus-ofac-sdn:L1,crm:7,shares,60\nus-ofac-sdn:L1,crm:8,shares,10\n"})
	var out, errs bytes.Buffer
	require.Equal(t, 1, run([]string{"-world", dir, "-as-of", "2026-06-01"}, &out, &errs))
	assert.Contains(t, errs.String(), `interests.csv:3:16: owned_id = "crm:8": unknown scheme "crm"`)
	assert.NotContains(t, errs.String(), "crm:7")
}

// What a list lacks is an error until it is accepted by name.
func TestAccept(t *testing.T) {
	dir := folder(t, map[string]string{"manifest.csv": "file,format,list,published,max_age_days\nsdn.csv,parties,us-ofac-sdn,2025-01-01,30\ninterests.csv,interests,,,\n", "sdn.csv": parties, "interests.csv": interests})
	var out, errs bytes.Buffer
	require.Equal(t, 1, run([]string{"-world", dir, "-as-of", "2026-06-01"}, &out, &errs))
	assert.Contains(t, errs.String(), "stale")
	errs.Reset()
	require.Equal(t, 0, run([]string{"-world", dir, "-as-of", "2026-06-01", "-accept", "stale"}, &out, &errs), errs.String())
	assert.Contains(t, out.String(), "plant,Plant,us-ofac,owned,50,50,")
	assert.Equal(t, 2, run([]string{"-world", dir, "-as-of", "2026-06-01", "-accept", "anything"}, &out, &errs))
	assert.Contains(t, errs.String(), "known are circular")
}

// Numbers that recognise nobody are warned of.
func TestDoubts(t *testing.T) {
	dir := folder(t, map[string]string{"manifest.csv": "file,format,list\nsdn.csv,parties,us-ofac-sdn\ninterests.csv,interests,\nr.json,bods,\n", "sdn.csv": parties,
		"interests.csv": "owner_id,owned_id,kind,percent\nus-ofac-sdn:L1,a,shares,30\nus-ofac-sdn:L7,a,shares,10\n",
		"r.json":        bodsRow + `{"recordType":"entity","recordId":"o","recordDetails":{"identifiers":[{"scheme":"XI-LEI","id":"5493001KJTIIGC8Y1R13"}]}}`})
	var out, errs bytes.Buffer
	require.Equal(t, 0, run([]string{"-world", dir, "-as-of", "2026-06-01"}, &out, &errs), errs.String())
	lines := strings.Split(strings.TrimSpace(errs.String()), "\n")
	require.Len(t, lines, 2, errs.String())
	assert.Contains(t, lines[0], "warning: o: nobody is recognised by lei: \"5493001KJTIIGC8Y1R13\"")
	assert.Contains(t, lines[1], "warning: us-ofac-sdn:L7: the list at hand has no such number")
}
