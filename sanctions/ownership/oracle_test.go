package ownership_test

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// oracle answers as slowly and plainly as it can be written: maps, rationals, sweeps
// over all interests until nothing changes, and for the greatest fixpoint every set of
// parties in turn. It knows one statement per owner, firm and measure.
type oracle struct {
	rule      ownership.Rule
	interests []registers.Interest
	listed    map[string]sanctions.Answer
	greatest  bool                      // of two fixpoints
	published map[string]sanctions.Date // of files
	party     map[string]string         // who the listed parties of the graph are, where one is several
	gone      []registers.Interest      // what owners held that have left
	single    bool                      // one listed party counts alone
	starts    map[string]bool           // the listed parties that count
	solved    map[string]sets           // by the listed party that counts alone, "" for all together
}

func percent(s sanctions.Share) *big.Rat { return big.NewRat(int64(s), int64(sanctions.Percent)) }

// reading is how the interests are read for one mark.
type reading struct {
	start        map[string]bool // who has it without owners
	base         map[string]bool // whose holdings count beside those who have it
	adds         bool            // holdings are added and tested
	upper        bool            // by their upper ends
	skipUnstated bool
	plain        bool                            // control looks at what is said and not at what may be true of it
	sure         map[string]bool                 // who counts for certain; nil for those who have the mark
	counted      map[string]bool                 // who may count; nil for those who have the mark
	alone        func(i registers.Interest) bool // an interest that does by itself
	fromBase     func(i registers.Interest) bool // as alone, when its owner is of the base
	hands        bool                            // what one hand holds does as if its head held it
}

func measures(i registers.Interest, votes bool) bool {
	if votes {
		return i.Kind == registers.Votes
	}
	return i.Kind == registers.Shares || i.Kind == registers.Ownership || i.Kind == registers.Trust || i.Kind == registers.Unknown
}

// amount is an end of a holding, as a reading counts it.
func (r *reading) amount(i registers.Interest) (share sanctions.Share, open bool) {
	switch {
	case !r.upper:
		return i.Share.Low, i.Share.LowOpen
	case r.skipUnstated && i.Share == sanctions.UnknownShare:
		return 0, false
	}
	return i.Share.High, i.Share.HighOpen
}

// meets tests what the parties of a set hold in a firm by one measure.
func (o *oracle) meets(r *reading, firm string, votes bool, in map[string]bool) bool {
	if votes && !o.rule.Votes {
		return false
	}
	sum, open := new(big.Rat), false
	for _, i := range o.interests {
		if i.OwnedID != firm || i.OwnerID == firm || !measures(i, votes) {
			continue
		}
		if in[i.OwnerID] || r.base[i.OwnerID] {
			share, ends := r.amount(i)
			sum.Add(sum, percent(share))
			open = open || ends
		}
	}
	if !r.adds {
		return false
	}
	if !r.plain {
		all := union(in, r.base)
		sure, counted := all, all
		if r.upper {
			sure = r.sure
		}
		if r.counted != nil {
			counted = r.counted
		}
		switch lost, over := o.lost(firm, votes, sure); {
		case !r.upper && lost.Sign() > 0: // in some reading others are right
			sum.Sub(sum, lost)
			open = false
		case over:
		case r.upper && !o.single && !o.unstated(firm, votes, counted): // what others hold is not there
			taken, ends := new(big.Rat), false
			for _, i := range o.holdings(firm, votes) {
				if i.OwnerID == firm || !counted[i.OwnerID] && o.listed[i.OwnerID] == sanctions.Unknown {
					taken.Add(taken, percent(i.Share.Low))
					ends = ends || i.Share.LowOpen
				}
			}
			left := new(big.Rat).Sub(big.NewRat(100, 1), taken)
			if c := left.Cmp(sum); taken.Sign() > 0 && (c < 0 || c == 0 && ends) {
				sum, open = left, ends
			}
		}
		if own := o.own(firm, votes); r.upper && own.High > 0 {
			rest := new(big.Rat).Sub(big.NewRat(100, 1), percent(own.High))
			sum = new(big.Rat).Quo(new(big.Rat).Mul(sum, big.NewRat(100, 1)), rest)
			open = open || own.HighOpen
		}
	}
	threshold, inclusive := o.rule.Threshold, o.rule.Inclusive
	if threshold == 0 {
		threshold, inclusive = sanctions.Whole/2, true
	}
	c := sum.Cmp(percent(threshold))
	return c > 0 || c == 0 && (r.upper && inclusive && !open || !r.upper && (inclusive || open))
}

