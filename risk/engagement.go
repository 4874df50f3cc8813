package risk

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// engagement is what the claims about one dealing of the firm reduce to.
//
// Claims belong together when they share an engagement id, or an event and a
// kind, or when one replaces or corrects another. Every differing statement is an
// account of its own; the account that weighs most is counted, once, and the
// others only widen the bounds. See [account] for how an account is weighed.
type engagement struct {
	id       string
	claims   []int // all of it, in canonical order
	relays   []int // add nothing: their origin is at hand
	replaced []int // superseded by a later claim of the same root
	topics   []int // of the group at the same event
	event    int   // what is told at the same events has the same number, 0 nothing else
	heard    []int // topics of all of that, in the order of the claims: for the high score
	ends     []int // say that it ended
	accepted []int // those of them after which nobody tells that it goes on
	accounts []account
	ended    claims.Stage // suspended, exited or empty
	endSure  bool         // the end is confirmed, not only reported
	endDoubt bool         // the end is disputed
	endAs    tables.Status
	endDay   sanctions.Date
}

// account is one statement of what happened, with the evidence for it. Some are as
// a source tells them; some complete what one source tells by what others tell and
// nobody contradicts; some are what two sources have in common that differ in the
// rest. Sources corroborate each other only in what they both say: an account
// weighs as the cell of it that is shown least.
type account struct {
	reading
	evidence
	told     bool               // a source tells it just so: what it leaves blank is open in the high score
	past     bool               // told by who tells of its end, while others tell of the dealing: for the high score
	corrects bool               // it is a correction's, and nobody else tells it
	sources  []sanctions.Source // of the claims that affirm it
	teller   int                // the first claim that tells it
	asked    int                // the item that rules are asked about
	strands  []strandWeight     // in which it is told: for the high score
	left     claims.Stage       // and the end that is confirmed of it

	// What low and point are asked about: nothing counts there that does not hold of
	// all of them, and what lessens in one of them lessens. Empty is the account as it
	// is told.
	sure []reading

	// What a told account may be besides, for the high score.
	readings  []reading
	unbounded bool // in more ways than are tried
	others    perhaps
}

// reading is a statement with the last day that goes with it and its value.
type reading struct {
	statement
	conduct sanctions.Date // last day of the dealing that is known
	early   sanctions.Date // earliest day that conduct may be, where dates are coarse
	usd     numeral
	most    numeral // in the high score: the greatest value that others tell, where the statement has none
}

// perhaps is what others tell in cells that an account leaves blank, as far as it does
// not go with the other cells: for the high score.
type perhaps struct {
	kinds, classes uint64
	codes          string // joined
	dollars        bool   // a value is in dollars
}

// Context is a claim that was seen and does not charge the firm, with the reason.
type contextClaim struct {
	claim      int
	imputation int    // row of the imputation table, or -1
	reason     string // where no row gives it
}

// reduction is a subject's claims as known on a day, taken apart.
type reduction struct {
	engagements []engagement
	context     []contextClaim
	unknown     int // claims not yet known on the day
}

// reduce sorts the claims into engagements and context. It looks at nothing but
// the claims, in canonical order, and the imputation and evidence tables.
func (rs *Ruleset) reduce(s *Subject, asOf sanctions.Date, rates *claims.Rates, room *scratch) reduction {
	out := reduction{engagements: room.dealings[:0], context: room.around[:0]}
	charged := room.ints.take(len(s.claims))[:0]
	rows := room.ints.take(len(s.sorts))
	for n := range s.sorts {
		rows[n] = rs.impute(&s.sorts[n])
	}
	for i := range s.claims {
		c := &s.claims[i]
		if c.knownAfter(asOf) {
			out.unknown++
			continue
		}
		row := rows[c.sort]
		if rs.tables.Imputation[row].Impute == sanctions.Yes || c.relation == relationOwn && c.Participation == claims.ReportedAbsent {
			charged = append(charged, i) // an absence speaks against a presence
		} else if c.relation != relationOther {
			out.context = append(out.context, contextClaim{claim: i, imputation: row})
		}
	}
	by := group(s.claims, charged, room)
	by.gatherEnds(s, charged, asOf, room)
	for _, i := range by.strays {
		x := contextClaim{claim: i, imputation: -1, reason: "denies what no source at hand reports"}
		if row := rows[s.claims[i].sort]; rs.tables.Imputation[row].Impute != sanctions.Yes {
			x.imputation = row
		}
		out.context = append(out.context, x)
	}
	slices.SortStableFunc(out.context, func(a, b contextClaim) int { return cmp.Compare(a.claim, b.claim) })
	out.engagements = slices.Grow(out.engagements, len(by.groups)) // so that they stay where they are
	told := room.told[:0]
	for _, g := range by.groups {
		n := len(out.engagements)
		out.engagements = append(out.engagements, engagement{claims: g})
		if d := rs.engage(s, &out.engagements[n], &by, rates, asOf, room); d.engagement != nil {
			told = append(told, d)
			continue
		} else {
			out.engagements = slices.Delete(out.engagements, n, n+1)
			for _, i := range g {
				out.context = append(out.context, contextClaim{claim: i, imputation: -1, reason: "withdrawn or corrected; nothing is left that affirms"})
			}
		}
	}
	if by.events != nil {
		meet(told)
	}
	for n := range told {
		told[n].tell()
	}
	tellApart(out.engagements, s.claims, room)
	out.findTopics(s.claims, room)
	room.dealings, room.around, room.told = out.engagements, out.context, told // grown
	return out
}

