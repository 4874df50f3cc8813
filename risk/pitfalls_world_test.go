package risk_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
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
	const parties = "party_id,kind,name,country,programmes,measures,listed_from\n" +
		"lena,entity,Lena Fictional Holding,RU,RUSSIA-EO14024,blocking,2022-03-15\n" +
		"onega,entity,Onega Fictional Trust,RU,RUSSIA-EO14024,blocking,2022-03-15\n"
	return opened(t, map[string]string{"parties us-ofac-sdn": parties, "parties eu-269": parties, "parties uk-sanctions-list": parties,
		"interests": "owner_id,owner_name,owned_id,owned_name,kind,percent\n" + interests})
}

// opened is the screener of a world of files, each by its format and list.
func opened(t *testing.T, files map[string]string) *screening.Screener {
	t.Helper()
	s, _, err := screening.Open(worldOf(files), today)
	require.NoError(t, err)
	return s
}

func worldOf(files map[string]string) fstest.MapFS {
	manifest, world := "file,format,list,edition,published,retrieved,max_age_days\n", fstest.MapFS{}
	for what, text := range files {
		format, list, _ := strings.Cut(what, " ")
		path := format + "-" + list + ".csv"
		manifest += path + "," + format + "," + list + ",1,2026-03-30,2026-03-31,30\n"
		world[path] = &fstest.MapFile{Data: []byte(text)}
	}
	world["manifest.csv"] = &fstest.MapFile{Data: []byte(manifest)}
	return world
}

// sdn is a row of OFAC's primary files, as they are published.
func sdn(number, name, programmes, remarks string) string {
	return number + ",\"" + name + "\",-0- ,\"" + programmes + "\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"" + remarks + "\"\r\n"
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
	return suppliedOn(t, s, to, "2024-05-01")
}

// edition is a day on which what OFAC's files list, without days, is in force.
const edition = "2026-03-30"

