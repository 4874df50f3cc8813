package sanctions

// Standing is what the lists and the ownership registers say of one party as of
// one date: facts with evidence, no weights.
type Standing struct {
	Party Party `json:"party"`
	AsOf  Date  `json:"as_of"`
	// Holds is days, AsOf among them, through which all stays as it is: no listing begins
	// or ends, nor anything by which listed parties own it. Whoever asks of a time asks
	// anew where it ends. [Steady] makes one; the zero Period says that nothing ever changes.
	Holds      Period      `json:"holds,omitzero"`
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
// no regime knows any owner of it, else No. Control that is only indicated is not
// ownership, and is in the verdicts.
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
	Designations []Designation `json:"designations"`      // in force as of the date
	Undated      bool          `json:"undated,omitzero"`  // no list tells whether it was already in force on the date
	Cleared      string        `json:"cleared,omitzero"`  // the reason of a caller's earlier decision that it is another party
	Reopened     string        `json:"reopened,omitzero"` // the reason of one that holds no more, since the party's record has changed
	Decided      Date          `json:"decided,omitzero"`  // the day of that decision, as far as the caller says
}

// Answer is Yes for a party named by its number or by a strong identifier, and for one
// by name alone whose name is exactly the listed one, with nothing that speaks against
// it (another legal form, country or date of birth). It is Possible for any other name,
// be it a slip of one letter or a translation: that is for a reviewer; and where no list
// tells whether the listing was made by the date. It is No for one that a caller has
// cleared.
func (l *Listing) Answer() Answer {
	sure := l.Strength >= StrengthStrong
	if l.Basis == ByName {
		sure = l.Strength == StrengthExact && len(l.Contradicts) == 0
	}
	switch {
	case l.Cleared != "" || l.Strength == StrengthNone:
		return No
	case sure && !l.Undated:
		return Yes
	}
	return Possible
}
