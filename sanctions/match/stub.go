package match

import "github.com/sanctionrisk/exposure/sanctions"

// retrieves reports whether an identifier names one party and may find it.
func retrieves(id sanctions.Identifier) bool {
	switch id.Scheme {
	case sanctions.LEI, sanctions.INN, sanctions.OGRN, sanctions.IMO, sanctions.USCC, sanctions.CIN:
		return id.Value != ""
	case sanctions.Registration, sanctions.Tax:
		return id.Value != "" && id.Country != ""
	}
	return false
}

func variants(text string) []string { return []string{text} }
