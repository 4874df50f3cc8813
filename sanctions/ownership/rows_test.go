package ownership_test

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// filings are rows as files state them, with all that makes them one stake: days,
// publication, ids of one party, listed parties that stand in it twice.
type filings struct {
	rows      []registers.Interest // Source.File names the file
	published map[string]sanctions.Date
	same      map[string]string // id → the id that leads, of ids that are joined
	party     map[string]string // id → the listed party that it is, where that has another id, too
	listed    map[string]sanctions.Answer
}

// stakes reads the rows as of a day into one statement for each owner, firm and
// measure, and what owners held that have left.
func (r *filings) stakes(day sanctions.Date) (stakes, gone []registers.Interest) {
	type key struct{ owner, firm, measure string }
	valid, ended := make(map[key][]registers.Interest), make(map[key][]registers.Interest)
	var order []key
	for _, in := range r.rows {
		in.OwnerID, in.OwnedID = cmp.Or(r.same[in.OwnerID], in.OwnerID), cmp.Or(r.same[in.OwnedID], in.OwnedID)
		holds := in.Period.Contains(day)
		if in.Kind == registers.Control || in.Kind == registers.Board || in.Kind == registers.Trust {
			if holds {
				control := in
				if in.Kind == registers.Trust {
					control.Kind = registers.Control
				}
				stakes = append(stakes, control)
			}
			if in.Kind != registers.Trust {
				continue
			}
		}
		k := key{in.OwnerID, in.OwnedID, in.Kind.String()}
		if len(valid[k]) == 0 && len(ended[k]) == 0 {
			order = append(order, k)
		}
		switch {
		case holds:
			valid[k] = append(valid[k], in)
		case !in.Period.To.IsZero() && !in.Period.To.After(day):
			ended[k] = append(ended[k], in)
		default:
			continue
		}
	}
	capital, votes, left := make(map[key]registers.Interest), make(map[key]registers.Interest), make(map[key]registers.Interest)
	for _, kind := range []registers.Kind{registers.Unknown, registers.Shares, registers.Ownership, registers.Votes, registers.Trust} {
		for _, k := range order {
			if k.measure != kind.String() {
				continue
			}
			pair := key{owner: k.owner, firm: k.firm}
			if rows := valid[k]; len(rows) > 0 {
				one := r.settle(latest(rows))
				switch was, ok := capital[pair]; {
				case kind == registers.Votes:
					votes[pair] = one
				case ok:
					capital[pair] = greater(was, one)
				default:
					one.Kind = registers.Shares
					capital[pair] = one
				}
			} else if rows := ended[k]; len(rows) > 0 && kind != registers.Votes {
				last := slices.MaxFunc(rows, func(x, y registers.Interest) int {
					return cmp.Or(x.Period.From.Compare(y.Period.From), x.Period.To.Compare(y.Period.To), cmp.Compare(x.Share.Low, y.Share.Low))
				})
				if was, ok := left[pair]; !ok || last.Share.Low >= was.Share.Low {
					left[pair] = last
				}
			}
		}
	}
	for k, in := range left {
		if _, still := capital[k]; !still {
			gone = append(gone, in)
		}
	}
	for _, in := range capital {
		stakes = append(stakes, in)
	}
	for _, in := range votes {
		stakes = append(stakes, in)
	}
	return r.once(stakes), gone
}

// latest leaves out dated statements before the latest, and those without a share
// beside one with.
func latest(rows []registers.Interest) (out []registers.Interest) {
	var last sanctions.Date
	some := false
	for _, in := range rows {
		if in.Share != sanctions.UnknownShare {
			some = true
			if in.Period.From.Compare(last) > 0 {
				last = in.Period.From
			}
		}
	}
	for _, in := range rows {
		if some && in.Share == sanctions.UnknownShare {
			continue
		}
		if !some {
			in.Period.From = sanctions.Date{} // of what nobody states no day is known
		}
		if in.Period.From.IsZero() || in.Period.From == last {
			out = append(out, in)
		}
	}
	return out
}

