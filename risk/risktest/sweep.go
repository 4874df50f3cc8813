package risktest

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Labelled is a firm whose outcome is known: what could be known of it as of a
// date before, and whether it happened.
type Labelled struct {
	Subject  *risk.Subject
	AsOf     sanctions.Date
	Happened bool
}

// Calibration is what a rule set makes of labelled firms at each value of a
// number.
type Calibration struct {
	Number Number
	Grade  string // a firm counts as flagged from this grade on
	Is     decimal.Decimal
	Points []CalibrationPoint
}

// CalibrationPoint is one value. Precision is unknown where nothing is flagged,
// Recall and AUC where there is nothing to find or nothing else. They are rounded
// to four digits; the counts are exact.
type CalibrationPoint struct {
	Value                  decimal.Decimal
	Flagged, Right, Missed int // Right of the flagged happened; Missed happened and are not flagged
	Precision, Recall, AUC decimal.NullDecimal
}

// Sweep assesses labelled firms at each value of one number of a rule set. AUC is
// the chance that a firm to which it happened scores above one to which it did
// not, ties counting half; it takes the point scores as they are, and says nothing
// about how often it happens. A value under which the tables do not compile is an
// error.
func Sweep(rules *risk.Ruleset, n Number, values []decimal.Decimal, grade string, screener risk.Screener, firms []Labelled, opts ...risk.Option) (*Calibration, error) {
	set := rules.Tables()
	is, err := n.Get(set)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(ids(set.Bands, func(b *tables.Band) string { return b.ID }), grade) {
		return nil, fmt.Errorf("the rule set has no grade %q", grade)
	}
	out := &Calibration{Number: n, Grade: grade, Is: is}
	for _, v := range values {
		t := rules.Tables()
		if err := n.Set(&t, v); err != nil {
			return nil, err
		}
		changed, err := risk.Compile(t)
		if err != nil {
			return nil, fmt.Errorf("%v at %s: %w", n, points(v), err)
		}
		p, err := measure(changed, grade, screener, firms, opts)
		if err != nil {
			return nil, err
		}
		p.Value = v
		out.Points = append(out.Points, p)
	}
	return out, nil
}

func measure(rules *risk.Ruleset, grade string, screener risk.Screener, firms []Labelled, opts []risk.Option) (CalibrationPoint, error) {
	var p CalibrationPoint
	order := ids(rules.Tables().Bands, func(b *tables.Band) string { return b.ID })
	from := slices.Index(order, grade)
	scorer := risk.NewScorer(rules, screener, opts...)
	var happened, not []assessment.Points
	for i := range firms {
		a, err := scorer.Assess(firms[i].Subject, firms[i].AsOf)
		if err != nil {
			return p, err
		}
		flagged := slices.Index(order, a.Grade.Point) >= from
		if flagged {
			p.Flagged++
		}
		switch {
		case !firms[i].Happened:
			not = append(not, a.Score.Point)
			continue
		case flagged:
			p.Right++
		default:
			p.Missed++
		}
		happened = append(happened, a.Score.Point)
	}
	p.Precision = ratio(p.Right, p.Flagged)
	p.Recall = ratio(p.Right, len(happened))
	twice := 0 // the AUC times 2·happened·not
	for _, a := range happened {
		for _, b := range not {
			twice += 1 + a.Cmp(b.Decimal)
		}
	}
	p.AUC = ratio(twice, 2*len(happened)*len(not))
	return p, nil
}

func ratio(a, b int) decimal.NullDecimal {
	if b == 0 {
		return decimal.NullDecimal{}
	}
	return decimal.NullDecimal{Decimal: decimal.NewFromInt(int64(a)).DivRound(decimal.NewFromInt(int64(b)), 4), Valid: true}
}

// WriteCSV writes one row a value. An empty cell is unknown.
func (c *Calibration) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	errs := []error{out.Write([]string{"number", "value", "flagged", "right", "missed", "precision", "recall", "auc"})}
	for _, p := range c.Points {
		errs = append(errs, out.Write([]string{c.Number.String(), points(p.Value), strconv.Itoa(p.Flagged), strconv.Itoa(p.Right), strconv.Itoa(p.Missed),
			known(p.Precision), known(p.Recall), known(p.AUC)}))
	}
	out.Flush()
	return errors.Join(append(errs, out.Error())...)
}

func known(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.StringFixed(4)
}
