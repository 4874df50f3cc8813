package ownership

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the table of regimes
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Rule is one row of the table of regimes: what ownership means under one regime
// in one stretch of days.
type Rule struct {
	Regime   string
	ListedBy []Selector // which designations make a listed owner
	// Threshold is 0 where the law names no percentage, so that no share decides;
	// to hold half is then a question of control.
	Threshold sanctions.Share
	Inclusive bool // the threshold itself suffices
	Aggregate Aggregation
	Cascade   bool // an owned firm passes on its whole stake; else only listed owners count
	Votes     bool // voting rights are tested beside shares
	Control   ControlTest
	// LookBack is for how many days after a listed owner that held enough has left the
	// regime asks whether it truly has; 0 is without end.
	LookBack int
	// MostRestrictive says that of owners with different designations the most restrictive
	// governs, and that ListedBy names them in that order.
	MostRestrictive bool
	State           State
	Period          sanctions.Period
	Citation        string
	Why             string
	Source          sanctions.Source
}

// Selector picks designations of one authority with one measure and, if
// Programmes is not empty, under one of these programmes.
type Selector struct {
	Authority  sanctions.Authority
	Measure    sanctions.Measure
	Programmes []string
}

// Selects reports whether the designation makes its party a listed owner.
func (s Selector) Selects(d *sanctions.Designation) bool {
	return d.Authority == s.Authority && d.Has(s.Measure) &&
		(len(s.Programmes) == 0 || slices.ContainsFunc(d.Programmes, func(p string) bool { return slices.Contains(s.Programmes, p) }))
}

// maySelect reports whether the designation would be selected if its list had
// named its programmes: one that is not stated is not another one.
func (s Selector) maySelect(d *sanctions.Designation) bool {
	return len(s.Programmes) > 0 && len(d.Programmes) == 0 && d.Authority == s.Authority && d.Has(s.Measure)
}

// Aggregation says whether the holdings of several listed owners are added.
type Aggregation string

// The aggregations.
const (
	AggregateAll       Aggregation = "yes"       // all listed owners together
	AggregateNone      Aggregation = "no"        // each by itself, unless they act under a joint arrangement
	AggregateUnsettled Aggregation = "unsettled" // the law does not say: each by itself is certain, together possible
)

// ControlTest says how a regime looks at control beside ownership.
type ControlTest string

// The tests of control. Under both, control, trusts, a right to the majority of
// the board and half in one hand are indications, and pass on through whatever
// the controlled firm owns or controls. One hand is a listed or owned party with all
// that it owns, so that splitting a stake changes nothing.
const (
	ControlIgnored      ControlTest = "no"
	ControlPresumed     ControlTest = "presumed"     // rebuttable presumption from listed criteria
	ControlHypothetical ControlTest = "hypothetical" // whether one could direct affairs: half in the hand of a controlled holder, or with what is controlled, or a circular holding, indicates it too
)

// State says whether a rule applies in its stretch of days.
type State string

// The states.
const (
	InForce State = "in_force"
	Stayed  State = "stayed"
	Unsure  State = "unknown" // whether it is in force is not known: nothing is certain, ownership is possible
)

// Regimes is a table of rules in the order in which verdicts are given.
type Regimes []Rule

//go:embed regimes.csv
var regimesCSV []byte

var builtinRegimes = sync.OnceValue(func() Regimes {
	table, err := ReadRegimes(bytes.NewReader(regimesCSV), "regimes.csv")
	if err != nil {
		panic(err) // the embedded table is tested
	}
	return table
})

// BuiltinRegimes returns a copy of the table that ships with the package, each
// row with its citation: us-ofac, us-ofac-ssi, us-bis, eu, uk, ch, ca, au. The
// United Nations has no ownership rule and so no row.
func BuiltinRegimes() Regimes { return slices.Clone(builtinRegimes()) }

