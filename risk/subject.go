package risk

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// Subject is a firm with all claims that concern it: its own, those of people
// and bodies that belong to it, and those around it (the group it was part of at
// an event, its country's acts), which are shown and never charged to it. Make
// one with [NewSubject] or [Subjects]. It does not change and is safe for
// concurrent use.
type Subject struct {
	firm   claims.Firm
	told   // in canonical order, whatever the order of the input
	digest string
	party  sanctions.Party
	trader uint64 // whether its sector is trade, as a fact

	places          []sanctions.Source // that state the firm
	country, sector []string           // of the firm, as facts
}

// NewSubject joins a firm with claims about and around it. A claim counts as the
// firm's own by subject_id, or by a subject_name that is one of the firm's but for
// case and space; as affiliated by affiliated_firm_id, an id or a name.
func NewSubject(firm claims.Firm, reported []claims.Claim) *Subject {
	s, _ := newSubject(firm, reported, nil)
	return s
}

// newSubject takes as the firm's own the claims, too, that resolved names it for. It
// tells besides how each of the claims, in the order given, stands to the firm.
func newSubject(firm claims.Firm, reported []claims.Claim, resolved func(*claims.Claim) string) (*Subject, []relation) {
	s := &Subject{firm: firm, party: firm.Party(), trader: isTrader(firm.Sector), places: []sanctions.Source{firm.Source},
		country: word(firm.Country), sector: word(firm.Sector)}
	called := newCallings(&s.firm, s.party.Names)
	relations := relate(reported, called, resolved)
	order, digest := inOrder(&firm, reported, relations)
	s.digest = digest
	related := make([]relatedClaim, len(order))
	for at, i := range order {
		c := &related[at]
		c.Claim, c.relation = reported[i], relations[i]
		c.byFirm = called.speaks(&c.Claim, c.relation)
		c.read()
	}
	s.told = tieTogether(related)
	return s, relations
}

// asKnown is the subject as it was known on a day, and how many claims became known
// after it. They are as if they had never been, and so is what concerned the firm by
// their events.
func (s *Subject) asKnown(asOf sanctions.Date) (*Subject, int) {
	unknown := 0
	for i := range s.claims {
		unknown += oneIf(s.claims[i].knownAfter(asOf))
	}
	if unknown == 0 {
		return s, 0
	}
	known := make([]relatedClaim, 0, len(s.claims)-unknown)
	at := events{}
	for i := range s.claims {
		if c := &s.claims[i]; !c.knownAfter(asOf) {
			known = append(known, *c)
			if c.relation == relationOwn || c.relation == relationAffiliated {
				at.add(&c.Claim)
			}
		}
	}
	then := *s
	then.told = tieTogether(slices.DeleteFunc(known, func(c relatedClaim) bool { return c.relation == relationEvent && !at.holds(&c.Claim) }))
	return &then, unknown
}

// Firm is the firm under review.
func (s *Subject) Firm() claims.Firm { return s.firm }

// Claims are all claims that concern the firm, in canonical order.
func (s *Subject) Claims() []claims.Claim {
	out := make([]claims.Claim, len(s.claims))
	for i := range s.claims {
		out[i] = s.claims[i].Claim
	}
	return out
}

// Digest is the SHA-256 of the firm and its claims, whatever the order in which
// they came and the files they came from.
func (s *Subject) Digest() string { return s.digest }

// relate tells how each claim stands to the firm.
func relate(reported []claims.Claim, called *callings, resolved func(*claims.Claim) string) []relation {
	out, others := make([]relation, len(reported)), false
	for i := range reported {
		c := &reported[i]
		if out[i] = called.relate(c); out[i] == relationOther && resolved != nil && resolved(c) == called.firm.ID {
			out[i] = relationOwn
		}
		others = others || out[i] == relationOther
	}
	if !others {
		return out
	}
	at := events{}
	for i := range reported {
		if out[i] != relationOther {
			at.add(&reported[i])
		}
	}
	for i := range reported {
		if out[i] == relationOther {
			out[i] = around(&reported[i], called.firm, at)
		}
	}
	return out
}

