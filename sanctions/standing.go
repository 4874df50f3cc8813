package sanctions

import (
	"fmt"
	"strconv"
	"strings"
)

// Strength is how sure it is that two names, or a query and a listed party, mean
// the same one. It is ordinal: compare with < and >.
type Strength uint8

// The strengths.
const (
	StrengthNone     Strength = iota // nothing in common that tells, or a contradiction that rules it out
	StrengthWeak                     // some resemblance; not worth a reviewer's time unless more is known
	StrengthProbable                 // a reviewer must look: a typo, a weak alias, a missing distinguishing word
	StrengthStrong                   // the same but for spelling, romanisation, legal form or generic words
	StrengthExact                    // the same name after normalisation, or a valid strong identifier
)

var strengths = [...]string{"none", "weak", "probable", "strong", "exact"}

// String is none, weak, probable, strong or exact.
func (s Strength) String() string {
	if int(s) < len(strengths) {
		return strengths[s]
	}
	return fmt.Sprintf("Strength(%d)", s)
}

// MarshalText writes String.
func (s Strength) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Strength) UnmarshalText(b []byte) error {
	for i, name := range strengths {
		if name == string(b) {
			*s = Strength(i)
			return nil
		}
	}
	return fmt.Errorf("unknown strength %q; known are none, weak, probable, strong, exact", b)
}

// Similarity is how alike two names are, in ten-thousandths: 10000 is identity.
// Whatever computes it may use floating point inside; what leaves is this.
type Similarity uint16

// SimilarityOne is identity.
const SimilarityOne Similarity = 10000

// String has four digits after the point: "0.9870".
func (s Similarity) String() string { return fmt.Sprintf("%d.%04d", s/SimilarityOne, s%SimilarityOne) }

// MarshalText writes String.
func (s Similarity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Similarity) UnmarshalText(b []byte) error {
	whole, frac, _ := strings.Cut(string(b), ".")
	n, err := strconv.ParseUint(whole+frac, 10, 16)
	if err != nil || len(frac) != 4 || n > uint64(SimilarityOne) {
		return fmt.Errorf("%q is no similarity; write one from 0.0000 to 1.0000", b)
	}
	*s = Similarity(n)
	return nil
}

// Standing is what the lists and the ownership registers say of one party as of
// one date: facts with evidence, no weights.
type Standing struct {
	Party      Party       `json:"party"`
	AsOf       Date        `json:"as_of"`
	Listings   []Listing   `json:"listings,omitempty"` // strongest first
	Verdicts   []Verdict   `json:"verdicts,omitempty"` // one a regime, in the regimes' order
	Conditions []Condition `json:"conditions,omitempty"`
}

// Listed tells whether the party itself is listed as of the date: Yes when a
// listing is certain, Possible when a reviewer must decide, No when the loaded
// lists hold no candidate. It speaks only of the lists in [Coverage].
func (s *Standing) Listed() Answer {
	best := No
	for i := range s.Listings {
		if a := s.Listings[i].Answer(); a > best {
			best = a
		}
	}
	return best
}

// Owned is the gravest ownership answer over all regimes: Yes when some regime
// holds the party certainly owned, Possible when some regime might, Unknown when
// no regime knows any owner of it, else No.
func (s *Standing) Owned() Answer {
	best := Unknown
	for i := range s.Verdicts {
		switch v := &s.Verdicts[i]; v.Status {
		case Owned:
			best = max(best, Yes)
		case PossiblyOwned:
			best = max(best, Possible)
		case OwnershipUnknown:
			if len(v.Proof) > 0 { // a listed owner is known, his share is not
				best = max(best, Possible)
			}
		default:
			best = max(best, No)
		}
	}
	return best
}

// Basis says by what a party was recognised.
type Basis string

// The bases.
const (
	ByID         Basis = "id"         // the input names the party's own list number
	ByIdentifier Basis = "identifier" // a valid strong identifier in common
	ByName       Basis = "name"
)

