package tables_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/risk/tables"
)

func TestValuesTakeAConditionApart(t *testing.T) {
	terms := func(fact, test string) (out []string) {
		v, err := tables.Condition{Fact: fact, Test: test}.Values()
		require.NoError(t, err)
		f := tables.Catalogue()[v.Fact]
		require.Equal(t, fact, f.Name)
		for i, term := range f.Terms {
			if v.Mask>>i&1 == 1 {
				out = append(out, term)
			}
		}
		return out
	}
	assert.Equal(t, []string{"signed", "operating"}, terms("stage", "operating|Signed"), "in the order of the vocabulary, however it is written")
	assert.Equal(t, []string{"X→RU"}, terms("direction", "!X->RU"))
	v, err := tables.Condition{Fact: "stage", Test: "signed|unknown"}.Values()
	require.NoError(t, err)
	assert.True(t, v.OrUnknown)
	assert.False(t, v.Not)
	v, err = tables.Condition{Fact: "cp_programme", Test: "!IRAN|SYRIA"}.Values()
	require.NoError(t, err)
	assert.True(t, v.Not)
	assert.Equal(t, []string{"IRAN", "SYRIA"}, v.Words)
	v, err = tables.Condition{Fact: "hs6", Test: "only 270900|271019|unknown"}.Values()
	require.NoError(t, err)
	assert.True(t, v.Only && v.OrUnknown && !v.Not)
	assert.Equal(t, []string{"270900", "271019"}, v.Words)
	_, err = tables.Condition{Fact: "hs6", Test: "only "}.Values()
	assert.ErrorContains(t, err, "names no value")
	v, err = tables.Condition{Fact: "amount_usd", Test: "(1..2.5]"}.Values()
	require.NoError(t, err)
	assert.Equal(t, "1", v.Low.Decimal.String())
	assert.True(t, v.Low.Open)
	assert.Equal(t, "2.5", v.High.Decimal.String())
	assert.False(t, v.High.Open)
}

// An interval is read as it is written, whichever bounds it has.
func TestIntervalsRoundTrip(t *testing.T) {
	for _, s := range []string{">=1", ">1", "<=1.5", "<1", "=3", "[1..5)", "(1..5]", "[0..0.000001]", "(-2..-1)"} {
		i, err := tables.ParseInterval(s)
		require.NoError(t, err, s)
		assert.Equal(t, s, i.String())
	}
	i, err := tables.ParseInterval("3.50")
	require.NoError(t, err)
	assert.Equal(t, "=3.5", i.String(), "a bare number is that number")
	for s, says := range map[string]string{"": "empty", ">=": `missing in ">="`, "[1..": "no interval", "[5..1]": "ends before it starts", "[1..]": "missing", ">=1,000": "not a number"} {
		_, err := tables.ParseInterval(s)
		assert.ErrorContains(t, err, says, s)
	}
}

func TestIntervalsRoundTripAlways(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`(>=|<=|>|<|=)-?[0-9]{1,12}(\.[0-9]{1,6})?`).Draw(t, "test")
		i, err := tables.ParseInterval(s)
		require.NoError(t, err, s)
		again, err := tables.ParseInterval(i.String())
		require.NoError(t, err, i.String())
		require.Equal(t, i.String(), again.String())
		require.True(t, i.Low.Decimal.Equal(again.Low.Decimal) && i.High.Decimal.Equal(again.High.Decimal) && i.Low.Open == again.Low.Open && i.High.Open == again.High.Open)
	})
}
