package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// relation says how a claim's subject stands to the firm.
type relation string

const (
	relationOwn        relation = "own"        // the firm itself
	relationAffiliated relation = "affiliated" // a person or body that belongs to the firm
	relationEvent      relation = "event"      // somebody else at an event of the firm's
	relationCountry    relation = "country"    // the firm's state, or figures and analysis about it
	relationOther      relation = "other"
)

var relations = []relation{relationOwn, relationAffiliated, relationEvent, relationCountry, relationOther} // as the fact has them

type relatedClaim struct {
	claims.Claim
	relation relation
	sort     int32  // its facts of scope claim, of those of the subject
	root     string // "" when the claim names no source at all
	origin   int32  // number of the root within the subject, from 0
	rank     int    // position of the stage, -1 unknown
	byFirm   bool   // the firm itself says it
	replaced bool   // by a later claim of the same root: see supersede
	dealing  int32  // number of the engagement id within the subject, 0 none
	occasion int32  // number of event and kind within the subject, 0 none
	amends   int32  // number of the dealing that it replaces or corrects a claim of, 0 none
	event    int32  // number of the event within the subject, 0 none or where nobody asks
	course   int32  // number of kind and other side within the subject, 0 where nobody asks: an end ends dealings of its own
	story    int32  // number of root, matter and time within the subject, 0 none
	strand   int32  // number of what ties it to others by its own words alone, 0 nothing: see strands
	ref      *assessment.ClaimRef
	said     statement

	reliability, credibility int // grades by position in their vocabularies
	sourced                  standing
	byPublisher              bool // it is the publisher that makes the statement

	// Of this claim alone, for accounts that rest on no other.
	roots  []string
	places []sanctions.Source

	dollars numeral // the amount, where it is in dollars
}

func newRef(c *claims.Claim, root string) assessment.ClaimRef {
	return assessment.ClaimRef{EngagementID: c.EngagementID, Polarity: c.Polarity, Subject: cmp.Or(c.SubjectName, c.SubjectID), Kind: c.Kind,
		Stage: c.Stage, StatementBy: c.StatementBy, Publisher: c.Publisher, Root: root, Naming: c.SourceNaming, Sources: c.SourceCountMin,
		Known: orElse(c.AsKnownAt, c.StatementDate), Quote: c.Quote, Source: c.Source}
}

// dates is when the claim says the dealing was.
func (c *relatedClaim) dates() dates { return c.said.dates }

// when is the last day that a claim speaks of, as far as it says.
func (c *relatedClaim) when() sanctions.Date { return c.dates().said() }

// known is the day on which the claim became known, as far as it says.
func (c *relatedClaim) known() sanctions.Date { return orElse(c.AsKnownAt, c.StatementDate) }

// endDay is the day of the end that a claim tells of, as far as it says, or of its being
// known.
func (c *relatedClaim) endDay() sanctions.Date { return orElse(c.when(), c.known()) }

// knownAfter reports whether the claim was not yet known on the day. A claim
// without any date of its own is taken as known.
func (c *relatedClaim) knownAfter(asOf sanctions.Date) bool {
	known := c.known()
	if known.IsZero() {
		known = c.From // nobody reports before it happens, unless they say when
	}
	return known.After(asOf)
}

// ahead reports whether what the claim speaks of lies after the date of the
// assessment: announced as it may be, the future is not done, and a contract of
// next month is a proposal.
func (c *relatedClaim) ahead(asOf sanctions.Date) bool {
	return c.From.After(asOf) && c.rank >= slices.Index(stages, claims.Signed) && c.rank < endStages
}

func isTalk(k claims.Kind, s claims.Stage) bool {
	return s == claims.Rumoured || s == claims.Discussed || k == claims.Meeting || k == claims.Delegation
}

// official reports whether the claim is a document of an authority, court or
// register: one that is completely reliable, and not the firm's own. What the
// press reads in a document is a report of it.
func (c *relatedClaim) official() bool {
	return c.SourceNaming == claims.Document && !c.byFirm && c.Reliability == 'A'
}

