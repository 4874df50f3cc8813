package lists

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
)

// OFAC writes everything that its columns have no room for into one cell of
// remarks, parts joined by "; ", each with a label in front and repeats marked
// with "alt. ". The labels are a table; a part without a known label is kept as
// it stands, untagged, so that it can be counted.

// remarkRule is how a labelled part is read.
type remarkRule struct {
	label   string
	kind    string
	scheme  sanctions.Scheme
	country string // of an identifier's register, or the order that directives are of
}

// remarkRules are bucketed by their first byte in lower case, longest label
// first.
var remarkRules = sync.OnceValue(func() map[byte][]remarkRule {
	rules := make(map[byte][]remarkRule)
	for _, row := range table("remarks.csv") {
		label := row["prefix"]
		r := remarkRule{label, row["kind"], sanctions.Scheme(row["scheme"]), row["country"]}
		rules[lower(label[0])] = append(rules[lower(label[0])], r)
	}
	for _, bucket := range rules {
		slices.SortFunc(bucket, func(a, b remarkRule) int {
			return cmp.Or(cmp.Compare(len(b.label), len(a.label)), cmp.Compare(a.label, b.label))
		})
	}
	return rules
})

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// ruleFor finds the rule of a part and what stands behind its label. Case does
// not count: OFAC writes "All offices worldwide" in three ways.
func ruleFor(part string) (remarkRule, string, bool) {
	for _, r := range remarkRules()[lower(part[0])] {
		if len(part) < len(r.label) || !strings.EqualFold(part[:len(r.label)], r.label) {
			continue
		}
		rest := part[len(r.label):]
		if rest == "" || strings.ContainsRune(" :.,#(-'\"0123456789", rune(rest[0])) || strings.HasSuffix(r.label, ".") {
			return r, strings.TrimLeft(rest, " "), true
		}
	}
	return remarkRule{}, "", false
}

// readRemarks takes the remarks of a party apart.
func readRemarks(l *list, d *draft, act *sanctions.Designation) {
	var listed []sanctions.Date
	for _, part := range remarkParts(d.remarks) {
		if date, ok := readRemark(l, d, act, part); ok {
			listed = append(listed, date)
		}
	}
	// A listing date belongs to one programme or directive. It is that of the
	// whole designation only where there is one programme.
	if len(listed) > 0 && len(act.Programmes) == 1 && act.Period.From.IsZero() {
		act.Period.From = slices.MinFunc(listed, sanctions.Date.Compare)
	}
}

// remarkParts splits remarks on "; " and drops the "alt. " of repeats and the
// period that ends the whole. A line break says no more than a space.
func remarkParts(remarks string) []string {
	remarks = trimPeriod(strings.TrimSpace(lineBreaks.Replace(remarks)))
	parts := strings.Split(remarks, "; ")
	out := parts[:0]
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if len(p) > len("alt. ") && strings.EqualFold(p[:len("alt. ")], "alt. ") {
			p = p[len("alt. "):]
		}
		if p = unbracket(strings.TrimSpace(p)); p != "" {
			out = append(out, p)
		}
	}
	return out
}

var lineBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// unbracket drops brackets that stand round a whole part: "(Linked To: X)" in
// some of OFAC's products.
func unbracket(s string) string {
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.Count(s, "(") == 1 {
		if inner, ok = strings.CutSuffix(strings.TrimSuffix(inner, "."), ")"); ok {
			return inner
		}
	}
	return s
}

// trimPeriod drops the period that ends a text but keeps that of an
// abbreviation in dotted letters, as in "S.A.".
func trimPeriod(s string) string {
	body, ok := strings.CutSuffix(s, ".")
	if !ok || len(body) >= 2 && body[len(body)-2] == '.' || len(body) >= 3 && strings.HasSuffix(body[:len(body)-1], ". ") {
		return s
	}
	return body
}

