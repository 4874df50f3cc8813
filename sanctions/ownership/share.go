package ownership

import "github.com/sanctionrisk/exposure/sanctions"

const half = sanctions.Whole / 2

// greatest is what the greater of two shares may be.
func greatest(a, b sanctions.ShareRange) sanctions.ShareRange {
	if b.Low > a.Low || b.Low == a.Low && b.LowOpen {
		a.Low, a.LowOpen = b.Low, b.LowOpen
	}
	if b.High > a.High || b.High == a.High && !b.HighOpen {
		a.High, a.HighOpen = b.High, b.HighOpen
	}
	return a
}

// stated reports whether a range says anything at all about the amount.
func stated(r sanctions.ShareRange) bool { return r != sanctions.UnknownShare }

// outstanding scales the upper end of a share of the issued capital to the
// capital without the firm's own shares, which carry no rights: 48 of 95 is more
// than half. The result is rounded up and then open, so that it never reaches
// what it does not.
func outstanding(high amount, own sanctions.ShareRange) amount {
	rest := sanctions.Whole - own.High
	// The remainder is below 2^30 and so is Whole: their product fits.
	product := high.share() % rest * sanctions.Whole
	scaled := high.share()/rest*sanctions.Whole + product/rest
	if product%rest != 0 {
		return amountOf(scaled+1, true)
	}
	return amountOf(scaled, high.open() || own.HighOpen)
}
