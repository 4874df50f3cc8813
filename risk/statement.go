package risk

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/sanctions"
)

// statement is what distinguishes accounts: the scored cells of a claim.
type statement struct {
	kind         Kind
	stage        Stage
	item         string
	itemClass    ItemClass
	hs6          string // joined, so that statements compare
	direction    Direction
	counterparty otherSide
	dates
	amount    string
	currency  string
	qualifier AmountQualifier
}

// scored is the statement without what only names it.
func (s statement) scored() statement {
	s.item = ""
	s.precision = ""
	return s
}

// agrees tells whether what the claim states in the cells that are scored bears
// out the statement: what it leaves blank it does not speak against, a greater
// amount contains a smaller one, and who infers the other side does not bear out
// who names it.
func (c *relatedClaim) agrees(st *statement) bool {
	said := &c.said
	fits := func(a, b string) bool { return a == "" || b == "" || a == b }
	if !fits(string(said.itemClass), string(st.itemClass)) || !fits(string(said.direction), string(st.direction)) {
		return false
	}
	if said.hs6 != "" && said.hs6 != st.hs6 {
		for code := range strings.SplitSeq(st.hs6, ";") {
			if code != "" && !slices.Contains(c.HS6, code) {
				return false
			}
		}
	}
	if a, b := said.counterparty, st.counterparty; a != (otherSide{}) && b != (otherSide{}) {
		if a.basis == CounterpartyInferred && b.basis == CounterpartyStated || !fits(a.id, b.id) ||
			(a.id == "" || b.id == "") && !fits(sourceKey(a.name), sourceKey(b.name)) {
			return false
		}
	}
	if !said.from.IsZero() && !st.from.IsZero() && !overlap(said.span(said.stage), st.span(st.stage)) {
		return false
	}
	if said.amount == "" || st.amount == "" || said.amount == st.amount || said.currency != st.currency {
		return true
	}
	d, err := decimal.NewFromString(st.amount)
	return err != nil || c.Amount.Decimal.GreaterThanOrEqual(d)
}

// otherSide is a counterparty as a claim names it; the zero otherSide is one that
// no source names.
type otherSide struct {
	id, name string
	basis    CounterpartyBasis
}

// fill completes each statement by what the others state and none contradicts.
func fill(claims []relatedClaim, affirm []int, asOf sanctions.Date, room *scratch) []statement {
	out := room.statements.take(len(affirm))
	for n, i := range affirm {
		out[n] = claims[i].said
		if claims[i].ahead(asOf) {
			out[n].stage = Proposed
		}
	}
	if len(out) < 2 {
		return out
	}
	consensus(out, func(s *statement) *Kind { return &s.kind })
	consensus(out, func(s *statement) *string { return &s.item })
	consensus(out, func(s *statement) *ItemClass { return &s.itemClass })
	consensus(out, func(s *statement) *string { return &s.hs6 })
	consensus(out, func(s *statement) *Direction { return &s.direction })
	consensus(out, func(s *statement) *otherSide { return &s.counterparty })
	consensus(out, func(s *statement) *dates { return &s.dates })
	consensus(out, func(s *statement) *Stage { return &s.stage })
	return out
}

// ahead reports whether what the claim speaks of lies after the date of the
// assessment: announced as it may be, the future is not done, and a contract of
// next month is a proposal.
func (c *relatedClaim) ahead(asOf sanctions.Date) bool {
	return c.From.After(asOf) && c.rank >= slices.Index(stages, Signed) && c.rank < endStages
}

func consensus[T comparable](statements []statement, at func(*statement) *T) {
	var none, agreed T
	for i := range statements {
		v := *at(&statements[i])
		if v == none || v == agreed {
			continue
		}
		if agreed != none {
			return // they differ
		}
		agreed = v
	}
	for i := range statements {
		if p := at(&statements[i]); *p == none {
			*p = agreed
		}
	}
}

// stateOf is a claim's statement, for what lies ahead see ahead. An end says that
// there was a dealing: it is stated as operating, and the end is kept apart.
func stateOf(c *Claim) statement {
	st := statement{kind: c.Kind, stage: c.Stage, item: c.Item, itemClass: c.ItemClass, hs6: strings.Join(c.HS6, ";"),
		direction: c.Direction, dates: c.dates()}
	if c.Stage == Suspended || c.Stage == Exited {
		st.stage = Operating
	}
	if c.Amount.Valid && c.AmountQualifier != Target {
		st.amount, st.currency, st.qualifier = decimalKey(c.Amount.Decimal), c.Currency, c.AmountQualifier
	}
	// With the basis unknown, "Russian side, not named" is no name. Where no basis
	// is given, whoever wrote an id knew whom the source means; a bare name stays
	// of unknown basis and counts, like an inferred one, in the high score only.
	switch {
	case c.CounterpartyBasis == "" && c.CounterpartyID != "":
		st.counterparty = otherSide{c.CounterpartyID, c.CounterpartyName, CounterpartyStated}
	case c.CounterpartyBasis == "" && c.CounterpartyName != "":
		st.counterparty = otherSide{"", c.CounterpartyName, CounterpartyUnstated}
	case c.CounterpartyBasis != CounterpartyUnstated && (c.CounterpartyID != "" || c.CounterpartyName != ""):
		st.counterparty = otherSide{c.CounterpartyID, c.CounterpartyName, c.CounterpartyBasis}
	}
	return st
}

func decimalKey(d decimal.Decimal) string {
	s := d.StringFixed(max(0, -d.Exponent()))
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

func splitCodes(joined string) []string {
	if joined == "" {
		return nil
	}
	return strings.Split(joined, ";")
}
