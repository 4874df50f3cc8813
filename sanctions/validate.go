package sanctions

import (
	"errors"
	"fmt"
	"strings"
)

// Validate reports what is wrong with an identifier by the rules of its scheme:
// its length, its characters and its check digits. An identifier of a scheme
// without published rules is valid if it is not empty. A number of noughts only is
// a placeholder and never valid.
//
// Lists do publish wrong numbers. A wrong number is kept, and still says something
// to a reader; it does not retrieve a party and does not contradict one.
//
// The rules: LEI ISO 17442 with ISO 7064 mod 97-10; INN, the Federal Tax Service's
// order MMV-7-6/435; OGRN, the Ministry of Finance's order 165n; OKPO, PR 50.1.024;
// USCC GB 32100-2015; ISIN ISO 6166; BIC ISO 9362; CIN, the form of the Indian
// Ministry of Corporate Affairs; IMO numbers, resolutions A.1117(30) for ships and
// MSC.160(78) for companies, either of which may be meant.
func (id Identifier) Validate() error {
	v := id.Value
	if v == "" {
		return fmt.Errorf("%s: no value", id.Scheme)
	}
	if strings.Trim(v, "0") == "" {
		return fmt.Errorf("%s: %q is a placeholder", id.Scheme, v)
	}
	var err error
	switch id.Scheme {
	case LEI:
		err = checkLEI(v)
	case INN:
		err = checkINN(v)
	case OGRN:
		err = checkOGRN(v)
	case KPP:
		err = shape(v, "ddddxxddd", "9 characters, such as 773601001")
	case OKPO:
		err = checkOKPO(v)
	case USCC:
		err = checkUSCC(v)
	case CIN:
		err = shape(v, "adddddaaddddaaadddddd", "21 characters, such as L17110MH1973PLC019786")
		if err == nil && v[0] != 'L' && v[0] != 'U' {
			err = errors.New("it starts with L (listed) or U (unlisted)")
		}
	case IMO:
		err = checkIMO(v)
	case MMSI, DUNS:
		err = shape(v, "ddddddddd", "9 digits")
	case ISIN:
		err = checkISIN(v)
	case BIC:
		if err = shape(v, "xxxxaaxx", "8 or 11 characters, such as DEUTDEFF500"); err != nil {
			err = shape(v, "xxxxaaxxxxx", "8 or 11 characters, such as DEUTDEFF500")
		}
	case Wikidata:
		if v[0] != 'Q' || len(v) < 2 || strings.Trim(v[1:], "0123456789") != "" {
			err = errors.New("it is a Q and digits, such as Q95")
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %q: %w", id.Scheme, v, err)
	}
	return nil
}

// Strong reports whether the identifier is valid and names one party by itself, so
// that it retrieves that party and that two different ones contradict each other.
// Registration and tax numbers and the papers of a person do so within the country
// of their register, and only if it is known. KPP, MMSI, call signs, tickers and
// whatever reaches a party (phone, e-mail, website) never do.
func (id Identifier) Strong() bool {
	switch id.Scheme {
	case LEI, INN, OGRN, OKPO, USCC, CIN, IMO, ISIN, BIC, DUNS, Wikidata, Crypto:
	case Registration, Tax, VAT, Passport, NationalID:
		if id.Country == "" || len(id.Value) < 4 {
			return false
		}
	default:
		return false
	}
	return id.Validate() == nil
}

// Local reports whether the identifier is a company's number in a register that is one
// of several of its country, kept by courts, states, cities or chambers that each count
// from one: HRB 12345 is a firm in Munich and another in Hamburg. It is [Identifier.Strong]
// for finding a party, and by itself no proof that two are one.
//
// Source: GLEIF's Registration Authorities List, which has several registers of firms in
// these countries. A country that is not among them may have several too.
func (id Identifier) Local() bool {
	if id.Scheme != Registration {
		return false
	}
	switch id.Country {
	case "AE", "BR", "CA", "CO", "DE", "ES", "IR", "IT", "LB", "MX", "SY", "TR", "US", "VE":
		return true
	}
	return false
}

var errCheckDigit = errors.New("the check digit is wrong; compare with the source")

// shape holds a value against a pattern of d (digit), a (letter) and x (either).
func shape(v, pattern, want string) error {
	ok := len(v) == len(pattern)
	for i := 0; ok && i < len(v); i++ {
		digit := v[i] >= '0' && v[i] <= '9'
		letter := v[i] >= 'A' && v[i] <= 'Z'
		switch pattern[i] {
		case 'd':
			ok = digit
		case 'a':
			ok = letter
		default:
			ok = digit || letter
		}
	}
	if !ok {
		return errors.New("it is " + want)
	}
	return nil
}

// weighted sums the digits of v, each times its weight. There are as many weights
// as digits that count.
func weighted(v string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(v[i]-'0') * w
	}
	return sum
}