// findTopics finds for each engagement what groups talked about at its events.
func (r *reduction) findTopics(all []relatedClaim, room *scratch) {
	var talked tied
	for n, x := range r.context {
		if c := &all[x.claim]; c.SubjectType == claims.SubjectGroup && c.Polarity == claims.Affirm && !c.denies() {
			if talked.scratch == nil {
				talked = room.tied(all, len(r.context))
			}
			talked.add(c.event, x.claim, n)
		}
	}
	if talked.scratch == nil {
		return
	}
	for n := range r.engagements {
		e := &r.engagements[n]
		for _, i := range e.claims {
			if all[i].denies() {
				continue
			}
			for at := range talked.groups(n, func(int) bool { return true }, all[i].event) {
				e.topics = append(e.topics, at)
			}
		}
		slices.Sort(e.topics) // as they stand in the context
		for k, at := range e.topics {
			e.topics[k] = r.context[at].claim
		}
	}
	for n := range r.engagements {
		e := &r.engagements[n]
		if e.event == 0 {
			continue
		}
		for k := range r.engagements {
			if o := &r.engagements[k]; o.event == e.event {
				e.heard = append(e.heard, o.topics...)
			}
		}
		slices.Sort(e.heard)
		e.heard = slices.Compact(e.heard)
	}
}

func (e *engagement) at(all []relatedClaim, event string) bool {
	return slices.ContainsFunc(e.claims, func(i int) bool { return all[i].EventID == event && !all[i].denies() })
}

// knownAfter reports whether the claim was not yet known on the day. A claim
// without any date of its own is taken as known.
func (c *relatedClaim) knownAfter(asOf sanctions.Date) bool {
	known := c.known()
	if known.IsZero() {
		known = c.From // nobody reports before it happens, unless they say when
	}
	return known.After(asOf)
}

func (rs *Ruleset) impute(f *Facts) int {
	for i := range rs.imputation {
		if decide(rs.imputation[i].tests, f) == sanctions.Yes {
			return i
		}
	}
	return len(rs.imputation) - 1 // Compile demands a last row without conditions
}

// denies reports whether the claim speaks against what it states.
func (c *relatedClaim) denies() bool {
	return c.Polarity == claims.Deny || c.Participation == claims.ReportedAbsent || c.Polarity == claims.Affirm && c.Participation == claims.DeniedPresent
}

