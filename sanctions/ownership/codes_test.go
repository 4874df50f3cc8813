package ownership_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// said writes what a file says, an interest a line without its place: owner, kind,
// share, owned, period and what the source says.
func said(format ownership.Format, data string) string {
	read := map[ownership.Format]func(string) func(func(registers.Interest, error) bool){
		ownership.FormatGLEIF: func(s string) func(func(registers.Interest, error) bool) {
			return registers.GLEIF(strings.NewReader(s), "f")
		},
		ownership.FormatBODS: func(s string) func(func(registers.Interest, error) bool) {
			return registers.BODS(strings.NewReader(s), "f")
		},
		ownership.FormatPSC: func(s string) func(func(registers.Interest, error) bool) {
			return registers.PSC(strings.NewReader(s), "f")
		},
		ownership.FormatFollowTheMoney: func(s string) func(func(registers.Interest, error) bool) {
			return registers.FollowTheMoney(strings.NewReader(s), "f")
		},
	}
	var out []string
	for in, err := range read[format](data) {
		if err != nil {
			out = append(out, err.Error())
			continue
		}
		out = append(out, fmt.Sprint(in.OwnerID, " ", in.Kind, " ", in.Share, " ", in.OwnedID, " ", in.Period, " ", in.Stated))
	}
	return strings.Join(out, "\n")
}

// TestPSCCodes: every nature of control, statement and kind of the register is read.
// The codes are those of psc_descriptions.yml in Companies House's api-enumerations.
func TestPSCCodes(t *testing.T) {
	psc := func(kind, rest string) string {
		return said(ownership.FormatPSC, fmt.Sprintf(`{"company_number":"OE000001","data":{"kind":%q,"name":"A","links":{"self":"/x"}%s}}`, kind, rest))
	}
	nature := func(code string) string {
		return psc("individual-beneficial-owner", fmt.Sprintf(`,"natures_of_control":[%q]`, code))
	}
	companies, overseas := []string{"", "-as-trust", "-as-firm"}, []string{"", "-as-trust", "-as-firm", "-as-control-over-trust", "-as-control-over-firm"}
	for prefix, kind := range map[string]string{"ownership-of-shares": "shares", "voting-rights": "votes", "right-to-share-surplus-assets": "ownership", "part-right-to-share-surplus-assets": "ownership"} {
		for band, share := range map[string]string{"25-to-50": "(25,50]", "50-to-75": "(50,75)", "75-to-100": "[75,100]"} {
			for _, as := range companies {
				for _, of := range []string{"", "-limited-liability-partnership"} {
					code := prefix + "-" + band + "-percent" + as + of
					assert.Equal(t, "x "+kind+" "+share+" gb-coh:OE000001 [, ) PSC register: "+code, nature(code))
				}
			}
		}
		for _, as := range overseas {
			code := prefix + "-more-than-25-percent" + as + "-registered-overseas-entity"
			assert.Equal(t, "x "+kind+" (25,100] gb-coh:OE000001 [, ) PSC register: "+code, nature(code))
		}
	}
	for prefix, want := range map[string]string{"right-to-appoint-and-remove-directors": "board (50,100]", "right-to-appoint-and-remove-members": "board (50,100]",
		"right-to-appoint-and-remove-person": "board (50,100]", "significant-influence-or-control": "control [0,100]"} {
		for _, as := range overseas {
			for _, of := range []string{"", "-limited-liability-partnership", "-registered-overseas-entity"} {
				assert.Equal(t, "x "+want+" gb-coh:OE000001 [, ) PSC register: "+prefix+as+of, nature(prefix+as+of))
			}
		}
	}
	for _, code := range []string{"registered-owner-as-nominee-person-england-wales-registered-overseas-entity", "registered-owner-as-nominee-another-entity-scotland-registered-overseas-entity"} {
		assert.Equal(t, "x unknown [0,100] gb-coh:OE000001 [, ) PSC register: "+code, nature(code), "land held for somebody is no share")
	}
	assert.Contains(t, nature("ownership-of-shares-10-to-25-percent"), `f:1:130: data.natures_of_control[0] = "ownership-of-shares-10-to-25-percent": no band`)

	for _, kind := range []string{"individual", "corporate-entity", "legal-person"} {
		for _, of := range []string{"-person-with-significant-control", "-beneficial-owner"} {
			assert.Equal(t, "x unknown [0,100] gb-coh:OE000001 [, ) PSC register", psc(kind+of, ""))
		}
	}
	assert.Equal(t, " unknown [0,100] gb-coh:OE000001 [, ) PSC register: a protected person", psc("super-secure-person-with-significant-control", ""))
	assert.Equal(t, " unknown [0,100] gb-coh:OE000001 [, 2024-01-01) PSC register: a protected person", psc("super-secure-beneficial-owner", `,"ceased":true,"ceased_on":"2024-01-01"`))
	assert.Empty(t, psc("super-secure-beneficial-owner", `,"ceased":true`), "over, and nobody says since when")
	assert.Empty(t, psc("exemptions", ""))
	assert.Empty(t, psc("totals#persons-of-significant-control-snapshot", ""))
	assert.Equal(t, "x unknown [0,100] gb-coh:OE000001 [, ) PSC register; the register says that the owner is sanctioned", psc("individual-beneficial-owner", `,"is_sanctioned":true`))
	assert.Contains(t, psc("director", ""), `data.kind = "director": unknown kind of record`)

	for code, hides := range map[string]bool{"no-individual-or-entity-with-signficant-control": false, "no-individual-or-entity-with-signficant-control-partnership": false,
		"psc-exists-but-not-identified": true, "psc-details-not-confirmed": true, "steps-to-find-psc-not-yet-completed": true, "psc-contacted-but-no-response": true,
		"psc-has-failed-to-confirm-changed-details-partnership": true, "restrictions-notice-issued-to-psc": true, "all-beneficial-owners-identified": false,
		"no-beneficial-owner-identified": true, "at-least-one-beneficial-owner-unidentified": true, "information-not-provided-for-at-least-one-beneficial-owner": true,
		"nobody-has-become-or-ceased-to-be-a-beneficial-owner": false, "no-trust-involved-relevant-period": false} {
		want := ""
		if hides {
			want = " unknown [0,100] gb-coh:OE000001 [, ) PSC register: " + code
		}
		assert.Equal(t, want, psc("persons-with-significant-control-statement", fmt.Sprintf(`,"statement":%q`, code)), code)
	}
}

