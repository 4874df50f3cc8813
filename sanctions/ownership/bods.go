package ownership

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// BODS streams the relationships of the Beneficial Ownership Data Standard 0.4,
// JSON, an array of statements or one a line. Names and identifiers come from the
// entity and person statements, wherever in the file they stand, so that interests
// are yielded when all of it has been read. An identifier whose scheme org-id.guide
// names is read as one (XI-LEI, RU-INN, GB-COH); of others the text is of no use here
// and passed over, and so are check digits: publishers' numbers are what they are.
//
// Shares keep what is exact, minimum and maximum, and the exclusive ends, which
// may be numbers (0.4) or flags on minimum and maximum (0.3). A relationship record
// that is closed or updated ends what the same record stated before. Of an
// indirect interest whose component records are all in the file only the components
// count; of another, what a chain would pass on is not known, so the share is [0,100]
// unless it is the whole. A statement that names no interested
// party and gives a reason is an interest without owner. Ids are the record ids.
func BODS(r io.Reader, file string) iter.Seq2[Interest, error] {
	return func(yield func(Interest, error) bool) {
		reg := bodsRegister{parties: make(map[string]*party), open: make(map[string][]bodsRelation), seen: make(map[string]bool)}
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
				err = record.locate(reg.take(&s, at))
			}
			if err != nil {
				emit(Interest{Source: at}, err)
			}
			if stopped {
				return
			}
		}
		for _, id := range reg.order {
			reg.done = append(reg.done, reg.open[id]...)
		}
		for i := range reg.done {
			if r := &reg.done[i]; !reg.repeats(r) && !emit(reg.finish(r), nil) {
				return
			}
		}
	}
}

type bodsStatement struct {
	StatementID   string      `json:"statementId"`
	StatementDate string      `json:"statementDate"`
	RecordID      string      `json:"recordId"`
	RecordType    string      `json:"recordType"`
	RecordStatus  string      `json:"recordStatus"`
	Details       bodsDetails `json:"recordDetails"`
}

type bodsDetails struct {
	Name       string   `json:"name"` // of an entity
	Alternates []string `json:"alternateNames"`
	Names      []struct {
		FullName string `json:"fullName"`
	} `json:"names"` // of a person
	Identifiers []struct {
		Scheme     string `json:"scheme"`
		SchemeName string `json:"schemeName"`
		ID         string `json:"id"`
	} `json:"identifiers"`
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

// bodsRegister holds what has been read of a file.
type bodsRegister struct {
	parties map[string]*party
	open    map[string][]bodsRelation // by relationship record, which may still be updated
	order   []string                  // of these records, as they came
	done    []bodsRelation            // that a later statement has ended
	seen    map[string]bool           // relationship records and statements
}

// bodsRelation is an interest, and of an indirect one the records that it is
// composed of.
type bodsRelation struct {
	Interest
	indirect   bool
	components []string
}

// finish says what a relationship comes to when the whole file is known.
func (b *bodsRegister) finish(r *bodsRelation) Interest {
	in := r.Interest.withParties(b.parties)
	if r.indirect && in.Share != sanctions.ExactShare(sanctions.Whole) && in.Kind != Control && in.Kind != Board {
		in.Share = sanctions.UnknownShare
	}
	return in
}

// repeats reports whether a relationship is in the file link by link.
func (b *bodsRegister) repeats(r *bodsRelation) bool {
	for _, id := range r.components {
		if !b.seen[id] {
			return false
		}
	}
	return r.indirect && len(r.components) > 0
}

// take reads one statement.
func (b *bodsRegister) take(s *bodsStatement, at sanctions.Source) error {
	d := &s.Details
	fault := func(header, value string, err error) error {
		return &sanctions.Fault{Source: at, Header: header, Value: value, Err: err}
	}
	switch s.RecordType {
	case "entity", "person":
		b.parties[s.RecordID] = d.party()
		return nil
	case "relationship":
	default:
		return fault("recordType", s.RecordType, errors.New("known are entity, person and relationship"))
	}
	day, err := parseDay(s.StatementDate)
	if err != nil {
		return fault("statementDate", s.StatementDate, err)
	}
	b.seen[s.RecordID], b.seen[s.StatementID] = true, true
	if prior, ok := b.open[s.RecordID]; ok {
		for _, r := range prior {
			if r.Period.To.IsZero() && !day.Before(r.Period.From) {
				r.Period.To = day
			}
			// An end that the record did not know is the day of the next statement;
			// without a day the newer statement alone stands.
			if !day.IsZero() {
				b.done = append(b.done, r)
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
	base.OwnedID = subject
	party, reason := bodsParty(d.InterestedParty)
	if base.OwnerID = party; party == "" {
		if reason == "" {
			return fault("recordDetails.interestedParty", "", errors.New("the relationship names neither a party nor a reason for not naming one"))
		}
		base.Stated = "BODS: " + reason
		if reason != "noBeneficialOwners" {
			b.open[s.RecordID] = []bodsRelation{{Interest: base}}
		}
		return nil
	}
	if len(d.Interests) == 0 {
		b.open[s.RecordID] = []bodsRelation{{Interest: base}}
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
		indirect := it.Direct == "indirect"
		if indirect {
			in.Stated += ", indirect"
		}
		if err := in.check(&headers{"recordDetails.interestedParty", "recordDetails.subject", header + ".type", header + ".share", header + ".startDate", header + ".endDate"}); err != nil {
			return err
		}
		b.open[s.RecordID] = append(b.open[s.RecordID], bodsRelation{in, indirect, slices.Concat(d.Components, d.ComponentsOld)})
	}
	return nil
}

// party reads what a statement says of an entity or person.
func (d *bodsDetails) party() *party {
	p := &party{name: d.Name}
	var more Described
	for _, n := range d.Names {
		if p.name == "" {
			p.name = n.FullName
		} else if n.FullName != p.name {
			more.Names = append(more.Names, n.FullName)
		}
	}
	more.Names = append(more.Names, d.Alternates...)
	for _, id := range d.Identifiers {
		if identifier, ok := identifierOf(cmp.Or(id.Scheme, id.SchemeName) + ":" + id.ID); ok {
			more.Identifiers = append(more.Identifiers, identifier)
			if identifier.Scheme == sanctions.Registration {
				more.Identifiers = append(more.Identifiers, numbersOf(identifier.Country, id.ID)[1:]...)
			}
		}
	}
	if len(more.Names)+len(more.Identifiers) > 0 {
		p.Described = &more
	}
	return p
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
