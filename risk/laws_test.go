package risk_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// vocabulary of a fact, from the catalogue.
func vocabulary(fact string) []string {
	for _, f := range tables.Catalogue() {
		if f.Name == fact {
			return f.Terms
		}
	}
	panic(fact)
}

// anyClaim draws a row of a claims file of one firm, with few ids so that claims
// meet, and with unknown cells.
func anyClaim(r *rapid.T) string {
	var cells []string
	put := func(column string, values ...string) {
		if v := rapid.SampledFrom(values).Draw(r, column); v != "" {
			cells = append(cells, column+"="+v)
		}
	}
	put("engagement_id", "", "e1", "e2", "e3", "e4")
	put("event_id", "", "", "v1", "v2")
	put("subject_type", "firm", "firm", "firm", "person", "body", "group", "state")
	if rapid.IntRange(0, 4).Draw(r, "other") == 0 {
		put("subject_id", "someone", "IN", "firm-2")
		put("affiliated_firm_id", "", "firm")
		put("capacity", "", "official", "personal", "representative", "unknown")
	}
	put("participation", "", "", "attended", "reported", "denied", "reported_absent", "not_stated")
	put("kind", vocabulary("kind")...)
	put("stage", append([]string{"", "suspended", "exited"}, vocabulary("stage")...)...)
	put("item_class", append([]string{""}, vocabulary("item_class")...)...)
	put("hs6", "", "", "854231", "880730", "010121")
	put("direction", "", "RU→X", "X→RU", "joint", "none")
	put("counterparty_id", "", "exporter", "buyer", "eu-buyer", "unlisted")
	put("counterparty_basis", "", "stated", "stated", "stated", "inferred", "unknown")
	put("date_from", "", "2016-05-01", "2018-03-01", "2022-06-01", "2024-03-10", "2025-10-29", "2026-03-10")
	if rapid.Bool().Draw(r, "amount") {
		put("amount", "100000", "2500000.55", "5400000000")
		put("currency", "USD", "INR")
		put("amount_qualifier", "", "about", "target")
	}
	put("claim_polarity", "affirm", "affirm", "affirm", "affirm", "deny", "correct", "opinion")
	put("statement_by", "", "Firm Private Limited", "Agency")
	put("publisher", "", "Agency", "Gazette")
	put("relayed_from", "", "", "", "Agency")
	put("root_source_id", "r1", "r2", "r3")
	put("source_naming", "named", "anonymous", "document")
	put("source_reliability", "A", "B", "C", "D", "E", "F")
	put("info_credibility", "1", "2", "3", "4", "5", "6")
	put("as_known_at", "", "2018-04-01", "2024-04-01", "2025-12-09")
	return strings.Join(cells, "; ")
}

func anyFirm(r *rapid.T) claims.Firm {
	f := firm
	f.FinancialInstitution = rapid.SampledFrom([]sanctions.Answer{sanctions.Unknown, sanctions.No, sanctions.Yes}).Draw(r, "fi")
	return f
}

func anyClaims(r *rapid.T) []string {
	return rapid.SliceOfN(rapid.Custom(anyClaim), 1, 12).Draw(r, "claims")
}

// Contributions sum to the score at full precision, and bounds hold, for 10,000
// random subjects in all: rapid draws a hundred sets, each of a hundred.
func TestLinesSumExactly(t *testing.T) {
	d := russia()
	d.possible = map[string]bool{"eu-buyer": true}
	d.owned = map[string][]sanctions.Verdict{"unlisted": {{Regime: "us-ofac", Status: sanctions.PossiblyOwned}}}
	scorer := risk.NewScorer(rules.Baseline(), d)
	n := 100
	if testing.Short() {
		n = 5
	}
	rapid.Check(t, func(r *rapid.T) {
		pool := claimed(t, rapid.SliceOfN(rapid.Custom(anyClaim), 24, 24).Draw(r, "claims")...)
		f := anyFirm(r)
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1))
		for range n {
			rng.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
			a, err := scorer.Assess(risk.NewSubject(f, pool[:1+rng.IntN(len(pool))]), today)
			require.NoError(t, err)
			sums(r, &a)
		}
	})
}

