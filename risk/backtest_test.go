package risk_test

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/screening"
)

// outcome is a firm of the backtest, as assessed the day before it was designated
// or, for one that was not, a year after the last that was said of it.
type outcome struct {
	assessment.Assessment
	designated   bool
	record, kind string
	why          string
	plain        map[string]int // what simple rankings say
	said         []string       // what its claims say, for [TestYardstick]
	late         []claims.Claim // claims about it that became known after the date
}

// plainly ranks a firm by one thing only: how well the best-named source of its
// claims is named, what sort of dealing the gravest is, how far it came. A model
// that does not beat these has nothing to say.
func plainly(all []claims.Claim) map[string]int {
	out := map[string]int{}
	kinds := map[claims.Kind]int{claims.Meeting: 1, claims.Delegation: 1, claims.MoU: 1, claims.AssociationRepresentation: 1, claims.PersonalPresence: 1,
		claims.DualUseSupply: 3, claims.Reexport: 3, claims.ComponentSupply: 3, claims.ArmsSupply: 3, claims.ArmsPurchase: 3, claims.Facilitation: 3}
	namings := []claims.SourceNaming{"", claims.Anonymous, claims.Named, claims.Document}
	stages := append([]string{""}, vocabulary("stage")...)
	for _, c := range all {
		if c.Polarity != claims.Affirm || c.SubjectType != claims.SubjectFirm {
			continue
		}
		sort := 2 // other trade
		if n, ok := kinds[c.Kind]; ok {
			sort = n
		}
		out["best naming of a source"] = max(out["best naming of a source"], slices.Index(namings, c.SourceNaming))
		out["gravest sort of kind"] = max(out["gravest sort of kind"], sort)
		out["latest stage"] = max(out["latest stage"], slices.Index(stages, string(c.Stage)))
	}
	return out
}

// backtest assesses every firm of a backtest at its own date.
func backtest(t testing.TB, dir string, rs *risk.Ruleset) []outcome {
	t.Helper()
	world := os.DirFS(dir)
	screener, manifest, err := screening.Open(world, today)
	require.NoError(t, err)
	subjects, err := risk.ReadSubjects(world, manifest.Paths("firms"), manifest.Paths("claims"))
	require.NoError(t, err)
	rows, err := readCSV(world, "outcomes.csv")
	require.NoError(t, err)
	at := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
	byID := map[string][]string{}
	for _, row := range rows[1:] {
		byID[at(row, "firm_id")] = row
	}
	scorer := risk.NewScorer(rs, screener)
	var out []outcome
	for _, s := range subjects {
		row := byID[s.Firm().ID]
		require.NotNil(t, row, "%s has no outcome", s.Firm().ID)
		day := sanctions.MustParseDate(at(row, "as_of"))
		a, err := scorer.Assess(s, day)
		require.NoError(t, err)
		late := slices.DeleteFunc(s.Claims(), func(c claims.Claim) bool { return c.SubjectID != s.Firm().ID || !c.AsKnownAt.After(day) })
		out = append(out, outcome{a, at(row, "outcome") == "designated", at(row, "record"), at(row, "case"), at(row, "why_comparable"), plainly(s.Claims()), said(s.Claims(), s.Firm().ID), late})
	}
	require.Len(t, out, len(rows)-1)
	return out
}

// auc is the chance that a designated firm scores above one that was not, ties
// counting half: the area under the ROC curve, as a fraction of pairs.
func auc(rows []outcome) (won, pairs int) {
	return aucBy(rows, func(a, b *outcome) int { return a.Score.Point.Cmp(b.Score.Point.Decimal) })
}

func aucBy(rows []outcome, compare func(a, b *outcome) int) (won, pairs int) {
	for i := range rows {
		for k := range rows {
			if a, b := &rows[i], &rows[k]; a.designated && !b.designated {
				pairs += 2
				won += 1 + compare(a, b)
			}
		}
	}
	return won, pairs
}

// The backtest asks one thing: do firms that were later designated score above
// comparable ones that were not, on what was public before?
//
// It validates the order of grades on public evidence, and no more. It cannot
// show how likely a designation is, since the two groups are of like size here and
// of very unlike size in the world; a designation is a political decision; and
// nobody who was never written about is in it. The baseline's rows were written
// by people who knew these cases, so this is no test out of sample. Hard cases
// and states are reported beside the ordinary ones: nothing in the law sets them
// apart from the designated, and a ranking by law ranks them high.
func TestBacktest(t *testing.T) {
	all := backtest(t, "../testdata/backtest", rules.Baseline())
	report(t, all)
	won, pairs := auc(ordinary(all))
	require.GreaterOrEqual(t, won*100, pairs*95, "AUC of the ordinary firms")
	require.GreaterOrEqual(t, len(only(all, wasDesignated)), 40)
	require.GreaterOrEqual(t, len(all)-len(only(all, wasDesignated)), 40)
}

