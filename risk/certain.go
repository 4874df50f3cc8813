package risk

import "slices"

// What low and point are asked about. An account counts there with what holds of every
// reading in sure, which are statements that it must not outrank: a vague one not what
// others add to it, and what two have in common neither of the two. So one account
// gives no more than another of which it holds all readings, or the same at a lesser
// stage: the score does not depend on which of them are listed.

// guard notes beside a told account what it is with its blanks filled: nothing counts
// that this rules out, and what this mitigates is mitigated.
func (d *dealing) guard(told, filled *statement) {
	if a := d.find(told); a.told {
		var r reading
		d.readingOf(&r, filled)
		r.usd = a.usd
		a.sure = append(a.sure[:0], a.reading, r)
	}
}

// certain is the readings of an account that low and point are asked about.
func (a *account) certain() []reading {
	if a.sure == nil {
		return []reading{a.reading}
	}
	return a.sure
}

// share adds what two told accounts have in common, where they show it better than
// either.
func (d *dealing) share(told int) {
	for i := range told {
		for k := i + 1; k < told; k++ {
			a, b := &d.accounts[i], &d.accounts[k]
			if a.corrects || b.corrects || a.past || b.past {
				continue
			}
			st, ok := a.common(&b.statement)
			if !ok || d.has(&st) {
				continue
			}
			var c account
			d.readingOf(&c.reading, &st)
			c.evidence, c.sources = d.weigh(&st, 0)
			if d.scale.weighsMore(c.row, a.row) && d.scale.weighsMore(c.row, b.row) {
				c.strands = d.sameStrands(a, c.row)
				for _, r := range slices.Concat(a.certain(), b.certain()) {
					c.sure = append(c.sure, d.atLeast(r, &st))
				}
				d.accounts = append(d.accounts, c)
			}
		}
	}
}

// lessen adds for each account that came further than others tell how far it came at
// least, where that is better shown: who tells of a delivery bears out a contract.
func (d *dealing) lessen() {
	told := uint64(0) // stages
	for n := range d.said[:d.affirming] {
		told |= bit(stages, d.said[n].stage)
	}
	for i := range d.accounts {
		a := &d.accounts[i]
		if a.corrects || a.past {
			continue
		}
		best := a.row
		for rank := slices.Index(stages, a.stage) - 1; rank >= 0; rank-- {
			if told&(1<<rank) == 0 {
				continue
			}
			st := a.statement
			st.stage = stages[rank]
			if d.has(&st) {
				continue
			}
			var c account
			d.readingOf(&c.reading, &st)
			if c.evidence, c.sources = d.weigh(&st, 0); !d.scale.weighsMore(c.row, best) {
				continue
			}
			best = c.row
			c.strands = d.sameStrands(a, c.row)
			for _, r := range a.certain() {
				c.sure = append(c.sure, d.atLeast(r, &st))
			}
			d.accounts = append(d.accounts, c)
		}
	}
}

// atLeast is a reading as far and for as much as a lesser statement says.
func (d *dealing) atLeast(r reading, st *statement) reading {
	if st.stage != "" && slices.Index(stages, r.stage) > slices.Index(stages, st.stage) {
		r.stage = st.stage
	}
	if st.amount != "" && r.amount != "" && r.currency == st.currency && moreThan(r.amount, st.amount) {
		r.amount, r.qualifier = st.amount, st.qualifier
		r.usd = d.dollars(st, r.conduct)
	}
	return r
}