// Lines, counterfactuals and differences name a dealing by its id.
func TestEngagementsAreToldApart(t *testing.T) {
	a := assess(t, russia(), firm, claimsOf(t,
		"kind=arms_supply; stage=signed; counterparty_id=buyer; date_from=2023-01-01; root_source_id=a",
		"kind=arms_supply; stage=signed; counterparty_id=exporter; date_from=2024-01-01; root_source_id=b",
		"kind=arms_supply; stage=signed; counterparty_id=unlisted; date_from=2025-01-01; root_source_id=c; engagement_id=arms_supply (2)"))
	var ids []string
	for _, e := range a.Engagements {
		ids = append(ids, e.ID)
	}
	assert.ElementsMatch(t, []string{"arms_supply", "arms_supply (2)", "arms_supply (3)"}, ids, "the number that a claim gives is taken")
	rapid.Check(t, func(r *rapid.T) {
		a := assess(r, russia(), anyFirm(r), claimsOf(r, anyClaims(r)...))
		seen := map[string]bool{}
		for _, e := range a.Engagements {
			require.False(r, seen[e.ID], "two dealings are called %q", e.ID)
			seen[e.ID] = true
		}
	})
}

func TestOrderAndProcessorsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cs := claimed(t, superseding(r, anyClaims(r))...)
		f := anyFirm(r)
		one, err := json.Marshal(assess(r, russia(), f, cs))
		require.NoError(r, err)
		shuffled := slices.Clone(cs)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1)).Shuffle(len(shuffled), func(i, j int) {
			shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
		})
		was := runtime.GOMAXPROCS(1 + rapid.IntRange(0, 3).Draw(r, "processors"))
		defer runtime.GOMAXPROCS(was)
		other, err := json.Marshal(assess(r, russia(), f, shuffled))
		require.NoError(r, err)
		require.Equal(r, string(one), string(other))
	})
}

// What was known on a day does not change with what became known later: claims of later
// days are counted and do nothing else, whatever they supersede, relay, deny or tie
// together, and whatever they were picked for.
func TestWhatIsKnownLaterChangesNothing(t *testing.T) {
	scorer := risk.NewScorer(rules.Baseline(), russia())
	always(t, func(r *rapid.T) string {
		f, asOf := anyFirm(r), sanctions.MustParseDate(rapid.SampledFrom([]string{"2018-04-01", "2024-03-31", "2024-04-01", "2025-12-08"}).Draw(r, "as of"))
		all := claimsOf(r, superseding(r, anyClaims(r))...)
		known := slices.DeleteFunc(slices.Clone(all), func(c claims.Claim) bool {
			for _, day := range []sanctions.Date{c.AsKnownAt, c.StatementDate, c.From} {
				if !day.IsZero() {
					return day.After(asOf)
				}
			}
			return false
		})
		of := func(reported []claims.Claim) string {
			a, err := scorer.Assess(risk.Subjects([]claims.Firm{f}, reported)[0], asOf)
			require.NoError(r, err)
			a.Inputs = assessment.Inputs{}
			text, err := json.Marshal(a)
			require.NoError(r, err)
			return string(text)
		}
		if before, now := of(known), of(all); before != now {
			return fmt.Sprintf("as of %v:\n%s\n%s", asOf, before, now)
		}
		return ""
	})
}

// superseding gives some rows what they supersede, and some a day of their own.
func superseding(r *rapid.T, rows []string) []string {
	for i := range rows {
		rows[i] += "; supersedes_id=" + rapid.SampledFrom([]string{"", "", "", "e1", "e2", "e3"}).Draw(r, "supersedes") +
			"; statement_date=" + rapid.SampledFrom([]string{"", "", "2018-03-20", "2024-04-01", "2025-12-20"}).Draw(r, "said on")
		if rapid.IntRange(0, 3).Draw(r, "rootless") == 0 {
			rows[i] += "; root_source_id="
		}
	}
	return rows
}

// after assesses some claims and the same claims with one more.
func after(r *rapid.T, t *testing.T, rows []string, more string) (before, now assessment.Assessment) {
	f := anyFirm(r)
	return assess(t, russia(), f, claimed(t, rows...)), assess(t, russia(), f, claimed(t, append(slices.Clone(rows), more)...))
}

