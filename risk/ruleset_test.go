package risk_test

import (
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

func null(s string) decimal.NullDecimal {
	return decimal.NullDecimal{Decimal: decimal.RequireFromString(s), Valid: true}
}

func ruleAt(t *testing.T, tables *tables.Set, id string) *tables.Rule {
	for i := range tables.Rules {
		if tables.Rules[i].ID == id {
			return &tables.Rules[i]
		}
	}
	t.Fatalf("no rule %s", id)
	return nil
}

// What must not load does not, and says which row and why.
func TestCompileRefuses(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*tables.Set)
		says   string
	}{
		{"no citation", func(x *tables.Set) { ruleAt(t, x, "231-talks").Citation = "" }, "cites nothing"},
		{"no reason", func(x *tables.Set) { ruleAt(t, x, "231-talks").Why = "" }, "does not say why"},
		{"no date", func(x *tables.Set) { ruleAt(t, x, "231-talks").Effective = sanctions.Period{} }, "no date from which it holds"},
		{"ends before it starts", func(x *tables.Set) {
			ruleAt(t, x, "231-talks").Effective.To = sanctions.MustParseDate("2001-01-01")
		}, "ends before it starts"},
		{"unknown authority", func(x *tables.Set) { ruleAt(t, x, "231-talks").Authority = "caatsa-999" }, "no such authority"},
		{"another nature", func(x *tables.Set) { ruleAt(t, x, "231-talks").Nature = tables.Discretionary }, "the authority is mandatory"},
		{"twice", func(x *tables.Set) { x.Rules = append(x.Rules, *ruleAt(t, x, "231-talks")) }, "stands already at rules.csv"},
		{"no condition", func(x *tables.Set) { ruleAt(t, x, "231-talks").When = nil }, "would fire on everything"},
		{"nothing given", func(x *tables.Set) { ruleAt(t, x, "231-talks").Points = decimal.NullDecimal{} }, "neither points nor floor nor cap"},
		{"unknown fact", func(x *tables.Set) { ruleAt(t, x, "231-talks").When[0].Fact = "mood" }, "unknown fact"},
		{"unknown term", func(x *tables.Set) { ruleAt(t, x, "231-talks").When[0].Test = "conversation" }, "known are"},
		{"a mitigating rule that gives", func(x *tables.Set) { ruleAt(t, x, "231-exited").Points = null("5") }, "gives no points"},
		{"a basis that takes", func(x *tables.Set) { ruleAt(t, x, "231-talks").Points = null("-5") }, "is mitigating"},
		{"too many points", func(x *tables.Set) { ruleAt(t, x, "231-talks").Points = null("101") }, "-100 to 100"},
		{"a firm rule about an engagement", func(x *tables.Set) { ruleAt(t, x, "231-talks").Scope = tables.ScopeFirm }, "cannot ask about one engagement"},
		{"weights out of order", func(x *tables.Set) { x.Evidence[2].Low = null("1.5") }, "0 <= low <= point <= high <= 1"},
		{"a denial that raises", func(x *tables.Set) {
			last := &x.Evidence[len(x.Evidence)-1] // doubtful and denied
			last.Point = null("0.9")
		}, "a further denial would raise the score"},
		{"no last evidence row", func(x *tables.Set) { x.Evidence = x.Evidence[:3] }, "the last row must have no condition"},
		{"no last imputation row", func(x *tables.Set) { x.Imputation = x.Imputation[:3] }, "the last row must have no condition"},
		{"bands from above zero", func(x *tables.Set) { x.Bands[0].From = null("3") }, "the first from 0"},
		{"two bands at one score", func(x *tables.Set) { x.Bands[2].From = x.Bands[1].From }, "start at the same score"},
		{"two tiers at once", func(x *tables.Set) { x.Tiers = append(x.Tiers, x.Tiers[0]) }, "another tier at the same time"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tables := rules.Baseline().Tables()
			tc.change(&tables)
			_, err := risk.Compile(tables)
			require.ErrorContains(t, err, tc.says)
			assert.NotEmpty(t, sanctions.Faults(err), "a fault with its place")
		})
	}
	_, err := risk.Compile(rules.Baseline().Tables())
	require.NoError(t, err, "a copy of the tables compiles")
}

func TestReadRulesReportsEverything(t *testing.T) {
	broken := fstest.MapFS{}
	require.NoError(t, fs.WalkDir(rules.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(rules.FS(), path)
		broken[path] = &fstest.MapFile{Data: text}
		return err
	}))
	broken["bands.csv"].Data = []byte("band,from,why\nnone,0,nothing\nlow,one,\"a word\"\nhigh,1e3,\"an exponent\"\n")
	broken["hs6.csv"].Data = []byte("hs6,tier,effective_from,effective_to,citation\n8542,1,2024-02-23,,BIS\n")
	delete(broken, "elements.csv")
	_, err := risk.ReadRules(broken)
	faults := sanctions.Faults(err)
	require.Len(t, faults, 4, "%v", err)
	var at []string
	for _, f := range faults {
		at = append(at, f.Source.String())
	}
	assert.Equal(t, []string{"elements.csv", "bands.csv:3:5", "bands.csv:4:6", "hs6.csv:2:1"}, at)
}

