package lists

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
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

// draft is a party of a list that further rows may still add to.
type draft struct {
	sanctions.Party
	number string
	rank   int      // of the format that brought it; authorities' own before collections
	keys   []string // "register/number" under which the authority's registers know the party
	// acts are the keys of its designations, parallel to Designations: equal
	// keys are one designation, wherever they were read.
	acts []string
	lead string // number of the leading name, where names have numbers

	remarks   string // free text that is read once all files have added to it
	remarksAt sanctions.Source
	narrative func(*list, *draft) // reads remarks
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

// act finds the designation with the given key, or starts one of this list.
func (d *draft) act(l *list, key string, authority sanctions.Authority, at sanctions.Source) *sanctions.Designation {
	if i := slices.Index(d.acts, key); i >= 0 {
		return &d.Designations[i]
	}
	d.acts = append(d.acts, key)
	d.Designations = append(d.Designations, sanctions.Designation{
		Authority: authority, List: l.name, Entry: d.number, Sources: []sanctions.Source{at},
	})
	return &d.Designations[len(d.Designations)-1]
}

func (d *draft) addName(text string, kind sanctions.NameType, weak bool, at sanctions.Source) {
	if text = tidy(text); text != "" {
		d.Names = append(d.Names, sanctions.Name{Text: text, Type: kind, Weak: weak, Source: at})
	}
}

// addCountry adds the country that a text means; false when it means none that
// is known.
func (d *draft) addCountry(text string) bool {
	code, ok := sanctions.ParseCountry(text)
	if ok && !slices.Contains(d.Countries, code) {
		d.Countries = append(d.Countries, code)
	}
	return ok
}

func (d *draft) addIdentifier(id sanctions.Identifier, at sanctions.Source) {
	if id.Value != "" {
		id.Source = at
		d.Identifiers = append(d.Identifiers, id)
	}
}

func (d *draft) addAddress(text, country string, at sanctions.Source) {
	code, known := sanctions.ParseCountry(country)
	if known {
		d.addCountry(country)
	}
	if text == "" && !known && isNothing(country) {
		return
	}
	if !known && !isNothing(country) {
		text = joinNonEmpty(", ", text, country)
	}
	d.Addresses = append(d.Addresses, sanctions.Address{Text: text, Country: code, Source: at})
}

func (d *draft) addRemark(tag, text string, at sanctions.Source) {
	if text = strings.TrimSpace(text); text != "" {
		d.Remarks = append(d.Remarks, sanctions.Remark{Tag: tag, Text: text, Source: at})
	}
}

func (d *draft) addLink(relation, to string, at sanctions.Source) {
	if to = strings.TrimSpace(to); to != "" {
		d.Links = append(d.Links, sanctions.Link{Relation: relation, To: to, Source: at})
	}
}

// note is a defect met so many times in one file, with the first places.
type note struct {
	defect Defect
	text   string
	file   string
	count  int
	places []*sanctions.Fault
}

// note counts a defect of a row. The text says what is the matter without the
// value, so that alike defects are told in one line.
func (l *list) note(defect Defect, at sanctions.Source, value, text string) {
	i := slices.IndexFunc(l.notes, func(n note) bool {
		return n.defect == defect && n.text == text && n.file == at.File
	})
	if i < 0 {
		i = len(l.notes)
		l.notes = append(l.notes, note{defect: defect, text: text, file: at.File})
	}
	n := &l.notes[i]
	n.count++
	if len(n.places) < sanctions.MaxFaults {
		n.places = append(n.places, &sanctions.Fault{Source: at, Value: value, Err: fmt.Errorf("%w: %s", defect, text)})
	}
}

// settle turns notes into warnings, or into faults where the caller refuses
// their defect.
func (l *list) settle(cfg *config) (warnings []string, faults []error) {
	slices.SortStableFunc(l.notes, func(a, b note) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.defect, b.defect), cmp.Compare(a.text, b.text))
	})
	for _, n := range l.notes {
		if cfg.fatal[n.defect] {
			for _, p := range n.places {
				faults = append(faults, p)
			}
			if more := n.count - len(n.places); more > 0 {
				faults = append(faults, fmt.Errorf("%s: %w: %d more rows", n.file, n.defect, more))
			}
			continue
		}
		first, values := n.places[0], n.values()
		text := fmt.Sprintf("%s: %s", n.defect, n.text)
		switch {
		case first.Line > 0 && n.count > 1:
			text += fmt.Sprintf(" (%d times, first at %v)", n.count, first.Source)
		case first.Line > 0:
			text += fmt.Sprintf(" (%v)", first.Source)
		}
		if values != "" && first.Line > 0 {
			text += ", such as " + values
		}
		warnings = append(warnings, text)
	}
	return warnings, faults
}