// least adds up the least that some hold in a firm.
func (o *oracle) least(firm string, votes bool, who map[string]bool) (sum *big.Rat, open bool) {
	sum = new(big.Rat)
	for _, i := range o.interests {
		if i.OwnedID == firm && who[i.OwnerID] && measures(i, votes) {
			sum.Add(sum, percent(i.Share.Low))
			open = open || i.Share.LowOpen
		}
	}
	return sum, open
}

// holdings are those in a firm by one measure.
func (o *oracle) holdings(firm string, votes bool) (out []registers.Interest) {
	for _, i := range o.interests {
		if i.OwnedID == firm && measures(i, votes) {
			out = append(out, i)
		}
	}
	return out
}

// own is what a firm holds of itself.
func (o *oracle) own(firm string, votes bool) (own sanctions.ShareRange) {
	for _, i := range o.holdings(firm, votes) {
		if i.OwnerID == firm {
			own = i.Share
		}
	}
	return own
}

// lost is how much of what some surely hold in a firm is not theirs in the reading that
// is worst for them, when all that is said to be held is more than the whole, over.
// Others come first unless they are surely earlier than all of these, and listed others
// stand aside; what is surely later than all others stands.
func (o *oracle) lost(firm string, votes bool, sure map[string]bool) (lost *big.Rat, over bool) {
	var theirs, others []registers.Interest
	total, said, given, stands := new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)
	for _, i := range o.holdings(firm, votes) {
		switch {
		case i.OwnerID == firm:
			said.Add(said, percent(i.Share.Low))
		case sure[i.OwnerID]:
			theirs = append(theirs, i)
			total.Add(total, percent(i.Share.Low))
		default:
			said.Add(said, percent(i.Share.Low))
			if o.listed[i.OwnerID] == sanctions.Unknown && i.Share.Low > 0 {
				others = append(others, i)
			}
		}
	}
	before := func(i, k registers.Interest) bool {
		if x, y := i.Period.From, k.Period.From; !x.IsZero() && !y.IsZero() && x != y {
			return x.Before(y)
		}
		return o.published[i.Source.File].Before(o.published[k.Source.File])
	}
	for _, i := range others {
		if len(theirs) == 0 || slices.ContainsFunc(theirs, func(k registers.Interest) bool { return !before(i, k) }) {
			given.Add(given, percent(i.Share.Low))
		}
	}
	for _, k := range theirs {
		if !slices.ContainsFunc(others, func(i registers.Interest) bool { return !before(i, k) }) {
			stands.Add(stands, percent(k.Share.Low))
		}
	}
	whole := big.NewRat(100, 1)
	keep := new(big.Rat).Set(total)
	if new(big.Rat).Add(total, given).Cmp(whole) > 0 {
		if left := new(big.Rat).Sub(whole, given); left.Cmp(stands) > 0 {
			stands = left
		}
		if stands.Cmp(keep) < 0 {
			keep = stands
		}
	}
	if keep.Cmp(whole) > 0 { // the later of them leave the earlier what is left
		earlier := new(big.Rat)
		for _, i := range theirs {
			if slices.ContainsFunc(theirs, func(k registers.Interest) bool { return before(i, k) }) {
				earlier.Add(earlier, percent(i.Share.Low))
			}
		}
		if new(big.Rat).Sub(keep, whole).Cmp(earlier) <= 0 {
			keep = whole
		}
	}
	return new(big.Rat).Sub(total, keep), said.Add(said, total).Cmp(whole) > 0
}

// unstated tells whether of a set somebody holds in a firm what nobody states.
func (o *oracle) unstated(firm string, votes bool, in map[string]bool) bool {
	return slices.ContainsFunc(o.interests, func(i registers.Interest) bool {
		return i.OwnedID == firm && in[i.OwnerID] && measures(i, votes) && i.Share == sanctions.UnknownShare
	})
}

// gives reports whether an interest alone makes the firm join.
func (r *reading) gives(i registers.Interest, in map[string]bool) bool {
	return r.alone != nil && (in[i.OwnerID] || r.base[i.OwnerID]) && r.alone(i) ||
		r.fromBase != nil && r.base[i.OwnerID] && r.fromBase(i)
}

func (o *oracle) joins(r *reading, party string, in map[string]bool) bool {
	return o.joinsBeside(r, party, in) || len(o.hands(r, party, in)) > 0
}