// TestBODSCodes: every type of interest, reason, status and relation of BODS 0.4 is
// read, and what the standard does not have is a fault.
func TestBODSCodes(t *testing.T) {
	for kind, types := range map[string]string{
		"shares": "shareholding", "votes": "votingRights", "board": "appointmentOfBoard boardMember boardChair seniorManagingOfficial",
		"control":   "otherInfluenceOrControl rightsGrantedByContract conditionalRightsGrantedByContract controlViaCompanyRulesOrArticles controlByLegalFramework",
		"trust":     "settlor trustee protector beneficiaryOfLegalArrangement",
		"ownership": "rightsToSurplusAssetsOnDissolution rightsToProfitOrIncome rightToProfitOrIncomeFromAssets enjoymentAndUseOfAssets",
		"unknown":   "unknownInterest unpublishedInterest nominee nominator"} {
		for _, typ := range strings.Fields(types) {
			share := "[0,100]"
			if kind == "board" && typ != "appointmentOfBoard" {
				share = "[0,50]"
			}
			for _, direct := range []string{"direct", "unknown"} {
				assert.Equal(t, "p "+kind+" "+share+" e [, ) BODS "+typ, said(ownership.FormatBODS, bods(`"e"`, `"p"`, fmt.Sprintf(`{"type":%q,"directOrIndirect":%q}`, typ, direct))))
			}
		}
	}
	for _, reason := range []string{"subjectUnableToConfirmOrIdentifyBeneficialOwner", "interestedPartyHasNotProvidedInformation", "subjectExemptFromDisclosure",
		"interestedPartyExemptFromDisclosure", "unknown", "informationUnknownToPublisher"} {
		assert.Equal(t, " unknown [0,100] e [, ) BODS: "+reason, said(ownership.FormatBODS, bods(`"e"`, fmt.Sprintf(`{"reason":%q}`, reason), "")))
		assert.Empty(t, said(ownership.FormatBODS, bods(fmt.Sprintf(`{"reason":%q}`, reason), `"p"`, "")), "nobody is owned")
	}
	assert.Empty(t, said(ownership.FormatBODS, bods(`"e"`, `{"reason":"noBeneficialOwners"}`, "")))
	for record, fault := range map[string]string{
		bods(`"e"`, `{"reason":"shy"}`, ""):                                              `recordDetails.interestedParty = "shy"`,
		bods(`{"reason":"shy"}`, `"p"`, ""):                                              `recordDetails.subject = "shy"`,
		bods(`"e"`, `"p"`, `{"type":"trustee","directOrIndirect":"both"}`):               `directOrIndirect = "both": known are direct, indirect and unknown`,
		`{"statementType":"ownershipOrControlStatement"}`:                                `statementType = "ownershipOrControlStatement": a statement of BODS before 0.4`,
		`{"recordType":"entity"}`:                                                        `recordId = "": the statement belongs to no record`,
		`{"recordType":"relationship","recordId":"r","recordStatus":"retracted"}`:        `recordStatus = "retracted": known are new, updated and closed`,
		`{"recordType":"relationship","recordId":"r","statementDate":"1 March 2025"}`:    `statementDate = "1 March 2025"`,
		strings.Replace(bods(`"e"`, `"p"`, ""), `"recordId":"r"`, `"recordId":"" `, 1):   `recordId = ""`,
		strings.Replace(bods(`"e"`, `"p"`, ""), `"subject":"e"`, `"subject":[1]`, 1):     `recordDetails.subject = ""`,
		strings.Replace(bods(`"e"`, `"p"`, ""), `"interestedParty":"p"`, `"other":1`, 1): `recordDetails.interestedParty = ""`,
	} {
		assert.Contains(t, said(ownership.FormatBODS, record), fault)
	}
}

