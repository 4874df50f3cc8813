package screening_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/screening"
)

func TestDirectory(t *testing.T) {
	d := screening.NewDirectory([]sanctions.Party{
		named("bf", "Bharat Forge Limited"), named("bel", "Bharat Electronics Limited"), named("roe", "Рособоронэкспорт"),
		named("one", "Twin Mills Ltd"), named("two", "TWIN MILLS"),
	})
	for name, want := range map[string]string{
		"BHARAT FORGE LTD.": "bf", "M/s Bharat Forge": "bf", "Rosoboronexport OJSC": "roe",
		"Bharat Dynamics": "", "Bharat": "", "Twin Mills": "", "Limited": "", "": "",
	} {
		id, ok := d.Find(name)
		assert.Equal(t, want, id, name)
		assert.Equal(t, want != "", ok, name)
	}
}

func ExampleDirectory_Find() {
	firms := screening.NewDirectory([]sanctions.Party{
		{ID: "bharat-forge", Names: []sanctions.Name{{Text: "Bharat Forge Limited"}}},
		{ID: "bel", Names: []sanctions.Name{{Text: "Bharat Electronics Limited"}}},
	})
	fmt.Println(firms.Find("M/s BHARAT FORGE LTD."))
	fmt.Println(firms.Find("Bharat Dynamics Limited"))
	// Output:
	// bharat-forge true
	//  false
}