func TestDenialNeverRaises(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rows := superseding(r, anyClaims(r))
		denial := anyClaim(r) + "; claim_polarity=deny; supersedes_id="
		if strings.Contains(denial, "stage=suspended") || strings.Contains(denial, "stage=exited") {
			r.Skip("denies that a dealing ended")
		}
		before, now := after(r, t, rows, denial)
		require.True(r, now.Score.High.LessThanOrEqual(before.Score.High.Decimal), "high %v to %v by %s", before.Score, now.Score, denial)
		require.True(r, now.Score.Point.LessThanOrEqual(before.Score.Point.Decimal), "point %v to %v by %s", before.Score, now.Score, denial)
		require.True(r, now.Score.Low.LessThanOrEqual(before.Score.Low.Decimal), "low %v to %v by %s", before.Score, now.Score, denial)
	})
}

// notAnAffirmation tells rows that speak against, or of an end.
func notAnAffirmation(row string) bool {
	return !strings.Contains(row, "claim_polarity=affirm") || strings.Contains(row, "participation=denied") || strings.Contains(row, "participation=reported_absent") ||
		strings.Contains(row, "stage=suspended") || strings.Contains(row, "stage=exited")
}

// graded is a row as another source gives it, of any naming and grades.
func graded(r *rapid.T, row string) string {
	return row + "; relayed_from=; statement_by=A witness" +
		"; source_naming=" + rapid.SampledFrom(append([]string{""}, vocabulary("naming")...)).Draw(r, "naming") +
		"; source_reliability=" + rapid.SampledFrom([]string{"", "A", "B", "C", "D", "E", "F"}).Draw(r, "reliability") +
		"; info_credibility=" + rapid.SampledFrom([]string{"", "1", "2", "3", "4", "5", "6"}).Draw(r, "credibility")
}

// always holds a law on random subjects.
func always(t *testing.T, law func(r *rapid.T) (breach string)) {
	rapid.Check(t, func(r *rapid.T) {
		if breach := law(r); breach != "" {
			r.Fatal(breach)
		}
	})
}

// Whatever another source affirms of a dealing, in its own words and with its own
// blanks, the high score does not fall; not either where its claim carries the ids of
// two dealings, or of one and of what somebody denies. Only what an undated correction names
// tells of it when that was.
func TestIndependentAffirmationNeverLowersHigh(t *testing.T) {
	always(t, func(r *rapid.T) string {
		rows := superseding(r, anyClaims(r))
		more := anyClaim(r)
		if notAnAffirmation(more) {
			return "" // not an affirmation
		}
		more = graded(r, more) + "; root_source_id=independent; publisher=Another; supersedes_id=" + rapid.SampledFrom([]string{"", "", "e1", "e2"}).Draw(r, "says that it replaces")
		if rapid.Bool().Draw(r, "of the first") { // so that they meet more often
			for _, cell := range strings.Split(rows[0], "; ") {
				if strings.HasPrefix(cell, "engagement_id=") || strings.HasPrefix(cell, "event_id=") || strings.HasPrefix(cell, "kind=") {
					more += "; " + cell
				}
			}
		}
		told := claimed(t, append(slices.Clone(rows), more)...)
		if named := told[len(rows)].EngagementID; slices.ContainsFunc(told, func(c claims.Claim) bool {
			return c.Polarity == claims.Correct && c.From.IsZero() && c.SupersedesID != "" && c.SupersedesID == named
		}) {
			return ""
		}
		before, now := after(r, t, rows, more)
		if now.Score.High.LessThan(before.Score.High.Decimal) {
			return fmt.Sprintf("%v to %v by %s", before.Score, now.Score, more)
		}
		return ""
	})
}

// A venture that goes on does not end because somebody ties it to talks that were
// suspended: that is one reading more.
func TestATieEndsNothing(t *testing.T) {
	rows := []string{
		"engagement_id=talks; kind=meeting; stage=suspended; source_reliability=A; info_credibility=1; as_known_at=2018-04-01",
		"engagement_id=talks; event_id=fair; kind=meeting; source_reliability=A; info_credibility=1",
		"engagement_id=venture; kind=joint_venture; stage=operating; date_from=2016-05-01; amount=100000; currency=USD; source_reliability=A; info_credibility=1",
	}
	tie := "engagement_id=venture; event_id=fair; kind=meeting; root_source_id=independent; source_naming="
	before, now := assess(t, russia(), firm, claimed(t, rows...)), assess(t, russia(), firm, claimed(t, append(rows, tie)...))
	require.Len(t, before.Engagements, 2)
	require.Len(t, now.Engagements, 1, "it is one dealing now")
	assert.False(t, now.Score.High.LessThan(before.Score.High.Decimal), "%v to %v", before.Score, now.Score)
}

