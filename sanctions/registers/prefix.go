package registers

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// An id of the canonical file is one of its author's own (alpha, NK-abc, a URL),
// or has a prefix that says who gave it: an identifier scheme (lei:…), a register
// by its code at org-id.guide (gb-coh:…, ru-inn:…), or a list (us-ofac-sdn:…). A
// prefix that is none of these is nearly always a slip, which would cut the party
// off from the one that is meant, and so is a fault; and so is a number whose
// check digits are wrong.

// Prefixes judges the prefixes of ids; the zero value knows no lists and lets any prefix
// with a hyphen pass.
type Prefixes struct {
	Lists []string          // nil when nobody said which lists there are
	Known func(string) bool // ids that stand as they are
}

// check tells what is wrong with an id.
func (p *Prefixes) check(id string) error {
	i := strings.IndexByte(id, ':')
	if i < 0 {
		return nil
	}
	prefix, number := id[:i], id[i+1:]
	if p.Known != nil && p.Known(id) || strings.HasPrefix(number, "//") || prefix == "urn" || slices.Contains(p.Lists, prefix) {
		return nil
	}
	if strings.TrimSpace(number) == "" {
		return errors.New("nothing stands after the colon; write scheme:value")
	}
	if identifier, ok := IdentifierOf(id); ok {
		if err := identifier.Validate(); err != nil {
			return fmt.Errorf("%w; correct it, or write an id of your own without a colon", err)
		}
		return nil
	}
	if _, ok := registerCode(prefix); ok || p.Lists == nil && strings.Contains(prefix, "-") {
		return nil
	}
	schemes := make([]string, len(sanctions.Schemes()))
	for i, s := range sanctions.Schemes() {
		schemes[i] = string(s)
	}
	lists := "those of the lists at hand, such as us-ofac-sdn"
	if p.Lists != nil {
		lists = "the lists " + strings.Join(p.Lists, ", ")
		if len(p.Lists) == 0 {
			lists = "no list, since none is at hand"
		}
	}
	return fmt.Errorf("unknown scheme %q; known are %s, registers of org-id.guide such as gb-coh, and %s; an id of your own has no colon",
		prefix, strings.Join(schemes, ", "), lists)
}

// IdentifierOf reads an id as an identifier: scheme:value, or of a register whose
// code names the scheme (RU-INN, XI-LEI) or is known.
func IdentifierOf(id string) (sanctions.Identifier, bool) {
	prefix, number, ok := strings.Cut(id, ":")
	if !ok {
		return sanctions.Identifier{}, false
	}
	if scheme, err := sanctions.ParseScheme(prefix); err == nil {
		return sanctions.NewIdentifier(scheme, number, ""), true
	}
	country, ok := registerCode(prefix)
	if !ok {
		return sanctions.Identifier{}, false
	}
	register := strings.ToLower(prefix)
	if scheme, err := sanctions.ParseScheme(register[len("gb-"):]); err == nil {
		return sanctions.NewIdentifier(scheme, number, country), true
	}
	scheme, ok := registers[register]
	return sanctions.NewIdentifier(scheme, number, country), ok
}

// registers are those of org-id.guide whose numbers lists of parties give too, and
// whose code does not name a scheme.
var registers = map[string]sanctions.Scheme{
	"gb-coh": sanctions.Registration, "in-mca": sanctions.CIN, "us-ein": sanctions.Tax,
	"nl-kvk": sanctions.Registration, "cy-drcor": sanctions.Registration, "fr-rcs": sanctions.Registration,
	"no-brc": sanctions.Registration, "fi-pro": sanctions.Registration, "ua-edr": sanctions.Registration,
}

// registerCode reports whether a prefix has the form of a code of org-id.guide, a
// country and the register's letters, and gives the country; it is empty for the
// codes of no one country.
func registerCode(prefix string) (country string, ok bool) {
	if len(prefix) < len("gb-c") || prefix[2] != '-' || strings.IndexFunc(prefix[3:], notInCode) >= 0 {
		return "", false
	}
	switch country = strings.ToUpper(prefix[:2]); country {
	case "XI", "XM", "XR": // international, multilateral and regional registers
		return "", true
	}
	code, ok := sanctions.ParseCountry(country)
	return country, ok && code == country
}

func notInCode(c rune) bool {
	return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_')
}
