package screening

import (
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// Directory finds parties by names that are the same but for spelling: letter
// case, script and romanisation, word forms of a title, the legal form. It is for
// names that a caller's own files give to one another (claims to firms, registers
// to firms), where a resemblance is not enough. It is safe for concurrent use.
type Directory struct {
	ids map[string]string // by nameKey; empty where two parties bear the name
}

// NewDirectory lists parties under all their names that are not weak.
func NewDirectory(parties []sanctions.Party) *Directory {
	d := &Directory{ids: make(map[string]string)}
	for i := range parties {
		for _, n := range parties[i].Names {
			key := nameKey(n.Text)
			if n.Weak || key == "" {
				continue
			}
			if id, taken := d.ids[key]; taken && id != parties[i].ID {
				d.ids[key] = ""
				continue
			}
			d.ids[key] = parties[i].ID
		}
	}
	return d
}

// Find gives the id of the one party that bears the name; false when none does,
// or several do.
func (d *Directory) Find(name string) (id string, ok bool) {
	id = d.ids[nameKey(name)]
	return id, id != ""
}

// nameKey is the same for names that differ in nothing but spelling: the folded
// words in their order, without legal forms, titles and particles. A name of
// nothing else has none.
func nameKey(text string) string {
	var words []string
	for _, t := range names.Parse(text, sanctions.KindUnknown).Tokens {
		switch t.Class {
		case names.LegalForm, names.Honorific, names.Particle:
		default:
			words = append(words, t.Key)
		}
	}
	return strings.Join(words, " ")
}
