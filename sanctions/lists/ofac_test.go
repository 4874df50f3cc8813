package lists_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// ofacParty loads one party of OFAC's SDN list with the given remarks, of which
// the rest stands in the comments file.
func ofacParty(t *testing.T, programmes, remarks, rest string) *sanctions.Party {
	folder := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list\nsdn.csv,ofac-sdn,us-ofac-sdn\nc.csv,ofac-comments,us-ofac-sdn\n")},
		"sdn.csv":      {Data: fmt.Appendf(nil, "7,\"X\",-0- ,%q,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"%s\"\r\n\x1a", programmes, remarks)},
		"c.csv":        {Data: []byte("\x1a")},
	}
	if rest != "" {
		folder["c.csv"].Data = fmt.Appendf(nil, "7,\"%s\"\r\n\x1a", rest)
	}
	snapshot, _, err := lists.Open(folder)
	require.NoError(t, err)
	party, ok := snapshot.Party("us-ofac-sdn:7")
	require.True(t, ok)
	return party
}

// Which warnings of secondary sanctions are Russia-related. Peers read the one
// wording and miss the other, or take the Iran-related one for Russia's.
func TestSecondaryRiskByProgrammeAndSection(t *testing.T) {
	for _, c := range []struct {
		remark, basis string
		russia        bool
		why           string
	}{
		{"Secondary sanctions risk: See Section 11 of Executive Order 14024.", "EO 14024 s.11", true, "as published"},
		{"Secondary sanctions risk: See Section 11 of Executive Order 14024", "EO 14024 s.11", true, "the period is optional"},
		{"alt. Secondary sanctions risk: See Section 11 of Executive Order 14024.", "EO 14024 s.11", true, "a repeat"},
		{"Secondary sanctions risk: Ukraine-/Russia-Related Sanctions Regulations, 31 CFR 589.201 and/or 589.209", "31 CFR 589.201", true, "both sections"},
		{"Secondary sanctions risk: Ukraine-/Russia-Related Sanctions Regulations, 31 CFR 589.201", "31 CFR 589.201", true, "one section"},
		{"Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210", "North Korea Sanctions Regulations, sections 510.201 and 510.210", false, "another programme"},
		{"Secondary sanctions risk: section 1(b) of Executive Order 13224, as amended by Executive Order 13886", "section 1(b) of Executive Order 13224, as amended by Executive Order 13886", false, "terrorism"},
		{"Additional Sanctions Information - Subject to Secondary Sanctions", "additional information", false, "Iran"},
		{"Additional Sanctions Information - Subject to Secondary Sanctions Pursuant to the Hizballah Financial Sanctions Regulations", "additional information", false, "Hizballah"},
	} {
		p := ofacParty(t, "RUSSIA-EO14024", "Gender Male; "+c.remark, "")
		require.Len(t, p.SecondaryRisk, 1, c.why)
		assert.Equal(t, c.basis, p.SecondaryRisk[0].Basis, c.why)
		assert.Equal(t, c.russia, p.SecondaryRisk[0].Russia, c.why)
		assert.Equal(t, strings.TrimSuffix(strings.TrimPrefix(c.remark, "alt. "), "."), p.SecondaryRisk[0].Text, "the text stays as published")
	}
}

// Law: wherever OFAC cuts the remarks, the party is the same. The comments file
// goes on from the middle of a word.
func TestOverflowJoinsAnywhere(t *testing.T) {
	const remarks = "DOB circa 1962; POB Gorky, Russia; nationality Russia; Passport 530123456 (Russia) issued 12 May 2014; " +
		"Tax ID No. 7707083893 (Russia); Executive Order 13662 Directive Determination - Subject to Directive 3; " +
		"alt. Secondary sanctions risk: See Section 11 of Executive Order 14024.; something that nobody knows; a.k.a. 'PETYA'; Linked To: A B S.A."
	render := func(p *sanctions.Party) string {
		text, err := json.Marshal(p)
		require.NoError(t, err)
		return string(text)
	}
	want := render(ofacParty(t, "RUSSIA-EO14024", remarks, ""))
	for cut := 1; cut < len(remarks); cut++ {
		require.Equal(t, want, render(ofacParty(t, "RUSSIA-EO14024", remarks[:cut], remarks[cut:])), "cut behind %q", remarks[:cut])
	}
}

