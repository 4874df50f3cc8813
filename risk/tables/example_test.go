package tables_test

import (
	"fmt"
	"log"

	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
)

// The catalogue lists what rules can ask about.
func ExampleCatalogue() {
	for _, f := range tables.Catalogue() {
		if f.Name == "stage" || f.Name == "amount_usd" {
			fmt.Println(f.Name, f.Scope, f.Type, f.Terms)
		}
	}
	// Output:
	// stage engagement terms [rumoured discussed proposed signed operating completed]
	// amount_usd engagement number []
}

func ExampleRead() {
	tables, err := tables.Read(rules.FS())
	if err != nil {
		log.Fatal(err)
	}
	for _, b := range tables.Bands {
		fmt.Println(b.ID, b.From.Decimal)
	}
	// Output:
	// none 0
	// low 1
	// moderate 20
	// high 45
	// severe 70
}

// A cell is checked as it is read: a word that is no term of the fact is an error.
func ExampleCondition() {
	for _, test := range []string{"signed|completed", "!rumoured", "finished"} {
		values, err := tables.Condition{Fact: "stage", Test: test}.Values()
		fmt.Println(test, values.Not, err) // Not: none of these
	}
	// Output:
	// signed|completed false <nil>
	// !rumoured true <nil>
	// finished false unknown stage "finished"; known are rumoured, discussed, proposed, signed, operating, completed
}

func ExampleParseInterval() {
	for _, test := range []string{"[50000..100000)", ">=1000000", "7"} {
		admits, err := tables.ParseInterval(test)
		fmt.Println(admits, err)
	}
	// Output:
	// [50000..100000) <nil>
	// >=1000000 <nil>
	// =7 <nil>
}

// Where a finding about a table is to be shown, its cell has a place.
func ExampleSet_Place() {
	set, err := tables.Read(rules.FS())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(set.Place(set.Bands[1].Source, "from"))
	// Output: bands.csv:3:5
}