// What one claim ties together under its ids are two dealings still in the high score,
// each with its own end: one suspended, the other left.
func TestATieMixesNoEnds(t *testing.T) {
	of := "kind=component_supply; item_class=arms_component; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; source_naming=document; source_reliability=A; engagement_id="
	var rows []string
	for _, d := range []struct{ id, start, end string }{
		{"e1; event_id=v1", "2024-01-01", "suspended; date_from=2025-06-01"},
		{"e2; event_id=v2", "2024-03-01", "exited; date_from=2025-07-01"},
	} {
		for _, root := range []string{"a", "b"} {
			row := of + d.id + "; root_source_id=" + root
			rows = append(rows, row+"; stage=operating; date_from="+d.start, row+"; stage="+d.end)
		}
	}
	tie := of + "e1; event_id=v2; stage=proposed; root_source_id=c; source_naming=anonymous; source_reliability=E"
	apart, tied := assess(t, russia(), firm, claimed(t, rows...)), assess(t, russia(), firm, claimed(t, append(rows, tie)...))
	require.Len(t, apart.Engagements, 2)
	require.Len(t, tied.Engagements, 1, "it is one dealing now")
	assert.Equal(t, apart.Score.High, tied.Score.High)
}

// What operated and ended is not under way after its end, in the high score either.
func TestWhatEndedWasNotAfter(t *testing.T) {
	oil := "engagement_id=oil; kind=energy_purchase; item_class=energy; hs6=270900; direction=RU→X; counterparty_id=exporter; counterparty_basis=stated; source_naming=document; source_reliability=A"
	sectors := func(cells, end string) string {
		a := assess(t, russia(), firm, claimed(t, oil+"; stage=operating; date_from=2023-01-01"+cells, oil+"; stage=exited; date_from="+end))
		return authority(a, "eo-14024-sectors").Score.High.String()
	}
	before := sectors("", "2024-06-30")
	assert.Equal(t, sectors("; date_to=2024-07-01", "2024-06-30"), before)
	assert.NotEqual(t, sectors("", "2025-08-01"), before, "from January 2025 on energy is such a sector")
}

// Another source that says the same in the same words lowers no score, whatever its
// grades.
func TestAffirmationInTheSameWordsNeverLowers(t *testing.T) {
	always(t, func(r *rapid.T) string {
		rows := anyClaims(r)
		again := rapid.SampledFrom(rows).Draw(r, "again")
		if notAnAffirmation(again) || strings.Contains(again, "relayed_from=Agency") {
			return "" // not an affirmation; or what it says beyond its origin nobody tells
		}
		again = graded(r, again) + "; root_source_id=independent; publisher=Another"
		before, now := after(r, t, rows, again)
		if now.Score.High.LessThan(before.Score.High.Decimal) || now.Score.Point.LessThan(before.Score.Point.Decimal) || now.Score.Low.LessThan(before.Score.Low.Decimal) {
			return fmt.Sprintf("%v to %v by %s", before.Score, now.Score, again)
		}
		return ""
	})
}

// The same root retold, later, is no other source: neither its publisher, nor
// better or worse grades and naming, nor a counterparty that is now said to be
// stated change anything.
func TestReprintChangesNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rows := anyClaims(r)
		n := rapid.IntRange(0, len(rows)-1).Draw(r, "reprint")
		if !strings.Contains(rows[n], "root_source_id") {
			r.Skip("names no root")
		}
		rows[n] += "; relayed_from=; as_known_at=2018-04-01; date_from=2018-03-01; statement_by=" // it is the origin
		reprint := rows[n]
		if rapid.Bool().Draw(r, "says so") {
			reprint += "; publisher=Reprint; relayed_from=Agency"
		} else {
			reprint = graded(r, reprint) + "; publisher=Reprint; counterparty_basis=" + rapid.SampledFrom([]string{"stated", "inferred"}).Draw(r, "basis")
			if !strings.Contains(rows[n], "counterparty_id=") {
				reprint += "; counterparty_basis="
			}
			if strings.Contains(rows[n], "claim_polarity=deny") || strings.Contains(rows[n], "participation=") {
				reprint += "; source_naming=" // a denial is as grave as who denies
			}
		}
		reprint += "; as_known_at=2025-12-31"
		before, now := after(r, t, rows, reprint)
		require.Equal(r, before.Score, now.Score, "by %s", reprint)
	})
}

