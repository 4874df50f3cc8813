package lists_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// one makes a folder of one list of one file.
func one(format, data string) fstest.MapFS {
	return fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list\nx," + format + ",l\n")},
		"x":            {Data: []byte(data)},
	}
}

func ExampleWithLimits() {
	folder := one("parties", "party_id,name\n1,\""+strings.Repeat("x", 5000)+"\"\n")
	_, _, err := lists.Open(folder, lists.WithLimits(lists.Limits{File: 4000}))
	fmt.Println(err)
	// Output:
	// x:2: the file is longer than the limit of 4000 bytes
}

// XML is a way to draw other files and endless text into a program. Lists use
// none of it, so all of it is refused.
func TestXMLIsBounded(t *testing.T) {
	const un = "<CONSOLIDATED_LIST><ENTITIES><ENTITY><DATAID>1</DATAID><FIRST_NAME>%s</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>"
	for why, c := range map[string]struct{ data, want string }{
		"entities that grow": {
			`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>` + fmt.Sprintf(un, "&b;"),
			"the file declares a document type"},
		"an entity of another file": {
			`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>` + fmt.Sprintf(un, "&a;"),
			"the file declares a document type"},
		"an entity that nobody declared": {fmt.Sprintf(un, "&secret;"), "invalid character entity &secret;"},
		"nested too deep outside a party": {
			strings.Repeat("<a>", 40) + strings.Repeat("</a>", 40), "nested deeper than the limit of 32"},
		"nested too deep inside a party": {
			fmt.Sprintf(un, strings.Repeat("<a>", 40)+strings.Repeat("</a>", 40)), "nested or filled beyond the limits of 32 levels"},
		"a text too long":                {fmt.Sprintf(un, strings.Repeat("x", 20_000)), "longer than the limit of 10000 bytes"},
		"an attribute too long":          {`<CONSOLIDATED_LIST a="` + strings.Repeat("x", 20_000) + `"></CONSOLIDATED_LIST>`, "longer than the limit of 10000 bytes"},
		"a comment without an end":       {"<CONSOLIDATED_LIST><!-- " + strings.Repeat("x", 20_000), "longer than the limit of 10000 bytes"},
		"too many elements in one party": {fmt.Sprintf(un, strings.Repeat("<a/>", 1000)), "filled beyond the limits"},
		"closed by another":              {"<CONSOLIDATED_LIST><ENTITY><DATAID>1</FIRST_NAME></ENTITY></CONSOLIDATED_LIST>", "the element DATAID is closed by FIRST_NAME"},
		"another encoding":               {`<?xml version="1.0" encoding="windows-1251"?>` + fmt.Sprintf(un, "X"), "encoding"},
	} {
		_, _, err := lists.Open(one("un-xml", c.data), lists.WithLimits(lists.Limits{Record: 10_000, Depth: 32}))
		if assert.ErrorContains(t, err, c.want, why) {
			assert.Positive(t, sanctions.Faults(err)[0].Line, why)
		}
	}
	_, _, err := lists.Open(one("un-xml", fmt.Sprintf(un, "A &amp; B")))
	assert.NoError(t, err, "the entities of XML itself are read")
	for _, cut := range []string{"<CONSOLIDATED_LIST><ENTITY><DATAID>1</DATAID>", "<CONSOLIDATED_LIST><ENTITIES>"} {
		_, _, err = lists.Open(one("un-xml", cut))
		assert.ErrorIs(t, err, lists.Truncated, cut)
	}
}

func TestLinesAndRecordsAreBounded(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	small := lists.WithLimits(lists.Limits{Record: 100_000})
	_, _, err := lists.Open(one("opensanctions-ftm", `{"id":"1","schema":"Company","target":true,"properties":{"name":["`+long+`"]}}`+"\n"), small)
	assert.ErrorContains(t, err, "x:1: ")
	_, _, err = lists.Open(one("parties", "party_id,name\n1,\""+long+"\n"), small)
	assert.ErrorContains(t, err, "a record is longer than 100000 bytes")
}

