package names_test

import (
	"fmt"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// The Cyrillic and the Latin name have equal keys; the forms are the same
// canonical term.
func ExampleParse() {
	for _, text := range []string{"ООО «Рособоронэкспорт»", "Rosoboronexport, Limited Liability Company"} {
		for _, t := range names.Parse(text, sanctions.KindEntity).Tokens {
			fmt.Printf("%-5v text=%q key=%q term=%q\n", t.Class, t.Text, t.Key, t.Term)
		}
	}
	// Output:
	// form  text="ооо" key="ooo" term="llc"
	// word  text="рособоронэкспорт" key="rosoboroneksport" term=""
	// word  text="rosoboronexport" key="rosoboroneksport" term=""
	// form  text="limited liability company" key="limited liabiliti kompani" term="llc"
}
