package ownership_test

import (
	"math/big"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// oracle answers as slowly and plainly as it can be written: maps, rationals, and
// sweeps over all interests until nothing changes. It knows one statement per
// owner, firm and measure, and no treasury shares.
type oracle struct {
	rule      ownership.Rule
	interests []ownership.Interest
	listed    map[string]sanctions.Answer
	group     map[string]bool // the listed parties that count together; nil is all

	plain      bool
	sure, open map[string]bool // the certain and the open, once they are known
}

// rest adds up the least that those hold in a firm who are in no set and not
// listed themselves.
func (o *oracle) rest(firm string, votes bool, in map[string]bool) (*big.Rat, bool) {
	others := make(map[string]bool)
	for _, i := range o.interests {
		others[i.OwnerID] = !in[i.OwnerID] && o.listed[i.OwnerID] == sanctions.Unknown
	}
	return o.total(firm, votes, false, false, others)
}

// unstated tells whether of a set somebody holds in a firm what nobody states.
func (o *oracle) unstated(firm string, votes bool, in map[string]bool) bool {
	return slices.ContainsFunc(o.interests, func(i ownership.Interest) bool {
		return i.OwnedID == firm && in[i.OwnerID] && (i.Kind == ownership.Votes) == votes && i.Kind != ownership.Control && i.Kind != ownership.Board && i.Share == sanctions.UnknownShare
	})
}

// disputed tells whether more than the whole of a firm is given away, by how much,
// when some of its owners are certain.
func (o *oracle) disputed(firm string, votes bool, sure map[string]bool) (*big.Rat, bool) {
	sum, _ := o.total(firm, votes, false, false, sure)
	others, _ := o.rest(firm, votes, sure)
	over := sum.Add(sum, others)
	over.Sub(over, big.NewRat(100, 1))
	return over, over.Sign() > 0
}

func percent(s sanctions.Share) *big.Rat { return big.NewRat(int64(s), int64(sanctions.Percent)) }

// total adds up what the parties of a set hold in a firm, the lower or upper ends.
func (o *oracle) total(firm string, votes, upper bool, skipUnstated bool, in map[string]bool) (sum *big.Rat, open bool) {
	sum = new(big.Rat)
	for _, i := range o.interests {
		isVotes := i.Kind == ownership.Votes
		isCapital := i.Kind == ownership.Shares || i.Kind == ownership.Ownership || i.Kind == ownership.Trust || i.Kind == ownership.Unknown
		if i.OwnedID != firm || !in[i.OwnerID] || isVotes != votes || !isVotes && !isCapital {
			continue
		}
		switch {
		case !upper:
			sum.Add(sum, percent(i.Share.Low))
			open = open || i.Share.LowOpen
		case skipUnstated && i.Share == sanctions.UnknownShare:
		default:
			sum.Add(sum, percent(i.Share.High))
			open = open || i.Share.HighOpen
		}
	}
	return sum, open
}

func (o *oracle) meets(firm string, upper, skipUnstated bool, in map[string]bool) bool {
	threshold, inclusive := o.rule.Threshold, o.rule.Inclusive
	if threshold == 0 {
		threshold, inclusive = sanctions.Whole/2, true
	}
	for _, votes := range []bool{false, true} {
		if votes && !o.rule.Votes {
			continue
		}
		sum, open := o.total(firm, votes, upper, skipUnstated, in)
		sure := in
		if upper {
			sure = o.sure
		}
		switch over, yes := o.disputed(firm, votes, sure); {
		case o.plain:
		case yes && !upper: // in some reading the others are right
			sum.Sub(sum, over)
			open = false
		case yes:
		case upper && o.group == nil: // what others hold is not there
			counted := o.open
			if counted == nil {
				counted = in
			}
			taken, takenOpen := o.rest(firm, votes, counted)
			if o.unstated(firm, votes, counted) {
				taken = new(big.Rat)
			}
			if left := new(big.Rat).Sub(big.NewRat(100, 1), taken); taken.Sign() > 0 && (left.Cmp(sum) < 0 || left.Cmp(sum) == 0 && takenOpen) {
				sum, open = left, takenOpen
			}
		}
		c := sum.Cmp(percent(threshold))
		if c > 0 || c == 0 && (upper && inclusive && !open || !upper && (inclusive || open)) {
			return true
		}
	}
	return false
}

// closure is the least set that holds the start and every party that joins.
func (o *oracle) closure(start map[string]bool, joins func(party string, in map[string]bool) bool) map[string]bool {
	in := make(map[string]bool)
	for p := range start {
		in[p] = true
	}
	for changed := true; changed; {
		changed = false
		for _, i := range o.interests {
			if p := i.OwnedID; !in[p] && joins(p, in) {
				in[p], changed = true, true
			}
		}
	}
	return in
}

// sets are the parties that are certainly, possibly, openly owned, controlled,
// or any of these if all that is not known were so.
type sets struct{ certain, possible, open, controlled, vague map[string]bool }

func (o *oracle) solve() sets {
	yes, maybe := make(map[string]bool), make(map[string]bool)
	for p, a := range o.listed {
		if o.group != nil && !o.group[p] {
			continue
		}
		if a == sanctions.Yes {
			yes[p] = true
		}
		maybe[p] = true
	}
	share := o.rule.Threshold != 0
	var s sets
	defer func() { o.sure, o.open = nil, nil }()
	s.certain = o.closure(yes, func(p string, in map[string]bool) bool { return share && o.meets(p, false, false, in) })
	o.sure = s.certain
	s.open = o.closure(maybe, func(p string, in map[string]bool) bool { return share && o.meets(p, true, false, in) })
	o.open = s.open
	s.possible = o.closure(maybe, func(p string, in map[string]bool) bool { return share && o.meets(p, true, true, in) })
	o.plain = true // control looks at what is said and not at what may be true of it
	defer func() { o.plain = false }()
	control := o.rule.Control != ownership.ControlIgnored
	single := o.group != nil
	s.controlled = o.closure(nil, func(p string, in map[string]bool) bool {
		if !control {
			return false
		}
		counted := union(s.possible, in)
		for _, i := range o.interests {
			if i.OwnedID != p || !counted[i.OwnerID] {
				continue
			}
			atHalf := i.Share.Low >= sanctions.Whole/2
			beyond := i.Share.Low > sanctions.Whole/2 || i.Share.Low == sanctions.Whole/2 && i.Share.LowOpen
			if controls(i) {
				return true
			}
			if i.Kind == ownership.Control || i.Kind == ownership.Board {
				continue
			}
			if atHalf && (s.possible[i.OwnerID] || o.rule.Control == ownership.ControlHypothetical) {
				return true
			}
			if i.Kind == ownership.Votes && !o.rule.Votes && beyond {
				return true
			}
		}
		if single {
			for _, votes := range []bool{false, true} {
				if sum, _ := o.total(p, votes, false, false, s.certain); (!votes || o.rule.Votes) && sum.Cmp(big.NewRat(50, 1)) >= 0 {
					return true
				}
			}
		}
		return o.meets(p, false, false, counted)
	})
	s.vague = o.closure(union(s.open, s.controlled), func(p string, in map[string]bool) bool {
		if !control {
			return false
		}
		for _, i := range o.interests {
			if i.OwnedID == p && in[i.OwnerID] && (controls(i) || i.Kind == ownership.Board && i.Share.Reaches(sanctions.Whole/2, false) != sanctions.No) {
				return true
			}
		}
		o.plain, o.open = false, in
		defer func() { o.plain, o.open = true, s.open }()
		return o.meets(p, true, false, in)
	})
	return s
}

func union(a, b map[string]bool) map[string]bool {
	out := make(map[string]bool)
	for p := range a {
		out[p] = true
	}
	for p := range b {
		out[p] = true
	}
	return out
}

// The gravity of a status, as a rule without doubts about itself gives it.
var gravity = []sanctions.OwnershipStatus{sanctions.OwnershipNone, sanctions.Minority, sanctions.OwnershipUnknown,
	sanctions.ControlIndicated, sanctions.PossiblyOwned, sanctions.Owned, sanctions.ListedUnderRegime}

func grave(s sanctions.OwnershipStatus) int { return slices.Index(gravity, s) }

// status answers for a party that is not certainly listed itself.
func (o *oracle) status(party string) sanctions.OwnershipStatus {
	s := o.solve()
	if o.rule.Threshold == 0 {
		s.open = s.vague
	}
	most, _ := o.total(party, false, true, false, s.open)
	mostVotes, _ := o.total(party, true, true, false, s.open)
	switch {
	case s.certain[party]:
		return sanctions.Owned
	case s.possible[party]:
		return sanctions.PossiblyOwned
	case s.controlled[party]:
		return sanctions.ControlIndicated
	case s.vague[party]:
		return sanctions.OwnershipUnknown
	case most.Sign() > 0 || o.rule.Votes && mostVotes.Sign() > 0:
		return sanctions.Minority
	}
	return sanctions.OwnershipNone
}

func controls(i ownership.Interest) bool {
	beyond := i.Share.Low > sanctions.Whole/2 || i.Share.Low == sanctions.Whole/2 && i.Share.LowOpen
	return i.Kind == ownership.Control || i.Kind == ownership.Trust || i.Kind == ownership.Board && beyond
}

// verdict answers for a party, over the groups of listed parties where the
// regime does not add them. Each listed party is a group of its own.
func (o *oracle) verdict(party string) sanctions.OwnershipStatus {
	if o.listed[party] == sanctions.Yes {
		return sanctions.ListedUnderRegime
	}
	if o.listed[party] == sanctions.Possible { // it does not own itself
		beside := *o
		beside.listed = make(map[string]sanctions.Answer)
		for p, a := range o.listed {
			if p != party {
				beside.listed[p] = a
			}
		}
		if v := beside.verdict(party); v != sanctions.OwnershipNone && v != sanctions.Minority {
			return v
		}
		return sanctions.OwnershipUnknown // it may be listed
	}
	best := sanctions.OwnershipNone
	if o.rule.Aggregate != ownership.AggregateNone {
		best = o.status(party)
	}
	if o.rule.Aggregate == ownership.AggregateAll {
		return best
	}
	if best == sanctions.Owned {
		best = sanctions.PossiblyOwned // together, where the law does not say
	}
	for p := range o.listed {
		alone := *o
		alone.group = map[string]bool{p: true}
		if s := alone.status(party); grave(s) > grave(best) {
			best = s
		}
	}
	return best
}
