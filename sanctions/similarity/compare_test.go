package similarity_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

func compare(a, b string, kind sanctions.Kind) similarity.Comparison {
	return similarity.Compare(names.Parse(a, kind), names.Parse(b, kind), nil)
}

func ExampleCompare() {
	listed := names.Parse("Муромский приборостроительный завод, АО", sanctions.KindEntity)
	asked := names.Parse("JSC Muromski Priborostroitelny Zavod", sanctions.KindEntity)
	c := similarity.Compare(asked, listed, nil)
	fmt.Println(c.Score, c.Strength)

	c = similarity.Compare(names.Parse("Banco Santander S.A.", sanctions.KindEntity), names.Parse("Banco Santander Chile", sanctions.KindEntity), nil)
	fmt.Println(c.Strength)
	for _, reason := range c.Reasons() {
		fmt.Println(" ", reason)
	}
	// Output:
	// 0.9900 exact
	// weak
	//   same: "banco"
	//   same: "santander"
	//   missing: only the second has "chile"
	//   form missing: only the first has "sa"
}

// TestCompare is a table of pairs with the strength they must have, and why.
func TestCompare(t *testing.T) {
	const (
		entity = sanctions.KindEntity
		person = sanctions.KindPerson
		vessel = sanctions.KindVessel
	)
	for _, c := range []struct {
		a, b      string
		kind      sanctions.Kind
		low, high sanctions.Strength
		why       string
	}{
		{"ROSOBORONEKSPORT OAO", "Рособоронэкспорт", entity, sanctions.StrengthExact, sanctions.StrengthExact, "one name in two scripts; a legal form is missing"},
		{"Siemens Aktiengesellschaft", "Siemens AG", entity, sanctions.StrengthExact, sanctions.StrengthExact, "one legal form, long and short"},
		{"SiemensAG", "Siemens AG", entity, sanctions.StrengthStrong, sanctions.StrengthStrong, "the same letters, divided otherwise"},
		{"Gazprombank", "Gazprom Bank", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "one word and two"},
		{"OOO Altair Shipping", "Altair Shipping LLC", entity, sanctions.StrengthExact, sanctions.StrengthExact, "before and behind"},
		{"Altair Shipping GmbH", "Altair Shipping LLC", entity, sanctions.StrengthStrong, sanctions.StrengthStrong, "a conflict of forms costs little and shows"},
		{"TAMIN KALAYE SABZ ARAS COMPANY", "TAMIN KALAYE SABNZ ARAS COMPFANY", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "two typos, one in a word that all companies have"},
		{"COMERCIALIZADORA CACHO S.A. ED C.V.", "COMERCIALIZADORA CACHO S.A. DE C.V.", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a typo in a legal form with dots"},
		{"NPP Istok", "AO NPP ISTOK IM. SHOKINA", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "whom it is named after is left out"},
		{"Rosneft Trading SA", "Rosneft Trade Limited", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "other words and another form"},
		{"LVOE AND PEACC LTD", "Love and Peace Ltd", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a typo in each of two short words"},
		{"RIVRE LQNE GmbH", "River Lane GmbH", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "also where one of them is a common word"},
		{"GENERAL OFFICE OF SHIPYARDO PERATIONS", "General Office of Shipyard Operations", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "a space in the wrong place"},
		{"SONS DOF MERIDIAN", "Sons of Meridian", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "a misspelt particle is no word of the name"},
		{"AIL RASHIDUN TRUST", "Al Rashidun Trust", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "nor is a misspelt article"},
		{"MERIDIAN SHIPPING OC", "Meridian Shipping Co", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "nor a word that many bear"},
		{"MERIDIAN AQO", "AO Meridian", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "nor a legal form of two letters"},
		{"MERIDIAN SHIPPING OJCMS", "Meridian Shipping OJSC", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "or one of four, twice misspelt, where all else agrees"},
		{"Third Harbour GBH", "Third Harbour GmbH", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "also the only word that no table knows, if all others agree"},
		{"Al Zahir TV", "Al Zahir E.V.", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "but no word that tables know"},
		{"CK International Ltd", "DES International Co., Ltd.", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "nor the only name that it has"},
		{"Bank of Rossiya", "Russian Financial Corporation Bank JSC", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "a place and a common word are no name if the other has more"},
		{"Modern Technologies", "Sovremennyye Tekhnologii", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "nor are two common words that are translated"},
		{"Haokun Energy Group", "华坤能源集团", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "nor what is read Huakun"},
		{"Bahram Novin", "بهرام نوین", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "every letter that is written is spoken"},
		{"Bahram Navan", "بهرام نوین", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "a long vowel is another"},
		{"Silver Reed Foundation", "Фонд «Силвер Рид»", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "one word of another language stands for two"},
		{"Silver Reed Foundation", "Silver Reed Fund", entity, sanctions.StrengthWeak, sanctions.StrengthWeak, "which are two words in one language"},
		{"Stichting Silver Reed", "Silver Reed Foundation", entity, sanctions.StrengthStrong, sanctions.StrengthStrong, "a word names the other's legal form"},
		{"Silver Reed Stiftung", "Silver Reed Foundation", entity, sanctions.StrengthStrong, sanctions.StrengthStrong, "in any language"},
		{"Fondazione Orvi", "Orvi Foundation", entity, sanctions.StrengthStrong, sanctions.StrengthStrong, "beside one other word"},
		{"Stiftelsen Orvi", "Stichting Orvi", entity, sanctions.StrengthExact, sanctions.StrengthExact, "one legal form, with an article at its end"},
		{"Stichting Orvi", "Orvi, nadační fond", entity, sanctions.StrengthExact, sanctions.StrengthExact, "one legal form in two languages"},
		{"Orvi Charitable Fondation", "Orvi Charitable Foundation", entity, sanctions.StrengthStrong, sanctions.StrengthStrong, "the charitable is in the other's legal form"},
		{"Orvi Charitable Foundation", "Orvi Foundation", entity, sanctions.StrengthStrong, sanctions.StrengthStrong, "which may be told in fewer words"},
		{"Orvi Verein", "Orvi Association", entity, sanctions.StrengthStrong, sanctions.StrengthStrong, "an association"},
		{"Кооператив «Орви»", "Orvi Cooperative", entity, sanctions.StrengthStrong, sanctions.StrengthStrong, "a cooperative"},
		{"Orvi Business Trust", "Orvi Trust", entity, sanctions.StrengthStrong, sanctions.StrengthStrong, "a trust"},
		{"Al-Zirm", "Al-Karm", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "two slips behind it are too many"},
		{"Stichting Al-Zirm", "Stichting Al-Zurm", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "what stands behind an Arabic article is no code, and may be misspelt"},
		{"Orvi Group", "Orvi Concern", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "any firm may call itself a group, and a concern"},
		{"Orvi Plant", "Orvi Institute", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "a plant is no institute"},
		{"Imperial Tula Pump Plant", "Tula Pump Plant", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a place that agrees makes up for a common word that is missing"},
		{"Orintal Oil Kish", "اورینتال اویل کیش", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a word across scripts is not also the next one, whose sound is in it"},
		{"National Petrochemical Company", "شرکت ملی صنایع پتروشیمی", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "petrochemical industries, which English leaves at petrochemical"},
		{"Alzarqan Trading", "الزرقان للتجارة", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "an article written with the word in both"},
		{"Orvi Concern", "奥尔维集团", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "a concern and 集团 are one, but no name"},
		{"Kaga Motors", "कागा मोटर्स", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "one consonant, twice, and its vowels in Hindi"},
		{"Kago Motors", "कागा मोटर्स", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "which are others"},
		{"Orvi Foundation", "Orvi", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "a word that may be a legal form is left out like one"},
		{"Orvi Trust", "Orvi", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "a trust too"},
		{"Orvi Verein", "Orvi Foundation", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "which is no foundation"},
		{"Stichting National", "National Foundation", entity, sanctions.StrengthStrong, sanctions.StrengthStrong, "also beside a common word, which is all the name that both have"},
		{"Stichting National", "Federal Foundation", entity, sanctions.StrengthNone, sanctions.StrengthNone, "but a legal form alone is no name"},
		{"Navid Petroleum", "نفت نوید", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "oil and petroleum"},
		{"Headquarters Noor Afshan", "Noor Afshan", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "a word that says of what sort a body is may be left out"},
		{"Daraj Trading", "دراج للتجارة", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "j at the end is a consonant, but for Slavic names"},
		{"Korvan Maritime Shipping", "Korvan Maritime Shipping Energy", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a common word may be missing where others agree"},
		{"VESTSPECTRAN TRADING", "Vest Spectran Trading", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "a space is lost, and t and s fold where they meet"},
		{"Moststroy Irtan", "Mostst Roy Irtan", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "a space too many"},
		{"Orvicorp", "Orvi Corp", entity, sanctions.StrengthStrong, sanctions.StrengthStrong, "a space lost before the legal form"},
		{"Adl Trading", "عدل للتجارة", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "two consonants, if the vowels agree"},
		{"Adela Trading", "عدل للتجارة", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "a vowel at the end would be written"},
		{"Omari Trading", "مراعي للتجارة", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "and one at the start"},
		{"Khalij Navard", "خلیج نورد", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "ij is a Slavic ending in Slavic names only"},
		{"Rizqallah Group", "مجموعة رزق الله", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "one word and two"},
		{"Haibo Freight", "海博货运", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "two consonants that are read alike"},
		{"Korea Dano Trading Company", "조선단오무역회사", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "선단 is a fleet, but not across 조선 and 단오"},
		{"Hongtai Plant", "洪泰厂", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "one character at the end is a word"},
		{"Central Bank of Zembla", "بنك زمبلا المركزي", entity, sanctions.StrengthNone, sanctions.StrengthProbable, "a place that no table has parts bank and central"},
		{"Central Bank of Yemen", "بنك اليمن المركزي", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "one that a table has does not"},
		{"Tourism Bank", "بانک گردشگری", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "a translation is all that two scripts can share"},
		{"Military Hospital Nawwar", "مستشفى نوار العسكري", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "the gender of an adjective"},
		{"Nawwar Association for Agriculture", "جمعية نوار للزراعة", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "for the, written with the word"},
		{"Samsung Trading", "삼성무역", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "customary vowels of Korean names"},
		{"Huakun Energy Group", "华坤能源集团", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "unlike Huakun itself"},
		{"Titan Center Capital", "Capital S.A.L.", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "one common word is no name"},
		{"Харковський завод", "Kharkov Plant", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "an adjective of a place that no table has"},
		{"Federal Energy Leasing Company", "Федеральная энергетическая лизинговая компания", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "all of it translated"},
		{"Meridian QX", "Meridian QZ", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "codes of two letters differ"},
		{"Lver Peac", "Love Peace", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "three are too many"},
		{"AKL NVT", "AKB NVD", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "codes differ by a letter"},
		{"Delta Foods", "Delta Roads", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "one known word is no misspelling of another"},
		{"SXITH MERIDIAN", "Sixth Meridian", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a number in letters may be misspelt"},
		{"6 Meridian", "Sixh Meridian", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "one in digits is not"},
		{"TAMAYOZ", "TAAOMYOZ", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "two letters swapped, with a third between them"},
		{"ANDSH PAYVARAN", "Andisheh Payvaran", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "three letters are too many to lose"},
		{"STLO Y MODA", "Estilo y Moda", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "two letters of a short word are lost"},
		{"HAMAS", "HZMAS", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a typo in the only word"},
		{"Meridianscomm", "Meridianskom", entity, sanctions.StrengthExact, sanctions.StrengthExact, "other spellings and no slip: c and k, a doubled letter"},
		{"Visscomm", "Viskot", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "a slip beside two other spellings is too much for six letters"},
		{"Zartex", "Warteksy", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "x is one letter of the name, although its key has two"},
		{"MERIDAN LIMIETD", "Meridian Limited", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a slip in the name and one in its legal form"},
		{"ALKNO LTDA", "Alkon LTAD", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "also where the name is short"},
		{"Zarnivus", "Zarnivia", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "two letters at one end make another ending"},
		{"Zarbovit", "Zatbowit", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "two within the word are slips"},
		{"ZARN AHOTE", "Zarna Hotel", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a space that slipped, and a letter"},
		{"OOO Zelvit", "Zolvat, OOO", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "two slips in six letters, beside the same legal form"},
		{"Zelvit", "Zolvat", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "which two names without one do not share"},
		{"OOO Zelvit", "Zolvat", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "nor does one that has it alone"},
		{"OOO Zelvit", "Zolvat GmbH", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "and another speaks against it"},
		{"OOO Zelvit", "Zolvat Trading, OOO", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "as a word does that one has more"},
		{"Zelv, OOO", "Zalv, OOO", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "four letters may be another code"},
		{"Zervi, OOO", "Zorva, OOO", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "and two slips in five are too many"},
		{"ZELVI TS.A.", "Zelvit S.A.", entity, sanctions.StrengthExact, sanctions.StrengthExact, "a letter on the wrong side of the space before the form"},
		{"ZLVI TS.A.S.", "Zelvit S.A.S.", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "and a slip besides"},
		{"ZELVITS .A.", "Zelvit S.A.", entity, sanctions.StrengthExact, sanctions.StrengthExact, "or on the other wrong side"},
		{"ZELVI TLTD", "Zelvit Ltd", entity, sanctions.StrengthExact, sanctions.StrengthExact, "a form without dots, if it is long enough to be told"},
		{"Midle East Grain and Minral Development Company", "Middle East Grain and Mineral Development Company", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a phrase spelt otherwise is no translation"},
		{"Yamazaki Denki Kogyo", "山崎電機工業株式会社", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "a Japanese reading that a table has, and words of the trade in Latin letters"},
		{"Dalian Huaxin Maoyi Youxian Gongsi", "大连华信贸易有限公司", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "Chinese ones too"},
		{"Toyomi Motor Corporation", "トヨミ自動車株式会社", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a car and a motor; forms are translated freely"},
		{"Huaiyu Trading", "怀宇贸易", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "one consonant, and all vowels"},
		{"Huayi Trading", "怀宇贸易", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "of which none may differ"},
		{"Lotam Chemical", "로탐케미칼", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "one sound for l and r"},
		{"Hyunsung Shipping", "현성해운", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "vowels as Korean firms write them"},
		{"Bank Hapalgim Ltd", "בנק הפלגים בע\"מ", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "one letter for p and f"},
		{"Israel Galron Electric", "חברת החשמל גלרון לישראל", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "the article and to, written with Hebrew words"},
		{"Zelvit Industries Limited", "ज़ेल्वित इंडस्ट्रीज लिमिटेड", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "English words in Devanagari; one letter for j and z"},
		{"Ranjev Motors Limited", "रंजेव मोटर्स लिमिटेड", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a name of three consonants"},
		{"Subhiyan Trading", "صبحيان للتجارة", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "bh is two letters in Arabic"},
		{"Navid Oil Company", "شركة نوید للنفط", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "an oil company told in two words apart"},
		{"Office 47", "47호실", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "a number tells what common words do not"},
		{"Office 47", "48호실", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "which another does not"},
		{"Itihad Airways", "الاتحاد للطيران", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "two words that agree are all that two scripts can share"},
		{"BERATEX GROUP LIMITED", "BERATEX GROUP LIMITEC", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "a misspelt legal form is no word of the name"},
		{"Вымпелит", "State Research and Production Enterprise Vympelit JSC", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "what it lacks says only of what sort the body is"},
		{"Zarnitsa", "AO Nauchno-Proizvodstvennaya Korporatsiya Zarnitsa imeni P.P. Sidorova", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "nor does whom it is named after tell it apart"},
		{"Tula Instrument Plant named after A.B. Sidorov", "Tula Instrument Plant", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "nor where a place does"},
		{"Zarnitsa Plant imeni P.P. Sidorova", "Zarnitsa Plant named after I.I. Petrov", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "two persons tell two plants"},
		{"Sidorov Plant", "Zavod imeni P.P. Sidorova", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "unless it has no other name"},
		{"Volkhovets Shipyard", "Волховецкая верфь", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "an adjective of its name"},
		{"Krasnorudny Works", "Краснорудненский завод", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "also one in -enskiy"},
		{"Завод Зенита", "Zenit Plant", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "a genitive"},
		{"High Precision Optics", "Vysokotochnaya Optika", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "common words that together tell a name"},
		{"Meridian FC Bank", "Bank Financial Corporation Meridian", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "initials of a term beside another"},
		{"JSC RIC Meridian", "Research and Industrial Concern Meridian", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "or behind a legal form"},
		{"FC Meridian", "Meridian Financial Corporation", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "but not alone: a football club"},
		{"Meridian Engg. Ind. Ltd", "Meridian Engineering Industries Limited", entity, sanctions.StrengthProbable, sanctions.StrengthExact, "abbreviations of terms"},
		{"World Climate Organisation", "World Climate Organization", entity, sanctions.StrengthStrong, sanctions.StrengthExact, "two spellings"},
		{"Harbourside Defence Centre", "Harborside Defense Center", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "three of them"},
		{"MCRAY LASTIC LTD", "McRay Plastic Ltd", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "one letter of a long word, although lastic is rubber in Persian"},

		{"Onuga Works", "Онужский завод", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "g is zh before the ending of an adjective"},
		{"Borovikha Plants", "Боровихинские заводы", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "whose stem may end in -in"},
		{"Meridian Natl Oil Co", "Meridian National Oil Company", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "co is company in phrases too"},
		{"Banque Centrale du Zembla", "Central Bank of Zembla", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "a phrase in another language is not misspelt"},
		{"OKB Zarnitsa", "Zarnitsa Design Bureau", entity, sanctions.StrengthProbable, sanctions.StrengthStrong, "whatever sort of design bureau"},
		{"Zenda Bank", "Zenda Chartered Bank", entity, sanctions.StrengthNone, sanctions.StrengthStrong, "a form that is left out"},
		{"Try Zarnitsa Trading Company", "Try Zarnitsa Shipping Company", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "lines of business tell siblings"},
		{"ZAKRYTOE AKTSIONERONE OBSHCHESTVO ZARNITSA", "Zakrytoe Aktsionernoe Obshchestvo Zarnitsa", entity, sanctions.StrengthProbable, sanctions.StrengthProbable, "all words of a misspelt form are part of it"},
		{"Volkhovets Shipyard", "Volkhovets Bank", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "another business"},
		{"Zarnitsa-M LLC", "Zarnitsa Holding", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "a letter tells a sibling as a word does"},
		{"Zarnitsa Plant", "Zarnitsa Institute", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "two sorts of body are two bodies"},
		{"Try Meridian Engineering", "Try Meridian Import Export", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "each has a line of business that the other has not"},
		{"Siemens", "Siemens Energy", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "a line of business tells a sibling"},
		{"Rosneft", "Rosneft Deutschland GmbH", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "and so does a country"},
		{"Korea Shipping Company", "Korea Trading Company", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "a common word is all that tells them apart"},
		{"Listed Owner", "Unlisted Owner", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "a negation is no typo"},
		{"Blackstone Fund II", "Blackstone Fund VII", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "numbers tell funds apart"},
		{"Brigade 44", "Brigade 45", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "a digit is no typo"},
		{"Banco Santander S.A.", "Banco Santander Chile", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "a country tells a sibling"},
		{"Bank Melli", "National Bank", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "common words in other words"},
		{"Kone Oyj", "CONE S.A.", entity, sanctions.StrengthNone, sanctions.StrengthProbable, "a short word by ear is doubtful"},
		{"Entity B", "Entity D", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "letters tell entities apart"},
		{"Blackstone Fund II", "Blackstone Fund", entity, sanctions.StrengthNone, sanctions.StrengthProbable, "a number on one side only"},
		{"Bank of India", "Bank of Russia", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "countries tell banks apart"},
		{"International Trading Company", "International Group", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "generic words do not make a match"},
		{"Rosoboronexport", "Rostec", entity, sanctions.StrengthNone, sanctions.StrengthNone, "nothing in common but a syllable"},
		{"JOINT STOCK COMPANY", "АО", entity, sanctions.StrengthNone, sanctions.StrengthNone, "legal forms are no name"},
		{"JOINT STOCK COMPANY", "Joint-Stock Company", entity, sanctions.StrengthExact, sanctions.StrengthExact, "unless they are all of it, spelt alike"},
		{"KCP Limited", "CPP", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "acronyms are not spelt by ear"},
		{"North Atlantic Treaty Organization", "NATO", entity, sanctions.StrengthWeak, sanctions.StrengthWeak, "an acronym is a weak sign"},
		{"Kappa Resource Corporation", "KRC", entity, sanctions.StrengthWeak, sanctions.StrengthWeak, "in which the legal form may have its letter"},
		{"Kappa Resources of Zembla S.A.", "KRZSA", entity, sanctions.StrengthWeak, sanctions.StrengthWeak, "or letters"},
		{"Kappa Resources of Zembla S.A.", "KROZSA", entity, sanctions.StrengthWeak, sanctions.StrengthWeak, "and the particle too"},
		{"Modern Technologies Company", "Sovremennyye Tekhnologii", entity, sanctions.StrengthNone, sanctions.StrengthWeak, "company is no third word"},
		{"Al Jamaa", "Al-Jama'a/Northern Army", entity, sanctions.StrengthProbable, sanctions.StrengthExact, "one of two names in a text"},
		{"", "Altair", entity, sanctions.StrengthNone, sanctions.StrengthNone, "nothing against something"},
		{"", "", entity, sanctions.StrengthNone, sanctions.StrengthNone, "nothing is not the same as nothing"},

		{"Ротенберг Аркадий", "Arkady Romanovich ROTENBERG", person, sanctions.StrengthProbable, sanctions.StrengthProbable, "people leave out their patronymic"},
		{"SHOIGU, Sergei", "Sergey Shoygu", person, sanctions.StrengthExact, sanctions.StrengthExact, "order and romanisation"},
		{"D. Utkin", "UTKIN, Dmitriy Valeryevich", person, sanctions.StrengthProbable, sanctions.StrengthProbable, "an initial, and no patronymic"},
		{"Timchenko G. N.", "TIMCHENKO, Gennady Nikolayevich", person, sanctions.StrengthProbable, sanctions.StrengthProbable, "two initials"},
		{"Michelin", "El M", "", sanctions.StrengthNone, sanctions.StrengthNone, "an initial alone is no match"},
		{"Kim Jong Un", "Kim Yo Jong", person, sanctions.StrengthNone, sanctions.StrengthWeak, "each has a name of their own"},
		{"Alexander Ivanov", "Alexandra Ivanova", person, sanctions.StrengthNone, sanctions.StrengthWeak, "no name is the same"},
		{"A. Rotenberg", "Arkady Rotenberg", person, sanctions.StrengthProbable, sanctions.StrengthProbable, "an initial"},
		{"Malik Magomedovich Barkhanoev", "Malik Ruslanovich Barkhanoev", person, sanctions.StrengthNone, sanctions.StrengthWeak, "another patronymic is another man"},
		{"Fernando Castro", "Fidel Castro", person, sanctions.StrengthNone, sanctions.StrengthWeak, "another first name"},
		{"Al S.A.", "AL AZIZ, Sa'ud", person, sanctions.StrengthNone, sanctions.StrengthWeak, "initials alone are no person"},
		{"Abu T.Z.", "ZUHRI, Tahir Abu", person, sanctions.StrengthNone, sanctions.StrengthWeak, "nor with whose father he is"},
		{"Nasir Tamimi al-Haj", "Nasir Tamimi Alhaj", person, sanctions.StrengthProbable, sanctions.StrengthExact, "a title, however it is divided"},
		{"Salim bin Tariq Al Murri", "Tariq bin Salim Al Murri", person, sanctions.StrengthNone, sanctions.StrengthWeak, "father and son"},
		{"AL MURRI, Salim bin Tariq", "Salim bin Tariq Al Murri", person, sanctions.StrengthExact, sanctions.StrengthExact, "the family name first"},
		{"Mario Benitez", "Maria Benitez", person, sanctions.StrengthNone, sanctions.StrengthWeak, "given names that tables tell apart are no typos"},
		{"Teddy Bauer", "Theodor Bauer", person, sanctions.StrengthProbable, sanctions.StrengthExact, "a pet name"},
		{"Pawel Kanin", "Pavel Konev", person, sanctions.StrengthNone, sanctions.StrengthWeak, "two letters of five make another surname"},
		{"Hassan Karami", "حسين كرمي", person, sanctions.StrengthNone, sanctions.StrengthWeak, "names that tables know in both scripts are told apart, whatever their consonants"},
		{"MT Zarnitsa", "Zarnitsa", "", sanctions.StrengthExact, sanctions.StrengthExact, "a ship's prefix, also where the kind is not known"},
		{"MT Foods", "Foods", "", sanctions.StrengthNone, sanctions.StrengthWeak, "but not before a common word"},
		{"Victory", "Victoria", vessel, sanctions.StrengthNone, sanctions.StrengthProbable, "ships are told apart by a letter"},
	} {
		t.Run(c.a+" | "+c.b, func(t *testing.T) {
			got := compare(c.a, c.b, c.kind)
			if got.Strength < c.low || got.Strength > c.high {
				t.Errorf("%v %v, want %v to %v: %s\n%s", got.Score, got.Strength, c.low, c.high, c.why, strings.Join(got.Reasons(), "\n"))
			}
			switch { // strength and threshold say the same
			case got.Strength >= sanctions.StrengthProbable && got.Score < similarity.DefaultThreshold,
				got.Strength < sanctions.StrengthProbable && got.Score >= similarity.DefaultThreshold:
				t.Errorf("score %v does not go with strength %v", got.Score, got.Strength)
			}
		})
	}
}

// TestScoreMeansTheSameOnSmallLists compares with no corpus, a tiny one and one
// in which a word is common.
func TestScoreMeansTheSameOnSmallLists(t *testing.T) {
	a, b := names.Parse("Altair Shipping Company", sanctions.KindEntity), names.Parse("Altair Trading Company", sanctions.KindEntity)
	none := similarity.Compare(a, b, nil).Score
	tiny := similarity.Compare(a, b, names.NewWeights(10, func(string) int { return 1 })).Score
	assert.InDelta(t, float64(none), float64(tiny), 300, "ten names say next to nothing about how common a word is")
	common := similarity.Compare(a, b, names.NewWeights(100_000, func(s string) int {
		if s == "altair" {
			return 10_000
		}
		return 1
	})).Score
	assert.Less(t, common, none-1000, "a word in every tenth name tells little")
}

var syllables = rapid.SampledFrom([]string{"al", "ta", "ir", "ros", "obo", "ron", "mu", "rom", "ski", "bank", "ne", "ft", "Газ", "пром", "za", "vod", "x", "ch", "sh", "q"})

func word(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(syllables, 1, 4).Draw(t, "word"), "")
}

var form = rapid.SampledFrom([]string{"", "LLC", "OOO", "GmbH", "JSC", "Ltd", "limited liability company"})

func name(t *rapid.T) string {
	words := []string{}
	for range rapid.IntRange(1, 5).Draw(t, "words") {
		switch rapid.IntRange(0, 9).Draw(t, "what") {
		case 0:
			words = append(words, rapid.SampledFrom([]string{"company", "trading", "bank", "of", "the", "and"}).Draw(t, "generic"))
		case 1:
			words = append(words, rapid.SampledFrom([]string{"II", "7", "India", "Russia", "A."}).Draw(t, "mark"))
		default:
			words = append(words, word(t))
		}
	}
	return strings.Join(append(words, form.Draw(t, "form")), " ")
}

var kinds = rapid.SampledFrom([]sanctions.Kind{sanctions.KindEntity, sanctions.KindPerson, sanctions.KindVessel, sanctions.KindUnknown})

// TestCompareLaws holds the laws that Comparison promises.
func TestCompareLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := kinds.Draw(t, "kind")
		a, b := name(t), name(t)
		if rapid.Bool().Draw(t, "near") { // a relative of a, so that not all pairs are strangers
			words := strings.Fields(a)
			words[rapid.IntRange(0, len(words)-1).Draw(t, "at")] = word(t)
			b = strings.Join(words, " ")
		}
		ab, ba := compare(a, b, kind), compare(b, a, kind)
		if ab.Score != ba.Score || ab.Strength != ba.Strength {
			t.Fatalf("%q and %q: %v %v one way, %v %v the other", a, b, ab.Score, ab.Strength, ba.Score, ba.Strength)
		}
		if ab.Score > sanctions.SimilarityOne {
			t.Fatalf("%v is above one", ab.Score)
		}
		if len(names.Parse(a, kind).Tokens) > 0 {
			if same := compare(a, a, kind); same.Score != sanctions.SimilarityOne || same.Strength != sanctions.StrengthExact {
				t.Fatalf("%q and itself: %v %v", a, same.Score, same.Strength)
			}
		}
		if upper := compare(strings.ToUpper(a), b, kind); upper.Score != ab.Score {
			t.Fatalf("%q: letter case turns %v into %v", a, ab.Score, upper.Score)
		}
	})
}

// TestWordOrder holds that the order of words does not matter. Words are drawn
// such that no two make a phrase or a place.
func TestWordOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(rapid.StringMatching(`[b-df-hj-np-tv-z][aeiou][b-df-hj-np-tv-z]{2}[aeiou]k`), 2, 5, rapid.ID[string]).Draw(t, "words")
		other := rapid.Permutation(words).Draw(t, "other")
		asked := rapid.Permutation(words[:len(words)-1]).Draw(t, "asked")
		a, b := compare(strings.Join(asked, " "), strings.Join(words, " "), sanctions.KindEntity), compare(strings.Join(asked, " "), strings.Join(other, " "), sanctions.KindEntity)
		if a.Score != b.Score {
			t.Fatalf("%q: %v against %q, %v against %q", asked, a.Score, words, b.Score, other)
		}
	})
}

// TestLookAlikesAreTold holds that letters of another script are folded and shown.
func TestLookAlikesAreTold(t *testing.T) {
	c := compare("Меridian Shipping", "Meridian Shipping", sanctions.KindEntity) // Cyrillic М and е
	assert.Equal(t, sanctions.SimilarityOne, c.Score)
	assert.Contains(t, c.Reasons(), `look-alike letters: only the first has "meridian"`)
}

// TestHostileSounds holds that words of nothing but vowels take no time.
func TestHostileSounds(t *testing.T) {
	vowels := strings.Repeat("ai", 40)
	c := compare("b"+vowels[:40]+"d"+vowels[:16], "ب"+strings.Repeat("اي", 2000)+"ت", sanctions.KindEntity)
	assert.Less(t, c.Score, similarity.DefaultThreshold)
	c = compare("b"+vowels+"d", "ب"+strings.Repeat("ا", 20)+"د", sanctions.KindEntity)
	assert.Less(t, c.Score, similarity.DefaultThreshold)
}

func TestFormSpellingDoesNotMatter(t *testing.T) {
	for _, spelling := range []string{"OOO Altair", "Altair OOO", "ООО «Альтаир»", "Altair, L.L.C.", "Limited Liability Company Altair", "Altair LLC",
		"Obshchestvo s Ogranichennoy Otvetstvennostyu Altair"} {
		c := compare(spelling, "Altair LLC", sanctions.KindEntity)
		assert.Equal(t, sanctions.StrengthExact, c.Strength, spelling)
		assert.GreaterOrEqual(t, c.Score, sanctions.Similarity(9900), spelling)
	}
}

// plainEdits is the distance as its definition has it.
func plainEdits(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	cost := 1
	if a[len(a)-1] == b[len(b)-1] {
		cost = 0
	}
	best := min(plainEdits(a[:len(a)-1], b)+1, plainEdits(a, b[:len(b)-1])+1, plainEdits(a[:len(a)-1], b[:len(b)-1])+cost)
	if n, m := len(a), len(b); n > 1 && m > 1 && a[n-1] == b[m-2] && a[n-2] == b[m-1] {
		best = min(best, plainEdits(a[:n-2], b[:m-2])+1)
	}
	if n, m := len(a), len(b); n > 2 && m > 1 && a[n-1] == b[m-2] && a[n-3] == b[m-1] {
		best = min(best, plainEdits(a[:n-3], b[:m-2])+2)
	}
	if n, m := len(a), len(b); n > 1 && m > 2 && a[n-1] == b[m-3] && a[n-2] == b[m-1] {
		best = min(best, plainEdits(a[:n-2], b[:m-3])+2)
	}
	return best
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		limit int
		want  int
	}{
		{"solid", "slid", 2, 1}, {"hoeryong", "horeyong", 2, 1}, {"", "", 2, 0}, {"", "ab", 2, 2}, {"abc", "xyz", 2, 3},
		{"ca", "abc", 3, 2}, // swapped, and a letter put between
		{"tmayoz", "taomyoz", 2, 2}, {"industrial", "inuwdstrial", 2, 2},
		{"ш", "щ", 2, 1}, {"бан", "банк", 2, 1},
		{strings.Repeat("ab", 40), strings.Repeat("ab", 39) + "b", 2, 1}, // longer than the buffers
	} {
		assert.Equal(t, c.want, similarity.Edits(c.a, c.b, c.limit), "%q %q", c.a, c.b)
	}
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.StringOfN(rapid.SampledFrom([]rune("abcш")), 0, 7, -1)
		a, b := letters.Draw(t, "a"), letters.Draw(t, "b")
		limit := rapid.IntRange(0, 4).Draw(t, "limit")
		if got, want := similarity.Edits(a, b, limit), min(plainEdits([]rune(a), []rune(b)), limit+1); got != want {
			t.Fatalf("%q %q: %d, want %d", a, b, got, want)
		}
	})
}

// TestEditsOfLongWords makes words of known edits, which can only be found nearer.
func TestEditsOfLongWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := []rune(rapid.StringOfN(rapid.SampledFrom([]rune("abcdefgh")), 10, 70, -1).Draw(t, "a"))
		b := append([]rune(nil), a...)
		edits := rapid.IntRange(0, 3).Draw(t, "edits")
		for range edits {
			i := rapid.IntRange(0, len(b)-2).Draw(t, "at")
			switch rapid.IntRange(0, 2).Draw(t, "how") {
			case 0:
				b[i] = 'z'
			case 1:
				b = append(b[:i], b[i+1:]...)
			case 2:
				b = append(b[:i], append([]rune{'y'}, b[i:]...)...)
			}
		}
		if got := similarity.Edits(string(a), string(b), 5); got > edits {
			t.Fatalf("%q %q: %d edits, made with %d", string(a), string(b), got, edits)
		}
	})
}