// A correction to less is about the dealing that it corrects, under whatever id of
// its own, and raises neither the point nor the high score.
func TestCorrectionNeverRaises(t *testing.T) {
	always(t, func(r *rapid.T) string {
		rows := anyClaims(r)
		rows = slices.DeleteFunc(rows, notAnAffirmation) // which the correction may withdraw with the rest
		if len(rows) == 0 {
			return "" // nothing to correct
		}
		rows[0] += "; engagement_id=e1; claim_polarity=affirm; participation=; subject_id=firm; subject_type=firm; root_source_id=its own; as_known_at=2018-04-01; stage=" +
			rapid.SampledFrom([]string{"proposed", "signed", "operating", "completed"}).Draw(r, "stage")
		correction := rows[0] + "; engagement_id=c1; supersedes_id=e1; claim_polarity=correct; stage=discussed; as_known_at=2025-12-20; root_source_id=" +
			rapid.SampledFrom([]string{"its own", "r1", "independent"}).Draw(r, "root")
		if strings.HasSuffix(correction, "=r1") && slices.ContainsFunc(rows, func(row string) bool {
			return strings.Contains(row, "root_source_id=r1") && strings.Contains(row, "engagement_id=e1")
		}) {
			return "" // it withdraws what else r1 said
		}
		before, now := after(r, t, rows, correction)
		if now.Score.High.GreaterThan(before.Score.High.Decimal) || now.Score.Point.GreaterThan(before.Score.Point.Decimal) {
			return fmt.Sprintf("%v to %v by %s", before.Score, now.Score, correction)
		}
		return ""
	})
}

// An opinion tells no fact: it moves no score, whatever it says that it replaces.
func TestOpinionMovesNoScore(t *testing.T) {
	always(t, func(r *rapid.T) string {
		opinion := anyClaim(r) + "; claim_polarity=opinion; participation=; supersedes_id=" + rapid.SampledFrom([]string{"", "e1", "e2", "e3"}).Draw(r, "says that it replaces")
		if before, now := after(r, t, superseding(r, anyClaims(r)), opinion); !assert.ObjectsAreEqual(before.Score, now.Score) {
			return fmt.Sprintf("%v to %v by %s", before.Score, now.Score, opinion)
		}
		return ""
	})
}

// chains are the values of facts from the least grave on.
var chains = map[string][]string{
	"stage":             {"rumoured", "discussed", "proposed", "signed", "operating", "completed"},
	"direction":         {"none", "RU→X", "joint", "X→RU"},
	"cp_us":             {"none", "sectoral_directive", "sectoral_directive|blocking", "sectoral_directive|blocking|specified_person"},
	"cp_eu":             {"none", "trade_restriction", "trade_restriction|blocking"},
	"cp_uk":             {"none", "trade_restriction", "blocking"},
	"cp_ch":             {"none", "blocking"},
	"cp_ca":             {"none", "blocking"},
	"cp_jp":             {"none", "blocking"},
	"cp_au":             {"none", "blocking"},
	"cp_ua":             {"none", "blocking"},
	"chpl":              {"none", "4b", "4a", "3b", "3a", "2", "1"},
	"trend":             {"not_growing", "growing"},
	"cp_military_base":  {"no", "yes"},
	"cp_secondary_risk": {"no", "yes"},
	"amount_usd":        {"50000", "500000", "5000000", "50000000", "5000000000"},
	"dealings":          {"1", "2", "3", "6", "20"},
	"year_usd":          {"50000", "5000000", "500000000"},
}

// anyDealing draws what is known of a dealing with Russia and of the firm, and a last day.
func anyDealing(r *rapid.T) (f risk.Facts, last sanctions.Date) {
	words := map[string][]string{
		"cp_programme":       {"none", "RUSSIA-EO14024", "UKRAINE-EO13661", "SYRIA"},
		"cp_now_programme":   {"none", "RUSSIA-EO14024"},
		"cp_owner_programme": {"none", "RUSSIA-EO14024"},
		"firm_country":       {"IN", "US", "DE", "JP", "CN"},
		"hs6":                {"854231", "010121", "270900"},
	}
	last = sanctions.MustParseDate(rapid.SampledFrom([]string{"2018-01-01", "2021-06-01", "2022-05-01", "2024-08-01", "2026-03-10"}).Draw(r, "last"))
	for _, fact := range tables.Catalogue() {
		if fact.Scope != tables.ScopeEngagement && fact.Scope != tables.ScopeFirm || rapid.IntRange(0, 2).Draw(r, "known "+fact.Name) == 0 {
			continue
		}
		values := chains[fact.Name]
		if values == nil {
			values = words[fact.Name]
		}
		if values == nil {
			values = fact.Terms
		}
		if len(values) > 0 {
			require.NoError(r, f.Set(fact.Name, rapid.SampledFrom(values).Draw(r, fact.Name)))
		}
	}
	require.NoError(r, f.Set("cp_russia", "yes"))
	return f, last
}

