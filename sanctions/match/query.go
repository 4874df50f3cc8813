package match

import (
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// Query describes the party that is looked for. A name or an identifier is
// enough; everything else, where it is known, sharpens the answer.
type Query struct {
	Name    string
	Aliases []string
	Kind    sanctions.Kind
	// Countries are ISO 3166-1 alpha-2 codes of the seat, registration,
	// nationality or flag.
	Countries   []string
	Identifiers []sanctions.Identifier
	// Births are the possible dates of birth of a person.
	Births []sanctions.DateSpan
	// Subject is the caller's own id of the party, by which earlier decisions
	// are found; see [Clearance].
	Subject string
	// Min is the least similarity of names that makes a hit. Zero is
	// [similarity.DefaultThreshold]. What contradicts a hit may lower its score
	// below Min: it is shown all the same.
	Min sanctions.Similarity
	// Limit is the greatest number of hits, the best ones; zero is all.
	Limit int
}

// QueryFor asks for a party, as firms and registers describe it.
func QueryFor(p *sanctions.Party) Query {
	q := Query{Subject: p.ID, Kind: p.Kind, Countries: p.Countries, Identifiers: p.Identifiers, Births: p.Births}
	for i, n := range p.Names {
		if i == 0 {
			q.Name = n.Text
		} else {
			q.Aliases = append(q.Aliases, n.Text)
		}
	}
	return q
}

func (q *Query) min() sanctions.Similarity {
	if q.Min == 0 {
		return similarity.DefaultThreshold
	}
	return q.Min
}

// Hit is a listed party that the query may mean.
type Hit struct {
	Party    *sanctions.Party
	Basis    sanctions.Basis // by what it was found: an identifier before a name
	Strength sanctions.Strength
	Score    sanctions.Similarity
	// Matched is the listed name that came nearest, and Asked the name of the
	// query that it was held against. Where an identifier alone made the hit,
	// they are the nearest pair, however far apart.
	Matched sanctions.Name
	Asked   string
	// Identifier is the identifier in common, if Basis says so.
	Identifier sanctions.Identifier
	// Contradicts lists what speaks against it: legal form, country, date, kind,
	// identifier, and after an identifier, the name.
	Contradicts []string
	// Cleared is the earlier decision that this is another party, if one holds;
	// Reopened is one that no longer holds because the party's record changed.
	Cleared, Reopened *Clearance

	index     *Index
	position  uint32
	kind      sanctions.Kind // as which Asked was read
	variant   string         // the part of Matched.Text that was compared
	countries []string       // of the query
}

// Reasons says why, one line a word: what is the same, misspelt, translated,
// missing or contradictory. The lines are made when asked for.
func (h *Hit) Reasons() []string {
	var out []string
	if h.Basis == sanctions.ByIdentifier {
		out = append(out, "identifier: same "+h.Identifier.String())
	}
	c := h.Comparison()
	return append(out, c.Reasons()...)
}

// Comparison is how Asked and Matched compare, word by word.
func (h *Hit) Comparison() similarity.Comparison {
	var s similarity.Scorer
	w := h.index.Weights()
	asked, listed := w.Append(nil, names.Parse(h.Asked, h.kind)), w.Append(nil, names.Parse(h.variant, h.Party.Kind))
	var places seats
	places.of(h.countries)
	places.ask(asked)
	places.settle(h.Party, asked, listed)
	c := s.Explain(asked, listed)
	c.A, c.B = h.Asked, h.variant
	return c
}
