package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
)

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

// weighStrands finds in which strands the n-th teller's statement is told, and what the
// evidence of an account that rests on it weighs there: only what is denied or corrected of the claim itself speaks
// against it.
func (d *dealing) weighStrands(a *account, n int) {
	d.room.near = d.room.near[:0]
	told := d.said[n]
	high := d.scale.evidence[a.row].high
	a.strands = d.room.weights.take(1)[:0]
	for k := range d.said {
		if d.said[k] != told {
			continue
		}
		weight := high
		if high < million {
			weight = max(weight, d.scale.evidence[d.near(a, k)].high)
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
		out[i] = strandWeight{in.strand, d.scale.evidence[row].high}
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
		if d.scale.endStatus(d.all, ends, d.against, i, &d.room.weighing) == tables.Confirmed && slices.Index(stages, last) < d.all[i].rank {
			last = d.all[i].Stage
		}
	}
	return last
}
