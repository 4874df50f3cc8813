package risk_test

import (
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/screening"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

// cached is a screener whose answers are at hand: what is measured is the
// assessment, not the search.
type cached struct {
	coverage sanctions.Coverage
	none     sanctions.Standing
	known    map[string]sanctions.Standing
}

func (c *cached) Coverage() sanctions.Coverage { return c.coverage }

func (c *cached) Screen(p sanctions.Party, asOf sanctions.Date) (sanctions.Standing, error) {
	if st, ok := c.known[p.ID]; ok {
		st.AsOf = asOf
		return st, nil
	}
	st := c.none
	st.Party, st.AsOf = p, asOf
	return st, nil
}

func cache(d *desk) *cached {
	c := &cached{coverage: d.Coverage(), known: map[string]sanctions.Standing{}}
	for id := range d.parties {
		c.known[id], _ = d.Screen(sanctions.Party{ID: id}, today)
	}
	return c
}

// tenClaims is ten claims about so many dealings: talks reported, reprinted and
// denied, a purchase with two accounts, supply seen by two sources; with ten, each
// claim is a dealing of its own.
func tenClaims(t testing.TB, dealings int) []claims.Claim {
	denial := "; claim_polarity=deny; statement_by=Firm Private Limited; root_source_id=firm; source_naming=named"
	reprint := "; relayed_from=Agency; publisher=Reprint"
	switch dealings {
	case 1:
		return claimed(t, talks, talks+"; root_source_id=other", talks+reprint, talks+reprint+" 2", talks+reprint+" 3", talks+reprint+" 4", talks+reprint+" 5",
			talks+denial, talks+denial+"; source_naming=document", talks+"; publisher=Agency; statement_by=Agency spokesperson")
	case 3:
		return claimed(t, talks, talks+reprint, talks+reprint+" 2", talks+denial,
			purchase, purchase+"; stage=signed; date_from=2017-09-01; root_source_id=other", purchase+reprint,
			supply, supply+"; root_source_id=other", supply+reprint)
	}
	out := make([]string, dealings)
	for i := range out {
		kind := []string{talks, purchase, supply}[i%3]
		out[i] = fmt.Sprintf("%s; engagement_id=e%d; event_id=v%d; root_source_id=r%d; date_from=2024-0%d-01; date_to=", kind, i, i, i, 1+i%9)
	}
	return claimed(t, out...)
}

// aboutOne is so many claims about one dealing, as tenClaims(1) repeated by other
// sources.
func aboutOne(t testing.TB, n int) []claims.Claim {
	ten := tenClaims(t, 1)
	out := make([]claims.Claim, n)
	for i := range out {
		out[i] = ten[i%len(ten)]
		out[i].RootSourceID += fmt.Sprint(i / len(ten))
	}
	return out
}

// Standings are at hand; machines differ, so compare within one run. A program that
// screens holds lists and registers; the ballast stands for them, so that the
// collector runs as often as it would there and not every few dozen firms.
func BenchmarkAssess(b *testing.B) {
	ballast := make([]byte, 64<<20)
	defer runtime.KeepAlive(ballast)
	scorer := risk.NewScorer(rules.Baseline(), cache(russia()))
	for _, shape := range []struct{ claims, dealings int }{{10, 1}, {100, 1}, {1000, 1}, {10, 3}, {10, 10}, {100, 100}, {1000, 1000}} {
		cs := tenClaims(b, shape.dealings)
		if shape.dealings == 1 {
			cs = aboutOne(b, shape.claims)
		}
		subject := risk.NewSubject(firm, cs)
		b.Run(fmt.Sprintf("claims=%d/dealings=%d", len(cs), shape.dealings), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := scorer.Assess(subject, today); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "assessments/s")
			b.ReportMetric(float64(b.N*len(cs))/b.Elapsed().Seconds(), "claims/s")
		})
	}
}

