package risk_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
)

const (
	shipment = "engagement_id=lathes; kind=dual_use_supply; stage=completed; item_class=dual_use; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; date_from=2024-05-01; root_source_id=customs"
	remedy   = "kind=remediation; statement_by=Firm Private Limited; root_source_id=filing; as_known_at=2025-06-01"
)

// What a firm did about a dealing is shown with it, as a mitigating fact of each
// authority that reads it, and moves no score.
func TestRemediation(t *testing.T) {
	other := strings.ReplaceAll(shipment, "lathes", "mills") + "; kind=goods_supply; item_class=civilian; counterparty_id=; counterparty_name=Mukomol; date_from=2024-07-01"
	before := assess(t, russia(), firm, claimed(t, shipment, other))
	require.Equal(t, "eo-14024", before.Strongest)
	for _, tc := range []struct {
		name, row string
		of        []string // engagements that it is shown with
	}{
		{"goods taken back", remedy + "; engagement_id=lathes; item=goods taken back", []string{"lathes"}},
		{"a synonym", strings.Replace(remedy, "remediation", "voluntary disclosure", 1) + "; engagement_id=lathes", []string{"lathes"}},
		{"all that the firm does", strings.Replace(remedy, "remediation", "compliance programme", 1), []string{"lathes", "mills"}},
		{"who acts for the firm", remedy + "; engagement_id=lathes; subject_type=person; subject_id=head; affiliated_firm_id=firm; capacity=official", []string{"lathes"}},
		{"for himself", remedy + "; engagement_id=lathes; subject_type=person; subject_id=head; affiliated_firm_id=firm; capacity=personal", nil},
		{"another dealing", remedy + "; engagement_id=drills", nil},
		{"not known yet", remedy + "; engagement_id=lathes; as_known_at=2026-05-01", nil},
		{"an opinion", remedy + "; engagement_id=lathes; claim_polarity=opinion", nil},
		{"another firm's", remedy + "; engagement_id=lathes; subject_id=somebody", nil},
		{"it replaces the report of the dealing", remedy + "; engagement_id=lathes; supersedes_id=lathes; root_source_id=customs", []string{"lathes"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := assess(t, russia(), firm, claimed(t, shipment, other, tc.row))
			sums(t, &a)
			assert.Equal(t, before.Score, a.Score)
			require.Len(t, a.Authorities, len(before.Authorities))
			var shown []string
			for _, e := range a.Engagements {
				if len(e.Remediation) > 0 {
					shown = append(shown, e.ID)
					assert.Equal(t, claims.Remediation, e.Remediation[0].Kind)
				}
			}
			assert.Equal(t, tc.of, shown)
			for i, r := range a.Authorities {
				assert.Equal(t, before.Authorities[i].Score, r.Score, r.Authority)
				assert.Equal(t, before.Authorities[i].Reach, r.Reach, r.Authority)
				assert.NotContains(t, before.Authorities[i].Mitigating, "remediation")
				if r.Nature != tables.Own {
					assert.Equal(t, tc.of != nil, slices.Contains(r.Mitigating, "remediation"), "%s: %v", r.Authority, r.Mitigating)
				}
			}
		})
	}
}

// A remedy that is denied is context and no more; of one that is told anew the later
// version stands; remediation alone is no dealing.
func TestRemediationThatIsDenied(t *testing.T) {
	before := assess(t, russia(), firm, claimed(t, shipment))
	told := remedy + "; engagement_id=lathes"
	denied := assess(t, russia(), firm, claimed(t, shipment, told, told+"; claim_polarity=deny; root_source_id=prosecutor; source_naming=document"))
	assert.Equal(t, before.Score, denied.Score)
	assert.Equal(t, before.Conditions, denied.Conditions, "the dealing itself is not disputed")
	assert.Empty(t, denied.Engagements[0].Remediation)
	assert.Len(t, denied.Context, 2)
	restated := assess(t, russia(), firm, claimed(t, shipment, told, told+"; claim_polarity=correct; supersedes_id=lathes; as_known_at=2025-08-01"))
	assert.Equal(t, before.Score, restated.Score)
	require.Len(t, restated.Engagements[0].Remediation, 1)
	assert.Equal(t, "2025-08-01", restated.Engagements[0].Remediation[0].Known.String(), "the later version stands")
	alone := assess(t, russia(), firm, claimed(t, remedy))
	assert.Empty(t, alone.Engagements)
	assert.Equal(t, assessment.FindingContext, alone.Finding)
	require.Len(t, alone.Context, 1)
	assert.Equal(t, "remediation", alone.Context[0].Imputation)
	assert.Contains(t, alone.Context[0].Citation, "31 CFR part 501")
}
