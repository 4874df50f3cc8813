package claims

import "github.com/sanctionrisk/exposure/internal/csvfile"

// Kind says what sort of dealing a claim reports. The vocabulary is closed.
type Kind string

// The kinds, from contact without trade to the gravest supply, then those that
// never charge a firm: remediation, acts of states, figures and analysis.
const (
	Meeting                   Kind = "meeting"
	Delegation                Kind = "delegation"
	AssociationRepresentation Kind = "association_representation" // a trade body was there, not its members
	PersonalPresence          Kind = "personal_presence"
	MoU                       Kind = "mou"
	JointVenture              Kind = "joint_venture"
	Investment                Kind = "investment"
	LicensedProduction        Kind = "licensed_production"
	TechnologyTransfer        Kind = "technology_transfer"
	JointDevelopment          Kind = "joint_development"
	ArmsPurchase              Kind = "arms_purchase" // from Russia
	MaintenancePurchase       Kind = "maintenance_purchase"
	ComponentSupply           Kind = "component_supply" // military components to Russia
	ArmsSupply                Kind = "arms_supply"      // finished arms to Russia
	DualUseSupply             Kind = "dual_use_supply"
	Reexport                  Kind = "reexport"
	GoodsSupply               Kind = "goods_supply"
	GoodsPurchase             Kind = "goods_purchase"
	EnergyPurchase            Kind = "energy_purchase"
	Shipping                  Kind = "shipping"
	CorrespondentBanking      Kind = "correspondent_banking"
	TradeFinance              Kind = "trade_finance"
	Payment                   Kind = "payment"
	Services                  Kind = "services"
	Advice                    Kind = "advice"
	Employment                Kind = "employment"
	Facilitation              Kind = "facilitation" // making somebody else's transaction possible, also by deception
	Remediation               Kind = "remediation"  // what the firm did about a dealing
	StateAct                  Kind = "state_act"
	Figure                    Kind = "figure"
	Analysis                  Kind = "analysis"
)

// Stage says how far a dealing has come. Denied is no stage: see [Polarity]. A denial of a
// stage denies that and all that is beyond it, and one of no stage the dealing.
type Stage string

// The stages in their order. A claim of a later stage up to completed supports
// the earlier ones; suspended and exited end a dealing and do not undo it.
const (
	Rumoured  Stage = "rumoured"
	Discussed Stage = "discussed"
	Proposed  Stage = "proposed"
	Signed    Stage = "signed"
	Operating Stage = "operating"
	Completed Stage = "completed"
	Suspended Stage = "suspended"
	Exited    Stage = "exited"
)

// ItemClass says what was dealt in.
type ItemClass string

// The item classes.
const (
	Arms               ItemClass = "arms"
	ArmsComponent      ItemClass = "arms_component"
	MilitaryTechnology ItemClass = "military_technology"
	DualUse            ItemClass = "dual_use"
	Aviation           ItemClass = "aviation"
	Energy             ItemClass = "energy"
	Metals             ItemClass = "metals"
	Financial          ItemClass = "financial"
	ServicesItem       ItemClass = "services"
	Electronics        ItemClass = "electronics"
	Marine             ItemClass = "marine"
	Quantum            ItemClass = "quantum"
	Manufacturing      ItemClass = "manufacturing"
	Construction       ItemClass = "construction" // with architecture and engineering
	Transportation     ItemClass = "transportation"
	Professional       ItemClass = "professional" // accounting, trust and corporate formation, management consulting
	Pipeline           ItemClass = "pipeline"     // energy export pipelines
	StateAsset         ItemClass = "state_asset"  // shares or property that a state sells off
	Civilian           ItemClass = "civilian"
	Mixed              ItemClass = "mixed"
	NoItem             ItemClass = "none"
)

// Direction says which way goods, services or money's worth went, seen from the
// subject X.
type Direction string

// The directions. RU->X and X->RU are read as well.
const (
	FromRussia  Direction = "RU→X"
	ToRussia    Direction = "X→RU"
	Joint       Direction = "joint"
	NoDirection Direction = "none"
)

// SubjectType says what the subject of a claim is.
type SubjectType string

// The types of subject. A group is known by a count or description only.
const (
	SubjectFirm   SubjectType = "firm"
	SubjectPerson SubjectType = "person"
	SubjectBody   SubjectType = "body"
	SubjectState  SubjectType = "state"
	SubjectGroup  SubjectType = "group"
)

// Capacity says for whom a person acted.
type Capacity string