// joinsBeside tells whether a party joins whatever lies in one hand.
func (o *oracle) joinsBeside(r *reading, party string, in map[string]bool) bool {
	for _, i := range o.interests {
		if i.OwnedID == party && r.gives(i, in) {
			return true
		}
	}
	return o.meets(r, party, false, in) || o.meets(r, party, true, in)
}

// hands are those of the parties of a set that hold as much of a firm as would
// indicate control if one held it.
func (o *oracle) hands(r *reading, firm string, in map[string]bool) (out []hand) {
	if !r.hands {
		return nil
	}
	for head := range union(in, r.base) {
		if head == firm {
			continue
		}
		parties := o.handOf(head, firm)
		for _, votes := range []bool{false, true} {
			one := registers.Interest{OwnerID: head, OwnedID: firm, Kind: registers.Shares}
			if votes {
				one.Kind = registers.Votes
			}
			for _, i := range o.interests {
				if i.OwnedID == firm && parties[i.OwnerID] && measures(i, votes) {
					one.Share.Low += i.Share.Low
					one.Share.LowOpen = one.Share.LowOpen || i.Share.LowOpen
				}
			}
			if r.gives(one, in) {
				out = append(out, hand{parties, votes})
			}
		}
	}
	return out
}

// hand is parties in one hand, and what of theirs counts.
type hand struct {
	parties map[string]bool
	votes   bool
}

// handOf is a party with all that is certainly its, but for a firm itself: what it owns
// and, where what the controlled hold counts as well, what it controls by a control
// interest.
func (o *oracle) handOf(head, firm string) map[string]bool {
	hand := map[string]bool{head: true}
	for p := range o.listed {
		if o.single && o.starts[head] && o.starts[p] || o.listed[head] != sanctions.Unknown && o.who(p) == o.who(head) {
			hand[p] = true
		}
	}
	for changed := true; changed; {
		changed = false
		for _, i := range o.interests {
			p := i.OwnedID
			if p == firm || hand[p] || !hand[i.OwnerID] {
				continue
			}
			joins := o.rule.Control == ownership.ControlHypothetical && controls(i)
			for _, votes := range []bool{false, true} {
				sum, open := o.least(p, votes, hand)
				threshold, inclusive := o.rule.Threshold, o.rule.Inclusive
				if threshold == 0 {
					threshold, inclusive = sanctions.Whole/2, true
				}
				c := sum.Cmp(percent(threshold))
				joins = joins || (!votes || o.rule.Votes) && (c > 0 || c == 0 && (inclusive || open))
			}
			if joins {
				hand[p], changed = true, true
			}
		}
	}
	return hand
}

// feeds reports whether an interest is a part of what makes the firm join.
func (o *oracle) feeds(r *reading, i registers.Interest, in map[string]bool) bool {
	if r.gives(i, in) {
		return true
	}
	share, open := r.amount(i)
	for _, h := range o.hands(r, i.OwnedID, in) { // a hand is a part of it where nothing else suffices
		if !o.joinsBeside(r, i.OwnedID, in) && h.parties[i.OwnerID] && measures(i, h.votes) && (share > 0 || open) {
			return true
		}
	}
	return (in[i.OwnerID] || r.base[i.OwnerID]) && (share > 0 || open) && (measures(i, false) || measures(i, true)) &&
		o.meets(r, i.OwnedID, i.Kind == registers.Votes, in)
}

// solveFor is the set of those who join: the least, or the greatest all of whose
// members join because of it and hang by chains of interests on those who need not.
func (o *oracle) solveFor(r *reading) map[string]bool {
	if !o.greatest {
		in := union(r.start, nil)
		for changed := true; changed; {
			changed = false
			for _, i := range o.interests {
				if p := i.OwnedID; !in[p] && o.joins(r, p, in) {
					in[p], changed = true, true
				}
			}
		}
		return in
	}
	var parties []string
	for _, i := range o.interests {
		if p := i.OwnedID; !r.start[p] && !slices.Contains(parties, p) {
			parties = append(parties, p)
		}
	}
	best := union(r.start, nil)
	for bits := range 1 << len(parties) {
		in := union(r.start, nil)
		for k, p := range parties {
			if bits&(1<<k) != 0 {
				in[p] = true
			}
		}
		if o.holds(r, parties, in) {
			best = union(best, in)
		}
	}
	return best
}

func (o *oracle) holds(r *reading, parties []string, in map[string]bool) bool {
	for _, p := range parties {
		if in[p] && !o.joins(r, p, in) {
			return false
		}
	}
	hung := union(r.start, r.base)
	for changed := true; changed; {
		changed = false
		for _, i := range o.interests {
			if hung[i.OwnerID] && in[i.OwnedID] && !hung[i.OwnedID] && o.feeds(r, i, in) {
				hung[i.OwnedID], changed = true, true
			}
		}
	}
	for p := range in {
		if !hung[p] {
			return false
		}
	}
	return true
}

