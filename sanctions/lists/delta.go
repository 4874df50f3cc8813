package lists

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// ChangeKind says what became of a party between two editions.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
)

// Change is what became of one party of a list between two editions.
type Change struct {
	Kind   ChangeKind
	ID     string           // list:own-number
	Before *sanctions.Party // nil when added
	After  *sanctions.Party // nil when removed
	Fields []FieldChange    // of a changed party, in the order of Party's fields
}

// FieldChange is what one field of a party lost and gained, as text. Sources do
// not count: a row that only moved has not changed.
type FieldChange struct {
	Field   string // "alias", "identifier", "programme", "listed from", …
	Removed []string
	Added   []string
}

// Delta compares two editions of a list, each loaded into a snapshot, and ranges
// over the parties that were added, removed or changed, in the order of their
// numbers. Designations of other lists do not count; names and numbers do
// whichever list states them, so that a clean answer comes from snapshots that
// hold the one list.
//
// The earlier edition must come first. Where the coverage does not show that it
// does, by the days of publication, the error is [EditionOrder], unless that is
// accepted. A list that a snapshot has not loaded is an error.
func Delta(before, after *sanctions.Snapshot, list string, opts ...Option) (iter.Seq[Change], error) {
	cfg := newConfig(opts)
	a, okA := loadedList(before, list)
	b, okB := loadedList(after, list)
	if !okA || !okB {
		return nil, fmt.Errorf("the list %s is not in both snapshots; everything would count as added or removed", list)
	}
	if !a.Published.Before(b.Published) && a.Published != b.Published || a.Published.IsZero() {
		if cfg.fatal[EditionOrder] {
			return nil, fmt.Errorf("%w: the editions of %s are of %q and %q; state the days of publication in the manifests and give the earlier first",
				EditionOrder, list, a.Published, b.Published)
		}
	}
	return func(yield func(Change) bool) {
		old, now := entries(before, list), entries(after, list)
		ids := make([]string, 0, len(now))
		for id := range now {
			ids = append(ids, id)
		}
		for id := range old {
			if now[id] == nil {
				ids = append(ids, id)
			}
		}
		slices.SortFunc(ids, compareNumbers)
		for _, entry := range ids {
			c := Change{ID: list + ":" + entry, Before: old[entry], After: now[entry]}
			switch {
			case c.Before == nil:
				c.Kind = Added
			case c.After == nil:
				c.Kind = Removed
			default:
				c.Kind, c.Fields = Changed, fieldChanges(c.Before, c.After, list, entry)
			}
			if (c.Kind != Changed || c.Fields != nil) && !yield(c) {
				return
			}
		}
	}, nil
}

func loadedList(s *sanctions.Snapshot, list string) (sanctions.LoadedList, bool) {
	for _, l := range s.Coverage().Lists {
		if l.List == list {
			return l, true
		}
	}
	return sanctions.LoadedList{}, false
}

// entries finds the parties of a list by own number.
func entries(s *sanctions.Snapshot, list string) map[string]*sanctions.Party {
	out := make(map[string]*sanctions.Party)
	for _, p := range s.All() {
		for i := range p.Designations {
			if d := &p.Designations[i]; d.List == list {
				out[d.Entry] = p
			}
		}
	}
	return out
}

// fact is one thing that a party's record says.
type fact struct{ field, text string }

func fieldChanges(before, after *sanctions.Party, list, entry string) []FieldChange {
	old, now := facts(before, list, entry), facts(after, list, entry)
	var out []FieldChange
	change := func(field string) *FieldChange {
		i := slices.IndexFunc(out, func(c FieldChange) bool { return c.Field == field })
		if i < 0 {
			i = len(out)
			out = append(out, FieldChange{Field: field})
		}
		return &out[i]
	}
	for _, f := range old {
		if !slices.Contains(now, f) {
			c := change(f.field)
			c.Removed = append(c.Removed, f.text)
		}
	}
	for _, f := range now {
		if !slices.Contains(old, f) {
			c := change(f.field)
			c.Added = append(c.Added, f.text)
		}
	}
	return out
}

// facts lists what a party's record says, without the places.
func facts(p *sanctions.Party, list, entry string) []fact {
	var out []fact
	add := func(field, text string) {
		if text != "" {
			out = append(out, fact{field, text})
		}
	}
	add("kind", string(p.Kind))
	for _, n := range p.Names {
		field := map[sanctions.NameType]string{sanctions.NamePrimary: "name", sanctions.NameFormer: "former name"}[n.Type]
		field = cmp.Or(field, "alias")
		if n.Weak {
			field = "weak " + field
		}
		add(field, n.Text)
	}
	for _, c := range p.Countries {
		add("country", c)
	}
	for _, id := range p.Identifiers {
		text := id.String()
		if id.Country != "" {
			text += " (" + id.Country + ")"
		}
		add("identifier", text)
	}
	for _, a := range p.Addresses {
		add("address", joinNonEmpty(", ", a.Text, a.Country))
	}
	for _, b := range p.Births {
		add("birth", b.Text)
	}
	for i := range p.Designations {
		d := &p.Designations[i]
		if d.List != list || d.Entry != entry {
			continue
		}
		for _, programme := range d.Programmes {
			add("programme", programme)
		}
		for _, m := range d.Measures {
			add("measure", string(m))
		}
		for _, directive := range d.Directives {
			add("directive", directive)
		}
		for _, item := range d.MenuItems {
			add("menu item", item)
		}
		if !d.Undated {
			add("listed from", d.Period.From.String())
		}
		add("listed to", d.Period.To.String())
		add("basis", d.Basis)
		add("text", d.Text)
	}
	for _, l := range p.Links {
		add(l.Relation, l.To)
	}
	for _, r := range p.SecondaryRisk {
		add("secondary risk", r.Text)
	}
	for _, r := range p.Remarks {
		add("remark", joinNonEmpty(": ", r.Tag, r.Text))
	}
	return out
}
