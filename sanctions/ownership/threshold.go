package ownership

import (
	"cmp"

	"github.com/sanctionrisk/exposure/sanctions"
)

// tests tells whether a rule tests what is held in a layer as ownership. What is not is
// summed only where control may follow from it.
func (r *Rule) tests(number int) bool { return number == capital || r.Votes }

// leastPlain is the least sum beyond doubt that may earn anything.
func (r *Rule) leastPlain() sanctions.Share {
	if r.Control != ControlIgnored || r.Threshold == 0 {
		return min(half, cmp.Or(r.Threshold, half)) // half may be in one hand
	}
	return r.Threshold
}

// plain tells which marks a sum beyond doubt earns, as [sum.test] does.
func (r *Rule) plain(low sanctions.Share) marks {
	threshold, inclusive := r.Threshold, r.Inclusive
	if threshold == 0 {
		threshold, inclusive = half, true
	}
	if low < threshold || low == threshold && !inclusive {
		return 0
	}
	var m marks
	if r.Threshold != 0 {
		m = beyondDoubt
	}
	if r.Control != ControlIgnored {
		m |= controlled | vague
	}
	return m
}

// dominates tells whether a holder's stake alone indicates control, beside the
// test of ownership: half of the shares or votes in one hand, and for votes that
// the regime does not test as ownership, more than half in a controlled one.
func (r *Rule) dominates(number int, have marks, share sanctions.ShareRange) bool {
	low := amountOf(share.Low, share.LowOpen)
	switch {
	case have&possible != 0, have&controlled != 0 && r.Control == ControlHypothetical:
		return reaches(low, half, true)
	case have&controlled != 0 && number == voting && !r.Votes:
		return reaches(low, half, false)
	}
	return false
}

// owns tells whether a holding of at least low makes an owner, or would where the law
// names no percentage.
func (r *Rule) owns(low amount) bool {
	if r.Threshold == 0 {
		return reaches(low, half, true)
	}
	return reaches(low, r.Threshold, r.Inclusive)
}

// test tells which marks a sum earns under a rule. own is what the party holds
// in itself, which carries no rights: upper bounds are of the rest.
func (s *sum) test(rule *Rule, own sanctions.ShareRange) marks {
	high, most, far := s.within(s.high, s.taken), s.within(s.most, s.taken), s.within(s.far, s.idle)
	if own.High > 0 {
		high, most, far = outstanding(high, own), outstanding(most, own), outstanding(far, own)
	}
	threshold, inclusive := rule.Threshold, rule.Inclusive
	var m marks
	switch {
	case threshold == 0: // no share decides; what half of it suggests is control
		threshold, inclusive = half, true
	case reaches(s.least(), threshold, inclusive):
		m |= certain | possible | open | vague
	case reachable(high, threshold, inclusive):
		m |= possible | open | vague
	case reachable(most, threshold, inclusive):
		m |= open | vague
	}
	if rule.Control != ControlIgnored {
		if reaches(s.reach, threshold, inclusive) {
			m |= controlled | vague
		}
		if reachable(far, threshold, inclusive) {
			m |= vague
		}
	}
	return m
}

// reaches reports whether a share of at least low meets the threshold.
func reaches(low amount, threshold sanctions.Share, inclusive bool) bool {
	return low.share() > threshold || low.share() == threshold && (inclusive || low.open())
}

// reachable reports whether a share of at most high may meet the threshold.
func reachable(high amount, threshold sanctions.Share, inclusive bool) bool {
	return high.share() > threshold || high.share() == threshold && inclusive && !high.open()
}
