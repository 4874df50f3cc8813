package assessment

import (
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Schema names the version of the JSON form of an [Assessment]. A change that a
// reader of the earlier form could trip over changes the number.
const Schema = "exposure/assessment/1"

// Assessment answers for one firm as of one date: how far it is exposed, under
// which authority, on what evidence, resting on what. It is plain data and the
// same bytes for the same inputs.
//
// Score is that of the strongest authority, whose factors add up to it exactly,
// column by column; the bounds are the greatest of any authority. The grade is
// the band of the point score, and the two further grades those of the bounds.
type Assessment struct {
	Schema string         `json:"schema"`
	Firm   FirmRef        `json:"firm"`
	AsOf   sanctions.Date `json:"as_of"`

	Finding Finding `json:"finding"`
	Grade   Grades  `json:"grade"`
	Score   Score   `json:"score"`
	// Strongest is the authority that decides the grade; empty when none is reached.
	// For a listed firm that may be its own status; Exposure is then what its
	// dealings amount to by themselves.
	Strongest string        `json:"strongest,omitzero"`
	Nature    tables.Nature `json:"nature,omitzero"`
	Exposure  *Exposure     `json:"exposure,omitempty"` // nil when no dealing is reached
	Reason    string        `json:"reason"`

	// On the lists and by the registers that were loaded: no says nothing of those that
	// Coverage tells as gaps.
	Listed sanctions.Answer `json:"listed"`
	Owned  sanctions.Answer `json:"owned"`

	Authorities []Reached           `json:"authorities,omitempty"` // strongest first
	NotReached  []string            `json:"not_reached,omitempty"`
	Engagements []Engagement        `json:"engagements,omitempty"`
	Context     []Context           `json:"context,omitempty"` // seen, not scored, with the reason
	Conditions  []Caveat            `json:"conditions,omitempty"`
	Margin      Margin              `json:"margin"`
	WhatIf      []Counterfactual    `json:"what_if,omitempty"`    // where it was asked for
	WhatIfOf    *Searched           `json:"what_if_of,omitempty"` // nil where it was not
	Standing    *sanctions.Standing `json:"standing"`
	Coverage    sanctions.Coverage  `json:"coverage"`
	Inputs      Inputs              `json:"inputs"`
}

// FirmRef names the firm and where it was read.
type FirmRef struct {
	ID                   string           `json:"id"`
	Name                 string           `json:"name"`
	Country              string           `json:"country,omitzero"`
	Sector               string           `json:"sector,omitzero"`
	FinancialInstitution sanctions.Answer `json:"is_financial_institution,omitzero"`
	Source               sanctions.Source `json:"source"`
}

// Finding says in one word what a desk looks at first. It is not the grade: a
// listed firm is a finding of its own, whatever its dealings.
type Finding string

// The findings, the first that applies.
const (
	FindingListed         Finding = "listed"
	FindingOwned          Finding = "owned" // by listed parties, under some regime
	FindingPossiblyListed Finding = "possibly_listed"
	FindingPossiblyOwned  Finding = "possibly_owned"
	FindingExposed        Finding = "exposed" // reported engagements that some authority reaches
	FindingContext        Finding = "context" // claims around the firm, none that charges it
	FindingNone           Finding = "none"    // nothing found in what was looked at; see Coverage
)

// Exposure is the strongest authority that the firm's dealings reach, its own
// listing and ownership left aside, and the grade they would have alone.
type Exposure struct {
	Authority string        `json:"authority"`
	Nature    tables.Nature `json:"nature"`
	Reach     tables.Reach  `json:"reach"`
	Score     Score         `json:"score"`
	Grade     Grades        `json:"grade"`
}

// Score is a point with its bounds: Low counts only what is confirmed, High
// everything reported and not withdrawn. Low ≤ Point ≤ High.
type Score struct {
	Low   Points `json:"low"`
	Point Points `json:"point"`
	High  Points `json:"high"`
}

// Grades are the bands of the score and of its bounds.
type Grades struct {
	Low   string `json:"low"`
	Point string `json:"point"`
	High  string `json:"high"`
}

// Reached is one authority's view: how far it reaches the firm, and why.
type Reached struct {
	Authority   string        `json:"authority"`
	Title       string        `json:"title"`
	Nature      tables.Nature `json:"nature"`
	Citation    string        `json:"citation"`
	Reach       tables.Reach  `json:"reach"`
	Score       Score         `json:"score"`
	Factors     []Factor      `json:"factors"`           // add up to Score, column by column
	Missing     []Gap         `json:"missing,omitempty"` // elements that the evidence does not show
	Aggravating []string      `json:"aggravating,omitempty"`
	Mitigating  []string      `json:"mitigating,omitempty"` // rules, and rows of imputation.csv for [claims.Remediation]
}

// Gap is an element of an authority that is not shown.
type Gap struct {
	*Requirement // never nil
	// State is no where the facts say otherwise, unknown where they say
	// nothing, and possible where they may: a determination is always unknown.
	State sanctions.Answer `json:"state"`
}

// Requirement is an element of an authority, as gaps name it. Gaps share it: do
// not change it.
type Requirement struct {
	Element       string `json:"element"`
	Determination bool   `json:"determination,omitzero"` // only an official can find it
	Why           string `json:"why"`
	Citation      string `json:"citation"`
}

// Factor is one line of an authority's ledger. What many lines have in common they
// share, so that an assessment is small: change none of it. None of the pointers is
// nil.
type Factor struct {
	*Place
	Points *Score  `json:"points"`
	*Row           // the rule, evidence row or method that it rests on
	Facts  []*Held `json:"facts,omitempty"`
}

// Place is what kind of line a factor is, and about which dealing.
type Place struct {
	Step       Step   `json:"step"`
	Engagement string `json:"engagement,omitzero"` // empty: about the firm itself
}

// Step says what a line of the ledger is.
type Step string

// The steps, in the order in which they are taken. Every one is a line, so that
// the lines of an authority add up to its score exactly.
const (
	StepRule     Step = "rule"     // a rule that fired
	StepClamp    Step = "clamp"    // points of one engagement stay inside [0,100]
	StepFloor    Step = "floor"    // the greatest floor of the fired rules
	StepCap      Step = "cap"      // the smallest cap, which wins over a floor
	StepEvidence Step = "evidence" // what the engagement weighs, so shown
	StepAccount  Step = "account"  // another account of the same engagement widens the bounds
	StepCombine  Step = "combine"  // what stronger engagements leave of a hundred
)

// Row is a row of a rule set, as factors name it. Factors share it: do not change
// it.
type Row struct {
	Rule     string           `json:"rule,omitzero"` // of rules.csv, or of evidence.csv at its step
	Role     tables.Role      `json:"role,omitzero"`
	Why      string           `json:"why"`
	Citation string           `json:"citation"`
	Row      sanctions.Source `json:"row,omitzero"`
}

// Held is a fact that a rule rests on, with where it was read. Assessments of one subject
// share places: do not change them.
type Held struct {
	Fact    string             `json:"fact"`
	Value   string             `json:"value"`
	Sources []sanctions.Source `json:"sources,omitempty"`
}

// Engagement is what the claims about one dealing reduce to, with the account
// that weighs most first. Its id is the one that claims give it, else the event or the
// kind of its first claim, with a number where that is taken.
type Engagement struct {
	ID       string        `json:"id"`
	Ended    claims.Stage  `json:"ended,omitzero"`    // suspended or exited, as some source says
	EndedAs  tables.Status `json:"ended_as,omitzero"` // how well that end is shown
	Accounts []Account     `json:"accounts"`
	Ends     []*ClaimRef   `json:"ends,omitempty"` // say that it ended
	// Remediation is claims of that kind about this dealing, by its engagement or
	// event id, or about all that the firm does: a compliance programme, goods taken
	// back, controls of end use, cooperation, a voluntary disclosure. Nobody denies
	// them. They are mitigating facts of each authority that reads the dealing and
	// change no score: what they are worth the authority finds.
	Remediation []*ClaimRef `json:"remediation,omitempty"`
	Relays      []*ClaimRef `json:"relays,omitempty"`   // retellings whose origin is at hand; they add nothing
	Replaced    []*ClaimRef `json:"replaced,omitempty"` // superseded by a later claim of the same root
	Topics      []Topic     `json:"topics,omitempty"`
}

// Account is one statement of what happened and the evidence for it.
type Account struct {
	Kind         claims.Kind      `json:"kind,omitzero"`
	Stage        claims.Stage     `json:"stage,omitzero"`
	Item         string           `json:"item,omitzero"`
	ItemClass    claims.ItemClass `json:"item_class,omitzero"`
	HS6          []string         `json:"hs6,omitempty"`
	Direction    claims.Direction `json:"direction,omitzero"`
	From         sanctions.Date   `json:"from,omitzero"`
	To           sanctions.Date   `json:"to,omitzero"`
	LastKnown    sanctions.Date   `json:"last_known,omitzero"` // last day of the dealing that is known
	Earliest     sanctions.Date   `json:"earliest,omitzero"`   // that it may have been, where dates are coarse
	Amount       *Amount          `json:"amount,omitempty"`
	Counterparty *Counterparty    `json:"counterparty,omitempty"`
	Evidence     Evidence         `json:"evidence"`
}

// Amount is a value as stated, and in dollars where a rate is known.
type Amount struct {
	Value     string                 `json:"value"`
	Currency  string                 `json:"currency"`
	Qualifier claims.AmountQualifier `json:"qualifier,omitzero"`
	USD       string                 `json:"usd,omitzero"`
}

// Counterparty is the other side and what lists and registers said of it on the
// last known day of the dealing, and for a time within it, and say of it now. An inferred one is shown as
// such and counts in the high score only.
type Counterparty struct {
	ID    string                   `json:"id,omitzero"`
	Name  string                   `json:"name,omitzero"`
	Basis claims.CounterpartyBasis `json:"basis"`
	Then  *sanctions.Standing      `json:"then"`
	Now   *sanctions.Standing      `json:"now"`
	// During is where it stood for a time before, within the dealing, when lists and
	// registers said more of it than then: see its Holds for how long. Earliest first.
	During []*sanctions.Standing `json:"during,omitempty"`
}

// Evidence says how well an account is shown, and on what. Assessments of one subject may
// share its roots: do not change them.
type Evidence struct {
	Status  tables.Status `json:"status"`
	Row     string        `json:"row"` // of evidence.csv
	Weight  Score         `json:"weight"`
	Roots   []string      `json:"roots"` // independent origins; "" for claims that name none
	Affirm  []*ClaimRef   `json:"affirm"`
	Against []*ClaimRef   `json:"against,omitempty"`
}

// ClaimRef names a claim and who stands behind it. Assessments of one subject
// share it: do not change it.
type ClaimRef struct {
	EngagementID string              `json:"engagement_id,omitzero"`
	Polarity     claims.Polarity     `json:"polarity"`
	Subject      string              `json:"subject"`
	Kind         claims.Kind         `json:"kind,omitzero"`
	Stage        claims.Stage        `json:"stage,omitzero"`
	StatementBy  string              `json:"statement_by,omitzero"`
	Publisher    string              `json:"publisher,omitzero"`
	Root         string              `json:"root,omitzero"`
	Naming       claims.SourceNaming `json:"naming,omitzero"`
	Sources      int                 `json:"sources_at_least,omitzero"` // that the root speaks of: still one root
	Known        sanctions.Date      `json:"known,omitzero"`
	Quote        string              `json:"quote,omitzero"`
	Source       sanctions.Source    `json:"source"`
}

// Topic is what a group that the firm was part of talked about. It is not the
// firm's trade, and a counterparty that it brings to mind is inferred.
type Topic struct {
	Item         string                   `json:"item,omitzero"`
	ItemClass    claims.ItemClass         `json:"item_class,omitzero"`
	Kind         claims.Kind              `json:"kind,omitzero"`
	Stage        claims.Stage             `json:"stage,omitzero"`
	Direction    claims.Direction         `json:"direction,omitzero"`
	Counterparty string                   `json:"counterparty,omitzero"`
	Basis        claims.CounterpartyBasis `json:"counterparty_basis,omitzero"`
	Source       sanctions.Source         `json:"source"`
}

// Context is a claim that was seen and charges the firm with nothing.
type Context struct {
	Claim      *ClaimRef `json:"claim"`
	Reason     string    `json:"reason"`
	Imputation string    `json:"imputation,omitzero"` // row of imputation.csv
	Citation   string    `json:"citation,omitzero"`
}

// Caveat is something the result rests on that a careful reader must know.
type Caveat struct {
	Condition  sanctions.Condition `json:"condition"`
	Detail     string              `json:"detail"`
	Engagement string              `json:"engagement,omitzero"`
}

// Margin is how far the point score lies from its neighbours' bands.
type Margin struct {
	Up   *Distance `json:"up,omitempty"`   // to the next higher grade
	Down *Distance `json:"down,omitempty"` // points to lose before the next lower grade
}

// Distance is how far it is to a grade.
type Distance struct {
	Grade  string `json:"grade"`
	Points Points `json:"points"`
}

// Inputs name what the assessment was made of, so that it can be made again.
type Inputs struct {
	Method  string `json:"method,omitzero"` // the way in which the library answered, see risk.Method
	Subject string `json:"subject"`         // SHA-256 of the firm and its claims
	Rules   string `json:"rules"`           // SHA-256 of the rule set
	Rates   string `json:"rates,omitzero"`
	Unknown int    `json:"claims_not_yet_known"` // claims left out since they became known after the date
}
