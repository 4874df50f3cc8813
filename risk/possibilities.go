package risk

// possibility is something that might turn out or come about: facts set to other
// values, all together, unless when says no of the present ones.
type possibility struct {
	words string
	when  Condition
	set   []Condition
	kinds []Kind // to which it can apply; none is all
}

// possibilities is what the search tries, on each engagement in turn. They are
// ways in which the world or the evidence may change; what they do to the score
// the rules decide.
var possibilities = []possibility{
	{"a signed contract", Condition{"stage", "rumoured|discussed|proposed"}, []Condition{{"stage", "signed"}}, nil},
	{"deliveries begin", Condition{"stage", "!operating|completed"}, []Condition{{"stage", "operating"}}, nil},
	{"completion", Condition{"stage", "!completed"}, []Condition{{"stage", "completed"}}, nil},
	{"a signed contract to produce arms together", Condition{"kind", "meeting|delegation|mou|association_representation"},
		[]Condition{{"kind", "licensed_production"}, {"stage", "signed"}, {"item_class", "arms"}}, nil},
	{"a signed contract to supply components to Russia", Condition{"kind", "meeting|delegation|mou|association_representation"},
		[]Condition{{"kind", "component_supply"}, {"stage", "signed"}, {"item_class", "arms_component"}, {"direction", "X→RU"}}, nil},
	{"the other side found to be on the List of Specified Persons", Condition{"cp_us", "!specified_person"}, []Condition{{"cp_us", "specified_person"}, {"cp_russia", "yes"}}, nil},
	{"the other side found to be unknown to every U.S. list", Condition{"cp_us", "!none"},
		[]Condition{{"cp_us", "none"}, {"cp_programme", "none"}, {"cp_now_us", "none"}, {"cp_now_programme", "none"}, {"cp_secondary_risk", "no"}}, nil},
	{"the other side found to be blocked under E.O. 14024", Condition{"cp_programme", "!RUSSIA-EO14024"}, []Condition{{"cp_us", "blocking"}, {"cp_programme", "RUSSIA-EO14024"}, {"cp_russia", "yes"}}, nil},
	{"the items found to be tier 1 high priority items", Condition{"chpl", "!1"}, []Condition{{"chpl", "1"}}, nil},
	{"the items found to be no high priority items", Condition{"chpl", "!none"}, []Condition{{"chpl", "none"}}, nil},
	{"the items found to be purely civilian", Condition{"item_class", "!civilian"}, []Condition{{"item_class", "civilian"}, {"chpl", "none"}}, tradeInAnything},
	{"goods found to go to Russia", Condition{"direction", "!X→RU"}, []Condition{{"direction", "X→RU"}}, nil},
	{"the other side found to be nobody whom the EU or the UK list", Condition{"cp_eu", "!none"}, []Condition{{"cp_eu", "none"}, {"cp_uk", "none"}}, nil},
	{"the other side found to be no Russian, nor owned by one", Condition{"cp_russia", "!no"}, []Condition{{"cp_russia", "no"}}, tradeInAnything},
	{"dollars found to have been used", Condition{"us_nexus", "no"}, []Condition{{"us_nexus", "yes"}}, nil},
	{"five years without renewal", Condition{"age_days", "<1826"}, []Condition{{"age_days", "1826"}}, nil},
	{"exit", Condition{"ended", "!exited"}, []Condition{{"ended", "exited"}}, nil},
	{"suspension", Condition{"ended", "none"}, []Condition{{"ended", "suspended"}}, nil},
	{"corroboration by an independent source", Condition{"roots", "<2"}, []Condition{{"roots", "2"}}, nil},
	{"an on-record statement of the firm", Condition{"own_statement", "no"}, []Condition{{"own_statement", "yes"}}, nil},
	{"an official document that shows it", Condition{"official_document", "no"}, []Condition{{"official_document", "yes"}}, nil},
	{"withdrawal of the denial", Condition{"denial", "!none"}, []Condition{{"denial", "none"}}, nil},
	{"a denial by the firm", Condition{"denial", "none"}, []Condition{{"denial", "subject"}}, nil},
	{"an official document that refutes it", Condition{"denial", "!official"}, []Condition{{"denial", "official"}}, nil},
	{"a value of USD 10 million", Condition{"amount_usd", "<10000000"}, []Condition{{"amount_usd", "10000000"}}, nil},
	{"a value of USD 1 billion", Condition{"amount_usd", "<1000000000"}, []Condition{{"amount_usd", "1000000000"}}, nil},
}

// tradeInAnything is the kinds that say nothing of the goods or the other side: a
// purchase of arms is of arms, and from Russia.
var tradeInAnything = []Kind{JointVenture, Investment, LicensedProduction, TechnologyTransfer, JointDevelopment, DualUseSupply, Reexport, GoodsSupply,
	GoodsPurchase, EnergyPurchase, Shipping, CorrespondentBanking, TradeFinance, Payment, Services, Advice, Employment, Facilitation, MoU}
