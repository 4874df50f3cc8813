package ownership

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// BODS streams the relationships of the Beneficial Ownership Data Standard 0.4,
// JSON, an array of statements or one a line. Names come from the entity and
// person statements, which stand before the relationships that refer to them.
//
// Shares keep what is exact, minimum and maximum, and the exclusive ends, which
// may be numbers (0.4) or flags on minimum and maximum (0.3). A relationship record
// that is closed or updated ends what the same record stated before. Of an
// indirect interest with component records only the components count, which are
// in the file; of one without, what a chain would pass on is not known, so the
// share is [0,100] unless it is the whole. A statement that names no interested
// party and gives a reason is an interest without owner. Ids are the record ids.
func BODS(r io.Reader, file string) iter.Seq2[Interest, error] {
	return func(yield func(Interest, error) bool) {
		reg := bodsRegister{names: make(map[string]string), open: make(map[string][]Interest)}
		stopped := false
		emit := func(in Interest, err error) bool {
			if stopped {
				return false
			}
			stopped = !yield(in, err)
			return !stopped
		}
		for at, record := range jsonRecords(r, file) {
			var s bodsStatement
			err := record.decode(&s)
			if err == nil {
				err = record.locate(reg.take(&s, at, emit))
			}
			if err != nil {
				emit(Interest{Source: at}, err)
			}
			if stopped {
				return
			}
		}
		for _, id := range reg.order {
			for _, in := range reg.open[id] {
				if !emit(in, nil) {
					return
				}
			}
		}
	}
}

type bodsStatement struct {
	StatementDate string      `json:"statementDate"`
	RecordID      string      `json:"recordId"`
	RecordType    string      `json:"recordType"`
	RecordStatus  string      `json:"recordStatus"`
	Details       bodsDetails `json:"recordDetails"`
}

type bodsDetails struct {
	Name  string `json:"name"` // of an entity
	Names []struct {
		FullName string `json:"fullName"`
	} `json:"names"` // of a person
	Subject         json.RawMessage `json:"subject"`
	InterestedParty json.RawMessage `json:"interestedParty"`
	Components      []string        `json:"componentRecords"`
	ComponentsOld   []string        `json:"componentStatementIDs"`
	Interests       []bodsInterest  `json:"interests"`
}

type bodsInterest struct {
	Type   string     `json:"type"`
	Direct string     `json:"directOrIndirect"`
	Share  *bodsShare `json:"share"`
	Start  string     `json:"startDate"`
	End    string     `json:"endDate"`
}

type bodsShare struct {
	Exact            json.RawMessage `json:"exact"`
	Minimum          json.RawMessage `json:"minimum"`
	Maximum          json.RawMessage `json:"maximum"`
	ExclusiveMinimum json.RawMessage `json:"exclusiveMinimum"`
	ExclusiveMaximum json.RawMessage `json:"exclusiveMaximum"`
}

// bodsRegister holds the relationships whose record may still be updated, and the
// names by record.
type bodsRegister struct {
	names map[string]string
	open  map[string][]Interest // by relationship record
	order []string              // of the records, as they came
}

// take reads one statement. What a later one ends is passed on with its end.
func (b *bodsRegister) take(s *bodsStatement, at sanctions.Source, emit func(Interest, error) bool) error {
	d := &s.Details
	fault := func(header, value string, err error) error {
		return &sanctions.Fault{Source: at, Header: header, Value: value, Err: err}
	}
	switch s.RecordType {
	case "entity", "person":
		if d.Name == "" && len(d.Names) > 0 {
			d.Name = d.Names[0].FullName
		}
		b.names[s.RecordID] = d.Name
		return nil
	case "relationship":
	default:
		return fault("recordType", s.RecordType, errors.New("known are entity, person and relationship"))
	}
	day, err := parseDay(s.StatementDate)
	if err != nil {
		return fault("statementDate", s.StatementDate, err)
	}
	if prior, ok := b.open[s.RecordID]; ok {
		for _, in := range prior {
			if in.Period.To.IsZero() && !day.Before(in.Period.From) {
				in.Period.To = day
			}
			// An end that the record did not know is the day of the next statement;
			// without a day the newer statement alone stands.
			if !day.IsZero() && !emit(in, nil) {
				return nil
			}
		}
	} else {
		b.order = append(b.order, s.RecordID)
	}
	b.open[s.RecordID] = nil
	if s.RecordStatus == "closed" {
		return nil
	}
	base := Interest{Share: sanctions.UnknownShare, Source: at}
	subject, reason := bodsParty(d.Subject)
	if subject == "" {
		return fault("recordDetails.subject", reason, errors.New("the relationship has no subject"))
	}
	base.OwnedID, base.OwnedName = subject, b.names[subject]
	party, reason := bodsParty(d.InterestedParty)
	if base.OwnerID, base.OwnerName = party, b.names[party]; party == "" {
		if reason == "" {
			return fault("recordDetails.interestedParty", "", errors.New("the relationship names neither a party nor a reason for not naming one"))
		}
		base.Stated = "BODS: " + reason
		if reason != "noBeneficialOwners" {
			b.open[s.RecordID] = []Interest{base}
		}
		return nil
	}
	if len(d.Interests) == 0 {
		b.open[s.RecordID] = []Interest{base}
		return nil
	}
	for i, it := range d.Interests {
		in := base
		header := fmt.Sprintf("recordDetails.interests[%d]", i)
		if in.Kind, err = bodsKind(it.Type); err != nil {
			return fault(header+".type", it.Type, err)
		}
		in.Stated = "BODS " + it.Type
		if in.Kind == Board && it.Type != "appointmentOfBoard" {
			in.Share = seat
		}
		if in.Period.From, err = parseDay(it.Start); err != nil {
			return fault(header+".startDate", it.Start, err)
		}
		if in.Period.To, err = parseDay(it.End); err != nil {
			return fault(header+".endDate", it.End, err)
		}
		if it.Share != nil {
			var member string
			if in.Share, member, err = it.Share.read(); err != nil {
				return fault(header+".share."+member, it.Share.text(member), err)
			}
		}
		if it.Direct == "indirect" {
			if len(d.Components)+len(d.ComponentsOld) > 0 {
				continue
			}
			in.Stated += ", indirect"
			if in.Share != sanctions.ExactShare(sanctions.Whole) && in.Kind != Control && in.Kind != Board {
				in.Share = sanctions.UnknownShare
			}
		}
		if err := in.check(&headers{"recordDetails.interestedParty", "recordDetails.subject", header + ".type", header + ".share", header + ".startDate", header + ".endDate"}); err != nil {
			return err
		}
		b.open[s.RecordID] = append(b.open[s.RecordID], in)
	}
	return nil
}