// TestBODSRecordsOverTime: what a record says at a time is what its statements say by
// their dates, in whatever order they stand.
func TestBODSRecordsOverTime(t *testing.T) {
	version := func(day, status, interests string) string {
		return fmt.Sprintf(`{"statementDate":%q,"recordStatus":%q,"recordType":"relationship","recordId":"r","recordDetails":{"subject":"e","interestedParty":"p","interests":[%s]}}`, day, status, interests)
	}
	first := version("2020-01-01", "new", `{"type":"shareholding","share":{"exact":60}}`)
	second := version("2022-01-01", "updated", `{"type":"shareholding","share":{"exact":40},"endDate":"2030-01-01"}`)
	third := version("2024-01-01", "closed", ``)
	want := "p shares 60 e [, 2022-01-01) BODS shareholding\np shares 40 e [, 2024-01-01) BODS shareholding"
	for _, order := range [][]string{{first, second, third}, {third, first, second}, {second, third, first}} {
		assert.Equal(t, want, said(ownership.FormatBODS, strings.Join(order, "\n")))
	}
	assert.Equal(t, "p shares 40 e [, 2030-01-01) BODS shareholding",
		said(ownership.FormatBODS, version("2020-01-01", "new", `{"type":"shareholding","share":{"exact":60},"startDate":"2023-01-01"}`)+"\n"+second),
		"what was to begin later was changed before it did")
	assert.Equal(t, "p shares 40 e [, 2030-01-01) BODS shareholding",
		said(ownership.FormatBODS, version("", "new", `{"type":"shareholding","share":{"exact":60}}`)+"\n"+strings.Replace(second, "2022-01-01", "", 1)),
		"without days the later statement in the file stands")
}