// events are those at which the firm is told to have been.
type events map[string]bool

func (e events) add(c *claims.Claim) { e[c.EventID], e[c.ParentEventID] = true, true }

func (e events) holds(c *claims.Claim) bool {
	return c.EventID != "" && e[c.EventID] || c.ParentEventID != "" && e[c.ParentEventID]
}

// around finds the claims that are context: not about another firm, and either
// at an event of the firm's or about its country.
func around(c *claims.Claim, firm *claims.Firm, at events) relation {
	switch {
	case c.SubjectType == claims.SubjectFirm:
		return relationOther
	case isCountry(c, firm.Country):
		return relationCountry
	case at.holds(c):
		return relationEvent
	}
	return relationOther
}

// isCountry tells whether a claim about a state concerns the country: as its
// subject ("India", "state-india") or as the other side ("tariff on India").
func isCountry(c *claims.Claim, country string) bool {
	if c.SubjectType != claims.SubjectState || country == "" {
		return false
	}
	for _, name := range []string{c.SubjectName, c.CounterpartyName, c.SubjectID} {
		if iso, ok := sanctions.ParseCountry(name); ok && iso == country {
			return true
		}
	}
	for _, name := range []string{c.SubjectName, c.SubjectID} {
		for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if iso, ok := sanctions.ParseCountry(word); ok && iso == country && len(word) > 2 {
				return true
			}
		}
	}
	return false
}

// callings are the names of a firm, by which claims find it and by which it speaks.
type callings struct {
	firm   *claims.Firm
	names  []sanctions.Name
	keys   []string        // of the names
	lower  []string        // the names in lower case
	bare   []string        // the names without their legal forms, of those that have one
	parsed map[string]bool // answers of isCalled, nil before the first
}

func newCallings(firm *claims.Firm, names []sanctions.Name) *callings {
	c := &callings{firm: firm, names: names, keys: make([]string, len(names)), lower: make([]string, len(names))}
	for i := range names {
		c.keys[i], c.lower[i] = sourceKey(names[i].Text), strings.ToLower(names[i].Text)
	}
	return c
}

func (f *callings) relate(c *claims.Claim) relation {
	switch {
	case c.SubjectID == f.firm.ID, (c.SubjectType == claims.SubjectFirm || c.SubjectType == claims.SubjectBody || c.SubjectID == "") && f.isName(c.SubjectName):
		return relationOwn
	case c.AffiliatedFirmID == f.firm.ID, f.isName(c.AffiliatedFirmID):
		return relationAffiliated
	}
	return relationOther
}

func (f *callings) isName(name string) bool {
	key := sourceKey(name)
	return key != "" && slices.Contains(f.keys, key)
}

// speaks tells whether it is the firm that makes the statement: its id, one of
// its names, or a name as the first words ("Adani Defence spokesperson"). Who speaks
// is told by a name without its legal form as well, as the press writes it and as a
// filing is quoted ("OTP Bank, accounts"): then the name must be the whole of what
// stands before a comma, since more words may be another firm's name. What the firm
// publishes it says ("the bank, accounts"). In a claim of its own it speaks by the name
// that the claim gives it, too.
func (f *callings) speaks(c *claims.Claim, r relation) bool {
	by := strings.ToLower(strings.TrimSpace(c.StatementBy))
	switch {
	case by == "":
		return false
	case by == strings.ToLower(f.firm.ID):
		return true
	case c.SubjectType == claims.SubjectPerson && c.AffiliatedFirmID == f.firm.ID && strings.EqualFold(by, c.SubjectName):
		return true // of the person, who is the subject of the claim
	case slices.ContainsFunc(f.lower, func(name string) bool { return startsWithName(by, name) }):
		return true
	case r == relationOwn && startsWithName(by, strings.ToLower(c.SubjectName)):
		return true
	}
	if at := strings.IndexAny(by, ",;:("); at > 0 {
		by = by[:at]
	}
	return f.isCalled(by) || f.isName(c.Publisher) || f.isCalled(c.Publisher)
}

