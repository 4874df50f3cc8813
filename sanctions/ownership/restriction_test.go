package ownership_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// TestMostRestrictiveOwner: of the owners of one firm the one whose designation is the
// most restrictive governs, however little it holds.
func TestMostRestrictiveOwner(t *testing.T) {
	party := func(id string, a sanctions.Authority, m sanctions.Measure, programme, text string) *sanctions.Party {
		return &sanctions.Party{ID: "list:" + id, Names: []sanctions.Name{{Text: id}}, Designations: []sanctions.Designation{
			{Authority: a, Measures: []sanctions.Measure{m}, Programmes: []string{programme}, Text: text}}}
	}
	parties := map[string]*sanctions.Party{
		"E1": party("E1", sanctions.AuthorityBIS, sanctions.ExportControl, "", "all items; denial"),
		"E2": party("E2", sanctions.AuthorityBIS, sanctions.ExportControl, "", "items on the CCL; case by case"),
		"M":  party("M", sanctions.AuthorityBIS, sanctions.MilitaryEndUser, "", ""),
		"S":  party("S", sanctions.AuthorityOFAC, sanctions.Blocking, "RUSSIA-EO14024", ""),
		"V":  party("V", sanctions.AuthorityOFAC, sanctions.Blocking, "VENEZUELA-EO13850", ""),
	}
	for _, c := range []struct{ interests, day, want, why string }{
		{"M 50 A", "2025-10-15", "1 list:M", "one owner"},
		{"M 60 A; E1 5 A", "2025-10-15", "1 list:E1; 2 list:M", "a twentieth, of another list"},
		{"M 30 A; E1 10 A; S 10 A", "2025-10-15", "1 list:S; 2 list:E1; 3 list:M", "three lists"},
		{"M 30 A; E1 100 B; B 30 A", "2025-10-15", "1 list:E1; 2 list:M", "through a firm that it owns"},
		{"M 60 A; E1 40 B; B 40 A", "2025-10-15", "1 list:M", "what it holds no half of is not its"},
		{"M 60 A; E1 ? A", "2025-10-15", "1 list:E1; 2 list:M", "how much it holds is irrelevant, and need not be known"},
		{"E1 30 A; E2 30 A", "2025-10-15", "1 list:E1; 1 list:E2", "two entries of one list are not told apart by the table"},
		{"M 60 A; V 40 A", "2025-10-15", "1 list:M", "no programme of 15 CFR 744.8"},
		{"M 60 A; E1 40 A until 2025-10-15", "2025-10-15", "1 list:M", "it has left"},
		{"M 60 B; E1 60 M; B 60 A", "2025-10-15", "1 list:E1; 2 list:M", "a listed owner that is owned by a listed one"},
		{"M 60 A; E1 10 M", "2025-10-15", "1 list:M", "a listed owner of which a listed one holds a tenth"},
		{"M 49 A", "2025-10-15", "", "not owned"},
		{"M [40,60] A; E1 5 A", "2025-10-15", "1 list:E1; 2 list:M", "possibly owned"},
		{"M 60 A; E1 5 A", "2026-06-01", "1 list:E1; 2 list:M", "what would govern if the rule were not stayed"},
		{"M 60 A; E1 5 A", "2025-09-01", "", "no rule yet"},
	} {
		g := graphOf(t, interests(t, c.interests))
		var seeds []ownership.Seed
		for id, p := range parties {
			if _, ok := g.Node(id); ok {
				seeds = append(seeds, ownership.Seed{Node: id, Party: p, Answer: sanctions.Yes})
			}
		}
		a, err := ownership.Solve(g, ownership.BuiltinRegimes(), seeds, sanctions.MustParseDate(c.day))
		require.NoError(t, err)
		for _, v := range a.Verdicts("A") {
			var got []string
			for _, r := range v.Restrictions {
				got = append(got, fmt.Sprint(r.Rank, " ", r.Party))
				assert.Equal(t, parties[strings.TrimPrefix(r.Party, "list:")].Designations[0].Text, r.Text)
			}
			if v.Regime != "us-bis" {
				assert.Empty(t, got, "%s under %s: holdings are added and nobody's designation governs", c.interests, v.Regime)
				continue
			}
			assert.Equal(t, c.want, strings.Join(got, "; "), "%s on %s: %s: %v", c.interests, c.day, c.why, v.Status)
			if c.want != "" {
				assert.Contains(t, ownership.DOT(ownership.Charted{Node: ownership.Node{ID: "A"}, Verdict: v}), v.Restrictions[0].Party+" governs")
			}
		}
	}
	_, err := ownership.ReadRegimes(strings.NewReader("regime,listed_by,governs,threshold,inclusive,aggregate,indirect,tests,control,state,from,to,citation,why\n"+
		"x,eu:blocking,first,50,yes,yes,cascade,shares,no,in_force,,,c,why\n"), "house.csv")
	assert.ErrorContains(t, err, "house.csv:2:15: governs = \"first\": write most_restrictive")
}
