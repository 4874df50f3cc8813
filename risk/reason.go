package risk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// reason says in a few words what decides the grade. It never says more than the
// evidence: talks are talks, reported is reported.
func (c *course) reason(a *assessment.Assessment, l *ledger) string {
	parts := make([]string, 0, 4)
	switch a.Listed {
	case sanctions.Yes:
		parts = append(parts, "itself listed: "+listings(c.standing))
	case sanctions.Possible:
		parts = append(parts, "may be listed; a reviewer must decide")
	}
	if a.Owned == sanctions.Yes {
		parts = append(parts, "owned by listed parties under "+regimes(c.standing, sanctions.Owned))
	}
	if note := c.minority(); note != "" && a.Owned != sanctions.Yes {
		parts = append(parts, note)
	}
	if t := c.leading(a, l); t != nil {
		parts = append(parts, c.describe(t))
	} else if len(c.engagements) > 0 {
		parts = append(parts, "engagements that no authority here reaches")
	} else if len(c.context) > 0 {
		parts = append(parts, "no engagement; "+c.contextInWords())
	} else if len(parts) > 0 {
		parts = append(parts, "no engagement")
	}
	if len(parts) == 0 {
		return "nothing found in what was looked at"
	}
	return strings.Join(parts, "; ")
}

// leading is the tally that carries most of the strongest authority that looks
// at engagements.
func (c *course) leading(a *assessment.Assessment, l *ledger) *tally {
	for i := range l.totals {
		var best *tally
		for _, k := range l.of(&l.totals[i]) {
			t := &l.tallies[k]
			if c.items[t.item].engagement >= 0 && t.total.high > 0 &&
				(best == nil || cmp.Or(cmp.Compare(t.total.point, best.total.point), cmp.Compare(t.total.high, best.total.high)) > 0) {
				best = t
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

func (c *course) describe(t *tally) string {
	it := &c.items[t.item]
	e := &c.engagements[it.engagement]
	acc := &e.accounts[it.account]
	w, _ := c.weight(acc)
	var b strings.Builder
	b.Grow(128)
	b.WriteString(string(w.Status))
	if w.Status == tables.Disputed {
		b.Reset()
		b.WriteString("reported")
	}
	b.WriteByte(' ')
	what := kindInWords(acc.kind)
	switch {
	case slices.Contains([]claims.Kind{claims.Meeting, claims.Delegation}, acc.kind):
		b.WriteString("talks")
	case slices.Contains([]claims.Kind{claims.AssociationRepresentation, claims.PersonalPresence}, acc.kind):
		b.WriteString(what)
	case acc.stage == claims.Rumoured || acc.stage == claims.Discussed:
		b.WriteString("talks on " + what)
	case acc.stage == claims.Proposed:
		b.WriteString("proposal of " + what)
	case e.ended != "" && e.endDoubt:
		b.WriteString(what + ", said to be " + string(e.ended) + " (" + string(e.endAs) + ")")
	case e.ended != "":
		b.WriteString(what + ", " + string(e.ended))
	case acc.stage == claims.Completed:
		b.WriteString("completed " + what)
	default:
		b.WriteString(what)
	}
	if w.Status == tables.Disputed || len(acc.against) > 0 {
		b.WriteString(", disputed")
	}
	b.WriteString("; ")
	naming := ""
	if acc.state.naming == 0 {
		naming = "anonymous "
	}
	if n := len(c.rootsOf(acc)); n == 1 {
		b.WriteString("one ")
		b.WriteString(naming)
		b.WriteString("source")
	} else {
		b.WriteString(strconv.Itoa(n))
		b.WriteString(" independent ")
		b.WriteString(naming)
		b.WriteString("sources")
	}
	if acc.counterparty.basis == claims.CounterpartyInferred {
		b.WriteString("; counterparty inferred")
	}
	return b.String()
}

var kindsInWords = func() []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = strings.ReplaceAll(string(k), "_", " ")
	}
	return out
}()

func kindInWords(k claims.Kind) string {
	if at := slices.Index(kinds, k); at >= 0 {
		return kindsInWords[at]
	}
	return "dealing of unknown kind"
}

// contextInWords gives the reasons of the claims nearest to the firm.
func (c *course) contextInWords() string {
	var reasons []string
	for _, near := range relations {
		if near == relationCountry && len(reasons) == 0 {
			return "country context only"
		}
		for _, x := range c.context {
			if c.subject.claims[x.claim].relation != near {
				continue
			}
			r := x.reason
			if x.imputation >= 0 {
				r = c.rules.tables.Imputation[x.imputation].Reason
			}
			reasons = appendNew(reasons, r)
		}
		if len(reasons) > 0 && near != relationOwn {
			break
		}
	}
	return strings.Join(reasons, ", ")
}

// minority says how far listed owners are from owning the firm, under the regime
// where they hold most.
func (c *course) minority() string {
	var best *sanctions.Verdict
	for i := range c.standing.Verdicts {
		v := &c.standing.Verdicts[i]
		switch v.Status {
		case sanctions.Minority, sanctions.PossiblyOwned, sanctions.ControlIndicated, sanctions.OwnershipUnknown:
			if v.Status == sanctions.OwnershipUnknown && len(v.Proof) == 0 {
				continue
			}
			if best == nil || v.Share.Low > best.Share.Low {
				best = v
			}
		}
	}
	switch {
	case best == nil:
		return ""
	case best.Status == sanctions.OwnershipUnknown:
		return "a listed owner whose share is unknown (" + best.Regime + ")"
	case best.Status == sanctions.PossiblyOwned:
		return "possibly owned by listed parties (" + best.Regime + ")"
	case best.Status == sanctions.ControlIndicated:
		return "control by listed parties indicated (" + best.Regime + ")"
	}
	note := "listed owners hold " + best.Share.String() + " %"
	if best.Margin != "" {
		note += ": " + best.Margin
	}
	return note + " (" + best.Regime + ")"
}

func listings(st *sanctions.Standing) string {
	var out []string
	for i := range st.Listings {
		if st.Listings[i].Answer() != sanctions.Yes {
			continue
		}
		for j := range st.Listings[i].Designations {
			out = appendNew(out, st.Listings[i].Designations[j].List)
		}
	}
	return strings.Join(out, ", ")
}

func regimes(st *sanctions.Standing, status sanctions.OwnershipStatus) string {
	var out []string
	for i := range st.Verdicts {
		if st.Verdicts[i].Status == status {
			out = append(out, st.Verdicts[i].Regime)
		}
	}
	return strings.Join(out, ", ")
}
