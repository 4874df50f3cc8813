package risk

import (
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Ruleset is compiled [tables.Set]. It is immutable and safe for concurrent use.
type Ruleset struct {
	tables                     tables.Set
	authorities                []compiledAuthority // by id
	rules                      []compiledRule      // by authority, then id
	engagementRules, firmRules *grid
	calendar                   *calendar
	evidence                   []compiledRow // parallel to tables.Evidence
	weights                    []int16       // row of evidence by position of the state
	lists                      [][]uint8     // of facts that rules ask, see [Ruleset.list]
	imputation                 []compiledRow // parallel to tables.Imputation
	tiers                      map[string][]tables.Tier
	edges                      []int64 // of the bands, in millionths
	russianProgrammes          []string
	licensedKinds              uint64 // kinds of which some rule asks the codes of the goods
	digest                     func() string
	pool                       *sync.Pool // of *scratch
}

type compiledAuthority struct {
	*tables.Authority
	elements []compiledElement
	rules    span
	own      bool // of nature Own
}

// compiledElement is an element of an authority, which any of its rows may show.
type compiledElement struct {
	*assessment.Requirement
	rows [][]test
}

type compiledRule struct {
	*tables.Rule
	points     int64
	floor, cap int64 // -1 is none
	authority  int32
	list       int32 // of the facts that tests ask, in their order
	basis      bool
	aggravates bool
	row        *assessment.Row // as factors show it
	asks       factSet         // facts that tests ask
	tests      []test
	shown      [3]assessment.Score // of a line: fires in all scores, on what is certain only, in the high score only
}

type compiledRow struct {
	tests            []test
	low, point, high int64
	reach            int // rank
	row              *assessment.Row
	weight           assessment.Score
}

// ReadRules reads and compiles the rule set in a folder.
func ReadRules(fsys fs.FS) (*Ruleset, error) {
	t, err := tables.Read(fsys)
	switch {
	case err == nil:
		return Compile(t)
	case len(sanctions.Faults(err)) >= sanctions.MaxFaults:
		return nil, err
	}
	// What else is wrong with the rows that could be read. What is missing, a table as a
	// whole or an authority, may stand in what could not.
	unread := sanctions.Faults(err)
	errs := []error{err}
	if _, err := Compile(t); err != nil {
		noAuthority := slices.ContainsFunc(unread, func(f *sanctions.Fault) bool { return f.File == "authorities.csv" })
		for _, f := range sanctions.Faults(err) {
			if f.Line > 0 && (f.Header != "authority" || !noAuthority) {
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
func Compile(t tables.Set) (*Ruleset, error) {
	rs := &Ruleset{tables: t.Clone(), lists: [][]uint8{evidenceShown}, pool: &sync.Pool{New: func() any {
		return &scratch{seen: map[screenKey]int{}, codes: map[string][]string{}, bodies: map[string]uint64{}, wanted: map[factSet]string{}, asOfDays: map[sanctions.Date]string{}, taken: map[string]int{}}
	}}}
	faults := faultList{of: &t}
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
	rs.index(nil, nil)
	return rs, nil
}

// Tables is a copy of the tables; change it as you like and [Compile] it.
func (rs *Ruleset) Tables() tables.Set {
	set := rs.set()
	return set.Clone()
}

// set is the tables, of which a variant has its rules only as compiled.
func (rs *Ruleset) set() tables.Set {
	set := rs.tables
	if set.Rules == nil {
		for i := range rs.rules {
			set.Rules = append(set.Rules, *rs.rules[i].Rule)
		}
	}
	return set
}

// Digest is the SHA-256 of the tables. Rows in another order give the same
// digest where order has no meaning: everywhere but in evidence and imputation.
func (rs *Ruleset) Digest() string { return rs.digest() }

// WithRule is the rule set with one rule replaced, found by its ID, or added. It
// compiles that rule alone, so that thousands of variants a second can be tried.
func (rs *Ruleset) WithRule(r tables.Rule) (*Ruleset, error) {
	faults := faultList{of: &rs.tables}
	c := rs.compileRule(&r, &faults)
	if faults.errs != nil {
		return nil, sanctions.JoinFaults(faults.errs)
	}
	return rs.withRules(r.ID, &c), nil
}

// WithoutRule is the rule set without a rule.
func (rs *Ruleset) WithoutRule(id string) *Ruleset { return rs.withRules(id, nil) }

// withRules puts in a rule for that of an id, or for none. What the rules are asked by is
// made anew where it is about what the two ask, if one takes the place of the other.
func (rs *Ruleset) withRules(id string, c *compiledRule) *Ruleset {
	out := *rs
	out.rules, out.tables.Rules = make([]compiledRule, 0, len(rs.rules)+1), nil
	if c != nil {
		c.list = out.list(factsOf(c.tests))
	}
	at := -1 // where one takes the place of the other
	for i := range rs.rules {
		r := &rs.rules[i]
		if c != nil && compareRules(c, r) <= 0 {
			if r.ID == id && r.Scope == c.Scope {
				at = i
			}
			out.rules = append(out.rules, *c)
			c = nil
		}
		if r.ID != id {
			out.rules = append(out.rules, *r)
		}
	}
	if c != nil {
		out.rules = append(out.rules, *c)
	}
	if at < 0 {
		out.index(nil, nil)
		return &out
	}
	was, is := &rs.rules[at], &out.rules[at]
	asks := was.asks
	asks.add(is.asks)
	out.index(rs, func(fact int) bool { return asks[fact/64]&(1<<(fact%64)) == 0 })
	return &out
}

func compareRules(a, b *compiledRule) int {
	if a.authority != b.authority {
		return int(a.authority - b.authority)
	}
	return strings.Compare(a.ID, b.ID)
}

// index builds what is found fast from what is compiled, with what is the same in an
// earlier rule set, if there is one.
func (rs *Ruleset) index(was *Ruleset, same func(fact int) bool) {
	var engagement, firm *grid
	if was != nil {
		engagement, firm = was.engagementRules, was.firmRules
	}
	rs.engagementRules, rs.firmRules = newGrid(rs.rules, tables.ScopeEngagement, engagement, same), newGrid(rs.rules, tables.ScopeFirm, firm, same)
	rs.calendar = newCalendar(rs.rules)
	rs.authorities = slices.Clone(rs.authorities)
	for i := range rs.authorities {
		rs.authorities[i].rules = span{}
	}
	for i := range rs.rules { // by authority
		of := &rs.authorities[rs.rules[i].authority].rules
		if of.to == 0 {
			of.from = int32(i)
		}
		of.to = int32(i + 1)
	}
	set := &rs.tables
	rs.russianProgrammes = make([]string, len(set.Programmes))
	for i := range set.Programmes {
		rs.russianProgrammes[i] = set.Programmes[i].Programme
	}
	rs.licensedKinds = 0
	for i := range rs.rules {
		tests := rs.rules[i].tests
		if !slices.ContainsFunc(tests, func(t test) bool { return t.kind == tables.FactWords && t.slot == slotHS6 }) {
			continue
		}
		at := slices.IndexFunc(tests, func(t test) bool { return t.kind == tables.FactTerms && t.slot == slotKind && !t.negate })
		if at < 0 {
			rs.licensedKinds = ^uint64(0) // any kind
			break
		}
		rs.licensedKinds |= tests[at].mask
	}
	rs.digest = sync.OnceValue(func() string {
		set := rs.set()
		return set.Digest()
	})
}

func (rs *Ruleset) authority(id string) int {
	i, ok := slices.BinarySearchFunc(rs.authorities, id, func(a compiledAuthority, id string) int { return strings.Compare(a.ID, id) })
	if !ok {
		return -1
	}
	return i
}

// band is the position of the band of a score.
func (rs *Ruleset) band(score int64) int {
	i := 0
	for i+1 < len(rs.edges) && score >= rs.edges[i+1] {
		i++
	}
	return i
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
