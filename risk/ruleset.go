package risk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/sanctions"
)

// Ruleset is compiled [Tables]. It is immutable and safe for concurrent use.
type Ruleset struct {
	tables                     Tables
	authorities                []compiledAuthority // by id
	rules                      []compiledRule      // by authority, then id
	engagementRules, firmRules *grid
	evidence                   []compiledRow // parallel to tables.Evidence
	weights                    []int16       // row of evidence by position of the state
	imputation                 []compiledRow // parallel to tables.Imputation
	tiers                      map[string][]Tier
	edges                      []int64 // of the bands, in millionths
	russianProgrammes          []string
	licensedKinds              uint64 // kinds of which some rule asks the codes of the goods
	digest                     func() string
	pool                       *sync.Pool // of *scratch
}

type compiledAuthority struct {
	*Authority
	elements []compiledElement
}

type compiledElement struct {
	*Element
	tests []test
	row   *Requirement
}

type compiledRule struct {
	*Rule
	row        *Row // as factors show it
	authority  int32
	tests      []test
	loose      []test // those of numbers and words
	asks       factSet
	points     int64
	floor, cap int64    // -1 is none
	shown      [3]Score // of a line: fires in all scores, on what is certain only, in the high score only
}

type compiledRow struct {
	tests            []test
	low, point, high int64
	row              *Row
	weight           Score
}

// ReadRules reads and compiles the rule set in a folder.
func ReadRules(fsys fs.FS) (*Ruleset, error) {
	t, errs := readTables(fsys)
	if errs == nil {
		return Compile(t)
	}
	// What else is wrong with the rows that could be read. A row that could not
	// may be missed by others, so what only says that is left out.
	if _, err := Compile(t); err != nil {
		for _, f := range sanctions.Faults(err) {
			if f.Line > 0 && f.Header != "authority" {
				errs = append(errs, f)
			}
		}
	}
	return nil, sanctions.JoinFaults(errs)
}

// Compile checks tables and makes them a rule set. It refuses, with all faults at
// once: rows without documentation, citation or date, unknown authorities, bands
// out of order, weights outside [0,1], and an evidence table under which an
// added denial would raise a score or an added affirmation lower one.
func Compile(t Tables) (*Ruleset, error) {
	rs := &Ruleset{tables: t.clone(), pool: &sync.Pool{New: func() any {
		return &scratch{seen: map[screenKey]int{}, codes: map[string][]string{}, years: map[line][]valued{}}
	}}}
	var faults faultList
	rs.compileAuthorities(&faults)
	rs.compileRules(&faults)
	rs.compileElements(&faults)
	rs.compileEvidence(&faults)
	rs.compileImputation(&faults)
	rs.compileBands(&faults)
	rs.compileTiers(&faults)
	if faults.errs != nil {
		return nil, sanctions.JoinFaults(faults.errs)
	}
	rs.index()
	return rs, nil
}

// Tables is a copy of the tables; change it as you like and [Compile] it.
func (rs *Ruleset) Tables() Tables { return rs.tables.clone() }

// Digest is the SHA-256 of the tables. Rows in another order give the same
// digest where order has no meaning: everywhere but in evidence and imputation.
func (rs *Ruleset) Digest() string { return rs.digest() }

// WithRule is the rule set with one rule replaced, found by its ID, or added. It
// compiles that rule alone, so that thousands of variants a second can be tried.
func (rs *Ruleset) WithRule(r Rule) (*Ruleset, error) {
	var faults faultList
	c := rs.compileRule(&r, &faults)
	if faults.errs != nil {
		return nil, sanctions.JoinFaults(faults.errs)
	}
	return rs.withRules(r.ID, &c), nil
}

// WithoutRule is the rule set without a rule.
func (rs *Ruleset) WithoutRule(id string) *Ruleset { return rs.withRules(id, nil) }

func (rs *Ruleset) withRules(id string, c *compiledRule) *Ruleset {
	out := *rs
	out.rules = make([]compiledRule, 0, len(rs.rules)+1)
	out.tables.Rules = make([]Rule, 0, len(rs.rules)+1)
	put := func(r compiledRule) {
		out.rules = append(out.rules, r)
		out.tables.Rules = append(out.tables.Rules, *r.Rule)
	}
	for _, r := range rs.rules {
		if c != nil && compareRules(c, &r) <= 0 {
			put(*c)
			c = nil
		}
		if r.ID != id {
			put(r)
		}
	}
	if c != nil {
		put(*c)
	}
	out.index()
	return &out
}

func compareRules(a, b *compiledRule) int {
	if a.authority != b.authority {
		return int(a.authority - b.authority)
	}
	return strings.Compare(a.ID, b.ID)
}