// notLower requires that no authority scores less in one answer than in another.
func notLower(r *rapid.T, before, now []assessment.Reached, why string) {
	for _, b := range before {
		var n assessment.Reached // scores of nothing, where it is gone
		if i := slices.IndexFunc(now, func(x assessment.Reached) bool { return x.Authority == b.Authority }); i >= 0 {
			n = now[i]
		}
		for _, p := range [][2]assessment.Points{{b.Score.Low, n.Score.Low}, {b.Score.Point, n.Score.Point}, {b.Score.High, n.Score.High}} {
			require.True(r, p[1].GreaterThanOrEqual(p[0].Decimal), "%s: %s to %s %s", b.Authority, p[0], p[1], why)
		}
	}
}

// Later stage, stronger counterparty, graver direction, a higher tier and more of a value
// never lower any of an authority's scores, whatever else is known of the dealing and the
// firm and whatever is not.
func TestGraverNeverLowers(t *testing.T) {
	moved, baseline := slices.Sorted(maps.Keys(chains)), rules.Baseline()
	rapid.Check(t, func(r *rapid.T) {
		f, last := anyDealing(r)
		fact := rapid.SampledFrom(moved).Draw(r, "moved")
		chain := chains[fact]
		at := rapid.IntRange(0, len(chain)-2).Draw(r, "from")
		require.NoError(r, f.Set(fact, chain[at]))
		if fact == "cp_us" && at == 0 { // who is on no list is under no programme
			require.NoError(r, f.Set("cp_programme", "none"))
		}
		before := baseline.Explain(confirmed(f, last))
		require.NoError(r, f.Set(fact, chain[at+1]))
		notLower(r, before.Authorities, baseline.Explain(confirmed(f, last)).Authorities, "when "+fact+" goes from "+chain[at]+" to "+chain[at+1])
	})
}

// A mitigating rule never raises a score, and another never lowers one, whatever other
// rules fire beside it: with its floor, too, it only leaves something of what there is.
func TestARuleDoesAsItsRole(t *testing.T) {
	baseline := rules.Baseline()
	all := baseline.Tables().Rules
	rapid.Check(t, func(r *rapid.T) {
		f, last := anyDealing(r)
		with := baseline.Explain(confirmed(f, last)).Authorities
		var fired []tables.Rule
		for _, rule := range all {
			if slices.ContainsFunc(with, func(x assessment.Reached) bool {
				return slices.ContainsFunc(x.Factors, func(l assessment.Factor) bool { return l.Row != nil && l.Rule == rule.ID })
			}) {
				fired = append(fired, rule)
			}
		}
		if len(fired) == 0 {
			return // nothing to leave out
		}
		rule := rapid.SampledFrom(fired).Draw(r, "rule")
		without := baseline.WithoutRule(rule.ID).Explain(confirmed(f, last)).Authorities
		if rule.Role == tables.Mitigating {
			notLower(r, with, without, "without "+rule.ID)
		} else {
			notLower(r, without, with, "with "+rule.ID)
		}
	})
}

