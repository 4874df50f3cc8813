package risk_test

import (
	"testing"

	"github.com/shopspring/decimal"
)

// withHostGlobals sets the package variables of decimal as a host program might.
func withHostGlobals(t *testing.T) {
	precision, trim, quotes := decimal.DivisionPrecision, decimal.TrimTrailingZeros, decimal.MarshalJSONWithoutQuotes
	t.Cleanup(func() {
		decimal.DivisionPrecision, decimal.TrimTrailingZeros, decimal.MarshalJSONWithoutQuotes = precision, trim, quotes
	})
	decimal.DivisionPrecision, decimal.TrimTrailingZeros, decimal.MarshalJSONWithoutQuotes = 1, !trim, !quotes
}
