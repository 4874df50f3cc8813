package risk_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
)

// today is the date of the assessment where a test names no other.
var today = sanctions.MustParseDate("2026-03-31")

// claims reads rows of a claims file. Each row is written as column=value pairs
// separated by "; ", over defaults that make a plain affirmation by a firm.
func claimed(t testing.TB, rows ...string) []claims.Claim {
	t.Helper()
	return claimsOf(t, rows...)
}

func claimsOf(t require.TestingT, rows ...string) []claims.Claim {
	columns := claims.Columns()
	index := map[string]int{}
	for i, c := range columns {
		index[c] = i
	}
	out := make([]claims.Claim, len(rows))
	for n, row := range rows {
		c := &out[n]
		pairs := "subject_id=firm; subject_type=firm; claim_polarity=affirm; source_reliability=B; info_credibility=2; source_naming=named; root_source_id=root; " + row
		cells := map[string]string{} // a later pair replaces an earlier one
		for pair := range strings.SplitSeq(pairs, "; ") {
			name, value, ok := strings.Cut(pair, "=")
			_, known := index[name]
			require.True(t, ok && known, "%q", pair)
			cells[name] = value
		}
		for name, value := range cells {
			if value != "" { // as the reader of a file: an empty cell is not set
				require.NoError(t, c.SetCell(index[name], value), "%s=%s", name, value)
			}
		}
		c.Source = sanctions.Source{File: "claims.csv", Line: n + 2}
	}
	return out
}

var firm = claims.Firm{ID: "firm", Name: "Firm Private Limited", Country: "IN", FinancialInstitution: sanctions.No,
	Source: sanctions.Source{File: "firms.csv", Line: 2}}

// russia is a desk that knows four Russian parties: on the List of Specified
// Persons and blocked, blocked under E.O. 14024 from a date, and listed by the EU.
func russia() *desk {
	d := &desk{}
	since := func(s string) sanctions.Period { return sanctions.Period{From: sanctions.MustParseDate(s)} }
	d.list("exporter", sanctions.Designation{Authority: sanctions.AuthorityState, List: "us-state-caatsa-231", Entry: "exporter",
		Measures: []sanctions.Measure{sanctions.SpecifiedPerson}, Period: since("2017-10-27"), Sources: []sanctions.Source{{File: "lsp.csv", Line: 2}}})
	d.list("exporter", sanctions.Designation{Authority: sanctions.AuthorityOFAC, List: "us-ofac-sdn", Entry: "18782", Programmes: []string{"RUSSIA-EO14024"},
		Measures: []sanctions.Measure{sanctions.Blocking}, Period: since("2015-01-01"), Sources: []sanctions.Source{{File: "sdn.csv", Line: 9}}})
	d.list("buyer", sanctions.Designation{Authority: sanctions.AuthorityOFAC, List: "us-ofac-sdn", Entry: "1", Programmes: []string{"RUSSIA-EO14024"},
		Measures: []sanctions.Measure{sanctions.Blocking}, Period: since("2023-05-19"), Sources: []sanctions.Source{{File: "sdn.csv", Line: 3}}})
	d.list("eu-buyer", sanctions.Designation{Authority: sanctions.AuthorityEU, List: "eu-269", Entry: "2",
		Measures: []sanctions.Measure{sanctions.Blocking}, Period: since("2022-06-04"), Sources: []sanctions.Source{{File: "eu.csv", Line: 4}}})
	return d
}

func assess(t require.TestingT, d *desk, f claims.Firm, cs []claims.Claim) assessment.Assessment {
	a, err := risk.NewScorer(rules.Baseline(), d).Assess(risk.NewSubject(f, cs), today)
	require.NoError(t, err)
	return a
}

func points(s string) decimal.Decimal { return decimal.RequireFromString(s) }