// values quotes the first few different values of a note.
func (n *note) values() string {
	var quoted []string
	for _, p := range n.places {
		if q := strconv.Quote(clip(p.Value)); p.Value != "" && !slices.Contains(quoted, q) && len(quoted) < 3 {
			quoted = append(quoted, q)
		}
	}
	return strings.Join(quoted, ", ")
}

// clip shortens a value that is shown as an example.
func clip(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
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

// settleIdentifiers gives the numbers of a party that is known in Russia alone,
// and of which the list names no register, the Russian scheme that they fit.
func (d *draft) settleIdentifiers() {
	if len(d.Countries) != 1 || d.Countries[0] != "RU" {
		return
	}
	for i, id := range d.Identifiers {
		if id.Country == "" && (id.Scheme == sanctions.Tax || id.Scheme == sanctions.Registration) {
			if fitted := identifierOf(id.Scheme, id.Value, "RU"); fitted.Scheme != id.Scheme && fitted.Validate() == nil {
				fitted.Source = id.Source
				d.Identifiers[i] = fitted
			}
		}
	}
}

// checkDates warns of designations that bind by law and state no day of listing:
// they count as in force on every day, also before they were made.
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
			fmt.Sprintf("%d of %d designations state no day of listing and count as in force on every earlier day; a parties file of the same list can state it", undated, total))
	}
}

// complete gives a designation what the name of its list implies.
func (l *list) complete(d *sanctions.Designation, at sanctions.Source) {
	if d.Authority == "" {
		d.Authority = l.rule.authority
	}
	if len(d.Measures) == 0 {
		d.Measures = []sanctions.Measure{l.rule.measure}
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

// order puts everything that a party holds into one order that does not depend
// on the order of rows, and drops what is said twice.
func (d *draft) order() {
	d.Names = distinct(d.Names, func(a, b sanctions.Name) int {
		return cmp.Or(cmp.Compare(nameRank(a), nameRank(b)), cmp.Compare(a.Text, b.Text))
	})
	d.Names = dropWeakerTwins(d.Names)
	slices.Sort(d.Countries)
	d.Countries = slices.Compact(d.Countries)
	d.Identifiers = distinct(d.Identifiers, func(a, b sanctions.Identifier) int {
		return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Country, b.Country))
	})
	d.Addresses = distinct(d.Addresses, func(a, b sanctions.Address) int {
		return cmp.Or(cmp.Compare(a.Country, b.Country), cmp.Compare(a.Text, b.Text))
	})
	d.Addresses = slices.DeleteFunc(d.Addresses, func(a sanctions.Address) bool {
		return a.Text == "" && slices.ContainsFunc(d.Addresses, func(b sanctions.Address) bool { return b.Text != "" && b.Country == a.Country })
	})
	d.Births = distinct(d.Births, func(a, b sanctions.DateSpan) int {
		return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To), cmp.Compare(a.Text, b.Text))
	})
	d.Links = distinct(d.Links, func(a, b sanctions.Link) int {
		return cmp.Or(cmp.Compare(a.Relation, b.Relation), cmp.Compare(a.To, b.To))
	})
	d.Remarks = distinct(d.Remarks, func(a, b sanctions.Remark) int {
		return cmp.Or(cmp.Compare(a.Tag, b.Tag), cmp.Compare(a.Text, b.Text))
	})
	d.SecondaryRisk = distinct(d.SecondaryRisk, func(a, b sanctions.SecondaryRisk) int {
		return cmp.Compare(a.Text, b.Text)
	})
}

// distinct sorts a slice and keeps of equal elements the one that came first.
func distinct[T any](s []T, compare func(a, b T) int) []T {
	slices.SortStableFunc(s, compare)
	return slices.Clip(slices.CompactFunc(s, func(a, b T) bool { return compare(a, b) == 0 }))
}

func nameRank(n sanctions.Name) int {
	rank := 0
	switch n.Type {
	case sanctions.NamePrimary:
	case sanctions.NameAlias:
		rank = 1
	default:
		rank = 3
	}
	if n.Weak {
		rank++
	}
	return rank
}

// dropWeakerTwins drops an alias that only repeats a better name.
func dropWeakerTwins(names []sanctions.Name) []sanctions.Name {
	return slices.DeleteFunc(names, func(n sanctions.Name) bool {
		for _, better := range names {
			if nameRank(better) < nameRank(n) && better.Text == n.Text {
				return true
			}
		}
		return false
	})
}

func compareMeasures(a, b sanctions.Measure) int {
	return cmp.Compare(slices.Index(measureOrder(), a), slices.Index(measureOrder(), b))
}