// bodsParty reads a record id, or the reason why there is none.
func bodsParty(raw json.RawMessage) (id, reason string) {
	if json.Unmarshal(raw, &id) == nil {
		return id, ""
	}
	var unspecified struct {
		Reason string `json:"reason"`
		// Earlier drafts wrap the reference.
		Entity string `json:"describedByEntityStatement"`
		Person string `json:"describedByPersonStatement"`
	}
	if json.Unmarshal(raw, &unspecified) != nil {
		return "", ""
	}
	return unspecified.Entity + unspecified.Person, unspecified.Reason
}

var bodsKinds = map[string]Kind{
	"shareholding":                       Shares,
	"votingRights":                       Votes,
	"appointmentOfBoard":                 Board,
	"boardMember":                        Board,
	"boardChair":                         Board,
	"seniorManagingOfficial":             Board,
	"otherInfluenceOrControl":            Control,
	"rightsGrantedByContract":            Control,
	"conditionalRightsGrantedByContract": Control,
	"controlViaCompanyRulesOrArticles":   Control,
	"controlByLegalFramework":            Control,
	"settlor":                            Trust,
	"trustee":                            Trust,
	"protector":                          Trust,
	"beneficiaryOfLegalArrangement":      Trust,
	"rightsToSurplusAssetsOnDissolution": Ownership,
	"rightsToProfitOrIncome":             Ownership,
	"rightToProfitOrIncomeFromAssets":    Ownership,
	"enjoymentAndUseOfAssets":            Ownership,
	"nominee":                            Unknown,
	"nominator":                          Unknown,
	"unknownInterest":                    Unknown,
	"unpublishedInterest":                Unknown,
}

func bodsKind(s string) (Kind, error) {
	k, ok := bodsKinds[s]
	if !ok {
		return 0, errors.New("unknown type of interest; see the interestType codelist of BODS 0.4")
	}
	return k, nil
}

// read joins what is stated of a share. Numbers are read as they are written, not
// as floating point. An error comes with the member that it is about.
func (s *bodsShare) read() (share sanctions.ShareRange, member string, err error) {
	given := func(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }
	out := sanctions.UnknownShare
	ends := []struct {
		name, openName string
		raw, open      json.RawMessage
		set            func(r sanctions.ShareRange, exclusive bool)
	}{
		{"minimum", "exclusiveMinimum", s.Minimum, s.ExclusiveMinimum, func(r sanctions.ShareRange, x bool) { out.Low, out.LowOpen = r.Low, r.LowOpen || x }},
		{"maximum", "exclusiveMaximum", s.Maximum, s.ExclusiveMaximum, func(r sanctions.ShareRange, x bool) { out.High, out.HighOpen = r.High, r.HighOpen || x }},
	}
	for _, e := range ends {
		name, raw, flag := e.name, e.raw, string(e.open)
		isFlag := flag == "true" || flag == "false"
		exclusive := flag == "true"
		if given(e.open) && !isFlag {
			name, raw, exclusive = e.openName, e.open, true
		}
		if !given(raw) {
			continue
		}
		r, err := sanctions.ParsePercent(unquoted(raw))
		if err != nil {
			return out, name, err
		}
		e.set(r, exclusive)
		if !out.Valid() {
			return out, name, fmt.Errorf("no share lies in %v", out)
		}
	}
	if !given(s.Exact) {
		return out, "", nil
	}
	exact, err := sanctions.ParsePercent(unquoted(s.Exact))
	if err == nil && intersect(exact, out) != exact {
		err = fmt.Errorf("%v lies outside minimum and maximum, which are %v", exact, out)
	}
	return exact, "exact", err
}

func unquoted(raw json.RawMessage) string { return strings.Trim(string(raw), `"`) }

// text is a member as it is written.
func (s *bodsShare) text(member string) string {
	return unquoted(map[string]json.RawMessage{"exact": s.Exact, "minimum": s.Minimum, "maximum": s.Maximum,
		"exclusiveMinimum": s.ExclusiveMinimum, "exclusiveMaximum": s.ExclusiveMaximum}[member])
}
