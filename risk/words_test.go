package risk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// What a claim reports in words counts where the words say so of this dealing, and
// not where they take it back.
func TestSigns(t *testing.T) {
	const rule = "14024-concealed"
	row := "kind=dual_use_supply; stage=completed; item_class=dual_use; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; engagement_id=deal; date_from=2025-03-01"
	for _, tc := range []struct {
		cell, rule string
		fires      bool
		why        string
	}{
		{"note=Sold with false end-use certificates", rule, true, "the plain words"},
		{"note=Sold with a forged end user certificate", rule, true, "a word between"},
		{"quote=The papers were never forged", rule, false, "taken back by a word before"},
		{"note=Sold without any false papers", rule, false, "taken back by a word before"},
		{"note=Not for the embassy. The invoices were falsely labelled", rule, true, "what the sentence before denies is another matter"},
		{"item=chips (declared for transit to Bishkek)", rule, true, "what was dealt in may say so"},
		{"note=A transit visa was declared", rule, false, "the same words the other way round"},
		{"note=Renamed a month after the listing", rule, true, "another name"},
		{"note=The firm was set up in Dubai in May 2022", rule, true, "founded since the war"},
		{"note=The firm was set up in Dubai in May 2012", rule, false, "founded long before"},
		{"note=Payments went through intermediaries", rule, true, "a chain of payments"},
		{"note=The tanker switched off its AIS transponder", rule, true, "words between"},
		{"note=A signal honour", rule, false, "half of a sign"},
		{"note=Founded on rock: in 2023 it moved", rule, false, "half of a sign in each clause"},
		{"claim_polarity=affirm", rule, false, "nothing said"},
		{"note=Among the largest exporters in the records", "14024-leading", true, "a rank"},
		{"note=The largest city", "14024-leading", false, "of something else"},
		{"note=2.5 million tonnes", "14024-volume", true, "a quantity"},
		{"note=1,250,000 tonnes of pulp", "14024-volume", true, "grouped by commas"},
		{"note=about 25,000 barrels a day", "14024-volume", true, "a rate"},
		{"note=25 kb/d", "14024-volume", false, "in a unit that is not known, which is not guessed"},
		{"note=25,000 barrels", "14024-volume", false, "once and not a day"},
		{"note=less than two million tonnes", "14024-volume", false, "an upper bound is no quantity for certain"},
		{"note=The six had 1.5 million barrels a day together", "14024-volume", false, "what several have together is no one's"},
		{"note=900,000 tonnes", "14024-volume", false, "below"},
		{"item=management of more than 80 tankers", "14024-fleet", true, "ships"},
		{"item=nine tankers", "14024-fleet", false, "below"},
		{"item=a dozen vessels", "14024-fleet", true, "in words"},
		{"note=In 2024 shipments stopped", "14024-shipments", false, "a year is no number of shipments"},
		{"note=over 700 shipments in all", "14024-shipments", true, "shipments"},
		{"item=parts for the Russian army", "14024-sector-army", true, "whom it is for"},
		{"item=parts, not for the Russian army", "14024-sector-army", false, "whom it is not for"},
		{"item=patches of the Ukrainian army", "14024-sector-army", false, "another army"},
		{"item=ткань для российской армии", "14024-sector-army", true, "in Russian"},
	} {
		_, fires := factors(assess(t, russia(), firm, claims(t, row+"; "+tc.cell)), "eo-14024")[tc.rule]
		assert.Equal(t, tc.fires, fires, "%s, %s: %s", tc.rule, tc.cell, tc.why)
	}
}

// What speaks for a firm in words lowers the point score, and the high score not at
// all: whether a dealing is licensed is for an authority to find.
func TestWordsForTheFirmStayOpenInHigh(t *testing.T) {
	row := "kind=goods_supply; stage=completed; item_class=mixed; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; engagement_id=deal; date_from=2025-03-01"
	plain := assess(t, russia(), firm, claims(t, row))
	for _, note := range []string{"Under a general licence of OFAC", "Medicines", "Food and grain for a hospital"} {
		a := assess(t, russia(), firm, claims(t, row+"; note="+note))
		assert.True(t, authority(a, "eo-14024").Score.Point.LessThan(authority(plain, "eo-14024").Score.Point.Decimal), "%s: %v", note, a.Score)
		assert.Equal(t, plain.Score.High, a.Score.High, note)
	}
	for _, note := range []string{"Without a licence of OFAC", "No food was in it", "Licensed production of pumps"} {
		assert.Equal(t, plain.Score, assess(t, russia(), firm, claims(t, row+"; note="+note)).Score, note)
	}
	arms := row + "; item_class=arms"
	assert.Equal(t, assess(t, russia(), firm, claims(t, arms)).Score, assess(t, russia(), firm, claims(t, arms+"; note=Medicines")).Score, "arms are not licensed by a word in a note")
}

// A sign that a worse source tells is open in High and does not grow with the
// evidence for the dealing itself.
func TestASignWeighsAsItsOwnSource(t *testing.T) {
	row := "kind=dual_use_supply; stage=completed; item_class=dual_use; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; engagement_id=deal; date_from=2025-03-01"
	court := row + "; source_naming=document; source_reliability=A; info_credibility=1; root_source_id=court"
	alone := assess(t, russia(), firm, claims(t, court))
	rumour := assess(t, russia(), firm, claims(t, court, row+"; source_naming=anonymous; source_reliability=D; root_source_id=forum; note=By a front company"))
	assert.Equal(t, authority(alone, "eo-14024").Score.Low, authority(rumour, "eo-14024").Score.Low)
	assert.Equal(t, authority(alone, "eo-14024").Score.Point, authority(rumour, "eo-14024").Score.Point)
	assert.True(t, authority(rumour, "eo-14024").Score.High.GreaterThan(authority(alone, "eo-14024").Score.High.Decimal), "%v", rumour.Score)
	both := assess(t, russia(), firm, claims(t, court+"; note=By a front company"))
	assert.True(t, authority(both, "eo-14024").Score.Low.GreaterThan(authority(alone, "eo-14024").Score.Low.Decimal), "%v", both.Score)
}