// A claim that tells of a later stage, all else equal, lowers none of an authority's scores.
// Of what nobody dates the days differ by the stage, as they do for what is over and what
// goes on, and with them the rules in force; so in Low and Point the claim tells its last
// day. It has a source of its own there: a source that comes to say what it says elsewhere
// under other grades is as good as it was first.
func TestLaterStageOfAClaimNeverLowers(t *testing.T) {
	chain := []string{"rumoured", "discussed", "proposed", "signed", "operating"}
	always(t, func(r *rapid.T) string {
		rows := slices.DeleteFunc(anyClaims(r), notAnAffirmation) // which speak against one stage and not another
		if len(rows) == 0 {
			return "" // nothing to raise
		}
		rows[0] += "; subject_type=" + rapid.SampledFrom([]string{"firm", "group"}).Draw(r, "told of") +
			"; date_from=" + rapid.SampledFrom([]string{"2018-03-01", "2022-06-01", "2024-03-10", "2025-10-29"}).Draw(r, "day")
		alone := rapid.Bool().Draw(r, "of its own source, with a last day")
		if alone {
			rows[0] += "; date_to=2025-12-01; root_source_id=its own; relayed_from="
		}
		at := rapid.IntRange(0, len(chain)-2).Draw(r, "stage")
		f := anyFirm(r)
		of := func(stage string) assessment.Assessment {
			return assess(t, russia(), f, claimed(t, append([]string{rows[0] + "; stage=" + stage}, rows[1:]...)...))
		}
		before, now := of(chain[at]), of(chain[at+1])
		for _, b := range before.Authorities {
			var n assessment.Reached // scores of nothing, where it is gone
			if i := slices.IndexFunc(now.Authorities, func(x assessment.Reached) bool { return x.Authority == b.Authority }); i >= 0 {
				n = now.Authorities[i]
			}
			if n.Score.High.LessThan(b.Score.High.Decimal) || alone && (n.Score.Low.LessThan(b.Score.Low.Decimal) || n.Score.Point.LessThan(b.Score.Point.Decimal)) {
				return fmt.Sprintf("%s: %s to %s when it goes from %s to %s", b.Authority, b.Score, n.Score, chain[at], chain[at+1])
			}
		}
		return ""
	})
}

// A claim of a later stage lowers no high score either where some of it is denied: what a
// denial does not reach stands as if no more were told.
func TestLaterStageOfWhatIsDeniedNeverLowersHigh(t *testing.T) {
	chain := []string{"rumoured", "discussed", "proposed", "signed", "operating"}
	always(t, func(r *rapid.T) string {
		rows := append(anyClaims(r), anyClaim(r)+"; engagement_id=e1; claim_polarity=deny; source_naming=document; source_reliability=A; root_source_id=court; stage="+
			rapid.SampledFrom(append(chain, "completed")).Draw(r, "denied"))
		for i := range rows {
			rows[i] = strings.NewReplacer("stage=suspended", "stage=", "stage=exited", "stage=").Replace(rows[i]) // no ends
		}
		rows[0] += "; claim_polarity=affirm; participation=; subject_id=firm; subject_type=firm; engagement_id=e1; root_source_id=its own; relayed_from=; date_from=2024-03-10; date_to=2025-12-01"
		at := rapid.IntRange(0, len(chain)-2).Draw(r, "stage")
		of := func(stage string) assessment.Score {
			return assess(t, russia(), firm, claimed(t, append([]string{rows[0] + "; stage=" + stage}, rows[1:]...)...)).Score
		}
		if before, now := of(chain[at]), of(chain[at+1]); now.High.LessThan(before.High.Decimal) {
			return fmt.Sprintf("%v to %v when it goes from %s to %s", before, now, chain[at], chain[at+1])
		}
		return ""
	})
}