func digitAt(v string, i int) int { return int(v[i] - '0') }

// digits36 writes letters as 10 to 35 and calls each with every decimal digit.
func digits36(v string, each func(d int)) {
	for i := range len(v) {
		if v[i] <= '9' {
			each(int(v[i] - '0'))
		} else {
			n := int(v[i]-'A') + 10
			each(n / 10)
			each(n % 10)
		}
	}
}

func checkLEI(v string) error {
	if err := shape(v, "xxxxxxxxxxxxxxxxxxdd", "20 characters of which the last two are digits"); err != nil {
		return err
	}
	mod := 0
	digits36(v, func(d int) { mod = (mod*10 + d) % 97 })
	if mod != 1 {
		return errCheckDigit
	}
	return nil
}

func checkINN(v string) error {
	switch len(v) {
	case 10:
		if err := shape(v, "dddddddddd", "10 or 12 digits"); err != nil {
			return err
		}
		if weighted(v, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 != digitAt(v, 9) {
			return errCheckDigit
		}
		return nil
	case 12:
		if err := shape(v, "dddddddddddd", "10 or 12 digits"); err != nil {
			return err
		}
		if weighted(v, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 != digitAt(v, 10) ||
			weighted(v, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 != digitAt(v, 11) {
			return errCheckDigit
		}
		return nil
	}
	return errors.New("it is 10 digits for a firm, 12 for a person")
}

func checkOGRN(v string) error {
	mod := 11
	switch len(v) {
	case 13:
	case 15: // of an individual entrepreneur
		mod = 13
	default:
		return errors.New("it is 13 digits for a firm, 15 for an entrepreneur")
	}
	if strings.Trim(v, "0123456789") != "" {
		return errors.New("it is digits only")
	}
	rest := 0
	for i := range len(v) - 1 {
		rest = (rest*10 + digitAt(v, i)) % mod
	}
	if rest%10 != digitAt(v, len(v)-1) {
		return errCheckDigit
	}
	return nil
}

func checkOKPO(v string) error {
	if (len(v) != 8 && len(v) != 10) || strings.Trim(v, "0123456789") != "" {
		return errors.New("it is 8 digits for a firm, 10 for an entrepreneur")
	}
	last := len(v) - 1
	sum := func(from int) (n int) { // weights from 1 to 10, and again from 1
		for i := range last {
			n += digitAt(v, i) * ((from+i-1)%10 + 1)
		}
		return n % 11
	}
	check := sum(1)
	if check == 10 {
		check = sum(3) % 10
	}
	if check != digitAt(v, last) {
		return errCheckDigit
	}
	return nil
}

func checkUSCC(v string) error {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // no I, O, S, V, Z
	if len(v) != 18 || strings.Trim(v, alphabet) != "" {
		return errors.New("it is 18 digits and letters without I, O, S, V and Z")
	}
	sum, weight := 0, 1
	for i := range 17 {
		sum += strings.IndexByte(alphabet, v[i]) * weight
		weight = weight * 3 % 31
	}
	if (31-sum%31)%31 != strings.IndexByte(alphabet, v[17]) {
		return errCheckDigit
	}
	return nil
}

func checkIMO(v string) error {
	if err := shape(v, "ddddddd", "7 digits"); err != nil {
		return err
	}
	ship := weighted(v, 7, 6, 5, 4, 3, 2) % 10
	company := (11 - weighted(v, 8, 6, 4, 2, 9, 7)%11) % 10
	if check := digitAt(v, 6); check != ship && check != company {
		return errCheckDigit
	}
	return nil
}

func checkISIN(v string) error {
	if err := shape(v, "aaxxxxxxxxxd", "12 characters, such as US0378331005"); err != nil {
		return err
	}
	// Luhn over the digits, from the right; the check digit is not doubled.
	var digits [24]int
	n := 0
	digits36(v, func(d int) { digits[n] = d; n++ })
	sum := 0
	for i := range n {
		d := digits[n-1-i]
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	if sum%10 != 0 {
		return errCheckDigit
	}
	return nil
}
