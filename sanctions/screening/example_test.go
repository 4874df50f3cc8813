package screening_test

import (
	"fmt"
	"log"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/screening"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

func ExampleOpen() {
	asOf := sanctions.MustParseDate("2026-03-31")
	screener, manifest, err := screening.Open(worlds.MoscowTalks(), asOf)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(screener.Coverage().Lists), "lists; firms in", manifest.Paths("firms"))
	// Output:
	// 8 lists; firms in [firms.csv]
}

func ExampleScreener_Screen() {
	asOf := sanctions.MustParseDate("2026-03-31")
	screener, _, err := screening.Open(worlds.MoscowTalks(), asOf)
	if err != nil {
		log.Fatal(err)
	}
	standing, err := screener.Screen(sanctions.Party{ID: "fict-fifty"}, asOf)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listed:", standing.Listed())
	for _, v := range standing.Verdicts[:1] {
		fmt.Printf("%s: %s, %v %%, %s\n", v.Regime, v.Status, v.Share, v.Margin)
		for _, stake := range v.Proof {
			fmt.Printf("  %s holds %v %% (%v)\n", stake.OwnerID, stake.Share, stake.Source)
		}
	}
	// Output:
	// listed: no
	// us-ofac: owned, 50 %, exactly 50, which suffices
	//   us-ofac-sdn:17260 holds 30 % (interests.csv:34)
	//   us-ofac-sdn:16865 holds 20 % (interests.csv:35)
}
