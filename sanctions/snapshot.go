package sanctions

import (
	"fmt"
	"iter"
)

// Snapshot is all listed parties that were loaded together, with what was
// loaded and what was not. It is immutable and safe for concurrent use.
type Snapshot struct {
	parties  []Party
	byID     map[string]int32
	coverage Coverage
}

// NewSnapshot takes ownership of the parties. Every party needs an ID, a name
// and a designation; two parties may not share an ID. The error joins a [*Fault]
// for every party that is otherwise.
func NewSnapshot(parties []Party, coverage Coverage) (*Snapshot, error) {
	s := &Snapshot{parties: parties, byID: make(map[string]int32, len(parties)), coverage: coverage}
	var faults []error
	for i := range parties {
		p := &parties[i]
		if p.ID == "" || len(p.Names) == 0 || len(p.Designations) == 0 {
			faults = append(faults, &Fault{Source: p.Source, Err: fmt.Errorf("party %q lacks an id, a name or a designation", p.ID)})
			continue
		}
		for _, id := range append([]string{p.ID}, p.OtherIDs...) {
			if prior, taken := s.byID[id]; taken {
				faults = append(faults, &Fault{Source: p.Source, Err: fmt.Errorf("party id %q already stands at %v", id, parties[prior].Source)})
				continue
			}
			s.byID[id] = int32(i)
		}
	}
	if faults != nil {
		return nil, JoinFaults(faults)
	}
	return s, nil
}

// Len is the number of parties.
func (s *Snapshot) Len() int { return len(s.parties) }

// At returns the i-th party, 0 ≤ i < Len, in the order of the lists. It must
// not be modified.
func (s *Snapshot) At(i int) *Party { return &s.parties[i] }

// Party finds a party by its ID or one of its other IDs.
func (s *Snapshot) Party(id string) (*Party, bool) {
	i, ok := s.byID[id]
	if !ok {
		return nil, false
	}
	return &s.parties[i], true
}

// All ranges over the parties with their positions.
func (s *Snapshot) All() iter.Seq2[int, *Party] {
	return func(yield func(int, *Party) bool) {
		for i := range s.parties {
			if !yield(i, &s.parties[i]) {
				return
			}
		}
	}
}

// Coverage tells what was loaded and what was not.
func (s *Snapshot) Coverage() Coverage { return s.coverage }

// Coverage says what a result stands on: the lists that were loaded, in which
// edition, and what was not looked at. It travels into every assessment, since
// "no hit" on a list nobody loaded is not "clear".
type Coverage struct {
	Lists []LoadedList `json:"lists"`
	// Inputs are the files of the manifest that are no lists (interests, firms,
	// claims), with their digests, and Warnings the accepted defects of those.
	Inputs   []LoadedFile `json:"inputs,omitempty"`
	Warnings []string     `json:"warnings,omitempty"`
	Accepted []Accepted   `json:"accepted,omitempty"`
	Gaps     []Gap        `json:"gaps,omitempty"`

	// What a result stands on besides files, each as a SHA-256 in hexadecimal: the table
	// of ownership regimes, the earlier decisions and the known parties that the caller
	// gave. Empty where there are none.
	Regimes   string `json:"regimes,omitzero"`
	Decisions string `json:"decisions,omitzero"`
	Known     string `json:"known,omitzero"`
}

// Accepted is a defect of a file that the caller chose to go on with: every
// result rests on it.
type Accepted struct {
	Condition Condition `json:"condition"` // list_stale, list_incomplete or list_unverified
	What      string    `json:"what"`
}

// LoadedList is one list of the manifest, read whole.
type LoadedList struct {
	List      string       `json:"list"`
	Authority Authority    `json:"authority"`
	Edition   string       `json:"edition,omitzero"`
	Published Date         `json:"published,omitzero"`
	Retrieved Date         `json:"retrieved,omitzero"`
	Until     Date         `json:"current_until,omitzero"` // the last day on which it is no older than its manifest allows; unknown where that sets no limit
	Parties   int          `json:"parties"`
	Files     []LoadedFile `json:"files"`
	Warnings  []string     `json:"warnings,omitempty"` // accepted defects: stale, superseded, dangling rows
}

// LoadedFile is one file of a list.
type LoadedFile struct {
	File   string `json:"file"`
	Format string `json:"format"`
	SHA256 string `json:"sha256"`
	Rows   int    `json:"rows"`
}

// Gap is something that a reader might think was looked at and was not.
type Gap struct {
	Authority Authority `json:"authority"`
	What      string    `json:"what"` // "CAATSA s.231 List of Specified Persons"
	Why       string    `json:"why"`
}