// As of a day before the last claim became known: what is left is tied together anew.
func BenchmarkAssessAsKnown(b *testing.B) {
	scorer := risk.NewScorer(rules.Baseline(), cache(russia()))
	for _, n := range []int{10, 100} {
		cs := tenClaims(b, n)
		cs[0].AsKnownAt = today.AddDays(1)
		subject := risk.NewSubject(firm, cs)
		for name, asOf := range map[string]sanctions.Date{"all": today.AddDays(1), "but one": today} {
			b.Run(fmt.Sprintf("claims=%d/%s", n, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := scorer.Assess(subject, asOf); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// remembering screens a party as of a day once, as a program that assesses a portfolio
// does.
type remembering struct {
	risk.Screener
	known map[askedOf]sanctions.Standing
}

type askedOf struct {
	id, name string
	asOf     sanctions.Date
}

func (r *remembering) Screen(p sanctions.Party, asOf sanctions.Date) (sanctions.Standing, error) {
	key := askedOf{id: p.ID, asOf: asOf}
	if len(p.Names) > 0 {
		key.name = p.Names[0].Text
	}
	st, ok := r.known[key]
	if !ok {
		var err error
		if st, err = r.Screener.Screen(p, asOf); err != nil {
			return st, err
		}
		r.known[key] = st
	}
	return st, nil
}

// Firms as they are reported: those of the backtest, and those of a world with much
// around them. Most have one claim or two about one dealing, and no firm of the
// worlds here has more than two dealings, so that the shapes of [BenchmarkAssess] are the
// many.
func BenchmarkAssessFirms(b *testing.B) {
	ballast := make([]byte, 64<<20) // as above
	defer runtime.KeepAlive(ballast)
	for name, world := range map[string]fs.FS{"backtest": os.DirFS("../testdata/backtest"), "moscow-talks": worlds.MoscowTalks()} {
		b.Run(name, func(b *testing.B) {
			screener, manifest, err := screening.Open(world, today)
			require.NoError(b, err)
			subjects, err := risk.ReadSubjects(world, manifest.Paths("firms"), manifest.Paths("claims"))
			require.NoError(b, err)
			scorer := risk.NewScorer(rules.Baseline(), &remembering{screener, map[askedOf]sanctions.Standing{}})
			claims, dealings, lines := 0, 0, 0
			for _, s := range subjects {
				a, err := scorer.Assess(s, today)
				require.NoError(b, err)
				claims, dealings = claims+len(s.Claims()), dealings+len(a.Engagements)
				for _, r := range a.Authorities {
					lines += len(r.Factors)
				}
			}
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				if _, err := scorer.Assess(subjects[n%len(subjects)], today); err != nil {
					b.Fatal(err)
				}
				n++
			}
			firms := float64(len(subjects))
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "assessments/s")
			b.ReportMetric(float64(claims)/firms, "claims/firm")
			b.ReportMetric(float64(dealings)/firms, "dealings/firm")
			b.ReportMetric(float64(lines)/firms, "lines/firm")
		})
	}
}

// What each dealing is told with besides: a denial, an end that is told as a dealing of
// its own, the talk of a group at its event. Who speaks of few dealings is compared with
// few; ends of one kind and other side are compared with all dealings of it.
func BenchmarkManyOf(b *testing.B) {
	scorer := risk.NewScorer(rules.Baseline(), cache(russia()))
	for _, with := range []struct{ name, row string }{
		{"denials", "engagement_id=e%[1]d; root_source_id=d%[1]d; claim_polarity=deny"},
		{"ends", "engagement_id=z%[1]d; root_source_id=d%[1]d; stage=exited; date_from=2025-01-01; counterparty_id=other-%[1]d"},
		{"talks", "subject_type=group; subject_id=G; kind=meeting; stage=discussed; event_id=v%[1]d; root_source_id=d%[1]d"},
	} {
		for _, dealings := range []int{100, 1000, 4000} {
			cs := tenClaims(b, dealings)
			for i := range dealings {
				cs = append(cs, claimed(b, fmt.Sprintf("kind=goods_supply; "+with.row, i))...)
			}
			subject := risk.NewSubject(firm, cs)
			b.Run(fmt.Sprintf("%s/dealings=%d", with.name, dealings), func(b *testing.B) {
				for b.Loop() {
					if _, err := scorer.Assess(subject, today); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(b.Elapsed().Seconds()*1e6/float64(b.N*dealings), "µs/dealing")
			})
		}
	}
}

// Facts asked of the rules without claims and without an account, as a harness
// for rule sets does, and the making of a variant.
func BenchmarkOutcome(b *testing.B) {
	baseline := rules.Baseline()
	var f risk.Facts
	for fact, value := range map[string]string{"kind": "dual_use_supply", "stage": "completed", "item_class": "dual_use", "chpl": "1", "direction": "X→RU",
		"cp_us": "blocking", "cp_programme": "RUSSIA-EO14024", "amount_usd": "600000"} {
		if err := f.Set(fact, value); err != nil {
			b.Fatal(err)
		}
	}
	m := confirmed(f, today)
	b.Run("outcome", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			baseline.Outcome(m)
		}
	})
	b.Run("explain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			baseline.Explain(m)
		}
	})
	rule := baseline.Tables().Rules[0]
	b.Run("variant", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := baseline.WithRule(rule); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// What is done once a firm, before the first assessment.
func BenchmarkNewSubject(b *testing.B) {
	ballast := make([]byte, 64<<20) // as above
	defer runtime.KeepAlive(ballast)
	for _, dealings := range []int{3, 10, 100, 1000} {
		cs := tenClaims(b, dealings)
		b.Run(fmt.Sprintf("claims=%d/dealings=%d", len(cs), dealings), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				risk.NewSubject(firm, cs)
			}
			b.ReportMetric(float64(b.N*len(cs))/b.Elapsed().Seconds(), "claims/s")
		})
	}
}

// What is done once a portfolio: a hundred firms, with ten claims each.
func BenchmarkSubjects(b *testing.B) {
	ballast := make([]byte, 64<<20) // as above
	defer runtime.KeepAlive(ballast)
	var firms []claims.Firm
	var cs []claims.Claim
	for i := range 100 {
		f := firm
		f.ID, f.Name = fmt.Sprint("firm-", i), fmt.Sprintf("Firm %d Private Limited", i)
		firms = append(firms, f)
		for _, c := range tenClaims(b, 10) {
			c.SubjectID, c.SubjectName = f.ID, f.Name
			c.EngagementID, c.EventID = fmt.Sprint(c.EngagementID, "-", i), fmt.Sprint(c.EventID, "-", i)
			cs = append(cs, c)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		risk.Subjects(firms, cs)
	}
	b.ReportMetric(float64(b.N*len(firms))/b.Elapsed().Seconds(), "firms/s")
}

func BenchmarkReadRules(b *testing.B) {
	for b.Loop() {
		if _, err := risk.ReadRules(rules.FS()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWhatIf(b *testing.B) {
	scorer := risk.NewScorer(rules.Baseline(), cache(russia()))
	for _, dealings := range []int{1, 3, 100} {
		subject := risk.NewSubject(firm, tenClaims(b, dealings))
		b.Run(fmt.Sprintf("dealings=%d", dealings), func(b *testing.B) {
			for b.Loop() {
				if _, err := scorer.WhatIf(subject, today); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
