package risk

import (
	"cmp"
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// reducing is the memory of reducing a subject's claims to engagements.
type reducing struct {
	weighing
	statements slab[statement]
	accounts   slab[account]
	weights    slab[strandWeight]
	readings   slab[reading]
	dealings   []engagement
	around     []contextClaim
	near       []nearRow      // of the account on its way
	ends       []int          // of the account on its way
	taken      map[string]int // ids of engagements
}

func newReducing() reducing { return reducing{taken: map[string]int{}} }

func (r *reducing) reset() {
	r.chains.reset()
	r.statements.reset()
	r.accounts.reset()
	r.weights.reset()
	r.readings.reset()
	clear(r.dealings)
	clear(r.around)
}

// engagement is what the claims about one dealing of the firm reduce to.
//
// Claims belong together when they share an engagement id, or an event and a
// kind, or when one replaces or corrects another. Every differing statement is an
// account of its own; the account that weighs most is counted, once, and the
// others only widen the bounds. See [account] for how an account is weighed.
type engagement struct {
	id       string
	claims   []int // all of it, in canonical order
	relays   []int // add nothing: their origin is at hand
	replaced []int // superseded by a later claim of the same root
	topics   []int // of the group at the same event
	talk     int32 // number of the event if it is nothing but talk there: see combine
	event    int   // what is told at the same events has the same number, 0 nothing else
	heard    []int // topics of all of that, in the order of the claims: for the high score
	ends     []int // say that it ended
	accepted []int // those of them after which nobody tells that it goes on
	accounts []account
	ended    claims.Stage // suspended, exited or empty
	endSure  bool         // the end is confirmed, not only reported
	endDoubt bool         // the end is disputed
	endAs    tables.Status
	endDay   sanctions.Date
}

// account is one statement of what happened, with the evidence for it. Some are as
// a source tells them; some complete what one source tells by what others tell and
// nobody contradicts; some are what two sources have in common that differ in the
// rest. Sources corroborate each other only in what they both say: an account
// weighs as the cell of it that is shown least.
type account struct {
	reading
	evidence
	told     bool               // a source tells it just so: what it leaves blank is open in the high score
	past     bool               // told by who tells of its end, while others tell of the dealing: for the high score
	short    bool               // of a stage short of what is denied of it: for the high score
	corrects bool               // it is a correction's, and nobody else tells it
	sources  []sanctions.Source // of the claims that affirm it
	teller   int                // the first claim that tells it
	asked    int                // the item that rules are asked about
	strands  []strandWeight     // in which it is told: for the high score
	left     claims.Stage       // and the end that is confirmed of it
	met      []int              // where the other side stood within the dealing, see meetings: for show

	// What low and point are asked about: nothing counts there that does not hold of
	// all of them, and what lessens in one of them lessens. Empty is the account as it
	// is told.
	sure []reading

	// What a told account may be besides, for the high score.
	readings  []reading
	unbounded bool // in more ways than are tried
	others    perhaps
}

// reading is a statement with the last day that goes with it and its value.
type reading struct {
	statement
	terms   terms          // of the statement
	conduct sanctions.Date // last day of the dealing that is known
	early   sanctions.Date // earliest day that conduct may be, where dates are coarse
	usd     numeral
	most    numeral // in the high score: the greatest value that others tell, where the statement has none
}

// leastUSD is the value that a statement certainly comes to.
func (r *reading) leastUSD() numeral {
	if r.usd.known && r.mayBeLess() {
		return numeral{max(0, r.usd.value-1), true}
	}
	return r.usd
}

// perhaps is what others tell in cells that an account leaves blank, as far as it does
// not go with the other cells: for the high score.
type perhaps struct {
	kinds, classes uint64
	codes          string // joined
	dollars        bool   // a value is in dollars
}

// Context is a claim that was seen and does not charge the firm, with the reason.
type contextClaim struct {
	claim      int
	imputation int    // row of the imputation table, or -1
	reason     string // where no row gives it
}

// reduction is a subject's claims taken apart.
type reduction struct {
	engagements []engagement
	context     []contextClaim
	remedies    [][]int // per engagement: claims of what the firm did about it; nil where there are none
}

func (e *engagement) at(all []relatedClaim, event string) bool {
	return slices.ContainsFunc(e.claims, func(i int) bool { return all[i].EventID == event && !all[i].denies() })
}

// given is the engagement id that claims give, if any.
func (e *engagement) given(all []relatedClaim) string {
	best := ""
	for _, i := range e.claims {
		if c := &all[i]; c.EngagementID != "" && !c.denies() && c.Polarity != claims.Correct && (best == "" || c.EngagementID < best) {
			best = c.EngagementID
		}
	}
	for _, i := range e.claims {
		if c := &all[i]; best == "" && c.Polarity == claims.Correct {
			best = cmp.Or(c.SupersedesID, c.EngagementID)
		}
	}
	return best
}

// goesOn tells whether the dealing is under way, as far as the statement says.
func (s *statement) goesOn() bool { return s.stage == claims.Operating && s.to.IsZero() }

// nearRow is what near found for one teller of an account on its way.
type nearRow struct{ teller, row int }