// What is wrong with cells, and what is wrong with rows as wholes, comes together, each
// fault with its column; but nothing that only echoes another fault.
func TestReadRulesAtOnce(t *testing.T) {
	small := func(rules, authorities string) []string {
		_, err := risk.ReadRules(fstest.MapFS{
			"authorities.csv": {Data: []byte(authorities)},
			"rules.csv":       {Data: []byte(rules)},
			"elements.csv":    {Data: []byte("element,authority,determination,citation,why\nfinding,x-1,yes,law,only the minister\n")},
			"evidence.csv":    {Data: []byte("evidence,status,low,point,high,reach,citation,why\nany,reported,0,0.5,1,strong,method,as told\n")},
			"imputation.csv":  {Data: []byte("imputation,impute,citation,why\nany,yes,method,as told\n")},
			"bands.csv":       {Data: []byte("band,from,why\nnone,0,nothing\nhigh,50,much\n")},
			"hs6.csv":         {Data: []byte("hs6,tier,effective_from,effective_to,citation\n")},
		})
		var out []string
		for _, f := range sanctions.Faults(err) {
			out = append(out, f.Source.String()+" "+f.Header)
		}
		return out
	}
	authority := "authority,title,nature,effective_from,effective_to,citation,why\nx-1,A law,mandatory,2020-01-01,,law,as it says\n"
	head := "rule,scope,authority,nature,role,kind,points,effective_from,effective_to,citation,why\n"
	good := "a,engagement,x-1,mandatory,basis,meeting,5,2020-01-01,,law,as it says\n"
	assert.Empty(t, small(head+good, authority))
	assert.Equal(t, []string{"rules.csv:2:34 kind", "rules.csv:3:66 citation", "rules.csv:3:67 why", "rules.csv:3:14 authority"},
		small(head+"a,engagement,x-1,mandatory,basis,meetng,5,2020-01-01,,law,as it says\nb,engagement,x-2,mandatory,basis,meeting,5,2020-01-01,2021-01-01,,\n", authority))
	assert.Equal(t, []string{"authorities.csv:2:11 nature"}, small(head+good, strings.Replace(authority, "mandatory", "must", 1)), "the authority is there, and cannot be read")
	assert.Equal(t, []string{"rules.csv:1:39 header"}, small(strings.Replace(head, "points", "point", 1)+good, authority), "no rule lacks points")
}

