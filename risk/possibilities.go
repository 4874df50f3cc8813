package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
)

// possibility is something that might turn out or come about: facts set to other
// values, all together, unless when says no of the present ones.
type possibility struct {
	words string
	when  tables.Condition
	set   []tables.Condition
	kinds []claims.Kind // to which it can apply; none is all
}

// possibilities is what the search tries, on each engagement in turn. They are
// ways in which the world or the evidence may change; what they do to the score
// the rules decide.
var possibilities = []possibility{
	{"a signed contract", is("stage", "rumoured|discussed|proposed"), given("stage", "signed"), nil},
	{"deliveries begin", is("stage", "!operating|completed"), given("stage", "operating"), nil},
	{"completion", is("stage", "!completed"), given("stage", "completed"), nil},
	{"a signed contract to produce arms together", is("kind", "meeting|delegation|mou|association_representation"),
		given("kind", "licensed_production", "stage", "signed", "item_class", "arms"), nil},
	{"a signed contract to supply components to Russia", is("kind", "meeting|delegation|mou|association_representation"),
		given("kind", "component_supply", "stage", "signed", "item_class", "arms_component", "direction", "X→RU"), nil},
	{"the other side found to be on the List of Specified Persons", is("cp_us", "!specified_person"), given("cp_us", "specified_person", "cp_russia", "yes"), nil},
	{"the other side found to be unknown to every U.S. list", is("cp_us", "!none"),
		given("cp_us", "none", "cp_programme", "none", "cp_now_us", "none", "cp_now_programme", "none", "cp_secondary_risk", "no"), nil},
	{"the other side found to be blocked under E.O. 14024", is("cp_programme", "!RUSSIA-EO14024"), given("cp_us", "blocking", "cp_programme", "RUSSIA-EO14024", "cp_russia", "yes"), nil},
	{"the items found to be tier 1 high priority items", is("chpl", "!1"), given("chpl", "1"), nil},
	{"the items found to be no high priority items", is("chpl", "!none"), given("chpl", "none"), nil},
	{"the items found to be purely civilian", is("item_class", "!civilian"), given("item_class", "civilian", "chpl", "none"), tradeInAnything},
	{"goods found to go to Russia", is("direction", "!X→RU"), given("direction", "X→RU"), nil},
	{"the other side found to be nobody whom the EU or the UK list", is("cp_eu", "!none"), given("cp_eu", "none", "cp_uk", "none"), nil},
	{"the other side found to be no Russian, nor owned by one", is("cp_russia", "!no"), given("cp_russia", "no"), tradeInAnything},
	{"dollars found to have been used", is("us_nexus", "no"), given("us_nexus", "yes"), nil},
	{"five years without renewal", is("age_days", "<1826"), given("age_days", "1826"), nil},
	{"exit", is("ended", "!exited"), given("ended", "exited"), nil},
	{"suspension", is("ended", "none"), given("ended", "suspended"), nil},
	{"corroboration by an independent source", is("roots", "<2"), given("roots", "2"), nil},
	{"an on-record statement of the firm", is("own_statement", "no"), given("own_statement", "yes"), nil},
	{"an official document that shows it", is("official_document", "no"), given("official_document", "yes"), nil},
	{"withdrawal of the denial", is("denial", "!none"), given("denial", "none"), nil},
	{"a denial by the firm", is("denial", "none"), given("denial", "subject"), nil},
	{"an official document that refutes it", is("denial", "!official"), given("denial", "official"), nil},
	{"a value of USD 10 million", is("amount_usd", "<10000000"), given("amount_usd", "10000000"), nil},
	{"a value of USD 1 billion", is("amount_usd", "<1000000000"), given("amount_usd", "1000000000"), nil},
}

// tradeInAnything is the kinds that say nothing of the goods or the other side: a
// purchase of arms is of arms, and from Russia.
var tradeInAnything = []claims.Kind{claims.JointVenture, claims.Investment, claims.LicensedProduction, claims.TechnologyTransfer, claims.JointDevelopment, claims.DualUseSupply, claims.Reexport, claims.GoodsSupply,
	claims.GoodsPurchase, claims.EnergyPurchase, claims.Shipping, claims.CorrespondentBanking, claims.TradeFinance, claims.Payment, claims.Services, claims.Advice, claims.Employment, claims.Facilitation, claims.MoU}

func is(fact, test string) tables.Condition { return tables.Condition{Fact: fact, Test: test} }

// given are conditions, each a fact and its test.
func given(pairs ...string) (out []tables.Condition) {
	for pair := range slices.Chunk(pairs, 2) {
		out = append(out, is(pair[0], pair[1]))
	}
	return out
}
