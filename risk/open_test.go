package risk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// What a firm itself reports of civil trade with nobody blocked is open business in
// the low and point scores, and the high score stays: to find it so is for an
// authority. It is open only where nothing is controlled and nobody is blocked.
func TestOpenBusiness(t *testing.T) {
	row := "kind=investment; stage=operating; item_class=financial; direction=joint; counterparty_name=Own Bank; counterparty_id=unlisted; counterparty_basis=stated; engagement_id=deal; date_from=2024-03-01"
	own := "; source_naming=document; statement_by=Firm Private Limited; publisher=Firm Private Limited; root_source_id=report"
	reported := assess(t, russia(), firm, claimed(t, row+"; source_naming=document; source_reliability=A; info_credibility=1"))
	declared := assess(t, russia(), firm, claimed(t, row+own))
	assert.Equal(t, "10", authority(declared, "eo-14024").Score.Point.String())
	assert.True(t, authority(reported, "eo-14024").Score.Point.GreaterThan(authority(declared, "eo-14024").Score.Point.Decimal), "told by an authority: %v", reported.Score)
	assert.Equal(t, reported.Score.High, declared.Score.High, "what is open to doubt stays")
	for name, cells := range map[string]string{
		"with somebody blocked":    "; counterparty_id=buyer",
		"in controlled goods":      "; kind=goods_supply; item_class=dual_use; direction=X→RU",
		"on the priority list":     "; kind=goods_supply; item_class=manufacturing; hs6=854231; direction=X→RU",
		"told by an unnamed voice": "; source_naming=anonymous",
	} {
		_, open := factors(assess(t, russia(), firm, claimed(t, row+own+cells)), "eo-14024")["14024-declared"]
		assert.False(t, open, name)
	}
	both := assess(t, russia(), firm, claimed(t, row+own, row+"; root_source_id=press; source_naming=named"))
	assert.Equal(t, declared.Score.Point, both.Score.Point, "another source for the same makes it no worse")
}

// What stands in words is shown and not read: neither for the firm nor against it.
func TestWordsMoveNothing(t *testing.T) {
	row := "kind=goods_supply; stage=completed; item_class=manufacturing; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; engagement_id=deal; date_from=2025-03-01"
	plain := assess(t, russia(), firm, claimed(t, row))
	for _, words := range []string{
		"It applied for an OFAC licence and was refused", "The general licence expired before the shipment", "Under a general licence",
		"The firm refused to supply the Russian army", "For the Russian army", "A rival was accused of sanctions evasion", "Moved ship-to-ship at night",
		"Established in 2022", "Transshipped at Singapore", "Two million tonnes", "The largest exporter", "Food and medicines",
	} {
		for _, cell := range []string{"note", "quote", "item"} {
			assert.Equal(t, plain.Score, assess(t, russia(), firm, claimed(t, row+"; "+cell+"="+words)).Score, "%s: %s", cell, words)
		}
	}
}

// Where no sum of money is told, a purchase of energy may be a substantial source of
// revenue: the high score holds it, and no other.
func TestUntoldSizeIsOpen(t *testing.T) {
	row := "kind=energy_purchase; stage=operating; item_class=energy; direction=RU→X; counterparty_id=unlisted; counterparty_basis=stated; engagement_id=deal; date_from=2024-03-01; date_to=2024-06-01"
	score := func(cells string) (point, high string) {
		s := authority(assess(t, russia(), firm, claimed(t, row+"; source_naming=document; source_reliability=A; info_credibility=1"+cells)), "eu-269").Score
		return s.Point.String(), s.High.String()
	}
	untoldPoint, untoldHigh := score("")
	smallPoint, smallHigh := score("; amount=90000; currency=USD")
	largePoint, _ := score("; amount=150000000; currency=USD")
	assert.Equal(t, smallPoint, untoldPoint)
	assert.NotEqual(t, smallHigh, untoldHigh)
	assert.NotEqual(t, untoldPoint, largePoint)
}
