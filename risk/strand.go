package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
)

// A strand is what the claims that tell of one dealing hang together by, each by its
// own words: the engagement id that a claim gives, else the id that it replaces or
// corrects, else its event and kind. Claims of several strands are one dealing where
// some claim carries the ids of both. Low and Point take its word for it. High does
// not: there each strand counts as a dealing, so that no claim lowers it by tying two
// together, and every denial speaks only against what it names itself.
//
// That makes High a monotone function of what is affirmed. For one authority it is
// 100·(1−∏(1−m/100)) over the strands, m being the greatest of what each told
// statement of the strand gives in each of its readings, times the weight of its
// evidence. The strand of a claim depends on its own words, and on those by which one
// source replaces or retells itself; a statement stays told whatever else is told; its
// readings are its own cells with the blanks as anybody who affirms tells them, or
// as grave as they can be, on each day that somebody names, and what goes on goes on until an end
// that speaks of it itself, so that another claim adds readings and takes none away; the number of dealings of a sort and the growth of
// their values are counted over strands, and in High an end lessens only where it is
// confirmed and nobody tells of the dealing after it; and evidence never weighs less
// for another source, which [Compile] checks. So a claim more can only make some m
// greater, or add one. What is filled in or held in common is among the readings of
// those who tell it, and adds nothing to High.
type strandWeight struct {
	strand int32
	weight int64 // of the evidence in High, in millionths
}

// strandsOf numbers the strands by claim; those of claims without any id follow the
// sets of claims that retell each other.
func strandsOf(all []relatedClaim, charged []int, loose forest, room *scratch) []int32 {
	ties := forest(room.ints.take(numbers(all)))
	for n := range ties {
		ties[n] = n
	}
	for _, i := range charged {
		if c := &all[i]; c.strand != 0 && !c.denies() {
			if c.amends != 0 && (c.Polarity == claims.Correct || amendsItself(all, charged, c)) {
				ties.join(int(c.strand), int(c.amends))
			}
			if c.story != 0 {
				ties.join(int(c.strand), int(c.story))
			}
		}
	}
	out := room.strands.take(len(all))
	for n, i := range charged {
		if c := &all[i]; c.strand != 0 {
			out[i] = int32(ties.root(int(c.strand)))
		} else {
			out[i] = int32(numbers(all) + loose.root(n))
		}
	}
	return out
}

// amendsItself tells whether what a claim replaces was told by its own root. Another's word
// that a dealing replaces one of somebody else ties the two in Low and Point alone.
func amendsItself(all []relatedClaim, charged []int, c *relatedClaim) bool {
	return slices.ContainsFunc(charged, func(i int) bool { return all[i].dealing == c.amends && all[i].origin == c.origin })
}

// layStrands finds the strand of each teller. An end that is told under another id
// belongs to the dealing that it can end, if that has one strand, it can end everything
// that is told of it, and no other end does.
func (d *dealing) layStrands() {
	d.strands = d.room.strands.take(len(d.tellers))
	body, single := int32(0), true
	for n, i := range d.tellers {
		d.strands[n] = d.by.strands[i]
		if d.all[i].rank < endStages {
			single = single && (body == 0 || body == d.strands[n])
			body = d.strands[n]
		}
	}
	if body == 0 || !single {
		return
	}
	end := int32(0) // the strand of all ends, as far as one
	for n, i := range d.tellers {
		if d.all[i].rank < endStages {
			continue
		}
		for _, j := range d.tellers {
			if d.all[j].rank < endStages && !d.all[i].ends(&d.all[j]) {
				return
			}
		}
		if end != 0 && end != d.strands[n] {
			return // two that ended
		}
		end = d.strands[n]
	}
	for n := range d.strands {
		d.strands[n] = body
	}
}

// weighStrands finds in which strands the n-th teller's statement is told, and what its
// evidence weighs there: only what is denied or corrected of the claim itself speaks
// against it.
func (d *dealing) weighStrands(a *account, n int) {
	d.room.near = d.room.near[:0]
	high := d.rules.evidence[a.row].high
	a.strands = d.room.weights.take(1)[:0]
	for k := range d.said {
		if d.said[k] != a.statement {
			continue
		}
		weight := high
		if high < million {
			weight = max(weight, d.rules.evidence[d.near(a, k)].high)
		}
		at := 0
		for at < len(a.strands) && a.strands[at].strand != d.strands[k] {
			at++
		}
		if at == len(a.strands) {
			a.strands = append(a.strands, strandWeight{strand: d.strands[k]})
		}
		a.strands[at].weight = max(a.strands[at].weight, weight)
	}
}

// near is the row of the evidence of an account as the claim of the k-th teller has it,
// who makes the statement. Claims under the same ids, on which the same is said against
// them, have the same.
func (d *dealing) near(a *account, k int) int {
	for _, known := range d.room.near {
		if d.sameIDs(known.teller, k) {
			return known.row
		}
	}
	e, _ := d.weighWith(&a.statement, k, true, k)
	d.room.near = append(d.room.near, nearRow{k, e.row})
	return e.row
}

// nearRow is what near found for one teller of an account on its way.
type nearRow struct{ teller, row int }

// sameIDs tells whether denials and corrections speak of two tellers alike.
func (d *dealing) sameIDs(k, n int) bool {
	a, b := d.teller(k), d.teller(n)
	return a.EngagementID == b.EngagementID && a.SupersedesID == b.SupersedesID && a.EventID == b.EventID && a.Kind == b.Kind && a.Stage == b.Stage &&
		(k < d.telling) == (n < d.telling) && d.onlyCorrects(d.tellers[k]) == d.onlyCorrects(d.tellers[n])
}

// sameStrands is the strands of a told account, for another that weighs as a row does.
func (d *dealing) sameStrands(a *account, row int) []strandWeight {
	out := d.room.weights.take(len(a.strands))
	for i, in := range a.strands {
		out[i] = strandWeight{in.strand, d.rules.evidence[row].high}
	}
	return out
}

// endOf is the end that lessens what a statement gives in the high score: the last that
// is confirmed by those who tell of the same strand, or of the same dealing by their
// ids, as each claim that makes the statement; or that was told without any id.
func (d *dealing) endOf(st *statement) claims.Stage {
	if !d.endSure {
		return ""
	}
	var ends []int
	for _, i := range d.accepted {
		e, all := &d.all[i], true
		for k, j := range d.tellers {
			m := &d.all[j]
			all = all && (d.said[k] != *st || d.by.strands[i] == d.by.strands[j] || e.reaches(m) || d.by.attached[i] != 0 && e.ends(m))
		}
		if all {
			ends = append(ends, i)
		}
	}
	var last claims.Stage
	for _, i := range ends {
		if d.rules.endStatus(d.all, ends, d.against, i, d.room) == tables.Confirmed && slices.Index(stages, last) < d.all[i].rank {
			last = d.all[i].Stage
		}
	}
	return last
}
