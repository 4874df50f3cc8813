package risk

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/sanctionrisk/exposure/risk/assessment"
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
	claims []relatedClaim // in canonical order, whatever the order of the input
	digest string
	party  sanctions.Party
	bare   []string // its names without their legal forms, of those that have one

	superseding []int   // claims that supersede others
	sorts       []Facts // of scope claim, that claims have
}

// relation says how a claim's subject stands to the firm.
type relation string

const (
	relationOwn        relation = "own"        // the firm itself
	relationAffiliated relation = "affiliated" // a person or body that belongs to the firm
	relationEvent      relation = "event"      // somebody else at an event of the firm's
	relationCountry    relation = "country"    // the firm's state, or figures and analysis about it
	relationOther      relation = "other"
)

var relations = []relation{relationOwn, relationAffiliated, relationEvent, relationCountry, relationOther} // as the fact has them

type relatedClaim struct {
	claims.Claim
	relation relation
	sort     int32  // its facts of scope claim, of those of the subject
	root     string // "" when the claim names no source at all
	origin   int32  // number of the root within the subject, from 0
	rank     int    // position of the stage, -1 unknown
	byFirm   bool   // the firm itself says it
	dealing  int32  // number of the engagement id within the subject, 0 none
	occasion int32  // number of event and kind within the subject, 0 none
	whole    int32  // of a correction, the same of dealings of its kind that came further than talk
	amends   int32  // number of the dealing that it replaces or corrects a claim of, 0 none
	story    int32  // number of root, matter and time within the subject, 0 none
	strand   int32  // number of what ties it to others by its own words alone, 0 nothing: see strands
	ref      *assessment.ClaimRef
	said     statement

	reliability, credibility int // grades by position in their vocabularies
	sourced                  standing
	byPublisher              bool // it is the publisher that makes the statement

	// Of this claim alone, for accounts that rest on no other.
	roots  []string
	places []sanctions.Source

	dollars numeral // the amount, where it is in dollars
}

// NewSubject joins a firm with claims about and around it. A claim counts as the
// firm's own by subject_id, or by a subject_name that is one of the firm's but for
// case and space; as affiliated by affiliated_firm_id, an id or a name.
func NewSubject(firm claims.Firm, reported []claims.Claim) *Subject {
	return newSubject(firm, reported, nil)
}

// newSubject takes as the firm's own the claims, too, that resolved names it for.
func newSubject(firm claims.Firm, reported []claims.Claim, resolved func(*claims.Claim) string) *Subject {
	s := &Subject{firm: firm, party: firm.Party(), claims: make([]relatedClaim, len(reported))}
	for _, n := range s.party.Names {
		if bare, formed := bareName(n.Text); formed {
			s.bare = append(s.bare, bare)
		}
	}
	relate := func(c *claims.Claim) relation {
		if r := s.relate(c); r != relationOther || resolved == nil || resolved(c) != firm.ID {
			return r
		}
		return relationOwn
	}
	events := map[string]bool{}
	for i := range reported {
		if r := relate(&reported[i]); r == relationOwn || r == relationAffiliated {
			events[reported[i].EventID], events[reported[i].ParentEventID] = true, true
		}
	}
	delete(events, "")
	keys := make([]string, len(reported))
	order := make([]int, len(reported))
	for i := range reported {
		keys[i], order[i] = canonical(&reported[i]), i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(keys[a], keys[b]) })
	from := newOrigins(reported, order)
	numbers := map[string]int32{}
	numberOf := func(key string) int32 {
		n, ok := numbers[key]
		if !ok {
			n = int32(len(numbers) + 1)
			numbers[key] = n
		}
		return n
	}
	roots, places, origins := make([]string, len(reported)), make([]sanctions.Source, len(reported)), map[string]int32{}
	sorts := map[[maxTerms]uint64]int32{}
	hash := sha256.New()
	io.WriteString(hash, canonicalFirm(&firm))
	for at, i := range order {
		io.WriteString(hash, "\x1e"+keys[i])
		c := &reported[i]
		r := relate(c)
		if r == relationOther {
			r = around(c, &firm, events)
		}
		related := newRelatedClaim(c, r, s.speaks(c) || r == relationOwn && startsWithName(strings.ToLower(strings.TrimSpace(c.StatementBy)), c.SubjectName), from.of(c))
		if c.EngagementID != "" {
			related.dealing = numberOf(c.EngagementID)
		}
		if c.EventID != "" {
			related.occasion = numberOf(occasionKey(c, occasionSort(c)))
			if c.Polarity == claims.Correct { // of that, however little it leaves of it
				related.whole = numberOf(occasionKey(c, string(c.Kind)))
			}
			if c.Polarity == claims.Correct && c.SupersedesID != "" { // it names what it corrects
				related.occasion, related.whole = 0, 0
			}
		}
		if c.SupersedesID != "" {
			related.amends = numberOf(c.SupersedesID)
		}
		switch {
		case related.dealing != 0:
			related.strand = related.dealing
		case related.amends != 0:
			related.strand = related.amends
		case c.EventID != "":
			related.strand = related.occasion
		}
		if related.root != "" && !c.From.IsZero() { // told again under another id
			related.story = numberOf("\x01" + sourceKey(related.root) + "\x01" + storyOf(c))
		}
		if c.SupersedesID != "" && c.Kind != claims.Remediation { // what was done about a dealing does not undo it
			s.superseding = append(s.superseding, at)
		}
		if n, ok := origins[related.root]; ok {
			related.origin = n
		} else {
			related.origin = int32(len(origins))
			origins[related.root] = related.origin
		}
		facts := related.claimFacts()
		n, ok := sorts[facts.terms]
		if !ok {
			n = int32(len(s.sorts))
			sorts[facts.terms], s.sorts = n, append(s.sorts, facts)
		}
		related.sort = n
		roots[at], places[at] = related.root, c.Source
		related.roots, related.places = roots[at:at+1:at+1], places[at:at+1:at+1]
		s.claims[at] = related
	}
	s.digest = hex.EncodeToString(hash.Sum(nil))
	return s
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