// engage reduces the claims of one group; to nothing when nothing is left that affirms.
func (rs *Ruleset) engage(s *Subject, e *engagement, by *grouping, rates *claims.Rates, asOf sanctions.Date, room *scratch) dealing {
	all, members := s.claims, e.claims
	affirm := room.ints.take(len(members))[:0]
	against := room.ints.take(len(members))[:0]
	e.relays = room.ints.take(len(members))[:0]
	same := room.byRoot(all, members)
	for _, i := range members {
		c := &all[i]
		switch {
		case c.replaced(s, asOf):
			e.replaced = append(e.replaced, i)
		case c.denies():
			against = append(against, i)
		case c.RelayedFrom != "" && same.some(c, func(j int) bool { return c.relays(&all[j]) }):
			e.relays = append(e.relays, i)
		default:
			affirm = append(affirm, i)
		}
	}
	same.release()
	affirm = e.dropRetold(all, affirm, room)
	if len(affirm) == 0 {
		return dealing{}
	}
	var echoes []int
	if len(e.relays) > 0 {
		// What is retold in the strand of the claim itself.
		retold := room.ints.take(len(e.relays))
		for _, of := range [...]struct {
			claims []int
			tells  func(c, m *relatedClaim, first bool) bool
		}{
			{members, func(c, m *relatedClaim, _ bool) bool { return c.RelayedFrom != "" && c.relays(m) }},
			{affirm, func(c, m *relatedClaim, first bool) bool { return c.retells(m, first) }},
		} {
			same := room.byRoot(all, of.claims)
			for n, i := range e.relays {
				c := &all[i]
				retold[n] |= oneIf(same.some(c, func(j int) bool { return by.strands[i] == by.strands[j] && of.tells(c, &all[j], j < i) }))
			}
			same.release()
		}
		echoes = room.ints.take(len(e.relays))[:0]
		for n, i := range e.relays {
			if retold[n] == 0 {
				echoes = append(echoes, i)
			}
		}
	}
	for _, i := range affirm {
		if all[i].rank >= endStages {
			e.end(rs, all, affirm, against, i, room)
			e.ends = append(e.ends, i)
		}
	}
	d := dealing{rules: rs, engagement: e, all: all, tellers: affirm, echoes: echoes, against: against, by: by, rates: rates, asOf: asOf, room: room}
	d.line()
	return d
}

// tellApart gives the engagements their ids: the one that claims give, else the event or
// the kind of the first claim, with a number where that is taken.
func tellApart(engagements []engagement, all []relatedClaim, room *scratch) {
	taken := room.taken
	clear(taken)
	for i := range engagements {
		e := &engagements[i]
		if id := e.given(all); id != "" && taken[id] == 0 {
			e.id, taken[id] = id, 1
		}
	}
	for i := range engagements {
		e := &engagements[i]
		if e.id != "" {
			continue
		}
		c := &all[e.claims[0]]
		stem := cmp.Or(e.given(all), c.EventID, string(c.Kind), "claim")
		for e.id = stem; taken[e.id] > 0; {
			taken[stem]++
			e.id = fmt.Sprintf("%s (%d)", stem, taken[stem])
		}
		taken[e.id] = 1
	}
}

// given is the engagement id that claims give, if any.
func (e *engagement) given(all []relatedClaim) string {
	best := ""
	for _, i := range e.claims {
		if c := &all[i]; c.EngagementID != "" && !c.denies() && c.Polarity != claims.Correct && (best == "" || c.EngagementID < best) {
			best = c.EngagementID
		}
	}
	for _, i := range e.claims {
		if c := &all[i]; best == "" && c.Polarity == claims.Correct {
			best = cmp.Or(c.SupersedesID, c.EngagementID)
		}
	}
	return best
}

// replaced reports whether a later claim of the same root supersedes this one,
// whatever that claim says and whether or not it charges the firm. Another source
// cannot withdraw it; it can only contradict.
func (c *relatedClaim) replaced(s *Subject, asOf sanctions.Date) bool {
	for _, i := range s.superseding {
		m := &s.claims[i]
		if m.SupersedesID == c.EngagementID && m.root == c.root && !m.knownAfter(asOf) && m.canSupersede(c) {
			return true
		}
	}
	return false
}

// canSupersede tells a later claim from the one it replaces, which may carry the
// same engagement id: it became known later, or it is a correction.
func (m *relatedClaim) canSupersede(c *relatedClaim) bool {
	return m.EngagementID != c.EngagementID || c.AsKnownAt.Before(m.AsKnownAt) || m.Polarity == claims.Correct && c.Polarity != claims.Correct
}

// relays reports whether the claim, which relays, retells another that is the own words
// of its root. What a root corrects is no telling of its own that others retell.
func (c *relatedClaim) relays(m *relatedClaim) bool {
	return m.RelayedFrom == "" && m.root == c.root && m.root != "" && m.Kind == c.Kind && !m.denies() && (m.rank < endStages || c.rank >= endStages) &&
		(m.Polarity != claims.Correct || c.Polarity == claims.Correct)
}

// byRoot is claims chained by their roots. Of one scratch there is one at a time.
type byRoot struct {
	claims []relatedClaim
	of     []int
	before []int // the one before of the same root, by position from 1
	marks  []rootMark
}

