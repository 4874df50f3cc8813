package risktest_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/risktest"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
)

// small is a rule set of eight invented rules whose cases check all of it.
func small(t testing.TB) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	require.NoError(t, fs.WalkDir(os.DirFS("testdata/small"), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join("testdata/small", path))
		out[path] = &fstest.MapFile{Data: data}
		return err
	}))
	return out
}

// edit changes a file, and fails when there is nothing to change.
func edit(t testing.TB, fsys fstest.MapFS, file, old, replacement string) {
	t.Helper()
	if fsys[file] == nil {
		fsys[file] = &fstest.MapFile{}
	}
	was := string(fsys[file].Data)
	is := replacement + was
	if old != "" {
		require.Contains(t, was, old, file)
		is = strings.Replace(was, old, replacement, 1)
	}
	fsys[file] = &fstest.MapFile{Data: []byte(is)}
}

// withoutCase drops the rows of cases.
func withoutCase(t testing.TB, fsys fstest.MapFS, names ...string) {
	t.Helper()
	var out []string
	dropped := 0
	for line := range strings.Lines(string(fsys["cases.csv"].Data)) {
		keep := true
		for _, name := range names {
			keep = keep && !strings.HasPrefix(line, name+",")
		}
		if keep {
			out = append(out, line)
		} else {
			dropped++
		}
	}
	require.GreaterOrEqual(t, dropped, len(names))
	fsys["cases.csv"] = &fstest.MapFile{Data: []byte(strings.Join(out, ""))}
}

func check(t testing.TB, fsys fs.FS, opts ...risktest.Option) (*risktest.Report, error) {
	t.Helper()
	rules, err := risk.ReadRules(fsys)
	require.NoError(t, err)
	return risktest.Check(rules, fsys, opts...)
}

// golden compares with a file under testdata/golden, which RISKTEST=update
// rewrites.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if os.Getenv("RISKTEST") == "update" {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), got)
}

// The cases of the small set check all of it, so that a seeded fault shows alone.
func TestSmallIsWhole(t *testing.T) {
	r, err := check(t, small(t))
	require.NoError(t, err)
	assert.Empty(t, r.Lint)
	assert.Empty(t, r.Coverage.Gaps)
	assert.Empty(t, r.Mutants.Lived)
	assert.Equal(t, r.Mutants.Tried, r.Mutants.Killed+r.Mutants.Refused)
	for _, s := range r.Slack {
		assert.True(t, s.Min.Equal(s.Is) && s.Max.Equal(s.Is), "%v", s)
	}
	for _, c := range r.Coverage.Rules {
		assert.Positive(t, c.Decide, c.Rule)
	}
}

const twin = "big,engagement,arms-act,mandatory,aggravating,,,,,>=5000000,,7,,,2018-01-01,,Act s.2,The same once more\n"

// Each lint finds its fault, and says where and how to mend it.
func TestLint(t *testing.T) {
	for name, seed := range map[string]func(t *testing.T, f fstest.MapFS){
		"twins": func(t *testing.T, f fstest.MapFS) { f["rules.csv"].Data = append(f["rules.csv"].Data, twin...) },
		"ladder overlap": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "rules.csv", "[1000000..5000000)", "[1000000..6000000)")
		},
		"ladder meets": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "rules.csv", "[1000000..5000000)", "[1000000..5000000]")
		},
		"ladder gap": func(t *testing.T, f fstest.MapFS) { edit(t, f, "rules.csv", ">=5000000", ">5000000") },
		"shadowed": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "evidence.csv", "denied,disputed", "early,disputed,,subject|other|official,0,0.25,1,indicator,method,Earlier and as wide\ndenied,disputed")
		},
		"shadowed imputation": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "imputation.csv", "own,own,,yes", "all,own,,no,never asked below,method,Too early\nown,own,,yes")
		},
		"excludes every basis": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "rules.csv", "completed,engagement,arms-act,mandatory,aggravating,,completed", "completed,engagement,arms-act,mandatory,aggravating,shipping,completed")
		},
		"no value passes": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "rules.csv", "aggravating,,completed", "aggravating,,!rumoured|discussed|proposed|signed|operating|completed")
		},
		"outside its authority": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "authorities.csv", "mandatory,2018-01-01", "mandatory,2018-02-01")
		},
		"floor above cap": func(t *testing.T, f fstest.MapFS) {
			f["rules.csv"].Data = append(f["rules.csv"].Data, "talks-floor,engagement,arms-act,mandatory,aggravating,,discussed,,,,,,30,,2018-01-01,,Act s.1,Talks weigh so much\n"...)
		},
		"expired": func(t *testing.T, f fstest.MapFS) { withoutCase(t, f, "licensed", "licensed-early") },
		"unsorted bands": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "bands.csv", "none,0,Nothing counts\nlow,1,To be watched\n", "low,1,To be watched\nnone,0,Nothing counts\n")
		},
		"named in no case": func(t *testing.T, f fstest.MapFS) { edit(t, f, "cases.csv", ",huge,Five", ",,Five") },
		"stale acceptance": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "accepted.csv", "", "table,row,change,why\nrules,huge,points *,It used to live\n")
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := small(t)
			seed(t, f)
			r, _ := check(t, f)
			require.NotNil(t, r)
			var b strings.Builder
			for _, x := range r.Lint {
				fmt.Fprintln(&b, x)
			}
			require.NotEmpty(t, b.String())
			golden(t, "lint/"+strings.ReplaceAll(name, " ", "-")+".txt", b.String())
		})
	}
}