// readRemark reads one part; it returns a date of listing if the part is one.
func readRemark(l *list, d *draft, act *sanctions.Designation, part string) (sanctions.Date, bool) {
	at := d.remarksAt
	rule, rest, known := ruleFor(part)
	if !known {
		if !readNumbered(d, part) {
			d.addRemark("", part, at)
			l.note(UnknownRemark, at, part, "parts of remarks have no label that is known; they are kept as they stand")
		}
		return sanctions.Date{}, false
	}
	value := strings.TrimSpace(strings.TrimLeft(rest, ":-, "))
	switch rule.kind {
	case "birth":
		d.Births = append(d.Births, parseSpan(value))
	case "country":
		if !d.addCountry(value) && !isNothing(value) {
			l.note(UnknownTerm, at, value, "a country in the remarks is not known; the remark is kept")
		}
		d.addRemark(rule.label, value, at)
	case "alias", "former":
		kind := sanctions.NameAlias
		if rule.kind == "former" {
			kind = sanctions.NameFormer
		}
		// Quotes round an a.k.a. are OFAC's mark of a weak one. FAQ 122.
		d.addName(strings.Trim(trimPeriod(value), `'"`), kind, strings.HasPrefix(value, "'"), at)
	case "link":
		d.addLink(strings.ToLower(rule.label), value, at)
	case "risk":
		d.SecondaryRisk = append(d.SecondaryRisk, secondaryRisk(rule.label, part, value, at))
	case "directive":
		if n, ok := directiveNumber(value); ok {
			act.Directives = append(act.Directives, rule.country+" Directive "+n)
		}
		d.addRemark(rule.label, value, at)
	case "menu":
		for _, m := range menuItem.FindAllStringSubmatch(value, -1) {
			act.MenuItems = append(act.MenuItems, m[1])
		}
		d.addRemark(rule.label, value, at)
	case "listed":
		d.addRemark(rule.label, value, at)
		_, day, _ := cutLast(value, ")")
		return parseListedDay(strings.Trim(day, " :"))
	case "id":
		readIdentifier(d, rule, part, rest)
	default:
		d.addRemark(rule.label, value, at)
	}
	return sanctions.Date{}, false
}

var (
	menuItem       = regexp.MustCompile(`Sec\.? 235(\([a-z]\)\(\d+\))`)
	directiveWord  = regexp.MustCompile(`Subject to Directive (\d[A-Za-z]?)\b`)
	cfr589         = regexp.MustCompile(`31 C\.?F\.?R\.?\s*(?:part |section |§ ?)?(589(?:\.\d+)?)`)
	section11      = regexp.MustCompile(`(?i)section 11 of (?:Executive Order|E\.?O\.?) ?14024`)
	registerSuffix = regexp.MustCompile(`^(.*?)(?: ?\(([^()]+)\))?((?: (?:issued|expires|expired|exp\.?|effective|expiry)\b.*)?)$`)
	// innerLabel is a second name of the number: "CNIC: " in "National ID No. CNIC: 35202".
	innerLabel = regexp.MustCompile(`^[A-Z][A-Za-z]*: ?`)
	// numberEnd parts a number from what is said of it: "10740 Jalisco",
	// "43753 (Jalisco)", "467323, Doc. 694710", "OR801168 and".
	numberEnd     = regexp.MustCompile(`^(.*?\d[^ ]*?)(?:,? \(?[A-Z]?[a-z]{2}|, )`)
	numberedLabel = regexp.MustCompile(`^([A-Z][\pL.'/& -]*?) (?:No\.|Number|#|ID|Nr\.) ?#? ?(\S*\d\S*(?: [\dA-Z./-]*\d[\dA-Z./-]*)*)((?: \([^()]+\))?.*)$`)
)

// directiveNumber finds N in "Subject to Directive N".
func directiveNumber(s string) (string, bool) {
	m := directiveWord.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	return strings.ToUpper(m[1]), true
}