// sourcing is how well the claim is sourced by itself. A publisher that affirms what
// it had of anonymous sources is named, and they are not: see rootsOf.
func (c *relatedClaim) sourcing() standing {
	s := standing{reliability: c.reliability, credibility: c.credibility, official: c.official(), origin: c.known()}
	if s.origin.IsZero() {
		s.origin = sanctions.NewDate(9999, 12, 31)
	}
	switch c.SourceNaming {
	case claims.Document:
		s.naming = 2
	case claims.Named:
		s.naming = 1
	}
	return s
}

// denies reports whether the claim speaks against what it states.
func (c *relatedClaim) denies() bool {
	return denies(&c.Claim)
}

// reaches tells whether a denial is about what another claims: the same engagement, or the
// same event and, where the denial names one, the same kind.
func (c *relatedClaim) reaches(m *relatedClaim) bool {
	return c.EngagementID != "" && c.EngagementID == m.EngagementID || c.SupersedesID != "" && c.SupersedesID == m.EngagementID ||
		c.EventID != "" && c.EventID == m.EventID && (c.Kind == "" || m.Kind == "" || c.Kind == m.Kind || isTalk(c.Kind, c.Stage) && isTalk(m.Kind, m.Stage))
}

// speaksOf tells whether a denial or a correction is about what one claim tells, by the
// ids that they carry.
func (c *relatedClaim) speaksOf(m *relatedClaim) bool {
	return c.reaches(m) || c.EngagementID != "" && c.EngagementID == m.SupersedesID
}

// contradicts tells whether a denial reaches the statement: the same kind, or
// none named, or talk of either sort, and a stage at or below the statement's.
func (c *relatedClaim) contradicts(st *statement) bool {
	return (c.Kind == "" || c.Kind == st.kind || isTalk(c.Kind, c.Stage) && isTalk(st.kind, st.stage)) && c.rank <= slices.Index(stages, st.stage)
}

// ends tells whether the end that a claim reports can be that of the dealing of
// another.
func (c *relatedClaim) ends(m *relatedClaim) bool {
	same := c.CounterpartyID == m.CounterpartyID && (c.CounterpartyID != "" || sourceKey(c.CounterpartyName) == sourceKey(m.CounterpartyName))
	return !m.denies() && c.Kind == m.Kind && same && (c.Direction == m.Direction || c.Direction == "" || m.Direction == "") &&
		!c.when().Before(m.From)
}

// reprints tells whether two claims that name neither engagement nor event are one
// story: the same root, kind and counterparty, at times that overlap. Nobody knows
// more of them, and two sources that say the same stay two.
func (c *relatedClaim) reprints(m *relatedClaim) bool {
	same := func(a, b string) bool { return a == b || a == "" || b == "" }
	return c.root == m.root && c.Kind == m.Kind && c.Direction == m.Direction &&
		same(c.CounterpartyID, m.CounterpartyID) && (c.CounterpartyID != "" && m.CounterpartyID != "" || same(c.CounterpartyName, m.CounterpartyName)) &&
		(c.From.IsZero() || m.From.IsZero() || c.dates().span("").Overlaps(m.dates().span("")))
}

// relays reports whether the claim, which relays, retells another that is the own words
// of its root. What a root corrects is no telling of its own that others retell.
func (c *relatedClaim) relays(m *relatedClaim) bool {
	return m.RelayedFrom == "" && m.root == c.root && m.root != "" && m.Kind == c.Kind && !m.denies() && (m.rank < endStages || c.rank >= endStages) &&
		(m.Polarity != claims.Correct || c.Polarity == claims.Correct)
}

// retells tells whether the claim is a later telling, of the same root, of nothing
// but what another says. Of two of which neither precedes the other it is the first.
func (c *relatedClaim) retells(m *relatedClaim, first bool) bool {
	if c.root != m.root || c.Polarity != m.Polarity || (c.rank >= endStages) != (m.rank >= endStages) || c.Stage != m.Stage && c.rank >= endStages {
		return false
	}
	if x, y := &c.sourced, &m.sourced; first && x.precedes(y) || !first && !y.precedes(x) {
		return false
	}
	mine, theirs := c.said, m.said
	if c.CounterpartyID == m.CounterpartyID && c.CounterpartyName == m.CounterpartyName {
		mine.counterparty = theirs.counterparty // as certain as its origin has it
	}
	mine.counterparty.basis, theirs.counterparty.basis = "", ""
	said, _ := theirs.bears(&mine)
	return said == mine.cells()
}
