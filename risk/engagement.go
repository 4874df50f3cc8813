package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// engagement is what the claims about one dealing of the firm reduce to.
//
// Claims belong together when they share an engagement id, or an event and a
// kind. Where sources differ in what they affirm, each differing statement is an
// account of its own, weighed by the sources that support it; the account that
// weighs most is counted, once, and the others are shown. What only some sources
// state and nobody contradicts fills in the others.
type engagement struct {
	id       string
	claims   []int // all of it, in canonical order
	relays   []int // add nothing: their origin is at hand
	replaced []int // superseded by a later claim of the same root
	topics   []int // of the group at the same event
	ends     []int // say that it ended
	accounts []account
	ended    Stage // suspended, exited or empty
	endSure  bool  // the end is confirmed, not only reported
	endDoubt bool  // the end is disputed
	endDay   sanctions.Date
}

// account is one statement of what happened, with the evidence for it.
type account struct {
	statement
	evidence
	conduct sanctions.Date // last day of the dealing that is known
	usd     numeral
	sources []sanctions.Source // of the claims that affirm it
	asked   int                // the item that rules are asked about
	early   sanctions.Date     // earliest day that conduct may be, where dates are coarse

	// What the claims said before others filled their blanks, where that differs:
	// what one source leaves open stays open in the high score.
	readings []reading
}