// sets are the parties that are certainly, possibly, openly owned, controlled,
// or any of these if all that is not known were so.
type sets struct{ certain, possible, open, controlled, vague map[string]bool }

// solve finds the sets for one listed party alone, or for all when it is "".
func (o *oracle) solve(group string) sets {
	if s, ok := o.solved[group]; ok {
		return s
	}
	yes, maybe := make(map[string]bool), make(map[string]bool)
	for p, a := range o.listed {
		if group != "" && group != o.groupOf(p) {
			continue
		}
		if a == sanctions.Yes {
			yes[p] = true
		}
		maybe[p] = true
	}
	o.single, o.starts = group != "", maybe
	share := o.rule.Threshold != 0
	var s sets
	s.certain = o.solveFor(&reading{start: yes, adds: share})
	maybe = union(maybe, s.certain) // what is certain is possible, also where sources contradict each other
	s.open = o.solveFor(&reading{start: maybe, adds: share, upper: true, sure: s.certain})
	s.possible = o.solveFor(&reading{start: maybe, adds: share, upper: true, skipUnstated: true, sure: s.certain, counted: s.open})
	s.controlled, s.vague = map[string]bool{}, s.open
	if o.rule.Control != ownership.ControlIgnored {
		atHalf := func(i registers.Interest) bool {
			return i.Kind != registers.Control && i.Kind != registers.Board && i.Share.Low >= sanctions.Whole/2
		}
		r := &reading{base: s.possible, adds: true, plain: true, hands: true, fromBase: atHalf, alone: func(i registers.Interest) bool {
			beyond := i.Share.Low > sanctions.Whole/2 || i.Share.Low == sanctions.Whole/2 && i.Share.LowOpen
			return controls(i) || o.rule.Control == ownership.ControlHypothetical && atHalf(i) ||
				i.Kind == registers.Votes && !o.rule.Votes && beyond
		}}
		s.controlled = o.solveFor(r)
		s.vague = o.solveFor(&reading{start: union(s.open, s.controlled), adds: true, upper: true, sure: s.certain, alone: func(i registers.Interest) bool {
			return controls(i) || i.Kind == registers.Board && i.Share.Reaches(sanctions.Whole/2, false) != sanctions.No
		}})
	}
	if o.solved == nil {
		o.solved = make(map[string]sets)
	}
	o.solved[group] = s
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

func controls(i registers.Interest) bool {
	beyond := i.Share.Low > sanctions.Whole/2 || i.Share.Low == sanctions.Whole/2 && i.Share.LowOpen
	return i.Kind == registers.Control || i.Kind == registers.Trust || i.Kind == registers.Board && beyond
}

// The gravity of a status, as a rule without doubts about itself gives it.
var gravity = []sanctions.OwnershipStatus{sanctions.OwnershipNone, sanctions.Minority, sanctions.OwnershipUnknown,
	sanctions.ControlIndicated, sanctions.PossiblyOwned, sanctions.Owned, sanctions.ListedUnderRegime}

func grave(s sanctions.OwnershipStatus) int { return slices.Index(gravity, s) }

// status answers for a party that is not certainly listed itself.
func (o *oracle) status(party, group string) sanctions.OwnershipStatus {
	s := o.solve(group)
	if o.rule.Threshold == 0 {
		s.open = s.vague
	}
	switch {
	case s.certain[party]:
		return sanctions.Owned
	case s.possible[party]:
		return sanctions.PossiblyOwned
	case s.controlled[party]:
		return sanctions.ControlIndicated
	case s.vague[party]:
		return sanctions.OwnershipUnknown
	}
	for _, i := range o.interests {
		if i.OwnedID == party && s.open[i.OwnerID] && i.Share.High > 0 && (measures(i, false) || o.rule.Votes && measures(i, true)) {
			return sanctions.Minority
		}
	}
	return sanctions.OwnershipNone
}

// fixpoint answers for a party at one of the fixpoints, over the groups of listed
// parties where the regime does not add them. Each listed party is a group of its own.
func (o *oracle) fixpoint(party string) sanctions.OwnershipStatus {
	best := sanctions.OwnershipNone
	if o.rule.Aggregate != ownership.AggregateNone {
		best = o.status(party, "")
	}
	if o.rule.Aggregate == ownership.AggregateAll {
		return best
	}
	if best == sanctions.Owned {
		best = sanctions.PossiblyOwned // together, where the law does not say
	}
	for p := range o.listed {
		if s := o.status(party, o.groupOf(p)); grave(s) > grave(best) {
			best = s
		}
	}
	return best
}

// who a listed party of the graph is.
func (o *oracle) who(p string) string { return cmp.Or(o.party[p], p) }

// groupOf names the group of a listed party after its first: those that are the same
// party, or of which one controls the other.
func (o *oracle) groupOf(p string) string {
	group := map[string]bool{p: true}
	for changed := true; changed; {
		changed = false
		for q := range o.listed {
			for m := range group {
				joint := slices.ContainsFunc(o.interests, func(i registers.Interest) bool {
					return controls(i) && (i.OwnerID == q && i.OwnedID == m || i.OwnerID == m && i.OwnedID == q)
				})
				if !group[q] && (joint || o.who(q) == o.who(m)) {
					group[q], changed = true, true
				}
			}
		}
	}
	return slices.Min(slices.Collect(maps.Keys(group)))
}

// left reports whether somebody who is listed or owned has left that held enough, or
// half.
func (o *oracle) left(party string) bool {
	return o.rule.Control != ownership.ControlIgnored && slices.ContainsFunc(o.gone, func(i registers.Interest) bool {
		low, threshold := i.Share.Low, o.rule.Threshold
		enough := threshold > 0 && (low > threshold || low == threshold && (o.rule.Inclusive || i.Share.LowOpen))
		return i.OwnedID == party && o.owner(i.OwnerID) && (enough || low >= sanctions.Whole/2)
	})
}

// owner reports whether a party is listed, or owned in the eyes of any.
func (o *oracle) owner(p string) bool {
	if o.listed[p] == sanctions.Yes || o.rule.Aggregate != ownership.AggregateNone && o.solve("").certain[p] {
		return true
	}
	for l := range o.listed {
		if o.rule.Aggregate != ownership.AggregateAll && o.solve(o.groupOf(l)).certain[p] {
			return true
		}
	}
	return false
}

// oracles are those of the two fixpoints under one rule.
type oracles struct{ least, greatest *oracle }

func oraclesOf(rule ownership.Rule, list []registers.Interest, listed map[string]sanctions.Answer) oracles {
	return oraclesLike(&oracle{rule: rule, interests: list, listed: listed})
}

// oraclesLike are those that know what one knows.
func oraclesLike(like *oracle) oracles {
	fresh := func(greatest bool) *oracle {
		return &oracle{rule: like.rule, interests: like.interests, listed: like.listed, published: like.published, party: like.party, gone: like.gone, greatest: greatest}
	}
	o := oracles{fresh(false), fresh(true)}
	if !circular(like.interests) {
		o.greatest = o.least
	}
	return o
}

// circular reports whether some party holds something of itself through others.
func circular(list []registers.Interest) bool {
	for _, first := range list {
		if first.OwnerID == first.OwnedID {
			continue
		}
		below := map[string]bool{first.OwnedID: true}
		for range list {
			for _, i := range list {
				if below[i.OwnerID] {
					below[i.OwnedID] = true
				}
			}
		}
		if below[first.OwnerID] {
			return true
		}
	}
	return false
}

// verdict answers for a party, at the least fixpoint as the regime sees it and at the
// greatest.
func (o oracles) verdict(party string) (status, circle sanctions.OwnershipStatus) {
	listed := o.least.listed
	if listed[party] == sanctions.Yes {
		return sanctions.ListedUnderRegime, ""
	}
	if listed[party] == sanctions.Possible { // it does not own itself
		others := make(map[string]sanctions.Answer)
		for p, a := range listed {
			if p != party {
				others[p] = a
			}
		}
		beside := *o.least
		beside.listed = others
		status, circle = oraclesLike(&beside).verdict(party)
		if status == sanctions.OwnershipNone || status == sanctions.Minority {
			status = sanctions.OwnershipUnknown // it may be listed
		}
		return status, circle
	}
	status, circle = o.least.fixpoint(party), o.greatest.fixpoint(party)
	if o.least.rule.Control == ownership.ControlHypothetical && grave(circle) > grave(sanctions.Minority) {
		raised := gravity[min(grave(circle), grave(sanctions.ControlIndicated))]
		if grave(raised) > grave(status) {
			status = raised
		}
	}
	if grave(status) < grave(sanctions.ControlIndicated) && o.least.left(party) {
		status = sanctions.ControlIndicated
	}
	return status, circle
}
