package names_test

import (
	"encoding/csv"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

func table(t *testing.T, file string) [][]string {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	return rows[1:]
}

var canonical = regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)

// Every legal form of the table is recognised, as the form that the table gives
// it, at the end of a name or, if it is bound to the start, there.
func TestFormsAreRecognised(t *testing.T) {
	seen := map[string]string{} // phrase and place → form
	for _, r := range table(t, "forms.csv") {
		form, family, place, phrases := r[0], r[1], r[3], r[4]
		assert.Regexp(t, canonical, form)
		assert.Equal(t, family, names.Family(form), "%s has one family", form)
		for phrase := range strings.SplitSeq(phrases, ";") {
			key := place + ":" + keys(phrase)
			if len(phrase) <= 5 {
				key = place + ":" + strings.ToLower(phrase) // counts in its spelling only
			}
			if other := seen[key]; other != "" && other != form {
				t.Errorf("%q stands for %s and for %s", phrase, other, form)
				continue
			}
			seen[key] = form
			text := "Qwerty " + phrase
			if place == "start" {
				text = phrase + " Qwerty"
			}
			found := false
			for _, token := range names.Parse(text, sanctions.KindEntity).Tokens {
				found = found || token.Class == names.LegalForm
			}
			assert.True(t, found, "%q is not recognised in %q", phrase, text)
		}
	}
}

// Every phrase of the other tables is known as one token, unless a legal form or
// a longer phrase has it.
func TestTermsAreRecognised(t *testing.T) {
	for _, r := range append(table(t, "terms.csv"), places(t)...) {
		term, class, generic, place, phrases := r[0], r[1], r[2], r[3], r[4]
		assert.Regexp(t, canonical, term)
		assert.Contains(t, []string{"yes", "no", "sort", "house"}, generic, term)
		if place != "" {
			continue
		}
		for phrase := range strings.SplitSeq(phrases, ";") {
			known := false
			for _, token := range names.Parse("Qwerty "+phrase+" Qwerty", sanctions.KindEntity).Tokens {
				known = known || token.Term != "" || token.Class != names.Word
			}
			if class == "honorific" {
				kind := sanctions.KindPerson
				if strings.ContainsAny(phrase, "/.") {
					kind = sanctions.KindVessel
				}
				known = names.Parse(phrase+" Qwerty", kind).Tokens[0].Class == names.Honorific
			}
			assert.True(t, known, "%q of %s is not recognised", phrase, term)
		}
	}
}

// Every term that is akin to another stands in terms.csv.
func TestAkinTermsAreTerms(t *testing.T) {
	known := map[string]bool{}
	for _, r := range table(t, "terms.csv") {
		known[r[0]] = true
	}
	for _, r := range table(t, "akin.csv") {
		for term := range strings.SplitSeq(r[0], ";") {
			assert.True(t, known[term], term)
			assert.NotEmpty(t, names.Akin(term))
			assert.NotContains(t, names.Akin(term), term)
		}
		assert.NotEmpty(t, r[1], "why")
	}
}

// A legal form and a term of one name are one thing, so that a word of the term names the
// form. That they share a name must be meant.
func TestFormsThatAreTerms(t *testing.T) {
	forms, both := map[string]bool{}, map[string]bool{}
	for _, r := range table(t, "forms.csv") {
		forms[r[0]] = true
	}
	for _, r := range table(t, "terms.csv") {
		if forms[r[0]] {
			both[r[0]] = true
		}
	}
	assert.Equal(t, map[string]bool{"association": true, "branch": true, "cooperative": true, "foundation": true, "fund": true, "trust": true}, both)
}

// Every variant of a given name is the same term in a person's name.
func TestGivenNamesAreRecognised(t *testing.T) {
	seen := map[string]string{}
	for _, r := range table(t, "given.csv") {
		for variant := range strings.SplitSeq(r[1], ";") {
			tokens := names.Parse(variant+" Qwerty", sanctions.KindPerson).Tokens
			assert.Equal(t, r[0], tokens[0].Term, variant)
			assert.Equal(t, "qwerty", tokens[len(tokens)-1].Text, variant)
			if other := seen[tokens[0].Key]; other != "" && other != r[0] {
				t.Errorf("%q is %s and %s", variant, other, r[0])
			}
			seen[tokens[0].Key] = r[0]
		}
	}
}

func places(t *testing.T) [][]string {
	var out [][]string
	for _, r := range table(t, "places.csv") {
		out = append(out, []string{r[0], "qualifier", "no", "", r[1]})
	}
	return out
}

// keys joins the keys of a text's tokens.
func keys(text string) string {
	var out []string
	for _, t := range names.Parse(text, sanctions.KindEntity).Tokens {
		out = append(out, t.Key)
	}
	return strings.Join(out, " ")
}
