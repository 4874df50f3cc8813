package risk_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

func TestClaimsFindTheirFirms(t *testing.T) {
	firms := []claims.Firm{{ID: "forge", Name: "Bharat Forge Limited", Aliases: []string{"Bharat Forge"}, Country: "IN"}, {ID: "acme", Name: "Acme", Country: "TR"}}
	cs := claimed(t,
		"subject_id=forge; kind=mou",
		"subject_id=; subject_name=bharat forge; kind=mou",
		"subject_id=BF; subject_name=Bharat Forge Ltd.; kind=arms_purchase; stage=completed; item_class=arms",
		"subject_id=someone; subject_name=Someone Else; kind=mou",
		"subject_id=adviser; subject_type=person; affiliated_firm_id=forge; capacity=official; kind=meeting",
		"subject_id=state-india; subject_name=India; subject_type=state; kind=state_act",
		"subject_id=state-iran; subject_name=Iran; subject_type=state; kind=state_act")
	var lost []string
	report := risk.WithUnresolved(func(c claims.Claim) { lost = append(lost, c.SubjectName) })
	plain := risk.Subjects(firms, cs, report)
	assert.Len(t, plain[0].Claims(), 4)
	assert.Empty(t, plain[1].Claims())
	assert.Equal(t, []string{"Bharat Forge Ltd.", "Someone Else", "Iran"}, lost, "said, not dropped in silence")

	lost = nil
	asked := 0
	resolver := risk.WithResolver(func(name string) (string, bool) {
		asked++
		return "forge", strings.HasPrefix(name, "Bharat Forge")
	})
	resolved := risk.Subjects(firms, cs, report, resolver)
	assert.Equal(t, []string{"Someone Else", "Iran"}, lost)
	assert.Len(t, resolved[0].Claims(), 5)
	a, err := risk.NewScorer(rules.Baseline(), russia()).Assess(resolved[0], today)
	require.NoError(t, err)
	assert.True(t, a.Score.Point.IsPositive(), "what is resolved is the firm's own")
	assert.Positive(t, asked)
	assert.Equal(t, "forge", resolved[0].Firm().ID)
	assert.NotEqual(t, plain[0].Digest(), resolved[0].Digest(), "other claims, another digest")
}

// Faults of all files come together: a firm whose id stands in another file, and a claim
// that supersedes what no file holds.
func TestSubjectFaultsOfAllFiles(t *testing.T) {
	fsys := fstest.MapFS{
		"one.csv":    {Data: []byte("firm_id,name\nacme,Acme\n")},
		"two.csv":    {Data: []byte("firm_id,name\nother,Other\nacme,Acme again\n")},
		"claims.csv": {Data: []byte("engagement_id,subject_id,subject_type,kind,claim_polarity,supersedes_id\ne1,acme,firm,mou,correct,e9\n")},
	}
	_, err := risk.ReadSubjects(fsys, []string{"one.csv", "two.csv"}, []string{"claims.csv"})
	var got []string
	for _, f := range sanctions.Faults(err) {
		got = append(got, f.Source.String()+" "+f.Header+" "+f.Value)
	}
	assert.Equal(t, []string{"two.csv:3 firm_id acme", "claims.csv:2 supersedes_id e9"}, got)
}

// Who speaks is the firm itself, as its name is written and as it is quoted: without
// its legal form, before what else the cell says. More words are another's name, and
// another legal form is another firm.
func TestFirmsSpeakForThemselves(t *testing.T) {
	forge := claims.Firm{ID: "forge", Name: "Halden Forge Aktiengesellschaft", Aliases: []string{"Хальден ООО"}, Country: "CH"}
	for by, own := range map[string]bool{
		"forge":                           true,
		"Halden Forge Aktiengesellschaft": true,
		"Halden Forge Aktiengesellschaft spokesperson": true,
		"Halden Forge":                  true,
		"HALDEN FORGE":                  true,
		"Halden Forge, annual report":   true,
		"Halden Forge; its lawyers":     true,
		"Halden Forge (filing)":         true,
		"Halden Forge: statement":       true,
		"Хальден":                       true,
		"Halden":                        true, // the alias in the other script
		"Halden Forge Trading":          false,
		"Halden Forge Limited":          false,
		"Halden Steel":                  false,
		"Aktiengesellschaft":            false,
		"sources at Halden Forge":       false,
		"":                              false,
		", on a filing of Halden Forge": false,
	} {
		c := claimed(t, "subject_id=forge; subject_name=; kind=goods_supply; stage=operating; item_class=civilian; direction=X→RU; source_naming=named; engagement_id=deal; date_from=2025-03-01")
		c[0].StatementBy = by
		a := assess(t, russia(), forge, c)
		assert.Equal(t, own, a.Engagements[0].Accounts[0].Evidence.Status == tables.Confirmed, "%q", by)
	}
	for publisher, own := range map[string]bool{
		"Halden Forge":                    true,
		"Halden Forge Aktiengesellschaft": true,
		"Halden Forge Limited":            false,
		"Halden Gazette":                  false,
		"":                                false,
	} {
		c := claimed(t, "subject_id=forge; subject_name=; kind=goods_supply; stage=operating; item_class=civilian; direction=X→RU; source_naming=named; engagement_id=deal; date_from=2025-03-01; statement_by=the company, annual report")
		c[0].Publisher = publisher
		a := assess(t, russia(), forge, c)
		assert.Equal(t, own, a.Engagements[0].Accounts[0].Evidence.Status == tables.Confirmed, "published by %q", publisher)
	}
}