// What one part of OFAC's remarks becomes.
func TestRemarkParts(t *testing.T) {
	id := func(scheme sanctions.Scheme, value, country string) func(*sanctions.Party) bool {
		return func(p *sanctions.Party) bool {
			return len(p.Identifiers) == 1 && p.Identifiers[0].Scheme == scheme && p.Identifiers[0].Value == value && p.Identifiers[0].Country == country
		}
	}
	name := func(text string, kind sanctions.NameType, weak bool) func(*sanctions.Party) bool {
		return func(p *sanctions.Party) bool {
			return len(p.Names) == 2 && p.Names[1].Text == text && p.Names[1].Type == kind && p.Names[1].Weak == weak
		}
	}
	for _, c := range []struct {
		remark string
		is     func(*sanctions.Party) bool
		why    string
	}{
		{"a.k.a. 'BNC'.", name("BNC", sanctions.NameAlias, true), "quoted: a weak alias"},
		{"f.k.a. 'ANA I'", name("ANA I", sanctions.NameFormer, true), "a former name"},
		{"Tax ID No. 7718852163 (Russia)", id(sanctions.INN, "7718852163", "RU"), "a Russian tax number is an INN"},
		{"Registration Number 1027700132195 (Russia)", id(sanctions.OGRN, "1027700132195", "RU"), "a Russian registration number is an OGRN"},
		{"Registration Number 02696754 (United Kingdom)", id(sanctions.Registration, "02696754", "GB"), "elsewhere it is what it says"},
		{"Government Gazette Number 00032537 (Russia)", id(sanctions.OKPO, "00032537", "RU"), "OFAC's name of the OKPO"},
		{"Legal Entity Number 253400V1H6ART1UQ0N98 (Russia)", id(sanctions.LEI, "253400V1H6ART1UQ0N98", ""), "twenty characters are an LEI, given out for the world"},
		{"Legal Entity Number 851683897 (Netherlands)", id(sanctions.Registration, "851683897", "NL"), "nine digits are not"},
		{"Vessel Registration Identification IMO 9187629", id(sanctions.IMO, "9187629", ""), ""},
		{"Unified Social Credit Code (USCC) 9111000071093019X7 (China)", id(sanctions.USCC, "9111000071093019X7", "CN"), "brackets in the label"},
		{"SWIFT/BIC RUAGRUMM", id(sanctions.BIC, "RUAGRUMM", ""), ""},
		{"NIT # 800146749-7 (Colombia)", id(sanctions.Tax, "8001467497", "CO"), "a number sign"},
		{"Business Registration Number U74999MH2014PTC256789 (India)", id(sanctions.CIN, "U74999MH2014PTC256789", "IN"), "an Indian number of its shape is a CIN"},
		{"Istanbul Chamber of Commerce No. 537070 (Turkey)", id(sanctions.Registration, "537070", "TR"), "a label that no table has"},
		{"Folio Mercantil No. 4711 (Colima) (Mexico)", id(sanctions.Registration, "4711", "MX"), "the place of the register is not of the number"},
		{"Tax ID No. 4711008 Oaxaca (Mexico)", id(sanctions.Tax, "4711008", "MX"), "without brackets too"},
		{"Public Registration Number 4711, Doc. 99 (Panama)", id(sanctions.Registration, "4711", "PA"), "nor is another document"},
		{"Passport No.: 0471108, Malta, Issue Date 2 May 2001", id(sanctions.Passport, "0471108", ""), "nor a sentence"},
		{"National ID No. 9/Ma La Na (Aye)047110 (Burma)", id(sanctions.NationalID, "9MALANAAYE047110", "MM"), "names may be of the number, with digits behind"},
		{"National ID No. K471108(5) (Hong Kong)", id(sanctions.NationalID, "K4711085", "HK"), "so may brackets"},
		{"National ID No. CNIC: 35202-4711008-9 (Pakistan)", id(sanctions.NationalID, "3520247110089", "PK"), "a second name of the number"},
		{"Identification Number ISIN: RU0009029540", id(sanctions.ISIN, "RU0009029540", ""), "a second name that says more"},
		{"International Maritime Organization No. (9187629)", id(sanctions.IMO, "9187629", ""), "the number itself in brackets"},
		{"Passport A471108; Passport A471108 (Malta)", id(sanctions.Passport, "A471108", "MT"), "said twice, once with its country"},
		{"NIT # Provisional (Colombia)", func(p *sanctions.Party) bool { return len(p.Identifiers) == 0 && len(p.Remarks) == 1 }, "no number without a digit"},
		{"Driver's License is issued by the State of Ohio", func(p *sanctions.Party) bool { return len(p.Identifiers) == 0 && len(p.Remarks) == 1 }, "a sentence, no number"},
		{"Digital Currency Address - XBT ", func(p *sanctions.Party) bool { return len(p.Identifiers) == 0 && len(p.Remarks) == 1 }, "cut behind the currency"},
		{"PHONE 850 2 4711", id(sanctions.Phone, "85024711", ""), "case does not count"},
		{"Phone No. 263-4-4711", id(sanctions.Phone, "26344711", ""), ""},
		{"www.roe.ru", id(sanctions.Website, "www.roe.ru", ""), "no label at all"},
		{"info@x.example (email)", id(sanctions.Email, "info@x.example", ""), "no label at all"},
		{"Website www.roe.ru", id(sanctions.Website, "www.roe.ru", ""), ""},
		{"Email Address info@x.example", id(sanctions.Email, "info@x.example", ""), ""},
		{"Digital Currency Address - XBT 1BoatSLRHtKNngkdXEeobR76b53LETtpyT", id(sanctions.Crypto, "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", ""), "the case of an address counts"},
		{"Linked To: C.I. DISERCOM S.A.S.", func(p *sanctions.Party) bool {
			return len(p.Links) == 1 && p.Links[0] == sanctions.Link{Relation: "linked to", To: "C.I. DISERCOM S.A.S.", Source: p.Source}
		}, "the period of an abbreviation stays"},
		{"Owned or Controlled By: MINISTRY OF ARMAMENTS.", func(p *sanctions.Party) bool {
			return len(p.Links) == 1 && p.Links[0].Relation == "owned or controlled by" && p.Links[0].To == "MINISTRY OF ARMAMENTS"
		}, ""},
		{"(Linked To: POLAR LINES OOO)", func(p *sanctions.Party) bool { return len(p.Links) == 1 && p.Links[0].To == "POLAR LINES OOO" }, "brackets round the whole part"},
		{"nationality Korea, North", func(p *sanctions.Party) bool { return len(p.Countries) == 1 && p.Countries[0] == "KP" }, ""},
		{"DOB circa 1951", func(p *sanctions.Party) bool {
			return len(p.Births) == 1 && p.Births[0].Circa && p.Births[0].Period.String() == "[1951-01-01, 1952-01-01)"
		}, "a year is all its days, not the first of January"},
		{"Executive Order 14024 Directive Information Subject to Directive 1a - As of the effective date", func(p *sanctions.Party) bool {
			return len(p.Designations[0].Directives) == 1 && p.Designations[0].Directives[0] == "E.O. 14024 Directive 1A"
		}, ""},
		{"CAATSA Section 235 Information: SANCTIONS ON PRINCIPAL EXECUTIVE OFFICERS. Sec 235(a)(12)", func(p *sanctions.Party) bool {
			return len(p.Designations[0].MenuItems) == 1 && p.Designations[0].MenuItems[0] == "(a)(12)" && p.Designations[0].Has(sanctions.MenuBased)
		}, "with and without the point behind Sec"},
		{"collector of samovars", func(p *sanctions.Party) bool {
			return len(p.Remarks) == 1 && p.Remarks[0].Tag == "" && p.Remarks[0].Text == "collector of samovars"
		}, "kept as it stands"},
	} {
		p := ofacParty(t, "CUBA", c.remark, "")
		if !c.is(p) {
			text, _ := json.MarshalIndent(p, "", "  ")
			t.Errorf("%s (%s) gave %s", c.remark, c.why, text)
		}
	}
}

