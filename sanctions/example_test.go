package sanctions_test

import (
	"errors"
	"fmt"

	"github.com/sanctionrisk/exposure/sanctions"
)

func ExampleParsePercent() {
	exact, _ := sanctions.ParsePercent("50.00")
	short, _ := sanctions.ParsePercent("49.99")
	_, err := sanctions.ParsePercent("1,234")
	fmt.Println(exact.Reaches(sanctions.Whole/2, true), short.Reaches(sanctions.Whole/2, true))
	fmt.Println(err)
	// Output:
	// yes no
	// "1,234" is not a percentage; write a number from 0 to 100 such as 49.99
}

func ExampleShareRange_Reaches() {
	// The UK register's band "more than 25 % but not more than 50 %".
	band := sanctions.ShareRange{Low: 25 * sanctions.Percent, High: 50 * sanctions.Percent, LowOpen: true}
	fmt.Println(band)
	fmt.Println("50 % or more:", band.Reaches(50*sanctions.Percent, true))
	fmt.Println("more than 50 %:", band.Reaches(50*sanctions.Percent, false))
	// Output:
	// (25,50]
	// 50 % or more: possible
	// more than 50 %: no
}

func ExamplePeriod_Contains() {
	listed := sanctions.Period{From: sanctions.MustParseDate("2024-02-23")}
	fmt.Println(listed.Contains(sanctions.MustParseDate("2024-02-22")), listed.Contains(sanctions.MustParseDate("2024-02-23")))
	// Output: false true
}

func ExampleFaults() {
	err := errors.Join(
		&sanctions.Fault{Source: sanctions.Source{File: "interests.csv", Line: 7, Column: 21}, Header: "percent", Value: "101", Err: errors.New("more than 100 %")},
		&sanctions.Fault{Source: sanctions.Source{File: "claims.csv", Line: 2}, Err: errors.New("the row has 3 cells where 44 are expected")},
	)
	for _, f := range sanctions.Faults(err) {
		fmt.Println(f.File, f.Line, f.Err)
	}
	// Output:
	// interests.csv 7 more than 100 %
	// claims.csv 2 the row has 3 cells where 44 are expected
}

func ExampleParseIdentifier() {
	id, err := sanctions.ParseIdentifier("inn: 7718852163")
	fmt.Println(id, id.Country, err)
	// Output: inn:7718852163 RU <nil>
}

func ExampleSchemesOf() {
	fmt.Println(sanctions.SchemesOf("RU"), sanctions.SchemesOf("IN"), sanctions.SchemesOf("FR"))
	// Output: [inn ogrn] [cin] []
}

// Two registers give a share as a range each: what they agree on, and what holds whichever
// of them is right.
func ExampleShareRange_Intersect() {
	a := sanctions.ShareRange{Low: 25 * sanctions.Percent, High: 50 * sanctions.Percent, LowOpen: true}
	b := sanctions.ShareRange{Low: 40 * sanctions.Percent, High: 75 * sanctions.Percent}
	fmt.Println(a.Intersect(b), a.Hull(b))
	fmt.Println(a.Intersect(sanctions.ExactShare(60 * sanctions.Percent)).Valid())
	// Output:
	// [40,50] (25,75]
	// false
}

// An unknown day lies neither before nor after any other.
func ExampleDate_Before() {
	day := sanctions.NewDate(2024, 2, 29)
	var unknown sanctions.Date
	fmt.Println(day.AddDays(1), day.Before(day.AddDays(1)), day.Before(unknown), unknown.Before(day), unknown.IsZero())
	// Output: 2024-03-01 true false false true
}

// A reader of a caller's own format reports its faults as those of this library do.
func ExampleJoinFaults() {
	err := sanctions.JoinFaults([]error{
		&sanctions.Fault{Source: sanctions.Source{File: "ours.csv", Line: 3, Column: 7}, Header: "country", Value: "Atlantis", Err: errors.New("no country; write its ISO code")},
		&sanctions.Fault{Source: sanctions.Source{File: "ours.csv", Line: 9}, Err: errors.New("the row is cut short")},
	})
	fmt.Println(err)
	// Output:
	// ours.csv:3:7: country = "Atlantis": no country; write its ISO code
	// ours.csv:9: the row is cut short
}
