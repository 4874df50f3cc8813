package risk

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/internal/exact"
)

// Points are exact, in steps of a millionth of a point. They are a
// [decimal.Decimal] whose JSON form is a plain number, whatever the host program
// has set in package decimal.
type Points struct{ decimal.Decimal }

// newPoints makes Points of millionths, without trailing zeros, so that equal
// points are equal values.
func newPoints(v int64) Points { return Points{exact.Decimal(v)} }

// pointsCache remembers Points that were made before, by the lower bits of the
// amount: each costs two allocations, and a portfolio has few amounts.
type pointsCache [1 << 10]struct {
	micro  int64
	points Points
}

func (p *pointsCache) of(v int64) Points {
	if v == 0 {
		return Points{}
	}
	at := &p[uint64(v)*spread>>54]
	if at.micro != v {
		at.micro, at.points = v, newPoints(v)
	}
	return at.points
}

// spread takes what is different in amounts to the upper bits.
const spread = 0x9e3779b97f4a7c15

// scoreCache remembers scores in the same way. Lines of many assessments share one.
type scoreCache struct {
	pointsCache
	scores [1 << 10]struct {
		amount triple
		score  *Score
	}
}

func (p *scoreCache) score(t triple) *Score {
	at := &p.scores[((uint64(t.low)*spread+uint64(t.point))*spread+uint64(t.high))*spread>>54]
	if at.score == nil || at.amount != t {
		s := &Score{Point: p.of(t.point)}
		if s.Low = s.Point; t.low != t.point {
			s.Low = p.of(t.low)
		}
		if s.High = s.Point; t.high != t.point {
			s.High = p.of(t.high)
		}
		at.amount, at.score = t, s
	}
	return at.score
}

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
	*p = newPoints(v)
	return nil
}

// plus adds exactly.
func (p Points) plus(o Points) Points {
	return newPoints(exact.Millionths(p.Decimal) + exact.Millionths(o.Decimal))
}

// minus subtracts exactly.
func (p Points) minus(o Points) Points {
	return newPoints(exact.Millionths(p.Decimal) - exact.Millionths(o.Decimal))
}
