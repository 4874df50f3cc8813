package sanctions_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
)

const half = sanctions.Whole / 2

func TestParsePercent(t *testing.T) {
	for in, want := range map[string]string{
		"50": "50", "50.00": "50", "49.99": "49.99", "0": "0", "100": "100", "100.000": "100", " 12.5 % ": "12.5", "007": "7",
		"49.9999999":       "49.9999999",
		"49.99999999":      "(49.9999999,50)", // below fifty, and stays so
		"33.3333333333333": "(33.3333333,33.3333334)",
		"0.00000001":       "(0,0.0000001)",
	} {
		r, err := sanctions.ParsePercent(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, r.String(), in)
	}
	for in, why := range map[string]string{
		"1,234": "a thousands separator", "NaN": "no number", "-1": "less than nothing", "101": "more than all",
		"100.00000001": "more than all", "1e2": "an exponent", "50.": "no digits after the point", ".5": "none before it",
		"": "nothing", "%": "nothing", "0x10": "hexadecimal", "５０": "other digits", "50 %%": "two signs", "+5": "a sign",
	} {
		_, err := sanctions.ParsePercent(in)
		assert.Error(t, err, "%s: %s", in, why)
	}
}

func TestReaches(t *testing.T) {
	percent := func(s string) sanctions.ShareRange {
		r, err := sanctions.ParsePercent(s)
		require.NoError(t, err)
		return r
	}
	over25to50 := sanctions.ShareRange{Low: 25 * sanctions.Percent, High: half, LowOpen: true}
	from50below75 := sanctions.ShareRange{Low: half, High: 75 * sanctions.Percent, LowOpen: true, HighOpen: true}
	for _, c := range []struct {
		share       sanctions.ShareRange
		atLeast     sanctions.Answer // 50 % suffices
		moreThan    sanctions.Answer
		description string
	}{
		{percent("50"), sanctions.Yes, sanctions.No, "exactly half"},
		{percent("49.99"), sanctions.No, sanctions.No, "a hundredth short"},
		{percent("50.01"), sanctions.Yes, sanctions.Yes, "a hundredth more"},
		{percent("49.99999999"), sanctions.No, sanctions.No, "finer than a share, and still short"},
		{percent("50.00000001"), sanctions.Yes, sanctions.Yes, "finer than a share, and over"},
		{over25to50, sanctions.Possible, sanctions.No, "the register's band (25,50]"},
		{from50below75, sanctions.Yes, sanctions.Yes, "the register's band (50,75)"},
		{sanctions.UnknownShare, sanctions.Possible, sanctions.Possible, "not stated is not zero"},
		{sanctions.ShareRange{}, sanctions.No, sanctions.No, "zero is zero"},
	} {
		assert.Equal(t, c.atLeast, c.share.Reaches(half, true), c.description)
		assert.Equal(t, c.moreThan, c.share.Reaches(half, false), c.description)
	}
}

// Law: what is parsed is what was written, to the last digit, and what is printed
// reads back.
func TestSharesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`(100(\.0{1,9})?|[0-9]{1,2}(\.[0-9]{1,12})?)`).Draw(t, "percent")
		r, err := sanctions.ParsePercent(text)
		require.NoError(t, err)
		want, _ := new(big.Rat).SetString(text)
		low := new(big.Rat).SetFrac64(int64(r.Low), int64(sanctions.Percent))
		high := new(big.Rat).SetFrac64(int64(r.High), int64(sanctions.Percent))
		if r.IsExact() {
			assert.Zero(t, want.Cmp(low))
		} else {
			assert.Negative(t, low.Cmp(want))
			assert.Positive(t, high.Cmp(want))
		}
		var back sanctions.ShareRange
		require.NoError(t, back.UnmarshalText([]byte(r.String())))
		assert.Equal(t, r, back)
	})
}

// Law: a sum of ranges holds exactly the sums of their shares.
func TestAdd(t *testing.T) {
	draw := func(t *rapid.T, name string) sanctions.ShareRange {
		low := rapid.Int64Range(0, int64(sanctions.Whole)).Draw(t, name)
		high := rapid.Int64Range(low, int64(sanctions.Whole)).Draw(t, name)
		r := sanctions.ShareRange{Low: sanctions.Share(low), High: sanctions.Share(high)}
		if low < high {
			r.LowOpen, r.HighOpen = rapid.Bool().Draw(t, name), rapid.Bool().Draw(t, name)
		}
		return r
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw(t, "a"), draw(t, "b")
		sum := a.Add(b)
		assert.True(t, sum.Valid())
		assert.Equal(t, sum, b.Add(a))
		assert.Equal(t, a.LowOpen || b.LowOpen, sum.LowOpen, "an end that is not reached makes the sum's end one")
		threshold := sanctions.Share(rapid.Int64Range(0, 2*int64(sanctions.Whole)).Draw(t, "threshold"))
		if a.Reaches(threshold, true) == sanctions.Yes {
			assert.Equal(t, sanctions.Yes, sum.Reaches(threshold, true), "more never reaches less")
		}
	})
}

func TestShareRangeRefusesWhatItDidNotWrite(t *testing.T) {
	for _, bad := range []string{"", "half", "[1,2", "1,2]", "{1,2}", "[,]", "[1,2,3]", "0.12345678",
		"-5", "+5", "[-5,5]", "[50,25]", "(5,5]", "(5,5)", "[0,1000000000000]"} {
		r := sanctions.UnknownShare
		assert.Error(t, r.UnmarshalText([]byte(bad)), bad)
		assert.Equal(t, sanctions.UnknownShare, r, "%s: nothing is half read", bad)
	}
}

func TestAnswers(t *testing.T) {
	for in, want := range map[string]sanctions.Answer{"": sanctions.Unknown, "yes": sanctions.Yes, "FALSE": sanctions.No, "possible": sanctions.Possible, "0": sanctions.No, "Y": sanctions.Yes} {
		got, err := sanctions.ParseAnswer(in)
		require.NoError(t, err)
		assert.Equal(t, want, got, in)
	}
	_, err := sanctions.ParseAnswer("maybe")
	assert.ErrorContains(t, err, "nothing for unknown")
	assert.True(t, sanctions.Unknown < sanctions.No && sanctions.No < sanctions.Possible && sanctions.Possible < sanctions.Yes)
}

func FuzzParsePercent(f *testing.F) {
	for _, s := range []string{"50", "49.99999999", "1,234", "NaN", "100.0", "%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := sanctions.ParsePercent(s)
		if err != nil {
			return
		}
		if !r.Valid() || r.High > sanctions.Whole || strings.ContainsAny(s, ",eE-+") {
			t.Fatalf("%q was read as %v", s, r)
		}
	})
}
