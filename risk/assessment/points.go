package assessment

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/internal/exact"
)

// Points are exact, in steps of a millionth of a point. They are a
// [decimal.Decimal] whose JSON form is a plain number, whatever the host program
// has set in package decimal.
type Points struct{ decimal.Decimal }

// PointsOf makes Points of millionths, without trailing zeros, so that equal
// points are equal values.
func PointsOf(millionths int64) Points { return Points{exact.Decimal(millionths)} }

// String is the number without trailing zeros.
func (p Points) String() string { return exact.Format(exact.Millionths(p.Decimal)) }

// MarshalJSON writes a JSON number.
func (p Points) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// MarshalText writes the number.
func (p Points) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalJSON reads a JSON number with at most six decimals.
func (p *Points) UnmarshalJSON(b []byte) error {
	v, err := exact.Parse(string(b))
	if err != nil {
		return fmt.Errorf("points: %s is no number with at most six decimals", b)
	}
	*p = PointsOf(v)
	return nil
}

// plus adds exactly.
func (p Points) plus(o Points) Points {
	return PointsOf(exact.Millionths(p.Decimal) + exact.Millionths(o.Decimal))
}

// minus subtracts exactly.
func (p Points) minus(o Points) Points {
	return PointsOf(exact.Millionths(p.Decimal) - exact.Millionths(o.Decimal))
}
