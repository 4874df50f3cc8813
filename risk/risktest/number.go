package risktest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Number addresses one number of a rule set: Table rules, evidence or bands, the
// name of the row, and the column, points, floor, cap, low, point, high or from;
// for a bound of a condition the fact and .from or .to, as amount_usd.from.
type Number struct{ Table, Row, Column string }

// String is table row column.
func (n Number) String() string { return n.Table + " " + n.Row + " " + n.Column }

// Numbers lists the numbers of a rule set in the order of its tables.
func Numbers(t tables.Set) []Number {
	var out []Number
	add := func(table, row string, present bool, column string) {
		if present {
			out = append(out, Number{table, row, column})
		}
	}
	conditions := func(table, row string, when []tables.Condition) {
		for _, c := range when {
			if factOf()[c.Fact].Type == tables.FactNumber {
				s := interval(c.Test)
				add(table, row, s.Low.Valid, c.Fact+".from")
				add(table, row, s.High.Valid, c.Fact+".to")
			}
		}
	}
	for i := range t.Rules {
		r := &t.Rules[i]
		add("rules", r.ID, r.Points.Valid, "points")
		add("rules", r.ID, r.Floor.Valid, "floor")
		add("rules", r.ID, r.Cap.Valid, "cap")
		conditions("rules", r.ID, r.When)
	}
	for i := range t.Evidence {
		w := &t.Evidence[i]
		add("evidence", w.ID, w.Low.Valid, "low")
		add("evidence", w.ID, w.Point.Valid, "point")
		add("evidence", w.ID, w.High.Valid, "high")
		conditions("evidence", w.ID, w.When)
	}
	for i := range t.Bands {
		add("bands", t.Bands[i].ID, !t.Bands[i].From.Decimal.IsZero(), "from")
	}
	return out
}

// place finds the cell of a number; it is nil where there is none.
func (n Number) place(t *tables.Set) (cell *decimal.NullDecimal, test *string, at sanctions.Source) {
	in := func(when []tables.Condition) *string {
		fact, _, ok := strings.Cut(n.Column, ".")
		for i := range when {
			if ok && when[i].Fact == fact {
				return &when[i].Test
			}
		}
		return nil
	}
	switch n.Table {
	case "rules":
		if i := slices.IndexFunc(t.Rules, func(r tables.Rule) bool { return r.ID == n.Row }); i >= 0 {
			r := &t.Rules[i]
			return map[string]*decimal.NullDecimal{"points": &r.Points, "floor": &r.Floor, "cap": &r.Cap}[n.Column], in(r.When), r.Source
		}
	case "evidence":
		if i := slices.IndexFunc(t.Evidence, func(w tables.Weight) bool { return w.ID == n.Row }); i >= 0 {
			w := &t.Evidence[i]
			return map[string]*decimal.NullDecimal{"low": &w.Low, "point": &w.Point, "high": &w.High}[n.Column], in(w.When), w.Source
		}
	case "bands":
		if i := slices.IndexFunc(t.Bands, func(b tables.Band) bool { return b.ID == n.Row }); i >= 0 && n.Column == "from" {
			return &t.Bands[i].From, nil, t.Bands[i].Source
		}
	}
	return nil, nil, sanctions.Source{}
}

// Get is the number in a set of tables.
func (n Number) Get(t tables.Set) (decimal.Decimal, error) {
	cell, test, _ := n.place(&t)
	switch {
	case cell != nil && cell.Valid:
		return cell.Decimal, nil
	case test != nil:
		if b := n.bound(test); b.Valid {
			return b.Decimal, nil
		}
	}
	return decimal.Decimal{}, fmt.Errorf("the rule set has no number %v", n)
}

func (n Number) bound(test *string) decimal.NullDecimal {
	s := interval(*test)
	if strings.HasSuffix(n.Column, ".to") {
		return s.High.NullDecimal
	}
	return s.Low.NullDecimal
}

// Set gives a number another value in a set of tables; [risk.Compile] says
// whether the tables are still sound.
func (n Number) Set(t *tables.Set, v decimal.Decimal) error {
	cell, test, _ := n.place(t)
	switch {
	case cell != nil && cell.Valid:
		cell.Decimal = v
		return nil
	case test != nil && n.bound(test).Valid:
		s := interval(*test)
		if strings.HasSuffix(n.Column, ".to") {
			s.High.Decimal = v
		} else {
			s.Low.Decimal = v
		}
		*test = s.String()
		return nil
	}
	return fmt.Errorf("the rule set has no number %v", n)
}