func suppliedOn(t *testing.T, s *screening.Screener, to, day string) assessment.Assessment {
	t.Helper()
	a, err := risk.NewScorer(rules.Baseline(), s).Assess(risk.NewSubject(firm, claimed(t, supply+"; counterparty_name="+to+"; counterparty_id="+to+"; date_from="+day)), today)
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
	t.Run("16 the part of a board is no share", func(t *testing.T) {
		s := opened(t, map[string]string{"parties us-ofac-sdn": "party_id,kind,name,programmes,measures,listed_from\nlena,entity,Lena Fictional Holding,RUSSIA-EO14024,blocking,2022-03-15\n",
			"interests": "owner_id,owned_id,kind,percent\nlena,seats,board,60\nlena,stake,shares,60\n"})
		assert.Equal(t, assessment.FindingOwned, own(t, s, "stake").Finding)
		a := own(t, s, "seats")
		assert.NotEqual(t, sanctions.Owned, under(a, "us-ofac"), "OFAC asks for shares: who appoints most of a board owns nothing")
		assert.True(t, a.Score.Low.IsZero(), "%v", a.Score)
	})
	t.Run("4 an unknown share is neither zero, the middle nor the whole", func(t *testing.T) {
		s := opened(t, map[string]string{"parties us-ofac-sdn": "party_id,kind,name,programmes,measures,listed_from\nlena,entity,Lena Fictional Holding,RUSSIA-EO14024,blocking,2022-03-15\n",
			"interests": "owner_id,owned_id,kind,percent,percent_min,percent_max\n" +
				"lena,blank,shares,,,\nlena,band,shares,,25,75\nlena,lower,shares,,>25,<50\nlena,upper,shares,,50,75\n"})
		for id, want := range map[string]struct {
			status sanctions.OwnershipStatus
			why    string
		}{
			"blank": {sanctions.OwnershipUnknown, "a share that nobody states may be any"},
			"band":  {sanctions.PossiblyOwned, "its middle is fifty, and nobody says so"},
			"lower": {sanctions.Minority, "all of the band lies below"},
			"upper": {sanctions.Owned, "all of it lies at or above"},
		} {
			a := own(t, s, id)
			assert.Equal(t, want.status, under(a, "us-ofac"), "%s: %s", id, want.why)
			_, sure := factors(a, "own-status")["own-us-owned"]
			assert.Equal(t, want.status == sanctions.Owned, sure, id)
			assert.Equal(t, map[bool]string{true: "70", false: "20"}[id != "lower"], a.Score.High.String(), "%s: what may be owned", id)
		}
	})
	t.Run("5 lists of the day", func(t *testing.T) {
		s := opened(t, map[string]string{"parties us-ofac-sdn": "party_id,kind,name,programmes,measures,listed_from,listed_to\n" +
			"late,entity,Late Fictional Works,RUSSIA-EO14024,blocking,2024-06-01,\ngone,entity,Gone Fictional Works,RUSSIA-EO14024,blocking,2022-03-15,2024-04-30\n"})
		for _, id := range []string{"late", "gone"} {
			assert.NotContains(t, factors(supplied(t, s, id), "eo-14024"), "14024-support", "%s: not listed on 1 May 2024", id)
		}
		assert.Contains(t, factors(supplied(t, s, "late"), "eo-14024"), "14024-cp-now")
		assert.Equal(t, sanctions.No, own(t, s, "gone").Listed)
		assert.Equal(t, sanctions.Yes, own(t, s, "late").Listed)
	})
	t.Run("6 what directives restrict blocks nothing that it owns", func(t *testing.T) {
		s := opened(t, map[string]string{
			"ofac-sdn us-ofac-sdn":        sdn("11", "LENA FICTIONAL HOLDING", "RUSSIA-EO14024", "Organization Established Date 1999."),
			"ofac-cons-prim us-ofac-cons": sdn("12", "VYM FICTIONAL BANK", "UKRAINE-EO13662", "Executive Order 13662 Directive Determination - Subject to Directive 1."),
			"interests":                   "owner_id,owned_id,kind,percent\nus-ofac-sdn:11,blocked,shares,60\nus-ofac-cons:12,limited,shares,60\n"})
		assert.Contains(t, factors(own(t, s, "blocked"), "own-status"), "own-us-owned")
		limited := own(t, s, "limited")
		assert.NotContains(t, factors(limited, "own-status"), "own-us-owned", "directives limit dealings and block nothing")
		assert.True(t, limited.Score.Point.IsPositive(), "and are no clean bill: %v", limited.Score)
		assert.True(t, limited.Score.High.LessThan(own(t, s, "blocked").Score.Low.Decimal), "%v", limited.Score)
		assert.NotContains(t, factors(suppliedOn(t, s, "limited", edition), "eo-14024"), "14024-support-owned")
		assert.NotContains(t, factors(suppliedOn(t, s, "us-ofac-cons:12", edition), "eo-14024"), "14024-support", "nor is the bank itself blocked")
		assert.Contains(t, factors(suppliedOn(t, s, "blocked", edition), "eo-14024"), "14024-support-owned")
		assert.Contains(t, factors(suppliedOn(t, s, "us-ofac-sdn:11", edition), "eo-14024"), "14024-support")
	})
	t.Run("7 an Iran-related warning is not Russia's", func(t *testing.T) {
		s := opened(t, map[string]string{"ofac-sdn us-ofac-sdn": sdn("21", "PERSIS FICTIONAL LINES", "IRAN", "Additional Sanctions Information - Subject to Secondary Sanctions.") +
			sdn("22", "LENA FICTIONAL HOLDING", "RUSSIA-EO14024", "Secondary sanctions risk: See Section 11 of Executive Order 14024.")})
		warned := func(id string) bool {
			_, ok := factors(suppliedOn(t, s, id, edition), "eo-14024")["14024-warned"]
			return ok
		}
		assert.False(t, warned("us-ofac-sdn:21"))
		assert.True(t, warned("us-ofac-sdn:22"))
	})
	t.Run("8 a file of asset freezes is not all of the EU, nor OFAC's all of the United States", func(t *testing.T) {
		const lena = "party_id,kind,name,measures,listed_from\nlena,entity,Lena Fictional Holding,blocking,2022-03-15\n"
		s := opened(t, map[string]string{"parties eu-269": lena, "parties us-ofac-sdn": lena})
		gaps := map[sanctions.Authority][]string{}
		for _, g := range own(t, s, "anybody").Coverage.Gaps {
			gaps[g.Authority] = append(gaps[g.Authority], g.What)
		}
		assert.Contains(t, gaps[sanctions.AuthorityEU], "Regulation 833/2014 Annex IV")
		assert.Contains(t, gaps[sanctions.AuthorityEU], "Regulation 833/2014 Annexes XIX and XLV (transaction bans)")
		assert.Contains(t, gaps[sanctions.AuthorityState], "CAATSA s.231 List of Specified Persons")
		assert.Contains(t, gaps[sanctions.AuthorityBIS], "military-intelligence end users of 15 CFR 744.22")
		for _, a := range []sanctions.Authority{sanctions.AuthorityEU, sanctions.AuthorityOFAC} {
			assert.NotContains(t, strings.Join(gaps[a], "; "), "freezes")
			assert.NotContains(t, gaps[a], "SDN List")
		}
	})
	t.Run("18 a weak alias never decides", func(t *testing.T) {
		s := opened(t, map[string]string{"ofac-sdn us-ofac-sdn": sdn("31", "LENA FICTIONAL HOLDING", "RUSSIA-EO14024", "a.k.a. 'VOSTOK FICTIONAL'; Organization Established Date 1999."),
			"ofac-alt us-ofac-sdn": "31,1,\"aka\",\"ZAPAD FICTIONAL\",-0- \r\n"})
		named := func(name string) assessment.Assessment {
			a, err := risk.NewScorer(rules.Baseline(), s).Assess(risk.NewSubject(claims.Firm{ID: "x", Name: name}, nil), today)
			require.NoError(t, err)
			return a
		}
		assert.Equal(t, sanctions.Yes, named("Zapad Fictional").Listed, "a strong alias is a name")
		weak := named("Vostok Fictional")
		assert.Equal(t, sanctions.Possible, weak.Listed)
		assert.True(t, weak.Score.Point.IsZero() && weak.Score.High.IsPositive(), "%v", weak.Score)
		assert.True(t, has(weak, sanctions.WeakAliasOnly))
	})
	t.Run("19 OFAC's files as they are published", func(t *testing.T) {
		s := opened(t, map[string]string{
			"ofac-sdn us-ofac-sdn":      sdn("41", "LENA FICTIONAL HOLDING", "UKRAINE-EO13661] [RUSSIA-EO14024", "Website lena.example; Secondary sanctions ri") + "\x1a",
			"ofac-comments us-ofac-sdn": "41,\"sk: See Section 11 of Executive Order 14024.\"\r\n"})
		a := own(t, s, "us-ofac-sdn:41")
		require.Len(t, a.Standing.Listings, 1)
		assert.Equal(t, []string{"RUSSIA-EO14024", "UKRAINE-EO13661"}, a.Standing.Listings[0].Designations[0].Programmes)
		got := factors(suppliedOn(t, s, "us-ofac-sdn:41", edition), "eo-14024")
		assert.Contains(t, got, "14024-support", "the second of two programmes is one")
		assert.Contains(t, got, "14024-warned", "a warning that runs over into the comments, from the middle of a word")
		text, err := json.Marshal(a)
		require.NoError(t, err)
		assert.NotContains(t, string(text), "-0-", "nothing is what it stands for")
	})
	t.Run("23 listed by name below fifty", func(t *testing.T) {
		s := opened(t, map[string]string{"parties us-ofac-sdn": "party_id,kind,name,programmes,measures,listed_from\nlena,entity,Lena Fictional Holding,RUSSIA-EO14024,blocking,2022-03-15\n",
			"parties eu-269": "party_id,kind,name,measures,listed_from\nlena-eu,entity,Lena Fictional Holding,blocking,2022-03-15\nrefinery-eu,entity,Gomti Fictional Refinery,blocking,2025-07-19\n",
			"interests":      "owner_id,owned_id,owned_name,kind,percent\nlena,refinery,Gomti Fictional Refinery,shares,49.13\n"})
		a, err := risk.NewScorer(rules.Baseline(), s).Assess(risk.NewSubject(claims.Firm{ID: "refinery", Name: "Gomti Fictional Refinery"}, nil), today)
		require.NoError(t, err)
		assert.Equal(t, assessment.FindingListed, a.Finding)
		assert.Equal(t, sanctions.ListedUnderRegime, under(a, "eu"), "the name on the list wins over the share")
		assert.Equal(t, sanctions.Minority, under(a, "us-ofac"), "and changes nothing under the law of others")
	})
	t.Run("25 a list that is old, cut or empty is none", func(t *testing.T) {
		const lena = "party_id,kind,name,measures\nlena,entity,Lena Fictional Holding,blocking\n"
		for why, text := range map[string]string{"": lena, "is of another day": lena, "no row": "party_id,kind,name,measures\n", "cut": lena + "onega,entity,\"Onega Fict"} {
			day := today
			if why == "is of another day" {
				day, why = today.AddDays(31), "31 days before"
			}
			_, _, err := screening.Open(worldOf(map[string]string{"parties us-ofac-sdn": text}), day)
			if why == "" {
				assert.NoError(t, err)
			} else {
				assert.ErrorContains(t, err, why)
			}
		}
	})
	t.Run("25 a list grows old while a program runs", func(t *testing.T) {
		s := opened(t, map[string]string{"parties us-ofac-sdn": "party_id,kind,name,measures\nlena,entity,Lena Fictional Holding,blocking\n"})
		for day, stale := range map[string]bool{"2026-03-31": false, "2026-04-30": false, "2026-05-01": true, "2030-03-31": true} {
			a, err := risk.NewScorer(rules.Baseline(), s, risk.Trap(sanctions.ListStale)).Assess(risk.NewSubject(firm, nil), sanctions.MustParseDate(day))
			var trapped *risk.TrapError
			assert.Equal(t, stale, errors.As(err, &trapped), "%s: thirty days are allowed from 31 March on", day)
			assert.Equal(t, stale, has(a, sanctions.ListStale), day)
			assert.Equal(t, "2026-04-30", a.Coverage.Lists[0].Until.String())
		}
	})
}

