package registers

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
// may be numbers (0.4) or flags on minimum and maximum (0.3). Of the statements of one
// relationship record each ends what an earlier one says, by statementDate and not by
// their order in the file; one that is closed says no more. Of an
// indirect interest whose component records are all in the file only the components
// count; of another, what a chain would pass on is not known, so the share is [0,100]
// unless it is the whole. Ids are the record ids.
//
// A statement that names no interested party and gives a reason is an interest without
// owner; the reason noBeneficialOwners alone hides nobody. So is one whose party is a
// record of which the file tells neither name nor identifier nor owners: an unknown or
// anonymous person, or a record that no statement describes. A relationship without a
// subject concerns nobody. Codes that the standard does not have, a statement without
// recordId, and statements of versions before 0.4 are faults.
func BODS(r io.Reader, file string) iter.Seq2[Interest, error] {
	return func(yield func(Interest, error) bool) {
		reg := bodsRegister{parties: make(map[string]*party), owned: make(map[string]bool), seen: make(map[string]bool), records: make(map[string][]bodsVersion)}
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
			for _, r := range inForce(reg.records[id]) {
				if !reg.repeats(&r) && !emit(reg.finish(&r), nil) {
					return
				}
			}
		}
	}
}

type bodsStatement struct {
	StatementID   string      `json:"statementId"`
	StatementDate string      `json:"statementDate"`
	StatementType string      `json:"statementType"` // before 0.4
	RecordID      string      `json:"recordId"`
	RecordType    string      `json:"recordType"`
	RecordStatus  string      `json:"recordStatus"`
	Details       bodsDetails `json:"recordDetails"`
}

