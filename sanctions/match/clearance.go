package match

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Clearance is a reviewer's earlier decision that a subject is not the listed
// party. It holds for the party's record as it was: when an authority changes
// the record, the hit is open again.
type Clearance struct {
	Subject string // the caller's id, as in [Query.Subject]
	PartyID string // or one of the party's other ids
	Record  string // digest of the party's record at the time, from [RecordDigest]
	Reason  string
}

// RecordDigest is the SHA-256, in hexadecimal, of what a list says of a party:
// names, identifiers, countries, dates, addresses, designations and remarks, but
// not the place in the file where it says so.
func RecordDigest(p *sanctions.Party) string {
	var record struct {
		Kind          sanctions.Kind
		Names         []string
		Identifiers   []string
		Countries     []string
		Births        []string
		Addresses     []string
		Designations  []sanctions.Designation
		Links         []string
		SecondaryRisk []string
		Remarks       []string
	}
	record.Kind, record.Countries = p.Kind, p.Countries
	for _, n := range p.Names {
		weak := ""
		if n.Weak {
			weak = " (weak)"
		}
		record.Names = append(record.Names, string(n.Type)+weak+": "+n.Text)
	}
	for _, id := range p.Identifiers {
		record.Identifiers = append(record.Identifiers, id.Country+" "+id.String())
	}
	for _, b := range p.Births {
		record.Births = append(record.Births, b.Text)
	}
	for _, a := range p.Addresses {
		record.Addresses = append(record.Addresses, a.Country+" "+a.Text)
	}
	for _, d := range p.Designations {
		d.Sources = nil
		record.Designations = append(record.Designations, d)
	}
	for _, l := range p.Links {
		record.Links = append(record.Links, l.Relation+": "+l.To)
	}
	for _, r := range p.SecondaryRisk {
		record.SecondaryRisk = append(record.SecondaryRisk, r.Basis+": "+r.Text)
	}
	for _, r := range p.Remarks {
		record.Remarks = append(record.Remarks, r.Tag+": "+r.Text)
	}
	text, err := json.Marshal(&record)
	if err != nil {
		panic(err) // the struct holds nothing that cannot be marshalled
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// clearances finds decisions by subject and party.
type clearances map[[2]string]*Clearance

// apply looks up the decision on a hit. Only the digest of parties that were
// decided on is ever computed.
func (c clearances) apply(subject string, h *Hit) {
	if subject == "" || len(c) == 0 {
		return
	}
	decision := c[[2]string{subject, h.Party.ID}]
	for _, id := range h.Party.OtherIDs {
		if decision == nil {
			decision = c[[2]string{subject, id}]
		}
	}
	switch {
	case decision == nil:
	case decision.Record == RecordDigest(h.Party):
		h.Cleared = decision
	default:
		h.Reopened = decision
	}
}
