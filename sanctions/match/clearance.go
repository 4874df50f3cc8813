package match

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Clearance is a reviewer's earlier decision that a subject is not the listed
// party. It holds for the party's record as it was: when an authority changes
// the record, the hit is open again. A caller may give all decisions ever made, in any
// order.
type Clearance struct {
	Subject string // the caller's id, as in [Query.Subject]
	PartyID string // or one of the party's other ids
	Record  string // digest of the party's record at the time, from [RecordDigest]
	Reason  string
	Decided sanctions.Date // the day of the decision, for who asks later; zero is unknown
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
type clearances map[[2]string][]*Clearance

func (c clearances) add(decision *Clearance) {
	key := [2]string{decision.Subject, decision.PartyID}
	c[key] = append(c[key], decision)
}

// apply looks up the decisions on a hit, under all ids of the party. Whatever their order,
// one that holds clears it; where there are some and none holds, it is open again. Of several
// it names the latest, and of one day the first by reason. Only the digest of parties that were decided on is ever
// computed.
func (c clearances) apply(subject string, h *Hit) {
	if subject == "" || len(c) == 0 {
		return
	}
	record := ""
	consider := func(decision *Clearance) {
		if record == "" {
			record = RecordDigest(h.Party)
		}
		to := &h.Reopened
		if decision.Record == record {
			to = &h.Cleared
		}
		if *to == nil || cmp.Or((*to).Decided.Compare(decision.Decided), cmp.Compare(decision.Reason, (*to).Reason), cmp.Compare(decision.Record, (*to).Record), cmp.Compare(decision.PartyID, (*to).PartyID)) < 0 {
			*to = decision
		}
	}
	for _, decision := range c[[2]string{subject, h.Party.ID}] {
		consider(decision)
	}
	for _, id := range h.Party.OtherIDs {
		for _, decision := range c[[2]string{subject, id}] {
			consider(decision)
		}
	}
	if h.Cleared != nil {
		h.Reopened = nil
	}
}
