package risk

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/internal/exact"
	"github.com/sanctionrisk/exposure/risk/claims"
)

// statement is what distinguishes accounts: the scored cells of a claim.
type statement struct {
	kind         claims.Kind
	stage        claims.Stage
	item         string
	itemClass    claims.ItemClass
	hs6          string // joined, so that statements compare
	direction    claims.Direction
	counterparty otherSide
	dates
	amount    string
	currency  string
	qualifier claims.AmountQualifier
}

// terms are the kind, class and direction of a statement by their positions in their
// vocabularies, from 1; 0 is unknown.
type terms struct{ kind, class, direction int8 }

func termsIn(s *statement) terms {
	return terms{int8(slices.Index(kinds, s.kind) + 1), int8(slices.Index(itemClasses, s.itemClass) + 1), int8(slices.Index(directions, s.direction) + 1)}
}

// mask is the bit of a position from 1, none for 0.
func mask(position int8) uint64 { return 1 << position >> 1 }

// cells are those cells of a statement that are scored.
type cells uint16

const (
	cellKind cells = 1 << iota
	cellStage
	cellClass
	cellHS6
	cellDirection
	cellParty
	cellDates
	cellAmount
	cellLess // not a cell: less of the same than a statement says
)

// cells are those in which the statement says something.
func (s *statement) cells() (out cells) {
	for i, known := range [...]bool{s.kind != "", s.stage != "", s.itemClass != "", s.hs6 != "", s.direction != "",
		s.counterparty != otherSide{}, !s.last().IsZero(), s.amount != ""} {
		if known {
			out |= 1 << i
		}
	}
	return out
}

// bears tells in which cells a statement bears out another, and in which it says
// otherwise. A later stage bears out the earlier ones, a greater amount the
// smaller ones, a closer date the vaguer ones; who infers the other side does not
// bear out who names it; and a blank says neither.
func (s *statement) bears(st *statement) (says, otherwise cells) {
	same := func(cell cells, a, b string) {
		switch {
		case b == "" || a == "":
		case a == b:
			says |= cell
		default:
			otherwise |= cell
		}
	}
	same(cellKind, string(s.kind), string(st.kind))
	same(cellClass, string(s.itemClass), string(st.itemClass))
	same(cellDirection, string(s.direction), string(st.direction))
	if st.stage != "" && s.stage != "" {
		if slices.Index(stages, s.stage) >= slices.Index(stages, st.stage) {
			says |= cellStage
		} else {
			otherwise |= cellLess
		}
	}
	if s.hs6 != "" && st.hs6 != "" {
		codes := splitCodes(s.hs6)
		if s.hs6 == st.hs6 || !slices.ContainsFunc(splitCodes(st.hs6), func(code string) bool { return !slices.Contains(codes, code) }) {
			says |= cellHS6
		} else {
			otherwise |= cellHS6
		}
	}
	if a, b := &s.counterparty, &st.counterparty; *a != (otherSide{}) && *b != (otherSide{}) {
		switch {
		case !a.same(b):
			otherwise |= cellParty
		case a.basis == b.basis || b.basis != claims.CounterpartyStated:
			says |= cellParty
		}
	}
	if last, other := s.last(), st.last(); !last.IsZero() && !other.IsZero() {
		switch a, b := s.span(s.stage), st.span(st.stage); {
		case s.dates == st.dates || !last.After(other) && !s.earliest().Before(st.earliest()):
			says |= cellDates
		case !a.Overlaps(b):
			otherwise |= cellDates
		}
	}
	if s.amount != "" && st.amount != "" && s.currency == st.currency {
		switch {
		case s.amount == st.amount && (!s.mayBeLess() || st.mayBeLess()):
			says |= cellAmount
		case s.amount != st.amount && moreThan(s.amount, st.amount):
			says |= cellAmount
		default:
			otherwise |= cellLess
		}
	}
	return says, otherwise
}

// mayBeLess tells of a value that may be less than the number that is given for it.
func (s *statement) mayBeLess() bool {
	return s.qualifier == claims.Nearly || s.qualifier == claims.About
}

func moreThan(a, b string) bool {
	x, err1 := decimal.NewFromString(a)
	y, err2 := decimal.NewFromString(b)
	return err1 == nil && err2 == nil && x.GreaterThan(y)
}