// index builds what is found fast from what is compiled.
func (rs *Ruleset) index() {
	rs.engagementRules, rs.firmRules = newGrid(rs.rules, ScopeEngagement), newGrid(rs.rules, ScopeFirm)
	tables := &rs.tables
	rs.russianProgrammes = make([]string, len(tables.Programmes))
	for i := range tables.Programmes {
		rs.russianProgrammes[i] = tables.Programmes[i].Programme
	}
	rs.licensedKinds = 0
	for i := range rs.rules {
		tests := rs.rules[i].tests
		if !slices.ContainsFunc(tests, func(t test) bool { return t.kind == FactWords && t.slot == slotHS6 }) {
			continue
		}
		at := slices.IndexFunc(tests, func(t test) bool { return t.kind == FactTerms && t.slot == slotKind && !t.negate })
		if at < 0 {
			rs.licensedKinds = ^uint64(0) // any kind
			break
		}
		rs.licensedKinds |= tests[at].mask
	}
	rs.digest = sync.OnceValue(func() string {
		hash := sha256.New()
		tables.canonical(hash)
		return hex.EncodeToString(hash.Sum(nil))
	})
}

func (t Tables) clone() Tables {
	t.Authorities = slices.Clone(t.Authorities)
	t.Rules = slices.Clone(t.Rules)
	t.Elements = slices.Clone(t.Elements)
	t.Evidence = slices.Clone(t.Evidence)
	t.Imputation = slices.Clone(t.Imputation)
	t.Bands = slices.Clone(t.Bands)
	t.Tiers = slices.Clone(t.Tiers)
	t.Programmes = slices.Clone(t.Programmes)
	for i := range t.Rules {
		t.Rules[i].When = slices.Clone(t.Rules[i].When)
	}
	for i := range t.Elements {
		t.Elements[i].When = slices.Clone(t.Elements[i].When)
	}
	for i := range t.Evidence {
		t.Evidence[i].When = slices.Clone(t.Evidence[i].When)
	}
	for i := range t.Imputation {
		t.Imputation[i].When = slices.Clone(t.Imputation[i].When)
	}
	return t
}

type faultList struct{ errs []error }

func (l *faultList) add(at sanctions.Source, header, value, format string, args ...any) {
	l.errs = append(l.errs, &sanctions.Fault{Source: at, Header: header, Value: value, Err: fmt.Errorf(format, args...)})
}

// documented checks what every row needs to be more than a number.
func (l *faultList) documented(at sanctions.Source, id, citation, why string, effective sanctions.Period) {
	if id == "" {
		l.add(at, "", "", "the row needs a name")
	}
	if citation == "" {
		l.add(at, "citation", "", "%s cites nothing; name the law, guidance or method it rests on", id)
	}
	if why == "" {
		l.add(at, "why", "", "%s does not say why", id)
	}
	if effective.From.IsZero() {
		l.add(at, "effective_from", "", "%s has no date from which it holds", id)
	}
	if !effective.Valid() {
		l.add(at, "effective_to", effective.To.String(), "%s ends before it starts", id)
	}
}

// timeless stands for the dates of rows that have none.
var timeless = sanctions.Period{From: sanctions.NewDate(1, 1, 1)}

func (l *faultList) unique(seen map[string]sanctions.Source, at sanctions.Source, header, id string) {
	if first, again := seen[id]; again {
		l.add(at, header, id, "the name stands already at %v", first)
	}
	seen[id] = at
}

func (rs *Ruleset) compileAuthorities(faults *faultList) {
	seen := map[string]sanctions.Source{}
	for i := range rs.tables.Authorities {
		a := &rs.tables.Authorities[i]
		faults.documented(a.Source, a.ID, a.Citation, a.Why, a.Effective)
		faults.unique(seen, a.Source, "authority", a.ID)
		if a.Title == "" || a.Nature == "" {
			faults.add(a.Source, "title", a.Title, "an authority needs title and nature")
		}
		rs.authorities = append(rs.authorities, compiledAuthority{Authority: a})
	}
	slices.SortFunc(rs.authorities, func(a, b compiledAuthority) int { return strings.Compare(a.ID, b.ID) })
}

func (rs *Ruleset) authority(id string) int {
	i, ok := slices.BinarySearchFunc(rs.authorities, id, func(a compiledAuthority, id string) int { return strings.Compare(a.ID, id) })
	if !ok {
		return -1
	}
	return i
}