// secondaryRisk tells which programme a warning of secondary sanctions is of.
// Russia-related are section 11 of E.O. 14024 and 31 CFR part 589; "Subject to
// Secondary Sanctions" is of the Iran and Hizballah programmes.
func secondaryRisk(label, part, value string, at sanctions.Source) sanctions.SecondaryRisk {
	risk := sanctions.SecondaryRisk{Text: strings.TrimSuffix(part, "."), Source: at}
	switch m := cfr589.FindStringSubmatch(value); {
	case label == "Additional Sanctions Information":
		risk.Basis = "additional information"
	case section11.MatchString(value):
		risk.Basis, risk.Russia = "EO 14024 s.11", true
	case m != nil:
		risk.Basis, risk.Russia = "31 CFR "+m[1], true
	default:
		risk.Basis = strings.TrimSuffix(value, ".")
	}
	return risk
}

// readIdentifier reads "No. 7718852163 (Russia) issued 1 Jan 2010" behind a
// known label. Whatever does not fit an identifier keeps the part as a remark.
func readIdentifier(d *draft, rule remarkRule, part, rest string) {
	at := d.remarksAt
	rest = strings.TrimSpace(strings.TrimLeft(rest, " :-"))
	for _, lead := range []string{"No.", "No ", "#", "Number", "Nr.", "ID No.", "Identification Number"} {
		rest = strings.TrimSpace(strings.TrimPrefix(rest, lead))
	}
	if rule.scheme == sanctions.Crypto { // "- XBT 12Qt…"
		currency, address, ok := strings.Cut(rest, " ")
		if !ok {
			currency, address = "", rest
		}
		if !hasDigit(address) { // a currency alone, where the remarks were cut
			d.addRemark(rule.label, part, at)
			return
		}
		d.addIdentifier(sanctions.NewIdentifier(sanctions.Crypto, trimPeriod(address), ""), at)
		d.addRemark(rule.label, joinNonEmpty(" ", currency, address), at)
		return
	}
	m := registerSuffix.FindStringSubmatch(rest)
	value, country, extra := strings.Trim(m[1], " "), rule.country, strings.TrimSpace(m[3])
	scheme := rule.scheme
	switch scheme {
	case sanctions.Website, sanctions.Email:
		value, extra, _ = strings.Cut(rest, " ")
		value = trimPeriod(value)
	case sanctions.Phone, sanctions.Ticker:
		value, extra = rest, ""
	default:
		if value == "" {
			value, m[2] = m[2], "" // "No. (5777731)"
		}
		if strings.Contains(value, ":") {
			value = innerLabel.ReplaceAllString(value, "")
		}
		if m[2] != "" {
			if code, ok := sanctions.ParseCountry(m[2]); ok {
				country = code
			} else {
				extra = joinNonEmpty(" ", m[2], extra)
			}
		}
		if strings.Contains(value, " ") {
			if end := numberEnd.FindStringSubmatchIndex(value); end != nil {
				value, extra = value[:end[3]], joinNonEmpty(" ", value[end[3]:], extra)
			}
		}
		value = trimPeriod(value)
	}
	if scheme == sanctions.IMO {
		value = strings.TrimSpace(strings.TrimPrefix(value, "IMO"))
	}
	if value == "" || !hasDigit(value) && !lettersOnly(scheme) {
		d.addRemark(rule.label, part, at)
		return
	}
	d.addIdentifier(identifierOf(scheme, value, country), at)
	if extra != "" || scheme == sanctions.OtherID {
		d.addRemark(rule.label, strings.TrimSpace(strings.TrimPrefix(part, rule.label)), at)
	}
}

// lettersOnly reports whether an identifier of the scheme may be without a
// digit. A number without one is a word: "NIT # Provisional".
func lettersOnly(scheme sanctions.Scheme) bool {
	switch scheme {
	case sanctions.Website, sanctions.Email, sanctions.BIC, sanctions.CallSign, sanctions.AircraftTail, sanctions.Ticker:
		return true
	}
	return false
}

