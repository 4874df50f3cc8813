package risk

import (
	"fmt"

	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// faultList gathers what is wrong with tables.
type faultList struct {
	of   *tables.Set // which may know the places of cells
	errs []error
}

func (l *faultList) add(at sanctions.Source, header, value, format string, args ...any) {
	l.errs = append(l.errs, &sanctions.Fault{Source: l.of.Place(at, header), Header: header, Value: value, Err: fmt.Errorf(format, args...)})
}

// documented checks what every row needs to be more than a number.
func (l *faultList) documented(at sanctions.Source, id, citation, why string, effective sanctions.Period) {
	if id == "" {
		l.add(at, "", "", "the row needs a name")
	}
	if citation == "" {
		l.add(at, "citation", "", "%s cites nothing; name the law, guidance or method it rests on", id)
	}
	if why == "" {
		l.add(at, "why", "", "%s does not say why", id)
	}
	if effective.From.IsZero() {
		l.add(at, "effective_from", "", "%s has no date from which it holds", id)
	}
	if !effective.Valid() {
		l.add(at, "effective_to", effective.To.String(), "%s ends before it starts", id)
	}
}

// timeless stands for the dates of rows that have none.
var timeless = sanctions.Period{From: sanctions.NewDate(1, 1, 1)}

func (l *faultList) unique(seen map[string]sanctions.Source, at sanctions.Source, header, id string) {
	if first, again := seen[id]; again {
		l.add(at, header, id, "the name stands already at %v", first)
	}
	seen[id] = at
}
