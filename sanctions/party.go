package sanctions

// Kind says what sort of party it is.
type Kind string

// The kinds. Lists that say "individual", "enterprise" or "company" are read
// into these by [ParseKind].
const (
	KindUnknown  Kind = ""
	KindPerson   Kind = "person"
	KindEntity   Kind = "entity" // company, bank, ministry, association: any organisation
	KindVessel   Kind = "vessel"
	KindAircraft Kind = "aircraft"
)

// ParseKind reads a kind as lists and FollowTheMoney schemata write it; the
// empty string is KindUnknown.
func ParseKind(s string) (Kind, error) {
	switch termKey(s) {
	case "":
		return KindUnknown, nil
	case "individual":
		return KindPerson, nil
	case "company", "organization", "organisation", "legalentity", "legal_entity", "business",
		"enterprise", "publicbody", "public_body", "firm", "bank":
		return KindEntity, nil
	case "ship":
		return KindVessel, nil
	case "airplane":
		return KindAircraft, nil
	}
	return parseTerm("kind", s, []Kind{KindPerson, KindEntity, KindVessel, KindAircraft})
}

// NameType says how a name relates to its party.
type NameType string

// The types of name.
const (
	NamePrimary NameType = "primary" // the name the list or register leads with
	NameAlias   NameType = "alias"   // also known as, in use
	NameFormer  NameType = "former"  // formerly known as
)

// Name is one name of a party as its source writes it.
type Name struct {
	Text string   `json:"text"`
	Type NameType `json:"type"`
	// Weak marks a broad or generic alias, as OFAC defines a weak a.k.a.: it
	// can generate a large number of false hits and never decides alone.
	// Source: OFAC FAQ 122-124; EU and UN call it low quality.
	Weak   bool   `json:"weak,omitzero"`
	Source Source `json:"source,omitzero"`
}

// Address is a place of a party; Country is an ISO 3166-1 alpha-2 code or empty.
type Address struct {
	Text    string `json:"text,omitzero"`
	Country string `json:"country,omitzero"`
	Source  Source `json:"source,omitzero"`
}

// DateSpan is a date known only to some precision, such as a year of birth:
// the day lies in [From, To). Text keeps what the source writes.
type DateSpan struct {
	Period
	Circa bool   `json:"circa,omitzero"`
	Text  string `json:"text"`
}

// Party is anyone who can be named: listed, under review, owner or counterparty.
// Only a listed party has designations.
type Party struct {
	// ID is list:own-number for a listed party (us-ofac-sdn:18782), else the
	// identity its file gives it.
	ID string `json:"id"`
	// OtherIDs are further list:own-number identities of the same listed party,
	// joined by the identifiers of the lists themselves, never by name.
	OtherIDs      []string        `json:"other_ids,omitempty"`
	Kind          Kind            `json:"kind,omitzero"`
	Names         []Name          `json:"names"`               // at least one; the first is the one to show
	Countries     []string        `json:"countries,omitempty"` // ISO 3166-1 alpha-2: seat, registration, nationality, flag
	Identifiers   []Identifier    `json:"identifiers,omitempty"`
	Addresses     []Address       `json:"addresses,omitempty"`
	Births        []DateSpan      `json:"births,omitempty"` // of a person; alternatives, not a range
	Designations  []Designation   `json:"designations,omitempty"`
	Links         []Link          `json:"links,omitempty"`
	SecondaryRisk []SecondaryRisk `json:"secondary_risk,omitempty"`
	Remarks       []Remark        `json:"remarks,omitempty"`
	Source        Source          `json:"source"`
}

// Name returns the name to show, or the ID of a party without a name.
func (p *Party) Name() string {
	if len(p.Names) == 0 {
		return p.ID
	}
	return p.Names[0].Text
}

// InForce returns the designations of the party that are in force on the day.
func (p *Party) InForce(day Date) []Designation {
	var out []Designation
	for _, d := range p.Designations {
		if d.Period.Contains(day) {
			out = append(out, d)
		}
	}
	return out
}

// Link is a tie to another party that a list states in prose, such as OFAC's
// "Linked To: LAZARUS GROUP". It is kept as prose: no percentage is read from it.
type Link struct {
	Relation string `json:"relation"` // "linked to", "owned or controlled by", "subsidiary", "parent", …
	To       string `json:"to"`
	Source   Source `json:"source"`
}

// Remark is a part of a list's free text. Tag is the label that the list puts
// before it ("Gender", "Vessel Type"), empty for a part that no reader knows:
// such a part is kept as it stands and counted.
type Remark struct {
	Tag    string `json:"tag,omitzero"`
	Text   string `json:"text"`
	Source Source `json:"source,omitzero"`
}

// SecondaryRisk is a list's own warning that dealing with the party carries
// secondary sanctions risk, under which programme. The Iran-related
// "Additional Sanctions Information - Subject to Secondary Sanctions" is not a
// Russia-related one and carries Russia = false.
type SecondaryRisk struct {
	Text   string `json:"text"`  // as published
	Basis  string `json:"basis"` // short: "EO 14024 s.11", "31 CFR 589.201", "additional information"
	Russia bool   `json:"russia,omitzero"`
	Source Source `json:"source"`
}
