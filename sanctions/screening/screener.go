package screening

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/sanctions/match"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// Screener tells where parties stand. It is safe for concurrent use and never
// changes what it answers: a new edition of a list is a new Screener. It keeps
// the ownership analyses and the standings that it worked out, at most
// [AnalysesSize] and [MemoSize] of them.
type Screener struct {
	snapshot *sanctions.Snapshot
	coverage sanctions.Coverage
	index    *match.Index
	graph    *ownership.Graph
	regimes  ownership.Regimes
	identity *identity
	seeds    []ownership.Seed
	turns    []sanctions.Date // days on which some answer of ownership may change, ascending
	lineage  *lineage         // what it may change by

	edition map[string]sanctions.Date // the day of each list's edition, or of its retrieval
	until   sanctions.Date            // the last day on which no list is older than it may be; unknown for no limit

	mu       sync.Mutex
	analyses map[sanctions.Date]func() (*ownership.Analysis, error) // by the last turn not after the day
	memo     map[memoKey]sanctions.Standing
}

// How many ownership analyses and how many standings a Screener keeps before it
// starts afresh. An analysis is of all days between two on which a listing, an
// interest or a rule begins or ends, and holds what listed parties own.
const (
	AnalysesSize = 1 << 8
	MemoSize     = 1 << 14
)

// Option sets up a [Screener].
type Option func(*setup)

type setup struct {
	regimes    ownership.Regimes
	known      []sanctions.Party
	clearances []match.Clearance
	lists      []lists.Option
	refuse     []error
}

// WithRegimes replaces the table of ownership regimes that ships with package
// ownership.
func WithRegimes(table ownership.Regimes) Option { return func(s *setup) { s.regimes = table } }

// WithParties tells who some of the ids in the registers of interests are, such
// as the firms under review: their names, countries and identifiers are then
// used to recognise them.
func WithParties(parties ...sanctions.Party) Option {
	return func(s *setup) { s.known = append(s.known, parties...) }
}

// WithClearances gives earlier decisions that a subject is not a listed party.
func WithClearances(decisions ...match.Clearance) Option {
	return func(s *setup) { s.clearances = append(s.clearances, decisions...) }
}

// WithLists passes options on to lists.Open. Only [Open] heeds it.
func WithLists(opts ...lists.Option) Option {
	return func(s *setup) { s.lists = append(s.lists, opts...) }
}

// Refuse makes contradictions of the registers errors of [Open], which otherwise
// gives them to verdicts as conditions: [ownership.ErrCircular],
// [ownership.ErrOverWhole], as of the day of Open.
func Refuse(contradictions ...error) Option {
	return func(s *setup) { s.refuse = append(s.refuse, contradictions...) }
}

// Open reads the folder of a manifest, its lists and its registers of interests,
// and makes a Screener. asOf is the day against which the age of the lists is
// measured. Whatever is wrong with any of the files is reported, all of it
// joined; then there is no Screener.
func Open(fsys fs.FS, asOf sanctions.Date, opts ...Option) (*Screener, *lists.Manifest, error) {
	var s setup
	for _, o := range opts {
		o(&s)
	}
	manifest, manifestErr := lists.ReadManifest(fsys)
	if manifest == nil {
		return nil, nil, manifestErr
	}
	snapshot, opened, err := lists.Open(fsys, append([]lists.Option{lists.AsOf(asOf)}, s.lists...)...)
	var files []ownership.File
	for _, format := range ownership.Formats() {
		for _, f := range manifest.Files {
			if f.Format == string(format) {
				files = append(files, ownership.File{Path: f.Path, Format: format, Published: f.Published})
			}
		}
	}
	graph, graphErr := readInterests(fsys, files, manifest, snapshot, s.known)
	faults := []error{err, graphErr}
	if graphErr == nil && len(s.refuse) > 0 {
		for _, contradiction := range graph.Contradictions(asOf) {
			if slices.ContainsFunc(s.refuse, func(refused error) bool { return errors.Is(contradiction, refused) }) {
				faults = append(faults, contradiction)
			}
		}
	}
	if err := sanctions.JoinFaults(faults); err != nil {
		return nil, nil, err
	}
	screener, err := New(snapshot, graph, opts...)
	return screener, opened, err
}

// readInterests reads the registers, with what the manifest, the lists and the caller
// know of the ids in them.
func readInterests(fsys fs.FS, files []ownership.File, manifest *lists.Manifest, snapshot *sanctions.Snapshot, known []sanctions.Party) (*ownership.Graph, error) {
	var names []string
	for _, f := range manifest.Files {
		if f.List != "" {
			names = append(names, f.List)
		}
	}
	slices.Sort(names)
	ids := make(map[string]bool)
	for i := range known {
		ids[known[i].ID] = true
	}
	if snapshot != nil {
		for _, p := range snapshot.All() {
			for _, id := range append([]string{p.ID}, p.OtherIDs...) {
				_, own, _ := strings.Cut(id, ":") // as a parties file writes it
				ids[id], ids[own] = true, true
			}
		}
	}
	b := ownership.NewBuilder()
	b.Expect(slices.Compact(names), func(id string) bool { return ids[id] })
	if err := b.Read(fsys, files...); err != nil {
		return nil, err
	}
	return b.Graph(), nil
}

