package registers

import (
	"errors"
	"io"
	"iter"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// FollowTheMoney streams the Ownership and Directorship entities of a
// FollowTheMoney file, JSON lines such as entities.ftm.json of OpenSanctions. Other
// entities give names and identifiers to the parties, wherever in the file they
// stand: interests of parties that have not been described yet come last.
//
// percentage is free text there. A plain number, with a point or a comma before its
// one or two decimals, a band ("25-50", "25% to 50%") and an open one (">25", "under 50",
// "более 25") are read; of anything else nothing is known of the
// share, and the text is kept in Stated. An owner of whom the file tells neither name nor
// number nor owners is one whom it does not name. Dates known to the year or month only
// begin with its first day and end after its last. A directorship is a seat on the
// board. An owner or asset given several times is several interests. Numbers with
// wrong check digits are kept as lists publish them; they recognise nobody.
func FollowTheMoney(r io.Reader, file string) iter.Seq2[Interest, error] {
	return func(yield func(Interest, error) bool) {
		known := make(map[string]*party)
		owned := make(map[string]bool)
		var waiting []Interest // for a party to be described
		for at, record := range jsonRecords(r, file) {
			var e ftmEntity
			if err := record.decode(&e); err != nil {
				if !yield(Interest{Source: at}, err) {
					return
				}
				continue
			}
			owners, assets := "owner", "asset"
			switch e.Schema {
			case "Ownership":
			case "Directorship":
				owners, assets = "director", "organization"
			default:
				known[e.ID] = e.party()
				continue
			}
			in, err := e.interest(at)
			for _, end := range []string{assets, owners} {
				if err == nil && len(e.Properties[end]) == 0 {
					err = &sanctions.Fault{Source: at, Header: "properties." + end, Err: errors.New("the entity joins no two parties")}
				}
			}
			if err != nil {
				if !yield(in, record.locate(err)) {
					return
				}
				continue
			}
			for _, owner := range e.Properties[owners] {
				for _, asset := range e.Properties[assets] {
					in.OwnerID, in.OwnedID = owner, asset
					owned[asset] = true
					err := record.locate(in.check(&ftmHeaders))
					if err == nil && (known[owner] == nil || known[asset] == nil) {
						waiting = append(waiting, in)
					} else if !yield(in.withParties(known), err) {
						return
					}
				}
			}
		}
		for _, in := range waiting {
			in = in.withParties(known)
			if !owned[in.OwnerID] {
				in.stranger()
			}
			if !yield(in, nil) {
				return
			}
		}
	}
}

// ftmSchemes are the properties that hold numbers.
var ftmSchemes = []struct {
	property string
	scheme   sanctions.Scheme
}{
	{"leiCode", sanctions.LEI}, {"innCode", sanctions.INN}, {"ogrnCode", sanctions.OGRN}, {"okpoCode", sanctions.OKPO},
	{"uscCode", sanctions.USCC}, {"imoNumber", sanctions.IMO}, {"swiftBic", sanctions.BIC}, {"isinCode", sanctions.ISIN},
	{"dunsCode", sanctions.DUNS}, {"wikidataId", sanctions.Wikidata}, {"taxNumber", sanctions.Tax}, {"vatCode", sanctions.VAT},
	{"passportNumber", sanctions.Passport}, {"idNumber", sanctions.NationalID},
}

// party reads what an entity says of itself.
func (e *ftmEntity) party() *party {
	p := &party{name: e.Caption}
	var d Described
	for _, property := range []string{"name", "alias"} {
		for _, name := range e.Properties[property] {
			if p.name == "" {
				p.name = name
			}
			if name != p.name {
				d.Names = append(d.Names, name)
			}
		}
	}
	country := ""
	for _, property := range []string{"jurisdiction", "country", "nationality"} {
		if c := e.Properties[property]; len(c) > 0 && country == "" {
			country, _ = sanctions.ParseCountry(c[0])
		}
	}
	for _, s := range ftmSchemes {
		for _, value := range e.Properties[s.property] {
			d.Identifiers = append(d.Identifiers, sanctions.NewIdentifier(s.scheme, value, country))
		}
	}
	for _, number := range e.Properties["registrationNumber"] {
		d.Identifiers = append(d.Identifiers, numbersOf(country, number)...)
	}
	if len(d.Names)+len(d.Identifiers) > 0 {
		p.Described = &d
	}
	return p
}

type ftmEntity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Caption    string              `json:"caption"`
	Properties map[string][]string `json:"properties"`
}