// A listing is not always blocking: what OFAC's programmes do in the one register
// and in the other.
// A line break inside remarks, such as an editor or a mailer leaves, is a space.
func TestRemarksOverLines(t *testing.T) {
	for _, breaks := range []string{"\n", "\r\n", "\n\n"} {
		p := ofacParty(t, "RUSSIA-EO14024", "Tax ID No. 7706107510"+breaks+"(Russia);"+breaks+"Gender"+breaks+"Male;"+breaks+"Registration"+breaks+"ID 1027700043502 (Russia)", "")
		assert.Len(t, p.Identifiers, 2, "%q: %v", breaks, p.Identifiers)
		for i, want := range []string{"inn:7706107510", "ogrn:1027700043502"} {
			assert.Equal(t, want, p.Identifiers[i].String(), "%q", breaks)
		}
	}
}

func TestProgrammesImplyTheMeasure(t *testing.T) {
	for _, c := range []struct {
		format, programme, remark string
		want                      []sanctions.Measure
		why                       string
	}{
		{"ofac-sdn", "UKRAINE-EO13662] [RUSSIA-EO14024", "", []sanctions.Measure{sanctions.Blocking}, "the SDN list blocks"},
		{"ofac-cons-prim", "UKRAINE-EO13662", "", []sanctions.Measure{sanctions.SectoralDirective}, "SSI"},
		{"ofac-cons-prim", "561-Related", "", []sanctions.Measure{sanctions.CAPTA}, ""},
		{"ofac-cons-prim", "CAATSA - RUSSIA", "", []sanctions.Measure{sanctions.MenuBased}, "NS-MBS"},
		{"ofac-cons-prim", "CMIC-EO13959", "", []sanctions.Measure{sanctions.SecuritiesBan}, ""},
		{"ofac-cons-prim", "NS-PLC", "", []sanctions.Measure{sanctions.OtherMeasure}, "rejected, not blocked"},
		{"ofac-cons-prim", "RUSSIA-EO14024", "Executive Order 14024 Directive Information Subject to Directive 2 - x", []sanctions.Measure{sanctions.CAPTA}, "the directive says more than the order"},
		{"ofac-cons-prim", "RUSSIA-EO14024", "", []sanctions.Measure{sanctions.SectoralDirective}, "no directive stated"},
		{"ofac-sdn", "CAATSA - RUSSIA", "CAATSA Section 235 Information: EXPORT SANCTIONS Sec. 235(a)(2)", []sanctions.Measure{sanctions.Blocking, sanctions.MenuBased}, ""},
	} {
		if c.remark == "" {
			c.remark = "-0- "
		} else {
			c.remark = `"` + c.remark + `"`
		}
		snapshot, _, err := lists.Open(one(c.format, fmt.Sprintf("7,\"X\",-0- ,%q,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,%s\r\n\x1a", c.programme, c.remark)))
		require.NoError(t, err)
		assert.Equal(t, c.want, snapshot.At(0).Designations[0].Measures, "%s %s", c.programme, c.why)
	}
}
