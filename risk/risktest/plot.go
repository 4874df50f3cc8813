package risktest

import (
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/shopspring/decimal"
)

// The plot, in pixels: the frame and what lies around it.
const (
	plotWidth, plotHeight = 640, 360
	plotLeft, plotTop     = 56, 44
	plotRight, plotBottom = 96, 48
)

// WriteSVG plots precision, recall and AUC over the values: an image that stands
// by itself and is the same bytes for the same calibration. A dashed line marks the
// value that the rule set has.
func (c *Calibration) WriteSVG(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", plotWidth, plotHeight, plotWidth, plotHeight)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, `<text x="%d" y="20" font-size="14">%s, flagged from %s</text>`+"\n", plotLeft, html.EscapeString(c.Number.String()), html.EscapeString(c.Grade))
	right, bottom := plotWidth-plotRight, plotHeight-plotBottom
	for i := range 5 { // at 0, 0.25 … 1
		y := bottom - (bottom-plotTop)*i/4
		fmt.Fprintf(&b, `<path d="M%d %dH%d" stroke="#ddd"/><text x="%d" y="%d" text-anchor="end">%s</text>`+"\n",
			plotLeft, y, right, plotLeft-8, y+4, decimal.New(int64(25*i), -2).StringFixed(2))
	}
	if len(c.Points) > 0 {
		low, high := c.Points[0].Value, c.Points[0].Value
		for _, p := range c.Points {
			low, high = decimal.Min(low, p.Value), decimal.Max(high, p.Value)
		}
		across := func(v decimal.Decimal) string { return along(v, low, high, plotLeft, right) }
		for i, p := range c.Points {
			if every := (len(c.Points) + 9) / 10; i%every == 0 {
				fmt.Fprintf(&b, `<text x="%s" y="%d" text-anchor="middle">%s</text>`+"\n", across(p.Value), bottom+18, points(p.Value))
			}
		}
		if !c.Is.LessThan(low) && !c.Is.GreaterThan(high) {
			fmt.Fprintf(&b, `<path d="M%s %dV%d" stroke="#888" stroke-dasharray="4 3"/><text x="%s" y="%d" text-anchor="middle" fill="#555">is %s</text>`+"\n",
				across(c.Is), plotTop, bottom, across(c.Is), plotTop-6, points(c.Is))
		}
		for i, line := range []struct {
			name, colour string
			at           func(*CalibrationPoint) decimal.NullDecimal
		}{
			{"precision", "#1b6ca8", func(p *CalibrationPoint) decimal.NullDecimal { return p.Precision }},
			{"recall", "#b3541e", func(p *CalibrationPoint) decimal.NullDecimal { return p.Recall }},
			{"AUC", "#2e7d32", func(p *CalibrationPoint) decimal.NullDecimal { return p.AUC }},
		} {
			var path strings.Builder
			move := "M"
			for k := range c.Points {
				v := line.at(&c.Points[k])
				if !v.Valid { // unknown: the line breaks
					move = "M"
					continue
				}
				fmt.Fprintf(&path, "%s%s %s", move, across(c.Points[k].Value), along(v.Decimal, decimal.Decimal{}, one, bottom, plotTop))
				move = "L"
			}
			fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s" stroke-width="2"/><text x="%d" y="%d" fill="%s">%s</text>`+"\n",
				path.String(), line.colour, right+10, plotTop+14+18*i, line.colour, line.name)
		}
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">%s</text>`+"\n</svg>\n", (plotLeft+right)/2, plotHeight-10, html.EscapeString(c.Number.Column))
	_, err := io.WriteString(w, b.String())
	return err
}

// along is where a value lies between two pixels, to a tenth.
func along(v, low, high decimal.Decimal, from, to int) string {
	if high.Equal(low) {
		return decimal.NewFromInt(int64(from+to)).DivRound(decimal.New(2, 0), 1).StringFixed(1)
	}
	span := decimal.NewFromInt(int64(to - from))
	return decimal.NewFromInt(int64(from)).Add(v.Sub(low).Mul(span).DivRound(high.Sub(low), 1)).StringFixed(1)
}
