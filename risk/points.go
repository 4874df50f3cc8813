package risk

import (
	"github.com/sanctionrisk/exposure/risk/assessment"
)

// triple is an amount in each of the three scores, in millionths.
type triple struct{ low, point, high int64 }

func (t triple) plus(o triple) triple {
	return triple{t.low + o.low, t.point + o.point, t.high + o.high}
}

func (t triple) minus(o triple) triple {
	return triple{t.low - o.low, t.point - o.point, t.high - o.high}
}

func (t *triple) at(column int) *int64 {
	switch column {
	case 0:
		return &t.low
	case 1:
		return &t.point
	}
	return &t.high
}

func newScore(t triple) assessment.Score {
	s := assessment.Score{Point: assessment.PointsOf(t.point)}
	if s.Low = s.Point; t.low != t.point {
		s.Low = assessment.PointsOf(t.low)
	}
	if s.High = s.Point; t.high != t.point {
		s.High = assessment.PointsOf(t.high)
	}
	return s
}

// pointsCache remembers Points that were made before, by the lower bits of the
// amount: each costs two allocations, and a portfolio has few amounts.
type pointsCache [1 << 10]struct {
	micro  int64
	points assessment.Points
}

func (p *pointsCache) of(v int64) assessment.Points {
	if v == 0 {
		return assessment.Points{}
	}
	at := &p[uint64(v)*spread>>54]
	if at.micro != v {
		at.micro, at.points = v, assessment.PointsOf(v)
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
		score  *assessment.Score
	}
}

func (p *scoreCache) score(t triple) *assessment.Score {
	at := &p.scores[((uint64(t.low)*spread+uint64(t.point))*spread+uint64(t.high))*spread>>54]
	if at.score == nil || at.amount != t {
		s := &assessment.Score{Point: p.of(t.point)}
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