// InForce returns, for each regime in table order, the row for the day. For a
// regime without one it returns a rule without state and citation, which says who
// is listed and nothing else.
func (t Regimes) InForce(day sanctions.Date) Regimes {
	var out Regimes
	for _, r := range t {
		i := slices.IndexFunc(out, func(o Rule) bool { return o.Regime == r.Regime })
		if i < 0 {
			i = len(out)
			out = append(out, Rule{Regime: r.Regime, ListedBy: r.ListedBy})
		}
		if r.Period.Contains(day) {
			out[i] = r
		}
	}
	return out
}

// Only returns the rows of the named regimes.
func (t Regimes) Only(regimes ...string) Regimes {
	return slices.DeleteFunc(slices.Clone(t), func(r Rule) bool { return !slices.Contains(regimes, r.Regime) })
}

// Digest is the SHA-256 of the table, in hexadecimal, wherever it was read: two tables of
// one digest give the same verdicts.
func (t Regimes) Digest() string {
	rows := slices.Clone(t)
	for i := range rows {
		rows[i].Source = sanctions.Source{}
	}
	text, err := json.Marshal(rows)
	if err != nil {
		panic(err) // a rule holds nothing that cannot be marshalled
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// lists reports whether the party has a designation in force on the day that
// makes it a listed owner, or may.
func (r *Rule) lists(p *sanctions.Party, day sanctions.Date) bool {
	for i := range p.Designations {
		d := &p.Designations[i]
		if !d.Period.Contains(day) {
			continue
		}
		for k := range r.ListedBy {
			if r.ListedBy[k].Selects(d) || r.ListedBy[k].maySelect(d) {
				return true
			}
		}
	}
	return false
}

// id names the row for a verdict: "us-ofac from 2014-08-13".
func (r *Rule) id() string {
	switch {
	case r.Citation == "":
		return ""
	case r.Period.From.IsZero() && r.Period.To.IsZero():
		return r.Regime
	case r.Period.From.IsZero():
		return r.Regime + " until " + r.Period.To.String()
	}
	return r.Regime + " from " + r.Period.From.String()
}

// ReadRegimes reads a table of regimes, columns in any order:
//
//	regime,listed_by,governs,threshold,inclusive,aggregate,indirect,tests,control,look_back,state,from,to,citation,why
//
// listed_by is a |-separated list of authority:measure, with @PROGRAMME+… to
// narrow it; governs most_restrictive where of several owners' designations the first
// in listed_by governs, else empty or left out; threshold a percentage or empty; inclusive yes or no; aggregate yes,
// no or unsettled; indirect cascade or direct; tests shares or shares|votes;
// control no, presumed or hypothetical; look_back days, empty or left out for no end; state in_force, stayed or unknown; from
// and to YYYY-MM-DD, [from, to). A row without citation or reason does not load,
// nor do two rows of one regime for one day.
func ReadRegimes(r io.Reader, file string) (Regimes, error) {
	rows, err := csvfile.ReadAll[ruleRow](r, file, csvfile.Require(slices.DeleteFunc(slices.Clone(ruleColumns), func(c string) bool { return c == "look_back" || c == "governs" })...))
	errs := []error{err}
	table := make(Regimes, len(rows))
	for i := range rows {
		table[i] = Rule(rows[i].Value)
		table[i].Source = rows[i].Source
		errs = append(errs, complete(&rows[i], table[:i])...)
	}
	if err := sanctions.JoinFaults(errs); err != nil {
		return nil, err
	}
	return table, nil
}

// complete finds what a row lacks, and an earlier row for the same day.
func complete(row *csvfile.Row[ruleRow], prior Regimes) (faults []error) {
	r := (*Rule)(&row.Value)
	for _, cell := range []struct{ header, value string }{{"regime", r.Regime}, {"citation", r.Citation}, {"why", r.Why},
		{"aggregate", string(r.Aggregate)}, {"control", string(r.Control)}, {"state", string(r.State)}} {
		if cell.value == "" {
			faults = append(faults, row.Fault(cell.header, "", "a rule needs regime, citation, why, aggregate, control and state"))
		}
	}
	if len(r.ListedBy) == 0 {
		faults = append(faults, row.Fault("listed_by", "", "the rule names no designations that make a listed owner; write authority:measure"))
	}
	if !r.Period.Valid() {
		faults = append(faults, row.Fault("to", r.Period.To.String(), "the rule ends before it starts"))
	}
	if r.Threshold == 0 && r.Control == ControlIgnored {
		faults = append(faults, row.Fault("threshold", "", "a rule needs a threshold or a test of control"))
	}
	for _, p := range prior {
		if p.Regime == r.Regime && p.Period.Overlaps(r.Period) {
			faults = append(faults, row.Fault("regime", r.Regime, "the rule of line %d holds on some of the same days", p.Source.Line))
		}
	}
	return faults
}

var ruleColumns = []string{"regime", "listed_by", "governs", "threshold", "inclusive", "aggregate", "indirect", "tests",
	"control", "look_back", "state", "from", "to", "citation", "why"}

// ruleRow is a Rule on its way out of a file.
type ruleRow Rule

func (*ruleRow) Columns() []string { return ruleColumns }

func (r *ruleRow) SetCell(i int, value string) (err error) {
	switch ruleColumns[i] {
	case "regime":
		r.Regime = value
	case "listed_by":
		r.ListedBy, err = parseSelectors(value)
	case "governs":
		if r.MostRestrictive = value != ""; r.MostRestrictive && value != "most_restrictive" {
			err = errors.New("write most_restrictive, where listed_by names the most restrictive first, or nothing")
		}
	case "threshold":
		var share sanctions.ShareRange
		share, err = sanctions.ParsePercent(value)
		if err == nil && !share.IsExact() {
			err = errors.New("a threshold has at most seven decimals")
		}
		r.Threshold = share.Low
	case "inclusive":
		r.Inclusive, err = oneOf(value, "yes", "no")
	case "aggregate":
		r.Aggregate, err = term(value, AggregateAll, AggregateNone, AggregateUnsettled)
	case "indirect":
		r.Cascade, err = oneOf(value, "cascade", "direct")
	case "tests":
		r.Votes, err = oneOf(value, "shares|votes", "shares")
	case "control":
		r.Control, err = term(value, ControlIgnored, ControlPresumed, ControlHypothetical)
	case "look_back":
		if value != "" {
			if r.LookBack, err = strconv.Atoi(value); err != nil || r.LookBack <= 0 || r.LookBack > 36525 {
				err = errors.New("write a number of days from 1 to 36525, or nothing")
			}
		}
	case "state":
		r.State, err = term(value, InForce, Stayed, Unsure)
	case "from":
		r.Period.From, err = sanctions.ParseDate(value)
	case "to":
		r.Period.To, err = sanctions.ParseDate(value)
	case "citation":
		r.Citation = value
	case "why":
		r.Why = value
	}
	return err
}

// oneOf reads a choice of two; true is the first.
func oneOf(value, yes, no string) (bool, error) {
	if value != yes && value != no {
		return false, fmt.Errorf("write %s or %s", yes, no)
	}
	return value == yes, nil
}

func term[T ~string](value string, terms ...T) (T, error) {
	if slices.Contains(terms, T(value)) {
		return T(value), nil
	}
	return "", fmt.Errorf("known are %q", terms)
}

func parseSelectors(s string) ([]Selector, error) {
	var out []Selector
	for part := range strings.SplitSeq(s, "|") {
		who, programmes, narrowed := strings.Cut(part, "@")
		authority, measure, ok := strings.Cut(strings.TrimSpace(who), ":")
		if !ok || authority == "" {
			return nil, fmt.Errorf("%q is no selector; write authority:measure or authority:measure@PROGRAMME", part)
		}
		m, err := sanctions.ParseMeasure(measure)
		if err != nil {
			return nil, err
		}
		sel := Selector{Authority: sanctions.Authority(authority), Measure: m}
		if narrowed {
			sel.Programmes = strings.Split(programmes, "+")
		}
		out = append(out, sel)
	}
	return out, nil
}