// Each coverage gap is found when the case that covers it is gone.
func TestCoverage(t *testing.T) {
	for name, seed := range map[string]func(t *testing.T, f fstest.MapFS){
		"never counts": func(t *testing.T, f fstest.MapFS) { withoutCase(t, f, "supply-huge") },
		"decides nothing": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "cases.csv", "high,50,strong,huge,", "high,,strong,,")
		},
		"band and authority never reached": func(t *testing.T, f fstest.MapFS) {
			lines := strings.SplitAfter(string(f["cases.csv"].Data), "\n")
			f["cases.csv"] = &fstest.MapFile{Data: []byte(lines[0] + lines[2])}
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := small(t)
			seed(t, f)
			r, err := check(t, f)
			require.NoError(t, err)
			var b strings.Builder
			for _, x := range r.Coverage.Gaps {
				fmt.Fprintln(&b, x)
			}
			require.NotEmpty(t, b.String())
			golden(t, "coverage/"+strings.ReplaceAll(name, " ", "-")+".txt", b.String())
		})
	}
}

// Without the case that kills it, a mutant of each kind lives, and comes with a
// case that would kill it.
func TestMutants(t *testing.T) {
	for _, tc := range []struct {
		kind    string
		without []string
		lives   string
	}{
		{"rule removed", []string{"supply-huge"}, "rules huge: removed"},
		{"comparison turned", []string{"supply-large", "licensed-large"}, "rules large: amount_usd [1000000..5000000) → (1000000..5000000)"},
		{"threshold up", []string{"supply-large", "licensed-large"}, "rules large: amount_usd [1000000..5000000) → [1000001..5000000)"},
		{"threshold down", []string{"supply-small", "licensed-before", "licensed-after", "licensed", "licensed-early"}, "rules large: amount_usd [1000000..5000000) → [999999..5000000)"},
		{"term dropped", []string{"delegation"}, "rules talks: kind: delegation dropped"},
		{"condition dropped", []string{"civil-talks"}, "rules talks: item_class: condition dropped"},
		{"points stepped", []string{"delivered", "left-after-delivery", "two-dealings"}, "rules completed: points 25 → 26"},
		{"floor stepped", []string{"left", "hearsay-of-an-exit"}, "rules exited: floor 4 → 3"},
		{"floor dropped", []string{"left", "hearsay-of-an-exit"}, "rules exited: floor dropped"},
		{"cap stepped", []string{"talks-of-millions"}, "rules talks-only: cap 20 → 21"},
		{"cap dropped", []string{"talks-of-millions"}, "rules talks-only: cap dropped"},
		{"first day later", []string{"supply", "supply-large", "supply-just-large", "supply-huge", "delivered", "left", "left-after-delivery", "supply-small", "denied", "reported", "denied-by-others", "said-and-denied", "two-dealings"}, "rules supply: effective_from 2018-01-01 → 2018-01-02"},
		{"first day earlier", []string{"supply-before"}, "rules supply: effective_from 2018-01-01 → 2017-12-31"},
		{"last day later", []string{"licensed-after"}, "rules licence: effective_to 2021-01-01 → 2021-01-02"},
		{"bands swapped", []string{"left", "left-after-delivery", "talks", "talks-of-millions", "delegation", "denied", "denied-by-others", "reported", "hearsay-of-an-exit", "two-dealings", "talks-before", "civil-talks", "supply-before", "licensed", "licensed-early", "absent", "unrelated", "trade-body"}, "bands low: swapped with none"},
		{"band stepped", []string{"two-dealings"}, "bands high: from 40 → 39"},
		{"evidence removed", []string{"denied", "denied-by-others", "hearsay-of-an-exit", "two-dealings"}, "evidence denied: removed"},
		{"evidence weight", []string{"reported", "two-dealings"}, "evidence reported: point 0.5 → 0.51"},
		{"evidence reach", []string{"denied", "denied-by-others"}, "evidence denied: reach indicator → plausible"},
		{"evidence order", []string{"said-and-denied"}, "evidence denied: swapped with said above"},
		{"imputation turned", []string{"absent"}, "imputation absent: impute no → yes"},
		{"element dropped", []string{"talks", "talks-of-millions", "delegation"}, "elements arms-act transaction: removed"},
	} {
		t.Run(tc.kind, func(t *testing.T) {
			f := small(t)
			withoutCase(t, f, tc.without...)
			if tc.kind == "cap dropped" { // of a rule that has something else
				edit(t, f, "rules.csv", "discussed,,,,,,,20", "discussed,,,,,0,,20")
			}
			r, err := check(t, f)
			require.NoError(t, err)
			var found *risktest.Mutant
			for i, m := range r.Mutants.Lived {
				if m.Table+" "+m.Row+": "+m.Change == tc.lives {
					found = &r.Mutants.Lived[i]
				}
			}
			require.NotNil(t, found, "%v", r.Mutants.Lived)
			if tc.kind == "band stepped" { // no single dealing scores there
				return
			}
			require.NotNil(t, found.Suggest)
			kills(t, f, found)
		})
	}
}

