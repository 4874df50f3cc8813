package sanctions_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
)

func TestClosedVocabularies(t *testing.T) {
	for _, m := range sanctions.Measures() {
		got, err := sanctions.ParseMeasure(strings.ToUpper(strings.ReplaceAll(string(m), "_", " ")))
		require.NoError(t, err)
		assert.Equal(t, m, got, "case and the choice of space, hyphen and underscore do not count")
	}
	for in, want := range map[string]sanctions.Measure{"Asset freeze": sanctions.Blocking, "SSI": sanctions.SectoralDirective,
		"entity list": sanctions.ExportControl, "Annex IV": sanctions.TradeRestriction, "CAATSA 231 LSP": sanctions.SpecifiedPerson} {
		got, err := sanctions.ParseMeasure(in)
		require.NoError(t, err)
		assert.Equal(t, want, got, in)
	}
	_, err := sanctions.ParseMeasure("frozen solid")
	assert.ErrorContains(t, err, "known are blocking, ")

	for in, want := range map[string]sanctions.Kind{"": sanctions.KindUnknown, "individual": sanctions.KindPerson, "LegalEntity": sanctions.KindEntity,
		"Company": sanctions.KindEntity, "vessel": sanctions.KindVessel, "ship": sanctions.KindVessel} {
		got, err := sanctions.ParseKind(in)
		require.NoError(t, err)
		assert.Equal(t, want, got, in)
	}
	_, err = sanctions.ParseKind("robot")
	assert.ErrorContains(t, err, "known are person, entity, vessel, aircraft")
}

// Every condition that is documented reads as itself, and a slip in somebody's settings is
// no condition that never holds.
func TestConditions(t *testing.T) {
	source, err := os.ReadFile("condition.go")
	require.NoError(t, err)
	var documented []sanctions.Condition
	for _, m := range regexp.MustCompile(`Condition = "(\w+)"`).FindAllStringSubmatch(string(source), -1) {
		documented = append(documented, sanctions.Condition(m[1]))
	}
	assert.Equal(t, documented, sanctions.Conditions())
	for _, c := range documented {
		got, err := sanctions.ParseCondition(strings.ReplaceAll(string(c), "_", "-"))
		require.NoError(t, err)
		assert.Equal(t, c, got)
	}
	_, err = sanctions.ParseCondition("stale_list")
	assert.ErrorContains(t, err, "list_stale")
}

func TestFaults(t *testing.T) {
	fault := func(line int) *sanctions.Fault {
		return &sanctions.Fault{Source: sanctions.Source{File: "f.csv", Line: line, Column: 2}, Header: "share", Value: "101", Err: errors.New("more than 100 %")}
	}
	assert.EqualError(t, fault(3), `f.csv:3:2: share = "101": more than 100 %`)
	bare := fault(3)
	bare.Header = ""
	assert.EqualError(t, bare, `f.csv:3:2: "101": more than 100 %`, "a value that is in no cell is told all the same")
	bare.Value = ""
	assert.EqualError(t, bare, `f.csv:3:2: more than 100 %`)
	long := fault(1)
	long.Value = strings.Repeat("ж", 500)
	assert.Less(t, len(long.Error()), 300, "a cell of any length makes a readable message")

	assert.NoError(t, sanctions.JoinFaults(nil))
	nested := errors.Join(fault(1), errors.Join(fault(2), fmt.Errorf("reading: %w", fault(3))))
	joined := sanctions.JoinFaults([]error{nested, nil, fault(4)})
	var lines []int
	for _, f := range sanctions.Faults(joined) {
		lines = append(lines, f.Line)
	}
	assert.Equal(t, []int{1, 2, 3, 4}, lines, "flat, whole and in order")
	assert.Nil(t, sanctions.Faults(errors.New("of another kind")))
	f, ok := errors.AsType[*sanctions.Fault](joined)
	require.True(t, ok)
	assert.Equal(t, 1, f.Line)
}

