package ownership

import "github.com/sanctionrisk/exposure/sanctions"

// totals is a [sum] that can be taken from. An end is open as long as some end in it
// is.
type totals struct {
	low, high, most, reach, far end
	unstatedOpen, unstatedVague int32 // owners of unstated shares
}

type end struct {
	share sanctions.Share
	open  int32
}

func (e *end) add(share sanctions.Share, open bool, sign int32) {
	e.share += share * sanctions.Share(sign)
	if open {
		e.open += sign
	}
}

func (e end) amount() amount { return amountOf(e.share, e.open > 0) }

// add counts a holding of an owner with marks, or takes it away, as [sum.add] does.
func (t *totals) add(r sanctions.ShareRange, m marks, sign int32) {
	if m&certain != 0 {
		t.low.add(r.Low, r.LowOpen, sign)
	}
	if !stated(r) && m&open != 0 {
		t.unstatedOpen += sign
	}
	if !stated(r) && m&vague != 0 {
		t.unstatedVague += sign
	}
	if m&possible != 0 && stated(r) {
		t.high.add(r.High, r.HighOpen, sign)
	}
	if m&open != 0 {
		t.most.add(r.High, r.HighOpen, sign)
	}
	if m&counted != 0 {
		t.reach.add(r.Low, r.LowOpen, sign)
	}
	if m&vague != 0 {
		t.far.add(r.High, r.HighOpen, sign)
	}
}

func (t *totals) sum() sum {
	s := sum{low: t.low.amount(), high: t.high.amount(), most: t.most.amount(), reach: t.reach.amount(), far: t.far.amount()}
	if t.unstatedOpen > 0 {
		s.unstated |= open
	}
	if t.unstatedVague > 0 {
		s.unstated |= vague
	}
	return s
}

// grants count the holdings that indicate control of a party by themselves, and those
// that may.
type grants struct{ sure, may int32 }
