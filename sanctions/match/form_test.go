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
