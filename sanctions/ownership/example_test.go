package ownership_test

import (
	"fmt"
	"os"
	"strings"
	"testing/fstest"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

const register = `owner_id,owner_name,owned_id,owned_name,kind,percent,from,source
L1,First Listed,hold,Holding,shares,50,2020-01-01,annual report 2020
hold,Holding,plant,Plant,shares,48,,register
L2,Second Listed,plant,Plant,shares,2,,register
`

func snapshot() *sanctions.Snapshot {
	listed := func(id, name string) sanctions.Party {
		return sanctions.Party{ID: id, Names: []sanctions.Name{{Text: name}}, Designations: []sanctions.Designation{
			{Authority: sanctions.AuthorityOFAC, List: "us-ofac-sdn", Measures: []sanctions.Measure{sanctions.Blocking}},
			{Authority: sanctions.AuthorityUK, List: "uk-sanctions-list", Measures: []sanctions.Measure{sanctions.Blocking}},
		}}
	}
	s, err := sanctions.NewSnapshot([]sanctions.Party{listed("us-ofac-sdn:L1", "First Listed"), listed("us-ofac-sdn:L2", "Second Listed")}, sanctions.Coverage{})
	if err != nil {
		panic(err)
	}
	return s
}

func Example() {
	world := fstest.MapFS{"interests.csv": {Data: []byte(register)}}
	g, err := ownership.Read(world, ownership.File{Path: "interests.csv"})
	if err != nil {
		fmt.Println(err)
		return
	}
	a, err := ownership.Solve(g, ownership.BuiltinRegimes().Only("us-ofac", "uk"), ownership.SeedsByID(snapshot(), g), sanctions.MustParseDate("2026-06-01"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range a.Verdicts("plant") {
		fmt.Printf("%s: %s, %v %%, %s\n  %s\n", v.Regime, v.Status, v.Share, v.Margin, ownership.Path("plant", v.Proof))
	}
	// Output:
	// us-ofac: owned, 50 %, exactly 50, which suffices
	//   L1 50% > hold 48% > plant; L2 2% > plant
	// uk: minority, 2 %, 48 short of 50
	//   L2 2% > plant
}

func ExampleRead() {
	world := fstest.MapFS{"interests.csv": {Data: []byte("owner_id,owned_id,kind,percent,from,to\n" +
		"a,b,shares,\"1,234\",,\n" +
		"a,a,shares,60,,\n" +
		"a,b,stocks,50,2026-01-01,2025-01-01\n")}}
	_, err := ownership.Read(world, ownership.File{Path: "interests.csv"})
	fmt.Println(err)
	// Output:
	// interests.csv:2:12: percent = "1,234": "1,234" is not a percentage; write a number from 0 to 100 such as 49.99
	// interests.csv:3:1: owner_id = "a": an owner cannot own itself; a firm's own (treasury) shares are written as kind shares with a percentage, or a maximum, below 50; of one that holds more of itself state what the others hold of the rest
	// interests.csv:4:5: kind = "stocks": unknown kind; known are shares, votes, ownership, control, board, trust, unknown
}

func ExampleAnalysis_All() {
	b := ownership.NewBuilder()
	if err := b.ReadFrom(registers.Interests(strings.NewReader(register), "interests.csv")); err != nil {
		fmt.Println(err)
		return
	}
	g := b.Graph()
	a, err := ownership.Solve(g, ownership.BuiltinRegimes().Only("us-ofac"), ownership.SeedsByID(snapshot(), g), sanctions.MustParseDate("2019-12-31"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for party, verdicts := range a.All() {
		fmt.Println(party.ID, verdicts[0].Status, verdicts[0].Share)
	}
	// Output:
	// L1 listed 0
	// L2 listed 0
	// plant minority 2
}

func ExampleReadRegimes() {
	f, err := os.Open("regimes.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	table, err := ownership.ReadRegimes(f, "regimes.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, rule := range table.Only("eu").InForce(sanctions.MustParseDate("2024-07-03")) {
		fmt.Println(rule.Regime, rule.Period, rule.Threshold, rule.Inclusive, rule.Aggregate)
	}
	// Output:
	// eu [2024-07-03, ) 50 true yes
}

// solved is the register above, as of a day in 2026.
func solved() *ownership.Analysis {
	g, err := ownership.Read(fstest.MapFS{"interests.csv": {Data: []byte(register)}}, ownership.File{Path: "interests.csv"})
	if err != nil {
		panic(err)
	}
	a, err := ownership.Solve(g, ownership.BuiltinRegimes().Only("us-ofac"), ownership.SeedsByID(snapshot(), g), sanctions.MustParseDate("2026-06-01"))
	if err != nil {
		panic(err)
	}
	return a
}

func ExampleMermaid() {
	fmt.Print(ownership.Mermaid(ownership.Charted{Node: ownership.Node{ID: "plant", Name: "Plant"}, Verdict: solved().Verdicts("plant")[0]}))
	// Output:
	// flowchart TD
	// 	%% plant: owned under us-ofac, 50%, exactly 50, which suffices
	// 	n1["First Listed<br/>L1"]
	// 	n2["Holding<br/>hold"]
	// 	n3["Second Listed<br/>L2"]
	// 	n4[["Plant<br/>plant"]]
	// 	n1 -->|"50%"| n2
	// 	n2 -->|"48%"| n4
	// 	n3 -->|"2%"| n4
	// 	classDef listed fill:#f4cccc
	// 	class n1 listed
	// 	class n3 listed
}

func ExampleDOT() {
	fmt.Print(ownership.DOT(ownership.Charted{Node: ownership.Node{ID: "hold", Name: "Holding"}, Verdict: solved().Verdicts("hold")[0]}))
	// Output:
	// digraph proof {
	// 	label="hold: owned under us-ofac, 50%, exactly 50, which suffices"
	// 	node [shape=box]
	// 	n1 [label="First Listed\nL1", style=filled, fillcolor="#f4cccc"]
	// 	n2 [label="Holding\nhold", peripheries=2]
	// 	n1 -> n2 [label="50%", tooltip="annual report 2020 interests.csv:2"]
	// }
}

func ExampleAnalysis_Add() {
	b := ownership.NewBuilder()
	if err := b.ReadFrom(registers.Interests(strings.NewReader(register), "interests.csv")); err != nil {
		fmt.Println(err)
		return
	}
	g := b.Graph()
	a, err := ownership.Solve(g, ownership.BuiltinRegimes().Only("us-ofac"), nil, sanctions.MustParseDate("2026-06-01"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, seed := range ownership.SeedsByID(snapshot(), g) {
		if err := a.Add(seed); err != nil {
			fmt.Println(err)
			return
		}
		v := a.Verdicts("plant")[0]
		fmt.Printf("with %s listed: %s, %v; %s\n", seed.Node, v.Status, v.Share, v.Flip)
	}
	// Output:
	// with L1 listed: minority, 48; owned if listed owners held at least 2 more of plant; owned if L2, which holds 2, were listed
	// with L2 listed: owned, 50; not owned if L2 held less than 2 of plant (now 2)
}

func ExamplePath() {
	fmt.Println(ownership.Path("plant", solved().Verdicts("plant")[0].Proof))
	// Output:
	// L1 50% > hold 48% > plant; L2 2% > plant
}

// Two registers know one firm by two ids; together the listed hold enough.
func ExampleGraph_Join() {
	b := ownership.NewBuilder()
	for _, in := range []registers.Interest{
		{OwnerID: "us-ofac-sdn:1", OwnedID: "gb-coh:07495895", Kind: registers.Shares, Share: sanctions.ExactShare(30 * sanctions.Percent)},
		{OwnerID: "us-ofac-sdn:2", OwnedID: "plant", OwnedName: "Plant Ltd", Kind: registers.Shares, Share: sanctions.ExactShare(30 * sanctions.Percent)},
	} {
		if err := b.Add(in); err != nil {
			fmt.Println(err)
			return
		}
	}
	g, refuted, err := b.Graph().Join(ownership.Link{A: "plant", B: "gb-coh:07495895"})
	if err != nil || len(refuted) > 0 {
		fmt.Println(refuted, err)
		return
	}
	var seeds []ownership.Seed
	for _, id := range []string{"us-ofac-sdn:1", "us-ofac-sdn:2"} {
		seeds = append(seeds, ownership.Seed{Node: id, Answer: sanctions.Yes, Party: &sanctions.Party{ID: id,
			Designations: []sanctions.Designation{{Authority: sanctions.AuthorityOFAC, Measures: []sanctions.Measure{sanctions.Blocking}}}}})
	}
	a, err := ownership.Solve(g, ownership.BuiltinRegimes().Only("us-ofac"), seeds, sanctions.MustParseDate("2026-06-01"))
	if err != nil {
		fmt.Println(err)
		return
	}
	v := a.Verdicts("plant")[0]
	fmt.Println(v.Status, v.Share)
	// Output: owned 60
}

// Interests that a caller has at hand need no file. Exactly half is owned for OFAC; the
// United Kingdom asks for more, and half in one hand for a reviewer.
func ExampleBuilder_Add() {
	half, err := sanctions.ParsePercent("50")
	if err != nil {
		fmt.Println(err)
		return
	}
	b := ownership.NewBuilder()
	if err := b.Add(registers.Interest{OwnerID: "L1", OwnedID: "plant", Kind: registers.Shares, Share: half}); err != nil {
		fmt.Println(err)
		return
	}
	g := b.Graph()
	a, err := ownership.Solve(g, ownership.BuiltinRegimes().Only("us-ofac", "uk"), ownership.SeedsByID(snapshot(), g), sanctions.MustParseDate("2026-06-01"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range a.Verdicts("plant") {
		fmt.Println(v.Regime, v.Status)
	}
	// Output:
	// us-ofac owned
	// uk control_indicated
}