// Every factor's row resolves to a rule in force on the date, and cites it.
func TestCitationsResolve(t *testing.T) {
	set := rules.Baseline().Tables()
	byID := map[string]tables.Rule{}
	for _, r := range set.Rules {
		byID[r.ID] = r
	}
	rapid.Check(t, func(r *rapid.T) {
		reported := claimsOf(r, anyClaims(r)...)
		a := assess(r, russia(), anyFirm(r), reported)
		undated, ends, event := map[sanctions.Source]bool{}, false, map[sanctions.Source]string{}
		for _, c := range reported {
			event[c.Source] = c.EventID
			undated[c.Source] = c.From.IsZero() && c.To.IsZero()
			ends = ends || c.Stage == claims.Suspended || c.Stage == claims.Exited
		}
		days, spans := map[string][]sanctions.Date{}, map[string][]sanctions.Period{}
		at := map[string][]string{} // dealings by event
		for _, e := range a.Engagements {
			told := slices.Concat(e.Relays, e.Ends)
			for _, acc := range e.Accounts {
				days[e.ID] = append(days[e.ID], acc.LastKnown)
				if !acc.Earliest.IsZero() {
					days[e.ID] = append(days[e.ID], acc.Earliest)
				}
				if ends && slices.Contains([]claims.Stage{"", claims.Signed, claims.Operating}, acc.Stage) {
					// It may have lasted, and the high score lets it be until any end that is told.
					spans[e.ID] = append(spans[e.ID], sanctions.Period{From: acc.From, To: today.AddDays(1)})
				}
				told = append(told, acc.Evidence.Affirm...)
			}
			if slices.ContainsFunc(told, func(c *assessment.ClaimRef) bool { return undated[c.Source] }) {
				days[e.ID] = append(days[e.ID], sanctions.Date{}) // for all that this one says: the high score lets it be any day
			}
			for _, c := range told {
				if id := event[c.Source]; id != "" {
					at[id] = append(at[id], e.ID)
				}
			}
		}
		for range a.Engagements { // and that of what is told at the same event
			for _, together := range at {
				for _, one := range together {
					for _, other := range together {
						for _, day := range days[other] {
							if !slices.Contains(days[one], day) {
								days[one] = append(days[one], day)
							}
						}
						for _, span := range spans[other] {
							if !slices.Contains(spans[one], span) {
								spans[one] = append(spans[one], span)
							}
						}
					}
				}
			}
		}
		for _, x := range a.Authorities {
			for _, f := range x.Factors {
				require.NotEmpty(r, f.Citation)
				if f.Step != assessment.StepRule {
					continue
				}
				row, ok := byID[f.Rule]
				require.True(r, ok, f.Rule)
				assert.Equal(r, row.Citation, f.Citation)
				require.Equal(r, x.Authority, row.Authority)
				if f.Engagement != "" {
					on := func(d sanctions.Date) bool { return d.IsZero() || row.Effective.Contains(d) }
					require.True(r, slices.ContainsFunc(days[f.Engagement], on) || slices.ContainsFunc(spans[f.Engagement], row.Effective.Overlaps),
						"%s is not in force on %v, nor within %v", f.Rule, days[f.Engagement], spans[f.Engagement])
				}
			}
		}
	})
}

// The line of a rule, be it of its points, its floor or its cap, shows each fact that the
// rule asks about, none of which rules it out.
func TestLinesShowTheFactsOfTheirRules(t *testing.T) {
	byID := map[string]tables.Rule{}
	for _, r := range rules.Baseline().Tables().Rules {
		byID[r.ID] = r
	}
	check := func(r require.TestingT, a assessment.Assessment) (steps []assessment.Step) {
		for _, x := range a.Authorities {
			for _, l := range x.Factors {
				if l.Role == "" {
					continue // of no rule
				}
				steps = append(steps, l.Step)
				require.Len(r, l.Facts, len(byID[l.Rule].When), "%s of %s", l.Step, l.Rule)
				for i, c := range byID[l.Rule].When {
					h := l.Facts[i]
					require.Equal(r, c.Fact, h.Fact)
					if h.Value == "open upwards" {
						continue // more than any threshold, and no number
					}
					var f risk.Facts
					require.NoError(r, f.Set(h.Fact, h.Value))
					answer, err := f.Meets(c)
					require.NoError(r, err)
					require.NotEqual(r, sanctions.No, answer, "%s of %s: %s is %s", l.Step, l.Rule, h.Fact, h.Value)
				}
			}
		}
		return steps
	}
	rapid.Check(t, func(r *rapid.T) {
		d := russia()
		d.owned = map[string][]sanctions.Verdict{"firm": {{Regime: "eu", Status: sanctions.PossiblyOwned}}}
		check(r, assess(r, d, anyFirm(r), claimsOf(r, anyClaims(r)...)))
	})
	graded := "; root_source_id=r1; source_naming=named; source_reliability=A; info_credibility=1"
	for _, rows := range [][]string{
		// What is certain fires in the high score alone, on a day that only another tells.
		{"engagement_id=e; kind=energy_purchase; item_class=energy" + graded, "engagement_id=e; kind=meeting; date_from=2016-05-01" + graded},
		// One rule caps what is certain, another what may be.
		{"kind=joint_venture; stage=rumoured; item_class=energy; amount=100000; currency=INR; statement_by=Firm Private Limited" + graded},
	} {
		assert.NotEmpty(t, check(t, assess(t, russia(), firm, claimed(t, rows...))))
	}
	listed := assess(t, with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Owned, Share: share("50")}), firm, nil)
	assert.Contains(t, check(t, listed), assessment.StepFloor, "the gravest grade there is")
	for _, x := range listed.Authorities {
		for _, l := range x.Factors {
			if l.Step == assessment.StepFloor {
				assert.Equal(t, []sanctions.Source{firm.Source}, l.Facts[0].Sources)
			}
		}
	}
}
