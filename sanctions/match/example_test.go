package match_test

import (
	"fmt"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// A decision holds for the record that the reviewer saw. When the authority adds a name,
// the hit is open again, and says which decision it was.
func ExampleWithClearances() {
	seen := listed("in-house:1", sanctions.KindEntity, "Vektor Trading LLC")
	decision := match.Clearance{Subject: "customer-7", PartyID: seen.ID, Record: match.RecordDigest(&seen),
		Reason: "another firm, of another country", Decided: sanctions.NewDate(2025, 3, 1)}
	changed := listed("in-house:1", sanctions.KindEntity, "Vektor Trading LLC", "Vektor Aero")
	for _, p := range []sanctions.Party{seen, changed} {
		snapshot, err := sanctions.NewSnapshot([]sanctions.Party{p}, sanctions.Coverage{})
		if err != nil {
			fmt.Println(err)
			return
		}
		index := match.NewIndex(snapshot, match.WithClearances(decision))
		for _, hit := range index.Search(match.Query{Subject: "customer-7", Name: "Vektor Trading LLC"}) {
			fmt.Println(hit.Party.ID, "cleared:", hit.Cleared != nil, "reopened:", hit.Reopened != nil)
		}
	}
	// Output:
	// in-house:1 cleared: true reopened: false
	// in-house:1 cleared: false reopened: true
}

// Of a list of many millions a search may look at some names only, and says whether that
// was all of it. Scan is the slow way that Search is checked against.
func ExampleIndex_SearchSome() {
	snapshot, err := sanctions.NewSnapshot([]sanctions.Party{
		listed("in-house:1", sanctions.KindEntity, "Vektor Trading LLC"),
		listed("in-house:2", sanctions.KindEntity, "Rosoboronexport"),
	}, sanctions.Coverage{})
	if err != nil {
		fmt.Println(err)
		return
	}
	index := match.NewIndex(snapshot)
	q := match.Query{Name: "Rosoboroneksport"}
	some, all := index.SearchSome(q, 30_000)
	fmt.Println(some[0].Party.ID, some[0].Score, "all looked at:", all)
	fmt.Println(index.Scan(q)[0].Party.ID, index.Scan(q)[0].Score)
	// Output:
	// in-house:2 0.9900 all looked at: true
	// in-house:2 0.9900
}

// A party as firms and registers describe it, asked for with all that is known of it.
func ExampleQueryFor() {
	p := listed("customer-7", sanctions.KindEntity, "Vektor Trading LLC", "Vektor Aero")
	p.Countries = []string{"AE"}
	q := match.QueryFor(&p)
	fmt.Println(q.Subject, q.Name, q.Aliases, q.Countries)
	// Output:
	// customer-7 Vektor Trading LLC [Vektor Aero] [AE]
}
