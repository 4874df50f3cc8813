package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
)

// possibility is something that might turn out or come about: facts set to other
// values, unless when says no of the present ones. It is the least that can be: its
// facts come together by its meaning.
type possibility struct {
	words string
	when  tables.Condition
	set   []tables.Condition
	kinds []claims.Kind // to which it can apply; none is all
	way   string        // possibilities of one way go further, each than those before it
}

// possibilities is what the search tries, on each engagement in turn. They are
// ways in which the world or the evidence may change; what they do to the score
// the rules decide.
var possibilities = []possibility{
	{words: "a signed contract", when: is("stage", "rumoured|discussed|proposed"), set: given("stage", "signed"), way: "stage"},
	{words: "deliveries begin", when: is("stage", "!operating|completed"), set: given("stage", "operating"), way: "stage"},
	{words: "completion", when: is("stage", "!completed"), set: given("stage", "completed"), way: "stage"},
	{words: "a signed contract of joint production", when: is("kind", talkKinds),
		set: given("kind", "licensed_production", "stage", "signed", "direction", "joint"), way: "production"},
	{words: "a signed contract of joint production of arms", when: is("kind", talkKinds),
		set: given("kind", "licensed_production", "stage", "signed", "direction", "joint", "item_class", "arms"), way: "production"},
	{words: "a signed contract to supply components to Russia", when: is("kind", talkKinds),
		set: given("kind", "component_supply", "stage", "signed", "direction", "X→RU"), way: "supply"},
	{words: "a signed contract to supply components of arms to Russia", when: is("kind", talkKinds),
		set: given("kind", "component_supply", "stage", "signed", "direction", "X→RU", "item_class", "arms_component"), way: "supply"},
	{words: "the other side found to be on the List of Specified Persons", when: is("cp_us", "!specified_person"), set: given("cp_us", "specified_person")},
	{words: "the other side found to be unknown to every U.S. list", when: is("cp_us", "!none"),
		set: given("cp_us", "none", "cp_programme", "none", "cp_owner_programme", "none", "cp_now_us", "none", "cp_now_programme", "none", "cp_secondary_risk", "no")},
	{words: "the other side found to be blocked under E.O. 14024", when: is("cp_programme", "!RUSSIA-EO14024"), set: given("cp_us", "blocking", "cp_programme", "RUSSIA-EO14024")},
	{words: "the items found to be tier 1 high priority items", when: is("chpl", "!1"), set: given("chpl", "1")},
	{words: "the items found to be no high priority items", when: is("chpl", "!none"), set: given("chpl", "none")},
	{words: "the items found to be purely civilian", when: is("item_class", "!civilian"), set: given("item_class", "civilian", "chpl", "none"), kinds: tradeInAnything},
	{words: "goods found to go to Russia", when: is("direction", "!X→RU"), set: given("direction", "X→RU")},
	{words: "the other side found to be nobody whom the EU lists", when: is("cp_eu", "!none"), set: given("cp_eu", "none", "cp_now_eu", "none")},
	{words: "the other side found to be nobody whom the UK lists", when: is("cp_uk", "!none"), set: given("cp_uk", "none", "cp_now_uk", "none")},
	{words: "the other side found to be no Russian, nor owned by one", when: is("cp_russia", "!no"), set: given("cp_russia", "no"), kinds: tradeInAnything},
	{words: "dollars found to have been used", when: is("us_nexus", "no"), set: given("us_nexus", "yes")},
	{words: "five years without renewal", when: is("age_days", "<1826"), set: given("age_days", "1826")},
	{words: "exit", when: is("ended", "!exited"), set: given("ended", "exited")},
	{words: "suspension", when: is("ended", "none"), set: given("ended", "suspended")},
	{words: "corroboration by an independent source", when: is("roots", "<2"), set: given("roots", "2")},
	{words: "an on-record statement of the firm", when: is("own_statement", "no"), set: given("own_statement", "yes", "declared", "yes")},
	{words: "an official document that shows it", when: is("official_document", "no"), set: given("official_document", "yes")},
	{words: "withdrawal of the denial", when: is("denial", "!none"), set: given("denial", "none")},
	{words: "a denial by the firm", when: is("denial", "none"), set: given("denial", "subject")},
	{words: "an official document that refutes it", when: is("denial", "!official"), set: given("denial", "official")},
	{words: "a value of USD 10 million", when: is("amount_usd", "<10000000"), set: given("amount_usd", "10000000"), way: "value"},
	{words: "a value of USD 1 billion", when: is("amount_usd", "<1000000000"), set: given("amount_usd", "1000000000"), way: "value"},
}

// talkKinds is the kinds that come before a dealing.
const talkKinds = "meeting|delegation|mou|association_representation"

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