func (e *ftmEntity) interest(at sanctions.Source) (Interest, error) {
	in := Interest{Kind: Shares, Share: sanctions.UnknownShare, Source: at, Stated: "FollowTheMoney " + e.ID}
	if e.Schema == "Directorship" {
		in.Kind, in.Share = Board, seat
	}
	if percentages := e.Properties["percentage"]; in.Kind == Shares && len(percentages) > 0 {
		share, ok := parseFreePercent(percentages[0])
		if in.Share = share; !ok {
			in.Stated += ": " + percentages[0]
		}
		for _, p := range percentages[1:] {
			if other, ok := parseFreePercent(p); ok {
				in.Share = in.Share.Hull(other)
			}
		}
	}
	var err error
	if start := e.Properties["startDate"]; len(start) > 0 {
		if in.Period.From, _, err = parseSpan(start[0]); err != nil {
			return in, &sanctions.Fault{Source: at, Header: "properties.startDate[0]", Value: start[0], Err: err}
		}
	}
	if end := e.Properties["endDate"]; len(end) > 0 {
		if _, in.Period.To, err = parseSpan(end[0]); err != nil {
			return in, &sanctions.Fault{Source: at, Header: "properties.endDate[0]", Value: end[0], Err: err}
		}
	}
	return in, nil
}

// parseSpan reads a day, month or year: its first day, and the day after its last.
func parseSpan(s string) (first, after sanctions.Date, err error) {
	day, _, _ := strings.Cut(s, "T")
	switch len(day) {
	case len("2006"):
		first, err = sanctions.ParseDate(day + "-01-01")
		year, _, _ := first.Civil()
		after = sanctions.NewDate(year+1, 1, 1)
	case len("2006-01"):
		first, err = sanctions.ParseDate(day + "-01")
		year, month, _ := first.Civil()
		after = sanctions.NewDate(year, month+1, 1)
	default:
		first, err = sanctions.ParseDate(day)
		after = first.AddDays(1)
	}
	return first, after, err
}

// freeBounds are words before a percentage that people type for "more than" and the
// like, in English, Russian and Ukrainian.
var freeBounds = []struct{ words, sign string }{
	{"more than", ">"}, {"over", ">"}, {"above", ">"}, {"at least", ">="}, {"not less than", ">="}, {"minimum", ">="}, {"from", ">="},
	{"less than", "<"}, {"under", "<"}, {"below", "<"}, {"at most", "<="}, {"not more than", "<="}, {"up to", "<="}, {"maximum", "<="},
	{"не менее", ">="}, {"не более", "<="}, {"более", ">"}, {"больше", ">"}, {"свыше", ">"}, {"менее", "<"}, {"меньше", "<"}, {"до", "<="}, {"от", ">="},
	{"не менше", ">="}, {"не більше", "<="}, {"більше", ">"}, {"понад", ">"}, {"менше", "<"}, {"від", ">="},
	{"≥", ">="}, {"≤", "<="}, {">=", ">="}, {"<=", "<="}, {">", ">"}, {"<", "<"},
}

// parseFreePercent reads a percentage that people have typed; false when it says
// nothing that can be relied on.
func parseFreePercent(s string) (sanctions.ShareRange, bool) {
	text := strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(s), "%", " ")), " ")
	for _, read := range []func(string) (sanctions.ShareRange, error){parseTyped, parseTypedBound, parseTypedBand} {
		if r, err := read(text); err == nil {
			return r, true
		}
	}
	return sanctions.UnknownShare, false
}

var errNoPercentage = errors.New("this is no percentage")

// parseTypedBound reads a share of which one end is typed.
func parseTypedBound(text string) (sanctions.ShareRange, error) {
	for _, b := range freeBounds {
		number, ok := strings.CutPrefix(text, b.words)
		if !ok {
			continue
		}
		r, err := parseTyped(number)
		out := sanctions.UnknownShare
		switch open := len(b.sign) == 1; b.sign[0] {
		case '>':
			out.Low, out.LowOpen = r.Low, open
		default:
			out.High, out.HighOpen = r.High, open
		}
		if err == nil && !out.Valid() {
			err = errNoPercentage
		}
		return out, err
	}
	return sanctions.UnknownShare, errNoPercentage
}

// parseTypedBand reads a share of which both ends are typed.
func parseTypedBand(text string) (sanctions.ShareRange, error) {
	for _, from := range []string{"from ", "от ", "від "} {
		text = strings.TrimPrefix(text, from)
	}
	for _, dash := range []string{"-", "–", "—", " to ", " до "} {
		if low, high, ok := strings.Cut(text, dash); ok {
			a, err := parseTyped(low)
			b, err2 := parseTyped(high)
			if out := (sanctions.ShareRange{Low: a.Low, High: b.High}); err == nil && err2 == nil && out.Valid() {
				return out, nil
			}
		}
	}
	return sanctions.UnknownShare, errNoPercentage
}

// parseTyped reads a number that may have a decimal comma: 50,5, but not 1,234.
func parseTyped(s string) (sanctions.ShareRange, error) {
	s = strings.TrimSpace(s)
	if whole, decimals, ok := strings.Cut(s, ","); ok && (len(decimals) == 1 || len(decimals) == 2) {
		s = whole + "." + decimals
	}
	return sanctions.ParsePercent(s)
}

var ftmHeaders = headers{"properties.owner", "properties.asset", "schema", "properties.percentage[0]", "properties.startDate[0]", "properties.endDate[0]"}