// Cases that would kill are looked for as many mutants as one asks for; the others are
// told without.
func TestSuggest(t *testing.T) {
	f := small(t)
	withoutCase(t, f, "denied", "denied-by-others", "hearsay-of-an-exit", "two-dealings")
	for n := range 3 {
		r, err := check(t, f, risktest.Suggest(n))
		require.NoError(t, err)
		require.Greater(t, len(r.Mutants.Lived), 3)
		suggested := 0
		for i := range r.Mutants.Lived {
			if r.Mutants.Lived[i].Suggest != nil {
				suggested++
			}
		}
		assert.Equal(t, n, suggested)
	}
}

// kills decides a suggested case as the rules are now, adds it, and sees the
// mutant die. As it stands it must not load.
func kills(t *testing.T, f fstest.MapFS, m *risktest.Mutant) {
	t.Helper()
	row := m.Suggest.Header + "\n" + m.Suggest.Row + "\n"
	f["cases-suggested.csv"] = &fstest.MapFile{Data: []byte(row)}
	_, err := check(t, f)
	require.ErrorContains(t, err, "take the question mark away")
	f["cases-suggested.csv"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(row, "?", ""))}
	r, err := check(t, f)
	require.NoError(t, err)
	for _, left := range r.Mutants.Lived {
		assert.NotEqual(t, m.Table+m.Row+m.Change, left.Table+left.Row+left.Change, "%s", row)
	}
}

// An accepted mutant is no living one, and keeps its reason.
func TestAccepted(t *testing.T) {
	f := small(t)
	withoutCase(t, f, "two-dealings")
	edit(t, f, "accepted.csv", "", "table,row,change,why\nbands,high,from 40 *,Nobody scores between 39 and 40\n")
	r, err := check(t, f)
	require.NoError(t, err)
	require.Len(t, r.Mutants.Accepted, 1)
	assert.Equal(t, "Nobody scores between 39 and 40", r.Mutants.Accepted[0].Why)
	assert.Empty(t, r.Lint)
	edit(t, f, "accepted.csv", "Nobody scores between 39 and 40", "")
	_, err = check(t, f)
	require.ErrorContains(t, err, `accepted.csv:2:22: why = "": a mutant is accepted for a reason`)
}

