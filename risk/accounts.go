package risk

import (
	"math/bits"
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
)

// maxTold bounds the accounts of which any two are compared; nobody has seen so many.
const maxTold = 12

// tell makes the accounts: first as each source tells it; then with blanks filled by
// what others affirm and nobody contradicts; then what two independent sources that
// differ have in common; then each of these as far as it came at least. The latter two
// only where they are better shown: what they give is no more than what they are made
// of gives, so that leaving them out takes nothing away.
//
// A claim of an end affirms that there was something to end: where nobody else
// tells of the dealing that is the account, and elsewhere it is one for the high
// score only. A firm that says that it left is not shown the worse for it.
func (d *dealing) tell() {
	d.layStrands()
	for n := range d.said {
		d.add(d.said[n], n, true)
	}
	told := len(d.accounts)
	for k := range told {
		d.read(&d.accounts[k])
	}
	if d.telling > 1 {
		d.tellTogether(told)
	}
	if len(d.against) > 0 {
		d.stopShort(told)
	}
}

// tellTogether adds what the told accounts are with each other.
func (d *dealing) tellTogether(told int) {
	for n, st := range fill(d.said[:d.affirming], &d.room.statements) {
		if d.add(st, n, false); st != d.said[n] {
			d.guard(&d.said[n], &st)
		}
	}
	if d.affirming < d.telling { // corrections: they take nothing from others, and go no further than with it
		for n, st := range fill(d.said[:d.telling], &d.room.statements) {
			if n >= d.affirming && st != d.said[n] {
				d.guard(&d.said[n], &st)
			}
		}
	}
	if told <= maxTold {
		d.share(told)
	}
	d.lessen()
}

// add makes an account of a statement of the n-th teller, unless there is one.
func (d *dealing) add(st statement, n int, told bool) {
	if d.has(&st) {
		return
	}
	weight, sources := d.weigh(&st, n)
	d.accounts = append(d.accounts, account{teller: d.tellers[n], told: told, corrects: d.onlyCorrects(d.tellers[n]), past: n >= d.telling,
		evidence: weight, sources: sources})
	a := &d.accounts[len(d.accounts)-1]
	d.readingOf(&a.reading, &st)
	if told {
		d.weighStrands(a, n)
		a.left = d.endOf(&st)
	} else { // what it gives its strands is not more than what the teller's own words do
		a.strands = d.sameStrands(d.find(&d.said[n]), a.row)
	}
}

// stopShort adds for each told account how far it came short of what is denied of it, where
// that is less in doubt: who denies a contract does not deny the talks.
func (d *dealing) stopShort(told int) {
	for i := range told {
		a := &d.accounts[i]
		if !slices.ContainsFunc(a.strands, func(in strandWeight) bool { return in.weight < million }) {
			continue
		}
		var denied uint64 // stages
		for _, j := range d.against {
			if c := &d.all[j]; c.rank > 0 && c.contradicts(&a.statement) {
				denied |= bit(stages, c.Stage)
			}
		}
		for ; denied != 0; denied &= denied - 1 {
			d.short(a, stages[bits.TrailingZeros64(denied)-1])
		}
	}
}

// short adds an account at a lesser stage.
func (d *dealing) short(a *account, stage claims.Stage) {
	st, n := a.statement, slices.Index(d.tellers, a.teller)
	st.stage = stage
	c := account{teller: a.teller, short: true, corrects: a.corrects, left: a.left}
	d.readingOf(&c.reading, &st)
	c.evidence, c.sources = d.weigh(&st, n)
	d.weighStrands(&c, n)
	d.read(&c)
	d.accounts = append(d.accounts, c)
}
