package ownership_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

func ExampleGraph_Controls() {
	b := ownership.NewBuilder()
	for _, row := range []string{"parent,a,60", "parent,b,30", "a,b,25", "b,c,51", "other,c,49"} {
		cell := strings.Split(row, ",")
		share, _ := sanctions.ParsePercent(cell[2])
		if err := b.Add(registers.Interest{OwnerID: cell[0], OwnedID: cell[1], Kind: registers.Shares, Share: share}); err != nil {
			fmt.Println(err)
			return
		}
	}
	controlled, err := b.Graph().Controls("parent", sanctions.MustParseDate("2026-06-01"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range controlled {
		fmt.Println(c.ID, c.Answer, c.Share)
	}
	// Output:
	// a yes 60
	// b yes 55
	// c yes 51
}

func TestCompanyControl(t *testing.T) {
	for _, c := range []struct{ interests, company, want, why string }{
		{"P 50 A", "A", "", "half is not a majority"},
		{"P 51 A; A 51 B", "B", "A 51; P 51", "control passes on, and the nearer company controls too"},
		{"P 60 A; P 20 B; A 31 B", "B", "P 51", "jointly with what it controls"},
		{"P 100 A; Q 100 B; A 30 C; B 30 C", "C", "", "two owners do not control together"},
		{"A 60 B; B 60 A", "A", "B 60", "each of a circle controls the other; nobody is its own controller"},
		{"P (25,75] A", "A", "P? (25,75]", "a band that reaches over half"},
		{"P 10 A; P votes 60 A", "A", "P 60 votes", "votes are a measure of their own"},
		{"P 60 A until 2026-01-01", "A", "", "sold"},
		{"P control A", "A", "", "a stated control is no holding"},
	} {
		got, err := graphOf(t, interests(t, c.interests)).Controllers(c.company, lawDay)
		require.NoError(t, err)
		var words []string
		for _, by := range got {
			s := by.ID
			if by.Answer == sanctions.Possible {
				s += "?"
			}
			s += " " + by.Share.String()
			if by.Votes {
				s += " votes"
			}
			words = append(words, s)
		}
		assert.Equal(t, c.want, strings.Join(words, "; "), "%s: %s", c.interests, c.why)
	}
}

// TestCompanyControlWithPossibleLinks: control that rests on two ids being one party,
// or on their being two, is possible.
func TestCompanyControlWithPossibleLinks(t *testing.T) {
	for _, c := range []struct{ interests, company, want, why string }{
		{"P 60 A; m 60 B", "B", "A possible [0,60]; P possible [0,60]; m yes 60", "the owner may be what P controls"},
		{"P 30 A; P 30 B; m 30 B", "B", "", "and may not be, which gives P no more than 30"},
		{"P 30 B; P 60 A; m 30 B", "B", "P possible [30,60]", "jointly with what it may control"},
		{"P 60 A; P 60 m; A 30 B; m 30 B", "B", "P possible [30,60]", "two vehicles, or one told twice"},
	} {
		g, _, err := graphOf(t, interests(t, c.interests)).Join(ownership.Link{A: "A", B: "m", Possible: true})
		require.NoError(t, err)
		by, err := g.Controllers(c.company, lawDay)
		require.NoError(t, err)
		var words []string
		for _, one := range by {
			words = append(words, fmt.Sprint(one.ID, " ", one.Answer, " ", one.Share))
			of, err := g.Controls(one.ID, lawDay)
			require.NoError(t, err)
			same := one
			same.Node, _ = g.Node(c.company)
			assert.Contains(t, of, same, "asked from the other side: %s", c.why)
		}
		assert.Equal(t, c.want, strings.Join(words, "; "), "%s: %s", c.interests, c.why)
	}
}
