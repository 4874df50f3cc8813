package sanctions_test

import (
	"fmt"
	"log"

	"github.com/sanctionrisk/exposure/sanctions"
)

// A snapshot finds a party by any of its numbers, and says what was loaded.
func ExampleNewSnapshot() {
	party := sanctions.Party{
		ID: "us-ofac-sdn:7", OtherIDs: []string{"eu-fsf:EU.70"},
		Names: []sanctions.Name{{Text: "Kama Gunsight Works", Type: sanctions.NamePrimary}},
		Designations: []sanctions.Designation{
			{Authority: sanctions.AuthorityOFAC, List: "us-ofac-sdn", Entry: "7", Measures: []sanctions.Measure{sanctions.Blocking},
				Period: sanctions.Period{From: sanctions.MustParseDate("2022-02-24")}},
			{Authority: sanctions.AuthorityEU, List: "eu-fsf", Entry: "EU.70", Measures: []sanctions.Measure{sanctions.Blocking},
				Period: sanctions.Period{From: sanctions.MustParseDate("2022-03-15"), To: sanctions.MustParseDate("2024-01-01")}},
		},
	}
	snapshot, err := sanctions.NewSnapshot([]sanctions.Party{party}, sanctions.Coverage{
		Gaps: []sanctions.Gap{{Authority: sanctions.AuthorityUK, What: "UK Sanctions List", Why: "not loaded"}}})
	if err != nil {
		log.Fatal(err)
	}
	found, ok := snapshot.Party("eu-fsf:EU.70")
	fmt.Println(found.ID, ok)
	for _, day := range []string{"2022-02-23", "2023-01-01", "2024-01-01"} {
		fmt.Println(day, len(found.InForce(sanctions.MustParseDate(day))))
	}
	fmt.Println("not looked at:", snapshot.Coverage().Gaps[0].What)
	// Output:
	// us-ofac-sdn:7 true
	// 2022-02-23 0
	// 2023-01-01 2
	// 2024-01-01 1
	// not looked at: UK Sanctions List
}

// Three answers, and a fourth for what nobody looked at.
func ExampleStanding() {
	var st sanctions.Standing
	fmt.Println("listed:", st.Listed(), "owned:", st.Owned())
	st.Listings = []sanctions.Listing{{Strength: sanctions.StrengthProbable, Basis: sanctions.ByName}}
	st.Verdicts = []sanctions.Verdict{
		{Regime: "eu", Status: sanctions.Minority, Share: sanctions.ExactShare(30 * sanctions.Percent)},
		{Regime: "uk", Status: sanctions.PossiblyOwned, Share: sanctions.UnknownShare},
	}
	fmt.Println("listed:", st.Listed(), "owned:", st.Owned())
	// Output:
	// listed: no owned: unknown
	// listed: possible owned: possible
}

// Shares add up exactly, open ends stay open, and a sum above the whole is seen.
func ExampleShareRange_Add() {
	half := sanctions.ExactShare(50 * sanctions.Percent)
	band := sanctions.ShareRange{Low: 25 * sanctions.Percent, High: 50 * sanctions.Percent, LowOpen: true}
	fmt.Println(half.Add(half), half.Add(band), half.Add(half).Add(band))
	// Output: 100 (75,100] (125,150]
}

// A day is a value: comparable, without time or zone, unknown when empty.
func ExampleParseDate() {
	day, err := sanctions.ParseDate("2024-02-29")
	fmt.Println(day.AddDays(1), err)
	unknown, err := sanctions.ParseDate("")
	fmt.Println(unknown.IsZero(), unknown.Before(day), day.Before(unknown), err)
	_, err = sanctions.ParseDate("01/02/2025")
	fmt.Println(err)
	// Output:
	// 2024-03-01 <nil>
	// true false false <nil>
	// "01/02/2025" is not a date; write YYYY-MM-DD
}

// The words of publishers are read into a closed vocabulary.
func ExampleParseMeasure() {
	for _, word := range []string{"Asset freeze", "SSI", "entity list"} {
		measure, err := sanctions.ParseMeasure(word)
		fmt.Println(measure, err)
	}
	// Output:
	// blocking <nil>
	// sectoral_directive <nil>
	// export_control <nil>
}

// Values are normalised as their scheme has them; the schemes of one country say so.
func ExampleNewIdentifier() {
	for _, id := range []sanctions.Identifier{
		sanctions.NewIdentifier(sanctions.INN, "7718 852 163", ""),
		sanctions.NewIdentifier(sanctions.Registration, "he-143062", "CY"),
	} {
		fmt.Println(id, id.Country)
	}
	// Output:
	// inn:7718852163 RU
	// reg:HE143062 CY
}

// What a caller's settings name is read, so that a slip does not trap nothing in silence.
func ExampleParseCondition() {
	c, err := sanctions.ParseCondition("list-stale")
	fmt.Println(c, err)
	_, err = sanctions.ParseCondition("lists_stale")
	fmt.Println(err != nil)
	// Output:
	// list_stale <nil>
	// true
}

// Whoever writes a screener by hand says how long a standing holds, so that a dealing of
// years is asked about as of each day on which it changes.
func ExampleSteady() {
	listed := sanctions.Period{From: sanctions.MustParseDate("2018-04-06"), To: sanctions.MustParseDate("2019-01-28")}
	screen := func(asOf sanctions.Date) sanctions.Standing {
		st := sanctions.Standing{AsOf: asOf, Holds: sanctions.Steady(asOf, listed.From, listed.To)}
		if listed.Contains(asOf) {
			st.Listings = []sanctions.Listing{{Basis: sanctions.ByID, Strength: sanctions.StrengthExact}}
		}
		return st
	}
	for day := sanctions.MustParseDate("2017-01-01"); ; {
		st := screen(day)
		fmt.Println(st.Holds, "listed:", st.Listed())
		if day = st.Holds.To; day.IsZero() {
			break
		}
	}
	// Output:
	// [, 2018-04-06) listed: no
	// [2018-04-06, 2019-01-28) listed: yes
	// [2019-01-28, ) listed: no
}
