package risk_test

import (
	"fmt"
	"testing"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
)

// cached is a screener whose answers are at hand: what is measured is the
// assessment, not the search.
type cached struct {
	coverage sanctions.Coverage
	none     sanctions.Standing
	known    map[string]sanctions.Standing
}

func (c *cached) Coverage() sanctions.Coverage { return c.coverage }

func (c *cached) Screen(p sanctions.Party, asOf sanctions.Date) (sanctions.Standing, error) {
	if st, ok := c.known[p.ID]; ok {
		st.AsOf = asOf
		return st, nil
	}
	st := c.none
	st.Party, st.AsOf = p, asOf
	return st, nil
}

func cache(d *desk) *cached {
	c := &cached{coverage: d.Coverage(), known: map[string]sanctions.Standing{}}
	for id := range d.parties {
		c.known[id], _ = d.Screen(sanctions.Party{ID: id}, today)
	}
	return c
}

// tenClaims is a firm with ten claims of the sorts that occur: talks reported,
// reprinted and denied, a purchase with two accounts, repeated supply, an exit.
func tenClaims(t testing.TB) []risk.Claim {
	return claims(t, talks,
		talks+"; relayed_from=Agency; publisher=Reprint",
		talks+"; claim_polarity=deny; statement_by=Firm Private Limited; root_source_id=firm; source_naming=named",
		purchase, purchase+"; stage=signed; date_from=2017-09-01; root_source_id=other",
		supply, supply+"; engagement_id=chips-2; date_from=2024-08-01; amount=800000; root_source_id=other",
		supply+"; engagement_id=chips-3; date_from=2024-11-01; amount=900000; stage=signed",
		"engagement_id=oil; kind=energy_purchase; stage=operating; item_class=energy; direction=RU→X; counterparty_id=buyer; counterparty_basis=stated; date_from=2024-01-01",
		"engagement_id=oil; kind=energy_purchase; stage=exited; item_class=energy; direction=RU→X; counterparty_id=buyer; counterparty_basis=stated; date_from=2025-11-20; root_source_id=other")
}

func BenchmarkAssess(b *testing.B) {
	scorer := risk.NewScorer(rules.Baseline(), cache(russia()))
	for _, n := range []int{1, 10, 100, 1000} {
		ten := tenClaims(b)
		cs := make([]risk.Claim, n)
		for i := range cs {
			cs[i] = ten[i%10]
			if i >= 10 { // another dealing of the same sort
				cs[i].EngagementID += fmt.Sprint("-", i/10)
				cs[i].EventID += fmt.Sprint("-", i/10)
			}
		}
		subject := risk.NewSubject(firm, cs)
		b.Run(fmt.Sprintf("claims=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := scorer.Assess(subject, today); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "assessments/s")
			b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "claims/s")
		})
	}
}

func BenchmarkNewSubject(b *testing.B) {
	cs := tenClaims(b)
	b.ReportAllocs()
	for b.Loop() {
		risk.NewSubject(firm, cs)
	}
}

func BenchmarkReadRules(b *testing.B) {
	for b.Loop() {
		if _, err := risk.ReadRules(rules.FS()); err != nil {
			b.Fatal(err)
		}
	}
}