// reading is a statement with the last day that goes with it.
type reading struct {
	statement
	conduct, early sanctions.Date
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
func (rs *Ruleset) reduce(s *Subject, asOf sanctions.Date, rates *Rates, room *scratch) reduction {
	out := reduction{engagements: room.dealings[:0], context: room.around[:0]}
	charged := room.ints.take(len(s.claims))[:0]
	for i := range s.claims {
		c := &s.claims[i]
		if c.knownAfter(asOf) {
			out.unknown++
			continue
		}
		row := rs.impute(&c.facts)
		if rs.tables.Imputation[row].Impute == sanctions.Yes || c.relation == relationOwn && c.Participation == ReportedAbsent {
			charged = append(charged, i) // an absence speaks against a presence
		} else if c.relation != relationOther {
			out.context = append(out.context, contextClaim{claim: i, imputation: row})
		}
	}
	groups, strays := group(s.claims, charged, room)
	for _, i := range strays {
		x := contextClaim{claim: i, imputation: -1, reason: "denies what no source at hand reports"}
		if row := rs.impute(&s.claims[i].facts); rs.tables.Imputation[row].Impute != sanctions.Yes {
			x.imputation = row
		}
		out.context = append(out.context, x)
	}
	slices.SortStableFunc(out.context, func(a, b contextClaim) int { return cmp.Compare(a.claim, b.claim) })
	for _, g := range groups {
		if e, ok := rs.engage(s, g, rates, asOf, room); ok {
			out.engagements = append(out.engagements, e)
		} else {
			for _, i := range g {
				out.context = append(out.context, contextClaim{claim: i, imputation: -1, reason: "withdrawn or corrected; nothing is left that affirms"})
			}
		}
	}
	for i := range out.engagements {
		e := &out.engagements[i]
		for _, x := range out.context {
			if c := &s.claims[x.claim]; c.SubjectType == SubjectGroup && c.Polarity == Affirm && c.EventID != "" && e.at(s.claims, c.EventID) {
				e.topics = append(e.topics, x.claim)
			}
		}
	}
	room.dealings, room.around = out.engagements, out.context // grown
	return out
}

func (e *engagement) at(claims []relatedClaim, event string) bool {
	return slices.ContainsFunc(e.claims, func(i int) bool { return claims[i].EventID == event })
}

// knownAfter reports whether the claim was not yet known on the day. A claim
// without any date of its own is taken as known.
func (c *Claim) knownAfter(asOf sanctions.Date) bool {
	known := orElse(c.AsKnownAt, c.StatementDate)
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
func (c *Claim) denies() bool {
	return c.Polarity == Deny || c.Participation == ReportedAbsent || c.Polarity == Affirm && c.Participation == DeniedPresent
}

// engage reduces one group; false when nothing is left that affirms.
func (rs *Ruleset) engage(s *Subject, members []int, rates *Rates, asOf sanctions.Date, room *scratch) (engagement, bool) {
	claims := s.claims
	e := engagement{claims: members}
	affirm := room.ints.take(len(members))[:0]
	var against []int
	for _, i := range members {
		c := &claims[i]
		switch {
		case c.replaced(s, asOf):
			e.replaced = append(e.replaced, i)
		case c.denies():
			against = append(against, i)
		case c.relays(claims, members):
			e.relays = append(e.relays, i)
		default:
			affirm = append(affirm, i)
		}
	}
	if len(affirm) == 0 {
		return e, false
	}
	e.id = e.name(claims)
	onlyEnds := true
	for _, i := range affirm {
		if claims[i].rank >= endStages {
			e.end(rs, claims, affirm, against, i)
			e.ends = append(e.ends, i)
		} else {
			onlyEnds = false
		}
	}
	filled := fill(claims, affirm, asOf, room)
	e.accounts = room.accounts.take(len(affirm))[:0]
	for n, i := range affirm {
		if claims[i].rank >= endStages && !onlyEnds {
			continue // see supports
		}
		st := filled[n]
		own := claims[i].said
		if claims[i].ahead(asOf) {
			own.stage = Proposed
		}
		if at := e.has(&st); at >= 0 {
			e.accounts[at].read(&e, claims, &own, asOf)
			continue
		}
		a := account{statement: st}
		forIt, againstIt := room.ints.take(len(affirm))[:0], room.ints.take(len(members))[:0]
		for _, j := range affirm {
			switch {
			case claims[j].supports(&st, onlyEnds, asOf):
				forIt = append(forIt, j)
			case claims[j].Polarity == Correct && claims[j].rank < endStages:
				againstIt = append(againstIt, j) // it says otherwise
			}
		}
		for _, j := range against {
			if claims[j].contradicts(&st) {
				againstIt = append(againstIt, j)
			}
		}
		a.evidence = rs.weigh(claims, forIt, againstIt)
		a.conduct, a.early = e.lastDay(claims, &st, forIt, asOf)
		a.read(&e, claims, &own, asOf)
		if a.usd = claims[i].dollars; !a.usd.known && claims[i].Amount.Valid {
			a.usd = rates.dollars(&claims[i].Claim, a.conduct)
		}
		a.sources = make([]sanctions.Source, len(forIt))
		for n, j := range forIt {
			a.sources[n] = claims[j].Source
		}
		e.accounts = append(e.accounts, a)
	}
	return e, true
}

// has finds the account of the statement; -1 if there is none.
func (e *engagement) has(st *statement) int {
	for i := range e.accounts {
		if e.accounts[i].statement == *st {
			return i
		}
	}
	return -1
}

// read keeps what a claim says by itself, if others filled it in.
func (a *account) read(e *engagement, claims []relatedClaim, own *statement, asOf sanctions.Date) {
	scored := own.scored()
	if scored == a.statement.scored() || slices.ContainsFunc(a.readings, func(r reading) bool { return r.statement.scored() == scored }) {
		return
	}
	r := reading{statement: *own}
	r.conduct, r.early = e.lastDay(claims, own, a.affirm, asOf)
	a.readings = append(a.readings, r)
}

// name is the engagement id, or what stands for it: event, kind and first claim.
func (e *engagement) name(claims []relatedClaim) string {
	best := ""
	for _, i := range e.claims {
		if id := claims[i].EngagementID; id != "" && !claims[i].denies() && (best == "" || id < best) {
			best = id
		}
	}
	if best != "" {
		return best
	}
	c := &claims[e.claims[0]]
	return cmp.Or(c.EventID, string(c.Kind), "claim")
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
	return m.EngagementID != c.EngagementID || c.AsKnownAt.Before(m.AsKnownAt) || m.Polarity == Correct && c.Polarity != Correct
}

// relays reports whether the claim retells a root whose own words are at hand.
func (c *relatedClaim) relays(claims []relatedClaim, members []int) bool {
	return c.RelayedFrom != "" && slices.ContainsFunc(members, func(i int) bool {
		m := &claims[i]
		return m.RelayedFrom == "" && m.root == c.root && m.root != "" && m.Kind == c.Kind && !m.denies() && (m.rank < endStages || c.rank >= endStages)
	})
}

// supports tells whether the claim affirms at least what the statement says: who
// reports a completed sale affirms that it was signed, and who reports a sale of
// other goods, to another buyer or in another year affirms neither. A claim
// of an end affirms that there was something to end only where nobody else does:
// a firm that says that it left is not shown the worse for having said so.
func (c *relatedClaim) supports(st *statement, onlyEnds bool, asOf sanctions.Date) bool {
	rank := c.rank
	if c.ahead(asOf) {
		rank = slices.Index(stages, Proposed)
	}
	return (c.Kind == "" || c.Kind == st.kind) && rank >= slices.Index(stages, st.stage) && (rank < endStages || onlyEnds) && c.agrees(st)
}

// contradicts tells whether a denial reaches the statement: the same kind, or
// none named, or talk of either sort, and a stage at or below the statement's.
func (c *relatedClaim) contradicts(st *statement) bool {
	return (c.Kind == "" || c.Kind == st.kind || isTalk(c.Kind, c.Stage) && isTalk(st.kind, st.stage)) && c.rank <= slices.Index(stages, st.stage)
}

// end takes in a claim that the dealing ended, unless a later one says that it
// goes on.
func (e *engagement) end(rs *Ruleset, claims []relatedClaim, affirm, against []int, i int) {
	c := &claims[i]
	for _, j := range affirm {
		if m := &claims[j]; m.rank >= 0 && m.rank < endStages && c.when().Before(m.when()) {
			return
		}
	}
	var forIt, againstIt []int
	for _, j := range affirm {
		if claims[j].rank >= c.rank {
			forIt = append(forIt, j)
		}
	}
	for _, j := range against {
		if claims[j].Stage == c.Stage {
			againstIt = append(againstIt, j)
		}
	}
	status := rs.tables.Evidence[rs.weigh(claims, forIt, againstIt).row].Status
	if c.rank > slices.Index(stages, e.ended) {
		e.ended = c.Stage
	}
	if day := orElse(c.when(), orElse(c.AsKnownAt, c.StatementDate)); e.endDay.IsZero() || day.After(e.endDay) {
		e.endDay = day
	}
	e.endSure = e.endSure || status == Confirmed
	e.endDoubt = status != Confirmed && status != Corroborated && status != Reported
}

// lastDay is the last day of the dealing that is known. One that operates and has
// no end goes on, as an interest without an end does, until the day of the
// assessment or the day on which it is reported to have ended. Where no source
// gives a day, the day on which it became known stands for it.
//
// The second day is the earliest that it may be, where the dates are coarse.
func (e *engagement) lastDay(claims []relatedClaim, st *statement, forIt []int, asOf sanctions.Date) (day, early sanctions.Date) {
	day, early = st.last(), st.earliest()
	if st.stage == Operating && st.to.IsZero() {
		if day = asOf; e.ended != "" {
			day = e.endDay
		}
		early = day
	}
	if day.IsZero() {
		for _, i := range forIt {
			if known := orElse(claims[i].AsKnownAt, claims[i].StatementDate); day.IsZero() || known.After(day) {
				day = known
			}
		}
		early = day
	}
	if day.After(asOf) {
		day = asOf
	}
	if early.After(day) {
		early = day
	}
	return day, early
}