func (rs *Ruleset) compileRules(faults *faultList) {
	seen := map[string]sanctions.Source{}
	for i := range rs.tables.Rules {
		r := &rs.tables.Rules[i]
		faults.unique(seen, r.Source, "rule", r.ID)
		rs.rules = append(rs.rules, rs.compileRule(r, faults))
	}
	slices.SortFunc(rs.rules, func(a, b compiledRule) int { return compareRules(&a, &b) })
}

var hundred = decimal.New(100, 0)

func (rs *Ruleset) compileRule(r *Rule, faults *faultList) compiledRule {
	faults.documented(r.Source, r.ID, r.Citation, r.Why, r.Effective)
	c := compiledRule{Rule: r, authority: int32(rs.authority(r.Authority)), floor: -1, cap: -1}
	if c.authority < 0 {
		faults.add(r.Source, "authority", r.Authority, "authorities.csv has no such authority")
	} else if n := rs.authorities[c.authority].Nature; n != r.Nature {
		faults.add(r.Source, "nature", string(r.Nature), "the authority is %s", n)
	}
	if r.Scope != ScopeEngagement && r.Scope != ScopeFirm {
		faults.add(r.Source, "scope", string(r.Scope), "write engagement or firm")
	}
	if !r.Points.Valid && !r.Floor.Valid && !r.Cap.Valid {
		faults.add(r.Source, "points", "", "%s gives neither points nor floor nor cap", r.ID)
	}
	if r.Points.Valid {
		c.points = micro(r.Points.Decimal)
		if r.Points.Decimal.Abs().GreaterThan(hundred) {
			faults.add(r.Source, "points", r.Points.Decimal.String(), "write points from -100 to 100")
		}
	}
	for _, b := range []struct {
		header string
		value  decimal.NullDecimal
		into   *int64
	}{{"floor", r.Floor, &c.floor}, {"cap", r.Cap, &c.cap}} {
		if !b.value.Valid {
			continue
		}
		if b.value.Decimal.IsNegative() || b.value.Decimal.GreaterThan(hundred) {
			faults.add(r.Source, b.header, b.value.Decimal.String(), "write a number from 0 to 100")
		}
		*b.into = micro(b.value.Decimal)
	}
	if r.Floor.Valid && r.Cap.Valid && c.floor > c.cap {
		faults.add(r.Source, "floor", r.Floor.Decimal.String(), "the floor lies above the cap of %s", r.Cap.Decimal)
	}
	switch r.Role {
	case Basis, Aggravating:
		if c.points < 0 || r.Cap.Valid {
			faults.add(r.Source, "role", string(r.Role), "a rule that takes points away or caps them is mitigating")
		}
	case Mitigating:
		if c.points > 0 {
			faults.add(r.Source, "role", string(r.Role), "a mitigating rule gives no points")
		}
	default:
		faults.add(r.Source, "role", string(r.Role), "write basis, aggravating or mitigating")
	}
	for _, cond := range r.When {
		if i := factIndex(cond.Fact); i >= 0 && r.Scope == ScopeFirm && catalogue[i].Scope != ScopeFirm {
			faults.add(r.Source, cond.Fact, cond.Test, "a rule about the firm cannot ask about one engagement")
		}
	}
	var err error
	if c.tests, err = compileAll(r.When); err != nil {
		faults.add(r.Source, "", "", "%w", err)
	}
	for _, t := range c.tests {
		if t.kind != FactTerms {
			c.loose = append(c.loose, t)
		}
	}
	c.asks = factsOf(c.tests)
	c.shown = [3]Score{newScore(triple{c.points, c.points, c.points}), newScore(triple{c.points, c.points, 0}), newScore(triple{0, 0, c.points})}
	c.row = &Row{Rule: r.ID, Role: r.Role, Why: r.Why, Citation: r.Citation, Row: r.Source}
	if len(r.When) == 0 {
		faults.add(r.Source, "rule", r.ID, "a rule without a condition would fire on everything")
	}
	return c
}

func (rs *Ruleset) compileElements(faults *faultList) {
	for i := range rs.tables.Elements {
		e := &rs.tables.Elements[i]
		faults.documented(e.Source, e.ID, e.Citation, e.Why, timeless)
		at := rs.authority(e.Authority)
		if at < 0 {
			faults.add(e.Source, "authority", e.Authority, "authorities.csv has no such authority")
			continue
		}
		tests, err := compileAll(e.When)
		if err != nil {
			faults.add(e.Source, "", "", "%w", err)
		}
		if e.Determination == (len(e.When) > 0) {
			faults.add(e.Source, "determination", "", "%s needs either conditions or to be a determination", e.ID)
		}
		a := &rs.authorities[at]
		a.elements = append(a.elements, compiledElement{e, tests, &Requirement{e.ID, e.Determination, e.Why, e.Citation}})
	}
	for i := range rs.authorities {
		slices.SortFunc(rs.authorities[i].elements, func(a, b compiledElement) int {
			return strings.Compare(a.ID+"\x00"+showConditions(a.When), b.ID+"\x00"+showConditions(b.When))
		})
	}
}