// settle finds what statements of one holding come to.
func (r *filings) settle(rows []registers.Interest) registers.Interest {
	published := func(in registers.Interest) sanctions.Date { return r.published[in.Source.File] }
	meet := func(rows []registers.Interest) (sanctions.ShareRange, bool) {
		out := rows[0].Share
		for _, in := range rows {
			if in.Share.Low > out.Low || in.Share.Low == out.Low && in.Share.LowOpen {
				out.Low, out.LowOpen = in.Share.Low, in.Share.LowOpen
			}
			if in.Share.High < out.High || in.Share.High == out.High && in.Share.HighOpen {
				out.High, out.HighOpen = in.Share.High, in.Share.HighOpen
			}
		}
		return out, out.Valid()
	}
	share, agree := meet(rows)
	if !agree {
		var standing []registers.Interest
		for _, in := range rows {
			if !slices.ContainsFunc(rows, func(o registers.Interest) bool {
				_, agree := meet([]registers.Interest{in, o})
				return !agree && published(in).Before(published(o))
			}) {
				standing = append(standing, in)
			}
		}
		rows = standing
		if share, agree = meet(rows); !agree { // all between them is open
			share = rows[0].Share
			for _, in := range rows {
				if in.Share.Low < share.Low || in.Share.Low == share.Low && !in.Share.LowOpen {
					share.Low, share.LowOpen = in.Share.Low, in.Share.LowOpen
				}
				if in.Share.High > share.High || in.Share.High == share.High && !in.Share.HighOpen {
					share.High, share.HighOpen = in.Share.High, in.Share.HighOpen
				}
			}
		}
	}
	one := slices.MaxFunc(rows, func(x, y registers.Interest) int {
		return cmp.Or(cmp.Compare(boolInt(!x.Period.From.IsZero()), boolInt(!y.Period.From.IsZero())), published(x).Compare(published(y)))
	})
	one.Share = share
	return one
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// greater takes two measures of one stake for what the greater may be.
func greater(a, b registers.Interest) registers.Interest {
	switch {
	case b.Share == sanctions.UnknownShare:
		return a
	case a.Share == sanctions.UnknownShare:
		b.Kind = a.Kind
		return b
	}
	out := a
	if b.Share.Low > a.Share.Low || b.Share.Low == a.Share.Low && b.Share.High > a.Share.High {
		out = b
		out.Kind = a.Kind
	}
	out.Share = a.Share
	if b.Share.Low > a.Share.Low || b.Share.Low == a.Share.Low && b.Share.LowOpen {
		out.Share.Low, out.Share.LowOpen = b.Share.Low, b.Share.LowOpen
	}
	if b.Share.High > a.Share.High || b.Share.High == a.Share.High && a.Share.HighOpen {
		out.Share.High, out.Share.HighOpen = b.Share.High, b.Share.HighOpen
	}
	return out
}

// once counts what one listed party is said to hold of a firm under several ids once:
// under the surest of them that holds it, the first by id.
func (r *filings) once(stakes []registers.Interest) (out []registers.Interest) {
	type key struct {
		party, firm string
		votes       bool
	}
	told := make(map[key][]registers.Interest)
	for _, in := range stakes {
		if r.party[in.OwnerID] == "" || in.Kind == registers.Control || in.Kind == registers.Board || in.OwnerID == in.OwnedID {
			out = append(out, in)
			continue
		}
		k := key{r.party[in.OwnerID], in.OwnedID, in.Kind == registers.Votes}
		told[k] = append(told[k], in)
	}
	for _, all := range told {
		first := slices.MinFunc(all, func(x, y registers.Interest) int {
			return cmp.Or(cmp.Compare(r.listed[y.OwnerID], r.listed[x.OwnerID]), cmp.Compare(x.OwnerID, y.OwnerID))
		})
		if slices.ContainsFunc(all, func(in registers.Interest) bool { return in.Share != sanctions.UnknownShare }) {
			all = slices.DeleteFunc(all, func(in registers.Interest) bool { return in.Share == sanctions.UnknownShare })
		}
		one := r.settle(all)
		one.OwnerID = first.OwnerID
		out = append(out, one)
	}
	return out
}

// files writes the rows as the canonical files that state them.
func (r *filings) files(t require.TestingT) (fstest.MapFS, []ownership.File) {
	text := make(map[string]*strings.Builder)
	for name := range r.published {
		text[name] = new(strings.Builder)
		text[name].WriteString("owner_id,owned_id,kind,percent_min,percent_max,from,to\n")
	}
	for _, in := range r.rows {
		low, high := in.Share.Low.String(), in.Share.High.String()
		if in.Share.LowOpen {
			low = ">" + low
		}
		if in.Share.HighOpen {
			high = "<" + high
		}
		if in.Share == sanctions.UnknownShare {
			low, high = "", ""
		}
		w := csv.NewWriter(text[in.Source.File])
		require.NoError(t, w.Write([]string{in.OwnerID, in.OwnedID, in.Kind.String(), low, high, in.Period.From.String(), in.Period.To.String()}))
		w.Flush()
	}
	fsys := fstest.MapFS{}
	var files []ownership.File
	for name, published := range r.published {
		fsys[name] = &fstest.MapFile{Data: []byte(text[name].String())}
		files = append(files, ownership.File{Path: name, Published: published})
	}
	slices.SortFunc(files, func(a, b ownership.File) int { return strings.Compare(a.Path, b.Path) })
	return fsys, files
}

// drawFilings draws rows of several files and days: A2 is another id of A, and L3 and
// L4 are one listed party.
func drawFilings(t *rapid.T) *filings {
	r := &filings{
		published: map[string]sanctions.Date{"old.csv": lawDay.AddDays(-600), "new.csv": lawDay.AddDays(-60), "web.csv": {}},
		same:      map[string]string{"A2": "A"},
		party:     map[string]string{"L3": "L", "L4": "L"},
		listed:    map[string]sanctions.Answer{"L1": sanctions.Yes, "L2": sanctions.Yes, "L3": sanctions.Yes, "L4": sanctions.Yes},
	}
	for _, l := range []string{"L1", "L3", "L4"} {
		if rapid.IntRange(0, 3).Draw(t, "doubt") == 0 {
			r.listed[l] = sanctions.Possible
		}
	}
	ids := rapid.SampledFrom([][]string{{"L1", "L2", "A", "B", "C"}, {"L1", "L3", "L4", "A", "B"}, {"L1", "A", "A2", "B", "C"}, {"L1", "L2", "L3", "L4", "A", "A2", "B", "C"}}).Draw(t, "parties")
	pairs := rapid.IntRange(1, 6).Draw(t, "pairs")
	for range pairs {
		owner, owned := rapid.SampledFrom(ids).Draw(t, "owner"), rapid.SampledFrom(ids).Draw(t, "owned")
		for range rapid.IntRange(1, 3).Draw(t, "statements") {
			in := registers.Interest{OwnerID: owner, OwnedID: owned, Kind: registers.Shares, Share: drawShare(t)}
			switch rapid.IntRange(0, 9).Draw(t, "kind") {
			case 0:
				in.Kind = registers.Control
			case 1:
				in.Kind = registers.Board
			case 2:
				in.Kind = registers.Votes
			case 3:
				in.Kind = registers.Trust
			case 4:
				in.Kind = registers.Ownership
			case 5:
				in.Kind = registers.Unknown
			}
			if rapid.Bool().Draw(t, "since") {
				in.Period.From = lawDay.AddDays(rapid.SampledFrom([]int{-900, -300, -300, -1, 0, 1}).Draw(t, "from"))
			}
			if rapid.IntRange(0, 4).Draw(t, "until") == 0 {
				in.Period.To = lawDay.AddDays(rapid.SampledFrom([]int{-200, 0, 1, 100}).Draw(t, "to"))
			}
			in.Source.File = rapid.SampledFrom([]string{"old.csv", "new.csv", "web.csv"}).Draw(t, "file")
			switch self := cmp.Or(r.same[owner], owner) == cmp.Or(r.same[owned], owned); {
			case !in.Period.Valid():
				continue
			case self && owner != owned:
				continue // ids of one party do not own each other
			case self && (in.Kind != registers.Shares || in.Share.High >= sanctions.Whole/2):
				continue
			}
			r.rows = append(r.rows, in)
		}
	}
	return r
}

// solve reads and solves the files.
func (r *filings) solve(t require.TestingT, rules ownership.Regimes) (*ownership.Graph, *ownership.Analysis) {
	fsys, files := r.files(t)
	g, err := ownership.Read(fsys, files...)
	require.NoError(t, err)
	for id, lead := range r.same {
		_, ok := g.Node(id)
		if _, ok2 := g.Node(lead); ok && ok2 {
			var refuted []ownership.Link
			g, refuted, err = g.Join(ownership.Link{A: id, B: lead})
			require.NoError(t, err)
			require.Empty(t, refuted)
		}
	}
	parties := make(map[string]*sanctions.Party)
	var seeds []ownership.Seed
	for id, answer := range r.listed {
		who := cmp.Or(r.party[id], id)
		if parties[who] == nil {
			parties[who] = everywhere(who)
		}
		if _, ok := g.Node(id); ok {
			seeds = append(seeds, ownership.Seed{Node: id, Party: parties[who], Answer: answer})
		}
	}
	a, err := ownership.Solve(g, rules, seeds, lawDay)
	require.NoError(t, err)
	return g, a
}

// TestAgreesWithPlainReading: of rows with days, files, several kinds and sources that
// contradict each other, ids that are joined, listed parties under two ids, joint
// arrangements and own shares the solver says what reading them plainly says.
func TestAgreesWithPlainReading(t *testing.T) {
	rules := houseRules()
	rapid.Check(t, func(t *rapid.T) { drawFilings(t).agree(t, rules) })
}

func (r *filings) agree(t require.TestingT, rules ownership.Regimes) {
	g, a := r.solve(t, rules)
	stakes, gone := r.stakes(lawDay)
	listed := make(map[string]sanctions.Answer)
	for id, answer := range r.listed {
		if _, ok := g.Node(id); ok {
			listed[id] = answer
		}
	}
	for i, rule := range rules {
		o := oraclesLike(&oracle{rule: rule, interests: stakes, gone: gone, listed: listed, published: r.published, party: r.party})
		for n := range g.Nodes() {
			id := cmp.Or(r.same[n.ID], n.ID)
			v := a.Verdicts(n.ID)[i]
			status, circle := o.verdict(id)
			require.Equal(t, status, v.Status, "%s under %s: %+v\n%v\n%v", n.ID, v.Regime, v, r, show(stakes))
			if v.Circle.Status != "" {
				assert.Equal(t, circle, v.Circle.Status, "%s under %s at the greatest fixpoint: %+v\n%v\n%v", n.ID, v.Regime, v, r, show(stakes))
			} else if circle != "" {
				assert.LessOrEqual(t, grave(circle), grave(status), "%s under %s: the fixpoints differ and nothing is said: %+v\n%v\n%v", n.ID, v.Regime, v, r, show(stakes))
			}
		}
	}
}

// String tells the rows, for failures.
func (r *filings) String() string {
	var b strings.Builder
	for _, in := range r.rows {
		fmt.Fprintf(&b, "%s %v %v %s from %v until %v (%s)\n", in.OwnerID, in.Kind, in.Share, in.OwnedID, in.Period.From, in.Period.To, in.Source.File)
	}
	fmt.Fprint(&b, r.listed)
	return b.String()
}