// The order of rows has no meaning where the tables say so.
func TestRowOrderOfRules(t *testing.T) {
	baseline := rules.Baseline()
	cs := tenClaims(t, 3)
	want, err := risk.NewScorer(baseline, russia()).Assess(risk.NewSubject(firm, cs), today)
	require.NoError(t, err)
	tables := baseline.Tables()
	rng := rand.New(rand.NewPCG(1, 2))
	rng.Shuffle(len(tables.Rules), func(i, j int) { tables.Rules[i], tables.Rules[j] = tables.Rules[j], tables.Rules[i] })
	rng.Shuffle(len(tables.Elements), func(i, j int) { tables.Elements[i], tables.Elements[j] = tables.Elements[j], tables.Elements[i] })
	rng.Shuffle(len(tables.Bands), func(i, j int) { tables.Bands[i], tables.Bands[j] = tables.Bands[j], tables.Bands[i] })
	shuffled, err := risk.Compile(tables)
	require.NoError(t, err)
	assert.Equal(t, baseline.Digest(), shuffled.Digest())
	got, err := risk.NewScorer(shuffled, russia()).Assess(risk.NewSubject(firm, cs), today)
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

// A rule set with one rule exchanged is the one compiled whole.
func TestWithRule(t *testing.T) {
	baseline := rules.Baseline()
	rapid.Check(t, func(r *rapid.T) {
		tables := baseline.Tables()
		quick := baseline
		for range rapid.IntRange(1, 3).Draw(r, "exchanges") { // variants of variants
			i := rapid.IntRange(0, len(tables.Rules)-1).Draw(r, "rule")
			rule := tables.Rules[i]
			if rapid.Bool().Draw(r, "remove") {
				quick = quick.WithoutRule(rule.ID)
				tables.Rules = append(tables.Rules[:i:i], tables.Rules[i+1:]...)
				continue
			}
			if rule.Points.Valid {
				rule.Points.Decimal = rule.Points.Decimal.Div(decimal.NewFromInt(2)).Round(2)
			}
			rule.Effective.From = rule.Effective.From.AddDays(rapid.IntRange(1, 2000).Draw(r, "days"))
			rule.Effective.To = sanctions.Date{}
			if other := rapid.SampledFrom(tables.Rules).Draw(r, "other"); other.Scope == rule.Scope {
				rule.When = other.When // asks what it did not, and not what it did
			}
			tables.Rules[i] = rule
			var err error
			quick, err = quick.WithRule(rule)
			require.NoError(r, err)
		}
		whole, err := risk.Compile(tables)
		require.NoError(r, err)
		require.Equal(r, whole.Digest(), quick.Digest())
		require.NotEqual(r, baseline.Digest(), quick.Digest(), "the digest tells them apart")
		subject := risk.NewSubject(firm, claimsOf(r, anyClaims(r)...))
		a, err := risk.NewScorer(whole, russia()).Assess(subject, today)
		require.NoError(r, err)
		b, err := risk.NewScorer(quick, russia()).Assess(subject, today)
		require.NoError(r, err)
		require.Equal(r, a, b)
		for range 10 {
			m := confirmed(anyFacts(r), today)
			require.Equal(r, whole.Explain(m).Authorities, quick.Explain(m).Authorities)
		}
	})
	_, err := baseline.WithRule(tables.Rule{ID: "bare"})
	require.Error(t, err, "a rule is checked on its own as well")
}

// anyFacts draws facts of all types, several values at a time, and unknown ones.
func anyFacts(r *rapid.T) risk.Facts {
	var f risk.Facts
	for _, fact := range tables.Catalogue() {
		var value string
		switch n := rapid.IntRange(0, 5).Draw(r, fact.Name); {
		case n == 0:
			continue
		case fact.Type == tables.FactNumber:
			value = rapid.SampledFrom([]string{"0", "1", "2", "3", "10", "25", "50", "100000", "1826", "10000000", "2500000000.000001"}).Draw(r, "number")
		case fact.Type == tables.FactWords:
			value = rapid.SampledFrom([]string{"none", "RUSSIA-EO14024", "IN", "IN|RU", "RUSSIA-EO14024|SYRIA"}).Draw(r, "words")
		case n == 5:
			value = strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(fact.Terms), 1, 2, rapid.ID).Draw(r, "terms"), "|")
		default:
			value = rapid.SampledFrom(fact.Terms).Draw(r, "term")
		}
		require.NoError(r, f.Set(fact.Name, value))
	}
	return f
}

// untold are facts for want of which a basis rule counts in the high score only.
var untold = []string{"cp_military_base", "amount_usd"}

// Rules asked in bulk answer as asking each rule's conditions one by one does.
func TestRulesFireAsTheirConditionsSay(t *testing.T) {
	baseline := rules.Baseline()
	set := baseline.Tables()
	rapid.Check(t, func(r *rapid.T) {
		m := confirmed(anyFacts(r), sanctions.Date{}) // confirmed, so that points stand as they are
		f := &m.Dealings[0].Facts
		a := baseline.Explain(m)
		fired := map[string]bool{}
		for _, x := range a.Authorities {
			for _, f := range x.Factors {
				if f.Step == assessment.StepRule {
					fired[f.Rule] = true
				}
			}
		}
		basis := map[string]bool{} // authority and scope
		holds := map[string]bool{}
		for _, rule := range set.Rules {
			ok := rule.Effective.Contains(today) // the law of the day, of a dealing on a day that nobody tells, too
			for _, cond := range rule.When {
				answer, err := f.Meets(cond)
				require.NoError(r, err)
				untold := rule.Role == tables.Basis && slices.Contains(untold, cond.Fact) && answer == sanctions.Unknown
				ok = ok && (answer == sanctions.Yes || untold)
			}
			holds[rule.ID] = ok
			if ok && rule.Role == tables.Basis {
				basis[rule.Authority+string(rule.Scope)] = true
			}
		}
		for _, rule := range set.Rules {
			want := holds[rule.ID] && basis[rule.Authority+string(rule.Scope)] && rule.Points.Valid && !rule.Points.Decimal.IsZero()
			require.Equal(r, want, fired[rule.ID], "%s", rule.ID)
		}
		sums(r, &a)
	})
}

