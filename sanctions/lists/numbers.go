package lists

import (
	"regexp"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// labelledNumber is a number with its name in front, as in "INN: 7704 676 655".
// Names longer than others stand first.
var labelledNumber = regexp.MustCompile(`(?i)(tax(?:payer)? identification (?:number|No\.?)|tax registration number|(?:state |business )?registration (?:number|No\.?)|tax ID(?: No\.?)?|TIN|INN|OGRN|KPP|OKPO|ИНН|ОГРН|КПП|ОКПО|IMO(?: number)?|LEI|D-U-N-S|BIC)(?: ?\([^()]*\))?[ .:#/–—-]*((?:\d ?){5,}\d|[A-Z]{0,6}\d[A-Z0-9]{5,19}\b)`)

var labelSchemes = map[string]sanctions.Scheme{
	"inn": sanctions.INN, "инн": sanctions.INN, "ogrn": sanctions.OGRN, "огрн": sanctions.OGRN, "kpp": sanctions.KPP,
	"кпп": sanctions.KPP, "okpo": sanctions.OKPO, "окпо": sanctions.OKPO, "lei": sanctions.LEI, "d-u-n-s": sanctions.DUNS,
	"bic": sanctions.BIC, "imo": sanctions.IMO, "imo number": sanctions.IMO,
}

func labelScheme(label string) sanctions.Scheme {
	label = strings.ToLower(label)
	if s, ok := labelSchemes[label]; ok {
		return s
	}
	if strings.Contains(label, "registration") && !strings.Contains(label, "tax") {
		return sanctions.Registration
	}
	return sanctions.Tax
}

// plainNumber is a cell that holds nothing but a number.
var plainNumber = regexp.MustCompile(`^[\pL]{0,4}[-№ ]?[\d][\dA-Za-z ./-]*$|^[A-Z0-9]{8,21}$`)

// behindNumber starts what a publisher says of a number behind it.
var behindNumber = regexp.MustCompile(`(?i)\s+(?:on|from|as of|dated|since|valid|issued|expire[sd]|until)\b`)

// numbersIn finds the identifiers in a cell of a scheme. home is the country of
// a register that the cell does not name. whole is false when the cell says
// more than its numbers, so that the caller keeps it.
func numbersIn(cell string, scheme sanctions.Scheme, home string) (ids []sanctions.Identifier, whole bool) {
	whole = true
	switch scheme {
	case sanctions.Website, sanctions.Email, sanctions.Phone, sanctions.Ticker:
		for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == ',' && scheme != sanctions.Phone }) {
			ids = append(ids, sanctions.NewIdentifier(scheme, strings.TrimSpace(part), ""))
		}
		return ids, true
	}
	for _, part := range splitOutside(cell) {
		part = strings.Trim(part, " .")
		if part == "" {
			continue
		}
		labelled := labelledNumber.FindAllStringSubmatch(part, -1)
		for _, m := range labelled {
			ids = append(ids, narrow(labelScheme(m[1]), m[2], home))
		}
		first := part
		if len(labelled) > 0 {
			rest := part
			for _, m := range labelled {
				rest = strings.Replace(rest, m[0], "", 1)
			}
			if first = strings.Trim(part[:strings.Index(part, labelled[0][0])], " ,;"); strings.Trim(rest, " ,;.") != first {
				whole = false
			}
			if first == "" {
				continue
			}
		}
		if cut := behindNumber.FindStringIndex(first); cut != nil {
			first, whole = first[:cut[0]], false
		}
		text, note, noted := strings.Cut(first, "(")
		text, country := strings.TrimSpace(text), home
		if noted {
			whole = false
			note = strings.Trim(note, ") ")
			if code, ok := sanctions.ParseCountry(note); ok {
				country, whole = code, true
			} else if label := noteLabel.FindString(note); label != "" {
				scheme, whole = labelScheme(label), strings.EqualFold(label, note)
			}
		}
		if plainNumber.MatchString(text) {
			ids = append(ids, narrow(scheme, text, country))
		} else if text != "" {
			whole = false
		}
	}
	return ids, whole
}

// noteLabel is the name of a number in the brackets behind it: "(Tax ID/INN)".
var noteLabel = regexp.MustCompile(`(?i)\b(?:INN|OGRN|KPP|OKPO|IMO|LEI)\b|\b(?:tax|taxpayer) ?(?:registration|identification)? ?(?:ID|number)|\bregistration number`)

// splitOutside splits a cell at what joins numbers, but not inside brackets.
func splitOutside(cell string) []string {
	if !strings.Contains(cell, "(") {
		return listWords.Split(cell, -1)
	}
	depth := 0
	masked := strings.Map(func(r rune) rune {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth = max(0, depth-1)
		case depth > 0 && r < 128:
			return 'x' // as wide as what it hides
		}
		return r
	}, cell)
	var parts []string
	start := 0
	for _, m := range listWords.FindAllStringIndex(masked, -1) {
		parts = append(parts, cell[start:m[0]])
		start = m[1]
	}
	return append(parts, cell[start:])
}

// narrow keeps a Russian scheme only for numbers of its length: publishers put
// an OGRN into a column for tax numbers and the other way round.
func narrow(scheme sanctions.Scheme, number, country string) sanctions.Identifier {
	id := sanctions.NewIdentifier(scheme, number, country)
	n := len(id.Value)
	if !isDigits(id.Value) {
		return identifierOf(scheme, number, country)
	}
	fits := map[sanctions.Scheme]bool{
		sanctions.INN: n == 10 || n == 12, sanctions.OGRN: n == 13 || n == 15,
		sanctions.KPP: n == 9, sanctions.OKPO: n == 8 || n == 10,
	}
	if ok, russian := fits[scheme]; russian {
		switch {
		case ok:
			return id
		case fits[sanctions.INN]:
			return sanctions.NewIdentifier(sanctions.INN, number, "")
		case fits[sanctions.OGRN]:
			return sanctions.NewIdentifier(sanctions.OGRN, number, "")
		}
		return sanctions.NewIdentifier(sanctions.Registration, number, "RU")
	}
	return identifierOf(scheme, number, country)
}

// recognise types a number that its publisher does not name by the scheme whose
// check digits it passes: of the whole world, or of the country that the party is
// known in. Any other stays untyped.
func recognise(number, home string) sanctions.Identifier {
	schemes := []sanctions.Scheme{sanctions.LEI, sanctions.ISIN}
	if strings.HasPrefix(strings.ToUpper(number), "IMO") {
		schemes = []sanctions.Scheme{sanctions.IMO}
	}
	for _, scheme := range append(schemes, sanctions.SchemesOf(home)...) {
		if id := sanctions.NewIdentifier(scheme, number, ""); id.Validate() == nil {
			return id
		}
	}
	return sanctions.NewIdentifier(sanctions.OtherID, number, home)
}