func only(all []outcome, keep func(outcome) bool) []outcome {
	return slices.DeleteFunc(slices.Clone(all), func(o outcome) bool { return !keep(o) })
}

func ordinary(all []outcome) []outcome {
	return only(all, func(o outcome) bool { return o.kind == "ordinary" })
}

func wasDesignated(o outcome) bool { return o.designated }

// report logs how well the scores tell the designated from the others, the grades
// by outcome and the worst misses. It fails where a score does not add up or a list
// gives an outcome away.
func report(t *testing.T, all []outcome) {
	t.Helper()
	for _, group := range []struct {
		name string
		rows []outcome
	}{
		{"ordinary", ordinary(all)},
		{"ordinary, named by the press alone", only(all, func(o outcome) bool { return o.kind == "ordinary" && (!o.designated || o.record == "press") })},
		{"with hard cases", only(all, func(o outcome) bool { return o.kind != "state" })},
		{"with hard cases and states", all},
	} {
		won, pairs := auc(group.rows)
		t.Logf("AUC 0.%04d of %d firms: %s", won*10000/pairs, len(group.rows), group.name)
		for _, by := range []string{"best naming of a source", "gravest sort of kind", "latest stage"} {
			won, pairs := aucBy(group.rows, func(a, b *outcome) int { return cmp.Compare(a.plain[by], b.plain[by]) })
			t.Logf("    0.%04d by the %s alone", won*10000/pairs, by)
		}
	}

	histogram := map[bool]map[string]int{true: {}, false: {}}
	for _, o := range all {
		histogram[o.designated][o.Grade.Point]++
		sums(t, &o.Assessment)
		// A firm that was not designated may bear the name of one that was: what
		// that adds to its score speaks against the ranking, not for it.
		alike := !o.designated && o.Listed == sanctions.Possible
		assert.True(t, o.Listed == sanctions.No || alike, "%s: a listing would give the outcome away", o.Firm.ID)
	}
	t.Log("grade      designated  not")
	for _, b := range rules.Baseline().Tables().Bands {
		t.Logf("%-9s  %10d  %3d", b.ID, histogram[true][b.ID], histogram[false][b.ID])
	}

	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b outcome) int {
		return cmp.Or(a.Score.Point.Cmp(b.Score.Point.Decimal), strings.Compare(a.Firm.ID, b.Firm.ID))
	})
	t.Log("worst misses: designated and low")
	misses(t, all, wasDesignated)
	slices.Reverse(all)
	t.Log("worst misses: not designated and high, ordinary")
	misses(t, all, func(o outcome) bool { return !o.designated && o.kind == "ordinary" })
	t.Log("not designated and high, hard cases and states")
	misses(t, all, func(o outcome) bool { return !o.designated && o.kind != "ordinary" })
}

func misses(t *testing.T, rows []outcome, which func(outcome) bool) {
	n := 0
	for _, o := range rows {
		if which(o) && n < 8 {
			n++
			t.Logf("  %-20s %-8s %6s [%s %s] %s: %s", o.Firm.ID, o.Grade.Point, o.Score.Point, o.Score.Low, o.Score.High, o.why, o.Reason)
		}
	}
}

// No rule names a firm: what rules ask of open vocabularies is programmes of
// programmes.csv, countries and codes of goods.
func TestNoRuleNamesAFirm(t *testing.T) {
	set := rules.Baseline().Tables()
	words, programmes := map[string]bool{}, []string{"unknown"}
	for _, f := range tables.Catalogue() {
		words[f.Name] = f.Type == tables.FactWords
	}
	for _, p := range set.Programmes {
		programmes = append(programmes, p.Programme)
	}
	check := func(id string, when []tables.Condition) {
		for _, c := range when {
			if !words[c.Fact] {
				continue
			}
			for word := range strings.SplitSeq(strings.TrimPrefix(strings.TrimPrefix(c.Test, "!"), "only "), "|") {
				switch c.Fact {
				case "firm_country", "cp_country":
					_, ok := sanctions.ParseCountry(word)
					assert.True(t, ok && len(word) == 2, "%s asks %v", id, c)
				case "hs6":
					assert.Regexp(t, `^([0-9]{6}|unknown)$`, word, "%s asks %v", id, c)
				default:
					assert.Contains(t, programmes, word, "%s asks %v", id, c)
				}
			}
		}
	}
	for _, r := range set.Rules {
		check(r.ID, r.When)
	}
	for _, e := range set.Elements {
		check(e.ID, e.When)
	}
}
