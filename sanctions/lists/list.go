package lists

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// list is one list of the manifest while its files are read.
type list struct {
	name   string
	rule   listRule
	files  []*File
	drafts map[string]*draft // by own number
	notes  []note
	faults []error
}

// draft finds the party with the list's own number, or starts it.
func (l *list) draft(number string, at sanctions.Source) *draft {
	if d, ok := l.drafts[number]; ok {
		return d
	}
	d := &draft{number: number}
	d.ID = l.name + ":" + number
	d.Source = at
	l.drafts[number] = d
	return d
}

// finish completes every party of the list and returns them in the order of
// their numbers.
func (l *list) finish() []*draft {
	drafts := make([]*draft, 0, len(l.drafts))
	for _, d := range l.drafts {
		drafts = append(drafts, d)
	}
	slices.SortFunc(drafts, func(a, b *draft) int { return compareNumbers(a.number, b.number) })
	for _, d := range drafts {
		if d.narrative != nil {
			d.narrative(l, d)
		}
		for i := range d.Designations {
			l.complete(&d.Designations[i], d.Source)
		}
		if len(d.Names) == 0 {
			l.faults = append(l.faults, &sanctions.Fault{Source: d.Source, Value: d.number,
				Err: fmt.Errorf("the party %s has no name", d.ID)})
		}
		d.settleIdentifiers()
		for _, id := range d.Identifiers {
			if err := id.Validate(); err != nil {
				l.note(WrongNumber, id.Source, id.String(), "numbers fail the check of their scheme; they are kept as published and retrieve nobody")
			}
		}
		d.flagOwnership()
		d.order()
	}
	l.checkDates(drafts)
	return drafts
}

// checkDates warns of designations that bind by law and state no day of listing:
// on a day before the edition they may or may not have been made.
func (l *list) checkDates(drafts []*draft) {
	total, undated := 0, 0
	for _, d := range drafts {
		for i := range d.Designations {
			if d.Designations[i].Authority != sanctions.AuthorityNone {
				total++
				if d.Designations[i].Period.From.IsZero() {
					undated++
				}
			}
		}
	}
	if undated > 0 {
		l.note(Undated, sanctions.Source{File: l.files[0].Path}, "",
			fmt.Sprintf("%d of %d designations state no day of listing, so that on any day before the edition they are only possible; a parties file of the same list can state it", undated, total))
	}
}

// complete gives a designation what the name of its list implies.
func (l *list) complete(d *sanctions.Designation, at sanctions.Source) {
	if d.Authority == "" {
		d.Authority = l.rule.authority
	}
	if len(d.Measures) == 0 {
		d.Measures = []sanctions.Measure{l.rule.measure}
		if l.rule.measure == sanctions.OtherMeasure {
			l.note(UnknownTerm, at, l.name, "neither the row nor the name of the list tells what the listing does; it is kept as other")
		}
	}
	if d.Basis == "" {
		d.Basis = l.rule.basis
	}
	slices.SortFunc(d.Measures, compareMeasures)
	d.Measures = slices.Compact(d.Measures)
	slices.Sort(d.Programmes)
	d.Programmes = slices.Compact(d.Programmes)
	slices.Sort(d.Directives)
	d.Directives = slices.Compact(d.Directives)
	slices.Sort(d.MenuItems)
	d.MenuItems = slices.Compact(d.MenuItems)
	if !d.Period.Valid() {
		l.faults = append(l.faults, &sanctions.Fault{Source: at, Value: d.Period.String(),
			Err: fmt.Errorf("the listing of %s:%s ends before it starts", l.name, d.Entry)})
	}
}

// addMeasure adds the measure that a publisher's word means. A word that is not
// known is kept: the measure is "other" and the word stands in the text.
func (l *list) addMeasure(d *sanctions.Designation, word string, at sanctions.Source) {
	if word = strings.TrimSpace(word); word == "" {
		return
	}
	m, ok := measureOf(word)
	if !ok {
		m = sanctions.OtherMeasure
		d.Text = joinNonEmpty("; ", d.Text, word)
		l.note(UnknownTerm, at, word, "the measure is not known and kept as other")
	}
	if !slices.Contains(d.Measures, m) {
		d.Measures = append(d.Measures, m)
	}
}

func compareMeasures(a, b sanctions.Measure) int {
	return cmp.Compare(slices.Index(measureOrder(), a), slices.Index(measureOrder(), b))
}
