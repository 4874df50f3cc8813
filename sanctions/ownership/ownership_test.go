package ownership_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// everywhere is a party that every regime lists, sectorally too.
func everywhere(id string) *sanctions.Party {
	p := &sanctions.Party{ID: "all:" + id, Names: []sanctions.Name{{Text: id}}}
	for _, a := range []sanctions.Authority{"us-ofac", "us-bis", "eu", "uk", "ch", "ca", "au"} {
		p.Designations = append(p.Designations, sanctions.Designation{Authority: a, List: "all", Entry: id,
			Programmes: []string{"RUSSIA-EO14024"},
			Measures:   []sanctions.Measure{sanctions.Blocking, sanctions.SectoralDirective, sanctions.ExportControl}})
	}
	return p
}

// isListed says who is listed in the shorthand of the tests.
func isListed(id string) bool { return id == "Rosneft" || strings.HasPrefix(id, "L") }

var (
	statement = regexp.MustCompile(`^(\S+) (?:(shares|ownership|votes|board|control|trust|unknown) ?)?(\S+ )?(\S+?)(?: from (\S+))?(?: until (\S+))?(?: \((.*)\))?$`)
	band      = regexp.MustCompile(`^([[(])([\d.]+),([\d.]+)([\])])$`)
)

// interests reads the shorthand of the tests: statements joined by "; ", each
// owner, kind (shares if left out), percentage or band or ?, owned; then from and
// until with a date, and the source in parentheses.
func interests(t testing.TB, text string) []registers.Interest {
	t.Helper()
	var out []registers.Interest
	for i, s := range strings.Split(text, "; ") {
		m := statement.FindStringSubmatch(s)
		require.NotNil(t, m, "cannot read %q", s)
		in := registers.Interest{OwnerID: m[1], OwnedID: m[4], Kind: registers.Shares, Share: sanctions.UnknownShare,
			Stated: m[7], Source: sanctions.Source{File: "interests.csv", Line: i + 2}}
		var err error
		if m[2] != "" {
			in.Kind, err = registers.ParseKind(m[2])
			require.NoError(t, err)
		}
		if share := strings.TrimSpace(m[3]); share != "" && share != "?" {
			in.Share = parseShare(t, share)
		}
		in.Period.From, err = sanctions.ParseDate(m[5])
		require.NoError(t, err)
		in.Period.To, err = sanctions.ParseDate(m[6])
		require.NoError(t, err)
		out = append(out, in)
	}
	return out
}

func parseShare(t testing.TB, s string) sanctions.ShareRange {
	t.Helper()
	if m := band.FindStringSubmatch(s); m != nil {
		low, err := sanctions.ParsePercent(m[2])
		require.NoError(t, err)
		high, err := sanctions.ParsePercent(m[3])
		require.NoError(t, err)
		return sanctions.ShareRange{Low: low.Low, High: high.Low, LowOpen: m[1] == "(", HighOpen: m[4] == ")"}
	}
	r, err := sanctions.ParsePercent(s)
	require.NoError(t, err)
	return r
}

func graphOf(t testing.TB, list []registers.Interest) *ownership.Graph {
	t.Helper()
	b := ownership.NewBuilder()
	for _, in := range list {
		require.NoError(t, b.Add(in))
	}
	return b.Graph()
}

func seedsOf(g *ownership.Graph, listed func(string) bool) []ownership.Seed {
	var seeds []ownership.Seed
	for n := range g.Nodes() {
		if listed(n.ID) {
			seeds = append(seeds, ownership.Seed{Node: n.ID, Party: everywhere(n.ID), Answer: sanctions.Yes})
		}
	}
	return seeds
}

func solve(t testing.TB, list []registers.Interest, asOf string) *ownership.Analysis {
	t.Helper()
	g := graphOf(t, list)
	a, err := ownership.Solve(g, ownership.BuiltinRegimes(), seedsOf(g, isListed), sanctions.MustParseDate(asOf))
	require.NoError(t, err)
	return a
}

func verdict(t testing.TB, a *ownership.Analysis, party, regime string) sanctions.Verdict {
	t.Helper()
	for _, v := range a.Verdicts(party) {
		if v.Regime == regime {
			return v
		}
	}
	require.Fail(t, "no verdict", "%s under %s", party, regime)
	return sanctions.Verdict{}
}

// TestWorkedExamples runs testdata/worked.csv: the worked examples of the law, a
// row each with its reason. Whoever is called L, L1, L2 or Rosneft is listed
// under every regime; share and conditions are those of us-ofac.
func TestWorkedExamples(t *testing.T) {
	f, err := os.Open("testdata/worked.csv")
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	column := make(map[string]int)
	for i, h := range rows[0] {
		column[h] = i
	}
	for line, row := range rows[1:] {
		at := func(name string) string { return row[column[name]] }
		t.Run(at("case"), func(t *testing.T) {
			a := solve(t, interests(t, at("interests")), at("as_of"))
			for _, regime := range []string{"us-ofac", "eu", "uk", "ch", "ca", "us-ofac-ssi", "us-bis", "au"} {
				v := verdict(t, a, at("party"), regime)
				assert.Equal(t, at(regime), string(v.Status), "worked.csv:%d: %s under %s: %s\n%+v", line+2, at("party"), regime, at("why"), v)
			}
			v := verdict(t, a, at("party"), "us-ofac")
			assert.Equal(t, at("share"), v.Share.String(), at("why"))
			if at("conditions") != "" {
				assert.Equal(t, at("conditions"), strings.Trim(fmt.Sprint(v.Conditions), "[]"), at("why"))
			}
		})
	}
}
