package match

import (
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions/names"
)

// form is a legal form of a name.
type form struct{ text, family string }

// appendForms appends the legal forms of a name whose words are ready, those left out
// whose family is not known or says little: many a limited company calls itself a
// corporation.
func appendForms(dst []form, words []names.Weighed) []form {
	for i := range words {
		w := &words[i]
		if w.Class != names.LegalForm {
			continue
		}
		switch family := names.Family(w.Term); family {
		case "", "corporation", "private", "bank", "branch", "family":
		default:
			dst = append(dst, form{w.Text, family})
		}
	}
	return dst
}

// formsApart reports whether both names state legal forms and these have no family in
// common: ООО Алмаз is not АО Алмаз.
func formsApart(asked, listed []form) (why string, apart bool) {
	if len(asked) == 0 || len(listed) == 0 {
		return "", false
	}
	for _, f := range asked {
		if slices.ContainsFunc(listed, func(o form) bool { return o.family == f.family }) {
			return "", false
		}
	}
	return "legal form: " + strings.ToUpper(asked[0].text) + ", but the listed name has " + strings.ToUpper(listed[0].text), true
}