type bodsDetails struct {
	Name       string   `json:"name"` // of an entity
	Alternates []string `json:"alternateNames"`
	Names      []struct {
		FullName   string `json:"fullName"`
		Given      string `json:"givenName"`
		Patronymic string `json:"patronymicName"`
		Family     string `json:"familyName"`
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
	owned   map[string]bool          // subjects of relationships
	records map[string][]bodsVersion // of relationships
	order   []string                 // of these records, as they came
	seen    map[string]bool          // relationship records and statements
}

// bodsVersion is what one statement says of a relationship record.
type bodsVersion struct {
	day       sanctions.Date
	relations []bodsRelation // none when it is closed, or names nobody
}

// bodsRelation is an interest, and of an indirect one the records that it is
// composed of.
type bodsRelation struct {
	Interest
	indirect   bool
	components []string
}

// inForce is what the statements of one record come to: an earlier one holds until the
// day of the next, or not at all if that day is not known or lies before it begins.
func inForce(versions []bodsVersion) (out []bodsRelation) {
	slices.SortStableFunc(versions, func(a, b bodsVersion) int { return a.day.Compare(b.day) })
	for i, v := range versions {
		for _, r := range v.relations {
			if i+1 < len(versions) {
				next := versions[i+1].day
				if from := r.Period.From; next.IsZero() || !from.IsZero() && !from.Before(next) {
					continue
				}
				if r.Period.To.IsZero() || next.Before(r.Period.To) {
					r.Period.To = next
				}
			}
			out = append(out, r)
		}
	}
	return out
}

// finish says what a relationship comes to when the whole file is known.
func (b *bodsRegister) finish(r *bodsRelation) Interest {
	in := r.Interest.withParties(b.parties)
	if r.indirect && in.Share != sanctions.ExactShare(sanctions.Whole) && in.Kind != Control && in.Kind != Board {
		in.Share = sanctions.UnknownShare
	}
	if !b.owned[in.OwnerID] {
		in.stranger()
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
	fault := func(header, value string, err error) error {
		return &sanctions.Fault{Source: at, Header: header, Value: value, Err: err}
	}
	switch {
	case s.RecordType == "" && s.StatementType != "":
		return fault("statementType", s.StatementType, errors.New("a statement of BODS before 0.4; convert the file to 0.4"))
	case !slices.Contains([]string{"entity", "person", "relationship"}, s.RecordType):
		return fault("recordType", s.RecordType, errors.New("known are entity, person and relationship"))
	case !slices.Contains([]string{"", "new", "updated", "closed"}, s.RecordStatus):
		return fault("recordStatus", s.RecordStatus, errors.New("known are new, updated and closed"))
	case s.RecordID == "":
		return fault("recordId", "", errors.New("the statement belongs to no record"))
	case s.RecordType != "relationship":
		b.parties[s.RecordID] = s.Details.party()
		return nil
	}
	day, err := parseDay(s.StatementDate)
	if err != nil {
		return fault("statementDate", s.StatementDate, err)
	}
	v := bodsVersion{day: day}
	if s.RecordStatus != "closed" {
		if v.relations, err = s.Details.relations(at); err != nil {
			return err
		}
	}
	for _, r := range v.relations {
		b.owned[r.OwnedID] = true
	}
	b.seen[s.RecordID], b.seen[s.StatementID] = true, true
	if b.records[s.RecordID] == nil {
		b.order = append(b.order, s.RecordID)
	}
	b.records[s.RecordID] = append(b.records[s.RecordID], v)
	return nil
}

// relations reads what a relationship statement says.
func (d *bodsDetails) relations(at sanctions.Source) (out []bodsRelation, err error) {
	fault := func(header, value string, err error) error {
		return &sanctions.Fault{Source: at, Header: header, Value: value, Err: err}
	}
	subject, reason := bodsParty(d.Subject)
	if subject == "" {
		if bodsReasons[reason] {
			return nil, nil
		}
		return nil, fault("recordDetails.subject", reason, errors.New("the relationship has no subject, and no reason that the standard knows for having none"))
	}
	base := Interest{OwnedID: subject, Share: sanctions.UnknownShare, Source: at}
	if base.OwnerID, reason = bodsParty(d.InterestedParty); base.OwnerID == "" {
		if !bodsReasons[reason] {
			return nil, fault("recordDetails.interestedParty", reason, errors.New("the relationship names neither a party nor a reason that the standard knows for not naming one"))
		}
		if reason == "noBeneficialOwners" {
			return nil, nil
		}
		base.Stated = "BODS: " + reason
		return []bodsRelation{{Interest: base}}, nil
	}
	if len(d.Interests) == 0 {
		base.Stated = "BODS"
		return []bodsRelation{{Interest: base}}, nil
	}
	for i := range d.Interests {
		r, err := d.Interests[i].relation(base, fmt.Sprintf("recordDetails.interests[%d]", i))
		if err != nil {
			return nil, err
		}
		if r.indirect {
			r.components = slices.Concat(d.Components, d.ComponentsOld)
		}
		out = append(out, r)
	}
	return out, nil
}

// relation reads an interest; header is its path.
func (it *bodsInterest) relation(base Interest, header string) (r bodsRelation, err error) {
	fault := func(member, value string, err error) (bodsRelation, error) {
		return bodsRelation{}, &sanctions.Fault{Source: base.Source, Header: header + "." + member, Value: value, Err: err}
	}
	in := base
	if in.Kind, err = bodsKind(it.Type); err != nil {
		return fault("type", it.Type, err)
	}
	in.Stated = strings.TrimSpace("BODS " + it.Type)
	if in.Kind == Board && it.Type != "appointmentOfBoard" {
		in.Share = seat
	}
	if in.Period.From, err = parseDay(it.Start); err != nil {
		return fault("startDate", it.Start, err)
	}
	if in.Period.To, err = parseDay(it.End); err != nil {
		return fault("endDate", it.End, err)
	}
	if it.Share != nil {
		var member string
		if in.Share, member, err = it.Share.read(); err != nil {
			return fault("share."+member, it.Share.text(member), err)
		}
	}
	switch it.Direct {
	case "", "direct", "unknown":
	case "indirect":
		in.Stated += ", indirect"
	default:
		return fault("directOrIndirect", it.Direct, errors.New("known are direct, indirect and unknown"))
	}
	err = in.check(&headers{"recordDetails.interestedParty", "recordDetails.subject", header + ".type", header + ".share", header + ".startDate", header + ".endDate"})
	return bodsRelation{Interest: in, indirect: it.Direct == "indirect"}, err
}

// party reads what a statement says of an entity or person.
func (d *bodsDetails) party() *party {
	p := &party{name: d.Name}
	var more Described
	for _, n := range d.Names {
		name := cmp.Or(n.FullName, strings.Join(strings.Fields(n.Given+" "+n.Patronymic+" "+n.Family), " "))
		if p.name == "" {
			p.name = name
		} else if name != p.name {
			more.Names = append(more.Names, name)
		}
	}
	more.Names = append(more.Names, d.Alternates...)
	for _, id := range d.Identifiers {
		if identifier, ok := IdentifierOf(cmp.Or(id.Scheme, id.SchemeName) + ":" + id.ID); ok {
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

// bodsReasons are why a party is not specified.
var bodsReasons = map[string]bool{
	"noBeneficialOwners": true, "subjectUnableToConfirmOrIdentifyBeneficialOwner": true,
	"interestedPartyHasNotProvidedInformation": true, "subjectExemptFromDisclosure": true,
	"interestedPartyExemptFromDisclosure": true, "unknown": true, "informationUnknownToPublisher": true,
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
	if !ok && s != "" {
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
	if err == nil && exact.Intersect(out) != exact {
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
