package match_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// TestLegalForms holds that a hit by name alone says so where the legal forms are of
// different families, and that it costs no more than the scorer takes for it.
func TestLegalForms(t *testing.T) {
	for _, c := range []struct{ asked, listed, against, why string }{
		{"ООО Алмаз-Вымпел", "AO Almaz-Vympel", "legal form: ООО, but the listed name has AO", "another sort of body"},
		{"Almaz-Vympel LLC", "ОАО Алмаз-Вымпел", "legal form: LLC, but the listed name has ОАО", "in another script"},
		{"FGUP Almaz-Vympel", "Almaz-Vympel JSC", "legal form: FGUP, but the listed name has JSC", "a state enterprise is no company by shares"},
		{"PJSC Almaz-Vympel", "OAO Almaz-Vympel", "", "both are companies by shares"},
		{"Almaz-Vympel GmbH", "OOO Almaz-Vympel", "", "one translates the other"},
		{"Almaz-Vympel", "AO Almaz-Vympel", "", "one is silent"},
		{"Almaz-Vympel LLC", "Almaz-Vympel", "", "the other is silent"},
		{"Almaz-Vympel Inc", "Almaz-Vympel Ltd", "", "many a limited company calls itself incorporated"},
	} {
		x := index(t, []sanctions.Party{listed("1", sanctions.KindEntity, c.listed)})
		hits := x.Search(match.Query{Name: c.asked, Kind: sanctions.KindEntity})
		require.Len(t, hits, 1, c.asked)
		assert.Equal(t, c.against, strings.Join(hits[0].Contradicts, "; "), "%s and %s: %s", c.asked, c.listed, c.why)
		assert.Equal(t, hits[0].Comparison().Score, hits[0].Score)
		assert.Equal(t, hits[0].Comparison().Strength, hits[0].Strength)
	}
	party := listed("1", sanctions.KindEntity, "AO Almaz-Vympel")
	party.Identifiers = []sanctions.Identifier{russian(sanctions.INN, "7718852163")}
	hits := index(t, []sanctions.Party{party}).Search(match.Query{Name: "OOO Almaz-Vympel", Identifiers: party.Identifiers})
	require.Len(t, hits, 1)
	assert.Equal(t, sanctions.ByIdentifier, hits[0].Basis)
	assert.Equal(t, sanctions.StrengthExact, hits[0].Strength, "the identifier decides")
	assert.Equal(t, []string{"legal form: OOO, but the listed name has AO"}, hits[0].Contradicts, "and the form is shown")
}

// TestNamedForms holds that a search finds what a word of one name names as the legal form
// of the other, whichever of them is asked for, at any minimum.
func TestNamedForms(t *testing.T) {
	texts := []string{"Stichting Silver Reed", "Silver Reed Foundation", "Silver Reed Stiftung", "Silver Reed Charitable Fondation",
		"Silver Reed Charitable Foundation", "Silver Reed e.V.", "Silver Reed Association", "Silver Reed Mutual Fund", "Silver Reed Fund",
		"Silver Reed Business Trust", "The Trust of Silver Reed", "Кооператив Силвер Рид", "Silver Reed Cooperative"}
	for i, listedAs := range texts {
		x := index(t, []sanctions.Party{listed("1", sanctions.KindEntity, listedAs)})
		for _, asked := range texts {
			for least := sanctions.Similarity(500); least < 10000; least += 475 {
				q := match.Query{Name: asked, Kind: sanctions.KindEntity, Min: least}
				assert.Equal(t, brief(x.Scan(q)), brief(x.Search(q)), "%s and %s at %v", asked, listedAs, least)
			}
		}
		if i < 5 {
			for _, asked := range texts[:5] {
				hits := x.Search(match.Query{Name: asked, Kind: sanctions.KindEntity})
				if assert.Len(t, hits, 1, "%s and %s", asked, listedAs) {
					assert.Empty(t, hits[0].Contradicts)
					assert.GreaterOrEqual(t, hits[0].Strength, sanctions.StrengthStrong)
				}
			}
		}
	}
}