// isCalled tells whether the words are a name of the firm but for its legal form, and
// tell no other. Names are taken apart when it is first asked, and the words of each
// source once.
func (f *callings) isCalled(words string) bool {
	if f.parsed == nil {
		f.parsed = map[string]bool{}
		for i := range f.names {
			if bare, formed := bareName(f.names[i].Text); formed {
				f.bare = append(f.bare, bare)
			}
		}
	}
	if len(f.bare) == 0 {
		return false
	}
	answer, asked := f.parsed[words]
	if !asked {
		called, formed := bareName(words)
		answer = called != "" && !formed && slices.Contains(f.bare, called)
		f.parsed[words] = answer
	}
	return answer
}

// bareName is a name by the keys of its words but its legal form, and whether it has one.
func bareName(name string) (bare string, formed bool) {
	var keys []string
	for _, t := range names.Parse(name, sanctions.KindEntity).Tokens {
		if t.Class == names.LegalForm {
			formed = true
		} else {
			keys = append(keys, t.Key)
		}
	}
	return strings.Join(keys, " "), formed
}

// startsWithName expects both in lower case.
func startsWithName(text, name string) bool {
	rest, ok := strings.CutPrefix(text, name)
	return ok && name != "" && (rest == "" || !isWordByte(rest[0]))
}

func isWordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 0x80
}

// read takes from the claim, whose speaker is known, what every assessment asks of it.
func (c *relatedClaim) read() {
	c.rank = slices.Index(stages, c.Stage)
	c.said = stateOf(&c.Claim)
	c.reliability, c.credibility = ungraded, unjudged
	if c.Reliability != 0 {
		c.reliability = slices.Index(reliabilityTerms, string(rune(c.Reliability|0x20)))
	}
	if c.Credibility != 0 {
		c.credibility = slices.Index(credibilityTerms, string(rune('0'+c.Credibility)))
	}
	c.sourced = c.sourcing()
	c.byPublisher = c.Publisher != "" && strings.HasPrefix(c.StatementBy, c.Publisher)
	if c.Currency == claims.Dollar {
		c.dollars = dollars(&c.Claim, nil, sanctions.Date{})
	}
}

// inOrder sorts the claims that concern the firm by their texts, which are the same
// whatever file a claim stands in, and digests them behind the firm's.
func inOrder(firm *claims.Firm, reported []claims.Claim, relations []relation) (order []int, digest string) {
	text := make([]byte, 0, 512*len(reported))
	order, ends := make([]int, 0, len(reported)), make([]int, len(reported)+1)
	for i := range reported {
		if relations[i] != relationOther {
			text, order = appendCanonical(text, &reported[i]), append(order, i)
		}
		ends[i+1] = len(text)
	}
	textOf := func(i int) []byte { return text[ends[i]:ends[i+1]] }
	slices.SortFunc(order, func(a, b int) int { return bytes.Compare(textOf(a), textOf(b)) })
	hash := sha256.New()
	io.WriteString(hash, canonicalFirm(firm))
	for _, i := range order {
		hash.Write(textOf(i))
	}
	return order, hex.EncodeToString(hash.Sum(nil))
}

func appendCanonical(text []byte, c *claims.Claim) []byte {
	text = append(text, '\x1e')
	for i := range c.Columns() {
		text = append(append(text, c.Cell(i)...), '\x1f')
	}
	return text
}

func canonicalFirm(f *claims.Firm) string {
	ids := make([]string, len(f.Identifiers))
	for i, id := range f.Identifiers {
		ids[i] = id.String()
	}
	slices.Sort(ids)
	aliases := slices.Sorted(slices.Values(f.Aliases))
	return strings.Join([]string{f.ID, f.Name, strings.Join(aliases, ";"), f.Country, strings.Join(ids, ";"), f.Sector,
		f.FinancialInstitution.String(), f.Remarks}, "\x1f")
}