// TestNamelessOwners: an owner of whom a register tells nothing but a number of its own
// is one whom it does not name, unless he is owned himself, or somebody knows the id.
func TestNamelessOwners(t *testing.T) {
	status := func(format ownership.Format, data string, known ...string) sanctions.OwnershipStatus {
		b := ownership.NewBuilder()
		if known != nil {
			b.Expect(nil, func(id string) bool { return id == known[0] })
		}
		require.NoError(t, b.Read(fstest.MapFS{"f": {Data: []byte(data)}}, ownership.File{Path: "f", Format: format}))
		a, err := ownership.Solve(b.Graph(), ownership.BuiltinRegimes(), nil, lawDay)
		require.NoError(t, err)
		return verdict(t, a, "e", "us-ofac").Status
	}
	person := func(details string) string {
		return "\n" + `{"recordType":"person","recordId":"p","recordDetails":` + details + `}`
	}
	relation := bods(`"e"`, `"p"`, `{"type":"shareholding","share":{"exact":60}}`)
	for data, want := range map[string]sanctions.OwnershipStatus{
		relation: sanctions.OwnershipUnknown,
		relation + person(`{"personType":"unknownPerson"}`):                                              sanctions.OwnershipUnknown,
		relation + person(`{"personType":"anonymousPerson","names":[]}`):                                 sanctions.OwnershipUnknown,
		relation + person(`{"names":[{"fullName":"Jane Owner"}]}`):                                       sanctions.OwnershipNone,
		relation + person(`{"names":[{"givenName":"Jane","familyName":"Owner"}]}`):                       sanctions.OwnershipNone,
		relation + person(`{"identifiers":[{"scheme":"RU-INN","id":"7707083893"}]}`):                     sanctions.OwnershipNone,
		relation + "\n" + strings.Replace(bods(`"p"`, `"q"`, ""), `"recordId":"r"`, `"recordId":"s"`, 1): sanctions.OwnershipNone,
		strings.Replace(relation, `"p"`, `"gb-coh:01234567"`, 1):                                         sanctions.OwnershipNone,
	} {
		assert.Equal(t, want, status(ownership.FormatBODS, data), data)
	}
	assert.Equal(t, sanctions.OwnershipNone, status(ownership.FormatBODS, relation, "p"), "the caller knows the id")
	edge := `{"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":["e"],"percentage":["60"]}}`
	assert.Equal(t, sanctions.OwnershipUnknown, status(ownership.FormatFollowTheMoney, edge))
	assert.Equal(t, sanctions.OwnershipNone, status(ownership.FormatFollowTheMoney, edge+"\n"+`{"id":"p","schema":"Person","caption":"Jane Owner"}`))
	assert.Equal(t, sanctions.OwnershipNone, status(ownership.FormatFollowTheMoney, edge, "p"))
	a := said(ownership.FormatPSC, `{"company_number":"1","data":{"kind":"individual-person-with-significant-control","links":{"self":"/x"}}}`)
	assert.Equal(t, "x unknown [0,100] gb-coh:00000001 [, ) PSC register", a)
}

// TestGLEIFCodes: every code of relationship records and reporting exceptions is read,
// and others are faults.
func TestGLEIFCodes(t *testing.T) {
	const child, parent = "TESTCHILD00000000062", "TESTPARENT0000000020"
	rr := func(kind, status, registration, periods string) string {
		return said(ownership.FormatGLEIF, "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType,Relationship.RelationshipStatus,Registration.RegistrationStatus,Registration.LastUpdateDate,"+
			"Relationship.Period.1.startDate,Relationship.Period.1.endDate,Relationship.Period.1.periodType\n"+child+","+parent+","+kind+","+status+","+registration+",2024-05-01T00:00:00Z,"+periods+"\n")
	}
	line := func(what, period, kind string) string {
		return fmt.Sprintf("lei:%s %s lei:%s %s GLEIF %s", parent, what, child, period, kind)
	}
	for kind, what := range map[string]string{"IS_DIRECTLY_CONSOLIDATED_BY": "unknown [0,100]", "IS_ULTIMATELY_CONSOLIDATED_BY": "unknown [0,100]",
		"IS_INTERNATIONAL_BRANCH_OF": "ownership 100", "IS_FUND-MANAGED_BY": "control [0,100]", "IS_SUBFUND_OF": "unknown [0,100]"} {
		assert.Equal(t, line(what, "[, )", kind), rr(kind, "ACTIVE", "PUBLISHED", ",,"))
	}
	assert.Equal(t, fmt.Sprintf("lei:%s unknown [0,100] lei:%s [, ) GLEIF IS_FEEDER_TO", child, parent), rr("IS_FEEDER_TO", "ACTIVE", "PUBLISHED", ",,"))
	const direct = "IS_DIRECTLY_CONSOLIDATED_BY"
	for _, c := range []struct{ status, registration, periods, period, why string }{
		{"ACTIVE", "LAPSED", ",,", "[, )", "an old statement"},
		{"ACTIVE", "PENDING_VALIDATION", ",,", "[, )", "not validated yet"},
		{"NULL", "PENDING_TRANSFER", ",,", "[, )", "on its way to another issuer"},
		{"ACTIVE", "PENDING_ARCHIVAL", ",,", "[, )", "on its way out"},
		{"ACTIVE", "RETIRED", ",,", "[, 2024-05-01)", "retired on the day of the last update"},
		{"INACTIVE", "PUBLISHED", ",,", "[, 2024-05-01)", "over since the last update"},
		{"INACTIVE", "PUBLISHED", "2020-01-01,2023-01-01,RELATIONSHIP_PERIOD", "[2020-01-01, 2023-01-01)", "over since its end"},
		{"ACTIVE", "PUBLISHED", "2020-01-01,2020-12-31,ACCOUNTING_PERIOD", "[, )", "the year of the accounts is not that of the relationship"},
		{"ACTIVE", "PUBLISHED", "2020-01-01,2020-12-31,DOCUMENT_FILING_PERIOD", "[, )", "nor is that of a filing"},
	} {
		assert.Equal(t, line("unknown [0,100]", c.period, direct), rr(direct, c.status, c.registration, c.periods), c.why)
	}
	for _, registration := range []string{"ANNULLED", "DUPLICATE", "TRANSFERRED"} {
		assert.Empty(t, rr(direct, "ACTIVE", registration, ",,"))
	}
	assert.Contains(t, rr(direct, "DORMANT", "PUBLISHED", ",,"), `Relationship.RelationshipStatus = "DORMANT": unknown code; known are ACTIVE, INACTIVE, NULL`)
	assert.Contains(t, rr(direct, "ACTIVE", "OPEN", ",,"), `Registration.RegistrationStatus = "OPEN"`)
	assert.Contains(t, rr(direct, "ACTIVE", "PUBLISHED", "2020-01-01,,YEAR"), `Relationship.Period.1.periodType = "YEAR"`)

	repex := func(category, reason string) string {
		return said(ownership.FormatGLEIF, "LEI,ExceptionCategory,ExceptionReason.1\n"+child+","+category+","+reason+"\n")
	}
	const ultimate = "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT"
	for _, reason := range []string{"NATURAL_PERSONS", "NON_CONSOLIDATING", "NO_KNOWN_PERSON", "NO_LEI", "NON_PUBLIC", "BINDING_LEGAL_COMMITMENTS", "LEGAL_OBSTACLES",
		"CONSENT_NOT_OBTAINED", "DISCLOSURE_DETRIMENTAL", "DETRIMENT_NOT_EXCLUDED"} {
		assert.Equal(t, " unknown [0,100] lei:"+child+" [, ) "+ultimate+": "+reason, repex(ultimate, reason))
	}
	assert.Contains(t, repex("DIRECT_ACCOUNTING_CONSOLIDATION_PARENT", "SHY"), `ExceptionReason.1 = "SHY": unknown code; known are NATURAL_PERSONS`)
	assert.Contains(t, repex("PARENT", "NO_LEI"), `ExceptionCategory = "PARENT"`)
}

