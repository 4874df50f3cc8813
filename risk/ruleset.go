package risk

import (
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
	scale
	lists             [][]uint8     // of facts that rules ask, see [Ruleset.list]
	imputation        []compiledRow // parallel to tables.Imputation
	tiers             map[string][]tables.Tier
	edges             []int64 // of the bands, in millionths
	russianProgrammes []string
	licensedKinds     uint64 // kinds of which some rule asks the codes of the goods
	digest            func() string
	pool              *sync.Pool // of *scratch
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

func (rs *Ruleset) grades(t triple) assessment.Grades {
	bands := rs.tables.Bands
	return assessment.Grades{Low: bands[rs.band(t.low)].ID, Point: bands[rs.band(t.point)].ID, High: bands[rs.band(t.high)].ID}
}

// evidenceShown is all facts of scope evidence, the first list: an engagement's weight is
// shown with everything that was asked, not only with what its row asks.
var evidenceShown = func() (facts []uint8) {
	for i := range catalogue {
		if catalogue[i].Scope == tables.ScopeEvidence {
			facts = append(facts, uint8(i))
		}
	}
	return facts
}()

// list numbers the facts that rules ask, in their order.
func (rs *Ruleset) list(facts []uint8) int32 {
	at := slices.IndexFunc(rs.lists, func(l []uint8) bool { return slices.Equal(l, facts) })
	if at < 0 {
		at, rs.lists = len(rs.lists), append(slices.Clip(rs.lists), facts)
	}
	return int32(at)
}
