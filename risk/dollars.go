package risk

import (
	"github.com/sanctionrisk/exposure/internal/exact"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// maxDollars is openUpwards in dollars.
var maxDollars = exact.Decimal(openUpwards)

// dollars is a claim's amount in U.S. dollars, to the cent, unknown without an
// amount or a rate. A target is no amount. Part of a cent is left out, so that no
// value meets a threshold that it falls short of.
func dollars(c *claims.Claim, rates *claims.Rates, on sanctions.Date) numeral {
	if !c.Amount.Valid || c.AmountQualifier == claims.Target {
		return numeral{}
	}
	d := c.Amount.Decimal
	if c.Currency != claims.Dollar {
		rate, ok := rates.On(c.Currency, on)
		if !ok {
			return numeral{}
		}
		d = d.Mul(rate.USD.Decimal)
	}
	if d.GreaterThan(maxDollars) {
		d = maxDollars
	}
	if d.Exponent() < -2 {
		d = d.Truncate(2)
	}
	return numeral{exact.Millionths(d), true}
}