// TestTypedPercentages: what people type for a percentage is read where it can mean one
// thing only.
func TestTypedPercentages(t *testing.T) {
	for text, want := range map[string]string{
		"50": "50", "50%": "50", "50.00 %": "50", "50,5": "50.5", "33,33 %": "33.33", "100.00": "100", "0": "0",
		"25-50": "[25,50]", "25% - 50%": "[25,50]", "25 – 50": "[25,50]", "25% to 50%": "[25,50]", "from 25 to 50%": "[25,50]", "от 25 до 50": "[25,50]", "від 25% до 50%": "[25,50]",
		">25": "(25,100]", ">= 25%": "[25,100]", "<50": "[0,50)", "≤50": "[0,50]",
		"more than 25%": "(25,100]", "Over 25": "(25,100]", "at least 25 %": "[25,100]", "not less than 25": "[25,100]", "up to 50%": "[0,50]", "under 50": "[0,50)", "not more than 50": "[0,50]",
		"более 25": "(25,100]", "Более 25%": "(25,100]", "свыше 50%": "(50,100]", "не менее 25%": "[25,100]", "менее 50": "[0,50)", "не более 50": "[0,50]", "до 50%": "[0,50]", "понад 25": "(25,100]",
		// What may mean several things, or nothing:
		"1,234": "[0,100]", "контрольный пакет": "[0,100]", "half": "[0,100]", "150": "[0,100]", "50-25": "[0,100]", "-": "[0,100]", "": "[0,100]", "NaN": "[0,100]", "about 50": "[0,100]", "50 shares": "[0,100]",
	} {
		got := said(ownership.FormatFollowTheMoney, fmt.Sprintf(`{"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":["e"],"percentage":[%q]}}`, text))
		assert.True(t, strings.HasPrefix(got, "p shares "+want+" e "), "%q is %s: %s", text, want, got)
	}
}
