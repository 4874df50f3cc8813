package ownership

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// margin tells how far a share is from a threshold.
func margin(share sanctions.ShareRange, threshold sanctions.Share, inclusive bool) string {
	if threshold == 0 {
		return ""
	}
	at := func(s sanctions.Share, beside string) string {
		switch {
		case s == threshold && beside != "":
			return fmt.Sprintf("just %s %v", beside, threshold)
		case s > threshold:
			return fmt.Sprintf("%v above %v", s-threshold, threshold)
		case s < threshold:
			return fmt.Sprintf("%v short of %v", threshold-s, threshold)
		case inclusive:
			return fmt.Sprintf("exactly %v, which suffices", threshold)
		}
		return fmt.Sprintf("exactly %v, where more is needed", threshold)
	}
	if share.IsExact() {
		return at(share.Low, "")
	}
	low, high := "", "" // an end that is open lies beside the threshold and not at it
	if share.LowOpen {
		low = "above"
	}
	if share.HighOpen {
		high = "short of"
	}
	return "between " + at(share.Low, low) + " and " + at(share.High, high)
}

// Path writes a proof as chains from a listed party to the party id, joined by
// "; ": each id but the last is followed by what it holds of the next, as in
//
//	L 60% > A 50% > B; L2 [25,50]% > B; L3 control > B
//
// A long proof is cut after eight chains, and says so; a chain that begins with … does
// not begin with a listed party.
func Path(id string, proof []sanctions.Stake) string {
	const most = 8
	into := make(map[string][]sanctions.Stake)
	for _, s := range proof {
		into[s.OwnedID] = append(into[s.OwnedID], s)
	}
	var chains []string
	var walk func(id, tail string, seen []string)
	walk = func(id, tail string, seen []string) {
		if len(chains) > most {
			return
		}
		stakes := into[id]
		if len(stakes) == 0 || slices.Contains(seen, id) {
			chains = append(chains, tail)
			return
		}
		for _, s := range stakes {
			chain := s.OwnerID + " " + held(s) + " > " + tail
			if strings.HasSuffix(s.Why, notShown) {
				chain = "… " + chain
			}
			walk(s.OwnerID, chain, append(seen[:len(seen):len(seen)], id))
		}
	}
	if len(into[id]) == 0 {
		return id
	}
	walk(id, id, nil)
	if len(chains) > most {
		chains = append(chains[:most], "…")
	}
	return strings.Join(chains, "; ")
}

// held says what a stake is: "50%", "control", "board 60%".
func held(s sanctions.Stake) string {
	switch kind, percent := s.Kind, s.Share.String()+"%"; {
	case kind == registers.Control.String():
		return kind
	case kind == PossiblySame:
		return "may be"
	case kind == registers.Board.String(), kind == registers.Votes.String():
		return kind + " " + percent
	default:
		return percent
	}
}
