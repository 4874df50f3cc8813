package names_test

import (
	"cmp"
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

// A phrase and its abbreviation, in any of the languages of the tables, are one
// term; a place and a number tell siblings apart.
func ExampleParse_terms() {
	for _, text := range []string{"НПО «Искра»", "Iskra Research and Production Association", "Iskra (India) No. 2"} {
		for _, t := range names.Parse(text, sanctions.KindEntity).Tokens {
			fmt.Print("[", t.Class, " ", cmp.Or(t.Term, t.Key), "]")
		}
		fmt.Println()
	}
	// Output:
	// [word npo][word iskra]
	// [word iskra][word npo]
	// [word iskra][qualifier india][particle number][number 2]
}

// One slice serves many names.
func ExampleAppendTokens() {
	var tokens []names.Token
	for _, text := range []string{"Bharat Forge Ltd", "Кузнецов и Ко"} {
		tokens = names.AppendTokens(tokens[:0], text, sanctions.KindEntity)
		fmt.Println(len(tokens), tokens[0].Key)
	}
	// Output:
	// 3 bharat
	// 3 kuznecov
}

// A skeleton finds candidates in another script.
func ExampleToken_Skeleton() {
	for _, text := range []string{"بنك سامان", "Bank Saman", "भारत", "Bharat"} {
		for _, t := range names.Parse(text, sanctions.KindEntity).Tokens {
			fmt.Print("[", t.Skeleton(), "]")
		}
		fmt.Println()
	}
	// Output:
	// [bnk][smn]
	// [bnk][smn]
	// [brt]
	// [brt]
}

func ExampleAppendSkeleton() {
	var buf []byte
	for _, t := range names.Parse("Рособоронэкспорт", sanctions.KindEntity).Tokens {
		buf = names.AppendSkeleton(buf[:0], &t)
		fmt.Printf("%s\n", buf)
	}
	// Output:
	// rsbrnksbrt
}

// A reading is one way to say a word; Kunlun Bank is the other name of it.
func ExampleToken_Reading() {
	for _, text := range []string{"昆仑银行", "Kunlun Bank", "トヨタ"} {
		t := names.Parse(text, sanctions.KindEntity).Tokens[0]
		fmt.Println(t.Script, t.Reading())
	}
	// Output:
	// han kunlun
	// latin kunlun
	// kana toiota
}

// ООО and GmbH translate each other, an open joint-stock company is another
// sort of body.
func ExampleFamily() {
	for _, form := range []string{"llc", "gmbh", "open_jsc", "nothing"} {
		fmt.Printf("%s %q\n", form, names.Family(form))
	}
	// Output:
	// llc "limited"
	// gmbh "limited"
	// open_jsc "stock"
	// nothing ""
}

// What a name may be abbreviated to, its legal form and particles included.
func ExampleAcronyms() {
	var weights *names.Weights // the shipped tables only
	words := weights.Append(nil, names.Parse("Northern Valve and Pump Works Ltd", sanctions.KindEntity))
	for acronym := range names.Acronyms(nil, words) {
		fmt.Println(string(acronym))
	}
	// Output:
	// nvpw
	// nvpwltd
	// nvapw
	// nvapwltd
}

// A word that many companies bear weighs little, in thousandths; its legal form is compared apart.
func ExampleWeights_Weight() {
	var weights *names.Weights
	for _, t := range names.Parse("Kvantor Trading LLC", sanctions.KindEntity).Tokens {
		fmt.Println(t.Text, weights.Weight(&t))
	}
	// Output:
	// kvantor 1000
	// trading 71
	// llc 0
}
