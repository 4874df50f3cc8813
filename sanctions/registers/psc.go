package registers

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// PSC streams the snapshot of the United Kingdom's register of persons with
// significant control, JSON lines as Companies House publishes it.
//
// The register knows bands, not percentages: over 25 up to 50, over 50 but under
// 75, 75 or more; each keeps its open ends. Voting rights and the right to appoint
// the majority of the board are interests of their own, significant influence is
// control, and what is held as a trustee or a member of a firm says so in Stated; land
// that an overseas entity holds as a nominee is an interest of unknown nature.
// ceased_on ends the interest; what has ceased on no stated day is left out. A person
// under protection or without a name, and a company's
// statement that it knows of somebody and cannot name or confirm them, are
// interests without owner; statements that all are named, or that nothing has changed,
// are none. That the register says of a beneficial owner that he is sanctioned is kept
// in Stated, for who lists him is for the lists to say. Companies are gb-coh:NUMBER, and so is an owner that
// states a number of the same register; another owner is the register's own link, and
// the number that it states elsewhere an identifier in the country that it names.
//
// Source: Companies Act 2006 Part 21A and Sch. 1A.
func PSC(r io.Reader, file string) iter.Seq2[Interest, error] {
	return func(yield func(Interest, error) bool) {
		for at, record := range jsonRecords(r, file) {
			var p pscRecord
			if err := record.decode(&p); err != nil {
				if !yield(Interest{Source: at}, err) {
					return
				}
				continue
			}
			for in, err := range p.interests(at) {
				if !yield(in, record.locate(err)) {
					return
				}
			}
		}
	}
}

type pscRecord struct {
	CompanyNumber string `json:"company_number"`
	Data          struct {
		Kind      string   `json:"kind"`
		Name      string   `json:"name"`
		Natures   []string `json:"natures_of_control"`
		Notified  string   `json:"notified_on"`
		Ceased    string   `json:"ceased_on"`
		Over      bool     `json:"ceased"`
		Sanction  bool     `json:"is_sanctioned"`
		Statement string   `json:"statement"`
		Links     struct {
			Self string `json:"self"`
		} `json:"links"`
		Identification struct {
			Number  string `json:"registration_number"`
			Country string `json:"country_registered"`
			Place   string `json:"place_registered"`
		} `json:"identification"`
	} `json:"data"`
}

// pscNobody are statements that there is nobody to name, that all are named, or that
// nothing has changed: they hide no owner.
var pscNobody = map[string]bool{
	"no-individual-or-entity-with-signficant-control":             true, // sic, as published
	"no-individual-or-entity-with-signficant-control-partnership": true,
	"all-beneficial-owners-identified":                            true,
	"nobody-has-become-or-ceased-to-be-a-beneficial-owner":        true,
	"somebody-has-become-or-ceased-to-be-a-beneficial-owner":      true,
	"no-change-beneficial-owner-relevant-period":                  true,
	"change-beneficial-owner-relevant-period":                     true,
	"no-trust-involved-relevant-period":                           true,
	"trust-involved-relevant-period":                              true,
	"no-change-beneficiary-relevant-period":                       true,
	"change-beneficiary-relevant-period":                          true,
}

func (p *pscRecord) interests(at sanctions.Source) iter.Seq2[Interest, error] {
	return func(yield func(Interest, error) bool) {
		d := &p.Data
		fault := func(header, value string, err error) {
			yield(Interest{Source: at}, &sanctions.Fault{Source: at, Header: header, Value: value, Err: err})
		}
		if strings.HasPrefix(d.Kind, "totals#") || d.Kind == "exemptions" {
			return
		}
		if p.CompanyNumber == "" {
			fault("company_number", "", errors.New("the record belongs to no company"))
			return
		}
		in := Interest{OwnedID: pscCompany(p.CompanyNumber), OwnerName: d.Name, Share: sanctions.UnknownShare, Source: at, Stated: "PSC register"}
		var err error
		if in.Period.From, err = sanctions.ParseDate(d.Notified); err != nil {
			fault("data.notified_on", d.Notified, err)
			return
		}
		if in.Period.To, err = sanctions.ParseDate(d.Ceased); err != nil {
			fault("data.ceased_on", d.Ceased, err)
			return
		}
		if d.Over && in.Period.To.IsZero() {
			return // over, and nobody says since when
		}
		switch kind, _, _ := strings.Cut(d.Kind, "#"); {
		case strings.HasPrefix(kind, "super-secure"):
			in.OwnerName, in.Stated = "", "PSC register: a protected person"
			yield(in, in.check(&pscHeaders))
			return
		case strings.HasSuffix(kind, "statement"):
			if !pscNobody[d.Statement] {
				in.OwnerName, in.Stated = "", "PSC register: "+d.Statement
				yield(in, in.check(&pscHeaders))
			}
			return
		case !strings.Contains(kind, "person-with-significant-control") && !strings.HasSuffix(kind, "-beneficial-owner"):
			fault("data.kind", d.Kind, errors.New("unknown kind of record"))
			return
		}
		if in.OwnerID = p.owner(); in.OwnerID == "" && d.Name == "" {
			fault("data.links.self", "", errors.New("the person has neither a link nor a name"))
			return
		}
		if numbers := numbersOf(d.Identification.Country, d.Identification.Number); numbers != nil {
			in.Owner = &Described{Identifiers: numbers}
		}
		sanctioned := ""
		if d.Sanction {
			sanctioned = "; the register says that the owner is sanctioned"
		}
		if in.Stated += sanctioned; len(d.Natures) == 0 {
			in.stranger()
			yield(in, in.check(&pscHeaders)) // of unknown kind
			return
		}
		for i, nature := range d.Natures {
			one := in
			one.Stated = "PSC register: " + nature + sanctioned
			one.stranger()
			if one.Kind, one.Share, err = pscNature(nature); err != nil {
				fault(fmt.Sprintf("data.natures_of_control[%d]", i), nature, err)
				return
			}
			if !yield(one, one.check(&pscHeaders)) {
				return
			}
		}
	}
}