// Every way to fail, as the analyst reads it.
func TestFailures(t *testing.T) {
	for name, seed := range map[string]func(t *testing.T, f fstest.MapFS){
		"grade":  func(t *testing.T, f fstest.MapFS) { edit(t, f, "cases.csv", "yes,,,,low,18,", "yes,,,,high,18,") },
		"score":  func(t *testing.T, f fstest.MapFS) { edit(t, f, "cases.csv", "high,65,", "high,70..80,") },
		"bounds": func(t *testing.T, f fstest.MapFS) { edit(t, f, "cases.csv", "0/10/40", "5/10/<=30") },
		"reach": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "cases.csv", "40,strong,supply,Arms", "40,not_reached|indicator,supply,Arms")
		},
		"authority": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "cases.csv", "arms-act=not_reached", "arms-act=plausible")
		},
		"silent rule":    func(t *testing.T, f fstest.MapFS) { edit(t, f, "cases.csv", "large !huge", "large huge") },
		"speaking rule":  func(t *testing.T, f fstest.MapFS) { edit(t, f, "cases.csv", "large !huge", "!large") },
		"evidence row":   func(t *testing.T, f fstest.MapFS) { edit(t, f, "cases.csv", "evidence:said", "evidence:denied") },
		"imputation row": func(t *testing.T, f fstest.MapFS) { edit(t, f, "cases.csv", "imputation:absent", "!imputation:absent") },
		"todo passes": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "cases.csv", "by so much,", "by so much,the exit is not read yet")
		},
		"no basis": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "cases.csv", "none,0,,!talks,Talks about something else", "none,0,,talks-only,Talks about something else")
			edit(t, f, "cases.csv", "meeting,,,civilian", "meeting,discussed,,civilian")
		},
		"rule dates": func(t *testing.T, f fstest.MapFS) { edit(t, f, "cases.csv", "none,0,,!supply,", "none,0,,supply,") },
		"moved": func(t *testing.T, f fstest.MapFS) {
			was, err := check(t, f, risktest.CasesOnly())
			require.NoError(t, err)
			var ledger strings.Builder
			require.NoError(t, was.WriteLedger(&ledger))
			f["ledger.csv"] = &fstest.MapFile{Data: []byte(ledger.String())}
			edit(t, f, "rules.csv", "supply,engagement,arms-act,mandatory,basis,arms_supply,,,,,,40", "supply,engagement,arms-act,mandatory,basis,arms_supply,,,,,,46")
			edit(t, f, "rules.csv", "large,engagement,arms-act,mandatory,aggravating,,,,,[1000000", "large,engagement,arms-act,mandatory,aggravating,,,,,[1000001")
		},
		"two dealings": func(t *testing.T, f fstest.MapFS) {
			edit(t, f, "cases.csv", "low,39.25,,supply completed", "high,39.25,,supply huge")
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := small(t)
			seed(t, f)
			r, err := check(t, f, risktest.CasesOnly())
			require.Error(t, err)
			ce, ok := errors.AsType[*risktest.CaseError](err)
			require.True(t, ok, "%v", err)
			assert.NotNil(t, ce.Case)
			assert.Positive(t, r.Failed())
			golden(t, "failure/"+strings.ReplaceAll(name, " ", "-")+".txt", err.Error()+"\n")
		})
	}
}

