package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

func ExampleBaseline() {
	tables := rules.Baseline().Tables()
	for _, a := range tables.Authorities[:3] {
		fmt.Println(a.ID, a.Nature, a.Effective.From)
	}
	// Output:
	// caatsa-231 mandatory 2017-08-02
	// caatsa-226 mandatory 2017-08-02
	// caatsa-228 mandatory 2017-08-02
}

func TestBaselineCoversTheAuthorities(t *testing.T) {
	set := rules.Baseline().Tables()
	natures := map[string]tables.Nature{}
	for _, a := range set.Authorities {
		natures[a.ID] = a.Nature
	}
	for id, nature := range map[string]tables.Nature{
		"caatsa-231": tables.Mandatory, "caatsa-226": tables.Mandatory, "caatsa-228": tables.Mandatory, "caatsa-232": tables.Discretionary, "caatsa-233": tables.Mandatory,
		"eo-14024": tables.Discretionary, "eo-14024-s11": tables.Discretionary, "eo-ukraine": tables.Discretionary, "eu-269": tables.ListingRisk, "eu-833-annex-iv": tables.ListingRisk,
		"eu-833-12f": tables.ListingRisk, "eu-833-5ad": tables.ListingRisk, "uk-russia": tables.ListingRisk, "us-bis": tables.ListingRisk, "ca-sema": tables.ListingRisk,
		"ch-ukraine": tables.ListingRisk, "jp-fefa": tables.ListingRisk, "au-autonomous": tables.ListingRisk, "ua-nsdc": tables.ListingRisk,
		"us-causing": tables.Primary, "own-status": tables.Own,
	} {
		assert.Equal(t, nature, natures[id], id)
		n := 0
		for _, r := range set.Rules {
			if r.Authority == id && r.Role == tables.Basis {
				n++
			}
		}
		assert.Positive(t, n, "%s has no basis rule", id)
	}
}

// A rule starts no earlier than its authority, and ends no later.
func TestRulesLieWithinTheirAuthorities(t *testing.T) {
	tables := rules.Baseline().Tables()
	of := map[string]sanctions.Period{}
	for _, a := range tables.Authorities {
		of[a.ID] = a.Effective
	}
	for _, r := range tables.Rules {
		assert.False(t, r.Effective.From.Before(of[r.Authority].From), "%s starts before %s", r.ID, r.Authority)
		assert.False(t, r.Effective.To.After(of[r.Authority].To), "%s ends after %s", r.ID, r.Authority)
	}
}

// Section 11 and section 226 ask every time whether the firm is a bank.
func TestBankRulesAskForABank(t *testing.T) {
	for _, r := range rules.Baseline().Tables().Rules {
		if r.Role != tables.Basis || r.Authority != "eo-14024-s11" && r.Authority != "caatsa-226" {
			continue
		}
		asks := false
		for _, c := range r.When {
			asks = asks || c == tables.Condition{Fact: "firm_is_fi", Test: "yes"}
		}
		assert.True(t, asks, r.ID)
	}
}

// The list of 23 February 2024 has fifty codes, tier by tier as published; the nine
// of its first two tiers had been named as of high priority in the alert of 19 May
// 2023.
func TestHighPriorityList(t *testing.T) {
	count := map[string]int{}
	for _, x := range rules.Baseline().Tables().Tiers {
		count[x.Tier]++
		from := "2024-02-23"
		if x.Tier == "1" || x.Tier == "2" {
			from = "2023-05-19"
		}
		assert.Equal(t, from, x.Effective.From.String(), x.HS6)
	}
	assert.Equal(t, map[string]int{"1": 4, "2": 5, "3a": 16, "3b": 9, "4a": 11, "4b": 5}, count)
}

func TestFSIsTheBaseline(t *testing.T) {
	again, err := risk.ReadRules(rules.FS())
	require.NoError(t, err)
	assert.Equal(t, rules.Baseline().Digest(), again.Digest())
	assert.Len(t, again.Digest(), 64)
	assert.Same(t, rules.Baseline(), rules.Baseline())
	for _, r := range again.Tables().Rules {
		assert.True(t, strings.HasPrefix(r.Source.File, "rules.csv") && r.Source.Line > 1, "%v", r.Source)
	}
}

// Copy the folder, change a cell, read it.
func ExampleFS() {
	rs, err := risk.ReadRules(rules.FS())
	fmt.Println(err, rs.Digest() == rules.Baseline().Digest())
	// Output: <nil> true
}
