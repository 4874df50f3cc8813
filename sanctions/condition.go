package sanctions

// Condition is something a result rests on that a careful reader must know.
// Callers may turn any of them into an error.
type Condition string

// The conditions.
const (
	OwnershipIncomplete  Condition = "ownership_incomplete" // recorded owners do not add up to the whole
	CircularHolding      Condition = "circular_holding"
	CircleUnsettled      Condition = "circle_unsettled"    // the bounds are wide: what a party that may be listed makes of its own owners, too many to tell, is in the upper
	ConflictingSources   Condition = "conflicting_sources" // owners add up to more than the whole
	TreasuryShares       Condition = "treasury_shares"
	WeakLink             Condition = "weak_link" // an owner or counterparty recognised by an uncertain name
	WeakAliasOnly        Condition = "weak_alias_only"
	DecisionReopened     Condition = "decision_reopened" // a caller's earlier decision holds no more: the listed party's record has changed
	Divested             Condition = "divested"          // a listed owner left; earlier blocked property stays blocked
	JointArrangement     Condition = "joint_arrangement"
	RegimeUncertain      Condition = "regime_uncertain"    // whether, or how, the rule applies on the date is not known
	RegimeNotInForce     Condition = "regime_not_in_force" // no ownership rule on the date: not yet, no more, or stayed
	ControlHint          Condition = "control_hint"        // an interest of unstated nature, such as a consolidated account
	ListStale            Condition = "list_stale"          // a list is older on the day than allowed, or was accepted so or of unknown age
	ListIncomplete       Condition = "list_incomplete"     // accepted though rows or cells are missing
	ListUnverified       Condition = "list_unverified"     // accepted though not the file that the manifest names, or of mixed editions
	ListingUndated       Condition = "listing_undated"     // no list tells whether a listing was made by the date
	CoverageGap          Condition = "coverage_gap"
	DisputedEvidence     Condition = "disputed_evidence"
	CounterpartyInferred Condition = "counterparty_inferred"
	CounterpartyUnknown  Condition = "counterparty_unknown"
	FactsMissing         Condition = "facts_missing" // a rule could not be decided for want of a fact
)

var conditions = []Condition{OwnershipIncomplete, CircularHolding, CircleUnsettled, ConflictingSources, TreasuryShares, WeakLink,
	WeakAliasOnly, DecisionReopened, Divested, JointArrangement, RegimeUncertain, RegimeNotInForce, ControlHint,
	ListStale, ListIncomplete, ListUnverified, ListingUndated, CoverageGap, DisputedEvidence, CounterpartyInferred,
	CounterpartyUnknown, FactsMissing}

// Conditions lists the conditions, in the order of their documentation.
func Conditions() []Condition { return append([]Condition(nil), conditions...) }

// ParseCondition reads a condition, as a caller's settings name it. A word that is none is
// an error, since nothing would ever be trapped by it.
func ParseCondition(s string) (Condition, error) { return parseTerm("condition", s, conditions) }
