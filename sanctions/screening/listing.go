package screening

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// candidates finds the listed parties that a party is or may be, on whatever day.
//
// A party named by its list number is looked up on the other lists too, by what
// the list knows of it: Rosoboronexport named as us-ofac-sdn:18782 is found
// under the EU's number by its tax number and name.
func (s *Screener) candidates(p *sanctions.Party) []sanctions.Listing {
	var out []sanctions.Listing
	at := make(map[*sanctions.Party]int)
	add := func(l sanctions.Listing) {
		i, ok := at[l.Party]
		switch {
		case !ok:
			at[l.Party] = len(out)
			out = append(out, l)
		case better(&l, &out[i]):
			out[i] = l
		}
	}
	search := func(q match.Query) {
		for _, hit := range s.index.Search(q) {
			add(fromHit(&hit))
		}
	}
	named := s.identity.listed(p.ID)
	for _, listed := range named {
		add(sanctions.Listing{Party: listed, PartyID: listed.ID, PartyName: listed.Name(), Basis: sanctions.ByID,
			Strength: sanctions.StrengthExact, Score: sanctions.SimilarityOne, Matched: listed.Names[0],
			Reasons: []string{"id: " + p.ID + " is the list's own number"}})
	}
	search(match.QueryFor(p))
	for _, listed := range named {
		q := match.QueryFor(listed)
		q.Subject = p.ID
		search(q)
	}
	return out
}

// inForce is those of the candidates whose designations are in force on the day,
// strongest first.
func (s *Screener) inForce(candidates []sanctions.Listing, asOf sanctions.Date) []sanctions.Listing {
	var out []sanctions.Listing
	for _, l := range candidates {
		if l.Designations = l.Party.InForce(asOf); len(l.Designations) > 0 {
			l.Undated = s.undated(l.Designations, asOf)
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b sanctions.Listing) int {
		return cmp.Or(cmp.Compare(b.Answer(), a.Answer()), cmp.Compare(b.Strength, a.Strength),
			cmp.Compare(b.Score, a.Score), strings.Compare(a.PartyID, b.PartyID))
	})
	return out
}

// undated reports whether designations may have been made after the day, for all
// that the lists tell: none states when it was made, and the editions are later.
func (s *Screener) undated(designations []sanctions.Designation, day sanctions.Date) bool {
	for i := range designations {
		if d := &designations[i]; !d.Undated || !day.Before(s.edition[d.List]) {
			return false
		}
	}
	return len(designations) > 0
}

// ageless reports whether neither a listing nor its list has any day: then it
// counts as in force, and nobody can say since when.
func (s *Screener) ageless(l *sanctions.Listing) bool {
	return len(l.Designations) > 0 && !slices.ContainsFunc(l.Designations, func(d sanctions.Designation) bool {
		return !d.Undated || !s.edition[d.List].IsZero()
	})
}

func fromHit(h *match.Hit) sanctions.Listing {
	l := sanctions.Listing{Party: h.Party, PartyID: h.Party.ID, PartyName: h.Party.Name(), Basis: h.Basis,
		Strength: h.Strength, Score: h.Score, Matched: h.Matched, Reasons: h.Reasons(), Contradicts: h.Contradicts}
	if h.Cleared != nil {
		l.Cleared, l.Decided = h.Cleared.Reason, h.Cleared.Decided
	}
	if h.Reopened != nil {
		l.Reopened, l.Decided = h.Reopened.Reason, h.Reopened.Decided
	}
	return l
}

// better prefers the surer of two ways to recognise one listed party: a list
// number, then the stronger evidence. An earlier clearance stands.
func better(a, b *sanctions.Listing) bool {
	if b.Cleared != "" || b.Basis == sanctions.ByID {
		return false
	}
	return cmp.Or(cmp.Compare(a.Strength, b.Strength), cmp.Compare(a.Score, b.Score)) > 0
}