// What a careful reader must know comes with the assessment, all at once, and the caller
// may take any of it for an error.
func TestConditionsFromFileToTrap(t *testing.T) {
	s := opened(t, map[string]string{
		"ofac-sdn us-ofac-sdn": sdn("31", "LENA FICTIONAL HOLDING", "RUSSIA-EO14024", "a.k.a. 'FIRM PRIVATE LIMITED'."),
		"interests":            "owner_id,owned_id,kind,percent\nkama,firm,shares,20\n"})
	subject := risk.NewSubject(firm, claimed(t, talks, talks+"; claim_polarity=deny; statement_by=Firm Private Limited; root_source_id=firm"))
	five := []sanctions.Condition{sanctions.OwnershipIncomplete, sanctions.WeakAliasOnly, sanctions.ListStale, sanctions.CoverageGap, sanctions.DisputedEvidence}
	later := today.AddDays(60)
	plain, err := risk.NewScorer(rules.Baseline(), s).Assess(subject, later)
	require.NoError(t, err, "conditions are no errors unless the caller says so")
	all, err := risk.NewScorer(rules.Baseline(), s, risk.Trap(five...)).Assess(subject, later)
	var trapped *risk.TrapError
	require.ErrorAs(t, err, &trapped)
	assert.Equal(t, plain, all, "the whole assessment comes with the error")
	for _, c := range five {
		assert.True(t, has(plain, c), "%s", c)
		assert.True(t, slices.ContainsFunc(trapped.Caveats, func(x assessment.Caveat) bool { return x.Condition == c }), "%s, at once with the others", c)
		assert.ErrorContains(t, err, string(c))
		_, err := risk.NewScorer(rules.Baseline(), s, risk.Trap(c)).Assess(subject, later)
		var one *risk.TrapError
		if assert.ErrorAs(t, err, &one, "%s by itself", c) {
			for _, x := range one.Caveats {
				assert.Equal(t, c, x.Condition)
			}
		}
	}
	_, err = risk.NewScorer(rules.Baseline(), s, risk.Trap(sanctions.CircularHolding)).Assess(subject, later)
	assert.NoError(t, err, "what does not hold traps nothing")
}
