package sanctions

// Authority names who lists or restricts: us-ofac, us-state, us-bis, eu, uk, un,
// ch, ca, au, jp, ua, in-house. It is open: a new authority is data.
type Authority string

// The authorities that published formats carry.
const (
	AuthorityOFAC  Authority = "us-ofac"
	AuthorityState Authority = "us-state"
	AuthorityBIS   Authority = "us-bis"
	AuthorityEU    Authority = "eu"
	AuthorityUK    Authority = "uk"
	AuthorityUN    Authority = "un"
	AuthorityCH    Authority = "ch"
	AuthorityCA    Authority = "ca"
	AuthorityAU    Authority = "au"
	AuthorityJP    Authority = "jp"
	AuthorityUA    Authority = "ua"
	// AuthorityNone is a list of the user's own, which binds nobody by law.
	AuthorityNone Authority = ""
)

// Measure says what a designation does. The vocabulary is closed: a listing is
// not always blocking.
type Measure string

// The measures.
const (
	Blocking           Measure = "blocking"            // full blocking or asset freeze
	SectoralDirective  Measure = "sectoral_directive"  // E.O. 13662 and 14024 directives: debt, equity, projects
	CAPTA              Measure = "capta"               // correspondent or payable-through account limits
	MenuBased          Measure = "menu_based"          // NS-MBS, CAATSA s.235 menu items
	SecuritiesBan      Measure = "securities_ban"      // NS-CMIC and the like: no dealing in securities
	ExportControl      Measure = "export_control"      // Entity List: licence needed, policy stated
	MilitaryEndUser    Measure = "military_end_user"   // 15 CFR 744.21
	Unverified         Measure = "unverified"          // BIS Unverified List
	DeniedPerson       Measure = "denied_person"       // BIS Denied Persons List
	TradeRestriction   Measure = "trade_restriction"   // EU 833/2014 Annex IV: dual-use and advanced technology
	TransactionBan     Measure = "transaction_ban"     // EU 833/2014 art. 5aa, 5ac, 5ad: no transactions
	FinanceRestriction Measure = "finance_restriction" // capital markets, loans, deposits
	InvestmentBan      Measure = "investment_ban"
	TransportBan       Measure = "transport_ban" // port, airspace, registration: not a freeze
	VesselBan          Measure = "vessel_ban"    // named ships: port access and services
	TravelBan          Measure = "travel_ban"
	ServicesBan        Measure = "services_ban" // trust, professional, internet services
	DirectorBan        Measure = "director_disqualification"
	Debarment          Measure = "debarment"        // procurement or arms export debarment
	SpecifiedPerson    Measure = "specified_person" // CAATSA s.231(e) list: itself no sanction
	Watch              Measure = "watch"            // named in regulation or guidance, no restriction by itself
	OtherMeasure       Measure = "other"            // kept as published, in the designation's Text
)

var measures = []Measure{Blocking, SectoralDirective, CAPTA, MenuBased, SecuritiesBan, ExportControl,
	MilitaryEndUser, Unverified, DeniedPerson, TradeRestriction, TransactionBan, FinanceRestriction,
	InvestmentBan, TransportBan, VesselBan, TravelBan, ServicesBan, DirectorBan, Debarment,
	SpecifiedPerson, Watch, OtherMeasure}

// Measures lists the vocabulary, in the order of its documentation.
func Measures() []Measure { return append([]Measure(nil), measures...) }

// ParseMeasure reads a measure of the vocabulary or one of its common synonyms
// ("asset freeze", "SDN", "entity list", "CAATSA 231 LSP").
func ParseMeasure(s string) (Measure, error) {
	switch termKey(s) {
	case "asset_freeze", "freeze", "blocked", "sdn", "full_blocking", "block", "asset_freezing":
		return Blocking, nil
	case "ssi", "sectoral", "directive":
		return SectoralDirective, nil
	case "ns_mbs", "mbs", "menu", "menu_based_sanctions":
		return MenuBased, nil
	case "ns_cmic", "cmic":
		return SecuritiesBan, nil
	case "entity_list", "el", "export_controls":
		return ExportControl, nil
	case "meu":
		return MilitaryEndUser, nil
	case "uvl":
		return Unverified, nil
	case "dpl":
		return DeniedPerson, nil
	case "annex_iv", "export_restriction", "export_restrictions", "dual_use", "trade_restrictions":
		return TradeRestriction, nil
	case "transaction_bans":
		return TransactionBan, nil
	case "transport", "transport_only", "transport_sanctions":
		return TransportBan, nil
	case "lsp", "caatsa_231_lsp", "caatsa_231", "list_of_specified_persons", "specified_persons":
		return SpecifiedPerson, nil
	}
	return parseTerm("measure", s, measures)
}

// Designation is one act of one authority against one party, on one list.
type Designation struct {
	Authority  Authority `json:"authority"`
	List       string    `json:"list"`  // the manifest's name of the list
	Entry      string    `json:"entry"` // the list's own number
	Programmes []string  `json:"programmes,omitempty"`
	Measures   []Measure `json:"measures"`
	Period     Period    `json:"period,omitzero"` // listed from, delisted on; unknown is empty
	// Undated: no list states the day of listing. Period.From is then the first day
	// on which the programmes' own legal basis allowed it, or unknown.
	Undated    bool     `json:"undated,omitzero"`
	Directives []string `json:"directives,omitempty"` // "E.O. 13662 Directive 3"
	MenuItems  []string `json:"menu_items,omitempty"` // CAATSA s.235(a) items: "(a)(7)"
	Basis      string   `json:"basis,omitzero"`       // legal basis, Federal Register notice, annex
	Text       string   `json:"text,omitzero"`        // reason or licence policy as published
	// Sources are all places that state this one designation: the same OFAC
	// entry read from sdn.csv and from the Consolidated Screening List is one
	// designation with two sources.
	Sources []Source `json:"sources"`
}

// Has reports whether the designation carries the measure.
func (d *Designation) Has(m Measure) bool {
	for _, x := range d.Measures {
		if x == m {
			return true
		}
	}
	return false
}