// The capacities.
const (
	Official        Capacity = "official"
	Personal        Capacity = "personal"
	Representative  Capacity = "representative"
	UnknownCapacity Capacity = "unknown"
)

// Participation says what a claim states of the subject's part in an event.
type Participation string

// The participations.
const (
	Attended             Participation = "attended"
	ReportedPresent      Participation = "reported"
	DeniedPresent        Participation = "denied"
	ReportedAbsent       Participation = "reported_absent"
	ParticipationUnknown Participation = "not_stated"
)

// Polarity says what a claim does to the statement in its cells.
type Polarity string

// The polarities. A denial is a claim of its own and never an edit.
const (
	Affirm  Polarity = "affirm"
	Deny    Polarity = "deny"
	Correct Polarity = "correct" // restates what another claim got wrong
	Opinion Polarity = "opinion" // a judgement; never scored
)

// CounterpartyBasis says whether a source names the other side.
type CounterpartyBasis string

// The bases. An inferred counterparty (from the equipment, say) stays inferred.
const (
	CounterpartyStated   CounterpartyBasis = "stated"
	CounterpartyInferred CounterpartyBasis = "inferred"
	CounterpartyUnstated CounterpartyBasis = "unknown"
)

// SourceNaming says how the source of a claim can be held to it.
type SourceNaming string

// The namings.
const (
	Named     SourceNaming = "named"
	Anonymous SourceNaming = "anonymous"
	Document  SourceNaming = "document"
)

// DatePrecision says how much of a claim's dates is known.
type DatePrecision string

// The precisions.
const (
	PrecisionDay     DatePrecision = "day"
	PrecisionMonth   DatePrecision = "month"
	PrecisionYear    DatePrecision = "year"
	PrecisionQuarter DatePrecision = "quarter"
	PrecisionApprox  DatePrecision = "approx"
)

// AmountQualifier says how an amount is meant. A target is no amount of trade.
type AmountQualifier string

// The qualifiers.
const (
	Exact   AmountQualifier = "exact"
	About   AmountQualifier = "about"
	Nearly  AmountQualifier = "nearly"
	AtLeast AmountQualifier = "at_least"
	Over    AmountQualifier = "over"
	Target  AmountQualifier = "target"
)

var (
	kinds = []Kind{Meeting, Delegation, AssociationRepresentation, PersonalPresence, MoU, JointVenture, Investment,
		LicensedProduction, TechnologyTransfer, JointDevelopment, ArmsPurchase, MaintenancePurchase, ComponentSupply,
		ArmsSupply, DualUseSupply, Reexport, GoodsSupply, GoodsPurchase, EnergyPurchase, Shipping, CorrespondentBanking,
		TradeFinance, Payment, Services, Advice, Employment, Facilitation, Remediation, StateAct, Figure, Analysis}
	stages      = []Stage{Rumoured, Discussed, Proposed, Signed, Operating, Completed, Suspended, Exited}
	itemClasses = []ItemClass{Arms, ArmsComponent, MilitaryTechnology, DualUse, Aviation, Energy, Metals, Financial,
		ServicesItem, Electronics, Marine, Quantum, Manufacturing, Construction, Transportation, Professional, Pipeline, StateAsset, Civilian, Mixed, NoItem}
	directions     = []Direction{FromRussia, ToRussia, Joint, NoDirection}
	subjectTypes   = []SubjectType{SubjectFirm, SubjectPerson, SubjectBody, SubjectState, SubjectGroup}
	capacities     = []Capacity{Official, Personal, Representative, UnknownCapacity}
	participations = []Participation{Attended, ReportedPresent, DeniedPresent, ReportedAbsent, ParticipationUnknown}
	polarities     = []Polarity{Affirm, Deny, Correct, Opinion}
	bases          = []CounterpartyBasis{CounterpartyStated, CounterpartyInferred, CounterpartyUnstated}
	namings        = []SourceNaming{Named, Anonymous, Document}
	precisions     = []DatePrecision{PrecisionDay, PrecisionMonth, PrecisionYear, PrecisionQuarter, PrecisionApprox}
	qualifiers     = []AmountQualifier{Exact, About, Nearly, AtLeast, Over, Target}
)

// term is a column of a vocabulary whose terms have other words, too: see synonyms.csv.
func term[V ~string](name string, terms []V, at func(*Claim) *V) csvfile.Column[Claim] {
	column := csvfile.Term(name, terms, at)
	plain := column.Set
	column.Set = func(c *Claim, s string) error {
		if term, ok := synonyms()[[2]string{name, csvfile.Fold(s)}]; ok {
			s = term
		}
		return plain(c, s)
	}
	return column
}