// Everything that is wrong with case files comes at once, each with its place.
func TestFaults(t *testing.T) {
	f := small(t)
	f["cases.csv"] = &fstest.MapFile{Data: []byte(`case,as_of,from,last,kind,stage,amount_usd,age_days,possible,want_grade,want_score,want_reach,want_fires,why
bad-fact,2024-01-01,,2023-01-01,smuggling,,,,,low,,,,a kind there is not
bad-number,2024-01-01,,2023-01-01,meeting,,"1,000",,,low,,,,a number with a comma
bad-date,01/02/2024,,2023-01-01,meeting,,,,,low,,,,a date that means two days
open-verdict,2024-01-01,,2023-01-01,meeting,,,,,low?,,,,nobody has decided
bad-score,2024-01-01,,2023-01-01,meeting,,,,,,20..10,,,ends before it starts
bad-triple,2024-01-01,,2023-01-01,meeting,,,,,,1/2,,,neither one nor three
bad-reach,2024-01-01,,2023-01-01,meeting,,,,,,,certain,,no such reach
bad-table,2024-01-01,,2023-01-01,meeting,,,,,low,,,tiers:x,no such table
bad-possible,2024-01-01,,2023-01-01,meeting,,,,cp_us:blocking,low,,,,no fact=value
`)}
	_, err := check(t, f)
	golden(t, "faults/cells.txt", err.Error()+"\n")
	assert.Len(t, sanctions.Faults(err), 9)

	f["cases.csv"] = &fstest.MapFile{Data: []byte(`case,as_of,from,last,kind,firm_country,age_days,want_grade,want_score,want_reach,want_fires,why
no-why,2024-01-01,,2023-01-01,meeting,,,low,,,,
no-date,,,2023-01-01,meeting,,,low,,,,a case needs its date
no-want,2024-01-01,,2023-01-01,meeting,,,,,,,it could not fail
twice,2024-01-01,,2023-01-01,meeting,,,low,,,,stands here
other,2024-01-01,,2023-01-01,meeting,,,low,,,,between
twice,2024-01-01,,2023-01-01,meeting,,,low,,,,and here
further,2024-01-01,,2023-01-01,meeting,,,low,,,,has two rows
further,,,2023-01-01,meeting,IN,,,,,,
wrong-age,2024-01-01,,2023-12-31,meeting,,7,low,,,,the dates say one day
`)}
	_, err = check(t, f)
	golden(t, "faults/rows.txt", err.Error()+"\n")

	f["cases.csv"] = &fstest.MapFile{Data: []byte(`case,as_of,last,kind,want_grade,want_score,want_reach,want_fires,why
unknown-names,2024-01-01,2023-01-01,meeting,grave,no-act=1,no-act=strong,no-rule evidence:no-row imputation:no-row,names that the rules do not have
`)}
	_, err = check(t, f)
	golden(t, "faults/names.txt", err.Error()+"\n")

	f["cases.csv"] = &fstest.MapFile{Data: []byte(`case,as_of,last,kind,want_grade,want_fires,why
bad-cell,2024-01-01,2023-01-01,meetng,low,,a slip
bad-cell,,2023-06-01,meeting,,,
no-why,2024-01-01,2023-01-01,meeting,low,,
bad-rule,2024-01-01,2023-01-01,meeting,low,talk,a slip in the name of a rule
`)}
	f["worlds.csv"] = &fstest.MapFile{Data: []byte("case,world,firm,as_of,want_grade,why\na,four,f,2024-01-01,low,a world there is not\nb,four,f,2024-01-01,low,\n")}
	_, err = check(t, f)
	golden(t, "faults/all.txt", err.Error()+"\n")
}

// The fast way of trying changes, by authority and by what they touch, says what
// a whole check of the changed rules says.
func TestFastWayIsTheSlowWay(t *testing.T) {
	for name, fsys := range map[string]fs.FS{"small": small(t), "baseline": os.DirFS("../rules/baseline")} {
		t.Run(name, func(t *testing.T) {
			if name == "baseline" && testing.Short() {
				t.Skip("several hundred whole checks; not under -short")
			}
			only := fstest.MapFS{}
			files, err := fs.Glob(fsys, "*.csv")
			require.NoError(t, err)
			for _, file := range files {
				if file != "worlds.csv" && file != "ledger.csv" {
					data, err := fs.ReadFile(fsys, file)
					require.NoError(t, err)
					only[file] = &fstest.MapFile{Data: data}
				}
			}
			set, err := risk.ReadRules(only)
			require.NoError(t, err)
			r, err := risktest.Check(set, only)
			require.NoError(t, err)
			fails := func(set *risk.Ruleset) int {
				r, err := risktest.Check(set, only, risktest.CasesOnly())
				if r == nil { // a case names a rule that is gone
					return len(sanctions.Faults(err))
				}
				return r.Failed()
			}
			step := 1
			if name == "baseline" {
				step = 97
			}
			for i := 0; i < len(r.Slack); i += step {
				s := r.Slack[i]
				for _, v := range []struct {
					at     string
					value  assessment.Points
					beyond bool
				}{{"min", assessment.Points{Decimal: s.Min}, false}, {"max", assessment.Points{Decimal: s.Max}, false},
					{"below min", assessment.Points{Decimal: s.Min.Sub(stepOf(s))}, !s.FreeDown}, {"above max", assessment.Points{Decimal: s.Max.Add(stepOf(s))}, !s.FreeUp}} {
					tables := set.Tables()
					require.NoError(t, s.Number.Set(&tables, v.value.Decimal))
					changed, err := risk.Compile(tables)
					switch {
					case v.beyond:
						assert.True(t, err != nil || fails(changed) > 0, "%v at %v: %v", s, v.at, v.value)
					case v.at == "min" || v.at == "max":
						if assert.NoError(t, err) {
							assert.Zero(t, fails(changed), "%v at %v", s, v.at)
						}
					}
				}
			}
			if name == "small" {
				for _, c := range r.Coverage.Rules {
					assert.Equal(t, c.Decide > 0, fails(set.WithoutRule(c.Rule)) > 0, c.Rule)
				}
			}
		})
	}
}

