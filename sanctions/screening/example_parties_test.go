package screening_test

import (
	"errors"
	"fmt"
	"log"
	"testing/fstest"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/sanctions/match"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/screening"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

// small is a world of one listed works and a register that names its holding.
func small() fstest.MapFS {
	return fstest.MapFS{
		"manifest.csv":  {Data: []byte("file,format,list\nlist.csv,parties,us-ofac-sdn\ninterests.csv,interests,\n")},
		"list.csv":      {Data: []byte("party_id,kind,name,country,listed_from\n7,entity,Kama Gunsight Works,RU,2024-02-23\n")},
		"interests.csv": {Data: []byte("owner_id,owner_name,owned_id,kind,percent\nc-1,,c-2,shares,60\n")},
	}
}

// The screener is made of a snapshot and a graph, wherever they come from.
func ExampleNew() {
	snapshot, _, err := lists.Open(worlds.MoscowTalks(), lists.AsOf(today))
	if err != nil {
		log.Fatal(err)
	}
	graph, err := ownership.Read(worlds.MoscowTalks(), ownership.File{Path: "interests.csv"})
	if err != nil {
		log.Fatal(err)
	}
	screener, err := screening.New(snapshot, graph)
	if err != nil {
		log.Fatal(err)
	}
	standing, err := screener.Screen(sanctions.Party{Names: []sanctions.Name{{Text: "АО «Рособоронэкспорт»"}}}, today)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(standing.Listed(), standing.Listings[0].PartyID, standing.Listings[0].Strength)
	// Output: yes eu-269:rosoboronexport exact
}

// A register that names nobody is understood once the caller says who its ids are.
func ExampleWithParties() {
	customer := sanctions.Party{ID: "c-1", Kind: sanctions.KindEntity, Names: []sanctions.Name{{Text: "Kama Gunsight Works"}}}
	for _, opts := range [][]screening.Option{nil, {screening.WithParties(customer)}} {
		screener, _, err := screening.Open(small(), today, opts...)
		if err != nil {
			log.Fatal(err)
		}
		standing, err := screener.Screen(sanctions.Party{ID: "c-2"}, today)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(standing.Owned())
	}
	// Output:
	// no
	// yes
}

// A reviewer's decision stands until the record of the listed party changes.
func ExampleWithClearances() {
	namesake := sanctions.Party{ID: "customer-9", Names: []sanctions.Name{{Text: "Kama Gunsight Works"}}}
	snapshot, _, err := lists.Open(small())
	if err != nil {
		log.Fatal(err)
	}
	listed, _ := snapshot.Party("us-ofac-sdn:7")
	screener, _, err := screening.Open(small(), today, screening.WithClearances(match.Clearance{
		Subject: "customer-9", PartyID: listed.ID, Record: match.RecordDigest(listed), Reason: "a maker of camping gear in Perm"}))
	if err != nil {
		log.Fatal(err)
	}
	standing, err := screener.Screen(namesake, today)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(standing.Listed(), "-", standing.Listings[0].Cleared)
	// Output: no - a maker of camping gear in Perm
}

// Registers that contradict themselves can be refused.
func ExampleRefuse() {
	world := small()
	world["interests.csv"].Data = []byte("owner_id,owned_id,kind,percent\n7,a,shares,60\nb,a,shares,60\n")
	_, _, err := screening.Open(world, today, screening.Refuse(ownership.ErrOverWhole))
	fmt.Println(errors.Is(err, ownership.ErrOverWhole), "in", sanctions.Faults(err)[0].File)
	// Output: true in interests.csv
}

// Names in a caller's own files meet but for their spelling, and no further.
func ExampleNewDirectory() {
	directory := screening.NewDirectory([]sanctions.Party{{ID: "irbit", Names: []sanctions.Name{{Text: "ООО «Ирбит Насос»"}}}})
	for _, name := range []string{"IRBIT NASOS LLC", "Irbit Pumps LLC"} {
		id, ok := directory.Find(name)
		fmt.Printf("%q %v\n", id, ok)
	}
	// Output:
	// "irbit" true
	// "" false
}

// A desk may judge ownership by a table of its own: here a house rule of 25 %.
func ExampleWithRegimes() {
	world := small()
	world["interests.csv"].Data = []byte("owner_id,owned_id,kind,percent\n7,a,shares,30\n")
	house := ownership.BuiltinRegimes().Only("us-ofac").InForce(today)
	house[0].Threshold = 25 * sanctions.Percent
	for _, opts := range [][]screening.Option{nil, {screening.WithRegimes(house)}} {
		screener, _, err := screening.Open(world, today, opts...)
		if err != nil {
			log.Fatal(err)
		}
		standing, err := screener.Screen(sanctions.Party{ID: "a"}, today)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(len(standing.Verdicts), standing.Verdicts[0].Status, standing.Verdicts[0].Margin)
	}
	// Output:
	// 8 minority 20 short of 50
	// 1 owned 5 above 25
}
