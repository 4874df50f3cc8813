package risk

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// reduce sorts the claims into engagements and context. It looks at nothing but the
// claims, in canonical order, the row of imputation for each sort of them, and the weights
// of evidence.
func reduce(s *Subject, imputed []imputed, by *scale, asOf sanctions.Date, rates *claims.Rates, room *reducing) reduction {
	out := reduction{engagements: room.dealings[:0], context: room.around[:0]}
	charged := room.ints.take(len(s.claims))[:0]
	for i := range s.claims {
		c := &s.claims[i]
		to := imputed[c.sort]
		if to.charges || c.relation == relationOwn && c.Participation == claims.ReportedAbsent {
			charged = append(charged, i) // an absence speaks against a presence
		} else {
			out.context = append(out.context, contextClaim{claim: i, imputation: to.row})
		}
	}
	grouped := group(s.claims, charged, &room.chains)
	grouped.gatherEnds(s.claims, charged, &room.chains)
	for _, i := range grouped.strays {
		x := contextClaim{claim: i, imputation: -1, reason: "denies what no source at hand reports"}
		if to := imputed[s.claims[i].sort]; !to.charges {
			x.imputation = to.row
		}
		out.context = append(out.context, x)
	}
	slices.SortStableFunc(out.context, func(a, b contextClaim) int { return cmp.Compare(a.claim, b.claim) })
	out.engagements = slices.Grow(out.engagements, len(grouped.groups)) // so that they stay where they are
	var told []dealing                                                  // which others at the same events add to
	for _, g := range grouped.groups {
		n := len(out.engagements)
		out.engagements = append(out.engagements, engagement{claims: g})
		d, ok := engage(s, &out.engagements[n], &grouped, by, rates, asOf, room)
		switch {
		case !ok:
			out.engagements = slices.Delete(out.engagements, n, n+1)
			for _, i := range g {
				out.context = append(out.context, contextClaim{claim: i, imputation: -1, reason: "withdrawn or corrected; nothing is left that affirms"})
			}
		case grouped.events == nil:
			d.tell()
		default:
			told = append(told, d)
		}
	}
	meet(told)
	for n := range told {
		told[n].tell()
	}
	tellApart(out.engagements, s.claims, room)
	out.findTopics(s.claims, room)
	out.findRemedies(s.claims)
	room.dealings, room.around = out.engagements, out.context // grown
	return out
}

// findTopics finds for each engagement what groups talked about at its events.
func (r *reduction) findTopics(all []relatedClaim, room *reducing) {
	var talked tied
	for n, x := range r.context {
		if c := &all[x.claim]; c.SubjectType == claims.SubjectGroup && c.Polarity == claims.Affirm && !c.denies() {
			if talked.chains == nil {
				talked = room.tied(all, len(r.context))
			}
			talked.add(c.event, x.claim, n)
		}
	}
	if talked.chains == nil {
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

// engage reduces the claims of one group to who tells what; false when nothing is left
// that affirms.
func engage(s *Subject, e *engagement, by *grouping, scale *scale, rates *claims.Rates, asOf sanctions.Date, room *reducing) (dealing, bool) {
	all, members := s.claims, e.claims
	affirm := room.ints.take(len(members))[:0]
	against := room.ints.take(len(members))[:0]
	before := room.ints.take(len(members))[:0]
	e.relays = room.ints.take(len(members))[:0]
	same := room.byRoot(all, members)
	for _, i := range members {
		c := &all[i]
		switch {
		case c.replaced:
			e.replaced = append(e.replaced, i)
			if !c.denies() {
				before = append(before, i)
			}
		case c.denies():
			against = append(against, i)
		case c.RelayedFrom != "" && same.some(c, func(j int) bool { return c.relays(&all[j]) }):
			e.relays = append(e.relays, i)
		default:
			affirm = append(affirm, i)
		}
	}
	same.release()
	affirm = e.dropRetold(all, affirm, &room.chains)
	if len(affirm) == 0 {
		return dealing{}, false
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
				if retold[n] == 0 {
					retold[n] = oneIf(same.some(c, func(j int) bool { return by.strands[i] == by.strands[j] && of.tells(c, &all[j], j < i) }))
				}
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
			e.end(scale, all, affirm, against, i, &room.weighing)
			e.ends = append(e.ends, i)
		}
	}
	d := dealing{scale: scale, engagement: e, all: all, tellers: affirm, echoes: echoes, against: against, before: before, by: by, rates: rates, asOf: asOf, room: room}
	d.line()
	return d, true
}

// tellApart gives the engagements their ids: the one that claims give, else the event or
// the kind of the first claim, with a number where that is taken.
func tellApart(engagements []engagement, all []relatedClaim, room *reducing) {
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

// dropRetold leaves of the claims of one root that say the same the first: what
// retells it adds nothing, whatever grade, naming or certainty of the other side
// it is given.
func (e *engagement) dropRetold(all []relatedClaim, affirm []int, room *chains) []int {
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

// end takes in a claim that the dealing ended, unless a later one says that it
// goes on.
func (e *engagement) end(by *scale, all []relatedClaim, affirm, against []int, i int, room *weighing) {
	c := &all[i]
	day := c.endDay()
	for _, j := range affirm {
		if m := &all[j]; m.rank >= 0 && m.rank < endStages && day.Before(m.when()) && day.Before(m.dates().earliest()) {
			return
		}
	}
	e.accepted = append(e.accepted, i)
	status := by.endStatus(all, affirm, against, i, room)
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
