package registers

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Kind says what sort of interest one party holds in another.
type Kind uint8

// The kinds. Shares, Ownership, Trust and Unknown are measures of a stake in the
// capital: one owner's stake in a firm is the greatest of them, and the stakes of
// several owners add up. Votes add up among themselves; Board and Control are no
// holding and count only where a regime looks at control.
const (
	Unknown   Kind = iota // an interest of a nature nobody states, such as a consolidated account
	Shares                // shares or stock
	Ownership             // any other property right: partnership, surplus on dissolution, beneficial ownership
	Votes                 // voting rights
	Board                 // the right to appoint or remove directors; the percentage is the part of the board
	Control               // control by contract, articles, law or fact, and voting agreements
	Trust                 // through a trust: property with control
)

// Kinds is how many kinds there are.
const Kinds = len(kinds)

var kinds = [...]string{"unknown", "shares", "ownership", "votes", "board", "control", "trust"}

// String is the kind as interests write it.
func (k Kind) String() string {
	if int(k) < len(kinds) {
		return kinds[k]
	}
	return fmt.Sprintf("Kind(%d)", k)
}

// ParseKind reads a kind as interests write it; the empty string is Unknown.
func ParseKind(s string) (Kind, error) {
	key := strings.ToLower(strings.TrimSpace(s))
	if key == "" {
		return Unknown, nil
	}
	for i, name := range kinds {
		if name == key {
			return Kind(i), nil
		}
	}
	return 0, fmt.Errorf("unknown kind; known are shares, votes, ownership, control, board, trust, unknown")
}

// Interest is one source saying that one party holds something in another: the
// unit that registers publish. Share is [sanctions.UnknownShare] when no
// percentage is stated. An interest without owner says that an owner exists whom
// the register does not name; Stated then says why.
type Interest struct {
	OwnerID, OwnerName string
	OwnedID, OwnedName string
	Owner, Owned       *Described // what else the source says of them; nil for nothing
	Kind               Kind
	Share              sanctions.ShareRange
	Period             sanctions.Period
	Stated             string // the register or document that says so
	Source             sanctions.Source

	nameless bool // of the owner nothing is known but a number that means something in this file only
}

// headers are what a format calls the parts of an interest, for faults.
type headers struct{ owner, owned, kind, share, from, to string }

var canonicalHeaders = headers{"owner_id", "owned_id", "kind", "percent", "from", "to"}

// Check finds what is wrong with an interest that no reader can see in a single cell, a
// [*sanctions.Fault] in the words of the canonical file. An id stands in for a missing
// one of the same party's name, and the other way about.
func (in *Interest) Check() error { return in.check(&canonicalHeaders) }

// check is [Interest.Check] in the words of a format.
func (in *Interest) check(h *headers) error {
	fault := func(header, value, format string, args ...any) error {
		return &sanctions.Fault{Source: in.Source, Header: header, Value: value, Err: fmt.Errorf(format, args...)}
	}
	if in.OwnerID == "" || in.OwnedID == "" {
		in.name()
	}
	switch {
	case in.OwnedID == "":
		return fault(h.owned, "", "nobody is owned; write who is, by id or name")
	case !in.Period.Valid():
		return fault(h.to, in.Period.To.String(), "the interest ends before it starts on %v", in.Period.From)
	case !in.Share.Valid() || in.Share.High > sanctions.Whole:
		return fault(h.share, in.Share.String(), "no share lies between these bounds")
	case in.OwnerID == in.OwnedID && !in.treasury():
		return fault(h.owner, in.OwnerID, "an owner cannot own itself; %s", treasuryRule)
	}
	return nil
}

const treasuryRule = "a firm's own (treasury) shares are written as kind shares with a percentage, or a maximum, below 50; " +
	"of one that holds more of itself state what the others hold of the rest"

// name lets names stand in for missing ids. One party that has its id at one end
// and only its name, the same, at the other is one party.
func (in *Interest) name() {
	same := in.OwnerName != "" && in.OwnerName == in.OwnedName
	switch {
	case in.OwnerID == "" && same && in.OwnedID != "":
		in.OwnerID = in.OwnedID
	case in.OwnedID == "" && same && in.OwnerID != "":
		in.OwnedID = in.OwnerID
	}
	in.OwnerID, in.OwnedID = cmp.Or(in.OwnerID, in.OwnerName), cmp.Or(in.OwnedID, in.OwnedName)
}

// treasury reports whether the interest can be a firm's holding of its own shares. Half
// of a firm or more is nearly always a slip in an id, which would make an owner vanish:
// the row is refused rather than guessed at. Where it is true (a partner has left a
// limited company, which holds the part until it is given away), only what the others
// hold of the rest says who owns the firm.
func (in *Interest) treasury() bool {
	return in.Kind == Shares && in.Share.High < sanctions.Whole/2
}

// seat is the share of a directorship: whoever sits on a board has not thereby the
// right to appoint more than half of it.
var seat = sanctions.ShareRange{High: sanctions.Whole / 2}