// Listing is a listed party that the screened party is, or may be.
type Listing struct {
	Party        *Party        `json:"-"`
	PartyID      string        `json:"party_id"`
	PartyName    string        `json:"party_name"`
	Basis        Basis         `json:"basis"`
	Strength     Strength      `json:"strength"`
	Score        Similarity    `json:"score"`
	Matched      Name          `json:"matched"` // the listed name that matched
	Reasons      []string      `json:"reasons,omitempty"`
	Contradicts  []string      `json:"contradicts,omitempty"`
	Designations []Designation `json:"designations"`     // in force as of the date
	Undated      bool          `json:"undated,omitzero"` // no list tells whether it was already in force on the date
	Cleared      string        `json:"cleared,omitzero"` // the reason of a caller's earlier decision that it is another party
}

// Answer is Yes for a strong or exact listing, Possible for a weaker one, for one
// by name alone against which something speaks (another country, another date of
// birth) and for one of which no list tells whether it was made by the date; No
// for one that a caller has cleared.
func (l *Listing) Answer() Answer {
	switch {
	case l.Cleared != "" || l.Strength == StrengthNone:
		return No
	case l.Strength >= StrengthStrong && !l.Undated && (l.Basis != ByName || len(l.Contradicts) == 0):
		return Yes
	}
	return Possible
}

// OwnershipStatus is what ownership means for a party under one regime.
type OwnershipStatus string

// The statuses, in order of growing gravity.
const (
	OwnershipUnknown  OwnershipStatus = "unknown" // nothing is recorded of its owners, or a listed owner with no share
	OwnershipNone     OwnershipStatus = "none"
	Minority          OwnershipStatus = "minority"          // listed owners below the threshold
	ControlIndicated  OwnershipStatus = "control_indicated" // facts a control test would look at
	PossiblyOwned     OwnershipStatus = "possibly_owned"    // the threshold lies inside the bounds
	Owned             OwnershipStatus = "owned"
	ListedUnderRegime OwnershipStatus = "listed" // itself listed: always wins
)

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
	Flip       string      `json:"flip,omitzero"`   // the smallest change that would turn the verdict
	Proof      []Stake     `json:"proof,omitempty"` // the stakes it rests on, listed owners first
	Conditions []Condition `json:"conditions,omitempty"`
	Circle     Circle      `json:"circle,omitzero"` // set with CircularHolding
	Rule       string      `json:"rule"`            // row of the regime table: "us-ofac from 2014-08-13"
	Citation   string      `json:"citation"`
}

// Circle is what a verdict would be if firms that hold one another in a circle were
// taken for owned and that bore itself out: the greatest fixpoint of the rule, where
// the verdict is the least. The law is silent on which of the two it means.
type Circle struct {
	Status OwnershipStatus `json:"status"`
	Share  ShareRange      `json:"share"`           // of shares or votes, whichever decides there
	Proof  []Stake         `json:"proof,omitempty"` // the stakes that bear it out, those of the circle among them
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

// Condition is something a result rests on that a careful reader must know.
// Callers may turn any of them into an error.
type Condition string

// The conditions.
const (
	OwnershipIncomplete  Condition = "ownership_incomplete" // recorded owners do not add up to the whole
	CircularHolding      Condition = "circular_holding"
	ConflictingSources   Condition = "conflicting_sources" // owners add up to more than the whole
	TreasuryShares       Condition = "treasury_shares"
	WeakLink             Condition = "weak_link" // an owner or counterparty recognised by an uncertain name
	WeakAliasOnly        Condition = "weak_alias_only"
	Divested             Condition = "divested" // a listed owner left; earlier blocked property stays blocked
	JointArrangement     Condition = "joint_arrangement"
	RegimeUncertain      Condition = "regime_uncertain"    // whether, or how, the rule applies on the date is not known
	RegimeNotInForce     Condition = "regime_not_in_force" // no ownership rule on the date: not yet, no more, or stayed
	ControlHint          Condition = "control_hint"        // an interest of unstated nature, such as a consolidated account
	ListStale            Condition = "list_stale"          // accepted though older than allowed, or of unknown age
	ListIncomplete       Condition = "list_incomplete"     // accepted though rows or cells are missing
	ListUnverified       Condition = "list_unverified"     // accepted though not the file that the manifest names, or of mixed editions
	ListingUndated       Condition = "listing_undated"     // no list tells whether a listing was made by the date
	CoverageGap          Condition = "coverage_gap"
	DisputedEvidence     Condition = "disputed_evidence"
	CounterpartyInferred Condition = "counterparty_inferred"
	CounterpartyUnknown  Condition = "counterparty_unknown"
	FactsMissing         Condition = "facts_missing" // a rule could not be decided for want of a fact
)