func showConditions(conditions []Condition) string {
	out := make([]string, len(conditions))
	for i, c := range conditions {
		out[i] = c.String()
	}
	return strings.Join(out, ", ")
}

func (rs *Ruleset) compileImputation(faults *faultList) {
	for i := range rs.tables.Imputation {
		m := &rs.tables.Imputation[i]
		faults.documented(m.Source, m.ID, m.Citation, m.Why, timeless)
		tests, err := compileAll(m.When)
		if err != nil {
			faults.add(m.Source, "", "", "%w", err)
		}
		if m.Impute != sanctions.Yes && (m.Impute != sanctions.No || m.Reason == "") {
			faults.add(m.Source, "impute", m.Impute.String(), "write yes, or no with a reason")
		}
		rs.imputation = append(rs.imputation, compiledRow{tests: tests})
	}
	if n := len(rs.imputation); n == 0 || len(rs.imputation[n-1].tests) > 0 {
		faults.add(sanctions.Source{File: "imputation.csv"}, "", "", "the last row must have no condition, so that every claim has an answer")
	}
}

func (rs *Ruleset) compileBands(faults *faultList) {
	bands := rs.tables.Bands
	slices.SortStableFunc(bands, func(a, b Band) int { return a.From.Decimal.Cmp(b.From.Decimal) })
	seen := map[string]sanctions.Source{}
	for i, b := range bands {
		faults.unique(seen, b.Source, "band", b.ID)
		edge := micro(b.From.Decimal)
		switch {
		case b.ID == "" || b.Why == "" || !b.From.Valid:
			faults.add(b.Source, "band", b.ID, "a band needs a name, the score from which it holds, and why")
		case edge < 0 || edge > 100*million:
			faults.add(b.Source, "from", b.From.Decimal.String(), "write a score from 0 to 100")
		case i > 0 && edge == rs.edges[i-1]:
			faults.add(b.Source, "from", b.From.Decimal.String(), "two bands start at the same score")
		}
		rs.edges = append(rs.edges, edge)
	}
	if len(bands) < 2 || rs.edges[0] != 0 {
		faults.add(sanctions.Source{File: "bands.csv"}, "from", "", "there must be two bands or more, the first from 0")
	}
}

// band is the position of the band of a score.
func (rs *Ruleset) band(score int64) int {
	i := 0
	for i+1 < len(rs.edges) && score >= rs.edges[i+1] {
		i++
	}
	return i
}

func (rs *Ruleset) compileTiers(faults *faultList) {
	rs.tiers = make(map[string][]Tier, len(rs.tables.Tiers))
	for _, t := range rs.tables.Tiers {
		faults.documented(t.Source, t.HS6, t.Citation, "the row is its own reason", t.Effective)
		if t.Tier == "" {
			faults.add(t.Source, "tier", "", "write one of %s", strings.Join(tierNames, ", "))
		}
		for _, other := range rs.tiers[t.HS6] {
			if overlap(other.Effective, t.Effective) {
				faults.add(t.Source, "hs6", t.HS6, "the code has another tier at the same time at %v", other.Source)
			}
		}
		rs.tiers[t.HS6] = append(rs.tiers[t.HS6], t)
	}
}

// russian tells whether a programme lists in respect of Russia.
func (rs *Ruleset) russian(programme string) bool {
	for i := range rs.tables.Programmes {
		if strings.EqualFold(rs.tables.Programmes[i].Programme, programme) {
			return true
		}
	}
	return false
}

func overlap(a, b sanctions.Period) bool {
	return !(a.To.Before(b.From) || a.To == b.From && !a.To.IsZero() || b.To.Before(a.From) || b.To == a.From && !b.To.IsZero())
}

// tier is the gravest tier of the codes, separated by semicolons, on a day: bit 0
// is tier 1; known to be none when there are codes and no tier.
func (rs *Ruleset) tier(codes string, on sanctions.Date) uint64 {
	if codes == "" {
		return 0
	}
	best := len(tierNames) // "none"
	for code := range strings.SplitSeq(codes, ";") {
		for _, t := range rs.tiers[code] {
			if on.IsZero() || t.Effective.Contains(on) {
				best = min(best, slices.Index(tierNames, t.Tier))
			}
		}
	}
	return 1 << best
}
