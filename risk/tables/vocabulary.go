package tables

import "slices"

// Nature says what an authority means by its power.
type Nature string

// The natures. They are never collapsed: what must follow a finding, what may
// follow it, what makes a listing more likely, and what is not secondary at all.
const (
	Mandatory     Nature = "mandatory"
	Discretionary Nature = "discretionary"
	ListingRisk   Nature = "listing"
	Primary       Nature = "primary"
	Own           Nature = "own" // the firm's own listing or ownership, not its dealings
)

var natures = []Nature{Mandatory, Discretionary, ListingRisk, Primary, Own}

// Role says what part a rule plays within its authority.
type Role string

// The roles. Aggravating and mitigating rules count on an engagement only where
// a basis rule of the same authority has fired on it.
const (
	Basis       Role = "basis"
	Aggravating Role = "aggravating"
	Mitigating  Role = "mitigating"
)

var roles = []Role{Basis, Aggravating, Mitigating}

// Status says how well an engagement is shown.
type Status string

// The statuses, from the best shown to the least.
const (
	Confirmed    Status = "confirmed"    // own on-record statement, or an official act or document
	Corroborated Status = "corroborated" // two or more independent roots
	Reported     Status = "reported"
	Disputed     Status = "disputed"
	Refuted      Status = "refuted"
	NotKnown     Status = "unknown" // sources unnamed, and nobody can judge them or what they say
)

var statuses = []Status{Confirmed, Corroborated, Reported, Disputed, Refuted, NotKnown}

// Statuses lists them in that order.
func Statuses() []Status { return slices.Clone(statuses) }

// Reach says how far an authority reaches a firm on the evidence. It never says
// that anybody will be sanctioned.
type Reach string

// The reaches, in rising order.
const (
	NotReached Reach = "not_reached"
	Indicator  Reach = "indicator"
	Plausible  Reach = "plausible"
	Strong     Reach = "strong"
)

var reaches = []Reach{NotReached, Indicator, Plausible, Strong}

// Reaches lists them in that order.
func Reaches() []Reach { return slices.Clone(reaches) }
