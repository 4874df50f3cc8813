package sanctions

import (
	"cmp"
	"slices"
)

// OwnershipStatus is what ownership means for a party under one regime.
type OwnershipStatus string

// The statuses, in order of growing gravity.
const (
	OwnershipNone     OwnershipStatus = "none"
	Minority          OwnershipStatus = "minority"          // listed owners below the threshold
	OwnershipUnknown  OwnershipStatus = "unknown"           // nothing is recorded of its owners, or a listed owner with no share
	ControlIndicated  OwnershipStatus = "control_indicated" // facts a control test would look at
	PossiblyOwned     OwnershipStatus = "possibly_owned"    // the threshold lies inside the bounds
	Owned             OwnershipStatus = "owned"
	ListedUnderRegime OwnershipStatus = "listed" // itself listed: always wins
)

var gravity = [...]OwnershipStatus{OwnershipNone, Minority, OwnershipUnknown, ControlIndicated, PossiblyOwned, Owned, ListedUnderRegime}

// Compare orders statuses by gravity: negative when s is the less grave.
func (s OwnershipStatus) Compare(o OwnershipStatus) int {
	return cmp.Compare(slices.Index(gravity[:], s), slices.Index(gravity[:], o))
}

// Verdict is what one regime's ownership rule says of one party on one date.
type Verdict struct {
	Regime string          `json:"regime"` // us-ofac, us-ofac-ssi, us-bis, eu, uk, ch, ca, au
	Status OwnershipStatus `json:"status"`
	// Share bounds the aggregate of listed owners that the regime counts.
	Share ShareRange `json:"share"`
	// Threshold and Inclusive are the regime's test on the date: at or above
	// when inclusive, else above.
	Threshold  Share       `json:"-"`
	Inclusive  bool        `json:"-"`
	Margin     string      `json:"margin,omitzero"` // how far from the threshold: "0.01 short of 50"
	Flip       string      `json:"flip,omitzero"`   // the smallest change that would turn the verdict; empty if none of one holding does, or too many stand above to tell
	Proof      []Stake     `json:"proof,omitempty"` // the stakes it rests on, listed owners first; of more than a hundred the nearest
	Conditions []Condition `json:"conditions,omitempty"`
	Circle     Circle      `json:"circle,omitzero"` // set with CircularHolding
	// Restrictions is what the listed owners of an owned party are subject to, the most
	// restrictive first, under a regime by which that one governs.
	Restrictions []Restriction `json:"restrictions,omitempty"`
	Rule         string        `json:"rule"` // row of the regime table: "us-ofac from 2014-08-13"
	Citation     string        `json:"citation"`
}

// Circle is what a verdict would be if firms that hold one another in a circle were
// taken for owned and that bore itself out: the greatest fixpoint of the rule, where
// the verdict is the least. The law is silent on which of the two it means.
type Circle struct {
	Status OwnershipStatus `json:"status"`
	Share  ShareRange      `json:"share"` // of shares or votes, whichever decides there
	// Firms is of how many firms the circle is, the largest of those that it rests on.
	Firms int `json:"firms"`
	// Proof is the stakes that bear it out, those of the circle among them; of a large
	// circle the hundred nearest to the party.
	Proof []Stake `json:"proof,omitempty"`
}

// Restriction is a designation of a listed owner that reaches what it owns.
type Restriction struct {
	Party      string    `json:"party"` // the list's id of the owner
	Name       string    `json:"name,omitzero"`
	Authority  Authority `json:"authority"`
	Measure    Measure   `json:"measure"`
	Programmes []string  `json:"programmes,omitempty"`
	Text       string    `json:"text,omitzero"` // the licence requirement and policy, as published
	// Rank is 1 for the most restrictive. Designations of one rank are not told apart by
	// the table of regimes: read their Text.
	Rank int `json:"rank"`
}

// Stake is one interest that a verdict rests on.
type Stake struct {
	OwnerID   string     `json:"owner_id"`
	OwnerName string     `json:"owner_name,omitzero"`
	OwnedID   string     `json:"owned_id"`
	OwnedName string     `json:"owned_name,omitzero"`
	Kind      string     `json:"kind"` // shares, votes, control, board, …
	Share     ShareRange `json:"share"`
	Period    Period     `json:"period,omitzero"`
	Why       string     `json:"why,omitzero"`    // "owner is listed (us-ofac-sdn:1)", "owner is itself owned"
	Stated    string     `json:"stated,omitzero"` // the register's own source for it
	Source    Source     `json:"source"`
}
