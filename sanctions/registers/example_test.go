package registers_test

import (
	"fmt"
	"iter"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions/registers"
)

func ExampleInterests() {
	for in, err := range registers.Interests(strings.NewReader("owner_id,owned_id,kind,percent_min,percent_max\nl,a,votes,>25,50\n"), "interests.csv") {
		fmt.Println(in.OwnerID, in.Kind, in.Share, in.OwnedID, in.Source, err)
	}
	// Output:
	// l votes (25,50] a interests.csv:2 <nil>
}

// print shows interests on a line each.
func print(interests iter.Seq2[registers.Interest, error]) {
	for in, err := range interests {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(in.OwnerID, in.Kind, in.Share, in.OwnedID, in.Period)
	}
}

func ExampleGLEIF() {
	print(registers.GLEIF(strings.NewReader(`Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType,Relationship.RelationshipStatus
TESTCHILD00000000062,TESTPARENT0000000020,IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE
`), "rr.csv"))
	// Output:
	// lei:TESTPARENT0000000020 unknown [0,100] lei:TESTCHILD00000000062 [, )
}

func ExamplePSC() {
	print(registers.PSC(strings.NewReader(`{"company_number":"01234567","data":{"kind":"individual-person-with-significant-control","name":"J Example","links":{"self":"/company/01234567/persons-with-significant-control/individual/a"},"natures_of_control":["ownership-of-shares-50-to-75-percent"],"notified_on":"2016-04-06"}}`), "psc.jsonl"))
	// Output:
	// company/01234567/persons-with-significant-control/individual/a shares (50,75) gb-coh:01234567 [2016-04-06, )
}

func ExampleBODS() {
	print(registers.BODS(strings.NewReader(`[{"recordId":"r1","recordType":"relationship","recordStatus":"new","recordDetails":{"subject":"firm","interestedParty":"person",
	"interests":[{"type":"shareholding","directOrIndirect":"direct","share":{"minimum":25,"exclusiveMaximum":50}}]}},
	{"recordId":"person","recordType":"person","recordDetails":{"names":[{"fullName":"Jane Owner"}]}}]`), "bods.json"))
	// Output:
	// person shares [25,50) firm [, )
}

func ExampleFollowTheMoney() {
	print(registers.FollowTheMoney(strings.NewReader(`{"id":"o","schema":"Ownership","properties":{"owner":["a"],"asset":["b"],"percentage":["51%"],"startDate":["2024"]}}
{"id":"a","schema":"Person","properties":{"name":["Jane Owner"]}}`), "entities.ftm.json"))
	// Output:
	// a shares 51 b [2024-01-01, )
}

func ExampleIdentifierOf() {
	for _, id := range []string{"gb-coh:01234567", "RU-INN:7707083893", "alpha"} {
		identifier, ok := registers.IdentifierOf(id)
		fmt.Println(id, identifier.Value, identifier.Country, ok)
	}
	// Output:
	// gb-coh:01234567 01234567 GB true
	// RU-INN:7707083893 7707083893 RU true
	// alpha   false
}