func TestConditions(t *testing.T) {
	for _, tc := range []struct{ fact, test, value, answer string }{
		{"stage", "signed|operating", "signed", "yes"},
		{"stage", "signed|operating", "rumoured", "no"},
		{"stage", "signed|operating", "", "unknown"},
		{"stage", "!signed|operating", "signed", "no"},
		{"stage", "!signed|operating", "rumoured", "yes"},
		{"stage", "!signed|operating", "", "unknown"},
		{"stage", "signed|unknown", "", "yes"},
		{"stage", "signed|unknown", "rumoured", "no"},
		{"cp_us", "blocking", "blocking|specified_person", "yes"},
		{"cp_us", "!blocking", "blocking|specified_person", "no"},
		{"cp_programme", "RUSSIA-EO14024", "none", "no"},
		{"cp_programme", "none", "none", "yes"},
		{"cp_programme", "!RUSSIA-EO14024", "none", "yes"},
		{"cp_programme", "RUSSIA-EO14024", "", "unknown"},
		{"amount_usd", ">=1000000", "1000000", "yes"},
		{"amount_usd", ">1000000", "1000000", "no"},
		{"amount_usd", ">1000000", "1000000.000001", "yes"},
		{"amount_usd", "<1000000", "1000000", "no"},
		{"amount_usd", "<=1000000", "1000000", "yes"},
		{"amount_usd", "[1..5)", "5", "no"},
		{"amount_usd", "[1..5)", "1", "yes"},
		{"amount_usd", "(1..5]", "1", "no"},
		{"amount_usd", "(1..5]", "5", "yes"},
		{"amount_usd", "=3", "3", "yes"},
		{"amount_usd", "3", "3.5", "no"},
		{"amount_usd", ">=0", "", "unknown"},
		{"firm_owner_share", "[25..50)", "49.99", "yes"},
		{"firm_owner_share", "[25..50)", "50", "no"},
	} {
		t.Run(tc.fact+" "+tc.test+" "+tc.value, func(t *testing.T) {
			var f risk.Facts
			require.NoError(t, f.Set(tc.fact, tc.value))
			got, err := f.Meets(tables.Condition{Fact: tc.fact, Test: tc.test})
			require.NoError(t, err)
			assert.Equal(t, tc.answer, got.String())
			assert.Equal(t, tc.value, f.Get(tc.fact), "what was set is what is got")
		})
	}
	for _, bad := range []tables.Condition{{Fact: "stage", Test: "!"}, {Fact: "stage", Test: "sgined"}, {Fact: "stage", Test: "!signed|unknown"}, {Fact: "amount_usd", Test: ">=1,000"}, {Fact: "amount_usd", Test: "[5..1]"},
		{Fact: "amount_usd", Test: "[1-5]"}, {Fact: "amount_usd", Test: ">="}, {Fact: "amount_usd", Test: ">=1e6"}, {Fact: "no such fact", Test: "1"}, {Fact: "amount_usd", Test: "[1..5"}} {
		_, err := new(risk.Facts).Meets(bad)
		assert.Error(t, err, "%v", bad)
	}
}

func FuzzCondition(f *testing.F) {
	for _, s := range []string{">=1000000", "[1..5)", "a|b", "!a", "(..)", "[", "=", "none|unknown", "[1..2..3]", ">9223372036854775807"} {
		f.Add(s)
	}
	facts := tables.Catalogue()
	f.Fuzz(func(t *testing.T, s string) {
		for _, fact := range facts[:14] {
			var known risk.Facts
			if answer, err := known.Meets(tables.Condition{Fact: fact.Name, Test: s}); err == nil && answer != sanctions.Unknown && !strings.Contains(s, "unknown") {
				t.Errorf("%s %q answers %v of an unknown fact", fact.Name, s, answer)
			}
		}
	})
}

func FuzzReadClaims(f *testing.F) {
	f.Add([]byte("subject_id,subject_type,kind,claim_polarity,amount,currency,hs6\nfirm,firm,meeting,affirm,1.5,USD,854231;880730\n"))
	f.Add([]byte("subject_type,kind,claim_polarity\n\"a\nb\",,\n\x1a"))
	f.Fuzz(func(t *testing.T, in []byte) {
		cs, err := claims.Read(strings.NewReader(string(in)), "f.csv")
		if err != nil {
			if len(sanctions.Faults(err)) == 0 {
				t.Errorf("an error without a place: %v", err)
			}
			return
		}
		var b strings.Builder
		if err := claims.Write(&b, cs); err != nil {
			t.Fatal(err)
		}
		again, err := claims.Read(strings.NewReader(b.String()), "f.csv")
		if err != nil || len(again) != len(cs) {
			t.Fatalf("what was written does not read: %v\n%s", err, b.String())
		}
		for i := range cs {
			for c := range claims.Columns() {
				if cs[i].Cell(c) != again[i].Cell(c) {
					t.Errorf("%s: %q came back as %q", claims.Columns()[c], cs[i].Cell(c), again[i].Cell(c))
				}
			}
		}
		if _, err := risk.NewScorer(rules.Baseline(), russia()).Assess(risk.NewSubject(firm, cs), today); err != nil {
			t.Fatal(err)
		}
	})
}
