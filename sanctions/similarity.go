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