func (s *scratch) byRoot(all []relatedClaim, of []int) byRoot {
	b := byRoot{all, of, s.ints.take(len(of)), s.marksFor(all)}
	for n, i := range of {
		mark := &b.marks[all[i].origin]
		b.before[n], mark.place = int(mark.place), int32(n+1)
	}
	return b
}

// some tells whether it is so of some claim of the same root.
func (b *byRoot) some(c *relatedClaim, is func(i int) bool) bool {
	for n := int(b.marks[c.origin].place); n > 0; n = b.before[n-1] {
		if is(b.of[n-1]) {
			return true
		}
	}
	return false
}

func (b *byRoot) release() {
	for _, i := range b.of {
		b.marks[b.claims[i].origin] = rootMark{}
	}
}

// dropRetold leaves of the claims of one root that say the same the first: what
// retells it adds nothing, whatever grade, naming or certainty of the other side
// it is given.
func (e *engagement) dropRetold(all []relatedClaim, affirm []int, room *scratch) []int {
	if len(affirm) == 1 {
		return affirm
	}
	same := room.byRoot(all, affirm)
	retold := func(i int) bool {
		c := &all[i]
		return c.root != "" && same.some(c, func(j int) bool { return i != j && c.retells(&all[j], j < i) })
	}
	kept := room.ints.take(len(affirm))[:0]
	for _, i := range affirm {
		if retold(i) {
			e.relays = append(e.relays, i)
		} else {
			kept = append(kept, i)
		}
	}
	same.release()
	slices.Sort(e.relays)
	return kept
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

// known is the day on which the claim became known, as far as it says.
func (c *relatedClaim) known() sanctions.Date { return orElse(c.AsKnownAt, c.StatementDate) }

// contradicts tells whether a denial reaches the statement: the same kind, or
// none named, or talk of either sort, and a stage at or below the statement's.
func (c *relatedClaim) contradicts(st *statement) bool {
	return (c.Kind == "" || c.Kind == st.kind || isTalk(c.Kind, c.Stage) && isTalk(st.kind, st.stage)) && c.rank <= slices.Index(stages, st.stage)
}

// endStatus tells how well an end is shown by those among the claims that tell of one.
func (rs *Ruleset) endStatus(all []relatedClaim, affirm, against []int, i int, room *scratch) tables.Status {
	c := &all[i]
	var forIt, againstIt []int
	for _, j := range affirm {
		if all[j].rank >= c.rank {
			forIt = append(forIt, j)
		}
	}
	for _, j := range against {
		if all[j].Stage == c.Stage {
			againstIt = append(againstIt, j)
		}
	}
	return rs.tables.Evidence[rs.weigh(all, forIt, againstIt, room).row].Status
}

// speaksOf tells whether a denial or a correction is about what one claim tells, by the
// ids that they carry.
func (c *relatedClaim) speaksOf(m *relatedClaim) bool {
	return c.reaches(m) || c.EngagementID != "" && c.EngagementID == m.SupersedesID
}

// endDay is the day of the end that a claim tells of, as far as it says, or of its being
// known.
func (c *relatedClaim) endDay() sanctions.Date { return orElse(c.when(), c.known()) }

// end takes in a claim that the dealing ended, unless a later one says that it
// goes on.
func (e *engagement) end(rs *Ruleset, all []relatedClaim, affirm, against []int, i int, room *scratch) {
	c := &all[i]
	day := c.endDay()
	for _, j := range affirm {
		if m := &all[j]; m.rank >= 0 && m.rank < endStages && day.Before(m.when()) && day.Before(m.dates().earliest()) {
			return
		}
	}
	e.accepted = append(e.accepted, i)
	status := rs.endStatus(all, affirm, against, i, room)
	if e.endDay.IsZero() || day.After(e.endDay) {
		e.endDay = day
	}
	// An end that is confirmed counts before a further one that is not, and one that
	// nobody disputes before one that somebody does: so that an end which falls away,
	// since the dealing went on after it, leaves none behind that lessens more.
	doubt, sure := slices.Index(statuses, status) > slices.Index(statuses, tables.Reported), status == tables.Confirmed
	if e.ended == "" || cmp.Or(cmp.Compare(oneIf(sure), oneIf(e.endSure)), cmp.Compare(oneIf(e.endDoubt), oneIf(doubt)), cmp.Compare(c.rank, slices.Index(stages, e.ended)),
		cmp.Compare(slices.Index(statuses, e.endAs), slices.Index(statuses, status))) > 0 {
		e.ended, e.endAs, e.endDoubt, e.endSure = c.Stage, status, doubt, sure
	}
}
