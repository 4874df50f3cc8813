package sanctions_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
)

var day = sanctions.MustParseDate

func TestParseDate(t *testing.T) {
	for _, good := range []string{"", "2025-10-29", "0001-01-01", "9999-12-31", "2024-02-29"} {
		d, err := sanctions.ParseDate(good)
		require.NoError(t, err, good)
		assert.Equal(t, good, d.String())
		assert.Equal(t, good == "", d.IsZero())
	}
	for bad, why := range map[string]string{
		"29.10.2025": "two readings elsewhere", "01/02/2025": "two readings", "2025-2-3": "one form only",
		"2025-02-29": "no such day", "0000-01-01": "before the calendar", "2025-10-29T00:00:00Z": "no time of day", " 2025-10-29": "untrimmed",
	} {
		_, err := sanctions.ParseDate(bad)
		assert.ErrorContains(t, err, "write YYYY-MM-DD", "%s: %s", bad, why)
	}
	assert.Panics(t, func() { sanctions.MustParseDate("soon") })
}

// Law: days count as the calendar of package time does.
func TestDatesCountAsTimeDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(1, 9000).Draw(t, "year")
		n := rapid.IntRange(0, 300_000).Draw(t, "days")
		a := time.Date(from, 3, 1, 0, 0, 0, 0, time.UTC)
		d := sanctions.NewDate(a.Date())
		b := a.AddDate(0, 0, n)
		later := d.AddDays(n)
		assert.Equal(t, b.Format(time.DateOnly), later.String())
		assert.Equal(t, n, later.DaysSince(d))
		assert.Equal(t, n > 0, d.Before(later))
		assert.Equal(t, n > 0, later.After(d))
	})
}

func TestUnknownDay(t *testing.T) {
	var unknown sanctions.Date
	known := day("2025-01-01")
	assert.False(t, unknown.Before(known) || unknown.After(known) || known.Before(unknown), "neither before nor after")
	assert.Equal(t, unknown, unknown.AddDays(3))
	y, m, d := unknown.Civil()
	assert.Zero(t, y+int(m)+d)
	assert.Equal(t, -1, unknown.Compare(known), "and first in an order")
}

func TestPeriodIsHalfOpen(t *testing.T) {
	p := sanctions.Period{From: day("2024-07-03"), To: day("2025-01-01")}
	for d, want := range map[string]bool{"2024-07-02": false, "2024-07-03": true, "2024-12-31": true, "2025-01-01": false} {
		assert.Equal(t, want, p.Contains(day(d)), d)
	}
	assert.False(t, p.Contains(sanctions.Date{}), "an unknown day lies in no bounded period")
	assert.True(t, sanctions.Period{}.Contains(day("1066-10-14")), "no bounds: always")
	assert.False(t, sanctions.Period{From: p.From, To: p.From}.Contains(p.From), "empty")
	assert.True(t, sanctions.Period{From: p.From, To: p.From}.Valid())
	assert.False(t, sanctions.Period{From: p.To, To: p.From}.Valid())
}

func TestDatesAsJSON(t *testing.T) {
	text, err := json.Marshal(sanctions.Period{From: day("2024-07-03")})
	require.NoError(t, err)
	assert.Equal(t, `{"from":"2024-07-03"}`, string(text))
	var back sanctions.Period
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, sanctions.Period{From: day("2024-07-03")}, back)
	assert.Error(t, json.Unmarshal([]byte(`{"from":"03.07.2024"}`), &back))
}

// TestParseDateAgreesWithTime reads every day of four centuries and the turns of
// all others, and whatever differs from a day by one character.
func TestParseDateAgreesWithTime(t *testing.T) {
	check := func(s string) {
		want, err := time.Parse(time.DateOnly, s)
		got, bad := sanctions.ParseDate(s)
		if err != nil || want.Year() < 1 {
			require.Error(t, bad, s)
			return
		}
		require.NoError(t, bad, s)
		require.Equal(t, sanctions.NewDate(want.Date()), got, s)
	}
	for year := 0; year <= 9999; year++ {
		step := 1
		if year < 1800 || year > 2200 {
			step = 27
		}
		for n := 0; n < 13*32; n += step {
			check(fmt.Sprintf("%04d-%02d-%02d", year, n/32+1, n%32))
		}
		check(fmt.Sprintf("%04d-02-29", year))
	}
	for i := range len(time.DateOnly) {
		for c := range 256 {
			b := []byte("2023-12-31")
			b[i] = byte(c)
			check(string(b))
		}
	}
	for _, s := range []string{"2023-1-31", "2023-12-3", "02023-12-31", "2023-12-31 ", " 2023-12-31", "2023-12-31T", "-023-12-31", "+023-12-31"} {
		check(s)
	}
}
