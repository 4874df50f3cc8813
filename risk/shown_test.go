package risk_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

func underAuthority(t *testing.T, a assessment.Assessment, id string) assessment.Reached {
	t.Helper()
	i := slices.IndexFunc(a.Authorities, func(r assessment.Reached) bool { return r.Authority == id })
	require.GreaterOrEqual(t, i, 0, "%s is not reached", id)
	return a.Authorities[i]
}

// What aggravates and what mitigates is told apart, each rule once, and is what the rule
// set says of it; a basis is neither.
func TestAggravatingAndMitigating(t *testing.T) {
	roles := map[string]tables.Role{}
	for _, r := range rules.Baseline().Tables().Rules {
		roles[r.ID] = r.Role
	}
	a := assess(t, russia(), firm, claimed(t, purchase, "kind=arms_purchase; stage=exited; engagement_id=s400; root_source_id=exit; source_naming=document; source_reliability=A; as_known_at=2025-12-01"))
	r := underAuthority(t, a, "caatsa-231")
	assert.Contains(t, r.Aggravating, "231-cp-specified")
	assert.Contains(t, r.Mitigating, "231-exited")
	for _, id := range r.Aggravating {
		assert.Equal(t, tables.Aggravating, roles[id], id)
	}
	for _, id := range r.Mitigating {
		assert.Equal(t, tables.Mitigating, roles[id], id)
	}
	for _, list := range [][]string{r.Aggravating, r.Mitigating} {
		assert.Len(t, slices.Compact(slices.Sorted(slices.Values(list))), len(list), "each once")
	}
}

// Every fact that a line rests on leads to where it was read: the firm's to its row and
// its listings, the other side's to its listings, the dealing's to the claims about it.
func TestFactsLeadToTheirSources(t *testing.T) {
	d := russia()
	d.list("exporter", sanctions.Designation{Authority: sanctions.AuthorityState, List: "us-state", Entry: "1", Measures: []sanctions.Measure{sanctions.SpecifiedPerson},
		Sources: []sanctions.Source{{File: "lsp.csv", Line: 3}}})
	d.list("bank", sanctions.Designation{Authority: sanctions.AuthorityEU, List: "eu-269", Entry: "9", Measures: []sanctions.Measure{sanctions.Blocking},
		Sources: []sanctions.Source{{File: "eu.csv", Line: 5}}})
	bank := claims.Firm{ID: "bank", Name: "Bank", Country: "TR", FinancialInstitution: sanctions.Yes, Source: sanctions.Source{File: "firms.csv", Line: 7}}
	reported := claimed(t, purchase+"; subject_id=bank", "subject_id=bank; engagement_id=pay; kind=payment; stage=completed; item_class=financial; direction=joint; counterparty_id=buyer; counterparty_basis=stated; date_from=2024-09-01; amount=5000000; currency=USD; source_naming=document; source_reliability=A")
	a := assess(t, d, bank, reported)
	files := func(authority, fact string) map[string]bool {
		out := map[string]bool{}
		for _, f := range underAuthority(t, a, authority).Factors {
			for _, h := range f.Facts {
				if h.Fact == fact {
					for _, s := range h.Sources {
						out[s.String()] = true
					}
				}
			}
		}
		return out
	}
	assert.Contains(t, files("caatsa-231", "cp_us"), "lsp.csv:3", "the other side's listing")
	assert.Equal(t, map[string]bool{reported[0].Source.String(): true}, files("caatsa-231", "kind"), "the claim")
	assert.Equal(t, map[string]bool{"firms.csv:7": true, "eu.csv:5": true}, files("eo-14024-s11", "firm_is_fi"), "the firm's row and listing")
}

// The reason of an owned firm names the regimes under which it is owned, and no other.
func TestReasonNamesTheRegimes(t *testing.T) {
	d := with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.Owned, Share: share("50")}, sanctions.Verdict{Regime: "eu", Status: sanctions.Owned, Share: share("50")},
		sanctions.Verdict{Regime: "uk", Status: sanctions.Minority, Share: share("50")})
	assert.Contains(t, assess(t, d, firm, nil).Reason, "owned by listed parties under us-ofac, eu")
}

// A dealing whose other side nobody names says so; talks need none.
func TestCounterpartyUnknown(t *testing.T) {
	for row, want := range map[string]bool{
		"kind=arms_purchase; stage=signed; item_class=arms; direction=RU→X; date_from=2024-01-01":                           true,
		"kind=arms_purchase; stage=signed; item_class=arms; direction=RU→X; date_from=2024-01-01; counterparty_id=exporter": false,
	} {
		a := assess(t, russia(), firm, claimed(t, row))
		assert.Equal(t, want, has(a, sanctions.CounterpartyUnknown), row)
	}
}

// What rules could not be decided for is named, one fact beside the other.
func TestFactsMissing(t *testing.T) {
	a := assess(t, russia(), claims.Firm{ID: "firm", Name: "Firm Private Limited"}, claimed(t, "engagement_id=wire; kind=payment; stage=completed; counterparty_id=buyer; counterparty_basis=stated; date_from=2024-09-01"))
	i := slices.IndexFunc(a.Conditions, func(c assessment.Caveat) bool {
		return c.Condition == sanctions.FactsMissing && c.Engagement == "wire"
	})
	require.GreaterOrEqual(t, i, 0)
	missing, said := strings.CutPrefix(a.Conditions[i].Detail, "not known: ")
	require.True(t, said, a.Conditions[i].Detail)
	for _, fact := range []string{"item_class", "us_nexus", "firm_is_fi"} {
		assert.Contains(t, strings.Split(missing, ", "), fact)
	}
}