func (s *Subject) relate(c *claims.Claim) relation {
	switch {
	case c.SubjectID == s.firm.ID, s.isName(c.SubjectName) && (c.SubjectType == claims.SubjectFirm || c.SubjectType == claims.SubjectBody || c.SubjectID == ""):
		return relationOwn
	case c.AffiliatedFirmID == s.firm.ID, s.isName(c.AffiliatedFirmID):
		return relationAffiliated
	}
	return relationOther
}

// around finds the claims that are context: not about another firm, and either
// at an event of the firm's or about its country.
func around(c *claims.Claim, firm *claims.Firm, events map[string]bool) relation {
	switch {
	case c.SubjectType == claims.SubjectFirm:
		return relationOther
	case isCountry(c, firm.Country):
		return relationCountry
	case events[c.EventID] || events[c.ParentEventID]:
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

func (s *Subject) isName(name string) bool {
	key := nameKey(name)
	return key != "" && slices.ContainsFunc(s.party.Names, func(n sanctions.Name) bool { return nameKey(n.Text) == key })
}

// speaks tells whether it is the firm that makes the statement: its id, one of
// its names, or a name as the first words ("Adani Defence spokesperson"). Who speaks
// is told by a name without its legal form as well, as the press writes it and as a
// filing is quoted ("OTP Bank, accounts"): then the name must be the whole of what
// stands before a comma, since more words may be another firm's name. What the firm
// publishes it says ("the bank, accounts").
func (s *Subject) speaks(c *claims.Claim) bool {
	by := strings.ToLower(strings.TrimSpace(c.StatementBy))
	switch {
	case by == "":
		return false
	case by == strings.ToLower(s.firm.ID):
		return true
	case c.SubjectType == claims.SubjectPerson && c.AffiliatedFirmID == s.firm.ID && strings.EqualFold(by, c.SubjectName):
		return true // of the person, who is the subject of the claim
	case slices.ContainsFunc(s.party.Names, func(n sanctions.Name) bool { return startsWithName(by, n.Text) }):
		return true
	}
	if at := strings.IndexAny(by, ",;:("); at > 0 {
		by = by[:at]
	}
	return s.isCalled(by) || s.isName(c.Publisher) || s.isCalled(c.Publisher)
}

// isCalled tells whether the words are a name of the firm but for its legal form, and
// tell no other.
func (s *Subject) isCalled(words string) bool {
	called, formed := bareName(words)
	return called != "" && !formed && slices.Contains(s.bare, called)
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

func startsWithName(text, name string) bool {
	rest, ok := strings.CutPrefix(text, strings.ToLower(name))
	return ok && name != "" && (rest == "" || !isWordByte(rest[0]))
}

func isWordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 0x80
}

func occasionKey(c *claims.Claim, sort string) string { return "\x00" + c.EventID + "\x00" + sort }

// occasionSort tells dealings at one event apart: by kind, but for talk, which is one
// whether a source calls it a meeting or by what was talked about.
func occasionSort(c *claims.Claim) string {
	if isTalk(c.Kind, c.Stage) {
		return "talk"
	}
	return string(c.Kind)
}

func isTalk(k claims.Kind, s claims.Stage) bool {
	return s == claims.Rumoured || s == claims.Discussed || k == claims.Meeting || k == claims.Delegation
}

func newRelatedClaim(c *claims.Claim, r relation, byFirm bool, root string) relatedClaim {
	out := relatedClaim{Claim: *c, relation: r, byFirm: byFirm, root: root, rank: slices.Index(stages, c.Stage)}
	out.ref = newRef(c, out.root)
	out.said = stateOf(c)
	out.reliability, out.credibility = ungraded, unjudged
	if c.Reliability != 0 {
		out.reliability = slices.Index(reliabilityTerms, string(rune(c.Reliability|0x20)))
	}
	if c.Credibility != 0 {
		out.credibility = slices.Index(credibilityTerms, string(rune('0'+c.Credibility)))
	}
	out.sourced = out.sourcing()
	out.byPublisher = c.Publisher != "" && strings.HasPrefix(c.StatementBy, c.Publisher)
	if c.Currency == claims.Dollar {
		out.dollars = dollars(c, nil, sanctions.Date{})
	}
	return out
}

// claimFacts are the facts of scope claim, for imputation.
func (c *relatedClaim) claimFacts() (f Facts) {
	f.terms[slotRelation] = bit(relations, c.relation)
	f.terms[slotSubjectType] = bit(subjectTypes, c.SubjectType)
	f.terms[slotCapacity] = bit(capacities, orElse(c.Capacity, claims.UnknownCapacity))
	f.terms[slotParticipation] = bit(participations, orElse(c.Participation, claims.ParticipationUnknown))
	f.terms[slotPolarity] = bit(polarities, c.Polarity)
	f.terms[slotKind] = bit(kinds, c.Kind)
	return f
}

func orElse[T comparable](v, other T) T {
	if v == *new(T) {
		return other
	}
	return v
}

// canonical is a claim as one string, the same whatever file it stands in.
func canonical(c *claims.Claim) string {
	var b strings.Builder
	for i := range c.Columns() {
		b.WriteString(c.Cell(i))
		b.WriteByte('\x1f')
	}
	return b.String()
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
