package lists

import "github.com/sanctionrisk/exposure/sanctions"

// Defect is a way in which a list can be less than it should be. It is an
// error: errors.Is(err, lists.Stale) finds it in what [Open] returns.
type Defect string

// The defects. Those of the first group make [Open] fail unless they are
// accepted; those of the second are warnings unless they are refused.
const (
	// DigestMismatch: the file's SHA-256 is not the one its manifest row states.
	DigestMismatch Defect = "digest mismatch"
	// TooFewRows: the file has fewer rows than min_rows.
	TooFewRows Defect = "too few rows"
	// Stale: what was retrieved, or else published, is older on the as-of date than
	// max_age_days allows, or its age is not known.
	Stale Defect = "stale"
	// Truncated: the file ends in the middle of a record.
	Truncated Defect = "truncated"
	// Sparse: a column that the publisher fills is empty in too many rows.
	Sparse Defect = "sparse"
	// MixedEditions: the files of one list are of different editions.
	MixedEditions Defect = "mixed editions"
	// EditionOrder: it is not known which of two editions is the earlier, or the
	// later one was given first. Only [Delta] reports it.
	EditionOrder Defect = "edition order"

	// Dangling: a row of names, addresses or comments belongs to no party.
	Dangling Defect = "dangling rows"
	// Superseded: the format was retired by its publisher.
	Superseded Defect = "superseded"
	// LaterEdition: the edition was published after the as-of date, so that it
	// cannot show who was delisted in between.
	LaterEdition Defect = "later edition"
	// AgeUnchecked: max_age_days is set and no as-of date was given.
	AgeUnchecked Defect = "age unchecked"
	// Undated: the list carries no dates of listing, so that its entries may have
	// been in force on any day since the law that their programmes rest on.
	Undated Defect = "undated"
	// UnknownTerm: a word that the vocabulary does not know (a measure, a
	// programme, a country, a kind of party) was kept as text.
	UnknownTerm Defect = "unknown term"
	// UnknownRemark: a part of free-text remarks has no label that is known; it
	// was kept as it stands.
	UnknownRemark Defect = "unknown remark"
	// WrongNumber: an identifier fails the check digits or shape of its scheme;
	// it was kept as published.
	WrongNumber Defect = "wrong number"
	// NotParties: the file holds records that are no parties, such as ownership
	// statements; they were passed over and counted.
	NotParties Defect = "not parties"
)

// Error is the defect's name.
func (d Defect) Error() string { return string(d) }

// fatalDefects are the defects that make [Open] fail, each with the condition on
// which everything rests where a caller accepts it.
var fatalDefects = []struct {
	defect    Defect
	condition sanctions.Condition
}{
	{DigestMismatch, sanctions.ListUnverified},
	{TooFewRows, sanctions.ListIncomplete},
	{Stale, sanctions.ListStale},
	{Truncated, sanctions.ListIncomplete},
	{Sparse, sanctions.ListIncomplete},
	{MixedEditions, sanctions.ListUnverified},
	{EditionOrder, sanctions.ListUnverified},
}

// FatalDefects lists the defects that make [Open] fail unless they are accepted.
func FatalDefects() []Defect {
	out := make([]Defect, len(fatalDefects))
	for i, f := range fatalDefects {
		out[i] = f.defect
	}
	return out
}
