package claims_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Every bad cell is reported, with its place and what to do.
func ExampleRead() {
	_, err := claims.Read(strings.NewReader(`subject_id,subject_type,kind,claim_polarity,date_from,amount
acme,firm,meeting,affirm,29/10/2025,
acme,firm,meeting,affirm,,"1,234"
`), "claims.csv")
	for _, fault := range sanctions.Faults(err) {
		fmt.Println(fault)
	}
	// Output:
	// claims.csv:2:26: date_from = "29/10/2025": "29/10/2025" is not a date; write YYYY-MM-DD
	// claims.csv:3:27: amount = "1,234": "1,234" is not a number; write digits with at most one point, such as 1234.5
}

// Claims are written as they are read, and nothing is lost.
func ExampleWrite() {
	all, err := claims.Read(strings.NewReader("subject_id,subject_type,kind,stage,claim_polarity,as_known_at\nacme,firm,mou,signed,affirm,2024-05-01\n"), "claims.csv")
	if err != nil {
		log.Fatal(err)
	}
	var out strings.Builder
	if err := claims.Write(&out, all); err != nil {
		log.Fatal(err)
	}
	again, err := claims.Read(strings.NewReader(out.String()), "claims.csv")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(again[0].Kind, again[0].Stage, again[0].AsKnownAt)
	// Output: mou signed 2024-05-01
}

func ExampleReadFirms() {
	firms, err := claims.ReadFirms(strings.NewReader("firm_id,name,aliases,country,is_financial_institution\nacme,Acme Components,Acme;ACPL,India,no\n"), "firms.csv")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(firms[0].ID, firms[0].Aliases, firms[0].Country, firms[0].FinancialInstitution)
	// Output: acme [Acme ACPL] IN no
}

// The words that a column takes, for a form or a check before a file is written.
func ExampleTerms() {
	fmt.Println(claims.Terms("stage"))
	fmt.Println(claims.Terms("note") == nil)
	// Output:
	// [rumoured discussed proposed signed operating completed suspended exited]
	// true
}

// A template for whoever collects claims; columns may be left out and stand in any order.
func ExampleColumns() {
	fmt.Println(claims.Columns()[:4])
	// Output: [engagement_id event_id parent_event_id subject_id]
}

func ExampleParseHS6() {
	fmt.Println(claims.ParseHS6("854231;854239"))
	fmt.Println(claims.ParseHS6("8542"))
	// Output:
	// [854231 854239] <nil>
	// [] "8542" is not an HS6 code; write the first six digits, without dots (a heading of four does not say enough)
}

// A currency without a rate on a day has no value in dollars; it is unknown, not zero.
func ExampleRates_On() {
	rates, err := claims.ReadRates(strings.NewReader("currency,usd,effective_from,effective_to,citation\nINR,0.012,2024-01-01,2025-01-01,the bank's yearly mean\n"), "rates.csv")
	if err != nil {
		log.Fatal(err)
	}
	for _, day := range []string{"2024-12-31", "2025-01-01"} {
		_, known := rates.On("INR", sanctions.MustParseDate(day))
		fmt.Println(day, known)
	}
	// Output:
	// 2024-12-31 true
	// 2025-01-01 false
}
