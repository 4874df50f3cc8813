package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// weigh finds for each cell of a statement the tellers who say so, and takes the
// evidence of the cell that is shown least. What a correction says is not borne
// out by those whom it corrects, nor shown better than what they say: it takes
// away and adds nothing.
func (d *dealing) weigh(st *statement, n int) (evidence, []sanctions.Source) {
	return d.weighWith(st, n, true, -1)
}

// weighWith is weigh with or without what corrections say against it; and with only
// what is said against the claim of one teller itself, where near is not negative.
func (d *dealing) weighWith(st *statement, n int, corrected bool, near int) (evidence, []sanctions.Source) {
	full := st.cells()
	against := d.against
	reaches := func(j int) bool { return near < 0 || d.all[j].speaksOf(d.teller(near)) }
	corrects := d.onlyCorrects(d.tellers[n])
	says := d.room.ints.take(len(d.tellers))
	var wrong []int
	whole := true
	var sources []sanctions.Source
	for k, j := range d.tellers {
		if k >= d.telling && n < d.telling {
			break
		}
		said, otherwise := full, cells(0) // in the same words
		if d.said[k] != *st {
			said, otherwise = d.said[k].bears(st)
		}
		if d.all[j].Polarity == claims.Correct && otherwise&(full|cellLess) != 0 && (corrected || corrects) && reaches(j) {
			against = append(slices.Clip(against), j)
		}
		switch only := d.onlyCorrects(j); {
		case only && !corrects:
			continue
		case corrects && !only:
			if _, more := st.bears(&d.said[k]); otherwise|more != 0 {
				wrong = append(wrong, k)
				continue
			}
		}
		says[k] = int(said)
		if otherwise&full == 0 && said != 0 {
			switch len(sources) {
			case 0:
				sources = d.all[j].places // shared, and copied when more come
			case 1:
				sources = append(make([]sanctions.Source, 0, len(d.tellers)), sources[0], d.all[j].Source)
			default:
				sources = append(sources, d.all[j].Source)
			}
		}
		whole = whole && (said == full || said == 0)
	}
	if len(against) > 0 {
		against = slices.DeleteFunc(slices.Clone(against), func(j int) bool {
			return d.all[j].denies() && (!d.all[j].contradicts(st) || !reaches(j))
		})
	}
	sayers := func(cell cells) []int {
		out := d.room.ints.take(len(d.tellers))[:0]
		for k, j := range d.tellers {
			if cells(says[k])&cell == cell {
				out = append(out, j)
			}
		}
		return out
	}
	var least evidence
	if whole { // whoever says something of it says all of it
		least = d.scale.weigh(d.all, sayers(full), against, &d.room.weighing)
	} else {
		seen := make([][]int, 0, 8) // as many as cells
		for cell := cells(1); cell <= full; cell <<= 1 {
			if full&cell == 0 {
				continue
			}
			set := sayers(cell)
			if slices.ContainsFunc(seen, func(s []int) bool { return slices.Equal(s, set) }) {
				continue
			}
			seen = append(seen, set)
			if e := d.scale.weigh(d.all, set, against, &d.room.weighing); len(seen) == 1 || d.scale.weighsMore(least.row, e.row) {
				least = e
			}
		}
	}
	most := -1
	for _, k := range wrong {
		if near >= 0 {
			break // what is wrong with the corrected is of another claim
		}
		if e, _ := d.weighWith(&d.said[k], k, false, near); most < 0 || d.scale.weighsMore(e.row, most) {
			most = e.row
		}
	}
	if most >= 0 && d.scale.weighsMore(least.row, most) {
		least.row = most
	}
	return least, sources
}
