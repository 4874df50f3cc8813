package lists

import (
	"regexp"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// OwnershipStatement is the relation of a link that holds a sentence on
// ownership as a list writes it, such as "51 % of the shares are held by the
// state". It is a flag for a reader; no percentage is taken from it.
const OwnershipStatement = "ownership statement"

var (
	owning  = regexp.MustCompile(`(?i)\b(?:owns|owned|owner|owners|owning|ownership|shareholders?|shareholding|shares|stake|subsidiary|subsidiaries|parent company|holding company)\b`)
	extent  = regexp.MustCompile(`(?i)\d\s?%|per ?cent\b|\b(?:majority|minority|wholly|fully|solely|jointly|partly|half|controll?(?:s|ed|ing)?|main|sole|beneficial|indirectly|directly|co-owner|part of)\b|\b(?:owned|held) by\b|\bsubsidiar(?:y|ies) of\b|\bparent company\b`)
	endings = regexp.MustCompile(`[.;!?]\s+(?:[\p{Lu}‘“"(]|$)`)
)

// flagOwnership lifts sentences on ownership out of reasons and free remarks.
func (d *draft) flagOwnership() {
	flag := func(text string, at sanctions.Source) {
		if !mayOwn(text) || !owning.MatchString(text) {
			return
		}
		for _, sentence := range sentences(text) {
			if owning.MatchString(sentence) && extent.MatchString(sentence) {
				d.addLink(OwnershipStatement, tidy(sentence), at)
			}
		}
	}
	for i := range d.Designations {
		if act := &d.Designations[i]; len(act.Sources) > 0 {
			flag(act.Text, act.Sources[0])
		}
	}
	for _, r := range d.Remarks {
		switch strings.ToLower(r.Tag) {
		case "", "notes", "other information", "comments1":
			flag(r.Text, r.Source)
		}
	}
}

// mayOwn reports whether a text has any of the letters that the words of owning
// are made of: most texts have not, and the patterns are slow.
func mayOwn(text string) bool {
	text = strings.ToLower(text)
	for _, part := range []string{"own", "share", "stake", "subsidiar", "parent comp", "holding comp"} {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// sentences cuts a text after each mark that ends a sentence.
func sentences(text string) []string {
	var out []string
	start := 0
	for _, m := range endings.FindAllStringIndex(text, -1) {
		out = append(out, text[start:m[0]+1])
		start = m[0] + 1
	}
	return append(out, text[start:])
}
