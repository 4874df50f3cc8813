package names_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

func ExampleVariants() {
	for _, name := range names.Variants("JSC Voentelecom (formerly known as Voyentelekom) / АО «Воентелеком»") {
		fmt.Println(name)
	}
	// Output:
	// JSC Voentelecom
	// АО «Воентелеком»
	// Voyentelekom
}

func TestVariants(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
		why  string
	}{
		{"Bharat Forge Limited", []string{"Bharat Forge Limited"}, "one name stays as it is"},
		{"JSC Zavolzhsky Plant (‘ZZGT’)", []string{"JSC Zavolzhsky Plant", "ZZGT"}, "an acronym at the end is another name"},
		{"Alpha Bank (ABK) (Альфа-Банк)", []string{"Alpha Bank", "ABK", "Альфа-Банк"}, "two brackets are two names"},
		{"ACE (HK) Electronics Co., Ltd", []string{"ACE (HK) Electronics Co., Ltd"}, "a place belongs to the name"},
		{"Vega Chemicals (India)", []string{"Vega Chemicals (India)"}, "also at the end: it tells siblings apart"},
		{"Vega Chemicals (P) Ltd", []string{"Vega Chemicals (P) Ltd"}, "so does a legal form"},
		{"Texel Technology (2100) Ltd", []string{"Texel Technology (2100) Ltd"}, "and a number"},
		{"Вектор (особая экономическая зона)", []string{"Вектор (особая экономическая зона)"}, "a description is no name"},
		{"Foo (Bar) Trading House", []string{"Foo (Bar) Trading House"}, "a bracket within the text belongs to the name"},
		{"Kalinin Union (formerly India)", []string{"Kalinin Union", "India"}, "a marker settles it"},
		{"JSC Far Bank (OOO Far Bank)", []string{"JSC Far Bank", "OOO Far Bank"}, "a legal form begins a name"},
		{"Economic Union (Ekonomicheskiy Soyuz)", []string{"Economic Union", "Ekonomicheskiy Soyuz"}, "a translation repeats the terms"},
		{"Дальний Восток (Far East", []string{"Дальний Восток (Far East"}, "one term in other letters is a gloss"},
		{"Завод Вектор (Vektor Plant", []string{"Завод Вектор", "Vektor Plant"}, "a bracket may be left open"},
		{"DOBROLET a.k.a. DOBROLYOT", []string{"DOBROLET", "DOBROLYOT"}, "a marker without a bracket"},
		{"AKA Holding", []string{"AKA Holding"}, "a name may begin like a marker"},
		{"Akademia Nauk", []string{"Akademia Nauk"}, "a marker is a whole word"},
		{"RFNC-VNIITF / VNIITF", []string{"RFNC-VNIITF", "VNIITF"}, "a slash with spaces"},
		{"A/S Norsk Hydro", []string{"A/S Norsk Hydro"}, "a slash without"},
		{"Resort ‘Nizhnyaya Oreanda’ Санаторий ‘Нижняя Ореанда’", []string{"Resort ‘Nizhnyaya Oreanda’", "Санаторий ‘Нижняя Ореанда’"}, "two scripts, two names"},
		{"OOO Гаскар Групп", []string{"OOO Гаскар Групп"}, "a form in other letters is no name"},
		{"AO НПП Радар ММС Holding", []string{"AO НПП Радар ММС Holding"}, "a mixture of scripts is one name"},
		{"‘’ (НПП Аэросила)", []string{"НПП Аэросила"}, "nothing before the bracket"},
		{"Concern Fine Machines - JSC RIC FINMASH", []string{"Concern Fine Machines", "JSC RIC FINMASH"}, "a legal form begins a name after a dash"},
		{"Kappa Resource Corporation – KRC", []string{"Kappa Resource Corporation", "KRC"}, "the acronym of what stands before it"},
		{"Volma Plant JSC - management company of holding Volma", []string{"Volma Plant JSC - management company of holding Volma", "Volma Plant JSC"}, "what it manages is not its name"},
		{"Reductor - PM", []string{"Reductor - PM"}, "else it belongs to the name"},
		{"Hotel Casa Verde - Belgrade, Serbia", []string{"Hotel Casa Verde - Belgrade, Serbia"}, "so does a place"},
		{"Al-Jamaa/Northern Army", []string{"Al-Jamaa/Northern Army", "Al-Jamaa", "Northern Army"}, "a slash between names; the whole stays"},
		{"ВТН/Волгаторг", []string{"ВТН/Волгаторг", "ВТН", "Волгаторг"}, "two words"},
		{"Precision Import/Export Corp", []string{"Precision Import/Export Corp"}, "a slash between common words"},
		{"Tir Industries of Isfahan/Esfahan", []string{"Tir Industries of Isfahan/Esfahan"}, "or places"},
		{"DHKP/C", []string{"DHKP/C"}, "or letters"},
		{"Акционерное общество «Вектор» АО «НПП „Вектор“»", []string{"Акционерное общество «Вектор»", "АО «НПП „Вектор“»"}, "a legal form begins a name after a quote, too"},
		{"ПАО ‘Банк ВКТ’, ПАО ‘Вектбанк’, ООО «Вб»", []string{"ПАО ‘Банк ВКТ’", "ПАО ‘Вектбанк’", "ООО «Вб»"}, "or after a comma"},
		{"ООО «Вектор», Лимитед", []string{"ООО «Вектор», Лимитед"}, "a form alone is none"},
		{"Завод «Вектор» АО «Север»", []string{"Завод «Вектор» АО «Север»"}, "a name that does not begin with one may end with the firm it belongs to"},
		{"ZELVI TS.A.", []string{"ZELVI TS.A.", "ZELVIT S.A."}, "a letter on the wrong side of the space before a form"},
		{"ZELVITL TD", []string{"ZELVITL TD", "ZELVIT LTD"}, "or the other wrong side"},
		{"Alfa Casa", []string{"Alfa Casa"}, "asa is a form, but casa is likelier a word"},
		{"Alfa Visa", []string{"Alfa Visa"}, "and sa is too short to tell"},
		{"Delta Ltd", []string{"Delta Ltd"}, "a form that is right stays"},
		{" .A.", []string{".A."}, "nothing before the space"},
		{"", []string{""}, "nothing at all"},
		{"(((", []string{"((("}, "no letter"},
	} {
		assert.Equal(t, c.want, names.Variants(c.text), "%s: %s", c.text, c.why)
	}
}