// owner is the id of the person: a company number where it is one of the same
// register, else the register's link to the person's entry.
func (p *pscRecord) owner() string {
	id := &p.Data.Identification
	where := strings.ToLower(id.Country + " " + id.Place)
	if id.Number != "" && (strings.Contains(where, "companies house") || strings.Contains(where, "england") || strings.Contains(where, "united kingdom") ||
		strings.Contains(where, "scotland") || strings.Contains(where, "wales") || strings.Contains(where, "great britain") || strings.Contains(where, "northern ireland")) {
		return pscCompany(id.Number)
	}
	return cmp.Or(strings.TrimPrefix(p.Data.Links.Self, "/"), "")
}

// pscCompany writes a company number in full: eight characters, with zeros that
// forms leave out.
func pscCompany(number string) string {
	n := strings.ToUpper(strings.ReplaceAll(number, " ", ""))
	if strings.Trim(n, "0123456789") == "" && len(n) < 8 {
		n = strings.Repeat("0", 8-len(n)) + n
	}
	return "gb-coh:" + n
}

// pscBands are the ends of the bands by their words in a nature of control.
var pscBands = []struct {
	words string
	share sanctions.ShareRange
}{
	{"-25-to-50-percent", sanctions.ShareRange{Low: 25 * sanctions.Percent, High: 50 * sanctions.Percent, LowOpen: true}},
	{"-50-to-75-percent", sanctions.ShareRange{Low: 50 * sanctions.Percent, High: 75 * sanctions.Percent, LowOpen: true, HighOpen: true}},
	{"-75-to-100-percent", sanctions.ShareRange{Low: 75 * sanctions.Percent, High: sanctions.Whole}},
	{"-more-than-25-percent", sanctions.ShareRange{Low: 25 * sanctions.Percent, High: sanctions.Whole, LowOpen: true}},
}

// pscNature reads a code of the register, such as
// voting-rights-50-to-75-percent-as-trust.
func pscNature(s string) (Kind, sanctions.ShareRange, error) {
	var kind Kind
	switch {
	case strings.HasPrefix(s, "ownership-of-shares"):
		kind = Shares
	case strings.HasPrefix(s, "part-right-to-share-surplus-assets"), strings.HasPrefix(s, "right-to-share-surplus-assets"):
		kind = Ownership
	case strings.HasPrefix(s, "voting-rights"):
		kind = Votes
	case strings.HasPrefix(s, "right-to-appoint-and-remove"):
		return Board, sanctions.ShareRange{Low: sanctions.Whole / 2, High: sanctions.Whole, LowOpen: true}, nil // "a majority of the board", Sch. 1A para. 4
	case strings.HasPrefix(s, "significant-influence-or-control"):
		return Control, sanctions.UnknownShare, nil
	case strings.HasPrefix(s, "registered-owner-as-nominee"):
		return Unknown, sanctions.UnknownShare, nil
	default:
		return 0, sanctions.UnknownShare, errors.New("unknown nature of control")
	}
	for _, b := range pscBands {
		if strings.Contains(s, b.words) {
			return kind, b.share, nil
		}
	}
	return 0, sanctions.UnknownShare, fmt.Errorf("no band in this nature of %v", kind)
}

var pscHeaders = headers{"data.identification.registration_number", "company_number", "data.natures_of_control", "data.natures_of_control", "data.notified_on", "data.ceased_on"}