// common is what two statements of one kind both say: the lesser stage and amount,
// a time that holds both, and a blank where they differ; false where there is
// nothing that they differ in or nothing in common.
func (s *statement) common(o *statement) (statement, bool) {
	if s.kind != o.kind || s.kind == "" {
		return statement{}, false
	}
	mine, _ := s.bears(o)   // what s says of o
	theirs, _ := o.bears(s) // what o says of s
	if mine == o.cells() || theirs == s.cells() {
		return statement{}, false
	}
	out := statement{kind: s.kind}
	if s.item == o.item {
		out.item = s.item
	}
	pick := func(cell cells, from func(*statement)) {
		switch {
		case mine&cell != 0:
			from(o)
		case theirs&cell != 0:
			from(s)
		}
	}
	pick(cellStage, func(x *statement) { out.stage = x.stage })
	pick(cellClass, func(x *statement) { out.itemClass = x.itemClass })
	pick(cellHS6, func(x *statement) { out.hs6 = x.hs6 })
	pick(cellDirection, func(x *statement) { out.direction = x.direction })
	pick(cellParty, func(x *statement) { out.counterparty = x.counterparty })
	pick(cellAmount, func(x *statement) { out.amount, out.currency, out.qualifier = x.amount, x.currency, x.qualifier })
	pick(cellDates, func(x *statement) { out.dates = x.dates })
	if (mine|theirs)&cellDates == 0 && !s.last().IsZero() && !o.last().IsZero() {
		out.dates = s.around(o.dates)
	}
	return out, true
}

// otherSide is a counterparty as a claim names it; the zero otherSide is one that
// no source names.
type otherSide struct {
	id, name string
	basis    claims.CounterpartyBasis
}

// same tells whether two sources mean one party, as far as ids and names go.
func (o *otherSide) same(p *otherSide) bool {
	if o.id != "" && p.id != "" {
		return o.id == p.id
	}
	return o.name != "" && p.name != "" && sourceKey(o.name) == sourceKey(p.name)
}

// fill completes each statement by what the others state and none contradicts, and by
// the least stage.
func fill(said []statement, room *slab[statement]) []statement {
	out := room.take(len(said))
	copy(out, said)
	consensus(out, func(s *statement) *claims.Kind { return &s.kind })
	consensus(out, func(s *statement) *string { return &s.item })
	consensus(out, func(s *statement) *claims.ItemClass { return &s.itemClass })
	consensus(out, func(s *statement) *string { return &s.hs6 })
	consensus(out, func(s *statement) *claims.Direction { return &s.direction })
	consensus(out, func(s *statement) *otherSide { return &s.counterparty })
	consensus(out, func(s *statement) *dates { return &s.dates })
	leastStage(out)
	return out
}

// leastStage completes stages: whoever tells of a later one bears out the earlier, so
// the earliest that is told is as far as all agree that it came.
func leastStage(statements []statement) {
	least := len(stages)
	for i := range statements {
		if rank := slices.Index(stages, statements[i].stage); rank >= 0 {
			least = min(least, rank)
		}
	}
	for i := range statements {
		if s := &statements[i]; s.stage == "" && least < len(stages) {
			s.stage = stages[least]
		}
	}
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
func stateOf(c *claims.Claim) statement {
	st := statement{kind: c.Kind, stage: c.Stage, item: c.Item, itemClass: c.ItemClass, hs6: strings.Join(c.HS6, ";"),
		direction: c.Direction, dates: dates{c.From, c.To, c.DatePrecision}}
	if c.Stage == claims.Suspended || c.Stage == claims.Exited {
		st.stage = claims.Operating
	}
	if c.Amount.Valid && c.AmountQualifier != claims.Target {
		st.amount, st.currency, st.qualifier = exact.Text(c.Amount.Decimal), c.Currency, c.AmountQualifier
	}
	// With the basis unknown, "Russian side, not named" is no name. Where no basis
	// is given, whoever wrote an id knew whom the source means; a bare name stays
	// of unknown basis and counts, like an inferred one, in the high score only.
	switch {
	case c.CounterpartyBasis == "" && c.CounterpartyID != "":
		st.counterparty = otherSide{c.CounterpartyID, c.CounterpartyName, claims.CounterpartyStated}
	case c.CounterpartyBasis == "" && c.CounterpartyName != "":
		st.counterparty = otherSide{"", c.CounterpartyName, claims.CounterpartyUnstated}
	case c.CounterpartyBasis != claims.CounterpartyUnstated && (c.CounterpartyID != "" || c.CounterpartyName != ""):
		st.counterparty = otherSide{c.CounterpartyID, c.CounterpartyName, c.CounterpartyBasis}
	}
	return st
}

func splitCodes(joined string) []string {
	if joined == "" {
		return nil
	}
	return strings.Split(joined, ";")
}
