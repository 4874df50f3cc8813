package risk_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/screening"
)

// holdings is a world of two parties that the U.S., the EU and the UK list, and of
// what they hold, read by the real screener: the pitfalls of ownership, from the
// files to the grade.
func holdings(t *testing.T, interests string) *screening.Screener {
	t.Helper()
	parties := func(measure string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("party_id,kind,name,country,programmes,measures,listed_from\n" +
			"lena,entity,Lena Fictional Holding,RU,RUSSIA-EO14024," + measure + ",2022-03-15\n" +
			"onega,entity,Onega Fictional Trust,RU,RUSSIA-EO14024," + measure + ",2022-03-15\n")}
	}
	world := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list,edition,published,retrieved\n" +
			"us.csv,parties,us-ofac-sdn,1,2026-03-30,2026-03-31\neu.csv,parties,eu-269,1,2026-03-30,2026-03-31\nuk.csv,parties,uk-sanctions-list,1,2026-03-30,2026-03-31\n" +
			"interests.csv,interests,,1,2026-03-30,2026-03-31\n")},
		"us.csv": parties("blocking"), "eu.csv": parties("blocking"), "uk.csv": parties("blocking"),
		"interests.csv": {Data: []byte("owner_id,owner_name,owned_id,owned_name,kind,percent\n" + interests)},
	}
	s, _, err := screening.Open(world, today)
	require.NoError(t, err)
	return s
}

// own assesses a firm without claims: its own status. supplied assesses one that
// delivered to the firm.
func own(t *testing.T, s *screening.Screener, id string) assessment.Assessment {
	t.Helper()
	a, err := risk.NewScorer(rules.Baseline(), s).Assess(risk.NewSubject(claims.Firm{ID: id, Name: id, Country: "IN", FinancialInstitution: sanctions.No}, nil), today)
	require.NoError(t, err)
	return a
}

// under is what the ownership rule of a regime says of the firm.
func under(a assessment.Assessment, regime string) sanctions.OwnershipStatus {
	for _, v := range a.Standing.Verdicts {
		if v.Regime == regime {
			return v.Status
		}
	}
	return sanctions.OwnershipNone
}

func supplied(t *testing.T, s *screening.Screener, to string) assessment.Assessment {
	t.Helper()
	a, err := risk.NewScorer(rules.Baseline(), s).Assess(risk.NewSubject(firm, claimed(t, supply+"; counterparty_name="+to+"; counterparty_id="+to)), today)
	require.NoError(t, err)
	return a
}

func TestPitfallsFromFileToGrade(t *testing.T) {
	t.Run("1 percentages are not multiplied", func(t *testing.T) {
		s := holdings(t, "lena,,kama,,shares,50\nkama,,tura,,shares,50\n") // 25 % by multiplication
		assert.Equal(t, assessment.FindingOwned, own(t, s, "tura").Finding)
		assert.Contains(t, factors(supplied(t, s, "tura"), "eo-14024"), "14024-support-owned")
		s = holdings(t, "lena,,kama,,shares,49\nkama,,tura,,shares,100\n") // 49 % by multiplication, and nothing that is owned
		assert.NotEqual(t, assessment.FindingOwned, own(t, s, "tura").Finding)
		assert.NotContains(t, factors(supplied(t, s, "tura"), "eo-14024"), "14024-support-owned")
	})
	t.Run("2 exactly fifty is a live boundary", func(t *testing.T) {
		s := holdings(t, "lena,,at,,shares,50.00\nlena,,below,,shares,49.999999\nlena,,sum,,shares,22.9\nonega,,sum,,shares,13.7\nkama,,sum,,shares,13.4\nlena,,kama,,shares,100\n"+
			"lena,,britain,,shares,50.00\nlena,,majority,,shares,50.000001\n")
		assert.Equal(t, assessment.FindingOwned, own(t, s, "at").Finding)
		assert.NotEqual(t, assessment.FindingOwned, own(t, s, "below").Finding)
		assert.Equal(t, assessment.FindingOwned, own(t, s, "sum").Finding, "22.9 + 13.7 + 13.4 is 50, and less in floating point")
		assert.NotEqual(t, sanctions.Owned, under(own(t, s, "britain"), "uk"), "more than fifty is asked there")
		assert.Equal(t, sanctions.Owned, under(own(t, s, "majority"), "uk"))
	})
	t.Run("3 what one regime adds up another does not", func(t *testing.T) {
		s := holdings(t, "lena,,kama,,shares,26\nonega,,kama,,shares,25\n")
		a := own(t, s, "kama")
		assert.Equal(t, assessment.FindingOwned, a.Finding)
		assert.Equal(t, sanctions.Owned, under(a, "us-ofac"))
		assert.Equal(t, sanctions.Owned, under(a, "eu"))
		assert.NotEqual(t, sanctions.Owned, under(a, "uk"), "no aggregation without a joint arrangement")
	})
	t.Run("16 ownership does not flow up, aside or through directors", func(t *testing.T) {
		s := holdings(t, "mother,,lena,,shares,100\nmother,,sister,,shares,100\nlena,,seat,,board,\n")
		for _, id := range []string{"mother", "sister"} {
			a := own(t, s, id)
			assert.True(t, a.Score.High.IsZero(), "%s: %v", id, a.Score)
			assert.NotContains(t, factors(supplied(t, s, id), "eo-14024"), "14024-support-owned")
		}
		a := own(t, s, "seat")
		assert.NotEqual(t, assessment.FindingOwned, a.Finding, "a seat on the board is looked into and is no share")
		assert.True(t, a.Score.Low.IsZero(), "%v", a.Score)
		assert.Equal(t, assessment.FindingOwned, own(t, holdings(t, "lena,,daughter,,shares,100\n"), "daughter").Finding, "down it does")
	})
}
