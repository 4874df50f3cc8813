package lists

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// merge makes parties of the drafts of all lists. Drafts that share a number of
// an authority's register are one party under several numbers; of them the one
// on the authority's own list, with the first list name, leads. Designations of
// one act become one with all its sources. A name never joins anything.
func merge(drafts []*draft) []sanctions.Party {
	slices.SortStableFunc(drafts, func(a, b *draft) int { return cmp.Compare(a.rank, b.rank) })
	leader := make([]int, len(drafts))
	byKey := make(map[string]int)
	find := func(i int) int {
		for leader[i] != i {
			leader[i] = leader[leader[i]]
			i = leader[i]
		}
		return i
	}
	for i, d := range drafts {
		leader[i] = i
		for _, k := range d.keys {
			j, seen := byKey[k]
			if !seen {
				byKey[k] = i
				continue
			}
			a, b := find(i), find(j)
			leader[max(a, b)] = min(a, b)
		}
	}
	parties := make([]sanctions.Party, 0, len(drafts))
	for i, d := range drafts {
		if into := find(i); into != i {
			drafts[into].absorb(d)
		}
	}
	for i, d := range drafts {
		if find(i) != i {
			continue
		}
		if len(d.OtherIDs) > 0 {
			slices.Sort(d.OtherIDs)
			d.order()
		}
		slices.SortStableFunc(d.Designations, func(a, b sanctions.Designation) int {
			return cmp.Or(cmp.Compare(a.Authority, b.Authority), cmp.Compare(a.List, b.List),
				compareNumbers(a.Entry, b.Entry), a.Period.From.Compare(b.Period.From))
		})
		for k := range d.Designations {
			bound(&d.Designations[k])
		}
		parties = append(parties, d.Party)
	}
	return parties
}

// bound says of a designation whose day no list states when it was made at the
// earliest: not before the law that its programmes rest on.
func bound(d *sanctions.Designation) {
	if !d.Period.From.IsZero() || d.Authority == sanctions.AuthorityNone {
		return
	}
	d.Undated = true
	var first sanctions.Date
	for _, p := range d.Programmes {
		since, known := programmeSince()[p]
		if !known {
			return
		}
		if first.IsZero() || since.Before(first) {
			first = since
		}
	}
	if first.Before(d.Period.To) || d.Period.To.IsZero() {
		d.Period.From = first
	}
}

// absorb adds another draft of the same party. Its leading name becomes an
// alias, since a party leads with one name.
func (d *draft) absorb(o *draft) {
	d.OtherIDs = append(d.OtherIDs, o.ID)
	if d.Kind == sanctions.KindUnknown {
		d.Kind = o.Kind
	}
	own := len(d.Names)
	for _, n := range o.Names {
		// What the authority calls weak or former, no collection makes better.
		if slices.ContainsFunc(d.Names[:own], func(m sanctions.Name) bool { return strings.EqualFold(m.Text, n.Text) }) {
			continue
		}
		if n.Type == sanctions.NamePrimary {
			n.Type = sanctions.NameAlias
		}
		d.Names = append(d.Names, n)
	}
	d.Countries = append(d.Countries, o.Countries...)
	d.Identifiers = append(d.Identifiers, o.Identifiers...)
	d.Addresses = append(d.Addresses, o.Addresses...)
	d.Births = append(d.Births, o.Births...)
	d.Links = append(d.Links, o.Links...)
	d.SecondaryRisk = append(d.SecondaryRisk, o.SecondaryRisk...)
	d.Remarks = append(d.Remarks, o.Remarks...)
	for i, act := range o.Designations {
		at := slices.Index(d.acts, o.acts[i])
		if same, ok := d.also[o.acts[i]]; ok && at < 0 {
			at = slices.Index(d.acts, same)
		}
		if at < 0 {
			d.acts = append(d.acts, o.acts[i])
			d.Designations = append(d.Designations, act)
			continue
		}
		same := &d.Designations[at]
		same.Sources = append(same.Sources, act.Sources...)
		if same.Period.From.IsZero() {
			same.Period.From = act.Period.From
		}
		if same.Period.To.IsZero() && !act.Period.To.Before(same.Period.From) {
			same.Period.To = act.Period.To
		}
		same.Programmes = union(same.Programmes, act.Programmes)
		same.Directives = union(same.Directives, act.Directives)
		same.MenuItems = union(same.MenuItems, act.MenuItems)
		same.Text = cmp.Or(same.Text, act.Text)
	}
}

func union(a, b []string) []string {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}