// An examiner sees which words were read, as they were found.
func TestTheWordsAreShown(t *testing.T) {
	row := "kind=shipping; stage=operating; item_class=energy; direction=RU→X; engagement_id=deal; date_from=2025-03-01; item=crude, two million tonnes; note=Moved Ship-to-Ship off Malta"
	a := assess(t, russia(), firm, claims(t, row))
	assert.Equal(t, "tonnes: two million tonnes; dark_voyage: ship to ship", a.Engagements[0].Accounts[0].Evidence.Affirm[0].Signs)
}

// Words of a denial are the denier's, and those of another firm's claim are not this
// one's.
func TestWordsOfOthers(t *testing.T) {
	row := "kind=dual_use_supply; stage=completed; item_class=dual_use; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; engagement_id=deal; event_id=fair; date_from=2025-03-01"
	plain := assess(t, russia(), firm, claims(t, row))
	for name, more := range map[string]string{
		"a denial":     row + "; claim_polarity=deny; root_source_id=firm; statement_by=An agent; note=By a front company",
		"another firm": row + "; subject_id=other; root_source_id=gazette; note=By a front company",
		"a group":      row + "; subject_id=group; subject_type=group; root_source_id=gazette; note=By a front company",
	} {
		a := assess(t, russia(), firm, claims(t, row, more))
		_, fires := factors(a, "eo-14024")["14024-concealed"]
		assert.False(t, fires, name)
		assert.False(t, a.Score.High.GreaterThan(plain.Score.High.Decimal), name)
	}
}

// The armed forces, the ministry and the services are the sectors by their names, on
// a list or not; a nationality is nobody's name.
func TestBodiesOfTheState(t *testing.T) {
	row := "kind=goods_supply; stage=completed; item_class=civilian; direction=X→RU; counterparty_basis=stated; engagement_id=deal; date_from=2025-03-01; counterparty_name="
	for name, body := range map[string]bool{
		"Ministry of Defence of the Russian Federation": true,
		"Russian Ministry of Defense":                   true,
		"Russia's defence ministry":                     true,
		"the Russian Armed Forces":                      true,
		"Armed Forces of Russia":                        true,
		"Russian army":                                  true,
		"Russian military end users, not named":         true,
		"Russian Aerospace Forces (VKS)":                true,
		"Rosgvardia":                                    true,
		"FSB":                                           true,
		"Federal Security Service":                      true,
		"Main Directorate":                              false,
		"Вооружённые силы Российской Федерации": true,
		"ВС РФ":                        true,
		"Минобороны России":            true,
		"ФСБ России":                   true,
		"俄罗斯国防部":                       true,
		"Ministry of Defence":          false, // of whom?
		"Ministry of Defence of India": false,
		"Armed Forces of Ukraine":      false,
		"Russian buyers, not named":    false,
		"Russian side":                 false,
		"Russia":                       false,
		"Russian Army Store LLC":       false,
		"Army of Russia Museum Shop":   false,
		"Moscow Navy Supplies":         false,
	} {
		a := assess(t, russia(), firm, claims(t, row+name))
		_, got := factors(a, "caatsa-231")["231-cp-state-body"]
		assert.Equal(t, body, got, name)
	}
	inferred := assess(t, russia(), firm, claims(t, row+"Russian army; counterparty_basis=inferred"))
	sector := authority(inferred, "caatsa-231").Score
	assert.True(t, sector.Point.IsZero() && sector.High.IsPositive(), "inferred: in the high score only: %v", sector)
}

// The second threshold of section 232 is met by what adds up within twelve months.
func TestPipelineValuesAddUp(t *testing.T) {
	lot := func(id, day, amount string) string {
		return "engagement_id=" + id + "; root_source_id=" + id + "; kind=goods_supply; stage=completed; item_class=pipeline; direction=X→RU; date_from=" + day + "; currency=USD; amount=" + amount
	}
	fires := func(rows ...string) bool {
		_, ok := factors(assess(t, russia(), firm, claims(t, rows...)), "caatsa-232")["232-pipeline-year"]
		return ok
	}
	half := []string{lot("a", "2024-02-01", "900000"), lot("b", "2024-03-01", "900000"), lot("c", "2024-05-01", "900000"), lot("d", "2024-07-01", "900000"), lot("e", "2024-11-01", "900000")}
	assert.False(t, fires(half...), "four and a half millions")
	assert.True(t, fires(append(half, lot("f", "2025-01-30", "500000"))...), "five millions within twelve months")
	assert.False(t, fires(append(half, lot("f", "2025-01-31", "500000"))...), "a day later the first is out")
	assert.False(t, fires(append(half, lot("f", "2025-01-30", "499999.99"))...), "a cent less")
	assert.False(t, fires(append(half, lot("f", "2025-01-30", "500000")+"; item_class=energy")...), "of another class")
	assert.False(t, fires(append(half, lot("e", "2024-11-01", "500000")+"; root_source_id=again; publisher=Another")...), "another account of a lot is no other lot")
}