func stepOf(s risktest.Slack) (step decimal.Decimal) {
	if s.Table == "evidence" && !strings.Contains(s.Column, ".") {
		return decimal.New(1, -2)
	}
	return decimal.New(1, 0)
}

// A reader of bytes does not panic, and whatever is wrong has a place.
func FuzzCases(f *testing.F) {
	data, err := os.ReadFile("testdata/small/cases.csv")
	require.NoError(f, err)
	f.Add(string(data))
	f.Add("case,as_of,kind,want_grade,why\na,2024-01-01,meeting,low/none/,x\n")
	f.Add("case,as_of,possible,want_score,want_fires,why\na,2024-01-01,cp_us=blocking,x=1..2 >=3,!231-talks evidence:x,y\n")
	set := rules.Baseline()
	f.Fuzz(func(t *testing.T, text string) {
		r, err := risktest.Check(set, fstest.MapFS{"cases.csv": {Data: []byte(text)}}, risktest.CasesOnly())
		if r == nil && len(sanctions.Faults(err)) == 0 {
			t.Errorf("no report and no fault: %v", err)
		}
	})
}

// The ledger knows a case by its name, so that no two have one, in whatever files.
func TestCasesHaveNamesOfTheirOwn(t *testing.T) {
	f := small(t)
	header := "case,world,firm,as_of,want_grade,why\n"
	f["worlds.csv"] = &fstest.MapFile{Data: []byte(header + "story,three,supplier,2024-01-01,high,it supplies\nstory,three,supplier,2024-01-01,high,once more\n")}
	f["worlds-more.csv"] = &fstest.MapFile{Data: []byte(header + "six-millions,three,supplier,2024-01-01,high,as another case is called\nstory,three,supplier,2024-01-01,high,in another file\n")}
	f["cases-more.csv"] = &fstest.MapFile{Data: []byte("case,as_of,last,kind,want_grade,why\nsix-millions,2024-01-01,2023-06-01,arms_supply,high,in a case file\n")}
	world := risktest.WithWorld("three", risktest.World{Subjects: portfolio(t), Screener: unlisted{}})
	_, err := check(t, f, world)
	var places []string
	for _, fault := range sanctions.Faults(err) {
		places = append(places, fault.Source.String())
	}
	assert.Equal(t, []string{"worlds-more.csv:2:1", "worlds.csv:2:1", "worlds.csv:3:1"}, places, "%v", err)

	delete(f, "worlds-more.csv")
	delete(f, "cases-more.csv")
	f["worlds.csv"] = &fstest.MapFile{Data: []byte(header + "story,three,supplier,2024-01-01,high,it supplies\nother,three,supplier,2024-01-01,none,and that is wrong\n")}
	r, err := check(t, f, world, risktest.CasesOnly())
	require.ErrorContains(t, err, "worlds.csv:3: other\n  grade: got high, want none")
	assert.Equal(t, 1, r.Failed())
	f["worlds.csv"] = &fstest.MapFile{Data: []byte(header + "story,three,nobody,2024-01-01,high,a firm there is not\nother,four,supplier,2024-01-01,high,a world there is not\n")}
	_, err = check(t, f, world)
	assert.ErrorContains(t, err, `worlds.csv:2:13: firm = "nobody": the world three has no such firm`)
	assert.ErrorContains(t, err, `worlds.csv:3:7: world = "four": the test gives no such world (given: three); pass risktest.WithWorld("four", …)`)
}

// The columns that are told are those that files may have, all of them.
func TestColumnsAreThoseOfTheFiles(t *testing.T) {
	f := small(t)
	for name, columns := range map[string][]string{"cases-none.csv": risktest.CaseColumns(), "worlds-none.csv": risktest.WorldColumns(), "accepted.csv": risktest.AcceptedColumns(), "moves.csv": risktest.MoveColumns()} {
		f[name] = &fstest.MapFile{Data: []byte(strings.Join(columns, ",") + "\n")}
	}
	_, err := check(t, f, risktest.CasesOnly())
	require.NoError(t, err)
	require.NoError(t, (&risktest.Comparison{}).Check(f, 0))
	for _, name := range []string{"cases-none.csv", "worlds-none.csv", "accepted.csv"} {
		g := maps.Clone(f)
		g[name] = &fstest.MapFile{Data: append([]byte("colour,"), f[name].Data...)}
		_, err := check(t, g, risktest.CasesOnly())
		assert.ErrorContains(t, err, name+`:1:1: header = "colour": unknown column`)
	}
}