func FuzzCompare(f *testing.F) {
	f.Add("ООО «Альтаир»", "Altair LLC", "entity")
	f.Add("بنك سامان", "Bank Saman", "entity")
	f.Add("A. B. C.", "\xff\xfe", "person")
	f.Fuzz(func(t *testing.T, a, b, kind string) {
		k := sanctions.Kind(kind)
		ab, ba := compare(a, b, k), compare(b, a, k)
		if ab.Score != ba.Score || ab.Score > sanctions.SimilarityOne {
			t.Fatalf("%q %q: %v and %v", a, b, ab.Score, ba.Score)
		}
		for _, r := range ab.Reasons() {
			if utf8.ValidString(a) && utf8.ValidString(b) && !utf8.ValidString(r) {
				t.Fatalf("reason %q", r)
			}
		}
	})
}

// A name from which a space is lost, or into which one slipped, has the same letters.
func TestSpacesSayLittle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[A-Z][a-z]{2,7}`), 2, 5).Draw(t, "words")
		name := strings.Join(words, " ")
		other := strings.Replace(name, " ", "", 1)
		if at := rapid.IntRange(1, len(words[0])-1).Draw(t, "at"); rapid.Bool().Draw(t, "put") {
			other = name[:at] + " " + name[at:]
		}
		c := compare(name, other, sanctions.KindEntity)
		if c.Score < similarity.DefaultThreshold {
			t.Fatalf("%q and %q: %v %q", name, other, c.Score, c.Reasons())
		}
	})
}

// TestEditsInBand holds the band against the whole table: an edit distance of longer words,
// made with swaps, that a wider limit finds is found with its own.
func TestEditsInBand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("abcdш")), 0, 14, -1)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		want := similarity.Edits(a, b, 40) // wider than any word: all cells
		limit := rapid.IntRange(0, 16).Draw(t, "limit")
		if got := similarity.Edits(a, b, limit); got != min(want, limit+1) {
			t.Fatalf("%q %q within %d: %d, want %d", a, b, limit, got, want)
		}
	})
}