func TestSnapshotRefusesWhatNobodyCouldFindAgain(t *testing.T) {
	party := func(id string, other ...string) sanctions.Party {
		return sanctions.Party{ID: id, OtherIDs: other, Names: []sanctions.Name{{Text: "N"}}, Designations: []sanctions.Designation{{List: "l"}}}
	}
	s, err := sanctions.NewSnapshot([]sanctions.Party{party("l:1", "csl:1"), party("l:2")}, sanctions.Coverage{})
	require.NoError(t, err)
	p, ok := s.Party("csl:1")
	require.True(t, ok, "a party is found by each of its ids")
	assert.Same(t, s.At(0), p)
	for why, parties := range map[string][]sanctions.Party{
		"two of one id":           {party("l:1"), party("l:1")},
		"an id that is another's": {party("l:1"), party("l:2", "l:1")},
		"no id":                   {party("")},
		"no name":                 {{ID: "l:1", Designations: []sanctions.Designation{{}}}},
		"listed, but by no one":   {{ID: "l:1", Names: []sanctions.Name{{Text: "N"}}}},
	} {
		_, err := sanctions.NewSnapshot(parties, sanctions.Coverage{})
		assert.Error(t, err, why)
	}
	_, err = sanctions.NewSnapshot([]sanctions.Party{party("l:1"), party("l:1"), party(""), party("l:2", "l:1")}, sanctions.Coverage{})
	assert.Len(t, sanctions.Faults(err), 3, "all of them at once: %v", err)
}

func TestStandingAnswers(t *testing.T) {
	listing := func(s sanctions.Strength, cleared string) sanctions.Listing {
		return sanctions.Listing{Strength: s, Cleared: cleared}
	}
	for _, c := range []struct {
		listings []sanctions.Listing
		want     sanctions.Answer
		why      string
	}{
		{nil, sanctions.No, "no candidate on the loaded lists"},
		{[]sanctions.Listing{listing(sanctions.StrengthProbable, "")}, sanctions.Possible, "a reviewer must decide"},
		{[]sanctions.Listing{listing(sanctions.StrengthProbable, ""), listing(sanctions.StrengthStrong, "")}, sanctions.Yes, "the surest decides"},
		{[]sanctions.Listing{listing(sanctions.StrengthExact, "a namesake")}, sanctions.No, "decided on"},
		{[]sanctions.Listing{{Strength: sanctions.StrengthExact, Basis: sanctions.ByName, Contradicts: []string{"country: US, listed RU"}}}, sanctions.Possible, "the same name in another country"},
		{[]sanctions.Listing{{Strength: sanctions.StrengthStrong, Basis: sanctions.ByIdentifier, Contradicts: []string{"country: US, listed RU"}}}, sanctions.Yes, "an identifier outweighs a country"},
	} {
		st := sanctions.Standing{Listings: c.listings}
		assert.Equal(t, c.want, st.Listed(), c.why)
	}
	for _, c := range []struct {
		verdicts []sanctions.Verdict
		want     sanctions.Answer
		why      string
	}{
		{nil, sanctions.Unknown, "nobody looked"},
		{[]sanctions.Verdict{{Status: sanctions.OwnershipUnknown}}, sanctions.Unknown, "no owner is known: that is not none"},
		{[]sanctions.Verdict{{Status: sanctions.OwnershipUnknown, Proof: []sanctions.Stake{{}}}}, sanctions.Possible, "a listed owner of unknown share"},
		{[]sanctions.Verdict{{Status: sanctions.Minority}, {Status: sanctions.OwnershipUnknown}}, sanctions.No, "below the threshold"},
		{[]sanctions.Verdict{{Status: sanctions.OwnershipNone}, {Status: sanctions.Owned}}, sanctions.Yes, "under some regime"},
	} {
		st := sanctions.Standing{Verdicts: c.verdicts}
		assert.Equal(t, c.want, st.Owned(), c.why)
	}
}