// readNumbered reads a part whose label is not in the table but plainly says
// that a number follows, such as "Istanbul Chamber of Comm. No. 537070 (Turkey)",
// and an address of the net without a label.
func readNumbered(d *draft, part string) bool {
	switch address, _, _ := strings.Cut(part, " "); {
	case strings.HasPrefix(address, "http://"), strings.HasPrefix(address, "https://"), strings.HasPrefix(address, "www."):
		d.addIdentifier(sanctions.NewIdentifier(sanctions.Website, address, ""), d.remarksAt)
		d.addRemark("Website", part, d.remarksAt)
		return true
	case strings.Index(address, "@") > 0:
		d.addIdentifier(sanctions.NewIdentifier(sanctions.Email, trimPeriod(address), ""), d.remarksAt)
		d.addRemark("Email", part, d.remarksAt)
		return true
	}
	m := numberedLabel.FindStringSubmatch(part)
	if m == nil {
		return false
	}
	country := ""
	if open, _, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(m[3]), "("), ")"); ok {
		country, _ = sanctions.ParseCountry(open)
	}
	scheme := sanctions.OtherID
	if strings.Contains(m[1], "Regist") || strings.Contains(m[1], "Chamber") || strings.Contains(m[1], "Company") {
		scheme = sanctions.Registration
	}
	d.addIdentifier(identifierOf(scheme, strings.TrimRight(m[2], ".,"), country), d.remarksAt)
	d.addRemark(m[1], part, d.remarksAt)
	return true
}

// identifierOf narrows a scheme by the shape that the number has in a country:
// a Russian tax number is an INN, a Russian registration number an OGRN.
func identifierOf(scheme sanctions.Scheme, value, country string) sanctions.Identifier {
	switch scheme {
	case sanctions.LEI, sanctions.IMO, sanctions.MMSI, sanctions.ISIN, sanctions.BIC, sanctions.DUNS, sanctions.Wikidata,
		sanctions.CallSign, sanctions.AircraftTail, sanctions.Crypto:
		if scheme != sanctions.LEI || len(value) == 20 {
			country = "" // given out for the whole world
		}
	}
	id := sanctions.NewIdentifier(scheme, value, country)
	digits := isDigits(id.Value)
	switch {
	case scheme == sanctions.LEI && len(id.Value) != 20:
		return sanctions.NewIdentifier(sanctions.Registration, value, country)
	case country == "RU" && digits && (scheme == sanctions.Tax || scheme == sanctions.Registration || scheme == sanctions.OtherID):
		switch len(id.Value) {
		case 10, 12:
			if scheme != sanctions.OtherID {
				return sanctions.NewIdentifier(sanctions.INN, value, country)
			}
		case 13, 15:
			return sanctions.NewIdentifier(sanctions.OGRN, value, country)
		}
	case scheme == sanctions.OKPO && !(digits && (len(id.Value) == 8 || len(id.Value) == 10) && (country == "RU" || country == "")):
		return sanctions.NewIdentifier(sanctions.Registration, value, country)
	case country == "IN" && scheme == sanctions.Registration && isCIN(id.Value):
		return sanctions.NewIdentifier(sanctions.CIN, value, country)
	case country == "CN" && len(id.Value) == 18 && !digits && (scheme == sanctions.Registration || scheme == sanctions.Tax):
		return sanctions.NewIdentifier(sanctions.USCC, value, country)
	}
	return id
}

// isCIN reports whether a value has the shape of an Indian corporate identity
// number: L or U, five digits, two letters, four digits, three letters, six digits.
func isCIN(s string) bool {
	if len(s) != 21 || s[0] != 'L' && s[0] != 'U' {
		return false
	}
	return isDigits(s[1:6]) && !hasDigit(s[6:8]) && isDigits(s[8:12]) && !hasDigit(s[12:15]) && isDigits(s[15:])
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+len(sep):], true
}