// A file that is plainly something else gives its first faults and the count of
// the rest, not a fault a row.
func TestFaultsOfAWrongFileAreBounded(t *testing.T) {
	for format, row := range map[string]string{"ofac-alt": "a,b,c\n", "opensanctions-ftm": "not json\n", "csl": "x\n"} {
		header := ""
		if format == "csl" {
			header = "source,name\n"
		}
		_, _, err := lists.Open(one(format, header+strings.Repeat(row, 50_000)))
		require.Error(t, err, format)
		assert.LessOrEqual(t, strings.Count(err.Error(), "\n"), sanctions.MaxFaults, format)
	}
}

func TestEditionsOfOneListAgree(t *testing.T) {
	folder := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list,published\nsdn.csv,ofac-sdn,l,2026-11-02\nalt.csv,ofac-alt,l,2026-11-09\n")},
		"sdn.csv":      {Data: []byte("1,\"X\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a")},
		"alt.csv":      {Data: []byte("1,1,\"aka\",\"Y\",-0- \r\n\x1a")},
	}
	_, _, err := lists.Open(folder)
	assert.ErrorIs(t, err, lists.MixedEditions)
	snapshot, _, err := lists.Open(folder, lists.Accept(lists.MixedEditions))
	require.NoError(t, err)
	assert.Contains(t, snapshot.Coverage().Lists[0].Warnings[0], "mixed editions: alt.csv is of edition 2026-11-09, sdn.csv of 2026-11-02")
}

// A day that the calendar does not have is a fault; a year is only no day.
func TestDaysOfListing(t *testing.T) {
	journal := func(start string) error {
		_, _, err := lists.Open(one("eu-journal", "celex,recordId,annex,measure,startDate,schema,name\n32014R0269,5,I,Asset freeze,"+start+",Company,X\n"))
		return err
	}
	assert.EqualError(t, journal("31.02.2025"), `x:2: start = "31.02.2025": this is no day of the calendar`)
	assert.Error(t, journal("soon"))
	for _, start := range []string{"", "28.2.2025", "2025-02-28", "28 February 2025", "28 Feb. 2025", "2025", "2025-02"} {
		assert.NoError(t, journal(start), start)
	}
}

// A column that came empty shows in the share of parties that state it.
func TestSparseLists(t *testing.T) {
	file := func(programme string) string {
		var b strings.Builder
		for i := range 40 {
			fmt.Fprintf(&b, "%d,\"X %d\",-0- ,%s,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n", i+1, i, programme)
		}
		return b.String() + "\x1a"
	}
	_, _, err := lists.Open(one("ofac-sdn", file("-0- ")))
	if assert.ErrorIs(t, err, lists.Sparse) {
		assert.ErrorContains(t, err, "x: 0 of 40 parties state their programme where 99 % are expected")
	}
	_, _, err = lists.Open(one("ofac-sdn", file(`"CUBA"`)))
	assert.NoError(t, err)
}

// Names and addresses without the parties that they are of are no list.
func TestListsOfAdditionsAlone(t *testing.T) {
	_, _, err := lists.Open(one("ofac-alt", "1,1,\"aka\",\"Y\",-0- \r\n\x1a"))
	assert.ErrorIs(t, err, lists.TooFewRows)
	assert.ErrorContains(t, err, "the list l has only files that add to parties")
}

// OFAC's files end with a line end and 0x1A; one that does not was cut.
func TestOFACFilesEndWhole(t *testing.T) {
	const whole = "1,\"X\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 1950; POB Havana\"\r\n"
	for _, end := range []string{"", "\x1a", "\x1a\r\n"} {
		_, _, err := lists.Open(one("ofac-sdn", whole+end))
		assert.NoError(t, err, "%q", end)
	}
	for n := len(whole) - 2; n > len("1,\"X\","); n-- {
		_, _, err := lists.Open(one("ofac-sdn", whole[:n]))
		require.Error(t, err, "cut after %q", whole[:n])
		require.ErrorIs(t, err, lists.Truncated, "cut after %q", whole[:n])
	}
}
