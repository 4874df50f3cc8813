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
