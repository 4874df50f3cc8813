package screening

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// coverageOf is what the answers of a screener stand on: the lists, and what the caller
// gave besides them, in whatever order.
func coverageOf(snapshot *sanctions.Snapshot, s *setup) sanctions.Coverage {
	c := snapshot.Coverage()
	c.Regimes = s.regimes.Digest()
	decisions := slices.Clone(s.clearances)
	slices.SortFunc(decisions, func(a, b match.Clearance) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.PartyID, b.PartyID), cmp.Compare(a.Record, b.Record), cmp.Compare(a.Reason, b.Reason), a.Decided.Compare(b.Decided))
	})
	c.Decisions = digest(slices.Compact(decisions))
	known := make([][2]string, len(s.known))
	for i := range s.known {
		known[i] = [2]string{s.known[i].ID, match.RecordDigest(&s.known[i])}
	}
	slices.SortFunc(known, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	c.Known = digest(slices.Compact(known))
	return c
}

func digest[T any](rows []T) string {
	if len(rows) == 0 {
		return ""
	}
	text, err := json.Marshal(rows)
	if err != nil {
		panic(err) // the rows are plain strings and days
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