// New joins a snapshot of lists and a graph of interests. It resolves every party
// of the graph: by the id of a listed party, by an identifier, by name. Parties of
// the graph that are certainly one, by a strong identifier or, for a mention without
// id, by exactly the name of one other party, are joined before; those that are
// possibly one, by names that are only alike, make what rests on that possible.
func New(snapshot *sanctions.Snapshot, graph *ownership.Graph, opts ...Option) (*Screener, error) {
	if snapshot == nil || graph == nil {
		return nil, errors.New("a screener needs a snapshot and a graph; an empty graph is ownership.NewBuilder().Graph()")
	}
	s := setup{regimes: ownership.BuiltinRegimes()}
	for _, o := range opts {
		o(&s)
	}
	given := graph
	register := newRegister(given, s.known)
	links := register.links()
	graph, _, err := given.Join(certain(links)...)
	if err != nil {
		return nil, err
	}
	x := &Screener{
		snapshot: snapshot,
		coverage: coverageOf(snapshot, &s),
		index:    match.NewIndex(snapshot, match.WithClearances(s.clearances...)),
		graph:    graph,
		regimes:  s.regimes,
		analyses: make(map[sanctions.Date]func() (*ownership.Analysis, error)),
		memo:     make(map[memoKey]sanctions.Standing),
		edition:  make(map[string]sanctions.Date),
	}
	for _, l := range snapshot.Coverage().Lists {
		if x.edition[l.List] = l.Published; l.Published.IsZero() {
			x.edition[l.List] = l.Retrieved
		}
		if !l.Until.IsZero() && (x.until.IsZero() || l.Until.Before(x.until)) {
			x.until = l.Until
		}
	}
	x.identity = newIdentity(snapshot, graph, register, s.known)
	x.seeds = x.findSeeds(given)
	may, below := telling(links, graph, x.seeds)
	if x.graph, _, err = graph.Join(may...); err != nil {
		return nil, err
	}
	x.lineage = newLineage(x.graph, x.regimes, x.seeds, may, below)
	x.turns = x.findTurns()
	return x, nil
}

// Coverage tells which lists every answer stands on, and which it does not, with the
// digests of what the caller gave besides.
func (s *Screener) Coverage() sanctions.Coverage { return s.coverage }

// Snapshot is the lists that the screener was made of.
func (s *Screener) Snapshot() *sanctions.Snapshot { return s.snapshot }

// Graph is the interests that the screener was made of, with the parties joined that
// are one and the same.
func (s *Screener) Graph() *ownership.Graph { return s.graph }

// Ownership is the analysis of all interests as of a day, with the listed parties
// that were recognised in them.
func (s *Screener) Ownership(asOf sanctions.Date) (*ownership.Analysis, error) {
	if asOf.IsZero() {
		return nil, errors.New("ownership is of a day; pass the date")
	}
	return s.analysis(asOf)
}

// Screen tells where a party stands as of a day. The party needs an id or a
// name. Listings are those in force on the day; a possible one is a candidate
// for a reviewer and never decides alone. On a day on which a list is older than its
// manifest allows, whatever the day of Open, the standing has the condition
// [sanctions.ListStale]. Standings are kept and given to whoever
// asks next: do not change what one points to.
func (s *Screener) Screen(party sanctions.Party, asOf sanctions.Date) (sanctions.Standing, error) {
	if asOf.IsZero() {
		return sanctions.Standing{}, errors.New("a standing is of a day; pass the date to screen as of")
	}
	if party.ID == "" && len(party.Names) == 0 && len(party.Identifiers) == 0 {
		return sanctions.Standing{}, errors.New("there is nothing to screen: the party has no id, name or identifier")
	}
	key := keyOf(&party, asOf)
	s.mu.Lock()
	standing, ok := s.memo[key]
	s.mu.Unlock()
	if ok {
		standing.Party = party
		return standing, nil
	}
	candidates := s.candidates(&party)
	standing = sanctions.Standing{Party: party, AsOf: asOf, Listings: s.inForce(candidates, asOf)}
	verdicts, err := s.verdicts(&party, standing.Listings, asOf)
	if err != nil {
		return sanctions.Standing{}, err
	}
	standing.Verdicts = verdicts
	standing.Holds = s.holds(&party, candidates, asOf)
	standing.Conditions = s.conditions(&standing)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.memo) >= MemoSize {
		clear(s.memo)
	}
	s.memo[key] = standing
	return standing, nil
}

// conditions gathers what a reader of the standing as a whole must know.
func (s *Screener) conditions(st *sanctions.Standing) []sanctions.Condition {
	var out []sanctions.Condition
	if !s.until.IsZero() && st.AsOf.After(s.until) {
		out = append(out, sanctions.ListStale)
	}
	for i := range st.Listings {
		l := &st.Listings[i]
		if l.Matched.Weak && l.Basis == sanctions.ByName && l.Answer() == sanctions.Possible {
			out = append(out, sanctions.WeakAliasOnly)
		}
		if l.Reopened != "" {
			out = append(out, sanctions.DecisionReopened)
		}
		if l.Undated || s.ageless(l) {
			out = append(out, sanctions.ListingUndated)
		}
	}
	for i := range st.Verdicts {
		out = append(out, st.Verdicts[i].Conditions...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
