package registers_test

import (
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// lines writes interests one a line: place, owner, kind, share, owned, period and
// what the source says.
func lines(t *testing.T, file string, read func(io.Reader, string) iter.Seq2[registers.Interest, error]) string {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	require.NoError(t, err)
	defer f.Close()
	var b strings.Builder
	b.WriteString("\n")
	for in, err := range read(f, file) {
		if err != nil {
			fmt.Fprintln(&b, err)
			continue
		}
		fmt.Fprintf(&b, "%v: %s(%s) %v %v %s(%s) %v %s\n", in.Source, in.OwnerID, in.OwnerName, in.Kind, in.Share, in.OwnedID, in.OwnedName, in.Period, in.Stated)
	}
	return b.String()
}

func TestGLEIF(t *testing.T) {
	assert.Equal(t, `
gleif-rr.csv:2: lei:TESTPARENT0000000020() unknown [0,100] lei:TESTCHILD00000000062() [2020-04-01, ) GLEIF IS_DIRECTLY_CONSOLIDATED_BY
gleif-rr.csv:3: lei:TESTPARENT0000000020() unknown [0,100] lei:TESTCHILD00000000062() [2019-04-01, 2023-06-30) GLEIF IS_ULTIMATELY_CONSOLIDATED_BY
gleif-rr.csv:4: lei:TESTPARENT0000000020() control [0,100] lei:TESTFUND000000000065() [, ) GLEIF IS_FUND-MANAGED_BY
gleif-rr.csv:5: lei:TESTFUND000000000065() unknown [0,100] lei:TESTCHILD00000000062() [, ) GLEIF IS_FEEDER_TO
`, lines(t, "gleif-rr.csv", registers.GLEIF))
	assert.Equal(t, `
gleif-repex.csv:2: () unknown [0,100] lei:TESTPARENT0000000020() [, ) ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT: NATURAL_PERSONS
`, lines(t, "gleif-repex.csv", registers.GLEIF))
}

func TestPSC(t *testing.T) {
	assert.Equal(t, `
psc.jsonl:1: company/01234567/persons-with-significant-control/individual/abc(Mr John Example) shares (25,50] gb-coh:01234567() [2016-04-06, ) PSC register: ownership-of-shares-25-to-50-percent
psc.jsonl:1: company/01234567/persons-with-significant-control/individual/abc(Mr John Example) votes (25,50] gb-coh:01234567() [2016-04-06, ) PSC register: voting-rights-25-to-50-percent
psc.jsonl:1: company/01234567/persons-with-significant-control/individual/abc(Mr John Example) board (50,100] gb-coh:01234567() [2016-04-06, ) PSC register: right-to-appoint-and-remove-directors
psc.jsonl:2: gb-coh:01234567(Example Holdings Limited) shares [75,100] gb-coh:SC123456() [2018-01-10, 2022-03-01) PSC register: ownership-of-shares-75-to-100-percent-as-trust
psc.jsonl:3: company/SC123456/persons-with-significant-control/legal-person/ghi(Ministry) control [0,100] gb-coh:SC123456() [2022-03-01, ) PSC register: significant-influence-or-control
psc.jsonl:3: company/SC123456/persons-with-significant-control/legal-person/ghi(Ministry) shares (50,75) gb-coh:SC123456() [2022-03-01, ) PSC register: ownership-of-shares-50-to-75-percent
psc.jsonl:4: () unknown [0,100] gb-coh:09999999() [, ) PSC register: a protected person
psc.jsonl:5: () unknown [0,100] gb-coh:08888888() [2017-01-01, ) PSC register: psc-exists-but-not-identified
`, lines(t, "psc.jsonl", registers.PSC))
}

func TestBODS(t *testing.T) {
	assert.Equal(t, `
bods.json:6: p1(Jane Owner) shares 49.99 e1(Target Ltd) [2020-06-01, 2025-02-01) BODS shareholding
bods.json:6: p1(Jane Owner) votes [25,50) e1(Target Ltd) [, 2025-02-01) BODS votingRights
bods.json:6: p1(Jane Owner) board [0,100] e1(Target Ltd) [, 2025-02-01) BODS appointmentOfBoard
bods.json:6: p1(Jane Owner) board [0,50] e1(Target Ltd) [, 2025-02-01) BODS boardChair
bods.json:17: p1(Jane Owner) shares 50 e1(Target Ltd) [2025-01-15, ) BODS shareholding
bods.json:11: p2(Ann Holder) shares [0,100] e1(Target Ltd) [, 2025-03-01) BODS shareholding, indirect
bods.json:11: p2(Ann Holder) control [0,100] e1(Target Ltd) [, 2025-03-01) BODS controlByLegalFramework, indirect
bods.json:16: () unknown [0,100] e1(Target Ltd) [, ) BODS: informationUnknownToPublisher
bods.json:20: p4() shares 20 e1(Target Ltd) [, ) BODS shareholding
bods.json:21: p9() trust [0,100] e1(Target Ltd) [, ) BODS trustee
bods.json:24: p2(Ann Holder) shares 5 e1(Target Ltd) [, 2025-03-01) BODS shareholding
bods.json:23: p2(Ann Holder) unknown [0,100] e1(Target Ltd) [, ) BODS nominee
bods.json:23: p2(Ann Holder) unknown [0,100] e1(Target Ltd) [, ) BODS
`, lines(t, "bods.json", registers.BODS))
}

func TestFollowTheMoney(t *testing.T) {
	assert.Equal(t, `
entities.ftm.json:3: ru-p(Ivan Primerov) shares 50 ru-co(OOO Primer) [2021-01-01, 2024-03-01) FollowTheMoney own-1
entities.ftm.json:7: ru-p(Ivan Primerov) board [0,50] ru-co(OOO Primer) [, ) FollowTheMoney dir-1
entities.ftm.json:4: ru-q() shares [25,50] ru-co(OOO Primer) [, ) FollowTheMoney own-2
entities.ftm.json:5: ru-r() shares [0,100] ru-co(OOO Primer) [, ) FollowTheMoney own-3: контрольный пакет
entities.ftm.json:6: ru-s() shares [0,100] ru-co(OOO Primer) [, ) FollowTheMoney own-4
`, lines(t, "entities.ftm.json", registers.FollowTheMoney))
}
